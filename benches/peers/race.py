"""Races linepack against SciPy's Radau on the same equations and the same kind of mesh.

Called by `scripts/race`. Both solve passive networks over a day and one pipe under a ramp, at many
settings; errors are the largest deviations of a pressure from references converged in time and space.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import race_page

NETWORK_SCIPY = [(10000, 1e-3), (5000, 1e-3), (2000, 1e-3), (2000, 1e-4), (1000, 1e-4), (1000, 1e-5), (500, 1e-5), (250, 1e-6)]
NETWORK_OURS = [
    f"{dx}:{tol}"
    for dx, tols in [
        (10000, (1e4, 3e3, 100, 10, 1)),
        (5000, (3e3, 1e3, 30, 3)),
        (3000, (1e3, 300, 10, 1, 0.2)),
        (2000, (300, 100, 30, 5, 1)),
        (1400, (200, 60)),
        (1000, (100, 40, 20, 4, 1)),
        (700, (40, 15)),
        (500, (20, 8, 3)),
        (350, (8, 4)),
        (250, (5, 2.5)),
    ]
    for tol in tols
]
LARGE_OURS = [f"{dx}:{tol}" for dx in (2000, 1000, 600, 300) for tol in (300, 30, 10, 3)]
PIPE_SCIPY = [(20, 1e-3), (50, 1e-3), (50, 1e-4), (100, 1e-4), (200, 1e-5), (300, 1e-6)]
PIPE_OURS = [
    f"{n}:{tol}"
    for n, tols in [
        (10, (5e3, 3e3)),
        (20, (2e3, 1e3)),
        (35, (600, 300)),
        (50, (200, 100)),
        (70, (100, 50)),
        (100, (50, 25)),
        (150, (20, 10)),
        (200, (12, 6)),
        (300, (6, 3)),
        (400, (3, 1.5)),
    ]
    for tol in tols
]


def child_cpu(command, repeat=1):
    """Processor time of a program from start to end, mean of some runs, and its last output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(repeat):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used / repeat, done.stdout


def scipy_runs(bench, problem, settings):
    """One row for each setting."""
    rows = []
    script = str(Path(__file__).with_name("scipy_once.py"))
    for size, tolerance in settings:
        words = [*problem["scipy"], str(size), str(tolerance), problem["reference"]]
        whole, text = child_cpu([sys.executable, "-B", script, str(bench), *words])
        rows.append({**json.loads(text), "whole_s": whole, "size": size, "tolerance": tolerance})
    return rows


def our_runs(program, problem, settings):
    """One row for each setting."""
    words = [*problem["ours"][:2], problem["reference"], *problem["ours"][2:]]
    done = subprocess.run([program, *words, *settings], check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row, setting in zip(rows, settings):
        row["whole_s"], _ = child_cpu([program, "once", *words, setting], repeat=5)
    return rows


def problems(bench, folder):
    """What is raced: the two of the published bar, and the networks in a folder."""
    for model in ("full", "noconv", "parab"):
        reference = str(bench / f"onepipe/onepipe_ramp_{model}_richardson.csv")
        yield {
            "name": f"one pipe, {model}",
            "scipy": ["pipe", model],
            "ours": ["pipe", model],
            "reference": reference,
        }
    files = [(bench / "passive/gaslib40_passive.json", bench / "passive/gaslib40_richardson.csv", 0.3)]
    files += [
        (f, folder / "references" / f"{f.stem}_richardson.csv", 0.3)
        for f in sorted(folder.glob("*.json"), key=lambda f: (len(f.stem), f.stem))
    ]
    for file, reference, amplitude in files:
        if reference.exists():
            data = json.loads(file.read_text())
            yield {
                "name": data["name"].replace("_", " ").replace("gaslib40", "GasLib-40"),
                "scipy": ["network", str(file), str(amplitude)],
                "ours": ["network", str(file), str(amplitude)],
                "reference": str(reference),
            }


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", required=True)
    words.add_argument("--bench", required=True, type=Path)
    words.add_argument("--networks", required=True, type=Path)
    words.add_argument("--page", required=True, type=Path)
    words.add_argument("--commit", default="")
    words.add_argument("--only", default="")
    words.add_argument("--keep", type=Path, help="a file for the figures, or from which to take them")
    given = words.parse_args()
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    races = json.loads(given.keep.read_text()) if given.keep and given.keep.exists() else {}
    for problem in problems(given.bench, given.networks):
        name = problem["name"]
        if given.only not in name or name in races:
            continue
        pipe = problem["scipy"][0] == "pipe"
        print(name, "...", file=sys.stderr, flush=True)
        large = "4197" in name
        scipy = PIPE_SCIPY if pipe else NETWORK_SCIPY[:-1] if not large else NETWORK_SCIPY[1:6]
        ours = PIPE_OURS if pipe else LARGE_OURS if large else NETWORK_OURS
        races[name] = {
            "scipy": scipy_runs(given.bench, problem, scipy),
            "ours": our_runs(given.program, problem, ours),
        }
        if given.keep:
            given.keep.write_text(json.dumps(races))
    race_page.write(given.page, races, given.commit)


if __name__ == "__main__":
    main()
