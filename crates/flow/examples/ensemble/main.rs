//! Writes a passive network of the race as a case with an ensemble of its demands.
//!
//! `ensemble FILE FOLDER`
//!
//! FILE is a network as the race has it. In the folder: `case.toml`, a day with 30 % swing of each demand, a cell
//! length of 2 km and rows by the hour, and `ensemble.toml`, in which each demand is multiplied by a factor of its own, normal
//! about 1 with a part in common.

#[path = "../race/cases.rs"]
#[expect(dead_code, reason = "a part of what the race needs")]
mod cases;

use cases::{Problem, Setting};
use linepack_units::FlowRate;
use std::error::Error;
use std::path::Path;

/// Swing of the demands.
const AMPLITUDE: &str = "0.3";
/// The supply that holds the pressure may take as much, kg/s: more than the network carries.
const TAKEN: f64 = -1e4;

const ENSEMBLE: &str = r#"[ensemble]
title = "Demands of a day"
members = 10000
seed = 1

[[variation]]
name = "demand"
every = "off_take"
field = "flow"
distribution = "normal"
mean = 1.0
standard_deviation = 0.03
low = 0.0
group = "weather"

[[group]]
name = "weather"
correlation = 0.5
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, folder] = words.as_slice() else {
        return Err("which network, and which folder?".into());
    };
    let words = ["network", file, "", AMPLITUDE].map(str::to_owned);
    let problem = Problem::read(&words)?;
    let mut case = problem.case(Setting {
        size: 2000.0,
        tolerance_pa: 1000.0,
    });
    case.scenario.output_interval_s = 3600.0;
    for supply in &mut case.network.supplies {
        supply.flow_min = supply.flow_min.map(|_| FlowRate::mass(TAKEN));
    }
    // In a case file, identifiers are unique over nodes and pipes.
    for pipe in &mut case.network.pipes {
        let id = format!("p{}", pipe.header.id);
        (pipe.header.id, pipe.header.label) = (id.clone(), id);
    }
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("case.toml"), linepack_formats::write(&case))?;
    std::fs::write(folder.join("ensemble.toml"), ENSEMBLE)?;
    Ok(())
}
