//! What hydrogen in its gas does to the shipped Peace pipeline.

use crate::data::Outcome;
use crate::number::brief;
use crate::page::{File, GENERATED};
use crate::plot::{Scatter, Series};
use crate::table::Table;
use linepack_flow::{Model, Options, stage_result, steady};
use linepack_formats::{Selection, read};
use linepack_gas::{Composition, EquationOfState, Gas, GasSpec, Substance, Viscosity};
use linepack_network::{Case, Heat};
use linepack_units::HeatingBasis;
use std::path::Path;

/// Mole fractions of hydrogen.
const SHARES: [f64; 6] = [0.0, 0.02, 0.05, 0.10, 0.20, 1.00];
/// Heat transfer to the ground, W/(m² K): assumed, of a buried line (1 to 3 onshore).
const HEAT_TRANSFER: f64 = 2.0;

const TEXT: &str = "# Hydrogen in the Peace pipeline

The shipped case `cases/peace-pipeline` at its full build-out, with hydrogen in its sales gas: 0, 2, 5, 10, 20 and 100 % by mole. Stations
hold the pressures that they hold today, with the same limits of ratio, flow and power; off-takes ask for the same standard volumes. GERG-2008, viscosity
by corresponding states (Lee, Gonzalez and Eakin is out of range with hydrogen), energy equation with 2 W/(m² K) to the ground (assumed),
steady state. Gross heating values at 15 degC.

";

const AFTER: &str = "
For the same volumes the line brings less energy with every per cent of hydrogen, nearly in proportion to the heating value, and its linepack holds
less, so it buffers fewer hours. The lighter gas loses less pressure by friction: stations find a higher suction pressure, and need less
power for the same volume; for the same energy a little more up to 20 %, and less with hydrogen alone. The capacity at the far end is held by the flow limit of the border
station, which is stated as a volume, with every blend; in energy it falls as the heating value does. To bring the energy of natural gas
the line would have to pass three times the volume of hydrogen. Generic stations with a largest ratio are taken here; machines for
natural gas would need several times the head for the same ratio. Whether steel, meters and off-takes take the gas is not asked.
";

/// One blend.
struct Row {
    share: f64,
    heating_value: f64,
    power_w: f64,
    energy_w: f64,
    end_pressure: f64,
    linepack_j: f64,
    capacity: Option<[f64; 2]>,
}

/// The page and its picture.
///
/// Errors: that the case is not read or a blend is not solved.
pub fn hydrogen() -> Outcome<Vec<File>> {
    let path = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../cases/peace-pipeline"
    ));
    let loaded = read(path, &Selection::default())
        .map_err(|list| list.first().map(ToString::to_string).unwrap_or_default())?;
    let rows = SHARES
        .iter()
        .map(|share| row(&loaded.case, *share))
        .collect::<Outcome<Vec<Row>>>()?;
    let mut page = format!("{GENERATED}{TEXT}");
    page.push_str(&table(&rows).text());
    page.push_str("\n![Shares of what natural gas gives](img/hydrogen.svg)\n");
    page.push_str(AFTER);
    Ok(vec![
        ("hydrogen.md".to_owned(), page),
        ("img/hydrogen.svg".to_owned(), picture(&rows)),
    ])
}

fn blend(case: &Case, share: f64) -> Outcome<Case> {
    let Substance::Mixture(gas) = &case.gas.substance else {
        return Err("the case has no composition".into());
    };
    let place = linepack_gas::Component::index_of("hydrogen").ok_or("no hydrogen")?;
    let mut mole_fractions = gas.mole_fractions.map(|x| x * (1.0 - share));
    mole_fractions[place] += share;
    let mut blended = case.clone();
    blended.gas = GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions }),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::CorrespondingStates,
    };
    blended.settings.heat.model = Heat::Steady;
    blended.settings.heat.heat_transfer_w_per_m2_k = Some(HEAT_TRANSFER);
    Ok(blended)
}

fn row(case: &Case, share: f64) -> Outcome<Row> {
    let case = blend(case, share)?;
    let gas = Gas::new(&case.gas).map_err(|e| e.to_string())?;
    let basis = HeatingBasis {
        gross: true,
        combustion_temperature_k: 288.15,
    };
    let per_kg = gas
        .heating_value_j_per_kg(basis)
        .map_err(|e| e.to_string())?;
    let normal = gas
        .reference_density_kg_per_m3(case.settings.volume_reference)
        .map_err(|e| e.to_string())?;
    let options = Options::default();
    let model = Model::build(&case, &options).map_err(|e| e.to_string())?;
    let solution = steady(&model);
    if !solution.status.converged {
        return Err(format!("{share}: {}", solution.status.message));
    }
    let stage = stage_result(&case, &options);
    let end = case
        .stages
        .iter()
        .find(|s| Some(&s.name) == case.stage.as_ref());
    let end = end.and_then(|s| s.capacity_at.clone()).unwrap_or_default();
    let taken: f64 = stage.deliveries.iter().map(|d| d.1).sum();
    let day = 86_400.0 / normal / 1e6;
    Ok(Row {
        share,
        heating_value: per_kg * normal,
        power_w: stage.stations.iter().map(|s| s.1).sum(),
        energy_w: taken * per_kg,
        end_pressure: stage
            .deliveries
            .iter()
            .find(|d| d.0 == end)
            .map_or(f64::NAN, |d| d.2),
        linepack_j: solution.linepack_kg.last().copied().unwrap_or_default() * per_kg,
        capacity: stage.capacity.map(|(_, flow)| [flow * day, flow * per_kg]),
    })
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        ">hydrogen, mole %",
        ">heating value, MJ/m³",
        ">energy delivered, GW",
        ">pressure at the far end, bara",
        ">linepack, TJ",
        ">compressor power, MW",
        ">power by energy, %",
        ">capacity at the far end, MSm³/d",
        ">the same in energy, GW",
    ]);
    for r in rows {
        let [volume, energy] = r.capacity.map_or([f64::NAN; 2], |c| c);
        table.row(&[
            format!("{:.0}", 100.0 * r.share),
            format!("{:.2}", r.heating_value / 1e6),
            format!("{:.2}", r.energy_w / 1e9),
            format!("{:.1}", r.end_pressure / 1e5),
            brief(r.linepack_j / 1e12),
            format!("{:.1}", r.power_w / 1e6),
            format!("{:.2}", 100.0 * r.power_w / r.energy_w),
            format!("{volume:.1}"),
            format!("{:.2}", energy / 1e9),
        ]);
    }
    table
}

fn picture(rows: &[Row]) -> String {
    let first = &rows[0];
    let series = |name: &str, of: &dyn Fn(&Row) -> f64| Series {
        name: name.to_owned(),
        points: rows
            .iter()
            .map(|r| [100.0 * r.share, 100.0 * of(r) / of(first)])
            .collect(),
    };
    let energy_of_capacity = |r: &Row| r.capacity.map_or(f64::NAN, |c| c[1]);
    Scatter {
        title: "Hydrogen in the Peace pipeline",
        x: "hydrogen, mole %",
        y: "of the value with natural gas, %",
        diagonal: false,
        series: vec![
            series("energy delivered, same volumes", &|r| r.energy_w),
            series("capacity in energy", &energy_of_capacity),
            series("linepack in energy", &|r| r.linepack_j),
            series("compressor power", &|r| r.power_w),
            series("compressor power by energy", &|r| r.power_w / r.energy_w),
        ],
    }
    .svg()
}
