/// Pressure whose square is the unit of squared pressures, Pa.
pub(crate) const PRESSURE_SCALE: f64 = 50e5;

/// Where the unknowns stand in their vector: squared pressures of nodes, flows of arcs, inflows of
/// terminals, fuel of arcs; all scaled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    pub nodes: usize,
    pub arcs: usize,
    pub terminals: usize,
    pub stations: usize,
    /// Unit of flows, kg/s.
    pub flow_scale: f64,
}

impl Layout {
    pub(crate) fn len(&self) -> usize {
        self.nodes + self.arcs + self.terminals + self.stations
    }

    pub(crate) fn pressure(&self, node: usize) -> usize {
        node
    }

    pub(crate) fn flow(&self, arc: usize) -> usize {
        self.nodes + arc
    }

    pub(crate) fn inflow(&self, terminal: usize) -> usize {
        self.nodes + self.arcs + terminal
    }

    pub(crate) fn fuel(&self, station: usize) -> usize {
        self.nodes + self.arcs + self.terminals + station
    }

    /// The pressure of a node, Pa.
    pub(crate) fn pascal(&self, x: &[f64], node: usize) -> f64 {
        PRESSURE_SCALE * x[self.pressure(node)].max(LEAST_SQUARE).sqrt()
    }

    /// The flow of an arc, kg/s.
    pub(crate) fn kg_per_s(&self, x: &[f64], arc: usize) -> f64 {
        x[self.flow(arc)] * self.flow_scale
    }
}

/// Least squared pressure that the laws are evaluated at, of the scale: that of 0.5 bar.
pub(crate) const LEAST_SQUARE: f64 = 1e-4;

/// A pressure as a scaled square.
pub(crate) fn squared(pressure_pa: f64) -> f64 {
    (pressure_pa / PRESSURE_SCALE).powi(2)
}
