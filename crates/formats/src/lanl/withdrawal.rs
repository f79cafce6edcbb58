//! Series of withdrawals that may be negative: what is withdrawn is an off-take, what is injected a
//! supply.

use crate::import::Import;
use linepack_network::{Case, Interpolation, OffTake, Profile, ProfileValues, Supply};
use linepack_units::FlowRate;

/// Lets an off-take follow a series of withdrawals, kg/s; where they are negative, a supply takes the
/// other half.
pub(crate) fn follow_off_take(
    import: &mut Import,
    case: &mut Case,
    index: usize,
    time_s: &[f64],
    values: &[f64],
) {
    let off_take = &case.network.off_takes[index];
    let (node, header) = (off_take.node.clone(), off_take.header.clone());
    let (out, back) = (part(time_s, values, 1.0), part(time_s, values, -1.0));
    case.network.off_takes[index].flow_profile = Some(out.add(case, &header.id));
    if back.is_nothing() {
        return;
    }
    let what = "withdrawals that turn negative: a supply is added";
    import.note(what, Some(&header.id));
    let id = format!("{}_in", header.id);
    let mut supply = Supply::new(id.as_str(), node);
    (supply.header.in_service, supply.header.status) = (header.in_service, header.status);
    supply.flow = Some(FlowRate::mass(0.0));
    supply.flow_profile = Some(back.add(case, &id));
    case.network.supplies.push(supply);
}

/// Lets a supply follow a series of withdrawals, kg/s; where they are positive, an off-take takes the
/// other half.
pub(crate) fn follow_supply(
    import: &mut Import,
    case: &mut Case,
    index: usize,
    time_s: &[f64],
    values: &[f64],
) {
    let supply = &case.network.supplies[index];
    let (node, header) = (supply.node.clone(), supply.header.clone());
    let (out, back) = (part(time_s, values, 1.0), part(time_s, values, -1.0));
    case.network.supplies[index].flow_profile = Some(back.add(case, &header.id));
    if out.is_nothing() {
        return;
    }
    let what = "injections that turn negative: an off-take is added";
    import.note(what, Some(&header.id));
    let id = format!("{}_out", header.id);
    let mut off_take = OffTake::new(id.as_str(), node);
    (off_take.header.in_service, off_take.header.status) = (header.in_service, header.status);
    off_take.flow = Some(FlowRate::mass(0.0));
    off_take.flow_profile = Some(out.add(case, &id));
    case.network.off_takes.push(off_take);
}

/// One sign of a series.
struct Part {
    time_s: Vec<f64>,
    values: Vec<f64>,
}

impl Part {
    fn is_nothing(&self) -> bool {
        self.values.iter().all(|v| *v == 0.0)
    }

    /// Adds it to the case as a profile; its name.
    fn add(self, case: &mut Case, element: &str) -> String {
        let id = format!("{element}_flow");
        case.profiles.push(Profile {
            id: id.clone(),
            interpolation: Interpolation::Linear,
            values_are: ProfileValues::Flow(FlowRate::mass(1.0)),
            time_s: self.time_s,
            values: self.values,
            period_s: None,
        });
        id
    }
}

/// The part of a piecewise linear series that has a sign, with the points where it begins and ends.
fn part(time_s: &[f64], values: &[f64], sign: f64) -> Part {
    let mut part = Part {
        time_s: Vec::with_capacity(time_s.len()),
        values: Vec::with_capacity(values.len()),
    };
    let mut last: Option<(f64, f64)> = None;
    for (&t, &v) in time_s.iter().zip(values) {
        if let Some((before, was)) = last
            && was * v < 0.0
        {
            let zero = before + (t - before) * was / (was - v);
            if zero > before && zero < t {
                part.time_s.push(zero);
                part.values.push(0.0);
            }
        }
        part.time_s.push(t);
        part.values.push((v * sign).max(0.0));
        last = Some((t, v));
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A straight line from 2 to -1 over 3 s crosses zero at 2 s.
    #[test]
    fn a_series_that_changes_sign() {
        let (out, back) = (
            part(&[0.0, 3.0], &[2.0, -1.0], 1.0),
            part(&[0.0, 3.0], &[2.0, -1.0], -1.0),
        );
        assert_eq!(
            (out.time_s, out.values),
            (vec![0.0, 2.0, 3.0], vec![2.0, 0.0, 0.0])
        );
        assert_eq!(
            (back.time_s, back.values),
            (vec![0.0, 2.0, 3.0], vec![0.0, 0.0, 1.0])
        );
    }
}
