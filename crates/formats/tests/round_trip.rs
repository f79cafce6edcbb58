//! A case that is written reads back as the same case, to the last digit.

#![expect(clippy::panic, reason = "helpers of tests")]

use linepack_formats::{Selection, read, read_str, write};
use linepack_gas::{
    Composition, EquationOfState, GasSpec, PseudoGas, QualityLimits, Substance, Viscosity,
};
use linepack_network::{
    Action, Area, Case, CheckValve, Command, Compressor, CompressorKind, CompressorStation,
    Condition, Configuration, ControlState, ControlValve, Decision, DecisionGroup, Drive,
    DriveKind, DrivePower, Event, FrictionLaw, GasProfile, Ground, GroundKind, Header, Heat,
    HeatSettings, InitialState, Interlock, Interpolation, Leak, LeakPlace, Level, LineBreak,
    Machines, MapPoint, NamedGas, NamedLimits, Network, Node, OffTake, Pipe, PipeHeat, PistonData,
    PowerPoint, Profile, ProfileValues, QualitySettings, Refused, Resistor, ResistorLoss, Rule,
    Scenario, SetPoint, Settings, ShortPipe, Side, Stage, StageInfo, StageUnit, StationState,
    Status, Supply, Switch, Terms, TripLimits, TurboMap, Valve, ValveCurve, WallLayer,
};
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use proptest::prelude::*;
use std::path::Path;

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

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let at = self.number(0.0, of.len() as f64) as usize;
        of[at.min(of.len() - 1)].clone()
    }

    fn flow(&mut self) -> FlowRate {
        let reference = ReferenceConditions {
            temperature_k: self.number(270.0, 300.0),
            pressure_pa: self.number(9e4, 1.1e5),
        };
        let basis = HeatingBasis {
            gross: self.yes(),
            combustion_temperature_k: self.number(273.0, 300.0),
        };
        let kinds = [
            FlowRate::Mass {
                kg_per_s: self.number(1.0, 2.0),
            },
            FlowRate::Volume {
                m3_per_s: self.number(1.0, 2.0),
                reference,
            },
            FlowRate::Volume {
                m3_per_s: self.number(1.0, 2.0),
                reference: ReferenceConditions::NORMAL,
            },
            FlowRate::Energy {
                watt: self.number(1e7, 1e8),
                basis,
            },
        ];
        self.one(&kinds)
    }

    fn maybe_flow(&mut self) -> Option<FlowRate> {
        let flow = self.flow();
        self.yes().then_some(flow)
    }

    fn header(&mut self, id: &str) -> Header {
        let label = self.one(&[
            "a \"quoted\" label",
            "Ünïcode – ☃",
            "tab\tand\nline \\ break",
            "",
        ]);
        Header {
            id: id.to_owned(),
            label: if self.yes() {
                id.to_owned()
            } else {
                label.to_owned()
            },
            status: self.one(&[Status::Complete, Status::Planned, Status::UnderConstruction]),
            in_service_date: self.yes().then(|| jiff::civil::date(2020, 2, 29)),
            in_service: true,
        }
    }

    fn friction(&mut self) -> FrictionLaw {
        let darcy = self.number(0.005, 0.05);
        self.one(&[
            FrictionLaw::ColebrookWhite,
            FrictionLaw::Hofer,
            FrictionLaw::Nikuradse,
            FrictionLaw::NikuradseLaminar,
            FrictionLaw::ColebrookThroughout,
            FrictionLaw::SwameeJain,
            FrictionLaw::Aga,
            FrictionLaw::Weymouth,
            FrictionLaw::PanhandleA,
            FrictionLaw::PanhandleB,
            FrictionLaw::Constant { darcy },
        ])
    }
}

const NODES: [&str; 4] = ["n 0", "n.1", "näo", "[n-3]"];

fn node(dice: &mut Dice<'_>, id: &str) -> Node {
    Node {
        header: dice.header(id),
        x: dice.maybe(-180.0, 180.0),
        y: dice.maybe(-90.0, 90.0),
        elevation_m: dice.number(-100.0, 100.0),
        pressure_min_pa: dice.maybe(1e5, 2e6),
        pressure_max_pa: dice.maybe(8e6, 1e7),
        temperature_min_k: dice.maybe(260.0, 275.0),
        temperature_max_k: dice.maybe(300.0, 330.0),
        quality_limits: dice.one(&[None, Some("easee_gas".into()), Some("own".into())]),
    }
}

fn pipe(dice: &mut Dice<'_>, at: usize) -> Pipe {
    let length_m = dice.number(1e3, 2e5);
    let points = [
        [0.0, dice.number(0.0, 9.0)],
        [length_m / 3.0, dice.number(0.0, 9.0)],
        [length_m, 1.0],
    ];
    Pipe {
        header: dice.header(&format!("pipe {at}")),
        from: NODES[at].into(),
        to: NODES[at + 1].into(),
        length_m,
        diameter_m: dice.number(0.5, 1.4),
        roughness_m: dice.number(1e-6, 1e-4),
        heat_transfer_w_per_m2_k: dice.maybe(1.0, 3.0),
        heat: pipe_heat(dice),
        drag_factor: dice.number(0.0, 5.0),
        efficiency: dice.number(0.8, 1.0),
        pressure_max_pa: dice.maybe(8e6, 1e7),
        ground_temperature_k: dice.maybe(270.0, 310.0),
        friction: if dice.yes() {
            Some(dice.friction())
        } else {
            None
        },
        cells: dice.yes().then_some(17),
        elevation_profile: if dice.yes() {
            points.to_vec()
        } else {
            Vec::new()
        },
        route: if dice.yes() {
            vec![[10.0, 50.5], [dice.number(-9.0, 9.0), 51.25]]
        } else {
            Vec::new()
        },
        ..Pipe::new("", "", "")
    }
}

fn pipe_heat(dice: &mut Dice<'_>) -> PipeHeat {
    let layer = WallLayer {
        thickness_m: dice.number(0.01, 0.02),
        conductivity_w_per_m_k: dice.number(0.2, 50.0),
        density_kg_per_m3: dice.number(900.0, 8000.0),
        heat_capacity_j_per_kg_k: dice.number(400.0, 2000.0),
    };
    let ground = dice.one(&[None, Some("soil"), Some("sea")]);
    PipeHeat {
        ground: ground.map(str::to_owned),
        depth_m: Some(dice.number(1.0, 2.0)),
        wall: vec![layer; dice.one(&[0, 1, 3])],
        ground_temperature_profile: dice.yes().then(|| "temperatures".to_owned()),
    }
}

fn grounds(dice: &mut Dice<'_>) -> Vec<Ground> {
    let kinds = [
        (
            "soil",
            GroundKind::Soil {
                conductivity_w_per_m_k: dice.number(0.5, 3.0),
                density_kg_per_m3: dice.number(1200.0, 2200.0),
                heat_capacity_j_per_kg_k: dice.number(800.0, 2000.0),
            },
        ),
        (
            "sea",
            GroundKind::Fluid {
                film_w_per_m2_k: dice.number(10.0, 500.0),
            },
        ),
    ];
    let mut ground = |(id, kind): (&str, GroundKind)| Ground {
        id: id.into(),
        kind,
        temperature_k: dice.number(275.0, 290.0),
        amplitude_k: dice.number(0.0, 10.0),
        coldest_day: dice.number(0.0, 365.0),
        temperature_profile: dice.yes().then(|| "temperatures".to_owned()),
    };
    kinds.into_iter().map(&mut ground).collect()
}

fn composition(dice: &mut Dice<'_>) -> Composition {
    let mut mole_fractions = [0.0; 21];
    mole_fractions[3] = dice.number(0.0, 0.1);
    mole_fractions[14] = dice.number(0.0, 0.2);
    mole_fractions[0] = 1.0 - mole_fractions[3] - mole_fractions[14];
    Composition { mole_fractions }
}

/// A gas that mixes with that of the case.
fn named_gas(dice: &mut Dice<'_>, of_case: &GasSpec) -> NamedGas {
    let substance = match &of_case.substance {
        Substance::Mixture(_) => Substance::Mixture(composition(dice)),
        Substance::Pseudo(pseudo) => Substance::Pseudo(*pseudo),
    };
    NamedGas {
        id: "other gas".into(),
        spec: GasSpec {
            substance,
            ..of_case.clone()
        },
    }
}

fn gas_profile(dice: &mut Dice<'_>) -> GasProfile {
    GasProfile {
        id: "gas of the day".into(),
        time_s: vec![0.0, dice.number(1.0, 3600.0), 7200.0],
        compositions: (0..3).map(|_| composition(dice)).collect(),
    }
}

/// Limits that the nodes name.
fn quality_limits(dice: &mut Dice<'_>, nodes: &[Node]) -> Vec<NamedLimits> {
    use linepack_gas::{Limit, Quantity};
    let limit = |quantity, low, high| Limit {
        quantity,
        low,
        high,
    };
    let wobbe = dice.maybe(4.5e7, 4.6e7);
    let own = QualityLimits {
        name: "of this \"place\"".into(),
        source: dice.one(&["", "contract 7"]).into(),
        combustion_temperature_k: dice.number(273.0, 300.0),
        reference: ReferenceConditions {
            temperature_k: dice.number(273.0, 300.0),
            pressure_pa: dice.number(1e5, 1.1e5),
        },
        limits: vec![
            limit(Quantity::Wobbe, wobbe, Some(dice.number(5e7, 5.5e7))),
            limit(Quantity::MethaneNumber, Some(dice.number(60.0, 70.0)), None),
            limit(Quantity::Hydrogen, None, Some(dice.number(0.0, 0.2))),
            limit(Quantity::Sulfur, None, Some(dice.number(0.0, 1e-4))),
            limit(
                Quantity::WaterDewPoint,
                None,
                Some(dice.number(250.0, 270.0)),
            ),
        ],
    };
    let known = [("own", own), ("easee_gas", QualityLimits::easee_gas())];
    let named = |id: &str| {
        nodes
            .iter()
            .any(|n| n.quality_limits.as_deref() == Some(id))
    };
    let known = known
        .into_iter()
        .filter(|(id, _)| *id == "own" || named(id));
    known
        .map(|(id, limits)| NamedLimits {
            id: id.into(),
            limits,
        })
        .collect()
}

fn network(dice: &mut Dice<'_>) -> Network {
    let (from, to): (String, String) = (NODES[0].into(), NODES[1].into());
    let loss = [
        ResistorLoss::Drag {
            factor: dice.number(0.0, 9.0),
            diameter_m: dice.number(0.1, 1.0),
        },
        ResistorLoss::Constant {
            pressure_loss_pa: dice.number(0.0, 1e5),
        },
    ];
    let places = [
        LeakPlace::Node { id: to.clone() },
        LeakPlace::Pipe {
            id: "pipe 1".into(),
            distance_m: dice.number(0.0, 1e3),
        },
    ];
    Network {
        nodes: NODES.iter().map(|id| node(dice, id)).collect(),
        pipes: (0..3).map(|at| pipe(dice, at)).collect(),
        short_pipes: vec![ShortPipe {
            header: dice.header("short"),
            from: from.clone(),
            to: to.clone(),
            ..ShortPipe::new("", "", "")
        }],
        resistors: vec![Resistor {
            header: dice.header("loss"),
            from: from.clone(),
            to: to.clone(),
            loss: dice.one(&loss),
            ..Resistor::new("", "", "", dice.one(&loss))
        }],
        valves: vec![Valve {
            header: dice.header("valve"),
            from: from.clone(),
            to: to.clone(),
            opening: dice.number(0.0, 1.0),
            diameter_m: Some(dice.number(0.1, 1.0)),
            drag_factor: dice.number(0.0, 9.0),
            stroke_s: dice.number(0.0, 900.0),
            curve: dice.one(&[
                ValveCurve::Linear,
                ValveCurve::EqualPercentage,
                ValveCurve::Table(vec![[0.25, 0.125], [1.0, 1.0]]),
            ]),
            line_break: dice.maybe(1e3, 5e3).map(|rate_pa_per_s| LineBreak {
                rate_pa_per_s,
                window_s: dice.number(10.0, 90.0),
                delay_s: dice.number(0.0, 30.0),
            }),
            ..Valve::new("", "", "")
        }],
        check_valves: vec![CheckValve {
            header: dice.header("check"),
            from: from.clone(),
            to: to.clone(),
        }],
        control_valves: vec![ControlValve {
            header: dice.header("control"),
            from: from.clone(),
            to: to.clone(),
            state: dice.one(&[
                ControlState::Active,
                ControlState::Bypass,
                ControlState::Closed,
            ]),
            outlet_pressure_pa: Some(dice.number(2e6, 5e6)),
            inlet_pressure_pa: dice.maybe(2e6, 5e6),
            flow: dice.maybe_flow(),
            outlet_pressure_profile: dice.yes().then(|| "factors".to_owned()),
            outlet_temperature_min_k: dice.maybe(275.0, 285.0),
            ..ControlValve::new("", "", "")
        }],
        compressor_stations: vec![station(dice)],
        supplies: vec![Supply {
            header: dice.header("supply"),
            node: from,
            pressure_pa: Some(dice.number(3e6, 7e6)),
            flow: None,
            flow_min: None,
            flow_max: Some(dice.flow()),
            pressure_max_pa: dice.maybe(7e6, 8e6),
            flow_profile: dice.yes().then(|| "flows".to_owned()),
            pressure_profile: dice.yes().then(|| "pressures".to_owned()),
            temperature_k: dice.maybe(280.0, 310.0),
            temperature_profile: dice.yes().then(|| "temperatures".to_owned()),
            gas_name: dice.yes().then(|| "other gas".to_owned()),
            gas_profile: dice.yes().then(|| "gas of the day".to_owned()),
            batch: dice.yes().then(|| "batch 1".to_owned()),
            gas: dice
                .maybe(280.0, 300.0)
                .map(|t| linepack_network::SupplyGas {
                    temperature_k: Some(t),
                    ..Default::default()
                }),
        }],
        off_takes: vec![OffTake {
            header: dice.header("off-take"),
            node: NODES[3].into(),
            flow: Some(dice.flow()),
            pressure_pa: None,
            pressure_min_pa: Some(dice.number(2e6, 3e6)),
            curtail: dice.yes(),
            flow_profile: dice.yes().then(|| "factors".to_owned()),
            pressure_profile: None,
            ..OffTake::new("", "")
        }],
        leaks: vec![Leak {
            header: dice.header("leak"),
            place: dice.one(&places),
            diameter_m: dice.number(0.001, 0.1),
            discharge_coefficient: dice.number(0.5, 1.0),
            open: dice.yes(),
        }],
        decision_groups: vec![group(dice)],
        areas: vec![Area {
            id: "area".into(),
            label: "A".into(),
            nodes: vec![to],
            pipes: vec!["pipe 1".into()],
        }],
    }
}

fn condition(dice: &mut Dice<'_>) -> Condition {
    let levels = [
        (Some("a"), Level::Pressure(dice.number(1e6, 5e6))),
        (Some("supply"), Level::Flow(dice.flow())),
        (Some("station"), Level::Ratio(dice.number(1.0, 1.5))),
        (Some("station"), Level::Power(dice.number(1e6, 2e6))),
        (Some("area"), Level::Linepack(dice.number(1e6, 2e6))),
        (None, Level::Linepack(dice.number(1e6, 2e6))),
        (
            Some("b"),
            Level::PressureDrop {
                drop_pa: dice.number(1e4, 1e5),
                within_s: dice.number(10.0, 90.0),
            },
        ),
    ];
    let (element, level) = dice.one(&levels);
    let sides = match level {
        Level::PressureDrop { .. } => [Side::Above; 2],
        _ => [Side::Above, Side::Below],
    };
    let names = [("a", NODES[0]), ("b", NODES[1])];
    let element = element.map(|e| {
        let node = names.iter().find(|(name, _)| *name == e);
        node.map_or(e, |(_, node)| node).to_owned()
    });
    Condition {
        element,
        level,
        side: dice.one(&sides),
    }
}

fn rule(dice: &mut Dice<'_>, name: &str, then: Vec<Command>) -> Rule {
    let rearm = condition(dice);
    Rule {
        name: name.into(),
        when: condition(dice),
        lasting_s: dice.number(0.0, 900.0),
        then,
        rearm: dice.yes().then_some(rearm),
        once: dice.yes(),
        pause_s: dice.number(1.0, 900.0),
    }
}

fn rules(dice: &mut Dice<'_>) -> Vec<Rule> {
    let command = |element: &str, action| Command {
        element: element.into(),
        action,
    };
    let set = Action::Set {
        set_point: SetPoint::Power(dice.number(1e5, 1e7)),
        ramp_s: dice.number(0.0, 600.0),
    };
    let then = vec![command("valve", Action::Close), command("station", set)];
    vec![rule(dice, "first", then), rule(dice, "second", Vec::new())]
}

fn station(dice: &mut Dice<'_>) -> CompressorStation {
    CompressorStation {
        header: dice.header("station"),
        from: NODES[2].into(),
        to: NODES[3].into(),
        state: dice.one(&[
            StationState::Running,
            StationState::Bypass,
            StationState::Closed,
        ]),
        discharge_pressure_pa: Some(dice.number(5e6, 7e6)),
        suction_pressure_pa: dice.maybe(3e6, 4e6),
        flow: dice.maybe_flow(),
        ratio_max: dice.number(1.6, 1.9),
        power_max_w: dice.maybe(1e6, 1e8),
        ratio: dice.maybe(1.0, 1.5),
        pressure_rise: dice.maybe(1e5, 5e5).map(|p| [p, -p / 10.0, -p / 50.0]),
        flow_min: None,
        flow_max: dice.maybe_flow(),
        isentropic_efficiency: dice.number(0.5, 1.0),
        driver_efficiency: dice.number(0.2, 1.0),
        fuel_from_line: dice.yes(),
        units: 3,
        discharge_pressure_profile: dice.yes().then(|| "pressures".to_owned()),
        ratio_profile: dice.yes().then(|| "ratios".to_owned()),
        machines: dice.yes().then(|| Box::new(machines(dice))),
        trip: TripLimits {
            suction_pressure_pa: dice.maybe(1e6, 2e6),
            discharge_pressure_pa: dice.maybe(8e6, 9e6),
            delay_s: dice.number(0.0, 60.0),
        },
        ..CompressorStation::new("", "", "")
    }
}

fn machines(dice: &mut Dice<'_>) -> Machines {
    let compressor = |id: &str, drive: &str, kind| Compressor {
        id: id.into(),
        drive: drive.into(),
        speed_min_per_min: 3000.5,
        speed_max_per_min: 6500.25,
        kind,
    };
    let drive = |dice: &mut Dice<'_>, id: &str, kind, power| Drive {
        id: id.into(),
        kind,
        energy_rate: [dice.number(0.0, 5e3), dice.number(2.0, 3.0), 1e-7],
        power,
        energy_measurements: vec![[1e3, 7.25e3], [dice.number(2e3, 3e3), 1e4]],
        power_measurements: vec![PowerPoint {
            ambient_celsius: dice.maybe(-10.0, 40.0),
            speed_per_min: 5000.0,
            power_kw: dice.number(1e3, 1e4),
        }],
    };
    let surface = |dice: &mut Dice<'_>| std::array::from_fn(|_| dice.number(-1.0, 1.0));
    let map = turbo_map(dice);
    let power = DrivePower::AmbientAndSpeed(surface(dice));
    Machines {
        compressors: vec![
            compressor("C 1", "d-1", CompressorKind::Turbo(map)),
            compressor("C2", "d-2", CompressorKind::Piston(piston(dice))),
        ],
        drives: vec![
            drive(dice, "d-1", DriveKind::GasTurbine, power),
            drive(
                dice,
                "d-2",
                DriveKind::ElectricMotor,
                DrivePower::Speed([1.5, -2.0, 0.0]),
            ),
        ],
        configurations: vec![
            Configuration {
                id: "both".into(),
                stages: vec![stage("C 1", None), stage("C2", dice.maybe(3e3, 6e3))],
            },
            Configuration {
                id: "one".into(),
                stages: vec![stage("C2", None)],
            },
        ],
    }
}

fn turbo_map(dice: &mut Dice<'_>) -> TurboMap {
    TurboMap {
        head: std::array::from_fn(|_| dice.number(-1.0, 1.0)),
        efficiency: std::array::from_fn(|_| dice.number(-1e-9, 1e-9)),
        surge_line: [-77.6, 118.3, dice.number(-30.0, 0.0)],
        choke_line: if dice.yes() {
            [0.168, -0.228, 2.48]
        } else {
            [0.0; 3]
        },
        choke_efficiency: Some(dice.number(0.3, 0.8)),
        measurements: vec![
            MapPoint {
                speed_per_min: dice.maybe(3e3, 6e3),
                efficiency: dice.maybe(0.5, 0.9),
                volume_flow_m3_per_s: dice.number(0.5, 4.0),
                head_kj_per_kg: dice.number(10.0, 60.0),
            };
            2
        ],
    }
}

fn piston(dice: &mut Dice<'_>) -> PistonData {
    PistonData {
        operating_volume_m3: dice.number(0.1, 1.0),
        torque_max_nm: dice.maybe(1e4, 1e5),
        ratio_max: 2.0,
        efficiency: dice.number(0.8, 0.95),
        additional_reduction_m3_per_s: dice.number(0.0, 0.4),
    }
}

fn stage(compressor: &str, nominal_speed_per_min: Option<f64>) -> Stage {
    Stage {
        units: vec![StageUnit {
            compressor: compressor.into(),
            nominal_speed_per_min,
        }],
    }
}

fn group(dice: &mut Dice<'_>) -> DecisionGroup {
    let mut switch = |element: &str| Switch {
        element: element.into(),
        open: dice.yes(),
        forward: dice.one(&[None, Some(true), Some(false)]),
        mode: dice.yes().then(|| "config \\ 1".to_owned()),
    };
    let decisions = vec![
        Decision {
            id: "shut".into(),
            switches: Vec::new(),
        },
        Decision {
            id: "to the east".into(),
            switches: vec![switch("station"), switch("valve")],
        },
    ];
    DecisionGroup {
        id: "group".into(),
        decisions,
        taken: dice.one(&[None, Some(0), Some(1)]),
    }
}

fn gas(dice: &mut Dice<'_>) -> GasSpec {
    let mut mole_fractions = [0.0; 21];
    mole_fractions[6] = dice.number(0.0, 0.01);
    mole_fractions[14] = dice.number(0.0, 0.2);
    mole_fractions[0] = 1.0 - mole_fractions[6] - mole_fractions[14];
    let pseudo = PseudoGas {
        molar_mass_kg_per_mol: dice.number(0.016, 0.02),
        critical_temperature_k: Some(dice.number(190.0, 200.0)),
        critical_pressure_pa: Some(dice.number(4e6, 5e6)),
        gross_heating_value_j_per_kg: dice.maybe(4e7, 5e7),
        net_heating_value_j_per_kg: dice.maybe(4e7, 5e7),
        isentropic_exponent: dice.number(1.2, 1.4),
    };
    let z = dice.number(0.8, 1.0);
    let simple = [
        EquationOfState::Papay,
        EquationOfState::CngaSimple,
        EquationOfState::Ideal,
        EquationOfState::Constant { z },
        EquationOfState::Linear {
            z,
            per_pa: -z / 4.5e7,
        },
    ];
    let full = [EquationOfState::Gerg2008, EquationOfState::Detail];
    let viscosities = [
        Viscosity::LeeGonzalezEakin,
        Viscosity::Constant {
            pa_s: dice.number(1e-5, 2e-5),
        },
    ];
    let mixture = dice.yes();
    GasSpec {
        substance: if mixture {
            Substance::Mixture(Composition { mole_fractions })
        } else {
            Substance::Pseudo(pseudo)
        },
        equation: if mixture {
            dice.one(&full)
        } else {
            dice.one(&simple)
        },
        viscosity: dice.one(&viscosities),
    }
}

fn settings(dice: &mut Dice<'_>) -> Settings {
    let own = ReferenceConditions {
        temperature_k: dice.number(270.0, 300.0),
        pressure_pa: dice.number(9e4, 1.1e5),
    };
    Settings {
        volume_reference: dice.one(&[
            ReferenceConditions::NORMAL,
            ReferenceConditions::US_14_73,
            own,
        ]),
        heating_basis: HeatingBasis {
            gross: dice.yes(),
            combustion_temperature_k: dice.number(273.0, 300.0),
        },
        atmospheric_pressure_pa: dice.number(8e4, 1.05e5),
        ground_temperature_k: dice.number(270.0, 310.0),
        friction: dice.friction(),
        cell_length_m: dice.number(100.0, 1e4),
        mesh_tolerance_pa: dice.yes().then(|| dice.number(1.0, 1e4)),
        pressure_tolerance_pa: dice.number(1.0, 1e4),
        waves: dice.yes(),
        step_max_s: dice.number(1.0, 1e4),
        checkpoint_s: dice.number(1.0, 1e5),
        terms: Terms {
            inertia: dice.yes(),
            kinetic: dice.yes(),
            gravity: dice.yes(),
        },
        heat: HeatSettings {
            model: dice.one(&[Heat::Isothermal, Heat::Steady, Heat::Transient]),
            heat_transfer_w_per_m2_k: Some(dice.number(1.0, 3.0)),
            supply_temperature_k: dice.maybe(280.0, 310.0),
            tolerance_k: dice.number(0.01, 0.1),
            range_k: [dice.number(230.0, 260.0), dice.number(340.0, 380.0)],
        },
        quality: QualitySettings {
            tracked: dice.yes(),
            parcel_m: dice.maybe(100.0, 1e3),
        },
    }
}

fn profiles(dice: &mut Dice<'_>) -> Vec<Profile> {
    let one = |flow| match flow {
        FlowRate::Mass { .. } => FlowRate::mass(1.0),
        FlowRate::Volume { reference, .. } => FlowRate::Volume {
            m3_per_s: 1.0,
            reference,
        },
        FlowRate::Energy { basis, .. } => FlowRate::Energy { watt: 1.0, basis },
    };
    let kinds = [
        ("factors", ProfileValues::Factor, 0.5, 1.5),
        ("pressures", ProfileValues::Pressure, 3e6, 6e6),
        ("ratios", ProfileValues::Ratio, 1.0, 1.5),
        ("flows", ProfileValues::Flow(one(dice.flow())), 10.0, 20.0),
        ("temperatures", ProfileValues::Temperature, 275.0, 285.0),
    ];
    let profile = |(id, values_are, low, high): (&str, _, _, _)| Profile {
        id: id.into(),
        interpolation: dice.one(&[
            Interpolation::Linear,
            Interpolation::Step,
            Interpolation::Smooth,
        ]),
        values_are,
        time_s: vec![0.0, dice.number(1.0, 3600.0), 7200.0],
        values: (0..3).map(|_| dice.number(low, high)).collect(),
        period_s: dice.maybe(7200.0, 86_400.0),
    };
    kinds.into_iter().map(profile).collect()
}

fn scenario(dice: &mut Dice<'_>) -> Scenario {
    let set = |set_point, ramp_s| Action::Set { set_point, ramp_s };
    let gas = Action::Gas {
        name: "other gas".into(),
    };
    let batch = Action::Batch {
        name: "batch \"2\"".into(),
    };
    let happenings = [
        ("valve", Action::Open),
        ("leak", Action::Close),
        ("station", Action::Trip),
        ("supply", Action::Start),
        ("off-take", Action::Shut),
        (
            "pipe 1",
            Action::Break {
                distance_m: dice.number(0.0, 999.0),
            },
        ),
        (
            "supply",
            set(
                SetPoint::Pressure(dice.number(2e6, 5e6)),
                dice.number(0.0, 600.0),
            ),
        ),
        (
            "station",
            set(SetPoint::SuctionPressure(dice.number(2e6, 5e6)), 0.0),
        ),
        (
            "off-take",
            set(SetPoint::Flow(dice.flow()), dice.number(0.0, 600.0)),
        ),
        ("station", set(SetPoint::Ratio(dice.number(1.0, 1.5)), 0.0)),
        ("station", set(SetPoint::Power(dice.number(1e5, 1e7)), 0.0)),
        ("valve", set(SetPoint::Opening(dice.number(0.0, 1.0)), 0.0)),
        (
            "supply",
            set(SetPoint::Temperature(dice.number(280.0, 300.0)), 60.0),
        ),
        ("supply", gas),
        ("supply", batch),
    ];
    let at_rest = InitialState::AtRest {
        pressure_pa: dice.number(1e6, 5e6),
    };
    let events = happenings
        .into_iter()
        .enumerate()
        .map(|(i, (element, action))| Event {
            at_s: i as f64 * 60.0 + dice.number(0.0, 59.0),
            element: element.into(),
            action,
        });
    Scenario {
        name: "the day".into(),
        title: "A day \"in\" the life".into(),
        events: events.collect(),
        start: "2026-03-29T01:00:00.5Z".parse().expect("an instant"),
        duration_s: dice.number(3600.0, 86_400.0),
        output_interval_s: dice.number(60.0, 900.0),
        initial: dice.one(&[InitialState::Steady, at_rest]),
        rules: rules(dice),
        interlocks: vec![Interlock {
            name: "lock".into(),
            element: "station".into(),
            refuses: dice.one(&[None, Some(Refused::Start), Some(Refused::Set)]),
            when: condition(dice),
        }],
    }
}

fn case(numbers: &[f64]) -> Case {
    let mut dice = Dice(numbers.iter());
    let mut case = Case {
        id: "case.toml".into(),
        title: "Made by chance".into(),
        description: "with \"odd\" characters: \u{7f} ☃\nand lines".into(),
        settings: settings(&mut dice),
        gas: gas(&mut dice),
        gases: Vec::new(),
        gas_profiles: Vec::new(),
        grounds: Vec::new(),
        quality_limits: Vec::new(),
        scenario: scenario(&mut dice),
        profiles: profiles(&mut dice),
        network: network(&mut dice),
        stage: Some("one".into()),
        stages: vec![
            StageInfo {
                name: "one".into(),
                title: "Stage one".into(),
                capacity_at: Some("off-take".into()),
            },
            StageInfo {
                name: "two".into(),
                title: "two".into(),
                capacity_at: None,
            },
        ],
        scenarios: vec!["the day".into()],
        assumptions: Vec::new(),
    };
    case.gases = vec![named_gas(&mut dice, &case.gas)];
    case.gas_profiles = vec![gas_profile(&mut dice)];
    case.grounds = grounds(&mut dice);
    case.quality_limits = quality_limits(&mut dice, &case.network.nodes);
    // Where composition is tracked, it is known.
    case.settings.quality.tracked &= matches!(case.gas.substance, Substance::Mixture(_));
    for valve in &mut case.network.check_valves {
        valve.header.in_service = dice.yes();
    }
    case
}

fn read_back(case: &Case) -> Case {
    let text = write(case);
    match read_str("case.toml", &text, &Selection::default()) {
        Ok(loaded) => Case {
            assumptions: Vec::new(),
            ..loaded.case
        },
        Err(diagnostics) => {
            let list = diagnostics
                .iter()
                .map(|d| format!("{d}\n"))
                .collect::<String>();
            panic!("{list}\n{text}")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// SI quantities are written with all their digits, so they are the same numbers, not only near.
    #[test]
    fn what_is_written_reads_back(numbers in prop::collection::vec(0.0..1.0_f64, 900)) {
        let case = case(&numbers);
        prop_assert_eq!(format!("{case:#?}"), format!("{:#?}", read_back(&case)));
    }
}

#[test]
fn shipped_cases_read_back() {
    for name in ["first-line", "peace-pipeline"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../cases")
            .join(name);
        let loaded =
            read(&folder, &Selection::default()).unwrap_or_else(|d| panic!("{name}: {}", d[0]));
        let case = Case {
            assumptions: Vec::new(),
            ..loaded.case
        };
        let back = read_back(&case);
        let same = |case: &Case| {
            let network = format!("{:#?} {:#?} {:#?}", case.network, case.settings, case.gas);
            format!("{network} {:#?} {:#?}", case.scenario, case.profiles)
        };
        assert!(same(&case) == same(&back), "{name}");
    }
}
