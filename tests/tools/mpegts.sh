#!/usr/bin/env bash
# Prints the path of mpegts.js, the web player that the interop tests use: fetched once from npm into the user's cache and
# checked against its SHA-256. Nothing of it is kept in the repository.
set -euo pipefail

version='1.8.2'
package_sha256='fc0632083671b7a5ee03fd80e479bdf9f20f41015b957969aaf86703fb1c7bc0'
folder="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/integritygate/mpegts.js-$version"

if [[ ! -f "$folder/mpegts.js" ]]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "mpegts.js@$version" > /dev/null) || { echo "tests/tools/mpegts.sh: npm could not fetch mpegts.js $version" >&2; exit 1; }
  echo "$package_sha256  $work/mpegts.js-$version.tgz" | sha256sum --check --quiet >&2
  tar -xzf "$work/mpegts.js-$version.tgz" -C "$work"
  mkdir -p "$folder"
  # Moved into place whole, so that an interrupted run leaves no half file behind.
  cp "$work/package/dist/mpegts.js" "$folder/.mpegts.js.part"
  mv "$folder/.mpegts.js.part" "$folder/mpegts.js"
fi
echo "$folder/mpegts.js"
