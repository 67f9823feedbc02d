//! JSON lines: one line a document, the machine's view.

use super::Exporter;
use super::features::{place_properties, rounded, text_of};
use crate::gazetteer::Place;
use crate::geoparser::Parsed;
use crate::text::CharOffsets;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes an object per document with its mentions and its focus. Offsets count code points, end exclusive. A given
/// mention that has no place has `"place": null` and a `"reason"`.
#[derive(Default)]
pub struct JsonLines;

impl Exporter for JsonLines {
    fn document(&mut self, parsed: &Parsed<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        let mut chars = CharOffsets::new(&parsed.document.text);
        let mentions = parsed.places.iter().map(|resolved| {
            let alternatives = resolved.alternatives.iter().map(|(alternative, probability)| {
                let mut alternative = place(alternative);
                alternative.insert("probability".into(), rounded(*probability));
                Value::Object(alternative)
            });
            let mut mention = json!({
                "start": chars.at(resolved.mention.start),
                "end": chars.at(resolved.mention.end),
                "text": text_of(parsed, resolved),
                "kind": resolved.mention.kind,
                "confidence": rounded(resolved.confidence),
                "place": place(&resolved.place),
                "alternatives": alternatives.collect::<Vec<_>>(),
            });
            if resolved.mention.metonymic {
                mention["metonymic"] = json!(true);
            }
            mention
        });
        let mut mentions: Vec<Value> = mentions.collect();
        for unplaced in &parsed.unplaced {
            let unplaced_mention = json!({
                "start": unplaced.span.start,
                "end": unplaced.span.end,
                "text": parsed.document.text.chars().take(unplaced.span.end).skip(unplaced.span.start).collect::<String>(),
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
        let mut line = json!({"id": parsed.document.id, "mentions": mentions, "focus": focus});
        if let Some(recogniser) = parsed.recogniser {
            line["language"] = json!(parsed.language);
            line["recogniser"] = json!(recogniser);
        }
        writeln!(out, "{line}")
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn place(place: &Place<'_>) -> Map<String, Value> {
    let mut described: Map<String, Value> = place_properties(place).into_iter().map(|(k, v)| (k.into(), v)).collect();
    described.insert("lat".into(), json!(place.lat()));
    described.insert("lon".into(), json!(place.lon()));
    described
}
