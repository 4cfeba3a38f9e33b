#!/usr/bin/env bash
# Publishes examples/game-loop.cs for a machine without .NET, trimmed to what it uses, and refuses any warning of the trimmer: what
# ships with a game must be safe to trim. With a policy it also runs the program for a second.
#
#   scripts/check-trimming.sh [POLICY]     writes artifacts/trimmed/game-loop
#
# Exit status: 0 without warnings, 1 a warning or a failure, 2 wrong use, 3 no .NET SDK.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/scripts/common.sh"

if [[ $# -gt 1 || "${1:-}" == -* ]]; then
  echo "usage: $0 [POLICY]" >&2
  exit 2
fi
if ! find_dotnet; then
  echo "check-trimming: this needs the .NET SDK 10; scripts/setup.sh says how to get it" >&2
  exit 3
fi

output=$root/artifacts/trimmed log=$root/artifacts/setup/trimming.log
lock "$root/artifacts/setup/build.lock" "build"
rm -rf "$output"
status=0
dotnet publish "$root/examples/game-loop.cs" -c Release --use-current-runtime --self-contained -o "$output" -v q --nologo -clp:NoSummary \
  >"$log" 2>&1 </dev/null 9>&- || status=$?
unlock
if [[ $status -ne 0 ]] || grep -q 'warning ' "$log"; then
  cat "$log" >&2
  echo "check-trimming: publishing failed or warned, see above" >&2
  exit 1
fi
echo "$output: $(du -sh "$output" | cut -f 1), no warnings" >&2
if [[ $# -eq 1 ]]; then "$output/game-loop" "$1" --rate 1000 --seconds 1; fi
