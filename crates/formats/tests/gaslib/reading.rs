//! What the invented network means, worked out by hand.

use crate::fixture::{CDF, CS, NET, SCN, load};
use linepack_gas::Substance;
use linepack_network::{
    CompressorKind, ControlState, DriveKind, DrivePower, ResistorLoss, StationState,
};
use linepack_units::FlowRate;

fn kg_per_s(flow: Option<FlowRate>) -> f64 {
    match flow {
        Some(FlowRate::Mass { kg_per_s }) => kg_per_s,
        other => panic!("{other:?}"),
    }
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-12 * b.abs(), "{a} is not {b}");
}

#[test]
fn nodes_and_pipes_are_in_si() {
    let case = load(NET, &[("scn", SCN)]).case;
    let [north, west, town, ..] = case.network.nodes.as_slice() else {
        panic!("nodes")
    };
    assert_eq!(
        (north.header.label.as_str(), north.x, north.y),
        ("North & sea", Some(0.0), Some(1.0))
    );
    assert_eq!((west.x, west.y), (Some(7.5), Some(51.25)));
    assert_eq!((north.elevation_m, west.elevation_m), (10.0, 20.0));
    // The scenario allows 75 barg, less than the 80 bar of the node.
    assert_eq!(north.pressure_max_pa, Some(7_601_325.0));
    close(west.pressure_min_pa.unwrap_or(0.0), 2_101_325.0);
    // Vacuum is no limit; the scenario has 20 barg and a contract maximum of 65 bar.
    assert_eq!(town.pressure_min_pa, Some(2_101_325.0));
    assert_eq!(town.pressure_max_pa, Some(6_500_000.0));
    let [p1, p2, p3] = case.network.pipes.as_slice() else {
        panic!("pipes")
    };
    assert_eq!(
        (p1.length_m, p1.diameter_m, p1.roughness_m),
        (55_000.0, 0.5, 1e-5)
    );
    assert_eq!(
        (p2.length_m, p2.diameter_m, p2.roughness_m),
        (12_000.0, 0.4, 5e-5)
    );
    assert_eq!(p3.diameter_m, 0.4);
    assert_eq!(p1.pressure_max_pa, Some(1e7));
    assert_eq!(p1.heat_transfer_w_per_m2_k, Some(2.0));
    assert_eq!(p1.route, [[7.0, 51.0], [7.5, 51.5]]);
    assert_eq!(
        (p1.ground_temperature_k, p2.ground_temperature_k),
        (None, Some(280.0))
    );
    assert_eq!(case.settings.ground_temperature_k, 278.15);
}

#[test]
fn the_gas_is_the_mean_of_what_is_brought() {
    let case = load(NET, &[("scn", SCN)]).case;
    let Substance::Pseudo(gas) = case.gas.substance else {
        panic!("a pseudo gas")
    };
    // 360 of the first and 36 of the second, in 1000 m3/h.
    let mean = |a: f64, b: f64| (10.0 * a + b) / 11.0;
    close(gas.molar_mass_kg_per_mol, mean(0.018, 0.020));
    close(gas.critical_pressure_pa.unwrap_or(0.0), mean(46e5, 44e5));
    close(
        gas.critical_temperature_k.unwrap_or(0.0),
        mean(195.0, 205.0),
    );
    let density = mean(0.8, 0.9);
    close(
        gas.gross_heating_value_j_per_kg.unwrap_or(0.0),
        mean(40e6, 36e6) / density,
    );
    // cp = 30 + 0.01 T at 12 degC
    let cp = 30.0 + 0.01 * 285.15;
    let expected = cp / (cp - 8.314_462_618);
    assert!((gas.isentropic_exponent - expected).abs() < 1e-6);
}

#[test]
fn flows_become_masses_by_norm_density() {
    let loaded = load(NET, &[("scn", SCN)]);
    let network = &loaded.case.network;
    let [north, west, store] = network.supplies.as_slice() else {
        panic!("supplies")
    };
    assert_eq!(north.header.id, "north:entry");
    // The largest inflow holds the highest pressure that node and scenario allow.
    assert_eq!(north.pressure_pa, Some(7_601_325.0));
    assert_eq!(
        (north.flow, north.flow_min, north.flow_max),
        (None, None, None)
    );
    // 36 000 m3/h of 0.9 kg/m3.
    close(kg_per_s(west.flow), 9.0);
    close(kg_per_s(west.flow_max), 90.0);
    assert_eq!(west.pressure_pa, None);
    let mean = (10.0 * 0.8 + 0.9) / 11.0;
    // A sink that brings gas.
    assert_eq!(
        (store.header.id.as_str(), store.node.as_str()),
        ("store:exit", "store")
    );
    close(kg_per_s(store.flow), 10.0 * mean);
    let [town] = network.off_takes.as_slice() else {
        panic!("off-takes")
    };
    assert_eq!(town.header.id, "town:exit");
    close(kg_per_s(town.flow), 120.0 * mean);
    close(kg_per_s(town.flow_bounds.max), 500.0 / 3.6 * mean);
    assert_eq!(
        (town.pressure_min_pa, town.curtail),
        (Some(2_101_325.0), true)
    );
    close(
        kg_per_s(network.pipes[0].flow_bounds.min),
        -1000.0 / 3.6 * mean,
    );
}

#[test]
fn equipment_has_its_limits_and_losses() {
    let network = load(NET, &[("scn", SCN)]).case.network;
    let drag = |factor, diameter_m| ResistorLoss::Drag { factor, diameter_m };
    let constant = |pressure_loss_pa| ResistorLoss::Constant { pressure_loss_pa };
    assert_eq!(network.resistors[0].loss, drag(5.5, 0.9));
    assert_eq!(network.resistors[1].loss, constant(5e4));
    assert_eq!(network.valves[0].opening, 1.0);
    assert_eq!(network.valves[0].pressure_differential_max_pa, Some(120e5));
    let valve = &network.control_valves[0];
    assert_eq!(valve.state, ControlState::Active);
    // The outlet node may have 50 bar, less than the 60 of the valve.
    assert_eq!(valve.outlet_pressure_pa, Some(5e6));
    assert_eq!(valve.inlet_pressure_pa, Some(2_101_325.0));
    assert_eq!(
        (valve.loss_in, valve.loss_out),
        (Some(constant(75_000.0)), Some(drag(2.0, 0.6)))
    );
    let station = &network.compressor_stations[0];
    assert_eq!(station.state, StationState::Running);
    assert_eq!(station.suction_pressure_pa, Some(3.5e6));
    assert_eq!(station.discharge_pressure_pa, Some(8.4e6));
    assert_eq!(
        (station.loss_in, station.loss_out),
        (Some(drag(18.0, 0.9)), Some(constant(2e4)))
    );
    assert!(station.fuel_at_discharge && !station.internal_bypass);
    assert_eq!(station.discharge_temperature_k, Some(285.15));
    assert_eq!(station.ambient_temperature_k, Some(268.15));
    // 50 000 m3/h back.
    close(
        kg_per_s(station.flow_min),
        -50.0 / 3.6 * (10.0 * 0.8 + 0.9) / 11.0,
    );
    // Nothing is known of its machines: the limits of pressure leave 84/35.
    assert!(station.machines.is_none() && !station.fuel_from_line);
    close(station.ratio_max, 2.4);
}

#[test]
fn machines_are_kept_as_they_stand() {
    let network = load(NET, &[("scn", SCN), ("cs", CS)]).case.network;
    let station = &network.compressor_stations[0];
    let machines = station.machines.as_deref().expect("machines");
    let CompressorKind::Turbo(map) = &machines.compressors[0].kind else {
        panic!("a turbo compressor")
    };
    assert_eq!(
        map.head,
        [6.1, -0.0292953, 4.29877e-6, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    );
    assert_eq!(
        (map.surge_line, map.choke_line),
        ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    );
    assert_eq!(map.choke_efficiency, Some(0.72));
    assert_eq!(map.measurements.len(), 2);
    assert_eq!(map.measurements[0].efficiency, None);
    assert_eq!(map.measurements[1].efficiency, Some(0.78));
    let CompressorKind::Piston(piston) = &machines.compressors[1].kind else {
        panic!("a piston compressor")
    };
    assert_eq!(piston.torque_max_nm, Some(1100.0));
    assert_eq!(machines.drives[0].kind, DriveKind::ElectricMotor);
    assert_eq!(
        machines.drives[0].power_measurements[0].ambient_celsius,
        Some(-5.0)
    );
    assert_eq!(machines.drives[0].power_measurements[0].power_kw, 11_260.0);
    assert_eq!(
        machines.drives[1].power,
        DrivePower::Speed([9000.0, 0.0, 0.0])
    );
    let stages = &machines.configurations[0].stages;
    assert_eq!(stages[0].units[0].compressor, "K1");
    assert_eq!(stages[0].units[0].nominal_speed_per_min, Some(5200.0));
    assert_eq!(stages[1].units[0].compressor, "K2");
    // Neither drive burns gas.
    assert!(!station.fuel_from_line);
}

#[test]
fn the_decision_with_fewest_stations_is_taken() {
    let network = load(NET, &[("scn", SCN), ("cdf", CDF)]).case.network;
    let group = &network.decision_groups[0];
    // Two decisions join a and b; one of them without a station.
    assert_eq!(group.taken, Some(1));
    assert_eq!(network.valves[0].opening, 1.0);
    assert_eq!(network.compressor_stations[0].state, StationState::Closed);
    assert_eq!(group.decisions[1].switches[0].forward, Some(false));
    assert_eq!(group.decisions[0].switches[1].forward, Some(true));
}

#[test]
fn without_a_scenario_nothing_flows() {
    let loaded = load(NET, &[]);
    let network = &loaded.case.network;
    assert!(network.off_takes.iter().all(|o| kg_per_s(o.flow) == 0.0));
    // Of entries that bring the same the first by name holds the pressure.
    assert_eq!(network.supplies[0].pressure_pa, Some(8e6));
    assert_eq!(kg_per_s(network.supplies[1].flow), 0.0);
    assert_eq!(loaded.case.settings.ground_temperature_k, 285.15);
    let noted = |words: &str| loaded.notes.iter().any(|n| n.what.contains(words));
    assert!(noted("no scenario") && noted("operating rule") && noted("length without a unit: m"));
}

#[test]
fn a_byte_order_mark_and_other_line_ends_do_not_matter() {
    let plain = load(NET, &[("scn", SCN)]).case;
    let windows = format!("\u{feff}{}", NET.replace('\n', "\r\n"));
    let other = load(&windows, &[("scn", SCN)]).case;
    assert_eq!(
        format!("{:?}", plain.network),
        format!("{:?}", other.network)
    );
}

#[test]
fn several_scenarios_are_not_chosen_from() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    for (name, text) in [("n.net", NET), ("one.scn", SCN), ("two.scn", SCN)] {
        std::fs::write(folder.path().join(name), text).expect("writable");
    }
    let selection = linepack_formats::Selection::default();
    let file = folder.path().join("n.net");
    let loaded = linepack_formats::read(&file, &selection).expect("a case");
    let noted = |words: &str| loaded.notes.iter().any(|n| n.what.contains(words));
    assert!(
        noted("2 files (scenario) lie beside the network"),
        "{:?}",
        loaded.notes
    );
    assert_eq!(kg_per_s(loaded.case.network.off_takes[0].flow), 0.0);
}
