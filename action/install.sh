#!/usr/bin/env bash
# Installs s3-conformance into a folder: SUITE_VERSION from npm, else packed from the checkout that this script is in.
set -euo pipefail
folder=$1
checkout=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
echo '{}' > "$folder/package.json"

if [ -n "${SUITE_VERSION:-}" ]; then
  package="s3-conformance@$SUITE_VERSION"
else
  cd "$checkout"
  [ -d node_modules ] || npm ci --no-audit --no-fund
  npm run --silent pack:conformance -- "$folder"
  package=$(ls "$folder"/s3-conformance-*.tgz)
fi
cd "$folder"
npm install --no-audit --no-fund "$package"
