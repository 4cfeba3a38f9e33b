#!/usr/bin/env bash
# Sets up, builds everything, checks the formatting, runs the tests and publishes what runs without .NET. The last line is `N passed, N failed`.
#
#   ./test.sh                 all but the long tests and those for a GPU
#   ./test.sh --learning      also the runs that must learn (long)
#   ./test.sh --gpu           also the tests that need a GPU
#   ./test.sh --filter X      only these (a filter of `dotnet test`, such as FullyQualifiedName~Timestamp), without formatting and publishing
#
# Exit status: 0 when everything passed, 1 otherwise (a build that fails and a test host that crashes count as failed), 2 wrong use.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$root/scripts/common.sh"
cd "$root"
exec </dev/null

results=$root/artifacts/test
passed=0 failed=0 skipped=0
learning=false gpu=false chosen=''
while [[ $# -gt 0 ]]; do
  case "$1" in
    --learning) learning=true ;;
    --gpu) gpu=true ;;
    --filter) chosen=${2:?--filter needs a filter}; shift ;;
    *) echo "usage: $0 [--learning] [--gpu] [--filter FILTER]" >&2; exit 2 ;;
  esac
  shift
done

filter=$chosen limit=30m
if [[ -z "$filter" ]]; then
  $learning || filter='Category!=Learning'
  $gpu || filter="${filter:+$filter&}Category!=Gpu"
fi
if $learning || [[ -n "$chosen" ]]; then limit=6h; fi

finish() {
  local line="$passed passed, $failed failed"
  if [[ $skipped -gt 0 ]]; then line+=", $skipped skipped"; fi
  echo
  echo "$line"
  if [[ $failed -gt 0 || $passed -eq 0 ]]; then exit 1; fi
  exit 0
}

row() { printf '  %-32s %s\n' "$1" "$2"; }

fail() {
  failed=$((failed + 1))
  row "$1" "FAILED: $2"
}

build() {
  echo "building"
  lock "$root/artifacts/setup/build.lock" "build"
  local status=0
  dotnet build RLSeq.sln -c Release -v q --nologo -clp:NoSummary >"$results/build.log" 2>&1 9>&- || status=$?
  unlock
  if [[ $status -ne 0 ]]; then
    cat "$results/build.log"
    fail "build" "see above"
    finish
  fi
}

check_format() {
  if dotnet format RLSeq.sln --verify-no-changes --no-restore >"$results/format.log" 2>&1; then
    row "formatting" "as it should be"
  else
    cat "$results/format.log"
    fail "formatting" "mend it with: dotnet format RLSeq.sln"
  fi
}

# What is published for machines without .NET: trimmed without a warning, and running.
check_published() {
  local program=$results/publish/rlseq-linux-x64/rlseq log=$results/publish.log library=tests/RLSeq.Training.Tests/bin/Release/net10.0/MyEnvironments.dll
  local -x RLSEQ_NATIVE=$root/artifacts/native/librlseq_torch.so
  if ! scripts/publish.sh "$results/publish" >"$log" 2>&1; then
    cat "$log"
    fail "published program" "it cannot be published"
  elif ! "$program" train --env RepeatFirstEasy --memory lstm --steps 256 --episodes 2 --out "$results/published" >"$log" 2>&1; then
    cat "$log"
    fail "published program" "it cannot train"
  elif "$program" envs --assembly "$library" >"$log" 2>&1 || ! grep -q 'was published trimmed' "$log"; then
    cat "$log"
    fail "published program" "it does not refuse a class library, which needs what was trimmed"
  else
    row "published program" "trimmed without warnings, trains"
  fi
  if scripts/check-trimming.sh "$results/published/policy.rlseq" >"$log" 2>&1; then
    row "game loop" "trimmed without warnings, acts"
  else
    cat "$log"
    fail "game loop" "it cannot be trimmed, see above"
  fi
}

# A number among the attributes of the <Counters> element of a result file.
counter() { grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9'; }

# name_of PROJECT [VARIANT ...]: what a run of its tests is called.
name_of() { echo "$1${2:+, $2}"; }

# run_tests PROJECT [VARIANT VARIABLE=VALUE FILTER]: a variant runs some of the tests again in another environment. Runs as a job, which can
# stand beside others and be broken off; so what came of it lies in files.
run_tests() {
  local project=$1 name status=0 start=$SECONDS filter=$filter
  name=$(name_of "$@")
  if [[ $# -gt 1 ]]; then
    local -x "${3?}"
    filter="${filter:+($filter)&}($4)"
  fi
  local -a arguments=(--logger "trx;LogFileName=$name.trx" --results-directory "$results")
  if [[ -n "$filter" ]]; then arguments+=(--filter "$filter"); fi
  timeout "$limit" dotnet test "tests/$project/bin/Release/net10.0/$project.dll" "${arguments[@]}" >"$results/$name.log" 2>&1 &
  trap "kill $! 2>/dev/null" TERM # which passes it on to all that it started
  wait $! || status=$?
  echo "$status $((SECONDS - start))" >"$results/$name.ended"
}

# report PROJECT [VARIANT ...]: counts what came of it.
report() {
  local name status=1 seconds=0
  name=$(name_of "$@")
  local log=$results/$name.log trx=$results/$name.trx
  read -r status seconds <"$results/$name.ended" || true
  if [[ $status -ne 0 ]]; then cat "$log"; fi
  if [[ $status -eq 124 ]]; then fail "$name" "still running after $limit"; return; fi

  if ! grep -q '<Counters ' "$trx" 2>/dev/null; then
    if [[ $status -eq 0 && -n "$chosen" ]]; then return; fi
    fail "$name" "no results (exit status $status), see $log"
    return
  fi
  local total executed good bad
  total=$(counter "$trx" total) executed=$(counter "$trx" executed) good=$(counter "$trx" passed)
  bad=$((executed - good))
  if [[ $total -eq 0 && $status -eq 0 && -n "$chosen" ]]; then return; fi
  if [[ $total -eq 0 ]]; then fail "$name" "it ran no tests"; return; fi

  passed=$((passed + good))
  skipped=$((skipped + total - executed))
  if [[ $status -ne 0 && $bad -eq 0 ]]; then
    fail "$name" "$good passed, then the test host ended with status $status"
    return
  fi
  failed=$((failed + bad))
  local line="$good passed, $bad failed"
  if [[ $total -gt $executed ]]; then line+=", $((total - executed)) skipped"; fi
  row "$name" "$line ($seconds s)"
}

run_project() {
  run_tests "$@" &
  wait $! || true
  report "$@"
}

stop_jobs() {
  local job
  for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done
}

trap stop_jobs EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
rm -rf "$results"
mkdir -p "$results"
if ! scripts/setup.sh --test; then
  fail "set-up" "see above"
  finish
fi
find_dotnet || true
build
# Those of the command line mostly wait for processes that they start, one after the other, and take the longest.
run_tests RLSeq.Cli.Tests &
command_line=$!
if [[ -z "$chosen" ]]; then check_format; fi
for project in tests/*/*.csproj; do
  project=$(basename "$project" .csproj)
  if [[ "$project" != RLSeq.Cli.Tests ]]; then run_project "$project"; fi
done
# The kernels again, with the vectors of other machines.
kernels='FullyQualifiedName~Dense|FullyQualifiedName~Attention|FullyQualifiedName~Memory|FullyQualifiedName~FunctionTests'
run_project RLSeq.Agents.Tests "256 bits" DOTNET_EnableAVX512=0 "$kernels"
run_project RLSeq.Agents.Tests "128 bits" DOTNET_EnableAVX2=0 "$kernels"
run_project RLSeq.Agents.Tests "no vectors" DOTNET_EnableHWIntrinsic=0 "$kernels"
wait "$command_line" || true
report RLSeq.Cli.Tests
if [[ -z "$chosen" ]]; then check_published; fi
finish
