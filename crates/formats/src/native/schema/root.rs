//! The whole file: which tables stand in it.

use super::elements::{
    CHECK_VALVE, COMPRESSOR_STATION, CONTROL_VALVE, LEAK, NODE, OFF_TAKE, PIPE, RESISTOR,
    SHORT_PIPE, SUPPLY, VALVE,
};
use super::*;

/// Tables that stand once, `[case]`.
pub(crate) static SINGLE: [&Schema; 4] = [&CASE, &SETTINGS, &GAS, &TABLES];

/// Tables that stand any number of times, `[[pipe]]`: the elements come first.
pub(crate) fn repeated() -> impl Iterator<Item = &'static Schema> {
    let about_gas = [&GAS_OF_SUPPLIES, &GAS_PROFILE, &QUALITY_LIMITS, &GROUND];
    let about_time = [&AREA, &PROFILE, &DECISION_GROUP, &STAGE, &SCENARIO];
    ELEMENTS.into_iter().chain(about_gas).chain(about_time)
}

/// Whether a table stands once.
pub(crate) fn is_single(schema: &Schema) -> bool {
    SINGLE.iter().any(|s| std::ptr::eq(*s, schema))
}

/// All of them.
pub(crate) fn sections() -> impl Iterator<Item = &'static Schema> {
    SINGLE.into_iter().chain(repeated())
}

const fn csv(key: &'static str) -> Field {
    field(
        key,
        Kind::Text,
        Optional,
        "CSV file in the folder of the case whose rows are such elements.",
    )
}

static TABLE_FIELDS: [Field; 11] = [
    csv(NODE.key),
    csv(PIPE.key),
    csv(SHORT_PIPE.key),
    csv(RESISTOR.key),
    csv(VALVE.key),
    csv(CHECK_VALVE.key),
    csv(CONTROL_VALVE.key),
    csv(COMPRESSOR_STATION.key),
    csv(SUPPLY.key),
    csv(OFF_TAKE.key),
    csv(LEAK.key),
];

/// `[tables]`.
pub(crate) static TABLES: Schema = Schema {
    key: "tables",
    name: "tables",
    doc: "Elements that stand in CSV files, with the unit in the header: `length [km]`.",
    groups: &[&TABLE_FIELDS],
    spelling: EXACT,
    rules: &[],
};
