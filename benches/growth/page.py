"""What the solver costs, by `linepack bench`, as a page.

    page.py --program LINEPACK [--commit HASH] [--largest CELLS] [--page FILE]
"""

import argparse
import json
import os
import platform
import subprocess
from pathlib import Path

CASES = {
    "first-line": ("cases/first-line", []),
    "peace-pipeline": ("cases/peace-pipeline", []),
    "peace-pipeline, cells of 1 km": ("cases/peace-pipeline", ["--set", "settings.cell_length=1 km"]),
}

LINES = """| gas and friction | cells | steps | Newton iterations | build, s | solve, s | kernel: assemble + substitute back, ns | all in, ns | share of the kernel | memory, bytes a cell | mass residual, share of the inflow |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""

SHIPPED = """| case | cells | steps | Newton iterations | read | build | steady state | run | kernel, ns | peak memory, MiB |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""

EXPLAINED = """A day on lines of ten pipes of 50 km in 100 cells each, side by side and joined at their ends, with 80 bar at the head of each and off-takes at
every node whose demand swings by 30 % by straight lines from hour to hour; tolerance 0.01 bar, hourly rows, one thread. `solve` has the steady
start, all steps and the rows of the result. The kernel is the pass over the cells that linearises, eliminates and condenses, and the one that
substitutes back and updates: the least of many, per cell and Newton iteration, at the steady state. `all in` is `solve` over the same product.
Its share is what is left when both are divided; the rest is the node system, the sums of the integrator over its stages, the error estimate and
dense output. Memory is what a size needed beyond all that came before it in the process, so it can be told only for the first of a size."""

UNFAIR = """## What to bear in mind

- The kernel's times are least times with everything that fits in the caches there; a run's are of one run. On a shared machine the second is
  hit by others and the first is not, which makes the share look smaller than it is.
- The lines are regular: pipes of one length fill the vector lanes evenly. Networks of many short pipes cost more per cell
  ([the race](transient.md) has four).
- One linepack against itself says nothing about others: see [steady solves](README.md) and [the race](transient.md)."""


def bench(program, *arguments):
    """What `linepack bench --json` prints."""
    command = [program, "bench", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def kernel(found):
    """Both passes of the kernel."""
    times = found["kernel_ns_per_cell_and_iteration"]
    return f"{times['assemble']:.1f} + {times['substitute']:.1f}"


def size(found):
    """A size as a row."""
    counters = found["counters"]
    memory = found["memory_bytes_per_cell"]
    cells = [
        found["gas"],
        f"{found['cells']:,}",
        counters["steps"],
        counters["newton_iterations"],
        f"{found['build_s']:.3f}",
        f"{found['solve_s']:.3g}",
        kernel(found),
        f"{found['ns_per_cell_and_iteration']:.0f}",
        f"{100 * found['share_of_kernel']:.0f} %",
        "–" if memory is None else f"{memory:.0f}",
        f"{found['mass_residual_share']:.0e}" + ("" if found["complete"] else ", NOT complete"),
    ]
    return row(cells)


def shipped(name, found):
    """A shipped case as a row."""
    counters = found["counters"]["run"]
    least = {phase: f"{1e3 * times['least']:.2f} ms" for phase, times in found["time_s"].items()}
    cells = [
        name,
        f"{counters['cells']:,}",
        counters["steps"],
        counters["newton_iterations"],
        *[least[phase] for phase in ("read", "build", "steady", "run")],
        kernel(found),
        f"{found['peak_memory_bytes'] / 2**20:.0f}",
    ]
    return row(cells)


def row(cells):
    """A line of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def output(*command):
    """What a command prints first."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout.splitlines() or [""])[0]


def processor():
    """The name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def facts(program, commit, load_before):
    """Machine and versions."""
    loads = f"{load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
    return [
        row(["processor", f"{processor()}, {os.cpu_count()} processors seen"]),
        row(["load of the machine, of others too", loads]),
        row(["linepack", f"{output(program, '--version')} {commit}, release build"]),
        row(["compiler", output("rustc", "--version")]),
    ]


def main():
    """Measures and writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--commit", default="")
    parser.add_argument("--largest", default="1000000")
    parser.add_argument("--page", default="docs/benchmarks/growth.md")
    given = parser.parse_args()
    before = os.getloadavg()[0]
    growth = bench(given.program, "--scaling", given.largest)
    rows = [shipped(n, bench(given.program, path, *more)) for n, (path, more) in CASES.items()]
    exponents = growth["exponent"]
    sizes = sorted(growth["sizes"], key=lambda found: found["gas"])
    lines = [
        "# What the transient solver costs, and how that grows",
        "",
        "Written by `scripts/growth`; not edited by hand.",
        "",
        "| | |\n|---|---|",
        *facts(given.program, given.commit, before),
        "",
        "## Kernel, whole days, and memory",
        "",
        LINES,
        *map(size, sizes),
        "",
        f"The time grows with the cells to the power of {exponents['real']:.2f} with real gas, {exponents['constant']:.2f} with constant properties.",
        "",
        EXPLAINED,
        "",
        "## Shipped cases",
        "",
        SHIPPED,
        *rows,
        "",
        "Least of ten, in one process; the whole day of the case's own scenario with its own tolerance.",
        "",
        UNFAIR,
    ]
    Path(given.page).write_text("\n".join(lines) + "\n")


main()
