/// The molar composition of a gas, in the order of AGA Report No. 8.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// Mole fractions, 21 of them, in the order of AGA 8: methane, nitrogen, carbon dioxide,
    /// ethane, propane, isobutane, n-butane, isopentane, n-pentane, n-hexane, n-heptane,
    /// n-octane, n-nonane, n-decane, hydrogen, oxygen, carbon monoxide, water, hydrogen sulfide,
    /// helium, argon.
    pub mole_fractions: [f64; 21],
}

/// A gas of which only bulk properties are known, as older network formats state it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PseudoGas {
    /// Molar mass, kg/mol.
    pub molar_mass_kg_per_mol: f64,
    /// Pseudo-critical temperature, K.
    pub critical_temperature_k: Option<f64>,
    /// Pseudo-critical pressure, Pa.
    pub critical_pressure_pa: Option<f64>,
    /// Gross heating value, J/kg.
    pub gross_heating_value_j_per_kg: Option<f64>,
    /// Net heating value, J/kg.
    pub net_heating_value_j_per_kg: Option<f64>,
    /// Isentropic exponent, -.
    pub isentropic_exponent: f64,
}

/// What the gas is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Substance {
    /// A full composition.
    Mixture(Composition),
    /// Bulk properties only.
    Pseudo(PseudoGas),
}

/// How density follows from pressure and temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum EquationOfState {
    /// GERG-2008 (ISO 20765-2).
    Gerg2008,
    /// AGA 8 DETAIL (ISO 20765-1).
    Detail,
    /// Papay 1968, from pseudo-critical properties.
    Papay,
    /// California Natural Gas Association, with coefficients for the gas gravity and temperature.
    Cnga,
    /// California Natural Gas Association with the two fixed coefficients used by several network codes.
    CngaSimple,
    /// Z = 1.
    Ideal,
    /// A constant compressibility factor.
    Constant {
        /// Compressibility factor, -.
        z: f64,
    },
}

/// How viscosity is found.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Viscosity {
    /// Lee, Gonzalez and Eakin 1966.
    LeeGonzalezEakin,
    /// A constant.
    Constant {
        /// Dynamic viscosity, Pa s.
        pa_s: f64,
    },
}

/// The gas of a case, as stated.
#[derive(Debug, Clone, PartialEq)]
pub struct GasSpec {
    /// What it is made of.
    pub substance: Substance,
    /// Equation of state.
    pub equation: EquationOfState,
    /// Viscosity model.
    pub viscosity: Viscosity,
}
