use crate::chain::Stream;
use crate::dual::Dual;
use crate::suction::{Cooled, Suction};
use crate::unit::{Duty, Inlet, Machine, Unit};
use crate::{Limit, Plant};

/// How a configuration delivers a flow at a discharge pressure.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Whether all units stay within their maps and the power of their drives; they may recycle at
    /// the surge line and throttle at the lowest speed.
    pub feasible: bool,
    /// The limit that is violated; otherwise the one that binds, if any.
    pub limit: Option<Limit>,
    /// The highest discharge pressure at this flow, Pa.
    pub discharge_max_pa: f64,
    /// Shaft power of all units, W.
    pub power_w: f64,
    /// Energy taken by all drives, W.
    pub energy_w: f64,
    /// What each unit does, in the order of stages.
    pub units: Vec<UnitPoint>,
}

/// What a unit does.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitPoint {
    /// Index of its stage.
    pub stage: usize,
    /// The compressor.
    pub compressor: String,
    /// Its drive.
    pub drive: String,
    /// Speed, 1/min.
    pub speed_per_min: f64,
    /// Volume flow through the machine at suction, recycled gas included, m³/s.
    pub volume_flow_m3_per_s: f64,
    /// Adiabatic head of the machine, J/kg.
    pub head_j_per_kg: f64,
    /// Head that is throttled away behind it, J/kg.
    pub throttled_j_per_kg: f64,
    /// Adiabatic efficiency, -.
    pub efficiency: f64,
    /// Shaft power, W.
    pub power_w: f64,
    /// Largest shaft power at this speed, W.
    pub power_max_w: f64,
    /// Energy taken by its drive, W.
    pub energy_w: f64,
    /// Volume flow that is recycled, at suction, m³/s.
    pub recycle_m3_per_s: f64,
    /// Flow over that on the surge line at this speed, less 1; for a piston compressor over the
    /// smallest flow without recycling.
    pub surge_margin: f64,
    /// 1 less flow over that on the choke line at this speed; for a piston compressor over the largest
    /// flow.
    pub choke_margin: f64,
    /// 1 less power over largest power.
    pub power_margin: f64,
    /// 1 less speed over highest speed.
    pub speed_margin: f64,
    /// The limit that is violated; otherwise the one that binds, if any.
    pub limit: Option<Limit>,
    /// Whether it stays within its map and the power of its drive.
    pub feasible: bool,
}

/// A configuration that was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// Its index.
    pub configuration: usize,
    /// Whether it does the work inside its maps.
    pub feasible: bool,
    /// The limit that is violated; otherwise the one that binds, if any.
    pub limit: Option<Limit>,
    /// Shaft power, W.
    pub power_w: f64,
    /// Energy taken by its drives, W.
    pub energy_w: f64,
}

/// Relative distance within which a limit counts as reached, and not yet as violated.
const TOUCH: f64 = 1e-6;

/// What a unit comes up against.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    Free,
    Bound(Limit),
    Violated(Limit),
}

/// The sum over the units.
#[derive(Debug, Clone, Copy)]
struct Tally {
    verdict: Verdict,
    power: f64,
    energy: f64,
}

impl Plant {
    /// The whole operating point.
    pub fn operate(
        &self,
        configuration: usize,
        flow_kg_per_s: f64,
        suction: &Suction,
        discharge_pa: f64,
    ) -> Operation {
        let mut units = Vec::new();
        let tally = self.tally(
            configuration,
            flow_kg_per_s,
            suction,
            discharge_pa,
            |stage, unit, inlet, duty| units.push(point(stage, unit, inlet, duty)),
        );
        let highest = self.capability(Some(configuration), flow_kg_per_s, suction);
        Operation {
            feasible: tally.feasible(),
            limit: tally.verdict.limit().or_else(|| {
                let reached = discharge_pa >= highest.pressure_pa * (1.0 - TOUCH);
                reached.then_some(highest.limit)
            }),
            discharge_max_pa: highest.pressure_pa,
            power_w: tally.power,
            energy_w: tally.energy,
            units,
        }
    }

    /// The configuration that does the work inside its maps with the least energy taken (of equal ones
    /// that with the least shaft power); the one whose highest discharge pressure comes nearest when
    /// none does.
    pub fn choose(&self, flow_kg_per_s: f64, suction: &Suction, discharge_pa: f64) -> Choice {
        let mut best: Option<(Choice, f64)> = None;
        for configuration in 0..self.chains.len() {
            let tally = self.tally(
                configuration,
                flow_kg_per_s,
                suction,
                discharge_pa,
                |_, _, _, _| {},
            );
            let choice = Choice {
                configuration,
                feasible: tally.feasible(),
                limit: tally.verdict.limit(),
                power_w: tally.power,
                energy_w: tally.energy,
            };
            let highest = self.capability(Some(configuration), flow_kg_per_s, suction);
            let candidate = (choice, highest.pressure_pa);
            if best.is_none_or(|b| better(&candidate, &b)) {
                best = Some(candidate);
            }
        }
        // A plant has a configuration.
        best.map_or(Choice::NONE, |(choice, _)| choice)
    }

    fn tally(
        &self,
        configuration: usize,
        flow_kg_per_s: f64,
        suction: &Suction,
        discharge_pa: f64,
        mut each: impl FnMut(usize, &Unit, &Inlet<'_, 0>, &Duty<0>),
    ) -> Tally {
        let gas = Cooled::new(suction);
        let stream = Stream {
            gas: &gas,
            flow: Dual::<0>::constant(flow_kg_per_s),
            suction: Dual::constant(suction.pressure_pa),
        };
        let mut tally = Tally {
            verdict: Verdict::Free,
            power: 0.0,
            energy: 0.0,
        };
        let chain = &self.chains[configuration];
        let discharge = Dual::constant(discharge_pa);
        chain.work(&stream, discharge, |stage, index, inlet, duty| {
            let unit = &chain.stages[stage].units[index];
            tally.verdict = tally.verdict.worse(verdict(unit, inlet, &duty));
            tally.power += duty.power.value;
            tally.energy += duty.energy.value;
            each(stage, unit, inlet, &duty);
        });
        tally
    }
}

/// Whether the first is to be preferred.
fn better((a, reach): &(Choice, f64), (b, other_reach): &(Choice, f64)) -> bool {
    match (a.feasible, b.feasible) {
        (true, true) => (a.energy_w, a.power_w) < (b.energy_w, b.power_w),
        (false, false) => reach > other_reach,
        (first, _) => first,
    }
}

fn point(stage: usize, unit: &Unit, inlet: &Inlet<'_, 0>, duty: &Duty<0>) -> UnitPoint {
    let [flow, head, speed] = [duty.work.flow, duty.work.head, duty.work.speed].map(|x| x.value);
    let [surge, choke] = match &unit.machine {
        Machine::Turbo(turbo) => turbo.span(speed),
        Machine::Piston(piston) => [piston.least_flow(), piston.largest_flow()],
    };
    let power_max = unit.engine.power_max(duty.work.speed).value;
    let verdict = verdict(unit, inlet, duty);
    UnitPoint {
        stage,
        compressor: unit.compressor.clone(),
        drive: unit.engine.id.clone(),
        speed_per_min: speed,
        volume_flow_m3_per_s: flow,
        head_j_per_kg: head,
        throttled_j_per_kg: (head - duty.asked.value).max(0.0),
        efficiency: duty.work.efficiency.value,
        power_w: duty.power.value,
        power_max_w: power_max,
        energy_w: duty.energy.value,
        recycle_m3_per_s: (flow - duty.delivered.value).max(0.0),
        surge_margin: flow / surge - 1.0,
        choke_margin: 1.0 - flow / choke,
        power_margin: 1.0 - duty.power.value / power_max,
        speed_margin: 1.0 - speed / unit.speeds()[1],
        limit: verdict.limit(),
        feasible: !matches!(verdict, Verdict::Violated(_)),
    }
}

fn verdict(unit: &Unit, inlet: &Inlet<'_, 0>, duty: &Duty<0>) -> Verdict {
    let [_, fastest] = unit.speeds();
    let power_max = unit.engine.power_max(duty.work.speed).value;
    let own = match &unit.machine {
        Machine::Turbo(turbo) => {
            let end = against(duty.delivered.value, turbo.largest_flow(), Limit::Choke);
            let flow_end = if matches!(end, Verdict::Violated(_)) {
                end
            } else {
                Verdict::Free
            };
            flow_end.worse(recycling(duty, Limit::Surge))
        }
        Machine::Piston(piston) => {
            let ratio = piston.head_of_ratio(inlet.gas, inlet.pressure).value;
            let head = duty.work.head.value;
            let torque = piston.torque(inlet.density.value, head);
            let torque_max = piston.torque_max().unwrap_or(f64::INFINITY);
            against(head, ratio, Limit::Ratio)
                .worse(against(torque, torque_max, Limit::Torque))
                .worse(recycling(duty, Limit::SpeedMin))
        }
    };
    let throttled = duty.throttled_by.map_or(Verdict::Free, Verdict::Bound);
    own.worse(against(duty.work.speed.value, fastest, Limit::SpeedMax))
        .worse(against(duty.power.value, power_max, Limit::Power))
        .worse(throttled)
}

fn recycling(duty: &Duty<0>, limit: Limit) -> Verdict {
    let flow = duty.work.flow.value;
    if flow > duty.delivered.value + TOUCH * flow {
        Verdict::Bound(limit)
    } else {
        Verdict::Free
    }
}

/// A value against its largest one.
fn against(value: f64, most: f64, limit: Limit) -> Verdict {
    if value > most * (1.0 + TOUCH) {
        Verdict::Violated(limit)
    } else if value >= most * (1.0 - TOUCH) {
        Verdict::Bound(limit)
    } else {
        Verdict::Free
    }
}

impl Verdict {
    /// The graver of two, the first of equal ones.
    fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Self::Violated(_), _) => self,
            (_, Self::Violated(_)) => other,
            (Self::Bound(_), _) => self,
            _ => other,
        }
    }

    fn limit(self) -> Option<Limit> {
        match self {
            Self::Free => None,
            Self::Bound(limit) | Self::Violated(limit) => Some(limit),
        }
    }
}

impl Tally {
    fn feasible(&self) -> bool {
        !matches!(self.verdict, Verdict::Violated(_))
    }
}

impl Choice {
    const NONE: Self = Self {
        configuration: 0,
        feasible: false,
        limit: None,
        power_w: 0.0,
        energy_w: 0.0,
    };
}
