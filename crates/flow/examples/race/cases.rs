//! The two kinds of problem as cases: a passive network under sinusoidal demand, and one pipe whose
//! outlet flow is ramped up and down.

use linepack_gas::{EquationOfState, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_network::*;
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use serde_json::Value;
use std::error::Error;

const R: f64 = 8.314_462_618;
pub(crate) const KELVIN: f64 = 288.15;
const DAY_S: f64 = 86_400.0;
/// Points of a sine over a day.
pub(crate) const SINE_POINTS: usize = 288;

/// Mesh and tolerance: cell length, m (a network) or number of cells (one pipe); Pa.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) size: f64,
    pub(crate) tolerance_pa: f64,
}

/// What is run.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) name: String,
    pub(crate) reference: String,
    pub(crate) settings: Vec<Setting>,
    /// Nodes and their columns in the reference.
    pub(crate) columns: Vec<(String, String)>,
    base: Case,
    one_pipe: bool,
}

impl Problem {
    pub(crate) fn read(words: &[String]) -> Result<Self, Box<dyn Error>> {
        let word = |i: usize| words.get(i).ok_or("arguments are missing");
        let problem = match word(0)?.as_str() {
            "network" => Self::network(word(1)?, word(2)?, word(3)?.parse()?)?,
            "pipe" => Self::pipe(word(1)?, word(2)?),
            other => return Err(format!("no problem of the kind {other}").into()),
        };
        let first = if problem.one_pipe { 3 } else { 4 };
        let settings = words[first..].iter().map(|w| setting(w));
        Ok(Self {
            settings: settings.collect::<Result<_, _>>()?,
            ..problem
        })
    }

    fn network(file: &str, reference: &str, amplitude: f64) -> Result<Self, Box<dyn Error>> {
        let data: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let base = passive(&data, amplitude).ok_or("not a passive network")?;
        let ids = base.network.nodes.iter().map(|n| n.header.id.clone());
        Ok(Self {
            name: data["name"].as_str().unwrap_or(file).to_owned(),
            reference: reference.to_owned(),
            settings: Vec::new(),
            columns: ids.map(|id| (id.clone(), format!("p_{id}_bar"))).collect(),
            base,
            one_pipe: false,
        })
    }

    fn pipe(model: &str, reference: &str) -> Self {
        Self {
            name: format!("one pipe, {model}"),
            reference: reference.to_owned(),
            settings: Vec::new(),
            columns: vec![("b".to_owned(), "p_out_bar".to_owned())],
            base: one_pipe(model),
            one_pipe: true,
        }
    }

    /// The case at a setting; cells as the reference's program divides pipes.
    pub(crate) fn case(&self, setting: Setting) -> Case {
        let mut case = self.base.clone();
        case.settings.pressure_tolerance_pa = setting.tolerance_pa;
        for pipe in &mut case.network.pipes {
            let cells = if self.one_pipe {
                setting.size
            } else {
                (pipe.length_m / setting.size).round_ties_even().max(2.0)
            };
            pipe.cells = Some(cells as usize);
        }
        case
    }
}

fn setting(word: &str) -> Result<Setting, Box<dyn Error>> {
    let (size, tolerance) = word.split_once(':').ok_or("a setting is size:tolerance")?;
    Ok(Setting {
        size: size.parse()?,
        tolerance_pa: tolerance.parse()?,
    })
}

/// A passive network with the demand of each node k times 1 + a sin(2π t/day + 2π frac(0.618 k)).
fn passive(data: &Value, amplitude: f64) -> Option<Case> {
    let mut case = case_of(data["gas"]["c2"].as_f64()?);
    for (k, n) in data["nodes"].as_array()?.iter().enumerate() {
        let id = word(&n["id"]);
        case.network.nodes.push(Node::new(&id));
        let taken = n["withdrawal_kg_s"].as_f64()?;
        if taken > 0.0 {
            let profile = sine(k, amplitude);
            let mut off_take = OffTake::new(format!("d{id}"), &id);
            off_take.flow = Some(FlowRate::mass(taken));
            off_take.curtail = false;
            off_take.flow_profile = Some(profile.id.clone());
            case.profiles.push(profile);
            case.network.off_takes.push(off_take);
        } else if taken < 0.0 {
            let mut supply = Supply::new(format!("s{id}"), &id);
            supply.flow = Some(FlowRate::mass(-taken));
            case.network.supplies.push(supply);
        }
    }
    let slack = &data["slack"];
    hold(&mut case, &word(&slack["node"]), slack["p_pa"].as_f64()?);
    for p in data["pipes"].as_array()? {
        let at = |key: &str| p[key].as_f64();
        let mut pipe = Pipe::new(word(&p["id"]), word(&p["from"]), word(&p["to"]));
        (pipe.length_m, pipe.diameter_m) = (at("length_m")?, at("diameter_m")?);
        let darcy = at("friction_factor")?;
        pipe.friction = Some(FrictionLaw::Constant { darcy });
        case.network.pipes.push(pipe);
    }
    case.scenario.output_interval_s = 300.0;
    Some(case)
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub(crate) fn sine(k: usize, amplitude: f64) -> Profile {
    let turn = std::f64::consts::TAU;
    let phase = turn * (0.618 * k as f64).fract();
    let time_s: Vec<f64> = (0..=SINE_POINTS)
        .map(|i| DAY_S * i as f64 / SINE_POINTS as f64)
        .collect();
    let at = |t: &f64| 1.0 + amplitude * (turn * (t / DAY_S).fract() + phase).sin();
    Profile {
        id: format!("sine {k}"),
        interpolation: Interpolation::Smooth,
        values_are: ProfileValues::Factor,
        values: time_s.iter().map(at).collect(),
        time_s,
        period_s: Some(DAY_S),
    }
}

/// A supply that holds a pressure and may take gas, too.
pub(crate) fn hold(case: &mut Case, node: &str, pressure_pa: f64) {
    let mut supply = Supply::new(format!("slack {node}"), node);
    supply.pressure_pa = Some(pressure_pa);
    supply.flow_min = Some(FlowRate::mass(f64::NEG_INFINITY));
    case.network.supplies.push(supply);
}

/// 100 km of 1 m bore, Darcy 0.01, 80 bar at the inlet; 200 -> 350 -> 200 kg/s in ramps of 600 s.
fn one_pipe(model: &str) -> Case {
    let mut case = case_of(518.28 * KELVIN);
    case.settings.terms.kinetic = model == "full";
    case.settings.terms.inertia = model != "parab";
    case.network.nodes = vec![Node::new("a"), Node::new("b")];
    hold(&mut case, "a", 80e5);
    let mut pipe = Pipe::new("line", "a", "b");
    (pipe.length_m, pipe.diameter_m) = (100e3, 1.0);
    pipe.friction = Some(FrictionLaw::Constant { darcy: 0.01 });
    case.network.pipes.push(pipe);
    let mut off_take = OffTake::new("out", "b");
    off_take.curtail = false;
    off_take.flow_profile = Some("ramp".into());
    case.network.off_takes.push(off_take);
    case.profiles.push(Profile {
        id: "ramp".into(),
        interpolation: Interpolation::Linear,
        values_are: ProfileValues::Flow(FlowRate::mass(1.0)),
        time_s: vec![0.0, 3600.0, 4200.0, 43_200.0, 43_800.0, DAY_S],
        values: vec![200.0, 200.0, 350.0, 350.0, 200.0, 200.0],
        period_s: None,
    });
    case.scenario.output_interval_s = 60.0;
    case
}

/// A case without elements, of an ideal gas whose pressure is `c2` times its density.
pub(crate) fn case_of(c2: f64) -> Case {
    Case {
        id: "race".into(),
        title: String::new(),
        description: String::new(),
        settings: Settings {
            volume_reference: ReferenceConditions::ISO_STANDARD,
            heating_basis: HeatingBasis {
                gross: true,
                combustion_temperature_k: 288.15,
            },
            atmospheric_pressure_pa: 101_325.0,
            ground_temperature_k: KELVIN,
            friction: FrictionLaw::ColebrookWhite,
            cell_length_m: 1000.0,
            mesh_tolerance_pa: None,
            pressure_tolerance_pa: 100.0,
            waves: false,
            step_max_s: 3600.0,
            checkpoint_s: DAY_S,
            terms: Terms {
                inertia: true,
                kinetic: false,
                gravity: false,
            },
            heat: linepack_network::HeatSettings::default(),
            quality: linepack_network::QualitySettings::default(),
        },
        gas: GasSpec {
            substance: Substance::Pseudo(PseudoGas {
                molar_mass_kg_per_mol: R * KELVIN / c2,
                critical_temperature_k: None,
                critical_pressure_pa: None,
                gross_heating_value_j_per_kg: Some(52e6),
                net_heating_value_j_per_kg: Some(47e6),
                isentropic_exponent: 1.29,
            }),
            equation: EquationOfState::Constant { z: 1.0 },
            viscosity: Viscosity::Constant { pa_s: 1.1e-5 },
        },
        network: Network::default(),
        scenario: Scenario {
            name: "race".into(),
            title: String::new(),
            start: "2026-01-01T00:00:00Z".parse().unwrap_or_default(),
            duration_s: DAY_S,
            output_interval_s: 300.0,
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
        scenarios: Vec::new(),
        assumptions: Vec::new(),
    }
}
