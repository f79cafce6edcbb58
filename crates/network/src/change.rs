//! Changes to numbers of a case: what makes the members of a study differ from each other.

use crate::{
    Case, CompressorStation, ControlValve, ElementKind, Field, OffTake, Pipe, Profile,
    ProfileValues, Supply,
};
use linepack_units::FlowRate;

/// A number of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Target {
    /// Kind of the element.
    pub kind: ElementKind,
    /// Index among those of its kind.
    pub index: usize,
    /// Which of its numbers.
    pub field: Field,
}

/// How a change changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Act {
    /// The number, and with it the profile on it, times this.
    Factor(f64),
    /// This is added, in SI.
    Add(f64),
    /// This flow is added.
    AddFlow(FlowRate),
    /// This takes its place, in SI.
    Value(f64),
    /// This flow takes its place.
    Flow(FlowRate),
}

/// A change to a number of a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// What is changed.
    pub target: Target,
    /// How.
    pub act: Act,
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeError {
    /// The case states no such number.
    NotStated,
    /// The flow is of another kind than the case states.
    OtherFlow,
    /// The number cannot be meant.
    OutOfRange {
        /// What it would be.
        value: f64,
    },
}

impl std::fmt::Display for ChangeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotStated => f.write_str("the case states no such number"),
            Self::OtherFlow => f.write_str("the case states another kind of flow"),
            Self::OutOfRange { value } => write!(f, "it would be {value}, which cannot be meant"),
        }
    }
}

impl std::error::Error for ChangeError {}

/// What stands in a case before it is changed.
#[derive(Debug, Clone)]
pub enum Before {
    /// A number, if one was stated.
    Number(Option<f64>),
    /// A flow, if one was stated.
    Flow(Option<FlowRate>),
    /// A profile of flows.
    Profile(Box<Profile>),
}

/// The place of a number in a case.
enum Place<'c> {
    Number(&'c mut f64),
    Stated(&'c mut Option<f64>),
    Flow(&'c mut Option<FlowRate>),
    Profile(&'c mut Profile),
    Switch(&'c mut bool),
}

impl Change {
    /// Makes the change; what stood there before is returned.
    ///
    /// Errors: the number is not stated, or what it would be cannot be meant. Nothing is changed then.
    pub fn apply(&self, case: &mut Case) -> Result<Before, ChangeError> {
        let bounds = self.target.field.bounds();
        let act = self.act;
        let mut place = self.target.place(case).ok_or(ChangeError::NotStated)?;
        let before = place.before();
        match &mut place {
            Place::Number(x) => **x = within(acted(**x, act)?, bounds)?,
            Place::Stated(x) => **x = Some(within(acted_if_stated(**x, act)?, bounds)?),
            Place::Switch(on) => **on = acted(f64::from(u8::from(**on)), act)? >= 0.5,
            Place::Flow(flow) => {
                let new = flow_acted(**flow, act)?;
                within(size(new), bounds)?;
                **flow = Some(new);
            }
            Place::Profile(profile) => profile_acted(profile, act)?,
        }
        Ok(before)
    }
}

impl Target {
    /// Puts back what stood there before a change.
    pub fn restore(self, case: &mut Case, before: Before) {
        let Some(place) = self.place(case) else {
            return;
        };
        match (place, before) {
            (Place::Number(x), Before::Number(Some(old))) => *x = old,
            (Place::Stated(x), Before::Number(old)) => *x = old,
            (Place::Switch(on), Before::Number(Some(old))) => *on = old >= 0.5,
            (Place::Flow(flow), Before::Flow(old)) => *flow = old,
            (Place::Profile(profile), Before::Profile(old)) => *profile = *old,
            _ => {}
        }
    }

    /// The element's identifier.
    pub fn element(self, case: &Case) -> Option<&str> {
        let mut found = None;
        case.network.for_each_header(|kind, index, header| {
            if (kind, index) == (self.kind, self.index) {
                found = Some(header.id.as_str());
            }
        });
        found
    }

    /// Index of the profile of flows that stands in place of a flow, if one does.
    pub fn flow_profile(self, case: &Case) -> Option<usize> {
        let n = &case.network;
        let name = match (self.kind, self.field) {
            (ElementKind::Supply, Field::Flow) => n.supplies.get(self.index)?.flow_profile.as_ref(),
            (ElementKind::OffTake, Field::Flow) => {
                n.off_takes.get(self.index)?.flow_profile.as_ref()
            }
            _ => None,
        }?;
        let of_flows =
            |p: &Profile| p.id == *name && matches!(p.values_are, ProfileValues::Flow(_));
        case.profiles.iter().position(of_flows)
    }

    fn place(self, case: &mut Case) -> Option<Place<'_>> {
        if let Some(profile) = self.flow_profile(case) {
            return case.profiles.get_mut(profile).map(Place::Profile);
        }
        if self.field == Field::InService {
            return self.switch(case).map(Place::Switch);
        }
        let (n, i) = (&mut case.network, self.index);
        match self.kind {
            ElementKind::Supply => of_supply(n.supplies.get_mut(i)?, self.field),
            ElementKind::OffTake => of_off_take(n.off_takes.get_mut(i)?, self.field),
            ElementKind::ControlValve => of_control_valve(n.control_valves.get_mut(i)?, self.field),
            ElementKind::CompressorStation => {
                of_station(n.compressor_stations.get_mut(i)?, self.field)
            }
            ElementKind::Pipe => of_pipe(n.pipes.get_mut(i)?, self.field),
            ElementKind::Valve => Some(Place::Number(&mut n.valves.get_mut(i)?.opening)),
            ElementKind::Leak => Some(Place::Number(&mut n.leaks.get_mut(i)?.diameter_m)),
            _ => None,
        }
    }

    fn switch(self, case: &mut Case) -> Option<&mut bool> {
        let (n, i) = (&mut case.network, self.index);
        let header = match self.kind {
            ElementKind::Node => &mut n.nodes.get_mut(i)?.header,
            ElementKind::Pipe => &mut n.pipes.get_mut(i)?.header,
            ElementKind::ShortPipe => &mut n.short_pipes.get_mut(i)?.header,
            ElementKind::Resistor => &mut n.resistors.get_mut(i)?.header,
            ElementKind::Valve => &mut n.valves.get_mut(i)?.header,
            ElementKind::CheckValve => &mut n.check_valves.get_mut(i)?.header,
            ElementKind::ControlValve => &mut n.control_valves.get_mut(i)?.header,
            ElementKind::CompressorStation => &mut n.compressor_stations.get_mut(i)?.header,
            ElementKind::Supply => &mut n.supplies.get_mut(i)?.header,
            ElementKind::OffTake => &mut n.off_takes.get_mut(i)?.header,
            ElementKind::Leak => &mut n.leaks.get_mut(i)?.header,
        };
        Some(&mut header.in_service)
    }
}

fn of_supply(e: &mut Supply, field: Field) -> Option<Place<'_>> {
    Some(match field {
        Field::Flow => Place::Flow(&mut e.flow),
        Field::FlowMax => Place::Flow(&mut e.flow_max),
        Field::Pressure => Place::Stated(&mut e.pressure_pa),
        Field::PressureMax => Place::Stated(&mut e.pressure_max_pa),
        _ => return None,
    })
}

fn of_off_take(e: &mut OffTake, field: Field) -> Option<Place<'_>> {
    Some(match field {
        Field::Flow => Place::Flow(&mut e.flow),
        Field::Pressure => Place::Stated(&mut e.pressure_pa),
        Field::PressureMin => Place::Stated(&mut e.pressure_min_pa),
        _ => return None,
    })
}

fn of_control_valve(e: &mut ControlValve, field: Field) -> Option<Place<'_>> {
    Some(match field {
        Field::Flow => Place::Flow(&mut e.flow),
        Field::OutletPressure => Place::Stated(&mut e.outlet_pressure_pa),
        Field::InletPressure => Place::Stated(&mut e.inlet_pressure_pa),
        _ => return None,
    })
}

fn of_station(e: &mut CompressorStation, field: Field) -> Option<Place<'_>> {
    Some(match field {
        Field::Flow => Place::Flow(&mut e.flow),
        Field::FlowMax => Place::Flow(&mut e.flow_max),
        Field::DischargePressure => Place::Stated(&mut e.discharge_pressure_pa),
        Field::SuctionPressure => Place::Stated(&mut e.suction_pressure_pa),
        Field::Ratio => Place::Stated(&mut e.ratio),
        Field::RatioMax => Place::Number(&mut e.ratio_max),
        Field::PowerMax => Place::Stated(&mut e.power_max_w),
        Field::IsentropicEfficiency => Place::Number(&mut e.isentropic_efficiency),
        Field::AmbientTemperature => Place::Stated(&mut e.ambient_temperature_k),
        _ => return None,
    })
}

fn of_pipe(e: &mut Pipe, field: Field) -> Option<Place<'_>> {
    Some(match field {
        Field::Diameter => Place::Number(&mut e.diameter_m),
        Field::Roughness => Place::Number(&mut e.roughness_m),
        Field::Efficiency => Place::Number(&mut e.efficiency),
        Field::GroundTemperature => Place::Stated(&mut e.ground_temperature_k),
        _ => return None,
    })
}

impl Place<'_> {
    fn before(&self) -> Before {
        match self {
            Self::Number(x) => Before::Number(Some(**x)),
            Self::Stated(x) => Before::Number(**x),
            Self::Switch(on) => Before::Number(Some(f64::from(u8::from(**on)))),
            Self::Flow(flow) => Before::Flow(**flow),
            Self::Profile(profile) => Before::Profile(Box::new((*profile).clone())),
        }
    }
}

fn within(value: f64, [least, most]: [f64; 2]) -> Result<f64, ChangeError> {
    if value.is_finite() && value >= least && value <= most {
        Ok(value)
    } else {
        Err(ChangeError::OutOfRange { value })
    }
}

fn acted(now: f64, act: Act) -> Result<f64, ChangeError> {
    match act {
        Act::Factor(x) => Ok(now * x),
        Act::Add(x) => Ok(now + x),
        Act::Value(x) => Ok(x),
        Act::AddFlow(_) | Act::Flow(_) => Err(ChangeError::OtherFlow),
    }
}

fn acted_if_stated(now: Option<f64>, act: Act) -> Result<f64, ChangeError> {
    match (now, act) {
        (_, Act::Value(x)) => Ok(x),
        (Some(now), act) => acted(now, act),
        (None, _) => Err(ChangeError::NotStated),
    }
}

/// How large a flow is, in the SI unit of its kind.
fn size(flow: FlowRate) -> f64 {
    match flow {
        FlowRate::Mass { kg_per_s } => kg_per_s,
        FlowRate::Volume { m3_per_s, .. } => m3_per_s,
        FlowRate::Energy { watt, .. } => watt,
    }
}

fn flow_acted(now: Option<FlowRate>, act: Act) -> Result<FlowRate, ChangeError> {
    match (now, act) {
        (_, Act::Flow(flow)) => Ok(flow),
        (Some(now), Act::Factor(x)) => Ok(now.scaled(x)),
        (Some(now), Act::AddFlow(flow)) => sum(now, flow),
        (None, _) => Err(ChangeError::NotStated),
        (_, Act::Add(_) | Act::Value(_)) => Err(ChangeError::OtherFlow),
    }
}

/// The sum of two flows of one kind.
fn sum(a: FlowRate, b: FlowRate) -> Result<FlowRate, ChangeError> {
    let same = match (a, b) {
        (FlowRate::Mass { .. }, FlowRate::Mass { .. }) => true,
        (FlowRate::Volume { reference: r, .. }, FlowRate::Volume { reference: s, .. }) => r == s,
        (FlowRate::Energy { basis: p, .. }, FlowRate::Energy { basis: q, .. }) => p == q,
        _ => false,
    };
    if same {
        Ok(with_size(a, size(a) + size(b)))
    } else {
        Err(ChangeError::OtherFlow)
    }
}

/// A flow of the same kind and another size.
fn with_size(flow: FlowRate, size: f64) -> FlowRate {
    match flow {
        FlowRate::Mass { .. } => FlowRate::mass(size),
        FlowRate::Volume { reference, .. } => FlowRate::Volume {
            m3_per_s: size,
            reference,
        },
        FlowRate::Energy { basis, .. } => FlowRate::Energy { watt: size, basis },
    }
}

fn profile_acted(profile: &mut Profile, act: Act) -> Result<(), ChangeError> {
    let ProfileValues::Flow(unit) = profile.values_are else {
        return Err(ChangeError::NotStated);
    };
    let least = profile.values.iter().copied().fold(f64::INFINITY, f64::min);
    let not_negative = |value: f64| within(value, [0.0, f64::INFINITY]);
    match act {
        Act::Factor(x) => {
            not_negative(least * size(unit) * x)?;
            profile.values_are = ProfileValues::Flow(unit.scaled(x));
        }
        Act::AddFlow(flow) => {
            let more = size(sum(with_size(unit, 0.0), flow)?);
            not_negative(least * size(unit) + more)?;
            let more = more / size(unit);
            profile.values.iter_mut().for_each(|v| *v += more);
        }
        Act::Add(_) | Act::Value(_) | Act::Flow(_) => return Err(ChangeError::NotStated),
    }
    Ok(())
}
