use std::fmt;

/// The temperature and pressure to which a volume of gas is referred.
///
/// A volume of gas without them is not a quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReferenceConditions {
    /// Reference temperature, K.
    pub temperature_k: f64,
    /// Reference pressure, Pa (absolute).
    pub pressure_pa: f64,
}

/// One pound per square inch, Pa.
const PSI_PA: f64 = 0.453_592_37 * 9.806_65 / (0.0254 * 0.0254);
/// 60 degF, K.
const SIXTY_FAHRENHEIT_K: f64 = (60.0 + 459.67) * 5.0 / 9.0;

impl ReferenceConditions {
    /// Normal conditions: 0 degC, 1.01325 bar (DIN 1343).
    pub const NORMAL: Self = Self {
        temperature_k: 273.15,
        pressure_pa: 101_325.0,
    };
    /// ISO 13443 standard conditions: 15 degC, 1.01325 bar.
    pub const ISO_STANDARD: Self = Self {
        temperature_k: 288.15,
        pressure_pa: 101_325.0,
    };
    /// 20 degC, 1.01325 bar, the standard conditions of GOST 2939.
    pub const GOST: Self = Self {
        temperature_k: 293.15,
        pressure_pa: 101_325.0,
    };
    /// United States pipeline contracts: 60 degF, 14.73 psia.
    pub const US_14_73: Self = Self {
        temperature_k: SIXTY_FAHRENHEIT_K,
        pressure_pa: 14.73 * PSI_PA,
    };
    /// United States, API and GPA: 60 degF, 14.696 psia.
    pub const US_14_696: Self = Self {
        temperature_k: SIXTY_FAHRENHEIT_K,
        pressure_pa: 14.696 * PSI_PA,
    };

    /// The conditions that have a name, as case files use it.
    pub const NAMED: [(&'static str, Self); 5] = [
        ("normal", Self::NORMAL),
        ("iso_standard", Self::ISO_STANDARD),
        ("gost", Self::GOST),
        ("us_14.73", Self::US_14_73),
        ("us_14.696", Self::US_14_696),
    ];

    /// The conditions of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, conditions)| *conditions)
    }

    /// The name of these conditions, if they have one.
    pub fn name(&self) -> Option<&'static str> {
        Self::NAMED
            .iter()
            .find(|(_, known)| known == self)
            .map(|(name, _)| *name)
    }
}

impl fmt::Display for ReferenceConditions {
    /// `15 degC, 1.01325 bara`, and for the American pairs `60 degF, 14.73 psia`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = |value: f64| (value * 1e6).round() / 1e6;
        if self.temperature_k == SIXTY_FAHRENHEIT_K {
            return write!(f, "60 degF, {} psia", rounded(self.pressure_pa / PSI_PA));
        }
        let celsius = rounded(self.temperature_k - 273.15);
        write!(
            f,
            "{celsius} degC, {} bara",
            rounded(self.pressure_pa / 1e5)
        )
    }
}
