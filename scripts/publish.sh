#!/usr/bin/env bash
# Publishes the command line for a machine without .NET: Linux on x64, everything in one folder, and that folder as one archive.
#
#   scripts/publish.sh [OUT]     default: artifacts/publish; writes OUT/rlseq-linux-x64/ and OUT/rlseq-linux-x64.tar.gz
#
# The program needs a libtorch and librlseq_torch.so, which Interop/LibTorch/native/build.sh compiles on that machine against the
# libtorch that is there; RLSEQ_NATIVE names the file. Exit status: 0 published, 1 the build failed, 2 wrong use, 3 no .NET SDK.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/scripts/common.sh"
name=rlseq-linux-x64

if [[ $# -gt 1 || "${1:-}" == -* ]]; then
  echo "usage: $0 [OUT]" >&2
  exit 2
fi
output=$(realpath -m "${1:-$root/artifacts/publish}")
if ! find_dotnet; then
  echo "publish: this needs the .NET SDK 10; scripts/setup.sh says how to get it" >&2
  exit 3
fi

lock "$root/artifacts/setup/build.lock" "build"
log=$root/artifacts/setup/publish.log
rm -rf "${output:?}/$name" "$output/$name.tar.gz"
if ! dotnet publish "$root/Cli/RLSeq.Cli.csproj" -c Release -r linux-x64 -p:Bundle=true -o "$output/$name" \
  -v q --nologo -clp:NoSummary >"$log" 2>&1 </dev/null 9>&-; then
  cat "$log" >&2
  echo "publish: the build failed, see above" >&2
  exit 1
fi
unlock

# Packed in a fixed order and without times or owners, so that the same program gives the same archive.
tar -C "$output" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c "$name" | gzip -9n >"$output/$name.tar.gz"
echo "$output/$name: $(du -sh "$output/$name" | cut -f 1), $output/$name.tar.gz: $(du -h --apparent-size "$output/$name.tar.gz" | cut -f 1)" >&2
