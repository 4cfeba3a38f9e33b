#!/usr/bin/env bash
# Compiles librlseq_torch.so against the libtorch of this machine.
#
#   build.sh [output-dir]        default: artifacts/native at the root of the repository
#
# Which libtorch, in this order:
#   1. $LIBTORCH: a libtorch directory, or the directory of a PyTorch package (it has include/ and lib/)
#   2. the PyTorch of python3 or /usr/bin/python3, when it was built with CUDA
#   3. Debian's and Ubuntu's libtorch-dev
#   4. the PyTorch of python3 or /usr/bin/python3
# Nothing is done when the library was already built from the same sources, libtorch and compiler.
# Exit status: 0 built or up to date, 1 the compiler failed, 2 wrong use, 3 something must be installed first.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
if [[ $# -gt 1 || "${1:-}" == -* ]]; then
  echo "usage: $0 [output-dir]" >&2
  exit 2
fi
output=${1:-$root/artifacts/native}
compiler=${CXX:-g++}

if ! command -v "$compiler" >/dev/null; then
  echo "error: no C++ compiler '$compiler'. Install one (apt-get install g++) or name it: CXX=clang++ $0" >&2
  exit 3
fi

is_libtorch() { [[ -d "$1/include/ATen" && -e "$1/lib/libtorch_cpu.so" ]]; }

# The directories of the PyTorch packages that the Pythons on this machine would import, without importing them.
python_packages() {
  local python
  for python in python3 /usr/bin/python3; do
    command -v "$python" >/dev/null || continue
    "$python" -c 'import importlib.util as u, os
spec = u.find_spec("torch")
print(os.path.dirname(spec.origin) if spec and spec.origin else "")' 2>/dev/null || true
  done
}

system_lib_dir() {
  local directory
  for directory in "/usr/lib/$("$compiler" -dumpmachine)" "/usr/lib/$(uname -m)-linux-gnu" /usr/lib64 /usr/lib; do
    if [[ -d /usr/include/ATen && -e "$directory/libtorch_cpu.so" ]]; then
      echo "$directory"
      return
    fi
  done
}

prefix='' lib=''
if [[ -n "${LIBTORCH:-}" ]]; then
  if ! is_libtorch "$LIBTORCH"; then
    if [[ -d "$LIBTORCH" ]]; then found="that directory lacks one of them"; else found="there is no such directory"; fi
    cat >&2 <<MESSAGE
error: LIBTORCH is '$LIBTORCH', but must name a libtorch, which has include/ATen and lib/libtorch_cpu.so: $found. Do one of these:
  unset LIBTORCH                  the libtorch that is found without it
  LIBTORCH=/path/to/libtorch      a libtorch from pytorch.org, or the directory of a PyTorch package
MESSAGE
    exit 3
  fi
  prefix=$(cd "$LIBTORCH" && pwd)
else
  plain=''
  while IFS= read -r package; do
    if [[ -z "$package" ]] || ! is_libtorch "$package"; then continue; fi
    if [[ -e "$package/lib/libtorch_cuda.so" ]]; then prefix=$package; break; fi
    plain=${plain:-$package}
  done < <(python_packages)
  if [[ -z "$prefix" ]]; then
    lib=$(system_lib_dir)
    if [[ -z "$lib" ]]; then prefix=$plain; fi
  fi
fi

includes=()
if [[ -n "$prefix" ]]; then
  lib=$prefix/lib
  includes=(-isystem "$prefix/include" -isystem "$prefix/include/torch/csrc/api/include")
elif [[ -n "$lib" ]]; then
  includes=(-isystem /usr/include/torch/csrc/api/include)
else
  cat >&2 <<'MESSAGE'
error: no libtorch was found. Do one of these and run this again:
  apt-get install libtorch-dev libopenblas0-openmp     Debian 12 or newer, Ubuntu 24.04 or newer: for the CPU
  LIBTORCH=/path/to/libtorch                           a libtorch from pytorch.org, or the directory of a PyTorch package
  pip install torch                                    PyTorch in the Python that python3 starts: with CUDA where it has it
MESSAGE
  exit 3
fi

version=$(printf '#include <torch/version.h>\nTORCH_VERSION\n' | "$compiler" "${includes[@]}" -x c++ -E -P - | tail -n 1 | tr -d '"')
library=$output/librlseq_torch.so
stamp=$output/librlseq_torch.stamp
wanted=$( {
  cat "$here"/*.cpp "$here"/*.h "$here/build.sh"
  echo "$lib $version"
  ls -lL "$lib/libtorch_cpu.so"
  "$compiler" --version
} | sha256sum | cut -d ' ' -f 1)
if [[ -e "$library" && -e "$stamp" && "$(cat "$stamp")" == "$wanted" ]]; then
  exit 0
fi

# Wheels of PyTorch before 2.6 were built with the C++ ABI from before GCC 5; the symbols of libc10 tell.
abi=1
if ! grep -qa 'NSt7__cxx11' "$lib/libc10.so"; then abi=0; fi

libraries=(-ltorch -ltorch_cpu -lc10)
if [[ -e "$lib/libtorch_cuda.so" ]]; then
  # Nothing refers to these by name, but loading them is what registers the CUDA kernels.
  libraries+=('-Wl,--no-as-needed' -ltorch_cuda -lc10_cuda '-Wl,--as-needed')
fi

mkdir -p "$output"
built=$(mktemp "$output/.librlseq_torch.XXXXXX")
work=$(mktemp -d)
trap 'rm -rf "$built" "$work"' EXIT

common=(-fPIC -fvisibility=hidden -Wall -Wextra)

# The kernels need no libtorch. They are compiled once per instruction set, of which the library takes one when it runs.
compile_kernels() {
  local isa=$1 bytes=$2
  shift 2
  "$compiler" -std=c++17 -O3 -ffp-contract=fast -fno-math-errno -Wno-psabi "${common[@]}" -DRLT_ISA="$isa" -DRLT_VECTOR_BYTES="$bytes" "$@" \
    -c "$here/sequence_kernels.cpp" -o "$work/kernels_$isa.o"
}

compile_against_libtorch() {
  local standard=$1 source=$2
  "$compiler" -std="$standard" -O2 "${common[@]}" -D_GLIBCXX_USE_CXX11_ABI=$abi "${includes[@]}" -c "$source" -o "$work/$(basename "$source" .cpp).o"
}

build_with() {
  local standard=$1 source job
  local -a jobs=()
  rm -f "$work"/*
  compile_kernels base 16 2>"$work/kernels_base.log" & jobs+=($!)
  if [[ "$(uname -m)" == x86_64 ]]; then
    compile_kernels avx2 32 -mavx2 -mfma 2>"$work/kernels_avx2.log" & jobs+=($!)
    compile_kernels avx512 64 -mavx512f -mavx512vl -mavx512dq -mavx512bw -mfma 2>"$work/kernels_avx512.log" & jobs+=($!)
  fi
  for source in "$here"/*.cpp; do
    [[ "$source" != */sequence_kernels.cpp ]] || continue
    compile_against_libtorch "$standard" "$source" 2>"$work/$(basename "$source" .cpp).log" & jobs+=($!)
  done
  local status=0
  for job in "${jobs[@]}"; do wait "$job" || status=1; done
  [[ $status -eq 0 ]] || return 1
  "$compiler" -shared "$work"/*.o -o "$built" -L"$lib" -Wl,-rpath,"$lib" -Wl,--disable-new-dtags \
    -Wl,--allow-shlib-undefined "${libraries[@]}" -ldl 2>"$work/link.log"
}

# Up to 2.13 libtorch's headers are C++17; later ones ask for C++20. The likelier one first: each attempt compiles everything.
standards=(c++17 c++20)
if [[ "$(printf '%s\n' 2.14 "$version" | sort -V | head -n 1)" == 2.14 ]]; then standards=(c++20 c++17); fi
for standard in "${standards[@]}"; do
  if build_with $standard; then
    chmod 755 "$built"
    mv -f "$built" "$library"
    echo "$wanted" >"$stamp"
    echo "built $library against libtorch $version in $lib" >&2
    exit 0
  fi
done
cat "$work"/*.log >&2
echo "error: $compiler could not compile $here/*.cpp against libtorch $version in $lib" >&2
exit 1
