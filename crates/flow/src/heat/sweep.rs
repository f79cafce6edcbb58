//! The energy balance along one pipe.

use super::{At, Heat, Passage, kinetic, lift};
use crate::model::Model;
use crate::pipe::PipeMesh;

/// One volume: what leaves it goes by its own enthalpy, continued by the slope from the volume upstream.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    /// Σ q (1 + φ) of what flows out, kg/s.
    out: f64,
    /// Σ q H of what flows in and q φ H of the volume upstream, W.
    gain: f64,
}

/// Places of volumes and borders along a pipe, in cells: the half volumes at the ends have their middle a
/// quarter of a cell within.
fn middle(k: usize, n: usize) -> f64 {
    match k {
        0 => 0.25,
        _ if k == n => n as f64 - 0.25,
        _ => k as f64,
    }
}

/// Slope factor: distance of the border from the middle of the volume, over that of the middle of the
/// volume upstream (or of the end of the pipe).
fn slope(k: usize, n: usize, forward: bool) -> f64 {
    // Seen against the flow a pipe is the same.
    let k = if forward { k } else { n - k };
    let here = middle(k, n);
    let border = if k == n { n as f64 } else { k as f64 + 0.5 };
    let upstream = if k == 0 { 0.0 } else { middle(k - 1, n) };
    (border - here) / (here - upstream)
}

/// How far a slope counts, by what follows downstream: not at all where it changes its sign.
fn limited(upstream: f64, here: f64, downstream: f64) -> f64 {
    let before = here - upstream;
    if before.abs() < 1e-6 {
        return 1.0;
    }
    (2.0 * (downstream - here) / before).clamp(0.0, 1.0)
}

impl Heat {
    /// Factors on slopes, from the enthalpies as they are.
    pub(super) fn limit(&mut self, model: &Model, passage: &Passage) {
        for pipe in &model.pipes {
            let n = pipe.cells();
            let h = &self.enthalpy[pipe.faces()];
            let flow = &passage.segments[pipe.segments()];
            for k in 0..=n {
                let forward = flow[k.min(n - 1)] + flow[k.saturating_sub(1)] >= 0.0;
                let inner = k > 0 && k < n;
                self.limiter[pipe.first_face + k] = match (inner, forward) {
                    (false, _) => 1.0,
                    (true, true) => limited(h[k - 1], h[k], h[k + 1]),
                    (true, false) => limited(h[k + 1], h[k], h[k - 1]),
                };
            }
        }
    }

    /// Solves a pipe whose inflows are known, and lets its outflows go to its nodes; returns the heat that
    /// it loses, W.
    pub(super) fn pipe(&mut self, at: &At<'_>, index: usize) -> f64 {
        let pipe = &at.model.pipes[index];
        let n = pipe.cells();
        let flow = &at.passage.segments[pipe.segments()];
        let ends = at.passage.into_pipe(index);
        // Along the pipe's direction what depends on nothing behind it, then the rest against it.
        for k in 0..=n {
            if right(flow, ends, k, n) >= 0.0 {
                self.volume(at, pipe, ends, k);
            }
        }
        for k in (0..=n).rev() {
            if right(flow, ends, k, n) < 0.0 {
                self.volume(at, pipe, ends, k);
            }
        }
        for (end, &q) in ends.iter().enumerate().filter(|(_, q)| **q < 0.0) {
            let h = self.leaving(at, pipe, ends, end * n, end == 1);
            self.gain[pipe.nodes[end]] -= q * h;
            self.mass[pipe.nodes[end]] -= q;
        }
        let faces = pipe.faces();
        let [per_k, constant] = &self.loss;
        let parts = self.temperature[faces.clone()]
            .iter()
            .zip(&per_k[faces.clone()])
            .zip(&constant[faces]);
        self.pipe_loss[index] = parts.map(|((t, a), b)| a * t - b).sum();
        self.pipe_loss[index]
    }

    /// Enthalpy of what leaves a volume in a direction.
    fn leaving(
        &self,
        at: &At<'_>,
        pipe: &PipeMesh,
        ends: [f64; 2],
        k: usize,
        forward: bool,
    ) -> f64 {
        let here = self.enthalpy[pipe.first_face + k];
        let (factor, upstream) = self.upstream(at, pipe, ends, k, forward);
        here + factor * (here - upstream)
    }

    /// Factor on the slope, and the enthalpy upstream, of what leaves a volume in a direction; nothing
    /// where gas leaves it on both sides.
    fn upstream(
        &self,
        at: &At<'_>,
        pipe: &PipeMesh,
        ends: [f64; 2],
        k: usize,
        forward: bool,
    ) -> (f64, f64) {
        let n = pipe.cells();
        let flow = &at.passage.segments[pipe.segments()];
        let from_behind = match (forward, k) {
            (true, 0) => ends[0] > 0.0,
            (true, _) => flow[k - 1] > 0.0,
            (false, _) if k == n => ends[1] > 0.0,
            (false, _) => flow[k] < 0.0,
        };
        if !from_behind {
            return (0.0, 0.0);
        }
        let h = match (forward, k) {
            (true, 0) => self.node_enthalpy[pipe.nodes[0]],
            (true, _) => self.enthalpy[pipe.first_face + k - 1],
            (false, _) if k == n => self.node_enthalpy[pipe.nodes[1]],
            (false, _) => self.enthalpy[pipe.first_face + k + 1],
        };
        let factor = slope(k, n, forward) * self.limiter[pipe.first_face + k];
        (factor, h)
    }

    /// Solves one volume: k H + a T = b.
    fn volume(&mut self, at: &At<'_>, pipe: &PipeMesh, ends: [f64; 2], k: usize) {
        let n = pipe.cells();
        let face = pipe.first_face + k;
        let flow = &at.passage.segments[pipe.segments()];
        let mut sum = Sum::default();
        let borders = [
            (left(flow, ends, k), false),
            (-right(flow, ends, k, n), true),
        ];
        for (inward, forward) in borders {
            if inward > 0.0 {
                sum.gain += inward * self.arriving(at, pipe, ends, k, forward);
            } else if inward < 0.0 {
                let (factor, upstream) = self.upstream(at, pipe, ends, k, forward);
                sum.out -= inward * (1.0 + factor);
                sum.gain -= inward * factor * upstream;
            }
        }
        let volume = pipe.volume(k);
        let p = at.between(|s| s.pressure[face]);
        let mass = volume * at.between(|s| s.density[face]);
        let other =
            lift(at.model, pipe.elevation[k]) + at.between(|s| kinetic(at.model, pipe, s, k));
        let [per_k, constant] = [self.loss[0][face], self.loss[1][face]];
        let by_enthalpy = at.rate * mass + sum.out;
        let known = at.rate * (volume * p + self.hat[face]) + sum.gain + constant;
        let gas = &at.contents.new.mixture[face];
        let mut t = self.temperature[face];
        // Gas at rest in the steady state has the temperature of the ground.
        if by_enthalpy <= 1e-9 {
            if per_k > 0.0 {
                t = constant / per_k;
            }
            self.temperature[face] = t;
            self.enthalpy[face] = at.contents.gases.at(gas, p, t).enthalpy + other;
            return;
        }
        for _ in 0..8 {
            let point = at.contents.gases.at(gas, p, t);
            let off = by_enthalpy * (point.enthalpy + other) + per_k * t - known;
            let change = off / (by_enthalpy * point.heat_capacity + per_k);
            t -= change;
            // What is left is the square of this.
            if change.abs() < 1e-5 {
                break;
            }
        }
        self.temperature[face] = t;
        self.enthalpy[face] = (known - per_k * t) / by_enthalpy;
        self.content[1][face] = mass * self.enthalpy[face] - volume * p;
    }

    /// Enthalpy of what comes into a volume through its right (`forward`) or left border.
    fn arriving(
        &self,
        at: &At<'_>,
        pipe: &PipeMesh,
        ends: [f64; 2],
        k: usize,
        from_right: bool,
    ) -> f64 {
        match (from_right, k) {
            (false, 0) => self.node_enthalpy[pipe.nodes[0]],
            (false, _) => self.leaving(at, pipe, ends, k - 1, true),
            (true, _) if k == pipe.cells() => self.node_enthalpy[pipe.nodes[1]],
            (true, _) => self.leaving(at, pipe, ends, k + 1, false),
        }
    }
}

/// What flows into volume `k` through its left border, kg/s.
fn left(flow: &[f64], ends: [f64; 2], k: usize) -> f64 {
    if k == 0 { ends[0] } else { flow[k - 1] }
}

/// What flows out of volume `k` through its right border, kg/s.
fn right(flow: &[f64], ends: [f64; 2], k: usize, n: usize) -> f64 {
    if k == n { -ends[1] } else { flow[k] }
}
