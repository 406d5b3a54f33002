#!/usr/bin/env bash
# Prints the path of a web player that the interop tests use, mpegts.js or flv.js: fetched once from npm into the user's cache
# and checked against its SHA-256. Nothing of it is kept in the repository.
set -euo pipefail

name=${1:?web-player.sh mpegts.js or flv.js}
case $name in
  mpegts.js) version='1.8.2' package_sha256='fc0632083671b7a5ee03fd80e479bdf9f20f41015b957969aaf86703fb1c7bc0' ;;
  flv.js) version='1.6.2' package_sha256='efdc6c6e48661f5eb77bce392f3d3f91fe654916ed0d2c3b620f039a1f6f81d5' ;;
  *) echo "tests/tools/web-player.sh: there is no player $name" >&2; exit 2 ;;
esac
folder="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/integritygate/$name-$version"

if [[ ! -f "$folder/$name" ]]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "$name@$version" > /dev/null) || { echo "tests/tools/web-player.sh: npm could not fetch $name $version" >&2; exit 1; }
  echo "$package_sha256  $work/$name-$version.tgz" | sha256sum --check --quiet >&2
  tar -xzf "$work/$name-$version.tgz" -C "$work"
  mkdir -p "$folder"
  # Moved into place whole, so that an interrupted run leaves no half file behind.
  cp "$work/package/dist/$name" "$folder/.$name.part"
  mv "$folder/.$name.part" "$folder/$name"
fi
echo "$folder/$name"
