/// Decisions for valves, control valves and stations that are taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionGroup {
    /// Identifier.
    pub id: String,
    /// The decisions among which one is taken.
    pub decisions: Vec<Decision>,
    /// Index of the one taken.
    pub taken: Option<usize>,
}

/// A decision: the states of several elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Identifier, unique in its group.
    pub id: String,
    /// What it does to each element.
    pub switches: Vec<Switch>,
}

/// What a decision does to an element.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// The element.
    pub element: String,
    /// Whether it is open (a station or control valve: works or stands by), otherwise closed.
    pub open: bool,
    /// Whether gas may pass only from `from` to `to` (true), or only back (false).
    pub forward: Option<bool>,
    /// Configuration or mode of the element, where the decision fixes it.
    pub mode: Option<String>,
}
