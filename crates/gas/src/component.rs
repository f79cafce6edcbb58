/// One of the 21 components of AGA Report No. 8.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    /// Canonical name, as case files and tables use it.
    pub name: &'static str,
    /// Other spellings that are understood, in lower case.
    pub aliases: &'static [&'static str],
    /// Critical temperature, K.
    pub critical_temperature_k: f64,
    /// Critical pressure, Pa.
    pub critical_pressure_pa: f64,
    /// Acentric factor, -.
    pub acentric_factor: f64,
    /// Critical density, mol/m3.
    pub critical_density_mol_per_m3: f64,
}

const fn component(
    name: &'static str,
    aliases: &'static [&'static str],
    critical_temperature_k: f64,
    critical_pressure_pa: f64,
    acentric_factor: f64,
    critical_density_mol_per_m3: f64,
) -> Component {
    Component {
        name,
        aliases,
        critical_temperature_k,
        critical_pressure_pa,
        acentric_factor,
        critical_density_mol_per_m3,
    }
}

/// The components in the order of AGA 8.
///
/// Critical temperatures, pressures and acentric factors: the reference equations of state of the pure
/// fluids (as collected in CoolProp and REFPROP). Critical densities: GERG-2008 (Kunz and Wagner 2012,
/// table A3.5). They serve Papay's equation, the cubic equations and the viscosity.
pub const COMPONENTS: [Component; 21] = [
    component(
        "methane",
        &["ch4", "c1"],
        190.564,
        4.5992e6,
        0.01142,
        10139.34,
    ),
    component("nitrogen", &["n2"], 126.192, 3.3958e6, 0.0372, 11183.9),
    component(
        "carbon_dioxide",
        &["co2"],
        304.1282,
        7.3773e6,
        0.22394,
        10624.98,
    ),
    component("ethane", &["c2h6", "c2"], 305.322, 4.8722e6, 0.099, 6870.85),
    component(
        "propane",
        &["c3h8", "c3"],
        369.89,
        4.2512e6,
        0.1521,
        5000.04,
    ),
    component(
        "isobutane",
        &["i-butane", "ic4", "i-c4h10", "i-c4", "2-methylpropane"],
        407.81,
        3.629e6,
        0.18353,
        3860.14,
    ),
    component(
        "n-butane",
        &["butane", "nc4", "n-c4h10", "n-c4"],
        425.125,
        3.796e6,
        0.20081,
        3920.02,
    ),
    component(
        "isopentane",
        &["i-pentane", "ic5", "i-c5h12", "i-c5", "2-methylbutane"],
        460.35,
        3.378e6,
        0.2274,
        3271.0,
    ),
    component(
        "n-pentane",
        &["pentane", "nc5", "n-c5h12", "n-c5"],
        469.7,
        3.37e6,
        0.25103,
        3215.58,
    ),
    component(
        "n-hexane",
        &["hexane", "nc6", "c6h14", "n-c6h14", "c6", "n-c6"],
        507.82,
        3.034e6,
        0.30032,
        2705.88,
    ),
    component(
        "n-heptane",
        &["heptane", "nc7", "c7h16", "n-c7h16", "c7", "n-c7"],
        540.13,
        2.736e6,
        0.349,
        2315.32,
    ),
    component(
        "n-octane",
        &["octane", "nc8", "c8h18", "n-c8h18", "c8", "n-c8"],
        569.32,
        2.497e6,
        0.39753,
        2056.4,
    ),
    component(
        "n-nonane",
        &["nonane", "nc9", "c9h20", "n-c9h20", "c9", "n-c9"],
        594.55,
        2.281e6,
        0.4433,
        1810.0,
    ),
    component(
        "n-decane",
        &["decane", "nc10", "c10h22", "n-c10h22", "c10", "n-c10"],
        617.7,
        2.103e6,
        0.4884,
        1640.0,
    ),
    component("hydrogen", &["h2"], 33.145, 1.2964e6, -0.219, 14940.0),
    component("oxygen", &["o2"], 154.581, 5.043e6, 0.0222, 13630.0),
    component("carbon_monoxide", &["co"], 132.86, 3.494e6, 0.0497, 10850.0),
    component(
        "water",
        &["h2o", "water vapour", "water vapor", "steam"],
        647.096,
        22.064e6,
        0.34429,
        17873.72,
    ),
    component(
        "hydrogen_sulfide",
        &["h2s", "hydrogen_sulphide"],
        373.1,
        9.0e6,
        0.1005,
        10190.0,
    ),
    component("helium", &["he"], 5.1953, 0.2276e6, -0.38354, 17399.0),
    component("argon", &["ar"], 150.687, 4.863e6, -0.00219, 13407.43),
];

impl Component {
    /// The place of a component in the order of AGA 8, by its name or an alias.
    ///
    /// Letter case, blanks, `-` and `_` do not matter: `Carbon Dioxide`, `n_butane` and `nC4` are
    /// understood.
    pub fn index_of(name: &str) -> Option<usize> {
        let wanted = folded(name);
        COMPONENTS.iter().position(|c| {
            folded(c.name) == wanted || c.aliases.iter().any(|alias| folded(alias) == wanted)
        })
    }
}

/// A name without the letter case and the separators that people vary.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
