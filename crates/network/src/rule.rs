use crate::Action;
use linepack_units::FlowRate;

/// What follows by itself when a condition has held for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Name, for results and messages.
    pub name: String,
    /// What must hold.
    pub when: Condition,
    /// How long it must hold without a break, s.
    pub lasting_s: f64,
    /// What follows, in this order; nothing: the time is noted.
    pub then: Vec<Command>,
    /// What must hold before it can act again; none: that `when` no longer holds.
    pub rearm: Option<Condition>,
    /// Whether it acts once only.
    pub once: bool,
    /// Least time between two of its actions, s.
    pub pause_s: f64,
}

/// An action that follows from a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The element it happens to.
    pub element: String,
    /// What happens.
    pub action: Action,
}

/// What refuses an action while a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Interlock {
    /// Name, for results and messages.
    pub name: String,
    /// The element to which nothing of the kind can happen.
    pub element: String,
    /// What is refused; none: everything.
    pub refuses: Option<Refused>,
    /// While this holds.
    pub when: Condition,
}

/// A kind of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// To open.
    Open,
    /// To close.
    Close,
    /// To trip.
    Trip,
    /// To start or return.
    Start,
    /// To be shut.
    Shut,
    /// To move a set-point.
    Set,
}

impl Refused {
    /// Whether an action is of this kind.
    pub fn is(self, action: &Action) -> bool {
        matches!(
            (self, action),
            (Self::Open, Action::Open)
                | (Self::Close, Action::Close)
                | (Self::Trip, Action::Trip)
                | (Self::Start, Action::Start)
                | (Self::Shut, Action::Shut)
                | (Self::Set, Action::Set { .. })
        )
    }
}

/// A quantity on one side of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The node, element or area that is watched; none: the network.
    pub element: Option<String>,
    /// The quantity, and where it changes over.
    pub level: Level,
    /// On which side of the level it holds.
    pub side: Side,
}

/// A side of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below it.
    Below,
    /// Above it.
    Above,
}

/// A quantity that can be watched, and a value of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Level {
    /// Pressure of a node, or of the node of a supply, off-take or leak, Pa.
    Pressure(f64),
    /// Flow through an element, at its first node; of a supply, off-take or leak, in its own direction.
    Flow(FlowRate),
    /// Pressure ratio of a station, -.
    Ratio(f64),
    /// Shaft power of a station, W.
    Power(f64),
    /// Mass of gas in a pipe, an area or the network, kg.
    Linepack(f64),
    /// Fall of the pressure of a node over a window of time.
    PressureDrop {
        /// The fall, Pa.
        drop_pa: f64,
        /// The window, s.
        within_s: f64,
    },
}

impl Level {
    /// The words for messages: `pressure`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pressure(_) => "pressure",
            Self::Flow(_) => "flow",
            Self::Ratio(_) => "ratio",
            Self::Power(_) => "power",
            Self::Linepack(_) => "line pack",
            Self::PressureDrop { .. } => "pressure drop",
        }
    }
}

/// Nodes and pipes that belong together: a zone, a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Identifier.
    pub id: String,
    /// Name for people; the identifier when none is given.
    pub label: String,
    /// Nodes: a pipe between two of them belongs to the area.
    pub nodes: Vec<String>,
    /// Pipes that belong to it.
    pub pipes: Vec<String>,
}

/// How the free area of a valve follows its travel.
#[derive(Debug, Clone, PartialEq)]
pub enum ValveCurve {
    /// In proportion.
    Linear,
    /// In equal percentages: (R^x - 1)/(R - 1) for a travel x, with R = 50.
    EqualPercentage,
    /// Travel and opening, both from 0 to 1, increasing.
    Table(Vec<[f64; 2]>),
}

/// A valve that closes by itself when the pressure at either end falls fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineBreak {
    /// Rate of fall at which it closes, Pa/s, as the mean over the window.
    pub rate_pa_per_s: f64,
    /// The window, s.
    pub window_s: f64,
    /// How long the rate must be exceeded, s.
    pub delay_s: f64,
}

/// Limits at which the protection of a station stops its units.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TripLimits {
    /// Suction pressure below which it trips, Pa.
    pub suction_pressure_pa: Option<f64>,
    /// Discharge pressure above which it trips, Pa.
    pub discharge_pressure_pa: Option<f64>,
    /// How long the limit must be passed, s.
    pub delay_s: f64,
}
