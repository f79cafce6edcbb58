//! Operating points of public nominations, held against a steady solve of the whole model.

#![allow(
    clippy::print_stderr,
    clippy::allow_attributes,
    reason = "tests say what they skip"
)]

use linepack_formats::{Selection, read};
use linepack_network::Case;
use linepack_optimize::{Objective, Plan, StationModel, Verdict, optimize};
use std::path::PathBuf;

fn data() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    std::env::var_os("LINEPACK_DATA").map_or_else(|| default.into(), PathBuf::from)
}

/// The case of a network of GasLib with its scenario; none, with a note, where the data are absent.
fn gaslib(name: &str) -> Option<Case> {
    let path = data().join(format!("gaslib/{name}/{name}.net"));
    if !path.exists() {
        eprintln!(
            "skipped: {} is not there; set LINEPACK_DATA",
            path.display()
        );
        return None;
    }
    let loaded = read(&path, &Selection::default());
    Some(loaded.expect("the network is read").case)
}

fn solved(case: &Case, objective: &Objective, stations: StationModel) -> Plan {
    optimize(case, objective, stations).expect("a problem")
}

/// The scenarios of GasLib-11, 24 and 40 are known to be feasible (Schmidt et al. 2017, Data 2(4), 40):
/// an operating point is found, and the steady solver, whose Newton method knows nothing of it, arrives
/// at its pressures.
#[test]
fn scenarios_of_the_library_are_feasible() {
    for name in ["GasLib-11", "GasLib-24", "GasLib-40"] {
        let Some(case) = gaslib(name) else { return };
        for stations in [StationModel::Ratio, StationModel::Maps] {
            let plan = solved(&case, &Objective::Feasible, stations);
            assert_eq!(plan.verdict, Verdict::Feasible, "{name} {stations:?}");
            assert!(
                plan.check.solved && plan.check.violations.is_empty(),
                "{name}"
            );
            let far = plan.check.pressure_difference_pa;
            assert!(
                far < 2000.0,
                "{name} {stations:?}: {far} Pa at {}",
                plan.check.at_node
            );
        }
    }
}
