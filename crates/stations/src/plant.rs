use crate::chain::{Chain, Stream};
use crate::dual::Dual;
use crate::suction::{Cooled, Suction};
use crate::{Limit, PlantError, assemble};
use linepack_network::{DriveKind, Machines};

/// The machines of a station made ready: identifiers resolved, configurations indexed.
#[derive(Debug, Clone, PartialEq)]
pub struct Plant {
    pub(crate) chains: Vec<Chain>,
}

/// The highest discharge pressure at a mass flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capability {
    /// The pressure, Pa. Beyond the largest flow it falls steeply to below the suction pressure, and
    /// may then be negative.
    pub pressure_pa: f64,
    /// Its derivative by mass flow, Pa s/kg; never positive.
    pub per_flow: f64,
    /// Its derivative by suction pressure, -.
    pub per_suction_pressure: f64,
    /// What binds there.
    pub limit: Limit,
}

/// A quantity with its derivatives.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Value3 {
    /// The quantity.
    pub value: f64,
    /// Its derivative by mass flow, per kg/s.
    pub per_flow: f64,
    /// Its derivative by suction pressure, per Pa.
    pub per_suction_pressure: f64,
    /// Its derivative by discharge pressure, per Pa.
    pub per_discharge_pressure: f64,
}

/// What the drives take at an operating point.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Demand {
    /// Shaft power of all units, W.
    pub power_w: Value3,
    /// Energy of the gas that gas turbines and gas motors burn, W.
    pub gas_energy_w: Value3,
    /// Electric power that motors take, W.
    pub electric_w: Value3,
    /// Energy that steam turbines take, W.
    pub steam_w: Value3,
}

impl Plant {
    /// Makes machines ready for a temperature of the air at the drives, or says what is wrong with
    /// which of them.
    pub fn new(machines: &Machines, ambient_temperature_k: f64) -> Result<Self, PlantError> {
        assemble::chains(machines, ambient_temperature_k).map(|chains| Self { chains })
    }

    /// Identifiers of the configurations, in their order.
    pub fn configurations(&self) -> impl ExactSizeIterator<Item = &str> {
        self.chains.iter().map(|c| c.id.as_str())
    }

    /// The index of a configuration.
    pub fn index_of(&self, configuration: &str) -> Option<usize> {
        self.chains.iter().position(|c| c.id == configuration)
    }

    /// The highest discharge pressure that a configuration (or, with none, the best of all) reaches at
    /// a mass flow: with recycling at small flows, along the map, and falling steeply beyond the
    /// largest flow.
    ///
    /// It is continuous and strictly falling in the flow, defined for any flow, and never above what
    /// the maps allow; only where a drive cannot hold even the lowest speed it is what its power would
    /// bring, and `operate` says that it is not feasible.
    pub fn capability(
        &self,
        configuration: Option<usize>,
        flow_kg_per_s: f64,
        suction: &Suction,
    ) -> Capability {
        let gas = Cooled::new(suction);
        let stream = Stream {
            gas: &gas,
            flow: Dual::<2>::variable(flow_kg_per_s, 0),
            suction: Dual::variable(suction.pressure_pa, 1),
        };
        let chains = match configuration {
            Some(one) => &self.chains[one..=one],
            None => &self.chains,
        };
        let mut best = chains[0].highest(&stream);
        for chain in &chains[1..] {
            let other = chain.highest(&stream);
            if other.0.value > best.0.value {
                best = other;
            }
        }
        let (pressure, limit) = best;
        Capability {
            pressure_pa: pressure.value,
            per_flow: pressure.slopes[0],
            per_suction_pressure: pressure.slopes[1],
            limit,
        }
    }

    /// Shaft power, and energy taken by the drives.
    ///
    /// Continued smoothly a little beyond the maps; zero where the discharge pressure is not above the
    /// suction pressure.
    pub fn demand(
        &self,
        configuration: usize,
        flow_kg_per_s: f64,
        suction: &Suction,
        discharge_pa: f64,
    ) -> Demand {
        let gas = Cooled::new(suction);
        let stream = Stream {
            gas: &gas,
            flow: Dual::<3>::variable(flow_kg_per_s, 0),
            suction: Dual::variable(suction.pressure_pa, 1),
        };
        let mut demand = Demand::default();
        let chain = &self.chains[configuration];
        let discharge = Dual::variable(discharge_pa, 2);
        chain.work(&stream, discharge, |stage, unit, _, duty| {
            let kind = chain.stages[stage].units[unit].engine.kind;
            demand.power_w.add(duty.power);
            if let Some(energy) = demand.energy_of(kind) {
                energy.add(duty.energy);
            }
        });
        demand
    }
}

impl Demand {
    fn energy_of(&mut self, kind: DriveKind) -> Option<&mut Value3> {
        match kind {
            DriveKind::GasTurbine | DriveKind::GasDrivenMotor => Some(&mut self.gas_energy_w),
            DriveKind::ElectricMotor => Some(&mut self.electric_w),
            DriveKind::SteamTurbine => Some(&mut self.steam_w),
            _ => None,
        }
    }
}

impl Value3 {
    fn add(&mut self, other: Dual<3>) {
        let [flow, suction, discharge] = other.slopes;
        self.value += other.value;
        self.per_flow += flow;
        self.per_suction_pressure += suction;
        self.per_discharge_pressure += discharge;
    }
}
