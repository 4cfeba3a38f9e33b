#!/usr/bin/env bash
# Fills a folder with the assemblies that a Unity project needs to act with a trained policy: the netstandard2.1 build of Agents and what
# it depends on, and nothing that Unity 2021.2 or newer has itself.
#
#   scripts/unity.sh [OUT]     default: artifacts/unity; for a game: MyGame/Assets/Plugins/RLSeq
#
# Other files in OUT stay as they are. Exit status: 0 filled, 1 the build failed, 2 wrong use, 3 no .NET SDK.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/scripts/common.sh"

if [[ $# -gt 1 || "${1:-}" == -* ]]; then
  echo "usage: $0 [OUT]" >&2
  exit 2
fi
output=$(realpath -m "${1:-$root/artifacts/unity}")
if ! find_dotnet; then
  echo "unity: this needs the .NET SDK 10; scripts/setup.sh says how to get it" >&2
  exit 3
fi

lock "$root/artifacts/setup/build.lock" "build"
log=$root/artifacts/setup/unity.log
published=$(mktemp -d)
trap 'rm -rf "$published"' EXIT
if ! dotnet publish "$root/Agents/RLSeq.Agents.csproj" -c Release -f netstandard2.1 -o "$published" -v q --nologo -clp:NoSummary \
  >"$log" 2>&1 </dev/null 9>&-; then
  cat "$log" >&2
  echo "unity: the build failed, see above" >&2
  exit 1
fi
unlock

mkdir -p "$output"
cp -f "$published"/*.dll "$output"
chmod 644 "$output"/*.dll
for file in "$published"/*.dll; do echo "$output/$(basename "$file"): $(stat -c %s "$file") bytes" >&2; done
