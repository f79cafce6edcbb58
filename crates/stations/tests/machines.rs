//! Machines against formulas: work, sharing, series, pistons, electric drives, limits.

mod support;

use linepack_network::{CompressorKind, DriveKind, Machines, PistonData};
use linepack_stations::{Limit, Plant, Suction};
use support::*;

fn index(plant: &Plant, configuration: &str) -> usize {
    plant.index_of(configuration).expect("a configuration")
}

fn build(machines: &Machines) -> Plant {
    Plant::new(machines, AIR_K).expect("sound machines")
}

/// One machine of the made-up map with ample power.
fn ample(kind: DriveKind) -> Plant {
    build(&single(turbo("A", "d", map()), motor("d", kind, 10.0)))
}

/// Methane as an ideal gas, 300 K: the head is cp (T₂ - T₁) with T₂/T₁ = (p₂/p₁)^((κ-1)/κ).
#[test]
fn isentropic_work_of_an_ideal_gas() {
    let (gas_constant, t1, kappa) = (8.314462618 / 0.016043, 300.0, 1.3);
    let (p1, p2): (f64, f64) = (50e5, 60e5);
    let density = p1 / (gas_constant * t1);
    let s = Suction {
        pressure_pa: p1,
        temperature_k: t1,
        density_kg_per_m3: density,
        density_slope: density / p1,
        isentropic_exponent: kappa,
    };
    let t2 = t1 * (p2 / p1).powf((kappa - 1.0) / kappa);
    let head = kappa / (kappa - 1.0) * gas_constant * (t2 - t1);
    let flow = 2.2;
    let operation = ample(DriveKind::GasTurbine).operate(0, flow * density, &s, p2);
    let unit = &operation.units[0];
    assert_near(unit.head_j_per_kg, head, 1e-12);
    assert_near(unit.power_w, flow * density * head / unit.efficiency, 1e-12);
    // By hand: H = 40 x² + 4 x Q - 4 Q² kJ/kg with x = n/10000.
    let x = (-4.0 * flow + (16.0 * flow * flow + 160.0 * (head / 1e3 + 4.0 * flow * flow)).sqrt())
        / 80.0;
    assert_near(unit.speed_per_min, 1e4 * x, 1e-12);
    assert_near(
        unit.efficiency,
        0.82 - 0.1 * (flow - 2.2 * x).powi(2),
        1e-12,
    );
}

/// On the fastest line, between surge and choke, the capability is the head of the map by hand.
#[test]
fn capability_on_the_fastest_line() {
    let (plant, s) = (ample(DriveKind::GasTurbine), suction(45e5));
    for flow in [1.4, 1.8, 2.2, 2.6, 2.8] {
        let head = (40.0 + 4.0 * flow - 4.0 * flow * flow) * 1e3;
        let c = plant.capability(Some(0), flow * s.density_kg_per_m3, &s);
        assert_near(c.pressure_pa, discharge(&s, head), 1e-12);
        assert_eq!(c.limit, Limit::SpeedMax);
    }
}

#[test]
fn capability_at_the_power_of_the_drive() {
    let s = suction(60e5);
    let plant = build(&single(turbo("A", "a", map()), turbine("a", 2200.0)));
    for flow in [1.2, 1.6, 2.0, 2.3] {
        let mass_flow = flow * s.density_kg_per_m3;
        let c = plant.capability(Some(0), mass_flow, &s);
        assert_eq!(c.limit, Limit::Power);
        let operation = plant.operate(0, mass_flow, &s, c.pressure_pa);
        let unit = &operation.units[0];
        let share = unit.speed_per_min / 1e4;
        // 2200 kW at 15 °C: (2320 kW)(0.4 + 0.6 n/n₀) - 8 kW/K 15 K.
        let most = 2320e3 * (0.4 + 0.6 * share) - 120e3;
        assert_near(unit.power_max_w, most, 1e-12);
        assert_near(unit.power_w, most, 1e-9);
        assert!(operation.feasible);
        assert_eq!(operation.limit, Some(Limit::Power));
    }
}

/// With less flow than the surge line the machine carries the surge flow.
#[test]
fn recycle_at_surge() {
    let (plant, s) = (ample(DriveKind::GasTurbine), suction(45e5));
    let head = 25e3;
    let surge = (25.0 + 15.0) / 40.0;
    for flow in [0.7, 0.3, 0.0, -0.1] {
        let out = discharge(&s, head);
        let operation = plant.operate(0, flow * s.density_kg_per_m3, &s, out);
        let unit = &operation.units[0];
        assert!(operation.feasible);
        assert_eq!(operation.limit, Some(Limit::Surge));
        assert_near(unit.volume_flow_m3_per_s, surge, 1e-12);
        assert_near(unit.recycle_m3_per_s, surge - f64::max(flow, 0.0), 1e-12);
        let power = surge * s.density_kg_per_m3 * head / unit.efficiency;
        assert_near(unit.power_w, power, 1e-12);
        assert!(unit.surge_margin.abs() < 1e-12);
    }
}

/// With less head than the lowest speed brings, the unit works at the lowest speed and throttles.
#[test]
fn throttle_at_the_lowest_speed() {
    let (plant, s) = (ample(DriveKind::GasTurbine), suction(45e5));
    let (flow, head) = (1.0_f64, 4e3);
    let operation = plant.operate(0, flow * s.density_kg_per_m3, &s, discharge(&s, head));
    let unit = &operation.units[0];
    let slowest = (10.0 + 2.0 * flow - 4.0 * flow * flow) * 1e3;
    assert_near(unit.head_j_per_kg, slowest, 1e-12);
    assert_near(unit.throttled_j_per_kg, slowest - head, 1e-9);
    assert_near(unit.speed_per_min, 5000.0, 1e-12);
    assert!(operation.feasible);
    assert_eq!(operation.limit, Some(Limit::SpeedMin));
}

/// With more flow than the choke line has at that head, it works on the choke line and throttles.
#[test]
fn throttle_at_the_choke_line() {
    let (plant, s) = (ample(DriveKind::GasTurbine), suction(45e5));
    let flow = 2.0;
    let operation = plant.operate(0, flow * s.density_kg_per_m3, &s, discharge(&s, 8e3));
    let unit = &operation.units[0];
    assert_near(unit.head_j_per_kg, (-2.0 + 7.0 * flow) * 1e3, 1e-12);
    assert!(unit.choke_margin.abs() < 1e-12);
    assert_eq!(operation.limit, Some(Limit::Choke));
}

#[test]
fn what_is_violated_is_named() {
    let s = suction(60e5);
    let name = |machines: &Machines, flow: f64, head: f64| {
        let plant = build(machines);
        let out = discharge(&s, head);
        let operation = plant.operate(0, flow * s.density_kg_per_m3, &s, out);
        assert!(!operation.feasible, "{operation:?}");
        operation.limit
    };
    let strong = single(
        turbo("A", "d", map()),
        motor("d", DriveKind::GasTurbine, 10.0),
    );
    let weak = single(turbo("A", "a", map()), turbine("a", 2200.0));
    assert_eq!(name(&strong, 2.0, 36e3), Some(Limit::SpeedMax));
    assert_eq!(name(&strong, 3.2, 15e3), Some(Limit::Choke));
    assert_eq!(name(&weak, 2.0, 30e3), Some(Limit::Power));
    let driven = |c| single(c, motor("p", DriveKind::GasDrivenMotor, 100.0));
    let ratio = driven(piston("P", "p"));
    assert_eq!(name(&ratio, 1.5, 110e3), Some(Limit::Ratio));
    assert_eq!(name(&ratio, 2.1, 30e3), Some(Limit::SpeedMax));
    let mut torque = piston("P", "p");
    if let CompressorKind::Piston(PistonData { torque_max_nm, .. }) = &mut torque.kind {
        *torque_max_nm = Some(80e3);
    }
    // M = V ρ H/(2 π η): 80 kN m are reached at 80e3 2 π 0.9/(0.4 45.12) = 25.07 kJ/kg.
    assert_eq!(name(&driven(torque), 1.5, 25.5e3), Some(Limit::Torque));
}

#[test]
fn a_piston_compressor() {
    let machines = single(
        piston("P", "p"),
        motor("p", DriveKind::GasDrivenMotor, 100.0),
    );
    let (plant, s) = (build(&machines), suction(60e5));
    let (head, density) = (40e3, s.density_kg_per_m3);
    // Speed for flow, pockets at the lowest speed, recycling below.
    for (flow, speed, through) in [(1.5, 225.0, 1.5), (0.9, 150.0, 0.9), (0.5, 150.0, 0.7)] {
        let operation = plant.operate(0, flow * density, &s, discharge(&s, head));
        let unit = &operation.units[0];
        assert!(operation.feasible);
        assert_near(unit.speed_per_min, speed, 1e-12);
        assert_near(unit.volume_flow_m3_per_s, through, 1e-12);
        assert_near(unit.power_w, through * density * head / 0.9, 1e-12);
    }
    let top = plant.capability(Some(0), 0.0, &s);
    assert_eq!(top.limit, Limit::Ratio);
    assert_near(top.pressure_pa, 1.8 * 60e5, 1e-12);
    let end = plant.capability(Some(0), 2.0 * density, &s);
    assert_eq!(end.limit, Limit::SpeedMax);
    assert_near(end.pressure_pa, 60e5, 1e-9);
}

/// A drive whose power per turn rises: the piston recycles for the power, and its border is level.
#[test]
fn a_piston_compressor_recycles_for_power() {
    let mut drive = motor("p", DriveKind::GasDrivenMotor, 0.0);
    drive.power = linepack_network::DrivePower::Speed([0.0, 0.0, 0.03]);
    let (plant, s) = (build(&single(piston("P", "p"), drive)), suction(60e5));
    // P/n = 0.03 n kW: the head at full speed, 2700 kW for 2 m³/s.
    let head = 2700e3 * 0.9 / (2.0 * s.density_kg_per_m3);
    let density = s.density_kg_per_m3;
    let c = plant.capability(Some(0), 1.2 * density, &s);
    assert_near(c.pressure_pa, discharge(&s, head), 1e-4);
    assert!(c.pressure_pa <= discharge(&s, head));
    let operation = plant.operate(0, 1.2 * density, &s, discharge(&s, 0.9 * head));
    let unit = &operation.units[0];
    assert!(operation.feasible);
    assert_near(unit.speed_per_min, 0.9 * 300.0, 1e-9);
    assert_near(unit.power_w, unit.power_max_w, 1e-9);
}

#[test]
fn two_identical_units_are_one_of_double_size() {
    let (a, b) = (turbine("a", 2200.0), turbine("b", 2200.0));
    let pair = Machines {
        compressors: vec![turbo("A", "a", map()), turbo("B", "b", map())],
        drives: vec![a, b],
        configurations: vec![configuration("1", &[&["A", "B"]])],
    };
    let mut double = turbine("d", 2200.0);
    double.energy_rate = [1600.0, 2.4, 1e-5];
    if let linepack_network::DrivePower::AmbientAndSpeed(p) = &mut double.power {
        p.iter_mut().for_each(|p| *p *= 2.0);
    }
    let (pair, one) = (
        build(&pair),
        build(&single(turbo("D", "d", wider(2.0)), double)),
    );
    for p in [30e5, 50e5, 65e5] {
        let s = suction(p);
        for q in [-1.0, 0.0, 10.0, 60.0, 120.0, 180.0, 230.0, 300.0] {
            let (a, b) = (pair.capability(None, q, &s), one.capability(None, q, &s));
            assert_near(a.pressure_pa, b.pressure_pa, 1e-9);
            assert_near(a.per_flow, b.per_flow, 1e-6);
            assert_near(a.per_suction_pressure, b.per_suction_pressure, 1e-6);
            assert_eq!(a.limit, b.limit);
            let (a, b) = (
                pair.demand(0, q, &s, 1.2 * p),
                one.demand(0, q, &s, 1.2 * p),
            );
            assert_near(a.power_w.value, b.power_w.value, 1e-9);
            assert_near(a.gas_energy_w.value, b.gas_energy_w.value, 1e-9);
        }
    }
}

/// At the border every unit of a stage is at a limit of its own.
#[test]
fn differing_units_reach_their_limits_together() {
    let plant = plant();
    let both = index(&plant, "A+B");
    let s = suction(45e5);
    for q in [125.0, 140.0, 155.0, 180.0] {
        let c = plant.capability(Some(both), q, &s);
        let operation = plant.operate(both, q, &s, c.pressure_pa);
        assert!(operation.feasible, "{operation:#?}");
        for unit in &operation.units {
            let least = unit.power_margin.min(unit.speed_margin);
            assert!(least.abs() < 1e-6, "{unit:?}");
        }
        let flows: f64 = operation.units.iter().map(|u| u.volume_flow_m3_per_s).sum();
        assert_near(flows, q / s.density_kg_per_m3, 1e-9);
    }
}

/// Two stages: the second starts from the pressure of the first, at the suction temperature.
#[test]
fn stages_in_series() {
    let drives = |id| motor(id, DriveKind::GasTurbine, 10.0);
    let machines = Machines {
        compressors: vec![turbo("A", "a", map()), turbo("B", "b", map())],
        drives: vec![drives("a"), drives("b")],
        configurations: vec![
            configuration("both", &[&["A"], &["B"]]),
            configuration("A", &[&["A"]]),
        ],
    };
    let (plant, s) = (build(&machines), suction(40e5));
    let q = 2.3 * s.density_kg_per_m3;
    let first = plant.capability(Some(1), q, &s).pressure_pa;
    let second = plant.capability(Some(1), q, &suction(first)).pressure_pa;
    assert_near(plant.capability(Some(0), q, &s).pressure_pa, second, 1e-12);

    let out = 0.5 * (40e5 + second);
    let operation = plant.operate(0, q, &s, out);
    assert!(operation.feasible);
    let heads: Vec<f64> = operation.units.iter().map(|u| u.head_j_per_kg).collect();
    let most = |flow: f64| (40.0 + 4.0 * flow - 4.0 * flow * flow) * 1e3;
    let between = discharge(&s, heads[0]);
    assert_near(discharge(&suction(between), heads[1]), out, 1e-12);
    let flows = [s, suction(first)].map(|s| q / s.density_kg_per_m3);
    assert_near(heads[0] / most(flows[0]), heads[1] / most(flows[1]), 1e-9);
}

#[test]
fn drives_take_their_own_energy() {
    let s = suction(45e5);
    let of = |kind| {
        let plant = ample(kind);
        plant.demand(0, 2.0 * s.density_kg_per_m3, &s, 55e5)
    };
    let (gas, electric, steam) = (
        of(DriveKind::GasDrivenMotor),
        of(DriveKind::ElectricMotor),
        of(DriveKind::SteamTurbine),
    );
    let expected = 50e3 + 1.05 * gas.power_w.value;
    assert_near(gas.gas_energy_w.value, expected, 1e-12);
    assert_near(electric.electric_w.value, expected, 1e-12);
    assert_near(steam.steam_w.value, expected, 1e-12);
    assert_eq!(electric.gas_energy_w, Default::default());
    assert_eq!(gas.electric_w, Default::default());
}

/// Hot air: the turbine of 2200 kW at 15 °C loses 8 kW a degree.
#[test]
fn air_temperature_takes_power() {
    let machines = single(turbo("A", "a", map()), turbine("a", 2200.0));
    let s = suction(60e5);
    let at = |air: f64| {
        let plant = Plant::new(&machines, air).expect("sound machines");
        plant.operate(0, 90.0, &s, 66e5).units[0].power_max_w
    };
    assert_near(at(AIR_K) - at(AIR_K + 30.0), 240e3, 1e-9);
}

#[test]
fn the_choice_takes_least_energy() {
    let plant = plant();
    let s = suction(45e5);
    let choice = plant.choose(60.0, &s, 52e5);
    assert!(choice.feasible);
    for (i, id) in plant.configurations().enumerate() {
        let operation = plant.operate(i, 60.0, &s, 52e5);
        if operation.feasible {
            assert!(choice.energy_w <= operation.energy_w, "{id} takes less");
        }
    }
}

#[test]
fn the_choice_comes_nearest_where_none_does_it() {
    let plant = plant();
    let s = suction(45e5);
    let choice = plant.choose(100.0, &s, 200e5);
    assert!(!choice.feasible && choice.limit.is_some());
    let best = plant.capability(None, 100.0, &s);
    let chosen = plant.capability(Some(choice.configuration), 100.0, &s);
    assert_eq!(best, chosen);
}

#[test]
fn a_stand_takes_nothing() {
    let (plant, s) = (plant(), suction(45e5));
    for configuration in 0..plant.configurations().len() {
        for out in [45e5, 40e5, 0.0] {
            let demand = plant.demand(configuration, 50.0, &s, out);
            assert_eq!(demand.power_w.value, 0.0);
            assert_eq!(demand.gas_energy_w.value, 0.0);
        }
    }
}

#[test]
fn everything_wrong_is_named() {
    let mut machines = station();
    machines.compressors[0].drive = "x".into();
    if let CompressorKind::Turbo(map) = &mut machines.compressors[1].kind {
        map.head[2] = -4e-7;
    }
    machines.compressors[2].speed_max_per_min = 100.0;
    machines.drives[3].power = linepack_network::DrivePower::Speed([-1e4, 0.0, 0.0]);
    machines.configurations.truncate(4);
    machines.configurations.push(configuration("?", &[&["Z"]]));
    machines
        .configurations
        .push(configuration("PP", &[&["P"], &["P"]]));
    machines.configurations.push(configuration("none", &[]));
    let error = Plant::new(&machines, AIR_K).expect_err("much is wrong");
    let told = error.to_string();
    for expected in [
        "compressor \"A\": its drive \"x\" is not there",
        "compressor \"B\": its speed line",
        "compressor \"E\": its speeds are 5000 to 100 1/min",
        "drive \"p\": it has no power at 150 1/min",
        "configuration \"?\": it runs the compressor \"Z\", which is not there",
        "configuration \"PP\": it runs \"P\" twice",
        "configuration \"none\": it has 0 stages",
    ] {
        assert!(told.contains(expected), "{expected} is missing in: {told}");
    }
    let empty = Plant::new(&Machines::default(), AIR_K).expect_err("nothing there");
    assert_eq!(empty.to_string(), "station: it has no configuration");
}
