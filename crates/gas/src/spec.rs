use crate::{Composition, GasError};

/// A gas of which only bulk properties are known, as older network formats state it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PseudoGas {
    /// Molar mass, kg/mol.
    pub molar_mass_kg_per_mol: f64,
    /// Pseudo-critical temperature, K.
    pub critical_temperature_k: Option<f64>,
    /// Pseudo-critical pressure, Pa.
    pub critical_pressure_pa: Option<f64>,
    /// Gross heating value, J/kg.
    pub gross_heating_value_j_per_kg: Option<f64>,
    /// Net heating value, J/kg.
    pub net_heating_value_j_per_kg: Option<f64>,
    /// Isentropic exponent, -.
    pub isentropic_exponent: f64,
}

impl PseudoGas {
    /// The stated heating value, J/kg.
    pub(crate) fn heating_value_j_per_kg(&self, gross: bool) -> Result<f64, GasError> {
        let (value, key) = if gross {
            (self.gross_heating_value_j_per_kg, "gross_heating_value")
        } else {
            (self.net_heating_value_j_per_kg, "net_heating_value")
        };
        value.ok_or_else(|| GasError::Missing(format!("an energy needs `{key}` of the pseudo gas")))
    }

    /// Refuses bulk properties that no gas has.
    pub(crate) fn check(&self) -> Result<(), GasError> {
        let critical_temperature = self.critical_temperature_k.unwrap_or(200.0);
        let critical_pressure = self.critical_pressure_pa.unwrap_or(4.6e6);
        for (what, value, range, unit) in [
            (
                "molar mass",
                self.molar_mass_kg_per_mol,
                1e-3..=1.0,
                "kg/mol",
            ),
            (
                "isentropic exponent",
                self.isentropic_exponent,
                1.001..=3.0,
                "",
            ),
            (
                "critical temperature",
                critical_temperature,
                1.0..=2000.0,
                "K",
            ),
            ("critical pressure", critical_pressure, 1e4..=1e9, "Pa"),
        ] {
            if !range.contains(&value) {
                let (low, high) = range.into_inner();
                return Err(GasError::OutOfRange(format!(
                    "the {what} of the gas is {value}; it must be between {low} and {high} {unit}"
                )));
            }
        }
        Ok(())
    }
}

/// What the gas is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Substance {
    /// A full composition.
    Mixture(Composition),
    /// Bulk properties only.
    Pseudo(PseudoGas),
}

/// How density follows from pressure and temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum EquationOfState {
    /// GERG-2008 (ISO 20765-2).
    Gerg2008,
    /// AGA 8 DETAIL (ISO 20765-1).
    Detail,
    /// Peng and Robinson 1976 with volume shift.
    PengRobinson,
    /// Soave 1972 with volume shift.
    SoaveRedlichKwong,
    /// SGERG-88 (ISO 12213-3), from heating value, relative density, carbon dioxide and hydrogen.
    Sgerg88,
    /// AGA 8 GROSS method 1, from heating value, relative density and carbon dioxide.
    GrossMethod1,
    /// AGA 8 GROSS method 2, from relative density, nitrogen and carbon dioxide.
    GrossMethod2,
    /// Papay 1968, from pseudo-critical properties.
    Papay,
    /// AGA NX-19, from relative density, nitrogen and carbon dioxide.
    AgaNx19,
    /// California Natural Gas Association, with coefficients for the gas gravity and temperature.
    Cnga,
    /// California Natural Gas Association with the two fixed coefficients used by several network codes.
    CngaSimple,
    /// Z = 1.
    Ideal,
    /// A constant compressibility factor.
    Constant {
        /// Compressibility factor, -.
        z: f64,
    },
    /// A compressibility factor that changes with the pressure along a straight line.
    Linear {
        /// Compressibility factor at zero pressure, -.
        z: f64,
        /// Its change with pressure, 1/Pa.
        per_pa: f64,
    },
}

impl std::fmt::Display for EquationOfState {
    /// The name that people use.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Gerg2008 => "GERG-2008",
            Self::Detail => "AGA 8 DETAIL",
            Self::PengRobinson => "Peng-Robinson",
            Self::SoaveRedlichKwong => "Soave-Redlich-Kwong",
            Self::Sgerg88 => "SGERG-88",
            Self::GrossMethod1 => "AGA 8 GROSS, method 1",
            Self::GrossMethod2 => "AGA 8 GROSS, method 2",
            Self::Papay => "Papay",
            Self::AgaNx19 => "AGA NX-19",
            Self::Cnga => "CNGA",
            Self::CngaSimple => "CNGA, fixed coefficients",
            Self::Ideal => "ideal gas",
            Self::Constant { z } => return write!(f, "Z = {z}"),
            Self::Linear { z, per_pa } => return write!(f, "Z = {z} {:+} per bar", per_pa * 1e5),
        })
    }
}

/// How viscosity is found.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Viscosity {
    /// Lee, Gonzalez and Eakin 1966.
    LeeGonzalezEakin,
    /// Corresponding states with methane; for hydrogen and inert gases too. Needs a composition.
    CorrespondingStates,
    /// A constant.
    Constant {
        /// Dynamic viscosity, Pa s.
        pa_s: f64,
    },
}

impl std::fmt::Display for Viscosity {
    /// The name that people use.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LeeGonzalezEakin => f.write_str("Lee, Gonzalez and Eakin"),
            Self::CorrespondingStates => f.write_str("corresponding states"),
            Self::Constant { pa_s } => write!(f, "{pa_s:e} Pa s"),
        }
    }
}

/// The gas of a case, as stated.
#[derive(Debug, Clone, PartialEq)]
pub struct GasSpec {
    /// What it is made of.
    pub substance: Substance,
    /// Equation of state.
    pub equation: EquationOfState,
    /// Viscosity model.
    pub viscosity: Viscosity,
}
