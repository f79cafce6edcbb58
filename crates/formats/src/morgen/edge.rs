//! The edges of a network: the rows of a `.net` file.

use crate::codes;
use crate::import::Import;
use crate::sources::Span;

/// What an edge is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Pipe {
        length_m: f64,
        diameter_m: f64,
        rise_m: f64,
        roughness_m: f64,
    },
    ShortPipe,
    Valve,
    Compressor,
}

/// An edge and its place.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) kind: Kind,
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) span: Span,
}

/// The edges in the order of the file. The first line is a heading, `#` begins a comment.
pub(super) fn edges(import: &mut Import, source: usize) -> Vec<Edge> {
    let text = import.sources.text(source).to_owned();
    let (mut edges, mut at) = (Vec::new(), 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let span = Span::new(source, at..at + line.trim_end().len());
        at += line.len();
        let row = line.split('#').next().unwrap_or("").trim();
        if number == 0 {
            if !row.is_empty() {
                let message = "the first line is a heading and is passed over";
                import.warning(codes::FOREIGN_UNKNOWN, span, message);
            }
            continue;
        }
        if row.is_empty() {
            continue;
        }
        match edge(row, span) {
            Ok(edge) => edges.push(edge),
            Err(why) => import.error(codes::FOREIGN_CONTENT, span, why),
        }
    }
    edges
}

fn edge(row: &str, span: Span) -> Result<Edge, String> {
    let cells: Vec<&str> = row.split(',').map(str::trim).collect();
    let node = |at: usize, what: &str| match cells.get(at).and_then(|c| node_number(c)) {
        Some(node) => Ok(node),
        None => Err(format!("{what} of an edge is a positive whole number")),
    };
    let number = |at: usize| cells.get(at).and_then(|c| c.parse::<f64>().ok());
    if cells.len() > 7 {
        return Err(format!("an edge has 7 columns, this one {}", cells.len()));
    }
    let (from, to) = (node(1, "the first node")?, node(2, "the second node")?);
    let kind = match cells[0] {
        "P" | "p" => pipe(number)?,
        "S" | "s" => Kind::ShortPipe,
        "V" | "v" => Kind::Valve,
        "C" | "c" => Kind::Compressor,
        other => {
            return Err(format!(
                "an edge is P (pipe), S (short pipe), V (valve) or C (compressor), not \"{other}\""
            ));
        }
    };
    Ok(Edge {
        kind,
        from,
        to,
        span,
    })
}

/// A node: MATLAB reads `12` and `12.0` alike.
fn node_number(cell: &str) -> Option<u64> {
    let number = cell.parse::<f64>().ok()?;
    (number.fract() == 0.0 && (1.0..1e15).contains(&number)).then_some(number as u64)
}

fn pipe(number: impl Fn(usize) -> Option<f64>) -> Result<Kind, String> {
    let finite = |at: usize, what: &str| {
        let stated = number(at).filter(|n| n.is_finite());
        stated.ok_or_else(|| format!("a pipe needs its {what}"))
    };
    Ok(Kind::Pipe {
        length_m: finite(3, "length")?,
        diameter_m: finite(4, "diameter")?,
        rise_m: finite(5, "height difference")?,
        roughness_m: finite(6, "roughness")?,
    })
}
