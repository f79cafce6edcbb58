//! What formats with constant friction factors and a constant speed of sound can say of a case.

use crate::import::Log;
use linepack_gas::{EquationOfState, Gas, Substance};
use linepack_network::{Case, FrictionLaw, Interpolation, Pipe, Profile, ProfileValues};
use linepack_units::FlowRate;
use std::collections::{HashMap, HashSet};

/// Pressure at which a gas is described by one number, where the case holds none, Pa.
const MEAN_PRESSURE_PA: f64 = 5e6;

/// A case being written, with the log of what is lost.
pub(crate) struct Expression<'c> {
    pub(crate) case: &'c Case,
    pub(crate) log: Log,
    gas: Option<Gas>,
    profiles: HashMap<&'c str, &'c Profile>,
}

impl<'c> Expression<'c> {
    /// Begins to write a case.
    pub(crate) fn new(case: &'c Case) -> Self {
        let profiles = case.profiles.iter().map(|p| (p.id.as_str(), p));
        Self {
            case,
            log: Log::default(),
            gas: Gas::new(&case.gas).ok(),
            profiles: profiles.collect(),
        }
    }

    /// Notes something that is lost or said in another way.
    pub(crate) fn lost(&mut self, what: &str, element: Option<&str>) {
        self.log.add(what.to_owned(), element);
    }

    /// A flow, kg/s.
    pub(crate) fn mass(&mut self, flow: FlowRate, element: &str) -> f64 {
        if let FlowRate::Mass { kg_per_s } = flow {
            return kg_per_s;
        }
        self.lost(
            "volume and energy flows are written as masses",
            Some(element),
        );
        let gas = self.gas.as_ref();
        gas.and_then(|g| g.mass_flow_kg_per_s(flow).ok())
            .unwrap_or(f64::NAN)
    }

    /// Molar mass of the gas, kg/mol.
    pub(crate) fn molar_mass(&self) -> f64 {
        match (&self.case.gas.substance, &self.gas) {
            (Substance::Pseudo(gas), _) => gas.molar_mass_kg_per_mol,
            (_, Some(gas)) => gas.molar_mass_kg_per_mol(),
            _ => f64::NAN,
        }
    }

    /// Isentropic exponent of the gas, -.
    pub(crate) fn isentropic_exponent(&mut self) -> f64 {
        if let Substance::Pseudo(gas) = &self.case.gas.substance {
            return gas.isentropic_exponent;
        }
        self.lost(
            "the composition is written as gravity and isentropic exponent",
            None,
        );
        self.mean(|s| s.isentropic_exponent)
    }

    /// Compressibility factor that stands for the equation of state, -.
    pub(crate) fn compressibility(&mut self) -> f64 {
        match self.case.gas.equation {
            EquationOfState::Constant { z } => z,
            EquationOfState::Ideal => 1.0,
            _ => {
                let what = "the equation of state is written as a constant compressibility factor, that of 50 bara";
                self.lost(what, None);
                self.mean(|s| s.compressibility)
            }
        }
    }

    fn mean(&self, of: fn(&linepack_gas::GasState) -> f64) -> f64 {
        let temperature_k = self.case.settings.ground_temperature_k;
        let gas = self.gas.as_ref();
        let state = gas.and_then(|g| g.state(MEAN_PRESSURE_PA, temperature_k).ok());
        state.map_or(f64::NAN, |s| of(&s))
    }

    /// Darcy friction factor of a pipe, the efficiency included.
    pub(crate) fn darcy(&mut self, pipe: &Pipe) -> f64 {
        let id = Some(pipe.header.id.as_str());
        if pipe.efficiency != 1.0 {
            self.lost("the efficiency of pipes is written as friction", id);
        }
        let law = pipe.friction.unwrap_or(self.case.settings.friction);
        let factor = match law {
            FrictionLaw::Constant { darcy } => darcy,
            _ => {
                self.lost("friction laws are written as the constant factor of fully rough flow (Nikuradse)", id);
                let ratio = (pipe.roughness_m / pipe.diameter_m).max(1e-6);
                (2.0 * (3.71 / ratio).log10()).powi(-2)
            }
        };
        factor / (pipe.efficiency * pipe.efficiency)
    }

    /// Notes what these formats do not know of a pipe.
    pub(crate) fn pipe_losses(&mut self, pipe: &Pipe) {
        let id = Some(pipe.header.id.as_str());
        let temperature = pipe.ground_temperature_k;
        let temperature = temperature.filter(|t| *t != self.case.settings.ground_temperature_k);
        if temperature.is_some() || pipe.heat_transfer_w_per_m2_k.is_some() {
            self.lost("temperatures and heat transfer of pipes are left out", id);
        }
        if !pipe.elevation_profile.is_empty() || !pipe.route.is_empty() {
            self.lost("elevation profiles and routes of pipes are left out", id);
        }
        if pipe.cells.is_some() {
            self.lost("numbers of cells are left out", id);
        }
    }

    /// Points of a set-point over the scenario, in SI, from 0 to its end; none where it never
    /// changes, or where the scenario has no length.
    pub(crate) fn points(
        &mut self,
        profile: Option<&String>,
        base: Option<f64>,
        element: &str,
    ) -> Option<Vec<(f64, f64)>> {
        let profile = *self.profiles.get(profile?.as_str())?;
        let end_s = self.case.scenario.duration_s;
        let scale = match profile.values_are {
            ProfileValues::Factor => base?,
            ProfileValues::Pressure | ProfileValues::Ratio | ProfileValues::Temperature => 1.0,
            ProfileValues::Flow(unit) => self.mass(unit, element),
        };
        if end_s <= 0.0 || profile.time_s.is_empty() {
            return None;
        }
        if profile.period_s.is_some() {
            self.lost("profiles that repeat are written once", Some(element));
        }
        if profile.interpolation == Interpolation::Step {
            self.lost(
                "steps of profiles are written as straight lines",
                Some(element),
            );
        }
        if profile.interpolation == Interpolation::Smooth {
            self.lost(
                "smooth profiles are written as straight lines",
                Some(element),
            );
        }
        let inner = profile.time_s.iter().filter(|t| **t > 0.0 && **t < end_s);
        let times = std::iter::once(&0.0)
            .chain(inner)
            .chain(std::iter::once(&end_s));
        Some(times.map(|&t| (t, scale * linear(profile, t))).collect())
    }

    /// A set-point at time 0.
    pub(crate) fn at_start(&mut self, profile: Option<&String>, base: Option<f64>) -> Option<f64> {
        let found = profile.and_then(|p| self.profiles.get(p.as_str()).copied());
        let Some(profile) = found.filter(|p| !p.time_s.is_empty()) else {
            return base;
        };
        let value = linear(profile, 0.0);
        match profile.values_are {
            ProfileValues::Factor => base.map(|b| b * value),
            ProfileValues::Pressure | ProfileValues::Ratio | ProfileValues::Temperature => {
                Some(value)
            }
            ProfileValues::Flow(unit) => Some(self.mass(unit, "profile") * value),
        }
    }
}

/// A profile read by straight lines; before its first and after its last point it holds.
fn linear(profile: &Profile, time_s: f64) -> f64 {
    let after = profile.time_s.partition_point(|t| *t <= time_s);
    let value = |i: usize| profile.values.get(i).copied().unwrap_or(f64::NAN);
    if after == 0 {
        return value(0);
    }
    let Some(next) = profile.time_s.get(after) else {
        return value(profile.values.len().saturating_sub(1));
    };
    let before = profile.time_s[after - 1];
    let share = (time_s - before) / (next - before);
    value(after - 1) + (value(after) - value(after - 1)) * share
}

/// Numbers for identifiers: the one in `kind_7` where it is free, else the next one.
pub(crate) fn numbers<'s>(kind: &str, ids: impl Iterator<Item = &'s str>) -> Vec<i64> {
    let own = |id: &str| {
        let digits = match kind {
            "" => Some(id),
            kind => id.strip_prefix(kind).and_then(|r| r.strip_prefix('_')),
        };
        let number: i64 = digits?.parse().ok()?;
        (number.to_string() == digits.unwrap_or("")).then_some(number)
    };
    let mut used = HashSet::new();
    let kept: Vec<Option<i64>> = ids.map(|id| own(id).filter(|n| used.insert(*n))).collect();
    let mut next = 0;
    let mut free = || {
        next += 1;
        while !used.insert(next) {
            next += 1;
        }
        next
    };
    kept.into_iter()
        .map(|n| n.unwrap_or_else(&mut free))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_are_kept_where_they_are_free() {
        let ids = ["pipe_7", "main", "pipe_1", "pipe_7", "pipe_08"];
        assert_eq!(numbers("pipe", ids.into_iter()), [7, 2, 1, 3, 4]);
        assert_eq!(numbers("", ["3", "a"].into_iter()), [3, 1]);
    }
}
