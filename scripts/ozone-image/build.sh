#!/usr/bin/env bash
# Makes the image that clusters for development and tests run: pulls it, or where no registry of images has it or can
# be reached, builds one like it from Debian's packages and Maven Central, under the same name.
set -euo pipefail
cd "$(dirname "$0")"
readonly recipe_files=(Dockerfile build.sh entrypoint.sh log4j.properties ozone ozone-version pom.xml stub-parent.pom.xml)
readonly recipe_label=ozone-s3g.recipe
version=$(cat ozone-version)
readonly version image=${OZONE_IMAGE:-apache/ozone:$version}
# Not ~/.m2: the stub of a pom that is made below would spoil it for those who build Ozone itself.
readonly cache=${XDG_CACHE_HOME:-$HOME/.cache}/ozone-s3g
scratch=$(mktemp -d)
# Interrupted, debootstrap leaves mounts in it.
trap 'jobs -p | xargs --no-run-if-empty kill; rm -rf --one-file-system "$scratch"' EXIT

usage() {
  cat << EOF
Usage: npm run ozone:image [-- --force] [-- --build]
Makes $image (another name: OZONE_IMAGE), unless it is there and what it is built from has not changed.
  --force  makes everything anew
  --build  builds it even where it could be pulled
EOF
}

say() { printf 'ozone-image: %s\n' "$*"; }
fail() {
  printf 'ozone-image: %s\n' "$@" >&2
  exit 1
}

# Runs a step with its output kept for when it fails.
step() {
  local title=$1 log start=$SECONDS
  log=$(mktemp -p "$scratch")
  shift
  say "$title ..."
  "$@" > "$log" 2>&1 || { tail -n 30 "$log" >&2; say "failed: $title" >&2; return 1; }
  say "$title: done in $((SECONDS - start)) s"
}

recipe() { cat "${recipe_files[@]}" | sha256sum | cut -d ' ' -f 1; }
has_image() { docker image inspect "$1" > /dev/null 2>&1; }

# An image without the label is the public one.
up_to_date() {
  local built_from
  built_from=$(docker image inspect --format "{{index .Config.Labels \"$recipe_label\"}}" "$image" 2> /dev/null) &&
    [[ -z $built_from || $built_from == '<no value>' || $built_from == "$(recipe)" ]]
}

require_builders() {
  local missing=() program
  # shellcheck source=/dev/null
  . /etc/os-release
  [[ $ID == debian ]] ||
    fail "$image can be built on Debian alone, and this is $ID" "Next: load an image of Ozone, and name it in OZONE_IMAGE."
  for program in debootstrap mvn; do
    command -v "$program" > /dev/null || missing+=("${program/mvn/maven}")
  done
  [ ${#missing[@]} -eq 0 ] || fail "Next: apt-get install --no-install-recommends ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || fail 'debootstrap makes a system of files that root owns' 'Next: run this as root.'
}

# Where this machine gets its own packages from.
mirror() {
  # shellcheck disable=SC2016 # apt's own placeholders.
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' |
    awk -v suite="$VERSION_CODENAME" '$2 == suite && $3 == "main" { print $1; exit }'
}

# Each step is one chain, because bash does not end at an error in a function whose failure is looked at.

# Debian with Java and nothing else, kept under its name since it changes least.
import_base() {
  local root=$scratch/root
  debootstrap --variant=minbase --include=default-jre-headless,ca-certificates-java \
    "$VERSION_CODENAME" "$root" "$(mirror)" &&
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* &&
    tar -C "$root" -c . | docker import --change 'ENV LANG=C.UTF-8' - "$base"
}

made_from() { cat ozone-version pom.xml && ls "$cache/lib"; }
has_jars() { made_from 2> /dev/null | cmp -s - "$cache/lib.made-from"; }

collect_jars() {
  local maven=(mvn --batch-mode --no-transfer-progress "-Dmaven.repo.local=$cache/maven") stub=$scratch/stub.pom
  sed "s/@OZONE_VERSION@/$version/" stub-parent.pom.xml > "$stub" &&
    # From a folder without a pom, since Maven would read that first.
    (cd "$scratch" && "${maven[@]}" install:install-file -Dfile="$stub" -DpomFile="$stub" -Dpackaging=pom \
      -DgroupId=org.apache.ozone -DartifactId=hdds-hadoop-dependency-client -Dversion="$version") &&
    rm -rf "${cache:?}/lib" &&
    "${maven[@]}" --file pom.xml "-Dozone.version=$version" dependency:copy-dependencies \
      -DincludeScope=runtime "-DoutputDirectory=$cache/lib" &&
    made_from > "$cache/lib.made-from"
}

assemble() {
  local context=$scratch/context
  mkdir "$context" && cp "${recipe_files[@]}" "$context/" && cp -r "$cache/lib" "$context/lib" &&
    docker build --build-arg "BASE=$base" --label "$recipe_label=$(recipe)" --tag "$image" "$context"
}

force=false build_only=false
for argument in "$@"; do
  case $argument in
    --force) force=true ;;
    --build) build_only=true ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && exit 2 ;;
  esac
done

docker info > /dev/null 2>&1 || fail 'no container engine answers' 'Next: start one (on Debian: apt-get install docker.io; dockerd).'
if [ "$force" = false ] && up_to_date; then
  say "$image is there"
  exit
fi

start=$SECONDS
if [ "$build_only" = false ] && ! { has_image "$image" && ! up_to_date; }; then
  say "pull $image ..."
  if reason=$(docker pull --quiet "$image" 2>&1); then exit; fi
  say "it cannot be pulled here, so it is built ($reason)"
fi

require_builders
base=ozone-s3g-base:$VERSION_CODENAME
mkdir -p "$cache"
# Both wait for the network most of the time.
jobs=()
if [ "$force" = true ] || ! has_image "$base"; then step "Debian $VERSION_CODENAME with Java" import_base & jobs+=($!); fi
if [ "$force" = true ] || ! has_jars; then step "jars of Ozone $version" collect_jars & jobs+=($!); fi
failed=false
for job in "${jobs[@]}"; do wait "$job" || failed=true; done
[ "$failed" = false ] || fail 'Next: see the output above; what had been done is kept.'
step "assemble $image" assemble
say "$image is built, in $((SECONDS - start)) s"
