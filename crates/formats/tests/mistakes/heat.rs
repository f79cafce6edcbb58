//! Mistakes about heat and quality.

use crate::table::{Mistake, mistake};

/// The end of the table of the supply.
const SUPPLY: &str = "flow_max = \"12 MSm3/d\"";
/// The end of a table of a pipe.
const PIPE: &str = "inner_diameter = \"580 mm\"";
/// The end of a table of a node.
const CITY: &str = "x = \"11.2 deg\"";

pub(crate) const MISTAKES: &[Mistake] = &[
    mistake(
        "unknown gas of a supply",
        &[
            (
                SUPPLY,
                "flow_max = \"12 MSm3/d\"\nsupply_gas = §\"green gass\"",
            ),
            ("tracked = false", "tracked = true"),
        ],
        &["LP0239"],
    ),
    mistake(
        "unknown composition over time",
        &[
            (
                SUPPLY,
                "flow_max = \"12 MSm3/d\"\ngas_profile = §\"gas by hour\"",
            ),
            ("tracked = false", "tracked = true"),
        ],
        &["LP0239"],
    ),
    mistake(
        "unknown limits of a node",
        &[(CITY, "x = \"11.2 deg\"\nquality_limits = §\"easee\"")],
        &["LP0239"],
    ),
    mistake(
        "event with an unknown gas",
        &[(
            "element = \"cs\"\naction = \"trip\"",
            "element = \"well\"\naction = \"gas\"\ngas = §\"brown gas\"",
        )],
        &["LP0239"],
    ),
    mistake(
        "event that changes the gas of an off-take",
        &[(
            "element = \"cs\"\naction = \"trip\"",
            "element = \"town\"\naction = §\"gas\"\ngas = \"green gas\"",
        )],
        &["LP0214"],
    ),
    mistake(
        "change of gas without a gas",
        &[(
            "element = \"cs\"\naction = \"trip\"",
            "element = \"well\"\naction = §\"gas\"",
        )],
        &["LP0117"],
    ),
    mistake(
        "unknown ground",
        &[(PIPE, "inner_diameter = \"580 mm\"\nground = §\"cla\"")],
        &["LP0240"],
    ),
    mistake(
        "no way for heat to the ground",
        &[
            (
                "[[pipe]]\nid = \"west\"",
                "[[pipe]]\nheat_transfer = \"2 W/m2K\"\nid = \"west\"",
            ),
            ("id = \"east\"\nfrom", "id = §\"east\"\nfrom"),
            ("heat_transfer = \"2 W/(m2 K)\"\n", ""),
        ],
        &["LP0241"],
    ),
    mistake(
        "pipe in soil without a depth",
        &[(PIPE, "inner_diameter = \"580 mm\"\nground = §\"clay\"")],
        &["LP0242"],
    ),
    mistake(
        "depth of the top in place of the axis",
        &[(
            PIPE,
            "inner_diameter = \"580 mm\"\nground = \"clay\"\ndepth = §\"0.2 m\"",
        )],
        &["LP0242"],
    ),
    mistake(
        "supply hotter than the tables",
        &[(
            SUPPLY,
            "flow_max = \"12 MSm3/d\"\ntemperature = §\"120 degC\"",
        )],
        &["LP0243"],
    ),
    mistake(
        "another equation of state where gases mix",
        &[
            (
                "id = \"green gas\"",
                "id = \"green gas\"\nequation = §\"detail\"",
            ),
            ("tracked = false", "tracked = true"),
        ],
        &["LP0244"],
    ),
    mistake(
        "bulk properties where gases mix",
        &[
            (
                "composition = { methane = 0.88, hydrogen = 0.12 }",
                "pseudo = §{ molar_mass = \"18 g/mol\" }",
            ),
            ("tracked = false", "tracked = true"),
        ],
        &["LP0244"],
    ),
    mistake(
        "gas that is not tracked",
        &[(
            "[[supply]]\nid = \"well\"",
            "[[supply]]\nid = §\"well\"\nsupply_gas = \"green gas\"",
        )],
        &["LP0319"],
    ),
    mistake(
        "composition of a supply that sums to 0.98",
        &[
            ("hydrogen = 0.12", "hydrogen = 0.10"),
            (
                "id = \"green gas\"\ncomposition",
                "id = \"green gas\"\n§composition",
            ),
        ],
        &["LP0220"],
    ),
    mistake(
        "composition over time that sums to 1.05",
        &[
            ("time = [\"0 h\", \"6 h\"]", "time = §[\"0 h\", \"6 h\"]"),
            ("ethane = [0.05, 0.09]", "ethane = [0.05, 0.14]"),
        ],
        &["LP0220"],
    ),
    mistake(
        "composition over time that goes back",
        &[("time = [\"0 h\", \"6 h\"]", "time = §[\"6 h\", \"0 h\"]")],
        &["LP0211"],
    ),
    mistake(
        "one fraction too few",
        &[("ethane = [0.05, 0.09]", "ethane = §[0.05]")],
        &["LP0119"],
    ),
    mistake(
        "least Wobbe index above the greatest",
        &[
            (
                "[[quality_limits]]\nid = \"at",
                "[[quality_limits]]\nid = §\"at",
            ),
            (
                "wobbe_index_min = \"49 MJ/m3\"",
                "wobbe_index_min = \"59 MJ/m3\"",
            ),
        ],
        &["LP0209"],
    ),
    mistake(
        "heating value without a volume",
        &[(
            "wobbe_index_max = \"56 MJ/m3\"",
            "wobbe_index_max = §\"56 MJ\"",
        )],
        &["LP0112"],
    ),
    mistake(
        "two grounds of one name",
        &[
            (
                "[[quality_limits]]\nid = \"at the city\"",
                "[[ground]]\nid = \"clay\"\nkind = \"air\"\nheat_transfer = \"15 W/m2K\"\n\n[[quality_limits]]\nid = \"at the city\"",
            ),
            (
                "[[ground]]\nid = \"clay\"\nkind = \"soil\"",
                "[[ground]]\nid = §\"clay\"\nkind = \"soil\"",
            ),
        ],
        &["LP0201"],
    ),
    mistake(
        "soil without a conductivity",
        &[
            ("kind = \"soil\"\n", "kind = §\"soil\"\n"),
            (
                "conductivity = \"1.4 W/(m K)\"\n",
                "heat_transfer = \"9 W/m2K\"\n",
            ),
        ],
        &["LP0117"],
    ),
    mistake(
        "amplitude without a coldest day",
        &[
            ("amplitude = \"9 K\"", "amplitude = §\"9 K\""),
            ("coldest_day = 30\n", ""),
        ],
        &["LP0117"],
    ),
    mistake(
        "factors on a temperature",
        &[(
            SUPPLY,
            "flow_max = \"12 MSm3/d\"\ntemperature_profile = §\"shape\"",
        )],
        &["LP0212"],
    ),
    mistake(
        "wall layer without conductivity to speak of",
        &[(
            PIPE,
            "inner_diameter = \"580 mm\"\nwall_layers = §[{ thickness = \"15 mm\", conductivity = \"0 W/mK\", density = \"7850 kg/m3\", heat_capacity = \"460 J/kgK\" }]",
        )],
        &["LP0224"],
    ),
    mistake(
        "range of temperatures the wrong way round",
        &[
            ("model = \"steady\"", "model = \"isothermal\""),
            ("[settings.heat]", "[§settings.heat]"),
            (
                "range = [\"-30 degC\", \"100 degC\"]",
                "range = [\"100 degC\", \"-30 degC\"]",
            ),
        ],
        &["LP0209"],
    ),
];
