//! Profiles along the pipes of the paths, thinned to what a screen can show.

use super::thin::shown_pipes;
use super::{Extra, Thinning, numbers, optional};
use crate::route::{Link, Path, links};
use crate::view::{View, series};
use linepack_network::Pipe;
use serde_json::{Value, json};

/// Times of the profile rows that are kept, s.
pub(super) fn row_times(view: &View<'_>, thinning: &Thinning) -> Vec<f64> {
    let solution = view.solution;
    if thinning.profile_rows.is_empty() {
        return thinning.times.iter().map(|&t| solution.time_s[t]).collect();
    }
    let index = |&r: &usize| solution.profiles.time_index.get(r).copied();
    let times = thinning.profile_rows.iter().filter_map(index);
    times
        .filter_map(|t| solution.time_s.get(t).copied())
        .collect()
}

/// Profiles of the pipes on the paths, by index of the link.
pub(super) fn pipes(view: &View<'_>, paths: &[Path], thinning: &Thinning) -> Value {
    let links = links(&view.case.network);
    let shown = shown_pipes(view, paths).into_iter();
    let entry = |(i, _): (usize, f64)| {
        let pipe = view
            .case
            .network
            .pipes
            .iter()
            .find(|p| p.header.id == links[i].header.id)?;
        Some((i.to_string(), pipe_entry(view, pipe, thinning)))
    };
    Value::Object(shown.filter_map(entry).collect())
}

fn pipe_entry(view: &View<'_>, pipe: &Pipe, thinning: &Thinning) -> Value {
    let mut entry = rows(view, pipe, thinning).unwrap_or_else(|| ends(view, pipe, thinning));
    let (x, z) = elevation(view, pipe);
    entry["name"] = Value::from(view.name(&pipe.header.id));
    entry["length"] = super::number(pipe.length_m);
    entry["max"] = optional(pipe.pressure_max_pa);
    entry["ex"] = numbers(x.into_iter());
    entry["ez"] = numbers(z.into_iter());
    entry
}

/// Pressure and flow at the points of the mesh that are kept.
fn rows(view: &View<'_>, pipe: &Pipe, thinning: &Thinning) -> Option<Value> {
    let profiles = &view.solution.profiles;
    let k = profiles.pipes.iter().position(|id| *id == pipe.header.id)?;
    let (first, end) = (
        *profiles.first_point.get(k)?,
        *profiles.first_point.get(k + 1)?,
    );
    let width = profiles.distance_m.len();
    let kept = points(end.checked_sub(first)?, pipe.length_m / thinning.spacing_m);
    let row = |values: &[f64], r: usize| {
        numbers(kept.iter().map(|p| {
            values
                .get(r * width + first + p)
                .copied()
                .unwrap_or(f64::NAN)
        }))
    };
    let table = |values: &[f64]| -> Value {
        thinning
            .profile_rows
            .iter()
            .map(|&r| row(values, r))
            .collect()
    };
    let mut entry = json!({
        "x": row(&profiles.distance_m, 0),
        "p": table(&profiles.pressure_pa),
        "q": table(&profiles.mass_flow_kg_per_s),
    });
    Extra::of(view).add_profile(view, &mut entry, table);
    Some(entry)
}

/// Where a run has no profile of a pipe: its two ends.
fn ends(view: &View<'_>, pipe: &Pipe, thinning: &Thinning) -> Value {
    let edges = &view.solution.edges;
    let columns = |names: [&str; 2]| -> Value {
        let [a, b] = names.map(|name| series(edges, name, &pipe.header.id));
        let at = |values: &[f64], t: usize| values.get(t).copied().unwrap_or(f64::NAN);
        thinning
            .times
            .iter()
            .map(|&t| numbers([at(&a, t), at(&b, t)].into_iter()))
            .collect()
    };
    let mut entry = json!({
        "x": numbers([0.0, pipe.length_m].into_iter()),
        "p": columns(["pressure_in_pa", "pressure_out_pa"]),
        "q": columns(["mass_flow_kg_per_s", "mass_flow_out_kg_per_s"]),
    });
    if Extra::of(view).heat {
        entry["t"] = columns(["temperature_in_k", "temperature_out_k"]);
    }
    entry
}

/// Indices of evenly spaced points of a pipe, both ends among them.
fn points(count: usize, wanted: f64) -> Vec<usize> {
    let last = count.saturating_sub(1);
    let intervals = (wanted.ceil() as usize).clamp(2, 10_000).min(last.max(1));
    let mut out: Vec<usize> = (0..=intervals).map(|i| i * last / intervals).collect();
    out.dedup();
    out
}

fn elevation(view: &View<'_>, pipe: &Pipe) -> (Vec<f64>, Vec<f64>) {
    if pipe.elevation_profile.len() > 1 {
        return pipe.elevation_profile.iter().map(|p| (p[0], p[1])).unzip();
    }
    let at = |id: &str| {
        let node = view.case.network.nodes.iter().find(|n| n.header.id == id);
        node.map_or(f64::NAN, |n| n.elevation_m)
    };
    (vec![0.0, pipe.length_m], vec![at(&pipe.from), at(&pipe.to)])
}

/// The paths: their elements and what stands on them, by distance.
pub(super) fn paths(view: &View<'_>, paths: &[Path]) -> Value {
    let links = links(&view.case.network);
    paths.iter().map(|p| path_entry(view, &links, p)).collect()
}

fn path_entry(view: &View<'_>, links: &[Link<'_>], path: &Path) -> Value {
    let pipes = path.steps.iter().filter(|s| links[s.link].kind == "pipe");
    let sites = path
        .steps
        .iter()
        .filter(|s| !matches!(links[s.link].kind, "pipe" | "short_pipe"));
    let site = |s: &crate::route::Step| {
        let link = &links[s.link];
        json!({ "name": view.name(&link.header.id), "id": link.header.id, "kind": link.kind, "d": s.start_m })
    };
    json!({
        "name": format!("{} \u{2192} {}", view.name(&path.from), view.name(&path.to)),
        "length": path.length_m,
        "pipes": pipes.map(|s| json!([s.link, s.start_m, s.reversed])).collect::<Value>(),
        "sites": sites.map(site).collect::<Value>(),
        "nodes": path.nodes.iter().map(|(id, d)| node_entry(view, id, *d)).collect::<Value>(),
    })
}

fn node_entry(view: &View<'_>, id: &str, distance_m: f64) -> Value {
    let node = view.case.network.nodes.iter().find(|n| n.header.id == id);
    let min = super::series::pressure_min(view, id, node.and_then(|n| n.pressure_min_pa));
    let here = |node: &str, in_service: bool| in_service && node == id;
    let off_takes = view.case.network.off_takes.iter();
    let supplies = view.case.network.supplies.iter();
    let off_take = off_takes
        .filter(|o| here(&o.node, o.header.in_service))
        .map(|o| &o.header.id);
    let supply = supplies
        .filter(|s| here(&s.node, s.header.in_service))
        .map(|s| &s.header.id);
    let terminals: Value = supply
        .chain(off_take)
        .map(|t| Value::from(view.name(t)))
        .collect();
    json!({
        "id": id,
        "name": view.name(id),
        "d": distance_m,
        "min": optional(min),
        "max": optional(node.and_then(|n| n.pressure_max_pa)),
        "terminals": terminals,
    })
}
