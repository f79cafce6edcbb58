use crate::GAS_CONSTANT;

/// Which root of the cubic is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The largest volume.
    Vapour,
    /// The one of lower Gibbs energy.
    Stable,
}

/// A composition at one temperature, ready for the equation.
#[derive(Debug, Clone)]
pub(crate) struct Mixed {
    pub(super) deltas: [f64; 2],
    pub(super) temperature: f64,
    /// a and its first two derivatives with temperature.
    pub(super) a: f64,
    pub(super) a_t: f64,
    pub(super) a_tt: f64,
    pub(super) b: f64,
    /// Volume shift of the mixture, m3/mol.
    pub(super) shift: f64,
    /// Σ_j x_j a_ij and its derivative with temperature, of each component.
    pub(super) rows: Vec<f64>,
    pub(super) row_slopes: Vec<f64>,
    pub(super) covolumes: Vec<f64>,
}

/// Pressure and its derivatives at a volume.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Isotherm {
    pub(crate) pressure: f64,
    /// dp/dv, Pa mol/m3.
    pub(crate) by_volume: f64,
    /// dp/dT at constant volume, Pa/K.
    pub(crate) by_temperature: f64,
}

impl Mixed {
    /// The volume shift, m3/mol: what is subtracted from the volume of the equation.
    pub(crate) fn shift(&self) -> f64 {
        self.shift
    }

    /// Pressure at a volume of the equation (m3/mol, not shifted).
    pub(crate) fn isotherm(&self, v: f64) -> Isotherm {
        let [d1, d2] = self.deltas;
        let rt = GAS_CONSTANT * self.temperature;
        let (free, q1, q2) = (v - self.b, v + d1 * self.b, v + d2 * self.b);
        let attraction = 1.0 / (q1 * q2);
        Isotherm {
            pressure: rt / free - self.a * attraction,
            by_volume: -rt / (free * free) + self.a * attraction * (1.0 / q1 + 1.0 / q2),
            by_temperature: GAS_CONSTANT / free - self.a_t * attraction,
        }
    }

    /// Residual Helmholtz energy over RT and its first two derivatives with temperature.
    pub(crate) fn helmholtz(&self, v: f64) -> [f64; 3] {
        let t = self.temperature;
        let log = self.log(v) / (GAS_CONSTANT * self.b);
        // -a/T and its derivatives.
        let a = self.a / t;
        let a_t = (self.a_t - a) / t;
        let a_tt = (self.a_tt - 2.0 * a_t) / t;
        [-(1.0 - self.b / v).ln() - a * log, -a_t * log, -a_tt * log]
    }

    /// ln((v + δ1 b)/(v + δ2 b))/(δ1 - δ2).
    pub(super) fn log(&self, v: f64) -> f64 {
        let [d1, d2] = self.deltas;
        ((v + d1 * self.b) / (v + d2 * self.b)).ln() / (d1 - d2)
    }

    /// The volume of the equation (m3/mol, not shifted) at a pressure.
    pub(crate) fn volume(&self, pressure: f64, phase: Phase) -> f64 {
        let rt = GAS_CONSTANT * self.temperature;
        let (big_a, big_b) = (self.a * pressure / (rt * rt), self.b * pressure / rt);
        let [low, high] = self.roots(big_a, big_b).map(|z| z * rt / pressure);
        match phase {
            Phase::Vapour => high,
            Phase::Stable if high <= low => high,
            Phase::Stable => {
                let gibbs = |v: f64| {
                    let z = pressure * v / rt;
                    self.helmholtz(v)[0] + z - 1.0 - z.ln()
                };
                if gibbs(low) < gibbs(high) { low } else { high }
            }
        }
    }

    /// Smallest and largest root in Z above B.
    fn roots(&self, a: f64, b: f64) -> [f64; 2] {
        let [d1, d2] = self.deltas;
        let (sum, product) = (d1 + d2, d1 * d2);
        let c2 = (sum - 1.0) * b - 1.0;
        let c1 = a + product * b * b - sum * b * (b + 1.0);
        let c0 = -(a * b + product * b * b * (b + 1.0));
        let f = |z: f64| ((z + c2) * z + c1) * z + c0;
        let slope = |z: f64| (3.0 * z + 2.0 * c2) * z + c1;
        let polish = |mut z: f64| {
            for _ in 0..3 {
                let step = f(z) / slope(z);
                if step.is_finite() && step.abs() < 0.1 * z.abs() {
                    z -= step;
                }
            }
            z
        };
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for z in cubic_roots(c2, c1, c0) {
            let z = polish(z);
            if z > b {
                (low, high) = (low.min(z), high.max(z));
            }
        }
        [low, high]
    }

    /// Second virial coefficient of the shifted equation, m3/mol.
    pub(crate) fn second_virial(&self) -> f64 {
        self.b - self.a / (GAS_CONSTANT * self.temperature) - self.shift
    }

    /// Whether the pressure falls all the way from infinite volume down to this one, so that it is
    /// on the gas branch.
    pub(crate) fn is_gas(&self, volume: f64) -> bool {
        const SAMPLES: usize = 32;
        (1..=SAMPLES).all(|i| {
            let v = volume * SAMPLES as f64 / i as f64;
            self.isotherm(v).by_volume < 0.0
        })
    }
}

/// The real roots of z3 + c2 z2 + c1 z + c0.
fn cubic_roots(c2: f64, c1: f64, c0: f64) -> Vec<f64> {
    let third = c2 / 3.0;
    let q = third * third - c1 / 3.0;
    let r = third.powi(3) - (third * c1 - c0) / 2.0;
    if r * r < q.powi(3) {
        let angle = (r / q.powf(1.5)).clamp(-1.0, 1.0).acos();
        let turn = 2.0 * std::f64::consts::PI;
        return [0.0, turn, -turn]
            .map(|shift| -2.0 * q.sqrt() * ((angle + shift) / 3.0).cos() - third)
            .to_vec();
    }
    let big = -(r.abs() + (r * r - q.powi(3)).sqrt()).cbrt().copysign(r);
    let small = if big == 0.0 { 0.0 } else { q / big };
    vec![big + small - third]
}
