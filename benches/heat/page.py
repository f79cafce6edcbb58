"""What temperatures and compositions cost, by `linepack bench`, as a page.

    page.py --program LINEPACK [--commit HASH] [--repeat N] [--page FILE]
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

CASE = "cases/peace-pipeline"
HEAT = ["--set", "settings.heat.model=steady", "--set", "settings.heat.heat_transfer=2 W/(m2 K)"]
TRACKED = ["--set", "settings.quality.tracked=true"]
LNG = ["--set", "gwadar-lng.supply_gas=lng"]
GAS = """
[[supply_gas]]
id = "lng"
composition = { methane = 0.92, ethane = 0.06, propane = 0.02 }
"""
VARIANTS = [
    ("one gas at the temperature of the ground", []),
    ("energy equation", HEAT),
    ("composition carried, one gas", TRACKED),
    ("composition carried, two gases", [*TRACKED, *LNG]),
    ("energy equation and two gases", [*HEAT, *TRACKED, *LNG]),
]

TEXT = """# What temperatures and compositions cost

Written by `scripts/heat`; not edited by hand.

{processor}, {count} processors seen; load of the machine, of others too, {load}; linepack {commit}, release build, one thread.

The shipped Peace pipeline at the stage with the port terminal ({cells} cells), its day over time: 24 h, tolerance 0.01 bar, 15 minutes between rows. With
two gases the terminal brings one that is not that of the line (92 % methane, 6 % ethane, 2 % propane), and the two mix in proportions that follow the flows. All variants in
turns in the same minutes, the least of {repeat}.

| variant | property tables, ms | steps | Newton iterations | run, ms | a step, ms | a step, ratio |
|---|---:|---:|---:|---:|---:|---:|
{rows}

A step with temperatures or mixtures takes turns: pressures and flows with what is in the pipes, what is in the pipes with pressures and flows, until
neither changes, as a rule two of them; that is most of the ratio. The property of a step itself is in [the properties' page](properties.md): a look into a table of pressure and
temperature costs 9 to 11 ns, one on an isotherm 4 to 6 ns. Tables are made once, with GERG-2008 itself: milliseconds for one gas, and as many times that as the
mixtures between two gases are tabulated at.
"""


def bench(program, folder, arguments):
    """What `linepack bench --json` prints."""
    command = [program, "bench", folder, "--stage", "with-gwadar", "--threads", "1", "--repeat", "1", "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def processor():
    """Name of the processor."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def measure(program, repeat):
    """The least times of each variant, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        shutil.copytree(CASE, case)
        file = case / "case.toml"
        file.write_text(file.read_text() + GAS)
        best = [None] * len(VARIANTS)
        for _ in range(repeat):
            for i, (_, arguments) in enumerate(VARIANTS):
                found = bench(program, str(case), arguments)
                if best[i] is None or found["time_s"]["run"]["least"] < best[i]["time_s"]["run"]["least"]:
                    best[i] = found
        return best


def row(name, found, first):
    """A line of the table."""
    def step(of):
        return of["time_s"]["run"]["least"] / of["counters"]["run"]["steps"]

    counters = found["counters"]["run"]
    cells = [
        name,
        f"{1e3 * found['time_s']['build']['least']:.0f}",
        f"{counters['steps']}",
        f"{counters['newton_iterations']:,}",
        f"{1e3 * found['time_s']['run']['least']:.0f}",
        f"{1e3 * step(found):.2f}",
        f"{step(found) / step(first):.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


def main():
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--commit", default="")
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--page", default="docs/benchmarks/heat.md")
    options = parser.parse_args()
    found = measure(options.program, options.repeat)
    rows = [row(name, f, found[0]) for (name, _), f in zip(VARIANTS, found)]
    page = TEXT.format(
        processor=processor(),
        count=os.cpu_count(),
        load=f"{os.getloadavg()[0]:.1f}",
        commit=options.commit,
        cells=found[0]["counters"]["run"]["cells"],
        repeat=options.repeat,
        rows="\n".join(rows),
    )
    Path(options.page).write_text(page)
    print("\n".join(rows))


if __name__ == "__main__":
    main()
