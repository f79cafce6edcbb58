//! A run folder is written, read back with the Parquet reader of its own, and equal.

use linepack_results::*;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

const NAN: f64 = f64::NAN;

fn column(name: &str, unit: &str, values: &[f64]) -> Column {
    Column {
        name: name.into(),
        unit: unit.into(),
        values: values.to_vec(),
    }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// Two nodes, two edges, two terminals, three times, profiles at two of them.
fn solution() -> Solution {
    let pressures = [7.0e6, 5.0e6, 7.0e6, 5.1e6, 7.0e6, 1.0e6 / 3.0];
    Solution {
        status: Status {
            converged: true,
            complete: true,
            residual: 1e-12,
            iterations: 5,
            worst_element: None,
            message: "solved".into(),
        },
        time_s: vec![0.0, 900.0, 1800.25],
        start_utc: "2026-01-01T05:00:00Z".into(),
        nodes: Frame {
            ids: texts(&["a", "b"]),
            kinds: texts(&["node", "node"]),
            columns: vec![
                column("pressure_pa", "Pa", &pressures),
                column(
                    "supply_kg_per_s",
                    "kg/s",
                    &[1.0, -1.0, 1.5, -1.0, 1.0, -1.0],
                ),
            ],
            modes: Vec::new(),
        },
        edges: Frame {
            ids: texts(&["pipe", "cs"]),
            kinds: texts(&["pipe", "compressor_station"]),
            columns: vec![
                column(
                    "mass_flow_kg_per_s",
                    "kg/s",
                    &[1.0, 1.0, 1.1, 1.1, 1.2, 1.2],
                ),
                column("linepack_kg", "kg", &[9.0, NAN, 9.5, NAN, 9.6, NAN]),
                column("power_w", "W", &[NAN, 3e6, NAN, 0.0, NAN, 0.0]),
            ],
            modes: texts(&["", "at discharge pressure", "", "bypass", "", "bypass"]),
        },
        terminals: Frame {
            ids: texts(&["in", "out"]),
            kinds: texts(&["supply", "off_take"]),
            columns: vec![
                column(
                    "mass_flow_kg_per_s",
                    "kg/s",
                    &[1.0, 1.0, 1.5, 1.0, 1.0, 0.5],
                ),
                column(
                    "requested_kg_per_s",
                    "kg/s",
                    &[NAN, 1.0, NAN, 1.0, NAN, 1.0],
                ),
            ],
            modes: Vec::new(),
        },
        terminal_totals: vec![Terminal {
            id: "out".into(),
            kind: "off_take".into(),
            node: "b".into(),
            mass_kg: 1500.0,
            requested_kg: 1800.25,
            first_shortfall_s: Some(900.0),
            first_below_contract_s: None,
            survival_s: Some(600.0),
        }],
        profiles: Profiles {
            pipes: texts(&["pipe", "spur"]),
            first_point: vec![0, 3, 5],
            distance_m: vec![0.0, 500.0, 1000.0, 0.0, 250.0],
            elevation_m: vec![10.0, 15.0, 20.0, 20.0, 21.0],
            time_index: vec![0, 2],
            pressure_pa: (0..10).map(|i| 5e6 + f64::from(i) / 7.0).collect(),
            mass_flow_kg_per_s: (0..10).map(f64::from).collect(),
            temperature_k: vec![288.15; 10],
            velocity_m_per_s: (0..10).map(|i| 3.0 + f64::from(i)).collect(),
            columns: vec![column("share_in", "-", &[0.25; 10])],
        },
        linepack_kg: vec![9.0, 9.5, 9.6],
        balance: Balance {
            in_kg: 2250.0,
            out_kg: 1500.0,
            ..Balance::default()
        },
        heat: Some(HeatBalance {
            in_j: 7.5e9,
            ground_j: 1e6 / 3.0,
            ..HeatBalance::default()
        }),
        quality: Some(quality()),
        counters: Counters {
            steps: 3,
            cells: 3,
            ..Counters::default()
        },
        violations: vec![Violation {
            element: "b".into(),
            quantity: "pressure_pa".into(),
            value: 1e6 / 3.0,
            limit: 4e6,
            first_s: 900.0,
            duration_s: 900.25,
        }],
        limitations: vec![Limitation {
            element: "cs".into(),
            what: "stopped".into(),
        }],
        log: vec![(900.0, "cs trips".into())],
        assumptions: texts(&["isothermal"]),
        ..Solution::default()
    }
}

fn quality() -> QualityResult {
    QualityResult {
        components: vec![ComponentBalance {
            component: "methane".into(),
            in_kg: 2000.0,
            out_kg: 1400.0,
            stored_change_kg: 600.0,
            residual_kg: 1e-13,
        }],
        arrivals: vec![Arrival {
            node: "b".into(),
            gas: "in".into(),
            time_s: 901.5,
            share: 0.75,
        }],
        off_spec: vec![OffSpec {
            node: "b".into(),
            quantity: "x_hydrogen".into(),
            value: 0.12,
            limit: 0.1,
            first_s: 901.5,
            duration_s: 898.75,
        }],
        phase_margins: vec![PhaseMargin {
            kind: "hydrate".into(),
            margin_k: 3.5,
            pressure_pa: 7e6,
            temperature_k: 288.15,
            element: "pipe".into(),
            distance_m: Some(500.0),
            time_s: 900.0,
        }],
    }
}

fn stages() -> Vec<StageResult> {
    vec![StageResult {
        stage: "full".into(),
        title: "All".into(),
        solved: true,
        message: String::new(),
        deliveries: vec![("out".into(), 1.0, 5e6)],
        stations: vec![("cs".into(), 3e6, 0.1, "at discharge pressure".into())],
        capacity: Some(("out".into(), 1.75)),
        limited_by: "cs".into(),
    }]
}

fn manifest() -> Manifest {
    Manifest {
        program_version: "0.1.0".into(),
        case: "two-nodes".into(),
        stage: Some("full".into()),
        scenario: "day".into(),
        settings: BTreeMap::from([("cell_length".into(), "2 km".into())]),
        ..Manifest::default()
    }
}

fn write(solution: &Solution, formats: &[ExtraFormat], place: &Path) -> Result<(), FolderError> {
    let manifest = manifest();
    let summary = Summary::new(solution, &stages(), &manifest);
    let mut writer = RunWriter::begin(&place.with_file_name(""), manifest)?;
    writer.tables(solution, formats)?;
    writer.finish(&summary, place, false)
}

/// Equal, where NaN is equal to NaN.
fn assert_same(a: &Solution, b: &Solution) {
    assert_eq!(format!("{a:?}"), format!("{b:?}"));
}

#[test]
fn what_is_written_reads_back_equal() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    write(&solution(), &[], &place).unwrap();
    let run = read_run(&place).unwrap();
    assert_same(&run.solution, &solution());
    assert_eq!(run.stages, stages());
    assert!(run.manifest.complete);
    assert_eq!(run.manifest.case, "two-nodes");
    let files = [
        "edges.parquet",
        "manifest.json",
        "network.parquet",
        "nodes.parquet",
    ];
    assert_eq!(run.manifest.files[..4], files);
}

#[test]
fn parquet_has_utc_times_and_units() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    write(&solution(), &[], &place).unwrap();
    let file = File::open(place.join("nodes.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let schema = reader.schema().clone();
    assert_eq!(
        schema
            .field_with_name("time")
            .unwrap()
            .data_type()
            .to_string(),
        "Timestamp(µs, \"UTC\")"
    );
    assert_eq!(
        schema.field_with_name("pressure_pa").unwrap().metadata()["unit"],
        "Pa"
    );
    assert_eq!(schema.metadata()["scenario"], "day");
    let rows: usize = reader.build().unwrap().map(|b| b.unwrap().num_rows()).sum();
    assert_eq!(rows, 6);
}

#[test]
fn csv_says_units_in_its_headers() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    write(&solution(), &[ExtraFormat::Csv], &place).unwrap();
    let text = std::fs::read_to_string(place.join("edges.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("time,id,kind,mode,mass flow [kg/s],linepack [kg],power [W]")
    );
    assert_eq!(lines.next(), Some("2026-01-01T05:00:00Z,pipe,pipe,,1,9,"));
    assert_eq!(
        text.lines().last(),
        Some("2026-01-01T05:30:00.25Z,cs,compressor_station,bypass,1.2,,0")
    );
}

#[test]
fn netcdf_has_the_same_values() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    write(&solution(), &[ExtraFormat::NetCdf], &place).unwrap();
    let mut file = netcdf3::FileReader::open(place.join("solution.nc")).unwrap();
    let pressures = file.read_var_f64("node_pressure_pa").unwrap();
    assert_eq!(Some(&pressures[..]), solution().nodes.column("pressure_pa"));
    let unit = file
        .data_set()
        .get_var_attr_as_string("node_pressure_pa", "units");
    assert_eq!(unit.as_deref(), Some("Pa"));
    let since = file.data_set().get_var_attr_as_string("time", "units");
    assert_eq!(since.as_deref(), Some("seconds since 2026-01-01 05:00:00"));
}

#[test]
fn the_summary_never_holds_nan() {
    let mut solution = solution();
    solution.status.residual = NAN;
    solution.terminal_totals[0].requested_kg = f64::INFINITY;
    let summary = Summary::new(&solution, &stages(), &manifest())
        .to_value()
        .unwrap();
    assert!(summary["status"].get("residual").is_none());
    assert!(summary["status"]["worst_element"].is_null());
    assert!(summary["terminals"]["out"].get("requested_kg").is_none());
    assert!(summary["edges"]["cs"].get("linepack_kg").is_none());
    assert_eq!(summary["edges"]["cs"]["mode"], "bypass");
    assert_eq!(summary["nodes"]["b"]["pressure_pa"], 1e6 / 3.0);
    assert_eq!(summary["stages"][0]["capacity"]["mass_flow_kg_per_s"], 1.75);
}

#[test]
fn a_taken_place_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    std::fs::create_dir(&place).unwrap();
    std::fs::write(place.join("mine.txt"), "precious").unwrap();
    assert!(matches!(
        write(&solution(), &[], &place),
        Err(FolderError::Taken { .. })
    ));
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(left.len(), 1, "nothing half-written is left");
    assert_eq!(
        std::fs::read_to_string(place.join("mine.txt")).unwrap(),
        "precious"
    );
}

#[test]
fn a_run_folder_is_replaced_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    write(&solution(), &[], &place).unwrap();
    let mut later = solution();
    later.status.message = "again".into();
    let summary = Summary::new(&later, &[], &manifest());
    let mut writer = RunWriter::begin(folder.path(), manifest()).unwrap();
    writer.tables(&later, &[]).unwrap();
    writer.finish(&summary, &place, true).unwrap();
    assert_eq!(read_run(&place).unwrap().solution.status.message, "again");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_incomplete_run_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    let mut solution = solution();
    solution.status.complete = false;
    write(&solution, &[], &place).unwrap();
    let run = read_run(&place).unwrap();
    assert!(!run.manifest.complete && !run.summary.status.complete);
}

#[test]
fn broken_tables_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    write(&solution(), &[], &place).unwrap();
    std::fs::write(place.join("edges.parquet"), b"PAR1 not at all").unwrap();
    let error = read_run(&place).unwrap_err().to_string();
    assert!(error.contains("edges"), "{error}");
}
