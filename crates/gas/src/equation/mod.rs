//! Equations of state, one per file.
//!
//! Three families: [`helmholtz`] equations give every property from density and temperature and are
//! solved for the density of the gas root; [`cubic_gas`] and [`virial`] give the residual Helmholtz energy
//! beside an ideal gas of their own ([`residual`]); [`explicit`] ones give the compressibility factor
//! from pressure and temperature, and every property follows from its derivatives.

mod cnga;
mod constant;
mod cubic_gas;
mod detail;
mod explicit;
mod gerg2008;
mod gross;
mod helmholtz;
mod ideal_gas;
mod jet;
mod linear;
mod nx19;
mod papay;
mod residual;
mod sgerg88;
mod virial;
mod virial_coefficients;

pub(crate) use explicit::Explicit;
pub(crate) use helmholtz::Helmholtz;

use crate::cubic::Form;
use crate::{Composition, EquationOfState, GasError, Substance};
use cnga::Cnga;
use constant::Constant;
use cubic_gas::CubicGas;
use detail::Detail;
use explicit::Factor;
use gerg2008::Gerg2008;
use gross::Method;
use ideal_gas::IdealGas;
use linear::Linear;
use nx19::Nx19;
use papay::Papay;
use virial::Virial;

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
    Cubic(Box<CubicGas>),
    Virial(Box<Virial>),
    Explicit(Explicit),
}

impl Equation {
    pub(crate) fn new(equation: EquationOfState, substance: &Substance) -> Result<Self, GasError> {
        let mixture = |name| composition(substance, name);
        let ideal = || IdealGas::new(substance);
        let factor = match equation {
            EquationOfState::Gerg2008 => {
                return Ok(Self::Gerg2008(Gerg2008::new(mixture("GERG-2008")?)?));
            }
            EquationOfState::Detail => {
                return Ok(Self::Detail(Detail::new(mixture("AGA 8 DETAIL")?)?));
            }
            EquationOfState::PengRobinson => {
                let mixture = mixture("Peng-Robinson")?;
                return Ok(Self::cubic(Form::PengRobinson, mixture, ideal()?));
            }
            EquationOfState::SoaveRedlichKwong => {
                let mixture = mixture("Soave-Redlich-Kwong")?;
                return Ok(Self::cubic(Form::Soave, mixture, ideal()?));
            }
            EquationOfState::Sgerg88 => {
                return Ok(Self::virial(sgerg88::sgerg88(
                    mixture("SGERG-88")?,
                    ideal()?,
                )?));
            }
            EquationOfState::GrossMethod1 => {
                let mixture = mixture("AGA 8 GROSS")?;
                return Ok(Self::virial(gross::gross(mixture, Method::One, ideal()?)?));
            }
            EquationOfState::GrossMethod2 => {
                let mixture = mixture("AGA 8 GROSS")?;
                return Ok(Self::virial(gross::gross(mixture, Method::Two, ideal()?)?));
            }
            other => factor(other, substance)?,
        };
        Ok(Self::Explicit(Explicit::new(factor, ideal()?)))
    }

    fn cubic(form: Form, composition: &Composition, ideal: IdealGas) -> Self {
        Self::Cubic(Box::new(CubicGas::new(form, composition, ideal)))
    }

    fn virial(virial: Virial) -> Self {
        Self::Virial(Box::new(virial))
    }

    /// Molar mass by the equation's own table of atomic masses, kg/mol.
    pub(crate) fn molar_mass(&self) -> f64 {
        match self {
            Self::Gerg2008(e) => e.molar_mass(),
            Self::Detail(e) => e.molar_mass(),
            Self::Cubic(e) => e.molar_mass(),
            Self::Virial(e) => e.molar_mass(),
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
            Self::Cubic(e) => e.gas_at(pressure, temperature),
            Self::Virial(e) => e.gas_at(pressure, temperature),
            Self::Explicit(e) => e.gas_at(pressure, temperature),
        }
    }

    /// The state at a density (mol/m3), whatever the phase; none for equations in the pressure.
    pub(crate) fn at_density(&mut self, density: f64, temperature: f64) -> Option<MolarState> {
        Some(match self {
            Self::Gerg2008(e) => e.at(density, temperature),
            Self::Detail(e) => e.at(density, temperature),
            Self::Cubic(e) => e.at_density(density, temperature),
            Self::Virial(e) => e.at_density(density, temperature),
            Self::Explicit(_) => return None,
        })
    }

    /// The ratio density/pressure at zero pressure (mol/m3/Pa) and its slope with pressure.
    pub(crate) fn at_zero_pressure(&mut self, temperature: f64) -> (f64, f64) {
        match self {
            Self::Gerg2008(e) => e.dilute(temperature),
            Self::Detail(e) => e.dilute(temperature),
            Self::Cubic(e) => e.dilute(temperature),
            Self::Virial(e) => e.dilute(temperature),
            Self::Explicit(e) => e.dilute(temperature),
        }
    }
}

/// The equations explicit in Z.
fn factor(equation: EquationOfState, substance: &Substance) -> Result<Factor, GasError> {
    Ok(match equation {
        EquationOfState::Papay => Factor::Papay(Papay::new(substance)?),
        EquationOfState::AgaNx19 => Factor::Nx19(Nx19::new(composition(substance, "AGA NX-19")?)?),
        EquationOfState::Cnga => Factor::Cnga(Cnga::full(molar_mass(substance)?)),
        EquationOfState::CngaSimple => Factor::Cnga(Cnga::simple()),
        EquationOfState::Constant { z } => Factor::Constant(Constant::new(z)?),
        EquationOfState::Linear { z, per_pa } => Factor::Linear(Linear::new(z, per_pa)?),
        // Z = 1; the equations of the other families do not come here.
        _ => Factor::Constant(Constant::ideal()),
    })
}

fn composition<'a>(substance: &'a Substance, equation: &str) -> Result<&'a Composition, GasError> {
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
