use crate::console::Console;
use crate::interrupt;
use indicatif::{ProgressBar, ProgressStyle};
use linepack_flow::Observer;
use linepack_flow::ensemble::Watcher;
use std::time::Duration;

const TEMPLATE: &str = "{bar:30} {percent:>3} %, {eta} left";
/// Steps of the bar.
const LENGTH: u64 = 1000;

/// Shows how far a run is, on a terminal, and stops it when Ctrl-C was pressed.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(crate) fn new(console: &Console) -> Self {
        let bar = match console.shows_progress() {
            true => ProgressBar::new(LENGTH),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for Progress {
    fn progress(&mut self, time_s: f64, end_s: f64) {
        let share = if end_s > 0.0 {
            (time_s / end_s).clamp(0.0, 1.0)
        } else {
            1.0
        };
        self.bar.set_position((share * LENGTH as f64) as u64);
    }

    fn stop(&mut self) -> bool {
        interrupt::asked()
    }
}

const MEMBERS: &str = "{bar:30} {pos} of {len} members, {eta} left";

/// Shows how many members of an ensemble are done, and stops it when Ctrl-C was pressed.
pub(crate) struct Members {
    bar: ProgressBar,
}

impl Members {
    pub(crate) fn new(console: &Console, members: u64) -> Self {
        let bar = match console.shows_progress() {
            true => ProgressBar::new(members),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) = ProgressStyle::with_template(MEMBERS) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// One more is done.
    pub(crate) fn told(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Members {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Watcher for Members {
    fn stop(&self) -> bool {
        interrupt::asked()
    }
}
