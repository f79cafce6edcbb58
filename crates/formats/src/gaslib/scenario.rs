//! `.scn`: what a scenario asks of the network.
//!
//! A scenario bounds flow and pressure at entries and exits and may state temperatures. Bounds of
//! pressure tighten those of the node; the lowest pressure of an exit is the contract pressure of
//! its off-take as well. A flow whose bounds agree is fixed; of others the mean is taken and noted.

use super::network::{Net, entry, exit};
use super::units::{PRESSURE, TEMPERATURE};
use super::xml::{Fields, File, called, is};
use crate::codes;
use crate::import::Import;
use crate::sources::Span;
use linepack_network::{Network, OffTake, Supply, nearest};
use linepack_units::FlowRate;
use roxmltree::Node as Xml;
use std::collections::HashMap;

/// A scenario.
pub(super) struct Nomination {
    pub(super) id: String,
    asks: Vec<Ask>,
    soils: Vec<(String, f64, Span)>,
    pub(super) soil_k: Option<f64>,
    pub(super) ambient_k: Option<f64>,
}

/// What is asked at a node.
struct Ask {
    node: String,
    /// An entry (true), an exit (false), or neither.
    entry: Option<bool>,
    low: Option<FlowRate>,
    high: Option<FlowRate>,
    pressure_min_pa: Option<f64>,
    pressure_max_pa: Option<f64>,
    span: Span,
}

/// Reads `<boundaryValue>`: its first scenario.
pub(super) fn read(file: &mut File<'_>, root: Xml<'_, '_>) -> Option<Nomination> {
    file.attributes(root, &[]);
    let mut first = None;
    for child in root.children().filter(Xml::is_element) {
        if is(child, "information") {
            continue;
        }
        if !is(child, "scenario") {
            file.unknown(child, &["scenario"]);
        } else if first.is_none() {
            first = Some(child);
        } else {
            file.note(
                "the file has several scenarios: only the first is read",
                child,
            );
        }
    }
    let Some(scenario) = first else {
        file.error(root, "the file has no <scenario>");
        return None;
    };
    Some(Nomination::read(file, scenario))
}

impl Nomination {
    fn read(file: &mut File<'_>, xml: Xml<'_, '_>) -> Self {
        file.attributes(xml, &["id"]);
        let mut nomination = Self {
            id: file.id(xml, "id").unwrap_or("").to_owned(),
            asks: Vec::new(),
            soils: Vec::new(),
            soil_k: None,
            ambient_k: None,
        };
        file.children(xml, |file, child| nomination.child(file, child));
        nomination
    }

    fn child(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) {
        const KNOWN: [&str; 7] = [
            "node",
            "pipe",
            "soilTemperature",
            "ambientTemperature",
            "scenarioTemperature",
            "scenarioProbability",
            "contractDate",
        ];
        match KNOWN.iter().find(|k| is(xml, k)).copied() {
            Some("node") => self.asks.extend(ask(file, xml)),
            Some("pipe") => self.pipe(file, xml),
            Some("soilTemperature") => self.soil_k = file.quantity(xml, &TEMPERATURE),
            Some("ambientTemperature") => self.ambient_k = file.quantity(xml, &TEMPERATURE),
            Some(name) => file
                .import
                .note(format!("{name} of the scenario is not used"), None),
            None => file.unknown(xml, &KNOWN),
        }
    }

    fn pipe(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) {
        file.attributes(xml, &["id"]);
        let mut fields = Fields::of(xml);
        let soil = fields.optional(file, "soilTemperature", &TEMPERATURE);
        if let (Some(id), Some(kelvin)) = (file.id(xml, "id"), soil) {
            self.soils.push((id.to_owned(), kelvin, file.span(xml)));
        }
        fields.done(file);
    }
}

fn ask(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<Ask> {
    file.attributes(xml, &["id", "type"]);
    let mut ask = Ask {
        node: file.id(xml, "id")?.to_owned(),
        entry: match xml.attribute("type").map(str::trim) {
            Some("entry") => Some(true),
            Some("exit") => Some(false),
            None | Some("" | "innode") => None,
            Some(other) => {
                let message = format!("the type of {} is \"{other}\"", called(xml));
                let problem = file.problem(xml, message);
                file.import
                    .report
                    .add(problem.label("expected entry or exit"));
                None
            }
        },
        low: None,
        high: None,
        pressure_min_pa: None,
        pressure_max_pa: None,
        span: file.span(xml),
    };
    for child in xml.children().filter(Xml::is_element) {
        ask.bound(file, child);
    }
    Some(ask)
}

impl Ask {
    fn bound(&mut self, file: &mut File<'_>, xml: Xml<'_, '_>) {
        const KNOWN: [&str; 4] = [
            "flow",
            "pressure",
            "contractPressureMin",
            "contractPressureMax",
        ];
        match KNOWN.iter().find(|k| is(xml, k)).copied() {
            Some("flow") => {
                let (Some(flow), Some((low, high))) = (file.flow(xml), sides(file, xml)) else {
                    return;
                };
                self.low = if low { Some(flow) } else { self.low };
                self.high = if high { Some(flow) } else { self.high };
            }
            Some(name) => {
                let Some(pressure_pa) = file.quantity(xml, &PRESSURE) else {
                    return;
                };
                let sides = match name {
                    "pressure" => sides(file, xml),
                    "contractPressureMin" => Some((true, false)),
                    _ => Some((false, true)),
                };
                self.tighten(pressure_pa, sides.unwrap_or_default());
            }
            None => file.unknown(xml, &KNOWN),
        }
    }

    fn tighten(&mut self, pressure_pa: f64, (low, high): (bool, bool)) {
        if low && pressure_pa > 0.0 {
            self.pressure_min_pa = tighter(self.pressure_min_pa, pressure_pa, f64::max);
        }
        if high {
            self.pressure_max_pa = tighter(self.pressure_max_pa, pressure_pa, f64::min);
        }
    }
}

fn tighter(old: Option<f64>, new: f64, choose: fn(f64, f64) -> f64) -> Option<f64> {
    Some(old.map_or(new, |old| choose(old, new)))
}

/// Which bounds an entry states: lower, upper.
fn sides(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<(bool, bool)> {
    match xml.attribute("bound").map(str::trim) {
        Some("lower") => Some((true, false)),
        Some("upper") => Some((false, true)),
        Some("both") | None => Some((true, true)),
        Some(other) => {
            let message = format!("the bound is \"{other}\"");
            let problem = file.problem(xml, message);
            file.import
                .report
                .add(problem.label("expected lower, upper or both"));
            None
        }
    }
}

/// Puts the scenario onto the network. Without one all flows are zero.
pub(super) fn apply(import: &mut Import, net: &mut Net, nomination: Option<&Nomination>) {
    let mut network = Placed::of(&mut net.network);
    if let Some(nomination) = nomination {
        for ask in &nomination.asks {
            network.ask(import, ask);
        }
        network.soils(import, &nomination.soils);
        network.ambient(nomination.ambient_k);
    }
    network.rest(import, nomination.is_some());
    network.other_way(import);
}

/// A network with its nodes, supplies and off-takes by name of the node.
struct Placed<'n> {
    network: &'n mut Network,
    nodes: HashMap<String, usize>,
    supplies: HashMap<String, usize>,
    off_takes: HashMap<String, usize>,
    asked: HashMap<String, ()>,
}

impl<'n> Placed<'n> {
    fn of(network: &'n mut Network) -> Self {
        let nodes = network.nodes.iter().enumerate();
        let supplies = network.supplies.iter().enumerate();
        let off_takes = network.off_takes.iter().enumerate();
        Self {
            nodes: nodes.map(|(i, n)| (n.header.id.clone(), i)).collect(),
            supplies: supplies.map(|(i, s)| (s.node.clone(), i)).collect(),
            off_takes: off_takes.map(|(i, o)| (o.node.clone(), i)).collect(),
            asked: HashMap::new(),
            network,
        }
    }

    fn ask(&mut self, import: &mut Import, ask: &Ask) {
        let Some(&node) = self.nodes.get(&ask.node) else {
            let message = format!("the scenario names a node \"{}\"", ask.node);
            let hint = nearest(&ask.node, self.nodes.keys().map(String::as_str));
            return wrong(
                import,
                ask.span,
                message,
                hint.map(|h| format!("a node \"{h}\" exists")),
            );
        };
        if self.asked.insert(ask.node.clone(), ()).is_some() {
            let message = format!("node \"{}\" stands twice in the scenario", ask.node);
            return wrong(import, ask.span, message, None);
        }
        self.pressures(node, ask);
        self.flow(import, ask);
    }

    fn pressures(&mut self, node: usize, ask: &Ask) {
        let node = &mut self.network.nodes[node];
        if let Some(low) = ask.pressure_min_pa {
            node.pressure_min_pa = tighter(node.pressure_min_pa, low, f64::max);
        }
        if let Some(high) = ask.pressure_max_pa {
            node.pressure_max_pa = tighter(node.pressure_max_pa, high, f64::min);
        }
        if let Some(&index) = self.off_takes.get(&ask.node) {
            self.network.off_takes[index].pressure_min_pa = ask.pressure_min_pa;
        }
    }

    fn flow(&mut self, import: &mut Import, ask: &Ask) {
        let Some(flow) = fixed(import, ask) else {
            return;
        };
        let (supply, off_take) = (self.supplies.get(&ask.node), self.off_takes.get(&ask.node));
        match (supply, off_take) {
            (Some(&index), _) => {
                let way = if ask.entry == Some(false) { -1.0 } else { 1.0 };
                self.network.supplies[index].flow = Some(flow.scaled(way));
            }
            (None, Some(&index)) => {
                let way = if ask.entry == Some(true) { -1.0 } else { 1.0 };
                self.network.off_takes[index].flow = Some(flow.scaled(way));
            }
            (None, None) => {
                let message = format!(
                    "the scenario states a flow at \"{}\", which is neither source nor sink",
                    ask.node
                );
                wrong(import, ask.span, message, None);
            }
        }
    }

    fn soils(&mut self, import: &mut Import, soils: &[(String, f64, Span)]) {
        if soils.is_empty() {
            return;
        }
        let pipes = self.network.pipes.iter().enumerate();
        let index: HashMap<_, _> = pipes.map(|(i, p)| (p.header.id.clone(), i)).collect();
        for (id, kelvin, span) in soils {
            match index.get(id) {
                Some(&i) => self.network.pipes[i].ground_temperature_k = Some(*kelvin),
                None => {
                    let message =
                        format!("the scenario names a pipe \"{id}\", which is not defined");
                    wrong(import, *span, message, None);
                }
            }
        }
    }

    fn ambient(&mut self, kelvin: Option<f64>) {
        for station in &mut self.network.compressor_stations {
            station.ambient_temperature_k = kelvin;
        }
    }

    /// What the scenario does not name has no flow.
    fn rest(&mut self, import: &mut Import, nominated: bool) {
        let zero = FlowRate::mass(0.0);
        let what = "not in the scenario: no flow";
        let mut note = |id: &str| nominated.then(|| import.note(what, Some(id)));
        for s in self
            .network
            .supplies
            .iter_mut()
            .filter(|s| s.flow.is_none())
        {
            s.flow = Some(zero);
            let _ = note(&s.node);
        }
        for o in self
            .network
            .off_takes
            .iter_mut()
            .filter(|o| o.flow.is_none())
        {
            o.flow = Some(zero);
            let _ = note(&o.node);
        }
    }

    /// Sinks that bring gas become supplies, sources that take some off-takes.
    fn other_way(&mut self, import: &mut Import) {
        let against = |flow: Option<FlowRate>| flow.is_some_and(|f| super::gas::size(f) < 0.0);
        let takes = |s: &mut Supply| against(s.flow);
        let brings = |o: &mut OffTake| against(o.flow);
        let (supplies, off_takes) = (&mut self.network.supplies, &mut self.network.off_takes);
        let taking: Vec<_> = supplies.extract_if(.., takes).collect();
        let bringing: Vec<_> = off_takes.extract_if(.., brings).collect();
        for s in taking {
            import.note(
                "a source with a flow out of the network: an off-take",
                Some(&s.node),
            );
            let mut o = OffTake::new(entry(&s.node), &s.node);
            o.header.label.clone_from(&s.header.label);
            o.flow = s.flow.map(|f| f.scaled(-1.0));
            o.flow_bounds.min = s.flow_max.map(|f| f.scaled(-1.0));
            o.flow_bounds.max = s.flow_min.map(|f| f.scaled(-1.0));
            off_takes.push(o);
        }
        for o in bringing {
            import.note(
                "a sink with a flow into the network: a supply",
                Some(&o.node),
            );
            let mut s = Supply::new(exit(&o.node), &o.node);
            s.header.label.clone_from(&o.header.label);
            s.flow = o.flow.map(|f| f.scaled(-1.0));
            let most = o.flow_bounds.min.map(|f| f.scaled(-1.0));
            s.flow_max = most.filter(|f| super::gas::size(*f) > 0.0);
            supplies.push(s);
        }
    }
}

/// The flow of a nomination.
fn fixed(import: &mut Import, ask: &Ask) -> Option<FlowRate> {
    match (ask.low, ask.high) {
        (Some(low), Some(high)) if low == high => Some(low),
        (Some(low), Some(high)) => {
            let what = "the scenario leaves a range of flow: its mean is taken";
            import.note(what, Some(&ask.node));
            match (low, high) {
                (
                    FlowRate::Volume {
                        m3_per_s: a,
                        reference,
                    },
                    FlowRate::Volume { m3_per_s: b, .. },
                ) => {
                    let m3_per_s = 0.5 * (a + b);
                    Some(FlowRate::Volume {
                        m3_per_s,
                        reference,
                    })
                }
                (FlowRate::Mass { kg_per_s: a }, FlowRate::Mass { kg_per_s: b }) => {
                    Some(FlowRate::mass(0.5 * (a + b)))
                }
                _ => {
                    let message = format!("the flow of \"{}\" has bounds of two kinds", ask.node);
                    wrong(import, ask.span, message, None);
                    None
                }
            }
        }
        (Some(one), None) | (None, Some(one)) => {
            let what = "the scenario has one bound of flow: it is taken";
            import.note(what, Some(&ask.node));
            Some(one)
        }
        (None, None) => None,
    }
}

fn wrong(import: &mut Import, span: Span, message: String, help: Option<String>) {
    let problem = crate::report::Problem::error(codes::FOREIGN_CONTENT, span, message);
    import.report.add(problem.help(help));
}
