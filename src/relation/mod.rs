//! The language of place: "20 km north of Aleppo", "northern Syria", "36.2361 N, 37.1517 E" -> geometry.
//!
//! ```text
//! tokens and resolved mentions -> matches of the grammar -> areas -> `Relative`s
//! ```
//!
//! `grammar` reads the words and, with `pattern`, the patterns, `phrase` finds them round the mentions, `area` draws what they mean, `coordinate` reads what
//! is said in figures.

mod area;
mod coordinate;
mod grammar;
mod measure;
mod pattern;
mod phrase;
mod reader;
mod shape;

pub use area::{AreaCache, AreaFrom, AreaGeometry};

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::mention::Kind;
use crate::resolve::{Focus, Resolved};
use crate::text::Tokens;
use area::{Area, Wanted};
use geo::Point;
use grammar::Grammar;
use phrase::Match;
use reader::Reader;
use shape::Shape;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// A stretch of text that says where something is without naming the place itself: relative to places, or in coordinates.
#[derive(Clone, Debug)]
pub struct Relative<'g> {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// [`Kind::Relative`] or [`Kind::Coordinate`].
    pub kind: Kind,
    /// Which construct it is, such as `direction`, `part`, `between`; for coordinates their notation, such as `degrees`,
    /// `mgrs`. One word, as the output shows it.
    pub relation: &'static str,
    /// What it is called on a map: "20 km north of Aleppo".
    pub name: String,
    /// The places it is relative to, in the order of the text; none for coordinates, but for a short plus code.
    pub anchors: Vec<PlaceRef<'g>>,
    /// A representative point, degrees east and north; it lies in `area` if there is one.
    pub point: Point,
    /// The area meant.
    pub area: Option<AreaGeometry>,
    /// What the extents of the anchors rest on; `None` for coordinates.
    pub area_from: Option<AreaFrom>,
    /// How far what is meant may lie from `point`, in kilometres.
    pub uncertainty_km: f64,
    /// How probable it is that this is meant, 0 to 1.
    pub confidence: f64,
}

/// How probable it is that a pattern's words mean a place on the ground, when its anchors are what they seem.
const PATTERN_HOLDS: f64 = 0.9;

/// Finds the relative places and the coordinates in a text, in its order, and marks the mentions whose own place is not
/// meant as [`modified`](crate::mention::Mention::modified). `cache` holds the areas that have been drawn of this gazetteer.
pub fn find<'g>(
    text: &str,
    tokens: &Tokens,
    places: &mut [Resolved<'g>],
    focus: Option<&Focus<'g>>,
    gazetteer: &'g Gazetteer,
    cache: &AreaCache,
) -> Vec<Relative<'g>> {
    let grammar = Grammar::english();
    let reader = Reader::new(text, tokens, places, grammar);
    let mut found = coordinate::find(&reader, gazetteer);
    let mut modified = Vec::new();
    let coordinates = found.len();
    let country = focus.map_or("", |focus| focus.place.country());
    let named = LazyCell::new(|| named_countries(&reader));
    for matched in phrase::matches(&reader, grammar) {
        let relative = relative(&reader, &matched, country, &named, gazetteer, cache);
        let apart = |one: &Relative| found[..coordinates].iter().all(|c| one.end <= c.start || one.start >= c.end);
        if let Some(relative) = relative.filter(apart) {
            modified.extend(matched.anchors);
            found.push(relative);
        }
    }
    for at in modified {
        if let Some(resolved) = places.get_mut(at) {
            resolved.mention.modified = true;
        }
    }
    found.sort_by_key(|relative| relative.start);
    found
}

/// A match with its area; `None` when nothing on the ground could be meant.
fn relative<'g>(
    reader: &Reader<'_, 'g>,
    matched: &Match,
    country: &str,
    named: &BTreeMap<&'g str, usize>,
    gazetteer: &'g Gazetteer,
    cache: &AreaCache,
) -> Option<Relative<'g>> {
    let anchors: Vec<PlaceRef<'g>> = matched.anchors.iter().map(|&at| reader.places[at].place).collect();
    let beyond = if matched.shape == Shape::Border { beyond(named, &anchors, country) } else { String::new() };
    let wanted = Wanted {
        shape: matched.shape,
        anchors: &anchors,
        bearing: matched.bearing,
        distance: matched.distance,
        country: &beyond,
        toward: neighbour(reader, matched),
    };
    let Area { point, polygons, uncertainty_km, from } = area::draw(&wanted, gazetteer, cache)?;
    let (start, end) = (reader.tokens[matched.first].start, reader.tokens[matched.last].end);
    let sure = matched.anchors.iter().map(|&at| reader.places[at].confidence).fold(1.0, f64::min);
    Some(Relative {
        start,
        end,
        kind: Kind::Relative,
        relation: matched.relation,
        name: reader.text[start..end].split_whitespace().collect::<Vec<_>>().join(" "),
        anchors,
        point,
        area: Some(polygons),
        area_from: Some(from),
        uncertainty_km,
        confidence: sure * PATTERN_HOLDS,
    })
}

/// The country on the other side of "the Turkish border": the one that the document is about, or else of those that it
/// names the most often, if it touches the anchor.
fn beyond(named: &BTreeMap<&str, usize>, anchors: &[PlaceRef<'_>], focus: &str) -> String {
    let own = anchors.first().map_or("", |anchor| anchor.country());
    let touches = |code: &str| code != own && !crate::outline::border(own, code).is_empty();
    if anchors.len() != 1 || touches(focus) {
        return focus.to_owned();
    }
    let neighbours = named.iter().filter(|(code, _)| touches(code));
    neighbours.max_by_key(|(_, count)| **count).map_or(String::new(), |(code, _)| (*code).to_owned())
}

/// The countries that a document's mentions lie in, with how many lie in each.
fn named_countries<'g>(reader: &Reader<'_, 'g>) -> BTreeMap<&'g str, usize> {
    let mut counts = BTreeMap::new();
    for resolved in reader.places {
        *counts.entry(resolved.place.country()).or_default() += 1;
    }
    counts
}

/// The nearest other town that the sentence of a match names: what lies "20 km from Aleppo" lies, for all we know, on its
/// side.
fn neighbour(reader: &Reader, matched: &Match) -> Option<Point> {
    let anchor = &reader.places.get(*matched.anchors.first()?)?.place;
    let sentence = |mention: usize| reader.tokens.get(mention).map(|token| token.sentence);
    let here = sentence(matched.first);
    let from = reader.places.partition_point(|other| sentence(other.mention.first) < here);
    let others = reader.places[from..].iter().take_while(|other| sentence(other.mention.first) == here);
    let others = others.filter(|other| other.place.class() == 'P' && !other.place.is_same(anchor));
    let (km, nearest) =
        others.map(|other| (other.place.km_from(anchor), other.place)).min_by(|a, b| a.0.total_cmp(&b.0))?;
    (km < NEIGHBOURHOOD_KM).then(|| Point::new(nearest.lon(), nearest.lat()))
}

/// Towns farther off tell nothing of which side is meant, in kilometres.
const NEIGHBOURHOOD_KM: f64 = 200.0;
