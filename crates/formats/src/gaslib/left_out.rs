//! What GasLib files cannot say of a case.

use super::write::{Notes, Plan, same_decisions};
use linepack_gas::EquationOfState;
use linepack_network::{
    Case, CompressorStation, ControlValve, FrictionLaw, Header, OffTake, Pipe, Status, Supply,
    Valve,
};

/// Notes it.
pub(super) fn note(case: &Case, plan: &Plan<'_>, notes: &mut Notes) {
    whole(case, plan, notes);
    let network = &case.network;
    network.for_each_header(|_, _, h| header(h, notes));
    network.pipes.iter().for_each(|e| pipe(e, notes));
    network.valves.iter().for_each(|e| valve(e, notes));
    network
        .control_valves
        .iter()
        .for_each(|e| control_valve(e, notes));
    network
        .compressor_stations
        .iter()
        .for_each(|e| station(e, notes));
    network.supplies.iter().for_each(|e| supply(e, notes));
    network.off_takes.iter().for_each(|e| off_take(e, notes));
    for leak in &network.leaks {
        notes.add("leaks are left out", &leak.header.id);
    }
}

fn whole(case: &Case, plan: &Plan<'_>, notes: &mut Notes) {
    let settings = &case.settings;
    let lost = [
        (
            case.gas.equation != EquationOfState::Papay,
            "the equation of state is left out",
        ),
        (
            settings.friction != FrictionLaw::ColebrookWhite,
            "the friction law is left out",
        ),
        (!case.scenario.events.is_empty(), "events are left out"),
        (
            case.scenario.duration_s > 0.0,
            "the duration of the scenario is left out: the format is steady",
        ),
        (
            !case.profiles.is_empty(),
            "profiles are left out: the format is steady",
        ),
        (
            !case.stages.is_empty(),
            "stages are left out: what is in service is written",
        ),
        (
            plan.at.is_empty(),
            "nothing enters or leaves: the format states the gas at sources, and the network cannot be read back",
        ),
        (
            !same_decisions(&case.network),
            "which decision of a group is taken is left out",
        ),
    ];
    for (_, what) in lost.into_iter().filter(|(is, _)| *is) {
        notes.all(what);
    }
}

/// Adds a note for each thing that is so.
fn each(notes: &mut Notes, id: &str, lost: &[(bool, &str)]) {
    for (_, what) in lost.iter().filter(|(is, _)| *is) {
        notes.add(what, id);
    }
}

fn header(h: &Header, notes: &mut Notes) {
    let dated = h.in_service_date.is_some() || h.status != Status::Complete;
    each(
        notes,
        &h.id,
        &[
            (!h.in_service, "not in service: left out"),
            (
                h.in_service && dated,
                "status and date of service are left out",
            ),
        ],
    );
}

fn pipe(e: &Pipe, notes: &mut Notes) {
    each(
        notes,
        &e.header.id,
        &[
            (e.efficiency != 1.0, "the efficiency of a pipe is left out"),
            (
                e.friction.is_some(),
                "the friction law of a pipe is left out",
            ),
            (
                e.cells.is_some(),
                "the number of cells of a pipe is left out",
            ),
            (
                !e.elevation_profile.is_empty(),
                "the elevation profile of a pipe is left out",
            ),
        ],
    );
}

fn valve(e: &Valve, notes: &mut Notes) {
    let bore = e.diameter_m.is_some() || e.drag_factor != 0.0 || e.stroke_s != 0.0;
    each(
        notes,
        &e.header.id,
        &[
            (bore, "bore, drag and stroke of a valve are left out"),
            (
                e.opening > 0.0 && e.opening < 1.0,
                "a valve that is partly open is written as open",
            ),
        ],
    );
}

fn control_valve(e: &ControlValve, notes: &mut Notes) {
    each(
        notes,
        &e.header.id,
        &[
            (
                e.flow.is_some(),
                "the flow set-point of a control valve is left out",
            ),
            (
                e.outlet_pressure_profile.is_some(),
                "profiles are left out: the format is steady",
            ),
        ],
    );
}

fn station(e: &CompressorStation, notes: &mut Notes) {
    let set = e.flow.is_some() || e.ratio.is_some() || e.pressure_rise.is_some();
    let profile = e.discharge_pressure_profile.is_some() || e.ratio_profile.is_some();
    each(
        notes,
        &e.header.id,
        &[
            (
                e.machines.is_none(),
                "efficiencies, power, ratio and fuel of generic units are left out",
            ),
            (
                set,
                "set-points of flow, ratio and pressure rise of a station are left out",
            ),
            (profile, "profiles are left out: the format is steady"),
        ],
    );
}

fn supply(e: &Supply, notes: &mut Notes) {
    let bounded = e.flow_min.is_some() || e.flow_max.is_some();
    each(
        notes,
        &e.header.id,
        &[
            (
                e.pressure_pa.is_some(),
                "a held pressure is written as the highest of the scenario",
            ),
            (
                e.pressure_pa.is_some() && bounded,
                "bounds of flow of a supply that holds a pressure are not read back",
            ),
            (
                e.pressure_max_pa.is_some(),
                "the pressure at which a supply backs off is left out",
            ),
            (
                e.flow_profile.is_some() || e.pressure_profile.is_some(),
                "profiles are left out: the format is steady",
            ),
        ],
    );
}

fn off_take(e: &OffTake, notes: &mut Notes) {
    each(
        notes,
        &e.header.id,
        &[
            (
                e.pressure_pa.is_some(),
                "the pressure that an off-take keeps is left out",
            ),
            (
                e.curtail,
                "off-takes that take less at the contract pressure are left out: it is a limit",
            ),
            (
                e.flow_profile.is_some() || e.pressure_profile.is_some(),
                "profiles are left out: the format is steady",
            ),
        ],
    );
}
