//! Random native cases: what GasLib can express comes back, what it cannot is listed.

use crate::round_trip::{again, same};
use linepack_formats::{Format, Selection, read_str, write_as};
use linepack_gas::{EquationOfState, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_network::{
    Case, CheckValve, Compressor, CompressorKind, CompressorStation, Configuration, ControlState,
    ControlValve, Drive, DriveKind, DrivePower, FlowBounds, Header, Leak, LeakPlace, Machines,
    MapPoint, Network, Node, OffTake, Pipe, PistonData, PowerPoint, Resistor, ResistorLoss,
    ShortPipe, Stage, StageUnit, StationState, Supply, TurboMap, Valve,
};
use linepack_units::FlowRate;
use proptest::prelude::*;

/// Numbers from 0 to 1, one after the other.
struct Dice<'a>(std::slice::Iter<'a, f64>);

impl Dice<'_> {
    fn number(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.next().copied().unwrap_or(0.5)
    }

    fn yes(&mut self) -> bool {
        self.number(0.0, 1.0) > 0.5
    }

    fn maybe(&mut self, low: f64, high: f64) -> Option<f64> {
        let number = self.number(low, high);
        self.yes().then_some(number)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.number(0.0, count as f64) as usize).min(count - 1)
    }

    fn some<const N: usize>(&mut self) -> [f64; N] {
        std::array::from_fn(|_| self.number(-1.0, 1.0) * 10f64.powf(self.number(-12.0, 6.0)))
    }

    fn header(&mut self, id: &str) -> Header {
        let mut header = Header::new(id);
        if self.yes() {
            header.label = "a <label> & \"more\" – ☃\nof it".to_owned();
        }
        header
    }

    fn bounds(&mut self) -> FlowBounds {
        FlowBounds {
            min: self.maybe(-900.0, -1.0).map(FlowRate::mass),
            max: self.maybe(100.0, 900.0).map(FlowRate::mass),
        }
    }

    fn loss(&mut self) -> ResistorLoss {
        if self.yes() {
            ResistorLoss::Drag {
                factor: self.number(0.0, 60.0),
                diameter_m: self.number(0.1, 1.2),
            }
        } else {
            ResistorLoss::Constant {
                pressure_loss_pa: self.number(0.0, 1e5),
            }
        }
    }
}

fn node_id(at: usize) -> String {
    format!("node {at} é")
}

fn node(dice: &mut Dice<'_>, at: usize) -> Node {
    let place = dice
        .yes()
        .then(|| [dice.number(-180.0, 180.0), dice.number(-90.0, 90.0)]);
    Node {
        header: dice.header(&node_id(at)),
        x: place.map(|p| p[0]),
        y: place.map(|p| p[1]),
        elevation_m: dice.number(-50.0, 50.0),
        pressure_min_pa: dice.maybe(1.6e5, 3e6),
        pressure_max_pa: dice.maybe(8e6, 1e7),
        temperature_min_k: None,
        temperature_max_k: None,
        quality_limits: None,
    }
}

fn pipe(dice: &mut Dice<'_>, from: usize, to: usize) -> Pipe {
    Pipe {
        header: dice.header(&format!("pipe {to}")),
        length_m: dice.number(5e3, 2e5),
        diameter_m: dice.number(0.3, 1.4),
        roughness_m: dice.number(1e-6, 1e-4),
        pressure_min_pa: dice.maybe(2e5, 1e6),
        pressure_max_pa: dice.maybe(1.01e7, 2e7),
        flow_bounds: dice.bounds(),
        heat_transfer_w_per_m2_k: dice.maybe(0.5, 5.0),
        ground_temperature_k: dice.maybe(270.0, 310.0),
        route: if dice.yes() {
            vec![[7.0, dice.number(-9.0, 9.0)], [7.5, 51.25]]
        } else {
            Vec::new()
        },
        ..Pipe::new("", node_id(from), node_id(to))
    }
}

fn turbo(dice: &mut Dice<'_>) -> TurboMap {
    let mut measurements = Vec::new();
    for at in 0..dice.below(4) {
        measurements.push(MapPoint {
            speed_per_min: dice.maybe(3e3, 1e4),
            efficiency: (at > 1).then(|| dice.number(0.6, 0.9)),
            volume_flow_m3_per_s: dice.number(1.0, 9.0),
            head_kj_per_kg: dice.number(10.0, 60.0),
        });
    }
    TurboMap {
        head: dice.some(),
        efficiency: dice.some(),
        surge_line: dice.some(),
        choke_line: dice.some(),
        choke_efficiency: dice.maybe(0.5, 0.8),
        measurements,
    }
}

fn machines(dice: &mut Dice<'_>) -> Machines {
    let kinds = [
        DriveKind::GasTurbine,
        DriveKind::GasDrivenMotor,
        DriveKind::ElectricMotor,
        DriveKind::SteamTurbine,
    ];
    let count = 1 + dice.below(3);
    let id = |what: &str, at: usize| format!("{what} {at}");
    let compressor = |dice: &mut Dice<'_>, at| Compressor {
        id: id("compressor", at),
        drive: id("drive", at),
        speed_min_per_min: dice.number(100.0, 3e3),
        speed_max_per_min: dice.number(4e3, 1e4),
        kind: if dice.yes() {
            CompressorKind::Turbo(turbo(dice))
        } else {
            CompressorKind::Piston(PistonData {
                operating_volume_m3: dice.number(0.1, 1.0),
                torque_max_nm: dice.maybe(100.0, 9e4),
                ratio_max: dice.number(1.5, 3.0),
                efficiency: dice.number(0.7, 0.95),
                additional_reduction_m3_per_s: dice.number(0.0, 0.5),
            })
        },
    };
    let drive = |dice: &mut Dice<'_>, at| Drive {
        id: id("drive", at),
        kind: kinds[dice.below(4)],
        energy_rate: dice.some(),
        power: if dice.yes() {
            DrivePower::Speed(dice.some())
        } else {
            DrivePower::AmbientAndSpeed(dice.some())
        },
        energy_measurements: (0..dice.below(3)).map(|_| dice.some()).collect(),
        power_measurements: (0..dice.below(3))
            .map(|_| PowerPoint {
                ambient_celsius: dice.maybe(-20.0, 40.0),
                speed_per_min: dice.number(1e3, 9e3),
                power_kw: dice.number(1e3, 2e4),
            })
            .collect(),
    };
    let unit = |dice: &mut Dice<'_>, at| StageUnit {
        compressor: id("compressor", at),
        nominal_speed_per_min: dice.maybe(1e3, 9e3),
    };
    Machines {
        compressors: (0..count).map(|at| compressor(dice, at)).collect(),
        drives: (0..count).map(|at| drive(dice, at)).collect(),
        configurations: vec![Configuration {
            id: "all in series".to_owned(),
            stages: (0..count)
                .map(|at| Stage {
                    units: vec![unit(dice, at)],
                })
                .collect(),
        }],
    }
}

fn station(dice: &mut Dice<'_>, from: usize, to: usize) -> CompressorStation {
    let with = dice.yes().then(|| Box::new(machines(dice)));
    let (efficiency, driver) = if with.is_some() {
        (1.0, 1.0)
    } else {
        (0.8, 0.35)
    };
    CompressorStation {
        header: dice.header(&format!("station {to}")),
        state: [
            StationState::Running,
            StationState::Bypass,
            StationState::Closed,
        ][dice.below(3)],
        discharge_pressure_pa: Some(dice.number(6e6, 7e6)),
        suction_pressure_pa: dice.maybe(3.1e6, 4e6),
        flow_min: dice.maybe(1.0, 9.0).map(FlowRate::mass),
        flow_max: dice.maybe(300.0, 900.0).map(FlowRate::mass),
        units: with.as_ref().map_or(1, |m| m.compressors.len()),
        fuel_from_line: with
            .as_ref()
            .is_some_and(|m| m.drives.iter().any(|d| d.kind.burns_gas())),
        machines: with,
        loss_in: Some(dice.loss()),
        loss_out: Some(dice.loss()),
        discharge_temperature_k: dice.maybe(280.0, 320.0),
        ambient_temperature_k: Some(290.0),
        fuel_at_discharge: dice.yes(),
        internal_bypass: dice.yes(),
        isentropic_efficiency: efficiency,
        driver_efficiency: driver,
        ..CompressorStation::new("", node_id(from), node_id(to))
    }
}

fn control_valve(dice: &mut Dice<'_>, from: usize, to: usize) -> ControlValve {
    ControlValve {
        header: dice.header(&format!("control valve {to}")),
        state: [
            ControlState::Active,
            ControlState::Bypass,
            ControlState::Closed,
        ][dice.below(3)],
        outlet_pressure_pa: Some(dice.number(2e6, 5e6)),
        inlet_pressure_pa: dice.maybe(2e6, 5e6),
        pressure_differential_min_pa: Some(dice.number(0.0, 1e5)),
        pressure_differential_max_pa: dice.maybe(1e6, 9e6),
        loss_in: Some(dice.loss()),
        loss_out: Some(dice.loss()),
        outlet_temperature_min_k: dice.maybe(275.0, 290.0),
        flow_bounds: dice.bounds(),
        ..ControlValve::new("", node_id(from), node_id(to))
    }
}

/// Joins a node to one before it by something.
fn join(dice: &mut Dice<'_>, network: &mut Network, to: usize) {
    let from = dice.below(to);
    let (a, b) = (node_id(from), node_id(to));
    match dice.below(8) {
        0 => network.short_pipes.push(ShortPipe {
            header: dice.header(&format!("short {to}")),
            flow_bounds: dice.bounds(),
            ..ShortPipe::new("", a, b)
        }),
        1 => network.resistors.push(Resistor {
            header: dice.header(&format!("resistor {to}")),
            flow_bounds: dice.bounds(),
            ..Resistor::new("", a, b, dice.loss())
        }),
        2 => network.valves.push(Valve {
            header: dice.header(&format!("valve {to}")),
            opening: if dice.yes() { 1.0 } else { 0.0 },
            pressure_differential_max_pa: dice.maybe(1e6, 9e6),
            flow_bounds: dice.bounds(),
            ..Valve::new("", a, b)
        }),
        3 => network.control_valves.push(control_valve(dice, from, to)),
        4 => network.compressor_stations.push(station(dice, from, to)),
        _ => network.pipes.push(pipe(dice, from, to)),
    }
}

/// A case that GasLib can express, but for what the reader's operating rule changes.
fn case(dice: &mut Dice<'_>) -> Case {
    let text = "[case]\ntitle = \"Random\"\ndescription = \"A < b & c.\"\n[settings]\nvolume_reference = \"normal\"\nground_temperature = \"7 degC\"\n[gas]\nequation = \"papay\"\npseudo = { molar_mass = \"18 g/mol\", critical_temperature = \"195 K\", critical_pressure = \"46 bara\" }\n[[node]]\nid = \"n\"\n[[scenario]]\nname = \"cold day\"\nduration = \"0 s\"\n";
    let mut case = read_str("random", text, &Selection::default())
        .expect("a case")
        .case;
    case.gas = GasSpec {
        substance: Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: dice.number(0.016, 0.02),
            critical_temperature_k: Some(dice.number(190.0, 210.0)),
            critical_pressure_pa: Some(dice.number(4.4e6, 4.8e6)),
            gross_heating_value_j_per_kg: Some(5e7),
            net_heating_value_j_per_kg: None,
            isentropic_exponent: dice.number(1.2, 1.4),
        }),
        equation: EquationOfState::Papay,
        viscosity: Viscosity::LeeGonzalezEakin,
    };
    let count = 3 + dice.below(12);
    let network = &mut case.network;
    network.nodes = (0..count).map(|at| node(dice, at)).collect();
    for to in 1..count {
        join(dice, network, to);
    }
    let mut holder = Supply::new("supply", node_id(0));
    holder.pressure_pa = Some(dice.number(5e6, 7e6));
    holder.temperature_k = Some(dice.number(280.0, 300.0));
    network.supplies.push(holder);
    for at in 1..count {
        if dice.yes() {
            let mut o = OffTake::new(format!("off-take {at}"), node_id(at));
            o.flow = Some(FlowRate::mass(dice.number(0.0, 50.0)));
            o.pressure_min_pa = dice.maybe(1.6e5, 3e6);
            o.flow_bounds = dice.bounds();
            network.off_takes.push(o);
        }
    }
    case
}

/// What the reader makes of the case: names of what is at nodes, and the operating rule.
fn expected(case: &Case) -> Network {
    let mut network = case.network.clone();
    let index = |id: &str| {
        case.network
            .nodes
            .iter()
            .position(|n| n.header.id == id)
            .expect("a node")
    };
    for s in &mut network.supplies {
        let node = &mut network.nodes[index(&s.node)];
        let held = s.pressure_pa.expect("a pressure");
        node.pressure_max_pa = Some(node.pressure_max_pa.map_or(held, |p| p.min(held)));
        s.pressure_pa = node.pressure_max_pa;
        s.header.id = format!("{}:entry", s.node);
        s.header.label.clone_from(&node.header.label);
    }
    for o in &mut network.off_takes {
        let node = &mut network.nodes[index(&o.node)];
        if let Some(low) = o.pressure_min_pa {
            node.pressure_min_pa = Some(node.pressure_min_pa.map_or(low, |p| p.max(low)));
        }
        // Off-takes back off at their own lowest pressure, or else that of the node, or of the air.
        let lowest = o.pressure_min_pa.or(node.pressure_min_pa);
        o.pressure_min_pa = lowest.or(Some(1.013_25e5));
        o.curtail = true;
        o.header.id = format!("{}:exit", o.node);
        o.header.label.clone_from(&node.header.label);
    }
    for v in &mut network.control_valves {
        let top = network.nodes[index(&v.to)]
            .pressure_max_pa
            .unwrap_or(f64::INFINITY);
        v.outlet_pressure_pa = v.outlet_pressure_pa.map(|p| p.min(top));
    }
    network
}

fn without(mut network: Network) -> Network {
    network.supplies.iter_mut().for_each(|s| s.gas = None);
    network
        .compressor_stations
        .iter_mut()
        .for_each(|s| s.ratio_max = 1.0);
    network.decision_groups.clear();
    network
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_can_be_expressed_comes_back(numbers in prop::collection::vec(0.0..1.0, 1200)) {
        let case = case(&mut Dice(numbers.iter()));
        let back = again(&case).case;
        let (left, right) = (without(expected(&case)), without(back.network.clone()));
        if let Err(why) = same(&format!("{left:?}"), &format!("{right:?}"), 1e-13) {
            return Err(TestCaseError::fail(why));
        }
        let head = |c: &Case| format!("{} {} {} {:?}", c.title, c.description, c.scenario.name, c.settings.ground_temperature_k);
        prop_assert_eq!(head(&case), head(&back));
        let gas = |c: &Case| match &c.gas.substance {
            Substance::Pseudo(g) => format!("{:?} {:?} {:?} {:?} {:?}", g.molar_mass_kg_per_mol, g.critical_pressure_pa,
                g.critical_temperature_k, g.gross_heating_value_j_per_kg, g.isentropic_exponent),
            Substance::Mixture(_) => String::new(),
        };
        if let Err(why) = same(&gas(&case), &gas(&back), 1e-12) {
            return Err(TestCaseError::fail(why));
        }
    }
}

#[test]
fn what_cannot_be_expressed_is_listed() {
    let numbers = [0.3; 200];
    let mut case = case(&mut Dice(numbers.iter()));
    let network = &mut case.network;
    let mut pipe = pipe(&mut Dice([].iter()), 0, 1);
    pipe.header.id = "odd pipe".to_owned();
    pipe.efficiency = 0.9;
    pipe.cells = Some(3);
    network.pipes.push(pipe);
    network.leaks.push(Leak {
        header: Header::new("leak"),
        place: LeakPlace::Node { id: node_id(0) },
        diameter_m: 0.01,
        discharge_coefficient: 0.85,
        open: true,
    });
    network.check_valves.push(CheckValve {
        header: Header::new("check"),
        from: node_id(0),
        to: node_id(2),
    });
    let mut second = OffTake::new("second", node_id(0));
    second.flow = Some(FlowRate::mass(1.0));
    second.curtail = true;
    second.pressure_min_pa = Some(2e5);
    network.off_takes.push(second);
    case.scenario.duration_s = 3600.0;
    let written = write_as(&case, Format::GasLib, "case").expect("GasLib is written");
    for (words, element) in [
        ("efficiency of a pipe", "odd pipe"),
        ("number of cells", "odd pipe"),
        ("leaks are left out", "leak"),
        ("check valve is written as a valve", "check"),
        ("called after their nodes", "supply"),
        ("a node of its own", "second"),
        ("take less at the contract pressure", "second"),
        ("the format is steady", ""),
    ] {
        let mut notes = written.notes.iter().filter(|n| n.what.contains(words));
        let names = |n: &linepack_formats::ImportNote| {
            element.is_empty() || n.elements.iter().any(|e| e == element)
        };
        assert!(notes.any(names), "{words} {element}: {:#?}", written.notes);
    }
    // The second load at the node is there, behind a short pipe.
    let back = again(&case).case.network;
    assert!(back.off_takes.iter().any(|o| o.header.id == "second:exit"));
    assert!(
        back.short_pipes
            .iter()
            .any(|s| s.header.id == "second:connection")
    );
}
