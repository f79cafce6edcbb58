//! The energy balance of elements without length.

use super::{At, Heat, HeatTotals, temperature};
use crate::link::LinkLaw;
use crate::newton::link_point;
use linepack_network::ControlState;

impl Heat {
    /// Gas passes an element without length: at constant enthalpy, with the work of a compressor, and
    /// with what a heater or cooler adds.
    pub(super) fn link(&mut self, at: &At<'_>, index: usize, rates: &mut HeatTotals) {
        let q = at.passage.links[index];
        let link = &at.controls.links[index];
        let [from, to] = if q > 0.0 {
            link.nodes
        } else {
            [link.nodes[1], link.nodes[0]]
        };
        let flow = q.abs();
        let h = self.node_enthalpy[from] - at.lift(from);
        let work = if q > 0.0 { self.work[index] } else { 0.0 };
        let p = at.node_pressure(to);
        let gas = &at.contents.new.node_mixture[from];
        let t = temperature(at.contents, gas, p, h + work, self.node_temperature[from]);
        let wanted = wanted_temperature(at, &link.law, t);
        let heat = wanted.map_or(0.0, |t| {
            at.contents.gases.heat(gas, p, t).enthalpy - h - work
        });
        self.link_temperature[index] = wanted.unwrap_or(t);
        self.link_heat[index] = flow * heat;
        let enthalpy = h + work + heat + at.lift(to);
        self.gain[to] += flow * enthalpy;
        self.mass[to] += flow;
        rates.work += flow * work;
        rates.heaters += flow * heat;
        rates.lift += flow * (at.lift(to) - at.lift(from));
    }
}

/// Work of stations on their gas at the end of a step, J/kg: asked once a step, for machines take time.
pub(super) fn work(at: &At<'_>, work: &mut [f64]) {
    let state = at.states[1];
    for (index, (link, work)) in at.controls.links.iter().zip(work).enumerate() {
        let flow = state.link_flow[index];
        let compresses = matches!(link.law, LinkLaw::Station(_)) && flow > 0.0;
        *work = match compresses {
            true => {
                let point = link_point(at.model, link, state.time_s, state, index);
                link.fuel(&point).power_w / flow
            }
            false => 0.0,
        };
    }
}

/// The temperature that a cooler or heater brings gas of a temperature to, where it does.
fn wanted_temperature(at: &At<'_>, law: &LinkLaw, t: f64) -> Option<f64> {
    let profiles = &at.model.profiles;
    match law {
        LinkLaw::Station(station) => {
            let set = station.cooled_to.as_ref()?.at(at.time_s, profiles);
            (t > set).then_some(set)
        }
        LinkLaw::Regulator(regulator) if regulator.state != ControlState::Closed => {
            regulator.heated_to.filter(|set| t < *set)
        }
        _ => None,
    }
}
