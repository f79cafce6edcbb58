"""The page that the race leaves: tables, and one plot of error against time for each problem."""

import math
import platform
from importlib.metadata import version

import page

HEAD = """| problem | SciPy: cells, tolerance | error, bar | SciPy solve, s | SciPy whole, s | linepack: cells, tolerance | error, bar | solve, s | whole, s | ratio, solve | ratio, whole |
|---|---|---|---|---|---|---|---|---|---|---|"""

TEXT = """## What is compared

The same equations (constant Z, level pipes, no kinetic term; `full` of the one pipe has it, `parab` drops inertia), the same staggered mesh of
second order, the same profiles of demand, one steady start, 24 h, pressures of all nodes every 300 s (the one pipe: every 60 s).

- **SciPy**: `solve_ivp` with Radau IIA of order 5, adaptive, an analytic sparse Jacobian and SuperLU, in the sixty lines that also made the
  references. Its time is that of the processor for the call of the solver; `whole` is the process from start to end.
- **linepack**: the example `race` of the crate `flow`. `solve` is the steady start, all steps and the rows of the result, all quantities of
  all elements every 300 s and profiles along the pipes every hour; the mean of as many runs as take 0.2 s. `whole` is the process that reads the network, solves it once and prints the
  pressures as text; the mean of five.

Each line is one run on SciPy's own front of error and time; beside it stands the cheapest run of linepack whose error is not larger.
Errors are the largest over all nodes and all times against references that were converged in time (1e-7 bar and below) and space
(Richardson extrapolation of the two finest of three meshes). Where the finest mesh of the table comes near to the mesh of the reference the error of
the reference itself shows. That of GasLib-4197 converges slowly, as each of its many short pipes keeps two cells: it is good to about 3e-5 bar.

The networks other than GasLib-40 are made from GasLib's files by `benches/peers/passive.py`: elements without length (short pipes, valves,
regulators, resistors, stations) are gone and their ends are one node; 80 bar at the largest entry; the nomination, scaled by powers of 0.8 until
no pressure falls below 40 bar; friction factors by Nikuradse; Z = 0.9; demand of node k times 1 + 0.3 sin(2π t/day + 2π frac(0.618 k)).

## What is unfair, and to whom

To SciPy: it is a general solver called from an interpreter; the right-hand side and the Jacobian are NumPy, which on small problems is most of the
time. Where the mesh is large (GasLib-4197) SuperLU is, and the ratio there is that of the methods.
Its profiles are sines, ours cubics through 288 values of them (the same to 1e-8).

To linepack: the steady start and the results are part of its time and not of SciPy's; its tolerances are of a grid of few, and what lies between is
not interpolated.

To neither: one thread each; both run in the same minutes on the same machine, which was shared, so processor times are compared.
"""


def front(rows, cost):
    """Runs than which none is both cheaper and as good, best first."""
    rows = sorted(rows, key=lambda r: (r[cost], r["error_bar"]))
    best, kept = math.inf, []
    for row in rows:
        if row["error_bar"] < best:
            best = row["error_bar"]
            kept.append(row)
    return kept


def pairs(race):
    """SciPy's front, each with our cheapest run that is as good (by solve, by whole)."""
    for theirs in front(race["scipy"], "cpu_s"):
        good = [r for r in race["ours"] if r["error_bar"] <= theirs["error_bar"]]
        if good:
            yield theirs, min(good, key=lambda r: r["solve_s"])
        else:
            yield theirs, None


def number(value):
    return f"{value:.3g}"


def line(name, theirs, ours):
    cells = [
        name,
        f"{theirs['cells']:,}, {theirs['tolerance']:g}",
        f"{theirs['error_bar']:.1e}",
        number(theirs["cpu_s"]),
        number(theirs["whole_s"]),
    ]
    if ours is None:
        return "| " + " | ".join(cells + ["no run as good"] + [""] * 5) + " |"
    cells += [
        f"{ours['cells']:,}, {ours['tolerance_pa'] / 1e5:.1e} bar",
        f"{ours['error_bar']:.1e}",
        f"{ours['solve_s']:.2g}",
        f"{ours['whole_s']:.2g}",
        f"{theirs['cpu_s'] / ours['solve_s']:.0f}",
        f"{theirs['whole_s'] / ours['whole_s']:.0f}",
    ]
    return "| " + " | ".join(cells) + " |"


WIDTH, HEIGHT, LEFT, TOP = 330, 260, 58, 30


def decades(values):
    low, high = math.log10(min(values)), math.log10(max(values))
    return math.floor(low - 0.05), math.ceil(high + 0.05)


def panel(name, race, x0, y0):
    """One plot: error (across) against processor time (up), both logarithmic."""
    rows = [(r["error_bar"], r["cpu_s"]) for r in race["scipy"]] + [(r["error_bar"], r["solve_s"]) for r in race["ours"]]
    (xl, xh), (yl, yh) = decades([r[0] for r in rows]), decades([r[1] for r in rows])
    w, h = WIDTH - LEFT - 16, HEIGHT - TOP - 44

    def at(error, cost):
        x = x0 + LEFT + w * (xh - math.log10(error)) / (xh - xl)
        y = y0 + TOP + h * (yh - math.log10(cost)) / (yh - yl)
        return x, y

    out = [f'<text x="{x0 + LEFT + w / 2}" y="{y0 + 18}" text-anchor="middle" font-weight="bold">{name}</text>']
    for e in range(xl, xh + 1):
        x, _ = at(10.0**e, 10.0**yl)
        out.append(f'<path d="M{x:.1f} {y0 + TOP}v{h}" stroke="#ddd"/><text x="{x:.1f}" y="{y0 + TOP + h + 15}" text-anchor="middle">1e{e}</text>')
    for e in range(yl, yh + 1):
        _, y = at(10.0**xl, 10.0**e)
        out.append(f'<path d="M{x0 + LEFT} {y:.1f}h{w}" stroke="#ddd"/><text x="{x0 + LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">1e{e}</text>')
    out.append(f'<text x="{x0 + LEFT + w / 2}" y="{y0 + HEIGHT - 12}" text-anchor="middle">largest error, bar</text>')
    out.append(f'<text transform="translate({x0 + 14} {y0 + TOP + h / 2}) rotate(-90)" text-anchor="middle">processor time, s</text>')
    for runs, cost, colour in ((race["scipy"], "cpu_s", "#d55e00"), (race["ours"], "solve_s", "#0072b2")):
        points = [at(r["error_bar"], r[cost]) for r in front(runs, cost)]
        out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="1.5" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in (at(r["error_bar"], r[cost]) for r in runs)]
    return "\n".join(out)


def plot(races):
    """All problems in one picture."""
    columns = 3
    rows = math.ceil(len(races) / columns)
    size = f'width="{columns * WIDTH}" height="{rows * HEIGHT + 26}"'
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11"><rect {size} fill="#fff"/>']
    for i, (name, race) in enumerate(races.items()):
        out.append(panel(name, race, WIDTH * (i % columns), HEIGHT * (i // columns)))
    y = rows * HEIGHT + 12
    for i, (name, colour) in enumerate((("SciPy Radau IIA(5)", "#d55e00"), ("linepack", "#0072b2"))):
        out.append(f'<circle cx="{70 + 170 * i}" cy="{y}" r="4" fill="{colour}"/><text x="{80 + 170 * i}" y="{y + 4}">{name}</text>')
    return "\n".join(out) + "\n</svg>\n"


def write(file, races, commit):
    """The page and its picture."""
    picture = file.with_name("img") / (file.stem + ".svg")
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(plot(races))
    body = [line(name, *pair) for name, race in races.items() for pair in pairs(race)]
    found = [(t["cpu_s"] / o["solve_s"], t["whole_s"] / o["whole_s"]) for r in races.values() for t, o in pairs(r) if o]
    least = [min(f[i] for f in found) for i in (0, 1)]
    machine = f"{page.processor()}; Python {platform.python_version()}, SciPy {version('scipy')}, NumPy {version('numpy')}; linepack {commit}."
    file.write_text(
        "# Transient: the race against an adaptive implicit solver\n\n"
        "Generated by `scripts/race`; no figure here is typed by hand.\n\n"
        f"{machine}\n\n"
        f"Least ratio over all lines: {least[0]:.0f} in solve time, {least[1]:.0f} for whole processes.\n\n"
        f"![Error against processor time](img/{picture.name})\n\n"
        + "\n".join([HEAD, *body])
        + "\n\n"
        + TEXT
    )
