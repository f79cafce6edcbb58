//! Parts of a network that hang together.

/// Disjoint sets of things numbered from 0.
pub(super) struct Parts {
    parent: Vec<usize>,
}

impl Parts {
    /// Each of `count` things by itself.
    pub(super) fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
        }
    }

    /// The first thing of the part that `at` is in.
    pub(super) fn of(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Makes two parts one; whether they were two.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        self.parent[a.max(b)] = a.min(b);
        a != b
    }
}
