//! The sparse system over nodes, links and terminals that remains when the pipes are condensed.
//!
//! The pattern is fixed when the model is built; each Newton iteration fills the values, factorises
//! with partial pivoting and solves, without allocating once the first factors exist.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::sparse::linalg::lu::{LuSymbolicParams, NumericLu, SymbolicLu, factorize_symbolic_lu};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMat};
use faer::{Conj, MatMut, Par};

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
        let pattern = SymbolicSparseColMat::new_checked(size, size, column_start, None, rows);
        NodeSystem::new(pattern).map(|system| (system, slots))
    }
}

/// Matrix, right-hand side and factors.
pub(crate) struct NodeSystem {
    pattern: SymbolicSparseColMat<usize>,
    pub values: Vec<f64>,
    pub rhs: Vec<f64>,
    symbolic: SymbolicLu<usize>,
    numeric: NumericLu<usize, f64>,
    memory: MemBuffer,
    pub factorisations: usize,
}

impl NodeSystem {
    fn new(pattern: SymbolicSparseColMat<usize>) -> Result<Self, String> {
        let symbolic = factorize_symbolic_lu(pattern.as_ref(), LuSymbolicParams::default())
            .map_err(|e| format!("the node system cannot be ordered: {e:?}"))?;
        let need = symbolic
            .factorize_numeric_lu_scratch::<f64>(Par::Seq, Default::default())
            .or(symbolic.solve_in_place_scratch::<f64>(1, Par::Seq));
        let (nonzeros, size) = (pattern.compute_nnz(), pattern.nrows());
        Ok(Self {
            pattern,
            values: vec![0.0; nonzeros],
            rhs: vec![0.0; size],
            symbolic,
            numeric: NumericLu::new(),
            memory: MemBuffer::new(need),
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
        if self.size() == 0 {
            return true;
        }
        let matrix = SparseColMatRef::new(self.pattern.as_ref(), self.values.as_slice());
        let factors = self.symbolic.factorize_numeric_lu(
            &mut self.numeric,
            matrix,
            Par::Seq,
            MemStack::new(&mut self.memory),
            Default::default(),
        );
        let Ok(factors) = factors else { return false };
        let size = self.rhs.len();
        factors.solve_in_place_with_conj(
            Conj::No,
            MatMut::from_column_major_slice_mut(&mut self.rhs, size, 1),
            Par::Seq,
            MemStack::new(&mut self.memory),
        );
        self.rhs.iter().all(|x| x.is_finite())
    }
}

impl std::fmt::Debug for NodeSystem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeSystem")
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}
