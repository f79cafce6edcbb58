//! Binary interaction parameters, by the places of two components in the order of AGA 8.

use super::Form;

/// Components by their place in the order of AGA 8.
const C1: usize = 0;
const N2: usize = 1;
const CO2: usize = 2;
const C2: usize = 3;
const C3: usize = 4;
const IC4: usize = 5;
const C4: usize = 6;
const IC5: usize = 7;
const C5: usize = 8;
const C6: usize = 9;
const C7: usize = 10;
const C8: usize = 11;
const C9: usize = 12;
const C10: usize = 13;
const H2: usize = 14;
const O2: usize = 15;
const CO: usize = 16;
const H2O: usize = 17;
const H2S: usize = 18;
const AR: usize = 20;

type Pair = (usize, usize, f64);

/// Peng-Robinson. Source: Knapp, Döring, Oellrich, Plöcker and Prausnitz 1982, DECHEMA Chemistry Data
/// Series VI, as collected by ChemSep (Kooijman and Taylor); methane with hydrogen sulfide and the
/// pairs of butane and heptane with it: Pedersen and Christensen 2006, table 4.2. Carbon dioxide and
/// nitrogen with the alkanes above heptane that the collection lacks, and its outliers (nitrogen
/// with octane -0.4, hydrogen with butane -0.397), take the value of the neighbouring alkane.
#[rustfmt::skip]
const PENG_ROBINSON: &[Pair] = &[
    (C1, N2, 0.0289), (C1, CO2, 0.0978), (N2, CO2, -0.0122), (C1, C2, -0.0059), (N2, C2, 0.0533),
    (CO2, C2, 0.13), (C1, C3, 0.0119), (N2, C3, 0.0878), (CO2, C3, 0.1315), (C2, C3, 0.0011),
    (C1, IC4, 0.0256), (N2, IC4, 0.1033), (CO2, IC4, 0.13), (C2, IC4, -0.0067), (C3, IC4, -0.0078),
    (C1, C4, 0.0185), (N2, C4, 0.0711), (CO2, C4, 0.1352), (C2, C4, 0.0089), (C3, C4, 0.0033),
    (IC4, C4, -0.0004), (C1, IC5, -0.0056), (N2, IC5, 0.0922), (CO2, IC5, 0.1219), (C3, IC5, 0.0111),
    (C1, C5, 0.023), (N2, C5, 0.1), (CO2, C5, 0.1252), (C2, C5, 0.0078), (C3, C5, 0.0267),
    (C4, C5, 0.0174), (C1, C6, 0.04), (N2, C6, 0.1496), (CO2, C6, 0.11), (C2, C6, -0.04),
    (C3, C6, 0.0007), (C4, C6, -0.0056), (C1, C7, 0.03), (N2, C7, 0.1441), (CO2, C7, 0.1),
    (C2, C7, 0.0033), (C3, C7, 0.0056), (C4, C7, 0.0033), (C5, C7, 0.0074), (C6, C7, -0.0078),
    (C1, C8, 0.0496), (N2, C8, 0.1441), (CO2, C8, 0.1), (C2, C8, 0.0185), (C4, C8, 0.0074),
    (C1, C9, 0.0474), (N2, C9, 0.1122), (CO2, C9, 0.1141), (C1, C10, 0.0411), (N2, C10, 0.1122),
    (CO2, C10, 0.1141), (C2, C10, 0.0144), (C4, C10, 0.0078), (C1, H2, -0.0044), (N2, H2, 0.0711),
    (CO2, H2, -0.1622), (C2, H2, -0.0781), (C3, H2, -0.1311), (C4, H2, -0.1311), (IC4, H2, -0.1311),
    (C6, H2, -0.03), (C7, H2, -0.1167), (H2, CO, 0.0919), (N2, O2, -0.0159), (C1, CO, 0.03),
    (N2, CO, 0.03), (C2, CO, -0.0226), (C3, CO, 0.0259), (C1, AR, 0.0152), (N2, AR, -0.0004),
    (O2, AR, 0.0089), (C1, H2S, 0.08), (N2, H2S, 0.1652), (CO2, H2S, 0.0967), (C2, H2S, 0.0952),
    (C3, H2S, 0.0878), (IC4, H2S, 0.0474), (C4, H2S, 0.06), (C5, H2S, 0.063), (IC5, H2S, 0.06),
    (C6, H2S, 0.05), (C10, H2S, 0.0333), (CO, H2S, 0.0544),
];

/// Soave-Redlich-Kwong: alkanes with each other 0 (Soave 1972), the others by Knapp et al. 1982 as in
/// Pedersen and Christensen 2006, table 4.2.
#[rustfmt::skip]
const SOAVE: &[Pair] = &[
    (N2, CO2, -0.032), (N2, H2S, 0.170), (N2, C1, 0.0278), (N2, C2, 0.0407), (N2, C3, 0.0763),
    (N2, IC4, 0.0944), (N2, C4, 0.07), (N2, IC5, 0.0867), (N2, C5, 0.0878), (N2, C6, 0.1496),
    (N2, C7, 0.1422), (N2, C8, 0.08), (N2, C9, 0.08), (N2, C10, 0.08),
    (CO2, H2S, 0.0989), (CO2, C1, 0.0933), (CO2, C2, 0.1363), (CO2, C3, 0.1289), (CO2, IC4, 0.1285),
    (CO2, C4, 0.143), (CO2, IC5, 0.1307), (CO2, C5, 0.1311), (CO2, C6, 0.1178), (CO2, C7, 0.11),
    (CO2, C8, 0.1), (CO2, C9, 0.1), (CO2, C10, 0.1),
    (H2S, C1, 0.08), (H2S, C2, 0.0852), (H2S, C3, 0.0885), (H2S, IC4, 0.0511), (H2S, C4, 0.06),
    (H2S, IC5, 0.06), (H2S, C5, 0.0689), (H2S, C6, 0.05),
];

/// Water in the gas phase, both equations: Søreide and Whitson 1992, Fluid Phase Equilib. 77, 217
/// (non-aqueous phase), with 0.5 for what they do not list.
fn with_water(other: usize) -> f64 {
    match other {
        N2 => 0.4778,
        CO2 => 0.1896,
        C1 => 0.4850,
        C2 => 0.4920,
        C3 => 0.5525,
        H2S => 0.04,
        H2 | CO => 0.0,
        _ => 0.5,
    }
}

/// kij of two components by their places in the order of AGA 8; 0 where none is published.
pub(super) fn kij(form: Form, i: usize, j: usize) -> f64 {
    if i == j {
        return 0.0;
    }
    if i == H2O || j == H2O {
        return with_water(if i == H2O { j } else { i });
    }
    let pairs = match form {
        Form::PengRobinson => PENG_ROBINSON,
        Form::Soave => SOAVE,
    };
    let same = |&&(a, b, _): &&Pair| (a, b) == (i, j) || (a, b) == (j, i);
    pairs.iter().find(same).map_or(0.0, |&(_, _, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_listed_once_and_symmetric() {
        for form in [Form::PengRobinson, Form::Soave] {
            let pairs = match form {
                Form::PengRobinson => PENG_ROBINSON,
                Form::Soave => SOAVE,
            };
            for &(i, j, k) in pairs {
                let same = |&&(a, b, _): &&Pair| (a, b) == (i, j) || (a, b) == (j, i);
                assert_eq!(pairs.iter().filter(same).count(), 1, "{i} {j}");
                assert_eq!((kij(form, i, j), kij(form, j, i)), (k, k));
            }
            assert_eq!(kij(form, H2O, C1), 0.485);
            assert_eq!(kij(form, C2, C2), 0.0);
        }
    }
}
