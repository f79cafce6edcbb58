use crate::args::Explain;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::screen::wrapped;
use serde_json::json;

/// Tells the longer story of a code.
pub(super) fn explain(args: &Explain, console: &Console) -> Result<Exit, Failure> {
    let wanted = args.code.trim().to_uppercase();
    let Some((code, title, story)) = linepack_formats::codes().iter().find(|c| c.0 == wanted)
    else {
        let message = format!("no code is named {}", args.code);
        return Err(Failure::usage(message, Some(nearest(&wanted))));
    };
    if console.json {
        console.document(&json!({ "code": code, "title": title, "text": story }));
    } else {
        let paragraphs: Vec<String> = story.split("\n\n").map(|p| wrapped(p, 0)).collect();
        console.data(&format!("{code}: {title}\n\n{}\n", paragraphs.join("\n\n")));
    }
    Ok(Exit::Done)
}

/// Codes that differ in more characters are no suggestion.
const CHARACTERS: usize = 2;

/// The code that was probably meant.
fn nearest(wanted: &str) -> String {
    let near = linepack_formats::codes()
        .iter()
        .map(|(code, title, _)| (strsim::osa_distance(wanted, code), code, title))
        .min_by_key(|(distance, ..)| *distance);
    match near {
        Some((distance, code, title)) if distance <= CHARACTERS => {
            format!("did you mean {code} ({title})?")
        }
        _ => "codes look like LP0204; `linepack check` prints them".into(),
    }
}
