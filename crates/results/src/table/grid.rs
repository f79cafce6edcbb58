use super::table_error;
use crate::{FolderError, Frame, Profiles, Solution};
use netcdf3::{DataSet, FileWriter, InvalidDataSet, Version};
use std::collections::HashMap;
use std::path::Path;

/// Writes the solution as one NetCDF-3 file (64-bit offsets): dimensions `time`, `node`, `edge`,
/// `terminal`, and `point` by `profile_time` for what lies along pipes; units in the attribute
/// `units`; identifiers as character variables named like their dimension.
pub(crate) fn write_netcdf(
    solution: &Solution,
    about: &HashMap<String, String>,
    path: &Path,
) -> Result<(), FolderError> {
    let grid = Grid::of(solution, about).map_err(|e| error(format!("{e:?}")))?;
    grid.write(path)
}

fn error(message: String) -> FolderError {
    table_error("solution.nc", message)
}

/// A data set and the values of its variables.
#[derive(Default)]
struct Grid<'a> {
    data_set: DataSet,
    numbers: Vec<(String, &'a [f64])>,
    texts: Vec<(String, Vec<u8>)>,
    profile_times: Vec<f64>,
}

impl<'a> Grid<'a> {
    fn of(solution: &'a Solution, about: &HashMap<String, String>) -> Result<Self, InvalidDataSet> {
        let mut grid = Self::default();
        for (name, value) in about {
            grid.data_set.add_global_attr_string(name, value)?;
        }
        let since = since(&solution.start_utc);
        grid.data_set.add_fixed_dim("time", solution.time_s.len())?;
        grid.number("time", &["time"], &since, &solution.time_s)?;
        if solution.linepack_kg.len() == solution.time_s.len() {
            grid.number("linepack_kg", &["time"], "kg", &solution.linepack_kg)?;
        }
        grid.frame("node", &solution.nodes)?;
        grid.frame("edge", &solution.edges)?;
        grid.frame("terminal", &solution.terminals)?;
        grid.profiles(&solution.profiles, &solution.time_s, &since)?;
        Ok(grid)
    }

    fn number(
        &mut self,
        name: &str,
        dims: &[&str],
        unit: &str,
        values: &'a [f64],
    ) -> Result<(), InvalidDataSet> {
        self.define(name, dims, unit)?;
        self.numbers.push((name.into(), values));
        Ok(())
    }

    fn define(&mut self, name: &str, dims: &[&str], unit: &str) -> Result<(), InvalidDataSet> {
        self.data_set.add_var_f64(name, dims)?;
        let unit = if unit == "-" { "1" } else { unit };
        self.data_set.add_var_attr_string(name, "units", unit)
    }

    /// Texts, padded with blanks to the longest.
    fn text<'b>(
        &mut self,
        name: &str,
        dims: &[&str],
        texts: impl Iterator<Item = &'b str> + Clone,
    ) -> Result<(), InvalidDataSet> {
        let width = texts.clone().map(str::len).max().unwrap_or(0).max(1);
        let length = format!("{name}_length");
        self.data_set.add_fixed_dim(&length, width)?;
        let mut dims = dims.to_vec();
        dims.push(&length);
        self.data_set.add_var_u8(name, &dims)?;
        let mut bytes = Vec::new();
        for text in texts {
            bytes.extend_from_slice(text.as_bytes());
            bytes.extend(std::iter::repeat_n(b' ', width - text.len()));
        }
        self.texts.push((name.into(), bytes));
        Ok(())
    }

    fn frame(&mut self, kind: &str, frame: &'a Frame) -> Result<(), InvalidDataSet> {
        if frame.ids.is_empty() {
            return Ok(());
        }
        self.data_set.add_fixed_dim(kind, frame.ids.len())?;
        self.text(kind, &[kind], frame.ids.iter().map(String::as_str))?;
        self.text(
            &format!("{kind}_kind"),
            &[kind],
            frame.kinds.iter().map(String::as_str),
        )?;
        if !frame.modes.is_empty() {
            let modes = frame.modes.iter().map(String::as_str);
            self.text(&format!("{kind}_mode"), &["time", kind], modes)?;
        }
        for column in &frame.columns {
            let name = format!("{kind}_{}", column.name);
            self.number(&name, &["time", kind], &column.unit, &column.values)?;
        }
        Ok(())
    }

    fn profiles(
        &mut self,
        profiles: &'a Profiles,
        time_s: &[f64],
        since: &str,
    ) -> Result<(), InvalidDataSet> {
        if profiles.distance_m.is_empty() || profiles.time_index.is_empty() {
            return Ok(());
        }
        self.profile_times = profiles
            .time_index
            .iter()
            .filter_map(|i| time_s.get(*i))
            .copied()
            .collect();
        self.data_set
            .add_fixed_dim("profile_time", self.profile_times.len())?;
        self.data_set
            .add_fixed_dim("point", profiles.distance_m.len())?;
        self.define("profile_time", &["profile_time"], since)?;
        let pipes = profiles.first_point.windows(2).zip(&profiles.pipes);
        let pipe_of_point =
            pipes.flat_map(|(w, pipe)| std::iter::repeat_n(pipe.as_str(), w[1] - w[0]));
        self.text("point_pipe", &["point"], pipe_of_point)?;
        self.number("point_distance_m", &["point"], "m", &profiles.distance_m)?;
        self.number("point_elevation_m", &["point"], "m", &profiles.elevation_m)?;
        let each = ["profile_time", "point"];
        self.number("profile_pressure_pa", &each, "Pa", &profiles.pressure_pa)?;
        self.number(
            "profile_mass_flow_kg_per_s",
            &each,
            "kg/s",
            &profiles.mass_flow_kg_per_s,
        )?;
        self.number("profile_temperature_k", &each, "K", &profiles.temperature_k)?;
        self.number(
            "profile_velocity_m_per_s",
            &each,
            "m/s",
            &profiles.velocity_m_per_s,
        )?;
        let mut further = profiles.columns.iter();
        further.try_for_each(|c| {
            let name = format!("profile_{}", c.name);
            self.number(&name, &each, &c.unit, &c.values)
        })
    }

    fn write(&self, path: &Path) -> Result<(), FolderError> {
        let fail = |e: netcdf3::error::WriteError| error(format!("{e:?}"));
        let mut file = FileWriter::create_new(path).map_err(fail)?;
        file.set_def(&self.data_set, Version::Offset64Bit, 0)
            .map_err(fail)?;
        for (name, values) in &self.numbers {
            file.write_var_f64(name, values).map_err(fail)?;
        }
        for (name, bytes) in &self.texts {
            file.write_var_u8(name, bytes).map_err(fail)?;
        }
        if !self.profile_times.is_empty() {
            file.write_var_f64("profile_time", &self.profile_times)
                .map_err(fail)?;
        }
        file.close().map_err(fail)
    }
}

/// The unit of times by the CF conventions: `seconds since 2026-01-01 05:00:00`.
fn since(start_utc: &str) -> String {
    format!(
        "seconds since {}",
        start_utc.replace('T', " ").trim_end_matches('Z')
    )
}
