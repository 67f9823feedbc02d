//! Documents that have been found but not decoded.

use crate::document::{Document, DocumentError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A document that has been found but not decoded: decoding is the costly part, which any thread may do.
pub struct Pending {
    input: Arc<str>,
    line: Option<usize>,
    bytes: u64,
    read: Box<dyn FnOnce() -> Result<Document, DocumentError> + Send>,
}

/// A stream of documents.
pub type Documents = Box<dyn Iterator<Item = Pending>>;

impl Pending {
    /// A document of about `bytes` bytes, a whole input or a line or record of it, and the closure that reads it.
    pub(in crate::document) fn new(
        input: &Arc<str>,
        line: Option<usize>,
        bytes: u64,
        read: impl FnOnce() -> Result<Document, DocumentError> + Send + 'static,
    ) -> Self {
        Pending { input: input.clone(), line, bytes, read: Box::new(read) }
    }

    /// A document that is already known to be unreadable.
    pub(in crate::document) fn failed(error: DocumentError) -> Self {
        Pending::new(&error.input().into(), error.line(), 0, || Err(error))
    }

    /// The input it belongs to.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// Its line or record in the input, from 1; `None` if it is the whole input.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Its approximate size in the input, in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads it.
    ///
    /// # Errors
    /// When the input is damaged or not in the format expected.
    pub fn read(self) -> Result<Document, DocumentError> {
        let Pending { input, line, read, .. } = self;
        let mut document = guarded(&input, line, read).unwrap_or_else(Err)?;
        if document.text.contains(char::REPLACEMENT_CHARACTER) {
            let flaw = "holds bytes that mean nothing in its character set, or the mark U+FFFD for them";
            document.flaws.push(flaw.to_owned());
        }
        let place = line.map_or_else(|| input.to_string(), |line| format!("{input}:{line}"));
        for flaw in &mut document.flaws {
            flaw.insert_str(0, &format!("{place}: "));
        }
        Ok(document)
    }
}

/// What a reader makes of an input; an error if it panics. Readers are other people's work, and what strangers send them is more
/// than anybody has tried.
fn guarded<T>(input: &str, line: Option<usize>, read: impl FnOnce() -> T) -> Result<T, DocumentError> {
    // What the reader was at when it panicked is not used again.
    catch_unwind(AssertUnwindSafe(read)).map_err(|panic| {
        let reason = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let reason = reason.unwrap_or("it does not say why").to_owned();
        DocumentError::Reader { path: input.to_owned(), line, reason }
    })
}

/// The documents of one input; a panic of the reader ends this input with an error.
pub(in crate::document) struct Guarded {
    input: Arc<str>,
    documents: Option<Documents>,
}

impl Guarded {
    /// The documents that `open` finds in `input`.
    pub fn new(input: &str, open: impl FnOnce() -> Documents) -> Self {
        let documents = guarded(input, None, open);
        let documents = documents.unwrap_or_else(|error| Box::new(std::iter::once(Pending::failed(error))));
        Guarded { input: input.into(), documents: Some(documents) }
    }
}

impl Iterator for Guarded {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        let documents = self.documents.as_mut()?;
        match guarded(&self.input, None, || documents.next()) {
            Ok(pending) => pending,
            Err(error) => {
                // It may panic again when it is dropped; a little memory is lost instead.
                std::mem::forget(self.documents.take());
                Some(Pending::failed(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Documents, Guarded, Pending};
    use crate::document::{Document, DocumentError};

    #[test]
    fn a_panic_of_a_reader_is_an_error_of_its_input() {
        let read = |text: &'static str| {
            Pending::new(&"a.txt".into(), Some(7), 0, move || {
                assert!(text != "bad", "on purpose");
                Ok(Document::new("1", text))
            })
        };
        let error = read("bad").read().expect_err("a panic");
        assert_eq!((error.input(), error.line()), ("a.txt", Some(7)));
        assert!(error.to_string().contains("on purpose"), "{error}");
        assert_eq!(read("Alep\u{fffd}").read().map(|document| document.flaws.len()).ok(), Some(1));
        let documents = || -> Documents {
            Box::new((0..9).map(move |at| {
                assert!(at != 2, "on purpose");
                read("good")
            }))
        };
        let read: Vec<_> = Guarded::new("b.txt", documents).map(Pending::read).collect();
        assert!(matches!(&read[..], [Ok(_), Ok(_), Err(DocumentError::Reader { .. })]), "{read:?}");
        let opened: Vec<_> = Guarded::new("c.txt", || panic!("on purpose")).map(Pending::read).collect();
        assert!(matches!(&opened[..], [Err(DocumentError::Reader { .. })]), "{opened:?}");
    }
}
