use crate::cases::{Worst, gas};
use linepack_gas::{BulkAnalysis, EquationOfState};
use linepack_units::{HeatingBasis, ReferenceConditions};

/// Gross heating value (MJ/m3, 25 degC / 0 degC), relative density, carbon dioxide and hydrogen of
/// six gases, and their Z at 60 bar and -3.15, 16.85 and 56.85 degC, and at 120 bar there.
///
/// Source: inputs and the values at 60 bar of ISO 12213-3:2006 annex C (recalled; the digits agree
/// with the program `pygerg` 0.1.0, from which the eight digits here are).
const GASES: [([f64; 4], [f64; 3], [f64; 3]); 6] = [
    (
        [40.66, 0.581, 0.006, 0.0],
        [0.84084231, 0.88007255, 0.92995901],
        [0.72146352, 0.79256905, 0.88321892],
    ),
    (
        [40.62, 0.609, 0.005, 0.0],
        [0.83397208, 0.87499967, 0.92690217],
        [0.71139573, 0.78472158, 0.87832456],
    ),
    (
        [43.53, 0.650, 0.015, 0.0],
        [0.79414860, 0.84552649, 0.90892547],
        [0.64321994, 0.73195805, 0.84554111],
    ),
    (
        [34.16, 0.599, 0.016, 0.095],
        [0.88569096, 0.91506999, 0.95301592],
        [0.80842853, 0.85999432, 0.92661872],
    ),
    (
        [36.64, 0.686, 0.076, 0.0],
        [0.82663738, 0.87002540, 0.92393625],
        [0.69556922, 0.77462544, 0.87268976],
    ),
    (
        [36.58, 0.644, 0.011, 0.0],
        [0.85406455, 0.89070653, 0.93690136],
        [0.74939144, 0.81489803, 0.89748890],
    ),
];

fn analysis([heat, relative_density, carbon_dioxide, hydrogen]: [f64; 4]) -> BulkAnalysis {
    BulkAnalysis {
        heating_value_j_per_m3: heat * 1e6,
        basis: HeatingBasis {
            gross: true,
            combustion_temperature_k: 298.15,
        },
        reference: ReferenceConditions {
            temperature_k: 273.15,
            pressure_pa: 101_325.0,
        },
        relative_density,
        carbon_dioxide,
        hydrogen,
    }
}

/// Z of the six gases. The other program stops its iterations at 1e-5 bar and 1e-4 MJ/m3, which is
/// what the tolerance allows.
#[test]
fn compressibility_of_the_six_gases() {
    let mut worst = Worst::default();
    for (inputs, at_60, at_120) in GASES {
        let composition = analysis(inputs).equivalent_composition().unwrap();
        let gas = gas(&composition, EquationOfState::Sgerg88);
        for (k, celsius) in [-3.15, 16.85, 56.85].into_iter().enumerate() {
            for (bar, z) in [(60.0, at_60[k]), (120.0, at_120[k])] {
                let state = gas.state(bar * 1e5, celsius + 273.15).unwrap();
                worst.see(state.compressibility - z, || {
                    format!("{inputs:?} at {bar} bar and {celsius} degC")
                });
            }
        }
    }
    worst.keeps(5e-6, "SGERG-88, six gases, Z (absolute)");
}

/// The stand-in composition has the heating value and relative density it was made for, and gases
/// that cannot be are refused.
#[test]
fn bulk_analyses_are_met_or_refused() {
    for (inputs, ..) in GASES {
        let analysis = analysis(inputs);
        let composition = analysis.equivalent_composition().unwrap();
        let quality =
            linepack_gas::GasQuality::new(&composition, 298.15, analysis.reference).unwrap();
        assert!((quality.real.gross_j_per_m3 / (inputs[0] * 1e6) - 1.0).abs() < 1e-11);
        assert!((quality.real.relative_density / inputs[1] - 1.0).abs() < 1e-11);
        assert!((composition.sum() - 1.0).abs() < 1e-12);
    }
    for inputs in [
        [40.66, 0.4, 0.0, 0.0],
        [20.0, 0.55, 0.0, 0.0],
        [60.0, 0.58, 0.0, 0.0],
    ] {
        assert!(
            analysis(inputs).equivalent_composition().is_err(),
            "{inputs:?}"
        );
    }
}
