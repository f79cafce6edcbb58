//! Settings.

use super::{Checks, bara, rounded};
use crate::{Finding, FrictionLaw, Place, codes};

/// Most cells that a mesh may have.
const CELLS_MAX: f64 = 2e7;

impl Checks<'_> {
    pub(super) fn settings(&mut self) {
        let settings = &self.case.settings;
        let sizes = [
            ("cell_length", settings.cell_length_m),
            ("mesh_tolerance", settings.mesh_tolerance_pa.unwrap_or(1.0)),
            ("pressure_tolerance", settings.pressure_tolerance_pa),
            ("step_max", settings.step_max_s),
            ("checkpoint", settings.checkpoint_s),
            ("atmospheric_pressure", settings.atmospheric_pressure_pa),
            ("ground_temperature", settings.ground_temperature_k),
            ("volume_reference", settings.volume_reference.temperature_k),
            ("volume_reference", settings.volume_reference.pressure_pa),
            ("heating", settings.heating_basis.combustion_temperature_k),
            ("friction", friction_factor(settings.friction)),
        ];
        for (key, _) in sizes.into_iter().filter(|(_, size)| *size <= 0.0) {
            let message = format!("`{key}` of the settings is not above zero");
            let finding = Finding::error(codes::NOT_POSITIVE, Place::Settings, message);
            self.add(finding.at(key, "expected more than zero"));
        }
        self.odd_atmosphere();
        self.odd_temperature(
            settings.ground_temperature_k,
            Place::Settings,
            "the settings",
        );
        self.mesh_size();
    }

    fn odd_atmosphere(&mut self) {
        let pressure_pa = self.case.settings.atmospheric_pressure_pa;
        if pressure_pa > 0.0 && !(5e4..=1.1e5).contains(&pressure_pa) {
            let message = format!("the atmospheric pressure is {}", bara(pressure_pa));
            let finding = Finding::warning(codes::ODD_PRESSURE, Place::Settings, message);
            self.add(finding.at("atmospheric_pressure", "found on earth: 0.5 to 1.1 bara"));
        }
    }

    /// Warns of ground that is colder or hotter than soil is.
    pub(super) fn odd_temperature(&mut self, kelvin: f64, place: Place, whose: &str) {
        if kelvin > 0.0 && !(243.15..=333.15).contains(&kelvin) {
            let message = format!(
                "the ground temperature of {whose} is {} degC",
                rounded(kelvin - 273.15)
            );
            let finding = Finding::warning(codes::ODD_TEMPERATURE, place, message);
            self.add(finding.at("ground_temperature", "usual: -30 to 60 degC"));
        }
    }

    fn mesh_size(&mut self) {
        let cell_m = self.case.settings.cell_length_m;
        let pipes = self.case.network.pipes.iter();
        let cells = pipes
            .map(|p| p.cells.map_or(p.length_m / cell_m, |n| n as f64))
            .sum::<f64>();
        if cell_m > 0.0 && cells > CELLS_MAX {
            let message = format!(
                "the mesh would have {} cells; at most {CELLS_MAX:e} are possible",
                rounded(cells)
            );
            let finding = Finding::error(codes::TOO_MANY, Place::Settings, message);
            self.add(finding.at("cell_length", "too short for this network"));
        }
    }
}

/// The constant of the law, or any positive number where it has none.
pub(super) fn friction_factor(law: FrictionLaw) -> f64 {
    match law {
        FrictionLaw::Constant { darcy } => darcy,
        _ => 1.0,
    }
}
