mod properties;
mod quality;

use crate::args::{Equation, Gas as Args, Limits};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::input;
use crate::screen::Table;
use crate::shown::{conditions, number, significant};
use linepack_formats::Selection;
use linepack_gas::{
    EquationOfState, Gas, GasError, GasQuality, GasSpec, GasState, QualityLimits, Substance,
    Viscosity,
};
use linepack_units::{Context, Dimension, ReferenceConditions};
use properties::properties;
use quality::Quality;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The temperature to which gas is burnt in the table of heating values, 15 degC.
const COMBUSTION_TEMPERATURE_K: f64 = 288.15;

/// Prints the properties of a gas.
pub(super) fn gas(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let pressure_pa = quantity("--pressure", &args.pressure, Dimension::Pressure)?;
    let temperature_k = quantity("--temperature", &args.temperature, Dimension::Temperature)?;
    let spec = spec(args, console)?;
    let gas = Gas::new(&spec).map_err(invalid)?;
    let state = gas.state(pressure_pa, temperature_k).map_err(invalid)?;
    let references = references(&gas);
    let quality = Quality::new(&gas, args.limits.into(), (pressure_pa, temperature_k));
    if let Some(path) = &args.page {
        page(
            path,
            args,
            &gas,
            quality.as_ref(),
            (pressure_pa, temperature_k),
        )?;
    }
    if console.json {
        let mut document = document(&gas, &state, &references);
        if let (Some(object), Some(quality)) = (document.as_object_mut(), &quality) {
            quality.document(object);
        }
        console.document(&document);
    } else {
        let mut text = text(&gas, &state, &references);
        if let Some(quality) = &quality {
            text.push_str(&quality.text());
        }
        console.data(&text);
    }
    Ok(Exit::Done)
}

/// Writes the page of the gas.
fn page(
    path: &Path,
    args: &Args,
    gas: &Gas,
    quality: Option<&Quality>,
    state: (f64, f64),
) -> Result<(), Failure> {
    let Some(quality) = quality else {
        return Err(Failure::invalid(
            "--page: a page needs the composition of the gas".to_owned(),
        ));
    };
    let html = linepack_report::gas_html(&linepack_report::GasPage {
        title: &args.composition,
        gas,
        composition: &quality.composition,
        phase: quality.phase.as_ref(),
        limits: &quality.limits,
        state,
    });
    crate::file::write(path, &html)
}

fn invalid(error: GasError) -> Failure {
    Failure::invalid(error.to_string())
}

fn quantity(flag: &str, text: &str, dimension: Dimension) -> Result<f64, Failure> {
    linepack_units::parse(text, dimension, &Context::default())
        .map_err(|e| Failure::usage(format!("{flag}: {e}"), e.help()))
}

/// The gas meant: of a case, of a file that lists components, or as written.
fn spec(args: &Args, console: &Console) -> Result<GasSpec, Failure> {
    let path = Path::new(&args.composition);
    let file = if path.is_dir() {
        path.join("case.toml")
    } else {
        path.to_path_buf()
    };
    let text = match file.is_file() {
        true => std::fs::read_to_string(&file)
            .map_err(|e| Failure::invalid(format!("{}: {e}", file.display())))?,
        false => args.composition.clone(),
    };
    let mut spec = if file.is_file() && text.contains("[gas]") {
        input::read(path, &Selection::default(), console)?.case.gas
    } else {
        listed(&text)?
    };
    if let Some(equation) = args.equation {
        spec.equation = equation.into();
    }
    Ok(spec)
}

/// A gas from a list of components.
fn listed(text: &str) -> Result<GasSpec, Failure> {
    let composition = linepack_formats::composition(text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::Invalid {
            message: lines.join("\n       "),
            help: Some("write methane=0.9,ethane=0.1, or name a case or a file".into()),
        }
    })?;
    Ok(GasSpec {
        substance: Substance::Mixture(composition),
        equation: EquationOfState::Gerg2008,
        viscosity: Viscosity::LeeGonzalezEakin,
    })
}

impl From<Equation> for EquationOfState {
    fn from(equation: Equation) -> Self {
        match equation {
            Equation::Gerg2008 => Self::Gerg2008,
            Equation::Detail => Self::Detail,
            Equation::PengRobinson => Self::PengRobinson,
            Equation::SoaveRedlichKwong => Self::SoaveRedlichKwong,
            Equation::Sgerg88 => Self::Sgerg88,
            Equation::GrossMethod1 => Self::GrossMethod1,
            Equation::GrossMethod2 => Self::GrossMethod2,
            Equation::Papay => Self::Papay,
            Equation::AgaNx19 => Self::AgaNx19,
            Equation::Cnga => Self::Cnga,
            Equation::Ideal => Self::Ideal,
        }
    }
}

impl From<Limits> for QualityLimits {
    fn from(limits: Limits) -> Self {
        match limits {
            Limits::En16726 => Self::en_16726(),
            Limits::EaseeGas => Self::easee_gas(),
            Limits::GreatBritain => Self::great_britain(),
        }
    }
}

/// A set of reference conditions, the density there, and the quality by ISO 6976 where it has one.
struct AtReference {
    name: &'static str,
    reference: ReferenceConditions,
    density_kg_per_m3: f64,
    quality: Option<GasQuality>,
}

fn references(gas: &Gas) -> Vec<AtReference> {
    let at = |&(name, reference): &(&'static str, ReferenceConditions)| {
        let density_kg_per_m3 = gas.reference_density_kg_per_m3(reference).ok()?;
        let quality = gas.quality(COMBUSTION_TEMPERATURE_K, reference).ok();
        Some(AtReference {
            name,
            reference,
            density_kg_per_m3,
            quality,
        })
    };
    ReferenceConditions::NAMED.iter().filter_map(at).collect()
}

fn text(gas: &Gas, state: &GasState, references: &[AtReference]) -> String {
    let mut table = Table::new(&["property", "value", "unit"]);
    for row in properties(gas, state)
        .iter()
        .filter(|row| row.key != "pressure_pa")
    {
        table.row([row.label.into(), significant(row.shown()), row.unit.into()]);
    }
    let quality = references.iter().find_map(|r| r.quality.as_ref());
    if let Some(q) = quality {
        table.row([
            "gross heating value".into(),
            significant(q.gross_j_per_kg * 1e-6),
            "MJ/kg".into(),
        ]);
        table.row([
            "net heating value".into(),
            significant(q.net_j_per_kg * 1e-6),
            "MJ/kg".into(),
        ]);
    }
    let at = ReferenceConditions {
        pressure_pa: state.pressure_pa,
        temperature_k: state.temperature_k,
    };
    let mut text = format!(
        "{} at {}\n\n{}\n",
        gas.spec().equation,
        conditions(at),
        table.lines()
    );
    text.push_str(&reference_table(references));
    if quality.is_some() {
        text.push_str("\n  MJ/m3 at the conditions named, burnt at 15 degC, by ISO 6976:2016\n");
    }
    text
}

fn reference_table(references: &[AtReference]) -> String {
    let header = [
        "reference conditions",
        "kg/m3",
        "gross",
        "net",
        "Wobbe",
        "rel. density",
    ];
    let mut table = Table::new(&header);
    for r in references {
        let real = r.quality.as_ref().map(|q| q.real);
        let mega = |value: Option<f64>| number(value.unwrap_or(f64::NAN) * 1e-6, 3);
        table.row([
            conditions(r.reference),
            number(r.density_kg_per_m3, 5),
            mega(real.map(|v| v.gross_j_per_m3)),
            mega(real.map(|v| v.net_j_per_m3)),
            mega(real.map(|v| v.wobbe_gross_j_per_m3)),
            number(real.map_or(f64::NAN, |v| v.relative_density), 5),
        ]);
    }
    table.lines()
}

fn document(gas: &Gas, state: &GasState, references: &[AtReference]) -> Value {
    let mut object = Map::new();
    object.insert("equation".into(), gas.spec().equation.to_string().into());
    object.insert("temperature_k".into(), state.temperature_k.into());
    for row in properties(gas, state) {
        object.insert(row.key.into(), row.si.into());
    }
    if let Some(q) = references.iter().find_map(|r| r.quality.as_ref()) {
        object.insert(
            "combustion_temperature_k".into(),
            COMBUSTION_TEMPERATURE_K.into(),
        );
        object.insert(
            "gross_heating_value_j_per_kg".into(),
            q.gross_j_per_kg.into(),
        );
        object.insert("net_heating_value_j_per_kg".into(), q.net_j_per_kg.into());
    }
    let at = references
        .iter()
        .map(|r| (r.name.to_string(), reference_document(r)));
    object.insert("reference_conditions".into(), Value::Object(at.collect()));
    Value::Object(object)
}

fn reference_document(r: &AtReference) -> Value {
    let mut value = json!({
        "temperature_k": r.reference.temperature_k,
        "pressure_pa": r.reference.pressure_pa,
        "density_kg_per_m3": r.density_kg_per_m3,
    });
    if let (Some(object), Some(q)) = (value.as_object_mut(), &r.quality) {
        let v = &q.real;
        object.insert(
            "gross_heating_value_j_per_m3".into(),
            v.gross_j_per_m3.into(),
        );
        object.insert("net_heating_value_j_per_m3".into(), v.net_j_per_m3.into());
        object.insert("wobbe_gross_j_per_m3".into(), v.wobbe_gross_j_per_m3.into());
        object.insert("wobbe_net_j_per_m3".into(), v.wobbe_net_j_per_m3.into());
        object.insert("relative_density".into(), v.relative_density.into());
    }
    value
}
