//! Equations of state, one per file.
//!
//! Two families: [`helmholtz`] equations give every property from density and temperature and are
//! solved for the density of the gas root; [`explicit`] ones give the compressibility factor from
//! pressure and temperature, and every property follows from its derivatives.

mod cnga;
mod constant;
mod detail;
mod explicit;
mod gerg2008;
mod helmholtz;
mod ideal_gas;
mod linear;
mod papay;

pub(crate) use explicit::Explicit;
pub(crate) use helmholtz::Helmholtz;

use crate::{EquationOfState, GasError, Substance};
use cnga::Cnga;
use constant::Constant;
use detail::Detail;
use explicit::Factor;
use gerg2008::Gerg2008;
use ideal_gas::IdealGas;
use linear::Linear;
use papay::Papay;

/// Molar gas constant, J/(mol K), CODATA 2018.
pub const GAS_CONSTANT: f64 = 8.314_462_618;

/// A thermodynamic state per mole, in SI units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MolarState {
    /// mol/m3.
    pub(crate) density: f64,
    /// Pa.
    pub(crate) pressure: f64,
    /// K.
    pub(crate) temperature: f64,
    /// -.
    pub(crate) compressibility: f64,
    /// dp/dd at constant temperature, Pa m3/mol.
    pub(crate) dp_dd: f64,
    /// dp/dT at constant density, Pa/K.
    pub(crate) dp_dt: f64,
    /// J/(mol K).
    pub(crate) cv: f64,
    /// J/(mol K).
    pub(crate) cp: f64,
    /// J/mol.
    pub(crate) enthalpy: f64,
    /// J/(mol K).
    pub(crate) entropy: f64,
}

impl MolarState {
    /// Whether a fluid could rest in this state: stable against changes of volume and of heat.
    pub(crate) fn is_stable(&self) -> bool {
        self.dp_dd > 0.0 && self.cv > 0.0
    }
}

/// An equation of state ready for one gas.
#[derive(Debug, Clone)]
pub(crate) enum Equation {
    Gerg2008(Gerg2008),
    Detail(Detail),
    Explicit(Explicit),
}

impl Equation {
    pub(crate) fn new(equation: EquationOfState, substance: &Substance) -> Result<Self, GasError> {
        let factor = match equation {
            EquationOfState::Gerg2008 => {
                return Ok(Self::Gerg2008(Gerg2008::new(composition(
                    substance,
                    "GERG-2008",
                )?)?));
            }
            EquationOfState::Detail => {
                return Ok(Self::Detail(Detail::new(composition(
                    substance,
                    "AGA 8 DETAIL",
                )?)?));
            }
            EquationOfState::Papay => Factor::Papay(Papay::new(substance)?),
            EquationOfState::Cnga => Factor::Cnga(Cnga::full(molar_mass(substance)?)),
            EquationOfState::CngaSimple => Factor::Cnga(Cnga::simple()),
            EquationOfState::Ideal => Factor::Constant(Constant::ideal()),
            EquationOfState::Constant { z } => Factor::Constant(Constant::new(z)?),
            EquationOfState::Linear { z, per_pa } => Factor::Linear(Linear::new(z, per_pa)?),
        };
        Ok(Self::Explicit(Explicit::new(
            factor,
            IdealGas::new(substance)?,
        )))
    }

    /// Molar mass by the equation's own table of atomic masses, kg/mol.
    pub(crate) fn molar_mass(&self) -> f64 {
        match self {
            Self::Gerg2008(e) => e.molar_mass(),
            Self::Detail(e) => e.molar_mass(),
            Self::Explicit(e) => e.molar_mass(),
        }
    }

    /// Whether Z depends on the pressure at most, so that the equation says nothing of heat.
    pub(crate) fn ignores_temperature(&self) -> bool {
        matches!(self, Self::Explicit(e) if e.ignores_temperature())
    }

    /// The gas at a pressure and temperature; `near` is a density (mol/m3) close to the answer.
    pub(crate) fn at_pressure(
        &mut self,
        pressure: f64,
        temperature: f64,
        near: Option<f64>,
    ) -> Result<MolarState, GasError> {
        match self {
            Self::Gerg2008(e) => e.gas_at(pressure, temperature, near),
            Self::Detail(e) => e.gas_at(pressure, temperature, near),
            Self::Explicit(e) => e.gas_at(pressure, temperature),
        }
    }

    /// The ratio density/pressure at zero pressure (mol/m3/Pa) and its slope with pressure.
    pub(crate) fn at_zero_pressure(&mut self, temperature: f64) -> (f64, f64) {
        match self {
            Self::Gerg2008(e) => e.dilute(temperature),
            Self::Detail(e) => e.dilute(temperature),
            Self::Explicit(e) => e.dilute(temperature),
        }
    }
}

fn composition<'a>(
    substance: &'a Substance,
    equation: &str,
) -> Result<&'a crate::Composition, GasError> {
    match substance {
        Substance::Mixture(composition) => Ok(composition),
        Substance::Pseudo(_) => Err(GasError::Missing(format!(
            "{equation} needs a composition; this gas is stated by bulk properties only \
             (papay, cnga, cnga_simple, ideal or a constant Z can be used)"
        ))),
    }
}

fn molar_mass(substance: &Substance) -> Result<f64, GasError> {
    Ok(IdealGas::new(substance)?.molar_mass())
}
