//! Tables in Markdown.

/// A table being filled.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    text: String,
}

impl Table {
    /// A table with these columns; a column whose name begins with `>` is set to the right.
    #[must_use]
    pub(crate) fn new(columns: &[&str]) -> Self {
        let names: Vec<&str> = columns.iter().map(|c| c.trim_start_matches('>')).collect();
        let rules: Vec<&str> = columns
            .iter()
            .map(|c| if c.starts_with('>') { "---:" } else { "---" })
            .collect();
        Self {
            text: format!("| {} |\n|{}|\n", names.join(" | "), rules.join("|")),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells
            .iter()
            .map(|c| c.replace('|', "\\|").replace('\n', " "))
            .collect();
        self.text += &format!("| {} |\n", cells.join(" | "));
    }

    /// The text of the table.
    #[must_use]
    pub(crate) fn text(self) -> String {
        self.text
    }
}
