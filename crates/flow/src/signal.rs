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
    let next = profile.time_s.partition_point(|&t| t <= time);
    if next == 0 {
        return profile.values[0];
    }
    let (last, value) = (profile.time_s[next - 1], profile.values[next - 1]);
    let Some(&until) = profile.time_s.get(next) else {
        return value;
    };
    match profile.interpolation {
        Interpolation::Step => value,
        _ => value + (profile.values[next] - value) * (time - last) / (until - last),
    }
}

/// The times in (0, end) at which a profile bends or jumps, and whether it jumps there.
pub(crate) fn knots(profile: &Profile, end_s: f64) -> Vec<(f64, bool)> {
    let jumps = profile.interpolation == Interpolation::Step;
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
