use crate::equation::Equation;
use crate::isotherm::Node;
use crate::{Gas, GasError, GasState};

/// A walk along an isotherm: each density found helps to find the next one.
pub(crate) struct Walk<'a> {
    gas: &'a Gas,
    equation: Equation,
    temperature_k: f64,
    /// The density found last, mol/m3.
    near: Option<f64>,
}

/// What a walk finds at one pressure.
pub(crate) struct WalkNode {
    pub(crate) table: Node,
    /// The derivative of density/pressure with temperature at constant pressure, kg/m3/Pa/K.
    pub(crate) ratio_by_temperature: f64,
    pub(crate) state: GasState,
}

/// The pressure that stands for zero where a property needs a positive one, Pa.
const ALMOST_ZERO_PA: f64 = 1.0;

impl<'a> Walk<'a> {
    pub(crate) fn new(gas: &'a Gas, equation: Equation, temperature_k: f64) -> Self {
        Self {
            gas,
            equation,
            temperature_k,
            near: None,
        }
    }

    /// The node at a pressure (Pa) from zero on.
    pub(crate) fn node(&mut self, pressure_pa: f64) -> Result<WalkNode, GasError> {
        let positive = pressure_pa.max(ALMOST_ZERO_PA);
        let molar = self
            .equation
            .at_pressure(positive, self.temperature_k, self.near)?;
        let (ratio, slope) = if pressure_pa < ALMOST_ZERO_PA {
            self.equation.at_zero_pressure(self.temperature_k)
        } else {
            self.near = Some(molar.density);
            let ratio = molar.density / pressure_pa;
            (ratio, (1.0 / molar.dp_dd - ratio) / pressure_pa)
        };
        let state = self.gas.per_mass(&molar);
        let m = self.gas.molar_mass_kg_per_mol();
        let table = Node {
            ratio: ratio * m,
            ratio_slope: slope * m,
            viscosity: state.viscosity_pa_s,
            isentropic_exponent: state.isentropic_exponent,
        };
        // (dd/dT)_p = -(dp/dT)_d / (dp/dd)_T
        let ratio_by_temperature = -m * molar.dp_dt / (molar.dp_dd * positive);
        Ok(WalkNode {
            table,
            ratio_by_temperature,
            state,
        })
    }
}
