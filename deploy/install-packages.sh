#!/usr/bin/env bash
# Installs what the named lists in deploy/packages/ want and the machine lacks. Quick and silent when nothing is missing.
#
#   deploy/install-packages.sh runtime build
#
# Needs Debian or Ubuntu, and root or sudo when something is missing. Starts no service.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/sbin:/sbin # an ordinary user's PATH on Debian lacks nginx

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

required=() optional=()
for list in "$@"; do
    while read -r package command _; do
        [[ $package && $package != \#* ]] || continue
        [[ $command != \#* ]] || command=
        if [[ $command ]] && command -v "$command" >/dev/null; then continue; fi
        if installed "${package#\?}"; then continue; fi
        case $package in
            \?*) optional+=("${package#\?}") ;;
            *) required+=("$package") ;;
        esac
    done <"$here/packages/$list.txt"
done
# An optional package that this distribution does not have is no reason to fetch package lists on every run.
if ((${#required[@]} == 0)); then
    for i in "${!optional[@]}"; do
        apt-cache show "${optional[$i]}" >/dev/null 2>&1 || unset "optional[$i]"
    done
fi
((${#required[@]} + ${#optional[@]})) || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Missing: ${required[*]} ${optional[*]}. This is no Debian or Ubuntu; please install them yourself." >&2
    exit 1
fi

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        echo "Missing: ${required[*]} ${optional[*]}. Run this as root, or install sudo." >&2
        exit 1
    fi
}

# Slow mirrors and a lock held by the machine's own updates are waited for.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -qq -y \
        -o Acquire::Retries=5 -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null
}

# Debian's way to say that installing a package must not start its service.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
    trap 'as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
fi

echo "Installing ${required[*]} ${optional[*]}"
for attempt in 1 2 3; do
    # One broken third-party source must not stop us: what counts is whether the packages install.
    apt update || echo "apt-get update failed; going on with the package lists at hand." >&2
    if ((${#required[@]} == 0)) || apt install --no-install-recommends "${required[@]}"; then break; fi
    if ((attempt == 3)); then
        echo "Could not install ${required[*]}." >&2
        exit 1
    fi
    sleep $((attempt * 10))
done
for package in "${optional[@]}"; do
    apt install --no-install-recommends "$package" || echo "Not to be had here: $package. Going on without it." >&2
done

# A test machine wants the nginx program, not a web server that comes up at the next boot.
if [[ " ${required[*]} " == *" nginx "* && -d /run/systemd/system ]]; then
    as_root systemctl disable --quiet nginx.service || true
fi
