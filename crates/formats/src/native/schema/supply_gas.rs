//! What is known of the gas of a supply.

use super::super::decode::{Cell, Row};
use super::super::member::{Member, number as plain, quantity};
use super::*;
use linepack_network::SupplyGas;

pub(super) const FIELDS: &[Field] = &[field(
    "gas",
    Kind::Table(&SUPPLY_GAS),
    Optional,
    "What is known of its gas, where supplies bring different gases.",
)];

static SUPPLY_GAS: Schema = Schema {
    key: "gas",
    name: "gas",
    doc: "What is known of the gas of a supply.",
    groups: &[&[
        field(
            "temperature",
            Kind::Quantity(Temperature),
            Optional,
            "Temperature.",
        ),
        field(
            "calorific_value",
            Kind::Quantity(Energy),
            Optional,
            "Gross calorific value of a cubic metre at norm conditions (0 degC, 1.01325 bar).",
        ),
        field(
            "norm_density",
            Kind::Quantity(Density),
            Optional,
            "Density at norm conditions.",
        ),
        field(
            "molar_mass",
            Kind::Quantity(MolarMass),
            Optional,
            "Molar mass.",
        ),
        field(
            "critical_pressure",
            Kind::Quantity(Pressure),
            Optional,
            "Pseudo-critical pressure.",
        ),
        field(
            "critical_temperature",
            Kind::Quantity(Temperature),
            Optional,
            "Pseudo-critical temperature.",
        ),
        field(
            "heat_capacity",
            Kind::List(&number(f64::NEG_INFINITY, f64::INFINITY)),
            Optional,
            "A, B and C of the molar isobaric heat capacity of the ideal gas, J/(mol K): A + B T + C T^2, T in K.",
        ),
    ]],
    spelling: EXACT,
    rules: &[],
};

pub(super) fn read(row: &Row) -> Option<SupplyGas> {
    let Some(Cell::Row(gas)) = row.cell("gas") else {
        return None;
    };
    let heat = Vec::<f64>::at(gas, "heat_capacity");
    Some(SupplyGas {
        temperature_k: Member::at(gas, "temperature"),
        calorific_value_j_per_m3: Member::at(gas, "calorific_value"),
        norm_density_kg_per_m3: Member::at(gas, "norm_density"),
        molar_mass_kg_per_mol: Member::at(gas, "molar_mass"),
        critical_pressure_pa: Member::at(gas, "critical_pressure"),
        critical_temperature_k: Member::at(gas, "critical_temperature"),
        heat_capacity: <[f64; 3]>::try_from(heat).ok(),
    })
}

pub(super) fn write(gas: &Option<SupplyGas>) -> Vec<(&'static str, String)> {
    let Some(gas) = gas else { return Vec::new() };
    let stated = [
        ("temperature", gas.temperature_k, Temperature),
        ("calorific_value", gas.calorific_value_j_per_m3, Energy),
        ("norm_density", gas.norm_density_kg_per_m3, Density),
        ("molar_mass", gas.molar_mass_kg_per_mol, MolarMass),
        ("critical_pressure", gas.critical_pressure_pa, Pressure),
        (
            "critical_temperature",
            gas.critical_temperature_k,
            Temperature,
        ),
    ];
    let mut members: Vec<String> = stated
        .into_iter()
        .filter_map(|(key, value, dimension)| {
            Some(format!("{key} = {}", quantity(value?, dimension)))
        })
        .collect();
    members.extend(gas.heat_capacity.map(|abc| {
        let list = abc.map(plain).join(", ");
        format!("heat_capacity = [{list}]")
    }));
    vec![("gas", format!("{{ {} }}", members.join(", ")))]
}
