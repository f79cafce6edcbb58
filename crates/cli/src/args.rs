use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 a file could not be written; 2 usage; 10 input invalid; 20 not solved;
21 solved, but a limit is violated and --strict was given; 130 interrupted.
NO_COLOR=1 switches colours off.";

/// Simulates gas transmission systems: lines, compressor stations and networks.
#[derive(Debug, Parser)]
#[command(name = "linepack", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) messages: Messages,
}

/// What is said, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub(crate) struct Messages {
    /// Print one JSON document on stdout in place of text for people
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print no messages but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print more: all events and violations, settings, assumptions
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List everything wrong with a case, at once
    Check(Check),
    /// Solve the steady state
    Steady(Steady),
    /// Solve the steady state, then the scenario over time, and write a report
    Run(Run),
    /// Read a case in one format and write it in another
    Convert(Convert),
    /// Write the report of a run anew
    Report(Report),
    /// Compare two runs or two cases
    Diff(Diff),
    /// Print the properties of a gas
    Gas(Gas),
    /// Find set-points and states with which everything asked is delivered within all limits
    Optimize(Optimize),
    /// Run many scenarios of one case
    Study(Study),
    /// Time reading, building and solving a case, again and again in one process, and the solver's kernel
    Bench(Bench),
    /// Tell the longer story of a code such as LP0204
    Explain(Explain),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// Which part of a case is meant.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct Selecting {
    /// Scenario to use [default: the case's]
    #[arg(long, value_name = "NAME")]
    pub(crate) scenario: Option<String>,
    /// Stage of the build-out to use [default: the case's]
    #[arg(long, value_name = "NAME")]
    pub(crate) stage: Option<String>,
    /// Use the elements that are in service on this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Change a value for this time, such as cs-2.state=closed or settings.cell_length="1 km"
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub(crate) set: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) beside: Beside,
}

/// Files of a case in a foreign format; those not named are looked for beside it.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Files of foreign cases")]
pub(crate) struct Beside {
    /// GasLib scenario
    #[arg(long, value_name = "FILE")]
    pub(crate) scn: Option<PathBuf>,
    /// GasLib compressor stations
    #[arg(long, value_name = "FILE")]
    pub(crate) cs: Option<PathBuf>,
    /// GasLib combined decisions
    #[arg(long, value_name = "FILE")]
    pub(crate) cdf: Option<PathBuf>,
    /// MORGEN scenario
    #[arg(long, value_name = "FILE")]
    pub(crate) ini: Option<PathBuf>,
    /// Time series (CSV) of a MATGAS case
    #[arg(long, value_name = "FILE")]
    pub(crate) series: Option<PathBuf>,
}

/// How to solve, and what to do with the result.
#[derive(Debug, Args)]
pub(crate) struct Solving {
    /// Worker threads [default: as many as pay off]; results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) threads: Option<u32>,
    /// Exit with 21 when a limit is violated
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write the tables in these formats too, beside Parquet
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
    pub(crate) format: Vec<Format>,
    /// Put the new run in the place of the earlier one that --out names
    #[arg(long, requires = "out")]
    pub(crate) replace: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Always written
    Parquet,
    /// nodes.csv, edges.csv, ... with units in the headers
    Csv,
    /// solution.nc, NetCDF-3 classic
    Netcdf,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Case: a folder with case.toml, the file, or a network in a foreign format
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
}

#[derive(Debug, Args)]
pub(crate) struct Steady {
    /// Case: a folder with case.toml, the file, or a network in a foreign format
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    #[command(flatten)]
    pub(crate) solving: Solving,
    /// Write a run folder here [default: write nothing]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Case: a folder with case.toml, the file, or a network in a foreign format
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    #[command(flatten)]
    pub(crate) solving: Solving,
    /// Write the run folder here [default: a new folder under runs/]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Start from a snapshot, or from the end of the run in a run folder
    #[arg(long, value_name = "SNAPSHOT")]
    pub(crate) from: Option<PathBuf>,
    /// End at this time since the start ("6 h"), or at this instant (2026-01-01T12:00:00Z)
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Measure the error of time steps and mesh by two further, finer runs: about six times the work
    #[arg(long, conflicts_with = "from")]
    pub(crate) verify: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Study {
    #[command(subcommand)]
    pub(crate) kind: StudyKind,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StudyKind {
    /// Run members that differ at random, or as a table says, and tell quantiles of the results
    Ensemble(Ensemble),
}

#[derive(Debug, Args)]
pub(crate) struct Ensemble {
    /// Case: a folder with case.toml, the file, or a network in a foreign format
    pub(crate) case: PathBuf,
    /// What differs from member to member [default: ensemble.toml beside the case]
    pub(crate) ensemble: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    #[command(flatten)]
    pub(crate) solving: Solving,
    /// Number of members [default: the ensemble's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub(crate) members: Option<u64>,
    /// What all draws follow from [default: the ensemble's]
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub(crate) seed: Option<u64>,
    /// Run this member alone, and write a run folder with its report
    #[arg(long, value_name = "K", conflicts_with = "members")]
    pub(crate) only: Option<u64>,
    /// Write the folder here [default: a new folder under runs/]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Optimize {
    /// Case: a folder with case.toml, the file, or a network in a foreign format
    pub(crate) case: PathBuf,
    /// What is looked for
    #[arg(long, value_enum, default_value = "feasible")]
    pub(crate) objective: Aim,
    /// The off-take that is to take most, with --objective throughput
    #[arg(long, value_name = "OFF-TAKE")]
    pub(crate) at: Option<String>,
    /// How stations are limited
    #[arg(long, value_enum, default_value = "maps")]
    pub(crate) stations: StationLaw,
    /// Price of a kilogram of gas that drives burn, with --objective cost
    #[arg(long, value_name = "PRICE")]
    pub(crate) gas_price: Option<f64>,
    /// Price of a kilowatt-hour of other drives, with --objective cost
    #[arg(long, value_name = "PRICE")]
    pub(crate) power_price: Option<f64>,
    /// Write the case with the operating point here (.toml)
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Aim {
    /// Any operating point within all limits
    Feasible,
    /// Least gas burnt by drives
    Fuel,
    /// Least shaft power
    Power,
    /// Least cost of gas burnt and of electric power
    Cost,
    /// Most gas to one off-take
    Throughput,
    /// The smallest violation of limits
    Slack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StationLaw {
    /// By the maps of their machines, or their ratio and power
    Maps,
    /// By their largest pressure ratio alone, without fuel
    Ratio,
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// Case to read
    pub(crate) input: PathBuf,
    /// File or folder to write; its name says the format: a folder or .toml (linepack), .net (GasLib), .m (MATGAS),
    /// .json (LANL JSON), .geojson
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Run folder
    pub(crate) run: PathBuf,
    /// Write the page here [default: report.html in the run folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Run folder or case
    pub(crate) a: PathBuf,
    /// Run folder or case
    pub(crate) b: PathBuf,
    /// List all differences, not only the largest
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
}

#[derive(Debug, Args)]
pub(crate) struct Gas {
    /// A case, a file that lists components, or methane=0.9,ethane=0.1
    pub(crate) composition: String,
    /// Pressure, such as "70 bara"
    #[arg(long)]
    pub(crate) pressure: String,
    /// Temperature, such as "15 degC"
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) temperature: String,
    /// Equation of state [default: the case's, or gerg2008]
    #[arg(long, value_enum)]
    pub(crate) equation: Option<Equation>,
    /// Limits of gas quality to hold it to
    #[arg(long, value_enum, default_value = "en_16726")]
    pub(crate) limits: Limits,
    /// Write a page with the phase envelope and the charts of Z and Joule-Thomson coefficient
    #[arg(long, value_name = "FILE")]
    pub(crate) page: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Limits {
    /// EN 16726, group H
    #[value(name = "en_16726")]
    En16726,
    /// EASEE-gas CBP 2005-001/02
    #[value(name = "easee_gas")]
    EaseeGas,
    /// Gas Safety (Management) Regulations, from April 2025
    #[value(name = "great_britain")]
    GreatBritain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Equation {
    /// GERG-2008, ISO 20765-2
    Gerg2008,
    /// AGA 8 DETAIL, ISO 20765-1
    Detail,
    /// Peng and Robinson
    #[value(name = "peng_robinson")]
    PengRobinson,
    /// Soave, Redlich and Kwong
    #[value(name = "soave_redlich_kwong")]
    SoaveRedlichKwong,
    /// SGERG-88, ISO 12213-3
    Sgerg88,
    /// AGA 8 GROSS, method 1
    #[value(name = "gross_method_1")]
    GrossMethod1,
    /// AGA 8 GROSS, method 2
    #[value(name = "gross_method_2")]
    GrossMethod2,
    /// Papay 1968
    Papay,
    /// AGA NX-19
    #[value(name = "aga_nx19")]
    AgaNx19,
    /// California Natural Gas Association
    Cnga,
    /// Z = 1
    Ideal,
}

#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Case: a folder with case.toml, the file, or a network in a foreign format
    #[arg(required_unless_present = "scaling")]
    pub(crate) case: Option<PathBuf>,
    /// In place of a case: a day on networks of 1,000 cells and ten times as many until the largest
    #[arg(long, value_name = "LARGEST", num_args = 0..=1, default_missing_value = "100000",
          conflicts_with_all = ["case", "steady"], value_parser = clap::value_parser!(u32).range(1000..=10_000_000))]
    pub(crate) scaling: Option<u32>,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    /// How often each is timed
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) repeat: u32,
    /// Leave the scenario over time out
    #[arg(long)]
    pub(crate) steady: bool,
    /// Worker threads [default: as many as pay off]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) threads: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Code, such as LP0204
    pub(crate) code: String,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Shell
    pub(crate) shell: Shell,
}

/// `path=value`.
fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() && !value.trim().is_empty() => {
            Ok((path.trim().into(), value.trim().into()))
        }
        _ => Err("expected PATH=VALUE, such as cs-2.state=closed".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_assignment_has_a_path_and_a_value() {
        assert_eq!(assignment("a.b = 1=2"), Ok(("a.b".into(), "1=2".into())));
        assert!(assignment("a.b").is_err());
        assert!(assignment("=3").is_err());
    }
}
