use crate::Limit;
use crate::dual::Dual;
use crate::engine::Engine;
use crate::front::{Corner, DROOP, Front, Reach};
use crate::root::{falling_quadratic, rising_quadratic};
use crate::suction::Cooled;
use crate::turbo::Work;
use linepack_network::PistonData;
use std::f64::consts::PI;

/// A piston compressor.
///
/// $$ Q = V n/60 - ΔQ,\quad M = \frac{V ρ_1 H}{2 π η} $$
///
/// | symbol | meaning                                         | unit  |
/// |--------|-------------------------------------------------|-------|
/// | Q      | volume flow at suction                          | m³/s  |
/// | V      | volume moved in one turn                        | m³    |
/// | n      | speed                                           | 1/min |
/// | ΔQ     | what clearance pockets take off at lowest speed | m³/s  |
/// | M      | torque on the shaft                             | N m   |
/// | ρ₁     | density at suction                              | kg/m³ |
/// | H      | adiabatic head                                  | J/kg  |
/// | η      | adiabatic efficiency                            | –     |
///
/// Flow is set by the speed, below the lowest speed by the pockets, below these by recycling. Where
/// the power per turn of the drive rises with speed, it recycles for the power too.
/// Source: Koch et al. 2015, ch. 2. Checked by `tests::piston`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piston {
    /// V/60: flow over speed.
    flow_per_speed: f64,
    data: PistonData,
    pub(crate) speed_min: f64,
    pub(crate) speed_max: f64,
}

impl Piston {
    /// The machine made ready, or what is wrong with it.
    pub(crate) fn new(data: &PistonData, [low, high]: [f64; 2]) -> Result<Self, String> {
        let wrong = |what: &str| Err(what.to_owned());
        if !(data.operating_volume_m3 > 0.0 && data.operating_volume_m3.is_finite()) {
            return wrong("its operating volume is not above zero");
        }
        if !(data.efficiency > 0.0 && data.efficiency <= 1.0) {
            return wrong("its efficiency is not between 0 and 1");
        }
        if !(data.ratio_max > 1.0 && data.ratio_max.is_finite()) {
            return wrong("its largest pressure ratio is not above 1");
        }
        let reduction = data.additional_reduction_m3_per_s;
        if reduction.is_nan() || reduction < 0.0 {
            return wrong("its clearance pockets take off a negative flow");
        }
        Ok(Self {
            flow_per_speed: data.operating_volume_m3 / 60.0,
            data: data.clone(),
            speed_min: low,
            speed_max: high,
        })
    }

    /// The smallest flow without recycling.
    pub(crate) fn least_flow(&self) -> f64 {
        let reduced =
            self.flow_per_speed * self.speed_min - self.data.additional_reduction_m3_per_s;
        reduced.max(0.0)
    }

    /// The largest flow.
    pub(crate) fn largest_flow(&self) -> f64 {
        self.flow_per_speed * self.speed_max
    }

    /// Torque at a head, N m.
    pub(crate) fn torque(&self, density: f64, head: f64) -> f64 {
        self.data.operating_volume_m3 * density * head / (2.0 * PI * self.data.efficiency)
    }

    /// The largest torque, N m.
    pub(crate) fn torque_max(&self) -> Option<f64> {
        self.data.torque_max_nm.filter(|m| *m > 0.0)
    }

    /// The head of the largest pressure ratio.
    pub(crate) fn head_of_ratio<const N: usize>(&self, gas: &Cooled, pressure: Dual<N>) -> Dual<N> {
        gas.head(pressure, pressure * self.data.ratio_max)
    }

    /// The work at a point.
    pub(crate) fn work<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        flow: Dual<N>,
        head: Dual<N>,
    ) -> Work<N> {
        let least = Dual::constant(self.least_flow());
        let flow = flow.max(least).max(self.left_at(engine, density, head));
        Work {
            flow,
            head,
            speed: (flow / self.flow_per_speed).max(Dual::constant(self.speed_min)),
            efficiency: Dual::constant(self.data.efficiency),
        }
    }

    /// The flow from which on the drive has the power for a head, where its power per turn rises with
    /// speed.
    fn left_at<const N: usize>(&self, engine: &Engine, density: Dual<N>, head: Dual<N>) -> Dual<N> {
        let none = Dual::constant(0.0);
        let Some(level) = engine.level(self.speeds()).filter(|l| l.rises) else {
            return none;
        };
        let per_speed = self.power_over_speed(density, head);
        if per_speed.value >= level.power_per_turn {
            return Dual::constant(level.to * self.flow_per_speed);
        }
        let slowest = Dual::<N>::constant(level.from);
        if per_speed.value * level.from <= engine.power_max(slowest).value {
            return none;
        }
        let [a, b, c] = engine.power_over_speed().map(Dual::<N>::constant);
        rising_quadratic([a, b - per_speed, c]) * self.flow_per_speed
    }

    /// Power over speed at a head, W min.
    fn power_over_speed<const N: usize>(&self, density: Dual<N>, head: Dual<N>) -> Dual<N> {
        density * head * (self.flow_per_speed / self.data.efficiency)
    }

    /// What the unit reaches with its drive.
    pub(crate) fn front<const N: usize>(
        &self,
        engine: &Engine,
        gas: &Cooled,
        pressure: Dual<N>,
    ) -> Front<N> {
        let density = gas.density(pressure);
        let top = self.top(engine, gas, pressure);
        let fastest = Dual::constant(self.speed_max);
        let flow = fastest * self.flow_per_speed;
        let level = engine
            .level(self.speeds())
            .filter(|l| l.to == self.speed_max);
        let head = match level {
            Some(level) => self.head_of(level.power_per_turn, density) * (1.0 - DROOP),
            None => engine.power_max(fastest) * self.data.efficiency / (density * flow),
        };
        let end = Corner {
            flow,
            head: head.min(top.head),
            limit: Limit::SpeedMax,
        };
        Front { top, end }
    }

    fn top<const N: usize>(&self, engine: &Engine, gas: &Cooled, pressure: Dual<N>) -> Corner<N> {
        let density = gas.density(pressure);
        let mut top = self.strongest(engine, density);
        let mut lower = |head: Dual<N>, limit| {
            if head.value < top.head.value {
                let flow = self.reach(engine, density, head).flow;
                top = Corner { flow, head, limit };
            }
        };
        lower(self.head_of_ratio(gas, pressure), Limit::Ratio);
        if let Some(torque) = self.torque_max() {
            let head = torque * 2.0 * PI * self.data.efficiency / self.data.operating_volume_m3;
            lower(Dual::constant(head) / density, Limit::Torque);
        }
        top
    }

    /// The largest head that the drive can bring: at the lowest speed with all pockets, or where its
    /// power per turn rises with speed, at the speed of the largest one.
    fn strongest<const N: usize>(&self, engine: &Engine, density: Dual<N>) -> Corner<N> {
        let slowest = Dual::constant(self.speed_min);
        let least = Dual::constant(self.least_flow().max(f64::MIN_POSITIVE));
        let pockets = Corner {
            flow: least,
            head: engine.power_max(slowest) * self.data.efficiency / (density * least),
            limit: Limit::Power,
        };
        let Some(level) = engine.level(self.speeds()) else {
            return pockets;
        };
        let head = self.head_of(level.power_per_turn, density);
        if !level.rises && head.value <= pockets.head.value {
            return pockets;
        }
        Corner {
            flow: Dual::constant(level.to * self.flow_per_speed),
            head,
            limit: Limit::Power,
        }
    }

    /// Head at a power over speed, W min.
    fn head_of<const N: usize>(&self, power_per_turn: f64, density: Dual<N>) -> Dual<N> {
        Dual::constant(power_per_turn * self.data.efficiency / self.flow_per_speed) / density
    }

    fn speeds(&self) -> [f64; 2] {
        [self.speed_min, self.speed_max]
    }

    /// The largest flow at a head.
    ///
    /// Where the power per turn does not fall, only that at the first of these speeds is counted on, and
    /// the flow goes from that of the first to that of the last over a small share of the head.
    pub(crate) fn reach<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        head: Dual<N>,
    ) -> Reach<N> {
        let Some(level) = engine.level(self.speeds()).filter(|l| !l.rises) else {
            return self.reach_up_to(self.speed_max, engine, density, head);
        };
        let at_level = self.head_of(level.power_per_turn, density);
        if head.value >= at_level.value {
            return self.reach_up_to(level.from, engine, density, head);
        }
        let right = self.reach_up_to(self.speed_max, engine, density, head);
        let [left, width] = [level.from, level.to - level.from].map(|n| n * self.flow_per_speed);
        let droop = (at_level - head) / (at_level * DROOP) * width + left;
        if droop.value < right.flow.value {
            Reach {
                flow: droop,
                limit: Limit::Power,
            }
        } else {
            right
        }
    }

    /// The largest flow at a head up to a speed, from which on power per turn falls, or is enough.
    fn reach_up_to<const N: usize>(
        &self,
        most: f64,
        engine: &Engine,
        density: Dual<N>,
        head: Dual<N>,
    ) -> Reach<N> {
        let per_speed = self.power_over_speed(density, head);
        let fastest = Dual::<N>::constant(most);
        if most > self.speed_min && engine.power_max(fastest).value >= per_speed.value * most {
            return Reach {
                flow: fastest * self.flow_per_speed,
                limit: Limit::SpeedMax,
            };
        }
        let [a, b, c] = engine.power_over_speed().map(Dual::<N>::constant);
        let speed = falling_quadratic([a, b - per_speed, c]);
        let spare = engine.power_max(speed).value - per_speed.value * speed.value;
        let holds = spare.abs() <= 1e-9 * per_speed.value * self.speed_max;
        let flow = if holds && (self.speed_min..=most).contains(&speed.value) {
            speed * self.flow_per_speed
        } else {
            let slowest = Dual::constant(self.speed_min);
            engine.power_max(slowest) * self.data.efficiency / (density * head)
        };
        Reach {
            flow,
            limit: Limit::Power,
        }
    }
}
