use crate::Composition;
use crate::component::COMPONENTS;

/// Collision diameter (nm) and ε/k (K) of Lennard-Jones molecules, in the order of AGA 8.
///
/// Source: Svehla 1962, NASA TR R-132, as in Poling, Prausnitz and O'Connell 2001, appendix B; the
/// alkanes from heptane on, which are not listed, by Chung et al. 1988: σ = 0.0809 V_c^(1/3) (cm3/mol)
/// and ε/k = T_c/1.2593.
const LENNARD_JONES: [(f64, f64); 21] = [
    (0.3758, 148.6),
    (0.3798, 71.4),
    (0.3941, 195.2),
    (0.4443, 215.7),
    (0.5118, 237.1),
    (0.5278, 330.1),
    (0.4687, 531.4),
    (0.5784, 341.1),
    (0.5784, 341.1),
    (0.5949, 399.3),
    (0.6115, 428.9),
    (0.6362, 452.1),
    (0.6638, 472.1),
    (0.6860, 490.5),
    (0.2827, 59.7),
    (0.3467, 106.7),
    (0.3690, 91.7),
    (0.2641, 809.1),
    (0.3623, 301.1),
    (0.2551, 10.22),
    (0.3542, 93.3),
];

/// Molar masses, g/mol, in the order of AGA 8.
const MOLAR_MASSES: [f64; 21] = [
    16.042_46, 28.013_4, 44.009_5, 30.069_04, 44.095_62, 58.122_2, 58.122_2, 72.148_78, 72.148_78,
    86.175_36, 100.201_94, 114.228_52, 128.255_1, 142.281_68, 2.015_88, 31.998_8, 28.010_1,
    18.015_28, 34.080_88, 4.002_602, 39.948,
];

/// Viscosity of a mixture by corresponding states with methane.
///
/// $$ η = η_0(T) + F\, Δη_{CH_4}(T/f, ρ h),\quad F = \sqrt{f M/M_{CH_4}}\; h^{-2/3} $$
///
/// | symbol | meaning                                                         | unit  | range |
/// |--------|-----------------------------------------------------------------|-------|-------|
/// | η0     | dilute gas: Chapman and Enskog, mixed by Wilke                  | Pa s  |       |
/// | Δη     | excess viscosity of methane by Hanley, McCarty and Haynes       | Pa s  |       |
/// | f, h   | T_c and V_c relative to methane, mixed by van der Waals         | -     |       |
/// | M      | molar mass, mixed by Ely and Hanley                             | g/mol |       |
/// | ρ      | molar density of the gas                                        | mol/m3 | up to the critical one |
/// | T      | temperature                                                     | K     | 240 … 400 |
///
/// Against the reference correlations of the pure gases, 248 to 353 K up to 20 MPa: methane 1.4 %,
/// nitrogen 1.9 %, hydrogen 1.4 %, oxygen 1.9 %, argon 2.2 %, helium 2.2 %, ethane 3.9 %, propane
/// 4.5 %, carbon dioxide 9 % (near its dew point). Hydrogen sulfide is polar and up to 20 % off.
/// Lee, Gonzalez and Eakin are 67 % off in hydrogen and 48 % in nitrogen.
///
/// Source: Hanley, McCarty and Haynes 1975, Cryogenics 15, 413; Ely and Hanley 1981, Ind. Eng. Chem.
/// Fundam. 20, 323; Wilke 1950, J. Chem. Phys. 18, 517; Neufeld, Janzen and Aziz 1972 for the
/// collision integral. Checked by `tests/published/viscosity.rs`.
#[derive(Debug, Clone)]
pub(crate) struct CorrespondingStates {
    /// Mole fractions of the components present, with their places in the order of AGA 8.
    parts: Vec<(usize, f64)>,
    /// f, h and the molar mass (g/mol) of the mixture.
    temperature_ratio: f64,
    volume_ratio: f64,
    molar_mass: f64,
}

impl CorrespondingStates {
    /// For a composition, which is used relative to its sum.
    pub(crate) fn new(composition: &Composition) -> Self {
        let sum = composition.sum();
        let parts: Vec<(usize, f64)> = (0..21)
            .map(|i| (i, composition.mole_fractions[i] / sum))
            .filter(|(_, x)| *x > 0.0)
            .collect();
        let methane = &COMPONENTS[0];
        let f = |i: usize| COMPONENTS[i].critical_temperature_k / methane.critical_temperature_k;
        let h = |i: usize| {
            methane.critical_density_mol_per_m3 / COMPONENTS[i].critical_density_mol_per_m3
        };
        let (mut volume, mut energy, mut mass) = (0.0, 0.0, 0.0);
        for &(i, x) in &parts {
            for &(j, y) in &parts {
                let h_ij = ((h(i).cbrt() + h(j).cbrt()) / 2.0).powi(3);
                let f_ij = (f(i) * f(j)).sqrt();
                let (mi, mj) = (MOLAR_MASSES[i], MOLAR_MASSES[j]);
                let m_ij = 2.0 * mi * mj / (mi + mj);
                volume += x * y * h_ij;
                energy += x * y * h_ij * f_ij;
                mass += x * y * (m_ij * f_ij).sqrt() * h_ij.powf(-4.0 / 3.0);
            }
        }
        let f = energy / volume;
        Self {
            parts,
            temperature_ratio: f,
            volume_ratio: volume,
            molar_mass: (mass * volume.powf(4.0 / 3.0)).powi(2) / f,
        }
    }

    /// Viscosity (Pa s) at a temperature (K) and molar density (mol/m3).
    pub(crate) fn at(&self, temperature_k: f64, density_mol_per_m3: f64) -> f64 {
        let t = temperature_k / self.temperature_ratio;
        let density = density_mol_per_m3 * self.volume_ratio * MOLAR_MASSES[0] * 1e-6;
        let factor = (self.temperature_ratio * self.molar_mass / MOLAR_MASSES[0]).sqrt()
            * self.volume_ratio.powf(-2.0 / 3.0);
        self.dilute(temperature_k) + factor * excess_of_methane(t, density)
    }

    /// Viscosity at zero density by Wilke's rule, Pa s.
    fn dilute(&self, temperature_k: f64) -> f64 {
        let pure: Vec<f64> = self
            .parts
            .iter()
            .map(|&(i, _)| dilute(i, temperature_k))
            .collect();
        let friction = |a: usize, b: usize| {
            let ratio = MOLAR_MASSES[self.parts[a].0] / MOLAR_MASSES[self.parts[b].0];
            let root = 1.0 + (pure[a] / pure[b]).sqrt() * ratio.powf(-0.25);
            root * root / (8.0 * (1.0 + ratio)).sqrt()
        };
        let share = |a: usize| {
            let others: f64 = (0..pure.len())
                .map(|b| self.parts[b].1 * friction(a, b))
                .sum();
            self.parts[a].1 * pure[a] / others
        };
        (0..pure.len()).map(share).sum()
    }
}

/// Chapman-Enskog viscosity of a component at zero density, Pa s:
/// 2.6693e-8 √(M T)/(σ² Ω), with M in g/mol and σ in nm.
fn dilute(component: usize, temperature_k: f64) -> f64 {
    let (sigma, energy) = LENNARD_JONES[component];
    let t = temperature_k / energy;
    let omega = 1.161_45 * t.powf(-0.148_74)
        + 0.524_87 * (-0.773_20 * t).exp()
        + 2.161_78 * (-2.437_87 * t).exp();
    2.669_3e-8 * (MOLAR_MASSES[component] * temperature_k).sqrt() / (sigma * sigma * omega)
}

/// Viscosity of methane beyond that at zero density, Pa s, at a temperature (K) and density (g/cm3).
fn excess_of_methane(t: f64, density: f64) -> f64 {
    const CRITICAL: f64 = 0.162;
    let initial = 1.696_985_927 - 0.133_372_346 * (1.4 - (t / 168.0).ln()).powi(2);
    let off = (density - CRITICAL) / CRITICAL;
    let dense = density.powf(0.1) * (17.571_6 - 3_019.39 / t.powf(1.5))
        + off * density.sqrt() * (0.042_903_6 + 145.290 / t + 6_127.68 / (t * t));
    1e-7 * (initial * density + (-10.350_6 + 188.730 / t).exp() * (dense.exp() - 1.0))
}
