//! Pipes condensed to their ends: pieces, groups of pieces, and the chains that pieces form.
//!
//! A pipe of 16 cells or more is cut into pieces of equal length, four at a time and at most 128 cells
//! long, and a rest of at most three cells; a shorter one is one piece. Four pieces of the same length
//! and kind, of the same pipe or not, are a group and share the lanes of a sweep (`cells`). The faces
//! between the pieces of a pipe form a tridiagonal system of their own, eliminated as the faces in a
//! piece are. What is left is a 2 x 2 block for the two nodes of each pipe.
//!
//! Which pieces share a group follows from the model alone, and each group is worked on by one thread:
//! results do not depend on the number of threads.

use crate::cells::{
    Constant, Curved, Exact, Fields, Ideal, LawLanes, Local, PieceBlocks, Row, Shape, Tables,
    substitute, sweep,
};
use crate::friction::Curve;
use crate::lanes::{LANES, Lanes};
use crate::model::Model;
use crate::pieces::{Group, Kind, LawKind, Piece, curves, cut, group, kind};
use crate::pipe::{EndBlock, StepScale};
use rayon::prelude::*;

/// A face between two pieces: δp = rhs + to_first δp_first + to_next δp_next.
#[derive(Debug, Clone, Copy, Default)]
struct Joint {
    rhs: f64,
    to_first: f64,
    to_next: f64,
}

/// Work arrays of all pipes of a model.
pub(crate) struct Condenser {
    pieces: Vec<Piece>,
    /// First piece of each pipe, and one past the last.
    first_piece: Vec<usize>,
    /// Group and lane of each piece.
    place: Vec<(usize, usize)>,
    groups: Vec<Group>,
    /// The face at the left of each piece.
    joints: Vec<Joint>,
    /// Its change of pressure.
    changes: Vec<f64>,
    curves: Vec<Curve>,
    /// Table of each pipe's law, where it has one.
    curve: Vec<Option<usize>>,
    pub blocks: Vec<EndBlock>,
}

impl Condenser {
    /// `iterations`: how many passes over the cells are to be expected.
    pub(crate) fn new(model: &Model, iterations: usize) -> Self {
        let (curves, curve) = curves(model, iterations);
        let mut pieces = Vec::new();
        let mut first_piece = vec![0];
        for (i, pipe) in model.pipes.iter().enumerate() {
            cut(i, pipe.cells(), &mut pieces);
            first_piece.push(pieces.len());
        }
        let kinds: Vec<Kind> = (0..model.pipes.len())
            .map(|i| kind(model, i, curve[i]))
            .collect();
        let groups = group(model, &pieces, &kinds);
        let mut place = vec![(0, 0); pieces.len()];
        for (g, group) in groups.iter().enumerate() {
            for lane in 0..group.active {
                place[group.pieces[lane]] = (g, lane);
            }
        }
        Self {
            joints: vec![Joint::default(); pieces.len()],
            changes: vec![0.0; pieces.len()],
            blocks: vec![EndBlock::default(); model.pipes.len()],
            pieces,
            first_piece,
            place,
            groups,
            curves,
            curve,
        }
    }

    /// Residual and Jacobian of all pipes, condensed to their ends.
    pub(crate) fn assemble(
        &mut self,
        model: &Model,
        fields: &Fields<'_>,
        step: StepScale,
        pool: Option<&rayon::ThreadPool>,
    ) {
        let (pieces, curves, curve) = (&self.pieces, &self.curves, &self.curve);
        let one = |group: &mut Group| {
            let tables = Pieces {
                model,
                pieces,
                curves,
                curve,
            };
            pulp::Arch::new().dispatch(Sweep {
                group,
                tables,
                fields,
                step,
            });
        };
        match pool {
            Some(pool) => pool.install(|| self.groups.par_iter_mut().for_each(one)),
            None => self.groups.iter_mut().for_each(one),
        }
        for pipe in 0..model.pipes.len() {
            self.blocks[pipe] = self.chain(pipe);
        }
    }

    /// Eliminates the faces between the pieces of a pipe.
    fn chain(&mut self, pipe: usize) -> EndBlock {
        let range = self.first_piece[pipe]..self.first_piece[pipe + 1];
        let mut found = EndBlock::default();
        // The face before: its R, L and U; the lower row of the piece before.
        let mut last = Joint {
            to_first: 1.0,
            ..Joint::default()
        };
        let mut below = ([0.0; 2], 0.0);
        let mut end = [0.0; 2];
        let mut coupling = 0.0;
        for (i, piece) in range.enumerate() {
            let (group, lane) = self.place[piece];
            let b = &self.groups[group].blocks;
            let at = |x: Lanes| x.0[lane];
            let (upper, upper_rhs) = (b.matrix[0].map(at), at(b.rhs[0]));
            if i == 0 {
                let [by_pressure, now] = b.stored[0].map(at);
                found.matrix[0][0] = 0.5 * by_pressure + upper[0];
                found.rhs[0] = upper_rhs - 0.5 * now;
                coupling = upper[1];
            } else {
                let [by_pressure, now] = b.stored[0].map(at);
                let (lower, lower_rhs) = below;
                let pivot = by_pressure + lower[1] + upper[0] + lower[0] * last.to_next;
                let joint = Joint {
                    rhs: (lower_rhs + upper_rhs - now - lower[0] * last.rhs) / pivot,
                    to_first: -(lower[0] * last.to_first) / pivot,
                    to_next: -upper[1] / pivot,
                };
                found.matrix[0][0] += coupling * joint.to_first;
                found.rhs[0] -= coupling * joint.rhs;
                coupling *= joint.to_next;
                self.joints[piece] = joint;
                last = joint;
            }
            below = (b.matrix[1].map(at), at(b.rhs[1]));
            end = b.stored[1].map(at);
            found.worst_momentum = found.worst_momentum.max(at(b.worst_momentum));
        }
        let (lower, lower_rhs) = below;
        found.matrix[0][1] = coupling;
        found.matrix[1] = [
            lower[0] * last.to_first,
            0.5 * end[0] + lower[1] + lower[0] * last.to_next,
        ];
        found.rhs[1] = lower_rhs - 0.5 * end[1] - lower[0] * last.rhs;
        found
    }

    /// Changes of all inner pressures and flows from those of the pipes' ends, Pa; returns the
    /// largest of each.
    pub(crate) fn substitute_back(
        &mut self,
        ends: impl Fn(usize) -> [f64; 2],
        pool: Option<&rayon::ThreadPool>,
    ) -> [f64; 2] {
        let mut largest = [0.0_f64; 2];
        for pipe in 0..self.blocks.len() {
            let [first, mut next] = ends(pipe);
            for piece in (self.first_piece[pipe]..self.first_piece[pipe + 1]).rev() {
                let (group, lane) = self.place[piece];
                let here = if piece == self.first_piece[pipe] {
                    first
                } else {
                    let joint = self.joints[piece];
                    joint.rhs + joint.to_first * first + joint.to_next * next
                };
                let ends = &mut self.groups[group].ends;
                (ends[0].0[lane], ends[1].0[lane]) = (here, next);
                self.changes[piece] = here;
                largest[0] = largest[0].max(here.abs());
                next = here;
            }
        }
        let one = |group: &mut Group| pulp::Arch::new().dispatch(Substitute { group });
        match pool {
            Some(pool) => pool.install(|| self.groups.par_iter_mut().for_each(one)),
            None => self.groups.iter_mut().for_each(one),
        }
        for group in &self.groups {
            largest = [
                largest[0].max(group.largest[0]),
                largest[1].max(group.largest[1]),
            ];
        }
        largest
    }

    /// The lowest pressure in the pipes at the last assembly, Pa.
    pub(crate) fn lowest(&self) -> f64 {
        let lowest = self.groups.iter().map(|g| -(-g.blocks.lowest).largest());
        lowest.fold(f64::INFINITY, f64::min)
    }

    /// The least of `share(pressure, change)` over all inner faces, and 1.
    pub(crate) fn least_share(&self, pressure: &[f64], share: impl Fn(f64, f64) -> f64) -> f64 {
        let mut least = 1.0_f64;
        for group in &self.groups {
            for (j, row) in group.rows.iter().enumerate().skip(1) {
                let [change, _] = row.changes();
                for lane in 0..group.active {
                    let at = group.first_face[lane] + j;
                    least = least.min(share(pressure[at], change.0[lane]));
                }
            }
        }
        for (piece, &change) in self.pieces.iter().zip(&self.changes) {
            if piece.within > 0 {
                let at = self.face(piece);
                least = least.min(share(pressure[at], change));
            }
        }
        least
    }

    fn face(&self, piece: &Piece) -> usize {
        let (group, lane) = self.place[self.first_piece[piece.pipe]];
        self.groups[group].first_face[lane] + piece.within
    }

    /// Adds a share of the changes to pressures at inner faces and to flows.
    pub(crate) fn update(&self, share: f64, pressure: &mut [f64], flow: &mut [f64]) {
        for group in &self.groups {
            if group.active == LANES {
                group.add(share, LANES, pressure, flow);
            } else {
                group.add(share, group.active, pressure, flow);
            }
        }
        for (piece, &change) in self.pieces.iter().zip(&self.changes) {
            if piece.within > 0 {
                pressure[self.face(piece)] += share * change;
            }
        }
    }
}

impl Group {
    #[inline(always)]
    fn add(&self, share: f64, active: usize, pressure: &mut [f64], flow: &mut [f64]) {
        for (j, row) in self.rows.iter().enumerate() {
            let [dp, dq] = row.changes();
            for lane in 0..active {
                flow[self.first_segment[lane] + j] += share * dq.0[lane];
                if j > 0 {
                    pressure[self.first_face[lane] + j] += share * dp.0[lane];
                }
            }
        }
    }
}

/// Something for each lane. (The functions of arrays are not put inline everywhere.)
#[inline(always)]
fn each<T>(mut of: impl FnMut(usize) -> T) -> [T; LANES] {
    [of(0), of(1), of(2), of(3)]
}

/// What groups look up.
#[derive(Clone, Copy)]
struct Pieces<'a> {
    model: &'a Model,
    pieces: &'a [Piece],
    curves: &'a [Curve],
    curve: &'a [Option<usize>],
}

struct Sweep<'a> {
    group: &'a mut Group,
    tables: Pieces<'a>,
    fields: &'a Fields<'a>,
    step: StepScale,
}

impl pulp::WithSimd for Sweep<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self {
            group,
            tables,
            fields,
            step,
        } = self;
        let lanes = each(|k| tables.pieces[group.pieces[k]]);
        let pipes = each(|k| &tables.model.pipes[lanes[k].pipe]);
        let geometry = &group.geometry;
        let shape = Shape {
            first_face: group.first_face,
            first_segment: group.first_segment,
            within: each(|k| lanes[k].within),
            pipes,
            geometry,
        };
        let exact = Exact {
            laws: each(|k| &pipes[k].friction),
            geometry,
            chord: step.chord,
        };
        let law = if step.chord.is_some() {
            LawKind::Exact
        } else {
            group.kind.law
        };
        let curves = each(|k| tables.curve[lanes[k].pipe].map(|c| &tables.curves[c]));
        let (kind, rows) = (group.kind, &mut group.rows);
        group.blocks = match (law, curves) {
            (LawKind::Constant, _) => {
                let law = Constant(geometry);
                by_gas(kind, tables.model, &law, &shape, fields, step, rows)
            }
            (LawKind::Curved, [Some(a), Some(b), Some(c), Some(d)]) => {
                let curves = [a, b, c, d];
                let law = Curved { exact, curves };
                by_gas(kind, tables.model, &law, &shape, fields, step, rows)
            }
            _ => by_gas(kind, tables.model, &exact, &shape, fields, step, rows),
        };
    }
}

#[inline(always)]
fn by_gas<F: LawLanes>(
    kind: Kind,
    model: &Model,
    law: &F,
    shape: &Shape<'_>,
    fields: &Fields<'_>,
    step: StepScale,
    rows: &mut [Row],
) -> PieceBlocks {
    if fields.contents.is_some() {
        return if kind.plain {
            sweep::<_, F, true>(&Local, law, shape, fields, step, rows)
        } else {
            sweep::<_, F, false>(&Local, law, shape, fields, step, rows)
        };
    }
    let tables = each(|k| &model.isotherms[shape.pipes[k].isotherm]);
    if kind.ideal {
        let gas = Ideal {
            ratio: Lanes::each(|k| tables[k].constant_ratio().unwrap_or(f64::NAN)),
            viscosity: Lanes::each(|k| tables[k].constant_viscosity().unwrap_or(f64::NAN)),
        };
        if kind.plain {
            sweep::<_, F, true>(&gas, law, shape, fields, step, rows)
        } else {
            sweep::<_, F, false>(&gas, law, shape, fields, step, rows)
        }
    } else {
        let gas = Tables(tables);
        if kind.plain {
            sweep::<_, F, true>(&gas, law, shape, fields, step, rows)
        } else {
            sweep::<_, F, false>(&gas, law, shape, fields, step, rows)
        }
    }
}

struct Substitute<'a> {
    group: &'a mut Group,
}

impl pulp::WithSimd for Substitute<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let group = self.group;
        for lane in group.active..LANES {
            for end in &mut group.ends {
                end.0[lane] = end.0[0];
            }
        }
        let [pressure, flow] = substitute(&mut group.rows, group.ends);
        group.largest = [pressure.largest(), flow.largest()];
    }
}
