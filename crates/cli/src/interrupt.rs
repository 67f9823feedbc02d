//! Ctrl-C and termination: nothing half-written stays behind, and what can end in order does.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The file that is being written beside its final name, and goes when the process ends at once.
static PART: Mutex<Option<PathBuf>> = Mutex::new(None);
/// Whether the command ends by itself when it sees [`STOP`].
static ENDS_ITSELF: AtomicBool = AtomicBool::new(false);
static STOP: AtomicBool = AtomicBool::new(false);

/// The code that shells give a process that was interrupted.
pub const INTERRUPTED: u8 = 130;
/// How long a command that ends by itself may take to do so.
const PATIENCE: Duration = Duration::from_secs(5);

/// From now on an interrupt removes `part` before it ends the process; `None` has it remove nothing.
pub fn remove_on_interrupt(part: Option<&Path>) {
    if let Ok(mut known) = PART.lock() {
        *known = part.map(Path::to_owned);
    }
    handle();
}

/// From now on an interrupt only asks the command to end, by [`is_interrupted`]; the second one, or the command's taking
/// too long, ends the process.
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
    // Without a handler the part stays behind, under a name that says what it is; that is no reason to stop.
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
