use crate::console::BOLD;
use unicode_width::UnicodeWidthStr;

/// Rows of text in columns: the first column from the left, the others to the right.
#[derive(Debug, Default)]
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug)]
enum Row {
    Cells(Vec<String>),
    /// A line across all columns.
    Note(String),
}

/// Names are not cut shorter than this.
const SHORT: usize = 12;
/// Blanks between columns.
const GAP: usize = 2;

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self {
            header: header.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row(&mut self, cells: impl Into<Vec<String>>) {
        self.rows.push(Row::Cells(cells.into()));
    }

    pub(crate) fn note(&mut self, text: String) {
        self.rows.push(Row::Note(text));
    }

    /// The table as lines, each ending in a newline.
    pub(crate) fn lines(&self) -> String {
        let widths = self.widths();
        let mut text = format!("{BOLD}{}{BOLD:#}\n", aligned(&self.header, &widths));
        for row in &self.rows {
            match row {
                Row::Cells(cells) => text.push_str(&aligned(cells, &widths)),
                Row::Note(note) => text.push_str(&wrapped(note, 4)),
            }
            text.push('\n');
        }
        text
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.header.iter().map(|h| h.width()).collect();
        for row in &self.rows {
            let Row::Cells(cells) = row else { continue };
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.width());
            }
        }
        // The first column gives way: it has names, the others have numbers.
        let total: usize = widths.iter().map(|w| GAP + w).sum();
        if let Some(first) = widths.first_mut() {
            *first = first
                .saturating_sub(total.saturating_sub(COLUMNS))
                .max(SHORT.min(*first));
        }
        widths
    }
}

fn aligned(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let cell = &if column == 0 {
            cut(cell, *width)
        } else {
            cell.clone()
        };
        let blanks = " ".repeat(width.saturating_sub(cell.width()));
        if column == 0 {
            line.push_str("  ");
            line.push_str(cell);
            line.push_str(&blanks);
        } else {
            line.push_str(&" ".repeat(GAP));
            line.push_str(&blanks);
            line.push_str(cell);
        }
    }
    line.trim_end().into()
}

/// Text of at most so many characters, cut with an ellipsis where it has more.
fn cut(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.into();
    }
    let kept: String = text.chars().take(characters - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Columns of a terminal that text is wrapped to.
const COLUMNS: usize = 80;

/// Text broken at blanks, each line indented.
pub(crate) fn wrapped(text: &str, indent: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent + line.width() + 1 + word.width() > COLUMNS {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    let margin = " ".repeat(indent);
    lines
        .iter()
        .map(|l| format!("{margin}{l}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(&["name", "flow"]);
        table.row(["a".into(), "1.00".into()]);
        table.row(["longer".into(), "100.00".into()]);
        let plain = anstream::adapter::strip_str(&table.lines()).to_string();
        assert_eq!(
            plain,
            "  name      flow\n  a         1.00\n  longer  100.00\n"
        );
    }

    #[test]
    fn names_give_way_to_numbers() {
        let mut table = Table::new(&["name", "flow"]);
        table.row(["n".repeat(100), "1.00".into()]);
        let plain = anstream::adapter::strip_str(&table.lines()).to_string();
        assert!(plain.lines().all(|l| l.width() <= COLUMNS), "{plain}");
        assert!(plain.contains("n…  1.00"), "{plain}");
    }

    #[test]
    fn text_is_wrapped_to_the_terminal() {
        let text = wrapped(&"word ".repeat(40), 4);
        assert!(
            text.lines()
                .all(|l| l.width() <= COLUMNS && l.starts_with("    word"))
        );
        assert!(text.lines().count() > 2);
    }
}
