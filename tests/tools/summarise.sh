#!/usr/bin/env bash
# Adds up the runner's result files, writes summary.json beside them, prints what a person wants to know,
# and decides whether the run passed.
#
#   tests/tools/summarise.sh RESULTS_DIRECTORY RUNNER_EXIT_CODE
#
# Fails when a test failed, when a fixture's clean-up failed, when the runner itself did (a test program that
# crashed leaves no file, or half a one), when no test ran at all, and, in CI with the shared media folder at
# hand, when a test was skipped that tests/allowed-skips.txt does not name.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
results=$1
runner_status=$2

# Lines are "Fully.Qualified.Test.Name  # reason". A theory is named once, without its arguments.
allowed=$(sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$root/tests/allowed-skips.txt" | jq -R . | jq -s .)

shopt -s nullglob
files=("$results"/*.ctrf)
# shellcheck disable=SC2016 # $allowed is jq's
jq -s --argjson allowed "$allowed" '
    def project: .results.extra.suites[0].filePath // "?" | split("/") | last | rtrimstr(".dll");
    def test: {name, method: (.extra.type + "." + .extra.method), message: (.message // "")};
    {
        projects: (map({project: project} + (.results.summary | {passed, failed, skipped, duration})) | sort_by(.project)),
        passed: (map(.results.summary.passed) | add // 0),
        failed: (map(.results.summary.failed) | add // 0),
        skipped: (map(.results.summary.skipped) | add // 0),
        failures: [.[].results.tests[] | select(.status == "failed") | test],
        skips: [.[].results.tests[] | select(.status == "skipped") | test
            | .allowed = (.method as $m | any($allowed[]; . == $m))],
        errors: [.[].results.extra.suites[].errors[]?]
    }' "${files[@]}" </dev/null >"$results/summary.json"

report() { jq -r "$1" "$results/summary.json"; }
echo
report '.projects[] | "\(.passed) passed, \(.failed) failed, \(.skipped) skipped\t\(.duration / 1000 | round) s\t\(.project)"' |
    awk -F '\t' '{ printf "  %-40s %6s  %s\n", $1, $2, $3 }'
report '.skips[] | "  skipped\(if .allowed then " (allowed)" else "" end): \(.name): \(.message)"'
report '.failures[] | "  FAILED: \(.name): \(.message | split("\n")[0])"'
report '.errors[] | "  ERROR outside a test: \(.message? // . | tostring | split("\n")[0])"'

verdict=0
fail() {
    echo "  FAILED: $1" >&2
    verdict=1
}
if [[ $(report '.failures + .errors | length') != 0 || $(report .failed) != 0 ]]; then verdict=1; fi
if [[ $(report '.passed + .failed') == 0 ]]; then fail "no test ran"; fi
if ((runner_status != 0 && verdict == 0)); then fail "the test runner ended with exit code $runner_status"; fi
if [[ ${CI-} == true ]]; then
    if [[ -d $root/../shared ]]; then
        unexpected=$(report '.skips | map(select(.allowed | not).method) | unique[]')
        [[ ! $unexpected ]] || fail "skipped, and not in tests/allowed-skips.txt: ${unexpected//$'\n'/, }"
    elif [[ $(report .skipped) != 0 ]]; then
        echo "  The shared media folder is not here: skips are allowed."
    fi
fi
exit "$verdict"
