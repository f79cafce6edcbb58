//! Numbers that look random and are the same for the same seed.

/// The generator `splitmix64` of Steele, Lea and Flood (2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        // Seeds are scattered, or else each would give the numbers of the one before, one later.
        let mut scattered = Self(seed);
        Self(scattered.next() ^ seed.rotate_left(32))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn number(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn whole(&mut self, low: usize, high: usize) -> usize {
        (self.number(low as f64, high as f64 + 1.0) as usize).min(high)
    }

    pub(crate) fn yes(&mut self, share: f64) -> bool {
        self.number(0.0, 1.0) < share
    }

    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.whole(0, of.len() - 1);
        &of[at]
    }
}
