/// The kind of a quantity; inside the program each is an `f64` in the SI unit named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dimension {
    /// m.
    Length,
    /// m2.
    Area,
    /// m3, at the conditions where the gas is; volumes at reference conditions are a
    /// [`FlowRate`](crate::FlowRate).
    Volume,
    /// kg.
    Mass,
    /// mol.
    Amount,
    /// s.
    Time,
    /// Pa, absolute; its units say gauge or absolute.
    Pressure,
    /// Pa; a difference is neither gauge nor absolute.
    PressureDifference,
    /// K.
    Temperature,
    /// K.
    TemperatureDifference,
    /// J.
    Energy,
    /// W.
    Power,
    /// rad.
    Angle,
    /// 1.
    Fraction,
    /// Pa s.
    Viscosity,
    /// W/(m2 K).
    HeatTransfer,
    /// W/(m K).
    Conductivity,
    /// J/(kg K).
    HeatCapacity,
    /// 1/s.
    RotationalSpeed,
    /// kg/s.
    MassFlow,
    /// m3/s, at the conditions where the gas is.
    VolumeFlow,
    /// m/s.
    Velocity,
    /// kg/m3.
    Density,
    /// kg/mol.
    MolarMass,
    /// J/kg.
    SpecificEnergy,
    /// J/m3, of a volume at reference conditions that are stated elsewhere.
    VolumetricEnergy,
    /// Pa/m.
    PressureGradient,
    /// Pa/s.
    PressureRate,
    /// K/Pa.
    JouleThomson,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 29] = [
        Self::Length,
        Self::Area,
        Self::Volume,
        Self::Mass,
        Self::Amount,
        Self::Time,
        Self::Pressure,
        Self::PressureDifference,
        Self::Temperature,
        Self::TemperatureDifference,
        Self::Energy,
        Self::Power,
        Self::Angle,
        Self::Fraction,
        Self::Viscosity,
        Self::HeatTransfer,
        Self::Conductivity,
        Self::HeatCapacity,
        Self::RotationalSpeed,
        Self::MassFlow,
        Self::VolumeFlow,
        Self::Velocity,
        Self::Density,
        Self::MolarMass,
        Self::SpecificEnergy,
        Self::VolumetricEnergy,
        Self::PressureGradient,
        Self::PressureRate,
        Self::JouleThomson,
    ];

    /// The name in messages, with its article.
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// Quantities of this dimension as one writes them.
    pub fn examples(self) -> &'static str {
        self.facts().1
    }

    /// The SI unit of the numbers inside the program.
    pub fn si_unit(self) -> &'static str {
        self.facts().2
    }

    /// Name with article, examples, SI unit.
    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Length => ("a length", "`12.5 km`, `56 in`", "m"),
            Self::Area => ("an area", "`0.02 m2`, `3 in2`", "m2"),
            Self::Volume => ("a volume", "`120 m3`", "m3"),
            Self::Mass => ("a mass", "`3 t`, `250 kg`", "kg"),
            Self::Amount => ("an amount of substance", "`3 kmol`", "mol"),
            Self::Time => ("a time", "`6 h`, `90 s`, `15 min`", "s"),
            Self::Pressure => ("a pressure", "`80 barg`, `1.01325 bara`, `798 psig`", "Paa"),
            Self::PressureDifference => ("a pressure difference", "`0.5 bar`, `20 psi`", "Pa"),
            Self::Temperature => ("a temperature", "`25 degC`, `298.15 K`, `77 degF`", "K"),
            Self::TemperatureDifference => ("a temperature difference", "`5 K`", "K"),
            Self::Energy => ("an energy", "`3 GWh`, `100 MMBtu`", "J"),
            Self::Power => ("a power", "`25 MW`, `33000 hp`", "W"),
            Self::Angle => ("an angle", "`52.607 deg`", "rad"),
            Self::Fraction => ("a fraction", "`88 %`, `0.5 mol%`", "1"),
            Self::Viscosity => ("a viscosity", "`1.1e-5 Pa.s`, `0.011 cP`", "Pa.s"),
            Self::HeatTransfer => ("a heat transfer coefficient", "`2 W/m2K`", "W/m2K"),
            Self::Conductivity => ("a thermal conductivity", "`1.5 W/mK`", "W/mK"),
            Self::HeatCapacity => ("a heat capacity", "`2.3 kJ/kgK`", "J/kgK"),
            Self::RotationalSpeed => ("a speed of rotation", "`5200 rpm`", "1/s"),
            Self::MassFlow => ("a mass flow", "`120 kg/s`, `400 t/h`", "kg/s"),
            Self::VolumeFlow => ("a volume flow", "`3 m3/s`", "m3/s"),
            Self::Velocity => ("a velocity", "`8 m/s`, `25 ft/s`", "m/s"),
            Self::Density => ("a density", "`0.78 kg/m3`", "kg/m3"),
            Self::MolarMass => ("a molar mass", "`18.2 g/mol`", "kg/mol"),
            Self::SpecificEnergy => ("an energy per mass", "`48.5 MJ/kg`", "J/kg"),
            Self::VolumetricEnergy => ("an energy per volume", "`39.8 MJ/m3`", "J/m3"),
            Self::PressureGradient => ("a pressure gradient", "`0.1 bar/km`", "Pa/m"),
            Self::PressureRate => ("a rate of pressure change", "`1.5 bar/min`", "Pa/s"),
            Self::JouleThomson => ("a Joule-Thomson coefficient", "`4.2 K/MPa`", "K/Pa"),
        }
    }

    /// The two dimensions whose quotient this is, where its units are built as `a/b`.
    pub(crate) fn quotient(self) -> Option<(Self, Self)> {
        Some(match self {
            Self::Power => (Self::Energy, Self::Time),
            Self::MassFlow => (Self::Mass, Self::Time),
            Self::VolumeFlow => (Self::Volume, Self::Time),
            Self::Velocity => (Self::Length, Self::Time),
            Self::Density => (Self::Mass, Self::Volume),
            Self::MolarMass => (Self::Mass, Self::Amount),
            Self::SpecificEnergy => (Self::Energy, Self::Mass),
            Self::VolumetricEnergy => (Self::Energy, Self::Volume),
            Self::PressureGradient => (Self::PressureDifference, Self::Length),
            Self::PressureRate => (Self::PressureDifference, Self::Time),
            Self::JouleThomson => (Self::TemperatureDifference, Self::PressureDifference),
            _ => return None,
        })
    }
}
