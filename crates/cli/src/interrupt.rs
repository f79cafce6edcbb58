use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
const INTERRUPTED: i32 = 130;

/// From now on the first Ctrl-C asks for a stop, and the second one ends the program at once.
pub(crate) fn listen() {
    // Without a handler Ctrl-C ends the program, which is what remains when none can be set.
    ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
    })
    .ok();
}

/// Whether a stop was asked for.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
