/// Dynamic viscosity of a natural gas by Lee, Gonzalez and Eakin, Pa s.
///
/// $$ μ = 10^{-7} K \exp(X ρ^Y),\quad K = (9.4 + 0.02 M) T^{1.5} / (209 + 19 M + T),\quad
///    X = 3.5 + 986/T + 0.01 M,\quad Y = 2.4 - 0.2 X $$
///
/// | symbol | argument                  | unit in the equation | unit here | range      |
/// |--------|---------------------------|----------------------|-----------|------------|
/// | M      | `molar_mass_kg_per_mol`   | g/mol                | kg/mol    | 16 … 24    |
/// | T      | `temperature_k`           | R                    | K         | 311 … 444  |
/// | ρ      | `density_kg_per_m3`       | g/cm3                | kg/m3     | up to 55 MPa |
///
/// K is in units of 1e-4 cP, which are 1e-7 Pa s. Against the reference correlation for methane the
/// equation is 0.2 to 5 % high between 273 and 348 K up to 15 MPa.
/// Source: Lee, Gonzalez, Eakin 1966, J. Pet. Technol. 18(8), 997.
/// Checked by `tests/published/viscosity.rs`.
pub(crate) fn lee_gonzalez_eakin(
    molar_mass_kg_per_mol: f64,
    temperature_k: f64,
    density_kg_per_m3: f64,
) -> f64 {
    let m = molar_mass_kg_per_mol * 1e3;
    let t = temperature_k * 1.8;
    let rho = density_kg_per_m3 * 1e-3;
    let k = (9.4 + 0.02 * m) * t.powf(1.5) / (209.0 + 19.0 * m + t);
    let x = 3.5 + 986.0 / t + 0.01 * m;
    let y = 2.4 - 0.2 * x;
    1e-7 * k * (x * rho.powf(y)).exp()
}
