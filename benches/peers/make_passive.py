"""Makes the passive networks of the race and their converged references.

    make_passive.py DATA BENCH FOLDER

What is there is kept; the references take minutes.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

AMPLITUDE = 0.3
# Cell lengths, m, and tolerance of the integration of each reference.
REFERENCES = {
    "GasLib-134": ((1000, 500, 250), 1e-8),
    "GasLib-582": ((1000, 500, 250), 1e-8),
    "GasLib-4197": ((600, 300, 150), 1e-7),
}


def main():
    data, bench, folder = map(Path, sys.argv[1:])
    sys.path.insert(0, str(bench / "passive"))
    import netref
    import passive
    import sources

    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    for network in sources.all_gaslib(data):
        if network.name not in REFERENCES:
            continue
        file = folder / f"{network.name}.json"
        if not file.exists():
            file.write_text(json.dumps(passive.scaled(network, netref, AMPLITUDE)))
        made = folder / "references" / network.name
        if not made.with_name(f"{network.name}_richardson.csv").exists():
            made.parent.mkdir(exist_ok=True)
            lengths, tolerance = REFERENCES[network.name]
            words = [str(file), str(made), *map(str, lengths)]
            words += ["--amp", str(AMPLITUDE), "--tol", str(tolerance)]
            subprocess.run([sys.executable, "-B", str(bench / "passive/netref.py"), *words], check=True)


if __name__ == "__main__":
    main()
