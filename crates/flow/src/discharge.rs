//! Discharge through a hole.

use crate::contents::GasAt;

/// Mass flow through a hole, kg/s, and its derivative with the inner pressure, kg/s/Pa.
///
/// Choked while p_b/p < (2/(κ+1))^(κ/(κ-1)):
/// $$ q = C_d A \sqrt{κ p ρ}\, (2/(κ+1))^{(κ+1)/(2(κ-1))} $$
/// else
/// $$ q = C_d A \sqrt{\frac{2κ}{κ-1} p ρ \left[ x^{2/κ} - x^{(κ+1)/κ} \right]},\quad x = p_b/p $$
///
/// | symbol | argument        | unit  | range            |
/// |--------|-----------------|-------|------------------|
/// | Cd A   | `size`          | m²    | ≥ 0              |
/// | p      | `pressure`      | Pa    | > 0              |
/// | p_b    | `back_pressure` | Pa    | no inflow below  |
/// | ρ, κ   | from `gas`      | kg/m³, – | real gas at p |
///
/// Within 1 % of the back pressure the flow is continued linearly to zero, so its slope is finite.
/// Source: isentropic nozzle flow of a perfect gas, with the real density and isentropic exponent.
/// Checked by `tests::elements::hole_discharge`.
pub(crate) fn hole_flow(
    size: f64,
    pressure: f64,
    back_pressure: f64,
    gas: GasAt<'_>,
) -> (f64, f64) {
    const LINEAR: f64 = 1.01;
    if size <= 0.0 || pressure <= back_pressure {
        return (0.0, 0.0);
    }
    let edge = LINEAR * back_pressure;
    if pressure < edge {
        let (flow, _) = nozzle(size, edge, back_pressure, gas);
        let slope = flow / (edge - back_pressure);
        return (slope * (pressure - back_pressure), slope);
    }
    nozzle(size, pressure, back_pressure, gas)
}

fn nozzle(size: f64, pressure: f64, back_pressure: f64, gas: GasAt<'_>) -> (f64, f64) {
    let (density, slope) = gas.density(pressure);
    let (k, _) = gas.isentropic_exponent(pressure);
    let by_state = 0.5 * (1.0 / pressure + slope / density);
    let critical = (2.0 / (k + 1.0)).powf(k / (k - 1.0));
    let x = back_pressure / pressure;
    if x <= critical {
        let flux =
            (k * pressure * density).sqrt() * (2.0 / (k + 1.0)).powf((k + 1.0) / (2.0 * (k - 1.0)));
        return (size * flux, size * flux * by_state);
    }
    let (a, b) = (x.powf(2.0 / k), x.powf((k + 1.0) / k));
    let flux = (2.0 * k / (k - 1.0) * pressure * density * (a - b)).sqrt();
    // d ln(a - b)/dp = -(2/κ a - (κ+1)/κ b) / (p (a - b))
    let by_ratio = -0.5 * (2.0 / k * a - (k + 1.0) / k * b) / (pressure * (a - b));
    (size * flux, size * flux * (by_state + by_ratio))
}
