//! Laws of the elements without volume.

use super::{Builder, Laws, circle};
use crate::link::{Curve, Link, LinkLaw, Loss, MachineLaw, Piping, Regulator, Station, ValveLaw};
use crate::model::BuildError;
use crate::signal::Signal;
use linepack_network::{CompressorStation, ControlValve, ResistorLoss, Valve};
use linepack_stations::Plant;
use linepack_units::HeatingBasis;
use std::sync::Arc;

impl Builder<'_> {
    pub(crate) fn links(&mut self) -> Result<(), BuildError> {
        let n = &self.case.network;
        let mut found: Vec<(&str, &'static str, &str, &str, LinkLaw)> = Vec::new();
        for e in n.short_pipes.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "short_pipe",
                &e.from,
                &e.to,
                LinkLaw::ShortPipe,
            ));
        }
        for e in n.check_valves.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "check_valve",
                &e.from,
                &e.to,
                LinkLaw::CheckValve,
            ));
        }
        for e in n.resistors.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "resistor",
                &e.from,
                &e.to,
                LinkLaw::Resistor(loss(e.loss)),
            ));
        }
        for e in n.valves.iter().filter(|e| e.header.in_service) {
            found.push((
                &e.header.id,
                "valve",
                &e.from,
                &e.to,
                LinkLaw::Valve(valve(e)),
            ));
        }
        for e in n.control_valves.iter().filter(|e| e.header.in_service) {
            let law = LinkLaw::Regulator(self.laws().regulator(e)?);
            found.push((&e.header.id, "control_valve", &e.from, &e.to, law));
        }
        for e in n.compressor_stations.iter().filter(|e| e.header.in_service) {
            let law = LinkLaw::Station(Box::new(self.laws().station(e)?));
            found.push((&e.header.id, "compressor_station", &e.from, &e.to, law));
        }
        found.sort_by(|a, b| a.0.cmp(b.0));
        for (id, kind, from, to, law) in found {
            let nodes = self.ends(from, to, id)?;
            let isotherm = self.nodes[nodes[0]].isotherm;
            let fuel_end = match &law {
                LinkLaw::Station(station) => usize::from(station.fuel_at_discharge),
                _ => 0,
            };
            self.links.push(Link {
                id: id.into(),
                kind,
                nodes,
                isotherm,
                law,
                fuel_end,
            });
        }
        Ok(())
    }
}

impl Laws<'_> {
    pub(crate) fn regulator(&self, e: &ControlValve) -> Result<Regulator, BuildError> {
        let id = &e.header.id;
        Ok(Regulator {
            state: e.state,
            outlet_pressure: self.optional_signal(
                e.outlet_pressure_pa,
                e.outlet_pressure_profile.as_ref(),
                id,
            )?,
            inlet_pressure: e.inlet_pressure_pa.map(Signal::Constant),
            flow: self.optional_flow(e.flow, id)?.map(Signal::Constant),
            piping: Piping {
                inlet: e.loss_in.map(loss),
                outlet: e.loss_out.map(loss),
            },
            drop_min: e.pressure_differential_min_pa.unwrap_or(0.0),
            heated_to: e.outlet_temperature_min_k,
        })
    }

    pub(crate) fn station(&self, e: &CompressorStation) -> Result<Station, BuildError> {
        let id = &e.header.id;
        let net = HeatingBasis {
            gross: false,
            ..self.case.settings.heating_basis
        };
        let heating_value = if e.fuel_from_line {
            self.gas
                .heating_value_j_per_kg(net)
                .map_err(|e| BuildError::new(id, format!("fuel needs a heating value: {e}")))?
        } else {
            1.0
        };
        let flow_min = self.optional_flow(e.flow_min, id)?;
        Ok(Station {
            state: e.state,
            discharge_pressure: self.optional_signal(
                e.discharge_pressure_pa,
                e.discharge_pressure_profile.as_ref(),
                id,
            )?,
            suction_pressure: e.suction_pressure_pa.map(Signal::Constant),
            flow: self.optional_flow(e.flow, id)?.map(Signal::Constant),
            flow_max: self.optional_flow(e.flow_max, id)?,
            flow_min: flow_min.filter(|q| *q > 0.0),
            back_flow: e.internal_bypass && flow_min.is_some_and(|q| q < 0.0),
            ratio: self.optional_signal(e.ratio, e.ratio_profile.as_ref(), id)?,
            ratio_max: e.ratio_max,
            power_max: e.power_max_w.map(Signal::Constant),
            isentropic_efficiency: e.isentropic_efficiency,
            piping: Piping {
                inlet: e.loss_in.map(loss),
                outlet: e.loss_out.map(loss),
            },
            machines: self.machines(e, heating_value)?,
            pressure_rise: e.pressure_rise,
            work_per_fuel: heating_value * e.driver_efficiency,
            fuel_from_line: e.fuel_from_line,
            fuel_at_discharge: e.fuel_at_discharge,
            cooled_to: e.discharge_temperature_k.map(Signal::Constant),
        })
    }
}

impl Laws<'_> {
    /// The machines of a station made ready, with the configuration that it is told to run, or the first.
    fn machines(
        &self,
        e: &CompressorStation,
        heating_value: f64,
    ) -> Result<Option<MachineLaw>, BuildError> {
        let Some(machines) = &e.machines else {
            return Ok(None);
        };
        let id = &e.header.id;
        let ambient = e
            .ambient_temperature_k
            .unwrap_or(self.case.settings.ground_temperature_k);
        let plant =
            Plant::new(machines, ambient).map_err(|e| BuildError::new(id, e.to_string()))?;
        let index = |name: &String| {
            plant
                .index_of(name)
                .ok_or_else(|| BuildError::new(id, format!("there is no configuration \"{name}\"")))
        };
        let fixed = e.configuration.as_ref().map(index).transpose()?;
        Ok(Some(MachineLaw {
            plant: Arc::new(plant),
            fixed,
            running: fixed.unwrap_or(0),
            heating_value: if e.fuel_from_line {
                heating_value
            } else {
                f64::INFINITY
            },
            ideal_share: 0.0,
        }))
    }
}

fn loss(loss: ResistorLoss) -> Loss {
    match loss {
        ResistorLoss::Drag { factor, diameter_m } => Loss::Drag {
            factor,
            area: circle(diameter_m),
        },
        ResistorLoss::Constant { pressure_loss_pa } => Loss::Constant {
            loss_pa: pressure_loss_pa,
        },
    }
}

pub(crate) fn valve(e: &Valve) -> ValveLaw {
    let curve = Curve::new(&e.curve);
    ValveLaw {
        travel: Signal::Constant(curve.travel(e.opening)),
        curve,
        area: e.diameter_m.map(circle),
        drag_factor: e.drag_factor,
        stroke_s: e.stroke_s,
    }
}
