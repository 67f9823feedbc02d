//! The documents that have been read and wait for a thread that answers them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use toponym::document::Pending;

/// Greatest number of documents that a thread takes at once: enough to make the cost of passing them negligible.
const CHUNK_DOCUMENTS: usize = 64;
/// Greatest number of bytes that a thread takes at once, but for the last document.
const CHUNK_BYTES: u64 = 128 << 10;

/// At most one chunk of documents. A thread that has nothing to do takes what is there; while all are busy, the chunk fills.
#[derive(Default)]
pub struct Queue {
    state: Mutex<State>,
    /// Told when there is something to take, and at the end.
    filled: Condvar,
    /// Told when there is room, and when nobody takes more.
    taken: Condvar,
}

#[derive(Default)]
struct State {
    chunk: Vec<Pending>,
    bytes: u64,
    /// Nothing is added any more.
    is_ended: bool,
    /// Nothing is taken any more.
    is_closed: bool,
}

impl State {
    fn is_full(&self) -> bool {
        self.chunk.len() >= CHUNK_DOCUMENTS || self.bytes >= CHUNK_BYTES
    }
}

impl Queue {
    /// Adds a document as soon as there is room. Returns whether more are wanted.
    pub fn add(&self, pending: Pending) -> bool {
        let state = self.lock();
        let full = |state: &mut State| state.is_full() && !state.is_closed;
        let mut state = self.taken.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.bytes += pending.bytes();
        state.chunk.push(pending);
        self.filled.notify_one();
        !state.is_closed
    }

    /// Takes the documents that are there, as soon as there is one, with what `promise` returns while no other thread can take any;
    /// `None` at the end, or if that returns `None`.
    pub fn take<P>(&self, promise: impl FnOnce() -> Option<P>) -> Option<(Vec<Pending>, P)> {
        let empty = |state: &mut State| state.chunk.is_empty() && !state.is_ended && !state.is_closed;
        let mut state = self.filled.wait_while(self.lock(), empty).unwrap_or_else(PoisonError::into_inner);
        if state.chunk.is_empty() || state.is_closed {
            return None;
        }
        let promise = promise()?;
        state.bytes = 0;
        let chunk = std::mem::take(&mut state.chunk);
        self.taken.notify_one();
        Some((chunk, promise))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says, when it is dropped, that no document will be added to a queue.
pub struct Ended<'q>(pub &'q Queue);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.lock().is_ended = true;
        self.0.filled.notify_all();
    }
}

/// Closes a queue when it is dropped: nothing is taken any more.
pub struct Closed<'q>(pub &'q Queue);

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        self.0.lock().is_closed = true;
        self.0.taken.notify_all();
        self.0.filled.notify_all();
    }
}
