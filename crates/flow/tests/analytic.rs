//! Closed-form cases.

mod support;

use linepack_flow::{Model, Options, steady};
use linepack_network::*;
use support::*;

fn isothermal(cells: usize, rise_m: f64, kinetic: bool, inputs: &serde_json::Value) -> Case {
    let at = |key| number(inputs, key);
    let z = at("R") / R;
    let mut case = case(at("M_kg_mol"), z, at("T_K"));
    case.settings.terms.kinetic = kinetic;
    let mut line = pipe("line", "a", "b", at("L_m"), at("D_m"), at("lambda_darcy"));
    line.cells = Some(cells);
    let mut case = single_pipe(case, line, at("p1_Pa"), at("q_kg_s"));
    case.network.nodes[1].elevation_m = rise_m;
    case
}

fn outlet(case: &Case) -> f64 {
    let model = Model::build(case, &Options::default()).expect("a model");
    let solution = steady(&model);
    assert!(solution.status.converged, "{:?}", solution.status);
    solution.nodes.value("pressure_pa", 0, "b").expect("node b")
}

#[test]
fn steady_isothermal() {
    let Some(file) = published("analytic_steady_isothermal.json") else {
        return;
    };
    let inputs = &file["inputs"];
    let tolerance = number(&file["tolerance"], "relative");
    for (name, rise, kinetic) in [
        ("level_no_kinetic_p2_Pa", 0.0, false),
        ("level_with_kinetic_p2_Pa", 0.0, true),
        ("rise_500m_p2_Pa", 500.0, false),
        ("fall_500m_p2_Pa", -500.0, false),
    ] {
        let want = number(&file["expected"], name);
        let error = |cells| outlet(&isothermal(cells, rise, kinetic, inputs)) / want - 1.0;
        let (coarse, fine) = (error(100), error(400));
        println!("{name}: {coarse:.2e} at 1 km, {fine:.2e} at 250 m");
        assert!(
            coarse.abs() < 1e-5 && fine.abs() < tolerance,
            "{name}: {coarse:e} {fine:e}"
        );
    }
}
