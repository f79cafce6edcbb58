use crate::Limit;
use crate::dual::Dual;
use crate::engine::Engine;
use crate::front::{Corner, Front, Reach};
use crate::root::{falling, falling_quadratic, rising_quadratic};
use crate::surface::{Surface, less, polynomial};
use linepack_network::TurboMap;

/// The map of a turbo compressor between its speeds, in J/kg.
///
/// Flows are at suction conditions, m³/s, speeds in 1/min.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turbo {
    head: Surface,
    efficiency: Surface,
    surge: [f64; 3],
    choke: Choke,
    pub(crate) speed_min: f64,
    pub(crate) speed_max: f64,
    /// Speed above which the map is continued linearly in the head.
    speed_end: f64,
    /// Ends of the lowest speed line.
    slowest: [Spot; 2],
    /// Ends of the highest speed line.
    fastest: [Spot; 2],
    /// Highest point of the highest speed line.
    peak: Spot,
}

/// A point of a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub(crate) flow: f64,
    pub(crate) head: f64,
}

/// Where a map ends at large flows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Choke {
    Line([f64; 3]),
    Efficiency(f64),
}

/// A border of a map that crosses all speed lines.
#[derive(Debug, Clone, Copy)]
enum Border {
    /// Their highest points right of the surge line.
    Crest,
    /// The choke line.
    Choke,
}

impl Border {
    fn limit(self) -> Limit {
        match self {
            Self::Crest => Limit::Surge,
            Self::Choke => Limit::Choke,
        }
    }
}

/// What a map does at a flow and a head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work<const N: usize> {
    pub(crate) flow: Dual<N>,
    pub(crate) head: Dual<N>,
    pub(crate) speed: Dual<N>,
    pub(crate) efficiency: Dual<N>,
}

const KILO: f64 = 1e3;
/// Share of the highest speed by which the map is used beyond it.
const BEYOND: f64 = 0.1;

impl Turbo {
    /// The map made ready, or what is wrong with it.
    pub(crate) fn new(map: &TurboMap, [low, high]: [f64; 2]) -> Result<Self, String> {
        let mut turbo = Self {
            head: Surface(map.head).scaled(KILO),
            efficiency: Surface(map.efficiency),
            surge: map.surge_line.map(|c| c * KILO),
            choke: Choke::of(map)?,
            speed_min: low,
            speed_max: high,
            speed_end: high,
            slowest: [Spot::NONE; 2],
            fastest: [Spot::NONE; 2],
            peak: Spot::NONE,
        };
        turbo.slowest = turbo.ends(low)?;
        turbo.fastest = turbo.ends(high)?;
        turbo.peak = turbo.peak_at(high);
        turbo.check()?;
        turbo.speed_end = turbo.end_of_speeds();
        Ok(turbo)
    }

    /// The points on the surge and choke line at a speed.
    pub(crate) fn ends(&self, speed: f64) -> Result<[Spot; 2], String> {
        let n = Dual::<0>::constant(speed);
        let spot = |flow: Dual<0>| Spot {
            flow: flow.value,
            head: self.head.at(flow, n).value,
        };
        let [surge, choke] = [spot(self.surge_at(n)), spot(self.choke_at(n))];
        if !(surge.flow > 0.0 && surge.head > 0.0) {
            return Err(format!(
                "its speed line at {speed} 1/min does not meet the surge line"
            ));
        }
        if !(choke.flow > surge.flow && choke.head > 0.0) {
            return Err(format!(
                "its speed line at {speed} 1/min does not meet the choke line beyond the surge line"
            ));
        }
        Ok([surge, choke])
    }

    /// The highest point of a speed line right of the surge line.
    fn peak_at(&self, speed: f64) -> Spot {
        let n = Dual::<0>::constant(speed);
        let flow = self.crest(n);
        Spot {
            flow: flow.value,
            head: self.head.at(flow, n).value,
        }
    }

    /// Whether the map is one: the head rises with speed, and with it the surge line.
    fn check(&self) -> Result<(), String> {
        const STEPS: usize = 16;
        let mut before = 0.0;
        for i in 0..=STEPS {
            let share = i as f64 / STEPS as f64;
            let speed = self.speed_min + share * (self.speed_max - self.speed_min);
            let [surge, choke] = self.ends(speed)?;
            for j in 0..=STEPS {
                let flow = surge.flow + j as f64 / STEPS as f64 * (choke.flow - surge.flow);
                self.check_at(flow, speed)?;
            }
            if surge.head < before {
                return Err(format!("its surge line falls at {speed} 1/min"));
            }
            before = surge.head;
        }
        Ok(())
    }

    fn check_at(&self, flow: f64, speed: f64) -> Result<(), String> {
        let (q, n) = (Dual::<0>::constant(flow), Dual::constant(speed));
        let place = || format!("at {flow:.4} m³/s and {speed} 1/min");
        let efficiency = self.efficiency.at(q, n).value;
        if self.head.per_n(q, n).value <= 0.0 {
            return Err(format!("its head does not rise with speed {}", place()));
        }
        if !(efficiency > 0.0 && efficiency <= 1.0) {
            return Err(format!("its efficiency is {efficiency:.3} {}", place()));
        }
        Ok(())
    }

    /// The speed up to which the map can be used beyond its highest speed.
    fn end_of_speeds(&self) -> f64 {
        let beyond = Dual::<0>::constant(self.speed_max * (1.0 + BEYOND));
        let [left, right] = self.fastest.map(|s| Dual::<0>::constant(s.flow));
        let rises = |q| self.head.per_n(q, beyond).value > 0.0;
        if rises(left) && rises(right) {
            beyond.value
        } else {
            self.speed_max
        }
    }

    /// Flow on the surge line at a speed.
    pub(crate) fn surge_at<const N: usize>(&self, speed: Dual<N>) -> Dual<N> {
        let above = less(self.head.along_x(speed), self.surge, Dual::constant(0.0));
        falling_quadratic(above)
    }

    /// Flow on the choke line at a speed.
    pub(crate) fn choke_at<const N: usize>(&self, speed: Dual<N>) -> Dual<N> {
        let zero = Dual::constant(0.0);
        falling_quadratic(match self.choke {
            Choke::Line(line) => less(self.head.along_x(speed), line, zero),
            Choke::Efficiency(least) => {
                less(self.efficiency.along_x(speed), [least, 0.0, 0.0], zero)
            }
        })
    }

    /// Flow of the highest point of a speed line right of the surge line.
    fn crest<const N: usize>(&self, speed: Dual<N>) -> Dual<N> {
        let [_, b, c] = self.head.along_x(speed);
        let surge = self.surge_at(speed);
        if c.value < 0.0 {
            surge.max(b / (c * -2.0))
        } else {
            surge
        }
    }

    /// Efficiency at a flow and a speed; where the fit falls below a tenth, smoothly above zero.
    pub(crate) fn efficiency_at<const N: usize>(&self, flow: Dual<N>, speed: Dual<N>) -> Dual<N> {
        const LEAST: f64 = 0.1;
        let fit = self.efficiency.at(flow, speed);
        if fit.value >= LEAST {
            return fit;
        }
        Dual::constant(LEAST * LEAST) / (-fit + 2.0 * LEAST)
    }

    /// Speed that brings a head at a flow.
    pub(crate) fn speed_for<const N: usize>(&self, flow: Dual<N>, head: Dual<N>) -> Dual<N> {
        let end = Dual::constant(self.speed_end);
        let reached = self.head.at(flow, end);
        if head.value > reached.value {
            let least = reached.value.max(1.0) / self.speed_end * 0.1;
            let slope = self.head.per_n(flow, end).max(Dual::constant(least));
            return end + (head - reached) / slope;
        }
        let [a, b, c] = self.head.along_n(flow);
        rising_quadratic([a - head, b, c])
    }

    /// Smallest flow at a head: on the surge line; above its end on the chord to the highest point.
    pub(crate) fn left_at<const N: usize>(&self, head: Dual<N>) -> Dual<N> {
        let (lowest, highest) = (self.slowest[0], self.fastest[0]);
        if head.value <= lowest.head {
            return Dual::constant(lowest.flow);
        }
        if head.value <= highest.head {
            let [a, b, c] = self.surge.map(Dual::constant);
            return rising_quadratic([a - head, b, c]);
        }
        if head.value >= self.peak.head || self.peak.flow <= highest.flow {
            return Dual::constant(self.peak.flow);
        }
        let slope = (self.peak.flow - highest.flow) / (self.peak.head - highest.head);
        (head - highest.head) * slope + highest.flow
    }

    /// Smallest head at a flow: at the lowest speed, or on the choke line.
    pub(crate) fn low_at<const N: usize>(&self, flow: Dual<N>) -> (Dual<N>, Limit) {
        let slow = self.head.at(flow, Dual::constant(self.speed_min));
        if flow.value <= self.slowest[1].flow {
            return (slow, Limit::SpeedMin);
        }
        let choke = match self.choke {
            Choke::Line(line) => polynomial(line.map(Dual::constant), flow),
            Choke::Efficiency(least) => {
                let [a, b, c] = self.efficiency.along_n(flow);
                self.head.at(flow, rising_quadratic([a - least, b, c]))
            }
        };
        (choke.max(slow), Limit::Choke)
    }

    /// The lowest head of the map.
    pub(crate) fn lowest_head(&self) -> f64 {
        self.slowest[1].head.min(self.slowest[0].head)
    }

    /// The largest flow of the map.
    pub(crate) fn largest_flow(&self) -> f64 {
        self.fastest[1].flow
    }

    /// Largest power at a point less the power that it needs; below the lowest speed, where the head
    /// asked for is less than that speed brings, with power and efficiency of the lowest speed.
    fn spare<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        flow: Dual<N>,
        head: Dual<N>,
    ) -> Dual<N> {
        let slowest = Dual::constant(self.speed_min);
        let speed = if head.value <= self.head.at(flow, slowest).value {
            slowest
        } else {
            self.speed_for(flow, head)
        };
        let power = density * flow * head / self.efficiency_at(flow, speed);
        engine.power_max(speed) - power
    }

    /// What the unit reaches with its drive.
    pub(crate) fn front<const N: usize>(&self, engine: &Engine, density: Dual<N>) -> Front<N> {
        Front {
            top: self.corner(engine, density, Border::Crest),
            end: self.corner(engine, density, Border::Choke),
        }
    }

    /// The fastest point of a border that the drive can hold.
    fn corner<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        border: Border,
    ) -> Corner<N> {
        let fixed = Dual::<1>::constant(density.value);
        let along = |n: Dual<1>| self.spare_at(engine, fixed, self.flow_on(border, n), n);
        let spare = |n: f64| along(Dual::constant(n)).value;
        let [slowest, fastest] = [self.speed_min, self.speed_max];
        if spare(fastest) >= 0.0 {
            return self.corner_at(border, Dual::constant(fastest));
        }
        if spare(slowest) <= 0.0 {
            return self.corner_at_slowest(engine, density, border);
        }
        let root = falling(slowest, fastest, along);
        let speed = root.implicit(|n| self.spare_at(engine, density, self.flow_on(border, n), n));
        self.corner_at(border, speed)
    }

    /// The point of the lowest speed line that the drive can hold, left of a border; where it can hold
    /// none, the head that its power brings at the left end.
    fn corner_at_slowest<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        border: Border,
    ) -> Corner<N> {
        let n = Dual::<N>::constant(self.speed_min);
        let [left, right] = [Border::Crest, border].map(|b| self.flow_on(b, n));
        let along = |q: Dual<1>| {
            let [density, n] = [density, n].map(|x| Dual::constant(x.value));
            self.spare_at(engine, density, q, n)
        };
        let limit = Limit::Power;
        if along(Dual::constant(left.value)).value <= 0.0 {
            let head = engine.power_max(n) * self.efficiency_at(left, n) / (density * left);
            let flow = left;
            return Corner { flow, head, limit };
        }
        let root = falling(left.value, right.value, along);
        let flow = root.implicit(|q| self.spare_at(engine, density, q, n));
        let head = self.head.at(flow, n);
        Corner { flow, head, limit }
    }

    fn corner_at<const N: usize>(&self, border: Border, speed: Dual<N>) -> Corner<N> {
        let flow = self.flow_on(border, speed);
        Corner {
            flow,
            head: self.head.at(flow, speed),
            limit: border.limit(),
        }
    }

    fn flow_on<const N: usize>(&self, border: Border, speed: Dual<N>) -> Dual<N> {
        match border {
            Border::Crest => self.crest(speed),
            Border::Choke => self.choke_at(speed),
        }
    }

    /// The largest flow at a head between the corners of the front.
    pub(crate) fn reach<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        head: Dual<N>,
    ) -> Reach<N> {
        let at_full_speed = self.flow_at_full_speed(head);
        let spare = |q: Dual<1>| {
            let [density, head] = [density, head].map(|x| Dual::constant(x.value));
            self.spare(engine, density, q, head)
        };
        let right = at_full_speed.value;
        if spare(Dual::constant(right)).value >= 0.0 {
            return Reach {
                flow: at_full_speed,
                limit: Limit::SpeedMax,
            };
        }
        let left = self.left_at(head);
        if spare(Dual::constant(left.value)).value <= 0.0 {
            return Reach {
                flow: left,
                limit: Limit::Power,
            };
        }
        let root = falling(left.value, right, spare);
        Reach {
            flow: root.implicit(|q| self.spare(engine, density, q, head)),
            limit: Limit::Power,
        }
    }

    /// The largest head at a flow between the corners of the front: the inverse of `reach`.
    pub(crate) fn head_at<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        flow: Dual<N>,
    ) -> Dual<N> {
        let [slowest, fastest] = [self.speed_min, self.speed_max];
        let fixed = [density, flow].map(|x| Dual::<1>::constant(x.value));
        let spare = |n: Dual<1>| self.spare_at(engine, fixed[0], fixed[1], n);
        if spare(Dual::constant(fastest)).value >= 0.0 {
            return self.head.at(flow, Dual::constant(fastest));
        }
        if spare(Dual::constant(slowest)).value <= 0.0 {
            let n = Dual::constant(slowest);
            return engine.power_max(n) * self.efficiency_at(flow, n) / (density * flow);
        }
        let root = falling(slowest, fastest, spare);
        let speed = root.implicit(|n| self.spare_at(engine, density, flow, n));
        self.head.at(flow, speed)
    }

    /// Largest power at a flow and a speed less the power that it needs.
    fn spare_at<const N: usize>(
        &self,
        engine: &Engine,
        density: Dual<N>,
        flow: Dual<N>,
        speed: Dual<N>,
    ) -> Dual<N> {
        let power = density * flow * self.head.at(flow, speed) / self.efficiency_at(flow, speed);
        engine.power_max(speed) - power
    }

    /// The flow of the highest speed line at a head, at most that on the choke line.
    fn flow_at_full_speed<const N: usize>(&self, head: Dual<N>) -> Dual<N> {
        let most = Dual::constant(self.fastest[1].flow);
        if head.value <= self.fastest[1].head {
            return most;
        }
        let line = self.head.along_x(Dual::constant(self.speed_max));
        falling_quadratic(less(line, [0.0; 3], head)).min(most)
    }

    /// The work at a point that is on the map or a little beyond.
    pub(crate) fn work<const N: usize>(&self, flow: Dual<N>, head: Dual<N>) -> Work<N> {
        let speed = self.speed_for(flow, head);
        Work {
            flow,
            head,
            speed,
            efficiency: self.efficiency_at(flow, speed),
        }
    }

    /// Head at a flow and a speed, J/kg.
    pub(crate) fn head_of(&self, flow: f64, speed: f64) -> f64 {
        let [q, n] = [flow, speed].map(Dual::<0>::constant);
        self.head.at(q, n).value
    }

    /// Coefficients of the efficiency over the flow at a speed.
    pub(crate) fn efficiency_along<const N: usize>(&self, speed: Dual<N>) -> [Dual<N>; 3] {
        self.efficiency.along_x(speed)
    }

    /// Surge and choke flow at a speed, m³/s.
    pub(crate) fn span(&self, speed: f64) -> [f64; 2] {
        let n = Dual::<0>::constant(speed);
        [self.surge_at(n).value, self.choke_at(n).value]
    }
}

impl Choke {
    fn of(map: &TurboMap) -> Result<Self, String> {
        match map.choke_efficiency {
            _ if map.choke_line.iter().any(|c| *c != 0.0) => {
                Ok(Self::Line(map.choke_line.map(|c| c * KILO)))
            }
            Some(least) => Ok(Self::Efficiency(least)),
            None => Err("it has neither a choke line nor an efficiency at choke".into()),
        }
    }
}

impl Spot {
    const NONE: Self = Self {
        flow: 0.0,
        head: 0.0,
    };
}
