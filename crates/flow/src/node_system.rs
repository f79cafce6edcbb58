//! The sparse system over nodes, links and terminals that remains when the pipes are condensed.
//!
//! The pattern is fixed when the model is built; each Newton iteration fills the values, factorises
//! and solves, without allocating once the first factors exist.

use crate::sparse_lu::SparseLu;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::sparse::SymbolicSparseColMatRef;
use faer::sparse::linalg::amd;

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
        // By rows and then by columns, each in one pass: columns come out with increasing rows.
        let by_row = sorted(size, 0..self.entries.len(), |e| self.entries[e].0);
        let by_column = sorted(size, by_row.into_iter(), |e| self.entries[e].1);
        let mut slots = vec![0; self.entries.len()];
        let mut column_start = vec![0usize; size + 1];
        let mut rows: Vec<usize> = Vec::with_capacity(self.entries.len());
        let mut last = None;
        for entry in by_column {
            let place = self.entries[entry];
            if last != Some(place) {
                rows.push(place.0);
                column_start[place.1 + 1] = rows.len();
                last = Some(place);
            }
            slots[entry] = rows.len() - 1;
        }
        for j in 0..size {
            column_start[j + 1] = column_start[j + 1].max(column_start[j]);
        }
        NodeSystem::new(size, column_start, rows).map(|system| (system, slots))
    }
}

/// Items in the order of their keys below `size`, those of the same key in their own order.
fn sorted(
    size: usize,
    items: impl ExactSizeIterator<Item = usize> + Clone,
    key: impl Fn(usize) -> usize,
) -> Vec<usize> {
    let mut next = vec![0; size + 1];
    for item in items.clone() {
        next[key(item) + 1] += 1;
    }
    for k in 0..size {
        next[k + 1] += next[k];
    }
    let mut order = vec![0; items.len()];
    for item in items {
        let place = &mut next[key(item)];
        order[*place] = item;
        *place += 1;
    }
    order
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

    /// Whether many factorisations are to come.
    pub(crate) fn expect_many(&mut self, many: bool) {
        self.factors.many = many;
    }

    /// Forgets all that was factorised: as a new system of the same pattern.
    pub(crate) fn begin_anew(&mut self) {
        self.factors.forget();
        self.factors.many = false;
        self.factorisations = 0;
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

/// An order of rows and columns that keeps the factors sparse (AMD: Amestoy, Davis and Duff 1996).
fn order(size: usize, column_start: &[usize], rows: &[usize]) -> Result<Vec<usize>, String> {
    let pattern = SymbolicSparseColMatRef::new_checked(size, size, column_start, None, rows);
    let mut memory = MemBuffer::new(amd::order_scratch::<usize>(size, rows.len()));
    let (mut order, mut inverse) = (vec![0; size], vec![0; size]);
    amd::order(
        &mut order,
        &mut inverse,
        pattern,
        amd::Control::default(),
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
