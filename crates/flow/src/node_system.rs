//! The sparse system over nodes, links and terminals that remains when the pipes are condensed.
//!
//! The pattern is fixed when the model is built; each Newton iteration fills the values, factorises
//! and solves, without allocating once the first factors exist.

use crate::sparse_lu::SparseLu;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::sparse::SymbolicSparseColMatRef;
use faer::sparse::linalg::colamd;

/// Where an entry of the matrix lives.
pub(crate) type Slot = usize;

/// Collects the pattern.
#[derive(Debug, Default)]
pub(crate) struct PatternBuilder {
    entries: Vec<(usize, usize)>,
}

impl PatternBuilder {
    /// Notes an entry; its slot is known after `finish`.
    pub(crate) fn entry(&mut self, row: usize, column: usize) -> usize {
        self.entries.push((row, column));
        self.entries.len() - 1
    }

    /// The system, and for each noted entry its slot (repeated entries share one).
    pub(crate) fn finish(self, size: usize) -> Result<(NodeSystem, Vec<Slot>), String> {
        let mut unique: Vec<(usize, usize)> = self.entries.iter().map(|&(r, c)| (c, r)).collect();
        unique.sort_unstable();
        unique.dedup();
        let slots = self
            .entries
            .iter()
            .map(|&(r, c)| unique.partition_point(|&x| x < (c, r)))
            .collect();
        let mut column_start = vec![0usize; size + 1];
        for &(column, _) in &unique {
            column_start[column + 1] += 1;
        }
        for i in 0..size {
            column_start[i + 1] += column_start[i];
        }
        let rows: Vec<usize> = unique.iter().map(|&(_, r)| r).collect();
        NodeSystem::new(size, column_start, rows).map(|system| (system, slots))
    }
}

/// Matrix, right-hand side and factors.
pub(crate) struct NodeSystem {
    pub values: Vec<f64>,
    pub rhs: Vec<f64>,
    factors: SparseLu,
    pub factorisations: usize,
}

impl NodeSystem {
    fn new(size: usize, column_start: Vec<usize>, rows: Vec<usize>) -> Result<Self, String> {
        let order = order(size, &column_start, &rows)?;
        Ok(Self {
            values: vec![0.0; rows.len()],
            rhs: vec![0.0; size],
            factors: SparseLu::new(column_start, rows, order),
            factorisations: 0,
        })
    }

    pub(crate) fn size(&self) -> usize {
        self.rhs.len()
    }

    pub(crate) fn clear(&mut self) {
        self.values.fill(0.0);
        self.rhs.fill(0.0);
    }

    /// Factorises and replaces `rhs` by the solution; false when the matrix is singular.
    pub(crate) fn solve(&mut self) -> bool {
        self.factorisations += 1;
        if !self.factors.factorise(&self.values) {
            return false;
        }
        self.factors.solve(&mut self.rhs);
        self.rhs.iter().all(|x| x.is_finite())
    }
}

/// An order of the columns that keeps the factors sparse (COLAMD: Davis et al. 2004).
fn order(size: usize, column_start: &[usize], rows: &[usize]) -> Result<Vec<usize>, String> {
    let pattern = SymbolicSparseColMatRef::new_checked(size, size, column_start, None, rows);
    let mut memory = MemBuffer::new(colamd::order_scratch::<usize>(size, size, rows.len()));
    let (mut order, mut inverse) = (vec![0; size], vec![0; size]);
    colamd::order(
        &mut order,
        &mut inverse,
        pattern,
        colamd::Control::default(),
        MemStack::new(&mut memory),
    )
    .map_err(|e| format!("the node system cannot be ordered: {e:?}"))?;
    Ok(order)
}

impl std::fmt::Debug for NodeSystem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeSystem")
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}
