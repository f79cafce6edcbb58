//! The gas of a network, from the gases of its sources, and flows as masses.
//!
//! One gas is calculated with: the mean of the sources, weighted by what they bring. Its pressure,
//! temperature and density follow from Papay's equation with the mean pseudo-critical data. Norm
//! volumes become masses by the `normDensity` that the file states, and not by the one that the
//! equation of state gives for the molar mass: the nominations of the library were made with it.

use crate::import::Import;
use linepack_gas::{EquationOfState, GAS_CONSTANT, GasSpec, PseudoGas, Substance, Viscosity};
use linepack_network::{FlowBounds, Network, Supply, SupplyGas};
use linepack_units::FlowRate;

/// Net over gross heating value: that of methane, ISO 6976 at 25 °C, 802.69 over 891.51 kJ/mol.
const NET_OVER_GROSS: f64 = 802.69 / 891.51;

/// The gas that a network is calculated with.
pub(super) struct MeanGas {
    pub(super) temperature_k: f64,
    pub(super) density_kg_per_m3: f64,
    pub(super) spec: GasSpec,
}

impl MeanGas {
    /// The mean of the sources; what is missing, when none of them states it.
    pub(super) fn of(import: &mut Import, supplies: &[Supply]) -> Result<Self, String> {
        let stated: Vec<(f64, SupplyGas)> = weighted(supplies);
        let differ = stated.windows(2).any(|w| w[0].1 != w[1].1);
        if differ {
            let what = "the sources bring different gases: their mean, weighted by what they bring, is calculated with";
            import.note(what, None);
        }
        let mean = |name: &str, get: fn(&SupplyGas) -> Option<f64>| {
            mean(&stated, get).ok_or_else(|| format!("no source states its {name}"))
        };
        let temperature_k = mean("gasTemperature", |g| g.temperature_k)?;
        let density = mean("normDensity", |g| g.norm_density_kg_per_m3)?;
        let calorific = mean("calorificValue", |g| g.calorific_value_j_per_m3)?;
        let gross = calorific / density;
        let pseudo = PseudoGas {
            molar_mass_kg_per_mol: mean("molarMass", |g| g.molar_mass_kg_per_mol)?,
            critical_temperature_k: Some(mean("pseudocriticalTemperature", |g| {
                g.critical_temperature_k
            })?),
            critical_pressure_pa: Some(mean("pseudocriticalPressure", |g| g.critical_pressure_pa)?),
            gross_heating_value_j_per_kg: Some(gross),
            net_heating_value_j_per_kg: Some(gross * NET_OVER_GROSS),
            isentropic_exponent: exponent(&mean, temperature_k)?,
        };
        log(import);
        Ok(Self {
            temperature_k,
            density_kg_per_m3: density,
            spec: GasSpec {
                substance: Substance::Pseudo(pseudo),
                equation: EquationOfState::Papay,
                viscosity: Viscosity::LeeGonzalezEakin,
            },
        })
    }

    /// Makes masses of the norm volumes: a source's own flows by its own density, all others by the
    /// mean, so that a balanced nomination stays balanced.
    pub(super) fn make_masses(&self, network: &mut Network) {
        let mean = self.density_kg_per_m3;
        for_each_flow(network, |flow, own| {
            *flow = mass(*flow, own.unwrap_or(mean))
        });
    }
}

fn log(import: &mut Import) {
    for what in [
        "density by Papay's equation with the pseudo-critical data of the sources",
        "flows are volumes at norm conditions (0 degC, 1.01325 bar); they become masses by normDensity",
        "isentropic exponent from the heat capacity of the ideal gas at the gas temperature",
        "calorificValue is the gross one; the net one is not stated: 0.9004 of it, as for methane",
        "the format prescribes no friction law: Colebrook and White",
    ] {
        import.note(what, None);
    }
}

/// Gases and their weights: the nominated inflow, without one the largest, without one the same.
fn weighted(supplies: &[Supply]) -> Vec<(f64, SupplyGas)> {
    let with = |weight: fn(&Supply) -> f64| -> Option<Vec<(f64, SupplyGas)>> {
        let all = supplies.iter().filter_map(|s| Some((weight(s), s.gas?)));
        let all: Vec<_> = all.collect();
        all.iter().any(|(w, _)| *w > 0.0).then_some(all)
    };
    with(|s| s.flow.map_or(0.0, size).max(0.0))
        .or_else(|| with(|s| s.flow_max.map_or(0.0, size).max(0.0)))
        .or_else(|| with(|_| 1.0))
        .unwrap_or_default()
}

/// The number of a flow, in the unit of its kind.
pub(super) fn size(flow: FlowRate) -> f64 {
    match flow {
        FlowRate::Mass { kg_per_s } => kg_per_s,
        FlowRate::Volume { m3_per_s, .. } => m3_per_s,
        FlowRate::Energy { watt, .. } => watt,
    }
}

/// The mean of those that state it: the weighted one, the plain one where none of them brings gas.
fn mean(gases: &[(f64, SupplyGas)], get: fn(&SupplyGas) -> Option<f64>) -> Option<f64> {
    let stated = || gases.iter().filter_map(|(w, g)| Some((*w, get(g)?)));
    let (first, count) = (stated().next()?.1, stated().count() as f64);
    if stated().all(|(_, value)| value == first) {
        return Some(first);
    }
    let weight = stated().map(|(w, _)| w).sum::<f64>();
    Some(if weight > 0.0 {
        stated().map(|(w, v)| w * v).sum::<f64>() / weight
    } else {
        stated().map(|(_, v)| v).sum::<f64>() / count
    })
}

/// The mean density of what sources bring, as [`MeanGas`] has it.
pub(super) fn mean_density(supplies: &[Supply]) -> Option<f64> {
    mean(&weighted(supplies), |g| g.norm_density_kg_per_m3)
}

/// Isentropic exponent of the ideal gas, κ = cp/(cp - R) with cp = A + B T + C T².
fn exponent(
    mean: &impl Fn(&str, fn(&SupplyGas) -> Option<f64>) -> Result<f64, String>,
    temperature_k: f64,
) -> Result<f64, String> {
    let name = "heat capacity (coefficient-A-heatCapacity and so on)";
    let a = mean(name, |g| Some(g.heat_capacity?[0]))?;
    let b = mean(name, |g| Some(g.heat_capacity?[1]))?;
    let c = mean(name, |g| Some(g.heat_capacity?[2]))?;
    let cp = a + temperature_k * (b + temperature_k * c);
    if cp > 1.4 * GAS_CONSTANT {
        return Ok(cp / (cp - GAS_CONSTANT));
    }
    Err(format!(
        "the heat capacity of the gas would be {cp} J/(mol K), which no gas has"
    ))
}

fn mass(flow: FlowRate, density_kg_per_m3: f64) -> FlowRate {
    match flow {
        FlowRate::Volume { m3_per_s, .. } => FlowRate::mass(m3_per_s * density_kg_per_m3),
        other => other,
    }
}

/// Visits every flow of a network, with the density of the gas that the source brings, where it is
/// a source's.
pub(super) fn for_each_flow(
    network: &mut Network,
    mut visit: impl FnMut(&mut FlowRate, Option<f64>),
) {
    for s in &mut network.supplies {
        let own = s.gas.and_then(|g| g.norm_density_kg_per_m3);
        let flows = [&mut s.flow, &mut s.flow_min, &mut s.flow_max];
        flows.into_iter().flatten().for_each(|f| visit(f, own));
    }
    let mut bounds = |b: &mut FlowBounds| {
        [&mut b.min, &mut b.max]
            .into_iter()
            .flatten()
            .for_each(|f| visit(f, None));
    };
    network
        .pipes
        .iter_mut()
        .for_each(|e| bounds(&mut e.flow_bounds));
    network
        .short_pipes
        .iter_mut()
        .for_each(|e| bounds(&mut e.flow_bounds));
    network
        .resistors
        .iter_mut()
        .for_each(|e| bounds(&mut e.flow_bounds));
    network
        .valves
        .iter_mut()
        .for_each(|e| bounds(&mut e.flow_bounds));
    network
        .control_valves
        .iter_mut()
        .for_each(|e| bounds(&mut e.flow_bounds));
    network
        .off_takes
        .iter_mut()
        .for_each(|e| bounds(&mut e.flow_bounds));
    for s in &mut network.compressor_stations {
        [&mut s.flow_min, &mut s.flow_max]
            .into_iter()
            .flatten()
            .for_each(|f| visit(f, None));
    }
    for o in &mut network.off_takes {
        o.flow.iter_mut().for_each(|f| visit(f, None));
    }
}
