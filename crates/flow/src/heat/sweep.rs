//! The energy balance along one pipe.

use super::{At, Heat, Passage, kinetic, lift};
use crate::contents::Shared;
use crate::model::Model;
use crate::pipe::PipeMesh;
use std::sync::Arc;

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
        let ends = at.passage.inward(index);
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
        if at.has_several(pipe) {
            let t = self.temperature[pipe.first_face + k];
            return self.leaving_mixed(at, pipe, ends, (k, forward), t)[0];
        }
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
            } else if inward < 0.0 && !at.has_several(pipe) {
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
        if at.has_several(pipe) {
            let row = Mixed {
                gain: sum.gain + constant,
                per_k,
                mass,
                stored: volume * p,
                other,
            };
            return self.mixed_volume(at, pipe, ends, k, row);
        }
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
            self.enthalpy[face] = at.contents.gases.heat(gas, p, t).enthalpy + other;
            return;
        }
        for _ in 0..8 {
            let point = at.contents.gases.heat(gas, p, t);
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

/// What is known of a volume in a pipe with several mixtures.
#[derive(Debug, Clone, Copy)]
struct Mixed {
    /// What flows in, and the heat that comes from the ground at 0 K, W.
    gain: f64,
    per_k: f64,
    mass: f64,
    /// V p, J.
    stored: f64,
    /// Lift and kinetic energy, J/kg.
    other: f64,
}

/// Where gases of a pipe differ, what leaves a volume has the composition of what passed its border in the
/// step, and the temperature of the volume continued by its slope; the volume itself holds what it held before and
/// took up since. Gas of one temperature then stays so, whatever mixtures pass.
impl Heat {
    /// Enthalpy of what leaves a volume of a temperature in a direction, and its slope by that.
    fn leaving_mixed(
        &self,
        at: &At<'_>,
        pipe: &PipeMesh,
        ends: [f64; 2],
        (k, forward): (usize, bool),
        t: f64,
    ) -> [f64; 2] {
        let face = pipe.first_face + k;
        let gas = &at.through(pipe)[k + usize::from(forward)];
        let p = at.between(|s| s.pressure[face]);
        let point = at.contents.gases.heat(gas, p, t);
        let (factor, _) = self.upstream(at, pipe, ends, k, forward);
        let before = self.temperature_upstream(pipe, k, forward);
        let other =
            lift(at.model, pipe.elevation[k]) + at.between(|s| kinetic(at.model, pipe, s, k));
        let enthalpy = point.enthalpy + other + factor * point.heat_capacity * (t - before);
        [enthalpy, (1.0 + factor) * point.heat_capacity]
    }

    fn temperature_upstream(&self, pipe: &PipeMesh, k: usize, forward: bool) -> f64 {
        match (forward, k) {
            (true, 0) => self.node_temperature[pipe.nodes[0]],
            (true, _) => self.temperature[pipe.first_face + k - 1],
            (false, _) if k == pipe.cells() => self.node_temperature[pipe.nodes[1]],
            (false, _) => self.temperature[pipe.first_face + k + 1],
        }
    }

    fn mixed_volume(&mut self, at: &At<'_>, pipe: &PipeMesh, ends: [f64; 2], k: usize, row: Mixed) {
        let (n, face) = (pipe.cells(), pipe.first_face + k);
        let flow = &at.passage.segments[pipe.segments()];
        let out = [
            (-left(flow, ends, k), false),
            (right(flow, ends, k, n), true),
        ];
        let mut t = self.temperature[face];
        for _ in 0..12 {
            let [h, cp] = at.enthalpy_of_volume(pipe, k, t);
            let content = row.mass * (h + row.other) - row.stored;
            let mut off = at.rate * (content - self.hat[face]) + row.per_k * t - row.gain;
            let mut slope = at.rate * row.mass * cp + row.per_k;
            for (q, forward) in out.into_iter().filter(|(q, _)| *q > 0.0) {
                let [h, cp] = self.leaving_mixed(at, pipe, ends, (k, forward), t);
                off += q * h;
                slope += q * cp;
            }
            let change = off / slope;
            t -= change;
            if change.abs() < 1e-9 {
                break;
            }
        }
        self.temperature[face] = t;
        self.enthalpy[face] = at.enthalpy_of_volume(pipe, k, t)[0] + row.other;
        let mut gain = row.gain - row.per_k * t;
        for (q, forward) in out.into_iter().filter(|(q, _)| *q > 0.0) {
            gain -= q * self.leaving_mixed(at, pipe, ends, (k, forward), t)[0];
        }
        self.content[1][face] = self.hat[face] + gain / at.rate;
    }
}

impl At<'_> {
    /// Means of what passed the borders of a pipe's volumes.
    fn through(&self, pipe: &PipeMesh) -> &[Shared] {
        // Pipes are in the order of their segments.
        let pipes = &self.model.pipes;
        let index = pipes.partition_point(|p| p.first_segment < pipe.first_segment);
        self.contents.through.get(index).map_or(&[], Vec::as_slice)
    }

    fn has_several(&self, pipe: &PipeMesh) -> bool {
        self.rate > 0.0 && !self.contents.through.is_empty() && !self.through(pipe).is_empty()
    }

    /// Enthalpy of what a volume holds at a temperature, and its slope.
    fn enthalpy_of_volume(&self, pipe: &PipeMesh, k: usize, t: f64) -> [f64; 2] {
        let face = pipe.first_face + k;
        let p = self.between(|s| s.pressure[face]);
        let [old, new] = &self.contents.volumes;
        let (a, b) = (&old[face], &new[face]);
        let of = |gas| {
            let point = self.contents.gases.heat(gas, p, t);
            [point.enthalpy, point.heat_capacity]
        };
        if Arc::ptr_eq(a, b) || self.place == 1.0 {
            return of(b);
        }
        let [before, after] = self.states.map(|s| s.density[face]);
        let (before, after) = ((1.0 - self.place) * before, self.place * after);
        let ([ha, ca], [hb, cb]) = (of(a), of(b));
        let mean = |x: f64, y: f64| (before * x + after * y) / (before + after);
        [mean(ha, hb), mean(ca, cb)]
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
