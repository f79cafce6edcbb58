//! Flow of gas out of a vessel or pipe through a short opening.

use crate::{Gas, GasError, GasState};

/// The flow per area of an ideal nozzle; a real opening passes this times its discharge coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discharge {
    /// Mass flow per area, kg/(m2 s).
    pub mass_flux_kg_per_m2_s: f64,
    /// Pressure in the narrowest place, Pa.
    pub throat_pressure_pa: f64,
    /// Whether the flow has reached the speed of sound there.
    pub choked: bool,
}

/// The back pressure below which the flow of a perfect gas is choked, over the inner pressure.
///
/// $$ r_c = (2/(κ+1))^{κ/(κ-1)} $$
pub fn critical_pressure_ratio(isentropic_exponent: f64) -> f64 {
    let k = isentropic_exponent;
    (2.0 / (k + 1.0)).powf(k / (k - 1.0))
}

/// Isentropic discharge of a perfect gas with constant Z.
///
/// Choked, for $p_b/p_0 \le r_c$, and else with $r = p_b/p_0$:
/// $$ G = \sqrt{κ p_0 ρ_0}\, (2/(κ+1))^{(κ+1)/(2(κ-1))},\quad
///    G = \sqrt{\frac{2 κ}{κ-1} p_0 ρ_0 (r^{2/κ} - r^{(κ+1)/κ})} $$
///
/// | symbol | argument              | unit  | range |
/// |--------|-----------------------|-------|-------|
/// | p0     | `pressure_pa`         | Pa    | > 0   |
/// | ρ0     | `density_kg_per_m3`   | kg/m3 | p0 M/(Z R T0) |
/// | κ      | `isentropic_exponent` | -     | > 1   |
/// | pb     | `back_pressure_pa`    | Pa    | no flow at p0 and above |
///
/// Source: any text on gas dynamics, e.g. Shapiro 1953, ch. 4. Checked by `tests/published/discharge.rs`.
pub fn perfect_gas_discharge(
    pressure_pa: f64,
    density_kg_per_m3: f64,
    isentropic_exponent: f64,
    back_pressure_pa: f64,
) -> Discharge {
    let k = isentropic_exponent;
    let squared = k * pressure_pa * density_kg_per_m3;
    let critical = critical_pressure_ratio(k);
    let ratio = (back_pressure_pa / pressure_pa).min(1.0);
    let choked = ratio <= critical;
    let flux = if choked {
        squared.sqrt() * (2.0 / (k + 1.0)).powf((k + 1.0) / (2.0 * (k - 1.0)))
    } else {
        let drive = ratio.powf(2.0 / k) - ratio.powf((k + 1.0) / k);
        (2.0 / (k - 1.0) * squared * drive.max(0.0)).sqrt()
    };
    Discharge {
        mass_flux_kg_per_m2_s: flux,
        throat_pressure_pa: ratio.max(critical) * pressure_pa,
        choked,
    }
}

/// A throat pressure is found when it moves by less than this part of itself.
const THROAT_TOLERANCE: f64 = 1e-12;
/// Most iterations of the searches here; they need about ten.
const ITERATIONS: usize = 100;

impl Gas {
    /// The largest mass flow per area, kg/(m2 s), that can leave from this state.
    pub fn choked_mass_flux(&self, pressure_pa: f64, temperature_k: f64) -> Result<f64, GasError> {
        self.discharge(pressure_pa, temperature_k, 0.0)
            .map(|d| d.mass_flux_kg_per_m2_s)
    }

    /// Isentropic discharge of the real gas from rest against a back pressure.
    ///
    /// Along the isentrope from the inner state the flux is
    /// $$ G(p) = ρ(p) \sqrt{2 (h_0 - h(p))} $$
    /// and its maximum lies where the velocity equals the speed of sound; a back pressure below
    /// that pressure does not matter. A gas with its own isentropic exponent (a pseudo gas, or a Z
    /// that does not depend on temperature) uses [`perfect_gas_discharge`].
    ///
    /// # Errors
    /// The expansion leaves the range of the equation, or reaches its liquid side.
    pub fn discharge(
        &self,
        pressure_pa: f64,
        temperature_k: f64,
        back_pressure_pa: f64,
    ) -> Result<Discharge, GasError> {
        let inner = self.state(pressure_pa, temperature_k)?;
        if self.is_calorically_simple() {
            let (density, exponent) = (inner.density_kg_per_m3, inner.isentropic_exponent);
            return Ok(perfect_gas_discharge(
                pressure_pa,
                density,
                exponent,
                back_pressure_pa,
            ));
        }
        if back_pressure_pa >= pressure_pa {
            return Ok(Discharge {
                mass_flux_kg_per_m2_s: 0.0,
                throat_pressure_pa: pressure_pa,
                choked: false,
            });
        }
        let sonic = self.sonic_state(&inner)?;
        let choked = back_pressure_pa <= sonic.pressure_pa;
        let throat = if choked {
            sonic
        } else {
            self.expanded(&inner, back_pressure_pa)?
        };
        Ok(Discharge {
            mass_flux_kg_per_m2_s: throat.density_kg_per_m3 * velocity(&inner, &throat),
            throat_pressure_pa: throat.pressure_pa,
            choked,
        })
    }

    /// The state on the isentrope whose velocity is the speed of sound, by secants that keep the
    /// root between them (Illinois).
    fn sonic_state(&self, inner: &GasState) -> Result<GasState, GasError> {
        let excess = |s: &GasState| {
            2.0 * (inner.enthalpy_j_per_kg - s.enthalpy_j_per_kg) - s.speed_of_sound_m_per_s.powi(2)
        };
        let (mut high, mut f_high) = (inner.pressure_pa, excess(inner));
        let guess = critical_pressure_ratio(inner.isentropic_exponent.max(1.05));
        let mut state = self.expanded(inner, guess.min(0.95) * inner.pressure_pa)?;
        let (mut low, mut f_low) = (state.pressure_pa, excess(&state));
        for _ in 0..ITERATIONS {
            if f_low > 0.0 {
                break;
            }
            (high, f_high) = (low, f_low);
            state = self.expanded(inner, 0.9 * low)?;
            (low, f_low) = (state.pressure_pa, excess(&state));
        }
        for _ in 0..ITERATIONS {
            let next = (low * f_high - high * f_low) / (f_high - f_low);
            state = self.expanded(inner, next)?;
            let f = excess(&state);
            if f.abs() <= THROAT_TOLERANCE * state.speed_of_sound_m_per_s.powi(2) {
                break;
            }
            if (f > 0.0) == (f_low > 0.0) {
                (low, f_low) = (next, f);
                f_high *= 0.5;
            } else {
                (high, f_high) = (next, f);
                f_low *= 0.5;
            }
            if (high - low).abs() <= THROAT_TOLERANCE * high {
                break;
            }
        }
        Ok(state)
    }

    /// The state after isentropic expansion to a pressure, by Newton with ds/dT = cp/T.
    fn expanded(&self, inner: &GasState, pressure_pa: f64) -> Result<GasState, GasError> {
        let k = inner.isentropic_exponent.clamp(1.05, 1.5);
        let mut temperature =
            inner.temperature_k * (pressure_pa / inner.pressure_pa).powf((k - 1.0) / k);
        let mut state = self.state(pressure_pa, temperature)?;
        for _ in 0..ITERATIONS {
            let missing = inner.entropy_j_per_kg_k - state.entropy_j_per_kg_k;
            let change = missing * temperature / state.cp_j_per_kg_k;
            temperature += change.clamp(-0.2 * temperature, 0.2 * temperature);
            state = self.state(pressure_pa, temperature)?;
            if change.abs() <= 1e-13 * temperature {
                break;
            }
        }
        Ok(state)
    }
}

fn velocity(inner: &GasState, outer: &GasState) -> f64 {
    (2.0 * (inner.enthalpy_j_per_kg - outer.enthalpy_j_per_kg))
        .max(0.0)
        .sqrt()
}
