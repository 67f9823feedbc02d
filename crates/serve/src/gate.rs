//! The bound on the requests that are answered at once, and on those that wait.

use crate::problem::Problem;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lets some requests in, has some wait, and refuses the rest.
pub struct Gate {
    /// The requests that may be answered now.
    jobs: std::sync::Arc<Semaphore>,
    /// The requests that may hold a body in memory: those answered and those that wait.
    places: std::sync::Arc<Semaphore>,
    patience: Duration,
}

impl Gate {
    /// A gate for `jobs` requests at once and `queue` that wait for at most `patience`.
    pub fn new(jobs: usize, queue: usize, patience: Duration) -> Self {
        let places = Semaphore::new((jobs + queue).min(Semaphore::MAX_PERMITS));
        Gate { jobs: Semaphore::new(jobs).into(), places: places.into(), patience }
    }

    /// A place in the queue, which is to be held for as long as the request is in memory.
    ///
    /// # Errors
    /// 429 when there is none.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.places.clone().try_acquire_owned().map_err(|_| busy())
    }

    /// Runs `work` on a thread of its own when its turn has come. A panic is an error of this request alone.
    ///
    /// # Errors
    /// 429 when its turn does not come in time, 500 on a panic.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let turn = tokio::time::timeout(self.patience, self.jobs.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(busy()) };
        let working = tokio::task::spawn_blocking(move || {
            // A client that goes away does not make room before the work is done.
            let _turn = turn;
            work()
        });
        working.await.map_err(|_| {
            let detail = "the program failed on this document; please report it with the document";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
        })
    }
}

fn busy() -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "all places are taken; try again after the seconds of Retry-After")
}

#[cfg(test)]
mod tests {
    use super::Gate;
    use std::time::Duration;

    #[tokio::test]
    async fn what_finds_no_place_is_refused_and_a_panic_frees_its_own() {
        let gate = Gate::new(1, 1, Duration::from_secs(60));
        let (first, second) = (gate.enter(), gate.enter());
        assert!(first.is_ok() && second.is_ok() && gate.enter().is_err());
        drop(first);
        assert!(gate.enter().is_ok());
        assert!(gate.run(|| panic!("on purpose")).await.is_err());
        assert_eq!(gate.run(|| 7).await.ok(), Some(7));
    }
}
