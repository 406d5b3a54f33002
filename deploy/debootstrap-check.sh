#!/usr/bin/env bash
# Does what the Dockerfile does, without Docker: a bare Debian 12 root by debootstrap, the runtime stage's packages and
# user, the self-contained publish copied in, then the gate started in a chroot as that user, with no network but its
# own loopback. Checks what an operator relies on, prints each check, and cleans up after itself.
#
#   sudo deploy/debootstrap-check.sh              builds the gate and checks it
#   sudo deploy/debootstrap-check.sh --app DIR    checks a publish that is already there
#
# Debian's mirror comes from the machine's own apt configuration; DEBIAN_MIRROR overrides it. Takes some minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# --- in namespaces of its own: the second half of this script, started by the first -------------------------------

mount_root() { # what a container runtime mounts
    mount -t proc proc "$1/proc"
    mount -t tmpfs -o mode=755 tmpfs "$1/dev"
    local node
    for node in null zero full random urandom; do
        : >"$1/dev/$node"
        mount --bind "/dev/$node" "$1/dev/$node"
    done
    ln -s /proc/self/fd "$1/dev/fd"
    mkdir -m 1777 "$1/dev/shm"
}

stage() { sed -n '/^FROM debian/,$p' Dockerfile; }

install_stage() {
    mount_root "$1"
    chroot "$1" /tmp/deploy/container/install.sh
}

run_stage() {
    local root=$1 user environment entry health inside failed=0 pid i port status
    mount_root "$root"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    ip link set lo up
    ip address add 192.0.2.1/32 dev lo # TEST-NET-1: stands for "from outside"

    user=$(stage | sed -n 's/^USER //p')
    mapfile -t environment < <(stage | sed -n 's/^ENV //p')
    mapfile -t entry < <(stage | sed -n -e 's/^ENTRYPOINT //p' -e 's/^CMD //p' | jq -r '.[]')
    health=$(stage | sed -n 's/^HEALTHCHECK .* CMD //p')
    inside=(chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/var/lib/integritygate
        "${environment[@]}" sh -c 'cd /var/lib/integritygate && exec "$@"' sh)
    check() { # check WHAT COMMAND...
        local what=$1
        shift
        if "$@"; then
            echo "ok    $what"
        else
            echo "FAIL  $what"
            failed=1
        fi
    }

    check "FFmpeg runs" "${inside[@]}" sh -c 'ffmpeg -v error -f lavfi -i color=s=64x64:d=0.1 -c:v libx264 -f null - </dev/null'
    check "a font has Chinese" "${inside[@]}" sh -c 'ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc >/dev/null'
    check "models are baked in" "${inside[@]}" sh -c 'ls /opt/integritygate/models/*/model.json >/dev/null'
    check "the program is not the user's to change" "${inside[@]}" sh -c '! test -w /opt/integritygate'
    check "the data directory is" "${inside[@]}" sh -c 'test -w .'

    "${inside[@]}" "${entry[@]}" >"$root.log" 2>&1 &
    pid=$!
    for ((i = 0; i < 120; i++)); do
        if ! kill -0 "$pid" 2>/dev/null || "${inside[@]}" sh -c "$health"; then break; fi
        sleep 0.5
    done
    check "the health check answers" "${inside[@]}" sh -c "$health"
    check "the gate is not root" test "$(stat -c %u:%g "$root/proc/$pid" 2>/dev/null)" = "$user"
    for port in $(stage | sed -n 's/^EXPOSE //p'); do
        check "port $port answers from outside" timeout 5 bash -c ": </dev/tcp/192.0.2.1/$port"
    done
    kill -TERM "$pid" || true
    (sleep 40 && kill -KILL "$pid") 2>/dev/null &
    status=0
    wait "$pid" || status=$?
    check "SIGTERM ends it cleanly (exit code $status)" test "$status" = 0
    ((failed == 0)) || { echo "--- its output" && tail -n 60 "$root.log"; }
    return "$failed"
}

case ${1-} in
    --install-stage) install_stage "$2" && exit ;;
    --run-stage) run_stage "$2" && exit || exit 1 ;;
esac

# --- the first half: what a person starts --------------------------------------------------------------------------

app=''
if [[ ${1-} == --app ]]; then app=$(realpath "${2:?--app needs a directory}"); fi
if ((EUID != 0)); then
    echo "debootstrap and chroot need root: run it with sudo." >&2
    exit 1
fi
deploy/install-packages.sh build check

work=$(mktemp -d "${TMPDIR:-/var/tmp}/integritygate-check.XXXXXX")
# The mounts live in namespaces that end with their last process, so nothing of the host's can be under here.
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT TERM
root=$work/root

if [[ ! $app ]]; then
    echo "== build stage"
    app=$work/out
    deploy/container/build.sh "$app"
fi

echo "== a bare Debian 12 root"
# shellcheck disable=SC2016 # the format's words are apt's
targets=$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" && $2 ~ /^bookworm/ && $4 == "main"' | sort -u)
mirror=${DEBIAN_MIRROR:-$(awk '$2 == "bookworm" { print $3; exit }' <<<"$targets")}
if [[ ! $mirror ]]; then
    echo "This machine's apt knows no Debian 12 mirror; name one in DEBIAN_MIRROR." >&2
    exit 1
fi
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log" && exit 1; }
awk '$2 != "bookworm" { print "deb", $3, $2, $4 }' <<<"$targets" >"$root/etc/apt/sources.list.d/machine.list"

echo "== runtime stage"
mkdir -p "$root/tmp/deploy/container"
cp -r deploy/install-packages.sh deploy/packages "$root/tmp/deploy/"
cp deploy/container/install.sh "$root/tmp/deploy/container/"
# How to reach the mirror is the machine's business, for the time of the installation only.
cp /etc/resolv.conf /etc/hosts "$root/etc/"
apt-config dump | grep -i '^Acquire::.*proxy' >"$root/etc/apt/apt.conf.d/99machine" || true
unshare --mount --pid --fork --kill-child -- "$0" --install-stage "$root"
rm -rf "$root/tmp/deploy" "$root/etc/apt/apt.conf.d/99machine" "$root/etc/resolv.conf"
mkdir -p "$root/opt"
cp -r "$app" "$root/opt/integritygate"
chown -R 0:0 "$root/opt/integritygate"

echo "== run"
unshare --mount --pid --net --fork --kill-child -- "$0" --run-stage "$root"
