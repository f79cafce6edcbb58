//! The rows of the table of properties.

use linepack_gas::{Gas, GasState};

/// A property with its names, its unit for people and how many of those an SI unit is.
pub(super) struct Row {
    /// Name for people.
    pub(super) label: &'static str,
    /// Key with unit for machines.
    pub(super) key: &'static str,
    /// Unit for people.
    pub(super) unit: &'static str,
    /// The value in SI units.
    pub(super) si: f64,
    factor: f64,
}

impl Row {
    /// The value for people.
    pub(super) fn shown(&self) -> f64 {
        self.si * self.factor
    }
}

const fn row(
    label: &'static str,
    key: &'static str,
    unit: &'static str,
    si: f64,
    factor: f64,
) -> Row {
    Row {
        label,
        key,
        unit,
        si,
        factor,
    }
}

/// All properties of a state.
pub(super) fn properties(gas: &Gas, s: &GasState) -> Vec<Row> {
    let mut rows = mechanical(gas, s);
    rows.extend(thermal(s));
    rows
}

fn mechanical(gas: &Gas, s: &GasState) -> Vec<Row> {
    let (molar_mass, w) = (gas.molar_mass_kg_per_mol(), s.speed_of_sound_m_per_s);
    vec![
        row(
            "molar mass",
            "molar_mass_kg_per_mol",
            "g/mol",
            molar_mass,
            1e3,
        ),
        row(
            "density",
            "density_kg_per_m3",
            "kg/m3",
            s.density_kg_per_m3,
            1.0,
        ),
        row(
            "compressibility",
            "compressibility",
            "-",
            s.compressibility,
            1.0,
        ),
        row("speed of sound", "speed_of_sound_m_per_s", "m/s", w, 1.0),
    ]
}

#[rustfmt::skip]
fn thermal(s: &GasState) -> Vec<Row> {
    vec![
        row("cp", "cp_j_per_kg_k", "kJ/(kg K)", s.cp_j_per_kg_k, 1e-3),
        row("cv", "cv_j_per_kg_k", "kJ/(kg K)", s.cv_j_per_kg_k, 1e-3),
        row("isentropic exponent", "isentropic_exponent", "-", s.isentropic_exponent, 1.0),
        row("Joule-Thomson", "joule_thomson_k_per_pa", "K/bar", s.joule_thomson_k_per_pa, 1e5),
        row("enthalpy", "enthalpy_j_per_kg", "kJ/kg", s.enthalpy_j_per_kg, 1e-3),
        row("entropy", "entropy_j_per_kg_k", "kJ/(kg K)", s.entropy_j_per_kg_k, 1e-3),
        row("viscosity", "viscosity_pa_s", "uPa s", s.viscosity_pa_s, 1e6),
        row("pressure", "pressure_pa", "bara", s.pressure_pa, 1e-5),
    ]
}
