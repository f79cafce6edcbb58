//! The report of a run: one HTML page that needs no network.
//!
//! `html` puts together a head, one panel per question (`panel`), the data of the charts as
//! JSON (`data`), and the scripts and styles of `assets/`. Numbers carry their SI value beside
//! the text, so that the page can show them in other units without losing any.

mod data;
mod escape;
mod map;
mod number;
mod page;
mod panel;
mod route;
mod table;
mod units;
mod view;

pub use page::html;
