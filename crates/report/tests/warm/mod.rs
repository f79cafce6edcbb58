//! Temperatures, qualities and what became of gases, for the made-up run.

use crate::support::{column, hour};
use linepack_results::{
    Arrival, Column, ComponentBalance, HeatBalance, OffSpec, PhaseMargin, QualityResult, Solution,
};

/// Adds temperatures, qualities and what became of gases to the made-up run.
pub(crate) fn with_heat_and_quality(solution: &mut Solution) {
    let n = solution.nodes.ids.len();
    let front = |t: usize, i: usize| hour(t) > i as f64;
    let share = |t, i| if front(t, i) { 0.75 } else { 0.0 };
    solution.nodes.columns.retain(|c| c.name != "temperature_k");
    solution.nodes.columns.extend([
        column("temperature_k", "K", n, |t, i| {
            300.0 - i as f64 + hour(t) / 10.0
        }),
        column("gross_heating_value_j_per_m3", "J/m3", n, |t, i| {
            38e6 + 1e6 * share(t, i)
        }),
        column("wobbe_index_j_per_m3", "J/m3", n, |t, i| {
            49e6 + 1e6 * share(t, i)
        }),
        column("share_south-pars", "-", n, |t, i| 1.0 - share(t, i)),
        column("share_lng", "-", n, share),
    ]);
    let profiles = &mut solution.profiles;
    let points = profiles.distance_m.len();
    let along = |k: usize| 310.0 - 15.0 * (k % points) as f64 / points as f64;
    let count = profiles.pressure_pa.len();
    profiles.temperature_k = (0..count).map(along).collect();
    let flat = |name: &str, kelvin: f64| Column {
        name: name.into(),
        unit: "K".into(),
        values: vec![kelvin; count],
    };
    profiles.columns = vec![
        flat("ground_temperature_k", 298.15),
        flat("hydrate_temperature_k", 287.0),
        flat("hydrocarbon_dew_point_k", 271.0),
    ];
    solution.heat = Some(HeatBalance {
        in_j: 9e12,
        out_j: 8e12,
        work_j: 1e11,
        ground_j: 1.1e12,
        residual_j: 9.0,
        ..HeatBalance::default()
    });
    solution.quality = Some(quality_result());
}

fn quality_result() -> QualityResult {
    QualityResult {
        components: vec![ComponentBalance {
            component: "carbon_dioxide".into(),
            in_kg: 7e5,
            out_kg: 6e5,
            stored_change_kg: 1e5,
            residual_kg: 1e-9,
        }],
        arrivals: vec![Arrival {
            node: "n10".into(),
            gas: "lng".into(),
            time_s: 36_000.0,
            share: 0.75,
        }],
        off_spec: vec![
            OffSpec {
                node: "n10".into(),
                quantity: "wobbe_index_j_per_m3".into(),
                value: 49.75e6,
                limit: 49.5e6,
                first_s: 36_000.0,
                duration_s: 50_400.0,
            },
            OffSpec {
                node: "n10".into(),
                quantity: "x_carbon_dioxide".into(),
                value: 0.0312,
                limit: 0.025,
                first_s: 36_000.0,
                duration_s: 50_400.0,
            },
        ],
        phase_margins: vec![PhaseMargin {
            kind: "hydrate".into(),
            margin_k: -1.25,
            pressure_pa: 87e5,
            temperature_k: 285.75,
            element: "p3".into(),
            distance_m: Some(12_000.0),
            time_s: 72_000.0,
        }],
    }
}
