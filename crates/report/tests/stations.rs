//! Units of compressor stations: their table and their maps.

mod support;

use linepack_network::{
    Case, Compressor, CompressorKind, Configuration, Drive, DriveKind, DrivePower, Machines, Stage,
    StageUnit, TurboMap,
};
use linepack_results::{Solution, StationUnit};
use linepack_stations::{Operation, Plant, Suction};

/// A made-up map: H = 40 (n/n₀)² + 4 (n/n₀) Q - 4 Q² kJ/kg with n₀ = 10000 1/min.
fn machines(compressor: &str) -> Machines {
    let map = TurboMap {
        head: [0.0, 0.0, 4e-7, 0.0, 4e-4, 0.0, -4.0, 0.0, 0.0],
        efficiency: [0.82, 0.0, -4.84e-9, 0.0, 4.4e-5, 0.0, -0.1, 0.0, 0.0],
        surge_line: [-15.0, 40.0, 0.0],
        choke_line: [-2.0, 7.0, 0.0],
        choke_efficiency: None,
        measurements: Vec::new(),
    };
    Machines {
        compressors: vec![Compressor {
            id: compressor.into(),
            drive: "turbine".into(),
            speed_min_per_min: 5000.0,
            speed_max_per_min: 10000.0,
            kind: CompressorKind::Turbo(map),
        }],
        drives: vec![Drive {
            id: "turbine".into(),
            kind: DriveKind::GasTurbine,
            energy_rate: [800.0, 2.4, 2e-5],
            power: DrivePower::Speed([0.0, 0.45, 0.0]),
            energy_measurements: Vec::new(),
            power_measurements: Vec::new(),
        }],
        configurations: vec![Configuration {
            id: "single".into(),
            stages: vec![Stage {
                units: vec![StageUnit {
                    compressor: compressor.into(),
                    nominal_speed_per_min: None,
                }],
            }],
        }],
    }
}

fn operation(machines: &Machines, flow: f64, ratio: f64) -> Operation {
    let p = 50e5;
    let density = p * 7e-6;
    let suction = Suction {
        pressure_pa: p,
        temperature_k: 288.15,
        density_kg_per_m3: density,
        density_slope: 7e-6,
        isentropic_exponent: 1.3,
    };
    let plant = Plant::new(machines, 288.15).expect("sound machines");
    plant.operate(0, flow * density, &suction, ratio * p)
}

fn units(station: &str, operation: &Operation) -> Vec<StationUnit> {
    let unit = |u: &linepack_stations::UnitPoint| StationUnit {
        station: station.into(),
        configuration: "single".into(),
        stage: u.stage,
        compressor: u.compressor.clone(),
        drive: u.drive.clone(),
        speed_per_min: u.speed_per_min,
        volume_flow_m3_per_s: u.volume_flow_m3_per_s,
        recycle_m3_per_s: u.recycle_m3_per_s,
        head_j_per_kg: u.head_j_per_kg,
        throttled_j_per_kg: u.throttled_j_per_kg,
        efficiency: u.efficiency,
        power_w: u.power_w,
        power_max_w: u.power_max_w,
        energy_w: u.energy_w,
        surge_margin: u.surge_margin,
        choke_margin: u.choke_margin,
        power_margin: u.power_margin,
        speed_margin: u.speed_margin,
        limit: u.limit.map_or(String::new(), |l| l.word().into()),
        feasible: u.feasible,
    };
    operation.units.iter().map(unit).collect()
}

/// The made-up line, with machines at two stations.
fn run(compressor: &str) -> (Case, Solution) {
    let mut case = support::case();
    let mut solution = support::solution(&case);
    for (i, (flow, ratio)) in [(0, (2.0, 1.22)), (1, (0.5, 1.2)), (2, (2.4, 1.35))] {
        let station = &mut case.network.compressor_stations[i];
        let machines = machines(compressor);
        let operation = operation(&machines, flow, ratio);
        solution
            .station_units
            .extend(units(&station.header.id, &operation));
        station.machines = Some(Box::new(machines));
    }
    (case, solution)
}

fn page(case: &Case, solution: &Solution) -> String {
    let page = linepack_report::html(case, solution, &support::stages(case), &support::manifest());
    if let Ok(path) = std::env::var("LINEPACK_REPORT") {
        std::fs::write(path, &page).expect("writable");
    }
    page
}

#[test]
fn each_unit_has_a_row_and_a_map() {
    let (case, solution) = run("C1");
    let page = page(&case, &solution);
    assert_eq!(page.matches("<svg class=\"compressor\"").count(), 3);
    // Ends of the surge line by hand: 40 + 4 Q - 4 Q² = -15 + 40 Q at 10000 1/min.
    let surge: f64 = (-36.0 + (36.0_f64 * 36.0 + 16.0 * 55.0).sqrt()) / 8.0;
    let ends = linepack_stations::MapLines::new(
        &case.network.compressor_stations[0]
            .machines
            .as_ref()
            .expect("machines")
            .compressors[0],
    )
    .expect("a map");
    let last = ends.surge.last().expect("points");
    assert!((last[0] - surge).abs() < 1e-9 && (last[1] - (40.0 * surge - 15.0) * 1e3).abs() < 1e-6);
    // A unit that recycles shows what is asked of it, one beyond its limits stands out.
    assert_eq!(page.matches("class=\"asked\"").count(), 1);
    assert!(page.contains("surge line"));
    assert_eq!(page.matches("class=\"runs bad\"").count(), 1);
    assert!(page.contains("beyond: "));
}

#[test]
fn stations_without_machines_have_no_maps() {
    let case = support::case();
    let page = page(&case, &support::solution(&case));
    assert!(!page.contains("<svg class=\"compressor\"") && !page.contains("<h3>Units</h3>"));
}

#[test]
fn odd_units_do_no_harm() {
    let (mut case, mut solution) = run("<b>\"'&");
    solution.station_units[0].head_j_per_kg = f64::NAN;
    solution.station_units[1].volume_flow_m3_per_s = f64::INFINITY;
    solution.station_units[2].station = "nowhere".into();
    solution.station_units[2].limit = "<script>".into();
    let page = page(&case, &solution);
    assert!(!page.contains("<b>\"") && !page.contains("beyond: <script>"));
    case.network.compressor_stations[0].machines = None;
    page_is_whole(&self::page(&case, &solution));
}

fn page_is_whole(page: &str) {
    assert!(page.ends_with("</body></html>\n") && !page.contains("NaN"));
}
