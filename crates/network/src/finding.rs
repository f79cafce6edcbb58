/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The case cannot be used.
    Error,
    /// The case can be used; somebody should look at it.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// The kinds of things that a network consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ElementKind {
    /// Node.
    Node,
    /// Pipe.
    Pipe,
    /// Short pipe.
    ShortPipe,
    /// Resistor.
    Resistor,
    /// Valve.
    Valve,
    /// Check valve.
    CheckValve,
    /// Control valve.
    ControlValve,
    /// Compressor station.
    CompressorStation,
    /// Supply.
    Supply,
    /// Off-take.
    OffTake,
    /// Leak.
    Leak,
}

impl ElementKind {
    /// All of them, nodes first.
    pub const ALL: [Self; 11] = [
        Self::Node,
        Self::Pipe,
        Self::ShortPipe,
        Self::Resistor,
        Self::Valve,
        Self::CheckValve,
        Self::ControlValve,
        Self::CompressorStation,
        Self::Supply,
        Self::OffTake,
        Self::Leak,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Pipe => "pipe",
            Self::ShortPipe => "short pipe",
            Self::Resistor => "resistor",
            Self::Valve => "valve",
            Self::CheckValve => "check valve",
            Self::ControlValve => "control valve",
            Self::CompressorStation => "compressor station",
            Self::Supply => "supply",
            Self::OffTake => "off-take",
            Self::Leak => "leak",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The case as a whole.
    Case,
    /// The settings.
    Settings,
    /// The gas.
    Gas,
    /// An element: the one at this index among those of its kind in [`crate::Network`].
    Element {
        /// Kind.
        kind: ElementKind,
        /// Index.
        index: usize,
    },
    /// The profile at this index.
    Profile {
        /// Index.
        index: usize,
    },
    /// The stage at this index.
    Stage {
        /// Index.
        index: usize,
    },
    /// The scenario.
    Scenario,
    /// The event of the scenario at this index.
    Event {
        /// Index.
        index: usize,
    },
    /// The rule of the scenario at this index.
    Rule {
        /// Index.
        index: usize,
    },
    /// The interlock of the scenario at this index.
    Interlock {
        /// Index.
        index: usize,
    },
    /// The area at this index.
    Area {
        /// Index.
        index: usize,
    },
    /// The gas of supplies at this index.
    SupplyGas {
        /// Index.
        index: usize,
    },
    /// The composition over time at this index.
    GasProfile {
        /// Index.
        index: usize,
    },
    /// The limits of quality at this index.
    QualityLimits {
        /// Index.
        index: usize,
    },
    /// The ground at this index.
    Ground {
        /// Index.
        index: usize,
    },
}

/// Something wrong, or odd, about a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable code, from [`mod@crate::codes`].
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What it is about.
    pub place: Place,
    /// The key of the field, as in a case file, where one field is to blame.
    pub field: Option<&'static str>,
    /// One line.
    pub message: String,
    /// A few words for the marker under the field.
    pub label: String,
    /// What would mend it.
    pub help: Option<String>,
}

impl Finding {
    /// An error.
    pub(crate) fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place,
            field: None,
            message: message.into(),
            label: String::new(),
            help: None,
        }
    }

    /// A warning.
    pub(crate) fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, place, message)
        }
    }

    /// The field to blame, and the words under it.
    #[must_use]
    pub(crate) fn at(self, field: &'static str, label: impl Into<String>) -> Self {
        Self {
            field: Some(field),
            label: label.into(),
            ..self
        }
    }

    /// What would mend it.
    #[must_use]
    pub(crate) fn help(self, help: impl Into<Option<String>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }
}
