//! Writing a case as a native case file.

use super::choice::Named;
use super::decision;
use super::heat;
use super::member::{flow, number, quantity, text};
use super::operation;
use super::quality;
use super::schema::{Element, element_schema, friction_text};
use linepack_gas::{
    COMPONENTS, Composition, EquationOfState, GasSpec, PseudoGas, Substance, Viscosity,
};
use linepack_network::{
    Action, Case, Event, InitialState, Profile, ProfileValues, Rule, Scenario, SetPoint, Settings,
    StageInfo, Status,
};
use linepack_units::Dimension;
use std::fmt::Write;

/// A case as the text of a `case.toml`, which reads back as the same case.
///
/// Quantities are written in SI with all their digits. The stage that was chosen names the elements
/// that take part against their status, or do not (without a stage, and where there are such, a
/// stage `chosen` is made); of the other stages and scenarios a case knows little more than names.
pub fn write(case: &Case) -> String {
    let mut out = String::new();
    head(case, &mut out);
    settings(&case.settings, &mut out);
    gas(&case.gas, &mut out);
    let network = &case.network;
    elements(&network.nodes, &mut out);
    elements(&network.pipes, &mut out);
    elements(&network.short_pipes, &mut out);
    elements(&network.resistors, &mut out);
    elements(&network.valves, &mut out);
    elements(&network.check_valves, &mut out);
    elements(&network.control_valves, &mut out);
    elements(&network.compressor_stations, &mut out);
    elements(&network.supplies, &mut out);
    elements(&network.off_takes, &mut out);
    elements(&network.leaks, &mut out);
    for area in &network.areas {
        table("[[area]]", operation::write_area(area), &mut out);
    }
    for group in &network.decision_groups {
        table("[[decision_group]]", decision::write(group), &mut out);
    }
    for gas in &case.gases {
        table("[[supply_gas]]", quality::write_gas(gas), &mut out);
    }
    for profile in &case.gas_profiles {
        table("[[gas_profile]]", quality::write_profile(profile), &mut out);
    }
    for limits in &case.quality_limits {
        table(
            "[[quality_limits]]",
            quality::write_limits(limits),
            &mut out,
        );
    }
    for ground in &case.grounds {
        table("[[ground]]", heat::write_ground(ground), &mut out);
    }
    case.profiles.iter().for_each(|p| profile(p, &mut out));
    stages(case, &mut out);
    scenario(&case.scenario, &mut out);
    out
}

type Lines = Vec<(&'static str, String)>;

fn table(head: &str, lines: Lines, out: &mut String) {
    let _ = writeln!(out, "{}{head}", if out.is_empty() { "" } else { "\n" });
    for (key, value) in lines {
        let _ = writeln!(out, "{key} = {value}");
    }
}

fn head(case: &Case, out: &mut String) {
    let mut lines = vec![("title", text(&case.title))];
    if !case.description.is_empty() {
        lines.push(("description", text(&case.description)));
    }
    let (include, exclude) = exceptions(case);
    let made = (include.len() + exclude.len() > 0).then_some("chosen");
    if let Some(stage) = case.stage.as_deref().or(made) {
        lines.push(("default_stage", text(stage)));
    }
    lines.push(("default_scenario", text(&case.scenario.name)));
    table("[case]", lines, out);
}

fn settings(settings: &Settings, out: &mut String) {
    let (k, pa) = (
        settings.volume_reference.temperature_k,
        settings.volume_reference.pressure_pa,
    );
    let kelvin = |k| quantity(k, Dimension::Temperature);
    let reference = match settings.volume_reference.name() {
        Some(name) => text(name),
        None => format!(
            "{{ temperature = {}, pressure = {} }}",
            kelvin(k),
            quantity(pa, Dimension::Pressure)
        ),
    };
    let basis = if settings.heating_basis.gross {
        "gross"
    } else {
        "net"
    };
    let combustion = kelvin(settings.heating_basis.combustion_temperature_k);
    let terms = settings.terms;
    let terms = format!(
        "{{ inertia = {}, kinetic = {}, gravity = {} }}",
        terms.inertia, terms.kinetic, terms.gravity
    );
    let mut lines = vec![
        ("volume_reference", reference),
        (
            "heating",
            format!(
                "{{ basis = {}, combustion_temperature = {combustion} }}",
                text(basis)
            ),
        ),
        (
            "atmospheric_pressure",
            quantity(settings.atmospheric_pressure_pa, Dimension::Pressure),
        ),
        ("ground_temperature", kelvin(settings.ground_temperature_k)),
        ("friction", friction_text(&settings.friction)),
        (
            "cell_length",
            quantity(settings.cell_length_m, Dimension::Length),
        ),
        (
            "pressure_tolerance",
            quantity(
                settings.pressure_tolerance_pa,
                Dimension::PressureDifference,
            ),
        ),
        ("step_max", quantity(settings.step_max_s, Dimension::Time)),
        (
            "checkpoint",
            quantity(settings.checkpoint_s, Dimension::Time),
        ),
        ("terms", terms),
    ];
    if settings.waves {
        lines.push(("waves", "true".to_owned()));
    }
    lines.extend(heat::write_settings(&settings.heat));
    lines.extend(quality::write_settings(&settings.quality));
    if let Some(tolerance_pa) = settings.mesh_tolerance_pa {
        let tolerance = quantity(tolerance_pa, Dimension::PressureDifference);
        lines.push(("mesh_tolerance", tolerance));
    }
    table("[settings]", lines, out);
}

fn gas(gas: &GasSpec, out: &mut String) {
    table("[gas]", gas_lines(gas), out);
}

/// The lines of a gas.
pub(super) fn gas_lines(gas: &GasSpec) -> Lines {
    let equation = match gas.equation {
        EquationOfState::Constant { z } => format!("{{ constant = {} }}", number(z)),
        EquationOfState::Linear { z, per_pa } => format!(
            "{{ constant = {}, per_pa = {} }}",
            number(z),
            number(per_pa)
        ),
        other => text(other.name().unwrap_or("gerg2008")),
    };
    let viscosity = match gas.viscosity {
        Viscosity::Constant { pa_s } => quantity(pa_s, Dimension::Viscosity),
        other => text(other.name().unwrap_or("lee_gonzalez_eakin")),
    };
    let substance = match &gas.substance {
        Substance::Mixture(mixture) => ("composition", composition(mixture)),
        Substance::Pseudo(pseudo) => ("pseudo", pseudo_text(pseudo)),
    };
    vec![("equation", equation), ("viscosity", viscosity), substance]
}

fn composition(mixture: &Composition) -> String {
    let fractions = COMPONENTS.iter().zip(mixture.mole_fractions);
    let fractions = fractions.filter(|(_, x)| *x != 0.0);
    let fractions = fractions.map(|(c, x)| format!("{} = {}", c.name, number(x)));
    format!("{{ {} }}", fractions.collect::<Vec<_>>().join(", "))
}

fn pseudo_text(pseudo: &PseudoGas) -> String {
    let members = [
        (
            "molar_mass",
            Some(pseudo.molar_mass_kg_per_mol),
            Dimension::MolarMass,
        ),
        (
            "critical_temperature",
            pseudo.critical_temperature_k,
            Dimension::Temperature,
        ),
        (
            "critical_pressure",
            pseudo.critical_pressure_pa,
            Dimension::Pressure,
        ),
        (
            "gross_heating_value",
            pseudo.gross_heating_value_j_per_kg,
            Dimension::SpecificEnergy,
        ),
        (
            "net_heating_value",
            pseudo.net_heating_value_j_per_kg,
            Dimension::SpecificEnergy,
        ),
    ];
    let stated = members.into_iter().filter_map(|(key, value, dimension)| {
        Some(format!("{key} = {}", quantity(value?, dimension)))
    });
    let stated = stated.collect::<Vec<_>>().join(", ");
    format!(
        "{{ {stated}, isentropic_exponent = {} }}",
        number(pseudo.isentropic_exponent)
    )
}

fn elements<E: Element>(elements: &[E], out: &mut String) {
    for element in elements {
        table(
            &format!("[[{}]]", element_schema(E::KIND).key),
            element.write(),
            out,
        );
    }
}

fn profile(profile: &Profile, out: &mut String) {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let quantities = |values: &[f64], d| list(values.iter().map(|v| quantity(*v, d)).collect());
    let plain = || list(profile.values.iter().map(|v| number(*v)).collect());
    let values = match profile.values_are {
        ProfileValues::Factor => ("factor", plain()),
        ProfileValues::Ratio => ("ratio", plain()),
        ProfileValues::Pressure => ("pressure", quantities(&profile.values, Dimension::Pressure)),
        ProfileValues::Temperature => {
            let kelvin = quantities(&profile.values, Dimension::Temperature);
            ("temperature", kelvin)
        }
        ProfileValues::Flow(one) => (
            "flow",
            list(
                profile
                    .values
                    .iter()
                    .map(|v| flow(one.scaled(*v)))
                    .collect(),
            ),
        ),
    };
    let mut lines = vec![
        ("id", text(&profile.id)),
        (
            "interpolation",
            text(profile.interpolation.name().unwrap_or("linear")),
        ),
        ("time", quantities(&profile.time_s, Dimension::Time)),
        values,
    ];
    lines.extend(
        profile
            .period_s
            .map(|s| ("period", quantity(s, Dimension::Time))),
    );
    table("[[profile]]", lines, out);
}

/// The stages; the chosen one says who takes part where the status does not.
fn stages(case: &Case, out: &mut String) {
    let (include, exclude) = exceptions(case);
    let made = StageInfo {
        name: "chosen".into(),
        title: "As chosen".into(),
        capacity_at: None,
    };
    let made = (case.stage.is_none() && include.len() + exclude.len() > 0).then_some(&made);
    for stage in case.stages.iter().chain(made) {
        let mut lines = vec![("name", text(&stage.name)), ("title", text(&stage.title))];
        lines.extend(
            stage
                .capacity_at
                .as_ref()
                .map(|id| ("capacity_at", text(id))),
        );
        let chosen = case.stage.as_deref().unwrap_or("chosen") == stage.name;
        for (key, ids) in [("include", &include), ("exclude", &exclude)] {
            if chosen && !ids.is_empty() {
                lines.push((key, format!("[{}]", ids.join(", "))));
            }
        }
        table("[[stage]]", lines, out);
    }
}

/// Elements in service that are not complete, and complete ones that are not in service.
fn exceptions(case: &Case) -> (Vec<String>, Vec<String>) {
    let (mut include, mut exclude) = (Vec::new(), Vec::new());
    case.network.for_each_header(|_, _, header| {
        match (header.in_service, header.status == Status::Complete) {
            (true, false) => include.push(text(&header.id)),
            (false, true) => exclude.push(text(&header.id)),
            _ => {}
        }
    });
    (include, exclude)
}

fn scenario(scenario: &Scenario, out: &mut String) {
    let initial = match scenario.initial {
        InitialState::Steady => text("steady"),
        InitialState::AtRest { pressure_pa } => {
            format!(
                "{{ at_rest = {} }}",
                quantity(pressure_pa, Dimension::Pressure)
            )
        }
    };
    let lines = vec![
        ("name", text(&scenario.name)),
        ("title", text(&scenario.title)),
        ("start", text(&scenario.start.to_string())),
        ("duration", quantity(scenario.duration_s, Dimension::Time)),
        (
            "output_interval",
            quantity(scenario.output_interval_s, Dimension::Time),
        ),
        ("initial", initial),
    ];
    table("[[scenario]]", lines, out);
    scenario.events.iter().for_each(|e| event(e, out));
    scenario.rules.iter().for_each(|r| rule(r, out));
    for interlock in &scenario.interlocks {
        let lines = operation::write_interlock(interlock);
        table("[[scenario.interlock]]", lines, out);
    }
}

fn event(event: &Event, out: &mut String) {
    let mut lines = vec![
        ("at", quantity(event.at_s, Dimension::Time)),
        ("element", text(&event.element)),
    ];
    lines.extend(action(&event.action));
    table("[[scenario.event]]", lines, out);
}

fn rule(rule: &Rule, out: &mut String) {
    let (lines, commands) = operation::write_rule(rule);
    table("[[scenario.rule]]", lines, out);
    for command in commands {
        table("[[scenario.rule.then]]", command, out);
    }
}

/// The lines of an action.
pub(super) fn action(action: &Action) -> Lines {
    let word = match action {
        Action::Open => "open",
        Action::Close => "close",
        Action::Trip => "trip",
        Action::Start => "start",
        Action::Shut => "shut",
        Action::Break { .. } => "break",
        Action::Gas { .. } => "gas",
        Action::Batch { .. } => "batch",
        _ => "set",
    };
    let mut lines = vec![("action", text(word))];
    match action {
        Action::Break { distance_m } => {
            lines.push(("distance", quantity(*distance_m, Dimension::Length)))
        }
        Action::Set { set_point, ramp_s } => {
            lines.extend(set_point_line(set_point));
            lines.push(("ramp", quantity(*ramp_s, Dimension::Time)));
        }
        Action::Gas { name } => lines.push(("gas", text(name))),
        Action::Batch { name } => lines.push(("batch", text(name))),
        _ => {}
    }
    lines
}

fn set_point_line(set_point: &SetPoint) -> Option<(&'static str, String)> {
    Some(match *set_point {
        SetPoint::Pressure(p) => ("pressure", quantity(p, Dimension::Pressure)),
        SetPoint::SuctionPressure(p) => ("suction_pressure", quantity(p, Dimension::Pressure)),
        SetPoint::Flow(rate) => ("flow", flow(rate)),
        SetPoint::Ratio(ratio) => ("ratio", number(ratio)),
        SetPoint::Power(w) => ("power", quantity(w, Dimension::Power)),
        SetPoint::Opening(opening) => ("opening", number(opening)),
        SetPoint::Temperature(k) => ("temperature", quantity(k, Dimension::Temperature)),
        _ => return None,
    })
}
