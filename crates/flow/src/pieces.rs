//! Pipes cut into pieces, and pieces put into groups of the same length and kind.

use crate::cells::{Geometry, PieceBlocks, Row};
use crate::friction::Curve;
use crate::lanes::{LANES, Lanes};
use crate::model::Model;
use crate::pipe::PipeMesh;

/// Pipes with fewer cells are not cut.
const CUT_CELLS: usize = 16;
/// Longest piece.
const PIECE_CELLS: usize = 128;

/// A run of cells of a pipe.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub pipe: usize,
    /// First segment within the pipe.
    pub within: usize,
    pub cells: usize,
}

/// How the cells of a piece are to be treated; pieces of one group agree in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// Density in proportion to pressure and one viscosity.
    pub ideal: bool,
    /// Level, no kinetic term, and no damping of waves.
    pub plain: bool,
    pub law: LawKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LawKind {
    Constant,
    Curved,
    Exact,
}

/// Up to four pieces of the same length and kind.
pub(crate) struct Group {
    pub kind: Kind,
    /// Pieces; places that are not needed repeat the first.
    pub pieces: [usize; LANES],
    pub geometry: Geometry,
    pub active: usize,
    pub first_face: [usize; LANES],
    pub first_segment: [usize; LANES],
    pub rows: Vec<Row>,
    pub blocks: PieceBlocks,
    pub ends: [Lanes; 2],
    /// Largest changes of pressure and flow.
    pub largest: [f64; 2],
}

/// Cuts a pipe into pieces.
pub(crate) fn cut(pipe: usize, cells: usize, pieces: &mut Vec<Piece>) {
    let mut within = 0;
    let mut add = |cells: usize| {
        pieces.push(Piece {
            pipe,
            within,
            cells,
        });
        within += cells;
        within
    };
    let mut left = cells;
    while left >= CUT_CELLS {
        let length = (left / LANES).min(PIECE_CELLS);
        for _ in 0..LANES {
            left = cells - add(length);
        }
    }
    if left > 0 {
        add(left);
    }
}

pub(crate) fn kind(model: &Model, pipe: usize, curve: Option<usize>) -> Kind {
    let mesh = &model.pipes[pipe];
    let gas = &model.isotherms[mesh.isotherm];
    let terms = model.settings.terms;
    let level = !terms.gravity || mesh.rise.iter().all(|r| *r == 0.0);
    Kind {
        ideal: gas.constant_ratio().is_some() && gas.constant_viscosity().is_some(),
        plain: level && !terms.kinetic && !model.settings.waves,
        law: match (mesh.friction.scales().constant, curve) {
            (Some(_), _) => LawKind::Constant,
            (None, Some(_)) => LawKind::Curved,
            (None, None) => LawKind::Exact,
        },
    }
}

/// Tables of the laws that have one and are asked often enough, and which each pipe takes.
/// `iterations`: how many passes over the cells are to be expected.
pub(crate) fn curves(model: &Model, iterations: usize) -> (Vec<Curve>, Vec<Option<usize>>) {
    let pipes = &model.pipes;
    let mut order: Vec<usize> = (0..pipes.len()).collect();
    order.sort_by(|&i, &j| pipes[i].friction.compare_laws(&pipes[j].friction));
    let mut curves = Vec::new();
    let mut taken = vec![None; pipes.len()];
    let alike = |&i: &usize, &j: &usize| pipes[i].friction.compare_laws(&pipes[j].friction).is_eq();
    for same in order.chunk_by(alike) {
        let cells: usize = same.iter().map(|&i| pipes[i].cells()).sum();
        if cells * iterations < Curve::EVALUATIONS {
            continue;
        }
        if let Some(curve) = Curve::of(&pipes[same[0]].friction) {
            same.iter().for_each(|&i| taken[i] = Some(curves.len()));
            curves.push(curve);
        }
    }
    (curves, taken)
}

/// Groups of pieces of the same length and kind.
pub(crate) fn group(model: &Model, pieces: &[Piece], kinds: &[Kind]) -> Vec<Group> {
    let key = |i: usize| (kinds[pieces[i].pipe], pieces[i].cells);
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|&i| key(i));
    let alike = order.chunk_by(|&i, &j| key(i) == key(j));
    alike
        .flat_map(|same| same.chunks(LANES))
        .map(|four| {
            let lanes: [usize; LANES] =
                std::array::from_fn(|k| four.get(k).copied().unwrap_or(four[0]));
            let first = |start: fn(&PipeMesh) -> usize| {
                lanes.map(|i| start(&model.pipes[pieces[i].pipe]) + pieces[i].within)
            };
            let (kind, cells) = key(four[0]);
            Group {
                kind,
                pieces: lanes,
                geometry: Geometry::new(
                    lanes.map(|i| &model.pipes[pieces[i].pipe]),
                    model.settings.terms,
                ),
                active: four.len(),
                first_face: first(|p| p.first_face),
                first_segment: first(|p| p.first_segment),
                rows: vec![Row::default(); cells],
                blocks: PieceBlocks::default(),
                ends: [Lanes::default(); 2],
                largest: [0.0; 2],
            }
        })
        .collect()
}
