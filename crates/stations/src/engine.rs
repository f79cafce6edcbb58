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

/// Speeds, 1/min, between which the power per turn does not fall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// Whether it rises from the lowest speed: with recycling, a machine of constant volume per turn
    /// then reaches at any speed below what it reaches at the last.
    pub(crate) rises: bool,
    /// Power over speed that can be counted on, W min: at the last speed where it rises from the
    /// lowest, else at the first.
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

    /// The speeds between which the power per turn does not fall.
    ///
    /// With P(n)/n = p₀/n + p₁ + p₂ n: none where it falls throughout (p₀ ≥ 0 ≥ p₂); where it rises
    /// from the lowest speed, up to its highest point; where it falls first, from its lowest point on.
    pub(crate) fn level(&self, [low, high]: [f64; 2]) -> Option<Level> {
        let [p0, p1, p2] = self.power;
        let per_turn = |n: f64| p0 / n + p1 + p2 * n;
        let turning = (p0 / p2).max(0.0).sqrt();
        let (from, to, rises) = if p0 > 0.0 && p2 > 0.0 {
            (turning.max(low), high, turning <= low)
        } else if p0 < 0.0 && p2 < 0.0 {
            (low, turning.min(high), true)
        } else if p0 <= 0.0 && p2 >= 0.0 {
            (low, high, p0 < 0.0 || p2 > 0.0)
        } else {
            return None;
        };
        (to > from).then(|| Level {
            from,
            to,
            rises,
            power_per_turn: per_turn(if rises { to } else { from }),
        })
    }

    /// Energy taken at a shaft power, W.
    pub(crate) fn energy<const N: usize>(&self, power: Dual<N>) -> Dual<N> {
        polynomial(self.energy.map(Dual::constant), power)
    }
}
