/// What holds a compressor back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// The highest speed.
    SpeedMax,
    /// The lowest speed: with less head the unit throttles, with less flow a piston recycles.
    SpeedMin,
    /// The surge line: with less flow the unit recycles.
    Surge,
    /// The choke line: no more flow passes.
    Choke,
    /// The largest power of the drive.
    Power,
    /// The largest torque on the shaft.
    Torque,
    /// The largest pressure ratio.
    Ratio,
}

impl Limit {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::SpeedMax => "highest speed",
            Self::SpeedMin => "lowest speed",
            Self::Surge => "surge line",
            Self::Choke => "choke line",
            Self::Power => "drive power",
            Self::Torque => "torque",
            Self::Ratio => "pressure ratio",
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
