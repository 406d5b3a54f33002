#!/usr/bin/env bash
# Builds everything once, runs every test project and says what came of it, from the result files of the runner.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'HELP'
Usage: ./test.sh [--full] [--project NAME]... [--no-install] [--debug] [options of the test runner]

Installs what is missing (once), restores the models, builds and runs the tests.

  --full            also the long runs: fuzzing by the hour, soaks (INTEGRITYGATE_TEST_FULL=1)
  --project NAME    only this test project: Media, or IntegrityGate.Media.Tests, or its path; may be repeated
  --no-install      install no packages; take the machine as it is
  --debug           build and test Debug instead of Release
  --help            this text

Everything else goes to the test runner, for example:

  --filter-class "*Splice*"   --filter-method "*waits_for*"   --list-tests

Results are in artifacts/test-results: one .ctrf (JSON) and one .trx a project, and summary.json.

With CI=true, and with the shared media folder beside the repository, a skipped test must stand in
tests/allowed-skips.txt; one that does not fails the run.
HELP
}

prepare_flags=() projects=() runner=()
configuration=Release
time_limit=30m # for one project; a hang must end while whoever waits for it is still there
while (($#)); do
    case $1 in
        --help | -h) usage && exit ;;
        --full) export INTEGRITYGATE_TEST_FULL=1 && time_limit=6h ;;
        --no-install) prepare_flags=(--no-install) ;;
        --debug) configuration=Debug ;;
        --project) projects+=("${2:?--project needs a name}") && shift ;;
        --project=*) projects+=("${1#*=}") ;;
        *) runner+=("$1") ;;
    esac
    shift
done

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

deploy/prepare.sh "${prepare_flags[@]}" runtime build test

# Nothing of a build server stays behind: whoever waits for a CI run waits for its children, too.
if [[ ${CI-} ]]; then export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0; fi
export PATH=$PATH:/usr/sbin:/sbin # an ordinary user's PATH on Debian lacks nginx
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

targets=()
for project in "${projects[@]}"; do
    for path in "$project" "tests/$project" "tests/IntegrityGate.$project.Tests"; do
        [[ ! -e $path ]] || break
    done
    if [[ ! -e $path ]]; then
        echo "There is no test project $project." >&2
        exit 2
    fi
    targets+=("$path")
done

echo "Building ($configuration)"
build() {
    local attempt
    for attempt in 1 2 3; do
        if dotnet restore "$1" --verbosity quiet; then break; fi
        if ((attempt == 3)); then
            echo "The packages of $1 could not be restored." >&2
            return 1
        fi
        sleep $((attempt * 10))
    done
    dotnet build "$1" --no-restore --configuration "$configuration" --verbosity quiet --nologo -consoleLoggerParameters:ErrorsOnly
}
if ((${#targets[@]} == 0)); then build IntegrityGate.sln; fi
for target in "${targets[@]}"; do build "$target"; done

# One project at a time: the end-to-end tests run real servers and encoders, and would be starved by their neighbours.
# Exit code 8, "no test ran", is right for a project that a filter leaves empty; a whole run of none fails below.
run=(dotnet test --no-build --configuration "$configuration" --no-progress --max-parallel-test-modules 1
    --results-directory "$results" --report-xunit-ctrf --report-xunit-trx --timeout "$time_limit" --ignore-exit-code 8)
status=0
if ((${#targets[@]} == 0)); then
    "${run[@]}" --solution IntegrityGate.sln "${runner[@]}" || status=$?
fi
for target in "${targets[@]}"; do
    "${run[@]}" --project "$target" "${runner[@]}" || status=$?
done
if [[ " ${runner[*]} " == *" --list-tests "* ]]; then exit "$status"; fi

tests/tools/summarise.sh "$results" "$status"
