//! What the result says of the quality of gas at nodes.

use crate::contents::{Mixture, Shared};
use crate::model::{Inside, Model};
use linepack_gas::{COMPONENTS, Composition, Gas, GasQuality, GasSpec, Substance};
use linepack_results::ComponentBalance;
use std::sync::Arc;

/// Columns of a mixture: heating value, Wobbe index, relative density, molar mass, shares of supplies, and
/// mole fractions of components.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    inside: Arc<Inside>,
    /// Components that any of the gases has.
    components: Vec<usize>,
    /// Marks that have a column: supplies and batches.
    marks: Vec<usize>,
    combustion_k: f64,
    reference: linepack_units::ReferenceConditions,
    /// The last mixture, and its row.
    last: Option<(Shared, Vec<f64>)>,
}

impl Columns {
    /// None where no mixtures are carried.
    pub(crate) fn new(model: &Model) -> Option<Self> {
        let inside = model.inside.as_ref().filter(|i| i.tracked)?;
        let has = |k: &usize| {
            let mut gases = inside.gases.gases().iter();
            gases.any(|g| match &g.spec().substance {
                Substance::Mixture(c) => c.mole_fractions[*k] != 0.0,
                Substance::Pseudo(_) => false,
            })
        };
        let settings = &model.case.settings;
        Some(Self {
            components: (0..COMPONENTS.len()).filter(has).collect(),
            marks: (0..inside.gases.marks).collect(),
            combustion_k: settings.heating_basis.combustion_temperature_k,
            reference: settings.volume_reference,
            inside: Arc::clone(inside),
            last: None,
        })
    }

    /// Names and units.
    pub(crate) fn names(&self) -> Vec<(String, &'static str)> {
        let mut names = vec![
            ("gross_heating_value_j_per_m3".to_owned(), "J/m3"),
            ("wobbe_index_j_per_m3".to_owned(), "J/m3"),
            ("relative_density".to_owned(), "1"),
            ("molar_mass_kg_per_mol".to_owned(), "kg/mol"),
        ];
        let count = self.inside.gases.gases().len();
        let marks = self.marks.iter().map(|m| &self.inside.names[count + m]);
        names.extend(marks.map(|name| (format!("share_{name}"), "1")));
        let components = self.components.iter();
        names.extend(components.map(|&k| (format!("x_{}", COMPONENTS[k].name), "1")));
        names
    }

    /// The row of a mixture.
    pub(crate) fn row(&mut self, gas: &Shared) -> &[f64] {
        let known = self.last.as_ref().is_some_and(|(g, _)| Arc::ptr_eq(g, gas));
        if !known {
            let row = self.values(gas);
            self.last = Some((Arc::clone(gas), row));
        }
        self.last.as_ref().map_or(&[], |(_, row)| row.as_slice())
    }

    fn values(&self, gas: &Mixture) -> Vec<f64> {
        let composition = composition(&self.inside, gas);
        let quality = GasQuality::new(&composition, self.combustion_k, self.reference);
        let of = |value: fn(&GasQuality) -> f64| quality.as_ref().map_or(f64::NAN, value);
        let mut row = vec![
            of(|q| q.real.gross_j_per_m3),
            of(|q| q.real.wobbe_gross_j_per_m3),
            of(|q| q.real.relative_density),
            self.inside.gases.molar_mass(gas),
        ];
        let count = self.inside.gases.gases().len();
        row.extend(self.marks.iter().map(|m| gas.shares[count + m]));
        row.extend(
            self.components
                .iter()
                .map(|&k| composition.mole_fractions[k]),
        );
        row
    }
}

/// The composition of a mixture.
pub(crate) fn composition(inside: &Inside, gas: &Mixture) -> Composition {
    let moles = inside.gases.mole_shares(gas);
    let mut mole_fractions = [0.0; 21];
    for (part, share) in inside.gases.gases().iter().zip(moles) {
        if let Substance::Mixture(c) = &part.spec().substance {
            for (sum, x) in mole_fractions.iter_mut().zip(c.mole_fractions) {
                *sum += share * x;
            }
        }
    }
    // Corners of a table may lie a little beyond what is there.
    mole_fractions.iter_mut().for_each(|x| *x = x.max(0.0));
    Composition { mole_fractions }
}

/// Molar mass of a component, kg/mol.
fn molar_mass(like: &Gas, component: usize) -> f64 {
    let mut mole_fractions = [0.0; 21];
    mole_fractions[component] = 1.0;
    let pure = GasSpec {
        substance: Substance::Mixture(Composition { mole_fractions }),
        ..like.spec().clone()
    };
    Gas::new(&pure).map_or(f64::NAN, |gas| gas.molar_mass_kg_per_mol())
}

/// Balances of components from balances of the shares of gases: in, out, held at first and now, kg.
pub(crate) fn balances(
    inside: &Inside,
    [into, out, first, now]: [&[f64]; 4],
) -> Vec<ComponentBalance> {
    let gases = inside.gases.gases();
    let molar_masses: [f64; 21] = std::array::from_fn(|k| molar_mass(&gases[0], k));
    let mass_fraction = |k: usize, component: usize| match &gases[k].spec().substance {
        Substance::Mixture(c) => {
            let moles = c.mole_fractions[component] / gases[k].molar_mass_kg_per_mol();
            moles * molar_masses[component]
        }
        Substance::Pseudo(_) => 0.0,
    };
    let sum = |of: &[f64], component: usize| -> f64 {
        let parts = of.iter().take(gases.len()).enumerate();
        parts
            .map(|(k, mass)| mass * mass_fraction(k, component))
            .sum()
    };
    let one = |component: usize| {
        let [i, o, a, b] = [into, out, first, now].map(|of| sum(of, component));
        ComponentBalance {
            component: COMPONENTS[component].name.to_owned(),
            in_kg: i,
            out_kg: o,
            stored_change_kg: b - a,
            residual_kg: i - o - (b - a),
        }
    };
    (0..COMPONENTS.len())
        .filter(|&c| (0..gases.len()).any(|k| mass_fraction(k, c) != 0.0))
        .map(one)
        .collect()
}
