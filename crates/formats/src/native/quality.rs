//! Gases of supplies and limits of quality: rows as structs, and back as text of a case file.

use super::decode::{Cell, Row};
use super::member::{Member, number, quantity, text};
use super::schema::{BOUNDED, STANDARDS};
use super::settings::{equation, reference, substance, viscosity};
use super::tree::Table;
use super::write::gas_lines;
use linepack_gas::{COMPONENTS, Composition, GasSpec, Limit, QualityLimits};
use linepack_network::{GasProfile, NamedGas, NamedLimits, Network, QualitySettings, Settings};
use linepack_units::Dimension;

type Lines = Vec<(&'static str, String)>;

/// The settings of quality of a row of settings.
pub(super) fn settings(row: &Row) -> QualitySettings {
    let Some(Cell::Row(own)) = row.cell("quality") else {
        return QualitySettings::default();
    };
    QualitySettings {
        tracked: bool::at(own, "tracked"),
        parcel_m: Member::at(own, "parcel"),
    }
}

/// The line of the settings of quality; none where they are the usual ones.
pub(super) fn write_settings(quality: &QualitySettings) -> Option<(&'static str, String)> {
    if *quality == QualitySettings::default() {
        return None;
    }
    let parcel = quality.parcel_m.map(|m| quantity(m, Dimension::Length));
    let parcel = parcel.map_or(String::new(), |m| format!(", parcel = {m}"));
    let table = format!("{{ tracked = {}{parcel} }}", quality.tracked);
    Some(("quality", table))
}

/// The gas of a row; what it does not say of equation and viscosity is as with the gas of the case.
pub(super) fn gas(row: &Row, of_case: &GasSpec) -> NamedGas {
    let stated = |key| row.cell(key).is_some();
    NamedGas {
        id: String::at(row, "id"),
        spec: GasSpec {
            substance: substance(row),
            equation: match stated("equation") {
                true => equation(row),
                false => of_case.equation,
            },
            viscosity: match stated("viscosity") {
                true => viscosity(row),
                false => of_case.viscosity,
            },
        },
    }
}

/// The lines of a gas of supplies.
pub(super) fn write_gas(gas: &NamedGas) -> Lines {
    let mut lines = vec![("id", text(&gas.id))];
    lines.extend(gas_lines(&gas.spec));
    lines
}

/// The composition over time of a row. Where a list is too short, which has been reported, there is
/// no number.
pub(super) fn profile(row: &Row) -> GasProfile {
    let time_s = Vec::<f64>::at(row, "time");
    let of = |component: &'static str| {
        let stated = row.cell(component).is_some();
        stated.then(|| Vec::<f64>::at(row, component))
    };
    let lists: [Option<Vec<f64>>; 21] = std::array::from_fn(|i| of(COMPONENTS[i].name));
    let fraction = |list: &Option<Vec<f64>>, at: usize| match list {
        Some(list) => list.get(at).copied().unwrap_or(f64::NAN),
        None => 0.0,
    };
    let composition = |at| Composition {
        mole_fractions: std::array::from_fn(|i| fraction(&lists[i], at)),
    };
    GasProfile {
        id: String::at(row, "id"),
        compositions: (0..time_s.len()).map(composition).collect(),
        time_s,
    }
}

/// The lines of a composition over time.
pub(super) fn write_profile(profile: &GasProfile) -> Lines {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let times = profile.time_s.iter();
    let times = times.map(|t| quantity(*t, Dimension::Time)).collect();
    let mut lines = vec![("id", text(&profile.id)), ("time", list(times))];
    for (i, component) in COMPONENTS.iter().enumerate() {
        let fractions = profile.compositions.iter().map(|c| c.mole_fractions[i]);
        if fractions.clone().any(|x| x != 0.0) {
            lines.push((component.name, list(fractions.map(number).collect())));
        }
    }
    lines
}

/// The limits of a standard.
fn standard(word: &str) -> Option<QualityLimits> {
    match word {
        "easee_gas" => Some(QualityLimits::easee_gas()),
        "en_16726" => Some(QualityLimits::en_16726()),
        "great_britain" => Some(QualityLimits::great_britain()),
        _ => None,
    }
}

/// The limits of a row: those of the standard, and those that are stated.
pub(super) fn limits(row: &Row, table: &Table, settings: &Settings) -> NamedLimits {
    let id = String::at(row, "id");
    let base = Option::<String>::at(row, "standard").and_then(|word| standard(&word));
    let base = base.unwrap_or_else(|| QualityLimits {
        name: id.clone(),
        source: String::new(),
        combustion_temperature_k: settings.heating_basis.combustion_temperature_k,
        reference: settings.volume_reference,
        limits: Vec::new(),
    });
    let combustion = Option::<f64>::at(row, "combustion_temperature");
    NamedLimits {
        limits: QualityLimits {
            name: Option::<String>::at(row, "label").unwrap_or(base.name),
            source: table.text("source").map_or(base.source, str::to_owned),
            combustion_temperature_k: combustion.unwrap_or(base.combustion_temperature_k),
            reference: reference(row, "reference").unwrap_or(base.reference),
            limits: bounds(row, &base.limits),
        },
        id,
    }
}

/// Limits in the order of the keys.
fn bounds(row: &Row, base: &[Limit]) -> Vec<Limit> {
    let mut limits = Vec::new();
    for bounded in BOUNDED {
        let [low, high] = bounded.keys.map(|key| Option::<f64>::at(row, key));
        let quantity = bounded.quantity;
        if low.is_some() || high.is_some() {
            limits.push(Limit {
                quantity,
                low,
                high,
            });
        } else {
            limits.extend(base.iter().find(|l| l.quantity == quantity).copied());
        }
    }
    limits
}

/// The lines of limits.
pub(super) fn write_limits(named: &NamedLimits) -> Lines {
    let limits = &named.limits;
    let kelvin = |k| quantity(k, Dimension::Temperature);
    let (k, pa) = (limits.reference.temperature_k, limits.reference.pressure_pa);
    let pressure = quantity(pa, Dimension::Pressure);
    let reference = format!("{{ temperature = {}, pressure = {pressure} }}", kelvin(k));
    let mut lines = vec![
        ("id", text(&named.id)),
        ("label", text(&limits.name)),
        ("reference", reference),
        (
            "combustion_temperature",
            kelvin(limits.combustion_temperature_k),
        ),
    ];
    if !limits.source.is_empty() {
        lines.push(("source", text(&limits.source)));
    }
    for limit in &limits.limits {
        let Some(bounded) = BOUNDED.iter().find(|b| b.quantity == limit.quantity) else {
            continue;
        };
        for (key, value) in bounded.keys.into_iter().zip([limit.low, limit.high]) {
            lines.extend(value.put(&bounded.kind).map(|text| (key, text)));
        }
    }
    lines
}

/// The limits of a case, with those of the standards that nodes name without a table.
pub(super) fn with_standards(mut limits: Vec<NamedLimits>, network: &Network) -> Vec<NamedLimits> {
    for word in STANDARDS.iter().map(|s| s.name) {
        let mut named = network
            .nodes
            .iter()
            .filter_map(|n| n.quality_limits.as_deref());
        let known = limits.iter().any(|l| l.id == word);
        if let (false, true, Some(standard)) = (known, named.any(|n| n == word), standard(word)) {
            limits.push(NamedLimits {
                id: word.to_owned(),
                limits: standard,
            });
        }
    }
    limits
}
