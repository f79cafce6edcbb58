//! Operating points of compressor stations from the maps of their machines.
//!
//! A [`Plant`] is the machines of a station made ready. Given flow, suction state and discharge
//! pressure it says what the station reaches ([`Plant::capability`]), what its drives take
//! ([`Plant::demand`]), what each unit does ([`Plant::operate`]) and which configuration does it
//! best ([`Plant::choose`]). Derivatives are exact, by numbers that carry them and the implicit
//! function theorem; the first two allocate nothing.
//!
//! 1. A unit has a map, cut by the power of its drive; with recycling and throttling it can do
//!    everything left of and below its border, the *front*.
//! 2. Units of a stage work at one head and share the flow in proportion to what each can carry there.
//! 3. Stages in series each take the same share of the head that they reach; between them the gas is
//!    cooled to the suction temperature.

mod assemble;
mod chain;
mod deviation;
mod dual;
mod engine;
mod error;
mod front;
mod limit;
mod lines;
mod operate;
mod piston;
mod plant;
mod root;
mod stage;
mod suction;
mod surface;
mod turbo;
mod unit;

pub use deviation::{MapDeviation, map_deviation};
pub use error::{Fault, PlantError};
pub use limit::Limit;
pub use lines::{MapLines, Point};
pub use operate::{Choice, Operation, UnitPoint};
pub use plant::{Capability, Demand, Plant, Value3};
pub use suction::Suction;
