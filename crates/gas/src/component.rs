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
}

const fn component(
    name: &'static str,
    aliases: &'static [&'static str],
    critical_temperature_k: f64,
    critical_pressure_pa: f64,
) -> Component {
    Component {
        name,
        aliases,
        critical_temperature_k,
        critical_pressure_pa,
    }
}

/// The components in the order of AGA 8.
///
/// Critical points: the reference equations of state of the pure fluids (as collected in
/// CoolProp and REFPROP); they serve the pseudo-critical rules of Papay's equation only.
pub const COMPONENTS: [Component; 21] = [
    component("methane", &["ch4", "c1"], 190.564, 4.5992e6),
    component("nitrogen", &["n2"], 126.192, 3.3958e6),
    component("carbon_dioxide", &["co2"], 304.1282, 7.3773e6),
    component("ethane", &["c2h6", "c2"], 305.322, 4.8722e6),
    component("propane", &["c3h8", "c3"], 369.89, 4.2512e6),
    component(
        "isobutane",
        &["i-butane", "ic4", "i-c4h10", "i-c4", "2-methylpropane"],
        407.81,
        3.629e6,
    ),
    component(
        "n-butane",
        &["butane", "nc4", "n-c4h10", "n-c4"],
        425.125,
        3.796e6,
    ),
    component(
        "isopentane",
        &["i-pentane", "ic5", "i-c5h12", "i-c5", "2-methylbutane"],
        460.35,
        3.378e6,
    ),
    component(
        "n-pentane",
        &["pentane", "nc5", "n-c5h12", "n-c5"],
        469.7,
        3.37e6,
    ),
    component(
        "n-hexane",
        &["hexane", "nc6", "c6h14", "n-c6h14", "c6", "n-c6"],
        507.82,
        3.034e6,
    ),
    component(
        "n-heptane",
        &["heptane", "nc7", "c7h16", "n-c7h16", "c7", "n-c7"],
        540.13,
        2.736e6,
    ),
    component(
        "n-octane",
        &["octane", "nc8", "c8h18", "n-c8h18", "c8", "n-c8"],
        569.32,
        2.497e6,
    ),
    component(
        "n-nonane",
        &["nonane", "nc9", "c9h20", "n-c9h20", "c9", "n-c9"],
        594.55,
        2.281e6,
    ),
    component(
        "n-decane",
        &["decane", "nc10", "c10h22", "n-c10h22", "c10", "n-c10"],
        617.7,
        2.103e6,
    ),
    component("hydrogen", &["h2"], 33.145, 1.2964e6),
    component("oxygen", &["o2"], 154.581, 5.043e6),
    component("carbon_monoxide", &["co"], 132.86, 3.494e6),
    component(
        "water",
        &["h2o", "water vapour", "water vapor", "steam"],
        647.096,
        22.064e6,
    ),
    component(
        "hydrogen_sulfide",
        &["h2s", "hydrogen_sulphide"],
        373.1,
        9.0e6,
    ),
    component("helium", &["he"], 5.1953, 0.2276e6),
    component("argon", &["ar"], 150.687, 4.863e6),
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
