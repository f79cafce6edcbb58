//! Published coefficients and measured points: head, efficiency, power and energy.

#![expect(clippy::print_stderr, reason = "says what is skipped")]

mod support;

use linepack_network::{
    Compressor, CompressorKind, Drive, DriveKind, DrivePower, MapPoint, PistonData, TurboMap,
};
use linepack_stations::{Plant, Suction, UnitPoint, map_deviation};
use serde_json::Value;
use support::{assert_near, discharge, single, suction};

/// A published case, if the data are there.
fn case(name: &str) -> Option<Value> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let data = std::env::var("LINEPACK_DATA").unwrap_or_else(|_| default.into());
    let path = format!("{data}/../cases/{name}.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {path} is not there; set LINEPACK_DATA to the folder of the data");
        return None;
    };
    Some(serde_json::from_str(&text).expect("published cases are JSON"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn numbers<const N: usize>(value: &Value) -> [f64; N] {
    std::array::from_fn(|i| number(&value[i]))
}

fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

/// The turbo compressor and gas turbine of GasLib-24, at an air temperature in °C.
fn gaslib24(case: &Value, air: f64) -> Plant {
    let (turbo, turbine) = (&case["inputs"]["turbo"], &case["inputs"]["gas_turbine"]);
    let compressor = Compressor {
        id: "T".into(),
        drive: "P".into(),
        speed_min_per_min: number(&turbo["nmin"]),
        speed_max_per_min: number(&turbo["nmax"]),
        kind: CompressorKind::Turbo(TurboMap {
            head: numbers(&turbo["n_iso"]),
            efficiency: numbers(&turbo["eta"]),
            surge_line: numbers(&turbo["surge"]),
            choke_line: numbers(&turbo["choke"]),
            choke_efficiency: None,
            measurements: Vec::new(),
        }),
    };
    let drive = Drive {
        id: "P".into(),
        kind: DriveKind::GasTurbine,
        energy_rate: numbers(&turbine["energy"]),
        power: DrivePower::AmbientAndSpeed(numbers(&turbine["power"])),
        energy_measurements: Vec::new(),
        power_measurements: Vec::new(),
    };
    Plant::new(&single(compressor, drive), air + 273.15).expect("sound machines")
}

fn at(plant: &Plant, s: &Suction, flow: f64, head: f64) -> UnitPoint {
    let discharge = discharge(s, head);
    let mut operation = plant.operate(0, flow * s.density_kg_per_m3, s, discharge);
    operation.units.remove(0)
}

#[test]
fn gaslib_24_map() {
    let Some(case) = case("compressor_gaslib24") else {
        return;
    };
    let tolerance = number(&case["tolerance"]["relative"]);
    let (plant, s) = (gaslib24(&case, 20.0), suction(45e5));
    for row in rows(&case["expected"]["map"]) {
        let [flow, head] = ["Q_m3_s", "H_ad_kJ_kg"].map(|k| number(&row[k]));
        let unit = at(&plant, &s, flow, head * 1e3);
        assert_near(unit.speed_per_min, number(&row["n_rpm"]), tolerance);
        assert_near(unit.efficiency, number(&row["eta_ad"]), tolerance);
        assert_near(
            flow / (1.0 + unit.surge_margin),
            number(&row["Q_surge"]),
            tolerance,
        );
        assert_near(
            flow / (1.0 - unit.choke_margin),
            number(&row["Q_choke"]),
            tolerance,
        );
    }
}

#[test]
fn gaslib_24_largest_power() {
    let Some(case) = case("compressor_gaslib24") else {
        return;
    };
    let tolerance = number(&case["tolerance"]["relative"]);
    for row in rows(&case["expected"]["max_power"]) {
        let plant = gaslib24(&case, number(&row["T_amb_C"]));
        let on_line = |m: &&Value| m["n_rpm"] == row["n_rpm"];
        let place = rows(&case["expected"]["map"])
            .find(on_line)
            .expect("a line");
        let [flow, head] = ["Q_m3_s", "H_ad_kJ_kg"].map(|k| number(&place[k]));
        let unit = at(&plant, &suction(45e5), flow, head * 1e3);
        assert_near(unit.power_max_w, number(&row["P_max_kW"]) * 1e3, tolerance);
    }
}

#[test]
fn gaslib_24_energy_taken() {
    let Some(case) = case("compressor_gaslib24") else {
        return;
    };
    let plant = gaslib24(&case, 20.0);
    for row in rows(&case["expected"]["energy_rate"]) {
        let wanted = number(&row["P_kW"]) * 1e3;
        // A suction pressure at which the power is reached in the middle of the map.
        let s = suction(1.6 * wanted);
        let (mut low, mut high) = (11e3, 45e3);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if at(&plant, &s, 2.2, middle).power_w < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        let unit = at(&plant, &s, 2.2, low);
        assert_near(unit.power_w, wanted, 1e-12);
        assert_near(unit.energy_w, number(&row["energy_rate_kW"]) * 1e3, 1e-9);
    }
}

#[test]
fn gaslib_24_operating_point() {
    let Some(case) = case("compressor_gaslib24") else {
        return;
    };
    let (point, tolerance) = (&case["expected"]["operating_point"], 1e-9);
    let input = |k: &str| number(&point["inputs"][k]);
    let expected = |k: &str| number(&point["expected"][k]);
    let plant = gaslib24(&case, input("T_amb_C"));
    let pressure = input("p_in_Pa");
    let density = expected("mass_flow_kg_s") / input("Q_m3_s");
    let s = Suction {
        pressure_pa: pressure,
        temperature_k: input("T_in_K"),
        density_kg_per_m3: density,
        density_slope: density / pressure,
        isentropic_exponent: input("kappa"),
    };
    let out = expected("p_out_Pa");
    let operation = plant.operate(0, expected("mass_flow_kg_s"), &s, out);
    let unit = &operation.units[0];
    assert!(
        operation.feasible && operation.limit.is_none(),
        "{operation:?}"
    );
    assert_near(unit.speed_per_min, input("n_rpm"), tolerance);
    assert_near(unit.head_j_per_kg, expected("H_ad_J_kg"), tolerance);
    assert_near(unit.efficiency, expected("eta_ad"), tolerance);
    assert_near(unit.power_w, expected("shaft_power_kW") * 1e3, tolerance);
    assert_near(unit.power_max_w, expected("max_power_kW") * 1e3, tolerance);
    assert_near(unit.energy_w, expected("energy_rate_kW") * 1e3, tolerance);
    let demand = plant.demand(0, expected("mass_flow_kg_s"), &s, out);
    let fuel = demand.gas_energy_w.value / input("LHV_J_kg");
    assert_near(fuel, expected("fuel_kg_s"), tolerance);
}

/// All 360 measured points of five machines lie on the published coefficients.
#[test]
fn gaslib_582_measured_points() {
    let Some(case) = case("compressor_gaslib582") else {
        return;
    };
    for (id, turbo) in case["turbo"].as_object().expect("machines") {
        let point = |row: &Value| {
            let [speed, flow, head, efficiency] = numbers(row);
            MapPoint {
                speed_per_min: Some(speed),
                efficiency: Some(efficiency),
                volume_flow_m3_per_s: flow,
                head_kj_per_kg: head,
            }
        };
        let deviation = map_deviation(&TurboMap {
            head: numbers(&turbo["coeff"]),
            efficiency: numbers(&turbo["eta"]),
            surge_line: numbers(&turbo["surge"]),
            choke_line: numbers(&turbo["choke"]),
            choke_efficiency: None,
            measurements: rows(&turbo["points"]).map(point).collect(),
        });
        assert_eq!(deviation.points, 72, "{id}");
        assert!(deviation.head_worst.abs() <= 1e-12, "{id}: {deviation:?}");
        let expected = number(&turbo["max_abs_eta_dev"]);
        assert!(
            (deviation.efficiency_worst.abs() - expected).abs() <= 1e-12,
            "{id}"
        );
    }
}

/// The piston compressor of GasLib-582 with its gas motor, whose measured powers and energies are
/// published.
#[test]
fn gaslib_582_piston() {
    let Some(case) = case("compressor_gaslib582") else {
        return;
    };
    let (piston, motor) = (&case["piston"], &case["gas_driven_motor"]);
    let [low, high] = numbers(&piston["speed_rpm"]);
    let compressor = Compressor {
        id: "C".into(),
        drive: "M".into(),
        speed_min_per_min: low,
        speed_max_per_min: high,
        kind: CompressorKind::Piston(PistonData {
            operating_volume_m3: number(&piston["operating_volume_m3"]),
            torque_max_nm: None,
            ratio_max: number(&piston["max_ratio"]),
            efficiency: number(&piston["eta_ad"]),
            additional_reduction_m3_per_s: number(&piston["additional_reduction_vol_flow"]),
        }),
    };
    let drive = Drive {
        id: "M".into(),
        kind: DriveKind::GasDrivenMotor,
        energy_rate: numbers(&motor["energy"]),
        power: DrivePower::Speed(numbers(&motor["power"])),
        energy_measurements: Vec::new(),
        power_measurements: Vec::new(),
    };
    let plant = Plant::new(&single(compressor, drive), 288.15).expect("sound machines");
    let s = suction(50e5);
    let volume = number(&piston["operating_volume_m3"]);
    for row in rows(&motor["measured_max_power_kW"]) {
        let [speed, power]: [f64; 2] = numbers(row);
        let unit = at(&plant, &s, volume * speed / 60.0, 30e3);
        assert_near(unit.speed_per_min, speed, 1e-12);
        assert_near(unit.power_max_w, power * 1e3, 1e-9);
    }
    let tolerance = number(&case["tolerance"]["energy_relative"]);
    for row in rows(&motor["measured_energy_kW"]) {
        let [power, energy]: [f64; 2] = numbers(row);
        let efficiency = number(&piston["eta_ad"]);
        let flow = volume * high / 60.0;
        let head = power * 1e3 * efficiency / (flow * s.density_kg_per_m3);
        let unit = at(&plant, &s, flow, head);
        assert_near(unit.power_w, power * 1e3, 1e-12);
        assert_near(unit.energy_w, energy * 1e3, tolerance);
    }
}
