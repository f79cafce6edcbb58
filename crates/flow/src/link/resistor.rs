use super::{BAR, IDEAL_RESISTANCE, LinkPoint, Mode, Row};
use crate::contents::GasAt;

/// A local pressure loss.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Loss {
    /// p_in - p_out = ζ q|q| / (2 ρ A²), with ρ at the upstream pressure.
    ///
    /// Source: Koch et al. 2015, ch. 2. Checked by `tests::elements::resistor_drag`.
    Drag { factor: f64, area: f64 },
    /// p_in - p_out = sign(q) Δp; without flow, anything between -Δp and Δp:
    /// max( p_in - p_out - Δp, min( p_in - p_out + Δp, -q ) ) = 0.
    Constant { loss_pa: f64 },
}

/// A pressure loss, Pa, with its derivatives by flow and by the upstream pressure.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Drop {
    pub(super) value: f64,
    pub(super) per_flow: f64,
    pub(super) per_upstream: f64,
}

impl Loss {
    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        let ideal = Row::ideal(at, Mode::Passive);
        if let Self::Constant { loss_pa } = *self {
            let less = |loss_pa: f64| Row {
                residual: ideal.residual - loss_pa / BAR,
                ..ideal
            };
            let still = Row::no_flow(at.flow, Mode::Passive).negated();
            return less(loss_pa).max(less(-loss_pa).min(still, at.smoothing), at.smoothing);
        }
        let mut row = ideal;
        subtract(&mut row, at, self);
        row
    }

    /// The loss at a flow and the pressure upstream of it; a constant one in the direction in which the
    /// element can be passed.
    pub(super) fn drop(&self, flow: f64, upstream: f64, gas: GasAt<'_>) -> Drop {
        match *self {
            Self::Drag { factor, area } => {
                let (density, slope) = gas.density(upstream);
                let root = flow.hypot(IDEAL_RESISTANCE);
                let k = factor / (2.0 * density * area * area);
                let value = k * flow * root;
                Drop {
                    value,
                    per_flow: k * (root + flow * flow / root),
                    per_upstream: -value * slope / density,
                }
            }
            Self::Constant { loss_pa } => Drop {
                value: loss_pa,
                ..Drop::default()
            },
        }
    }
}

/// Subtracts a loss from a row that holds (p_in - p_out)/bar.
pub(super) fn subtract(row: &mut Row, at: &LinkPoint<'_>, loss: &Loss) {
    let forward = at.flow >= 0.0;
    let upstream = if forward {
        at.pressure_in
    } else {
        at.pressure_out
    };
    let drop = loss.drop(at.flow, upstream, at.gas);
    row.residual -= drop.value / BAR;
    row.per_flow -= drop.per_flow / BAR;
    *(if forward {
        &mut row.per_in
    } else {
        &mut row.per_out
    }) -= drop.per_upstream / BAR;
}
