//! JSON lines: one object a document, for programs.

use super::features::round6;
use super::occurrence::{self, Occurrence, occurrences};
use super::value::round_up_to_metres;
use super::{Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::annotations::{Annotations, Focus, Relative};
use crate::candidate::Form;
use crate::document::{Document, Meta};
use crate::gazetteer::{Place, PlaceKey, PlaceView};
use crate::mention::{Kind, Recogniser};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Map;
use std::borrow::Cow;
use std::fmt::Display;

/// Writes JSON lines: an object a document, with its mentions and its foci. A mention without a place has `"place":
/// null` and a `"reason"`.
#[derive(Default)]
pub struct JsonLines {
    shape: Shape,
    keep_text: bool,
}

impl JsonLines {
    /// Counts offsets as `shape` says, and writes the areas of relative places if it asks for them.
    pub fn new(shape: Shape) -> Self {
        JsonLines { shape, keep_text: false }
    }

    /// The same, writing the title and the text too, in which the offsets count.
    pub fn with_text(self) -> Self {
        JsonLines { keep_text: true, ..self }
    }
}

impl super::sealed::Sealed for JsonLines {}

impl Exporter for JsonLines {
    fn renderer(&self) -> Renderer {
        let (shape, keep_text) = (self.shape, self.keep_text);
        Box::new(move |document, annotations| {
            let mut line = line(document, annotations, shape, keep_text).unwrap_or_default();
            line.push(b'\n');
            Piece::bytes(line, &annotations.attribution)
        })
    }

    fn appends(&self) -> bool {
        true
    }
}

/// A document, as a line shows it, before its mentions.
#[derive(Serialize)]
struct DescribedDocument<'p> {
    id: &'p str,
    date: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recogniser: Option<Recogniser>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'p str>,
}

/// The same behind its mentions.
#[derive(Serialize)]
struct DescribedDocumentEnd<'p> {
    focus: Option<DescribedPlace<'p>>,
    foci: Vec<DescribedPlace<'p>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: Map<String, serde_json::Value>,
}

/// A mention, as a line shows it, before its place.
#[derive(Serialize)]
struct DescribedMention {
    part: &'static str,
    start: usize,
    end: usize,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#match: Option<Displayed<Form>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metonymic: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Value>,
}

/// What is written as it is displayed.
struct Displayed<T>(T);

impl<T: Display> Serialize for Displayed<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A place, or a relative place, which has no id.
#[derive(Default, Serialize)]
struct DescribedPlace<'p> {
    id: Option<String>,
    name: &'p str,
    lat: f64,
    lon: f64,
    country: Option<&'p str>,
    admin1: Option<Cow<'p, str>>,
    admin2: Option<&'p str>,
    feature: Option<&'p str>,
    population: Option<u32>,
    exact_km: Option<f64>,
    source: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor_ids: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty_km: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<geojson::Geometry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Value>,
}

/// The object of a document.
fn line(document: &Document, annotations: &Annotations, shape: Shape, keep_text: bool) -> serde_json::Result<Vec<u8>> {
    let mut line = Vec::new();
    let begin = DescribedDocument {
        id: &document.id,
        date: document.meta.date.as_deref(),
        language: annotations.language.as_deref(),
        recogniser: annotations.recogniser,
        title: document.title_before().filter(|_| keep_text),
        text: keep_text.then(|| document.text_proper()),
    };
    write_open(&begin, &mut line)?;
    line.extend_from_slice(b",\"mentions\":[");
    let areas = shape.geometry == Geometries::Area;
    let mut mentions = MentionWriter { document, areas, places: FxHashMap::default() };
    for (at, found) in occurrences(document, annotations, shape.offsets).iter().enumerate() {
        line.extend((at > 0).then_some(b','));
        mentions.write(found, &mut line)?;
    }
    let end = serde_json::to_vec(&DescribedDocumentEnd {
        focus: annotations.focus().map(described_focus),
        foci: annotations.foci.iter().map(described_focus).collect(),
        meta: meta(&document.meta),
    })?;
    line.extend_from_slice(b"],");
    line.extend_from_slice(end.get(1..).unwrap_or_default());
    Ok(line)
}

/// Writes an object that has a member without its closing brace, so that others can follow.
fn write_open(object: &impl Serialize, to: &mut Vec<u8>) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *to, object)?;
    to.pop();
    Ok(())
}

/// Writes the mentions of a document one by one, since a description is several times as large as a mention, and describes each place of
/// the gazetteer once: a document names few places often, with the same alternatives each time.
struct MentionWriter<'p> {
    document: &'p Document,
    areas: bool,
    /// The objects of places without their closing braces, by gazetteer and number.
    places: FxHashMap<(usize, PlaceKey), Vec<u8>>,
}

impl MentionWriter<'_> {
    fn write(&mut self, found: &Occurrence<'_>, to: &mut Vec<u8>) -> serde_json::Result<()> {
        let mention = found.mention;
        // A span outside the text has no kind and no probability. What only a placed mention has is left out for others.
        let inside = !mention.is_outside_text();
        let placed = mention.place.is_some();
        let begin = DescribedMention {
            part: found.part.name(),
            start: found.start,
            end: found.end,
            text: occurrence::text(self.document, mention),
            kind: inside.then_some(mention.kind),
            r#match: mention.form.map(Displayed),
            metonymic: placed.then_some(mention.metonymic),
            modified: placed.then_some(mention.modified),
            confidence: inside.then(|| Value::probability(mention.confidence)),
        };
        write_open(&begin, to)?;
        to.extend_from_slice(b",\"place\":");
        match &mention.place {
            Some(place) => {
                self.write_place(place, to)?;
                to.push(b'}');
            }
            None => {
                let relative = mention.relative.as_deref();
                let relative = relative.map(|relative| described_relative(relative, self.areas));
                serde_json::to_writer(&mut *to, &relative)?;
            }
        }
        if placed {
            to.extend_from_slice(b",\"alternatives\":[");
            for (at, alternative) in mention.alternatives.iter().enumerate() {
                to.extend((at > 0).then_some(b','));
                self.write_place(&alternative.place, to)?;
                to.extend_from_slice(b",\"probability\":");
                serde_json::to_writer(&mut *to, &Value::probability(alternative.probability))?;
                to.push(b'}');
            }
            to.extend_from_slice(b"],\"why\":");
            serde_json::to_writer(&mut *to, &mention.why.iter().map(Displayed).collect::<Vec<_>>())?;
        }
        if let Some(reason) = mention.reason {
            to.extend_from_slice(b",\"reason\":");
            serde_json::to_writer(&mut *to, &Displayed(reason))?;
        }
        to.push(b'}');
        Ok(())
    }

    /// Writes the object of a place without its closing brace.
    fn write_place(&mut self, place: &Place, to: &mut Vec<u8>) -> serde_json::Result<()> {
        let PlaceView::Indexed(indexed) = place.view() else { return write_open(&described_place(place), to) };
        let key = (indexed.gazetteer().layers().as_ptr().addr(), indexed.key());
        if let Some(known) = self.places.get(&key) {
            to.extend_from_slice(known);
            return Ok(());
        }
        let begin = to.len();
        write_open(&described_place(place), to)?;
        self.places.insert(key, to.get(begin..).unwrap_or_default().to_vec());
        Ok(())
    }
}

fn described_focus(focus: &Focus) -> DescribedPlace<'_> {
    DescribedPlace { score: Some(Value::probability(focus.score)), ..described_place(&focus.place) }
}

/// The facts of a place, by the names and in the order that JSON lines have them; what is not known is null.
///
/// ```
/// let gazetteer = toponym::gazetteer::embedded()?;
/// let aleppo = gazetteer.by_id("geonames:170063").unwrap();
/// let record = serde_json::to_value(toponym::export::place_record(&aleppo))?;
/// assert_eq!(record["country"], "SY");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn place_record(place: &Place) -> impl Serialize + '_ {
    described_place(place)
}

fn described_place(place: &Place) -> DescribedPlace<'_> {
    fn filled(text: &str) -> Option<&str> {
        Some(text).filter(|text| !text.is_empty())
    }
    let place = place.view();
    DescribedPlace {
        id: Some(place.id()),
        name: place.name(),
        lat: place.lat(),
        lon: place.lon(),
        country: filled(place.country()),
        admin1: place.division1_name().map(Cow::Borrowed),
        admin2: place.division2_name(),
        feature: filled(place.feature()),
        population: place.population(),
        exact_km: place.exact_km(),
        source: filled(place.source()),
        ..DescribedPlace::default()
    }
}

fn described_relative(relative: &Relative, areas: bool) -> DescribedPlace<'_> {
    let (country, division1) = relative.divisions();
    DescribedPlace {
        name: &relative.name,
        lat: round6(relative.lat),
        lon: round6(relative.lon),
        country,
        admin1: division1.map(Cow::Owned),
        relation: Some(&relative.construct),
        area_from: relative.area_from.map(|from| from.to_string()),
        anchor_ids: Some(relative.anchors.iter().map(Place::id).collect()),
        uncertainty_km: Some(round_up_to_metres(relative.uncertainty_km)),
        area: relative.area.as_ref().filter(|_| areas).map(|area| geojson::Geometry::new((&**area).into())),
        ..DescribedPlace::default()
    }
}

/// What is known of the document beside its text.
fn meta(meta: &Meta) -> Map<String, serde_json::Value> {
    let own = [
        ("title", &meta.title),
        ("date", &meta.date),
        ("url", &meta.url),
        ("author", &meta.author),
        ("site", &meta.site),
        ("domain", &meta.domain),
    ];
    let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.as_deref()?.into())));
    own.chain(meta.other.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{JsonLines, place_record};
    use crate::export::Exporter;
    use crate::{Document, Geoparser};
    use serde_json::{Value, json};

    #[test]
    fn places_are_the_same_however_often_they_are_named() {
        let text =
            "Paris, Texas, is not Paris in France. Troops left Paris, Aleppo, Xyzzy and Aleppo, 20 km north of Homs.";
        let document = Document::new("1", text);
        let annotations = Geoparser::embedded().expect("opens").annotate(&document);
        let mut out = Vec::new();
        JsonLines::default().document(&document, &annotations, &mut out).expect("written");
        let line: Value = serde_json::from_slice(&out).expect("JSON");
        let written = line["mentions"].as_array().expect("mentions");
        assert_eq!(written.len(), annotations.mentions.len());
        let record = |place| serde_json::to_value(place_record(place)).expect("a record");
        let mut alternatives = 0;
        for (written, mention) in written.iter().zip(&annotations.mentions) {
            if let Some(place) = &mention.place {
                assert_eq!(written["place"], record(place));
            }
            for (at, other) in mention.alternatives.iter().enumerate() {
                let mut own = written["alternatives"][at].clone();
                let probability = own.as_object_mut().and_then(|own| own.remove("probability"));
                assert_eq!(probability, Some(json!((other.probability * 1000.0).round() / 1000.0)));
                assert_eq!(own, record(&other.place));
                alternatives += 1;
            }
        }
        assert!(alternatives > 2, "Paris has namesakes");
    }
}
