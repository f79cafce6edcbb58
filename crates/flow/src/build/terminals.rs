//! Laws of supplies, off-takes and leaks.

use super::{Builder, Laws, batch_index, circle};
use crate::model::BuildError;
use crate::signal::Signal;
use crate::terminal::{Brought, Terminal, TerminalKind, TerminalLaw};
use linepack_network::{Leak, LeakPlace, OffTake, Supply};

impl Builder<'_> {
    pub(crate) fn terminals(&mut self) -> Result<(), BuildError> {
        let n = &self.case.network;
        let mut found = Vec::new();
        for e in n.supplies.iter().filter(|e| e.header.in_service) {
            let place = self.place(&e.node, &e.header.id)?;
            found.push(self.laws().supply(e, place)?);
        }
        for e in n.off_takes.iter().filter(|e| e.header.in_service) {
            let place = self.place(&e.node, &e.header.id)?;
            found.push(self.laws().off_take(e, place)?);
        }
        for e in n.leaks.iter().filter(|e| e.header.in_service) {
            let place = match &e.place {
                LeakPlace::Node { id } => self.place(id, &e.header.id)?,
                LeakPlace::Pipe { id, distance_m } => {
                    let name = format!("{id}@{:.3}km#{}", distance_m / 1e3, e.header.id);
                    self.place(&name, &e.header.id)?
                }
            };
            found.push(self.laws().leak(e, place));
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        self.terminals.extend(found);
        Ok(())
    }

    fn place(&self, node: &str, asked_by: &str) -> Result<Place, BuildError> {
        let node = self.node(node, asked_by)?;
        let isotherm = self.nodes[node].isotherm;
        Ok(Place { node, isotherm })
    }
}

/// Where a terminal stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub node: usize,
    pub isotherm: usize,
}

impl Laws<'_> {
    pub(crate) fn leak(&self, e: &Leak, place: Place) -> Terminal {
        Terminal {
            id: e.header.id.clone(),
            kind: TerminalKind::Leak,
            node: place.node,
            isotherm: place.isotherm,
            law: TerminalLaw::Hole {
                area: Signal::Constant(if e.open { circle(e.diameter_m) } else { 0.0 }),
                discharge_coefficient: e.discharge_coefficient,
                back_pressure: self.case.settings.atmospheric_pressure_pa,
            },
            requested: None,
            pressure_min: None,
            temperature: Signal::Constant(self.case.settings.ground_temperature_k),
            gas: Brought::Gas(0),
            mark: 0,
            batch: None,
        }
    }

    pub(crate) fn supply(&self, e: &Supply, place: Place) -> Result<Terminal, BuildError> {
        let id = &e.header.id;
        let flow = self.optional_flow(e.flow, id)?;
        let min = self.optional_flow(e.flow_min, id)?.unwrap_or(0.0);
        let max = self.optional_flow(e.flow_max, id)?;
        let pressure = self.optional_signal(e.pressure_pa, e.pressure_profile.as_ref(), id)?;
        let stated = e.flow_profile.as_ref();
        let (low, high, pressure) = if pressure.is_some() {
            let top = flow.or(max);
            let high = match top {
                Some(q) => self.signal(q, stated, id)?,
                None => Signal::Constant(f64::INFINITY),
            };
            (Signal::Constant(min), high, pressure)
        } else {
            let q = self
                .optional_signal(flow.or(max), stated, id)?
                .ok_or_else(|| {
                    BuildError::new(id, "the supply has neither a pressure nor a flow")
                })?;
            match e.pressure_max_pa {
                Some(p) => (
                    Signal::Constant(flow.map_or(min, |q| min.min(q))),
                    q,
                    Some(Signal::Constant(p)),
                ),
                None => (q.clone(), q, None),
            }
        };
        let requested = if flow.is_some() || stated.is_some() {
            Some(high.clone())
        } else {
            None
        };
        Ok(Terminal {
            id: id.clone(),
            kind: TerminalKind::Supply,
            node: place.node,
            isotherm: place.isotherm,
            law: TerminalLaw::Bounds {
                low,
                high,
                pressure,
                shut: false,
            },
            requested,
            pressure_min: None,
            temperature: self.supply_temperature(e)?,
            gas: self.brought(e)?,
            mark: self
                .case
                .network
                .supplies
                .iter()
                .position(|s| s.header.id == *id)
                .unwrap_or(0),
            batch: e
                .batch
                .as_ref()
                .and_then(|name| batch_index(self.case, name)),
        })
    }

    pub(crate) fn off_take(&self, e: &OffTake, place: Place) -> Result<Terminal, BuildError> {
        let id = &e.header.id;
        let flow = self.optional_flow(e.flow, id)?;
        let asked = self.optional_signal(flow, e.flow_profile.as_ref(), id)?;
        let set = self.optional_signal(e.pressure_pa, e.pressure_profile.as_ref(), id)?;
        let negative = |s: &Signal| match s {
            Signal::Constant(v) => Signal::Constant(-v),
            Signal::Profile { index, base } => Signal::Profile {
                index: *index,
                base: -base,
            },
            ramp => ramp.clone(),
        };
        let none = Signal::Constant(0.0);
        let (low, high, pressure, limit) = match (&asked, set, e.pressure_min_pa) {
            (Some(q), Some(p), limit) => (negative(q), none, Some(p), limit),
            (Some(q), None, Some(limit)) if e.curtail => {
                (negative(q), none, Some(Signal::Constant(limit)), None)
            }
            (Some(q), None, limit) => (negative(q), negative(q), None, limit),
            (None, Some(p), _) => (Signal::Constant(f64::NEG_INFINITY), none, Some(p), None),
            (None, None, _) => {
                return Err(BuildError::new(
                    id,
                    "the off-take has neither a flow nor a pressure",
                ));
            }
        };
        Ok(Terminal {
            id: id.clone(),
            kind: TerminalKind::OffTake,
            node: place.node,
            isotherm: place.isotherm,
            law: TerminalLaw::Bounds {
                low,
                high,
                pressure,
                shut: false,
            },
            requested: asked,
            pressure_min: limit,
            temperature: Signal::Constant(self.case.settings.ground_temperature_k),
            gas: Brought::Gas(0),
            mark: 0,
            batch: None,
        })
    }
}
