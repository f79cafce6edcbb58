use super::resistor::{Drop, Loss};
use super::{LinkPoint, Row};

/// Losses of the piping before and behind a station or control valve.
///
/// p₁ = p_in - Δ_in(q, p_in) at the machines' suction, p₂ = p_out + Δ_out(q, p₂) at their discharge.
/// The element's own equations are stated in p₁ and p₂ and carried to the nodes by the chain rule.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Piping {
    pub inlet: Option<Loss>,
    pub outlet: Option<Loss>,
}

/// A pressure at a flange, with derivatives by flow and by the pressure of the node beside it.
#[derive(Debug, Clone, Copy)]
struct Flange {
    pressure: f64,
    per_flow: f64,
    per_node: f64,
}

/// Share of the inlet pressure that the inlet piping can take at most.
const LARGEST_SHARE: f64 = 0.9;
/// Iterations for the outlet pressure: each gains two to three digits, as Δ is a small share of p.
const ITERATIONS: usize = 6;

impl Piping {
    fn is_ideal(&self) -> bool {
        self.inlet.is_none() && self.outlet.is_none()
    }

    /// An equation in the flanges' pressures as one in the nodes' pressures.
    pub(crate) fn at_nodes(
        &self,
        at: &LinkPoint<'_>,
        equation: impl FnOnce(&LinkPoint<'_>) -> Row,
    ) -> Row {
        if self.is_ideal() {
            return equation(at);
        }
        let (suction, discharge) = (self.suction(at), self.discharge(at));
        let row = equation(&LinkPoint {
            pressure_in: suction.pressure,
            pressure_out: discharge.pressure,
            ..*at
        });
        Row {
            per_flow: row.per_flow
                + row.per_in * suction.per_flow
                + row.per_out * discharge.per_flow,
            per_in: row.per_in * suction.per_node,
            per_out: row.per_out * discharge.per_node,
            ..row
        }
    }

    /// The point at the flanges.
    pub(crate) fn flanges<'a>(&self, at: &LinkPoint<'a>) -> LinkPoint<'a> {
        LinkPoint {
            pressure_in: self.suction(at).pressure,
            pressure_out: self.discharge(at).pressure,
            ..*at
        }
    }

    fn suction(&self, at: &LinkPoint<'_>) -> Flange {
        let drop = self.inlet.map_or(Drop::default(), |loss| {
            loss.drop(at.flow, at.pressure_in, at.gas)
        });
        if drop.value > LARGEST_SHARE * at.pressure_in {
            let share = 1.0 - LARGEST_SHARE;
            return Flange {
                pressure: share * at.pressure_in,
                per_flow: 0.0,
                per_node: share,
            };
        }
        Flange {
            pressure: at.pressure_in - drop.value,
            per_flow: -drop.per_flow,
            per_node: 1.0 - drop.per_upstream,
        }
    }

    fn discharge(&self, at: &LinkPoint<'_>) -> Flange {
        let Some(loss) = self.outlet else {
            return Flange {
                pressure: at.pressure_out,
                per_flow: 0.0,
                per_node: 1.0,
            };
        };
        let mut pressure = at.pressure_out;
        let mut drop = Drop::default();
        for _ in 0..ITERATIONS {
            drop = loss.drop(at.flow, pressure, at.gas);
            pressure = (at.pressure_out + drop.value).max(0.1 * at.pressure_out);
        }
        let factor = 1.0 / (1.0 - drop.per_upstream);
        Flange {
            pressure,
            per_flow: drop.per_flow * factor,
            per_node: factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Mode;
    use linepack_gas::{EquationOfState, Gas, GasSpec, PseudoGas, Substance, Viscosity};

    #[test]
    fn derivatives_at_the_nodes() {
        let gas = Gas::new(&GasSpec {
            substance: Substance::Pseudo(PseudoGas {
                molar_mass_kg_per_mol: 0.0185,
                critical_temperature_k: Some(192.0),
                critical_pressure_pa: Some(4.6e6),
                gross_heating_value_j_per_kg: None,
                net_heating_value_j_per_kg: None,
                isentropic_exponent: 1.3,
            }),
            equation: EquationOfState::Papay,
            viscosity: Viscosity::Constant { pa_s: 1e-5 },
        })
        .expect("a gas");
        let table = gas.isotherm(283.15, 1e7).expect("a table");
        let piping = Piping {
            inlet: Some(Loss::Drag {
                factor: 18.0,
                area: 0.6,
            }),
            outlet: Some(Loss::Drag {
                factor: 16.0,
                area: 0.5,
            }),
        };
        let row = |flow, pressure_in, pressure_out| {
            let at = LinkPoint {
                time_s: 0.0,
                flow,
                pressure_in,
                pressure_out,
                gas: crate::contents::GasAt::Table(&table),
                profiles: &[],
                smoothing: 0.0,
                resistance: 0.0,
            };
            piping.at_nodes(&at, |at| Row {
                residual: at.pressure_out / at.pressure_in,
                per_in: -at.pressure_out / at.pressure_in.powi(2),
                per_out: 1.0 / at.pressure_in,
                mode: Mode::Passive,
                ..Row::default()
            })
        };
        let (q, a, b) = (250.0, 4e6, 6e6);
        let central = |high: Row, low: Row, width: f64| (high.residual - low.residual) / width;
        let r = row(q, a, b);
        let near = |x: f64, y: f64| assert!((x - y).abs() < 1e-6 * y.abs(), "{x} {y}");
        near(
            r.per_flow,
            central(row(q + 0.1, a, b), row(q - 0.1, a, b), 0.2),
        );
        near(
            r.per_in,
            central(row(q, a + 100.0, b), row(q, a - 100.0, b), 200.0),
        );
        near(
            r.per_out,
            central(row(q, a, b + 100.0), row(q, a, b - 100.0), 200.0),
        );
    }
}
