//! Threads that do work which is given to them, and whose answers are waited for.

use crate::fork;
use crate::wait::Awaited;
use pyo3::{PyResult, Python};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::sync::{Arc, Mutex};

/// Bytes of a thread's stack: as much as the main thread has.
const STACK: usize = 8 << 20;

/// Threads that turn jobs into answers. When it is dropped, they finish what they have begun and end; nobody waits for
/// them, so that an interrupt has its effect at once.
pub struct Pool<J, A> {
    work: Sender<(J, SyncSender<A>)>,
    cancelled: Arc<AtomicBool>,
}

impl<J: Send + 'static, A: Send + 'static> Pool<J, A> {
    /// Starts `threads`, at least one. `answer` must not wait for the interpreter's lock; its second argument says whether
    /// nobody wants the answer any more.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn new(threads: usize, answer: impl Fn(J, &AtomicBool) -> A + Send + Sync + 'static) -> std::io::Result<Self> {
        let (work, jobs) = channel::<(J, SyncSender<A>)>();
        let (jobs, answer) = (Arc::new(Mutex::new(jobs)), Arc::new(answer));
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut started = 0;
        for _ in 0..threads {
            let (jobs, answer, cancelled) = (Arc::clone(&jobs), Arc::clone(&answer), Arc::clone(&cancelled));
            let work = move || {
                let next =
                    || jobs.lock().ok().and_then(|jobs: std::sync::MutexGuard<'_, Receiver<_>>| jobs.recv().ok());
                while let Some((job, to)) = next() {
                    if cancelled.load(Ordering::Relaxed) {
                        return;
                    }
                    // Nobody waits for the answer when the run has ended early.
                    let _ = to.send(answer(job, &cancelled));
                }
            };
            match std::thread::Builder::new().stack_size(STACK).spawn(work) {
                Ok(_) => started += 1,
                // A system that has no more threads has enough of them for the work to go on.
                Err(_) if started > 0 => break,
                Err(error) => return Err(error),
            }
        }
        Ok(Pool { work, cancelled })
    }

    /// Gives a job to the next free thread; returns the answer to come.
    pub fn give(&self, job: J) -> Awaited<A> {
        let (to, answer) = Awaited::new();
        // Without a thread, who waits is told that there is no answer.
        let _ = self.work.send((job, to));
        answer
    }
}

impl<J, A> Drop for Pool<J, A> {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// The number of threads asked for, or that of the processors that this process may use.
///
/// # Errors
/// When it is 0 or too great.
pub fn threads(jobs: Option<i64>) -> PyResult<usize> {
    /// The most threads that are started.
    const MOST: i64 = 1024;
    match jobs {
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        Some(jobs @ 1..=MOST) => Ok(jobs as usize),
        Some(_) => Err(crate::errors::OptionError::new_err(format!("jobs: give a whole number from 1 to {MOST}"))),
    }
}

thread_local! {
    static ANSWERING: Cell<bool> = const { Cell::new(false) };
}

/// The answer to a document, or why the program failed on it. Forks wait for it.
pub fn guarded<T>(answer: impl FnOnce() -> T) -> Result<T, String> {
    let _kept = fork::keep_off();
    ANSWERING.set(true);
    let answered = catch_unwind(AssertUnwindSafe(answer));
    ANSWERING.set(false);
    answered.map_err(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let what = what.unwrap_or("it does not say why");
        format!("the program failed on it: {what}; please report it with the document")
    })
}

/// Does something without the interpreter's lock. Forks wait for it.
pub fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(|| {
        let _kept = fork::keep_off();
        work()
    })
}

/// The same as [`guarded`] on a thread of its own if the text is long, so that an interrupt need not wait for it.
///
/// # Errors
/// What a signal handler raises.
pub fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    bytes: usize,
    answer: impl FnOnce() -> T + Send + 'static,
) -> PyResult<Result<T, String>> {
    /// The length above which a text takes longer than an interrupt should wait.
    const LONG: usize = 1 << 18;
    if bytes < LONG {
        return Ok(py.detach(|| guarded(answer)));
    }
    let (to, mut answered) = Awaited::new();
    std::thread::Builder::new().stack_size(STACK).spawn(move || to.send(guarded(answer)))?;
    answered.wait(py)
}

/// Keeps panics off standard error that are caught and reported.
pub fn quiet_caught_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !ANSWERING.get() && !toponym::gazetteer::is_searching() {
            usual(panic);
        }
    }));
}
