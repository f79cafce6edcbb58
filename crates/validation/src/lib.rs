//! Model checks against foreign results, and the pages that show them.
//!
//! Each module of a source makes a [`Section`]: what was read, solved and compared. [`pages`] writes
//! them; `tests/pages.rs` compares the pages in `docs/validation` with what is made now, and rewrites
//! them with `LINEPACK_UPDATE=1`. Nothing else depends on this crate.

mod catalogue;
mod comparison;
mod data;
mod hydrogen;
mod lanl;
mod long_line;
mod machines;
mod number;
mod osiadacz;
mod page;
mod plot;
mod robustness;
mod solve;
mod stanet;
mod steady;
mod table;
mod transients;

pub use comparison::{Comparison, Point, Section};
pub use data::{Outcome, folder as data_folder};
pub use hydrogen::hydrogen;
pub use long_line::{
    Deviations, LongLine, Unknown, heading as long_line_heading, long_line, long_line_day,
    page as long_line_page,
};
pub use page::{File, folder, pages, sections};
pub use robustness::{
    NETWORKS, Network, Share, heading as robustness_heading, page as robustness_page, share,
};
pub use steady::{heading as steady_heading, page as steady_page};
pub use transients::{
    Transients, heading as transients_heading, page as transients_page, transients,
};
