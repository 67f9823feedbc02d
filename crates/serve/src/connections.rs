//! The bound on open connections: where there is no room for a new one, the oldest that asks nothing is closed, so that
//! idle connections, however many, keep nobody out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The open connections, at most so many.
pub struct Connections {
    most: usize,
    open: Mutex<BTreeMap<u64, Arc<State>>>,
    closed: Notify,
}

/// What is known of a connection.
#[derive(Default)]
struct State {
    /// Requests that are being answered.
    busy: AtomicUsize,
    /// Told when it is to be closed.
    close: Notify,
}

/// A connection that counts as open until this value is dropped.
pub struct Open {
    connections: Arc<Connections>,
    number: u64,
    state: Arc<State>,
}

/// A request that is being answered until this value is dropped.
pub struct Busy(Arc<State>);

impl Connections {
    /// No connections yet.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Connections { most, open: Mutex::default(), closed: Notify::new() })
    }

    /// Room for the connection with this number, which rises: there is, or the oldest idle connection is closed, or one
    /// ends by itself.
    pub async fn open(self: &Arc<Self>, number: u64) -> Open {
        loop {
            // Registered before looking, so that no end is missed.
            let closed = self.closed.notified();
            if let Some(state) = self.try_open(number) {
                return Open { connections: self.clone(), number, state };
            }
            closed.await;
        }
    }

    fn try_open(&self, number: u64) -> Option<Arc<State>> {
        let mut open = self.lock();
        if open.len() >= self.most {
            let idle = |state: &State| state.busy.load(Ordering::Acquire) == 0;
            let oldest = open.iter().find(|(_, state)| idle(state)).map(|(number, _)| *number)?;
            open.remove(&oldest)?.close.notify_one();
        }
        Some(open.entry(number).or_default().clone())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<State>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Counts a request.
    pub fn busy(&self) -> Busy {
        self.state.busy.fetch_add(1, Ordering::AcqRel);
        Busy(self.state.clone())
    }

    /// Ends when the connection is to be closed.
    pub async fn closing(&self) {
        self.state.close.notified().await;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.connections.lock().remove(&self.number);
        self.connections.closed.notify_waiters();
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::Connections;
    use std::time::Duration;

    #[tokio::test]
    async fn the_oldest_idle_connection_makes_room() {
        let connections = Connections::new(2);
        let (first, second) = (connections.open(0).await, connections.open(1).await);
        let request = first.busy();
        let third = connections.open(2).await;
        second.closing().await;
        let (_one, _other) = (request, third.busy());
        // All are busy: the next waits until one has ended.
        let waiting = tokio::time::timeout(Duration::from_millis(20), connections.open(3)).await;
        assert!(waiting.is_err());
        drop(first);
        connections.open(3).await;
    }
}
