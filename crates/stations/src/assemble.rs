use crate::chain::Chain;
use crate::engine::Engine;
use crate::error::{Fault, PlantError};
use crate::piston::Piston;
use crate::stage::{STAGES_MAX, Stage, UNITS_MAX};
use crate::turbo::Turbo;
use crate::unit::{Machine, Unit};
use linepack_network::{Compressor, CompressorKind, Configuration, Drive, Machines};
use std::collections::{HashMap, HashSet};

/// The configurations of a station with their machines made ready, or all that is wrong.
pub(crate) fn chains(machines: &Machines, ambient_k: f64) -> Result<Vec<Chain>, PlantError> {
    let mut assembly = Assembly {
        compressors: by_id(&machines.compressors, |c| &c.id),
        drives: by_id(&machines.drives, |d| &d.id),
        ambient_k,
        faults: Vec::new(),
    };
    let chains: Vec<Chain> = machines
        .configurations
        .iter()
        .map(|c| assembly.chain(c))
        .collect();
    if chains.is_empty() {
        assembly.fault("station".into(), "it has no configuration");
    }
    if assembly.faults.is_empty() {
        Ok(chains)
    } else {
        Err(PlantError {
            faults: assembly.faults,
        })
    }
}

struct Assembly<'a> {
    compressors: HashMap<&'a str, &'a Compressor>,
    drives: HashMap<&'a str, &'a Drive>,
    ambient_k: f64,
    faults: Vec<Fault>,
}

impl Assembly<'_> {
    fn fault(&mut self, machine: String, what: impl Into<String>) {
        let fault = Fault {
            machine,
            what: what.into(),
        };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn chain(&mut self, configuration: &Configuration) -> Chain {
        let name = format!("configuration \"{}\"", configuration.id);
        let (mut compressors, mut drives) = (Vec::new(), Vec::new());
        let mut stages = Vec::new();
        for stage in &configuration.stages {
            if stage.units.is_empty() || stage.units.len() > UNITS_MAX {
                let what = format!("it has a stage of {} units", stage.units.len());
                self.fault(name.clone(), what + &format!(", not 1 to {UNITS_MAX}"));
            }
            let mut units = Vec::new();
            for unit in &stage.units {
                units.extend(self.unit(&name, &unit.compressor));
                compressors.push(unit.compressor.as_str());
            }
            drives.extend(units.iter().map(|u| u.engine.id.clone()));
            stages.push(Stage { units });
        }
        if stages.is_empty() || stages.len() > STAGES_MAX {
            let what = format!("it has {} stages, not 1 to {STAGES_MAX}", stages.len());
            self.fault(name.clone(), what);
        }
        if let Some(twice) = repeated(&compressors) {
            self.fault(name.clone(), format!("it runs \"{twice}\" twice"));
        }
        if let Some(twice) = repeated(&drives) {
            let what = format!("two of its compressors are on the drive \"{twice}\"");
            self.fault(name, what);
        }
        Chain {
            id: configuration.id.clone(),
            stages,
        }
    }

    fn unit(&mut self, configuration: &str, id: &str) -> Option<Unit> {
        let Some(compressor) = self.compressors.get(id).copied() else {
            let what = format!("it runs the compressor \"{id}\", which is not there");
            self.fault(configuration.into(), what);
            return None;
        };
        let name = format!("compressor \"{id}\"");
        let Some(drive) = self.drives.get(compressor.drive.as_str()).copied() else {
            let what = format!("its drive \"{}\" is not there", compressor.drive);
            self.fault(name, what);
            return None;
        };
        let engine = self.engine(drive, compressor);
        let machine = machine(compressor);
        let machine = machine.map_err(|what| self.fault(name, what)).ok();
        Some(Unit {
            compressor: id.to_owned(),
            machine: machine?,
            engine: engine?,
        })
    }

    fn engine(&mut self, drive: &Drive, compressor: &Compressor) -> Option<Engine> {
        let engine = Engine::new(drive, self.ambient_k);
        let speeds = [compressor.speed_min_per_min, compressor.speed_max_per_min];
        let Some(weak) = engine.without_power(speeds) else {
            return Some(engine);
        };
        let ambient = self.ambient_k;
        let what = format!("it has no power at {weak} 1/min and {ambient:.2} K of the air");
        self.fault(format!("drive \"{}\"", drive.id), what);
        None
    }
}

fn machine(compressor: &Compressor) -> Result<Machine, String> {
    let speeds = [compressor.speed_min_per_min, compressor.speed_max_per_min];
    let [low, high] = speeds;
    if !(low > 0.0 && high >= low && high.is_finite()) {
        return Err(format!("its speeds are {low} to {high} 1/min"));
    }
    match &compressor.kind {
        CompressorKind::Turbo(map) => Turbo::new(map, speeds).map(|t| Machine::Turbo(Box::new(t))),
        CompressorKind::Piston(data) => Piston::new(data, speeds).map(Machine::Piston),
        _ => Err("its kind is not known here".into()),
    }
}

/// Things by their identifiers, the first of equal ones.
fn by_id<T>(things: &[T], id: impl Fn(&T) -> &String) -> HashMap<&str, &T> {
    things.iter().rev().map(|t| (id(t).as_str(), t)).collect()
}

/// The first of the names that stands there twice.
fn repeated<T: AsRef<str>>(names: &[T]) -> Option<&str> {
    let mut seen = HashSet::new();
    names.iter().map(T::as_ref).find(|name| !seen.insert(*name))
}
