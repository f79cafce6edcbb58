use super::Helmholtz;
use super::gerg2008::Gerg2008;
use crate::{GasError, PseudoGas, Substance};

/// Temperature and pressure at which enthalpy and entropy of the ideal gas are zero.
const ZERO_TEMPERATURE_K: f64 = 298.15;
const ZERO_PRESSURE_PA: f64 = 101_325.0;

/// Density at which a mixture is ideal, mol/m3.
const DILUTE_MOL_PER_M3: f64 = 1e-6;

/// Heat capacity, enthalpy and entropy of the gas at zero pressure.
///
/// A mixture takes them from the ideal-gas part of GERG-2008 (Jaeschke and Schley 1995); a pseudo
/// gas has the constant heat capacity cp = R κ/(κ - 1) of its isentropic exponent.
#[derive(Debug, Clone)]
pub(crate) enum IdealGas {
    Mixture(Gerg2008),
    Pseudo(PseudoGas),
}

/// Molar properties of the ideal gas: cp and s in J/(mol K), h in J/mol.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IdealState {
    pub(crate) cp: f64,
    pub(crate) enthalpy: f64,
    pub(crate) entropy: f64,
}

impl IdealGas {
    pub(crate) fn new(substance: &Substance) -> Result<Self, GasError> {
        Ok(match substance {
            Substance::Mixture(composition) => Self::Mixture(Gerg2008::new(composition)?),
            Substance::Pseudo(gas) => Self::Pseudo(*gas),
        })
    }

    pub(crate) fn is_pseudo(&self) -> bool {
        matches!(self, Self::Pseudo(_))
    }

    /// kg/mol.
    pub(crate) fn molar_mass(&self) -> f64 {
        match self {
            Self::Mixture(gerg) => gerg.molar_mass(),
            Self::Pseudo(gas) => gas.molar_mass_kg_per_mol,
        }
    }

    /// The ideal gas at a temperature (K) and pressure (Pa), with the gas constant (J/(mol K)) of
    /// the equation that departs from it.
    pub(crate) fn at(&mut self, temperature: f64, pressure: f64, r: f64) -> IdealState {
        match self {
            Self::Mixture(gerg) => {
                let state = gerg.at(DILUTE_MOL_PER_M3, temperature);
                let at_atmosphere = state.entropy
                    + Gerg2008::GAS_CONSTANT * (state.pressure / ZERO_PRESSURE_PA).ln();
                IdealState {
                    cp: state.cp,
                    enthalpy: state.enthalpy,
                    entropy: at_atmosphere - r * (pressure / ZERO_PRESSURE_PA).ln(),
                }
            }
            Self::Pseudo(gas) => {
                let exponent = gas.isentropic_exponent;
                let cp = r * exponent / (exponent - 1.0);
                let from_zero = (temperature / ZERO_TEMPERATURE_K).ln();
                IdealState {
                    cp,
                    enthalpy: cp * (temperature - ZERO_TEMPERATURE_K),
                    entropy: cp * from_zero - r * (pressure / ZERO_PRESSURE_PA).ln(),
                }
            }
        }
    }
}
