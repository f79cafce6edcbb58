//! λ(Re) as a table that needs no logarithm.
//!
//! Cubics with the exact values and slopes of a law at 32 Reynolds numbers in each octave, from 2¹² to
//! 2³⁰. Sign, exponent and the first five bits of the fraction of Re are the number of the piece.
//! Error of λ: below 1e-8 of it (`tests::curves_are_the_laws`).

use super::{Friction, Law};

/// log2 of the least and the largest Reynolds number.
const OCTAVES: std::ops::Range<u64> = 12..30;
/// Bits of the fraction that choose the piece.
const BITS: u32 = 5;
const BIAS: u64 = 1023;
const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;
const ONE: u64 = 1.0_f64.to_bits();

/// λ as a function of the Reynolds number, for one law and roughness.
#[derive(Debug, Clone)]
pub(crate) struct Curve {
    pieces: Vec<[f64; 4]>,
}

impl Curve {
    /// Evaluations of a law that a table costs.
    pub(crate) const EVALUATIONS: usize = 2 * ((OCTAVES.end - OCTAVES.start) << BITS) as usize;
    /// Least and largest Reynolds number.
    pub(crate) const RANGE: [f64; 2] = [4096.0, 1_073_741_824.0];

    /// The table of a law that is smooth in Re; none for others.
    pub(crate) fn of(friction: &Friction) -> Option<Self> {
        let law = match &friction.law {
            Law::Reynolds(law) if law.is_smooth() => Law::Reynolds(*law),
            Law::Throughout(law) => Law::Throughout(*law),
            _ => return None,
        };
        let count = (OCTAVES.end - OCTAVES.start) << BITS;
        let piece = |i: u64| {
            let bits = |i: u64| {
                f64::from_bits((((BIAS + OCTAVES.start) << BITS) + i) << (FRACTION - BITS))
            };
            let (from, to) = (bits(i), bits(i + 1));
            let node = |reynolds: f64| {
                let (lambda, slope) = law.lambda(reynolds);
                (lambda, slope * (to - from) / reynolds)
            };
            let ((y0, d0), (y1, d1)) = (node(from), node(to));
            let rise = y1 - y0;
            [y0, d0, 3.0 * rise - 2.0 * d0 - d1, d0 + d1 - 2.0 * rise]
        };
        Some(Self {
            pieces: (0..count).map(piece).collect(),
        })
    }

    /// λ and dλ/d(ln Re) within the range.
    #[inline(always)]
    pub(crate) fn at(&self, reynolds: f64) -> (f64, f64) {
        let bits = reynolds.to_bits();
        let first = (BIAS + OCTAVES.start) << BITS;
        let i = (bits >> (FRACTION - BITS)).wrapping_sub(first) as usize;
        let [a, b, c, d] = self.pieces[i.min(self.pieces.len() - 1)];
        let fraction = bits & ((1 << FRACTION) - 1);
        let within = f64::from_bits(((fraction << BITS) & ((1 << FRACTION) - 1)) | ONE) - 1.0;
        let steps = f64::from_bits(fraction | ONE) * f64::from(1u32 << BITS);
        let value = a + within * (b + within * (c + within * d));
        let slope = b + within * (2.0 * c + within * 3.0 * d);
        (value, slope * steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linepack_network::FrictionLaw;

    #[test]
    fn curves_are_the_laws() {
        for law in [
            FrictionLaw::ColebrookWhite,
            FrictionLaw::ColebrookThroughout,
            FrictionLaw::Hofer,
            FrictionLaw::SwameeJain,
        ] {
            for roughness in [1e-6, 1e-5, 1e-3] {
                let friction = Friction::new(law, 1.0, roughness, 1.0, 0.018);
                let curve = Curve::of(&friction).expect("a smooth law");
                for i in 0..2000 {
                    let reynolds = 4100.0 * (f64::from(i) * 6e-3).exp();
                    let (lambda, slope) = curve.at(reynolds);
                    let (want, want_slope) = friction.law.lambda(reynolds);
                    assert!((lambda / want - 1.0).abs() < 1e-8, "{law:?} {reynolds}");
                    assert!(
                        (slope - want_slope).abs() < 1e-5 * want,
                        "{law:?} {reynolds}"
                    );
                }
            }
        }
        let rough = Friction::new(FrictionLaw::Nikuradse, 1.0, 1e-5, 1.0, 0.018);
        assert!(Curve::of(&rough).is_none());
    }
}
