use super::saturation::{Saturation, Solved};
use crate::GasError;

/// A point of the phase envelope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnvelopePoint {
    /// Pressure, Pa.
    pub pressure_pa: f64,
    /// Temperature, K.
    pub temperature_k: f64,
}

/// The line in pressure and temperature inside which a mixture is two phases.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseEnvelope {
    /// Dew points, from low pressure up to the critical point.
    pub dew: Vec<EnvelopePoint>,
    /// Bubble points, from the critical point on; empty when the line does not close.
    pub bubble: Vec<EnvelopePoint>,
    /// The critical point, if the line passes one.
    pub critical: Option<EnvelopePoint>,
    /// The highest temperature at which liquid can form.
    pub cricondentherm: EnvelopePoint,
    /// The highest pressure at which liquid can form, if the line passes one.
    pub cricondenbar: Option<EnvelopePoint>,
}

/// Pressure at which the line starts and ends, Pa.
const START_PA: f64 = 2e4;
/// Pressure beyond which a line counts as open, Pa.
const OPEN_PA: f64 = 60e6;
/// Temperature below which the line is not followed, K.
const COLD_K: f64 = 100.0;
/// Most points of a line.
const POINTS: usize = 600;
/// Longest step in ln T, ln p and ln K.
const LONGEST: [f64; 3] = [0.015, 0.15, 0.3];
/// Where all ln K are smaller than this, both phases are nearly the same.
const NEAR_CRITICAL: f64 = 0.04;

/// A line as it was traced, with the solutions that its points came from.
#[derive(Debug)]
pub(super) struct Traced {
    pub(super) dew: Vec<Solved>,
    pub(super) envelope: PhaseEnvelope,
}

/// A point of the line with the direction in which it goes on.
struct Step {
    solved: Solved,
    tangent: Vec<f64>,
}

/// Follows the line from a dew point at low pressure, by Michelsen's continuation: each point is found
/// by Newton with the unknown specified that changes most, from where the last tangent points.
///
/// Checked by `tests/published/phase.rs` against another program.
pub(super) fn trace(saturation: &Saturation<'_>) -> Result<Traced, GasError> {
    let lost = || GasError::OutOfRange("the phase envelope could not be followed".into());
    let n = saturation.len();
    let first = saturation.start(START_PA).ok_or_else(lost)?;
    let tangent = first.slopes.clone();
    let mut line = vec![Step {
        solved: first,
        tangent,
    }];
    let (mut scale, mut critical_after) = (0.3, None);
    while line.len() < POINTS {
        let last = &line[line.len() - 1];
        let Some(next) = advance(saturation, last, &mut scale) else {
            break;
        };
        if critical_after.is_none() && crossed(&last.solved, &next.solved, n) {
            critical_after = Some(line.len());
        }
        let (t, p) = (
            next.solved.unknowns[n].exp(),
            next.solved.unknowns[n + 1].exp(),
        );
        line.push(next);
        if (critical_after.is_some() && p < START_PA) || p > OPEN_PA || t < COLD_K {
            break;
        }
    }
    if line.len() < 10 {
        return Err(lost());
    }
    let points = line.into_iter().map(|step| step.solved).collect();
    Ok(assemble(saturation, points, critical_after))
}

/// Whether K passes one between two points.
fn crossed(a: &Solved, b: &Solved, n: usize) -> bool {
    let heaviest = (0..n)
        .max_by(|&i, &j| a.unknowns[i].abs().total_cmp(&a.unknowns[j].abs()))
        .unwrap_or(0);
    a.unknowns[heaviest] * b.unknowns[heaviest] < 0.0
}

/// The longest step of an unknown.
fn longest(unknown: usize, n: usize) -> f64 {
    LONGEST[if unknown == n {
        0
    } else if unknown == n + 1 {
        1
    } else {
        2
    }]
}

/// The next point along the line; the scale of the step adapts to the iterations that it takes.
fn advance(saturation: &Saturation<'_>, last: &Step, scale: &mut f64) -> Option<Step> {
    let n = saturation.len();
    let (x, tangent) = (&last.solved.unknowns, &last.tangent);
    let size = |k: usize| tangent[k].abs() / longest(k, n);
    // Near the critical point only the K tell the two sides apart.
    let largest = x[..n].iter().fold(0.0f64, |m, k| m.max(k.abs()));
    let candidates = if largest < 8.0 * NEAR_CRITICAL {
        n
    } else {
        n + 2
    };
    let specified = (0..candidates).max_by(|&i, &j| size(i).total_cmp(&size(j)))?;
    for _ in 0..12 {
        let mut step = tangent[specified].signum() * *scale * longest(specified, n);
        let ahead = x[specified] + step;
        if specified < n && ahead.abs() < NEAR_CRITICAL && ahead.abs() < x[specified].abs() {
            // Over the critical point, on which both phases are the same.
            step = -x[specified] - x[specified].signum() * NEAR_CRITICAL;
        }
        let ratio = step / tangent[specified];
        let guess: Vec<f64> = x.iter().zip(tangent).map(|(x, t)| x + t * ratio).collect();
        let solved = saturation.solve(&guess, specified, guess[specified]);
        if let Some(solved) = solved.filter(|solved| is_next(last, solved, n)) {
            *scale = match solved.iterations {
                0..=4 => (*scale * 1.4).min(1.0),
                5..=6 => *scale,
                _ => *scale * 0.6,
            };
            return Some(Step {
                tangent: oriented(&solved.slopes, x, &solved.unknowns),
                solved,
            });
        }
        *scale *= 0.5;
    }
    None
}

/// Whether a solution is the neighbour that was looked for, and not the trivial one of two equal
/// phases or a far one.
fn is_next(last: &Step, next: &Solved, n: usize) -> bool {
    let near = (0..n + 2).all(|k| {
        let moved = (next.unknowns[k] - last.solved.unknowns[k]).abs();
        moved < 4.0 * longest(k, n)
    });
    let apart = next.unknowns[..n]
        .iter()
        .any(|k| k.abs() > 0.2 * NEAR_CRITICAL);
    near && apart
}

/// A tangent in the direction from the last point to the new one.
fn oriented(slopes: &[f64], from: &[f64], to: &[f64]) -> Vec<f64> {
    let along: f64 = slopes
        .iter()
        .zip(from.iter().zip(to))
        .map(|(s, (a, b))| s * (b - a))
        .sum();
    slopes.iter().map(|s| s * along.signum()).collect()
}

/// The line with its extremes, which are found as turning points by Newton.
fn assemble(
    saturation: &Saturation<'_>,
    mut points: Vec<Solved>,
    critical_after: Option<usize>,
) -> Traced {
    let n = saturation.len();
    let critical = critical_after.map(|k| between(&points[k - 1], &points[k], n));
    let bubble = points.split_off(critical_after.unwrap_or(points.len()));
    let shown = |points: &[Solved]| {
        points
            .iter()
            .map(|s| point(&s.unknowns, n))
            .collect::<Vec<_>>()
    };
    let (dew_line, bubble_line) = (shown(&points), shown(&bubble));
    let all: Vec<&Solved> = points.iter().chain(&bubble).collect();
    let (warmest, highest) = (extreme(&all, n), extreme(&all, n + 1));
    let refined = |k: usize, of: usize| {
        turning_point(saturation, all[k], of).unwrap_or_else(|| point(&all[k].unknowns, n))
    };
    let inner = highest > 0 && highest + 1 < all.len();
    Traced {
        envelope: PhaseEnvelope {
            cricondentherm: refined(warmest, n),
            cricondenbar: inner.then(|| refined(highest, n + 1)),
            dew: dew_line,
            bubble: bubble_line,
            critical,
        },
        dew: points,
    }
}

/// The place of the largest value of an unknown.
fn extreme(points: &[&Solved], unknown: usize) -> usize {
    let value = |k: usize| points[k].unknowns[unknown];
    (0..points.len())
        .max_by(|&i, &j| value(i).total_cmp(&value(j)))
        .unwrap_or(0)
}

/// Where one of ln T and ln p turns: the secant rule on its slope along the other.
fn turning_point(
    saturation: &Saturation<'_>,
    near: &Solved,
    unknown: usize,
) -> Option<EnvelopePoint> {
    let n = saturation.len();
    let other = 2 * n + 1 - unknown;
    let slope = |solved: &Solved| solved.slopes[unknown] / solved.slopes[other];
    let mut a = saturation.solve(&near.unknowns, other, near.unknowns[other])?;
    let mut b = saturation.solve(&a.unknowns, other, a.unknowns[other] + 1e-3)?;
    for _ in 0..12 {
        let (x, y) = (a.unknowns[other], b.unknowns[other]);
        let step = slope(&b) * (y - x) / (slope(&b) - slope(&a));
        let next = saturation.solve(&b.unknowns, other, y - step.clamp(-0.1, 0.1))?;
        (a, b) = (b, next);
        if step.abs() < 1e-8 {
            break;
        }
    }
    Some(point(&b.unknowns, n))
}

/// The point of a solution.
fn point(unknowns: &[f64], n: usize) -> EnvelopePoint {
    EnvelopePoint {
        pressure_pa: unknowns[n + 1].exp(),
        temperature_k: unknowns[n].exp(),
    }
}

/// Where ln K passes zero between two points, along a straight line.
fn between(a: &Solved, b: &Solved, n: usize) -> EnvelopePoint {
    let largest = (0..n)
        .max_by(|&i, &j| a.unknowns[i].abs().total_cmp(&a.unknowns[j].abs()))
        .unwrap_or(0);
    let (k, l) = (a.unknowns[largest], b.unknowns[largest]);
    let share = k / (k - l);
    let mixed: Vec<f64> = a
        .unknowns
        .iter()
        .zip(&b.unknowns)
        .map(|(x, y)| x + share * (y - x))
        .collect();
    point(&mixed, n)
}
