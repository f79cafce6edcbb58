"""One run of SciPy's Radau on a problem of the race, as a program of its own: prints its processor time.

    scipy_once.py BENCH network FILE AMPLITUDE DX TOL REFERENCE
    scipy_once.py BENCH pipe MODEL CELLS TOL REFERENCE
"""

import contextlib
import io
import json
import sys
import time
from pathlib import Path


def network(bench, file, amplitude, dx, tolerance):
    """Node pressures by the program that made the reference."""
    sys.path.insert(0, str(bench / "passive"))
    import netref

    data = json.loads(Path(file).read_text())
    with contextlib.redirect_stdout(io.StringIO()):
        times, pressures, *_, meta = netref.run(data, float(dx), float(amplitude), float(tolerance))
    return times, pressures, {"cells": meta["cells"], "cpu_s": meta["cpu"], "lu": meta["nlu"]}


def pipe(bench, model, cells, tolerance):
    """Outlet pressure by the program that made the reference."""
    sys.path.insert(0, str(bench / "onepipe"))
    import onepipe_ref

    begin = time.process_time()
    rows, _, evaluations = onepipe_ref.run(int(cells), model, "ramp", float(tolerance))
    cpu = time.process_time() - begin
    return rows[:, 0], rows[:, 1:2], {"cells": int(cells), "cpu_s": cpu, "lu": evaluations}


def main():
    bench, kind, *rest, reference = sys.argv[1:]
    solve = network if kind == "network" else pipe
    _, pressures, found = solve(Path(bench), *rest)
    if reference != "-":
        import numpy as np

        wanted = np.genfromtxt(reference, delimiter=",", skip_header=1)
        columns = wanted[:, 1:2] if kind == "pipe" else wanted[:, 1:-1]
        found["error_bar"] = float(abs(pressures - columns).max())
    print(json.dumps(found))


if __name__ == "__main__":
    main()
