//! What supplies and off-takes do at their nodes.

use super::{Points, Writer};

impl Writer<'_> {
    /// What supplies and off-takes do at their nodes.
    pub(super) fn flows(&mut self) {
        let network = &self.say.case.network;
        for supply in &network.supplies {
            if !self.is_written(&supply.header) {
                continue;
            }
            let id = supply.header.id.as_str();
            let node = self.node(&supply.node);
            let base = supply.pressure_pa;
            if let Some(points) = self.points(supply.pressure_profile.as_ref(), base, id) {
                self.hold(node, points, id);
                if supply.flow.is_some() || supply.flow_max.is_some() {
                    self.say.lost(
                        "flow limits of supplies that hold a pressure are left out",
                        Some(id),
                    );
                }
                continue;
            }
            let top = supply
                .flow
                .or(supply.flow_max)
                .map(|q| self.say.mass(q, id));
            let points = self
                .points(supply.flow_profile.as_ref(), top, id)
                .unwrap_or_default();
            let points = points.into_iter().map(|(t, v)| (t, -v)).collect();
            self.withdraw(node, points);
            if supply.pressure_max_pa.is_some() {
                self.say.lost(
                    "pressures at which supplies back off are left out",
                    Some(id),
                );
            }
        }
        for off_take in &network.off_takes {
            if !self.is_written(&off_take.header) {
                continue;
            }
            let id = off_take.header.id.as_str();
            let node = self.node(&off_take.node);
            let flow = off_take.flow.map(|q| self.say.mass(q, id));
            match self.points(off_take.flow_profile.as_ref(), flow, id) {
                Some(points) => self.withdraw(node, points),
                None => {
                    let base = off_take.pressure_pa;
                    let points = self.points(off_take.pressure_profile.as_ref(), base, id);
                    self.hold(node, points.unwrap_or_default(), id);
                }
            }
            if off_take.pressure_min_pa.is_some() || off_take.curtail {
                self.say
                    .lost("contract pressures of off-takes are left out", Some(id));
            }
        }
    }

    /// A set-point over the scenario; one point where it never changes.
    pub(super) fn points(
        &mut self,
        profile: Option<&String>,
        base: Option<f64>,
        id: &str,
    ) -> Option<Points> {
        let first = self.say.at_start(profile, base)?;
        let points = self.say.points(profile, base, id);
        Some(points.unwrap_or_else(|| vec![(0.0, first)]))
    }

    fn hold(&mut self, node: i64, points: Points, element: &str) {
        if !points.is_empty() && self.held.insert(node, points).is_some() {
            let what = "of several elements that hold the pressure of a node, one is written";
            self.say.lost(what, Some(element));
        }
    }

    /// Adds a withdrawal to those of its node.
    fn withdraw(&mut self, node: i64, points: Points) {
        let sum = match self.withdrawn.remove(&node) {
            Some(other) => sum(&other, &points),
            None => points,
        };
        self.withdrawn.insert(node, sum);
    }
}

/// The sum of two series of straight lines, at the times of both.
fn sum(a: &Points, b: &Points) -> Points {
    let mut times: Vec<f64> = a.iter().chain(b).map(|p| p.0).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
        .into_iter()
        .map(|t| (t, at(a, t) + at(b, t)))
        .collect()
}

/// A series of straight lines at a time; it holds before its first and after its last point.
fn at(points: &Points, time_s: f64) -> f64 {
    let after = points.partition_point(|p| p.0 <= time_s);
    match (
        after.checked_sub(1).and_then(|i| points.get(i)),
        points.get(after),
    ) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (time_s - a.0) / (b.0 - a.0),
        (Some(p), None) | (None, Some(p)) => p.1,
        (None, None) => 0.0,
    }
}
