//! Ctrl-C and termination: no half-written file stays behind, and a command that can end in order does so.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use toponym::export::Output;

/// The temporary file that is being written, and that is removed when the process ends at once.
static PART: Mutex<Option<PathBuf>> = Mutex::new(None);
/// Whether the command ends by itself when it sees [`STOP`].
static ENDS_ITSELF: AtomicBool = AtomicBool::new(false);
static STOP: AtomicBool = AtomicBool::new(false);

/// The code that shells give a process that was interrupted.
pub const INTERRUPTED: u8 = 130;
/// The time that a command may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens an output, and makes an interrupt remove its temporary file before it ends the process. One that comes while the
/// file is opened waits until it is known.
///
/// # Errors
/// Those of [`Output::file`].
pub fn open_output(target: &Path) -> io::Result<Output> {
    handle();
    let mut part = PART.lock().unwrap_or_else(PoisonError::into_inner);
    let out = Output::file(target)?;
    *part = out.temporary_path().map(Path::to_owned);
    Ok(out)
}

/// Makes an interrupt leave the temporary file where it is.
pub fn keep_on_interrupt() {
    *PART.lock().unwrap_or_else(PoisonError::into_inner) = None;
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
    if let Some(part) = PART.lock().unwrap_or_else(PoisonError::into_inner).as_deref() {
        let _ = std::fs::remove_file(part);
    }
    std::process::exit(INTERRUPTED.into());
}
