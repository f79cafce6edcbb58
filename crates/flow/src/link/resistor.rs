use super::{BAR, IDEAL_RESISTANCE, LinkPoint, Mode, Row};

/// Flow below which a constant loss is smoothed, kg/s.
const SMOOTH_FLOW: f64 = 1e-2;

/// A local pressure loss.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Loss {
    /// p_in - p_out = ζ q|q| / (2 ρ A²), with ρ at the upstream pressure.
    ///
    /// Source: Koch et al. 2015, ch. 2. Checked by `tests::elements::resistor_drag`.
    Drag { factor: f64, area: f64 },
    /// p_in - p_out = sign(q) Δp, smooth around q = 0.
    Constant { loss_pa: f64 },
}

impl Loss {
    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        let mut row = Row::ideal(at, Mode::Passive);
        match *self {
            Self::Drag { factor, area } => subtract_drag(&mut row, at, factor, area),
            Self::Constant { loss_pa } => {
                let root = at.flow.hypot(SMOOTH_FLOW);
                row.residual -= loss_pa * at.flow / root / BAR;
                row.per_flow -= loss_pa * SMOOTH_FLOW * SMOOTH_FLOW / root.powi(3) / BAR;
            }
        }
        row
    }
}

/// Subtracts a drag loss from a row that holds (p_in - p_out)/bar.
pub(super) fn subtract_drag(row: &mut Row, at: &LinkPoint<'_>, factor: f64, area: f64) {
    let forward = at.flow >= 0.0;
    let (density, slope) = at.gas.density(if forward {
        at.pressure_in
    } else {
        at.pressure_out
    });
    let root = at.flow.hypot(IDEAL_RESISTANCE);
    let k = factor / (2.0 * density * area * area) / BAR;
    let loss = k * at.flow * root;
    row.residual -= loss;
    row.per_flow -= k * (root + at.flow * at.flow / root);
    let by_density = loss * slope / density;
    *(if forward {
        &mut row.per_in
    } else {
        &mut row.per_out
    }) += by_density;
}
