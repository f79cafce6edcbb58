//! Every property from the residual Helmholtz energy of an equation and the ideal gas.

use super::MolarState;
use super::ideal_gas::IdealGas;

/// What an equation says at a density (mol/m3) and temperature (K), beside the ideal gas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Residual {
    /// Residual Helmholtz energy over RT at the same density, -.
    pub(crate) alpha: f64,
    /// Its derivative with temperature at constant density, 1/K.
    pub(crate) alpha_t: f64,
    /// Its second derivative, 1/K2.
    pub(crate) alpha_tt: f64,
    /// Pressure, Pa.
    pub(crate) pressure: f64,
    /// dp/dd at constant temperature, Pa m3/mol.
    pub(crate) dp_dd: f64,
    /// dp/dT at constant density, Pa/K.
    pub(crate) dp_dt: f64,
}

/// The state from the residual part, with the gas constant `r` (J/(mol K)) of the equation.
///
/// $$ h = h_0 - R T^2 α_T + p/d - RT,\quad s = s_0(T, p) + R \ln Z - R (α + T α_T) $$
/// $$ c_v = c_{v0} - R (2 T α_T + T^2 α_{TT}),\quad c_p = c_v + T (∂p/∂T)_d^2 / (d^2 (∂p/∂d)_T) $$
///
/// | symbol | meaning                                   | unit      |
/// |--------|-------------------------------------------|-----------|
/// | α      | residual Helmholtz energy over RT         | -         |
/// | h0, s0, cv0 | ideal gas at the same T (and p)      | J/mol, J/(mol K) |
/// | d      | molar density                             | mol/m3    |
///
/// Source: Michelsen and Mollerup 2007, Thermodynamic Models, chapter 2. Checked by
/// `equation::explicit::tests::derivatives_agree_with_finite_differences`.
pub(crate) fn state(
    ideal: &mut IdealGas,
    density: f64,
    temperature: f64,
    r: f64,
    residual: &Residual,
) -> MolarState {
    let (t, d, p) = (temperature, density, residual.pressure);
    let rt = r * t;
    let compressibility = p / (d * rt);
    let zero = ideal.at(t, p, r);
    let cv = zero.cp - r - r * t * (2.0 * residual.alpha_t + t * residual.alpha_tt);
    MolarState {
        density,
        pressure: p,
        temperature,
        compressibility,
        dp_dd: residual.dp_dd,
        dp_dt: residual.dp_dt,
        cv,
        cp: cv + t * (residual.dp_dt / d).powi(2) / residual.dp_dd,
        enthalpy: zero.enthalpy - rt * t * residual.alpha_t + p / d - rt,
        entropy: zero.entropy + r * compressibility.ln()
            - r * (residual.alpha + t * residual.alpha_t),
    }
}
