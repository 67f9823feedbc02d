//! JSON lines: one line a document, the machine's view.

use super::features::{place_properties, rounded, text_of};
use super::{Exporter, Piece, Renderer};
use crate::document::{Offsets, Unit};
use crate::gazetteer::Place;
use crate::geoparser::Parsed;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes an object per document with its mentions and its focus. A given mention that has no place has `"place": null`
/// and a `"reason"`.
#[derive(Default)]
pub struct JsonLines {
    /// What offsets count, end exclusive.
    pub offsets: Unit,
    /// Whether to write the title and the text that the offsets count in.
    pub keep_text: bool,
}

impl Exporter for JsonLines {
    fn renderer(&self) -> Renderer {
        let (offsets, keep_text) = (self.offsets, self.keep_text);
        Box::new(move |parsed| Piece(line(parsed, offsets, keep_text).into()))
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&piece.0)
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn appends(&self) -> bool {
        true
    }
}

fn line(parsed: &Parsed<'_, '_>, unit: Unit, keep_text: bool) -> String {
    let mut offsets = Offsets::new(parsed.document, unit);
    let mentions = parsed.places.iter().map(|resolved| {
        let alternatives = resolved.alternatives.iter().map(|(alternative, probability)| {
            let mut alternative = place(alternative);
            alternative.insert("probability".into(), rounded(*probability));
            Value::Object(alternative)
        });
        let (part, span) = offsets.span(resolved.mention.start..resolved.mention.end);
        json!({
            "part": part.name(),
            "start": span.start,
            "end": span.end,
            "text": text_of(parsed, resolved),
            "kind": resolved.mention.kind,
            "confidence": rounded(resolved.confidence),
            "place": place(&resolved.place),
            "alternatives": alternatives.collect::<Vec<_>>(),
        })
    });
    let mut mentions: Vec<Value> = mentions.collect();
    for unplaced in &parsed.unplaced {
        let unplaced_mention = json!({
            "start": unplaced.span.start,
            "end": unplaced.span.end,
            "text": parsed.document.text_proper().chars().take(unplaced.span.end).skip(unplaced.span.start).collect::<String>(),
            "place": null,
            "reason": unplaced.reason.to_string(),
        });
        mentions.insert(unplaced.order.min(mentions.len()), unplaced_mention);
    }
    let focus = parsed.focus.as_ref().map(|focus| {
        let mut described = place(&focus.place);
        described.insert("score".into(), rounded(focus.score));
        described
    });
    let document = parsed.document;
    let mut line = json!({"id": document.id, "date": document.meta.date, "mentions": mentions, "focus": focus});
    if keep_text {
        line["title"] = json!(document.title_before());
        line["text"] = json!(document.text_proper());
    }
    format!("{line}\n")
}

fn place(place: &Place<'_>) -> Map<String, Value> {
    let mut described: Map<String, Value> = place_properties(place).into_iter().map(|(k, v)| (k.into(), v)).collect();
    described.insert("lat".into(), json!(place.lat()));
    described.insert("lon".into(), json!(place.lon()));
    described
}
