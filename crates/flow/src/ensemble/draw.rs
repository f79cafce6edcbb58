//! Members drawn from an ensemble.
//!
//! Every draw is one number u in (0, 1), which the inverse of a distribution function turns into a value.
//! The numbers of member k are those of ChaCha with eight rounds whose key is the seed (little-endian, the
//! rest zeros), whose stream is k and whose nonce does not matter otherwise: two words of it, as a 64-bit
//! integer of which the upper 53 bits are taken, for each draw, in the order of the ensemble. So a member
//! depends on the seed and its number alone, and a variation put at the end leaves the others as they are.
//! Elementary functions are those of the crate `libm`, so that the values are the same on every machine.

use super::Member;
use super::normal;
use linepack_network::{
    Act, Change, Distribution, Ensemble, Event, Outage, Target, Variation, Way,
};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// Place of the first number of the groups, beyond those of all other draws.
const GROUPS_AT: u128 = 1 << 40;

/// A member of an ensemble, by its number.
pub fn member(ensemble: &Ensemble, index: u64) -> Member {
    let mut source = Source::new(ensemble.seed, index);
    let common: Vec<f64> = (0..ensemble.groups.len())
        .map(|g| source.of_group(g))
        .collect();
    source.begin();
    let mut member = Member {
        index,
        ..Member::default()
    };
    for variation in &ensemble.variations {
        let group = variation
            .group
            .map(|g| (common[g], ensemble.groups[g].correlation));
        let mut draw = || {
            let own = source.uniform();
            let u = group.map_or(own, |(common, rho)| joined(common, own, rho));
            value(&variation.distribution, u, index)
        };
        vary(variation, &mut draw, &mut member);
    }
    for outage in &ensemble.outages {
        fail(outage, &mut source, &mut member);
    }
    member
}

/// All members of an ensemble, in order.
pub fn members(ensemble: &Ensemble) -> impl Iterator<Item = Member> {
    (0..ensemble.members).map(|index| member(ensemble, index))
}

/// The random numbers of a member.
struct Source {
    generator: ChaCha8Rng,
}

impl Source {
    fn new(seed: u64, member: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(member);
        Self { generator }
    }

    fn begin(&mut self) {
        self.generator.set_word_pos(0);
    }

    /// The number common to a group.
    fn of_group(&mut self, group: usize) -> f64 {
        self.generator.set_word_pos(GROUPS_AT + 2 * group as u128);
        self.uniform()
    }

    /// A number in (0, 1): the middles of 2⁵³ equal intervals.
    fn uniform(&mut self) -> f64 {
        const INTERVAL: f64 = 1.0 / (1u64 << 53) as f64;
        ((self.generator.next_u64() >> 11) as f64 + 0.5) * INTERVAL
    }
}

/// A draw that has a part in common with others: Φ(√ρ Φ⁻¹(common) + √(1-ρ) Φ⁻¹(own)).
fn joined(common: f64, own: f64, correlation: f64) -> f64 {
    let (c, o) = (normal::quantile(common), normal::quantile(own));
    normal::probability(libm::sqrt(correlation) * c + libm::sqrt(1.0 - correlation) * o)
}

/// The value of a distribution below which a share `u` of it lies; that of a table for a member.
pub(super) fn value(distribution: &Distribution, u: f64, member: u64) -> f64 {
    match distribution {
        Distribution::Uniform { low, high } => low + u * (high - low),
        Distribution::Normal {
            mean,
            deviation,
            low,
            high,
        } => {
            let [a, b] = [low, high].map(|x| normal::probability((x - mean) / deviation));
            let x = mean + deviation * normal::quantile(a + u * (b - a));
            x.clamp(*low, *high)
        }
        Distribution::Lognormal {
            median,
            log_deviation,
        } => median * libm::exp(log_deviation * normal::quantile(u)),
        Distribution::Triangular { low, mode, high } => triangular([*low, *mode, *high], u),
        Distribution::Discrete { values, weights } => {
            let mut left = u * weights.iter().sum::<f64>();
            let mut pairs = values.iter().zip(weights);
            let found = pairs.find(|(_, weight)| {
                left -= **weight;
                left < 0.0
            });
            found.map_or_else(|| values.last().copied().unwrap_or(f64::NAN), |(v, _)| *v)
        }
        Distribution::InTurn { values } => match values.len() as u64 {
            0 => f64::NAN,
            n => values[(member % n) as usize],
        },
        _ => f64::NAN,
    }
}

fn triangular([low, mode, high]: [f64; 3], u: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return low;
    }
    if u * width < mode - low {
        low + libm::sqrt(u * width * (mode - low))
    } else {
        high - libm::sqrt((1.0 - u) * width * (high - mode))
    }
}

/// Draws the changes of a variation.
fn vary(variation: &Variation, draw: &mut impl FnMut() -> f64, member: &mut Member) {
    let mut shared = None;
    for (target, _) in &variation.targets {
        let x = match shared {
            Some(x) => x,
            None => {
                let x = draw();
                member.values.push(x);
                shared = (!variation.each).then_some(x);
                x
            }
        };
        let act = match variation.way {
            Way::Factor => Act::Factor(x),
            Way::Add => Act::Add(x),
            Way::Value => Act::Value(x),
            Way::AddFlow(one) => Act::AddFlow(one.scaled(x)),
            Way::Flow(one) => Act::Flow(one.scaled(x)),
        };
        let target: Target = *target;
        member.changes.push(Change { target, act });
    }
}

/// Draws whether and when an element fails.
fn fail(outage: &Outage, source: &mut Source, member: &mut Member) {
    let [happens, start, length] = [(); 3].map(|()| source.uniform());
    if happens >= outage.probability {
        member.values.extend([f64::NAN; 2]);
        return;
    }
    let start = value(&outage.start, start, member.index);
    let length = outage
        .duration
        .as_ref()
        .map(|d| value(d, length, member.index));
    member
        .values
        .extend([start, length.unwrap_or(f64::INFINITY)]);
    let mut happen = |at_s: f64, action: &linepack_network::Action| {
        member.events.push(Event {
            at_s,
            element: outage.element.clone(),
            action: action.clone(),
        });
    };
    happen(start, &outage.begins);
    if let Some(length) = length {
        happen(start + length, &outage.ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: u64 = 200_000;

    /// Mean and standard deviation of a distribution, by its inverse at evenly spread shares of random
    /// order: the shares of the members of a seed.
    fn moments(distribution: &Distribution) -> (f64, f64) {
        let draws: Vec<f64> = (0..MANY)
            .map(|k| value(distribution, Source::new(3, k).uniform(), k))
            .collect();
        let n = MANY as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, variance.sqrt())
    }

    /// Closed forms: mean and standard deviation of each distribution (Johnson, Kotz and Balakrishnan,
    /// Continuous Univariate Distributions). A mean of n draws is off by more than five of its own
    /// standard deviations, σ/√n, in less than one of a million seeds; σ by about as much times the
    /// square root of half the kurtosis.
    #[test]
    fn moments_are_those_of_closed_forms() {
        let none = f64::INFINITY;
        // Both cut off one standard deviation from the mean: variance 1 - 2 φ(1)/(2 Φ(1) - 1).
        let density = (-0.5_f64).exp() / std::f64::consts::TAU.sqrt();
        let cut = (1.0 - 2.0 * density / 0.682_689_492_137_086).sqrt();
        let s = 0.4_f64;
        let log_mean = 3.0 * (s * s / 2.0).exp();
        let cases = [
            (
                Distribution::Uniform {
                    low: -1.0,
                    high: 5.0,
                },
                2.0,
                6.0 / 12_f64.sqrt(),
                1.0,
            ),
            (
                Distribution::Normal {
                    mean: 4.0,
                    deviation: 0.5,
                    low: -none,
                    high: none,
                },
                4.0,
                0.5,
                1.3,
            ),
            (
                Distribution::Normal {
                    mean: 4.0,
                    deviation: 0.5,
                    low: 3.5,
                    high: 4.5,
                },
                4.0,
                0.5 * cut,
                1.0,
            ),
            (
                Distribution::Lognormal {
                    median: 3.0,
                    log_deviation: s,
                },
                log_mean,
                log_mean * ((s * s).exp() - 1.0).sqrt(),
                2.0,
            ),
            (
                Distribution::Triangular {
                    low: 1.0,
                    mode: 2.0,
                    high: 5.0,
                },
                8.0 / 3.0,
                // (a² + b² + c² - ab - ac - bc)/18
                ((1.0 + 25.0 + 4.0 - 5.0 - 2.0 - 10.0) / 18.0_f64).sqrt(),
                1.3,
            ),
            (
                Distribution::Discrete {
                    values: vec![1.0, 2.0, 4.0],
                    weights: vec![2.0, 1.0, 1.0],
                },
                2.0,
                1.5_f64.sqrt(),
                1.3,
            ),
        ];
        for (distribution, mean, deviation, kurtosis) in cases {
            let (m, d) = moments(&distribution);
            let bound = 5.0 * deviation / (MANY as f64).sqrt();
            assert!(
                (m - mean).abs() < bound,
                "{distribution:?}: mean {m}, not {mean}"
            );
            assert!(
                (d - deviation).abs() < kurtosis * bound,
                "{distribution:?}: {d}, not {deviation}"
            );
        }
    }

    #[test]
    fn bounds_hold_and_tables_are_taken_in_turn() {
        let cut = Distribution::Normal {
            mean: 0.0,
            deviation: 1.0,
            low: 2.0,
            high: 3.0,
        };
        let triangle = Distribution::Triangular {
            low: 1.0,
            mode: 1.0,
            high: 2.0,
        };
        for u in [1e-17, 1e-9, 0.3, 0.999_999, 1.0 - 1e-16] {
            assert!((2.0..=3.0).contains(&value(&cut, u, 0)), "{u}");
            assert!((1.0..=2.0).contains(&value(&triangle, u, 0)), "{u}");
        }
        let table = Distribution::InTurn {
            values: vec![5.0, 6.0, 7.0],
        };
        let taken: Vec<f64> = (0..5).map(|k| value(&table, 0.5, k)).collect();
        assert_eq!(taken, [5.0, 6.0, 7.0, 5.0, 6.0]);
    }

    /// The correlation of normal scores is the one asked for.
    #[test]
    fn draws_of_a_group_are_correlated() {
        let rho = 0.7;
        let (mut sum, mut squares) = (0.0, [0.0; 2]);
        for k in 0..MANY {
            let mut source = Source::new(11, k);
            let common = source.of_group(0);
            source.begin();
            let mut score = || normal::quantile(joined(common, source.uniform(), rho));
            let (a, b) = (score(), score());
            sum += a * b;
            squares = [squares[0] + a * a, squares[1] + b * b];
        }
        let correlation = sum / (squares[0] * squares[1]).sqrt();
        // Standard deviation (1 - ρ²)/√n.
        let bound = 5.0 * (1.0 - rho * rho) / (MANY as f64).sqrt();
        assert!((correlation - rho).abs() < bound, "{correlation}");
    }

    /// Words of ChaCha8 with a key of zeros (first block of the published test vectors of the
    /// generator, ecrypt set 1 with an 8-byte nonce of zeros): 3e00ef2f 895f40d6...
    #[test]
    fn the_generator_is_the_one_specified() {
        let mut source = Source::new(0, 0);
        let first = source.generator.next_u64();
        assert_eq!(
            first.to_le_bytes(),
            [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]
        );
    }

    #[test]
    fn members_differ_and_seeds_do() {
        let draw = |seed, member| Source::new(seed, member).uniform().to_bits();
        assert_eq!(draw(1, 5), draw(1, 5));
        assert_ne!(draw(1, 5), draw(1, 6));
        assert_ne!(draw(1, 5), draw(2, 5));
    }
}
