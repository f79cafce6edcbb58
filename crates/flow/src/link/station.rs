use super::machines::{MachineLaw, row_of};
use super::regulator::{discharge_slack, flow_slack, suction_slack};
use super::{BAR, DROOP, Fuel, LinkPoint, Mode, Piping, Row};
use crate::signal::Signal;
use linepack_network::StationState;

/// Flow below which machines are shut down, kg/s.
const IDLE_FLOW: f64 = 1e-6;

/// Whether a station brings gas to a higher pressure.
pub(super) fn works(at: &LinkPoint<'_>) -> bool {
    at.flow > IDLE_FLOW && at.pressure_out > at.pressure_in
}

/// A compressor station, with its machines or with generic units.
///
/// With the slack φ = min(p_set - p_out, p_in - p_s, q_set - q, r p₁ - p₂, p_max(q, p₁) - p₂) of its
/// set-points and limits, it compresses (φ = 0), lets gas pass by (p_out = p_in, φ ≤ 0) or holds it
/// (q = 0, φ ≤ 0, p_out ≥ p_in): min( -φ, p_out - p_in, q ) = 0.
#[derive(Debug, Clone)]
pub(crate) struct Station {
    pub state: StationState,
    pub discharge_pressure: Option<Signal>,
    pub suction_pressure: Option<Signal>,
    pub flow: Option<Signal>,
    pub flow_max: Option<f64>,
    /// Smallest flow of the units, kg/s.
    pub flow_min: Option<f64>,
    /// Whether gas may pass back by its stopped units.
    pub back_flow: bool,
    pub ratio: Option<Signal>,
    pub ratio_max: f64,
    pub power_max: Option<Signal>,
    pub isentropic_efficiency: f64,
    /// Losses of its piping; they do not count in bypass.
    pub piping: Piping,
    /// The machines; none: generic units.
    pub machines: Option<MachineLaw>,
    /// Pressure rise, Pa, over the volume flow at suction, m³/s, as a quadratic: pumps and blowers.
    pub pressure_rise: Option<[f64; 3]>,
    /// Net heating value times driver efficiency, J/kg: shaft work from a kilogram of fuel.
    pub work_per_fuel: f64,
    pub fuel_from_line: bool,
    pub fuel_at_discharge: bool,
    /// Temperature above which its coolers do not let the gas behind it rise, K.
    pub cooled_to: Option<Signal>,
}

/// Shaft power and its derivatives.
#[derive(Debug, Clone, Copy, Default)]
struct Power {
    value: f64,
    per_flow: f64,
    per_in: f64,
    per_out: f64,
}

impl Station {
    pub(crate) fn row(&self, at: &LinkPoint<'_>) -> Row {
        let closed = Row::no_flow(at.flow, Mode::NoReturn);
        match self.state {
            StationState::Closed => Row::no_flow(at.flow, Mode::Closed),
            StationState::Bypass if self.back_flow => Row::ideal(at, Mode::Bypass),
            StationState::Bypass => Row::ideal(at, Mode::Bypass)
                .negated()
                .min(closed, at.smoothing),
            StationState::Running => {
                let bypass = Row::ideal(at, Mode::Bypass).negated();
                self.slack(at)
                    .negated()
                    .min(bypass, at.smoothing)
                    .min(closed, at.smoothing)
            }
        }
    }

    /// The smallest slack: what holds the station back.
    fn slack(&self, at: &LinkPoint<'_>) -> Row {
        let value = |s: &Option<Signal>| s.as_ref().map(|s| s.at(at.time_s, at.profiles));
        let slacks = [
            value(&self.discharge_pressure).map(|p| discharge_slack(at, p)),
            value(&self.suction_pressure).map(|p| suction_slack(at, p)),
            value(&self.flow).map(|q| flow_slack(at, q, Mode::Flow)),
            self.flow_max.map(|q| flow_slack(at, q, Mode::FlowLimit)),
        ];
        let of_machines = self.piping.at_nodes(at, |at| {
            let reach = match (&self.machines, self.pressure_rise) {
                (Some(machines), _) => machines.slack(at),
                (None, Some(rise)) => rise_slack(at, rise),
                (None, None) => ratio_slack(at, self.ratio_max, Mode::RatioLimit),
            };
            let ratio = value(&self.ratio).map(|r| ratio_slack(at, r, Mode::Ratio));
            let power = value(&self.power_max).and_then(|p| self.power_slack(at, p));
            [ratio, power]
                .into_iter()
                .flatten()
                .fold(reach, |a, b| a.min(b, at.smoothing))
        });
        slacks
            .into_iter()
            .flatten()
            .fold(of_machines, |a, b| a.min(b, at.smoothing))
    }

    /// (p_max - p_out)/bar, with the discharge pressure that the power brings at this flow,
    /// p_max = p_in X^(1/m), X = 1 + m P η ρ/(q p_in), m = (κ-1)/κ; none where the power is so ample
    /// that it cannot bind.
    fn power_slack(&self, at: &LinkPoint<'_>, limit: f64) -> Option<Row> {
        const AMPLE_RATIO: f64 = 20.0;
        let power = self.power(at);
        if power.value > limit && power.per_out > 0.0 {
            return Some(excess_power(power, limit));
        }
        let m = exponent_share(at);
        let (density, slope) = at.gas.density(at.pressure_in);
        let work = limit * self.isentropic_efficiency * density / at.pressure_in;
        if m * work >= (AMPLE_RATIO.powf(m) - 1.0) * at.flow {
            return None;
        }
        let excess = m * work / at.flow;
        let x = 1.0 + excess;
        let highest = at.pressure_in * x.powf(1.0 / m);
        let per_excess = highest / (m * x) * excess / BAR;
        let by_density = slope / density - 1.0 / at.pressure_in;
        Some(Row {
            residual: (highest - at.pressure_out) / BAR,
            per_flow: -per_excess / at.flow,
            per_in: highest / at.pressure_in / BAR + per_excess * by_density,
            per_out: -1.0 / BAR,
            mode: Mode::Power,
        })
    }

    /// Shaft power of the compression.
    ///
    /// $$ P = q H/η,\quad H = \frac{p_1}{ρ_1} \frac{κ}{κ-1} \left[ (p_2/p_1)^{(κ-1)/κ} - 1 \right] $$
    ///
    /// | symbol   | meaning                          | unit  |
    /// |----------|----------------------------------|-------|
    /// | q        | mass flow                        | kg/s  |
    /// | H        | isentropic head                  | J/kg  |
    /// | η        | isentropic efficiency            | –     |
    /// | p₁, p₂   | suction and discharge pressure   | Pa    |
    /// | ρ₁       | suction density, real gas        | kg/m³ |
    /// | κ        | isentropic exponent              | –     |
    ///
    /// Range: p₂ ≥ p₁, q ≥ 0; zero elsewhere. Source: Koch et al. 2015, ch. 2.
    /// Checked by `tests::elements::station_power`.
    fn power(&self, at: &LinkPoint<'_>) -> Power {
        if at.flow <= 0.0 || at.pressure_out <= at.pressure_in {
            return Power::default();
        }
        let (density, slope) = at.gas.density(at.pressure_in);
        let (exponent, exponent_slope) = at.gas.isentropic_exponent(at.pressure_in);
        let m = (exponent - 1.0) / exponent;
        let ratio = at.pressure_out / at.pressure_in;
        let lift = ratio.powf(m);
        // d ln((r^m - 1)/m)/dp = dm/dp (x/(1 - exp(-x)) - 1)/m with x = m ln r, whose limit at x = 0 is 0.
        let x = m * ratio.ln();
        let growth = match x.abs() < 1e-4 {
            true => 0.5 * x,
            false => x / -(-x).exp_m1() - 1.0,
        };
        let by_exponent = exponent_slope / (exponent * exponent) * growth / m;
        let specific = at.pressure_in / density / m / self.isentropic_efficiency;
        let value = at.flow * specific * (lift - 1.0);
        let by_ratio = at.flow * specific * m * lift;
        Power {
            value,
            per_flow: specific * (lift - 1.0),
            per_in: value * (1.0 / at.pressure_in - slope / density + by_exponent)
                - by_ratio / at.pressure_in,
            per_out: by_ratio / at.pressure_out,
        }
    }

    /// The slacks of its pressure ratio or machines, and of its power, by the nodes' pressures.
    pub(crate) fn limits(&self, at: &LinkPoint<'_>) -> Vec<Row> {
        let reach = self.piping.at_nodes(at, |at| match &self.machines {
            Some(machines) => machines.slack(at),
            None => match self.pressure_rise {
                Some(rise) => rise_slack(at, rise),
                None => ratio_slack(at, self.ratio_max, Mode::RatioLimit),
            },
        });
        let limit = self
            .power_max
            .as_ref()
            .map(|s| s.at(at.time_s, at.profiles));
        let power = limit.map(|limit| {
            let power = self.power_at_nodes(at);
            Row {
                residual: 1.0 - power.value / limit,
                per_flow: -power.per_flow / limit,
                per_in: -power.per_in / limit,
                per_out: -power.per_out / limit,
                mode: Mode::Power,
            }
        });
        [Some(reach), power].into_iter().flatten().collect()
    }

    /// The configuration that does the work at the least energy.
    pub(crate) fn best_configuration(&self, at: &LinkPoint<'_>) -> Option<String> {
        if !works(at) {
            return None;
        }
        let point = self.piping.flanges(at);
        self.machines.as_ref().map(|m| m.best(&point))
    }

    /// Shaft power, W, of its machines or generic units, by the nodes' pressures.
    pub(crate) fn power_row(&self, at: &LinkPoint<'_>) -> Row {
        match &self.machines {
            Some(machines) if works(at) => self
                .piping
                .at_nodes(at, |at| row_of(machines.demand(at).power_w)),
            Some(_) => Row::default(),
            None => {
                let power = self.power_at_nodes(at);
                Row {
                    residual: power.value,
                    per_flow: power.per_flow,
                    per_in: power.per_in,
                    per_out: power.per_out,
                    mode: Mode::Passive,
                }
            }
        }
    }

    /// Shaft power with derivatives by the nodes' pressures.
    fn power_at_nodes(&self, at: &LinkPoint<'_>) -> Power {
        let row = self.piping.at_nodes(at, |at| {
            let power = self.power(at);
            Row {
                residual: power.value,
                per_flow: power.per_flow,
                per_in: power.per_in,
                per_out: power.per_out,
                mode: Mode::Passive,
            }
        });
        Power {
            value: row.residual,
            per_flow: row.per_flow,
            per_in: row.per_in,
            per_out: row.per_out,
        }
    }

    pub(crate) fn fuel(&self, at: &LinkPoint<'_>) -> Fuel {
        if self.state != StationState::Running {
            return Fuel::default();
        }
        if let Some(machines) = &self.machines {
            // Machines that bring nothing to the discharge, or are passed by, are shut down.
            if machines.ideal_share > 0.0 || !works(at) {
                return Fuel::default();
            }
            return self.fuel_of_machines(machines, at);
        }
        let power = self.power_at_nodes(at);
        let rate = if self.fuel_from_line {
            1.0 / self.work_per_fuel
        } else {
            0.0
        };
        Fuel {
            power_w: power.value,
            flow: power.value * rate,
            per_flow: power.per_flow * rate,
            per_in: power.per_in * rate,
            per_out: power.per_out * rate,
        }
    }

    /// Makes the machines ideal to a share; whether there are any.
    pub(super) fn idealise(&mut self, share: f64) -> bool {
        match &mut self.machines {
            Some(machines) => {
                machines.ideal_share = share;
                true
            }
            None => false,
        }
    }

    /// Takes a better configuration of the machines, if there is one; which one.
    pub(crate) fn reconfigure(&mut self, at: &LinkPoint<'_>) -> Option<String> {
        if self.state != StationState::Running || !works(at) {
            return None;
        }
        let point = self.piping.flanges(at);
        let machines = self.machines.as_mut()?;
        machines
            .reconfigure(&point)
            .then(|| machines.configuration().to_owned())
    }

    fn fuel_of_machines(&self, machines: &MachineLaw, at: &LinkPoint<'_>) -> Fuel {
        let mut power_w = 0.0;
        let energy = self.piping.at_nodes(at, |at| {
            let demand = machines.demand(at);
            power_w = demand.power_w.value;
            row_of(demand.gas_energy_w)
        });
        let rate = 1.0 / machines.heating_value;
        Fuel {
            power_w,
            flow: energy.residual * rate,
            per_flow: energy.per_flow * rate,
            per_in: energy.per_in * rate,
            per_out: energy.per_out * rate,
        }
    }

    pub(crate) fn signals(&self) -> Vec<&Signal> {
        [
            &self.discharge_pressure,
            &self.suction_pressure,
            &self.flow,
            &self.ratio,
            &self.power_max,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// s (P_max - P)/(∂P/∂p_out)/bar: the same limit where it is exceeded, with its slopes at the factor as
/// it stands. Power grows with the product of flow and rise in pressure, so Newton's method comes down
/// along it from any flow without overshooting; along the pressure, which is all but flat at large flows,
/// it would not. The share s keeps it below the slack of the bypass.
fn excess_power(power: Power, limit: f64) -> Row {
    const SHARE: f64 = 0.25;
    let scale = -SHARE / (power.per_out * BAR);
    Row {
        residual: (power.value - limit) * scale,
        per_flow: power.per_flow * scale,
        per_in: power.per_in * scale,
        per_out: -SHARE / BAR,
        mode: Mode::Power,
    }
}

/// (p_in + c₀ + c₁ Q + c₂ Q² - p_out)/bar with Q = q/ρ(p_in).
fn rise_slack(at: &LinkPoint<'_>, [c0, c1, c2]: [f64; 3]) -> Row {
    let (density, slope) = at.gas.density(at.pressure_in);
    let volume = at.flow / density;
    let per_volume = c1 + 2.0 * c2 * volume;
    Row {
        residual: (at.pressure_in + c0 + c1 * volume + c2 * volume * volume - at.pressure_out)
            / BAR,
        per_flow: (per_volume / density - DROOP) / BAR,
        per_in: (1.0 - per_volume * volume * slope / density) / BAR,
        per_out: -1.0 / BAR,
        mode: Mode::PressureRise,
    }
}

/// (κ-1)/κ at suction.
fn exponent_share(at: &LinkPoint<'_>) -> f64 {
    let exponent = at.gas.isentropic_exponent(at.pressure_in).0;
    (exponent - 1.0) / exponent
}

/// (r p_in - p_out)/bar.
pub(super) fn ratio_slack(at: &LinkPoint<'_>, ratio: f64, mode: Mode) -> Row {
    Row {
        residual: (ratio * at.pressure_in - at.pressure_out) / BAR,
        per_flow: -DROOP / BAR,
        per_in: ratio / BAR,
        per_out: -1.0 / BAR,
        mode,
    }
}
