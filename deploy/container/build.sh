#!/usr/bin/env bash
# The build stage: a self-contained publish of the gate with its models beside it, ready to be copied onto a bare
# Debian root. Runs in the Dockerfile's first stage and in deploy/debootstrap-check.sh.
#
#   deploy/container/build.sh OUT
set -euo pipefail
out=$(realpath -m "${1:?usage: deploy/container/build.sh OUT}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "No .NET runtime for $(uname -m)." >&2 && exit 1 ;;
esac

deploy/prepare.sh build
dotnet publish src/IntegrityGate --configuration Release --runtime "$runtime" --self-contained --output "$out" --verbosity quiet --nologo
if [[ -d models ]]; then
    mkdir -p "$out/models"
    cp -r models/. "$out/models/"
    rm -rf "$out/models/node_modules" "$out"/models/*.sh
fi
chmod -R a+rX,go-w "$out"
