//! Ctrl-C and termination: nothing half-written stays behind.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The file that is being written beside its final name.
static PART: Mutex<Option<PathBuf>> = Mutex::new(None);

/// From now on an interrupt removes `part` before it ends the process with the code that shells give it, 130.
pub fn remove_on_interrupt(part: Option<&Path>) {
    let Ok(mut known) = PART.lock() else { return };
    let first = known.is_none();
    *known = part.map(Path::to_owned);
    if first && known.is_some() {
        // Without a handler the part stays behind, under a name that says what it is; that is no reason to stop.
        let _ = ctrlc::set_handler(|| {
            if let Ok(Some(part)) = PART.lock().map(|part| part.clone()) {
                let _ = std::fs::remove_file(part);
            }
            std::process::exit(130);
        });
    }
}
