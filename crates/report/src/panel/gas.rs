//! The gas: what it is made of and what follows from that.

use crate::number;
use crate::table::{Cell, Column, Table};
use crate::view::View;
use linepack_gas::{Composition, EquationOfState, Gas, PseudoGas, Substance, Viscosity};
use linepack_units::HeatingBasis;

/// Names in the order of AGA 8.
const COMPONENTS: [&str; 21] = [
    "methane",
    "nitrogen",
    "carbon dioxide",
    "ethane",
    "propane",
    "isobutane",
    "n-butane",
    "isopentane",
    "n-pentane",
    "n-hexane",
    "n-heptane",
    "n-octane",
    "n-nonane",
    "n-decane",
    "hydrogen",
    "oxygen",
    "carbon monoxide",
    "water",
    "hydrogen sulfide",
    "helium",
    "argon",
];

/// Composition and properties.
pub(super) fn markup(view: &View<'_>) -> String {
    let substance = match &view.case.gas.substance {
        Substance::Mixture(mixture) => composition(view, mixture),
        Substance::Pseudo(pseudo) => bulk(view, pseudo),
    };
    format!(
        "<div class=\"beside\">{substance}{}</div>",
        properties(view)
    )
}

fn composition(view: &View<'_>, mixture: &Composition) -> String {
    let columns = vec![
        Column::Words("Component"),
        Column::Plain("Share<br><span class=\"unit\">mol %</span>"),
    ];
    let mut table = Table::new("Composition", columns);
    for (name, x) in COMPONENTS.iter().zip(mixture.mole_fractions) {
        if x > 0.0 {
            table.row(vec![
                Cell::text(*name),
                Cell::text(number::fixed(x * 100.0, 3)),
            ]);
        }
    }
    table.markup(&view.units)
}

fn bulk(view: &View<'_>, pseudo: &PseudoGas) -> String {
    let mut table = pairs("Bulk properties, no composition");
    let mut add = |name: &str, value: Option<f64>, decimals| {
        let shown = value.map_or("\u{2013}".into(), |v| number::fixed(v, decimals));
        table.row(vec![Cell::text(name), Cell::text(shown)]);
    };
    add(
        "pseudo-critical temperature, K",
        pseudo.critical_temperature_k,
        2,
    );
    add(
        "pseudo-critical pressure, bara",
        pseudo.critical_pressure_pa.map(|p| p / 1e5),
        3,
    );
    add("isentropic exponent", Some(pseudo.isentropic_exponent), 3);
    table.markup(&view.units)
}

fn pairs(caption: &str) -> Table {
    Table::new(
        caption,
        vec![Column::Words("Property"), Column::Plain("Value")],
    )
}

fn properties(view: &View<'_>) -> String {
    let mut table = pairs("Properties");
    let mut add = |name: &str, value: String| table.row(vec![Cell::text(name), Cell::text(value)]);
    add("equation of state", equation(view.case.gas.equation));
    add("viscosity", viscosity(view.case.gas.viscosity));
    if let Ok(gas) = Gas::new(&view.case.gas) {
        add(
            "molar mass, g/mol",
            number::fixed(gas.molar_mass_kg_per_mol() * 1e3, 4),
        );
        if let Ok(rho) = gas.reference_density_kg_per_m3(view.case.settings.volume_reference) {
            add(
                "density at the reference of volumes, kg/m³",
                number::fixed(rho, 5),
            );
        }
        for gross in [true, false] {
            let basis = HeatingBasis {
                gross,
                ..view.case.settings.heating_basis
            };
            if let Ok(heat) = gas.heating_value_j_per_kg(basis) {
                add(&heating_name(basis), number::fixed(heat / 1e6, 3));
            }
        }
    }
    table.markup(&view.units)
}

fn heating_name(basis: HeatingBasis) -> String {
    let kind = if basis.gross { "gross" } else { "net" };
    let celsius = number::fixed(basis.combustion_temperature_k - 273.15, 2);
    format!("{kind} heating value, combustion at {celsius} °C, MJ/kg")
}

fn equation(equation: EquationOfState) -> String {
    match equation {
        EquationOfState::Gerg2008 => "GERG-2008".into(),
        EquationOfState::Detail => "AGA 8 DETAIL".into(),
        EquationOfState::Papay => "Papay".into(),
        EquationOfState::Cnga => "CNGA".into(),
        EquationOfState::CngaSimple => "CNGA, two fixed coefficients".into(),
        EquationOfState::Ideal => "ideal gas".into(),
        EquationOfState::Constant { z } => format!("constant Z = {z}"),
        EquationOfState::Linear { z, per_pa } => format!("Z = {z} {:+} per bar", per_pa * 1e5),
        other => other.to_string(),
    }
}

fn viscosity(viscosity: Viscosity) -> String {
    match viscosity {
        Viscosity::LeeGonzalezEakin => "Lee, Gonzalez and Eakin 1966".into(),
        Viscosity::Constant { pa_s } => format!("constant, {pa_s:e} Pa s"),
        other => other.to_string(),
    }
}
