//! A case with nothing in it yet, for readers of formats that say nothing of numerics.

use jiff::Timestamp;
use linepack_gas::GasSpec;
use linepack_network::{
    Case, FrictionLaw, HeatSettings, InitialState, Network, QualitySettings, Scenario, Settings,
    Terms,
};
use linepack_units::{HeatingBasis, ReferenceConditions};

/// Time zero where a format knows no dates: 2026-01-01T05:00:00Z.
const START: Timestamp = Timestamp::constant(1_767_243_600, 0);

/// An empty case of a steady scenario, with the defaults of the native format.
pub(crate) fn blank(id: &str, gas: GasSpec, settings: Settings) -> Case {
    Case {
        id: id.to_owned(),
        title: id.to_owned(),
        description: String::new(),
        settings,
        gas,
        gases: Vec::new(),
        gas_profiles: Vec::new(),
        grounds: Vec::new(),
        quality_limits: Vec::new(),
        network: Network::default(),
        scenario: steady("steady"),
        profiles: Vec::new(),
        stage: None,
        stages: Vec::new(),
        scenarios: vec!["steady".to_owned()],
        assumptions: Vec::new(),
    }
}

/// The settings of the native format where nothing is said.
pub(crate) fn settings(
    volume_reference: ReferenceConditions,
    ground_temperature_k: f64,
) -> Settings {
    Settings {
        volume_reference,
        heating_basis: HeatingBasis {
            gross: true,
            combustion_temperature_k: 288.15,
        },
        atmospheric_pressure_pa: 101_325.0,
        ground_temperature_k,
        friction: FrictionLaw::ColebrookWhite,
        cell_length_m: 2000.0,
        mesh_tolerance_pa: None,
        pressure_tolerance_pa: 1000.0,
        waves: false,
        step_max_s: 3600.0,
        checkpoint_s: 21_600.0,
        terms: Terms {
            inertia: true,
            kinetic: true,
            gravity: true,
        },
        heat: HeatSettings::default(),
        quality: QualitySettings::default(),
    }
}

/// A scenario that is only steady.
pub(crate) fn steady(name: &str) -> Scenario {
    Scenario {
        name: name.to_owned(),
        title: name.to_owned(),
        start: START,
        duration_s: 0.0,
        output_interval_s: 900.0,
        initial: InitialState::Steady,
        events: Vec::new(),
        rules: Vec::new(),
        interlocks: Vec::new(),
    }
}
