#!/usr/bin/env bash
# Builds the gate and starts it. On a fresh Debian or Ubuntu machine the .NET 10 SDK is all it needs to find.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'HELP'
Usage: ./run.sh [--demo] [--no-install] [options of the gate]

Installs what is missing (once), restores the models, builds Release and starts the gate:
RTMP on 1935, the page and HTTP-FLV on 8080, the gRPC feed on 8081. Ctrl-C ends it cleanly.

  --demo          also publish a demo stream in a loop: a clip that declares itself AI
                  (AIGC in onMetaData) and shows no label
  --no-install    install no packages; take the machine as it is
  --help          this text

Everything else goes to the gate as it is, for example:

  --upstream rtmp://host/app      forward every stream there
  --rtmp-port N  --http-port N  --grpc-port N
  --config FILE                   read this configuration file

  ./run.sh -- --help              the gate's own help

With --demo, give ports other than the defaults as flags or by environment; the demo does not read FILE.
Publish something of your own with

  ffmpeg -re -i clip.mp4 -c:v libx264 -g 60 -c:a aac -f flv rtmp://localhost/live/key
HELP
}

demo=false
prepare_flags=()
gate=()
rtmp_port=${INTEGRITYGATE__RTMP__PORT:-1935} http_port=${INTEGRITYGATE__HTTP__PORT:-8080}
while (($#)); do
    case $1 in
        --help | -h) usage && exit ;;
        --demo) demo=true ;;
        --no-install) prepare_flags=(--no-install) ;;
        --) shift && gate+=("$@") && break ;;
        --rtmp-port) rtmp_port=${2-} && gate+=("$1") ;;
        --rtmp-port=*) rtmp_port=${1#*=} && gate+=("$1") ;;
        --http-port) http_port=${2-} && gate+=("$1") ;;
        --http-port=*) http_port=${1#*=} && gate+=("$1") ;;
        *) gate+=("$1") ;;
    esac
    shift
done

deploy/prepare.sh "${prepare_flags[@]}" runtime build
echo "Building"
dotnet build src/IntegrityGate --configuration Release --verbosity quiet --nologo -consoleLoggerParameters:ErrorsOnly

program=(dotnet src/IntegrityGate/bin/Release/net10.0/integritygate.dll serve "${gate[@]}")
$demo || exec "${program[@]}"

# The gate gets a session of its own, so that one Ctrl-C is one TERM to each of the two; a second one kills.
gate_pid='' demo_pid=''
tell_both() {
    for pid in $demo_pid $gate_pid; do kill "-$1" "$pid" 2>/dev/null || true; done
}
interrupted=false
trap 'trap "interrupted=true; tell_both KILL" INT TERM HUP; interrupted=true; tell_both TERM' INT TERM HUP

setsid "${program[@]}" &
gate_pid=$!
deploy/demo.sh "rtmp://127.0.0.1:$rtmp_port/live/demo" "http://127.0.0.1:$http_port/health/live" &
demo_pid=$!

# A trapped signal ends a wait early; the gate's own exit code is what we report.
status=0
until wait "$gate_pid" || status=$?; ! $interrupted; do
    interrupted=false status=0
done
tell_both TERM
wait "$demo_pid" || true
exit "$status"
