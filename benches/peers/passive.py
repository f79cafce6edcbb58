"""Passive networks for the race: pipes only, a constant friction factor, constant Z."""

import json
import math

SLACK_PA = 80e5
LEAST_PA = 40e5


def friction_factor(pipe):
    """Nikuradse, fully rough."""
    return (2.0 * math.log10(3.71 * pipe.diameter_m / pipe.roughness_m)) ** -2


def passive(network, scale):
    """A network as the converged references read it; flows are scaled."""
    gas = network.gas
    c2 = gas.z * 8.314462618 * gas.temperature_k / gas.molar_mass
    inflow = {n: f * scale for n, f in network.inflow_kg_per_s.items()}
    # Pipes shorter than this hold next to nothing: their ends are one node in no other place.
    return {
        "name": f"{network.name} passive",
        "scale": scale,
        "gas": {"c2": c2},
        "slack": {"node": network.slack, "p_pa": SLACK_PA},
        "nodes": [
            {"id": n, "withdrawal_kg_s": 0.0 if n == network.slack else -inflow.get(n, 0.0)}
            for n in range(network.nodes)
        ],
        "pipes": [
            {
                "id": i,
                "from": p.ends[0],
                "to": p.ends[1],
                "length_m": p.length_m,
                "diameter_m": p.diameter_m,
                "friction_factor": friction_factor(p),
            }
            for i, p in enumerate(network.pipes)
        ],
    }


def lowest_pressure(netref, data, amplitude):
    """Lowest steady pressure at the start, with all demands raised by the amplitude; NaN: none."""
    raised = json.loads(json.dumps(data))
    for node in raised["nodes"]:
        if node["withdrawal_kg_s"] > 0.0:
            node["withdrawal_kg_s"] *= 1.0 + amplitude
    try:
        net = netref.Net(raised, 1e9, 0.0)
        pressures = net.full(net.steady())
    except (RuntimeError, ValueError):
        return math.nan
    return 1e5 * pressures.min()


def scaled(network, netref, amplitude):
    """The largest of the scales 1, 0.8, 0.64, ... at which no pressure falls below 40 bar."""
    scale = 1.0
    while scale > 1e-3:
        data = passive(network, scale)
        if lowest_pressure(netref, data, amplitude) > LEAST_PA:
            return data
        scale *= 0.8
    raise SystemExit(f"{network.name}: no scale found")
