//! `.cs`: the drives of compressors.

use super::stations::{ENERGY, POWER_3, POWER_9, coefficients};
use super::units::{AMBIENT, NUMBER, POWER, SPEED};
use super::xml::{Fields, File, called, is};
use linepack_network::{Drive, DriveKind, DrivePower, PowerPoint};
use roxmltree::Node as Xml;

/// Kinds of drives by their names in the format.
pub(super) const KINDS: [(&str, DriveKind); 4] = [
    ("gasTurbine", DriveKind::GasTurbine),
    ("gasDrivenMotor", DriveKind::GasDrivenMotor),
    ("electricMotor", DriveKind::ElectricMotor),
    ("steamTurbine", DriveKind::SteamTurbine),
];

/// Reads a drive.
pub(super) fn drive(file: &mut File<'_>, xml: Xml<'_, '_>) -> Option<Drive> {
    let Some((_, kind)) = KINDS.iter().find(|(name, _)| is(xml, name)) else {
        file.unknown(xml, &KINDS.map(|(name, _)| name));
        return None;
    };
    file.attributes(xml, &["id", "explicit"]);
    let mut fields = Fields::of(xml);
    let drive = Drive {
        id: file.id(xml, "id").unwrap_or("").to_owned(),
        kind: *kind,
        energy_rate: coefficients(file, &mut fields, ENERGY),
        power: power(file, xml, &mut fields),
        energy_measurements: energy_measurements(file, &mut fields),
        power_measurements: power_measurements(file, &mut fields),
    };
    fields.done(file);
    Some(drive)
}

/// Nine coefficients make a surface, three a curve over speed; steam turbines state one number.
fn power(file: &mut File<'_>, xml: Xml<'_, '_>, fields: &mut Fields<'_, '_>) -> DrivePower {
    let [first, second, third] = POWER_3.map(|name| fields.optional(file, name, &NUMBER));
    let rest: [&'static str; 6] = [
        POWER_9[3], POWER_9[4], POWER_9[5], POWER_9[6], POWER_9[7], POWER_9[8],
    ];
    let rest = rest.map(|name| fields.optional(file, name, &NUMBER));
    let least = fields.optional(file, "powerMin", &POWER);
    let most = fields.optional(file, "powerMax", &POWER);
    if least.is_some_and(|p| p > 0.0) {
        file.note("powerMin of a drive is not used", xml);
    }
    if let (None, Some(most)) = (first, most) {
        return DrivePower::Speed([most, 0.0, 0.0]);
    }
    if let (Some(a), Some(b), Some(c)) = (first, second, third) {
        if rest.iter().all(Option::is_none) {
            return DrivePower::Speed([a, b, c]);
        }
        if let [Some(d), Some(e), Some(f), Some(g), Some(h), Some(i)] = rest {
            return DrivePower::AmbientAndSpeed([a, b, c, d, e, f, g, h, i]);
        }
    }
    let message = format!("{} needs power_fun_coeff_1 to 3, or 1 to 9", called(xml));
    file.error(xml, message);
    DrivePower::Speed([f64::NAN; 3])
}

fn energy_measurements(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> Vec<[f64; 2]> {
    let list = fields.take(file, "specificEnergyConsumptionMeasurements");
    let mut points = Vec::new();
    for xml in list.iter().flat_map(Xml::children).filter(Xml::is_element) {
        if !is(xml, "measurement") {
            file.unknown(xml, &["measurement"]);
            continue;
        }
        let mut point = Fields::of(xml);
        points.push([
            point.required(file, "compressorPower", &POWER),
            point.required(file, "fuelConsumption", &POWER),
        ]);
        point.done(file);
    }
    points
}

fn power_measurements(file: &mut File<'_>, fields: &mut Fields<'_, '_>) -> Vec<PowerPoint> {
    let list = fields.take(file, "maximalPowerMeasurements");
    let mut points = Vec::new();
    for xml in list.iter().flat_map(Xml::children).filter(Xml::is_element) {
        if is(xml, "measurement") {
            points.push(power_point(file, xml, None));
        } else if is(xml, "ambientTemperature") {
            file.attributes(xml, &["value", "unit"]);
            let ambient = file.quantity_of(xml, &AMBIENT);
            for point in xml.children().filter(Xml::is_element) {
                if is(point, "measurement") {
                    points.push(power_point(file, point, ambient));
                } else {
                    file.unknown(point, &["measurement"]);
                }
            }
        } else {
            file.unknown(xml, &["measurement", "ambientTemperature"]);
        }
    }
    points
}

fn power_point(file: &mut File<'_>, xml: Xml<'_, '_>, ambient_celsius: Option<f64>) -> PowerPoint {
    let mut fields = Fields::of(xml);
    let point = PowerPoint {
        ambient_celsius,
        speed_per_min: fields.required(file, "speed", &SPEED),
        power_kw: fields.required(file, "maximalPower", &POWER),
    };
    fields.done(file);
    point
}
