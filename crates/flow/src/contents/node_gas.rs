//! The gas at a node.

use super::Point;
use linepack_gas::Isotherm;

/// Gas of a temperature and composition of its own, near one pressure.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct NodeGas {
    pub temperature_k: f64,
    pressure: f64,
    /// Density over pressure, and its slope.
    ratio: f64,
    ratio_slope: f64,
    isentropic_exponent: f64,
}

impl NodeGas {
    pub(crate) fn new(point: &Point, pressure: f64, temperature_k: f64) -> Self {
        let ratio = point.density / pressure;
        Self {
            temperature_k,
            pressure,
            ratio,
            ratio_slope: (point.per_pa - ratio) / pressure,
            isentropic_exponent: point.isentropic_exponent(pressure, temperature_k),
        }
    }
}

/// The gas that laws of links and terminals see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum GasAt<'a> {
    /// That of the case, at one temperature.
    Table(&'a Isotherm),
    /// What is there.
    Node(&'a NodeGas),
}

impl GasAt<'_> {
    /// Density, kg/m³, and its slope; away from the pressure of the node by a straight line of the
    /// ratio density/pressure.
    #[inline]
    pub(crate) fn density(&self, pressure: f64) -> (f64, f64) {
        match self {
            Self::Table(table) => table.density(pressure),
            Self::Node(gas) => {
                let ratio = gas.ratio + gas.ratio_slope * (pressure - gas.pressure);
                (pressure * ratio, ratio + pressure * gas.ratio_slope)
            }
        }
    }

    pub(crate) fn temperature_k(&self) -> f64 {
        match self {
            Self::Table(table) => table.temperature_k(),
            Self::Node(gas) => gas.temperature_k,
        }
    }

    /// Isentropic exponent of the real gas, and its slope.
    pub(crate) fn isentropic_exponent(&self, pressure: f64) -> (f64, f64) {
        match self {
            Self::Table(table) => table.isentropic_exponent(pressure),
            Self::Node(gas) => (gas.isentropic_exponent, 0.0),
        }
    }
}
