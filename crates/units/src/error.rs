/// Why a text is no quantity.
///
/// `Display` says what is wrong; [`UnitError::help`] says what to write instead.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// No number at the start of the text.
    #[error("`{text}` does not start with a number")]
    NotANumber {
        /// The text.
        text: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A number written with a comma.
    #[error("`{text}` has a comma, which may mean thousands or decimals")]
    Comma {
        /// The text.
        text: String,
    },
    /// A number that a double cannot hold.
    #[error("the number `{text}` is too large")]
    TooLarge {
        /// The number.
        text: String,
    },
    /// A number alone.
    #[error("`{text}` has no unit; {expected} was expected")]
    NoUnit {
        /// The number.
        text: String,
        /// What was expected, with its article.
        expected: &'static str,
        /// Examples of it.
        examples: &'static str,
    },
    /// A unit that does not exist.
    #[error("`{unit}` is not a unit of {expected}")]
    Unknown {
        /// The unit as written.
        unit: String,
        /// What was expected, with its article.
        expected: &'static str,
        /// The unit that was perhaps meant.
        nearest: Option<String>,
        /// Examples of what was expected.
        examples: &'static str,
    },
    /// A unit of something else.
    #[error("`{unit}` is a unit of {found}; {expected} was expected")]
    WrongDimension {
        /// The unit as written.
        unit: String,
        /// What it measures.
        found: &'static str,
        /// What was expected.
        expected: &'static str,
        /// Examples of what was expected.
        examples: &'static str,
    },
    /// A pressure that says neither gauge nor absolute.
    #[error("`{unit}` says neither gauge nor absolute")]
    GaugeOrAbsolute {
        /// The unit as written.
        unit: String,
    },
    /// A difference of pressure that says gauge or absolute.
    #[error("`{unit}` is a level of pressure, but a pressure difference was expected")]
    NotADifference {
        /// The unit as written.
        unit: String,
        /// The unit without gauge or absolute.
        plain: String,
    },
    /// Reference conditions or a heating basis that are not understood.
    #[error("`{text}` after `@` is not understood")]
    Basis {
        /// The part after `@`.
        text: String,
        /// What may stand there.
        expected: &'static str,
    },
    /// A temperature or pressure below zero absolute.
    #[error("`{text}` is below {limit}")]
    BelowZero {
        /// The text.
        text: String,
        /// Absolute zero or vacuum.
        limit: &'static str,
    },
    /// A column header that is not `name [unit]`.
    #[error("the column header `{text}` is not of the form `name [unit]`")]
    Header {
        /// The header.
        text: String,
    },
}

impl UnitError {
    /// What to write instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotANumber { expected, .. } => {
                format!("write a number and a unit, as {expected}")
            }
            Self::Comma { .. } => "write decimals with a point and leave thousands out".into(),
            Self::NoUnit { examples, .. } | Self::WrongDimension { examples, .. } => {
                format!("for example {examples}")
            }
            Self::Unknown {
                nearest: Some(unit),
                ..
            } => format!("did you mean `{unit}`?"),
            Self::Unknown { examples, .. } => format!("for example {examples}"),
            Self::GaugeOrAbsolute { unit } => format!("write `{unit}g` or `{unit}a`"),
            Self::NotADifference { plain, .. } => format!("write `{plain}`"),
            Self::Basis { expected, .. } => format!("write {expected}"),
            Self::Header { .. } => "for example `length [km]`".into(),
            Self::TooLarge { .. } | Self::BelowZero { .. } => return None,
        })
    }
}
