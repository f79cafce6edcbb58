"""The page that the comparison leaves."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

SMALL_NODES = 100
AIM_SMALL = 50.0
AIM_LARGEST = 20.0

HEAD = """| network | nodes | pipes | friction | pandapipes, own tolerances | pandapipes, tightened | linepack: solve | linepack: build | iterations | ratio | least ratio | deviation |
|---|---|---|---|---|---|---|---|---|---|---|---|"""

EXPLAINED = """Times are in ms: the least of the repetitions, and after the stroke their median. **Ratio**: pandapipes with tightened tolerances over
linepack's solve, least times. **Least ratio**: what can be said against linepack, the faster of the two columns of pandapipes over build and solve
of linepack. Iterations: pandapipes (tightened), linepack. **Deviation**: the worst relative deviation of an absolute pressure between the two."""

METHOD = """## What is compared

Both programs get exactly the same passive network: the same lengths, diameters and roughnesses; elements without length (short pipes, valves
taken as open, regulators, resistors, stations) are gone on both sides and their ends are one node; one cell or section for each pipe; level
ground; no kinetic term, which pandapipes does not have; the loads of the nomination as fixed mass flows; one pressure at the largest entry, its
highest allowed one. Compressibility is constant in the GasLib networks (0.9) and the grid (1), as in the file in the STANET cases; viscosity is
constant. Friction is a law that both have: 64/Re + 1/(2 log10(D/k) + 1.14)², pandapipes' own choice (`nikuradse` there, `nikuradse_laminar`
here), or Colebrook and White (`colebrook`, `colebrook_throughout`) in the STANET cases that were calculated with it.

The distribution grid is made by the script with a fixed seed: 36 x 36 crossings, 2,520 pipes between them and 39 dead ends, fed in the middle.

## Tolerances

- pandapipes, its own: pressures within 1e-5 bar and flows within 1e-5 kg/s between iterations, residual 1e-3; only the ten iterations that it
  allows are raised to 100.
- pandapipes, tightened: 1e-8 bar, 1e-8 kg/s, residual 1e-6. Its Colebrook iteration ends with a step
  below 1e-4 in both: `tolerance_colebrook` does not reach it in version 0.16.0.
- linepack has no setting: Newton's method is ended within 1 Pa and 1e-3 of the flow scale, then polished until the residual no longer falls. The
  deviations show what is reached: where the laws agree, round-off.

The deviations that are more than that have known reasons. The end of pandapipes' Colebrook iteration leaves its λ of `pipe_1_PC` 1e-5 off the
solution of the equation. Where the flow is slow linepack takes no less than the laminar 64/Re, and pandapipes goes on with Colebrook
(`t_cross2_PC`). With a compressibility that varies the mean over a section is taken differently (`parallel`, `delta`, `two_pipes`).

## What is unfair, and to whom

To pandapipes:

- It is Python with compiled kernels, and the overhead of its call is included: tables to arrays and back, the check of connections. It is
  what its user waits for, and nearly all of the time in small networks: the ratios there are of overheads, not of solvers.
  `pipeflow` is timed alone, numba has compiled before.
- It builds its arrays in every call, linepack's property table and mesh are a column of their own (`build`), not part of `solve`. The least
  ratio has both.

To linepack:

- Each of its times is the median of five solves in a new process (`linepack bench --steady --repeat 5`), the first of which is cold; pandapipes has
  run before in its process.
- Its times are wall times that it states itself, those of pandapipes processor time of its thread, because
  the machine was shared: what other programs took counts for linepack only. It cannot count for pandapipes, whose longer calls it would hit more often.
- It takes the general way: solver with controls and real gas, tables of properties; work arrays, the order of the equations and the results of all elements are made anew in each `solve`.

To neither: reading files, creating the pandapipes net, starting processes and writing results are excluded on both sides. Both start from
their own first guess, at the pressure that is held. One thread each. The repetitions of both take turns, so both meet the same
machine; least times are compared.
"""


def cell(times):
    """Least and median in ms."""
    return f"{times.least() * 1e3:.3g} / {times.median() * 1e3:.3g}"


def row(found):
    """One line of the table."""
    net = found.network
    cells = [
        net.name + (f" ({net.remark})" if net.remark else ""),
        f"{net.nodes:,}",
        f"{len(net.pipes):,}",
        net.friction,
        cell(found.default),
        cell(found.tight),
        cell(found.solve),
        cell(found.build),
        f"{found.iterations[0]}, {found.iterations[1]}",
        f"{found.ratio():.3g}",
        f"{found.least_ratio():.3g}",
        f"{found.deviation:.0e}",
    ]
    return "| " + " | ".join(cells) + " |"


def judged(what, ratio, aim):
    """Whether an aim is reached."""
    word = "reached" if ratio >= aim else "**missed**"
    return f"- {what}: at least {aim:g} is the aim, {ratio:.3g} was found: {word}."


def verdict(rows):
    """The aims, and whether they are reached."""
    small = [r for r in rows if r.network.nodes < SMALL_NODES]
    public = [r for r in rows if r.network.name.startswith("GasLib")]
    largest = max(public, key=lambda r: r.network.nodes, default=None)
    lines = []
    if small:
        worst = min(small, key=lambda r: r.ratio())
        what = f"networks of fewer than {SMALL_NODES} nodes (the worst, {worst.network.name})"
        lines.append(judged(what, worst.ratio(), AIM_SMALL))
    if largest:
        what = f"the largest public network, {largest.network.name}"
        lines.append(judged(what, largest.ratio(), AIM_LARGEST))
    others = [r for r in rows if r.network.nodes >= SMALL_NODES and r is not largest]
    for r in (r for r in others if r.ratio() < AIM_LARGEST):
        word = "slower than pandapipes" if r.ratio() < 1.0 else f"only {r.ratio():.3g} times as fast"
        lines.append(f"- {r.network.name}, {len(r.network.pipes):,} pipes: linepack is {word}.")
    return "\n".join(lines)


def output(*command):
    """The first line that a command prints; nothing where it is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout.splitlines() or [""])[0]


def processor():
    """The name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [s.partition(":")[2].strip() for s in lines if s.startswith("model name")]
    return names[0] if names else platform.processor()


def facts(program, commit, repeat, load_before):
    """Machine and versions, as lines of a table."""
    packages = ("pandapipes", "numba", "numpy", "scipy", "pandas")
    loads = f"{load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
    found = {
        "processor": f"{processor()}, {os.cpu_count()} processors seen",
        "system": f"{platform.system()} {platform.machine()}",
        "load of the machine, of others too": loads,
        "linepack": " ".join([output(str(program), "--version"), commit, "release build"]),
        "compiler": output("rustc", "--version"),
        "Python": platform.python_version(),
        "packages": ", ".join(f"{p} {version(p)}" for p in packages),
        "threads": "1 (OMP, OpenBLAS, MKL, numba; `--threads 1`)",
        "repetitions": f"{repeat} of each, in turns",
    }
    return "\n".join(f"| {name} | {value} |" for name, value in found.items())


def page(rows, left_out, facts_table):
    """The whole page."""
    reasons = [f"- {name}: {why}" for name, why in left_out.items()]
    parts = [
        "# Speed of steady solves, beside pandapipes",
        "Written by `scripts/benchmark`; not edited by hand.",
        verdict(rows),
        "\n".join([HEAD, *map(row, rows)]),
        EXPLAINED,
        "| | |\n|---|---|\n" + facts_table,
        METHOD.strip(),
        "\n".join(["## Left out", "", *reasons]) if reasons else "",
    ]
    return "\n\n".join(p for p in parts if p) + "\n"
