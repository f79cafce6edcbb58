//! Random networks that MATGAS and LANL JSON can express: trees of pipes and fittings.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stderr,
    clippy::panic,
    unreachable_pub,
    reason = "shared by two test programs, each using a part"
)]

use linepack_formats::{Format, Loaded, Selection, read, write_as};
use linepack_gas::{EquationOfState, GAS_CONSTANT, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_network::{
    Case, CompressorStation, FrictionLaw, Header, InitialState, Interpolation, Network, Node,
    OffTake, Pipe, Profile, ProfileValues, Resistor, ResistorLoss, Scenario, Settings, ShortPipe,
    Supply, Terms, Valve,
};
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use std::path::PathBuf;

/// A folder of the public data, or none (said on stderr) where they are absent.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let data = std::env::var_os("LINEPACK_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = data.join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "skipped: {} not found (set LINEPACK_DATA to the folder of public networks)",
        folder.display()
    );
    None
}

/// Numbers from 0 to 1, one after the other.
pub struct Dice<'a>(pub std::slice::Iter<'a, f64>);

impl Dice<'_> {
    pub fn number(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.next().copied().unwrap_or(0.5)
    }

    fn yes(&mut self) -> bool {
        self.number(0.0, 1.0) > 0.5
    }

    fn maybe(&mut self, low: f64, high: f64) -> Option<f64> {
        let number = self.number(low, high);
        self.yes().then_some(number)
    }
}

/// A case of one tree, with one supply that holds a pressure.
pub fn network(dice: &mut Dice<'_>, stations: fn(&mut Dice<'_>, &mut CompressorStation)) -> Case {
    let mut case = empty(dice);
    let count = dice.number(3.0, 9.0) as usize;
    for i in 1..=count {
        let mut node = Node::new(i.to_string());
        node.pressure_min_pa = dice.maybe(2e5, 3e6);
        node.pressure_max_pa = Some(dice.number(8e6, 1e7));
        (node.x, node.y) = (Some(dice.number(-9.0, 9.0)), Some(dice.number(-9.0, 9.0)));
        case.network.nodes.push(node);
    }
    for to in 2..=count {
        let from = (dice.number(1.0, to as f64) as usize).min(to - 1);
        edge(
            dice,
            &mut case.network,
            from.to_string(),
            to.to_string(),
            stations,
        );
    }
    let mut supply = Supply::new("receipt_1", "1");
    supply.pressure_pa = Some(dice.number(4e6, 7e6));
    supply.flow_min = Some(FlowRate::mass(-dice.number(0.0, 10.0)));
    case.network.supplies.push(supply);
    for at in 2..=count {
        terminal(dice, &mut case, at);
    }
    case
}

fn edge(
    dice: &mut Dice<'_>,
    network: &mut Network,
    from: String,
    to: String,
    stations: fn(&mut Dice<'_>, &mut CompressorStation),
) {
    let name = |kind: &str, count: usize| Header::new(format!("{kind}_{}", count + 1));
    match dice.number(0.0, 9.0) as usize {
        0 => {
            let mut pipe = ShortPipe::new("", from, to);
            pipe.header = name("short_pipe", network.short_pipes.len());
            network.short_pipes.push(pipe);
        }
        1 => {
            let mut valve = Valve::new("", from, to);
            valve.header = name("valve", network.valves.len());
            network.valves.push(valve);
        }
        2 => {
            let (factor, diameter_m) = (dice.number(1.0, 50.0), dice.number(0.2, 1.0));
            let loss = ResistorLoss::Drag { factor, diameter_m };
            let mut resistor = Resistor::new("", from, to, loss);
            resistor.header = name("resistor", network.resistors.len());
            network.resistors.push(resistor);
        }
        3 => {
            let pressure_loss_pa = dice.number(1e3, 1e5);
            let loss = ResistorLoss::Constant { pressure_loss_pa };
            let mut resistor = Resistor::new("", from, to, loss);
            resistor.header = name("loss_resistor", network.resistors.len());
            network.resistors.push(resistor);
        }
        4 => {
            let mut station = CompressorStation::new("", from, to);
            station.header = name("compressor", network.compressor_stations.len());
            stations(dice, &mut station);
            network.compressor_stations.push(station);
        }
        _ => {
            let mut pipe = Pipe::new("", from, to);
            pipe.header = name("pipe", network.pipes.len());
            pipe.length_m = dice.number(1e3, 2e5);
            pipe.diameter_m = dice.number(0.2, 1.4);
            let darcy = dice.number(0.006, 0.03);
            pipe.friction = Some(FrictionLaw::Constant { darcy });
            network.pipes.push(pipe);
        }
    }
}

fn terminal(dice: &mut Dice<'_>, case: &mut Case, at: usize) {
    let flow = FlowRate::mass(dice.number(0.0, 50.0));
    if dice.yes() {
        let mut off_take = OffTake::new(format!("delivery_{at}"), at.to_string());
        off_take.flow = Some(flow);
        if dice.yes() {
            off_take.flow_profile = Some(profile(dice, case, &off_take.header.id));
        }
        case.network.off_takes.push(off_take);
    } else if dice.yes() {
        let mut supply = Supply::new(format!("receipt_{at}"), at.to_string());
        supply.flow = Some(flow);
        supply.flow_min = Some(FlowRate::mass(0.0));
        case.network.supplies.push(supply);
    }
}

fn profile(dice: &mut Dice<'_>, case: &mut Case, element: &str) -> String {
    let id = format!("{element}_flow");
    let end_s = case.scenario.duration_s;
    case.profiles.push(Profile {
        id: id.clone(),
        interpolation: Interpolation::Linear,
        values_are: ProfileValues::Flow(FlowRate::mass(1.0)),
        time_s: vec![0.0, (end_s * dice.number(0.1, 0.9)).round(), end_s],
        values: (0..3).map(|_| dice.number(0.5, 50.0)).collect(),
        period_s: None,
    });
    id
}

fn empty(dice: &mut Dice<'_>) -> Case {
    let temperature_k = dice.number(275.0, 310.0);
    Case {
        id: "tree".into(),
        title: "tree".into(),
        description: String::new(),
        settings: Settings {
            volume_reference: ReferenceConditions::US_14_696,
            heating_basis: HeatingBasis {
                gross: true,
                combustion_temperature_k: 288.15,
            },
            atmospheric_pressure_pa: 101_325.0,
            ground_temperature_k: temperature_k,
            friction: FrictionLaw::ColebrookWhite,
            cell_length_m: 2000.0,
            mesh_tolerance_pa: None,
            pressure_tolerance_pa: 1000.0,
            waves: false,
            step_max_s: 3600.0,
            checkpoint_s: 21_600.0,
            terms: Terms {
                inertia: true,
                kinetic: false,
                gravity: true,
            },
            heat: linepack_network::HeatSettings::default(),
            quality: linepack_network::QualitySettings::default(),
        },
        gas: GasSpec {
            substance: Substance::Pseudo(PseudoGas {
                molar_mass_kg_per_mol: dice.number(0.0162, 0.0195),
                critical_temperature_k: None,
                critical_pressure_pa: None,
                gross_heating_value_j_per_kg: None,
                net_heating_value_j_per_kg: None,
                isentropic_exponent: dice.number(1.2, 1.4),
            }),
            equation: EquationOfState::Constant {
                z: 8.314 / GAS_CONSTANT,
            },
            viscosity: Viscosity::Constant { pa_s: 1.1e-5 },
        },
        network: Network::default(),
        scenario: Scenario {
            name: "steady".into(),
            title: "steady".into(),
            start: jiff::Timestamp::UNIX_EPOCH,
            duration_s: dice.number(600.0, 1e5).round(),
            output_interval_s: 600.0,
            initial: InitialState::Steady,
            events: Vec::new(),
            rules: Vec::new(),
            interlocks: Vec::new(),
        },
        gases: Vec::new(),
        gas_profiles: Vec::new(),
        grounds: Vec::new(),
        quality_limits: Vec::new(),
        profiles: Vec::new(),
        stage: None,
        stages: Vec::new(),
        scenarios: vec!["steady".into()],
        assumptions: Vec::new(),
    }
}

/// The case written in a format and read again, and what the writer says is lost.
pub fn again(case: &Case, format: Format, name: &str) -> (Loaded, Vec<String>) {
    let written = write_as(case, format, name).expect("a format that is written");
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    for (name, text) in &written.files {
        std::fs::write(folder.path().join(name), text).expect("writable");
    }
    let path = folder.path().join(&written.files[0].0);
    let loaded = read(&path, &Selection::default()).unwrap_or_else(|diagnostics| {
        let list: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}\n{:?}", list.join("\n"), written.files)
    });
    (
        loaded,
        written.notes.iter().map(ToString::to_string).collect(),
    )
}

/// Speed of sound of a constant-Z gas, m/s.
pub fn speed(case: &Case) -> f64 {
    let (Substance::Pseudo(gas), EquationOfState::Constant { z }) =
        (&case.gas.substance, case.gas.equation)
    else {
        panic!("a pseudo gas of constant Z");
    };
    let rt = GAS_CONSTANT * case.settings.ground_temperature_k;
    (z * rt / gas.molar_mass_kg_per_mol).sqrt()
}

/// kg/s of a mass flow.
pub fn kg_per_s(flow: Option<FlowRate>) -> f64 {
    match flow {
        Some(FlowRate::Mass { kg_per_s }) => kg_per_s,
        other => panic!("{other:?}"),
    }
}

/// Everything but stations and terminals is the same, digit for digit.
pub fn same_passive(a: &Network, b: &Network) {
    let nodes = |n: &Network| -> Vec<String> {
        n.nodes
            .iter()
            .map(|n| {
                format!(
                    "{:?}",
                    (
                        &n.header,
                        n.x,
                        n.y,
                        n.elevation_m,
                        n.pressure_min_pa,
                        n.pressure_max_pa
                    )
                )
            })
            .collect()
    };
    assert_eq!(sorted(nodes(a)), sorted(nodes(b)));
    let pipes = |n: &Network| -> Vec<String> { n.pipes.iter().map(|p| format!("{p:?}")).collect() };
    assert_eq!(sorted(pipes(a)), sorted(pipes(b)));
    let rest = |n: &Network| -> Vec<String> {
        let short = n.short_pipes.iter().map(|e| format!("{e:?}"));
        let valves = n.valves.iter().map(|e| format!("{e:?}"));
        let resistors = n.resistors.iter().map(|e| format!("{e:?}"));
        short.chain(valves).chain(resistors).collect()
    };
    assert_eq!(sorted(rest(a)), sorted(rest(b)));
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

/// Withdrawal at a node less what is supplied there, kg/s, at a time, as profiles and set-points say.
pub fn withdrawn(case: &Case, node: &str, time_s: f64) -> f64 {
    let profile = |id: &Option<String>, base: Option<FlowRate>| match id {
        None => kg_per_s(base),
        Some(id) => {
            let profile = case
                .profiles
                .iter()
                .find(|p| p.id == *id)
                .expect("a profile");
            let i = profile
                .time_s
                .iter()
                .position(|t| (t - time_s).abs() < 1e-6);
            profile.values[i.expect("a point at that time")]
        }
    };
    let network = &case.network;
    let taken: f64 = network
        .off_takes
        .iter()
        .filter(|o| o.node == node)
        .map(|o| profile(&o.flow_profile, o.flow))
        .sum();
    let given: f64 = network
        .supplies
        .iter()
        .filter(|s| s.node == node && s.pressure_pa.is_none())
        .map(|s| profile(&s.flow_profile, s.flow))
        .sum();
    taken - given
}

/// The same withdrawals at all nodes, at the beginning and the end.
pub fn same_withdrawals(a: &Case, b: &Case) {
    for node in &a.network.nodes {
        for time_s in [0.0, a.scenario.duration_s] {
            let at = |case| withdrawn(case, &node.header.id, time_s);
            assert!((at(a) - at(b)).abs() < 1e-12, "node {}", node.header.id);
        }
    }
}
