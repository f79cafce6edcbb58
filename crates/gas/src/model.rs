use crate::equation::{Equation, MolarState};
use crate::iso6976::MolarHeat;
use crate::viscosity::{CorrespondingStates, lee_gonzalez_eakin};
use crate::walk::Walk;
use crate::{
    CompositionIssue, EquationOfState, GAS_CONSTANT, GasError, GasQuality, GasSpec, GasState,
    Isotherm, Substance, Viscosity,
};
use linepack_units::{FlowRate, FlowUnit, HeatingBasis, ReferenceConditions};
use std::ops::RangeInclusive;

/// Intervals of an [`Isotherm`]; its error is stated there.
const ISOTHERM_INTERVALS: usize = 256;

/// A gas ready for use.
#[derive(Debug, Clone)]
pub struct Gas {
    spec: GasSpec,
    equation: Equation,
    /// Present where the viscosity is by corresponding states.
    corresponding: Option<CorrespondingStates>,
}

impl Gas {
    /// Prepares the gas; fails when the equation needs data that the substance lacks, or when the
    /// composition is not one.
    pub fn new(spec: &GasSpec) -> Result<Self, GasError> {
        match &spec.substance {
            Substance::Mixture(composition) => {
                if let Some(issue) = composition
                    .issues()
                    .into_iter()
                    .find(CompositionIssue::is_error)
                {
                    return Err(GasError::Composition(issue));
                }
            }
            Substance::Pseudo(gas) => gas.check()?,
        }
        let equation = Equation::new(spec.equation, &spec.substance)?;
        Ok(Self {
            spec: spec.clone(),
            equation,
            corresponding: corresponding_states(spec)?,
        })
    }

    /// What the gas was made from.
    pub fn spec(&self) -> &GasSpec {
        &self.spec
    }

    /// Molar mass, kg/mol, by the atomic masses of the equation of state.
    pub fn molar_mass_kg_per_mol(&self) -> f64 {
        self.equation.molar_mass()
    }

    /// All properties at a pressure (Pa, absolute) and temperature (K).
    pub fn state(&self, pressure_pa: f64, temperature_k: f64) -> Result<GasState, GasError> {
        check_state(pressure_pa, temperature_k)?;
        let state = self
            .equation
            .clone()
            .at_pressure(pressure_pa, temperature_k, None)?;
        Ok(self.per_mass(&state))
    }

    /// All properties at a density (kg/m3) and temperature (K), whatever the phase.
    ///
    /// Not for equations that are stated in pressure (Papay, CNGA, AGA NX-19, constant Z and the like).
    pub fn state_at_density(
        &self,
        density_kg_per_m3: f64,
        temperature_k: f64,
    ) -> Result<GasState, GasError> {
        check_state(density_kg_per_m3, temperature_k)?;
        let molar = density_kg_per_m3 / self.molar_mass_kg_per_mol();
        let Some(state) = self.equation.clone().at_density(molar, temperature_k) else {
            let message = "a state at a given density needs gerg2008, detail, a cubic equation, \
                           sgerg88 or gross";
            return Err(GasError::Missing(message.into()));
        };
        Ok(self.per_mass(&state))
    }

    /// The property table at one temperature (K) up to a pressure (Pa).
    pub fn isotherm(&self, temperature_k: f64, pressure_max_pa: f64) -> Result<Isotherm, GasError> {
        check_state(pressure_max_pa, temperature_k)?;
        let mut walk = self.walk(temperature_k);
        Isotherm::tabulate(
            temperature_k,
            pressure_max_pa,
            ISOTHERM_INTERVALS,
            |pressure_pa| walk.node(pressure_pa).map(|node| node.table),
        )
    }

    /// A walk along an isotherm, from low pressures to high ones.
    pub(crate) fn walk(&self, temperature_k: f64) -> Walk<'_> {
        Walk::new(self, self.equation.clone(), temperature_k)
    }

    /// Whether the isentropic exponent is the gas's own and not the equation's.
    pub(crate) fn is_calorically_simple(&self) -> bool {
        matches!(self.spec.substance, Substance::Pseudo(_)) || self.equation.ignores_temperature()
    }

    /// Density at reference conditions, kg/m3.
    ///
    /// The compressibility factor is that of the case's equation of state. A constant Z belongs to
    /// the conditions of the line, not to these, so there a constant-Z gas is ideal.
    pub fn reference_density_kg_per_m3(&self, at: ReferenceConditions) -> Result<f64, GasError> {
        check_state(at.pressure_pa, at.temperature_k)?;
        if let EquationOfState::Constant { .. } = self.spec.equation {
            let rt = GAS_CONSTANT * at.temperature_k;
            return Ok(at.pressure_pa * self.molar_mass_kg_per_mol() / rt);
        }
        let state = self
            .equation
            .clone()
            .at_pressure(at.pressure_pa, at.temperature_k, None)?;
        Ok(state.density * self.molar_mass_kg_per_mol())
    }

    /// Heating value, J/kg: by ISO 6976:2016 for a composition, as stated for a pseudo gas.
    pub fn heating_value_j_per_kg(&self, basis: HeatingBasis) -> Result<f64, GasError> {
        match &self.spec.substance {
            Substance::Mixture(composition) => {
                let heat = MolarHeat::new(composition, basis.combustion_temperature_k)?;
                Ok(heat.per_mass(basis.gross))
            }
            Substance::Pseudo(gas) => gas.heating_value_j_per_kg(basis.gross),
        }
    }

    /// Heating values, relative density and Wobbe index by ISO 6976:2016; needs a composition.
    pub fn quality(
        &self,
        combustion_temperature_k: f64,
        reference: ReferenceConditions,
    ) -> Result<GasQuality, GasError> {
        match &self.spec.substance {
            Substance::Mixture(composition) => {
                GasQuality::new(composition, combustion_temperature_k, reference)
            }
            Substance::Pseudo(_) => Err(GasError::Missing(
                "ISO 6976 needs the composition of the gas".into(),
            )),
        }
    }

    /// The mass flow, kg/s, that a stated rate of flow is for this gas.
    ///
    /// Volume: times [`Gas::reference_density_kg_per_m3`]. Energy: divided by
    /// [`Gas::heating_value_j_per_kg`].
    pub fn mass_flow_kg_per_s(&self, flow: FlowRate) -> Result<f64, GasError> {
        Ok(match flow {
            FlowRate::Mass { kg_per_s } => kg_per_s,
            FlowRate::Volume {
                m3_per_s,
                reference,
            } => m3_per_s * self.reference_density_kg_per_m3(reference)?,
            FlowRate::Energy { watt, basis } => {
                let heat = self.heating_value_j_per_kg(basis)?;
                if heat <= 0.0 {
                    return Err(GasError::Missing(
                        "an energy flow was stated, but this gas does not burn".into(),
                    ));
                }
                watt / heat
            }
        })
    }

    /// A mass flow (kg/s) as a number in a unit of flow; the inverse of
    /// [`Gas::mass_flow_kg_per_s`].
    pub fn flow_rate_in(&self, mass_flow_kg_per_s: f64, unit: &FlowUnit) -> Result<f64, GasError> {
        Ok(mass_flow_kg_per_s / self.mass_flow_kg_per_s(unit.rate(1.0))?)
    }

    /// A molar state as the properties that users see.
    ///
    /// Speed of sound $w^2 = (c_p/c_v) (∂p/∂ρ)_T$, isentropic exponent $κ = w^2 ρ/p$ and
    /// Joule-Thomson coefficient $(T (∂p/∂T)_d / (d (∂p/∂d)_T) - 1) / (c_p d)$ follow exactly from
    /// the equation of state. Two kinds of gas are calorically simpler, with $w^2 = κ p/ρ$: a
    /// pseudo gas keeps the exponent that it states, and where Z does not depend on temperature
    /// the exponent is that of the ideal gas.
    pub(crate) fn per_mass(&self, s: &MolarState) -> GasState {
        let m = self.molar_mass_kg_per_mol();
        let density = s.density * m;
        let exponent = match &self.spec.substance {
            Substance::Pseudo(gas) => gas.isentropic_exponent,
            Substance::Mixture(_) if self.equation.ignores_temperature() => {
                s.cp / (s.cp - GAS_CONSTANT)
            }
            Substance::Mixture(_) if s.cv > 0.0 => s.cp / s.cv * s.dp_dd * s.density / s.pressure,
            Substance::Mixture(_) => f64::NAN,
        };
        let cv = if self.equation.ignores_temperature() {
            s.cp / exponent
        } else {
            s.cv
        };
        let expansion = s.temperature * s.dp_dt / (s.density * s.dp_dd);
        GasState {
            pressure_pa: s.pressure,
            temperature_k: s.temperature,
            density_kg_per_m3: density,
            compressibility: s.compressibility,
            speed_of_sound_m_per_s: (exponent * s.pressure / density).sqrt(),
            cp_j_per_kg_k: s.cp / m,
            cv_j_per_kg_k: cv / m,
            joule_thomson_k_per_pa: (expansion - 1.0) / (s.cp * s.density),
            isentropic_exponent: exponent,
            enthalpy_j_per_kg: s.enthalpy / m,
            entropy_j_per_kg_k: s.entropy / m,
            viscosity_pa_s: self.viscosity(s.temperature, s.density),
        }
    }

    /// Pa s, at a temperature (K) and molar density (mol/m3).
    fn viscosity(&self, temperature_k: f64, density: f64) -> f64 {
        let lee = || {
            let m = self.molar_mass_kg_per_mol();
            lee_gonzalez_eakin(m, temperature_k, density * m)
        };
        match (self.spec.viscosity, &self.corresponding) {
            (Viscosity::Constant { pa_s }, _) => pa_s,
            (Viscosity::CorrespondingStates, Some(states)) => states.at(temperature_k, density),
            _ => lee(),
        }
    }
}

/// The corresponding states of a gas whose viscosity is stated by them.
fn corresponding_states(spec: &GasSpec) -> Result<Option<CorrespondingStates>, GasError> {
    match (spec.viscosity, &spec.substance) {
        (Viscosity::CorrespondingStates, Substance::Mixture(composition)) => {
            Ok(Some(CorrespondingStates::new(composition)))
        }
        (Viscosity::CorrespondingStates, Substance::Pseudo(_)) => Err(GasError::Missing(
            "a viscosity by corresponding states needs the composition of the gas".into(),
        )),
        _ => Ok(None),
    }
}

/// Least and greatest pressure (Pa) or density (kg/m3) that is looked at.
const FIRST_RANGE: RangeInclusive<f64> = 1e-3..=1e10;
/// Least and greatest temperature that is looked at, K.
const TEMPERATURE_RANGE_K: RangeInclusive<f64> = 1.0..=5000.0;

/// Refuses a first quantity (pressure or density) or a temperature that no gas has.
fn check_state(first: f64, temperature_k: f64) -> Result<(), GasError> {
    if FIRST_RANGE.contains(&first) && TEMPERATURE_RANGE_K.contains(&temperature_k) {
        return Ok(());
    }
    Err(GasError::OutOfRange(format!(
        "{first} (SI units) at {temperature_k} K is no state of a gas"
    )))
}
