//! When the network as a whole is right or wrong: islands, pressures held twice, limits.

use linepack_formats::{Selection, read_str};

/// Two nodes, something between them, and what is at them.
fn codes(between: &str, at: &str, scenario: &str) -> Vec<&'static str> {
    let text = format!(
        r#"
        [case]
        title = "Two nodes"
        [settings]
        volume_reference = "iso_standard"
        ground_temperature = "15 degC"
        [gas]
        composition = {{ methane = 1.0 }}
        [[node]]
        id = "a"
        [[node]]
        id = "b"
        {between}
        {at}
        {scenario}
        "#
    );
    let found = match read_str("case.toml", &text, &Selection::default()) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    };
    found.iter().map(|d| d.code).collect()
}

const PIPE: &str = r#"
    [[pipe]]
    id = "pipe"
    from = "a"
    to = "b"
    length = "50 km"
    inner_diameter = "0.5 m"
    roughness = "12 um"
"#;
const SHORT: &str = "[[short_pipe]]\nid = \"short\"\nfrom = \"a\"\nto = \"b\"\n";

fn valve(more: &str) -> String {
    format!("[[valve]]\nid = \"valve\"\nfrom = \"a\"\nto = \"b\"\n{more}\n")
}

fn supply(node: &str, how: &str) -> String {
    format!("[[supply]]\nid = \"from {node}\"\nnode = \"{node}\"\n{how}\n")
}

fn off_take(node: &str, how: &str) -> String {
    format!("[[off_take]]\nid = \"to {node}\"\nnode = \"{node}\"\n{how}\n")
}

const HELD: &str = "pressure = \"60 barg\"";
const TAKEN: &str = "flow = \"10 kg/s\"";

#[test]
fn a_supply_that_holds_a_pressure_is_enough() {
    let ends = supply("a", HELD) + &off_take("b", TAKEN);
    assert_eq!(codes(PIPE, &ends, ""), [""; 0]);
}

#[test]
fn so_is_an_off_take_that_does() {
    let ends = supply("a", TAKEN) + &off_take("b", HELD);
    assert_eq!(codes(PIPE, &ends, ""), [""; 0]);
}

#[test]
fn flows_alone_leave_the_pressure_open() {
    let ends = supply("a", TAKEN) + &off_take("b", TAKEN);
    assert_eq!(codes(PIPE, &ends, ""), ["LP0216"]);
}

#[test]
fn a_bound_on_one_side_closes_it() {
    let backs_off = supply("a", &format!("{TAKEN}\npressure_max = \"70 barg\""));
    assert_eq!(
        codes(PIPE, &(backs_off + &off_take("b", TAKEN)), ""),
        [""; 0]
    );
    let curtails = off_take(
        "b",
        &format!("{TAKEN}\npressure_min = \"30 barg\"\ncurtail = true"),
    );
    assert_eq!(codes(PIPE, &(supply("a", TAKEN) + &curtails), ""), [""; 0]);
}

#[test]
fn gas_at_rest_at_a_pressure_needs_nothing_that_holds_one() {
    let scenario =
        "[[scenario]]\nname = \"s\"\nduration = \"1 h\"\ninitial = { at_rest = \"50 barg\" }\n";
    let ends = supply("a", TAKEN) + &off_take("b", TAKEN);
    assert_eq!(codes(PIPE, &ends, scenario), [""; 0]);
}

#[test]
fn a_load_on_a_node_of_its_own_is_an_island() {
    let ends = supply("a", HELD) + &off_take("b", TAKEN);
    assert_eq!(codes("", &ends, ""), ["LP0216"]);
}

#[test]
fn two_pressures_with_nothing_between_them() {
    let held_twice = supply("a", HELD) + &off_take("b", "pressure = \"50 barg\"");
    for joined in [SHORT, &valve(""), &valve("opening = 0.5")] {
        assert_eq!(codes(joined, &held_twice, ""), ["LP0217"], "{joined}");
    }
}

#[test]
fn two_pressures_with_something_between_them() {
    let held_twice = supply("a", HELD) + &off_take("b", "pressure = \"50 barg\"");
    for joined in [
        PIPE,
        &valve("opening = 0.0"),
        &valve("diameter = \"0.5 m\"\ndrag_factor = 1.0"),
    ] {
        assert_eq!(codes(joined, &held_twice, ""), [""; 0], "{joined}");
    }
}

#[test]
fn a_limit_of_flow_makes_room_for_a_second_pressure() {
    let limited = supply("a", &format!("{HELD}\nflow_max = \"5 kg/s\"")) + &supply("b", HELD);
    assert_eq!(codes(SHORT, &limited, ""), [""; 0]);
}

#[test]
fn a_hostile_name_is_shown_safely() {
    let name = "\\u001b[31mé".repeat(5000);
    let text = format!("[[pipe]]\nid = \"p\"\nto = \"{name}\"\nstatus = \"{name}\"\n");
    let Err(list) = read_str("case.toml", &text, &Selection::default()) else {
        unreachable!("the text is no case")
    };
    for diagnostic in list {
        let shown = diagnostic.to_string();
        assert!(
            !shown.contains('\u{1b}'),
            "an escape sequence would colour the terminal"
        );
        assert!(shown.chars().count() < 2000, "{shown}");
    }
}

#[test]
fn a_long_line_is_shown_in_part() {
    let text = format!(
        "[case]\ntitle = \"{}\"\nodd = 1\nnote = {}\n",
        "y".repeat(5000),
        "[".repeat(500)
    );
    let Err(list) = read_str("case.toml", &text, &Selection::default()) else {
        unreachable!("the text is no case")
    };
    for diagnostic in list {
        let shown = diagnostic.to_string();
        assert!(
            shown.lines().skip(2).all(|l| l.chars().count() < 400),
            "{shown}"
        );
    }
}

#[test]
fn a_lowest_pressure_at_the_atmosphere_is_no_odd_one() {
    let at = supply("a", HELD) + &off_take("b", TAKEN);
    let valve = |keys: &str| {
        format!("[[control_valve]]\nid = \"valve\"\nfrom = \"a\"\nto = \"b\"\n{keys}\n")
    };
    let low = valve("outlet_pressure = \"40 barg\"\ninlet_pressure = \"0 barg\"");
    assert_eq!(codes(&low, &at, ""), [""; 0]);
    let odd = valve("outlet_pressure = \"0 barg\"");
    assert_eq!(codes(&odd, &at, ""), ["LP0309"]);
}
