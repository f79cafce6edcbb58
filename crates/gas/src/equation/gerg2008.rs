use super::helmholtz::fold_bound;
use super::{Helmholtz, MolarState};
use crate::{Composition, GasError};

/// GERG-2008, the wide-range equation for natural gases.
///
/// The arithmetic is the crate `aga8`, a port of NIST's published code; this file turns its units
/// (kPa, mol/l) into SI.
///
/// Source: Kunz and Wagner 2012, J. Chem. Eng. Data 57, 3032; ISO 20765-2; AGA 8 part 2 (2017).
/// Checked by `tests/published`: NIST single point, AGA 8 tables, ISO 20765-2.
#[derive(Clone)]
pub(crate) struct Gerg2008 {
    equation: Box<aga8::gerg2008::Gerg2008>,
    fold_below: f64,
}

impl std::fmt::Debug for Gerg2008 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gerg2008")
            .field("molar_mass", &self.molar_mass())
            .finish_non_exhaustive()
    }
}

/// Our composition as the crate `aga8` wants it.
pub(super) fn aga8_composition(composition: &Composition) -> aga8::composition::Composition {
    let x = &composition.mole_fractions;
    aga8::composition::Composition {
        methane: x[0],
        nitrogen: x[1],
        carbon_dioxide: x[2],
        ethane: x[3],
        propane: x[4],
        isobutane: x[5],
        n_butane: x[6],
        isopentane: x[7],
        n_pentane: x[8],
        hexane: x[9],
        heptane: x[10],
        octane: x[11],
        nonane: x[12],
        decane: x[13],
        hydrogen: x[14],
        oxygen: x[15],
        carbon_monoxide: x[16],
        water: x[17],
        hydrogen_sulfide: x[18],
        helium: x[19],
        argon: x[20],
    }
}

impl Gerg2008 {
    pub(crate) fn new(composition: &Composition) -> Result<Self, GasError> {
        let mut equation = Box::new(aga8::gerg2008::Gerg2008::new());
        equation
            .set_composition(&aga8_composition(composition))
            .map_err(|e| {
                GasError::OutOfRange(format!("GERG-2008 refuses the composition: {e:?}"))
            })?;
        equation.molar_mass();
        Ok(Self {
            equation,
            fold_below: fold_bound(composition),
        })
    }
}

impl Helmholtz for Gerg2008 {
    const NAME: &'static str = "GERG-2008";
    const GAS_CONSTANT: f64 = 8.314_472;
    const TEMPERATURE_RANGE_K: std::ops::RangeInclusive<f64> = 60.0..=700.0;
    const PRESSURE_MAX_PA: f64 = 70e6;

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
        let pressure = e.properties() * 1e3;
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
        self.equation
            .density(0)
            .ok()
            .map(|()| self.equation.d * 1e3)
    }
}
