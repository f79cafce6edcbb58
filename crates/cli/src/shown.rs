use linepack_gas::{Gas, GasError};
use linepack_network::Case;
use linepack_units::ReferenceConditions;

const PA_PER_BAR: f64 = 1e5;
const W_PER_MW: f64 = 1e6;
const S_PER_DAY: f64 = 86_400.0;
const S_PER_H: f64 = 3600.0;
const M3_PER_CUBIC_FOOT: f64 = 0.028_316_846_592;
const ZERO_CELSIUS_K: f64 = 273.15;
/// A pound-force per square inch, Pa.
const PA_PER_PSI: f64 = 6_894.757_293_168_361;
/// Below this largest flow, million m3/d, flows are shown in thousand m3/h.
const SMALL: f64 = 1.0;

/// The units in which people read results: bara, MW, and volumes at the case's reference conditions.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// Unit of flows.
    pub(crate) flow_unit: &'static str,
    /// Unit of amounts.
    pub(crate) amount_unit: &'static str,
    /// The reference conditions, in words.
    pub(crate) reference: String,
    kg_per_s_per_flow: f64,
    kg_per_amount: f64,
    flow_decimals: usize,
}

impl Shown {
    /// The units for a case whose flows are as large as `flow_max_kg_per_s`.
    pub(crate) fn new(case: &Case, flow_max_kg_per_s: f64) -> Result<Self, GasError> {
        let reference = case.settings.volume_reference;
        let kg_per_m3 = Gas::new(&case.gas)?.reference_density_kg_per_m3(reference)?;
        let us = is_us(reference);
        let normal = reference == ReferenceConditions::NORMAL;
        let m3_per_unit = if us { 1e6 * M3_PER_CUBIC_FOOT } else { 1e6 };
        let per_day = kg_per_m3 * m3_per_unit / S_PER_DAY;
        let small = flow_max_kg_per_s < SMALL * per_day && !us;
        let (flow_unit, amount_unit) = match (us, normal, small) {
            (true, _, _) => ("MMscfd", "MMscf"),
            (_, true, false) => ("MNm3/d", "MNm3"),
            (_, true, true) => ("kNm3/h", "kNm3"),
            (_, false, false) => ("MSm3/d", "MSm3"),
            (_, false, true) => ("kSm3/h", "kSm3"),
        };
        Ok(Self {
            flow_unit,
            amount_unit,
            reference: conditions(reference),
            kg_per_s_per_flow: if small {
                kg_per_m3 * 1e3 / S_PER_H
            } else {
                per_day
            },
            kg_per_amount: if small {
                kg_per_m3 * 1e3
            } else {
                kg_per_m3 * m3_per_unit
            },
            flow_decimals: if small || us { 1 } else { 2 },
        })
    }

    /// A mass flow, kg/s.
    pub(crate) fn flow(&self, kg_per_s: f64) -> String {
        number(kg_per_s / self.kg_per_s_per_flow, self.flow_decimals)
    }

    /// An amount of gas, kg.
    pub(crate) fn amount(&self, kg: f64) -> String {
        number(kg / self.kg_per_amount, self.flow_decimals)
    }

    /// A pressure, Pa, in bara.
    pub(crate) fn pressure(&self, pa: f64) -> String {
        number(pa / PA_PER_BAR, 1)
    }

    /// A power, W, in MW.
    pub(crate) fn power(&self, w: f64) -> String {
        number(w / W_PER_MW, 1)
    }
}

/// A number with so many decimals, or a dash where there is none.
pub(crate) fn number(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return "-".into();
    }
    let text = format!("{x:.decimals$}");
    // What rounds to zero has no sign.
    let zero = text.chars().all(|c| "-0.".contains(c));
    if zero {
        text.trim_start_matches('-').into()
    } else {
        text
    }
}

/// A number with seven significant digits.
pub(crate) fn significant(x: f64) -> String {
    let digits = 6 - x.abs().log10().floor().clamp(-9.0, 6.0) as i32;
    if x == 0.0 || (1e-3..1e9).contains(&x.abs()) {
        number(x, digits.clamp(0, 9) as usize)
    } else {
        format!("{x:.6e}")
    }
}

/// A value and unit by the name of an SI quantity: `pressure_pa` in bara, and so on.
pub(crate) fn quantity(name: &str, value: f64, shown: &Shown) -> String {
    let ends = |suffix: &str| name.ends_with(suffix);
    if ends("_pa") {
        format!("{} bara", shown.pressure(value))
    } else if ends("kg_per_s") {
        format!("{} {}", shown.flow(value), shown.flow_unit)
    } else if ends("m_per_s") {
        format!("{} m/s", number(value, 1))
    } else if ends("_j_per_m3") {
        format!("{} MJ/m³", number(value * 1e-6, 3))
    } else if ends("_kg") {
        format!("{} {}", shown.amount(value), shown.amount_unit)
    } else if ends("_w") {
        format!("{} MW", shown.power(value))
    } else if ends("_k") {
        format!("{} degC", number(value - ZERO_CELSIUS_K, 1))
    } else {
        number(value, 3)
    }
}

/// A quantity without its unit: `velocity max`.
pub(crate) fn quantity_name(name: &str) -> String {
    let suffixes = [
        "_kg_per_s",
        "_m_per_s",
        "_j_per_m3",
        "_pa",
        "_kg",
        "_w",
        "_k",
    ];
    let bare = suffixes
        .iter()
        .find_map(|s| name.strip_suffix(s))
        .unwrap_or(name);
    bare.strip_prefix("x_").unwrap_or(bare).replace('_', " ")
}

/// Whether these are conditions of United States contracts.
fn is_us(reference: ReferenceConditions) -> bool {
    [
        ReferenceConditions::US_14_73,
        ReferenceConditions::US_14_696,
    ]
    .contains(&reference)
}

/// `15 degC and 1.01325 bara`.
pub(crate) fn conditions(reference: ReferenceConditions) -> String {
    if is_us(reference) {
        return format!(
            "60 degF and {} psia",
            trimmed(reference.pressure_pa / PA_PER_PSI, 3)
        );
    }
    let celsius = trimmed(reference.temperature_k - ZERO_CELSIUS_K, 2);
    let bar = trimmed(reference.pressure_pa / PA_PER_BAR, 5);
    format!("{celsius} degC and {bar} bara")
}

/// A number without the zeros at its end.
fn trimmed(x: f64, decimals: usize) -> String {
    let text = number(x, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        text
    }
}

/// A time or a span, s, as people say it: `6 h`, `2 h 15 min`, `1 min 40 s`.
pub(crate) fn duration(s: f64) -> String {
    // Beyond an hour nobody counts seconds.
    let unit = if s >= 3600.0 { 60.0 } else { 1.0 };
    let seconds = ((s / unit).round() * unit) as u64;
    let (h, min, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let parts = [(h, "h"), (min, "min"), (s, "s")];
    let said: Vec<String> = parts
        .iter()
        .filter(|p| p.0 > 0)
        .map(|(n, unit)| format!("{n} {unit}"))
        .collect();
    if said.is_empty() {
        "0 s".into()
    } else {
        said.join(" ")
    }
}

/// A wall time, s: `4 ms`, `1.25 s`.
pub(crate) fn wall_time(s: f64) -> String {
    if s < 1.0 {
        format!("{:.0} ms", s * 1e3)
    } else {
        format!("{s:.2} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_words() {
        assert_eq!(duration(86_400.0), "24 h");
        assert_eq!(duration(8100.0), "2 h 15 min");
        assert_eq!(duration(100.0), "1 min 40 s");
        assert_eq!(duration(125_389.0), "34 h 50 min");
        assert_eq!(duration(0.0), "0 s");
    }

    #[test]
    fn nothing_is_minus_zero() {
        assert_eq!(number(-0.001, 2), "0.00");
        assert_eq!(number(-0.1, 2), "-0.10");
        assert_eq!(number(f64::NAN, 2), "-");
    }

    #[test]
    fn reference_conditions_are_named() {
        assert_eq!(
            conditions(ReferenceConditions::ISO_STANDARD),
            "15 degC and 1.01325 bara"
        );
        assert_eq!(
            conditions(ReferenceConditions::US_14_73),
            "60 degF and 14.73 psia"
        );
        assert_eq!(
            conditions(ReferenceConditions::NORMAL),
            "0 degC and 1.01325 bara"
        );
    }

    #[test]
    fn names_of_quantities_lose_their_units() {
        assert_eq!(quantity_name("velocity_max_m_per_s"), "velocity max");
        assert_eq!(quantity_name("mass_flow_kg_per_s"), "mass flow");
        assert_eq!(quantity_name("ratio"), "ratio");
    }
}
