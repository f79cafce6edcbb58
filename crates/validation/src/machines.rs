//! The compressor maps of GasLib's station files: measured points against the fit.

use crate::comparison::{Comparison, Point, Section};
use crate::data::{Outcome, folder, number, numbers, published};
use crate::number::{brief, rounded};
use crate::plot::{Scatter, Series};
use crate::solve::load;
use crate::table::Table;
use linepack_formats::{Companions, Selection};
use linepack_network::{Case, Compressor, CompressorKind, MapPoint, TurboMap};
use linepack_stations::map_deviation;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How far the deviations may be from those that are published for the same maps.
const TOLERANCE: f64 = 1e-9;

/// Networks that have a file of machines.
fn station_files(root: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut found = Vec::new();
    for folder in entries(root) {
        let files = entries(&folder);
        let with = |extension: &str| {
            let fits = |p: &&PathBuf| p.extension().is_some_and(|e| e == extension);
            files.iter().find(fits).cloned()
        };
        if let (Some(net), Some(stations)) = (with("net"), with("cs")) {
            found.push((net, stations));
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = read.map(|e| e.path()).collect();
    paths.sort();
    paths
}

/// All machines.
///
/// Errors: that data are missing or cannot be read.
pub(crate) fn machines() -> Outcome<Section> {
    let mut table = Table::new(&[
        "network",
        "machines",
        ">stations",
        ">points",
        ">head: worst, relative",
        ">rms",
        ">efficiency: worst",
        ">rms ",
        "kind",
    ]);
    let mut series = Vec::new();
    for (net, stations) in station_files(&folder()?.join("gaslib")) {
        let name = stations
            .file_stem()
            .map_or(String::new(), |s| s.to_string_lossy().into_owned());
        let selection = Selection {
            beside: Companions {
                stations: Some(stations),
                ..Companions::default()
            },
            ..Selection::default()
        };
        let case = load(&net, &selection)?.case;
        let mut points = Vec::new();
        for (compressor, used) in distinct(&case) {
            describe(&mut table, &name, compressor, used);
            if let CompressorKind::Turbo(map) = &compressor.kind {
                points.extend(efficiencies(map));
            }
        }
        if !points.is_empty() {
            series.push(Series { name, points });
        }
    }
    let scatter = Scatter {
        title: "Efficiency of turbo compressors: fit less measurement",
        x: "measured head, kJ/kg",
        y: "deviation of efficiency",
        diagonal: false,
        series,
    };
    Ok(Section {
        title: "Compressor maps of GasLib".to_owned(),
        name: "compressor-maps",
        source: "measured points and biquadratic coefficients in GasLib's `.cs` files (CC BY 3.0); published evaluations of the same maps, `compressor_gaslib582.json`".to_owned(),
        words: vec![
            "Each map states measured points and the coefficients of a fit. linepack evaluates the fit as given; the table says how far that is from the points of the file: a property of the file, not of linepack. Machines of the same data are one row; \"stations\" counts where they stand. A point without speed lies on an isoline of efficiency: its speed is the one at which the fit has its head, so it counts for the efficiency only.".to_owned(),
            "The comparison with published numbers: the largest deviations of head and efficiency over the 72 points of each of five maps of an earlier version of GasLib-582 (coefficients and points as published; version 2 has others). The map, powers, energies and the operating point of GasLib-24 are tests of their own (`crates/stations/tests/published.rs`).".to_owned(),
        ],
        comparisons: gaslib_582()?,
        tables: vec![table.text()],
        picture: scatter.svg(),
        caption: "Each measured point that has an efficiency and a head above zero.".to_owned(),
    })
}

/// The different machines of a network by identifier, and how many stations have them.
fn distinct(case: &Case) -> Vec<(&Compressor, usize)> {
    let mut kinds: BTreeMap<&str, Vec<(&Compressor, usize)>> = BTreeMap::new();
    for station in &case.network.compressor_stations {
        for compressor in station.machines.iter().flat_map(|m| &m.compressors) {
            let same = kinds.entry(&compressor.id).or_default();
            match same.iter_mut().find(|(c, _)| c.kind == compressor.kind) {
                Some((_, count)) => *count += 1,
                None => same.push((compressor, 1)),
            }
        }
    }
    kinds.into_values().flatten().collect()
}

fn describe(table: &mut Table, network: &str, compressor: &Compressor, used: usize) {
    let mut cells = vec![
        network.to_owned(),
        format!("`{}`", compressor.id),
        used.to_string(),
    ];
    let none = || "–".to_owned();
    match &compressor.kind {
        CompressorKind::Turbo(map) => {
            let d = map_deviation(map);
            let or_none = |count: usize, x: f64| if count == 0 { none() } else { brief(x) };
            cells.extend([
                d.points.to_string(),
                or_none(d.head_points, d.head_worst.abs()),
                or_none(d.head_points, d.head_rms),
                or_none(d.efficiency_points, d.efficiency_worst.abs()),
                or_none(d.efficiency_points, d.efficiency_rms),
                "turbo".to_owned(),
            ]);
        }
        _ => {
            cells.extend([none(), none(), none(), none(), none()]);
            cells.push("piston: no map to compare".to_owned());
        }
    }
    table.row(&cells);
}

/// Head and deviation of the efficiency of each measured point that has both, rounded for the plot.
fn efficiencies(map: &TurboMap) -> Vec<[f64; 2]> {
    let one = |point: &MapPoint| {
        let alone = TurboMap {
            measurements: vec![*point],
            ..map.clone()
        };
        let d = map_deviation(&alone);
        let place = [point.head_kj_per_kg, rounded(d.efficiency_worst)];
        (d.efficiency_points > 0 && point.head_kj_per_kg > 0.0).then_some(place)
    };
    map.measurements.iter().filter_map(one).collect()
}

/// The deviations of five published maps against published ones.
fn gaslib_582() -> Outcome<Vec<Comparison>> {
    let file = published("compressor_gaslib582.json")?;
    let mut heads = Vec::new();
    let mut efficiencies = Vec::new();
    for (id, turbo) in file["turbo"]
        .as_object()
        .ok_or("no machines are published")?
    {
        let d = map_deviation(&published_map(turbo)?);
        let head = Point::absolute(
            id.as_str(),
            number(turbo, "max_rel_head_dev")?,
            d.head_worst.abs(),
        );
        heads.push(head);
        let expected = number(turbo, "max_abs_eta_dev")?;
        efficiencies.push(Point::absolute(
            id.as_str(),
            expected,
            d.efficiency_worst.abs(),
        ));
    }
    let comparison = |quantity: &str, points| Comparison {
        case: "five published maps of GasLib-582".to_owned(),
        quantity: quantity.to_owned(),
        tolerance: TOLERANCE,
        points,
    };
    Ok(vec![
        comparison("worst deviation of head, relative", heads),
        comparison("worst deviation of efficiency", efficiencies),
    ])
}

/// A published map: speed, flow, head and efficiency of each point, and the coefficients.
fn published_map(turbo: &Value) -> Outcome<TurboMap> {
    let mut measurements = Vec::new();
    for row in turbo["points"]
        .as_array()
        .ok_or("no points are published")?
    {
        let [speed, flow, head, efficiency] = fixed(row)?;
        measurements.push(MapPoint {
            speed_per_min: Some(speed),
            efficiency: Some(efficiency),
            volume_flow_m3_per_s: flow,
            head_kj_per_kg: head,
        });
    }
    Ok(TurboMap {
        head: fixed(&turbo["coeff"])?,
        efficiency: fixed(&turbo["eta"])?,
        surge_line: fixed(&turbo["surge"])?,
        choke_line: fixed(&turbo["choke"])?,
        choke_efficiency: None,
        measurements,
    })
}

fn fixed<const N: usize>(value: &Value) -> Outcome<[f64; N]> {
    let list = numbers(value)?;
    list.try_into().map_err(|_| format!("not {N} numbers"))
}
