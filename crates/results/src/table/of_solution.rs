use super::{Table, TableColumn, Values, table_error};
use crate::{Column, FolderError, Frame, Profiles, Solution};
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::HashMap;

const MICROSECONDS: f64 = 1e6;

/// The tables of a run folder, as read back.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) time_s: Vec<f64>,
    pub(crate) linepack_kg: Vec<f64>,
    pub(crate) nodes: Frame,
    pub(crate) edges: Frame,
    pub(crate) terminals: Frame,
    pub(crate) profiles: Profiles,
}

/// The tables that a run folder has: network, nodes, edges, terminals, profiles.
pub(crate) fn tables_of(solution: &Solution) -> Result<Vec<Table<'_>>, FolderError> {
    let times = instants(solution)?;
    Ok(vec![
        network_table(solution, &times).check()?,
        frame_table("nodes", &solution.nodes, &times).check()?,
        frame_table("edges", &solution.edges, &times).check()?,
        frame_table("terminals", &solution.terminals, &times).check()?,
        profile_table(&solution.profiles, &times)?.check()?,
    ])
}

/// The times of the solution, microseconds since the Unix epoch.
fn instants(solution: &Solution) -> Result<Vec<i64>, FolderError> {
    let start = start_of(&solution.start_utc)?;
    Ok(solution
        .time_s
        .iter()
        .map(|t| start + (t * MICROSECONDS).round() as i64)
        .collect())
}

fn start_of(utc: &str) -> Result<i64, FolderError> {
    let start: Timestamp = utc
        .parse()
        .map_err(|e| table_error("network", format!("the start \"{utc}\" is no instant: {e}")))?;
    Ok(start.as_microsecond())
}

fn network_table<'a>(solution: &'a Solution, times: &[i64]) -> Table<'a> {
    let known = solution.linepack_kg.len() == times.len();
    let linepack = match known {
        true => borrowed(&solution.linepack_kg),
        false => Values::Number(Cow::Owned(vec![f64::NAN; times.len()])),
    };
    let columns = vec![
        time_column(times.to_vec()),
        number("linepack_kg", "kg", linepack),
    ];
    Table {
        name: "network",
        columns,
    }
}

fn frame_table<'a>(name: &'static str, frame: &'a Frame, times: &[i64]) -> Table<'a> {
    let ids = frame.ids.len();
    let rows = times.len() * ids;
    let mut columns = vec![
        time_column(
            times
                .iter()
                .flat_map(|t| std::iter::repeat_n(*t, ids))
                .collect(),
        ),
        TableColumn {
            name: "id".into(),
            unit: None,
            values: Values::Text {
                words: frame.ids.clone(),
                rows: (0..rows).map(|row| (row % ids) as u32).collect(),
            },
        },
        text_column("kind", (0..rows).map(|row| frame.kinds.get(row % ids))),
    ];
    if !frame.modes.is_empty() {
        columns.push(text_column("mode", frame.modes.iter().map(Some)));
    }
    columns.extend(frame.columns.iter().map(|c| {
        number(
            &c.name,
            &c.unit,
            Values::Number(Cow::Borrowed(&c.values[..])),
        )
    }));
    Table { name, columns }
}

fn profile_table<'a>(profiles: &'a Profiles, times: &[i64]) -> Result<Table<'a>, FolderError> {
    let instant = |i: &usize| {
        times
            .get(*i)
            .copied()
            .ok_or_else(|| table_error("profiles", "a time beyond the last one"))
    };
    let at = profiles
        .time_index
        .iter()
        .map(instant)
        .collect::<Result<Vec<_>, _>>()?;
    let points = profiles.distance_m.len();
    let pipe_of_point: Vec<u32> = profiles
        .first_point
        .windows(2)
        .enumerate()
        .flat_map(|(pipe, w)| std::iter::repeat_n(pipe as u32, w[1].saturating_sub(w[0])))
        .collect();
    let each_time = |values: &[f64]| Values::Number(Cow::Owned(values.repeat(at.len())));
    let mut columns = vec![
        time_column(
            at.iter()
                .flat_map(|t| std::iter::repeat_n(*t, points))
                .collect(),
        ),
        TableColumn {
            name: "pipe".into(),
            unit: None,
            values: Values::Text {
                words: profiles.pipes.clone(),
                rows: pipe_of_point.repeat(at.len()),
            },
        },
        number("distance_m", "m", each_time(&profiles.distance_m)),
        number("elevation_m", "m", each_time(&profiles.elevation_m)),
        number("pressure_pa", "Pa", borrowed(&profiles.pressure_pa)),
        number(
            "mass_flow_kg_per_s",
            "kg/s",
            borrowed(&profiles.mass_flow_kg_per_s),
        ),
        number("temperature_k", "K", borrowed(&profiles.temperature_k)),
        number(
            "velocity_m_per_s",
            "m/s",
            borrowed(&profiles.velocity_m_per_s),
        ),
    ];
    let further = profiles.columns.iter();
    columns.extend(further.map(|c| number(&c.name, &c.unit, borrowed(&c.values))));
    Ok(Table {
        name: "profiles",
        columns,
    })
}

fn borrowed(values: &[f64]) -> Values<'_> {
    Values::Number(Cow::Borrowed(values))
}

fn time_column<'a>(times: Vec<i64>) -> TableColumn<'a> {
    TableColumn {
        name: "time".into(),
        unit: None,
        values: Values::Time(times),
    }
}

fn number<'a>(name: &str, unit: &str, values: Values<'a>) -> TableColumn<'a> {
    TableColumn {
        name: name.into(),
        unit: Some(unit.into()),
        values,
    }
}

fn text_column<'a, 'b>(
    name: &str,
    rows: impl Iterator<Item = Option<&'b String>>,
) -> TableColumn<'a> {
    let mut words: Vec<String> = Vec::new();
    let mut number_of: HashMap<&str, u32> = HashMap::new();
    let rows = rows
        .map(|word| {
            let word = word.map_or("", String::as_str);
            *number_of.entry(word).or_insert_with(|| {
                words.push(word.into());
                (words.len() - 1) as u32
            })
        })
        .collect();
    TableColumn {
        name: name.into(),
        unit: None,
        values: Values::Text { words, rows },
    }
}

impl Tables {
    /// Puts a table that was read where it belongs.
    pub(crate) fn place(
        &mut self,
        table: Table<'static>,
        start_utc: &str,
    ) -> Result<(), FolderError> {
        match table.name {
            "network" => {
                let start = start_of(start_utc)?;
                let since = |t: &i64| (*t - start) as f64 / MICROSECONDS;
                self.time_s = table.times("time")?.iter().map(since).collect();
                self.linepack_kg = table.numbers("linepack_kg")?.to_vec();
            }
            "nodes" => self.nodes = frame_of(table)?,
            "edges" => self.edges = frame_of(table)?,
            "terminals" => self.terminals = frame_of(table)?,
            _ => self.profiles = profiles_of(&table, &self.time_s, start_of(start_utc)?)?,
        }
        Ok(())
    }
}

fn frame_of(table: Table<'static>) -> Result<Frame, FolderError> {
    let (words, rows) = table.texts("id")?;
    let ids = period(rows);
    let word = |i: &u32| words.get(*i as usize).cloned().unwrap_or_default();
    let mut frame = Frame {
        ids: rows[..ids].iter().map(word).collect(),
        ..Frame::default()
    };
    let (words, rows) = table.texts("kind")?;
    let word = |i: &u32| words.get(*i as usize).cloned().unwrap_or_default();
    frame.kinds = rows[..ids].iter().map(word).collect();
    if let Ok((words, rows)) = table.texts("mode") {
        frame.modes = rows
            .iter()
            .map(|i| words.get(*i as usize).cloned().unwrap_or_default())
            .collect();
    }
    frame.columns = table
        .columns
        .into_iter()
        .filter_map(|c| match c.values {
            Values::Number(values) => Some(Column {
                name: c.name,
                unit: c.unit.unwrap_or_default(),
                values: values.into_owned(),
            }),
            _ => None,
        })
        .collect();
    Ok(frame)
}

/// After how many rows the first word comes again: all rows, when it never does.
fn period(rows: &[u32]) -> usize {
    let Some(first) = rows.first() else { return 0 };
    rows.iter()
        .skip(1)
        .position(|r| r == first)
        .map_or(rows.len(), |i| i + 1)
}

/// The columns of profiles that have no place of their own.
fn further_columns(table: &Table<'_>) -> Vec<Column> {
    const OWN: [&str; 6] = [
        "distance_m",
        "elevation_m",
        "pressure_pa",
        "mass_flow_kg_per_s",
        "temperature_k",
        "velocity_m_per_s",
    ];
    let further = |c: &TableColumn<'_>| match &c.values {
        Values::Number(values) if !OWN.contains(&c.name.as_str()) => Some(Column {
            name: c.name.clone(),
            unit: c.unit.clone().unwrap_or_default(),
            values: values.to_vec(),
        }),
        _ => None,
    };
    table.columns.iter().filter_map(further).collect()
}

fn profiles_of(table: &Table<'_>, time_s: &[f64], start: i64) -> Result<Profiles, FolderError> {
    let times = table.times("time")?;
    let points = times
        .iter()
        .take_while(|t| Some(*t) == times.first())
        .count();
    let (words, rows) = table.texts("pipe")?;
    let mut pipes = Vec::new();
    let mut first_point = Vec::new();
    for (point, row) in rows[..points].iter().enumerate() {
        if point == 0 || rows[point - 1] != *row {
            pipes.push(words.get(*row as usize).cloned().unwrap_or_default());
            first_point.push(point);
        }
    }
    first_point.push(points);
    let index_of = |t: &i64| {
        let t_s = (*t - start) as f64 / MICROSECONDS;
        time_s
            .iter()
            .position(|x| *x == t_s)
            .ok_or_else(|| table.error("a time of no row"))
    };
    let time_index = times
        .iter()
        .step_by(points.max(1))
        .map(index_of)
        .collect::<Result<_, _>>()?;
    let numbers = |name: &str| table.numbers(name).map(<[f64]>::to_vec);
    Ok(Profiles {
        pipes,
        first_point,
        distance_m: table.numbers("distance_m")?[..points].to_vec(),
        elevation_m: table.numbers("elevation_m")?[..points].to_vec(),
        time_index,
        pressure_pa: numbers("pressure_pa")?,
        mass_flow_kg_per_s: numbers("mass_flow_kg_per_s")?,
        temperature_k: numbers("temperature_k")?,
        velocity_m_per_s: numbers("velocity_m_per_s")?,
        columns: further_columns(table),
    })
}
