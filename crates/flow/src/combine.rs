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
