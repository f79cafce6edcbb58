//! The constants at the head of a file: units, per-unit bases and the gas.
//!
//! Source: GasModels.jl, `io/matgas.jl`, `core/data.jl`, `core/unit_converters.jl` and the page on
//! the Matgas format in its manual.

use super::matlab::{Document, Scalar};
use crate::codes;
use crate::import::Import;
use crate::sources::Span;
use linepack_gas::{EquationOfState, GAS_CONSTANT, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_units::ReferenceConditions;
use std::collections::HashMap;

/// Molar mass of air that GasModels counts the gravity from, kg/mol.
pub(crate) const MOLAR_MASS_OF_AIR: f64 = 0.028_96;
/// The gas constant of GasModels, where a file states none, J/(mol K).
const GAS_CONSTANT_THERE: f64 = 8.314;
/// Length that GasModels scales by, where a file states none, m.
const BASE_LENGTH_M: f64 = 5000.0;
/// Viscosity; the friction factors are constant, so no flow depends on it, Pa s.
const VISCOSITY_PA_S: f64 = 1.1e-5;

/// Constants that say nothing about the flow of gas.
const LEFT_OUT: [&str; 12] = [
    "economic_weighting",
    "energy_factor",
    "standard_density",
    "version",
    "name",
    "base_density",
    "base_time",
    "base_diameter",
    "base_volume",
    "base_mass",
    "base_flux",
    "multinetwork",
];
/// Constants that are read.
const READ: [&str; 13] = [
    "gas_specific_gravity",
    "specific_heat_capacity_ratio",
    "temperature",
    "compressibility_factor",
    "units",
    "sound_speed",
    "R",
    "gas_molar_mass",
    "base_pressure",
    "base_length",
    "base_flow",
    "is_per_unit",
    "per_unit",
];

/// Factors that make numbers of the file SI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Factors {
    /// To Pa.
    pub(crate) pressure: f64,
    /// To m, of pipe lengths and elevations.
    pub(crate) length: f64,
    /// To m, of diameters.
    pub(crate) diameter: f64,
    /// To kg/s.
    pub(crate) flow: f64,
    /// To W.
    pub(crate) power: f64,
}

/// What the head of a file says.
#[derive(Debug)]
pub(super) struct Constants {
    /// The gas.
    pub(super) gas: GasSpec,
    /// Its temperature, K.
    pub(super) temperature_k: f64,
    /// Factors of the file.
    pub(super) factors: Factors,
    /// Factors of English units, for a time series that says it has them.
    pub(super) english: Factors,
    /// Factors of a time series that says nothing: SI or English, never per unit.
    pub(super) series: Factors,
}

impl Factors {
    /// Numbers that are SI already.
    pub(crate) const SI: Self = Self {
        pressure: 1.0,
        length: 1.0,
        diameter: 1.0,
        flow: 1.0,
        power: 1.0,
    };

    /// psi, miles, inches, MMscfd and horsepower, for a gas of some molar mass.
    ///
    /// A standard cubic foot is one at 60 °F and 14.696 psia.
    pub(crate) fn english(molar_mass_kg_per_mol: f64) -> Self {
        let foot_m: f64 = 0.3048;
        let standard = ReferenceConditions::US_14_696;
        let moles_per_m3 = standard.pressure_pa / (GAS_CONSTANT_THERE * standard.temperature_k);
        Self {
            pressure: 0.453_592_37 * 9.806_65 / (0.0254 * 0.0254),
            length: 5280.0 * foot_m,
            diameter: 0.0254,
            flow: 1e6 * foot_m.powi(3) / 86_400.0 * moles_per_m3 * molar_mass_kg_per_mol,
            power: 550.0 * foot_m * 0.453_592_37 * 9.806_65,
        }
    }
}

/// Reads the constants; none when the gas cannot be known.
pub(super) fn read(import: &mut Import, document: &Document, source: usize) -> Option<Constants> {
    let head = Head::new(import, document, source);
    let temperature_k = head.positive(import, "temperature");
    let molar_mass = molar_mass(import, &head);
    let gamma = head.positive(import, "specific_heat_capacity_ratio");
    let english = is_english(import, &head);
    let (temperature_k, molar_mass) = (temperature_k?, molar_mass?);
    let speed = sound_speed(import, &head, temperature_k, molar_mass)?;
    let gas = GasSpec {
        substance: Substance::Pseudo(PseudoGas {
            molar_mass_kg_per_mol: molar_mass,
            critical_temperature_k: None,
            critical_pressure_pa: None,
            gross_heating_value_j_per_kg: None,
            net_heating_value_j_per_kg: None,
            isentropic_exponent: gamma?,
        }),
        equation: EquationOfState::Constant {
            z: speed * speed * molar_mass / (GAS_CONSTANT * temperature_k),
        },
        viscosity: Viscosity::Constant {
            pa_s: VISCOSITY_PA_S,
        },
    };
    let customary = Factors::english(molar_mass);
    let series = if english? { customary } else { Factors::SI };
    Some(Constants {
        gas,
        temperature_k,
        factors: factors(import, &head, series, speed)?,
        english: customary,
        series,
    })
}

/// Scalars by field.
struct Head<'d> {
    scalars: HashMap<&'d str, &'d Scalar>,
    source: usize,
}

impl<'d> Head<'d> {
    fn new(import: &mut Import, document: &'d Document, source: usize) -> Self {
        let mut scalars = HashMap::new();
        for scalar in &document.scalars {
            let field = scalar.field.as_str();
            if LEFT_OUT.contains(&field) {
                import.note(
                    "not used, because it says nothing about the flow of gas",
                    Some(&format!("mgc.{field}")),
                );
            } else if !READ.contains(&field) {
                let shown: String = field.chars().take(40).collect();
                let message = format!("`mgc.{shown}` is not used");
                import.warning(codes::FOREIGN_UNKNOWN, scalar.value.span, message);
            }
            if scalars.insert(field, scalar).is_some() && READ.contains(&field) {
                let message = format!("`mgc.{field}` is assigned a second time");
                import.error(codes::FOREIGN_CONTENT, scalar.value.span, message);
            }
        }
        Self { scalars, source }
    }

    fn missing(&self, import: &mut Import, field: &str) {
        let message = format!("`mgc.{field}` is missing");
        import.error(
            codes::FOREIGN_CONTENT,
            Span::beginning(self.source),
            message,
        );
    }

    /// A constant that may be missing, above zero.
    fn optional(&self, import: &mut Import, field: &str) -> Option<f64> {
        let value = self.scalars.get(field)?.value;
        let number = value.number(import).filter(|n| n.is_finite() && *n > 0.0);
        if number.is_none() {
            let message = format!("`mgc.{field}` is not a number above zero");
            import.error(codes::FOREIGN_CONTENT, value.span, message);
        }
        number
    }

    /// A constant that may not be missing, above zero.
    fn positive(&self, import: &mut Import, field: &str) -> Option<f64> {
        if !self.scalars.contains_key(field) {
            self.missing(import, field);
        }
        self.optional(import, field)
    }

    fn flag(&self, import: &mut Import, field: &str) -> Option<bool> {
        let value = self.scalars.get(field)?.value;
        match value.text(import).as_str() {
            "0" | "0.0" | "false" => Some(false),
            "1" | "1.0" | "true" => Some(true),
            _ => {
                let message = format!("`mgc.{field}` is neither 0 nor 1");
                import.error(codes::FOREIGN_CONTENT, value.span, message);
                None
            }
        }
    }
}

/// The molar mass: as stated, or else gravity times that of air.
fn molar_mass(import: &mut Import, head: &Head<'_>) -> Option<f64> {
    let stated = head.optional(import, "gas_molar_mass");
    let gravity = head.positive(import, "gas_specific_gravity")?;
    if stated.is_some() {
        return stated;
    }
    if head.scalars.contains_key("gas_molar_mass") {
        return None;
    }
    import.note(
        format!("the molar mass of the gas is its gravity times {MOLAR_MASS_OF_AIR} kg/mol (air)"),
        None,
    );
    Some(gravity * MOLAR_MASS_OF_AIR)
}

/// The speed of sound, which alone stands for the equation of state in the format, m/s.
fn sound_speed(
    import: &mut Import,
    head: &Head<'_>,
    temperature_k: f64,
    molar_mass: f64,
) -> Option<f64> {
    let r = match head.scalars.contains_key("R") {
        true => head.optional(import, "R")?,
        false => GAS_CONSTANT_THERE,
    };
    let z = head.positive(import, "compressibility_factor")?;
    let by_gas = (z * r * temperature_k / molar_mass).sqrt();
    if !head.scalars.contains_key("sound_speed") {
        import.note(
            "the speed of sound is sqrt(R T/M) as GasModels has it, without the compressibility factor",
            None,
        );
        return Some((r * temperature_k / molar_mass).sqrt());
    }
    let stated = head.optional(import, "sound_speed")?;
    if (stated / by_gas - 1.0).abs() > 1e-4 {
        import.note(
            format!(
                "the speed of sound stated, {stated} m/s, is not the {by_gas:.4} m/s of sqrt(Z R T/M): the stated one is used"
            ),
            None,
        );
    }
    let what =
        "density follows from the stated speed of sound, by a constant compressibility factor";
    import.note(what, None);
    Some(stated)
}

fn is_english(import: &mut Import, head: &Head<'_>) -> Option<bool> {
    let Some(units) = head.scalars.get("units") else {
        head.missing(import, "units");
        return None;
    };
    match units.value.text(import).as_str() {
        "si" => Some(false),
        "usc" => {
            import.note(
                "English units: psi, miles (1609.344 m), inches, horsepower, and million cubic feet a day at 60 °F and 14.696 psia, where GasModels takes the temperature of the gas",
                None,
            );
            Some(true)
        }
        _ => {
            let message = "`mgc.units` is neither 'si' nor 'usc'";
            import.error(codes::FOREIGN_CONTENT, units.value.span, message);
            None
        }
    }
}

/// Factors of the elements: those of the units, or the bases of a per-unit file.
fn factors(import: &mut Import, head: &Head<'_>, plain: Factors, speed: f64) -> Option<Factors> {
    let per_unit = ["is_per_unit", "per_unit"].map(|f| head.flag(import, f));
    if !per_unit.contains(&Some(true)) {
        return Some(plain);
    }
    let pressure = head.positive(import, "base_pressure")?;
    let length = match head.scalars.contains_key("base_length") {
        true => head.optional(import, "base_length")?,
        false => {
            import.note(format!("the base of lengths is {BASE_LENGTH_M} m"), None);
            BASE_LENGTH_M
        }
    };
    let flow = match head.scalars.contains_key("base_flow") {
        true => head.optional(import, "base_flow")?,
        false => {
            let what = "the base of flows is the base of pressures over the speed of sound";
            import.note(what, None);
            pressure / speed
        }
    };
    let what = "per unit: pressures, lengths, flows and powers are multiples of the bases (Pa, m, kg/s), diameters are metres";
    import.note(what, None);
    Some(Factors {
        pressure,
        length,
        diameter: 1.0,
        flow,
        power: flow,
    })
}
