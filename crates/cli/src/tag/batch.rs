//! Documents on all cores, answers in the order of the documents.

use super::super::interrupt;
use super::queue::{Closed, Ended, Queue};
use serde::Serialize;
use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::Scope;
use toponym::document::{Document, DocumentError, Documents, Pending};

/// Why a document has no answer.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// The input, or the document's id if it could be read.
    pub input: String,
    /// Its line or record in the input, from 1.
    pub line: Option<usize>,
    /// What is wrong, and what to do about it.
    pub reason: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.input, self.reason),
            None => write!(f, "{}: {}", self.input, self.reason),
        }
    }
}

impl From<DocumentError> for Failure {
    fn from(error: DocumentError) -> Self {
        let (input, line) = (error.input().to_owned(), error.line());
        let message = error.to_string();
        // The message begins with input and line, which have fields of their own.
        let place = line.map_or_else(|| format!("{input}: "), |line| format!("{input}:{line}: "));
        let reason = message.strip_prefix(&place).unwrap_or(&message).to_owned();
        Failure { input, line, reason }
    }
}

/// Chunks a job that may be in work or wait for an earlier one: enough for the other threads to stay busy while one
/// chunk takes long.
const CHUNKS_WAITING: usize = 16;

/// Bytes of the stack of a thread, of which the system gives what is used.
const STACK: usize = 16 << 20;

type Answers<T> = Vec<Result<T, Failure>>;

/// Reads documents in one thread, answers them in `jobs` others, and calls `take` with the answers in the order of the
/// documents, some at a time, and with whether more answers are there already. Documents are answered as they come: none waits for
/// another to be read. The number of waiting answers is bounded. On an interrupt it finishes what was begun and ends.
///
/// # Errors
/// The first error of `take`, the remaining documents are not read; when no thread can be started.
pub fn run<T: Send, E: From<io::Error>>(
    documents: impl FnOnce() -> Documents + Send,
    answer: impl Fn(Document) -> Result<T, Failure> + Sync,
    jobs: usize,
    mut take: impl FnMut(Answers<T>, bool) -> Result<(), E>,
) -> Result<(), E> {
    let queue = Queue::default();
    std::thread::scope(|scope| {
        // However this ends, the reader must not wait for workers that are no more.
        let _closed = Closed(&queue);
        // The promises of answers stand in the order of the documents: a worker makes one while it holds the queue.
        let (promise, promises) = sync_channel::<Receiver<Answers<T>>>(CHUNKS_WAITING * jobs);
        let (queue, answer) = (&queue, &answer);
        let reader = move || {
            // However reading ends, the workers must not wait for more.
            let _ended = Ended(queue);
            // A panic of a reader is an error of its input.
            ANSWERING.set(true);
            let mut documents = documents().take_while(|_| !interrupt::is_interrupted());
            while documents.next().is_some_and(|pending| queue.add(pending)) {}
        };
        let mut workers = 0;
        for _ in 0..jobs {
            let promise = promise.clone();
            let worker = move || {
                let promised = || {
                    let (answers, promised) = sync_channel(1);
                    promise.send(promised).is_ok().then_some(answers)
                };
                while let Some((chunk, answers)) = queue.take(promised) {
                    let done = chunk.into_iter().map(|pending| guarded(pending, answer)).collect();
                    // The receiver is gone when the run has ended early.
                    let _ = answers.send(done);
                }
            };
            // A system that has no more threads has enough of them for the work to go on.
            workers += usize::from(spawn(scope, worker).is_ok());
        }
        drop(promise);
        if workers == 0 || spawn(scope, reader).is_err() {
            return Err(io::Error::other("the system starts no thread; free some memory or raise its limits").into());
        }
        let (mut promised, mut ready) = (None, None);
        loop {
            if ready.is_none() {
                let Some(next) = promised.take().or_else(|| promises.recv().ok()) else { return Ok(()) };
                ready = next.recv().ok();
            }
            let Some(answers) = ready.take() else { continue };
            promised = promises.try_recv().ok();
            ready = promised.as_ref().and_then(|next| next.try_recv().ok());
            if ready.is_some() {
                promised = None;
            }
            take(answers, ready.is_some())?;
        }
    })
}

/// Starts a thread with a stack that all depths that readers allow fit into.
fn spawn<'s>(scope: &'s Scope<'s, '_>, work: impl FnOnce() + Send + 's) -> io::Result<()> {
    std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map(drop)
}

thread_local! {
    static ANSWERING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is answering a document: a panic is then reported as that document's failure.
pub fn is_answering() -> bool {
    ANSWERING.get()
}

/// The answer to a document; a panic is a failure of that document alone.
fn guarded<T>(pending: Pending, answer: &impl Fn(Document) -> Result<T, Failure>) -> Result<T, Failure> {
    let (mut input, line) = (pending.input().to_owned(), pending.line());
    let guarded = AssertUnwindSafe(|| {
        let document = pending.read()?;
        input.clone_from(&document.id);
        answer(document)
    });
    ANSWERING.set(true);
    let answered = catch_unwind(guarded);
    ANSWERING.set(false);
    answered.unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let what = what.unwrap_or("it does not say why");
        Err(Failure {
            input,
            line,
            reason: format!("the program failed on it: {what}; please report it with the document"),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Failure, run};
    use toponym::document::{Inputs, ReadOptions};

    #[test]
    fn answers_come_in_order_and_a_panic_is_one_failure() {
        let file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
        let lines: Vec<String> = (0..1000).map(|id| format!("{{\"id\": {id}, \"text\": \"x\"}}\n")).collect();
        std::fs::write(file.path(), lines.concat()).expect("written");
        let inputs = Inputs::new(vec![file.path().to_owned()], ReadOptions::default());
        let answer = |document: toponym::Document| match document.id.parse::<usize>() {
            Ok(77) => panic!("seventy-seven"),
            Ok(id) => {
                // Later documents are done sooner.
                std::thread::sleep(std::time::Duration::from_micros((1000 - id) as u64 / 4));
                Ok(id)
            }
            Err(_) => Err(Failure { input: document.id, line: None, reason: "no number".to_owned() }),
        };
        for jobs in [1, 3] {
            let mut all = Vec::new();
            let taken: std::io::Result<()> = run(
                || inputs.documents(),
                answer,
                jobs,
                |answers, _| {
                    all.extend(answers);
                    Ok(())
                },
            );
            assert!(taken.is_ok() && all.len() == 1000);
            for (at, answer) in all.iter().enumerate() {
                match answer {
                    Ok(id) => assert_eq!(*id, at),
                    Err(failure) => {
                        assert!(at == 77 && failure.to_string().contains("77:78: the program failed"), "{failure}")
                    }
                }
            }
            let early = run(|| inputs.documents(), answer, jobs, |_, _| Err(std::io::Error::other("enough")));
            assert!(early.is_err_and(|error| error.to_string() == "enough"));
        }
    }
}
