//! What is kept of a member.

/// How a member ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// It ran to its end.
    Complete,
    /// It began and could not go on.
    Incomplete,
    /// It has no steady state to begin with.
    #[default]
    NotSolved,
    /// What was drawn for it cannot be meant.
    Refused,
    /// The program failed; a defect.
    Panicked,
    /// The ensemble was stopped.
    Stopped,
}

impl End {
    /// The word for results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Incomplete => "incomplete",
            Self::NotSolved => "not solved",
            Self::Refused => "refused",
            Self::Panicked => "panicked",
            Self::Stopped => "stopped",
        }
    }
}

/// The least distance of a pressure to a limit at the output times, and where it was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Margin {
    /// Pressure above the lowest one allowed, or below the highest, Pa; negative where it is passed. None
    /// where no element has such a limit.
    pub pressure_pa: Option<f64>,
    /// The node or off-take.
    pub element: String,
    /// When, s.
    pub time_s: f64,
}

/// Amounts of a member over its run; NaN where it did not begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amounts {
    /// Brought by supplies, kg.
    pub in_kg: f64,
    /// Taken by off-takes, kg.
    pub out_kg: f64,
    /// Asked for by off-takes that ask for a flow, kg.
    pub requested_kg: f64,
    /// What these off-takes got less than they asked for, each by itself, kg.
    pub shortfall_kg: f64,
    /// Burnt by drivers, kg.
    pub fuel_kg: f64,
    /// Lost through leaks and breaks, kg.
    pub leak_kg: f64,
    /// Held at time zero, kg.
    pub linepack_start_kg: f64,
    /// Held at the end, kg.
    pub linepack_end_kg: f64,
    /// Least held at the output times, kg.
    pub linepack_min_kg: f64,
    /// What came in, less what went out and what is held more, kg.
    pub residual_kg: f64,
}

impl Default for Amounts {
    fn default() -> Self {
        let none = f64::NAN;
        Self {
            in_kg: none,
            out_kg: none,
            requested_kg: none,
            shortfall_kg: none,
            fuel_kg: none,
            leak_kg: none,
            linepack_start_kg: none,
            linepack_end_kg: none,
            linepack_min_kg: none,
            residual_kg: none,
        }
    }
}

/// What is kept of a member.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The member's number.
    pub index: u64,
    /// The values drawn for it.
    pub values: Vec<f64>,
    /// How it ended.
    pub end: End,
    /// The element that held it back, if one did.
    pub element: Option<String>,
    /// How it ended, in words.
    pub message: String,
    /// Amounts over the run.
    pub amounts: Amounts,
    /// Least distance to a lowest pressure: of nodes, and contract pressures of off-takes.
    pub margin_low: Margin,
    /// Least distance to a highest pressure of nodes.
    pub margin_high: Margin,
    /// When the first off-take began to get less than it asked for, or fell below its contract pressure, s.
    pub first_shortfall_s: Option<f64>,
    /// The off-take that did.
    pub first_short: String,
    /// Limits that were passed, by how much soever.
    pub violations: usize,
    /// Time steps.
    pub steps: usize,
    /// Time steps that were taken anew.
    pub rejected_steps: usize,
    /// Newton iterations.
    pub iterations: usize,
    /// Output times reached, s.
    pub time_s: Vec<f64>,
    /// Values of the series at these times: the series of the first time, then of the next.
    pub series: Vec<f64>,
}

impl Outcome {
    /// As before the member begins; keeps its room.
    pub fn begin(&mut self, index: u64, values: Vec<f64>) {
        let mut empty = Self {
            index,
            values,
            time_s: std::mem::take(&mut self.time_s),
            series: std::mem::take(&mut self.series),
            ..Self::default()
        };
        empty.time_s.clear();
        empty.series.clear();
        *self = empty;
    }

    /// The member did not run.
    pub fn fail(&mut self, end: End, element: Option<String>, message: String) {
        (self.end, self.element, self.message) = (end, element, message);
    }
}
