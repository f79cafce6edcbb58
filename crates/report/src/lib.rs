//! The report of a run: one HTML page that needs no network.
//!
//! `html` puts together a head, one panel per question (`panel`), the data of the charts as
//! JSON (`data`), and the scripts and styles of `assets/`. Numbers carry their SI value beside
//! the text, so that the page can show them in other units without losing any. `gas_html` is the
//! page of a gas alone, without scripts.

mod data;
mod escape;
mod gas_page;
mod map;
mod number;
mod page;
mod panel;
mod route;
mod table;
mod units;
mod view;

pub use gas_page::{GasPage, gas_html};
pub use page::html;
