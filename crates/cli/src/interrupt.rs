//! Ctrl-C and termination: no half-written file stays behind, and a command that can end in order does so.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The temporary file that is being written, and that is removed when the process ends at once.
static PART: Mutex<Option<PathBuf>> = Mutex::new(None);
/// Whether the command ends by itself when it sees [`STOP`].
static ENDS_ITSELF: AtomicBool = AtomicBool::new(false);
static STOP: AtomicBool = AtomicBool::new(false);

/// The code that shells give a process that was interrupted.
pub const INTERRUPTED: u8 = 130;
/// The time that a command may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes an interrupt remove `part` before it ends the process; `None` makes it remove nothing.
pub fn remove_on_interrupt(part: Option<&Path>) {
    if let Ok(mut known) = PART.lock() {
        *known = part.map(Path::to_owned);
    }
    handle();
}

/// Makes an interrupt ask the command to end, by [`is_interrupted`]. A second one ends the process, and so does a
/// command that takes too long.
pub fn end_in_order() {
    ENDS_ITSELF.store(true, Ordering::Relaxed);
    handle();
}

/// Whether the command has been asked to end.
pub fn is_interrupted() -> bool {
    STOP.load(Ordering::Relaxed)
}

fn handle() {
    static HANDLED: AtomicBool = AtomicBool::new(false);
    if HANDLED.swap(true, Ordering::Relaxed) {
        return;
    }
    // Without a handler the temporary file may stay behind, under a telling name; that is no reason to stop.
    let _ = ctrlc::set_handler(|| {
        if ENDS_ITSELF.load(Ordering::Relaxed) && !STOP.swap(true, Ordering::Relaxed) {
            std::thread::spawn(|| {
                std::thread::sleep(PATIENCE);
                end();
            });
        } else {
            end();
        }
    });
}

fn end() {
    if let Ok(Some(part)) = PART.lock().map(|part| part.clone()) {
        let _ = std::fs::remove_file(part);
    }
    std::process::exit(INTERRUPTED.into());
}
