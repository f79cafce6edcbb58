/// Density and viscosity along one temperature, as a table in pressure.
///
/// What is tabulated is the ratio density/pressure, in cubic Hermite pieces on equal intervals, so
/// an ideal gas, a constant Z and CNGA (linear in pressure) are exact and the limit of zero
/// pressure is regular. Beyond the last node the last piece is continued linearly.
#[derive(Debug, Clone)]
pub struct Isotherm {
    temperature_k: f64,
    step_pa: f64,
    /// Four coefficients per interval of (density/pressure) in the local coordinate 0..1.
    ratio: Vec<[f64; 4]>,
    /// Viscosity at the table's pressures, Pa s.
    viscosity: Vec<f64>,
    isentropic_exponent: Vec<f64>,
}

impl Isotherm {
    /// Builds the table from `node(pressure) -> (density/pressure, its pressure derivative,
    /// viscosity, isentropic exponent)` in kg/m3/Pa, kg/m3/Pa2, Pa s and -.
    pub(crate) fn tabulate<E>(
        temperature_k: f64,
        pressure_max_pa: f64,
        intervals: usize,
        mut node: impl FnMut(f64) -> Result<[f64; 4], E>,
    ) -> Result<Self, E> {
        let step_pa = pressure_max_pa / intervals as f64;
        let nodes = (0..=intervals)
            .map(|i| node(i as f64 * step_pa))
            .collect::<Result<Vec<_>, E>>()?;
        let ratio = nodes
            .windows(2)
            .map(|w| {
                let (y0, d0, y1, d1) = (w[0][0], w[0][1] * step_pa, w[1][0], w[1][1] * step_pa);
                [
                    y0,
                    d0,
                    3.0 * (y1 - y0) - 2.0 * d0 - d1,
                    2.0 * (y0 - y1) + d0 + d1,
                ]
            })
            .collect();
        Ok(Self {
            temperature_k,
            step_pa,
            ratio,
            viscosity: nodes.iter().map(|n| n[2]).collect(),
            isentropic_exponent: nodes.iter().map(|n| n[3]).collect(),
        })
    }

    /// The temperature of the table, K.
    pub fn temperature_k(&self) -> f64 {
        self.temperature_k
    }

    fn locate(&self, pressure_pa: f64) -> (usize, f64) {
        let x = pressure_pa / self.step_pa;
        let i = (x.max(0.0) as usize).min(self.ratio.len() - 1);
        (i, x - i as f64)
    }

    /// Density, kg/m3, and its derivative with pressure, kg/m3/Pa.
    #[inline]
    pub fn density(&self, pressure_pa: f64) -> (f64, f64) {
        let (i, x) = self.locate(pressure_pa);
        let [a, b, c, d] = self.ratio[i];
        let (w, slope) = if (0.0..=1.0).contains(&x) {
            (
                a + x * (b + x * (c + x * d)),
                (b + x * (2.0 * c + x * 3.0 * d)) / self.step_pa,
            )
        } else {
            let (at, slope) = if x < 0.0 {
                (a, b)
            } else {
                (a + b + c + d, b + 2.0 * c + 3.0 * d)
            };
            let beyond = if x < 0.0 { x } else { x - 1.0 };
            (at + slope * beyond, slope / self.step_pa)
        };
        (pressure_pa * w, w + pressure_pa * slope)
    }

    /// Dynamic viscosity, Pa s, and its derivative with pressure, s.
    #[inline]
    pub fn viscosity(&self, pressure_pa: f64) -> (f64, f64) {
        self.linear(&self.viscosity, pressure_pa)
    }

    /// Isentropic exponent of the real gas, -, and its derivative with pressure, 1/Pa.
    #[inline]
    pub fn isentropic_exponent(&self, pressure_pa: f64) -> (f64, f64) {
        self.linear(&self.isentropic_exponent, pressure_pa)
    }

    #[inline]
    fn linear(&self, table: &[f64], pressure_pa: f64) -> (f64, f64) {
        let (i, x) = self.locate(pressure_pa);
        let rise = table[i + 1] - table[i];
        if (0.0..=1.0).contains(&x) {
            (table[i] + rise * x, rise / self.step_pa)
        } else {
            (if x < 0.0 { table[i] } else { table[i + 1] }, 0.0)
        }
    }
}
