//! A network of any size.

use linepack_gas::{
    Composition, CompositionIssue, EquationOfState, GasSpec, PseudoGas, Substance, Viscosity,
};
use linepack_network::{
    Case, FrictionLaw, InitialState, Interpolation, Network, Node, OffTake, Pipe, Profile,
    ProfileValues, Scenario, Settings, Supply, Terms,
};
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};
use std::f64::consts::TAU;

/// Cells of each pipe of [`lines`].
pub const CELLS_PER_PIPE: usize = 100;

/// Gas and friction of a network made for benchmarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Physics {
    /// Natural gas by GERG-2008, friction by Colebrook and White.
    Real,
    /// Constant compressibility factor and friction factor.
    Constant,
}

const DAY_S: f64 = 86_400.0;
const PIPES_IN_A_LINE: usize = 10;

/// Lines of ten pipes of 50 km and 100 cells side by side, joined at their ends: 80 bar at the head of each and
/// off-takes of 12 kg/s at its nodes, which swing by 30 % by straight lines from hour to hour over 24 h.
///
/// Errors: what is wrong with the composition of its gas, which is nothing.
pub fn lines(pipes: usize, physics: Physics) -> Result<Case, Vec<CompositionIssue>> {
    let mut case = Case {
        id: "lines".to_owned(),
        title: String::new(),
        description: String::new(),
        settings: settings(physics),
        gas: gas(physics)?,
        network: Network::default(),
        scenario: day(),
        gases: Vec::new(),
        gas_profiles: Vec::new(),
        grounds: Vec::new(),
        quality_limits: Vec::new(),
        profiles: vec![swing()],
        stage: None,
        stages: Vec::new(),
        scenarios: Vec::new(),
        assumptions: Vec::new(),
    };
    for line in 0..pipes.div_ceil(PIPES_IN_A_LINE + 1) {
        add_line(&mut case, line);
        if line > 0 {
            let last = |line| name(line, PIPES_IN_A_LINE);
            add_pipe(&mut case, last(line - 1), last(line));
        }
    }
    Ok(case)
}

fn settings(physics: Physics) -> Settings {
    const KELVIN: f64 = 288.15;
    Settings {
        volume_reference: ReferenceConditions::ISO_STANDARD,
        heating_basis: HeatingBasis {
            gross: true,
            combustion_temperature_k: KELVIN,
        },
        atmospheric_pressure_pa: 101_325.0,
        ground_temperature_k: KELVIN,
        friction: match physics {
            Physics::Real => FrictionLaw::ColebrookWhite,
            Physics::Constant => FrictionLaw::Constant { darcy: 0.01 },
        },
        cell_length_m: 500.0,
        mesh_tolerance_pa: None,
        pressure_tolerance_pa: 1000.0,
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
    }
}

fn day() -> Scenario {
    Scenario {
        name: "day".to_owned(),
        title: String::new(),
        start: "2026-01-01T00:00:00Z".parse().unwrap_or_default(),
        duration_s: DAY_S,
        output_interval_s: 3600.0,
        initial: InitialState::Steady,
        events: Vec::new(),
        rules: Vec::new(),
        interlocks: Vec::new(),
    }
}

fn name(line: usize, i: usize) -> String {
    format!("{line:05}.{i:02}")
}

fn add_line(case: &mut Case, line: usize) {
    let head = name(line, 0);
    case.network.nodes.push(Node::new(&head));
    let mut supply = Supply::new(format!("s{head}"), &head);
    supply.pressure_pa = Some(80e5);
    supply.flow_min = Some(FlowRate::mass(f64::NEG_INFINITY));
    case.network.supplies.push(supply);
    for i in 1..=PIPES_IN_A_LINE {
        let id = name(line, i);
        case.network.nodes.push(Node::new(&id));
        let mut off_take = OffTake::new(format!("d{id}"), &id);
        off_take.flow = Some(FlowRate::mass(12.0));
        off_take.curtail = false;
        off_take.flow_profile = Some(SWING.to_owned());
        case.network.off_takes.push(off_take);
        add_pipe(case, name(line, i - 1), id);
    }
}

fn add_pipe(case: &mut Case, from: String, to: String) {
    let mut pipe = Pipe::new(format!("{from}-{to}"), from, to);
    (pipe.length_m, pipe.diameter_m, pipe.roughness_m) = (50e3, 0.9, 1e-5);
    pipe.cells = Some(CELLS_PER_PIPE);
    case.network.pipes.push(pipe);
}

const SWING: &str = "swing";

/// 1 + 0.3 sin(2π t/24 h) at each hour.
fn swing() -> Profile {
    let hours = 0..=24;
    Profile {
        id: SWING.to_owned(),
        time_s: hours.clone().map(|h| f64::from(h) * 3600.0).collect(),
        values: hours
            .map(|h| 1.0 + 0.3 * (TAU * f64::from(h) / 24.0).sin())
            .collect(),
        values_are: ProfileValues::Factor,
        interpolation: Interpolation::Linear,
        period_s: None,
    }
}

fn gas(physics: Physics) -> Result<GasSpec, Vec<CompositionIssue>> {
    let (substance, equation) = match physics {
        Physics::Real => (
            Substance::Mixture(natural_gas()?),
            EquationOfState::Gerg2008,
        ),
        Physics::Constant => (
            Substance::Pseudo(PseudoGas {
                molar_mass_kg_per_mol: 0.0178,
                critical_temperature_k: None,
                critical_pressure_pa: None,
                gross_heating_value_j_per_kg: Some(52e6),
                net_heating_value_j_per_kg: Some(47e6),
                isentropic_exponent: 1.29,
            }),
            EquationOfState::Constant { z: 0.9 },
        ),
    };
    let viscosity = match physics {
        Physics::Real => Viscosity::LeeGonzalezEakin,
        Physics::Constant => Viscosity::Constant { pa_s: 1.1e-5 },
    };
    Ok(GasSpec {
        substance,
        equation,
        viscosity,
    })
}

fn natural_gas() -> Result<Composition, Vec<CompositionIssue>> {
    Composition::from_fractions([
        ("methane", 0.92),
        ("ethane", 0.05),
        ("nitrogen", 0.02),
        ("carbon_dioxide", 0.01),
    ])
}
