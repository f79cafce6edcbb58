//! Writes `docs/validation/robustness.md`, anew after each network.
//!
//! `cargo run -p linepack-validation --example robustness --release -- [PATTERNS [NETWORK...]]`

#![expect(clippy::print_stderr, reason = "says what it is at")]

use linepack_validation::{NETWORKS, folder, robustness_page, share};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let patterns = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(500);
    let wanted: Vec<String> = arguments.collect();
    let file = folder().join("robustness.md");
    let mut shares = Vec::new();
    for network in NETWORKS {
        if wanted.is_empty() || wanted.iter().any(|w| w == network.0) {
            eprintln!("{} ...", network.0);
            shares.push((network.0, share(network, patterns)));
            std::fs::write(&file, robustness_page(&shares))?;
        }
    }
    eprintln!("{}", file.display());
    Ok(())
}
