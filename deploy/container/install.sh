#!/usr/bin/env bash
# The runtime stage on a bare Debian root: packages, the user that the gate runs as, its data directory.
# Runs in the Dockerfile's last stage and in deploy/debootstrap-check.sh.
set -euo pipefail
"$(dirname "${BASH_SOURCE[0]}")/../install-packages.sh" runtime container
rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb
useradd --uid 10001 --user-group --home-dir /var/lib/integritygate --create-home --shell /usr/sbin/nologin integritygate
