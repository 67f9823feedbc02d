//! What the fields of one feature are read from.

use super::occurrence::{Answer, Occurrence};
use super::value::Value;
use crate::document::Document;
use crate::gazetteer::PlaceRef;
use crate::geoparser::Parsed;
use crate::relation::Relative;

/// Between the values of a list in one field.
const BAR: &str = "; ";

/// What is known of one feature.
pub(super) struct Row<'p, 'g> {
    pub document: &'p Document,
    pub parsed: &'p Parsed<'p, 'g>,
    /// The place it stands for, if it is one of the gazetteer.
    pub place: Option<PlaceRef<'g>>,
    /// Where it stands for, if that is told relative to places.
    pub relative: Option<&'p Relative<'g>>,
    /// The mentions it stands for: one of a mention, those of a place, the placed ones of a document.
    pub uses: Vec<&'p Occurrence<'p, 'g>>,
    /// Of a document's focus.
    pub score: Option<f64>,
}

impl<'p, 'g> Row<'p, 'g> {
    pub fn of_place(&self, value: impl Fn(&PlaceRef<'g>) -> Value) -> Value {
        self.place.as_ref().map_or(Value::Null, value)
    }

    pub fn of_relative(&self, value: impl Fn(&Relative<'g>) -> Value) -> Value {
        self.relative.map_or(Value::Null, value)
    }

    /// Of the mention, or of the first.
    pub fn mention(&self, value: impl Fn(&Occurrence<'p, 'g>) -> Value) -> Value {
        self.uses.first().map_or(Value::Null, |mention| value(mention))
    }

    pub fn name(&self) -> Value {
        self.place.map(|place| place.name()).or(self.relative.map(|relative| relative.name.as_str())).into()
    }

    pub fn anchor_ids(relative: &Relative<'g>) -> Value {
        Value::filled(&relative.anchors.iter().map(PlaceRef::id).collect::<Vec<_>>().join(BAR))
    }

    pub fn text(&self) -> Value {
        self.mention(|mention| mention.text(self.parsed).into())
    }

    pub fn sentence(&self) -> Value {
        self.mention(|mention| mention.sentence(self.parsed).into())
    }

    /// How the texts of its mentions became the place's name.
    pub fn forms(&self) -> Value {
        let forms = self.uses.iter().filter_map(|mention| match mention.answer {
            Answer::Place(resolved) => Some(resolved.form.to_string()),
            _ => None,
        });
        Value::filled(&distinct(forms))
    }

    pub fn metonymic(&self) -> Value {
        self.mention(|mention| match mention.answer {
            Answer::Place(resolved) => resolved.mention.metonymic.into(),
            _ => Value::Null,
        })
    }

    pub fn modified(&self) -> Value {
        self.mention(|mention| match mention.answer {
            Answer::Place(resolved) => resolved.mention.modified.into(),
            _ => Value::Null,
        })
    }

    pub fn reason(&self) -> Value {
        self.mention(|mention| match mention.answer {
            Answer::Unplaced(unplaced) => unplaced.reason.to_string().into(),
            _ => Value::Null,
        })
    }

    pub fn confidence(&self) -> Value {
        let confidences = self.uses.iter().filter_map(|mention| mention.confidence());
        confidences.reduce(f64::max).map_or(Value::Null, Value::probability)
    }

    pub fn texts(&self) -> Value {
        distinct(self.uses.iter().map(|mention| mention.text(self.parsed))).into()
    }

    pub fn kinds(&self) -> Value {
        distinct(self.uses.iter().filter_map(|mention| mention.kind()).map(|kind| kind.to_string())).into()
    }

    pub fn places(&self) -> Value {
        let names = self.uses.iter().filter_map(|mention| mention.place()).map(|place| place.name().to_owned());
        distinct(names).into()
    }

    pub fn other(&self) -> Value {
        let other = &self.document.meta.other;
        if other.is_empty() { Value::Null } else { serde_json::Value::Object(other.clone()).to_string().into() }
    }
}

fn distinct(values: impl Iterator<Item = String>) -> String {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.join(BAR)
}
