/// Properties of the gas at one pressure and temperature.
///
/// Enthalpy and entropy are zero for the ideal gas at 298.15 K and 101.325 kPa. An unstable
/// state, which can only be reached by stating its density, has no speed of sound (NaN).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GasState {
    /// Pressure, Pa.
    pub pressure_pa: f64,
    /// Temperature, K.
    pub temperature_k: f64,
    /// Density, kg/m3.
    pub density_kg_per_m3: f64,
    /// Compressibility factor, -.
    pub compressibility: f64,
    /// Speed of sound, m/s.
    pub speed_of_sound_m_per_s: f64,
    /// Isobaric heat capacity, J/(kg K).
    pub cp_j_per_kg_k: f64,
    /// Isochoric heat capacity, J/(kg K).
    pub cv_j_per_kg_k: f64,
    /// Joule-Thomson coefficient, K/Pa.
    pub joule_thomson_k_per_pa: f64,
    /// Isentropic exponent of the real gas, (rho/p)(dp/drho) at constant entropy, -.
    pub isentropic_exponent: f64,
    /// Enthalpy, J/kg.
    pub enthalpy_j_per_kg: f64,
    /// Entropy, J/(kg K).
    pub entropy_j_per_kg_k: f64,
    /// Dynamic viscosity, Pa s.
    pub viscosity_pa_s: f64,
}
