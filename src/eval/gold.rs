//! Gold standard: annotated documents.

use super::gold_name::GoldName;
use crate::document::Document;
use crate::text::ByteOffsets;
use serde::{Deserialize, Deserializer};
use std::ops::Range;

/// An annotated document.
#[derive(Clone, Debug)]
pub struct GoldDocument {
    /// The corpus it is of.
    pub corpus: String,
    /// The document.
    pub document: Document,
    /// The annotated mentions of places, in the order of the text, no span twice.
    pub toponyms: Vec<Toponym>,
    /// The names of all kinds in the order of the text, a name before those inside it; `None` if the corpus annotates places alone.
    pub names: Option<Vec<GoldName>>,
}

/// An annotated mention of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// Its span in the text proper, in code points.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// Degrees north and east, if annotated.
    pub point: Option<(f64, f64)>,
    /// GeoNames id, if annotated.
    pub geoname: Option<u64>,
    /// GeoNames class and code such as `P.PPL`, or the corpus's own label of the kind of place; may be empty.
    pub feature: String,
    /// Whether it is annotated as part of another name: GeoWebNews' `Embedded_Literal` and `Embedded_Non_Lit`.
    pub embedded: bool,
    /// Whether it is annotated as a demonym; `None` where that is not annotated, so that its text decides.
    pub demonym: Option<bool>,
    /// Whether it is annotated as standing for people of the place, GeoWebNews' `Metonymic`; `None` where that is not annotated.
    pub metonymic: Option<bool>,
}

/// An annotation as a corpus has it, before it is checked against its text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Annotation {
    /// Code points before it.
    pub start: usize,
    /// Code points before its end.
    pub end: usize,
    /// Its text.
    pub name: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id, a number or a string of digits.
    #[serde(deserialize_with = "number_or_digits")]
    pub geonameid: Option<u64>,
    /// GeoNames feature class.
    pub fclass: Option<String>,
    /// GeoNames feature code.
    pub fcode: Option<String>,
    /// The corpus's own label of the kind of mention or place.
    #[serde(rename = "type")]
    pub label: Option<String>,
}

fn number_or_digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_u64().or_else(|| value.as_str()?.parse().ok()))
}

/// Largest error of the offsets of published corpora, in code points (GeoVirus counts from 1).
const SHIFT: usize = 3;

impl GoldDocument {
    /// A document with those of its annotations that are places, and a message for each annotation that could not be used.
    ///
    /// An annotation whose text does not stand at its offsets but near them is moved there.
    pub fn new(corpus: &str, document: Document, annotations: Vec<Annotation>) -> (Self, Vec<String>) {
        let text = document.text_proper();
        let bytes = ByteOffsets::new(text);
        let mut toponyms: Vec<Toponym> = Vec::new();
        let mut unusable = Vec::new();
        for annotation in annotations.into_iter().filter(|a| is_place(a.label.as_deref().unwrap_or(""))) {
            let at = |span: &Range<usize>| bytes.range(span.start, span.end).and_then(|range| text.get(range));
            let Some(span) = annotation.align(at) else {
                let (name, start, end) = (annotation.name.unwrap_or_default(), annotation.start, annotation.end);
                unusable.push(format!(
                    "{corpus}: {}: {name:?} is not at {start}..{end}, where it is annotated",
                    document.id
                ));
                continue;
            };
            let toponym = annotation.toponym(at(&span).unwrap_or("").to_owned(), span);
            match toponyms.iter_mut().find(|known| known.span == toponym.span) {
                // Of two annotations of one span the one with coordinates is kept.
                Some(known) if known.point.is_none() && toponym.point.is_some() => *known = toponym,
                Some(_) => {}
                None => toponyms.push(toponym),
            }
        }
        toponyms.sort_by_key(|toponym| (toponym.span.start, toponym.span.end));
        (GoldDocument { corpus: corpus.to_owned(), document, toponyms, names: None }, unusable)
    }
}

impl Annotation {
    /// Subtracts a number of code points from both offsets; `false`, changing nothing, if they are less.
    pub(super) fn move_back(&mut self, code_points: usize) -> bool {
        let moved = self.start.checked_sub(code_points).zip(self.end.checked_sub(code_points));
        (self.start, self.end) = moved.unwrap_or((self.start, self.end));
        moved.is_some()
    }

    /// The span at which the annotated text stands; `None` if it stands nowhere near its offsets.
    fn align<'t>(&self, at: impl Fn(&Range<usize>) -> Option<&'t str>) -> Option<Range<usize>> {
        let here = self.start..self.end;
        let name = self.name.as_deref().unwrap_or("");
        if at(&here).is_some_and(|text| text == name || name.is_empty()) {
            return Some(here);
        }
        let name = Some(name.trim()).filter(|name| !name.is_empty())?;
        let length = name.chars().count();
        let moved = (0..=SHIFT).flat_map(|by| [self.start.checked_sub(by), self.start.checked_add(by)]).flatten();
        let exact = moved.map(|start| start..start.saturating_add(length)).find(|span| at(span) == Some(name));
        // The tools of annotators change white space.
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        exact.or_else(|| at(&here).filter(|text| words(text) == words(name)).map(|_| here))
    }

    fn toponym(self, text: String, span: Range<usize>) -> Toponym {
        let on_earth = |(lat, lon): &(f64, f64)| lat.abs() <= 90.0 && lon.abs() <= 180.0;
        let label = self.label.unwrap_or_default();
        let feature = match (self.fclass, self.fcode) {
            (Some(class), Some(code)) => format!("{class}.{code}"),
            (Some(class), None) => class,
            _ => label.clone(),
        };
        let point = self.lat.zip(self.lon).filter(on_earth);
        let (embedded, metonymic) = (label.starts_with("Embedded_"), metonymic(&label));
        Toponym { span, text, point, geoname: self.geonameid, feature, embedded, demonym: None, metonymic }
    }
}

/// Whether a label of GeoWebNews means that the name stands for people of a place; `None` for labels of other corpora.
fn metonymic(label: &str) -> Option<bool> {
    let other = ["Literal", "Coercion", "Mixed", "Literal_Modifier", "Non_Literal_Modifier"].contains(&label);
    (other || label == "Metonymic" || label.starts_with("Embedded_")).then_some(label == "Metonymic")
}

/// Whether a label means a place. Of GeoWebNews' labels some do not; those of other corpora all do.
fn is_place(label: &str) -> bool {
    !matches!(label, "Demonym" | "Language" | "Homonym" | "Non_Toponym") && !label.ends_with("_Expression")
}

#[cfg(test)]
mod tests {
    use super::{Annotation, Document, GoldDocument};

    fn gold(text: &str, annotations: Vec<Annotation>) -> (GoldDocument, Vec<String>) {
        GoldDocument::new("c", Document::new("1", text), annotations)
    }

    fn named(name: &str, start: usize, end: usize) -> Annotation {
        Annotation { start, end, name: Some(name.to_owned()), ..Annotation::default() }
    }

    #[test]
    fn offsets_count_code_points_and_may_be_off_by_one() {
        let text = "Zürich – Genève";
        let (document, unusable) = gold(text, vec![named("Genève", 9, 15), named("Zürich", 1, 7)]);
        let spans: Vec<_> = document.toponyms.iter().map(|t| (t.span.clone(), t.text.as_str())).collect();
        assert_eq!(spans, [(0..6, "Zürich"), (9..15, "Genève")]);
        assert!(unusable.is_empty());
        let (document, unusable) = gold(text, vec![named("Basel", 0, 5), named("", usize::MAX, 99)]);
        assert!(document.toponyms.is_empty());
        assert_eq!(unusable[0], "c: 1: \"Basel\" is not at 0..5, where it is annotated");
        assert_eq!(unusable.len(), 2);
    }

    #[test]
    fn geowebnews_labels_that_are_no_places_go() {
        let labels = ["Literal", "Mixed", "Demonym", "Non_Lit_Expression", "Homonym", "Embedded_Non_Lit", "COUNTRY"];
        let annotations = labels.iter().zip(0..).map(|(label, start)| Annotation {
            start,
            end: start + 1,
            label: Some((*label).to_owned()),
            ..Annotation::default()
        });
        let (document, _) = gold("abcdefg", annotations.collect());
        let kept: Vec<_> = document.toponyms.iter().map(|t| t.feature.as_str()).collect();
        assert_eq!(kept, ["Literal", "Mixed", "Embedded_Non_Lit", "COUNTRY"]);
        assert_eq!(document.toponyms.iter().filter(|t| t.embedded).count(), 1);
    }

    #[test]
    fn one_span_counts_once_and_keeps_its_point() {
        let with_point = Annotation { lat: Some(1.0), lon: Some(2.0), ..named("Ulm", 0, 3) };
        let (document, _) = gold("Ulm", vec![named("Ulm", 0, 3), with_point]);
        assert_eq!(document.toponyms.len(), 1);
        assert_eq!(document.toponyms[0].point, Some((1.0, 2.0)));
        let nowhere = Annotation { lat: Some(91.0), lon: Some(0.0), ..named("Ulm", 0, 3) };
        assert_eq!(gold("Ulm", vec![nowhere]).0.toponyms[0].point, None);
    }
}
