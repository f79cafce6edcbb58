//! Properties of a fluid as functions of temperature or pressure.

use crate::json::Json;

/// A property.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Property {
    Constant(f64),
    Linear {
        slope: f64,
        offset: f64,
    },
    /// Coefficients, the highest power first.
    Polynomial(Vec<f64>),
    /// Points, in order; between and beyond them straight lines.
    Table(Vec<[f64; 2]>),
    /// Sutherland 1893: η0 (T0 + S)/(T + S) (T/T0)^1.5.
    Sutherland {
        eta0: f64,
        t0: f64,
        s: f64,
    },
}

impl Property {
    /// The property of an object; none when it is of no known class.
    pub(super) fn read(json: &Json) -> Option<Self> {
        let class = json.get("_class")?.text()?;
        let object = json.get("_object")?;
        let number = |key: &str| object.get(key)?.number();
        match class {
            "FluidPropertyConstant" => Some(Self::Constant(number("value")?)),
            "FluidPropertyLinear" => Some(Self::Linear {
                slope: number("slope")?,
                offset: number("offset")?,
            }),
            "FluidPropertyPolynominal" => numbers(object, &["prop_getter", "c", "const"])
                .filter(|c| !c.is_empty())
                .map(Self::Polynomial),
            "FluidPropertyInterExtra" => table(object).map(Self::Table),
            "FluidPropertySutherland" => Some(Self::Sutherland {
                eta0: number("eta0")?,
                t0: number("t0")?,
                s: number("t_sutherland")?,
            }),
            _ => None,
        }
    }

    /// Its value.
    pub(super) fn at(&self, x: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Linear { slope, offset } => offset + slope * x,
            Self::Polynomial(coefficients) => coefficients.iter().fold(0.0, |sum, c| sum * x + c),
            Self::Table(points) => interpolated(points, x),
            Self::Sutherland { eta0, t0, s } => eta0 * (t0 + s) / (s + x) * (x / t0).powf(1.5),
        }
    }

    /// Whether it is the same everywhere.
    pub(super) fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }
}

fn numbers(object: &Json, keys: &[&str]) -> Option<Vec<f64>> {
    let found = keys.iter().find_map(|key| object.get(key))?;
    let list = found.list().or_else(|| found.get("_object")?.list())?;
    list.iter().map(Json::number).collect()
}

fn table(object: &Json) -> Option<Vec<[f64; 2]>> {
    let x = numbers(object, &["x_values", "x"])?;
    let y = numbers(object, &["y_values", "y", "_y"])?;
    let mut points: Vec<[f64; 2]> = x.into_iter().zip(y).map(|(x, y)| [x, y]).collect();
    points.sort_by(|a, b| a[0].total_cmp(&b[0]));
    points.dedup_by(|a, b| a[0] == b[0]);
    (!points.is_empty()).then_some(points)
}

fn interpolated(points: &[[f64; 2]], x: f64) -> f64 {
    let last = points.len() - 1;
    if last == 0 {
        return points[0][1];
    }
    let right = points.partition_point(|p| p[0] < x).clamp(1, last);
    let (a, b) = (points[right - 1], points[right]);
    a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_hand() {
        let table = Property::Table(vec![[0.0, 1.0], [10.0, 3.0], [20.0, 3.0]]);
        assert_eq!(
            [
                table.at(5.0),
                table.at(15.0),
                table.at(-5.0),
                table.at(30.0)
            ],
            [2.0, 3.0, 0.0, 3.0]
        );
        assert_eq!(Property::Polynomial(vec![2.0, 0.0, 1.0]).at(3.0), 19.0);
        assert_eq!(
            Property::Linear {
                slope: -0.5,
                offset: 1.0
            }
            .at(1.0),
            0.5
        );
        let air = Property::Sutherland {
            eta0: 1.716e-5,
            t0: 273.0,
            s: 111.0,
        };
        assert_eq!(air.at(273.0), 1.716e-5);
    }
}
