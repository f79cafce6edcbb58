//! A network of any size.

use crate::cases::{KELVIN, SINE_POINTS, case_of, hold, sine};
use linepack_network::*;
use linepack_units::FlowRate;

/// Lines of ten pipes of 50 km side by side, joined at their ends: 80 bar at the head of each and
/// off-takes of 12 kg/s at its nodes, which swing by straight lines from hour to hour.
pub(crate) fn lines(pipes: usize, cells: usize) -> Case {
    let mut case = case_of(518.28 * KELVIN * 0.9);
    let mut hourly = sine(0, 0.3);
    hourly.interpolation = Interpolation::Linear;
    let every = SINE_POINTS / 24;
    hourly.time_s = hourly.time_s.iter().step_by(every).copied().collect();
    hourly.values = hourly.values.iter().step_by(every).copied().collect();
    let name = |line: usize, i: usize| format!("{line:05}.{i:02}");
    let join = |case: &mut Case, from: String, to: String| {
        let mut pipe = Pipe::new(format!("{from}-{to}"), from, to);
        (pipe.length_m, pipe.diameter_m, pipe.roughness_m) = (50e3, 0.9, 1e-5);
        pipe.friction = Some(FrictionLaw::Constant { darcy: 0.01 });
        pipe.cells = Some(cells);
        case.network.pipes.push(pipe);
    };
    for line in 0..pipes.div_ceil(11) {
        for i in 0..=10 {
            let id = name(line, i);
            case.network.nodes.push(Node::new(&id));
            if i == 0 {
                hold(&mut case, &id, 80e5);
                continue;
            }
            let mut off_take = OffTake::new(format!("d{id}"), &id);
            off_take.flow = Some(FlowRate::mass(12.0));
            off_take.curtail = false;
            off_take.flow_profile = Some(hourly.id.clone());
            case.network.off_takes.push(off_take);
            join(&mut case, name(line, i - 1), id);
        }
        if line > 0 {
            join(&mut case, name(line - 1, 10), name(line, 10));
        }
    }
    case.profiles.push(hourly);
    case.settings.pressure_tolerance_pa = 1000.0;
    case.scenario.output_interval_s = 3600.0;
    case
}
