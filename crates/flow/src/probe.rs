//! The laws of single elements in the steady state, with derivatives, for those who look for set-points.
//!
//! What a steady solve makes of the same pressures and flows is the same to its tolerance: these are the
//! laws it solves, element by element.

use crate::contents::GasAt;
use crate::link::{BAR, Link, LinkLaw, LinkPoint, Row};
use crate::model::Model;
use crate::pipe::{GRAVITY, PipeMesh};
use crate::signal::Signal;
use crate::terminal::TerminalLaw;
use linepack_gas::Isotherm;

/// A number with its derivatives by the flow, kg/s, and the pressures of the first and second node, Pa.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sloped {
    /// The number.
    pub value: f64,
    /// By flow.
    pub per_flow: f64,
    /// By the pressure of the first node.
    pub per_first: f64,
    /// By the pressure of the second node.
    pub per_second: f64,
}

/// A node of a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceView<'m> {
    /// Identifier.
    pub id: &'m str,
    /// Elevation, m.
    pub elevation_m: f64,
    /// Lowest pressure allowed, Pa.
    pub pressure_min_pa: Option<f64>,
    /// Highest pressure allowed, Pa.
    pub pressure_max_pa: Option<f64>,
}

/// A pipe or another element between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArcView<'m> {
    /// Identifier.
    pub id: &'m str,
    /// `pipe`, `short_pipe`, `resistor`, `valve`, `check_valve`, `control_valve` or `compressor_station`.
    pub kind: &'static str,
    /// Indices of its nodes.
    pub ends: [usize; 2],
    /// Index among the pipes, or among all else.
    pub index: usize,
    /// The node index at which fuel is drawn.
    pub fuel_node: usize,
}

/// A supply or off-take of a model at time zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TerminalView<'m> {
    /// Identifier.
    pub id: &'m str,
    /// `supply`, `off_take` or `leak`.
    pub kind: &'static str,
    /// Index of its node.
    pub node: usize,
    /// Inflow, kg/s, between these; negative out of the network.
    pub inflow: [f64; 2],
    /// The flow asked for, kg/s, positive in its own direction; none where nothing is asked.
    pub requested: Option<f64>,
    /// The pressure that it holds, or at which it backs off, Pa.
    pub pressure_pa: Option<f64>,
    /// Lowest pressure of an off-take that does not back off, Pa.
    pub pressure_min_pa: Option<f64>,
}

impl Model {
    /// Its supplies, off-takes and leaks, sorted by identifier.
    pub fn terminals(&self) -> impl Iterator<Item = TerminalView<'_>> {
        let at = |s: &Signal| s.at(0.0, &self.profiles);
        self.terminals.iter().map(move |t| {
            let (inflow, pressure_pa) = match &t.law {
                TerminalLaw::Bounds {
                    low,
                    high,
                    pressure,
                    ..
                } => ([at(low), at(high)], pressure.as_ref().map(at)),
                TerminalLaw::Hole { .. } => ([f64::NEG_INFINITY, 0.0], None),
            };
            TerminalView {
                id: &t.id,
                kind: t.kind.word(),
                node: t.node,
                inflow,
                requested: t.asked(0.0, &self.profiles),
                pressure_pa,
                pressure_min_pa: t.pressure_min,
            }
        })
    }

    /// Its nodes, sorted by identifier.
    pub fn places(&self) -> impl Iterator<Item = PlaceView<'_>> {
        self.nodes.iter().map(|n| PlaceView {
            id: &n.id,
            elevation_m: n.elevation,
            pressure_min_pa: n.pressure_min,
            pressure_max_pa: n.pressure_max,
        })
    }

    /// Its pipes, then all else between two nodes.
    pub fn arcs(&self) -> impl Iterator<Item = ArcView<'_>> {
        let pipes = self.pipes.iter().enumerate().map(|(index, p)| ArcView {
            id: &self.case.network.pipes[p.case_pipe].header.id,
            kind: "pipe",
            ends: p.nodes,
            index,
            fuel_node: p.nodes[0],
        });
        let links = self.links.iter().enumerate().map(|(index, l)| ArcView {
            id: &l.id,
            kind: l.kind,
            ends: l.nodes,
            index,
            fuel_node: l.nodes[l.fuel_end],
        });
        pipes.chain(links)
    }

    /// The pressure at the upstream end of a pipe, Pa, from that at its downstream end: all its cells, as
    /// the steady state has them. `back`: the gas flows from the second node to the first.
    ///
    /// The flow, kg/s, is counted along the way from upstream to downstream. `per_first` is the derivative
    /// by the downstream pressure.
    pub fn pipe_upstream_pressure(
        &self,
        pipe: usize,
        back: bool,
        flow_kg_per_s: f64,
        downstream_pa: f64,
    ) -> Sloped {
        let mesh = &self.pipes[pipe];
        let along = Along {
            mesh,
            gas: &self.isotherms[mesh.isotherm],
            gravity: if self.settings.terms.gravity {
                GRAVITY
            } else {
                0.0
            },
            kinetic: if self.settings.terms.kinetic {
                1.0
            } else {
                0.0
            },
        };
        let mut found = Sloped {
            value: downstream_pa,
            per_first: 1.0,
            ..Sloped::default()
        };
        for step in 0..mesh.cells() {
            let rise = if back {
                -mesh.rise[step]
            } else {
                mesh.rise[mesh.cells() - 1 - step]
            };
            found = along.before(rise, flow_kg_per_s, found);
        }
        found
    }

    /// The residual, bar, of an element that has no set-points, or stands in bypass or open.
    pub fn passage(&self, link: usize, flow: f64, pressures_pa: [f64; 2]) -> Sloped {
        let link = &self.links[link];
        let at = self.link_point(link, flow, pressures_pa);
        sloped(match &link.law {
            LinkLaw::Resistor(loss) => loss.row(&at),
            LinkLaw::Valve(valve) => valve.row(&at),
            _ => Row::ideal(&at, crate::link::Mode::Bypass),
        })
    }

    /// What a control valve has to throttle at least, as a residual p₁ - p₂ - Δp, bar: not negative.
    pub fn throttling(&self, link: usize, flow: f64, pressures_pa: [f64; 2]) -> Option<Sloped> {
        let link = &self.links[link];
        let at = self.link_point(link, flow, pressures_pa);
        match &link.law {
            LinkLaw::Regulator(regulator) => Some(sloped(regulator.open(&at))),
            _ => None,
        }
    }

    /// Slacks of what limits a running station other than its set-points, none negative: pressure ratio or
    /// what its machines reach, and its power. Bar, or comparable with it.
    pub fn station_slacks(&self, link: usize, flow: f64, pressures_pa: [f64; 2]) -> Vec<Sloped> {
        let link = &self.links[link];
        let at = self.link_point(link, flow, pressures_pa);
        match &link.law {
            LinkLaw::Station(station) => station.limits(&at).into_iter().map(sloped).collect(),
            _ => Vec::new(),
        }
    }

    /// Shaft power, W, of a running station.
    pub fn station_power(&self, link: usize, flow: f64, pressures_pa: [f64; 2]) -> Sloped {
        let link = &self.links[link];
        let at = self.link_point(link, flow, pressures_pa);
        match &link.law {
            LinkLaw::Station(station) => sloped(station.power_row(&at)),
            _ => Sloped::default(),
        }
    }

    /// The configuration in which the machines of a station do a work at the least energy; none where it
    /// has no machines, or they have nothing to do.
    pub fn best_configuration(
        &self,
        link: usize,
        flow: f64,
        pressures_pa: [f64; 2],
    ) -> Option<String> {
        let link = &self.links[link];
        let at = self.link_point(link, flow, pressures_pa);
        match &link.law {
            LinkLaw::Station(station) => station.best_configuration(&at),
            _ => None,
        }
    }

    /// Gas that the drives of a running station draw, kg/s.
    pub fn station_fuel(&self, link: usize, flow: f64, pressures_pa: [f64; 2]) -> Sloped {
        let link = &self.links[link];
        let fuel = link.fuel(&self.link_point(link, flow, pressures_pa));
        Sloped {
            value: fuel.flow,
            per_flow: fuel.per_flow,
            per_first: fuel.per_in,
            per_second: fuel.per_out,
        }
    }

    /// A flow of the case's gas as a mass, kg/s; none where the gas is not known well enough.
    pub fn mass_flow_kg_per_s(&self, flow: linepack_units::FlowRate) -> Option<f64> {
        self.gas.mass_flow_kg_per_s(flow).ok()
    }

    fn link_point(&self, link: &Link, flow: f64, pressures_pa: [f64; 2]) -> LinkPoint<'_> {
        LinkPoint {
            time_s: 0.0,
            flow,
            pressure_in: pressures_pa[0],
            pressure_out: pressures_pa[1],
            gas: GasAt::Table(&self.isotherms[link.isotherm]),
            profiles: &self.profiles,
            smoothing: 0.0,
            resistance: 0.0,
        }
    }
}

fn sloped(row: Row) -> Sloped {
    Sloped {
        value: row.residual,
        per_flow: row.per_flow,
        per_first: row.per_in,
        per_second: row.per_out,
    }
}

/// A pipe on the way against its flow.
struct Along<'m> {
    mesh: &'m PipeMesh,
    gas: &'m Isotherm,
    gravity: f64,
    kinetic: f64,
}

impl Along<'_> {
    /// The pressure before a segment from that behind it, by Newton's method; the residual falls
    /// monotonically with it.
    fn before(&self, rise: f64, flow: f64, behind: Sloped) -> Sloped {
        const ITERATIONS: usize = 30;
        let mut left = behind.value;
        let mut row = self.momentum(rise, flow, [left, behind.value]);
        for _ in 0..ITERATIONS {
            let step = row.value / row.per_first;
            left -= step;
            row = self.momentum(rise, flow, [left, behind.value]);
            if step.abs() <= 1e-10 * BAR {
                break;
            }
        }
        let by_right = -row.per_second / row.per_first;
        Sloped {
            value: left,
            per_flow: -row.per_flow / row.per_first + by_right * behind.per_flow,
            per_first: by_right * behind.per_first,
            per_second: 0.0,
        }
    }

    /// The momentum equation of a segment, Pa (see [`crate::pipe`]), by flow, left and right pressure.
    fn momentum(&self, rise: f64, flow: f64, [left, right]: [f64; 2]) -> Sloped {
        let m = self.mesh;
        let ((dl, sl), (dr, sr)) = (self.gas.density(left), self.gas.density(right));
        let mean = 0.5 * (dl + dr);
        let (viscosity, viscosity_slope) = self.gas.viscosity(0.5 * (left + right));
        let term = m.friction.term(flow, viscosity);
        let c = m.dx / (2.0 * m.diameter * m.area * m.area) / mean;
        let loss = c * term.value;
        let weight = self.gravity * rise;
        let by_density = 0.5 * (weight - loss / mean);
        let by_viscosity = 0.5 * c * term.per_ln_viscosity * viscosity_slope / viscosity;
        let a2 = self.kinetic / (m.area * m.area);
        let square = flow * flow * a2;
        Sloped {
            value: right - left + loss + mean * weight + square * (1.0 / dr - 1.0 / dl),
            per_flow: c * term.per_flow + 2.0 * flow * a2 * (1.0 / dr - 1.0 / dl),
            per_first: -1.0 + by_density * sl + by_viscosity + square * sl / (dl * dl),
            per_second: 1.0 + by_density * sr + by_viscosity - square * sr / (dr * dr),
        }
    }
}
