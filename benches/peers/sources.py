"""Where the networks come from: GasLib files, pandapipes' STANET cases, and a grid made here."""

import random
import xml.etree.ElementTree as xml
from pathlib import Path

from network import Gas, Merged, Network, assemble

GASLIB = "{http://gaslib.zib.de/Gas}"
LENGTHS = {"km": 1e3, "m": 1.0, "meter": 1.0, "mm": 1e-3}
# In the .net files all pressures that are used here are absolute, in bar.
BAR = 1e5

# network, nomination, share of the nomination. Without compressors and with all of the pressure at
# one entry the whole nomination cannot pass through all of them; both programs get the same share.
GASLIB_CASES = [
    ("GasLib-11", "GasLib-11/GasLib-11.net", "GasLib-11/GasLib-11.scn", 1.0),
    ("GasLib-24", "GasLib-24/GasLib-24.net", "GasLib-24/GasLib-24.scn", 1.0),
    ("GasLib-40", "GasLib-40/GasLib-40.net", "GasLib-40/GasLib-40.scn", 1.0),
    ("GasLib-134", "GasLib-134/GasLib-134-v2.net", "GasLib-134/nominations/2011-11-01.scn", 1.0),
    ("GasLib-582", "GasLib-582/GasLib-582-v2.net", "GasLib-582/nomination_cold_5.scn", 1.0),
    ("GasLib-4197", "GasLib-4197/GasLib-4197.net", "GasLib-4197/nomination_mild_0006.scn", 1.0),
]


def local(element):
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def value(element, name):
    """A number and its unit."""
    child = element.find(GASLIB + name)
    return float(child.get("value")), child.get("unit")


def length(element, name):
    """A length in m."""
    number, unit = value(element, name)
    return number * LENGTHS[unit]


def section(root, name):
    """The children of a section."""
    return [c for s in root if local(s) == name for c in s]


def gaslib_gas(entry):
    """The gas of an entry, with a constant compressibility factor and viscosity."""
    temperature, unit = value(entry, "gasTemperature")
    kelvin = temperature + (273.15 if unit == "Celsius" else 0.0)
    return Gas(value(entry, "normDensity")[0], kelvin, z=0.9)


def nomination(path):
    """Inflow of each node in 1000 m³/h at norm conditions; the middle where there is a range."""
    flows = {}
    for node in xml.parse(path).getroot().iter(GASLIB + "node"):
        bounds = [float(f.get("value")) for f in node.findall(GASLIB + "flow")]
        sign = 1.0 if node.get("type") == "entry" else -1.0
        flows[node.get("id")] = sign * sum(bounds) / len(bounds)
    return flows


def gaslib(name, net, scenario, share):
    """A GasLib network without its active elements, under its nomination."""
    root = xml.parse(net).getroot()
    nodes = {n.get("id"): n for n in section(root, "nodes")}
    arcs = section(root, "connections")
    merged = Merged(nodes)
    for arc in arcs:
        if local(arc) != "pipe":
            merged.join(arc.get("from"), arc.get("to"))
    flows = nomination(scenario)
    slack = max((i for i in flows if i in nodes), key=lambda i: flows[i])
    gas = gaslib_gas(nodes[slack])
    pipes = [
        (p.get("from"), p.get("to"), *(length(p, k) for k in ("length", "diameter", "roughness")))
        for p in arcs
        if local(p) == "pipe"
    ]
    kg_per_s = gas.norm_density * 1e3 / 3600.0 * share
    loads = [(i, f * kg_per_s) for i, f in flows.items() if i in nodes]
    pressure = value(nodes[slack], "pressureMax")[0] * BAR
    remark = "" if share == 1.0 else f"{share:g} of its nomination"
    return assemble(name, gas, "nikuradse", merged, pipes, slack, pressure, loads, remark)


def all_gaslib(data: Path):
    """The GasLib networks that are there."""
    for name, net, scenario, share in GASLIB_CASES:
        if (data / "gaslib" / net).exists():
            yield gaslib(name, data / "gaslib" / net, data / "gaslib" / scenario, share)


def stanet(path, pandapipes):
    """A STANET case of pandapipes, or why it is left out."""
    net = pandapipes.from_json(str(path))
    if any(table in net and len(net[table]) for table in ("pump", "compressor", "valve")):
        return "has pumps or valves"
    if (net.pipe.loss_coefficient != 0.0).any():
        return "has local losses, which pandapipes adds to the friction of the pipe"
    kelvin = float(net.junction.tfluid_k.iloc[0])
    fluid = net.fluid
    at_0 = float(fluid.get_compressibility(0.0))
    gas = Gas(
        float(fluid.get_density(273.15)),
        kelvin,
        z=at_0,
        z_per_pa=(float(fluid.get_compressibility(1.0)) - at_0) / BAR,
        viscosity_pa_s=float(fluid.get_viscosity(kelvin)),
    )
    columns = ["from_junction", "to_junction", "length_km", "inner_diameter_mm", "k_mm"]
    pipes = [
        (int(a), int(b), km * 1e3, mm * 1e-3, k * 1e-3)
        for a, b, km, mm, k in net.pipe[columns].itertuples(index=False)
    ]
    flows = [(int(j), -float(m)) for j, m in net.sink[["junction", "mdot_kg_per_s"]].values]
    if "source" in net:
        flows += [(int(j), float(m)) for j, m in net.source[["junction", "mdot_kg_per_s"]].values]
    friction = "colebrook" if path.stem.endswith("_PC") else "nikuradse"
    merged = Merged(int(j) for j in net.junction.index)
    grid = net.ext_grid.iloc[0]
    pressure = float(grid.p_bar) * BAR + 101_325.0
    name = f"STANET {path.stem}"
    return assemble(name, gas, friction, merged, pipes, int(grid.junction), pressure, flows)


def all_stanet(data: Path, pandapipes):
    """The STANET cases that both can be given, and why the others are left out."""
    folder = data / "pandapipes/networks/network_files/stanet_test_networks/gas_cases"
    networks, left_out = [], {}
    for path in sorted(folder.glob("*/*.json")):
        found = stanet(path, pandapipes)
        if isinstance(found, Network):
            networks.append(found)
        else:
            left_out[path.stem] = found
    return networks, left_out


def distribution_grid(side=36, laterals=39, seed=20260101):
    """A meshed distribution grid: streets in a square, some dead ends, fed in the middle.

    36 x 36 crossings have 2,520 pipes between them; with 39 dead ends there are 2,559. Every sixth
    street has a main of 200 mm, the others 100 mm. Loads are 1 to 5 g/s.
    """
    chance = random.Random(seed)
    pipes = []

    def add(a, b, diameter):
        pipes.append((a, b, 60.0 + 80.0 * chance.random(), diameter, 1e-4))

    for row in range(side):
        for column in range(side):
            if column + 1 < side:
                add((row, column), (row, column + 1), 0.2 if row % 6 == 0 else 0.1)
            if row + 1 < side:
                add((row, column), (row + 1, column), 0.2 if column % 6 == 0 else 0.1)
    for i in range(laterals):
        crossing = (int(side * chance.random()), int(side * chance.random()))
        add(crossing, ("end", i), 0.05)
    ends = {n for p in pipes for n in p[:2]}
    ordered = sorted(ends, key=str)
    flows = [(n, -1e-3 * (1.0 + 4.0 * chance.random())) for n in ordered]
    gas = Gas(0.785, 283.15, z=1.0)
    slack = (side // 2, side // 2)
    return assemble(
        "distribution grid", gas, "nikuradse", Merged(ends), pipes, slack, 5 * BAR, flows
    )
