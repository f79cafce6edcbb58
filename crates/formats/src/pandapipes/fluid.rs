//! The fluid of a net as a gas.
//!
//! pandapipes has ρ = ρn (p/pn) (Tn/T) / K(p), with the density ρn at 0 °C and 1.01325 bar and a
//! compressibility K over the pressure in bar. The same density follows from Z = K with the molar
//! mass ρn R Tn/pn.

use super::property::Property;
use super::table::Tables;
use crate::codes;
use crate::import::Import;
use crate::json::Json;
use linepack_gas::{EquationOfState, GAS_CONSTANT, GasSpec, PseudoGas, Substance, Viscosity};

/// Conditions to which densities are stated.
const NORMAL_TEMPERATURE_K: f64 = 273.15;
const NORMAL_PRESSURE_PA: f64 = 101_325.0;
/// Where no heat capacity says what the isentropic exponent is.
const ISENTROPIC_EXPONENT: f64 = 1.3;

/// The conditions at which properties that vary are taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conditions {
    pub(super) temperature_k: f64,
    /// Lowest and highest absolute pressure that something holds, Pa.
    pub(super) pressures_pa: [f64; 2],
}

/// The gas; none when the fluid is none.
pub(super) fn gas(import: &mut Import, net: &Json, at: Conditions) -> Option<GasSpec> {
    let Some(fluid) = net.get("fluid").and_then(|f| f.get("_object")) else {
        import.error(codes::FOREIGN_CONTENT, net.span, "the net has no fluid");
        return None;
    };
    if !is_gas(import, fluid) {
        return None;
    }
    let density = property(import, fluid, "density")?.at(NORMAL_TEMPERATURE_K);
    let molar_mass = density * GAS_CONSTANT * NORMAL_TEMPERATURE_K / NORMAL_PRESSURE_PA;
    let viscosity = property(import, fluid, "viscosity")?;
    if !viscosity.is_constant() {
        import.note(
            format!("viscosity is taken at {:.2} K throughout", at.temperature_k),
            None,
        );
    }
    let compressibility = property(import, fluid, "compressibility")?;
    Some(GasSpec {
        substance: Substance::Pseudo(pseudo(import, fluid, molar_mass, at)),
        equation: equation(import, &compressibility, at),
        viscosity: Viscosity::Constant {
            pa_s: viscosity.at(at.temperature_k),
        },
    })
}

fn is_gas(import: &mut Import, fluid: &Json) -> bool {
    use crate::json::Kind;
    let kind = fluid.get("fluid_type").and_then(Json::text);
    let flag = fluid.get("is_gas").map(|f| f.kind == Kind::Bool(true));
    let is_gas = match kind {
        Some(kind) => kind.eq_ignore_ascii_case("gas"),
        None => flag.unwrap_or(false),
    };
    if !is_gas {
        let name = fluid.get("name").and_then(Json::text).unwrap_or("");
        let message = format!(
            "the fluid \"{name}\" is a {}; only networks of gas can be calculated",
            kind.unwrap_or("fluid of no stated kind")
        );
        import.error(codes::FOREIGN_CONTENT, fluid.span, message);
    }
    is_gas
}

fn property(import: &mut Import, fluid: &Json, name: &str) -> Option<Property> {
    let stated = fluid.get("all_properties").and_then(|all| all.get(name));
    let read = stated.and_then(Property::read);
    if read.is_none() {
        let (span, what) = match stated {
            Some(stated) => (stated.span, "is of no known class"),
            None => (fluid.span, "is missing"),
        };
        let message = format!("the property `{name}` of the fluid {what}");
        import.error(codes::FOREIGN_CONTENT, span, message);
    }
    read
}

/// Z = K, as a straight line where it is no constant.
fn equation(import: &mut Import, k: &Property, at: Conditions) -> EquationOfState {
    match k {
        Property::Constant(1.0) => EquationOfState::Ideal,
        Property::Constant(z) => EquationOfState::Constant { z: *z },
        Property::Linear { slope, offset } => EquationOfState::Linear {
            z: *offset,
            per_pa: slope / 1e5,
        },
        curve => chord(import, curve, at.pressures_pa.map(|p| p / 1e5)),
    }
}

/// A curve as the straight line through two of its points.
fn chord(import: &mut Import, curve: &Property, [low, high]: [f64; 2]) -> EquationOfState {
    let (low, high) = if high - low > 1e-3 * high {
        (low, high)
    } else {
        (0.5 * high, high)
    };
    let slope = (curve.at(high) - curve.at(low)) / (high - low);
    let z = curve.at(low) - slope * low;
    let mid = 0.5 * (low + high);
    let off = (z + slope * mid) / curve.at(mid) - 1.0;
    import.note(
        format!(
            "the curve of the compressibility is replaced by the straight line through its values \
             at {low:.3} and {high:.3} bar, which is {:.1e} off half-way",
            off.abs()
        ),
        None,
    );
    EquationOfState::Linear {
        z,
        per_pa: slope / 1e5,
    }
}

fn pseudo(import: &mut Import, fluid: &Json, molar_mass: f64, at: Conditions) -> PseudoGas {
    let all = fluid.get("all_properties");
    let optional = |name: &str| all.and_then(|a| Property::read(a.get(name)?));
    // kWh/kg
    let heating = |name: &str| optional(name).map(|h| h.at(NORMAL_TEMPERATURE_K) * 3.6e6);
    let capacity = optional("heat_capacity").map(|c| c.at(at.temperature_k));
    let exponent = capacity.map(|cp| cp / (cp - GAS_CONSTANT / molar_mass));
    let possible = exponent.filter(|k| (1.01..=1.9).contains(k));
    if possible.is_none() {
        import.note(
            format!(
                "isentropic exponent {ISENTROPIC_EXPONENT} assumed: the heat capacity of the fluid \
                 leads to none"
            ),
            None,
        );
    }
    PseudoGas {
        molar_mass_kg_per_mol: molar_mass,
        critical_temperature_k: None,
        critical_pressure_pa: None,
        gross_heating_value_j_per_kg: heating("higher_heating_value"),
        net_heating_value_j_per_kg: heating("lower_heating_value"),
        isentropic_exponent: possible.unwrap_or(ISENTROPIC_EXPONENT),
    }
}

/// The temperature of most of the net and the pressures that something holds.
pub(super) fn conditions(tables: &Tables<'_>, temperature_k: f64) -> Conditions {
    let columns = ["p_bar", "controlled_p_bar", "pn_bar"];
    let rows = ["ext_grid", "press_control", "pressure_control", "junction"];
    let rows = rows.iter().filter_map(|name| tables.get(name));
    let rows = rows.flat_map(super::table::Table::rows);
    let stated = rows.flat_map(|row| columns.map(|c| row.number(c)));
    let absolute = stated.flatten().map(|bar| bar * 1e5 + NORMAL_PRESSURE_PA);
    let held = absolute.filter(|p| p.is_finite() && *p > 0.0);
    let [low, high] = held.fold([f64::INFINITY, 0.0], |[a, b], p| [p.min(a), p.max(b)]);
    Conditions {
        temperature_k,
        pressures_pa: if high > 0.0 {
            [low, high]
        } else {
            [NORMAL_PRESSURE_PA; 2]
        },
    }
}
