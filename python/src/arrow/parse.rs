//! A column of texts -> columns of what was found.

use super::input::{Columns, Named, stream};
use super::mentions::{self, Mentions};
use super::stream::ArrowStream;
use crate::geoparser::Answering;
use crate::pool::{Pool, guarded};
use crate::wait::Awaited;
use arrow_array::builder::StringBuilder;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::types::PyAnyMethods;
use pyo3::{Bound, PyAny, PyErr, PyResult, Python};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rows that a thread takes at once: enough to make the cost of passing them negligible.
const ROWS: usize = 256;
/// Slices that may be in work or wait for an earlier one, for each thread.
const WAITING: usize = 4;

type Answer = Result<RecordBatch, ArrowError>;

/// Parses a column of a table, on threads, as the result is taken.
///
/// # Errors
/// When the table cannot be read, or has no such columns.
pub fn parse(
    answering: Arc<Answering>,
    table: &Bound<'_, PyAny>,
    named: &Named<'_>,
    jobs: usize,
) -> PyResult<ArrowStream> {
    let input = stream(table)?;
    let columns = Columns::new(&input.schema(), named)?;
    let schema = schema();
    let own = Arc::clone(&schema);
    let answer = move |slice: RecordBatch, cancelled: &AtomicBool| {
        answer(&answering, columns, &slice, Arc::clone(&own), cancelled)
    };
    let pool = Pool::new(jobs, answer)?;
    let reader =
        Reader { input: Some(input), pool, pending: VecDeque::new(), most: jobs * WAITING, rest: None, schema };
    Ok(ArrowStream::new(Box::new(reader)))
}

fn schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![text("language"), Field::new("mentions", mentions::data_type(), true), text("error")]))
}

/// Answers some rows, row for row.
fn answer(
    answering: &Answering,
    columns: Columns,
    slice: &RecordBatch,
    schema: SchemaRef,
    cancelled: &AtomicBool,
) -> Answer {
    let (mut language, mut error) = (StringBuilder::new(), StringBuilder::new());
    let rows = columns.select(slice);
    let mut mentions = Mentions::new(slice.num_rows());
    for row in 0..slice.num_rows() {
        if cancelled.load(Ordering::Relaxed) {
            return Err(ArrowError::ComputeError("nobody wants the result any more".to_owned()));
        }
        let answered = rows
            .document(row)
            .and_then(|document| document.map(|document| guarded(|| answering.answer(document))).transpose());
        let (found, failed) = match answered {
            Ok(found) => (found, None),
            Err(reason) => (None, Some(reason)),
        };
        language.append_option(found.as_ref().and_then(|found| found.found().language.as_deref()));
        mentions.push(found.as_ref());
        error.append_option(failed);
    }
    RecordBatch::try_new(
        schema,
        vec![Arc::new(language.finish()), Arc::new(mentions.finish()?), Arc::new(error.finish())],
    )
}

/// The result, slice by slice, in the order of the rows.
struct Reader {
    /// The table; `None` when it has been read.
    input: Option<RecordBatchStreamReader>,
    pool: Pool<RecordBatch, Answer>,
    pending: VecDeque<Awaited<Answer>>,
    /// The most slices that are pending.
    most: usize,
    /// Rows of the batch that was read last.
    rest: Option<RecordBatch>,
    schema: SchemaRef,
}

impl Reader {
    /// Gives the next rows to the threads, if there are any.
    fn read(&mut self) -> Result<(), ArrowError> {
        let batch = match self.rest.take() {
            Some(batch) => batch,
            None => match self.input.as_mut().and_then(Iterator::next).transpose()? {
                Some(batch) => batch,
                None => {
                    self.input = None;
                    return Ok(());
                }
            },
        };
        let rows = batch.num_rows().min(ROWS);
        if rows < batch.num_rows() {
            self.rest = Some(batch.slice(rows, batch.num_rows() - rows));
        }
        if rows > 0 {
            self.pending.push_back(self.pool.give(batch.slice(0, rows)));
        }
        Ok(())
    }

    fn answer(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        loop {
            let may_read = self.input.is_some() && self.pending.len() < self.most;
            if let Some(front) = self.pending.front_mut() {
                let answer = match front.now() {
                    None if !may_read => match Python::attach(|py| front.wait(py).map_err(|error| ended(py, error))) {
                        Ok(answer) => Some(answer),
                        Err(ended) => {
                            (self.input, self.rest) = (None, None);
                            self.pending.clear();
                            return ended.map_or(Ok(None), Err);
                        }
                    },
                    answer => answer,
                };
                if let Some(answer) = answer {
                    self.pending.pop_front();
                    return answer.map(Some);
                }
            } else if self.input.is_none() {
                return Ok(None);
            }
            self.read()?;
        }
    }
}

impl Iterator for Reader {
    type Item = Answer;

    fn next(&mut self) -> Option<Answer> {
        self.answer().transpose()
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// The error of a stream that an exception ends; none for an interrupt, which ends it as the last batch does. Who reads a stream makes an
/// exception of its own of an error; so the interrupt is raised anew, and takes effect when the reader returns, before anyone sees what it read.
fn ended(py: Python<'_>, error: PyErr) -> Option<ArrowError> {
    let again = || py.import("_thread").and_then(|thread| thread.call_method0("interrupt_main"));
    let is_raised = error.is_instance_of::<PyKeyboardInterrupt>(py) && again().is_ok();
    (!is_raised).then(|| ArrowError::ExternalError(error.to_string().into()))
}
