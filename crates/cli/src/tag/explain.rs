//! `--explain`: why each mention is the place that it is, for people.

use crate::listing::describe;
use std::fmt::Write;
use toponym::{Annotations, Document};

/// A paragraph for each named mention: the places that it may be, the most probable first, each with what spoke for it;
/// then the mentions without a place.
pub fn explain(document: &Document, annotations: &Annotations) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    for mention in &annotations.mentions {
        let Some(place) = &mention.place else { continue };
        let _ = writeln!(out, "{}: {:?} at byte {}", document.id, mention.text(document), mention.span.start);
        let _ = writeln!(out, "  {:>4.0} %  {}", 100.0 * mention.confidence, describe(place));
        mention.why.iter().for_each(|why| {
            let _ = writeln!(out, "            for it: {why}");
        });
        for alternative in &mention.alternatives {
            let _ = writeln!(out, "  {:>4.0} %  {}", 100.0 * alternative.probability, describe(&alternative.place));
            alternative.why.iter().for_each(|why| {
                let _ = writeln!(out, "            for it: {why}");
            });
        }
    }
    for mention in &annotations.mentions {
        let Some(reason) = mention.reason else { continue };
        let what = match mention.is_outside_text() {
            true => format!("bytes {}", mention.span),
            false => format!("{:?}", mention.text(document)),
        };
        let _ = writeln!(out, "{}: no place for {what}: {}", document.id, reason.in_words());
    }
    out
}
