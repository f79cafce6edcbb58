//! The units of the GasLib schema, and spellings of them that instances use.
//!
//! A quantity without a unit has the first one of its table, which is the schema's default
//! (`Framework.xsd`): metres, m³/s, kelvin, and for pressures **gauge** bar.

/// A unit: value in it times `times`, over `over`, plus `plus` gives the number that is kept.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) name: &'static str,
    times: f64,
    over: f64,
    plus: f64,
}

impl Unit {
    /// The number that is kept.
    pub(super) fn read(&self, value: f64) -> f64 {
        value * self.times / self.over + self.plus
    }

    /// The value in this unit that reads back as `kept`, or the nearest one.
    pub(super) fn write(&self, kept: f64) -> f64 {
        let value = (kept - self.plus) * self.over / self.times;
        let near = [value, value.next_up(), value.next_down()];
        let exact = near.into_iter().find(|v| self.read(*v) == kept);
        exact.unwrap_or(value)
    }
}

/// What is measured, and its units.
#[derive(Debug)]
pub(super) struct Quantity {
    pub(super) name: &'static str,
    /// The first is the schema's default.
    pub(super) units: &'static [Unit],
}

impl Quantity {
    /// A unit by name.
    pub(super) fn unit(&self, name: &str) -> Option<&'static Unit> {
        self.units.iter().find(|u| u.name == name)
    }

    /// The names of all its units.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.units.iter().map(|u| u.name)
    }
}

const fn unit(name: &'static str, times: f64, over: f64) -> Unit {
    offset(name, times, over, 0.0)
}

const fn offset(name: &'static str, times: f64, over: f64, plus: f64) -> Unit {
    Unit {
        name,
        times,
        over,
        plus,
    }
}

macro_rules! quantities {
    ($($(#[$doc:meta])* $id:ident $name:literal: $($unit:expr),+;)+) => {
        $($(#[$doc])* pub(super) static $id: Quantity = Quantity {
            name: $name,
            units: &[$($unit),+],
        };)+
    };
}

/// Gauge pressures count from 1.01325 bar.
const ATMOSPHERE_PA: f64 = 101_325.0;

quantities! {
    /// m.
    LENGTH "a length": unit("m", 1.0, 1.0), unit("km", 1e3, 1.0), unit("mm", 1.0, 1e3),
        unit("cm", 1.0, 1e2), unit("meter", 1.0, 1.0), unit("metre", 1.0, 1.0);
    /// Pa, absolute.
    PRESSURE "a pressure": offset("barg", 1e5, 1.0, ATMOSPHERE_PA), unit("bar", 1e5, 1.0),
        unit("bara", 1e5, 1.0), unit("Pa", 1.0, 1.0), unit("kPa", 1e3, 1.0),
        unit("MPa", 1e6, 1.0), unit("mbar", 1e2, 1.0);
    /// Pa, for losses and differences, where gauge and absolute are the same.
    DIFFERENCE "a difference of pressures": unit("barg", 1e5, 1.0), unit("bar", 1e5, 1.0),
        unit("bara", 1e5, 1.0), unit("Pa", 1.0, 1.0), unit("kPa", 1e3, 1.0),
        unit("MPa", 1e6, 1.0), unit("mbar", 1e2, 1.0);
    /// m³/s at norm conditions.
    NORM_FLOW "a flow": unit("m_cube_per_s", 1.0, 1.0), unit("1000m_cube_per_hour", 1e3, 3600.0),
        unit("m_cube_per_hour", 1.0, 3600.0), unit("m_cube_per_h", 1.0, 3600.0),
        unit("1000m_cube_per_h", 1e3, 3600.0), unit("m_cube_per_min", 1.0, 60.0),
        unit("1000m_cube_per_day", 1e3, 86_400.0), unit("m_cube_per_day", 1.0, 86_400.0);
    /// kg/s.
    MASS_FLOW "a flow": unit("kg_per_s", 1.0, 1.0), unit("kg_per_hour", 1.0, 3600.0),
        unit("kg_per_h", 1.0, 3600.0), unit("t_per_hour", 1e3, 3600.0);
    /// K.
    TEMPERATURE "a temperature": unit("K", 1.0, 1.0), offset("Celsius", 1.0, 1.0, 273.15),
        offset("C", 1.0, 1.0, 273.15), unit("Kelvin", 1.0, 1.0),
        offset("Fahrenheit", 5.0, 9.0, 459.67 * 5.0 / 9.0),
        offset("F", 5.0, 9.0, 459.67 * 5.0 / 9.0);
    /// °C: what the functions of drives take.
    AMBIENT "a temperature": offset("K", 1.0, 1.0, -273.15), unit("Celsius", 1.0, 1.0),
        unit("C", 1.0, 1.0), offset("Kelvin", 1.0, 1.0, -273.15),
        offset("Fahrenheit", 5.0, 9.0, -160.0 / 9.0), offset("F", 5.0, 9.0, -160.0 / 9.0);
    /// kg/m³.
    DENSITY "a density": unit("kg_per_m_cube", 1.0, 1.0);
    /// kg/mol.
    MOLAR_MASS "a molar mass": unit("kg_per_kmol", 1.0, 1e3), unit("g_per_mol", 1.0, 1e3),
        unit("kg_per_mol", 1.0, 1.0);
    /// J/m³ at norm conditions.
    CALORIFIC "a calorific value": unit("MJ_per_m_cube", 1e6, 1.0),
        unit("kJ_per_m_cube", 1e3, 1.0), unit("J_per_m_cube", 1.0, 1.0),
        unit("kWh_per_m_cube", 3.6e6, 1.0);
    /// W/(m² K).
    HEAT_TRANSFER "a heat transfer coefficient": unit("W_per_m_square_per_K", 1.0, 1.0);
    /// 1/min.
    SPEED "a speed of rotation": unit("per_min", 1.0, 1.0), unit("per_minute", 1.0, 1.0),
        unit("per_s", 60.0, 1.0);
    /// kJ/kg.
    HEAD "a head": unit("kJ_per_kg", 1.0, 1.0), unit("J_per_kg", 1.0, 1e3);
    /// m³/s as it is at suction.
    SUCTION_FLOW "a volume flow": unit("m_cube_per_s", 1.0, 1.0),
        unit("m_cube_per_min", 1.0, 60.0), unit("m_cube_per_hour", 1.0, 3600.0),
        unit("m_cube_per_h", 1.0, 3600.0);
    /// kW.
    POWER "a power": unit("kW", 1.0, 1.0), unit("W", 1.0, 1e3), unit("MW", 1e3, 1.0),
        unit("mW", 1.0, 1e6);
    /// m³.
    VOLUME "a volume": unit("m_cube", 1.0, 1.0), unit("cm_cube", 1.0, 1e6),
        unit("mm_cube", 1.0, 1e9), unit("km_cube", 1e9, 1.0);
    /// N m.
    TORQUE "a torque": unit("kNm", 1e3, 1.0), unit("Nm", 1.0, 1.0);
    /// A plain number.
    NUMBER "a number": unit("", 1.0, 1.0), unit("1", 1.0, 1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn si(quantity: &Quantity, value: f64, name: &str) -> f64 {
        quantity
            .unit(name)
            .expect("a unit of the table")
            .read(value)
    }

    fn close(a: f64, b: f64) -> bool {
        (a / b - 1.0).abs() < 1e-15
    }

    #[test]
    fn units_are_what_they_are_called() {
        assert_eq!(si(&LENGTH, 55.0, "km"), 55_000.0);
        assert_eq!(si(&LENGTH, 0.1, "mm"), 1e-4);
        assert_eq!(si(&PRESSURE, 40.0, "bar"), 4e6);
        assert_eq!(si(&PRESSURE, 40.0, "barg"), 4_101_325.0);
        assert_eq!(si(&DIFFERENCE, 1.0, "barg"), 1e5);
        assert!(close(si(&NORM_FLOW, 3.6, "1000m_cube_per_hour"), 1.0));
        assert!(close(si(&NORM_FLOW, 3600.0, "m_cube_per_hour"), 1.0));
        assert_eq!(si(&TEMPERATURE, 10.0, "Celsius"), 283.15);
        assert!(close(si(&TEMPERATURE, 212.0, "Fahrenheit"), 373.15));
        assert!((si(&AMBIENT, 32.0, "F")).abs() < 1e-14);
        assert_eq!(si(&TORQUE, 2.0, "kNm"), 2000.0);
        assert_eq!(si(&POWER, 1.5, "MW"), 1500.0);
        assert_eq!(si(&CALORIFIC, 10.0, "kWh_per_m_cube"), 3.6e7);
    }

    #[test]
    fn the_defaults_are_those_of_the_schema() {
        let first = |q: &Quantity| q.units[0].name;
        assert_eq!(first(&LENGTH), "m");
        assert_eq!(first(&PRESSURE), "barg");
        assert_eq!(first(&NORM_FLOW), "m_cube_per_s");
        assert_eq!(first(&TEMPERATURE), "K");
        assert_eq!(first(&TORQUE), "kNm");
    }

    #[test]
    fn what_is_written_reads_back() {
        let bar = PRESSURE.unit("bar").expect("bar");
        for value in [0.1, 1.01325, 66.4, 121.01325, 1e-3] {
            assert_eq!(bar.read(bar.write(bar.read(value))), bar.read(value));
        }
    }
}
