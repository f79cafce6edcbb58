//! What surrounds pipes, and how heat gets there.

/// How temperatures are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heat {
    /// Gas has the temperature of the ground everywhere.
    #[default]
    Isothermal,
    /// By the energy equation, with heat passing to the ground as in a steady state.
    Steady,
    /// By the energy equation, with heat stored in the wall and the ground around it.
    Transient,
}

/// How temperatures are found, and defaults of pipes.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatSettings {
    /// The model.
    pub model: Heat,
    /// Heat transfer coefficient of pipes that state neither one nor a ground, on the inner diameter, W/(m² K).
    pub heat_transfer_w_per_m2_k: Option<f64>,
    /// Temperature of the gas of supplies that state none, K; the ground temperature when none.
    pub supply_temperature_k: Option<f64>,
    /// Tolerance of temperatures in time, K.
    pub tolerance_k: f64,
    /// The range of temperatures that property tables cover, K.
    pub range_k: [f64; 2],
}

impl Default for HeatSettings {
    fn default() -> Self {
        Self {
            model: Heat::Isothermal,
            heat_transfer_w_per_m2_k: None,
            supply_temperature_k: None,
            tolerance_k: 0.05,
            range_k: [243.15, 373.15],
        }
    }
}

/// What a pipe lies in.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// Identifier.
    pub id: String,
    /// What it is, and what that needs.
    pub kind: GroundKind,
    /// Mean temperature of the year, K.
    pub temperature_k: f64,
    /// Half the difference between the warmest and the coldest day at the surface, K.
    pub amplitude_k: f64,
    /// Day of the year, counted from 0, on which the surface is coldest.
    pub coldest_day: f64,
    /// Profile of temperatures in place of mean and season.
    pub temperature_profile: Option<String>,
}

/// Kinds of ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GroundKind {
    /// Soil around a buried pipe.
    Soil {
        /// Thermal conductivity, W/(m K).
        conductivity_w_per_m_k: f64,
        /// Density, kg/m³.
        density_kg_per_m3: f64,
        /// Heat capacity, J/(kg K).
        heat_capacity_j_per_kg_k: f64,
    },
    /// Water or air that flows past the pipe.
    Fluid {
        /// Heat transfer coefficient on the outer diameter, W/(m² K).
        film_w_per_m2_k: f64,
    },
}

/// A layer of the wall of a pipe: steel, coating, concrete.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WallLayer {
    /// Thickness, m.
    pub thickness_m: f64,
    /// Thermal conductivity, W/(m K).
    pub conductivity_w_per_m_k: f64,
    /// Density, kg/m³.
    pub density_kg_per_m3: f64,
    /// Heat capacity, J/(kg K).
    pub heat_capacity_j_per_kg_k: f64,
}

/// How heat passes between a pipe's gas and what it lies in.
///
/// The heat transfer coefficient of the pipe holds where one is stated; otherwise it follows from
/// wall, depth and ground.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PipeHeat {
    /// The ground it lies in.
    pub ground: Option<String>,
    /// Depth of its axis below the surface, m.
    pub depth_m: Option<f64>,
    /// Layers of its wall, from the inside.
    pub wall: Vec<WallLayer>,
    /// Profile of the temperature of what surrounds it.
    pub ground_temperature_profile: Option<String>,
}

impl Ground {
    /// Soil temperature at a depth (m) and a time of the year (s since its begin), K.
    ///
    /// $$ T = T_m - A e^{-z/d} \cos(2π(t - t_0)/a - z/d), \quad d = \sqrt{a k /(π ρ c)} $$
    ///
    /// `d` is the depth at which the year's wave has faded to 1/e, `a` the year. Water and air have the
    /// temperature of the surface. Source: Carslaw and Jaeger 1959, section 2.6.
    pub fn seasonal_temperature_k(&self, depth_m: f64, year_s: f64) -> f64 {
        const YEAR_S: f64 = 365.2425 * 86400.0;
        let phase = std::f64::consts::TAU * (year_s - self.coldest_day * 86400.0) / YEAR_S;
        let fading = match self.kind {
            GroundKind::Soil {
                conductivity_w_per_m_k: k,
                density_kg_per_m3: density,
                heat_capacity_j_per_kg_k: capacity,
            } => depth_m / (YEAR_S * k / (std::f64::consts::PI * density * capacity)).sqrt(),
            GroundKind::Fluid { .. } => 0.0,
        };
        self.temperature_k - self.amplitude_k * (-fading).exp() * (phase - fading).cos()
    }
}
