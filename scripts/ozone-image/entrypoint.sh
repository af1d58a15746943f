#!/usr/bin/env bash
# Runs a command of Ozone, such as `ozone om`, on the configuration that the container's environment names:
#   OZONE-SITE.XML_key=value, CORE-SITE.XML_key=value   properties of that file
#   WAITFOR=host:port, WAITFOR_TIMEOUT=seconds          wait until that port answers
#   ENSURE_SCM_INITIALIZED=file, ENSURE_OM_INITIALIZED=file   initialise the role unless that file is there
set -euo pipefail
readonly conf=${HADOOP_CONF_DIR:-${OZONE_CONF_DIR:-/etc/hadoop}}

escaped() {
  local text=$1
  # Quoted, because an unquoted & in a replacement stands for what was matched.
  text=${text//&/"&amp;"}
  text=${text//</"&lt;"}
  printf '%s' "${text//>/"&gt;"}"
}

# Bash takes no variable whose name has a dash or a dot, so they are read from the process's own environment.
write_site_file() {
  local prefix=$1 file=$2 entry name
  {
    echo '<configuration>'
    while IFS= read -r -d '' entry; do
      if [[ $entry != "$prefix"* ]]; then continue; fi
      entry=${entry#"$prefix"}
      name=${entry%%=*}
      printf '<property><name>%s</name><value>%s</value></property>\n' "$(escaped "$name")" "$(escaped "${entry#*=}")"
    done < "/proc/$$/environ"
    echo '</configuration>'
  } > "$conf/$file"
}

wait_for() {
  local host=${1%:*} port=${1##*:} left=${WAITFOR_TIMEOUT:-300}
  echo "Waiting for the service $1"
  until (exec 3<> "/dev/tcp/$host/$port") 2> /dev/null; do
    left=$((left - 1))
    if [ "$left" -le 0 ]; then
      echo "$1 did not answer within ${WAITFOR_TIMEOUT:-300} s" >&2
      exit 1
    fi
    sleep 1
  done
}

if [ -n "${WAITFOR:-}" ]; then wait_for "$WAITFOR"; fi
cp /opt/hadoop/etc/hadoop/* "$conf/"
write_site_file OZONE-SITE.XML_ ozone-site.xml
write_site_file CORE-SITE.XML_ core-site.xml
if [ -n "${ENSURE_SCM_INITIALIZED:-}" ] && [ ! -f "$ENSURE_SCM_INITIALIZED" ]; then ozone scm --init; fi
if [ -n "${ENSURE_OM_INITIALIZED:-}" ] && [ ! -f "$ENSURE_OM_INITIALIZED" ]; then ozone om --init; fi
exec "$@"
