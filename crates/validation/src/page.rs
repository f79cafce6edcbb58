//! The pages, as files of Markdown and SVG.

use crate::comparison::Section;
use crate::data::Outcome;
use crate::number::brief;
use crate::table::Table;
use crate::{catalogue, lanl, machines, osiadacz, stanet};
use std::fmt::Write;
use std::path::PathBuf;

/// A file of the pages: its name in `docs/validation`, and what is in it.
pub type File = (String, String);

/// Said at the beginning of each page.
pub(crate) const GENERATED: &str =
    "<!-- generated: LINEPACK_UPDATE=1 cargo nextest run -p linepack-validation -->\n";

/// The folder of the pages.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/validation"
    ))
}

/// The sections of the comparison page.
///
/// Errors: that data are missing, or that a case is not solved.
pub fn sections() -> Outcome<Vec<Section>> {
    Ok(vec![
        lanl::steady_sim()?,
        osiadacz::osiadacz()?,
        lanl::tran_sim()?,
        stanet::stanet()?,
        machines::machines()?,
    ])
}

/// The pages that must be what the code makes now.
///
/// Errors: that data are missing, or that a case is not solved.
pub fn pages() -> Outcome<Vec<File>> {
    let sections = sections()?;
    let mut files = vec![
        ("README.md".to_owned(), comparison_page(&sections)),
        ("reading.md".to_owned(), catalogue::page()?),
    ];
    for section in sections {
        files.push((format!("img/{}.svg", section.name), section.picture));
    }
    Ok(files)
}

const BEGINNING: &str = "# Validation

linepack against the results of other programs and of papers. Inputs are the public files as they are, read by linepack's readers;
expected values are those stored with them. Every number here is computed and written by the crate `linepack-validation`, whose tests
fail when a page is not what the code makes now, or when a deviation is beyond its tolerance.

- [Reading](reading.md): every public network at hand, and what came of reading it.
- [Steady states](steady.md): the steady state of each network from a cold start.
- [Robustness](robustness.md): random loads, and the share of them that is solved.
- [Hydrogen](hydrogen.md): what it does to the shipped line.
- [Transients of GasTranSim.jl](transients.md): its stored solutions, and who is right where they differ.
- [A long line](long-line.md): a measured week of flow, pressure, temperature and composition at both ends of 800 km.

Deviations have two significant digits; below 1e-9 they are round-off and are not told apart. Papers, analytic solutions, equations of
state and transients have tests of their own; the [README](../../README.md#accuracy) has their table.

## Overview

";

fn comparison_page(sections: &[Section]) -> String {
    let mut page = format!("{GENERATED}{BEGINNING}");
    let mut table = Table::new(&[
        "source",
        "case",
        "quantity",
        ">points",
        ">worst deviation",
        ">tolerance",
        "verdict",
    ]);
    for section in sections {
        for c in &section.comparisons {
            table.row(&[
                format!("[{}](#{})", section.title, anchor(&section.title)),
                c.case.clone(),
                c.quantity.clone(),
                c.points.len().to_string(),
                brief(c.deviation()),
                brief(c.tolerance),
                c.verdict().to_owned(),
            ]);
        }
    }
    page += &table.text();
    for section in sections {
        page += &section_text(section);
    }
    page
}

fn section_text(section: &Section) -> String {
    let mut text = format!("\n## {}\n\nSource: {}.\n", section.title, section.source);
    for paragraph in &section.words {
        let _ = write!(text, "\n{paragraph}\n");
    }
    let mut table = Table::new(&["case", "quantity", ">points", "worst deviation", ">rms"]);
    for c in &section.comparisons {
        table.row(&[
            c.case.clone(),
            c.quantity.clone(),
            c.points.len().to_string(),
            c.worst_in_words(),
            brief(c.rms()),
        ]);
    }
    let _ = write!(text, "\n{}", table.text());
    for table in &section.tables {
        let _ = write!(text, "\n{table}");
    }
    let _ = write!(text, "\n![{}](img/{}.svg)\n", section.caption, section.name);
    text
}

/// The anchor that a heading gets.
fn anchor(title: &str) -> String {
    let kept = title.to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
