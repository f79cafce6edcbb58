//! Sums of multiples of arrays, in one pass.

/// Most terms of a sum.
pub(crate) const TERMS_MAX: usize = 10;

/// An array and its factor.
pub(crate) type Term<'a> = (f64, &'a [f64]);

/// Replaces an array by a sum; all arrays are of its length, and there is at least one term.
pub(crate) fn combine(into: &mut [f64], terms: &[Term<'_>]) {
    match terms {
        [a] => fixed(into, [*a]),
        [a, b] => fixed(into, [*a, *b]),
        [a, b, c] => fixed(into, [*a, *b, *c]),
        [a, b, c, d] => fixed(into, [*a, *b, *c, *d]),
        [a, b, c, d, e] => fixed(into, [*a, *b, *c, *d, *e]),
        [a, b, c, d, e, f, rest @ ..] => {
            fixed(into, [*a, *b, *c, *d, *e, *f]);
            for (factor, array) in rest {
                for (x, y) in into.iter_mut().zip(*array) {
                    *x += factor * y;
                }
            }
        }
        [] => into.fill(0.0),
    }
}

fn fixed<const N: usize>(into: &mut [f64], terms: [Term<'_>; N]) {
    struct Pass<'a, const N: usize> {
        into: &'a mut [f64],
        terms: [Term<'a>; N],
    }
    impl<const N: usize> pulp::WithSimd for Pass<'_, N> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: pulp::Simd>(self, _: S) {
            let length = self.into.len();
            let terms = self.terms.map(|(factor, array)| (factor, &array[..length]));
            for (i, x) in self.into.iter_mut().enumerate() {
                let mut sum = 0.0;
                for (factor, array) in &terms {
                    sum += factor * array[i];
                }
                *x = sum;
            }
        }
    }
    pulp::Arch::new().dispatch(Pass { into, terms });
}

/// Most places of a polynomial.
const PLACES_MAX: usize = 8;
/// Numbers of an array that are worked on at a time.
const BLOCK: usize = 64;

/// What the values at some places contribute to a polynomial at others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights {
    from: usize,
    to: usize,
    of: [[f64; PLACES_MAX]; PLACES_MAX],
}

impl Weights {
    /// Of the polynomial through `places`, at `wanted`.
    pub(crate) fn new(places: &[f64], wanted: &[f64]) -> Self {
        let mut of = [[0.0; PLACES_MAX]; PLACES_MAX];
        for (row, &x) in of.iter_mut().zip(wanted) {
            for (i, (weight, &c)) in row.iter_mut().zip(places).enumerate() {
                let others = places.iter().enumerate().filter(|&(j, _)| j != i);
                *weight = others.map(|(_, &d)| (x - d) / (c - d)).product();
            }
        }
        Self {
            from: places.len(),
            to: wanted.len(),
            of,
        }
    }
}

/// Replaces arrays by the values at other places of the polynomials through them, or through as many of
/// them as there are weights for; `first` is the array at the first place and stays.
pub(crate) fn extrapolate(weights: &Weights, first: &[f64], arrays: &mut [&mut [f64]]) {
    struct Pass<'a, 'b, 'c> {
        weights: &'a Weights,
        first: &'a [f64],
        arrays: &'b mut [&'c mut [f64]],
    }
    impl pulp::WithSimd for Pass<'_, '_, '_> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: pulp::Simd>(self, _: S) {
            let Self {
                weights,
                first,
                arrays,
            } = self;
            let mut values = [[0.0; BLOCK]; PLACES_MAX];
            for (block, first) in first.chunks(BLOCK).enumerate() {
                let here = block * BLOCK..block * BLOCK + first.len();
                values[0][..first.len()].copy_from_slice(first);
                for (values, array) in values[1..].iter_mut().zip(arrays.iter()) {
                    values[..first.len()].copy_from_slice(&array[here.clone()]);
                }
                for (array, of) in arrays.iter_mut().zip(&weights.of[..weights.to]) {
                    let mut sums = [0.0; BLOCK];
                    for (weight, values) in of[..weights.from].iter().zip(&values) {
                        for (sum, value) in sums.iter_mut().zip(values) {
                            *sum += weight * value;
                        }
                    }
                    array[here.clone()].copy_from_slice(&sums[..first.len()]);
                }
            }
        }
    }
    pulp::Arch::new().dispatch(Pass {
        weights,
        first,
        arrays,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_any_number_of_terms() {
        let arrays: Vec<Vec<f64>> = (0..TERMS_MAX)
            .map(|k| (0..13).map(|i| (k * 13 + i) as f64).collect())
            .collect();
        for count in 0..=TERMS_MAX {
            let terms: Vec<Term<'_>> = (0..count)
                .map(|k| (1.0 + k as f64, &arrays[k][..]))
                .collect();
            let mut sum = vec![f64::NAN; 13];
            combine(&mut sum, &terms);
            for (i, x) in sum.iter().enumerate() {
                let want: f64 = terms.iter().map(|(f, a)| f * a[i]).sum();
                assert!((x - want).abs() < 1e-9);
            }
        }
    }
}
