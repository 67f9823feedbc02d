//! Places -> features: one per place, per mention or per document.

use super::occurrence::{Occurrence, occurrences};
use super::schema::fields;
use super::source::FeatureSource;
use super::value::Value;
use super::{By, Geometries, Shape};
use crate::annotations::{Annotations, Mention, Relative};
use crate::candidate::Form;
use crate::document::Document;
use crate::gazetteer::Place;
use geo::{Geometry, MultiPolygon, Point};
use std::collections::HashMap;

/// Where something is, and a value for each field of its layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// In degrees, east before north; `None` if it is nowhere.
    pub point: Option<Point>,
    /// Its area round the point, if it is to be drawn as one.
    pub area: Option<MultiPolygon>,
    /// In the order of [`fields`].
    pub values: Vec<Value>,
}

impl Feature {
    /// What it is drawn as.
    pub fn geometry(&self) -> Option<Geometry> {
        let area = self.area.clone().map(Geometry::MultiPolygon);
        area.or(self.point.map(Geometry::Point))
    }
}

/// All features of a document, layer by layer.
pub struct Layers {
    /// The document, at its focus.
    pub document: Feature,
    /// Its places.
    pub places: Vec<Feature>,
    /// Its mentions, each with the number of its place in `places`.
    pub mentions: Vec<(Feature, Option<usize>)>,
}

/// The features of a document that are somewhere.
pub fn features(document: &Document, annotations: &Annotations, shape: Shape) -> Vec<Feature> {
    let found = occurrences(document, annotations, shape.offsets);
    let mut features = match shape.by {
        By::Place => groups(&found).0.into_iter().map(|mentions| feature(document, mentions, shape)).collect(),
        By::Mention => found.iter().map(|mention| feature(document, vec![mention], shape)).collect(),
        By::Document => vec![document_feature(document, annotations, &found)],
    };
    features.retain(|feature| feature.point.is_some());
    features
}

/// The features of a document in all layers, also those that are nowhere.
pub fn layers(document: &Document, annotations: &Annotations, shape: Shape) -> Layers {
    let shape = |by| Shape { by, ..shape };
    let found = occurrences(document, annotations, shape(By::Mention).offsets);
    let (groups, place_of) = groups(&found);
    let mentions = found.iter().map(|mention| feature(document, vec![mention], shape(By::Mention)));
    Layers {
        document: document_feature(document, annotations, &found),
        mentions: mentions.zip(place_of).collect(),
        places: groups.into_iter().map(|mentions| feature(document, mentions, shape(By::Place))).collect(),
    }
}

/// What mentions must share to be of one place.
#[derive(PartialEq, Eq, Hash)]
enum PlaceKey<'a> {
    /// A place by its id, and whether the document puts there what no gazetteer knows.
    Place(String, bool),
    /// A name and the bits of a point.
    Relative(&'a str, [u64; 2]),
}

impl<'a> PlaceKey<'a> {
    /// The key of a mention; `None` for one without a place.
    fn new(mention: &'a Mention) -> Option<Self> {
        match (&mention.place, &mention.relative) {
            (Some(place), _) => Some(PlaceKey::Place(place.id(), mention.form == Some(Form::Locality))),
            (None, Some(relative)) => {
                Some(PlaceKey::Relative(&relative.name, [relative.lon.to_bits(), relative.lat.to_bits()]))
            }
            (None, None) => None,
        }
    }
}

type Group<'a> = Vec<&'a Occurrence<'a>>;

/// The mentions of each place, places in the order of their first mentions; and the number of each mention's place.
fn groups<'a>(found: &'a [Occurrence<'a>]) -> (Vec<Group<'a>>, Vec<Option<usize>>) {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = HashMap::new();
    let place_of = found.iter().map(|occurrence| {
        let group = *known.entry(PlaceKey::new(occurrence.mention)?).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(mentions) => mentions.push(occurrence),
            None => groups.push(vec![occurrence]),
        }
        Some(group)
    });
    let place_of = place_of.collect();
    (groups, place_of)
}

/// The feature of mentions of one place.
fn feature<'a>(document: &'a Document, mentions: Group<'a>, shape: Shape) -> Feature {
    let first = mentions.first().map(|found| found.mention);
    let place = first.and_then(|mention| mention.place.as_ref());
    let relative = first.and_then(|mention| mention.relative.as_deref());
    let computed = |relative: &Relative| Point::new(round6(relative.lon), round6(relative.lat));
    let point = relative.map(computed).or(place.map(point));
    let drawn = relative.filter(|_| shape.geometry == Geometries::Area);
    let area = drawn.and_then(|relative| relative.area.as_deref().cloned());
    let source = FeatureSource { document, place, relative, mentions, score: None };
    Feature { point, area, values: fields(shape.by).map(|field| field.value(&source)).collect() }
}

/// The feature of a document, at its focus.
fn document_feature<'a>(document: &'a Document, annotations: &'a Annotations, found: &'a [Occurrence<'a>]) -> Feature {
    let focus = annotations.focus();
    let source = FeatureSource {
        document,
        place: focus.map(|focus| &focus.place),
        relative: None,
        mentions: found.iter().filter(|found| found.mention.place.is_some()).collect(),
        score: focus.map(|focus| focus.score),
    };
    let values = fields(By::Document).map(|field| field.value(&source)).collect();
    Feature { point: source.place.map(point), area: None, values }
}

/// Degrees to six decimals, a tenth of a metre: what is computed is not known better.
pub fn round6(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn point(place: &Place) -> Point {
    Point::new(place.lon(), place.lat())
}
