//! One thing that was found.

use crate::candidate::Form;
use crate::document::Document;
use crate::gazetteer::Place;
use crate::mention::{Kind, Reason};
use crate::outline;
use crate::relation::{AreaFrom, AreaGeometry};
use crate::resolve::Why;
use crate::text::Span;
use geo::Point;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A stretch of a document that says where something is, and what it was taken for: a place of the gazetteer (`place`),
/// somewhere relative to places or in coordinates (`relative`), or a name without a place (`reason`). Exactly one of
/// the three is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mention {
    /// Where it stands, in bytes of [`Document::text`]. A given span that is no stretch of the text stands here as it
    /// was given.
    pub span: Span,
    /// The sentence in which it begins, in bytes of [`Document::text`].
    pub sentence: Span,
    /// What kind of mention it is.
    pub kind: Kind,
    /// The place that it names. The point of a river whose course is known is where the document means it.
    pub place: Option<Place>,
    /// Where it is, for a relative place or coordinates.
    pub relative: Option<Box<Relative>>,
    /// Why it has no place.
    pub reason: Option<Reason>,
    /// How its text became the name of the place; `None` without one. With [`Form::Locality`] the place is not what is
    /// named but where the document puts it.
    pub form: Option<Form>,
    /// The probability that the answer is right, 0 to 1: that the text names a place and that it is this one. Without a
    /// place, the probability that it names one at all. It is calibrated on corpora that the models were not trained
    /// on.
    pub confidence: f64,
    /// The probability that the text names a place at all, 0 to 1; 1 for a given span.
    pub probability: f64,
    /// Whether the name stands for people of the place: "Washington says".
    pub metonymic: bool,
    /// Whether the words round the name mean somewhere else than the place itself: "northern Syria".
    pub modified: bool,
    /// What decided for the place against the next best, the strongest first.
    pub why: Vec<Why>,
    /// The next best places, the most probable first.
    pub alternatives: Vec<Alternative>,
}

/// A place that a mention may be as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alternative {
    /// The place.
    pub place: Place,
    /// The probability, 0 to 1, that the mention is one and is this place. With the confidence of the choice they sum to 1 at most.
    pub probability: f64,
    /// What spoke for it against the place chosen; empty unless the geoparser explains
    /// ([`with_explanations`](crate::Geoparser::with_explanations)).
    pub why: Vec<Why>,
}

/// Where something is that is told relative to places or in coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Relative {
    /// The construct, in one word: `direction`, `part`, `between` and others; of coordinates their notation, such as
    /// `degrees` or `mgrs`. docs/RELATIONS.md lists them.
    pub construct: Cow<'static, str>,
    /// What it is called on a map: "20 km north of Aleppo".
    pub name: String,
    /// The places it is relative to, in the order of the text; none for coordinates, but for a short plus code.
    pub anchors: Vec<Place>,
    /// Degrees north of a representative point, which lies in the area if there is one.
    pub lat: f64,
    /// Degrees east of that point.
    pub lon: f64,
    /// The area that is meant; `None` for coordinates.
    pub area: Option<AreaGeometry>,
    /// What the extents of the anchors rest on; `None` for coordinates.
    pub area_from: Option<AreaFrom>,
    /// How far what is meant may lie from the point, in kilometres.
    pub uncertainty_km: f64,
}

/// A place that a document is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Focus {
    /// The place.
    pub place: Place,
    /// The share of the document's evidence that is for this place or for places in it, 0 to 1.
    pub score: f64,
}

impl Relative {
    /// The code of the country at the point; at sea the one that the anchors share. `None` where there is neither.
    pub fn country(&self) -> Option<&str> {
        self.divisions().0
    }

    /// The name of the first-level division at the point; `None` at sea and where no outline is known.
    pub fn division1_name(&self) -> Option<String> {
        self.divisions().1
    }

    /// The country and the division, which are one search of the outlines.
    pub(crate) fn divisions(&self) -> (Option<&str>, Option<String>) {
        let shared = || {
            let mut countries = self.anchors.iter().map(Place::country);
            let first = countries.next()?;
            countries.all(|country| country == first).then_some(first)
        };
        let (country, division1) = outline::at(Point::new(self.lon, self.lat));
        let name = |code| crate::gazetteer::embedded().ok()?.division_name(code).map(str::to_owned);
        (country.or_else(shared).filter(|country| !country.is_empty()), division1.and_then(name))
    }
}

impl Mention {
    /// Its text, as it stands in the document that it was found in; empty for a given span that is no stretch of the
    /// text.
    pub fn text<'d>(&self, document: &'d Document) -> &'d str {
        self.span.slice(&document.text).unwrap_or("")
    }

    /// Whether it is a given span that is no stretch of the text.
    pub fn is_outside_text(&self) -> bool {
        self.reason == Some(Reason::OutsideText)
    }

    /// Degrees north and east: of its place, or of the point of a relative place; `None` for a mention without either.
    pub fn point(&self) -> Option<(f64, f64)> {
        let place = self.place.as_ref().map(|place| (place.lat(), place.lon()));
        place.or_else(|| self.relative.as_ref().map(|relative| (relative.lat, relative.lon)))
    }
}
