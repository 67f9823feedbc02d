//! JSON lines read back: what [`JsonLines`](super::JsonLines) wrote with its text, perhaps corrected since.

use crate::annotations::{Alternative, Annotations, Focus, Mention, Relative, sentence_at};
use crate::candidate::Form;
use crate::document::{Document, Meta, Unit};
use crate::gazetteer::{Gazetteer, Place};
use crate::mention::{Kind, Reason, Recogniser, read_tokens};
use crate::relation::{AreaFrom, AreaGeometry};
use crate::text::Span;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Reads a line that [`JsonLines::with_text`](super::JsonLines::with_text) wrote: the document and what was found in it.
/// Offsets count `unit`s. A place whose id the gazetteer has and whose point is the gazetteer's is that place; others
/// are as the line tells them, so that a line may hold places of a reader's own. What a line does not hold is absent:
/// [`Mention::why`].
///
/// ```
/// use toponym::document::Unit;
/// use toponym::export::{Exporter, JsonLines, Shape, read_json_line};
/// use toponym::{Document, Geoparser};
/// let (geoparser, document) = (Geoparser::embedded()?, Document::new("1", "Rain fell in Lyon."));
/// let mut line = Vec::new();
/// JsonLines::new(Shape::default()).with_text().document(&document, &geoparser.annotate(&document), &mut line)?;
/// let line = String::from_utf8(line)?;
/// let (read, annotations) = read_json_line(&line, Unit::Chars, geoparser.resources().gazetteer())?;
/// assert_eq!((read.text.as_str(), annotations.mentions[0].text(&read)), ("Rain fell in Lyon.", "Lyon"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the line is no such JSON, has no text, or an offset is no place in it; the message says which.
pub fn read_json_line(line: &str, unit: Unit, gazetteer: &Gazetteer) -> Result<(Document, Annotations), String> {
    let line: Line = serde_json::from_str(line)
        .map_err(|error| format!("no line of JSON that holds its text: {error}; write it with --keep-text"))?;
    let mut document = Document { id: line.id, meta: Meta::from(line.meta), ..Document::new("", line.text) };
    if let Some(title) = &line.title {
        // As a document holds it: the title, an empty line, the text proper.
        document.text = format!("{title}\n\n{}", document.text);
        document.body = title.len() + 2;
    }
    document.lang.clone_from(&line.language);
    let (tokens, _) = read_tokens(&document.text, line.language.as_deref());
    let places = Reader { gazetteer };
    let title = Positions::new(line.title.as_deref().unwrap_or(""), unit);
    let text = Positions::new(document.text_proper(), unit);
    let mut annotations = Annotations {
        language: line.language,
        recogniser: line.recogniser,
        attribution: gazetteer.attribution().clone(),
        ..Annotations::default()
    };
    for (number, written) in line.mentions.into_iter().enumerate() {
        let (positions, from) = if written.part == "title" { (&title, 0) } else { (&text, document.body) };
        let span = match positions.span(written.start, written.end) {
            Some((start, end)) => Span::new(from + start, from + end),
            // It was given so.
            None if written.reason.as_ref().is_some_and(|reason| reason == "outside-text") => {
                Span::new(written.start, written.end)
            }
            None => {
                let WrittenMention { part, start, end, .. } = written;
                return Err(format!("mention {number}: {start}..{end} is no stretch of the {part}"));
            }
        };
        let mut mention = places.mention(written).map_err(|error| format!("mention {number}: {error}"))?;
        mention.span = span;
        if !mention.is_outside_text() {
            mention.sentence = sentence_at(&tokens, span.start);
        }
        annotations.mentions.push(mention);
    }
    let foci = line
        .foci
        .into_iter()
        .map(|focus| Ok(Focus { score: focus.score.unwrap_or(0.0), place: places.place(&focus)? }));
    annotations.foci = foci.collect::<Result<_, String>>()?;
    Ok((document, annotations))
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    recogniser: Option<Recogniser>,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    mentions: Vec<WrittenMention>,
    #[serde(default)]
    foci: Vec<WrittenPlace>,
    #[serde(default)]
    meta: Map<String, Value>,
}

#[derive(Deserialize)]
struct WrittenMention {
    #[serde(default)]
    part: String,
    start: usize,
    end: usize,
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    r#match: Option<String>,
    #[serde(default)]
    metonymic: bool,
    #[serde(default)]
    modified: bool,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(default)]
    place: Option<WrittenPlace>,
    #[serde(default)]
    alternatives: Vec<WrittenPlace>,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct WrittenPlace {
    #[serde(default)]
    id: Option<String>,
    name: String,
    lat: f64,
    lon: f64,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    admin1: Option<String>,
    #[serde(default)]
    admin2: Option<String>,
    #[serde(default)]
    feature: Option<String>,
    #[serde(default)]
    population: Option<u32>,
    #[serde(default)]
    exact_km: Option<f64>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    relation: Option<String>,
    #[serde(default)]
    anchor_ids: Vec<String>,
    #[serde(default)]
    area_from: Option<String>,
    #[serde(default)]
    uncertainty_km: Option<f64>,
    #[serde(default)]
    area: Option<AreaGeometry>,
    #[serde(default)]
    probability: Option<f64>,
    #[serde(default)]
    score: Option<f64>,
}

/// Makes places of what a line tells of them.
struct Reader<'g> {
    gazetteer: &'g Gazetteer,
}

impl Reader<'_> {
    fn mention(&self, written: WrittenMention) -> Result<Mention, String> {
        let relative = written.place.as_ref().filter(|place| place.relation.is_some());
        let relative = relative.map(|place| self.relative(place)).transpose()?.map(Box::new);
        let place = written.place.as_ref().filter(|_| relative.is_none());
        let place = place.map(|place| self.place(place)).transpose()?;
        let reason = written.reason.map(|reason| word::<Reason>("reason", &reason)).transpose()?;
        let alternatives = written.alternatives.iter().map(|other| {
            let probability = other.probability.unwrap_or(0.0);
            Ok(Alternative { place: self.place(other)?, probability, why: Vec::new() })
        });
        let confidence = written.confidence.unwrap_or(0.0);
        if !(0.0..=1.0).contains(&confidence) {
            return Err(format!("confidence {confidence} is no number from 0 to 1"));
        }
        Ok(Mention {
            span: Span::default(),
            sentence: Span::default(),
            kind: written.kind.unwrap_or(Kind::Place),
            form: written.r#match.map(|form| word::<Form>("match", &form)).transpose()?,
            reason: if place.is_none() && relative.is_none() { reason.or(Some(Reason::NotInGazetteer)) } else { None },
            place,
            relative,
            confidence,
            probability: confidence,
            metonymic: written.metonymic,
            modified: written.modified,
            why: Vec::new(),
            alternatives: alternatives.collect::<Result<_, String>>()?,
        })
    }

    fn place(&self, written: &WrittenPlace) -> Result<Place, String> {
        let (lat, lon) = (written.lat, written.lon);
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return Err(format!("{lat},{lon} is no latitude and longitude in degrees"));
        }
        let known = written.id.as_deref().and_then(|id| self.gazetteer.by_id(id));
        if let Some(known) = known.filter(|known| (known.lat(), known.lon()) == (lat, lon)) {
            return Ok(match written.exact_km.filter(|exact_km| Some(*exact_km) != known.exact_km()) {
                None => known,
                // Its locality is all that is known of what the text names.
                Some(exact_km) => {
                    let (country, source) = (known.country().to_owned(), known.source().to_owned());
                    known.at((lat, lon), exact_km, &country, &source)
                }
            });
        }
        let facts = json!({
            "id": written.id.as_deref().unwrap_or(""), "name": written.name, "lat": lat, "lon": lon,
            "countries": written.country.iter().collect::<Vec<_>>(), "admin1": written.admin1, "admin2": written.admin2,
            "feature": written.feature.as_deref().unwrap_or(""), "population": written.population,
            "exact_km": written.exact_km, "source": written.source.as_deref().unwrap_or(""),
        });
        serde_json::from_value(facts).map_err(|error| error.to_string())
    }

    fn relative(&self, written: &WrittenPlace) -> Result<Relative, String> {
        let anchors = written.anchor_ids.iter().map(|id| match self.gazetteer.by_id(id) {
            Some(place) => Ok(place),
            None => serde_json::from_value(json!({"id": id})).map_err(|error| error.to_string()),
        });
        let area_from = written.area_from.as_deref().map(|from| word::<AreaFrom>("area_from", from)).transpose()?;
        Ok(Relative {
            construct: written.relation.clone().unwrap_or_default().into(),
            name: written.name.clone(),
            anchors: anchors.collect::<Result<_, String>>()?,
            lat: written.lat,
            lon: written.lon,
            area: written.area.clone(),
            area_from,
            uncertainty_km: written.uncertainty_km.unwrap_or(0.0),
        })
    }
}

/// A value of an enum by its name in the output. Several forms may be joined; the first counts.
fn word<T: DeserializeOwned>(field: &str, text: &str) -> Result<T, String> {
    let first = text.split("; ").next().unwrap_or(text);
    serde_json::from_value(first.into()).map_err(|_| format!("{field}: {text:?} is not known"))
}

/// The byte offsets of a text's positions in another unit.
struct Positions {
    /// For every position of the unit its byte.
    bytes: Vec<usize>,
}

impl Positions {
    fn new(text: &str, unit: Unit) -> Self {
        let mut bytes = Vec::new();
        for (byte, character) in text.char_indices() {
            let width = match unit {
                Unit::Chars => 1,
                Unit::Utf16 => character.len_utf16(),
                Unit::Bytes => character.len_utf8(),
            };
            bytes.push(byte);
            // Within a character there is no position.
            bytes.extend(std::iter::repeat_n(usize::MAX, width - 1));
        }
        bytes.push(text.len());
        Positions { bytes }
    }

    fn span(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let at = |position: usize| self.bytes.get(position).copied().filter(|byte| *byte != usize::MAX);
        let (start, end) = (at(start)?, at(end)?);
        (start < end).then_some((start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::read_json_line;
    use crate::document::{Document, Meta, Unit};
    use crate::export::{By, Exporter, GeoJson, Geometries, JsonLines, Shape};
    use crate::{Annotations, Geoparser};

    fn geojson(document: &Document, annotations: &Annotations, by: By) -> String {
        let mut exporter = GeoJson::new(Shape { by, geometry: Geometries::Area, ..Shape::default() });
        let mut out = Vec::new();
        exporter.document(document, annotations, &mut out).expect("written");
        exporter.finish(&mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_is_read_back_says_the_same_in_every_unit() {
        let geoparser = Geoparser::embedded().expect("sound");
        let text = "Déjà 🎈 in Zürich: Turkish shells fell 20 km north of Aleppo, said Washington.\n\nNear 36.2361 N, \
                    37.1517 E and in Qqqqville it was quiet, also in the Hama countryside.";
        let meta =
            Meta { title: Some("Truce 🎈 in Homs".into()), date: Some("2016-06-04".into()), ..Meta::default() };
        let document = Document::titled("a", text, meta);
        let annotations = geoparser.annotate(&document);
        for offsets in [Unit::Chars, Unit::Bytes, Unit::Utf16] {
            let shape = Shape { offsets, geometry: Geometries::Area, ..Shape::default() };
            let mut line = Vec::new();
            let mut lines = JsonLines::new(shape).with_text();
            lines.document(&document, &annotations, &mut line).expect("written");
            let line = String::from_utf8(line).expect("UTF-8");
            let (read, again) = read_json_line(&line, offsets, geoparser.resources().gazetteer()).expect("read back");
            assert_eq!((&read.text, read.body, &read.meta), (&document.text, document.body, &document.meta));
            for by in [By::Mention, By::Place, By::Document] {
                assert_eq!(geojson(&read, &again, by), geojson(&document, &annotations, by));
            }
        }
    }

    #[test]
    fn a_readers_own_point_is_kept_and_nonsense_is_named() {
        let geoparser = Geoparser::embedded().expect("sound");
        let gazetteer = geoparser.resources().gazetteer();
        let line = |mention: &str| format!("{{\"id\": \"1\", \"text\": \"In Ulm\", \"mentions\": [{mention}]}}");
        let own = r#"{"part": "text", "start": 3, "end": 6, "kind": "place", "confidence": 1,
            "place": {"id": "point:1,2", "name": "Ulm", "lat": 1.0, "lon": 2.0}}"#;
        let (_, annotations) = read_json_line(&line(own), Unit::Utf16, gazetteer).expect("read");
        let place = annotations.mentions[0].place.as_ref().expect("a place");
        assert_eq!((place.id().as_str(), place.lat(), place.population()), ("point:1,2", 1.0, None));
        for (mention, says) in [
            (r#"{"start": 3, "end": 9}"#, "mention 0: 3..9"),
            (r#"{"start": 3, "end": 6, "confidence": 7}"#, "from 0 to 1"),
            (r#"{"start": 3, "end": 6, "reason": "tired"}"#, "\"tired\""),
            (r#"{"start": 3, "end": 6, "place": {"name": "x", "lat": 91, "lon": 0}}"#, "91,0"),
            (r#"{"start": "3"}"#, "--keep-text"),
        ] {
            let error = read_json_line(&line(mention), Unit::Chars, gazetteer).expect_err(mention);
            assert!(error.contains(says), "{error}");
        }
    }
}
