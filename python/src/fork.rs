//! Forks wait until no thread answers a document, so that a child has no lock that nobody will release.

use pyo3::pyfunction;
use std::cell::RefCell;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

static ANSWERING: RwLock<()> = RwLock::new(());

thread_local! {
    static FORKING: RefCell<Option<RwLockWriteGuard<'static, ()>>> = const { RefCell::new(None) };
}

/// Keeps forks off while a thread answers a document. Who holds it must not wait for the interpreter's lock.
pub fn keep_off() -> RwLockReadGuard<'static, ()> {
    ANSWERING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until no document is being answered, and lets none begin.
#[pyfunction]
pub fn before_fork() {
    let guard = ANSWERING.write().unwrap_or_else(PoisonError::into_inner);
    FORKING.with_borrow_mut(|forking| *forking = Some(guard));
}

/// Lets documents be answered again, in the parent and in the child.
#[pyfunction]
pub fn after_fork() {
    FORKING.with_borrow_mut(Option::take);
}
