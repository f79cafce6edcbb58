use super::PhaseModel;

/// How far the gas is from condensing or freezing at one place, K; none where nothing can form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DewMargin {
    /// Temperature less the hydrocarbon dew point at the pressure.
    pub hydrocarbon_k: Option<f64>,
    /// Temperature less the water dew point at the pressure.
    pub water_k: Option<f64>,
    /// Temperature less that at which hydrates form where free water is present.
    pub hydrate_k: Option<f64>,
}

/// Margins along a line, with the smallest of each kind and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Margins {
    /// The margins, one for each state.
    pub places: Vec<DewMargin>,
    /// Place and value of the smallest hydrocarbon margin.
    pub hydrocarbon: Option<(usize, f64)>,
    /// Place and value of the smallest water margin.
    pub water: Option<(usize, f64)>,
    /// Place and value of the smallest hydrate margin.
    pub hydrate: Option<(usize, f64)>,
}

impl PhaseModel {
    /// Margins along a line of states, each a pressure (Pa) and temperature (K).
    ///
    /// A negative hydrocarbon or water margin means that liquid drops out there; a negative hydrate
    /// margin matters where the water margin is negative too.
    pub fn margins(&self, states: &[(f64, f64)]) -> Margins {
        let margin = |&(p, t): &(f64, f64)| DewMargin {
            hydrocarbon_k: self.hydrocarbon_dew_point_k(p).map(|dew| t - dew),
            water_k: self.water_dew_point_k(p).map(|dew| t - dew),
            hydrate_k: self.hydrate(p).map(|hydrate| t - hydrate.temperature_k),
        };
        let places: Vec<DewMargin> = states.iter().map(margin).collect();
        let least = |of: fn(&DewMargin) -> Option<f64>| {
            let margins = places
                .iter()
                .enumerate()
                .filter_map(|(i, m)| Some((i, of(m)?)));
            margins.min_by(|a, b| a.1.total_cmp(&b.1))
        };
        Margins {
            hydrocarbon: least(|m| m.hydrocarbon_k),
            water: least(|m| m.water_k),
            hydrate: least(|m| m.hydrate_k),
            places,
        }
    }
}
