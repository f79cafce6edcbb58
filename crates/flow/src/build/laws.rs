//! From set-points as a case states them to signals: what the laws of elements are made of.

use super::links::valve;
use super::terminals::Place;
use crate::link::LinkLaw;
use crate::model::BuildError;
use crate::signal::Signal;
use crate::terminal::Terminal;
use linepack_gas::Gas;
use linepack_network::{Case, ElementKind};
use linepack_units::FlowRate;

/// What the laws of links and terminals are made from.
#[derive(Clone, Copy)]
pub(crate) struct Laws<'a> {
    pub case: &'a Case,
    pub gas: &'a Gas,
}

impl Laws<'_> {
    /// The terminal that an element of the case is; none for other kinds.
    pub(crate) fn terminal(
        &self,
        kind: ElementKind,
        index: usize,
        place: Place,
    ) -> Option<Result<Terminal, BuildError>> {
        let n = &self.case.network;
        Some(match kind {
            ElementKind::Supply => self.supply(n.supplies.get(index)?, place),
            ElementKind::OffTake => self.off_take(n.off_takes.get(index)?, place),
            ElementKind::Leak => Ok(self.leak(n.leaks.get(index)?, place)),
            _ => return None,
        })
    }

    /// The law of a link with set-points; none for other kinds.
    pub(crate) fn link(
        &self,
        kind: ElementKind,
        index: usize,
    ) -> Option<Result<LinkLaw, BuildError>> {
        let n = &self.case.network;
        Some(match kind {
            ElementKind::Valve => Ok(LinkLaw::Valve(valve(n.valves.get(index)?))),
            ElementKind::ControlValve => {
                let law = self.regulator(n.control_valves.get(index)?);
                law.map(LinkLaw::Regulator)
            }
            ElementKind::CompressorStation => {
                let law = self.station(n.compressor_stations.get(index)?);
                law.map(|station| LinkLaw::Station(Box::new(station)))
            }
            _ => return None,
        })
    }

    pub(super) fn mass_flow(&self, flow: FlowRate, asked_by: &str) -> Result<f64, BuildError> {
        self.gas
            .mass_flow_kg_per_s(flow)
            .map_err(|e| BuildError::new(asked_by, e.to_string()))
    }

    pub(super) fn optional_flow(
        &self,
        flow: Option<FlowRate>,
        asked_by: &str,
    ) -> Result<Option<f64>, BuildError> {
        flow.map(|f| self.mass_flow(f, asked_by)).transpose()
    }

    /// A signal: the set-point, or the set-point under a profile.
    pub(super) fn signal(
        &self,
        set_point: f64,
        profile: Option<&String>,
        asked_by: &str,
    ) -> Result<Signal, BuildError> {
        let Some(name) = profile else {
            return Ok(Signal::Constant(set_point));
        };
        let index = self
            .case
            .profiles
            .iter()
            .position(|p| &p.id == name)
            .ok_or_else(|| {
                BuildError::new(asked_by, format!("profile \"{name}\" is not defined"))
            })?;
        use linepack_network::ProfileValues as Values;
        let base = match self.case.profiles[index].values_are {
            Values::Factor => set_point,
            Values::Flow(unit) => self.mass_flow(unit, asked_by)?,
            Values::Pressure | Values::Ratio | Values::Temperature => 1.0,
        };
        Ok(Signal::Profile { index, base })
    }

    /// A signal of which the set-point may be missing where a profile replaces it.
    pub(super) fn optional_signal(
        &self,
        set_point: Option<f64>,
        profile: Option<&String>,
        asked_by: &str,
    ) -> Result<Option<Signal>, BuildError> {
        if set_point.is_none() && profile.is_none() {
            return Ok(None);
        }
        self.signal(set_point.unwrap_or(1.0), profile, asked_by)
            .map(Some)
    }
}
