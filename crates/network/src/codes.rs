//! What the validator can find: a stable code, a title and the longer story for each.

/// A code, its title and its story.
pub type Entry = (&'static str, &'static str, &'static str);

/// Declares codes as constants and as a catalogue.
#[macro_export]
macro_rules! codes {
    ($catalogue:ident: $($name:ident = $code:literal, $title:literal, $story:literal;)+) => {
        $(#[doc = $title] pub const $name: &str = $code;)+

        /// All codes declared here, with their titles and stories.
        pub static $catalogue: &[$crate::codes::Entry] = &[$(($code, $title, $story)),+];
    };
}

codes! { CATALOGUE:
    DUPLICATE_ID = "LP0201", "two things have the same identifier",
        "Identifiers are unique over all elements, nodes included, so that a result, an event or a path on the command line means one thing. Profiles have identifiers of their own.";
    NOTHING = "LP0202", "there is no network",
        "A case needs at least one node.";
    UNKNOWN_PIPE = "LP0203", "a leak is in a pipe that is not defined",
        "The help names the pipe whose identifier is nearest.";
    UNKNOWN_NODE = "LP0204", "an element names a node that is not defined",
        "The ends of pipes and other elements, and the places of supplies and off-takes, are nodes of the case. The help names the node whose identifier is nearest, or says what else has this identifier.";
    SELF_LOOP = "LP0205", "an element starts and ends at the same node",
        "Nothing can flow from a node to itself. A loop needs at least one more node.";
    LENGTH = "LP0206", "a length is not above zero",
        "A pipe without length is a `short_pipe`.";
    DIAMETER = "LP0207", "a diameter is not above zero",
        "The inner diameter is the outer diameter less twice the wall; a wall in inches that was written in millimetres, or the other way round, can eat up the bore.";
    ROUGHNESS = "LP0208", "a roughness is impossible",
        "The roughness is the height of the unevenness of the inner wall, 5 to 50 micrometres for steel. Above 5 % of the diameter no friction law holds.";
    MIN_ABOVE_MAX = "LP0209", "a lower limit is above the upper one",
        "No state of the network can satisfy both.";
    UNKNOWN_PROFILE = "LP0210", "a profile is not defined",
        "The help names the profile whose identifier is nearest.";
    PROFILE = "LP0211", "a profile is malformed",
        "A profile has at least one point, its times increase, its factors and flows are not negative, and its period is not shorter than the time that its points span.";
    PROFILE_MISFIT = "LP0212", "a profile does not fit",
        "Pressures cannot replace a flow, ratios no pressure, and factors need a set-point to multiply.";
    EVENT_ELEMENT = "LP0213", "an event happens to something that is not defined",
        "The help names the element whose identifier is nearest.";
    EVENT_ACTION = "LP0214", "an event cannot happen to such an element",
        "Valves, leaks, control valves and stations open and close; stations trip and start; control valves start; supplies and off-takes are shut and start; pipes break. What can be set depends on the element in the same way.";
    EVENT_TIME = "LP0215", "an event is outside of the scenario",
        "Times of events count from the start of the scenario, and are within its duration. A ramp takes no negative time.";
    ISLAND = "LP0216", "a part of the network has no pressure",
        "In each part of the network that hangs together something must hold a pressure, or keep it within bounds: a supply with `pressure` or `pressure_max`, an off-take with `pressure`, or one that curtails at its contract pressure. Otherwise any pressure would do. The usual reason is a pipe that is not in service for the stage chosen.";
    TWO_PRESSURES = "LP0217", "two pressures are held at one place",
        "Two supplies or off-takes hold a pressure, whatever the flow, with only short pipes and open valves between them. If the pressures differ the flow between them would be infinite; if they agree, nothing says who brings how much.";
    NO_SET_POINT = "LP0218", "an element is not told what to do",
        "A supply has a pressure or a flow, an off-take a flow or a pressure, an active control valve an outlet pressure, an inlet pressure or a flow; an off-take that curtails has a contract pressure.";
    OUT_OF_SERVICE = "LP0219", "an element in service touches one that is not",
        "For the stage and the day chosen an element takes part and its node (or the pipe that a leak is in) does not. Nodes that state neither `status` nor `in_service` follow the elements that touch them.";
    COMPOSITION = "LP0220", "a composition is not one",
        "Mole fractions lie between 0 and 1 and sum to 1. A sum that misses 1 by more than 0.0001 is refused: it is never normalised in silence, because the missing part may be a component that was forgotten.";
    GAS_DATA = "LP0221", "the gas is not known well enough for its equation",
        "GERG-2008 and AGA 8 DETAIL need a composition; Papay needs pseudo-critical temperature and pressure, or a composition to take them from.";
    OFF_THE_PIPE = "LP0222", "a place is not on the pipe",
        "Distances count from the first node of the pipe, and are not longer than it.";
    UNKNOWN_OFF_TAKE = "LP0223", "the capacity of a stage is asked at something that is no off-take",
        "`capacity_at` names the off-take whose flow, limited by pressure, is the capacity of the stage.";
    NOT_POSITIVE = "LP0224", "a value is not above zero",
        "The value is a size, a time or an absolute pressure or temperature, and none of them can be zero or negative here.";
    IMPOSSIBLE = "LP0225", "a value is impossible",
        "The value cannot be meant, as an opening above 1, a pressure ratio below 1, or a negative loss; or a drag factor lacks the diameter to which it refers.";
    NEGATIVE_FLOW = "LP0226", "a flow is negative",
        "Supplies bring gas and off-takes take it: a flow in the other direction is an element of the other kind. Only the `flow_min` of a supply may be negative, to let gas flow back.";
    TWO_SET_POINTS = "LP0227", "two set-points contradict each other",
        "An off-take takes a flow or keeps a pressure. A contract pressure that should be met while it takes its flow is `pressure_min`.";
    ELEVATION_PROFILE = "LP0228", "an elevation profile does not fit its pipe",
        "The distances of an elevation profile increase and lie between 0 and the length of the pipe.";
    STEEPER_THAN_LONG = "LP0229", "a pipe is shorter than the rise between its nodes",
        "Elevation in feet that was written in metres, or a length in the wrong unit, is the usual reason.";
    SCENARIO_TIMES = "LP0230", "a duration or interval is impossible",
        "The duration of a scenario is zero (a steady state only) or more, its output interval more than zero.";
    TOO_MANY = "LP0231", "a calculation would be too large",
        "At most twenty million cells and ten million rows of output are possible; the usual reason is a wrong unit.";
    UNKNOWN_MACHINE = "LP0232", "a machine of a station is not defined",
        "The compressors of a station name drives, its configurations name compressors, and its `configuration` is one of its configurations. Machines without a configuration are never run.";
    RULE_ELEMENT = "LP0233", "a rule or interlock names something that is not defined",
        "The `element` of a condition is a node, an element or an area; that of an action is an element. The help names the one whose identifier is nearest.";
    RULE_QUANTITY = "LP0234", "a condition watches what there is not",
        "Nodes have a pressure (supplies, off-takes and leaks that of their node); pipes and other elements between two nodes, supplies, off-takes and leaks have a flow; stations have a ratio and a power; pipes, areas and the network have a line pack.";
    RULE_TIMES = "LP0235", "a time or rate of a rule is impossible",
        "A condition holds for no negative time, a rule pauses for at least one second, and windows and rates of line-break detection are above zero. The pause bounds how often a rule can act.";
    RULE_TWICE = "LP0236", "two rules or interlocks have the same name",
        "Results name the rule that did something, so its name is its own within the scenario.";
    AREA = "LP0237", "an area names something that is not defined",
        "The `nodes` of an area are nodes, its `pipes` are pipes, and its identifier is that of no element and no other area.";
    VALVE_CURVE = "LP0238", "the curve of a valve is malformed",
        "Points of travel and opening lie between 0 and 1, and both increase: a closed valve is at 0 and 0, an open one at 1 and 1.";
    UNKNOWN_GAS = "LP0239", "a gas, its profile or a set of limits is not defined",
        "Supplies and events name a `[[supply_gas]]`, supplies a `[[gas_profile]]`, nodes a `[[quality_limits]]` or one of the standards `easee_gas`, `en_16726`, `great_britain`. The help names the one whose identifier is nearest.";
    UNKNOWN_GROUND = "LP0240", "a pipe lies in a ground that is not defined",
        "The `ground` of a pipe is the identifier of a `[[ground]]`. The help names the one whose identifier is nearest.";
    NO_HEAT_TRANSFER = "LP0241", "heat of a pipe cannot reach the ground",
        "With an energy equation (`settings.heat.model` other than `isothermal`) the heat transfer coefficient of each pipe is stated, or follows from its wall, its depth and the ground it lies in, or is that of `settings.heat`. It is never made up: onshore lines have 1 to 3 W/(m2 K).";
    DEPTH = "LP0242", "a pipe in soil has no depth, or sticks out of it",
        "The heat that a buried pipe loses depends on the depth of its axis, which is larger than its outer radius: half the inner diameter and the layers of the wall.";
    TEMPERATURE_RANGE = "LP0243", "a temperature is beyond the tables of properties",
        "With an energy equation, properties of the gas come from tables over `settings.heat.range`. A temperature that is stated beyond them is a mistake, or the range is to be widened.";
    GAS_MISFIT = "LP0244", "a gas does not mix with the others",
        "Where composition is tracked, gases mix: each has a composition, and all have the equation of state and the model of viscosity of the case's gas.";
    COMPOSITION_SUM = "LP0301", "a composition does not quite sum to 1",
        "The sum misses 1 by no more than 0.0001, which is the rounding of an analysis. The fractions are used as they stand.";
    VELOCITY = "LP0302", "a velocity would be high",
        "Gas in transmission lines moves at 5 to 15 m/s; above 20 m/s noise, vibration and erosion are asked about. The flow is the one that the loads behind the pipe ask for, at the highest pressure that the case states.";
    LOAD_SIZE = "LP0303", "a load is out of proportion",
        "The flow asked for would need more than 60 m/s in the pipes at its node. The usual reason is a unit: MSm3/d for kSm3/d, or a yearly amount as a daily one.";
    ODD_RATIO = "LP0304", "a pressure ratio is high",
        "Stations of transmission lines compress by 1.2 to 1.8; more needs several stages with cooling between them, which a generic station does not have.";
    ODD_DIAMETER = "LP0305", "a diameter is unusual",
        "Transmission pipes have bores of 20 to 1600 mm.";
    ODD_ROUGHNESS = "LP0306", "a roughness is unusual",
        "Coated steel has 5 to 20 micrometres, bare steel about 50, old pipes a few hundred.";
    ODD_TEMPERATURE = "LP0307", "a temperature is unusual",
        "Soil around pipelines has -30 to 60 degC.";
    ABOVE_LIMIT = "LP0308", "a set-point is above the maximum pressure",
        "A set-point asks for a pressure that the node, or a pipe that ends there, may not have.";
    ODD_PRESSURE = "LP0309", "a pressure is unusual",
        "Below 1.5 bara a gauge pressure was perhaps meant, above 300 bara another unit.";
    ODD_SLOPE = "LP0310", "a slope is unusual",
        "Pipelines are hardly ever steeper than 50 %. Elevations in feet, or a length in the wrong unit, are the usual reasons.";
    SHORTER_THAN_STRAIGHT = "LP0311", "a pipe is shorter than the straight line",
        "The distance between the coordinates of its nodes is longer than the pipe. Longitude and latitude may be exchanged.";
    LONELY_NODE = "LP0312", "nothing is connected to a node",
        "The node takes no part; the usual reason is a misspelt identifier elsewhere.";
    UNUSED_PROFILE = "LP0313", "nothing uses a profile",
        "No element names the profile, and there is no second scenario that might.";
    ODD_LENGTH = "LP0314", "a length is unusual",
        "Pipes shorter than 1 m make small time steps for nothing (use a `short_pipe`); longer than 2000 km was perhaps another unit.";
    ODD_EFFICIENCY = "LP0315", "an efficiency is unusual",
        "The efficiency of a pipe is 0.85 to 1 in practice; its friction is better stated as a roughness.";
    ELEVATION_ENDS = "LP0316", "an elevation profile differs from its nodes",
        "The ends of the profile and the nodes differ by more than 10 m, which makes a step in the line.";
    EVENT_OUT_OF_SERVICE = "LP0317", "an event happens to something that is not in service",
        "For the stage and day chosen the element takes no part, so nothing will happen.";
    FLOW_UNUSED = "LP0318", "a flow is not used",
        "A supply that holds a pressure brings the flow that this needs, between `flow_min` and `flow_max`.";
    NOT_TRACKED = "LP0319", "a gas is named and not tracked",
        "A supply names its gas, and `settings.quality.tracked` is not set: all gas is that of the case, and what the supply brings is not told apart.";
    UNUSED = "LP0320", "nothing uses a gas, its profile, a set of limits or a ground",
        "No element and no event names it, and there is no second scenario that might.";
}

/// Codes of references that lead nowhere.
pub const UNKNOWN: &[&str] = &[
    UNKNOWN_NODE,
    UNKNOWN_PIPE,
    UNKNOWN_PROFILE,
    EVENT_ELEMENT,
    UNKNOWN_OFF_TAKE,
    UNKNOWN_MACHINE,
    RULE_ELEMENT,
    AREA,
    UNKNOWN_GAS,
    UNKNOWN_GROUND,
];
