"""The two programs: the same network for each, and one timed solve of each."""

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pandapipes
from pandapipes.properties.fluids import Fluid, FluidPropertyConstant, FluidPropertyLinear

from network import NORMAL_PRESSURE_PA, Network

BAR = 1e5
LAWS = {"nikuradse": "nikuradse_laminar", "colebrook": "colebrook_throughout"}
# pandapipes' own settings, but for the ten iterations that it allows. Pressures in bar, flows in kg/s.
DEFAULT = {"max_iter_hyd": 100, "max_iter_colebrook": 100}
TIGHT = DEFAULT | {"tol_p": 1e-8, "tol_m": 1e-8, "tol_res": 1e-6}


@dataclass
class Times:
    """Seconds of each repetition."""

    seconds: list[float] = field(default_factory=list)

    def least(self):
        """The shortest."""
        return min(self.seconds)

    def median(self):
        """The middle one."""
        ordered = sorted(self.seconds)
        return ordered[len(ordered) // 2]


def fluid(gas):
    """The gas for pandapipes, whose compressibility is over bar."""
    if gas.z_per_pa == 0.0:
        z = FluidPropertyConstant(gas.z)
    else:
        z = FluidPropertyLinear(gas.z_per_pa * BAR, gas.z)
    return Fluid(
        "benchmark",
        "gas",
        density=FluidPropertyConstant(gas.norm_density),
        viscosity=FluidPropertyConstant(gas.viscosity_pa_s),
        heat_capacity=FluidPropertyConstant(2000.0),
        molar_mass=FluidPropertyConstant(gas.molar_mass * 1e3),
        compressibility=z,
        der_compressibility=FluidPropertyConstant(gas.z_per_pa * BAR),
    )


class Pandapipes:
    """A network in pandapipes."""

    def __init__(self, network: Network):
        net = pandapipes.create_empty_network(fluid=fluid(network.gas))
        held = (network.slack_pressure_pa - NORMAL_PRESSURE_PA) / BAR
        kelvin = network.gas.temperature_k
        pandapipes.create_junctions(net, network.nodes, pn_bar=held, tfluid_k=kelvin)
        pandapipes.create_ext_grid(net, network.slack, p_bar=held, t_k=kelvin)
        pipes = network.pipes
        pandapipes.create_pipes_from_parameters(
            net,
            [p.ends[0] for p in pipes],
            [p.ends[1] for p in pipes],
            length_km=[p.length_m * 1e-3 for p in pipes],
            inner_diameter_mm=[p.diameter_m * 1e3 for p in pipes],
            k_mm=[p.roughness_m * 1e3 for p in pipes],
            sections=1,
        )
        flows = network.inflow_kg_per_s
        leaving = {n: -f for n, f in flows.items() if f < 0.0}
        entering = {n: f for n, f in flows.items() if f > 0.0}
        pandapipes.create_sinks(net, list(leaving), list(leaving.values()))
        if entering:
            pandapipes.create_sources(net, list(entering), list(entering.values()))
        self.net = net
        self.friction = network.friction

    def solve(self, options):
        """One call of `pipeflow`: the processor time that it took, s.

        Wall time would count what other programs take from a shared machine, and a call of tens of
        milliseconds is interrupted more often than a solve of one.
        """
        began = time.thread_time()
        pandapipes.pipeflow(self.net, friction_model=self.friction, mode="hydraulics", **options)
        return time.thread_time() - began

    def pressures(self):
        """Absolute pressures of the nodes, Pa."""
        return self.net.res_junction.p_bar.to_numpy() * BAR + NORMAL_PRESSURE_PA

    def iterations(self):
        """Newton iterations of the last solve."""
        return self.net._internal_results["iterations_hydraulics"]


def case_toml(network: Network):
    """The case file without its elements."""
    gas = network.gas
    z = f"{{ constant = {gas.z!r}, per_pa = {gas.z_per_pa!r} }}"
    if gas.z_per_pa == 0.0:
        z = f"{{ constant = {gas.z!r} }}"
    return f"""[case]
title = "{network.name}, passive"

[settings]
volume_reference = "normal"
ground_temperature = "{gas.temperature_k!r} K"
friction = "{LAWS[network.friction]}"
terms = {{ inertia = true, kinetic = false, gravity = false }}

[gas]
equation = {z}
viscosity = "{gas.viscosity_pa_s!r} Pa.s"
pseudo = {{ molar_mass = "{gas.molar_mass * 1e3!r} g/mol" }}

[tables]
node = "nodes.csv"
pipe = "pipes.csv"
supply = "supplies.csv"
off_take = "off-takes.csv"
"""


def write_case(network: Network, folder: Path):
    """The network as a case of linepack."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(case_toml(network))
    write_csv(folder / "nodes.csv", "id", [(f"n{i}",) for i in range(network.nodes)])
    write_csv(
        folder / "pipes.csv",
        "id,from,to,length [m],inner_diameter [m],roughness [m],cells",
        [
            (f"p{i}", f"n{p.ends[0]}", f"n{p.ends[1]}", p.length_m, p.diameter_m, p.roughness_m, 1)
            for i, p in enumerate(network.pipes)
        ],
    )
    flows = network.inflow_kg_per_s
    supplies = [(f"s{n}", f"n{n}", "", f) for n, f in flows.items() if f > 0.0]
    off_takes = [(f"o{n}", f"n{n}", "", -f) for n, f in flows.items() if f < 0.0]
    # A supply gives, an off-take takes what keeps its pressure.
    held = supplies if network.slack_flow() >= 0.0 else off_takes
    held.append(("slack", f"n{network.slack}", network.slack_pressure_pa, ""))
    write_csv(folder / "supplies.csv", "id,node,pressure [Paa],flow [kg/s]", supplies)
    write_csv(folder / "off-takes.csv", "id,node,pressure [Paa],flow [kg/s]", off_takes)


def write_csv(path, header, rows):
    """A table; numbers with all their digits."""
    lines = [",".join(c if isinstance(c, str) else repr(c) for c in row) for row in rows]
    path.write_text("\n".join([header, *lines]) + "\n")


class Linepack:
    """The program on one case."""

    def __init__(self, program: Path, network: Network, folder: Path):
        write_case(network, folder)
        self.program = [str(program), "-q"]
        self.case = [str(folder), "--json", "--threads", "1"]
        self.nodes = network.nodes
        self.found = self._run(["steady", *self.case])

    def _run(self, arguments):
        command = self.program + arguments
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr or done.stdout[-2000:]}")
        return json.loads(done.stdout)

    def solve(self):
        """Solves five times in one process, as pandapipes does: the median times of solve and build, s."""
        found = self._run(["bench", *self.case, "--steady", "--repeat", "5"])
        return {
            "solve": found["time_s"]["steady"]["median"],
            "build": found["time_s"]["build"]["median"],
        }

    def pressures(self):
        """Absolute pressures of the nodes, Pa."""
        return [self.found["nodes"][f"n{i}"]["pressure_pa"] for i in range(self.nodes)]

    def iterations(self):
        """Newton iterations."""
        return self.found["counters"]["newton_iterations"]
