"""One action of RLSeq beside one of PyTorch: the same networks in turn on one core, medians over several alternations.

Both encode 4 numbers, step the memory, apply the heads and sample one of 2 actions, at batch 1 on one thread. The floor is the bytes
that RLSeq's action must read over the bandwidth that one core reaches at that working set, measured in the same process. In fewer bits
"unchanged" is the share of 20,000 likeliest and drawn actions of the network (random weights, other ones in every alternation, heads as
large as the other layers) that are those of 32 bits; the best precision is the fastest that keeps at least 99.9 % of the likeliest, which
an agent takes by default. Of 64 agents, one in an AgentBatch is compared with one of 64 that are called one by one, each with a state of
its own; a batch's floor is the larger of arithmetic and bytes. "Plain loop" is the tail of a loop of arithmetic as long as the action,
timed in turn with it: the machine's own.

Needs python3-torch, libopenblas0-openmp and taskset; run it with the system's python3 on a machine that does nothing else.
usage: act.py [--alternations 5] [--core 1] [--networks lstm:128 trxl:128x3x128 ...] [--actions 20000] [--json FILE]
"""
import argparse, json, os, re, statistics, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NETWORKS = ["lstm:128", "trxl:128x3x128", "trxl:128x3x512", "trxl:128x3x1024", "trxl:384x3x119"]
ROWS = 64
MOST_OVER_FLOOR, MOST_TAIL, LEAST_CHEAPER = 2, 3, 5  # p50 over its floor, p99.9 over p50, one by one over in a batch
TARGETS = {"lstm:128": (15, None), "trxl:128x3x128": (25, 35), "trxl:128x3x512": (12, 30), "trxl:128x3x1024": (12, 35), "trxl:384x3x119": (5, 12)}
PRECISIONS = ["f32", "bf16", "int8"]
UNCHANGED = 0.999


def shown(command, **environment):
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment})
    if result.returncode:
        sys.exit(f"{' '.join(command)} ended with {result.returncode}:\n{result.stderr.strip() or result.stdout.strip()}")
    return result.stdout


def torch(network, calls, core):
    kind, sizes = network.split(":")
    chosen = ["--lstm", sizes, "--trxl"] if kind == "lstm" else ["--lstm", "--trxl", sizes]
    line = shown(["taskset", "-c", str(core), sys.executable, "bench/torch_act.py", *chosen, "--calls", str(calls)])
    found = re.search(r"\((\d+) parameters\).*p50\s+([\d.]+)\s+p99\s+([\d.]+)\s+p99.9\s+([\d.]+)", line)
    if not found:
        sys.exit(f"bench/torch_act.py printed something else than expected: {line}")
    return {"parameters": int(found[1]), "p50_us": float(found[2]), "p99_us": float(found[3]), "p999_us": float(found[4])}


def ours(network, precision, seed, actions, core):
    kind, sizes = network.split(":")
    if kind == "lstm":
        chosen = ["--memory", "lstm", "--hidden", sizes]
    else:
        d, layers, context = sizes.split("x")
        chosen = ["--memory", "transformer", "--hidden", d, "--layers", layers, "--heads", "4", "--context", context, "--ffn", d]
    command = ["taskset", "-c", str(core), "./rlseq", "bench", "act", *chosen, "--precision", precision, "--actions", str(actions), "--rows", str(ROWS), "--seed", str(seed), "--json"]
    # On the one core that taskset leaves, .NET would put off compiling hot code for seconds, and warming up would take as long.
    return json.loads(shown(command, DOTNET_PROCESSOR_COUNT="2").splitlines()[-1])


def median(runs, field):
    return statistics.median(run[field] for run in runs)


def measure(network, a):
    theirs, mine = [], {precision: [] for precision in PRECISIONS}
    for i in range(a.alternations):
        theirs.append(torch(network, a.calls, a.core))
        for precision in PRECISIONS:
            mine[precision].append(ours(network, precision, i + 1, a.actions, a.core))
        print(f"{network}: {i + 1} of {a.alternations}, PyTorch {theirs[-1]['p50_us']:.1f}, " + ", ".join(f"{p} {mine[p][-1]['p50_us']:.2f}" for p in PRECISIONS) + " us", file=sys.stderr)
    row = {"network": network, "torch_parameters": theirs[0]["parameters"], "parameters": mine["f32"][0]["parameters"], "torch_p50_us": median(theirs, "p50_us")}
    for precision, runs in mine.items():
        each = lambda value: statistics.median(value(run) for run in runs)
        row[precision] = {
            "p50_us": median(runs, "p50_us"), "floor_us": median(runs, "floor_us"), "over_floor": each(lambda run: run["p50_us"] / run["floor_us"]),
            "p999_over_p50": each(lambda run: run["p999_us"] / run["p50_us"]), "plain_loop_p999_over_p50": median(runs, "plain_loop_p999_over_p50"),
            "times_faster": statistics.median(t["p50_us"] / run["p50_us"] for t, run in zip(theirs, runs)),
            "allocated_bytes_per_action": max(run["allocated_bytes_per_action"] for run in runs),
            "mode_agreement": None if precision == "f32" else statistics.mean(run["mode_agreement"] for run in runs),
            "sample_agreement": None if precision == "f32" else statistics.mean(run["sample_agreement"] for run in runs),
            "row_of_64_us": median(runs, "row_us"), "one_by_one_us": median(runs, "one_by_one_us"), "row_floor_us": median(runs, "row_floor_us"),
            "row_cheaper": each(lambda run: run["one_by_one_us"] / run["row_us"]), "row_cheaper_at_most": each(lambda run: run["one_by_one_us"] / run["row_floor_us"]),
        }
    good = [p for p in PRECISIONS if p == "f32" or row[p]["mode_agreement"] >= UNCHANGED]
    row["best"] = min(good, key=lambda p: row[p]["p50_us"])
    return row


def targets(row, precision):
    """What a precision is to reach: f32 the first target, the best one the second; one may be both."""
    both = TARGETS.get(row["network"], (None, None))
    return [t for t, holds in zip(both, (precision == "f32", precision == row["best"])) if holds and t]


def report(rows):
    yield "| network | parameters, PyTorch's | PyTorch p50 | precision | p50 | times faster | target | floor | over floor | p99.9 / p50 | of a plain loop | unchanged, likeliest / drawn | bytes |"
    yield "|---|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        for precision in PRECISIONS:
            x = row[precision]
            unchanged = "" if precision == "f32" else f"{100 * x['mode_agreement']:.2f} / {100 * x['sample_agreement']:.2f} %"
            first = f"{row['network']} | {row['parameters']:,}, {row['torch_parameters']:,} | {row['torch_p50_us']:.1f} µs" if precision == "f32" else " | | "
            name = f"**{precision}**" if precision == row["best"] else precision
            yield f"| {first} | {name} | {x['p50_us']:.2f} µs | {x['times_faster']:.1f} | {', '.join(map(str, targets(row, precision)))} | {x['floor_us']:.2f} µs | {x['over_floor']:.2f} | {x['p999_over_p50']:.2f} | {x['plain_loop_p999_over_p50']:.2f} | {unchanged} | {x['allocated_bytes_per_action']:g} |"
    yield ""
    yield f"| one of {ROWS} agents | precision | in a batch | one by one | times cheaper | floor of a batch | over floor | times cheaper at most |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        for precision in PRECISIONS:
            x = row[precision]
            name = f"**{precision}**" if precision == row["best"] else precision
            yield f"| {row['network'] if precision == 'f32' else ''} | {name} | {x['row_of_64_us']:.2f} µs | {x['one_by_one_us']:.2f} µs | {x['row_cheaper']:.2f} | {x['row_floor_us']:.2f} µs | {x['row_of_64_us'] / x['row_floor_us']:.2f} | {x['row_cheaper_at_most']:.2f} |"


def verdicts(rows):
    """One line per limit and network: what 32 bits and the best precision reach of what is aimed at."""
    for row in rows:
        for precision in dict.fromkeys(("f32", row["best"])):
            x = row[precision]
            checks = [(f"{x['times_faster']:.1f} times faster, {t} aimed at", x["times_faster"] >= t) for t in targets(row, precision)]
            checks.append((f"{x['over_floor']:.2f} times the floor, {MOST_OVER_FLOOR} at most", x["over_floor"] <= MOST_OVER_FLOOR))
            checks.append((f"p99.9 {x['p999_over_p50']:.2f} times p50, {MOST_TAIL} at most; a plain loop's {x['plain_loop_p999_over_p50']:.2f}", x["p999_over_p50"] <= MOST_TAIL))
            checks.append((f"{x['allocated_bytes_per_action']:g} bytes, 0 aimed at", x["allocated_bytes_per_action"] == 0))
            checks.append((f"a batch {x['row_cheaper']:.2f} times cheaper, {LEAST_CHEAPER} aimed at, {x['row_cheaper_at_most']:.2f} possible", x["row_cheaper"] >= LEAST_CHEAPER))
            for text, met in checks:
                yield f"{'met   ' if met else 'MISSED'} {row['network']} {precision}: {text}"


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("--alternations", type=int, default=5)
    a.add_argument("--core", type=int, default=(os.cpu_count() or 1) - 1)
    a.add_argument("--networks", nargs="*", default=NETWORKS)
    a.add_argument("--actions", type=int, default=20000)
    a.add_argument("--calls", type=int, default=2000)
    a.add_argument("--json")
    a = a.parse_args()
    shown(["./rlseq", "memories"])  # builds what is missing before anything is timed
    rows = [measure(network, a) for network in a.networks]
    print("\n".join([*report(rows), "", *verdicts(rows)]))
    if a.json:
        with open(a.json, "w") as file:
            json.dump(rows, file, indent=1)
