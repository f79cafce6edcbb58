use super::gerg2008::aga8_composition;
use super::helmholtz::fold_bound;
use super::{Helmholtz, MolarState};
use crate::{Composition, GasError};

/// AGA 8 DETAIL, the equation for natural gases of transmission quality.
///
/// The arithmetic is the crate `aga8`, a port of NIST's published code; this file turns its units
/// (kPa, mol/l) into SI.
///
/// Source: Starling and Savidge 1994; AGA Report No. 8 part 1 (2017); ISO 20765-1.
/// Checked by `tests/published`: NIST single point, AGA 8 tables.
#[derive(Clone)]
pub(crate) struct Detail {
    equation: Box<aga8::detail::Detail>,
    fold_below: f64,
}

impl std::fmt::Debug for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Detail")
            .field("molar_mass", &self.molar_mass())
            .finish_non_exhaustive()
    }
}

impl Detail {
    pub(crate) fn new(composition: &Composition) -> Result<Self, GasError> {
        let mut equation = Box::new(aga8::detail::Detail::new());
        equation
            .set_composition(&aga8_composition(composition))
            .map_err(|e| {
                GasError::OutOfRange(format!("AGA 8 DETAIL refuses the composition: {e:?}"))
            })?;
        equation.molar_mass();
        Ok(Self {
            equation,
            fold_below: fold_bound(composition),
        })
    }
}

impl Helmholtz for Detail {
    const NAME: &'static str = "AGA 8 DETAIL";
    const GAS_CONSTANT: f64 = 8.314_51;
    const TEMPERATURE_RANGE_K: std::ops::RangeInclusive<f64> = 143.15..=676.15;
    const PRESSURE_MAX_PA: f64 = 140e6;

    fn fold_below(&self) -> f64 {
        self.fold_below
    }

    fn molar_mass(&self) -> f64 {
        self.equation.mm * 1e-3
    }

    fn pressure(&mut self, density: f64, temperature: f64) -> f64 {
        self.equation.t = temperature;
        self.equation.d = density * 1e-3;
        self.equation.pressure() * 1e3
    }

    fn at(&mut self, density: f64, temperature: f64) -> MolarState {
        let e = &mut self.equation;
        e.t = temperature;
        e.d = density * 1e-3;
        e.properties();
        let pressure = e.p * 1e3;
        MolarState {
            density,
            pressure,
            temperature,
            compressibility: e.z,
            dp_dd: e.dp_dd,
            dp_dt: e.dp_dt * 1e3,
            cv: e.cv,
            cp: e.cp,
            enthalpy: e.h,
            entropy: e.s,
        }
    }

    fn curvature(&self) -> f64 {
        self.equation.d2p_dd2 * 1e-3
    }

    fn search(&mut self, pressure: f64, temperature: f64, near: Option<f64>) -> Option<f64> {
        self.equation.t = temperature;
        self.equation.p = pressure * 1e-3;
        // A negative density is the crate's sign for "start here".
        self.equation.d = near.map_or(0.0, |density| -density * 1e-3);
        self.equation.density().ok().map(|()| self.equation.d * 1e3)
    }
}
