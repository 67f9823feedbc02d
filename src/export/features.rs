//! Places -> features: one per place, per mention or per document.

use super::occurrence::{Answer, Occurrence, occurrences};
use super::row::Row;
use super::schema::fields;
use super::value::Value;
use super::{By, Geometries, Shape};
use crate::candidate::Form;
use crate::gazetteer::{PlaceKey, PlaceRef};
use crate::geoparser::Parsed;
use crate::relation::Relative;
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
pub fn features(parsed: &Parsed<'_, '_>, shape: Shape) -> Vec<Feature> {
    let found = occurrences(parsed, shape.offsets);
    let mut features = match shape.by {
        By::Place => groups(&found).0.into_iter().map(|uses| feature(parsed, uses, shape)).collect(),
        By::Mention => found.iter().map(|mention| feature(parsed, vec![mention], shape)).collect(),
        By::Document => vec![document(parsed, &found)],
    };
    features.retain(|feature| feature.point.is_some());
    features
}

/// The features of a document in all layers, also those that are nowhere.
pub fn layers(parsed: &Parsed<'_, '_>, shape: Shape) -> Layers {
    let shape = |by| Shape { by, ..shape };
    let found = occurrences(parsed, shape(By::Mention).offsets);
    let (groups, place_of) = groups(&found);
    let mentions = found.iter().map(|mention| feature(parsed, vec![mention], shape(By::Mention)));
    Layers {
        document: document(parsed, &found),
        mentions: mentions.zip(place_of).collect(),
        places: groups.into_iter().map(|uses| feature(parsed, uses, shape(By::Place))).collect(),
    }
}

/// What mentions must share to be of one place.
#[derive(PartialEq, Eq, Hash)]
enum Where<'o> {
    /// A place, or what the document puts there and no gazetteer knows.
    Place(PlaceKey, bool),
    Relative(&'o str, [u64; 2]),
}

type Uses<'o, 'p, 'g> = Vec<&'o Occurrence<'p, 'g>>;

/// The mentions of each place, places in the order of their first mentions; and the number of each mention's place.
fn groups<'o, 'p, 'g>(found: &'o [Occurrence<'p, 'g>]) -> (Vec<Uses<'o, 'p, 'g>>, Vec<Option<usize>>) {
    let mut groups: Vec<Uses<'o, 'p, 'g>> = Vec::new();
    let mut known = HashMap::new();
    let place_of = found.iter().map(|mention| {
        let key = match mention.answer {
            Answer::Place(resolved) => Where::Place(resolved.place.key(), resolved.form == Form::Locality),
            Answer::Relative(relative) => {
                Where::Relative(&relative.name, [relative.point.x().to_bits(), relative.point.y().to_bits()])
            }
            Answer::Unplaced(_) => return None,
        };
        let group = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(uses) => uses.push(mention),
            None => groups.push(vec![mention]),
        }
        Some(group)
    });
    let place_of = place_of.collect();
    (groups, place_of)
}

fn feature<'p, 'g>(parsed: &'p Parsed<'_, 'g>, uses: Uses<'p, 'p, 'g>, shape: Shape) -> Feature {
    let place = uses.first().and_then(|mention| mention.place());
    let relative = uses.first().and_then(|mention| match mention.answer {
        Answer::Relative(relative) => Some(relative),
        _ => None,
    });
    let computed = |relative: &Relative<'_>| Point::new(round6(relative.point.x()), round6(relative.point.y()));
    let point = relative.map(computed).or(place.as_ref().map(point));
    let drawn = relative.filter(|_| shape.geometry == Geometries::Area);
    let area = drawn.and_then(|relative| relative.area.as_deref().cloned());
    let row = Row { document: parsed.document, parsed, place, relative, uses, score: None };
    Feature { point, area, values: fields(shape.by).map(|field| field.of(&row)).collect() }
}

fn document<'p, 'g>(parsed: &'p Parsed<'_, 'g>, found: &'p [Occurrence<'p, 'g>]) -> Feature {
    let focus = parsed.focus.as_ref();
    let placed = found.iter().filter(|mention| mention.place().is_some());
    let row = Row {
        document: parsed.document,
        parsed,
        place: focus.map(|focus| focus.place),
        relative: None,
        uses: placed.collect(),
        score: focus.map(|focus| focus.score),
    };
    let values = fields(By::Document).map(|field| field.of(&row)).collect();
    Feature { point: row.place.as_ref().map(point), area: None, values }
}

/// Degrees to six decimals, a tenth of a metre: what is computed is not known better.
pub fn round6(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn point(place: &PlaceRef<'_>) -> Point {
    Point::new(place.lon(), place.lat())
}
