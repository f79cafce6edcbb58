/// Machines that cannot be run: what is wrong, machine by machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantError {
    /// All that is wrong.
    pub faults: Vec<Fault>,
}

/// What is wrong with a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its kind and identifier: `compressor "C1"`.
    pub machine: String,
    /// What is wrong with it.
    pub what: String,
}

impl std::fmt::Display for PlantError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, fault) in self.faults.iter().enumerate() {
            let separator = if i == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", fault.machine, fault.what)?;
        }
        Ok(())
    }
}

impl std::error::Error for PlantError {}
