//! Which mentions a document is answered with: one implementation for the program and the service.

use crate::annotations::Annotations;
use crate::document::Document;
use crate::geoparser::Geoparser;
use crate::mention::Kind;
use crate::resolve::Hint;
use std::str::FromStr;
use toponym_gazetteer::LatLonBox;

/// Which mentions a document is answered with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The kinds that are kept; all if there is none.
    pub kinds: Vec<Kind>,
    /// Whether names are dropped that do not say where something is ([`Annotations::keep_literal`]).
    pub literal: bool,
    /// Whether the mentions are those of [`Document::toponyms`] instead of those found.
    pub given_mentions: bool,
}

impl Selection {
    /// Answers a document.
    ///
    /// ```
    /// use toponym::{Document, Geoparser, Kind, Selection};
    /// let selection = Selection { kinds: vec![Kind::Demonym], ..Selection::default() };
    /// let document = Document::new("1", "Turkish soldiers left Aleppo.");
    /// let annotations = selection.answer(&Geoparser::embedded()?, &document)?;
    /// assert_eq!(annotations.mentions.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When mentions should be given and the document has none; the message says what to do.
    pub fn answer(&self, geoparser: &Geoparser, document: &Document) -> Result<Annotations, String> {
        let mut annotations = match (self.given_mentions, &document.toponyms) {
            (false, _) => geoparser.annotate(document),
            (true, Some(spans)) => geoparser.resolve(document, spans),
            (true, None) => {
                return Err("has no mentions to be resolved; give each line its own, as in {\"text\": ..., \
                            \"toponyms\": [{\"start\": 0, \"end\": 6}]}, or leave out --given-mentions"
                    .to_owned());
            }
        };
        if !self.kinds.is_empty() {
            annotations.keep_kinds(&self.kinds);
        }
        if self.literal {
            annotations.keep_literal();
        }
        Ok(annotations)
    }
}

impl FromStr for Hint {
    type Err = String;

    /// Parses a country code, or `W,S,E,N` or `LAT,LON` in degrees.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = "give a country's code such as SY, a box W,S,E,N such as 36,35,38,37, or a point LAT,LON such as \
                    36.2,37.15";
        let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
        match numbers.as_deref() {
            None if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) => {
                Ok(Hint::Country(text.to_owned()))
            }
            Some(&[lat, lon]) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => Ok(Hint::Point(lat, lon)),
            Some(&[_, _, _, _]) => text.parse::<LatLonBox>().map(Hint::Area),
            _ => Err(form.to_owned()),
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    /// Parses the name of a kind, such as `place`.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = Kind::ALL.iter().find(|kind| kind.to_string() == text);
        known.copied().ok_or_else(|| format!("give some of {}", Kind::ALL.map(|kind| kind.to_string()).join(",")))
    }
}
