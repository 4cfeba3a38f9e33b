#!/usr/bin/env python3
"""Does training learn the same with the fused operators as with plain ones?

Trains every memory over several seeds twice: as it is, and with RLSEQ_FUSED=0, which composes everything of libtorch's own operators
(what training was before the fused operators came). Rounding differs, so single runs part; what must agree is what they earn. Prints,
per memory, the mean over the seeds of the final evaluation and of the area under the learning curve, and their difference with its
standard error.

    bench/learning.py [--memory lstm,gru] [--env RepeatPreviousEasy] [--steps 200000] [--seeds 5] [--first 1] [--jobs 2] [--rlseq PROGRAM]

Needs Python 3.8 and nothing else.
"""
import argparse
import concurrent.futures
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def train(arguments, memory, seed, fused):
    """The final mean return, and the mean over all updates of the return of the last episodes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*arguments.rlseq.split(), "train", "--env", arguments.env, "--memory", memory, "--steps", str(arguments.steps), "--seed", str(seed),
                   "--device", "cpu", "--episodes", "200", "--out", os.path.join(folder, "run"), "--json", "--progress-lines"]
        for pair in arguments.set:
            command += ["--set", pair]
        environment = dict(os.environ, RLSEQ_FUSED="1" if fused else "0")
        # A run whose standard input ends takes it that whoever started it is gone, and stops.
        stdin, held = os.pipe()
        try:
            run = subprocess.run(command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        finally:
            os.close(stdin)
            os.close(held)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {run.returncode}: {run.stderr[-500:]}")
    curve = []
    for line in run.stderr.splitlines():
        if line.startswith("progress "):
            mean = json.loads(line[len("progress "):])["return_mean"]
            if mean is not None:
                curve.append(mean)
    return json.loads(run.stdout.splitlines()[-1])["return_mean"], statistics.fmean(curve) if curve else math.nan


def row(name, fused, plain):
    # Rounding makes two runs of one seed part after some ten updates; from then on they are as different as any two, so seeds are not paired.
    mean = statistics.fmean(fused) - statistics.fmean(plain)
    error = math.sqrt((statistics.variance(fused) + statistics.variance(plain)) / len(fused)) if len(fused) > 1 else math.nan
    within = "yes" if abs(mean) <= max(2 * error, 1e-3) else "NO"  # two standard errors; a thousandth is nothing
    spread = lambda values: f"{statistics.fmean(values):7.4f} ± {statistics.stdev(values) if len(values) > 1 else math.nan:.4f}"
    print(f"| {name:<28} | {spread(fused)} | {spread(plain)} | {mean:+.4f} ± {error:.4f} | {within:<3} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", default="lstm,gru,min-gru,transformer")
    parser.add_argument("--env", default="RepeatPreviousEasy")
    parser.add_argument("--steps", type=int, default=200_000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--rlseq", default=str(ROOT / "rlseq"), help="the command, with its arguments")
    arguments = parser.parse_args()
    print(f"{arguments.env}, {arguments.steps:,} steps, {arguments.seeds} seeds; mean ± standard deviation over the seeds")
    print("| memory, measure              | fused            | plain            | difference ± s.e. | within noise |")
    print("|---|---|---|---|---|", flush=True)
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for memory in arguments.memory.split(","):
            runs = {(seed, fused): pool.submit(train, arguments, memory, seed, fused) for seed in seeds for fused in (False, True)}
            found = {key: run.result() for key, run in runs.items()}
            for index, measure in enumerate(("final return", "mean of the curve")):
                row(f"{memory}, {measure}", *([found[seed, fused][index] for seed in seeds] for fused in (True, False)))


if __name__ == "__main__":
    main()
