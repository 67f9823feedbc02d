//! The tool `geoparse`: a text in, its places out, each once.

use crate::record::PlaceRecord;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use toponym::document::{Meta, Offsets, Unit};
use toponym::{Alternative, Annotations, Document, Geoparser, Hint, Kind, Mention, Place, Selection};

/// Bytes of a text, at most.
const LONGEST_TEXT: usize = 8 << 20;
/// Other places that a place is told with, at most.
const ALTERNATIVES: usize = 3;

/// A text, and how it is to be read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Geoparse {
    /// The text, as plain text.
    text: String,
    /// Its title, if that is not part of the text.
    title: Option<String>,
    /// Its language, a BCP 47 tag such as `en`; identified if absent.
    language: Option<String>,
    /// Where it is about, if that is known: a country's code such as `SY`, a box `W,S,E,N`, or a point `LAT,LON`.
    focus: Option<String>,
    /// Kinds of mentions that are kept: `place`, `demonym`, `embedded`, `relative`, `coordinate`; all if absent.
    kinds: Option<Vec<String>>,
    /// Drop what has a confidence below this, 0 to 1.
    min_confidence: Option<f64>,
}

/// What was found in a text.
#[derive(Serialize, JsonSchema)]
pub struct Geoparsed {
    /// The language of the text, a BCP 47 tag.
    language: Option<String>,
    /// The place that the text is mostly about.
    focus: Option<PlaceRecord>,
    /// The places that are named, in the order in which they come up.
    places: Vec<NamedPlace>,
    /// What is told relative to places, and coordinates.
    relative: Vec<RelativePlace>,
    /// The names that have no place.
    unplaced: Vec<Unplaced>,
    /// Whose data the places rest on; name them where you show the places.
    attribution: String,
}

/// A place that is named.
#[derive(Serialize, JsonSchema)]
struct NamedPlace {
    #[serde(flatten)]
    place: PlaceRecord,
    /// The probability that the surest mention is this place, 0 to 1.
    confidence: f64,
    /// Where it is mentioned.
    mentions: Vec<Mentioned>,
    /// What the surest mention may be as well, the most probable first.
    alternatives: Vec<Other>,
}

/// Somewhere relative to places, or coordinates.
#[derive(Serialize, JsonSchema)]
struct RelativePlace {
    /// What it is called on a map.
    name: String,
    /// Degrees north of a representative point.
    lat: f64,
    /// Degrees east of that point.
    lon: f64,
    /// How far what is meant may lie from the point, in kilometres.
    uncertainty_km: f64,
    /// The construct, such as `direction` or `between`; of coordinates their notation.
    relation: String,
    /// The ids of the places that it is relative to.
    anchor_ids: Vec<String>,
    /// The probability that this is what is meant, 0 to 1.
    confidence: f64,
    /// Where it is mentioned.
    mention: Mentioned,
}

/// A name without a place.
#[derive(Serialize, JsonSchema)]
struct Unplaced {
    #[serde(flatten)]
    mention: Mentioned,
    /// Why it has no place.
    reason: String,
}

/// A stretch of the title or the text.
#[derive(Serialize, JsonSchema)]
struct Mentioned {
    /// The words.
    text: String,
    /// Where they stand: `title` or `text`.
    part: &'static str,
    /// Code points before them there.
    start: usize,
    /// Code points before their end.
    end: usize,
    /// What kind of mention it is.
    kind: String,
}

/// Another place that a mention may be.
#[derive(Serialize, JsonSchema)]
struct Other {
    /// Its id.
    id: String,
    /// Its name, and what contains it.
    name: String,
    /// The probability that the name is this place, 0 to 1.
    probability: f64,
}

impl Geoparse {
    /// Finds the places.
    ///
    /// # Errors
    /// When an argument is out of its range; the message says what to give.
    pub fn answer(self, geoparser: &Geoparser) -> Result<Geoparsed, String> {
        if self.text.len() > LONGEST_TEXT {
            return Err(format!("text: it is longer than {LONGEST_TEXT} bytes; give it in parts"));
        }
        if self.min_confidence.is_some_and(|least| !(0.0..=1.0).contains(&least)) {
            return Err("min_confidence: give a number from 0 to 1".to_owned());
        }
        let kinds = self.kinds.iter().flatten().map(|kind| kind.parse::<Kind>());
        let kinds = kinds.collect::<Result<Vec<_>, _>>().map_err(|form| format!("kinds: {form}"))?;
        let hint = self.focus.as_deref().map(str::parse::<Hint>).transpose();
        let geoparser = geoparser.clone().with_hint(hint.map_err(|form| format!("focus: {form}"))?);
        let geoparser = match self.min_confidence {
            Some(least) => geoparser.with_min_confidence(Some(least)),
            None => geoparser,
        };
        let meta = Meta { title: self.title, ..Meta::default() };
        let document = Document { lang: self.language, ..Document::titled("text", self.text, meta) };
        let annotations = Selection { kinds, ..Selection::default() }.answer(&geoparser, &document)?;
        Ok(gather(&document, &annotations))
    }
}

fn gather(document: &Document, annotations: &Annotations) -> Geoparsed {
    let mut offsets = Offsets::new(document, Unit::Chars);
    let mut answer = Geoparsed {
        language: annotations.language.clone(),
        focus: annotations.focus().map(|focus| (&focus.place).into()),
        places: Vec::new(),
        relative: Vec::new(),
        unplaced: Vec::new(),
        attribution: annotations.attribution.to_string(),
    };
    for mention in &annotations.mentions {
        let (part, range) = offsets.range(mention.span);
        let mentioned = Mentioned {
            text: mention.text(document).split_whitespace().collect::<Vec<_>>().join(" "),
            part: part.name(),
            start: range.start,
            end: range.end,
            kind: mention.kind.to_string(),
        };
        match (&mention.place, &mention.relative, mention.reason) {
            (Some(place), ..) => add(&mut answer.places, place, mention, mentioned),
            (None, Some(relative), _) => answer.relative.push(RelativePlace {
                name: relative.name.clone(),
                lat: relative.lat,
                lon: relative.lon,
                uncertainty_km: rounded(relative.uncertainty_km),
                relation: relative.construct.clone().into_owned(),
                anchor_ids: relative.anchors.iter().map(Place::id).collect(),
                confidence: rounded(mention.confidence),
                mention: mentioned,
            }),
            (None, None, reason) => answer.unplaced.push(Unplaced {
                mention: mentioned,
                reason: reason.map_or("", |reason| reason.in_words()).to_owned(),
            }),
        }
    }
    answer
}

/// Adds a mention to its place, which is added if this is its first.
fn add(places: &mut Vec<NamedPlace>, place: &Place, mention: &Mention, mentioned: Mentioned) {
    let confidence = rounded(mention.confidence);
    let id = place.id();
    let known = match places.iter().position(|known| known.place.is(&id)) {
        Some(at) => &mut places[at],
        None => {
            places.push(NamedPlace {
                place: place.into(),
                confidence: -1.0,
                mentions: Vec::new(),
                alternatives: Vec::new(),
            });
            let last = places.len() - 1;
            &mut places[last]
        }
    };
    if confidence > known.confidence {
        known.confidence = confidence;
        known.alternatives = mention.alternatives.iter().take(ALTERNATIVES).map(other).collect();
    }
    known.mentions.push(mentioned);
}

fn other(alternative: &Alternative) -> Other {
    let place = &alternative.place;
    let name = place.to_string();
    let name = name.rsplit_once(" (").map_or(name.as_str(), |(name, _)| name).to_owned();
    Other { id: place.id(), name, probability: rounded(alternative.probability) }
}

/// Rounded to three digits: more are not known, and cost an assistant room.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
