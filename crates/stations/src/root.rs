use crate::dual::Dual;

/// A root and the slope of the function there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root {
    pub(crate) at: f64,
    pub(crate) slope: f64,
}

impl Root {
    /// The root as a function of what the equation depends on, by the implicit function theorem:
    /// dx = -df/f'(x), with the derivatives of f by everything but x.
    pub(crate) fn implicit<const N: usize>(self, f: impl Fn(Dual<N>) -> Dual<N>) -> Dual<N> {
        let at = Dual::constant(self.at);
        if self.slope == 0.0 || N == 0 {
            return at;
        }
        let change = f(at) / -self.slope;
        Dual {
            value: self.at,
            slopes: change.slopes,
        }
    }
}

/// The root of a function that is not negative at `lo` and not positive at `hi`.
///
/// Newton's method, held between two points of differing sign: where a step leaves them, or does
/// not halve the step before the last, the middle is taken. It converges quadratically, so a step
/// below `ENOUGH` of the root is the last one.
pub(crate) fn falling(lo: f64, hi: f64, f: impl Fn(Dual<1>) -> Dual<1>) -> Root {
    const STEPS: usize = 120;
    const ENOUGH: f64 = 1e-13;
    let (mut above, mut below) = (lo, hi);
    let mut at = 0.5 * (lo + hi);
    let mut steps = [(hi - lo).abs(); 2];
    let mut slope = 0.0;
    for _ in 0..STEPS {
        let y = f(Dual::variable(at, 0));
        slope = y.slopes[0];
        if y.value > 0.0 {
            above = at;
        } else {
            below = at;
        }
        let newton = at - y.value / slope;
        let inside = (newton - above) * (newton - below) <= 0.0;
        let quick = (newton - at).abs() < 0.5 * steps[0];
        let next = if inside && quick {
            newton
        } else {
            0.5 * (above + below)
        };
        steps = [steps[1], (next - at).abs()];
        at = next;
        if steps[1] <= ENOUGH * at.abs() {
            break;
        }
    }
    Root { at, slope }
}

/// The root of a + b x + c x² at which it falls; its vertex where there is none.
pub(crate) fn falling_quadratic<const N: usize>([a, b, c]: [Dual<N>; 3]) -> Dual<N> {
    let root = (b * b - a * c * 4.0).sqrt();
    if b.value < 0.0 {
        a * 2.0 / (root - b)
    } else {
        (b + root) / (c * -2.0)
    }
}

/// The root of a + b x + c x² at which it rises; its vertex where there is none.
pub(crate) fn rising_quadratic<const N: usize>(coefficients: [Dual<N>; 3]) -> Dual<N> {
    falling_quadratic(coefficients.map(|c| -c))
}
