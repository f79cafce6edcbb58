"""A passive network, as both programs are given it: nodes, pipes, loads and one pressure.

Everything is in SI and absolute pressures. Elements without length (short pipes, open valves,
regulators, resistors, stations) are gone: their ends are one node, so neither program has them.
"""

from dataclasses import dataclass

NORMAL_PRESSURE_PA = 101_325.0
NORMAL_TEMPERATURE_K = 273.15
GAS_CONSTANT = 8.314462618


@dataclass
class Pipe:
    """A pipe between two nodes, by their index."""

    ends: tuple[int, int]
    length_m: float
    diameter_m: float
    roughness_m: float


@dataclass
class Gas:
    """ρ = ρn (p/pn) (Tn/T) / K with K = z + z_per_pa p, and a constant viscosity."""

    norm_density: float
    temperature_k: float
    z: float
    z_per_pa: float = 0.0
    viscosity_pa_s: float = 1.1e-5

    @property
    def molar_mass(self) -> float:
        """The molar mass with which Z = K gives the same density, kg/mol."""
        return self.norm_density * GAS_CONSTANT * NORMAL_TEMPERATURE_K / NORMAL_PRESSURE_PA


@dataclass
class Network:
    """A network with fixed flows everywhere but at one node, which has a pressure."""

    name: str
    gas: Gas
    friction: str
    nodes: int
    pipes: list[Pipe]
    slack: int
    slack_pressure_pa: float
    inflow_kg_per_s: dict[int, float]
    remark: str = ""

    def slack_flow(self) -> float:
        """What the node with the pressure brings, kg/s: the rest of the balance."""
        return -sum(flow for node, flow in self.inflow_kg_per_s.items() if node != self.slack)


class Merged:
    """Nodes of which some are one (union-find)."""

    def __init__(self, ids):
        self.parent = {i: i for i in ids}

    def root(self, i):
        """The node that stands for all that are one with this one."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, a, b):
        """Makes two nodes one."""
        self.parent[self.root(a)] = self.root(b)


def reachable(pipes, start):
    """The nodes that pipes connect with a node."""
    beside = {}
    for a, b, *_ in pipes:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    found, todo = {start}, [start]
    while todo:
        new = [n for n in beside.get(todo.pop(), []) if n not in found]
        found.update(new)
        todo.extend(new)
    return found


def assemble(name, gas, friction, merged, pipes, slack, pressure_pa, flows, remark=""):
    """The network of what hangs together with the node that has the pressure.

    `pipes` are (from, to, length, diameter, roughness) and `flows` (node, inflow in kg/s) by ids.
    """
    pipes = [(merged.root(a), merged.root(b), *rest) for a, b, *rest in pipes]
    pipes = [p for p in pipes if p[0] != p[1]]
    slack = merged.root(slack)
    kept = reachable(pipes, slack)
    index = {}
    for a, b, *_ in pipes:
        for n in (a, b):
            if n in kept:
                index.setdefault(n, len(index))
    inflow = {}
    for node, flow in flows:
        root = merged.root(node)
        if root in index and root != slack and flow != 0.0:
            inflow[index[root]] = inflow.get(index[root], 0.0) + flow
    built = [Pipe((index[a], index[b]), *rest) for a, b, *rest in pipes if a in kept]
    return Network(name, gas, friction, len(index), built, index[slack], pressure_pa, inflow, remark)
