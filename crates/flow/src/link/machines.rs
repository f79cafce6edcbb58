use super::station::ratio_slack;
use super::{BAR, FLOW_SCALE, LinkPoint, Mode, Row};
use linepack_stations::{Capability, Demand, Limit, Operation, Plant, Suction, Value3};
use std::sync::Arc;

/// Share of its energy that another configuration must save before a running one is left.
const WORTH_SWITCHING: f64 = 0.02;

/// The machines of a station and which of their configurations runs.
#[derive(Debug, Clone)]
pub(crate) struct MachineLaw {
    pub plant: Arc<Plant>,
    /// The configuration that the case prescribes.
    pub fixed: Option<usize>,
    /// The configuration that runs, whose power and fuel count.
    pub running: usize,
    /// Net heating value of the fuel, J/kg; infinite where the fuel is not drawn from the line.
    pub heating_value: f64,
    /// How far they are ideal, on the way to a solution: 1: a pressure ratio is all that limits them and
    /// they take no fuel; 0: as their maps say.
    pub ideal_share: f64,
}

/// Pressure ratio of ideal machines.
const AMPLE_RATIO: f64 = 2.0;

impl MachineLaw {
    /// s (q_max(p₁, p₂) - q) with the flow at which the machines reach the discharge pressure,
    /// p_max(q_max, p₁) = p₂, and a scale s that makes it as large as the lack of pressure where
    /// p_max is flat, and no larger than the flow's own scale where it is steep.
    pub(super) fn slack(&self, at: &LinkPoint<'_>) -> Row {
        if self.ideal_share == 1.0 {
            return ratio_slack(at, AMPLE_RATIO, Mode::RatioLimit);
        }
        let (flow, highest) = self.flow_at(at, at.pressure_out);
        let lack = (highest.pressure_pa - at.pressure_out) / BAR;
        let scale = 1.0 / (1.0 - FLOW_SCALE * highest.per_flow / BAR);
        let real = Row {
            residual: scale * (lack + highest.per_flow / BAR * (at.flow - flow)),
            per_flow: scale * highest.per_flow / BAR,
            per_in: scale * highest.per_suction_pressure / BAR,
            per_out: -scale / BAR,
            mode: Mode::Machine(highest.limit),
        };
        if self.ideal_share == 0.0 {
            return real;
        }
        let ideal = ratio_slack(at, AMPLE_RATIO, real.mode);
        let mixed = |real: f64, ideal: f64| real + self.ideal_share * (ideal - real);
        Row {
            residual: mixed(real.residual, ideal.residual),
            per_flow: mixed(real.per_flow, ideal.per_flow),
            per_in: mixed(real.per_in, ideal.per_in),
            per_out: mixed(real.per_out, ideal.per_out),
            mode: real.mode,
        }
    }

    /// The flow at which the machines reach a discharge pressure, with what they reach there; the flow
    /// itself where it is near enough, none where they never reach it.
    fn flow_at(&self, at: &LinkPoint<'_>, discharge: f64) -> (f64, Capability) {
        const NEAR_PA: f64 = 100.0;
        const ITERATIONS: usize = 60;
        let suction = suction(at);
        let reach = |flow: f64| self.plant.capability(self.fixed, flow, &suction);
        let lack = |c: &Capability| c.pressure_pa - discharge;
        let mut flow = at.flow;
        let mut here = reach(flow);
        let (mut low, mut high) = (0.0_f64, f64::INFINITY);
        for _ in 0..ITERATIONS {
            let lack = lack(&here);
            if lack.abs() < NEAR_PA {
                break;
            }
            if lack > 0.0 {
                low = low.max(flow);
            } else {
                high = high.min(flow);
            }
            if high <= 0.0 || high - low < 1e-9 * high {
                break;
            }
            let newton = flow - lack / here.per_flow;
            flow = if newton > low && newton < high {
                newton
            } else if high.is_finite() {
                0.5 * (low + high)
            } else {
                2.0 * low + 1.0
            };
            here = reach(flow);
        }
        (flow, here)
    }

    /// The highest discharge pressure, Pa, and what binds there.
    pub(crate) fn reach(&self, at: &LinkPoint<'_>) -> (f64, Limit) {
        let highest = self.plant.capability(self.fixed, at.flow, &suction(at));
        (highest.pressure_pa, highest.limit)
    }

    /// What the drives of the running configuration take.
    pub(super) fn demand(&self, at: &LinkPoint<'_>) -> Demand {
        self.plant
            .demand(self.running, at.flow, &suction(at), at.pressure_out)
    }

    /// What each unit does.
    pub(crate) fn operate(&self, at: &LinkPoint<'_>) -> Operation {
        self.plant
            .operate(self.running, at.flow, &suction(at), at.pressure_out)
    }

    /// The configuration in which the work is done, by identifier.
    pub(crate) fn configuration(&self) -> &str {
        self.plant
            .configurations()
            .nth(self.running)
            .unwrap_or_default()
    }

    /// The cheapest configuration, by identifier.
    pub(super) fn best(&self, at: &LinkPoint<'_>) -> String {
        let choice = self.plant.choose(at.flow, &suction(at), at.pressure_out);
        let mut names = self.plant.configurations();
        names
            .nth(choice.configuration)
            .unwrap_or_default()
            .to_owned()
    }

    /// Takes the cheapest configuration where the running one cannot do the work, or saves too little;
    /// whether it is another one.
    pub(crate) fn reconfigure(&mut self, at: &LinkPoint<'_>) -> bool {
        if self.fixed.is_some() || at.flow <= 0.0 || at.pressure_out <= at.pressure_in {
            return false;
        }
        let suction = suction(at);
        let best = self.plant.choose(at.flow, &suction, at.pressure_out);
        if best.configuration == self.running {
            return false;
        }
        let now = self
            .plant
            .operate(self.running, at.flow, &suction, at.pressure_out);
        let saves = best.energy_w < (1.0 - WORTH_SWITCHING) * now.energy_w;
        if now.feasible && !(best.feasible && saves) {
            return false;
        }
        self.running = best.configuration;
        true
    }
}

/// A quantity of the machines as a row in flow and the pressures at the flanges.
pub(super) fn row_of(value: Value3) -> Row {
    Row {
        residual: value.value,
        per_flow: value.per_flow,
        per_in: value.per_suction_pressure,
        per_out: value.per_discharge_pressure,
        mode: Mode::Passive,
    }
}

fn suction(at: &LinkPoint<'_>) -> Suction {
    let (density, slope) = at.gas.density(at.pressure_in);
    Suction {
        pressure_pa: at.pressure_in,
        temperature_k: at.gas.temperature_k(),
        density_kg_per_m3: density,
        density_slope: slope,
        isentropic_exponent: at.gas.isentropic_exponent(at.pressure_in).0,
    }
}
