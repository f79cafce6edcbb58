//! Writes the report of a made-up run to the path given: `cargo run -p linepack-report --example made_up -- out.html`.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let case = support::case();
    let solution = support::solution(&case);
    let stages = support::stages(&case);
    let page = linepack_report::html(&case, &solution, &stages, &support::manifest());
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "report.html".into());
    std::fs::write(path, page)
}
