use crate::iso6976::carbon_atoms;
use crate::{Composition, GasError, GasQuality};
use linepack_units::ReferenceConditions;

/// Molar masses of carbon dioxide and carbon by ISO 6976, kg/mol.
const CARBON_DIOXIDE: f64 = 0.044_009_5;
const CARBON: f64 = 0.012_010_7;

/// The carbon in a gas and the carbon dioxide that it burns to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarbonContent {
    /// Carbon per mass of gas, kg/kg.
    pub carbon_kg_per_kg: f64,
    /// Carbon dioxide from complete combustion, that which is in the gas included, kg per kg of gas.
    pub carbon_dioxide_kg_per_kg: f64,
    /// The same per net heating value, kg/J: the emission factor of trading schemes.
    pub carbon_dioxide_kg_per_j_net: f64,
    /// The same per gross heating value, kg/J.
    pub carbon_dioxide_kg_per_j_gross: f64,
}

/// Carbon content and emission factor of a composition, with the heating values of ISO 6976:2016 at
/// the combustion temperature (K).
///
/// $$ EF = 44.0095 \sum x_i n_{C,i} / H $$
///
/// Every carbon atom burns to carbon dioxide, carbon dioxide in the gas passes through. Source:
/// Regulation (EU) 2018/2066, articles 24 and 32; atoms and molar masses of ISO 6976:2016.
/// Checked by `tests/published/quality.rs`.
///
/// # Errors
/// A gas that does not burn, or a combustion temperature that ISO 6976 has no data for.
pub fn carbon_content(
    composition: &Composition,
    combustion_temperature_k: f64,
) -> Result<CarbonContent, GasError> {
    // The volume does not matter here, only the values per mole and per mass.
    let anywhere = ReferenceConditions {
        temperature_k: 273.15,
        pressure_pa: 101_325.0,
    };
    let quality = GasQuality::new(composition, combustion_temperature_k, anywhere)?;
    if quality.net_j_per_mol <= 0.0 {
        return Err(GasError::Missing(
            "a gas that does not burn has no emission factor".into(),
        ));
    }
    let parts = composition.mole_fractions.iter().zip(carbon_atoms());
    let carbon: f64 = parts.map(|(x, n)| x * n).sum();
    let dioxide = carbon * CARBON_DIOXIDE;
    Ok(CarbonContent {
        carbon_kg_per_kg: carbon * CARBON / quality.molar_mass_kg_per_mol,
        carbon_dioxide_kg_per_kg: dioxide / quality.molar_mass_kg_per_mol,
        carbon_dioxide_kg_per_j_net: dioxide / quality.net_j_per_mol,
        carbon_dioxide_kg_per_j_gross: dioxide / quality.gross_j_per_mol,
    })
}
