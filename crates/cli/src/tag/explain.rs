//! Why each mention is the place that it is, for people.

use super::super::describe;
use std::fmt::Write;
use toponym::Parsed;

/// A paragraph a mention: the places that it may be, the likeliest first, each with what spoke for it.
pub fn explain(parsed: &Parsed<'_, '_>) -> String {
    let mut out = String::new();
    for resolved in &parsed.places {
        let text = parsed.document.text.get(resolved.mention.start..resolved.mention.end).unwrap_or("");
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}: {text:?} at byte {}", parsed.document.id, resolved.mention.start);
        let _ = writeln!(out, "  {:>4.0} %  {}", 100.0 * resolved.confidence, describe(&resolved.place.into()));
        resolved.why.iter().for_each(|why| {
            let _ = writeln!(out, "            for it: {why}");
        });
        for ((place, probability), reasons) in resolved.alternatives.iter().zip(&resolved.for_alternatives) {
            let _ = writeln!(out, "  {:>4.0} %  {}", 100.0 * probability, describe(&(*place).into()));
            reasons.iter().for_each(|why| {
                let _ = writeln!(out, "            for it: {why}");
            });
        }
    }
    for unplaced in &parsed.unplaced {
        let text = unplaced.bytes.clone().and_then(|bytes| parsed.document.text.get(bytes));
        let what = text.map_or_else(|| format!("{:?}", unplaced.given), |text| format!("{text:?}"));
        let _ = writeln!(out, "{}: no place for {what}: {}", parsed.document.id, unplaced.reason.in_words());
    }
    out
}
