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
        let network = &self.case.network;
        let mut all = Vec::new();
        let mut state = |kind, index, header, key, pressure_pa: Option<f64>, acts_at| {
            let stated = pressure_pa.map(|pressure_pa| Stated {
                kind,
                index,
                header,
                key,
                pressure_pa,
                acts_at,
            });
            all.extend(stated);
        };
        for (i, n) in network.nodes.iter().enumerate() {
            state(
                ElementKind::Node,
                i,
                &n.header,
                "pressure_max",
                n.pressure_max_pa,
                None,
            );
            state(
                ElementKind::Node,
                i,
                &n.header,
                "pressure_min",
                n.pressure_min_pa,
                None,
            );
        }
        for (i, p) in network.pipes.iter().enumerate() {
            state(
                ElementKind::Pipe,
                i,
                &p.header,
                "pressure_max",
                p.pressure_max_pa,
                None,
            );
        }
        for (i, v) in network.control_valves.iter().enumerate() {
            state(
                ElementKind::ControlValve,
                i,
                &v.header,
                "outlet_pressure",
                v.outlet_pressure_pa,
                Some(v.to.as_str()),
            );
            state(
                ElementKind::ControlValve,
                i,
                &v.header,
                "inlet_pressure",
                v.inlet_pressure_pa,
                Some(&v.from),
            );
        }
        for (i, s) in network.compressor_stations.iter().enumerate() {
            state(
                ElementKind::CompressorStation,
                i,
                &s.header,
                "discharge_pressure",
                s.discharge_pressure_pa,
                Some(s.to.as_str()),
            );
            state(
                ElementKind::CompressorStation,
                i,
                &s.header,
                "suction_pressure",
                s.suction_pressure_pa,
                Some(&s.from),
            );
        }
        for (i, s) in network.supplies.iter().enumerate() {
            state(
                ElementKind::Supply,
                i,
                &s.header,
                "pressure",
                s.pressure_pa,
                Some(s.node.as_str()),
            );
            state(
                ElementKind::Supply,
                i,
                &s.header,
                "pressure_max",
                s.pressure_max_pa,
                Some(&s.node),
            );
        }
        for (i, o) in network.off_takes.iter().enumerate() {
            state(
                ElementKind::OffTake,
                i,
                &o.header,
                "pressure",
                o.pressure_pa,
                Some(o.node.as_str()),
            );
            state(
                ElementKind::OffTake,
                i,
                &o.header,
                "pressure_min",
                o.pressure_min_pa,
                Some(&o.node),
            );
        }
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
