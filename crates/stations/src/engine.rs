use crate::dual::Dual;
use crate::surface::{Surface, polynomial};
use linepack_network::{Drive, DriveKind, DrivePower};

/// A drive at the temperature of the air.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Engine {
    pub(crate) id: String,
    pub(crate) kind: DriveKind,
    /// Largest shaft power, W, over the speed, 1/min.
    power: [f64; 3],
    /// Energy taken, W, over shaft power, W.
    energy: [f64; 3],
}

/// Speeds, 1/min, over which a machine can be run at the largest power per turn, by recycling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// Power over speed there, W min.
    pub(crate) power_per_turn: f64,
}

const KELVIN: f64 = 273.15;
const KILO: f64 = 1e3;

impl Engine {
    pub(crate) fn new(drive: &Drive, ambient_temperature_k: f64) -> Self {
        let power = match &drive.power {
            DrivePower::AmbientAndSpeed(surface) => {
                let ambient = Dual::<0>::constant(ambient_temperature_k - KELVIN);
                Surface(*surface).along_n(ambient).map(|p| p.value)
            }
            DrivePower::Speed(power) => *power,
            _ => [0.0; 3],
        };
        let [e1, e2, e3] = drive.energy_rate;
        Self {
            id: drive.id.clone(),
            kind: drive.kind,
            power: power.map(|p| p * KILO),
            energy: [e1 * KILO, e2, e3 / KILO],
        }
    }

    /// Largest shaft power at a speed, W.
    pub(crate) fn power_max<const N: usize>(&self, speed: Dual<N>) -> Dual<N> {
        polynomial(self.power.map(Dual::constant), speed)
    }

    /// A speed between two at which it has no power.
    pub(crate) fn without_power(&self, [low, high]: [f64; 2]) -> Option<f64> {
        const STEPS: usize = 16;
        let speed = |i: usize| low + i as f64 / STEPS as f64 * (high - low);
        let power = |n: f64| self.power_max(Dual::<0>::constant(n)).value;
        let lacking = |power: f64| power.is_nan() || power <= 0.0;
        (0..=STEPS).map(speed).find(|n| lacking(power(*n)))
    }

    /// Its coefficients.
    pub(crate) fn power_over_speed(&self) -> [f64; 3] {
        self.power
    }

    /// The speeds between which no speed above brings less power per turn than those below: where a
    /// machine of constant volume per turn would reach more head at more flow.
    ///
    /// With P(n)/n = p₀/n + p₁ + p₂ n: none where it falls (p₀ ≥ 0 ≥ p₂); up to its highest point where
    /// it has one; otherwise from the speed at which it is that of the highest speed.
    pub(crate) fn level(&self, [low, high]: [f64; 2]) -> Option<Level> {
        let [p0, p1, p2] = self.power;
        let per_turn = |n: f64| p0 / n + p1 + p2 * n;
        let (from, to) = if p0 > 0.0 && p2 > 0.0 {
            ((p0 / (p2 * high)).max(low), high)
        } else if p0 < 0.0 && p2 < 0.0 {
            (low, (p0 / p2).sqrt().min(high))
        } else if p0 <= 0.0 && p2 >= 0.0 {
            (low, high)
        } else {
            return None;
        };
        (to > from).then(|| Level {
            from,
            to,
            power_per_turn: per_turn(to),
        })
    }

    /// Energy taken at a shaft power, W.
    pub(crate) fn energy<const N: usize>(&self, power: Dual<N>) -> Dual<N> {
        polynomial(self.energy.map(Dual::constant), power)
    }
}
