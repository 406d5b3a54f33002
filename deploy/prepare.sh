#!/usr/bin/env bash
# Makes a machine ready to build: the .NET SDK is there, the named package lists are installed, the models are restored.
#
#   deploy/prepare.sh [--no-install] LIST...
#
# Lists are those of deploy/packages/. --no-install takes the packages of the machine as they are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

install=true
if [[ ${1-} == --no-install ]]; then
    install=false
    shift
fi

if ! grep -q '^10\.' <<<"$(dotnet --list-sdks 2>/dev/null)"; then
    echo "The .NET 10 SDK is missing: see https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi
if $install; then deploy/install-packages.sh "$@"; fi
bash models/restore.sh
