//! Geometries.

use crate::json::Json;

/// Where a feature is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Geometry {
    /// Longitude, latitude, and height where it is stated.
    Point([f64; 2], Option<f64>),
    /// Longitudes and latitudes; several lines are one behind the other.
    Line(Vec<[f64; 2]>),
    /// Nothing, or something that is neither pipe nor node.
    Other(String),
}

impl Geometry {
    /// The geometry of a feature; none when its coordinates are none.
    pub(super) fn of(feature: &Json) -> Option<Self> {
        let Some(geometry) = feature.get("geometry") else {
            return Some(Self::Other("null".to_owned()));
        };
        let kind = geometry.get("type").and_then(Json::text).unwrap_or("");
        let coordinates = geometry.get("coordinates");
        match kind {
            "Point" => {
                let numbers = coordinates?.list()?;
                let height = numbers.get(2).and_then(Json::number);
                Some(Self::Point(place(coordinates?)?, height))
            }
            "LineString" => line(coordinates?).map(Self::Line),
            "MultiLineString" => {
                let lines = coordinates?.list()?.iter().map(line);
                lines
                    .collect::<Option<Vec<_>>>()
                    .map(|l| Self::Line(l.concat()))
            }
            other => Some(Self::Other(other.to_owned())),
        }
    }
}

/// Whether a place is a longitude and a latitude in degrees.
fn on_earth([x, y]: &[f64; 2]) -> bool {
    x.abs() <= 360.0 && y.abs() <= 90.0
}

fn place(json: &Json) -> Option<[f64; 2]> {
    match json.list()? {
        [x, y, ..] => Some([x.number()?, y.number()?]).filter(on_earth),
        _ => None,
    }
}

fn line(json: &Json) -> Option<Vec<[f64; 2]>> {
    let points = json.list()?;
    (points.len() >= 2).then(|| points.iter().map(place).collect::<Option<_>>())?
}
