//! Waiting for other threads, without the interpreter's lock.

use crate::errors::DocumentError;
use pyo3::{PyResult, Python};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The time after which signals are looked for.
const SIGNALS_EVERY: Duration = Duration::from_millis(50);

/// An answer that another thread will give. The mutex is never locked: it makes the receiver one that threads may share.
pub struct Awaited<T>(Mutex<Receiver<T>>);

impl<T: Send> Awaited<T> {
    /// What gives the answer, and the answer.
    pub fn new() -> (SyncSender<T>, Self) {
        let (to, answer) = sync_channel(1);
        (to, Awaited(Mutex::new(answer)))
    }

    /// The answer, if it is there.
    pub fn now(&mut self) -> Option<T> {
        self.receiver().try_recv().ok()
    }

    /// Waits for the answer without the interpreter's lock.
    ///
    /// # Errors
    /// What a signal handler raises, such as `KeyboardInterrupt`; when the thread that should answer has ended.
    pub fn wait(&mut self, py: Python<'_>) -> PyResult<T> {
        loop {
            match py.detach(|| self.receiver().recv_timeout(SIGNALS_EVERY)) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(DocumentError::new_err("the thread that should answer has ended; please report it"));
                }
            }
        }
    }

    fn receiver(&mut self) -> &mut Receiver<T> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}
