use super::Screen;
use crate::shown::{duration, number};

/// Errors of pressures: of time steps, of the mesh, and what further runs measured.
pub(super) fn text(screen: &Screen<'_>) -> String {
    let a = &screen.solution.accuracy;
    if !screen.is_run() && a.measured.is_none() {
        return String::new();
    }
    let mut lines = Vec::new();
    if screen.is_run() {
        let (error, tolerance) = (bar(a.step_error_pa), bar(a.step_tolerance_pa));
        lines.push((
            "Time steps",
            format!("at most {error} each (tolerance {tolerance})"),
        ));
    }
    let mesh = match a.mesh_tolerance_pa {
        Some(tolerance) => format!("chosen for {}", bar(tolerance)),
        None => format!(
            "cells of at most {} km",
            screen.case.settings.cell_length_m / 1e3
        ),
    };
    lines.push(("Mesh", mesh));
    lines.push(match &a.measured {
        Some(m) => {
            let steps = m
                .time_pa
                .map(|e| format!("time steps {}, ", bar(e)))
                .unwrap_or_default();
            let (both, mesh) = (bar(m.both_pa), bar(m.mesh_pa));
            let when = duration(m.time_s);
            (
                "In all",
                format!("{both} at {} after {when} ({steps}mesh {mesh})", m.node),
            )
        }
        None => ("In all", "not measured; --verify does".to_owned()),
    });
    lines
        .iter()
        .map(|(label, words)| format!("  {label:<12}{words}\n"))
        .collect()
}

/// A difference of pressures with two significant digits: an error is not known better.
fn bar(pa: f64) -> String {
    let bar = pa / 1e5;
    if bar < 1e-9 {
        return "0 bar".to_owned();
    }
    let digits = (1.0 - bar.log10().floor()).max(0.0);
    format!("{} bar", number(bar, digits as usize))
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn two_digits() {
        for (pa, words) in [
            (2640.0, "0.026 bar"),
            (1000.0, "0.010 bar"),
            (1.5e6, "15 bar"),
            (0.0, "0 bar"),
        ] {
            assert_eq!(bar(pa), words);
        }
    }
}
