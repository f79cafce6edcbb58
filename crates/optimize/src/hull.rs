//! Lines below the law of a pipe.

/// Tangents of a curve.
pub(crate) const TANGENTS: usize = 9;

/// c over its range, forward and back; κ; and what the law takes at rest and in slow flow.
pub(crate) struct Coefficients {
    pub forward: [f64; 2],
    pub back: [f64; 2],
    pub kappa: f64,
    pub rest: f64,
}

/// Lines s q + b below the curve that is c₊ q² for q > 0 and -c₋ q² for q < 0, over a range of flows.
pub(crate) fn below([plus, minus]: [f64; 2], [low, high]: [f64; 2]) -> Vec<(f64, f64)> {
    let tangent = |c: f64, q: f64| (2.0 * c * q, -c * q * q);
    if low >= 0.0 {
        let points = (0..=TANGENTS).map(|k| low + (high - low) * k as f64 / TANGENTS as f64);
        return points.map(|q| tangent(plus, q)).collect();
    }
    let chord = |to: f64, value: f64| {
        let start = -minus * low * low;
        let slope = (value - start) / (to - low).max(1e-12);
        (slope, start - slope * low)
    };
    if high <= 0.0 {
        return vec![chord(high, -minus * high * high)];
    }
    let touch = match plus > 0.0 {
        true => low + low.abs() * (1.0 + minus / plus).sqrt(),
        false => f64::INFINITY,
    };
    if touch >= high {
        return vec![chord(high, plus * high * high)];
    }
    let points = (0..=TANGENTS).map(|k| touch + (high - touch) * k as f64 / TANGENTS as f64);
    points.map(|q| tangent(plus, q)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line lies below the curve, and the best of them touches it where it is convex.
    #[test]
    fn lines_lie_below_the_curve() {
        for flows in [
            [-1.0, 2.0],
            [0.0, 3.0],
            [0.5, 0.5],
            [-2.0, -1.0],
            [-3.0, 0.2],
        ] {
            let curve = |q: f64| if q > 0.0 { 0.9 * q * q } else { -1.1 * q * q };
            let lines = below([0.9, 1.1], flows);
            for k in 0..=200 {
                let q = flows[0] + (flows[1] - flows[0]) * f64::from(k) / 200.0;
                let best = lines
                    .iter()
                    .map(|(s, b)| s * q + b)
                    .fold(f64::NEG_INFINITY, f64::max);
                assert!(best <= curve(q) + 1e-12, "{flows:?} at {q}");
            }
            let high = lines
                .iter()
                .map(|(s, b)| s * flows[1] + b)
                .fold(f64::NEG_INFINITY, f64::max);
            assert!((high - curve(flows[1])).abs() < 1e-12, "{flows:?}");
        }
    }
}
