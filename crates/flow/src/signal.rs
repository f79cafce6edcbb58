//! Set-points as functions of time.

use linepack_network::{Interpolation, Profile};

/// A set-point: what it is at any time of the run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Signal {
    /// Always the same.
    Constant(f64),
    /// `base` times a profile of the model.
    Profile { index: usize, base: f64 },
    /// Linear from one value to another, constant before and after.
    Ramp {
        start_s: f64,
        from: f64,
        end_s: f64,
        to: f64,
    },
}

impl Signal {
    pub(crate) fn at(&self, time_s: f64, profiles: &[Profile]) -> f64 {
        match *self {
            Self::Constant(value) => value,
            Self::Profile { index, base } => base * profile_value(&profiles[index], time_s),
            Self::Ramp {
                start_s,
                from,
                end_s,
                to,
            } => {
                if time_s >= end_s {
                    to
                } else if time_s <= start_s {
                    from
                } else {
                    from + (to - from) * (time_s - start_s) / (end_s - start_s)
                }
            }
        }
    }

    /// A ramp that begins with the present value.
    pub(crate) fn moved(&self, now_s: f64, to: f64, over_s: f64, profiles: &[Profile]) -> Self {
        if over_s <= 0.0 {
            return Self::Constant(to);
        }
        Self::Ramp {
            start_s: now_s,
            from: self.at(now_s, profiles),
            end_s: now_s + over_s,
            to,
        }
    }
}

/// The value of a profile at a time; at a step, the value that holds from then on.
pub(crate) fn profile_value(profile: &Profile, time_s: f64) -> f64 {
    let time = match profile.period_s {
        Some(period) => time_s - period * (time_s / period).floor(),
        None => time_s,
    };
    let next = next_point(&profile.time_s, time);
    if next == 0 {
        return profile.values[0];
    }
    let (last, value) = (profile.time_s[next - 1], profile.values[next - 1]);
    let Some(&until) = profile.time_s.get(next) else {
        return value;
    };
    match profile.interpolation {
        Interpolation::Step => value,
        Interpolation::Smooth => smooth(profile, next - 1, time),
        Interpolation::Linear => {
            value + (profile.values[next] - value) * (time - last) / (until - last)
        }
    }
}

/// The first point after a time; at once where points are evenly spaced.
fn next_point(points: &[f64], time: f64) -> usize {
    if let [first, second, ..] = *points {
        let guess = ((time - first) / (second - first)) as usize + 1;
        if let Some([before, after]) = points.get(guess.wrapping_sub(1)..=guess)
            && *before <= time
            && time < *after
        {
            return guess;
        }
    }
    points.partition_point(|&t| t <= time)
}

/// The cubic from point `i` to the next at a time between them, with slopes by `slope`.
fn smooth(profile: &Profile, i: usize, time: f64) -> f64 {
    let (t, y) = (&profile.time_s, &profile.values);
    let width = t[i + 1] - t[i];
    let x = (time - t[i]) / width;
    let rise = y[i + 1] - y[i];
    let (d0, d1) = (slope(profile, i) * width, slope(profile, i + 1) * width);
    y[i] + x * (d0 + x * (3.0 * rise - 2.0 * d0 - d1 + x * (d0 + d1 - 2.0 * rise)))
}

/// Slope at a point of a smooth profile: that of the parabola through it and its neighbours, across
/// the end of a period that closes; at other ends that of the chord.
fn slope(profile: &Profile, i: usize) -> f64 {
    let (t, y) = (&profile.time_s, &profile.values);
    let last = t.len() - 1;
    let chord = |a: usize| ((y[a + 1] - y[a]) / (t[a + 1] - t[a]), t[a + 1] - t[a]);
    if i > 0 && i < last && t[i + 1] - t[i] == t[i] - t[i - 1] {
        return (y[i + 1] - y[i - 1]) / (t[i + 1] - t[i - 1]);
    }
    let closes = t[0] == 0.0 && profile.period_s == Some(t[last]) && y[0] == y[last];
    let ((before, left), (after, right)) = match i {
        0 if closes => (chord(last - 1), chord(0)),
        0 => return chord(0).0,
        _ if i == last && closes => (chord(last - 1), chord(0)),
        _ if i == last => return chord(last - 1).0,
        _ => (chord(i - 1), chord(i)),
    };
    (before * right + after * left) / (left + right)
}

/// The times in (0, end) at which a profile bends or jumps, and whether it jumps there.
pub(crate) fn knots(profile: &Profile, end_s: f64) -> Vec<(f64, bool)> {
    let jumps = profile.interpolation == Interpolation::Step;
    if profile.interpolation == Interpolation::Smooth {
        return ends(profile, end_s);
    }
    let period = profile.period_s.unwrap_or(f64::INFINITY);
    let rounds = if period.is_finite() {
        (end_s / period).ceil() as usize
    } else {
        1
    };
    let wraps = period.is_finite() && {
        let (first, last) = (profile.values.first(), profile.values.last());
        jumps || first != last || profile.time_s.last() != Some(&period)
    };
    let mut found = Vec::new();
    for round in 0..rounds {
        let origin = if round == 0 {
            0.0
        } else {
            round as f64 * period
        };
        found.extend(profile.time_s.iter().map(|&t| (origin + t, jumps)));
        if round > 0 && wraps {
            found.push((origin, true));
        }
    }
    found.retain(|&(t, _)| t > 0.0 && t < end_s);
    found
}

/// The knots of a smooth profile: none between its points; it bends where it ends, or where it
/// begins anew without closing smoothly.
fn ends(profile: &Profile, end_s: f64) -> Vec<(f64, bool)> {
    let (Some(&first), Some(&last)) = (profile.time_s.first(), profile.time_s.last()) else {
        return Vec::new();
    };
    let whole = first == 0.0 && profile.period_s == Some(last);
    let closes = whole && profile.values.first() == profile.values.last();
    let mut found = vec![(first, false), (last, false)];
    if let Some(period) = profile.period_s.filter(|p| p.is_finite()) {
        let rounds = (end_s / period).ceil() as usize;
        found = (0..rounds)
            .flat_map(|n| {
                [
                    (n as f64 * period + first, !closes),
                    (n as f64 * period + last, !closes),
                ]
            })
            .filter(|_| !closes)
            .collect();
    }
    found.retain(|&(t, _)| t > 0.0 && t < end_s);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use linepack_network::ProfileValues;

    fn sine(points: usize, period_s: Option<f64>) -> Profile {
        let time_s: Vec<f64> = (0..=points)
            .map(|i| 86_400.0 * i as f64 / points as f64)
            .collect();
        let turn = std::f64::consts::TAU / 86_400.0;
        let mut values: Vec<f64> = time_s.iter().map(|t| (turn * t).sin()).collect();
        values[points] = values[0];
        Profile {
            id: "sine".into(),
            interpolation: Interpolation::Smooth,
            values_are: ProfileValues::Factor,
            time_s,
            values,
            period_s,
        }
    }

    /// Hourly values of a sine over a day: the error of the cubic in the middle of an hour is
    /// 3/128 h⁴ of the amplitude, 1.1e-4 at h = 2π/24.
    #[test]
    fn smooth_profiles_follow_a_sine() {
        let profile = sine(24, Some(86_400.0));
        for minute in 0..3000 {
            let t = 60.0 * f64::from(minute);
            let want = (std::f64::consts::TAU * t / 86_400.0).sin();
            let error = (profile_value(&profile, t) - want).abs();
            assert!(error < 4e-4, "{minute}: {error}");
        }
        assert!(knots(&profile, 172_800.0).is_empty());
        assert!(!knots(&sine(24, None), 172_800.0).is_empty());
    }
}
