#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, clippy::panic)]
use linepack_formats::{Companions, Selection, read};
use linepack_optimize::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let objective = match args[1].as_str() {
        "fuel" => Objective::Fuel,
        "power" => Objective::Power,
        _ => Objective::Feasible,
    };
    let model = if args[2] == "ratio" {
        StationModel::Ratio
    } else {
        StationModel::Maps
    };
    for path in &args[3..] {
        let (net, scn) = path
            .split_once('+')
            .map_or((path.as_str(), None), |(a, b)| (a, Some(b)));
        let selection = Selection {
            beside: Companions {
                scenario: scn.map(Into::into),
                ..Default::default()
            },
            ..Default::default()
        };
        let case = read(std::path::Path::new(net), &selection)
            .unwrap_or_else(|e| panic!("{:?}", e[0].message))
            .case;
        let began = std::time::Instant::now();
        let plan = optimize(&case, &objective, model).unwrap();
        println!(
            "{path}: {:?} value {:?} programs {} {:.3} s; check {} {} dp {:.1} Pa at {} violations {:?}",
            plan.verdict,
            plan.value,
            plan.programs,
            began.elapsed().as_secs_f64(),
            plan.check.solved,
            plan.check.message,
            plan.check.pressure_difference_pa,
            plan.check.at_node,
            plan.check.violations
        );
        for p in &plan.passed {
            println!("   {p:?}");
        }
        if args.len() < 5 {
            for s in &plan.settings {
                println!(
                    "   {} {:?} {:?} q {:.2} {:.2} -> {:.2} bar {:?}",
                    s.element,
                    s.state,
                    s.holds,
                    s.flow_kg_per_s,
                    s.ends_pa[0] / 1e5,
                    s.ends_pa[1] / 1e5,
                    s.configuration
                );
                if let Some(sol) = &plan.solution {
                    println!(
                        "        steady q {:?} {:?}",
                        sol.edges.value("mass_flow_kg_per_s", 0, &s.element),
                        sol.edges
                            .ids
                            .iter()
                            .position(|i| *i == s.element)
                            .and_then(|i| sol.edges.modes.get(i))
                    );
                }
            }
        }
    }
}
