//! What connects two junctions.

use super::Writer;
use super::express::{Expression, numbers};
use super::table::Block;
use linepack_network::{
    CompressorStation, ControlState, FlowBounds, Header, ResistorLoss, StationState, Status,
};

/// Columns of compressors.
const COMPRESSOR: [&str; 15] = [
    "id",
    "fr_junction",
    "to_junction",
    "c_ratio_min",
    "c_ratio_max",
    "power_max",
    "flow_min",
    "flow_max",
    "inlet_p_min",
    "inlet_p_max",
    "outlet_p_min",
    "outlet_p_max",
    "status",
    "operating_cost",
    "directionality",
];

impl Writer<'_> {
    pub(super) fn pipes(&mut self, planned: bool) -> Block {
        let kind = if planned { "ne_pipe" } else { "pipe" };
        let mut block = Block::new(
            kind,
            &[
                "id",
                "fr_junction",
                "to_junction",
                "diameter",
                "length",
                "friction_factor",
                "p_min",
                "p_max",
                "status",
            ],
        );
        let pipes = self.say.case.network.pipes.iter();
        let pipes: Vec<_> = pipes.filter(|p| is_planned(&p.header) == planned).collect();
        let numbers = numbers(kind, pipes.iter().map(|p| p.header.id.as_str()));
        for (pipe, number) in pipes.into_iter().zip(numbers) {
            self.say.pipe_losses(pipe);
            let darcy = self.say.darcy(pipe);
            let status = if planned {
                1.0
            } else {
                self.status(&pipe.header)
            };
            let cells = [
                self.node(&pipe.from),
                self.node(&pipe.to),
                pipe.diameter_m,
                pipe.length_m,
                darcy,
                pipe.pressure_min_pa.unwrap_or(0.0),
                pipe.pressure_max_pa.unwrap_or(f64::INFINITY),
                status,
            ];
            let id = format!("{kind}_{number}");
            let extension = self.extension(&pipe.header, id, pipe.flow_bounds);
            block.row(&cells, number, extension);
        }
        block
    }

    pub(super) fn stations(&mut self, planned: bool) -> Block {
        let kind = if planned {
            "ne_compressor"
        } else {
            "compressor"
        };
        let mut block = Block::new(kind, &COMPRESSOR);
        let stations = self.say.case.network.compressor_stations.iter();
        let stations: Vec<_> = stations
            .filter(|s| is_planned(&s.header) == planned)
            .collect();
        let numbers = numbers(kind, stations.iter().map(|s| s.header.id.as_str()));
        for (station, number) in stations.into_iter().zip(numbers) {
            self.station_losses(station);
            let cells = self.station(station, planned);
            let own = format!("{kind}_{number}");
            let extension = self.extension(&station.header, own, FlowBounds::default());
            block.row(&cells, number, extension);
        }
        block
    }

    /// A station in the columns of compressors, after its number.
    fn station(
        &mut self,
        station: &CompressorStation,
        planned: bool,
    ) -> [f64; COMPRESSOR.len() - 1] {
        let id = station.header.id.as_str();
        let status = match station.state {
            StationState::Closed => 0.0,
            _ if planned => 1.0,
            _ => self.status(&station.header),
        };
        let ratio = match station.state {
            StationState::Bypass => 1.0,
            _ => station
                .ratio
                .unwrap_or(station.ratio_max)
                .min(station.ratio_max),
        };
        let flow =
            |say: &mut Expression<'_>, q: Option<_>, none| q.map_or(none, |q| say.mass(q, id));
        let flow_min = flow(&mut self.say, station.flow_min, 0.0);
        let flow_max = station.flow.or(station.flow_max);
        [
            self.node(&station.from),
            self.node(&station.to),
            1.0,
            ratio,
            station.power_max_w.unwrap_or(f64::INFINITY),
            flow_min,
            flow(&mut self.say, flow_max, f64::INFINITY),
            station.suction_pressure_pa.unwrap_or(0.0),
            f64::INFINITY,
            0.0,
            station.discharge_pressure_pa.unwrap_or(f64::INFINITY),
            status,
            0.0,
            if flow_min < 0.0 { 2.0 } else { 1.0 },
        ]
    }

    /// What the format does not know of a station.
    fn station_losses(&mut self, station: &CompressorStation) {
        let id = Some(station.header.id.as_str());
        let losses = [
            (
                station.state == StationState::Closed,
                "closed stations and valves are written out of service",
            ),
            (
                station.state == StationState::Bypass,
                "stations in bypass are written with a largest ratio of 1",
            ),
            (
                station.ratio.is_some(),
                "ratio set-points are written as the largest ratio",
            ),
            (
                station.flow.is_some(),
                "flow set-points of stations are written as their largest flow",
            ),
            (
                station.machines.is_some() || station.configuration.is_some(),
                "machines of stations are left out",
            ),
            (
                station.isentropic_efficiency != 1.0
                    || station.driver_efficiency != 1.0
                    || station.fuel_from_line
                    || station.units != 1,
                "efficiencies, fuel and numbers of units are left out",
            ),
            (
                station.loss_in.is_some()
                    || station.loss_out.is_some()
                    || station.discharge_temperature_k.is_some(),
                "piping losses and coolers of stations are left out",
            ),
            (
                station.discharge_pressure_profile.is_some() || station.ratio_profile.is_some(),
                "profiles of stations are left out",
            ),
        ];
        for (is_lost, what) in losses {
            if is_lost {
                self.say.lost(what, id);
            }
        }
    }

    pub(super) fn short_pipes(&mut self) -> Block {
        let mut block = Block::new(
            "short_pipe",
            &["id", "fr_junction", "to_junction", "status"],
        );
        let pipes = &self.say.case.network.short_pipes;
        let numbers = numbers("short_pipe", pipes.iter().map(|p| p.header.id.as_str()));
        for (pipe, number) in pipes.iter().zip(numbers) {
            let cells = [
                self.node(&pipe.from),
                self.node(&pipe.to),
                self.status(&pipe.header),
            ];
            let id = format!("short_pipe_{number}");
            let extension = self.extension(&pipe.header, id, pipe.flow_bounds);
            block.row(&cells, number, extension);
        }
        block
    }

    pub(super) fn drag_resistors(&mut self) -> Block {
        let columns = &[
            "id",
            "fr_junction",
            "to_junction",
            "drag",
            "diameter",
            "status",
        ];
        self.resistors(
            Block::new("resistor", columns),
            "resistor",
            |loss| match loss {
                ResistorLoss::Drag { factor, diameter_m } => Some(vec![factor, diameter_m]),
                ResistorLoss::Constant { .. } => None,
            },
        )
    }

    pub(super) fn loss_resistors(&mut self) -> Block {
        let columns = &["id", "fr_junction", "to_junction", "p_loss", "status"];
        self.resistors(
            Block::new("loss_resistor", columns),
            "loss_resistor",
            |loss| match loss {
                ResistorLoss::Constant { pressure_loss_pa } => Some(vec![pressure_loss_pa]),
                ResistorLoss::Drag { .. } => None,
            },
        )
    }

    fn resistors(
        &mut self,
        mut block: Block,
        kind: &str,
        law: fn(ResistorLoss) -> Option<Vec<f64>>,
    ) -> Block {
        let all = self.say.case.network.resistors.iter();
        let those: Vec<_> = all.filter_map(|r| Some((r, law(r.loss)?))).collect();
        let numbers = numbers(kind, those.iter().map(|(r, _)| r.header.id.as_str()));
        for ((resistor, law), number) in those.into_iter().zip(numbers) {
            let mut cells = vec![self.node(&resistor.from), self.node(&resistor.to)];
            cells.extend(law);
            cells.push(self.status(&resistor.header));
            let id = format!("{kind}_{number}");
            let extension = self.extension(&resistor.header, id, resistor.flow_bounds);
            block.row(&cells, number, extension);
        }
        block
    }

    /// Control valves, and check valves, which are regulators that throttle nothing.
    pub(super) fn regulators(&mut self) -> Block {
        let mut block = Block::new(
            "regulator",
            &[
                "id",
                "fr_junction",
                "to_junction",
                "reduction_factor_min",
                "reduction_factor_max",
                "flow_min",
                "flow_max",
                "status",
            ],
        );
        let network = &self.say.case.network;
        let valves = network.control_valves.iter().map(|v| &v.header);
        let checks = network.check_valves.iter().map(|v| &v.header);
        let mut numbers =
            numbers("regulator", valves.chain(checks).map(|h| h.id.as_str())).into_iter();
        for valve in &network.control_valves {
            let what = "set-points, losses and profiles of control valves are left out: regulators throttle to the highest pressure of their outlet";
            self.say.lost(what, Some(&valve.header.id));
            let number = numbers.next().unwrap_or(0);
            let mut status = self.status(&valve.header);
            if valve.state == ControlState::Closed {
                self.say.lost(
                    "closed stations and valves are written out of service",
                    Some(&valve.header.id),
                );
                status = 0.0;
            }
            let bounds = valve.flow_bounds;
            let id = valve.header.id.as_str();
            let min = bounds
                .min
                .map_or(f64::NEG_INFINITY, |q| self.say.mass(q, id));
            let max = bounds.max.map_or(f64::INFINITY, |q| self.say.mass(q, id));
            let ends = [self.node(&valve.from), self.node(&valve.to)];
            let cells = [ends[0], ends[1], 0.0, 1.0, min, max, status];
            let own = format!("regulator_{number}");
            let extension = self.extension(&valve.header, own, FlowBounds::default());
            block.row(&cells, number, extension);
        }
        for valve in &network.check_valves {
            self.say.lost(
                "check valves are written as regulators",
                Some(&valve.header.id),
            );
            let number = numbers.next().unwrap_or(0);
            let status = self.status(&valve.header);
            let ends = [self.node(&valve.from), self.node(&valve.to)];
            let cells = [ends[0], ends[1], 1.0, 1.0, 0.0, f64::INFINITY, status];
            let own = format!("regulator_{number}");
            let extension = self.extension(&valve.header, own, FlowBounds::default());
            block.row(&cells, number, extension);
        }
        block
    }

    pub(super) fn valves(&mut self) -> Block {
        let mut block = Block::new("valve", &["id", "fr_junction", "to_junction", "status"]);
        let valves = &self.say.case.network.valves;
        let numbers = numbers("valve", valves.iter().map(|v| v.header.id.as_str()));
        for (valve, number) in valves.iter().zip(numbers) {
            let id = valve.header.id.as_str();
            let mut status = self.status(&valve.header);
            if valve.opening == 0.0 {
                self.say.lost(
                    "closed stations and valves are written out of service",
                    Some(id),
                );
                status = 0.0;
            }
            let lossy = valve.diameter_m.is_some()
                || valve.stroke_s != 0.0
                || (valve.opening > 0.0 && valve.opening < 1.0);
            if lossy || valve.pressure_differential_max_pa.is_some() {
                self.say.lost(
                    "losses, strokes and partial openings of valves are left out",
                    Some(id),
                );
            }
            let cells = [self.node(&valve.from), self.node(&valve.to), status];
            let own = format!("valve_{number}");
            let extension = self.extension(&valve.header, own, valve.flow_bounds);
            block.row(&cells, number, extension);
        }
        block
    }
}

fn is_planned(header: &Header) -> bool {
    header.status == Status::Planned && !header.in_service
}
