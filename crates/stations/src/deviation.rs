use crate::dual::Dual;
use crate::surface::Surface;
use linepack_network::{MapPoint, TurboMap};

/// How far the fit of a map is from its measured points.
///
/// Deviations are taken at the volume flow and speed of each point: fit less measurement, of the head
/// relative to the measured head, of the efficiency absolute. A point without efficiency counts for
/// the head only. A point without speed lies on an isoline of efficiency: its speed is the one at
/// which the fit has the measured head, so it counts for the efficiency only.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MapDeviation {
    /// Number of points.
    pub points: usize,
    /// Points that counted for the head.
    pub head_points: usize,
    /// Largest relative deviation of the head, with its sign.
    pub head_worst: f64,
    /// Root mean square of the relative deviations of the head.
    pub head_rms: f64,
    /// Points that counted for the efficiency.
    pub efficiency_points: usize,
    /// Largest deviation of the efficiency, with its sign.
    pub efficiency_worst: f64,
    /// Root mean square of the deviations of the efficiency.
    pub efficiency_rms: f64,
}

/// Compares the fit of a map with its measured points.
pub fn map_deviation(map: &TurboMap) -> MapDeviation {
    let (mut head, mut efficiency) = (Spread::default(), Spread::default());
    for point in &map.measurements {
        let flow = Dual::<0>::constant(point.volume_flow_m3_per_s);
        if let Some(speed) = point.speed_per_min {
            let fit = Surface(map.head).at(flow, Dual::constant(speed)).value;
            head.add(fit / point.head_kj_per_kg - 1.0);
        }
        let speed = point.speed_per_min.or_else(|| speed_of(map, point));
        if let (Some(measured), Some(speed)) = (point.efficiency, speed) {
            let fit = Surface(map.efficiency)
                .at(flow, Dual::constant(speed))
                .value;
            efficiency.add(fit - measured);
        }
    }
    MapDeviation {
        points: map.measurements.len(),
        head_points: head.count,
        head_worst: head.worst,
        head_rms: head.rms(),
        efficiency_points: efficiency.count,
        efficiency_worst: efficiency.worst,
        efficiency_rms: efficiency.rms(),
    }
}

/// The speed at which the fit has the head of a point.
fn speed_of(map: &TurboMap, point: &MapPoint) -> Option<f64> {
    let flow = Dual::<0>::constant(point.volume_flow_m3_per_s);
    let [a, b, c] = Surface(map.head).along_n(flow).map(|x| x.value);
    let a = a - point.head_kj_per_kg;
    let root = (b * b - 4.0 * a * c).sqrt();
    let speed = if b > 0.0 {
        -2.0 * a / (b + root)
    } else {
        (root - b) / (2.0 * c)
    };
    (speed.is_finite() && speed > 0.0).then_some(speed)
}

/// Deviations as they come.
#[derive(Debug, Default)]
struct Spread {
    count: usize,
    worst: f64,
    squares: f64,
}

impl Spread {
    fn add(&mut self, deviation: f64) {
        self.count += 1;
        self.squares += deviation * deviation;
        if deviation.abs() > self.worst.abs() {
            self.worst = deviation;
        }
    }

    fn rms(&self) -> f64 {
        (self.squares / self.count.max(1) as f64).sqrt()
    }
}
