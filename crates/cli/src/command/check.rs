use crate::args::Check;
use crate::console::{Console, count, diagnostics_document};
use crate::failure::Exit;
use crate::input;
use linepack_formats::{Diagnostic, Loaded, Selection, Severity};
use linepack_network::Case;
use serde_json::{Value, json};

/// Lists everything wrong with a case.
pub(super) fn check(args: &Check, console: &Console) -> Exit {
    let read = linepack_formats::read(&args.case, &Selection::from(&args.selecting));
    let (loaded, diagnostics) = match read {
        Ok(mut loaded) => {
            let warnings = std::mem::take(&mut loaded.warnings);
            (Some(loaded), warnings)
        }
        Err(diagnostics) => (None, diagnostics),
    };
    diagnostics.iter().for_each(|d| console.diagnostic(d));
    if let Some(loaded) = &loaded {
        input::import_log(loaded, console);
    }
    if console.json {
        console.document(&document(loaded.as_ref(), &diagnostics));
    } else if console.for_people() {
        console.data(&verdict(loaded.as_ref().map(|l| &l.case), &diagnostics));
    }
    let wrong = diagnostics.iter().any(|d| d.severity == Severity::Error);
    if wrong { Exit::Invalid } else { Exit::Done }
}

/// The diagnostics, and for a case that can be used its format and what was assumed of it.
fn document(loaded: Option<&Loaded>, diagnostics: &[Diagnostic]) -> Value {
    let mut document = diagnostics_document(diagnostics);
    if let Some(loaded) = loaded {
        document["format"] = json!(loaded.format);
        document["import"] = json!(loaded.notes);
    }
    document
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
