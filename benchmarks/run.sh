#!/usr/bin/env bash
# Builds the gate and the load harness in Release and measures the gate beside what it is compared with.
set -euo pipefail
PATH=$PATH:/usr/sbin # where Debian keeps nginx
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    cat <<'HELP'
Usage: benchmarks/run.sh [--quick] [--experiment NAMES] [--rounds N] [--seconds N]

Runs the load harness: the gate and its baselines in one invocation, in turn. Tables go to the terminal, to
benchmarks/results/latest.md and, with every value of every round, to benchmarks/results/latest.json.
A run of some experiments, or a quick one, goes to benchmarks/results/partial.md and partial.json instead.

  --quick               one short round with small loads: shows that everything works, measures nothing well
  --experiment NAMES    forward,latency,stamp,density,fanout,inspect: any of them, with commas between [all]
  --rounds N            repetitions, the ways in turn each time [3]
  --seconds N           length of each measurement [30]

It needs ffmpeg, nginx with its RTMP module and a CJK font (Debian: ffmpeg nginx libnginx-mod-rtmp fonts-noto-cjk), two cores,
and nobody else on the machine; it says in the tables what others used. A whole run takes about 45 minutes.
HELP
}

results=latest
for argument; do
    case $argument in
        --help | -h) usage && exit ;;
        --quick | --experiment | --experiment=* | -e) results=partial ;;
    esac
done

for tool in dotnet ffmpeg nginx taskset; do
    command -v "$tool" > /dev/null || { echo "benchmarks/run.sh: $tool is not installed; see --help" >&2; exit 1; }
done

./models/restore.sh
dotnet build -c Release -v q src/IntegrityGate
dotnet build -c Release -v q benchmarks/IntegrityGate.LoadHarness
mkdir -p benchmarks/results
exec dotnet benchmarks/IntegrityGate.LoadHarness/bin/Release/net10.0/loadharness.dll \
    --markdown "benchmarks/results/$results.md" --json "benchmarks/results/$results.json" "$@"
