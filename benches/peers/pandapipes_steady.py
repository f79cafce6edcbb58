"""Steady solves of linepack and pandapipes, side by side in one run, on exactly the same networks.

    pandapipes_steady.py --program target/release/linepack --data ../shared/data --page PAGE.md
"""

import os

# One thread on both sides; read when the libraries are loaded.
for variable in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[f"{variable}_NUM_THREADS"] = "1"

import argparse
import gc
import logging
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import pandapipes

import page
import sources
from network import Network
from programs import DEFAULT, TIGHT, Linepack, Pandapipes, Times


@dataclass
class Row:
    """What was found for one network. Times in s."""

    network: Network
    default: Times = field(default_factory=Times)
    tight: Times = field(default_factory=Times)
    solve: Times = field(default_factory=Times)
    build: Times = field(default_factory=Times)
    iterations: tuple[int, int] = (0, 0)
    deviation: float = 0.0

    def ratio(self):
        """pandapipes, tolerances tightened, over the solve of linepack: least times."""
        return self.tight.least() / self.solve.least()

    def least_ratio(self):
        """As much as can be said against linepack: pandapipes at its faster, build included."""
        theirs = min(self.default.least(), self.tight.least())
        return theirs / (self.solve.least() + self.build.least())


def measure(network, program, folder, repeat):
    """Both programs in turns; all repetitions of one network lie within the same seconds."""
    row = Row(network)
    ours = Linepack(program, network, folder)
    theirs = Pandapipes(network)
    for options in (DEFAULT, TIGHT):
        theirs.solve(options)  # compiles what numba has not yet compiled
    ours.solve()
    gc.collect()
    for _ in range(repeat):
        row.default.seconds.append(theirs.solve(DEFAULT))
        row.tight.seconds.append(theirs.solve(TIGHT))
        stated = ours.solve()
        row.solve.seconds.append(stated["solve"])
        row.build.seconds.append(stated["build"])
    pairs = zip(theirs.pressures(), ours.pressures())
    row.deviation = max(abs(a / b - 1.0) for a, b in pairs)
    row.iterations = (theirs.iterations(), ours.iterations())
    return row


def networks(data):
    """All networks that can be compared, and why others are left out."""
    stanet, left_out = sources.all_stanet(data, pandapipes)
    found = [*stanet, *sources.all_gaslib(data), sources.distribution_grid()]
    if not stanet:
        left_out["STANET cases, GasLib"] = "the folder of public networks is not there"
    return found, left_out


def arguments():
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, required=True, help="the program linepack")
    parser.add_argument("--data", type=Path, required=True, help="folder with gaslib/, pandapipes/")
    parser.add_argument("--page", type=Path, required=True, help="Markdown to write")
    parser.add_argument("--commit", default="", help="what linepack was built from")
    parser.add_argument("--repeat", type=int, default=30, help="repetitions of each solve")
    parser.add_argument("--only", default="", help="networks whose name contains this")
    return parser.parse_args()


def main():
    """Measures, prints a line for each network, writes the page."""
    asked = arguments()
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore")
    load_before = os.getloadavg()[0]
    found, left_out = networks(asked.data)
    rows = []
    with tempfile.TemporaryDirectory() as place:
        for i, network in enumerate(n for n in found if asked.only in n.name):
            row = measure(network, asked.program, Path(place) / str(i), asked.repeat)
            print(page.row(row), flush=True)
            rows.append(row)
    facts = page.facts(asked.program, asked.commit, asked.repeat, load_before)
    asked.page.parent.mkdir(parents=True, exist_ok=True)
    asked.page.write_text(page.page(rows, left_out, facts))


if __name__ == "__main__":
    main()
