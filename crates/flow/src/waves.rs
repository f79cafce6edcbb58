//! Damping at the fronts of waves, for runs that resolve them (`waves` of the settings).
//!
//! On a staggered mesh of order 2 short waves are slower than long ones. A front no longer than a few
//! cells therefore draws a train of waves behind it, the first of which overshoots by 27 % of the front (the
//! integral of Airy's function), however fine the mesh. A bulk viscosity takes the train away: in the
//! momentum equation p is replaced by
//!
//!   p + ν ∂ρ/∂t,  ν = α dx a S,
//!
//! with the length dx of a cell, the speed of sound a and a sensor S of what is not smooth,
//!
//!   S_i = [ |ρ_(i+1) - 2 ρ_i + ρ_(i-1)| / (|ρ_(i+1) - ρ_i| + |ρ_i - ρ_(i-1)| + ε) ]²,
//!
//! the largest of five neighbours (VonNeumann and Richtmyer 1950 for the viscosity; Jameson, Schmidt and
//! Turkel 1981 for the sensor). S is 1 at kinks and extrema and of the order dx² elsewhere. By continuity
//! ∂ρ/∂t is minus the gradient of the flow, so that a flow stays a function of its own two pressures;
//! mass is conserved as without, and a steady state knows nothing of it. S is that of the state from
//! which a step starts. Checked by `tests/waves.rs`.

use crate::model::Model;
use crate::state::State;

/// α: with it a front on which time steps are as long as a wave needs for a cell does not overshoot.
const STRENGTH: f64 = 0.4;
/// A bend of this share of the tolerance of pressures is no kink.
const NOISE: f64 = 1e-2;
/// A kink is felt over so many faces to each side: waves move on during a step.
const REACH: usize = 2;

/// ν at each face, m²/s; empty where waves are not resolved.
#[derive(Debug, Clone, Default)]
pub(crate) struct Damping {
    sensor: Vec<f64>,
    viscosity: Vec<f64>,
}

impl Damping {
    pub(crate) fn new(model: &Model) -> Self {
        let on = model.settings.waves && model.settings.terms.inertia;
        let faces = if on { model.faces } else { 0 };
        Self {
            sensor: vec![0.0; faces],
            viscosity: vec![0.0; faces],
        }
    }

    /// ν at each face, m²/s; empty where waves are not resolved.
    pub(crate) fn viscosity(&self) -> &[f64] {
        &self.viscosity
    }

    /// Looks at the state from which a step starts.
    pub(crate) fn look(&mut self, model: &Model, state: &State) {
        if self.sensor.is_empty() {
            return;
        }
        let noise_pa = NOISE * model.settings.pressure_tolerance_pa;
        for pipe in &model.pipes {
            let faces = pipe.faces();
            let noise = noise_pa / (pipe.wave_speed * pipe.wave_speed);
            let sensor = &mut self.sensor[faces.clone()];
            sense(&state.density[faces.clone()], noise, sensor);
            let most = STRENGTH * pipe.dx * pipe.wave_speed;
            for (i, viscosity) in self.viscosity[faces].iter_mut().enumerate() {
                let near = i.saturating_sub(REACH)..(i + REACH + 1).min(sensor.len());
                *viscosity = most * sensor[near].iter().fold(0.0, |m: f64, s| m.max(*s));
            }
        }
    }
}

/// S along a pipe; at its ends that of the faces beside them.
fn sense(density: &[f64], noise: f64, sensor: &mut [f64]) {
    sensor.fill(0.0);
    for (three, s) in density.windows(3).zip(&mut sensor[1..]) {
        let (left, right) = (three[1] - three[0], three[2] - three[1]);
        let share = (right - left).abs() / (right.abs() + left.abs() + noise);
        *s = share * share;
    }
    let last = sensor.len() - 1;
    if last > 1 {
        (sensor[0], sensor[last]) = (sensor[1], sensor[last - 1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 at a kink against constant density and at an extremum; 0 on a straight line; on a parabola with
    /// slope g and second difference c at a face, (c/(2g))².
    #[test]
    fn kinks_and_extrema_are_sensed() {
        let sensed = |density: &[f64]| {
            let mut sensor = vec![0.0; density.len()];
            sense(density, 1e-300, &mut sensor);
            sensor
        };
        let kink = sensed(&[1.0, 1.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(kink[2..], [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(sensed(&[1.0, 2.0, 1.0]), [1.0; 3]);
        let parabola: Vec<f64> = (0..6).map(|i| f64::from(i * i)).collect();
        assert_eq!(sensed(&parabola)[3], (2.0_f64 / 12.0).powi(2));
    }
}
