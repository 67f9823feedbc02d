//! Arguments -> documents.

use super::Tag;
use std::io::Read;
use std::ops::Range;
use std::path::PathBuf;
use toponym::document::{Document, DocumentError, read_bytes, read_file};

impl Tag {
    /// The documents of all inputs, one input in memory at a time.
    pub(super) fn documents(&self) -> impl Iterator<Item = Result<Document, DocumentError>> {
        let standard_input = [PathBuf::from("-")];
        let files = if self.files.is_empty() { standard_input.to_vec() } else { self.files.clone() };
        files.into_iter().flat_map(|file| if file.as_os_str() == "-" { read_stdin() } else { read_file(&file) })
    }
}

/// A document's given mentions, in code points of the text proper.
pub(super) fn given(document: &Document) -> Result<Vec<Range<usize>>, String> {
    let toponyms = document.toponyms.as_ref().ok_or_else(|| {
        format!(
            "{}: has no mentions to be resolved; give each line its own, as in {{\"text\": ..., \"toponyms\": \
             [{{\"start\": 0, \"end\": 6}}]}}, or leave out --given-mentions",
            document.id
        )
    })?;
    Ok(toponyms.iter().map(|span| span.start..span.end).collect())
}

fn read_stdin() -> Vec<Result<Document, DocumentError>> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => read_bytes(&bytes, "-", false),
        Err(source) => vec![Err(DocumentError::Unreadable { path: "standard input".to_owned(), source })],
    }
}
