//! Rows of `[settings]` and `[gas]` as structs.

use super::choice::Named;
use super::decode::{Cell, Row};
use super::heat;
use super::member::{Member, take_named};
use super::quality;
use linepack_gas::{
    COMPONENTS, Composition, EquationOfState, GasSpec, PseudoGas, Substance, Viscosity,
};
use linepack_network::{FrictionLaw, Settings, Terms};
use linepack_units::{Context, HeatingBasis, ReferenceConditions};

/// What quantities are read with.
pub(super) fn context(settings: &Settings) -> Context {
    Context {
        atmospheric_pressure_pa: settings.atmospheric_pressure_pa,
        volume_reference: settings.volume_reference,
        heating: settings.heating_basis,
    }
}

/// The settings of a row.
pub(super) fn settings(row: &Row) -> Settings {
    Settings {
        volume_reference: volume_reference(row),
        heating_basis: heating(row),
        atmospheric_pressure_pa: f64::at(row, "atmospheric_pressure"),
        ground_temperature_k: f64::at(row, "ground_temperature"),
        friction: friction(row),
        cell_length_m: f64::at(row, "cell_length"),
        mesh_tolerance_pa: Member::at(row, "mesh_tolerance"),
        pressure_tolerance_pa: f64::at(row, "pressure_tolerance"),
        waves: bool::at(row, "waves"),
        step_max_s: f64::at(row, "step_max"),
        checkpoint_s: f64::at(row, "checkpoint"),
        terms: terms(row),
        heat: heat::settings(row),
        quality: quality::settings(row),
    }
}

fn volume_reference(row: &Row) -> ReferenceConditions {
    reference(row, "volume_reference").unwrap_or(ReferenceConditions::ISO_STANDARD)
}

/// Reference conditions under a key.
pub(super) fn reference(row: &Row, key: &str) -> Option<ReferenceConditions> {
    Some(match row.cell(key)? {
        Cell::Text(name) => ReferenceConditions::named(name)?,
        Cell::Row(own) => ReferenceConditions {
            temperature_k: f64::at(own, "temperature"),
            pressure_pa: f64::at(own, "pressure"),
        },
        _ => return None,
    })
}

fn heating(row: &Row) -> HeatingBasis {
    let Some(Cell::Row(own)) = row.cell("heating") else {
        return Context::default().heating;
    };
    HeatingBasis {
        gross: Option::<String>::at(own, "basis").as_deref() != Some("net"),
        combustion_temperature_k: f64::at(own, "combustion_temperature"),
    }
}

fn friction(row: &Row) -> FrictionLaw {
    match row.cell("friction") {
        Some(Cell::Row(own)) => FrictionLaw::Constant {
            darcy: f64::at(own, "constant"),
        },
        _ => take_named(row, "friction", FrictionLaw::ColebrookWhite),
    }
}

fn terms(row: &Row) -> Terms {
    match row.cell("terms") {
        Some(Cell::Row(own)) => Terms {
            inertia: bool::at(own, "inertia"),
            kinetic: bool::at(own, "kinetic"),
            gravity: bool::at(own, "gravity"),
        },
        _ => Terms {
            inertia: true,
            kinetic: true,
            gravity: true,
        },
    }
}

/// The gas of a row.
pub(super) fn gas(row: &Row) -> GasSpec {
    GasSpec {
        substance: substance(row),
        equation: equation(row),
        viscosity: viscosity(row),
    }
}

pub(super) fn equation(row: &Row) -> EquationOfState {
    match row.cell("equation") {
        Some(Cell::Row(own)) => {
            let z = f64::at(own, "constant");
            match Option::<f64>::at(own, "per_pa") {
                Some(per_pa) => EquationOfState::Linear { z, per_pa },
                None => EquationOfState::Constant { z },
            }
        }
        _ => take_named(row, "equation", EquationOfState::Gerg2008),
    }
}

pub(super) fn viscosity(row: &Row) -> Viscosity {
    match row.cell("viscosity") {
        Some(Cell::Number(pa_s)) => Viscosity::Constant { pa_s: *pa_s },
        Some(Cell::Text(name)) => Viscosity::named(name).unwrap_or(Viscosity::LeeGonzalezEakin),
        _ => Viscosity::LeeGonzalezEakin,
    }
}

pub(super) fn substance(row: &Row) -> Substance {
    match (row.cell("pseudo"), row.cell("composition")) {
        (Some(Cell::Row(own)), _) => Substance::Pseudo(pseudo(own)),
        (_, Some(Cell::Row(own))) => Substance::Mixture(Composition {
            mole_fractions: std::array::from_fn(|i| f64::at(own, COMPONENTS[i].name)),
        }),
        _ => Substance::Mixture(Composition {
            mole_fractions: [f64::NAN; 21],
        }),
    }
}

fn pseudo(row: &Row) -> PseudoGas {
    PseudoGas {
        molar_mass_kg_per_mol: f64::at(row, "molar_mass"),
        critical_temperature_k: Member::at(row, "critical_temperature"),
        critical_pressure_pa: Member::at(row, "critical_pressure"),
        gross_heating_value_j_per_kg: Member::at(row, "gross_heating_value"),
        net_heating_value_j_per_kg: Member::at(row, "net_heating_value"),
        isentropic_exponent: f64::at(row, "isentropic_exponent"),
    }
}
