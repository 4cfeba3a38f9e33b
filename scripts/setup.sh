#!/usr/bin/env bash
# Installs and compiles what RLSeq needs and this machine lacks, saying what and why, and asking nothing.
# Where nothing is missing it prints nothing and takes a moment.
#
#   scripts/setup.sh           what training and acting need: .NET SDK 10, libtorch, and the library that binds it
#   scripts/setup.sh --test    and what the tests need: Python's msgpack, as a reference, and a Chromium, to lay reports out
#   scripts/setup.sh --again   looks again, after another PyTorch was installed for example
#
# Environment: LIBTORCH chooses a libtorch, CXX a compiler; RLSEQ_SETUP=skip does nothing at all; TorchProvider=TorchSharp needs no
# libtorch. Exit status: 0 ready, 1 something failed, 2 wrong use, 3 something must be installed by hand, and it says what.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/scripts/common.sh"

folder=$root/artifacts/setup
native=$root/Interop/LibTorch/native
library=$root/artifacts/native/librlseq_torch.so
done_file=$folder/done
for_tests=false

say() { echo "setup: $*" >&2; }

main() {
  [[ "${RLSEQ_SETUP:-}" != skip ]] || exit 0
  for argument in "$@"; do
    case "$argument" in
      --test) for_tests=true done_file=$folder/done-test ;;
      --again) rm -f "$folder"/done* ;;
      *) echo "usage: $0 [--test] [--again]" >&2; exit 2 ;;
    esac
  done

  require_dotnet
  ! is_done || exit 0
  lock "$folder/lock" "set-up"
  ! is_done || exit 0

  local libtorch=none
  if [[ "${TorchProvider:-}" != TorchSharp ]]; then
    build_native
    libtorch=$(linked libtorch_cpu)
    prefer_openblas "$libtorch"
    mention_gpu "$libtorch"
  fi
  if $for_tests; then install_msgpack; install_browser; fi
  state "$libtorch" >"$done_file"
}

require_dotnet() {
  find_dotnet && return
  cat >&2 <<'MESSAGE'
setup: RLSeq needs the .NET SDK 10, and there is none on the PATH, in DOTNET_ROOT or in ~/.dotnet. Install it, without root:
  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
or as a package: https://learn.microsoft.com/dotnet/core/install/linux
MESSAGE
  exit 3
}

# Everything that the result depends on; the first line is the libtorch that the library was built against.
state() {
  echo "$1"
  # Resolved: the same words name another folder, or none, elsewhere.
  echo "${LIBTORCH:+LIBTORCH=$(realpath -e -- "$LIBTORCH" 2>/dev/null || echo none)} ${CXX:-} ${TorchProvider:-} ${VIRTUAL_ENV:-} ${CONDA_PREFIX:-} $(command -v python3 || true)"
  stat -L -c '%n %s %Y' "$root/scripts/setup.sh" "$native"/* 2>/dev/null || true
  if [[ "$1" != none ]]; then stat -L -c '%n %s %Y' "$library" "$1" 2>/dev/null || true; fi
}

is_done() {
  local libtorch
  [[ -e "$done_file" ]] && read -r libtorch <"$done_file" && [[ "$(<"$done_file")" == "$(state "$libtorch")" ]] &&
    [[ "$libtorch" == none || -e "$library" ]]
}

# build.sh knows every place where a libtorch may be; only what it misses is installed here.
build_native() {
  local attempt status message
  if [[ ! -e "$library" ]]; then say "looking for libtorch and compiling the binding to it, once (about a minute)"; fi
  for attempt in first second third; do
    status=0
    message=$("$native/build.sh" 2>&1 9>&-) || status=$?
    if [[ $status -ne 3 || $attempt == third ]]; then break; fi
    if ! command -v "${CXX:-g++}" >/dev/null; then
      if [[ -n "${CXX:-}" ]]; then break; fi
      install_packages "g++, to compile the binding to libtorch" g++
    elif [[ -n "${LIBTORCH:-}" ]]; then
      break
    else
      install_packages "libtorch for the CPU, to train with, and OpenBLAS, to make it fast" libtorch-dev libopenblas0-openmp
    fi
  done
  if [[ -n "$message" ]]; then say "$message"; fi
  if [[ $status -ne 0 ]]; then exit "$status"; fi
}

# The path of a shared library that the binding loads.
linked() { LC_ALL=C ldd "$library" | awk -v name="$1" 'index($1, name) == 1 && $3 ~ /^\// && !found++ { print $3 }'; }

# Debian's libtorch uses whatever BLAS is installed; the reference BLAS multiplies matrices 30 times slower than OpenBLAS.
prefer_openblas() {
  local blas
  [[ "$1" == /usr/lib/* || "$1" == /lib/* ]] || return 0
  blas=$(linked libblas)
  [[ -n "$blas" && "$(readlink -f "$blas")" == */blas/* ]] || return 0
  (install_packages "OpenBLAS, since the reference BLAS is 30 times slower" libopenblas0-openmp) ||
    say "going on with the reference BLAS: training will be slow"
}

mention_gpu() {
  [[ -e /dev/nvidiactl && ! -e "$(dirname "$1")/libtorch_cuda.so" ]] || return 0
  say "this machine has an NVIDIA GPU, but $1 is for the CPU; to train on the GPU: pip install torch, then scripts/setup.sh --again"
}

install_msgpack() {
  local python
  for python in /usr/bin/python3 python3; do
    if "$python" -c 'import msgpack' 2>/dev/null; then return; fi
  done
  install_packages "Python's msgpack, the reference that the codec is tested against" python3-msgpack
}

# The same names as in the tests (Chromium.cs). About 100 MB to fetch and 15 s; without a font it would lay out letters of no width.
install_browser() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then return; fi
  done
  install_packages "a Chromium without a window, to test reports in" chromium-headless-shell fonts-dejavu-core
}

# install_packages WHY PACKAGE...: with apt-get, as root or through sudo where that asks for no password.
install_packages() {
  local why=$1 as_root=() log=$folder/apt.log
  shift
  command -v apt-get >/dev/null || by_hand "there is no apt-get (neither Debian nor Ubuntu)" "$@"
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || by_hand "this is not root, and there is no sudo" "$@"
    sudo -n true 2>/dev/null || by_hand "this is not root, and sudo asks for a password" "$@"
    as_root=(sudo -n)
  fi
  say "installing $why: apt-get install $*"
  if [[ -z "${lists_updated:-}" ]]; then
    lists_updated=true
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 </dev/null 9>&- || say "apt-get update failed; trying with the old lists"
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" \
    >>"$log" 2>&1 </dev/null 9>&- ||
    by_hand "apt-get failed, no network perhaps: $(grep '^E: ' "$log" | tail -n 1) (all of it: $log)" "$@"
}

by_hand() {
  local reason=$1
  shift
  say "cannot install $*: $reason"
  {
    echo "Do one of these, then run this again:"
    echo "  apt-get update && apt-get install -y --no-install-recommends $*     an administrator, on Debian 12, Ubuntu 24.04 or newer"
    case "$*" in
      *libtorch*)
        echo "  LIBTORCH=/path/to/libtorch ./rlseq ...     a libtorch from https://pytorch.org (C++, cxx11 ABI), or the folder of a PyTorch package"
        echo "  pip install torch     PyTorch in the Python that python3 starts, with CUDA where it has it"
        echo "What needs no tensors runs without: RLSEQ_SETUP=skip ./rlseq ..."
        ;;
      g++) echo "  CXX=/path/to/clang++ ./rlseq ...     another compiler for C++17" ;;
      *chromium*) echo "  any Chromium or Google Chrome on the PATH, as chromium, chromium-browser or google-chrome" ;;
      *msgpack*) echo "  pip install msgpack     in the Python that python3 starts" ;;
    esac
  } >&2
  exit 3
}

main "$@"
