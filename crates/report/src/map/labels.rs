//! Labels that do not lie on each other.

use super::geometry::{Point, WIDTH};

/// A rectangle, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Rect {
    /// A rectangle about a point.
    pub(super) fn about(p: Point, w: f64, h: f64) -> Self {
        Self {
            x: p.0 - w / 2.0,
            y: p.1 - h / 2.0,
            w,
            h,
        }
    }

    fn overlap(&self, o: &Self) -> f64 {
        let w = (self.x + self.w).min(o.x + o.w) - self.x.max(o.x);
        let h = (self.y + self.h).min(o.y + o.h) - self.y.max(o.y);
        if w > 0.0 && h > 0.0 { w * h } else { 0.0 }
    }

    fn holds(&self, p: Point) -> bool {
        p.0 > self.x && p.0 < self.x + self.w && p.1 > self.y && p.1 < self.y + self.h
    }
}

/// Where text goes: its box, and how it is anchored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) rect: Rect,
    pub(super) anchor: &'static str,
}

impl Spot {
    /// A line from a point to the label, where the label does not stand beside it.
    pub(super) fn leader(&self, at: Point, reach: f64) -> String {
        let r = &self.rect;
        let end = (at.0.clamp(r.x, r.x + r.w), at.1.clamp(r.y, r.y + r.h));
        let (dx, dy) = (end.0 - at.0, end.1 - at.1);
        let far = dx.hypot(dy);
        if far < reach + 12.0 {
            return String::new();
        }
        let (x, y) = (at.0 + dx / far * 11.0, at.1 + dy / far * 11.0);
        format!(
            "<path class=\"leader\" d=\"M{x:.1},{y:.1} L{:.1},{:.1}\"/>",
            end.0, end.1
        )
    }

    /// x of the text.
    pub(super) fn text_x(&self) -> f64 {
        match self.anchor {
            "start" => self.rect.x,
            "end" => self.rect.x + self.rect.w,
            _ => self.rect.x + self.rect.w / 2.0,
        }
    }
}

/// What is on the drawing already.
pub(super) struct Sheet {
    height: f64,
    taken: Vec<Rect>,
    /// Points along the lines, every few pixels.
    ink: Vec<Point>,
}

impl Sheet {
    /// An empty drawing.
    pub(super) fn new(height: f64) -> Self {
        Self {
            height,
            taken: Vec::new(),
            ink: Vec::new(),
        }
    }

    /// Reserves room.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Remembers a line, which labels should not cross.
    pub(super) fn line(&mut self, points: &[Point]) {
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let steps = ((a.0 - b.0).hypot(a.1 - b.1) / 5.0).ceil().max(1.0) as usize;
            for i in 0..=steps {
                let t = i as f64 / steps as f64;
                self.ink
                    .push((a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t));
            }
        }
    }

    /// How much line runs through a rectangle.
    pub(super) fn crossed(&self, rect: &Rect) -> usize {
        self.ink.iter().filter(|p| rect.holds(**p)).count()
    }

    /// The best free spot for a box near a point whose symbol reaches `reach` px; none where
    /// every spot lies on something, or crosses more than `patience` allows.
    pub(super) fn place(&mut self, at: Point, size: (f64, f64), reach: f64) -> Option<Spot> {
        self.place_within(at, size, reach, 1000.0)
    }

    /// As [`Sheet::place`], for labels that are rather left out than put far away or on a line.
    pub(super) fn place_near(&mut self, at: Point, size: (f64, f64), reach: f64) -> Option<Spot> {
        self.place_within(at, size, reach, 90.0)
    }

    fn place_within(
        &mut self,
        at: Point,
        (w, h): (f64, f64),
        reach: f64,
        patience: f64,
    ) -> Option<Spot> {
        let spots = [0.0, 16.0, 34.0, 56.0]
            .into_iter()
            .flat_map(|far| around(at, (w, h), reach + far));
        let costs = spots
            .enumerate()
            .map(|(i, s)| (self.cost(&s.rect) + i as f64 * 6.0, s));
        let (cost, spot) = costs.min_by(|a, b| a.0.total_cmp(&b.0))?;
        if cost >= patience {
            return None;
        }
        self.take(spot.rect);
        Some(spot)
    }

    fn cost(&self, rect: &Rect) -> f64 {
        let outside = rect.x < 2.0
            || rect.y < 2.0
            || rect.x + rect.w > WIDTH - 2.0
            || rect.y + rect.h > self.height - 2.0;
        let covered = self.taken.iter().any(|t| t.overlap(rect) > 0.0);
        let crossed = self.crossed(rect);
        if outside || covered {
            1000.0
        } else {
            crossed as f64 * 12.0
        }
    }
}

/// Boxes around a point, the preferred first.
fn around(at: Point, (w, h): (f64, f64), reach: f64) -> [Spot; 8] {
    let spot = |dx: f64, dy: f64, anchor| Spot {
        rect: Rect {
            x: at.0 + dx,
            y: at.1 + dy,
            w,
            h,
        },
        anchor,
    };
    let side = reach * 0.7;
    [
        spot(-w / 2.0, reach, "middle"),
        spot(-w / 2.0, -reach - h, "middle"),
        spot(reach, -h / 2.0, "start"),
        spot(-reach - w, -h / 2.0, "end"),
        spot(side, side, "start"),
        spot(side, -side - h, "start"),
        spot(-side - w, side, "end"),
        spot(-side - w, -side - h, "end"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_spot_do_not_overlap() {
        let mut sheet = Sheet::new(400.0);
        let spots: Vec<Spot> = (0..6)
            .filter_map(|_| sheet.place((600.0, 200.0), (80.0, 28.0), 10.0))
            .collect();
        assert!(spots.len() >= 4);
        for (i, a) in spots.iter().enumerate() {
            assert!(
                spots[i + 1..]
                    .iter()
                    .all(|b| a.rect.overlap(&b.rect) == 0.0)
            );
        }
    }

    #[test]
    fn a_label_stays_on_the_sheet() {
        let mut sheet = Sheet::new(100.0);
        let spot = sheet.place((5.0, 5.0), (80.0, 28.0), 10.0).unwrap();
        assert!(spot.rect.x >= 2.0 && spot.rect.y >= 2.0);
    }
}
