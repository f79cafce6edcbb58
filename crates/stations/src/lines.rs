use crate::dual::Dual;
use crate::root::{falling_quadratic, rising_quadratic};
use crate::surface::less;
use crate::turbo::Turbo;
use linepack_network::{Compressor, CompressorKind};

/// A point of a map: volume flow at suction, m³/s, and adiabatic head, J/kg.
pub type Point = [f64; 2];

/// The lines of the map of a turbo compressor, for drawing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapLines {
    /// Lines of one speed, 1/min, from the surge to the choke line, the slowest first.
    pub speeds: Vec<(f64, Vec<Point>)>,
    /// Lines of one efficiency, -, in pieces.
    pub efficiencies: Vec<(f64, Vec<Point>)>,
    /// The surge line between lowest and highest speed.
    pub surge: Vec<Point>,
    /// The choke line between lowest and highest speed.
    pub choke: Vec<Point>,
}

/// Points of a line.
const POINTS: usize = 32;
/// Most lines of one kind.
const LINES: usize = 7;

impl MapLines {
    /// The lines of a compressor; none where it is no turbo compressor, or its map is none.
    pub fn new(compressor: &Compressor) -> Option<Self> {
        let CompressorKind::Turbo(map) = &compressor.kind else {
            return None;
        };
        let range = [compressor.speed_min_per_min, compressor.speed_max_per_min];
        let turbo = Turbo::new(map, range).ok()?;
        let speeds = steps(range);
        let ends: Vec<_> = speeds
            .iter()
            .filter_map(|n| turbo.ends(*n).ok())
            .map(|ends| ends.map(|spot| [spot.flow, spot.head]))
            .collect();
        let line = |n: f64| (n, turbo.speed_line(n));
        Some(Self {
            speeds: round_numbers(range).into_iter().map(line).collect(),
            efficiencies: turbo.efficiency_lines(&speeds),
            surge: ends.iter().map(|[surge, _]| *surge).collect(),
            choke: ends.iter().map(|[_, choke]| *choke).collect(),
        })
    }
}

impl Turbo {
    fn speed_line(&self, speed: f64) -> Vec<Point> {
        let [surge, choke] = self.span(speed);
        let point = |flow: f64| {
            let head = self.head_of(flow, speed);
            [flow, head]
        };
        steps([surge, choke]).into_iter().map(point).collect()
    }

    /// Lines of round efficiencies: at each speed the two flows that have it, as far as they lie on the
    /// map.
    fn efficiency_lines(&self, speeds: &[f64]) -> Vec<(f64, Vec<Point>)> {
        let mut lines = Vec::new();
        for level in round_numbers(self.efficiency_range(speeds)) {
            for left in [true, false] {
                let mut piece = Vec::new();
                for &speed in speeds {
                    match self.flow_of_efficiency(level, speed, left) {
                        Some(flow) => piece.push([flow, self.head_of(flow, speed)]),
                        None => lines.push((level, std::mem::take(&mut piece))),
                    }
                }
                lines.push((level, piece));
            }
        }
        lines.retain(|(_, piece)| piece.len() > 1);
        lines
    }

    fn efficiency_range(&self, speeds: &[f64]) -> [f64; 2] {
        let values = speeds.iter().flat_map(|&speed| {
            let flows = steps(self.span(speed));
            flows.into_iter().map(move |q| {
                let [q, n] = [q, speed].map(Dual::<0>::constant);
                self.efficiency_at(q, n).value
            })
        });
        values.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], v| {
            [a.min(v), b.max(v)]
        })
    }

    fn flow_of_efficiency(&self, level: f64, speed: f64, left: bool) -> Option<f64> {
        let fit = self.efficiency_along(Dual::<0>::constant(speed));
        let [a, b, c] = less(fit, [level, 0.0, 0.0], Dual::constant(0.0));
        if (b * b - a * c * 4.0).value < 0.0 {
            return None;
        }
        let flow = if left {
            rising_quadratic([a, b, c])
        } else {
            falling_quadratic([a, b, c])
        };
        let [surge, choke] = self.span(speed);
        (surge..=choke).contains(&flow.value).then_some(flow.value)
    }
}

/// Equal steps from end to end.
fn steps([low, high]: [f64; 2]) -> Vec<f64> {
    let step = (high - low) / (POINTS - 1) as f64;
    (0..POINTS).map(|i| low + i as f64 * step).collect()
}

/// Both ends and round numbers between them for a range of speeds; round numbers inside a range below 1.
fn round_numbers([low, high]: [f64; 2]) -> Vec<f64> {
    let width = high - low;
    if !(width > 0.0 && width.is_finite()) {
        return vec![low];
    }
    let decade = 10_f64.powf((width / LINES as f64).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|k| k * decade)
        .into_iter()
        .find(|step| width / step <= LINES as f64)
        .unwrap_or(10.0 * decade);
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    let mut numbers: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
    if low >= 1.0 {
        let apart = |a: f64, b: f64| (a - b).abs() > 0.3 * step;
        numbers.retain(|n| apart(*n, low) && apart(*n, high));
        numbers.insert(0, low);
        numbers.push(high);
    }
    numbers
}
