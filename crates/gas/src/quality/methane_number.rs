use crate::{COMPONENTS, Composition, GasError};

/// Knock resistance of a gas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MethaneNumber {
    /// Motor octane number, -.
    pub motor_octane_number: f64,
    /// Methane number, -: 100 is about methane, 0 hydrogen.
    pub methane_number: f64,
}

/// Largest share of what the correlation does not know.
const UNKNOWN_MAX: f64 = 0.01;
/// Range of the methane fraction that was measured, with some margin.
const METHANE_MIN: f64 = 0.7;

/// Methane number by the linear correlation of the Gas Research Institute.
///
/// $$ MON = 137.780 x_1 + 29.948 x_2 - 18.193 x_3 - 167.062 x_4 + 181.233 x_{CO_2} + 26.994 x_{N_2},\quad
///    MN = 1.445\, MON - 103.42 $$
///
/// | symbol | meaning                                    | unit | range      |
/// |--------|--------------------------------------------|------|------------|
/// | x1, x2, x3 | methane, ethane, propane               | -    | x1 above 0.7 |
/// | x4     | butanes and heavier together               | -    | 0 … 0.03   |
/// | x_CO2, x_N2 | carbon dioxide, nitrogen              | -    | 0 … 0.1    |
///
/// It was fitted to engine tests of fifty natural gases; it does not know hydrogen, for which the
/// methane number is 0, so a gas with more than 1 % of other components is refused.
/// Source: Kubesh, King and Liss 1992, SAE 922359; ISO 15403-1:2006 annex D (coefficients as printed
/// there and in two public programs). Checked by `tests/published/quality.rs`.
///
/// # Errors
/// Less than 70 % methane, or more than 1 % of components outside the correlation.
pub fn methane_number(composition: &Composition) -> Result<MethaneNumber, GasError> {
    let x = &composition.mole_fractions;
    let heavy: f64 = x[5..14].iter().sum();
    let known = x[..5].iter().sum::<f64>() + heavy;
    if x[0] < METHANE_MIN || composition.sum() - known > UNKNOWN_MAX {
        let worst = (14..21)
            .max_by(|&i, &j| x[i].total_cmp(&x[j]))
            .unwrap_or(14);
        return Err(GasError::OutOfRange(format!(
            "the methane number by the linear correlation needs 70 % methane and at most 1 % of what \
             is no alkane, nitrogen or carbon dioxide; this gas has {:.2} % methane and {:.2} % {}",
            100.0 * x[0],
            100.0 * x[worst],
            COMPONENTS[worst].name
        )));
    }
    let motor_octane_number = 137.780 * x[0] + 29.948 * x[3] - 18.193 * x[4] - 167.062 * heavy
        + 181.233 * x[2]
        + 26.994 * x[1];
    Ok(MethaneNumber {
        motor_octane_number,
        methane_number: 1.445 * motor_octane_number - 103.42,
    })
}
