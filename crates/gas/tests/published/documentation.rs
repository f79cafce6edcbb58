//! The table of worst deviations in `docs/gas-and-units.md` is what the equations give.
//!
//! `LINEPACK_UPDATE=1 cargo nextest run -p linepack-gas --test published documentation` writes it anew.

use crate::cases::{case, composition, gas, number, text};
use linepack_gas::{EquationOfState, GasState};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/gas-and-units.md");
const START: &str = "<!-- deviations: written by crates/gas/tests/published/documentation.rs -->\n";
const END: &str = "<!-- end of deviations -->\n";

const EQUATIONS: [(&str, EquationOfState); 2] = [
    ("GERG-2008", EquationOfState::Gerg2008),
    ("AGA8-DETAIL", EquationOfState::Detail),
];

/// Worst deviation and number of values by source, equation and property.
#[derive(Default)]
struct Worst(BTreeMap<(usize, &'static str, &'static str), (f64, usize)>);

impl Worst {
    fn see(&mut self, source: usize, equation: &'static str, property: &'static str, off: f64) {
        let entry = self.0.entry((source, equation, property)).or_default();
        entry.0 = entry.0.max(off.abs());
        entry.1 += 1;
    }
}

const SOURCES: [&str; 4] = [
    "NIST single point, 400 K, 50 MPa (relative)",
    "ISO 20765-2, recomputed by NIST's program (relative)",
    "AGA 8 (2017) tables (absolute; m/s)",
    "NIST test data, 174 gases, 4 to 6 printed digits (relative)",
];

/// Molar properties in the units of the cases, by the name of the column.
fn molar(s: &GasState, m: f64) -> [(&'static str, &'static str, f64); 9] {
    let u = s.enthalpy_j_per_kg - s.pressure_pa / s.density_kg_per_m3;
    [
        ("density", "density_mol_l", s.density_kg_per_m3 / m * 1e-3),
        ("Z", "z", s.compressibility),
        ("enthalpy", "h_J_mol", s.enthalpy_j_per_kg * m),
        ("entropy", "s_J_molK", s.entropy_j_per_kg_k * m),
        ("internal energy", "u_J_mol", u * m),
        ("cv", "cv_J_molK", s.cv_j_per_kg_k * m),
        ("cp", "cp_J_molK", s.cp_j_per_kg_k * m),
        ("speed of sound", "w_m_s", s.speed_of_sound_m_per_s),
        ("Joule-Thomson", "jt_K_kPa", s.joule_thomson_k_per_pa * 1e3),
    ]
}

fn single_point(case: &Value, worst: &mut Worst) {
    let inputs = &case["inputs"];
    let mixture = composition(&inputs["composition_mole_fraction"]);
    for (name, equation) in EQUATIONS {
        let gas = gas(&mixture, equation);
        let (p, t) = (number(inputs, "P_kPa") * 1e3, number(inputs, "T_K"));
        let state = gas.state(p, t).unwrap();
        for (property, key, value) in molar(&state, gas.molar_mass_kg_per_mol()) {
            let off = value / number(&case["expected"][name], key) - 1.0;
            worst.see(0, name, property, off);
        }
    }
}

fn iso_20765(case: &Value, worst: &mut Worst) {
    for row in case["expected"].as_array().unwrap() {
        let name = format!("Gas {}", row["gas"]);
        let fractions = &case["inputs"]["compositions_mole_fraction"][&name];
        let gas = gas(&composition(fractions), EquationOfState::Gerg2008);
        let reference = &row["recomputed_nist_cpp"];
        let density = number(reference, "density_kg_m3");
        let s = gas.state_at_density(density, number(row, "T_K")).unwrap();
        let u = s.enthalpy_j_per_kg - s.pressure_pa / s.density_kg_per_m3;
        for (property, key, value) in [
            ("Z", "z", s.compressibility),
            ("internal energy", "u_kJ_kg", u * 1e-3),
            ("enthalpy", "h_kJ_kg", s.enthalpy_j_per_kg * 1e-3),
            ("entropy", "s_kJ_kgK", s.entropy_j_per_kg_k * 1e-3),
            ("cv", "cv_kJ_kgK", s.cv_j_per_kg_k * 1e-3),
            ("cp", "cp_kJ_kgK", s.cp_j_per_kg_k * 1e-3),
            ("speed of sound", "w_m_s", s.speed_of_sound_m_per_s),
            ("Joule-Thomson", "jt_K_MPa", s.joule_thomson_k_per_pa * 1e6),
        ] {
            worst.see(
                1,
                "GERG-2008",
                property,
                value / number(reference, key) - 1.0,
            );
        }
    }
}

fn aga8_tables(case: &Value, worst: &mut Worst) {
    for (table, property, stem, unit) in [
        ("Z", "Z", "Z", ""),
        ("speed_of_sound", "speed of sound", "w", "_m_s"),
    ] {
        for row in case["expected"][table].as_array().unwrap() {
            let name = row["gas"].as_str().unwrap();
            let mixture = composition(&case["inputs"]["compositions_mole_fraction"][name]);
            for (name, label, equation) in [
                ("GERG-2008", "GERG2008", EquationOfState::Gerg2008),
                ("AGA8-DETAIL", "DETAIL", EquationOfState::Detail),
            ] {
                let (p, t) = (number(row, "P_MPa") * 1e6, number(row, "T_K"));
                let state = gas(&mixture, equation).state(p, t).unwrap();
                let value = if table == "Z" {
                    state.compressibility
                } else {
                    state.speed_of_sound_m_per_s
                };
                let printed = number(row, &format!("{stem}_{label}{unit}"));
                worst.see(2, name, property, value - printed);
            }
        }
    }
}

fn test_data(case: &Value, table: &str, worst: &mut Worst) {
    let gases: BTreeMap<&str, _> = case["compositions_mole_fraction_normalise_to_1"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(id, fractions)| {
            let mixture = composition(fractions).normalised().unwrap();
            (
                id.as_str(),
                EQUATIONS.map(|(_, equation)| gas(&mixture, equation)),
            )
        })
        .collect();
    for line in table.lines().skip(1) {
        let (id, values) = line.split_once(',').unwrap();
        let values: Vec<f64> = values
            .split(',')
            .map(|v| v.parse().unwrap_or(f64::NAN))
            .collect();
        for (k, (name, _)) in EQUATIONS.into_iter().enumerate() {
            let gas = &gases[id][k];
            let m = gas.molar_mass_kg_per_mol();
            let s = gas
                .state_at_density(values[1] * 1e3 * m, values[0])
                .unwrap();
            for (j, (property, value)) in [
                ("pressure", s.pressure_pa * 1e-6),
                ("cv", s.cv_j_per_kg_k * m),
                ("cp", s.cp_j_per_kg_k * m),
                ("speed of sound", s.speed_of_sound_m_per_s),
            ]
            .into_iter()
            .enumerate()
            {
                let printed = values[2 + 4 * k + j];
                if printed != 0.0 {
                    worst.see(3, name, property, value / printed - 1.0);
                }
            }
        }
    }
}

/// Rounded up to one digit; what is below 1e-11 is round-off and depends on the machine.
fn shown(off: f64) -> String {
    if off < 1e-11 {
        return "round-off".into();
    }
    let power = 10f64.powf(off.log10().floor());
    format!("{:.0e}", (off / power - 1e-6).ceil() * power)
}

#[test]
fn the_table_of_deviations() {
    let cases = [
        "eos_nist_single_point.json",
        "eos_iso20765_gerg2008.json",
        "eos_aga8_tables.json",
        "eos_nist_testdata_naturalgas.json",
    ];
    let [Some(single), Some(iso), Some(tables), Some(data)] = cases.map(case) else {
        return;
    };
    let Some(points) = text("eos_nist_testdata_naturalgas.csv") else {
        return;
    };
    let mut worst = Worst::default();
    single_point(&single, &mut worst);
    iso_20765(&iso, &mut worst);
    aga8_tables(&tables, &mut worst);
    test_data(&data, &points, &mut worst);
    let mut rows = String::from(
        "\n| against | equation | property | worst deviation | values |\n|---|---|---|---|---|\n",
    );
    for ((source, equation, property), (off, count)) in &worst.0 {
        let (source, off) = (SOURCES[*source], shown(*off));
        writeln!(
            rows,
            "| {source} | {equation} | {property} | {off} | {count} |"
        )
        .unwrap();
    }
    rows.push('\n');
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if std::env::var_os("LINEPACK_UPDATE").is_some() {
        std::fs::write(PAGE, format!("{before}{START}{rows}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        written, rows,
        "docs/gas-and-units.md is out of date: set LINEPACK_UPDATE=1"
    );
}
