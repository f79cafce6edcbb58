use crate::GAS_CONSTANT;

/// Triple point of water.
const TRIPLE_K: f64 = 273.16;
const TRIPLE_PA: f64 = 611.657;
/// Molar volumes of liquid water and of ice, m3/mol.
const LIQUID_VOLUME: f64 = 18.02e-6;
const ICE_VOLUME: f64 = 19.65e-6;

/// Saturation pressure of water, Pa: over ice below 273.16 K, over liquid above.
///
/// $$ \ln\frac{p}{p_c} = \frac{T_c}{T} \sum_i a_i τ^{n_i},\quad τ = 1 - T/T_c;\qquad
///    \ln\frac{p}{p_t} = θ^{-1} \sum_i b_i θ^{m_i},\quad θ = T/T_t $$
///
/// Source: Wagner and Pruss 1993, J. Phys. Chem. Ref. Data 22, 783, eq. 1 (liquid, 273 … 647 K);
/// IAPWS R14-08(2011) eq. 6 (ice, 50 … 273.16 K). Checked by `tests::saturation_pressures`.
pub(super) fn saturation_pressure_pa(temperature_k: f64) -> f64 {
    if temperature_k < TRIPLE_K {
        let theta = temperature_k / TRIPLE_K;
        let terms = [
            (-21.214_400_6, 3.333_333_33e-3),
            (27.320_381_9, 1.206_666_67),
            (-6.105_981_3, 1.703_333_33),
        ];
        let sum: f64 = terms.iter().map(|(a, n)| a * theta.powf(*n)).sum();
        return TRIPLE_PA * (sum / theta).exp();
    }
    let (tc, pc) = (647.096, 22.064e6);
    let tau = 1.0 - temperature_k / tc;
    let terms = [
        (-7.859_517_83, 1.0),
        (1.844_082_59, 1.5),
        (-11.786_649_7, 3.0),
        (22.680_741_1, 3.5),
        (-15.961_871_9, 4.0),
        (1.801_225_02, 7.5),
    ];
    let sum: f64 = terms.iter().map(|(a, n)| a * tau.powf(*n)).sum();
    pc * (tc / temperature_k * sum).exp()
}

/// Fugacity of pure liquid water or ice at a pressure, Pa: the saturation pressure with Poynting's
/// correction. The vapour at saturation is ideal to 0.2 % below 320 K.
pub(super) fn fugacity_pa(pressure_pa: f64, temperature_k: f64) -> f64 {
    let saturation = saturation_pressure_pa(temperature_k);
    let volume = if temperature_k < TRIPLE_K {
        ICE_VOLUME
    } else {
        LIQUID_VOLUME
    };
    let work = volume * (pressure_pa - saturation);
    saturation * (work / (GAS_CONSTANT * temperature_k)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verification values of the sources: 3.53658941 kPa at 300 K (IAPWS SR1-86), 8.94735 Pa at 230 K
    /// (IAPWS R14-08, table 3).
    #[test]
    fn saturation_pressures() {
        assert!((saturation_pressure_pa(300.0) / 3_536.589_41 - 1.0).abs() < 1e-4);
        assert!((saturation_pressure_pa(230.0) / 8.947_35 - 1.0).abs() < 1e-6);
        let jump = saturation_pressure_pa(273.159) / saturation_pressure_pa(273.161);
        assert!((jump - 1.0).abs() < 3e-4, "{jump}");
    }
}
