//! The facts that the fields of a feature are read from.

use super::occurrence::{self, Occurrence};
use super::value::Value;
use crate::annotations::Relative;
use crate::document::Document;
use crate::gazetteer::{Place, PlaceView};

/// The separator of the values of a list in one field.
pub(super) const SEPARATOR: &str = "; ";

/// The facts of one feature.
pub(super) struct FeatureSource<'a> {
    pub document: &'a Document,
    /// The place that the feature stands for, if it is one of the gazetteer.
    pub place: Option<PlaceView<'a>>,
    /// The relative place that the feature stands for, if it is one.
    pub relative: Option<&'a Relative>,
    /// The mentions that the feature stands for: itself, those of a place, or the placed ones of a document.
    pub mentions: Vec<&'a Occurrence<'a>>,
    /// The score of a document's focus.
    pub score: Option<f64>,
}

impl FeatureSource<'_> {
    pub fn of_place(&self, value: impl Fn(&PlaceView<'_>) -> Value) -> Value {
        self.place.as_ref().map_or(Value::Null, value)
    }

    pub fn of_relative(&self, value: impl Fn(&Relative) -> Value) -> Value {
        self.relative.map_or(Value::Null, value)
    }

    /// A value of the mention, or of the first of several.
    pub fn of_mention(&self, value: impl Fn(&Occurrence<'_>) -> Value) -> Value {
        self.mentions.first().map_or(Value::Null, |mention| value(mention))
    }

    pub fn name(&self) -> Value {
        self.place.map(|place| place.name()).or(self.relative.map(|relative| relative.name.as_str())).into()
    }

    /// The country of the place; of a relative one, that at its point, or offshore the one that its places share.
    pub fn country(&self) -> Value {
        let of_relative = |relative: &Relative| relative.country().map(str::to_owned).into();
        self.place.map_or_else(|| self.of_relative(of_relative), |place| Value::filled(place.country()))
    }

    /// The name of the first-level division of the place; of a relative one, that at its point.
    pub fn division1(&self) -> Value {
        let of_relative = |relative: &Relative| Value::from(relative.division1_name());
        self.place.map_or_else(|| self.of_relative(of_relative), |place| place.division1_name().into())
    }

    pub fn anchor_ids(relative: &Relative) -> Value {
        Value::filled(&relative.anchors.iter().map(Place::id).collect::<Vec<_>>().join(SEPARATOR))
    }

    pub fn text(&self) -> Value {
        self.of_mention(|found| occurrence::text(self.document, found.mention).into())
    }

    pub fn sentence(&self) -> Value {
        self.of_mention(|found| occurrence::sentence(self.document, found.mention).into())
    }

    /// The kind of the mention; null for a span outside the text.
    pub fn kind(&self) -> Value {
        self.of_mention(|found| match found.mention.is_outside_text() {
            true => Value::Null,
            false => found.mention.kind.to_string().into(),
        })
    }

    /// The forms by which its mentions became the name of the place.
    pub fn forms(&self) -> Value {
        Value::filled(&distinct(self.mentions.iter().filter_map(|found| Some(found.mention.form?.to_string()))))
    }

    pub fn metonymic(&self) -> Value {
        self.of_mention(|found| found.mention.place.is_some().then_some(found.mention.metonymic).into())
    }

    pub fn modified(&self) -> Value {
        self.of_mention(|found| found.mention.place.is_some().then_some(found.mention.modified).into())
    }

    pub fn reason(&self) -> Value {
        self.of_mention(|found| found.mention.reason.map(|reason| reason.to_string()).into())
    }

    /// The highest confidence of its mentions; null for a span outside the text.
    pub fn confidence(&self) -> Value {
        let mentions = self.mentions.iter().map(|found| found.mention).filter(|mention| !mention.is_outside_text());
        mentions.map(|mention| mention.confidence).reduce(f64::max).map_or(Value::Null, Value::probability)
    }

    pub fn texts(&self) -> Value {
        distinct(self.mentions.iter().map(|found| occurrence::text(self.document, found.mention))).into()
    }

    pub fn kinds(&self) -> Value {
        distinct(self.mentions.iter().map(|found| found.mention.kind.to_string())).into()
    }

    pub fn places(&self) -> Value {
        let places = self.mentions.iter().filter_map(|found| found.mention.place.as_ref());
        distinct(places.map(|place| place.name().to_owned())).into()
    }

    /// The title of the document, or else its name.
    pub fn headline(&self) -> Value {
        let title = self.document.meta.title.as_deref().filter(|title| !title.trim().is_empty());
        title.unwrap_or(&self.document.id).into()
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
    seen.join(SEPARATOR)
}
