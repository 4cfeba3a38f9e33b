#!/usr/bin/env bash
# Checks the whole way on a GPU: compiles the binding, holds the GPU to the CPU, trains, measures. Needs no .NET and no network, only
# g++, python3, a libtorch, and the published program (scripts/publish.sh makes it on a machine with .NET).
#
#   scripts/gpu-check.sh [--device cuda|cpu] [--quick] [--threads K]
#
#   --device   what to check; default: cuda. With cpu the same checks run without a GPU, which tests this script
#   --quick    shorter runs and fewer sizes
#   --threads  the threads of the benchmarks, of libtorch and of collecting; default: all cores, 16 at most
#
# Environment: OUT is the folder for results, default artifacts/gpu; RLSEQ_PROGRAM another program than the published one; LIBTORCH
# and CXX choose libtorch and compiler, see Interop/LibTorch/native/build.sh. Writes gpu-check.txt (what is printed here),
# gpu-check.json (the same with all figures) and gpu-check.log (what the commands said). The last line is `N passed, N failed`.
# Exit status: 0 when everything passed, 1 otherwise, 2 wrong use, 3 something is missing, and it says what.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
device=cuda quick=false threads=$(nproc)
if [[ $threads -gt 16 ]]; then threads=16; fi
while [[ $# -gt 0 ]]; do
  case "$1" in
    --device) device=${2:?--device needs cuda or cpu}; shift ;;
    --quick) quick=true ;;
    --threads) threads=${2:?--threads needs a number}; shift ;;
    *) echo "usage: $0 [--device cuda|cpu] [--quick] [--threads K]" >&2; exit 2 ;;
  esac
  shift
done
case "$device" in cuda | cpu) ;; *) echo "usage: --device is cuda or cpu, not '$device'" >&2; exit 2 ;; esac

cd "$root"
exec </dev/null
OUT=${OUT:-$root/artifacts/gpu}
mkdir -p "$OUT"
OUT=$(cd "$OUT" && pwd)
text=$OUT/gpu-check.txt log=$OUT/gpu-check.log
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$text"
: >"$log"
: >"$work/records"
passed=0 failed=0

say() { echo "$*" | tee -a "$text"; }

missing() {
  echo "gpu-check: $*" >&2
  exit 3
}

# record NAME yes|no DETAIL [FILE]: counts and prints one check; FILE is a JSON value with its figures.
record() {
  local mark=ok
  if [[ "$2" == yes ]]; then passed=$((passed + 1)); else failed=$((failed + 1)) mark=FAILED; fi
  say "$(printf '  %-6s  %-34s %s' "$mark" "$1" "$3")"
  python3 - "$work/records" "$text" "$OUT/gpu-check.json" "$device" "$quick" "$1" "$2" "$3" "${4:-}" <<'PYTHON'
import json, os, sys
file, text, output, device, quick, name, passed, detail, data = sys.argv[1:]
entry = {"check": name, "passed": passed == "yes", "detail": detail}
if data and os.path.exists(data):
    lines = open(data).read().splitlines()
    try:
        entry["figures"] = json.loads(lines[-1]) if lines else None
    except ValueError:
        entry["figures"] = None
with open(file, "a") as records:
    records.write(json.dumps(entry) + "\n")
# Written anew after every check, so that a run which is cut short leaves what it had.
machine = [line.strip() for line in open(text).read().split("binding\n")[0].splitlines()[1:]]
checks = [json.loads(line) for line in open(file)]
with open(output, "w") as whole:
    json.dump({"device": device, "quick": quick == "true", "machine": machine, "passed": sum(c["passed"] for c in checks),
               "failed": sum(not c["passed"] for c in checks), "checks": checks}, whole, indent=1)
PYTHON
}

# holds FILE EXPRESSION: evaluates Python over `x`, the JSON value on the last line of FILE. True and False become yes and no.
holds() {
  python3 - "$1" "$2" 2>>"$log" <<'PYTHON' || echo no
import json, sys
lines = open(sys.argv[1]).read().splitlines()
x = json.loads(lines[-1]) if lines else None
result = eval(sys.argv[2])
print({True: "yes", False: "no"}.get(result, result) if isinstance(result, bool) else result)
PYTHON
}

# run NAME SECONDS COMMAND...: its standard output goes to $work/NAME.json, all it says to the log. Fails as the command does.
run() {
  local name=$1 limit=$2 status=0
  shift 2
  echo "== $name: $*" >>"$log"
  timeout "$limit" "$@" >"$work/$name.json" 2>"$work/$name.err" || status=$?
  cat "$work/$name.json" "$work/$name.err" >>"$log"
  return "$status"
}

# Why a command failed, in one line.
reason() { if [[ $1 -eq 124 ]]; then echo "still running after its limit"; else echo "exit status $1: $(tail -n 1 "$work/$2.err" | cut -c 1-300)"; fi; }

# ---- what must be there

program=${RLSEQ_PROGRAM:-$root/artifacts/publish/rlseq-linux-x64/rlseq}
if [[ ! -x "$program" && -e "$root/artifacts/publish/rlseq-linux-x64.tar.gz" ]]; then
  tar -xzf "$root/artifacts/publish/rlseq-linux-x64.tar.gz" -C "$work"
  program=$work/rlseq-linux-x64/rlseq
fi
[[ -x "$program" ]] || missing "there is no published program at $program. Run scripts/publish.sh on a machine with the .NET SDK 10 and bring artifacts/publish along."
command -v python3 >/dev/null || missing "this needs python3 (and for --device cuda its PyTorch, for libtorch)."
if [[ "$device" == cuda ]] && ! command -v nvidia-smi >/dev/null; then
  missing "there is no nvidia-smi, so no NVIDIA GPU to check. Without one: $0 --device cpu --quick"
fi

python=''
for candidate in python3 /usr/bin/python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import torch, numpy' 2>/dev/null; then
    python=$candidate
    break
  fi
done

# ---- the machine and the binding

say "machine"
{
  uname -srm
  echo "cores: $(nproc), threads used: $threads"
  awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo
  "${CXX:-g++}" --version | head -n 1
  if [[ "$device" == cuda ]]; then nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader; fi
  if [[ -n "$python" ]]; then "$python" -c 'import torch; print("PyTorch", torch.__version__, "CUDA", torch.version.cuda, "cuDNN", torch.backends.cudnn.version())'; fi
} 2>>"$log" | sed 's/^/  /' | tee -a "$text" || true

say "binding"
export RLSEQ_NATIVE=$root/artifacts/native/librlseq_torch.so
status=0
run build 300 Interop/LibTorch/native/build.sh || status=$?
if [[ $status -ne 0 ]]; then
  record "compile librlseq_torch.so" no "$(reason $status build); all of it in $log"
  cat "$work/build.err" >&2
else
  message=$(<"$work/build.err")
  record "compile librlseq_torch.so" yes "${message:-it was compiled before, from the same sources and libtorch}"
fi

# The CUDA kernels register when libtorch_cuda is loaded, which nothing asks for by name.
if [[ $status -eq 0 ]]; then
  LC_ALL=C ldd "$RLSEQ_NATIVE" >"$work/ldd" 2>&1 || true
  cat "$work/ldd" >>"$log"
  if grep -q 'not found' "$work/ldd"; then
    record "libraries are found" no "$(grep 'not found' "$work/ldd" | head -n 3 | tr -s '[:space:]' ' ')"
  elif [[ "$device" == cuda ]] && ! grep -q libtorch_cuda "$work/ldd"; then
    record "libraries are found" no "libtorch_cuda is not among them: this libtorch has no CUDA"
  else
    record "libraries are found" yes "$(grep -o '=> .*libtorch_\(cpu\|cuda\)\.so' "$work/ldd" | cut -c 4- | tr '\n' ' ')"
  fi
fi

finish() {
  say "$passed passed, $failed failed"
  if [[ $failed -gt 0 || $passed -eq 0 ]]; then exit 1; fi
  exit 0
}
if [[ $failed -gt 0 ]]; then finish; fi

# ---- the device computes what the CPU does

say "agreement with the CPU"
status=0
run check-device 300 "$program" check-device --device "$device" --json || status=$?
memories=$(holds "$work/check-device.json" '" ".join(check["memory"] for check in x["memories"])')
if [[ $status -gt 1 || "$memories" == no || -z "$memories" ]]; then
  record "check-device" no "$(reason $status check-device)"
  memories=''
fi
for memory in $memories; do
  holds "$work/check-device.json" "json.dumps(next(c for c in x['memories'] if c['memory'] == '$memory'))" >"$work/one.json"
  record "check-device $memory" "$(holds "$work/one.json" 'x["passed"]')" \
    "$(holds "$work/one.json" '"errors: output {:.1e}, gradient {:.1e}, first ratio {:.1e}, acting {:.1e}".format(*[float("nan") if x[k] is None else x[k] for k in ("output_error", "gradient_error", "first_ratio_error", "acting_error")])')" "$work/one.json"
done

# ---- training: it learns as on the CPU, and holds no more memory at the end than in the middle

# watch PID MESSAGES FILE: megabytes of the process and of the GPU, a few times a second from the first report of progress to the end.
watch() {
  local gpu=0 start=$SECONDS
  while [[ -e /proc/$1/status ]]; do
    if [[ $((SECONDS - start)) -gt $train_limit ]]; then kill "$1" 2>/dev/null || true; fi
    if grep -qs 'steps/s' "$2"; then
      if [[ "$device" == cuda ]]; then gpu=$(nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits -i 0 2>/dev/null || echo 0); fi
      awk -v gpu="$gpu" '/^VmRSS/ { print int($2 / 1024), gpu }' "/proc/$1/status" >>"$3" 2>/dev/null || true
    fi
    sleep 0.2
  done
}

# What the last fifth of a run held beyond what the fifth in its middle held, in MB: "process gpu".
growth() {
  python3 - "$1" <<'PYTHON'
import sys
rows = [list(map(int, line.split())) for line in open(sys.argv[1]) if len(line.split()) == 2]
n = len(rows)
if n < 5:
    print("- -")
else:
    peak = lambda part, column: max(row[column] for row in part)
    print(*[peak(rows[-max(1, n // 5):], c) - peak(rows[2 * n // 5:max(2 * n // 5 + 1, 3 * n // 5)], c) for c in (0, 1)])
PYTHON
}

# In MB. On the CPU it was 4 to 12 without a leak, and 71 when the outputs of the LSTM leaked, 128 KiB per minibatch, for 150,000 steps.
allowed=48
# In seconds.
train_limit=240

# train MEMORY DEVICE STEPS [ENGINE]: with ENGINE acting while it collects, or the one that the rule chooses.
train() {
  local acting=${4:-auto} title="train $1 on $2${4:+, $4 acting}" name="train-$1-$2${4:+-$4}" status=0 pid watcher
  echo "== $name" >>"$log"
  "$program" train --env RepeatPreviousEasy --memory "$1" --steps "$3" --seed 1 --device "$2" --acting "$acting" --out "$work/run-$name" --json \
    --set ppo.discount=0.9 --set ppo.learning_rate=3e-3 >"$work/$name.json" 2>"$work/$name.err" &
  pid=$!
  : >"$work/$name.memory"
  watch "$pid" "$work/$name.err" "$work/$name.memory" &
  watcher=$!
  wait "$pid" || status=$?
  wait "$watcher" || true
  cat "$work/$name.json" "$work/$name.err" "$work/$name.memory" >>"$log" 2>/dev/null || true
  if [[ $status -ne 0 ]]; then
    record "$title" no "$(reason $status "$name")"
    return
  fi
  # Random actions give -0.5, and so does the best policy without memory.
  record "$title" "$(holds "$work/$name.json" 'x["return_mean"] > -0.3')" \
    "$(holds "$work/$name.json" '"return {:.3f} after {:,} steps (at least -0.3), {:,.0f} steps/s".format(x["return_mean"], x["steps"], x["steps_per_second"])')" "$work/$name.json"
  if [[ "$2" != "$device" ]]; then return; fi
  read -r process gpu <<<"$(growth "$work/$name.memory")"
  if [[ "$process" == - ]]; then
    if $quick; then say "  ($title was too short to tell whether memory grows)"; else record "memory of $title" no "too few samples of /proc/PID/status"; fi
  else
    record "memory of $title" "$([[ $process -le $allowed && $gpu -le $allowed ]] && echo yes || echo no)" \
      "second half: process $process MB, GPU $gpu MB (at most $allowed)"
  fi
}

say "training"
steps=150000
for memory in lstm transformer; do
  if $quick; then if [[ $memory == lstm ]]; then steps=20000; else steps=90000; fi; fi
  train "$memory" "$device" "$steps"
  if [[ $memory == lstm ]]; then train "$memory" "$device" "$steps" torch; fi
  if [[ "$device" == cpu ]]; then continue; fi
  train "$memory" cpu "$steps"
  printf '[%s, %s]\n' "$(tail -n 1 "$work/train-$memory-cuda.json")" "$(tail -n 1 "$work/train-$memory-cpu.json")" >"$work/pair.json"
  record "$memory learns as on the CPU" "$(holds "$work/pair.json" 'x[0]["return_mean"] > x[1]["return_mean"] - 0.2')" \
    "$(holds "$work/pair.json" '"return {:.3f} on cuda, {:.3f} on cpu (at most 0.2 less)".format(x[0]["return_mean"], x[1]["return_mean"])')"
done

# Loading a policy verifies the example that torch computed on the device against the managed engine.
for memory in lstm transformer; do
  status=0
  run "evaluate-$memory" 120 "$program" evaluate "$work/run-train-$memory-$device" --episodes 50 --json || status=$?
  if [[ $status -ne 0 ]]; then record "evaluate $memory" no "$(reason $status "evaluate-$memory")"; continue; fi
  record "evaluate $memory" yes "$(holds "$work/evaluate-$memory.json" '"return {:.3f}, action p50 {:.1f} µs".format(x["return_mean"], x["action_p50_us"])')" "$work/evaluate-$memory.json"
done

status=0
run compare 240 "$program" compare --env RepeatPreviousEasy --memory none,lstm --steps 4096 --seeds 1 --episodes 5 --jobs 1 --device "$device" --out "$work/compare" --json || status=$?
if [[ $status -eq 0 && -s "$work/compare/report.html" ]]; then record "compare" yes "2 runs in processes of their own, and a report"; else record "compare" no "$(reason $status compare)"; fi

# ---- figures

say "figures"
bench() {
  local name="bench-$1-$2-$3-$4" status=0
  run "$name" 120 "$program" bench train --memory "$1" --envs "$2" --hidden "$3" --steps 128 --epochs 4 --minibatches 4 --threads "$threads" --device "$4" --updates "$updates" --json || status=$?
  if [[ $status -ne 0 ]]; then record "bench train $1 N=$2 D=$3 $4" no "$(reason $status "$name")"; return; fi
  record "bench train $1 N=$2 D=$3 $4" "$(holds "$work/$name.json" 'x["steps_per_second"] > 0')" \
    "$(holds "$work/$name.json" '"{:,.0f} steps/s (collect {:,.0f}, update {:,.0f})".format(x["steps_per_second"], x["collect_steps_per_second"], x["update_steps_per_second"])')" "$work/$name.json"
}
environments=(16 256) widths=(128 512) updates=3 batches=1,8,64,512
if $quick; then environments=(16) widths=(128) updates=1 batches=1,8; fi
for memory in lstm transformer; do
  for n in "${environments[@]}"; do
    for width in "${widths[@]}"; do
      bench "$memory" "$n" "$width" "$device"
      # On the CPU the largest Transformer takes minutes per update.
      if [[ "$device" == cuda && ($memory != transformer || $n -lt 256 || $width -lt 512) ]]; then bench "$memory" "$n" "$width" cpu; fi
    done
  done
done

for memory in $memories; do
  for width in "${widths[@]}"; do
    name=act-$memory-$width status=0
    run "$name" 120 "$program" bench act --memory "$memory" --hidden "$width" --json || status=$?
    if [[ $status -ne 0 ]]; then record "bench act $memory D=$width" no "$(reason $status "$name")"; continue; fi
    record "bench act $memory D=$width" "$(holds "$work/$name.json" 'x["allocated_bytes_per_action"] == 0')" \
      "$(holds "$work/$name.json" '"p50 {:.2f} µs, p99 {:.2f} µs, {:g} bytes allocated per action (must be 0)".format(x["p50_us"], x["p99_us"], x["allocated_bytes_per_action"])')" "$work/$name.json"
  done
done

# Where acting on the device overtakes the managed engine: the measurement behind acting=auto.
for memory in lstm transformer; do
  for width in "${widths[@]}"; do
    name=engines-$memory-$width status=0
    run "$name" 240 "$program" bench act --memory "$memory" --hidden "$width" --batches "$batches" --device "$device" --threads "$threads" --json || status=$?
    if [[ $status -ne 0 ]]; then record "engines $memory D=$width" no "$(reason $status "$name")"; continue; fi
    record "engines $memory D=$width" "$(holds "$work/$name.json" 'len(x["engines"]) > 0 and all(e["managed_us"] > 0 and e["torch_us"] > 0 for e in x["engines"])')" \
      "$(holds "$work/$name.json" '"µs managed / torch: " + ", ".join("{}: {:.0f} / {:.0f}".format(e["batch"], e["managed_us"], e["torch_us"]) for e in x["engines"]) + "; torch from batch {}".format(x["torch_from_batch"] or "-")')" "$work/$name.json"
  done
done

# The same work in plain PyTorch, for the eye: nothing is compared.
reference() {
  local name="torch-$1-$2-$3" total=$((3 * 128 * $1)) status=0
  if $quick; then total=$((128 * $1)); fi
  run "$name" 120 "$python" bench/torch_ppo_lstm.py --envs "$1" --hidden "$2" --threads "$threads" --total "$total" --device "$3" || status=$?
  if [[ $status -ne 0 ]]; then record "PyTorch lstm N=$1 D=$2 $3" no "$(reason $status "$name")"; return; fi
  sed -n 's/.*: \([0-9]*\) steps\/s (collect \([0-9]*\), update \([0-9]*\)).*/{"steps_per_second": \1, "collect_steps_per_second": \2, "update_steps_per_second": \3}/p' "$work/$name.json" >"$work/$name.figures"
  record "PyTorch lstm N=$1 D=$2 $3" "$(holds "$work/$name.figures" 'x["steps_per_second"] > 0')" \
    "$(holds "$work/$name.figures" '"{:,.0f} steps/s (collect {:,.0f}, update {:,.0f})".format(x["steps_per_second"], x["collect_steps_per_second"], x["update_steps_per_second"])')" "$work/$name.figures"
}
if [[ -z "$python" ]]; then
  say "  (no python3 with torch and numpy: the reference in plain PyTorch is left out)"
else
  for n in "${environments[@]}"; do
    for width in "${widths[@]}"; do
      reference "$n" "$width" "$device"
      if [[ "$device" == cuda ]]; then reference "$n" "$width" cpu; fi
    done
  done
fi

finish
