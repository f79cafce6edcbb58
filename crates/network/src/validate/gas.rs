//! The gas.

use super::Checks;
use crate::{Finding, Place, codes};
use linepack_gas::{CompositionIssue, EquationOfState, Gas, Substance, Viscosity};

impl Checks<'_> {
    pub(super) fn gas(&mut self) {
        match &self.case.gas.substance {
            Substance::Mixture(mixture) => {
                let issues = mixture.issues();
                if issues.is_empty() {
                    self.usable();
                }
                issues.iter().for_each(|issue| self.composition(issue));
            }
            Substance::Pseudo(pseudo) => {
                if pseudo.molar_mass_kg_per_mol <= 0.0 {
                    let message = "the molar mass of the gas is not above zero";
                    let finding = Finding::error(codes::NOT_POSITIVE, Place::Gas, message);
                    self.add(finding.at("pseudo", "expected more than zero"));
                } else {
                    self.usable();
                }
            }
        }
        self.constants();
    }

    fn composition(&mut self, issue: &CompositionIssue) {
        let error = issue.is_error();
        let finding = match error {
            true => Finding::error(codes::COMPOSITION, Place::Gas, issue.to_string()),
            false => Finding::warning(codes::COMPOSITION_SUM, Place::Gas, issue.to_string()),
        };
        let help = match error {
            true => "fractions are never changed in silence: state all of them",
            false => "they are used as they stand",
        };
        self.add(
            finding
                .at("composition", "mole fractions")
                .help(help.to_owned()),
        );
    }

    /// Whether the equation of state can work with what is known of the gas.
    fn usable(&mut self) {
        if let Err(error) = Gas::new(&self.case.gas) {
            let finding = Finding::error(codes::GAS_DATA, Place::Gas, error.to_string());
            self.add(finding.at("equation", "needs more than is stated"));
        }
    }

    fn constants(&mut self) {
        let constants = [
            (
                "equation",
                match self.case.gas.equation {
                    EquationOfState::Constant { z } | EquationOfState::Linear { z, .. } => z,
                    _ => 1.0,
                },
            ),
            (
                "viscosity",
                match self.case.gas.viscosity {
                    Viscosity::Constant { pa_s } => pa_s,
                    _ => 1.0,
                },
            ),
        ];
        for (key, _) in constants.into_iter().filter(|(_, value)| *value <= 0.0) {
            let message = format!("the constant `{key}` of the gas is not above zero");
            let finding = Finding::error(codes::NOT_POSITIVE, Place::Gas, message);
            self.add(finding.at(key, "expected more than zero"));
        }
    }
}
