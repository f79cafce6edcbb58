//! The pass over the cells: linearise, eliminate, condense, in one sweep, four pieces side by side.
//!
//! A piece is a run of cells of one pipe. Its flows are linear in its pressures and are eliminated on
//! the spot; its inner pressures form a tridiagonal system, swept from left to right:
//!
//!   δq_j = c_j + a_j δp_j + b_j δp_(j+1)
//!   δp_j = R_j + L_j δp_first + U_j δp_(j+1)
//!
//! which leaves a 2 x 2 block for the two ends of the piece, without the mass stored there: an end is
//! shared with the next piece or with a node. The sweep is a chain of dependent operations with one
//! division; four pieces in the lanes of a vector, and the linearisation of the next cell beside it,
//! fill the time it would wait.

use crate::friction::{Curve, Friction, Scales};
use crate::lanes::{LANES, Lanes};
use crate::pipe::{GRAVITY, PipeMesh, StepScale};
use linepack_gas::Isotherm;
use linepack_network::Terms;

/// Above this multiple of laminar friction a constant λ is taken with the first term of the series of
/// the fourth-power mean that joins the two: what is left out is below 1e-12.
const TURBULENT: f64 = 30.0;

/// Coefficients of one cell and of the face at its left, as the sweep leaves them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row {
    constant: Lanes,
    left: Lanes,
    right: Lanes,
    /// R, L and U of the left face.
    rhs: Lanes,
    to_first: Lanes,
    to_next: Lanes,
}

/// What a sweep leaves of four pieces: balances "outflow from the ends = 0" by the end pressures.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PieceBlocks {
    pub matrix: [[Lanes; 2]; 2],
    pub rhs: [Lanes; 2],
    /// What the volume of a whole cell takes up at the two ends: by pressure, and now (kg/s).
    pub stored: [[Lanes; 2]; 2],
    /// Largest momentum residual, Pa per cell.
    pub worst_momentum: Lanes,
    /// Lowest pressure, Pa.
    pub lowest: Lanes,
}

/// State and what a step starts from, as arrays over all faces or segments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub pressure: &'a [f64],
    pub flow: &'a [f64],
    pub density_hat: &'a [f64],
    pub flow_hat: &'a [f64],
    /// Bulk viscosity at faces, m²/s (`waves`); empty for none.
    pub viscosity: &'a [f64],
    /// Density, its slope and viscosity at faces, where they are not the same function of pressure all along.
    pub contents: Option<[&'a [f64]; 3]>,
}

/// The geometry of four pieces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'a> {
    pub first_face: [usize; LANES],
    pub first_segment: [usize; LANES],
    /// First segment within the pipe.
    pub within: [usize; LANES],
    pub pipes: [&'a PipeMesh; LANES],
    pub geometry: &'a Geometry,
}

/// Density along four pieces.
pub(crate) trait GasLanes {
    /// Whether viscosity depends on pressure.
    const VISCOSITY_VARIES: bool;
    /// Density and its slope at face `i`.
    fn density(&self, fields: &Cut<'_>, i: usize, pressure: Lanes) -> (Lanes, Lanes);
    /// Viscosity and its slope in segment `j`.
    fn viscosity(&self, fields: &Cut<'_>, j: usize, pressure: Lanes) -> (Lanes, Lanes);
}

/// Density in proportion to pressure, one viscosity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ideal {
    pub ratio: Lanes,
    pub viscosity: Lanes,
}

impl GasLanes for Ideal {
    const VISCOSITY_VARIES: bool = false;

    #[inline(always)]
    fn density(&self, _: &Cut<'_>, _: usize, pressure: Lanes) -> (Lanes, Lanes) {
        (pressure * self.ratio, self.ratio)
    }

    #[inline(always)]
    fn viscosity(&self, _: &Cut<'_>, _: usize, _: Lanes) -> (Lanes, Lanes) {
        (self.viscosity, Lanes::default())
    }
}

/// Property tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables<'a>(pub [&'a Isotherm; LANES]);

impl GasLanes for Tables<'_> {
    const VISCOSITY_VARIES: bool = true;

    #[inline(always)]
    fn density(&self, _: &Cut<'_>, _: usize, pressure: Lanes) -> (Lanes, Lanes) {
        let (density, slope) = Isotherm::densities(self.0, pressure.0);
        (Lanes(density), Lanes(slope))
    }

    #[inline(always)]
    fn viscosity(&self, _: &Cut<'_>, _: usize, pressure: Lanes) -> (Lanes, Lanes) {
        let (viscosity, slope) = Isotherm::viscosities(self.0, pressure.0);
        (Lanes(viscosity), Lanes(slope))
    }
}

/// What was found for each face before the sweep.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Local;

impl GasLanes for Local {
    const VISCOSITY_VARIES: bool = false;

    #[inline(always)]
    fn density(&self, fields: &Cut<'_>, i: usize, pressure: Lanes) -> (Lanes, Lanes) {
        match &fields.contents {
            Some([density, slope, _]) => (at(density, i), at(slope, i)),
            None => (pressure, Lanes::default()),
        }
    }

    #[inline(always)]
    fn viscosity(&self, fields: &Cut<'_>, j: usize, pressure: Lanes) -> (Lanes, Lanes) {
        match &fields.contents {
            Some([_, _, viscosity]) => {
                let mean = Lanes::all(0.5) * (at(viscosity, j) + at(viscosity, j + 1));
                (mean, Lanes::default())
            }
            None => (pressure, Lanes::default()),
        }
    }
}

/// φ = λ q|q|, dφ/dq and dφ/d(ln μ).
pub(crate) type FrictionLanes = (Lanes, Lanes, Lanes);

/// Friction along four pieces.
pub(crate) trait LawLanes {
    fn term(&self, flow: Lanes, viscosity: Lanes, density: Lanes) -> FrictionLanes;
}

/// Any law, lane by lane.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exact<'a> {
    pub laws: [&'a Friction; LANES],
    pub geometry: &'a Geometry,
    pub chord: Option<f64>,
}

impl LawLanes for Exact<'_> {
    #[inline(always)]
    fn term(&self, flow: Lanes, viscosity: Lanes, density: Lanes) -> FrictionLanes {
        let mut found = (Lanes::default(), Lanes::default(), Lanes::default());
        for k in 0..LANES {
            let (q, mu) = (flow.0[k], viscosity.0[k]);
            let term = match self.chord {
                None => self.laws[k].term(q, mu),
                Some(velocity) => {
                    let typical = velocity * density.0[k] * self.geometry.area.0[k];
                    self.laws[k].chord(q, typical, mu)
                }
            };
            found.0.0[k] = term.value;
            found.1.0[k] = term.per_flow;
            found.2.0[k] = term.per_ln_viscosity;
        }
        found
    }
}

/// A constant λ with its laminar floor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Constant<'a>(pub &'a Geometry);

impl LawLanes for Constant<'_> {
    #[inline(always)]
    fn term(&self, flow: Lanes, viscosity: Lanes, _: Lanes) -> FrictionLanes {
        let g = self.0;
        let magnitude = flow.abs();
        let turbulent = g.lambda * magnitude;
        let laminar = g.laminar * viscosity;
        let bound = Lanes::all(TURBULENT) * laminar;
        let slow = !turbulent.exceeds(bound);
        if slow {
            return joined(g, flow, [turbulent, laminar]);
        }
        let ratio = laminar / turbulent;
        let square = ratio * ratio;
        let more = Lanes::all(0.25) * square * square;
        let local = g.local * magnitude;
        let value = (turbulent + turbulent * more + local) * flow * g.efficiency;
        let slope = (turbulent * (Lanes::all(2.0) - (more + more)) + local + local) * g.efficiency;
        (value, slope, Lanes::default())
    }
}

/// A constant λ joined to laminar friction by a fourth-power mean.
#[inline(always)]
fn joined(g: &Geometry, flow: Lanes, [turbulent, laminar]: [Lanes; 2]) -> FrictionLanes {
    let fourth = |x: Lanes| x * x * (x * x);
    let (t4, l4) = (fourth(turbulent), fourth(laminar));
    let both = t4 + l4;
    let mean = both.sqrt().sqrt();
    let per_both = both.inverse();
    let local = g.local * flow.abs();
    let value = (mean + local) * flow * g.efficiency;
    let slope = (mean + mean * t4 * per_both + local + local) * g.efficiency;
    let by_viscosity = mean * flow * l4 * per_both * g.efficiency;
    (value, slope, by_viscosity)
}

/// A law in Re by its table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Curved<'a> {
    pub exact: Exact<'a>,
    pub curves: [&'a Curve; LANES],
}

impl LawLanes for Curved<'_> {
    #[inline(always)]
    fn term(&self, flow: Lanes, viscosity: Lanes, density: Lanes) -> FrictionLanes {
        let g = self.exact.geometry;
        let magnitude = flow.abs();
        let reynolds = magnitude * g.reynolds / viscosity;
        let [least, most] = Curve::RANGE;
        if !(reynolds.exceeds(Lanes::all(least)) && Lanes::all(most).exceeds(reynolds)) {
            return self.exact.term(flow, viscosity, density);
        }
        let (lambda, slope) = Lanes::pairs(|k| self.curves[k].at(reynolds.0[k]));
        let scaled = magnitude * g.efficiency;
        let all = lambda + g.local;
        (
            all * flow * scaled,
            (all + all + slope) * scaled,
            -(slope * flow * scaled),
        )
    }
}

/// Constants of the cells of four pieces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Geometry {
    /// Volume of a cell, m³.
    volume: Lanes,
    /// Friction, dx/(2 D A²).
    friction: Lanes,
    /// dx/A; zero without inertia.
    inertia: Lanes,
    /// 1/A² and 2 dx/A of the kinetic term; zero without.
    per_area_square: Lanes,
    kinetic: Lanes,
    area: Lanes,
    /// Constant λ, or NaN.
    lambda: Lanes,
    /// Laminar friction per viscosity.
    laminar: Lanes,
    /// D/A: Reynolds number by flow over viscosity.
    reynolds: Lanes,
    /// What local losses add to λ.
    local: Lanes,
    /// Factor on friction for the pipe efficiency.
    efficiency: Lanes,
}

impl Geometry {
    pub(crate) fn new(pipes: [&PipeMesh; LANES], terms: Terms) -> Self {
        let scales = pipes.map(|p| p.friction.scales());
        let each = |f: &dyn Fn(&PipeMesh, &Scales) -> f64| Lanes::each(|k| f(pipes[k], &scales[k]));
        let on = |term: bool| if term { 1.0 } else { 0.0 };
        let (inertia, kinetic) = (on(terms.inertia), on(terms.kinetic));
        Self {
            volume: each(&|p, _| p.area * p.dx),
            friction: each(&|p, _| p.dx / (2.0 * p.diameter * p.area * p.area)),
            inertia: each(&|p, _| inertia * p.dx / p.area),
            per_area_square: each(&|p, _| kinetic / (p.area * p.area)),
            kinetic: each(&|p, _| kinetic * 2.0 * p.dx / p.area),
            area: each(&|p, _| p.area),
            lambda: each(&|_, s| s.constant.unwrap_or(f64::NAN)),
            laminar: each(&|_, s| 64.0 * s.area_per_diameter),
            reynolds: each(&|_, s| 1.0 / s.area_per_diameter),
            local: each(&|_, s| s.local),
            efficiency: each(&|_, s| s.by_efficiency),
        }
    }
}

/// What the terms of a sweep are multiplied with.
struct Scale {
    /// Mass taken up by a whole cell per density and time, m³/s.
    volume_rate: Lanes,
    friction: Lanes,
    inertia: Lanes,
    rate: Lanes,
    half: Lanes,
    per_area_square: Lanes,
    kinetic: Lanes,
    gravity: f64,
}

impl Scale {
    #[inline(always)]
    fn new(geometry: &Geometry, step: StepScale) -> Self {
        let rate = Lanes::all(step.rate);
        Self {
            volume_rate: geometry.volume * rate,
            friction: geometry.friction,
            inertia: geometry.inertia * rate,
            rate,
            half: Lanes::all(0.5),
            per_area_square: geometry.per_area_square,
            kinetic: geometry.kinetic,
            gravity: if step.terms.gravity { GRAVITY } else { 0.0 },
        }
    }
}

/// A face: pressure, density, its slope, and density less what the step starts from.
#[derive(Clone, Copy)]
struct Face {
    pressure: Lanes,
    density: Lanes,
    slope: Lanes,
    change: Lanes,
}

/// A linearised momentum equation.
struct Momentum {
    residual: Lanes,
    per_flow: Lanes,
    per_left: Lanes,
    per_right: Lanes,
}

/// The parts of an array that belong to four pieces.
type Runs<'a> = [&'a [f64]; LANES];

/// `Fields`, cut to four pieces.
pub(crate) struct Cut<'a> {
    pressure: Runs<'a>,
    flow: Runs<'a>,
    density_hat: Runs<'a>,
    flow_hat: Runs<'a>,
    viscosity: Option<Runs<'a>>,
    contents: Option<[Runs<'a>; 3]>,
}

impl<'a> Cut<'a> {
    #[inline(always)]
    fn new(fields: &Fields<'a>, shape: &Shape<'_>, cells: usize) -> Self {
        let faces = |of: &'a [f64]| run(of, shape.first_face, cells + 1);
        let segments = |of: &'a [f64]| run(of, shape.first_segment, cells);
        Self {
            pressure: faces(fields.pressure),
            flow: segments(fields.flow),
            density_hat: faces(fields.density_hat),
            flow_hat: segments(fields.flow_hat),
            viscosity: (!fields.viscosity.is_empty()).then(|| faces(fields.viscosity)),
            contents: fields
                .contents
                .map(|[a, b, c]| [faces(a), faces(b), faces(c)]),
        }
    }
}

#[inline(always)]
fn run(of: &[f64], first: [usize; LANES], length: usize) -> Runs<'_> {
    let one = |k: usize| &of[first[k]..][..length];
    [one(0), one(1), one(2), one(3)]
}

#[inline(always)]
fn at(runs: &Runs<'_>, j: usize) -> Lanes {
    Lanes([runs[0][j], runs[1][j], runs[2][j], runs[3][j]])
}

#[inline(always)]
fn face<G: GasLanes>(gas: &G, fields: &Cut<'_>, i: usize) -> Face {
    let pressure = at(&fields.pressure, i);
    let (density, slope) = gas.density(fields, i, pressure);
    Face {
        pressure,
        density,
        slope,
        change: density - at(&fields.density_hat, i),
    }
}

/// Linearises the momentum equation of segment `j`; `PLAIN`: level, without the kinetic term and damping.
#[inline(always)]
#[expect(
    clippy::too_many_arguments,
    reason = "one call, put inline into the sweep"
)]
fn momentum<G: GasLanes, F: LawLanes, const PLAIN: bool>(
    gas: &G,
    law: &F,
    scale: &Scale,
    shape: &Shape<'_>,
    fields: &Cut<'_>,
    j: usize,
    flow: Lanes,
    [left, right]: [&Face; 2],
) -> Momentum {
    let mean = scale.half * (left.density + right.density);
    let per_mean = mean.inverse();
    let (viscosity, viscosity_slope) =
        gas.viscosity(fields, j, scale.half * (left.pressure + right.pressure));
    let (value, per_flow, per_ln_viscosity) = law.term(flow, viscosity, mean);
    let c = scale.friction * per_mean;
    let loss = c * value;
    let by_density = scale.half * loss * per_mean;
    let flow_change = flow - at(&fields.flow_hat, j);
    let one = Lanes::all(1.0);
    let mut m = Momentum {
        residual: right.pressure - left.pressure + loss + scale.inertia * flow_change,
        per_flow: c * per_flow + scale.inertia,
        per_left: -(one + by_density * left.slope),
        per_right: one - by_density * right.slope,
    };
    if G::VISCOSITY_VARIES {
        let by_viscosity = scale.half * c * per_ln_viscosity * viscosity_slope / viscosity;
        m.per_left = m.per_left + by_viscosity;
        m.per_right = m.per_right + by_viscosity;
    }
    if !PLAIN {
        let rise = Lanes::each(|k| shape.pipes[k].rise[shape.within[k] + j]);
        let weight = Lanes::all(scale.gravity) * rise;
        m.residual = m.residual + mean * weight;
        m.per_left = m.per_left + scale.half * left.slope * weight;
        m.per_right = m.per_right + scale.half * right.slope * weight;
        add_kinetic(scale, flow, per_mean, [left, right], &mut m);
        if let Some(viscosity) = &fields.viscosity {
            let ends = [at(viscosity, j), at(viscosity, j + 1)];
            add_viscosity(scale, ends, [left, right], &mut m);
        }
    }
    m
}

/// ν_r s (ρ - ρ̂)_r - ν_l s (ρ - ρ̂)_l
#[inline(always)]
fn add_viscosity(s: &Scale, viscosity: [Lanes; 2], faces: [&Face; 2], m: &mut Momentum) {
    let [left, right] = faces;
    let (l, r) = (viscosity[0] * s.rate, viscosity[1] * s.rate);
    m.residual = m.residual + r * right.change - l * left.change;
    m.per_left = m.per_left - l * left.slope;
    m.per_right = m.per_right + r * right.slope;
}

/// q²/A² (1/ρ_r - 1/ρ_l) - 2 q dx/(A ρ_m) s (ρ - ρ̂)_m
#[inline(always)]
fn add_kinetic(s: &Scale, flow: Lanes, per_mean: Lanes, faces: [&Face; 2], m: &mut Momentum) {
    let [left, right] = faces;
    let (vl, vr) = (left.density.inverse(), right.density.inverse());
    let (k, a2) = (s.kinetic * per_mean, s.per_area_square);
    let rate = s.half * s.rate * (left.change + right.change);
    let by_flow = flow * a2 * (vr - vl);
    m.residual = m.residual + flow * by_flow - k * flow * rate;
    m.per_flow = m.per_flow + by_flow + by_flow - k * rate;
    let both = s.half * k * flow * (rate * per_mean - s.rate);
    let square = flow * flow * a2;
    m.per_left = m.per_left + (square * vl * vl + both) * left.slope;
    m.per_right = m.per_right + (both - square * vr * vr) * right.slope;
}

/// One sweep over four pieces.
#[inline(always)]
pub(crate) fn sweep<G: GasLanes, F: LawLanes, const PLAIN: bool>(
    gas: &G,
    law: &F,
    shape: &Shape<'_>,
    fields: &Fields<'_>,
    step: StepScale,
    rows: &mut [Row],
) -> PieceBlocks {
    let scale = Scale::new(shape.geometry, step);
    let fields = &Cut::new(fields, shape, rows.len());
    let mut left = face(gas, fields, 0);
    let mut blocks = PieceBlocks {
        lowest: left.pressure,
        ..PieceBlocks::default()
    };
    blocks.stored[0] = [
        scale.volume_rate * left.slope,
        scale.volume_rate * left.change,
    ];
    // R, L and U of the face before; a, b and q + c of the segment before.
    let (mut rhs, mut to_first, mut to_next) =
        (Lanes::default(), Lanes::all(1.0), Lanes::default());
    let (mut a0, mut b0, mut w0) = (Lanes::default(), Lanes::default(), Lanes::default());
    // Row of the first face: diagonal, coupling to the next face not yet eliminated, right-hand side.
    let (mut diagonal, mut coupling, mut first) =
        (Lanes::default(), Lanes::default(), Lanes::default());
    for (j, row) in rows.iter_mut().enumerate() {
        let right = face(gas, fields, j + 1);
        blocks.lowest = blocks.lowest.smaller(right.pressure);
        let flow = at(&fields.flow, j);
        let m = momentum::<G, F, PLAIN>(gas, law, &scale, shape, fields, j, flow, [&left, &right]);
        blocks.worst_momentum = blocks.worst_momentum.larger(m.residual.abs());
        let per_flow = m.per_flow.inverse();
        let constant = -(m.residual * per_flow);
        let a = -(m.per_left * per_flow);
        let b = -(m.per_right * per_flow);
        let w = flow + constant;
        if j == 0 {
            (diagonal, coupling, first) = (a, b, -w);
        } else {
            let pivot = scale.volume_rate * left.slope + a - b0 - a0 * to_next;
            let per_pivot = pivot.inverse();
            rhs = (w0 - w - scale.volume_rate * left.change + a0 * rhs) * per_pivot;
            to_first = a0 * to_first * per_pivot;
            to_next = -(b * per_pivot);
            diagonal = diagonal + coupling * to_first;
            first = first - coupling * rhs;
            coupling = coupling * to_next;
        }
        *row = Row {
            constant,
            left: a,
            right: b,
            rhs,
            to_first,
            to_next,
        };
        (a0, b0, w0) = (a, b, w);
        left = right;
    }
    blocks.matrix = [[diagonal, coupling], [-(a0 * to_first), -b0 - a0 * to_next]];
    blocks.rhs = [first, w0 + a0 * rhs];
    blocks.stored[1] = [
        scale.volume_rate * left.slope,
        scale.volume_rate * left.change,
    ];
    blocks
}

/// Changes of inner pressures and of flows from those of the end pressures: δp and δq take the
/// places of R and c. Returns the largest of each.
#[inline(always)]
pub(crate) fn substitute(rows: &mut [Row], ends: [Lanes; 2]) -> [Lanes; 2] {
    let [first, mut next] = ends;
    let mut largest = [Lanes::default(); 2];
    for row in rows[1..].iter_mut().rev() {
        let pressure = row.rhs + row.to_first * first + row.to_next * next;
        let flow = row.constant + row.left * pressure + row.right * next;
        (row.rhs, row.constant) = (pressure, flow);
        largest = [
            largest[0].larger(pressure.abs()),
            largest[1].larger(flow.abs()),
        ];
        next = pressure;
    }
    let row = &mut rows[0];
    let flow = row.constant + row.left * first + row.right * next;
    (row.rhs, row.constant) = (first, flow);
    largest[1] = largest[1].larger(flow.abs());
    largest
}

impl Row {
    /// After `substitute`: changes of the pressure at the left and of the flow.
    #[inline(always)]
    pub(crate) fn changes(&self) -> [Lanes; 2] {
        [self.rhs, self.constant]
    }
}
