use super::{Screen, Table};
use linepack_results::StageResult;

/// The heading, with the units.
pub(super) fn heading(screen: &Screen<'_>) -> String {
    let unit = screen.shown.flow_unit;
    format!("What each stage can deliver (steady; {unit}, bara)")
}

/// Stages of the build-out: what each delivers, with what, and the most it could.
pub(super) fn text(screen: &Screen<'_>) -> String {
    if screen.stages.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["", "delivers", "lowest", "MW", "fuel", "capacity", "at"]);
    for stage in screen.stages {
        table.row(row(screen, stage));
        let why = if stage.solved {
            &stage.limited_by
        } else {
            &stage.message
        };
        if !why.is_empty() {
            let what = if stage.solved {
                "capacity limited by"
            } else {
                "not solved:"
            };
            table.note(format!("{what} {why}"));
        }
    }
    table.lines()
}

fn row(screen: &Screen<'_>, stage: &StageResult) -> [String; 7] {
    let shown = &screen.shown;
    if !stage.solved {
        return [&stage.stage, "-", "-", "-", "-", "-", "-"].map(Into::into);
    }
    let delivered: f64 = stage.deliveries.iter().map(|d| d.1).sum();
    let lowest = stage
        .deliveries
        .iter()
        .map(|d| d.2)
        .fold(f64::INFINITY, f64::min);
    let power: f64 = stage
        .stations
        .iter()
        .map(|s| s.1)
        .filter(|w| w.is_finite())
        .sum();
    let fuel: f64 = stage
        .stations
        .iter()
        .map(|s| s.2)
        .filter(|q| q.is_finite())
        .sum();
    let (place, capacity) = stage
        .capacity
        .as_ref()
        .map_or(("-", f64::NAN), |c| (&c.0, c.1));
    [
        stage.stage.clone(),
        shown.flow(delivered),
        shown.pressure(lowest),
        shown.power(power),
        shown.flow(fuel),
        shown.flow(capacity),
        place.into(),
    ]
}
