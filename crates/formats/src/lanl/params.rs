//! Parameters: gas, units and times.
//!
//! Keys are found by a part of their name, as the programs find them, since files write them in
//! several ways: `Gas specific gravity (G):`, `Gas specific gravity (G)`.
//!
//! Source: GasTranSim.jl and GasSteadySim.jl, `io/data_utils.jl` and `core/eos.jl`.

use super::json::{Entry, Item, shown};
use crate::codes;
use crate::import::Import;
use crate::matgas::{Factors, MOLAR_MASS_OF_AIR};
use linepack_gas::{EquationOfState, GAS_CONSTANT, GasSpec, PseudoGas, Substance, Viscosity};

/// The gas constant of the programs, J/(mol K).
pub(super) const GAS_CONSTANT_THERE: f64 = 8.314;

/// What the parameters say.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) gas: GasSpec,
    pub(super) temperature_k: f64,
    pub(super) factors: Factors,
    pub(super) start_s: f64,
    pub(super) end_s: f64,
    pub(super) output_s: Option<f64>,
}

/// What is looked for: a part of the key, and what is taken where it is not stated.
const GRAVITY: (&str, f64) = ("gas", 0.6);
const TEMPERATURE: (&str, f64) = ("temperature", 288.706);
const HEAT_RATIO: (&str, f64) = ("specific heat", 1.4);

/// Parts of keys that belong to the programs' numerics.
const NUMERICS: [&str; 10] = [
    "discretization",
    "courant",
    "dx",
    "final state",
    "length",
    "velocity",
    "pressure",
    "density",
    "nominal time",
    "method",
];

/// Reads the parameters; none where the gas cannot be known.
pub(super) fn read(import: &mut Import, entry: Option<Entry<'_, '_>>) -> Option<Parameters> {
    let members = entry.map_or(Vec::new(), |e| e.members(import));
    unknown(import, &members);
    let temperature_k = positive(import, &members, TEMPERATURE)?;
    let gravity = positive(import, &members, GRAVITY)?;
    let gamma = positive(import, &members, HEAT_RATIO)?;
    let molar_mass = gravity * MOLAR_MASS_OF_AIR;
    let equation = equation(import, &members)?;
    let start_s = number(import, &members, "initial time")?.unwrap_or(0.0);
    Some(Parameters {
        gas: gas(molar_mass, gamma, equation),
        temperature_k,
        factors: units(import, &members, molar_mass)?,
        start_s,
        end_s: number(import, &members, "final time")?.unwrap_or(start_s),
        output_s: number(import, &members, "output dt")?.filter(|t| *t > 0.0),
    })
}

/// A gas of these programs; their gas constant is kept by the compressibility factor.
fn gas(molar_mass: f64, gamma: f64, equation: EquationOfState) -> GasSpec {
    GasSpec {
        substance: Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: molar_mass,
            critical_temperature_k: None,
            critical_pressure_pa: None,
            gross_heating_value_j_per_kg: None,
            net_heating_value_j_per_kg: None,
            isentropic_exponent: gamma,
        }),
        equation,
        viscosity: Viscosity::Constant { pa_s: 1.1e-5 },
    }
}

/// An ideal gas with the programs' gas constant.
pub(super) fn ideal() -> EquationOfState {
    EquationOfState::Constant {
        z: GAS_CONSTANT_THERE / GAS_CONSTANT,
    }
}

type Members<'o, 't> = [(&'o str, Item<'o, 't>)];

fn find<'o, 't>(members: &Members<'o, 't>, part: &str) -> Option<(&'o str, Item<'o, 't>)> {
    let mut all = members.iter();
    all.find(|(key, _)| key.to_lowercase().contains(part))
        .copied()
}

/// A number by a part of its key: none inside where it is not stated, none outside where it is not
/// a number.
#[expect(
    clippy::option_option,
    reason = "not stated is no mistake, not a number is one"
)]
fn number(import: &mut Import, members: &Members<'_, '_>, part: &str) -> Option<Option<f64>> {
    match find(members, part) {
        None => Some(None),
        Some((key, item)) => item.number(import, &format!("`{}`", shown(key))).map(Some),
    }
}

fn positive(
    import: &mut Import,
    members: &Members<'_, '_>,
    (part, usual): (&str, f64),
) -> Option<f64> {
    match number(import, members, part)? {
        Some(stated) if stated > 0.0 => Some(stated),
        Some(_) => {
            let (key, item) = find(members, part)?;
            let message = format!("`{}` is not above zero", shown(key));
            import.error(codes::FOREIGN_CONTENT, item.span(), message);
            None
        }
        None => {
            import.note(
                format!("no {part} is stated: {usual}, as the programs have it"),
                None,
            );
            Some(usual)
        }
    }
}

/// The equation of state: 0 ideal, 1 simple CNGA, 2 full CNGA.
fn equation(import: &mut Import, members: &Members<'_, '_>) -> Option<EquationOfState> {
    match number(import, members, "eos")? {
        Some(0.0) => Some(ideal()),
        Some(1.0) => Some(EquationOfState::CngaSimple),
        Some(2.0) => Some(EquationOfState::Cnga),
        Some(_) => {
            let (key, item) = find(members, "eos")?;
            let message = format!("`{}` is none of 0, 1, 2", shown(key));
            import.error(codes::FOREIGN_CONTENT, item.span(), message);
            None
        }
        None => {
            let what = "no equation of state is stated: ideal, with R = 8.314 J/(mol K) and 0.02896 kg/mol for air as the programs have them";
            import.note(what, None);
            Some(ideal())
        }
    }
}

fn units(import: &mut Import, members: &Members<'_, '_>, molar_mass: f64) -> Option<Factors> {
    match number(import, members, "units")? {
        Some(0.0) => Some(Factors::SI),
        Some(1.0) => {
            let what = "English units: psi, miles (1609.344 m), inches, horsepower, and million cubic feet a day at 60 °F and 14.696 psia, where the programs take the temperature of the gas";
            import.note(what, None);
            Some(Factors::english(molar_mass))
        }
        Some(_) => {
            let (key, item) = find(members, "units")?;
            let message = format!("`{}` is neither 0 nor 1", shown(key));
            import.error(codes::FOREIGN_CONTENT, item.span(), message);
            None
        }
        None => {
            import.note("no units are stated: SI", None);
            Some(Factors::SI)
        }
    }
}

/// Speaks of the parameters that are not read.
fn unknown(import: &mut Import, members: &Members<'_, '_>) {
    const READ: [&str; 8] = [
        "gas",
        "temperature",
        "specific heat",
        "eos",
        "units",
        "initial time",
        "final time",
        "output dt",
    ];
    for (key, item) in members {
        let lower = key.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|p| lower.contains(p));
        if has(&READ) {
            continue;
        }
        if has(&NUMERICS) {
            let what = "parameters of the programs' numerics are not used";
            import.note(what, Some(&shown(key)));
        } else {
            let message = format!("parameter `{}` is not used", shown(key));
            import.warning(codes::FOREIGN_UNKNOWN, item.span(), message);
        }
    }
}
