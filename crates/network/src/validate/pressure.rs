//! Pressures: impossible ones, odd ones, and those above what pipes and nodes may have.

use super::{Checks, bara, called, element};
use crate::{ElementKind, Finding, Header, codes};
use std::collections::HashMap;

/// A pressure that a case states.
struct Stated<'c> {
    kind: ElementKind,
    index: usize,
    header: &'c Header,
    key: &'static str,
    pressure_pa: f64,
    /// The node where it would act, for what the network must bear.
    acts_at: Option<&'c str>,
}

impl Stated<'_> {
    /// Whether it is a lowest pressure at the atmosphere, which is how formats say that there is none.
    fn is_no_limit(&self) -> bool {
        const LOWEST: [&str; 3] = ["pressure_min", "suction_pressure", "inlet_pressure"];
        LOWEST.contains(&self.key) && (0.9e5..=1.1e5).contains(&self.pressure_pa)
    }
}

impl<'c> Checks<'c> {
    pub(super) fn pressures(&mut self) {
        let limits = self.limits_by_node();
        for stated in self.stated() {
            self.possible(&stated);
            if let Some((limit_pa, whose)) = stated.acts_at.and_then(|node| limits.get(node)) {
                self.bearable(&stated, *limit_pa, whose);
            }
        }
        for (index, node) in self.case.network.nodes.iter().enumerate() {
            if let (Some(low), Some(high)) = (node.pressure_min_pa, node.pressure_max_pa)
                && low > high
            {
                let name = called(ElementKind::Node, &node.header);
                let message = format!(
                    "the lowest pressure of {name} is {}, the highest {}",
                    bara(low),
                    bara(high)
                );
                let finding = Finding::error(
                    codes::MIN_ABOVE_MAX,
                    element(ElementKind::Node, index),
                    message,
                );
                self.add(finding.at("pressure_min", "above `pressure_max`"));
            }
        }
    }

    fn stated(&self) -> Vec<Stated<'c>> {
        use ElementKind::{CompressorStation, ControlValve, Node, OffTake, Pipe, Supply};
        let n = &self.case.network;
        let mut all = Vec::new();
        all.extend(stated_by(Node, &n.nodes, |n| {
            let of_node = [
                ("pressure_max", n.pressure_max_pa, None),
                ("pressure_min", n.pressure_min_pa, None),
            ];
            (&n.header, of_node)
        }));
        all.extend(stated_by(Pipe, &n.pipes, |p| {
            (&p.header, [("pressure_max", p.pressure_max_pa, None)])
        }));
        all.extend(stated_by(ControlValve, &n.control_valves, |v| {
            let of_valve = [
                ("outlet_pressure", v.outlet_pressure_pa, Some(&v.to)),
                ("inlet_pressure", v.inlet_pressure_pa, Some(&v.from)),
            ];
            (&v.header, of_valve)
        }));
        all.extend(stated_by(CompressorStation, &n.compressor_stations, |s| {
            let of_station = [
                ("discharge_pressure", s.discharge_pressure_pa, Some(&s.to)),
                ("suction_pressure", s.suction_pressure_pa, Some(&s.from)),
            ];
            (&s.header, of_station)
        }));
        all.extend(stated_by(Supply, &n.supplies, |s| {
            let of_supply = [
                ("pressure", s.pressure_pa, Some(&s.node)),
                ("pressure_max", s.pressure_max_pa, Some(&s.node)),
            ];
            (&s.header, of_supply)
        }));
        all.extend(stated_by(OffTake, &n.off_takes, |o| {
            let of_off_take = [
                ("pressure", o.pressure_pa, Some(&o.node)),
                ("pressure_min", o.pressure_min_pa, Some(&o.node)),
            ];
            (&o.header, of_off_take)
        }));
        all
    }

    /// What each node, with the pipes that meet there, may have at most, and whose limit that is.
    fn limits_by_node(&self) -> HashMap<&'c str, (f64, String)> {
        let mut limits: HashMap<&str, (f64, String)> = HashMap::new();
        let mut limit = |node: &'c str, pressure_pa: Option<f64>, whose: &dyn Fn() -> String| {
            let Some(pressure_pa) = pressure_pa else {
                return;
            };
            let lowest = limits.get(node).map_or(f64::INFINITY, |l| l.0);
            if pressure_pa < lowest {
                limits.insert(node, (pressure_pa, whose()));
            }
        };
        for node in &self.case.network.nodes {
            let whose = || called(ElementKind::Node, &node.header);
            limit(&node.header.id, node.pressure_max_pa, &whose);
        }
        for pipe in self
            .case
            .network
            .pipes
            .iter()
            .filter(|p| p.header.in_service)
        {
            let whose = || called(ElementKind::Pipe, &pipe.header);
            limit(&pipe.from, pipe.pressure_max_pa, &whose);
            limit(&pipe.to, pipe.pressure_max_pa, &whose);
        }
        limits
    }

    fn possible(&mut self, stated: &Stated<'_>) {
        let (p, place) = (stated.pressure_pa, element(stated.kind, stated.index));
        let text = format!(
            "`{}` of {} is {}",
            stated.key,
            called(stated.kind, stated.header),
            bara(p)
        );
        if p <= 0.0 {
            self.add(
                Finding::error(codes::NOT_POSITIVE, place, text)
                    .at(stated.key, "expected more than vacuum"),
            );
        } else if p < 1.5e5 && !stated.is_no_limit() {
            let finding = Finding::warning(codes::ODD_PRESSURE, place, text);
            let help = "was a gauge pressure meant, or another unit?".to_owned();
            self.add(
                finding
                    .at(stated.key, "hardly above the atmosphere")
                    .help(help),
            );
        } else if p > 3e7 {
            let finding = Finding::warning(codes::ODD_PRESSURE, place, text);
            let help = "was another unit meant?".to_owned();
            self.add(
                finding
                    .at(stated.key, "above what pipelines bear")
                    .help(help),
            );
        }
    }

    fn bearable(&mut self, stated: &Stated<'_>, limit_pa: f64, whose: &str) {
        if stated.pressure_pa > limit_pa * (1.0 + 1e-9) && stated.header.in_service {
            let name = called(stated.kind, stated.header);
            let message = format!(
                "`{}` of {name} is {}, above the {} that {whose} may have",
                stated.key,
                bara(stated.pressure_pa),
                bara(limit_pa)
            );
            let finding = Finding::warning(
                codes::ABOVE_LIMIT,
                element(stated.kind, stated.index),
                message,
            );
            self.add(finding.at(stated.key, "above the maximum pressure"));
        }
    }
}

/// A key, the pressure stated there, and the node at which it acts.
type StatedAt<'c> = (&'static str, Option<f64>, Option<&'c String>);

/// The pressures that the elements of a kind state, with their keys.
fn stated_by<'c, T, const N: usize>(
    kind: ElementKind,
    elements: &'c [T],
    of: impl Fn(&'c T) -> (&'c Header, [StatedAt<'c>; N]),
) -> impl Iterator<Item = Stated<'c>> {
    elements
        .iter()
        .enumerate()
        .flat_map(move |(index, element)| {
            let (header, stated) = of(element);
            stated
                .into_iter()
                .filter_map(move |(key, pressure_pa, acts_at)| {
                    Some(Stated {
                        kind,
                        index,
                        header,
                        key,
                        pressure_pa: pressure_pa?,
                        acts_at: acts_at.map(String::as_str),
                    })
                })
        })
}
