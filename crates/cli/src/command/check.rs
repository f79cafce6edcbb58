use crate::args::Check;
use crate::console::{Console, count, diagnostics_document};
use crate::failure::Exit;
use linepack_formats::{Diagnostic, Selection, Severity};
use linepack_network::Case;

/// Lists everything wrong with a case.
pub(super) fn check(args: &Check, console: &Console) -> Exit {
    let read = linepack_formats::read(&args.case, &Selection::from(&args.selecting));
    let (case, diagnostics) = match read {
        Ok(loaded) => (Some(loaded.case), loaded.warnings),
        Err(diagnostics) => (None, diagnostics),
    };
    diagnostics.iter().for_each(|d| console.diagnostic(d));
    if console.json {
        console.document(&diagnostics_document(&diagnostics));
    } else if console.for_people() {
        console.data(&verdict(case.as_ref(), &diagnostics));
    }
    let wrong = diagnostics.iter().any(|d| d.severity == Severity::Error);
    if wrong { Exit::Invalid } else { Exit::Done }
}

fn verdict(case: Option<&Case>, diagnostics: &[Diagnostic]) -> String {
    let Some(case) = case else {
        return format!("{}\n", count(diagnostics));
    };
    let stage = case
        .stage
        .as_ref()
        .map_or(String::new(), |s| format!(", stage {s}"));
    let n = &case.network;
    format!(
        "{}{stage}, scenario {}: {} nodes, {} pipes, {} stations, {} supplies, {} off-takes\n{}\n",
        case.id,
        case.scenario.name,
        n.nodes.len(),
        n.pipes.len(),
        n.compressor_stations.len(),
        n.supplies.len(),
        n.off_takes.len(),
        count(diagnostics),
    )
}
