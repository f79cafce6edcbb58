use crate::GAS_CONSTANT;

/// The two crystals that natural gas forms with water.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HydrateStructure {
    /// Structure I: of methane, ethane, carbon dioxide, hydrogen sulfide alone.
    One,
    /// Structure II: of gases with propane or butanes.
    Two,
}

/// The hydrate that is stable up to the highest temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hydrate {
    /// Temperature below which it forms where free water is present, K.
    pub temperature_k: f64,
    /// Its crystal.
    pub structure: HydrateStructure,
}

/// Langmuir constants C = (A/T) exp(B/T) in 1/atm: component by its place in the order of AGA 8, A and
/// B (K) of the small and of the large cage.
type Guest = (usize, [f64; 2], [f64; 2]);

const ONE: [Guest; 5] = [
    (0, [0.7228e-3, 3187.0], [23.35e-3, 2653.0]),
    (3, [0.0, 0.0], [3.039e-3, 3861.0]),
    (2, [0.2474e-3, 3410.0], [42.46e-3, 2813.0]),
    (1, [1.617e-3, 2905.0], [6.078e-3, 2431.0]),
    (18, [0.0250e-3, 4568.0], [16.34e-3, 3737.0]),
];
const TWO: [Guest; 8] = [
    (0, [0.2207e-3, 3453.0], [100.0e-3, 1916.0]),
    (3, [0.0, 0.0], [240.0e-3, 2967.0]),
    (4, [0.0, 0.0], [5.455e-3, 4638.0]),
    (5, [0.0, 0.0], [189.3e-3, 3800.0]),
    (6, [0.0, 0.0], [30.51e-3, 3699.0]),
    (2, [0.0845e-3, 3615.0], [851.0e-3, 2025.0]),
    (1, [0.1742e-3, 3082.0], [18.00e-3, 1728.0]),
    (18, [0.0298e-3, 4878.0], [87.2e-3, 2633.0]),
];

/// A crystal: its guests, cages per water molecule, and the empty lattice against liquid water and ice.
struct Lattice {
    guests: &'static [Guest],
    cages: [f64; 2],
    /// Chemical potential at 273.15 K, J/mol.
    potential: f64,
    /// Enthalpy (J/mol) and volume (m3/mol) against liquid water and against ice.
    liquid: [f64; 2],
    ice: [f64; 2],
}

impl HydrateStructure {
    fn lattice(self) -> Lattice {
        match self {
            Self::One => Lattice {
                guests: &ONE,
                cages: [1.0 / 23.0, 3.0 / 23.0],
                potential: 1264.0,
                liquid: [-4858.0, 4.6e-6],
                ice: [1151.0, 3.0e-6],
            },
            Self::Two => Lattice {
                guests: &TWO,
                cages: [2.0 / 17.0, 1.0 / 17.0],
                potential: 883.0,
                liquid: [-5201.0, 5.0e-6],
                ice: [808.0, 3.4e-6],
            },
        }
    }
}

/// Heat capacity of the empty lattice against liquid water, J/(mol K).
const HEAT_CAPACITY: f64 = -39.16;
const ZERO_K: f64 = 273.15;
const ATMOSPHERE_PA: f64 = 101_325.0;

/// By how much the filled lattice is more stable than liquid water or ice, over RT: positive where
/// hydrate forms.
///
/// $$ \sum_m ν_m \ln\Big(1 + \sum_k C_{mk} f_k\Big) - \Big[\frac{Δμ_0}{R T_0} - \int_{T_0}^T
///    \frac{Δh}{R T^2} dT + \frac{Δv\, p}{R T} - \ln a_w\Big] $$
///
/// | symbol | meaning                                      | unit  |
/// |--------|----------------------------------------------|-------|
/// | ν_m    | cages of a kind per water molecule           | -     |
/// | C, f   | Langmuir constant, fugacity of a guest       | 1/atm, atm |
/// | Δμ0, Δh, Δv | empty lattice against water or ice      | J/mol, m3/mol |
/// | a_w    | activity of water: 1 less the dissolved carbon dioxide | - |
///
/// Henry's constant of carbon dioxide: ln(H/MPa) = -6.8346 + 1.2817e4/T - 3.7668e6/T² + 2.997e8/T³
/// (Carroll, Slupsky and Mather 1991). Source: van der Waals and Platteeuw 1959; constants of Munck,
/// Skjold-Jørgensen and Rasmussen 1988, Chem. Eng. Sci. 43, 2661. Checked by
/// `tests/published/phase.rs` with the measurements of Deaton and Frost.
pub(super) fn drive(
    structure: HydrateStructure,
    fugacity_pa: &dyn Fn(usize) -> f64,
    pressure_pa: f64,
    t: f64,
) -> f64 {
    let lattice = structure.lattice();
    let filled: f64 = (0..2)
        .map(|cage| {
            let guest = |&(place, small, large): &Guest| {
                let [a, b] = [small, large][cage];
                a / t * (b / t).exp() * fugacity_pa(place) / ATMOSPHERE_PA
            };
            let occupied: f64 = lattice.guests.iter().map(guest).sum();
            lattice.cages[cage] * occupied.ln_1p()
        })
        .sum();
    let frozen = t < ZERO_K;
    let ([enthalpy, volume], capacity) = if frozen {
        (lattice.ice, 0.0)
    } else {
        (lattice.liquid, HEAT_CAPACITY)
    };
    let heat =
        (enthalpy - capacity * ZERO_K) * (1.0 / ZERO_K - 1.0 / t) + capacity * (t / ZERO_K).ln();
    let empty = lattice.potential / (GAS_CONSTANT * ZERO_K) - heat / GAS_CONSTANT
        + volume * pressure_pa / (GAS_CONSTANT * t);
    let activity = if frozen {
        1.0
    } else {
        water_activity(fugacity_pa(2), t)
    };
    filled - empty + activity.ln()
}

fn water_activity(carbon_dioxide_pa: f64, t: f64) -> f64 {
    let ln_henry = -6.8346 + 1.2817e4 / t - 3.7668e6 / (t * t) + 2.997e8 / (t * t * t);
    1.0 - (carbon_dioxide_pa * 1e-6 / ln_henry.exp()).min(0.5)
}

/// Whether a guest of the structure's large cage is there at all.
pub(super) fn can_form(structure: HydrateStructure, components: &[usize]) -> bool {
    structure
        .lattice()
        .guests
        .iter()
        .any(|(place, ..)| components.contains(place))
}
