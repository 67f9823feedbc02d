//! The language of place: "20 km north of Aleppo", "northern Syria", "36.2361 N, 37.1517 E" -> geometry.
//!
//! ```text
//! words and resolved mentions -> matches of the grammar -> areas -> `Relative`s
//! ```
//!
//! The grammar is a table of the language pack ([`crate::text::language::relations`]). `phrase` finds its patterns at the
//! mentions, `measure` reads quantities, `area` draws what they mean, and `coordinate` reads coordinates.

mod area;
mod coordinate;
mod implied;
mod measure;
mod phrase;
mod reach;
mod reader;
mod river;

pub use area::{AreaCache, AreaFrom, AreaGeometry};

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::mention::{Kind, ReachPoint};
use crate::resolve::{Focus, Resolved};
use crate::text::Words;
use crate::text::language::RelationGrammar;
use crate::text::language::relations::{Construct, Shape};
use area::{Area, DocumentAreas, Wanted};
use geo::Point;
use phrase::Match;
use reach::{Reach, Reaches};
use reader::Reader;
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
    /// Which construct it is, such as `direction`, `part`, `between`; of coordinates their notation, such as `degrees`,
    /// `mgrs`. One word, as the output shows it.
    pub relation: &'static str,
    /// Its text with single spaces, a label for maps: "20 km north of Aleppo".
    pub name: String,
    /// The places it is relative to, in the order of the text; none for coordinates, except a short plus code.
    pub anchors: Vec<PlaceRef<'g>>,
    /// A representative point, degrees east and north; it lies in `area` if there is one.
    pub point: Point,
    /// The area meant.
    pub area: Option<AreaGeometry>,
    /// What the extents of the anchors are derived from; `None` for coordinates.
    pub area_from: Option<AreaFrom>,
    /// How far from `point` the place meant may lie, in kilometres.
    pub uncertainty_km: f64,
    /// The probability that this is meant, 0 to 1.
    pub confidence: f64,
}

/// The probability that a pattern's words mean a place on the ground, given that its anchors are right.
const PATTERN_HOLDS: f64 = 0.9;

/// Finds the relative places and the coordinates in a text, in its order, and marks the mentions whose own place is not
/// meant as [`modified`](crate::mention::Mention::modified). Without a grammar only coordinates are found. `cache` holds the areas of
/// this gazetteer that have been drawn.
pub fn find<'g>(
    words: &Words<'_>,
    grammar: Option<&RelationGrammar>,
    places: &mut [Resolved<'g>],
    focus: Option<&Focus<'g>>,
    gazetteer: &'g Gazetteer,
    cache: &AreaCache,
) -> Vec<Relative<'g>> {
    let empty = RelationGrammar::default();
    let grammar = grammar.unwrap_or(&empty);
    let Some(all) = implied::with_implied(words, grammar, places, gazetteer) else {
        return find_among(words, grammar, places, focus, gazetteer, cache);
    };
    let (indexes, mut all): (Vec<Option<usize>>, Vec<Resolved<'g>>) = all.into_iter().unzip();
    let found = find_among(words, grammar, &mut all, focus, gazetteer, cache);
    // Those that are only implied are no mentions of the document.
    for (index, resolved) in indexes.into_iter().zip(all) {
        if let Some(place) = index.and_then(|index| places.get_mut(index)) {
            *place = resolved;
        }
    }
    found
}

/// Finds what is relative to the places given.
fn find_among<'g>(
    words: &Words<'_>,
    grammar: &RelationGrammar,
    places: &mut [Resolved<'g>],
    focus: Option<&Focus<'g>>,
    gazetteer: &'g Gazetteer,
    cache: &AreaCache,
) -> Vec<Relative<'g>> {
    river::place_rivers(words, places, grammar);
    let reader = Reader::new(words, places, grammar);
    let mut found = coordinate::find(&reader, gazetteer);
    let mut modified = Vec::new();
    // Coordinates do not overlap.
    let mut coordinates: Vec<(usize, usize)> = found.iter().map(|one| (one.start, one.end)).collect();
    coordinates.sort_unstable();
    let country = focus.map_or("", |focus| focus.place.country());
    let named = LazyCell::new(|| named_countries(&reader));
    let mut reaches = Reaches::default();
    let mut areas = DocumentAreas::default();
    let mut stretch = |at: usize| Some((at, reaches.of_mention(&reader, at)?));
    let stretches: BTreeMap<usize, Reach<'g>> = (0..reader.places.len()).filter_map(&mut stretch).collect();
    for matched in phrase::matches(&reader) {
        let reach = matched.anchors.first().and_then(|at| stretches.get(at)).cloned();
        let mut draw = |wanted: &Wanted<'_, '_>| areas.area(wanted, || area::draw(wanted, gazetteer, cache));
        let relative = relative(&reader, &matched, country, reach, &named, &mut draw);
        let apart = |one: &Relative| {
            let next = coordinates.partition_point(|&(_, end)| end <= one.start);
            coordinates.get(next).is_none_or(|&(start, _)| one.end <= start)
        };
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
    for (at, reach) in stretches.into_iter().filter(|(_, reach)| reach.is_there) {
        let point = ReachPoint { point: reach.point, exact_km: reach.exact_km, country: reach.country };
        places[at].mention.reach = Some(Box::new(point));
    }
    found.sort_by_key(|relative| relative.start);
    found
}

/// A match with its area; `None` if it can mean nothing on the ground.
fn relative<'g>(
    reader: &Reader<'_, 'g>,
    matched: &Match,
    country: &str,
    reach: Option<Reach<'g>>,
    named: &BTreeMap<&'g str, usize>,
    draw: &mut impl FnMut(&Wanted<'_, '_>) -> Option<Area>,
) -> Option<Relative<'g>> {
    let anchors: Vec<PlaceRef<'g>> = matched.anchors.iter().map(|&at| reader.places[at].place).collect();
    let beyond = if matched.shape == Shape::Border { beyond(named, &anchors, country) } else { String::new() };
    let is_line = matched.shape == Shape::Border || matched.construct == Construct::Route;
    let wanted = Wanted {
        shape: matched.shape,
        anchors: &anchors,
        bearing: matched.bearing,
        distance: matched.distance,
        country: &beyond,
        toward: neighbour(reader, matched),
        reach,
        towns: if is_line { other_towns(reader, matched) } else { Vec::new() },
    };
    let Area { point, polygons, uncertainty_km, from } = draw(&wanted)?;
    let tokens = reader.words.tokens;
    let (start, end) = (reader.start(matched.first), tokens[matched.last].end);
    let sure = matched.anchors.iter().map(|&at| reader.places[at].confidence).fold(1.0, f64::min);
    Some(Relative {
        start,
        end,
        kind: Kind::Relative,
        relation: matched.construct.name(),
        name: single_spaced(&reader.words.text[start..end]),
        anchors,
        point,
        area: Some(polygons),
        area_from: Some(from),
        uncertainty_km,
        confidence: sure * PATTERN_HOLDS,
    })
}

/// A text with every run of white space replaced by one space.
fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code of the country on the other side of "the Turkish border": the one that the document is about if it borders on the
/// anchor, else the bordering country that most mentions lie in.
fn beyond(named: &BTreeMap<&str, usize>, anchors: &[PlaceRef<'_>], focus: &str) -> String {
    let own = anchors.first().map_or("", |anchor| anchor.country());
    let touches = |code: &str| code != own && !crate::outline::border(own, code).is_empty();
    if anchors.len() != 1 || touches(focus) {
        return focus.to_owned();
    }
    let neighbours = named.iter().filter(|(code, _)| touches(code));
    neighbours.max_by_key(|(_, count)| **count).map_or(String::new(), |(code, _)| (*code).to_owned())
}

/// The number of a document's mentions in each country.
fn named_countries<'g>(reader: &Reader<'_, 'g>) -> BTreeMap<&'g str, usize> {
    let mut counts = BTreeMap::new();
    for resolved in reader.places {
        *counts.entry(resolved.place.country()).or_default() += 1;
    }
    counts
}

/// The towns of a match's sentence that it is not relative to, the nearest in the text first.
fn other_towns(reader: &Reader, matched: &Match) -> Vec<Point> {
    let Some(&at) = matched.anchors.first() else { return Vec::new() };
    let anchor = |point: &Point| {
        let is_at = |at: &usize| Point::new(reader.places[*at].place.lon(), reader.places[*at].place.lat()) == *point;
        matched.anchors.iter().any(is_at)
    };
    let beside = reach::towns(reader, at).into_iter().filter(|town| town.beside).map(|town| town.point);
    beside.filter(|point| !anchor(point)).collect()
}

/// Mentions before and behind a match among which its neighbour is looked for; few sentences have as many.
const NEARBY: usize = 100;

/// The nearest other town named near a match in its sentence: the likelier side for what lies "20 km from Aleppo".
fn neighbour(reader: &Reader, matched: &Match) -> Option<Point> {
    let at = *matched.anchors.first()?;
    let anchor = &reader.places.get(at)?.place;
    let sentence = |mention: usize| reader.token(mention).map(|token| token.sentence);
    let here = sentence(matched.first);
    let near = &reader.places[at.saturating_sub(NEARBY)..(at + NEARBY).min(reader.places.len())];
    let others = near.iter().filter(|other| sentence(other.mention.first) == here);
    let others = others.filter(|other| other.place.class() == 'P' && !other.place.is_same(anchor));
    let (km, nearest) =
        others.map(|other| (other.place.km_from(anchor), other.place)).min_by(|a, b| a.0.total_cmp(&b.0))?;
    (km < NEIGHBOURHOOD_KM).then(|| Point::new(nearest.lon(), nearest.lat()))
}

/// Towns farther off than this, in kilometres, do not tell which side is meant.
const NEIGHBOURHOOD_KM: f64 = 200.0;
