//! Mistakes: what stands in the base, and what stands there instead.

/// A mistake that somebody could make.
pub(crate) struct Mistake {
    pub(crate) name: &'static str,
    /// Text of the base, which stands there once, and what replaces it; `§` is at the line of each code.
    pub(crate) edits: &'static [(&'static str, &'static str)],
    pub(crate) codes: &'static [&'static str],
}

pub(crate) const fn mistake(
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
    codes: &'static [&'static str],
) -> Mistake {
    Mistake { name, edits, codes }
}

pub(crate) const MISTAKES: &[Mistake] = &[
    // the text
    mistake(
        "quantity without quotes",
        &[("length = \"80 km\"\nouter", "§length = 80 km\nouter")],
        &["LP0104"],
    ),
    mistake(
        "key twice",
        &[(
            "state = \"running\"",
            "state = \"running\"\n§state = \"closed\"",
        )],
        &["LP0104"],
    ),
    // keys
    mistake(
        "misspelt key",
        &[(
            "roughness = \"12 um\"\nefficiency",
            "roughness = \"12 um\"\n§eficiency",
        )],
        &["LP0105"],
    ),
    mistake(
        "misspelt table",
        &[("[[resistor]]", "[[§resister]]")],
        &["LP0105"],
    ),
    mistake(
        "missing length",
        &[(
            "[[pipe]]\nid = \"east\"\nfrom = \"discharge\"\nto = \"middle\"\nlength = \"80 km\"",
            "§[[pipe]]\nid = \"east\"\nfrom = \"discharge\"\nto = \"middle\"",
        )],
        &["LP0106"],
    ),
    mistake(
        "number where text is expected",
        &[("to = \"suction\"", "to = §17")],
        &["LP0107"],
    ),
    mistake(
        "text where a number is expected",
        &[("opening = 1.0", "opening = §\"open\"")],
        &["LP0107"],
    ),
    mistake(
        "text where a list is expected",
        &[("include = [\"hole\"]", "include = §\"hole\"")],
        &["LP0107"],
    ),
    mistake(
        "one table where many are expected",
        &[("[[resistor]]", "§[resistor]")],
        &["LP0107"],
    ),
    mistake(
        "misspelt word",
        &[("friction = \"hofer\"", "friction = §\"hover\"")],
        &["LP0108"],
    ),
    mistake(
        "unknown word",
        &[("state = \"running\"", "state = §\"sleeping\"")],
        &["LP0108"],
    ),
    // quantities
    mistake(
        "words instead of a number",
        &[("stroke = \"2 min\"", "stroke = §\"two min\"")],
        &["LP0109"],
    ),
    mistake(
        "decimal comma",
        &[("wall = \"12.7 mm\"", "wall = §\"12,7 mm\"")],
        &["LP0109"],
    ),
    mistake(
        "no unit in text",
        &[("checkpoint = \"6 h\"", "checkpoint = §\"6\"")],
        &["LP0110"],
    ),
    mistake(
        "bare number for a quantity",
        &[("cell_length = \"2 km\"", "cell_length = §2000")],
        &["LP0110"],
    ),
    mistake(
        "bare number for a flow",
        &[("flow_max = \"150 kg/s\"", "flow_max = §150")],
        &["LP0110"],
    ),
    mistake(
        "misspelt unit",
        &[("distance = \"30 km\"", "distance = §\"30 kn\"")],
        &["LP0111"],
    ),
    mistake(
        "unknown unit of flow",
        &[("flow = \"6 MSm3/d\"", "flow = §\"6 barrels/d\"")],
        &["LP0111"],
    ),
    mistake(
        "length in bar",
        &[("diameter = \"20 mm\"", "diameter = §\"20 bar\"")],
        &["LP0112"],
    ),
    mistake(
        "flow in metres",
        &[("flow_min = \"10 kg/s\"", "flow_min = §\"10 m\"")],
        &["LP0112"],
    ),
    mistake(
        "plain bar for a pressure",
        &[("pressure = \"75 barg\"", "pressure = §\"75 bar\"")],
        &["LP0113"],
    ),
    mistake(
        "gauge for a difference",
        &[(
            "pressure_loss = \"0.2 bar\"",
            "pressure_loss = §\"0.2 barg\"",
        )],
        &["LP0113"],
    ),
    mistake(
        "opening above one",
        &[("opening = 1.0", "opening = §1.5")],
        &["LP0114"],
    ),
    mistake("zero units", &[("units = 2", "units = §0")], &["LP0114"]),
    mistake(
        "below absolute zero",
        &[(
            "ground_temperature = \"12 degC\"",
            "ground_temperature = §\"-300 degC\"",
        )],
        &["LP0114"],
    ),
    mistake(
        "efficiency in per cent",
        &[("isentropic_efficiency = 0.8", "isentropic_efficiency = §80")],
        &["LP0114"],
    ),
    mistake(
        "date the wrong way round",
        &[("as_of = \"2026-01-01\"", "as_of = §\"01.01.2026\"")],
        &["LP0115"],
    ),
    mistake(
        "instant without offset",
        &[(
            "start = \"2026-01-01T05:00:00Z\"",
            "start = §\"2026-01-01 05:00\"",
        )],
        &["LP0115"],
    ),
    // keys together
    mistake(
        "two diameters",
        &[(
            "inner_diameter = \"580 mm\"",
            "inner_diameter = \"580 mm\"\nouter_diameter = §\"24 in\"\nwall = \"12 mm\"",
        )],
        &["LP0116"],
    ),
    mistake(
        "no diameter",
        &[(
            "[[pipe]]\nid = \"east\"\nfrom = \"discharge\"\nto = \"middle\"\nlength = \"80 km\"\ninner_diameter = \"580 mm\"",
            "§[[pipe]]\nid = \"east\"\nfrom = \"discharge\"\nto = \"middle\"\nlength = \"80 km\"",
        )],
        &["LP0116"],
    ),
    mistake(
        "component twice",
        &[("nitrogen = 0.04", "nitrogen = 0.04, §n2 = 0.04")],
        &["LP0116"],
    ),
    mistake(
        "outer diameter without wall",
        &[(
            "outer_diameter = \"24 in\"\nwall = \"12.7 mm\"",
            "§outer_diameter = \"24 in\"",
        )],
        &["LP0117"],
    ),
    mistake(
        "nothing to set",
        &[(
            "action = \"set\"\nflow = \"5 MSm3/d\"\n",
            "action = §\"set\"\n",
        )],
        &["LP0117"],
    ),
    mistake(
        "break without a place",
        &[(
            "action = \"break\"\ndistance = \"20 km\"",
            "action = §\"break\"",
        )],
        &["LP0117"],
    ),
    mistake(
        "ramp of a trip",
        &[("action = \"trip\"", "action = \"trip\"\nramp = §\"5 min\"")],
        &["LP0118"],
    ),
    mistake(
        "distance of a trip",
        &[(
            "action = \"trip\"",
            "action = \"trip\"\ndistance = §\"5 km\"",
        )],
        &["LP0118"],
    ),
    mistake(
        "one factor too few",
        &[("factor = [0.8, 1.2, 1.0]", "factor = §[0.8, 1.2]")],
        &["LP0119"],
    ),
    mistake(
        "one elevation too few",
        &[(
            "elevation = [\"10 m\", \"60 m\", \"20 m\"]",
            "elevation = §[\"10 m\", \"20 m\"]",
        )],
        &["LP0119"],
    ),
    mistake(
        "mass and volume in a profile",
        &[(
            "factor = [0.8, 1.2, 1.0]",
            "flow = §[\"80 kg/s\", \"6 MSm3/d\", \"70 kg/s\"]",
        )],
        &["LP0120"],
    ),
    mistake(
        "blank in front of an identifier",
        &[("id = \"filter\"", "id = §\" filter\"")],
        &["LP0121"],
    ),
    mistake(
        "empty identifier",
        &[("id = \"gate\"", "id = §\"\"")],
        &["LP0121"],
    ),
    // stages and scenarios
    mistake(
        "unknown default stage",
        &[("default_stage = \"all\"", "default_stage = §\"al\"")],
        &["LP0122"],
    ),
    mistake(
        "unknown default scenario",
        &[(
            "default_scenario = \"day\"",
            "default_scenario = §\"night\"",
        )],
        &["LP0123"],
    ),
    mistake(
        "stage of nothing",
        &[("exclude = [\"hole\"]", "exclude = [§\"hule\"]")],
        &["LP0124"],
    ),
    mistake(
        "two stages of one name",
        &[("name = \"later\"", "name = §\"all\"")],
        &["LP0125"],
    ),
    mistake(
        "set of nothing",
        &[(
            "set = { \"cs.ratio_max\" = 1.5 }",
            "set = { §\"cs2.ratio_max\" = 1.5 }",
        )],
        &["LP0126"],
    ),
    mistake(
        "set of an unknown key",
        &[(
            "set = { \"cs.ratio_max\" = 1.5 }",
            "set = { \"cs.ratio\" = 1.5, §\"cs.max\" = 1 }",
        )],
        &["LP0105"],
    ),
    mistake(
        "set in a stage that is not chosen",
        &[(
            "\"town.flow\" = \"7 MSm3/d\"",
            "\"town.flow\" = §\"7 MSm3\"",
        )],
        &["LP0111"],
    ),
    // what is assumed
    mistake(
        "no discharge coefficient",
        &[(
            "[[leak]]\nid = \"hole\"\npipe = \"east\"\ndistance = \"30 km\"\ndiameter = \"20 mm\"\ndischarge_coefficient = 0.85",
            "§[[leak]]\nid = \"hole\"\npipe = \"east\"\ndistance = \"30 km\"\ndiameter = \"20 mm\"",
        )],
        &["LP0130"],
    ),
    mistake(
        "one elevation missing",
        &[(
            "id = \"city\"\nx = \"11.2 deg\"\ny = \"50.0 deg\"\nelevation = \"30 m\"",
            "id = §\"city\"\nx = \"11.2 deg\"\ny = \"50.0 deg\"",
        )],
        &["LP0131"],
    ),
    // the network
    mistake(
        "identifier twice",
        &[("id = \"regulator\"", "id = §\"gate\"")],
        &["LP0201"],
    ),
    mistake(
        "pipe named like a node",
        &[("id = \"filter\"", "id = §\"city\"")],
        &["LP0201"],
    ),
    mistake(
        "leak in an unknown pipe",
        &[("pipe = \"east\"", "pipe = §\"eats\"")],
        &["LP0203"],
    ),
    mistake(
        "unknown node",
        &[("to = \"suction\"", "to = §\"suctoin\"")],
        &["LP0204"],
    ),
    mistake(
        "supply at an unknown node",
        &[("node = \"field\"", "node = §\"fields\"")],
        &["LP0204"],
    ),
    mistake(
        "resistor from a node to itself",
        &[(
            "[[resistor]]\nid = \"filter\"\nfrom = \"middle\"\nto = \"city\"",
            "[[resistor]]\nid = \"filter\"\nfrom = \"city\"\nto = §\"city\"",
        )],
        &["LP0205"],
    ),
    mistake(
        "roughness in millimetres",
        &[(
            "inner_diameter = \"580 mm\"\nroughness = \"12 um\"",
            "inner_diameter = \"580 mm\"\nroughness = §\"120 mm\"",
        )],
        &["LP0208"],
    ),
    mistake(
        "lowest pressure above the highest",
        &[("pressure_min = \"20 barg\"", "pressure_min = §\"95 barg\"")],
        &["LP0209"],
    ),
    mistake(
        "smallest flow above the largest",
        &[("flow_min = \"10 kg/s\"", "flow_min = §\"20 MSm3/d\"")],
        &["LP0209"],
    ),
    mistake(
        "ratio above the largest",
        &[("ratio_max = 1.6", "ratio_max = 1.6\nratio = §1.7")],
        &["LP0209"],
    ),
    mistake(
        "unknown profile",
        &[("flow_profile = \"shape\"", "flow_profile = §\"shap\"")],
        &["LP0210"],
    ),
    mistake(
        "times that do not increase",
        &[(
            "time = [\"0 h\", \"8 h\", \"16 h\"]",
            "time = §[\"0 h\", \"16 h\", \"8 h\"]",
        )],
        &["LP0211"],
    ),
    mistake(
        "period shorter than the profile",
        &[("period = \"24 h\"", "period = §\"12 h\"")],
        &["LP0211"],
    ),
    mistake(
        "event of nothing",
        &[("element = \"cs\"", "element = §\"cs-1\"")],
        &["LP0213"],
    ),
    mistake(
        "event after the end",
        &[("at = \"2 h\"", "at = §\"30 h\"")],
        &["LP0215"],
    ),
    mistake(
        "event after the end of a scenario that is not chosen",
        &[("at = \"1 h\"", "at = §\"8 h\"")],
        &["LP0215"],
    ),
    mistake(
        "rule that watches nothing",
        &[(
            "when = { element = \"discharge\"",
            "when = §{ element = \"dischrage\"",
        )],
        &["LP0233"],
    ),
    mistake(
        "rule that watches what there is not",
        &[("linepack_below = \"900 t\"", "§power_below = \"9 MW\"")],
        &["LP0234"],
    ),
    mistake(
        "rule that does not pause",
        &[("pause = \"5 min\"", "pause = §\"0 s\"")],
        &["LP0235"],
    ),
    mistake(
        "line-break valve that watches over no time",
        &[(
            "line_break_window = \"45 s\"",
            "line_break_window = §\"0 s\"",
        )],
        &["LP0235"],
    ),
    mistake(
        "two rules of one name",
        &[("name = \"note\"", "name = §\"help\"")],
        &["LP0236"],
    ),
    mistake(
        "rule that asks for what cannot be",
        &[(
            "then = [{ element = \"twin\", action = \"start\" }]",
            "then = §[{ element = \"twin\", action = \"shut\" }]",
        )],
        &["LP0214"],
    ),
    mistake(
        "rule with two levels",
        &[(
            "pressure_below = \"50 barg\" }",
            "pressure_below = \"50 barg\", §pressure_above = \"60 barg\" }",
        )],
        &["LP0116"],
    ),
    mistake(
        "area of something unknown",
        &[("pipes = [\"east\"]", "pipes = §[\"eats\"]")],
        &["LP0237"],
    ),
    mistake(
        "curve of a valve that turns back",
        &[(
            "curve = [[0.3, 0.1], [1.0, 1.0]]",
            "curve = §[[0.3, 0.1], [0.2, 1.0]]",
        )],
        &["LP0238"],
    ),
    mistake(
        "misspelt component",
        &[("nitrogen = 0.04", "§nitrogem = 0.04")],
        &["LP0105"],
    ),
    mistake(
        "missing setting",
        &[("[settings]\nvolume_reference = \"normal\"", "§[settings]")],
        &["LP0106"],
    ),
    mistake(
        "pipe without length",
        &[(
            "length = \"80 km\"\ninner_diameter",
            "length = §\"0 km\"\ninner_diameter",
        )],
        &["LP0206"],
    ),
    mistake(
        "wall that eats the bore",
        &[(
            "outer_diameter = \"24 in\"\nwall = \"12.7 mm\"",
            "outer_diameter = §\"24 in\"\nwall = \"12.7 in\"",
        )],
        &["LP0207"],
    ),
    mistake(
        "bore of a valve below zero",
        &[("diameter = \"500 mm\"", "diameter = §\"-500 mm\"")],
        &["LP0207"],
    ),
    mistake(
        "ratios on a flow",
        &[
            ("flow_profile = \"shape\"", "flow_profile = §\"shape\""),
            ("factor = [0.8, 1.2, 1.0]", "ratio = [1.1, 1.2, 1.0]"),
        ],
        &["LP0212"],
    ),
    mistake(
        "factors on nothing",
        &[(
            "outlet_pressure = \"45 barg\"",
            "inlet_pressure = \"45 barg\"\noutlet_pressure_profile = §\"shape\"",
        )],
        &["LP0212"],
    ),
    mistake(
        "a supply cannot trip",
        &[(
            "element = \"cs\"\naction = \"trip\"",
            "element = \"well\"\naction = §\"trip\"",
        )],
        &["LP0214"],
    ),
    mistake(
        "a pipe has no ratio",
        &[(
            "element = \"cs\"\naction = \"trip\"",
            "element = \"west\"\naction = \"set\"\nratio = §1.2",
        )],
        &["LP0214"],
    ),
    mistake(
        "nothing holds a pressure",
        &[
            ("id = \"field\"", "id = §\"field\""),
            ("pressure = \"75 barg\"", "flow = \"70 kg/s\""),
        ],
        &["LP0216"],
    ),
    mistake(
        "two supplies hold a pressure at one node",
        &[
            ("flow_max = \"12 MSm3/d\"\n", ""),
            (
                "[[off_take]]\nid = \"town\"",
                "[[supply]]\nid = \"well-2\"\nnode = \"field\"\npressure = §\"74 barg\"\n\n[[off_take]]\nid = \"town\"",
            ),
        ],
        &["LP0217"],
    ),
    mistake(
        "regulator without a set-point",
        &[(
            "id = \"regulator\"\nfrom = \"middle\"\nto = \"city\"\noutlet_pressure = \"45 barg\"",
            "id = §\"regulator\"\nfrom = \"middle\"\nto = \"city\"",
        )],
        &["LP0218"],
    ),
    mistake(
        "supply with neither pressure nor flow",
        &[(
            "id = \"well\"\nnode = \"field\"\npressure = \"75 barg\"",
            "id = §\"well\"\nnode = \"field\"",
        )],
        &["LP0218"],
    ),
    mistake(
        "off-take with neither flow nor pressure",
        &[(
            "id = \"town\"\nnode = \"city\"\nflow = \"6 MSm3/d\"\npressure_min = \"40 barg\"\nflow_profile = \"shape\"",
            "id = §\"town\"\nnode = \"city\"\npressure_min = \"40 barg\"",
        )],
        &["LP0218"],
    ),
    mistake(
        "curtailment at no pressure",
        &[("pressure_min = \"40 barg\"\nflow", "curtail = §true\nflow")],
        &["LP0218"],
    ),
    mistake(
        "node out of service",
        &[
            ("id = \"field\"", "id = \"field\"\nstatus = \"planned\""),
            ("from = \"field\"", "from = §\"field\""),
            ("node = \"field\"", "node = §\"field\""),
        ],
        &["LP0219", "LP0219"],
    ),
    mistake(
        "composition that sums to 1.01",
        &[("nitrogen = 0.04", "§nitrogen = 0.05")],
        &["LP0220"],
    ),
    mistake(
        "GERG-2008 without a composition",
        &[
            ("equation = \"gerg2008\"", "equation = §\"gerg2008\""),
            (
                "composition = { methane = 0.9, ethane = 0.06, nitrogen = 0.04 }",
                "pseudo = { molar_mass = \"18 g/mol\" }",
            ),
        ],
        &["LP0221"],
    ),
    mistake(
        "leak beyond the pipe",
        &[("distance = \"30 km\"", "distance = §\"90 km\"")],
        &["LP0222"],
    ),
    mistake(
        "break beyond the pipe",
        &[("distance = \"20 km\"", "distance = §\"90 km\"")],
        &["LP0222"],
    ),
    mistake(
        "capacity at nothing",
        &[("capacity_at = \"town\"", "capacity_at = §\"twon\"")],
        &["LP0223"],
    ),
    mistake(
        "cells of no length",
        &[("cell_length = \"2 km\"", "cell_length = §\"0 km\"")],
        &["LP0224"],
    ),
    mistake(
        "mesh for no tolerance",
        &[("cell_length = \"2 km\"", "mesh_tolerance = §\"0 bar\"")],
        &["LP0224"],
    ),
    mistake(
        "mesh for a pressure above nothing",
        &[("cell_length = \"2 km\"", "mesh_tolerance = §\"0.01 bara\"")],
        &["LP0113"],
    ),
    mistake(
        "power below zero",
        &[("power_max = \"6 MW\"", "power_max = §\"-6 MW\"")],
        &["LP0224"],
    ),
    mistake(
        "drag factor without a bore",
        &[(
            "diameter = \"500 mm\"\ndrag_factor = 0.5",
            "drag_factor = §0.5",
        )],
        &["LP0225"],
    ),
    mistake(
        "negative loss",
        &[(
            "pressure_loss = \"0.2 bar\"",
            "pressure_loss = §\"-0.2 bar\"",
        )],
        &["LP0225"],
    ),
    mistake(
        "negative load",
        &[("flow = \"6 MSm3/d\"", "flow = §\"-6 MSm3/d\"")],
        &["LP0226"],
    ),
    mistake(
        "off-take with flow and pressure",
        &[(
            "pressure_min = \"40 barg\"\nflow",
            "pressure = §\"45 barg\"\nflow",
        )],
        &["LP0227"],
    ),
    mistake(
        "elevation profile longer than the pipe",
        &[("\"40 km\", \"80 km\"]", "\"40 km\", \"90 km\"§]")],
        &["LP0228"],
    ),
    mistake(
        "elevation in the wrong unit",
        &[
            ("elevation = \"40 m\"", "elevation = \"90 km\""),
            (
                "length = \"80 km\"\ninner_diameter",
                "length = §\"80 km\"\ninner_diameter",
            ),
        ],
        &["LP0229"],
    ),
    mistake(
        "no time between rows",
        &[(
            "output_interval = \"15 min\"",
            "output_interval = §\"0 min\"",
        )],
        &["LP0230"],
    ),
    mistake(
        "mesh of a hundred million cells",
        &[("cell_length = \"2 km\"", "cell_length = §\"1 mm\"")],
        &["LP0231"],
    ),
    // oddities
    mistake(
        "composition that sums to 1.00005",
        &[("nitrogen = 0.04", "§nitrogen = 0.04005")],
        &["LP0301"],
    ),
    mistake(
        "load ten times too large",
        &[
            ("outer_diameter = \"24 in\"", "outer_diameter = §\"24 in\""),
            (
                "inner_diameter = \"580 mm\"",
                "inner_diameter = §\"580 mm\"",
            ),
            ("flow = \"6 MSm3/d\"", "flow = \"60 MSm3/d\""),
        ],
        &["LP0302", "LP0302"],
    ),
    mistake(
        "load a hundred times too large",
        &[
            ("outer_diameter = \"24 in\"", "outer_diameter = §\"24 in\""),
            (
                "inner_diameter = \"580 mm\"",
                "inner_diameter = §\"580 mm\"",
            ),
            (
                "node = \"city\"\nflow = \"6 MSm3/d\"",
                "node = \"middle\"\nflow = §\"600 MSm3/d\"",
            ),
        ],
        &["LP0302", "LP0302", "LP0303"],
    ),
    mistake(
        "ratio of three in one station",
        &[
            (
                "suction_pressure = \"40 barg\"",
                "suction_pressure = \"20 barg\"",
            ),
            ("{ \"cs.ratio_max\" = 1.5 }", "{ \"cs.ratio_max\" = §3.0 }"),
        ],
        &["LP0304"],
    ),
    mistake(
        "bore of six metres",
        &[(
            "inner_diameter = \"580 mm\"",
            "inner_diameter = §\"5800 mm\"",
        )],
        &["LP0305"],
    ),
    mistake(
        "roughness of 12 mm",
        &[(
            "inner_diameter = \"580 mm\"\nroughness = \"12 um\"",
            "inner_diameter = \"580 mm\"\nroughness = §\"12 mm\"",
        )],
        &["LP0306"],
    ),
    mistake(
        "boiling ground",
        &[(
            "ground_temperature = \"12 degC\"",
            "ground_temperature = §\"120 degC\"",
        )],
        &["LP0307"],
    ),
    mistake(
        "set-point above the pipe's maximum",
        &[("pressure = \"75 barg\"", "pressure = §\"85 barg\"")],
        &["LP0308"],
    ),
    mistake(
        "outlet hardly above the atmosphere",
        &[(
            "outlet_pressure = \"45 barg\"",
            "outlet_pressure = §\"0.2 barg\"",
        )],
        &["LP0309"],
    ),
    mistake(
        "mountain of 30 km",
        &[(
            "elevation = [\"10 m\", \"60 m\", \"20 m\"]",
            "elevation = [\"10 m\", §\"30 km\", \"20 m\"]",
        )],
        &["LP0310"],
    ),
    mistake(
        "shorter than the straight line",
        &[
            ("x = \"9.0 deg\"", "x = \"7.0 deg\""),
            (
                "length = \"80 km\"\nouter_diameter",
                "length = §\"80 km\"\nouter_diameter",
            ),
        ],
        &["LP0311"],
    ),
    mistake(
        "node that nothing touches",
        &[(
            "[[pipe]]\nid = \"west\"",
            "[[node]]\nid = §\"lost\"\nelevation = \"0 m\"\n\n[[pipe]]\nid = \"west\"",
        )],
        &["LP0312"],
    ),
    mistake(
        "pipe of 8000 km",
        &[(
            "length = \"80 km\"\nouter_diameter",
            "length = §\"8000 km\"\nouter_diameter",
        )],
        &["LP0314"],
    ),
    mistake(
        "pipe of low efficiency",
        &[("efficiency = 0.95", "efficiency = §0.5")],
        &["LP0315"],
    ),
    mistake(
        "step at the end of an elevation profile",
        &[(
            "elevation = [\"10 m\", \"60 m\", \"20 m\"]",
            "elevation = [\"10 m\", \"60 m\", §\"60 m\"]",
        )],
        &["LP0316"],
    ),
    mistake(
        "event of an element that takes no part",
        &[
            ("include = [\"hole\"]", "include = []"),
            ("open = false", "open = false\nstatus = \"planned\""),
            (
                "element = \"cs\"\naction = \"trip\"",
                "element = §\"hole\"\naction = \"open\"",
            ),
        ],
        &["LP0317"],
    ),
    mistake(
        "supply with pressure and flow",
        &[(
            "pressure = \"75 barg\"",
            "pressure = \"75 barg\"\nflow = §\"60 kg/s\"",
        )],
        &["LP0318"],
    ),
    // machines and decisions
    mistake(
        "coefficient left out",
        &[(
            "surge_line = [-15.0, 40.0, 0.0]",
            "surge_line = §[-15.0, 40.0]",
        )],
        &["LP0119"],
    ),
    mistake(
        "pair of three",
        &[("[2000.0, 5680.0]]", "§[2000.0, 5680.0, 1.0]]")],
        &["LP0119"],
    ),
    mistake(
        "two laws of power",
        &[(
            "power = [0.0, 1.5, 0.0]",
            "power = [0.0, 1.5, 0.0]\n§power_in_air = [0.0, 1.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]",
        )],
        &["LP0116"],
    ),
    mistake(
        "unknown kind of drive",
        &[("kind = \"gas_turbine\"", "kind = §\"steam_engine\"")],
        &["LP0108"],
    ),
    mistake(
        "compressor without a map",
        &[
            (
                "[compressor_station.compressor.turbo]\nhead",
                "[compressor_station.compressor.turbo]\n§lift",
            ),
            (
                "[compressor_station.compressor.turbo]",
                "[§compressor_station.compressor.turbo]",
            ),
        ],
        &["LP0105", "LP0106"],
    ),
    mistake(
        "compressor on an unknown drive",
        &[(
            "[[compressor_station.compressor]]\nid = \"C1\"\ndrive = \"D1\"",
            "[[§compressor_station.compressor]]\nid = \"C1\"\ndrive = \"D2\"",
        )],
        &["LP0232"],
    ),
    mistake(
        "configuration of an unknown compressor",
        &[(
            "[[compressor_station.configurations]]\nid = \"single\"\nstages = [[\"C1\"]]",
            "[[§compressor_station.configurations]]\nid = \"single\"\nstages = [[{ compressor = \"C2\" }]]",
        )],
        &["LP0232"],
    ),
    mistake(
        "unknown configuration",
        &[("configuration = \"single\"", "configuration = §\"double\"")],
        &["LP0232"],
    ),
    mistake(
        "speeds the wrong way round",
        &[
            (
                "[[compressor_station.compressor]]",
                "[[§compressor_station.compressor]]",
            ),
            ("speed_max = 6500.0", "speed_max = 2500.0"),
        ],
        &["LP0225"],
    ),
    mistake(
        "decision for an unknown element",
        &[("element = \"gate\"", "element = §\"gates\"")],
        &["LP0136"],
    ),
    mistake(
        "unknown decision",
        &[("taken = \"straight\"", "taken = §\"strait\"")],
        &["LP0136"],
    ),
    mistake(
        "two decisions of one name",
        &[(
            "switch = [{ element = \"gate\", open = true }]",
            "switch = [{ element = \"gate\", open = true }]\n\n[[decision_group.decision]]\nid = §\"straight\"\nswitch = []",
        )],
        &["LP0125"],
    ),
];
