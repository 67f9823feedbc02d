//! Many documents on many threads, results in order.

use crate::annotations::Annotations;
use crate::document::{document, is_mapping};
use crate::errors::{DocumentError, Error, OptionError};
use crate::geoparser::Answering;
use crate::pool::{Pool, guarded, threads};
use crate::wait::Awaited;
use pyo3::exceptions::PyException;
use pyo3::types::{PyAnyMethods, PyBytes, PyIterator, PyString};
use pyo3::{Bound, IntoPyObjectExt, Py, PyAny, PyErr, PyRef, PyResult, Python, pyclass, pymethods};
use std::collections::VecDeque;
use std::sync::Arc;
use toponym::Document;

/// What becomes of a document that cannot be read.
#[derive(Clone, Copy, PartialEq)]
pub enum OnError {
    Raise,
    Return,
}

impl OnError {
    /// The one with this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn from_name(name: &str) -> PyResult<Self> {
        match name {
            "raise" => Ok(OnError::Raise),
            "return" => Ok(OnError::Return),
            _ => Err(OptionError::new_err(format!("on_error: {name:?} is neither 'raise' nor 'return'"))),
        }
    }
}

type Answer = Result<Annotations, String>;

/// What was read of the documents.
enum Pending {
    /// A document that is being answered, and the length of its text in bytes.
    Given(Awaited<Answer>, usize),
    /// A document that cannot be read.
    Refused(PyErr),
    /// What the iterator of the documents raised.
    Broken(PyErr),
}

/// Documents in work or waiting for an earlier one, for each thread: enough for the others to stay busy while one takes long.
const WAITING: usize = 32;
/// Bytes of text that may be in work or wait, for each thread; one document is always taken.
const WAITING_BYTES: usize = 4 << 20;

/// The results of ``Geoparser.parse_many``, in the order of the documents.
#[pyclass(module = "pytoponym")]
pub struct ParseMany {
    documents: Option<Py<PyIterator>>,
    pool: Pool<Document, Answer>,
    pending: VecDeque<Pending>,
    jobs: usize,
    /// Bytes of the texts that are pending.
    bytes: usize,
    /// The number of documents that have been returned.
    returned: usize,
    on_error: OnError,
    /// The process whose threads answer.
    process: u32,
}

impl ParseMany {
    /// Starts the threads.
    ///
    /// # Errors
    /// When `documents` cannot be iterated over, or is one text; when no thread can be started.
    pub fn new(
        answering: Arc<Answering>,
        documents: &Bound<'_, PyAny>,
        jobs: Option<i64>,
        on_error: OnError,
    ) -> PyResult<Self> {
        // They can be iterated over, but what comes are letters, numbers, keys or names of columns.
        let told = if documents.is_instance_of::<PyString>() || documents.is_instance_of::<PyBytes>() {
            "this is one text; give a list of texts, or call parse"
        } else if is_mapping(documents)? {
            "this is one mapping; give a list of them, or call parse"
        } else if documents.hasattr("columns")? {
            "this is a table; give its rows, as df.to_dict('records') of pandas or df.iter_rows(named=True) of Polars"
        } else {
            ""
        };
        if !told.is_empty() {
            return Err(OptionError::new_err(format!("documents: {told}")));
        }
        let jobs = threads(jobs)?;
        Ok(ParseMany {
            documents: Some(documents.try_iter()?.unbind()),
            pool: Pool::new(jobs, move |document, _: &_| guarded(|| answering.answer(document)))?,
            pending: VecDeque::new(),
            jobs,
            bytes: 0,
            returned: 0,
            on_error,
            process: std::process::id(),
        })
    }

    fn has_room(&self) -> bool {
        self.pending.is_empty() || self.pending.len() < self.jobs * WAITING && self.bytes < self.jobs * WAITING_BYTES
    }

    /// Gives the next document to the threads; none is left when `documents` is `None`.
    fn read(&mut self, py: Python<'_>) {
        let Some(documents) = &self.documents else { return };
        let pending = match documents.bind(py).clone().next() {
            None => {
                self.documents = None;
                return;
            }
            // What the iterator raises is no failure of a document: nothing comes behind it.
            Some(Err(error)) => {
                self.documents = None;
                Pending::Broken(error)
            }
            Some(Ok(item)) => match document(&item) {
                Ok(document) => {
                    let bytes = document.text.len();
                    self.bytes += bytes;
                    Pending::Given(self.pool.give(document), bytes)
                }
                Err(error) => Pending::Refused(error),
            },
        };
        self.pending.push_back(pending);
    }
}

#[pymethods]
impl ParseMany {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        if std::process::id() != self.process {
            return Err(DocumentError::new_err(
                "parse_many was begun in another process, whose threads are not here; begin it after the fork",
            ));
        }
        let answer = loop {
            // A first result that is there need not wait for a slow source of documents.
            let may_read = self.documents.is_some() && self.has_room();
            if let Some(Pending::Given(answer, bytes)) = self.pending.front_mut() {
                let ready = match answer.now() {
                    None if !may_read => Some(answer.wait(py)?),
                    ready => ready,
                };
                if let Some(answer) = ready {
                    self.bytes -= *bytes;
                    self.pending.pop_front();
                    break answer.map_err(DocumentError::new_err);
                }
            } else if let Some(failed) = self.pending.pop_front() {
                match failed {
                    Pending::Refused(error) => break Err(error),
                    Pending::Broken(error) => return Err(error),
                    Pending::Given(..) => continue,
                }
            } else if self.documents.is_none() {
                return Ok(None);
            }
            self.read(py);
        };
        let number = self.returned;
        self.returned += 1;
        match answer {
            Ok(annotations) => annotations.into_py_any(py).map(Some),
            // An interrupt is no failure of a document.
            Err(error) if !error.is_instance_of::<PyException>(py) => Err(error),
            Err(error) => {
                let error = numbered(py, error, number)?;
                if self.on_error == OnError::Return {
                    error.into_value(py).into_py_any(py).map(Some)
                } else {
                    Err(error)
                }
            }
        }
    }

    fn __repr__(&self) -> String {
        format!("<ParseMany: {} results taken, {} documents waiting>", self.returned, self.pending.len())
    }
}

/// The same exception with the number of its document, if it is one of the package.
fn numbered(py: Python<'_>, error: PyErr, number: usize) -> PyResult<PyErr> {
    if !error.is_instance_of::<Error>(py) {
        return Ok(error);
    }
    let message = format!("document {number}: {}", error.value(py));
    Ok(PyErr::from_value(error.get_type(py).call1((message,))?))
}
