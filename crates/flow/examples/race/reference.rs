//! A converged reference: a table of times and pressures in bar.

use linepack_results::Solution;
use std::error::Error;

/// The table.
#[derive(Debug)]
pub(crate) struct Reference {
    names: Vec<String>,
    rows: Vec<Vec<f64>>,
}

impl Reference {
    pub(crate) fn read(file: &str) -> Result<Self, Box<dyn Error>> {
        let text = std::fs::read_to_string(file)?;
        let mut lines = text.lines();
        let head = lines.next().ok_or("an empty reference")?;
        let names = head.split(',').map(str::to_owned).collect();
        let row = |line: &str| line.split(',').map(str::parse).collect::<Result<_, _>>();
        let rows = lines.map(row).collect::<Result<_, _>>()?;
        Ok(Self { names, rows })
    }

    /// The largest deviation of a pressure, bar: `columns` are nodes and their columns.
    pub(crate) fn worst(
        &self,
        solution: &Solution,
        columns: &[(String, String)],
    ) -> Result<f64, Box<dyn Error>> {
        let mut worst = 0.0_f64;
        for (node, column) in columns {
            let column = self.names.iter().position(|n| n == column);
            let column = column.ok_or("the reference lacks a column")?;
            for row in &self.rows {
                let at = solution.time_s.partition_point(|&t| t < row[0] - 1e-6);
                if solution
                    .time_s
                    .get(at)
                    .is_none_or(|t| (t - row[0]).abs() > 1e-6)
                {
                    return Err(format!("no output at {} s", row[0]).into());
                }
                let pressure = solution.nodes.value("pressure_pa", at, node);
                let pressure = pressure.ok_or("a node is missing")?;
                worst = worst.max((pressure / 1e5 - row[column]).abs());
            }
        }
        Ok(worst)
    }
}
