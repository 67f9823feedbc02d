//! Where on a river, a range or a road a text means: near the towns that it is named with.

use super::reader::Reader;
use crate::course;
use crate::gazetteer::{PlaceKey, PlaceRef};
use crate::mention::Kind;
use crate::outline;
use crate::resolve::Resolved;
use geo::{BoundingRect, Contains, Distance, Haversine, Length, LineString, MultiPolygon, Point};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The stretch of a river, a range or a road that a text means.
#[derive(Clone, Debug)]
pub struct Reach<'g> {
    /// The course there, its pieces running downstream; none where the course is not known. Mentions of one stretch share it.
    pub course: Arc<[LineString]>,
    /// The point on the course that is meant; where the course is not known, that of the town.
    pub point: Point,
    /// How far what is meant may lie from the point, in kilometres.
    pub exact_km: f64,
    /// The code of the country that is named there; empty where none is.
    pub country: &'g str,
    /// The town that it is named with.
    pub town: Option<Point>,
    /// Whether the place itself is meant at the point, and not at the gazetteer's.
    pub is_there: bool,
}

/// A town farther from a river than this, in kilometres, does not tell which reach is meant.
const FARTHEST_TOWN_KM: f64 = 100.0;

/// The course is meant so far up and down from the point that is nearest to the town, in kilometres.
const STRETCH_KM: f64 = 30.0;

/// A range without a known course is named with towns as far from its point as this many times what that is exact to, if it lies in their
/// country: that is its width rather than its length.
const LONG: f64 = 8.0;

/// The same for towns of other countries.
const WIDE: f64 = 3.0;

/// What is no longer than about this, in kilometres, lies where its point is.
const SHORT_KM: f64 = 15.0;

/// Mentions of a document among which towns are looked for, before and behind one.
const NEARBY: usize = 100;

/// The reaches that a document means, and what has been found out about its rivers.
#[derive(Default)]
pub struct Reaches<'g> {
    /// The course of a river within a country or division, by their keys.
    within: FxHashMap<(PlaceKey, PlaceKey), Option<Reach<'g>>>,
    /// The point of a river's course that is nearest to a town, and how far it is from there in kilometres, by their keys.
    nearest: FxHashMap<(PlaceKey, PlaceKey), Option<(Point, f64)>>,
    /// The course of a river near a town, by their keys.
    around: FxHashMap<(PlaceKey, PlaceKey), Arc<[LineString]>>,
}

impl<'g> Reaches<'g> {
    /// The reach of a mention, given by its index; `None` if it is of nothing long, or nothing tells where on it.
    pub fn of_mention(&mut self, reader: &Reader<'_, 'g>, at: usize) -> Option<Reach<'g>> {
        let place = &reader.places.get(at)?.place;
        if let Some(lines) = is_watercourse(place).then(|| course::course(&place.id())).flatten() {
            return self.on_course(reader, at, lines);
        }
        let exact_km = place.exact_km().filter(|km| *km >= SHORT_KM && is_long(place))?;
        let own = Point::new(place.lon(), place.lat());
        let near = |town: &Town| {
            let reach = if place.countries().any(|code| code == town.country) { LONG } else { WIDE };
            town.beside && Haversine.distance(own, town.point) / 1000.0 <= reach * exact_km
        };
        let Town { point, country, .. } = towns(reader, at).into_iter().find(near)?;
        let exact_km = exact_km.min(STRETCH_KM);
        Some(Reach { course: Arc::default(), point, exact_km, country, town: Some(point), is_there: false })
    }

    /// The reach of a river whose course is known.
    fn on_course(&mut self, reader: &Reader<'_, 'g>, at: usize, lines: &[LineString]) -> Option<Reach<'g>> {
        let river = reader.places[at].place;
        let nearest = |town: Town<'g>| {
            let known = self.nearest.entry((river.key(), town.key));
            let (point, km) = (*known.or_insert_with(|| course::nearest(lines, town.point)))?;
            Some((town, point, km))
        };
        let found = towns(reader, at).into_iter().filter_map(nearest).find(|(_, _, km)| *km <= FARTHEST_TOWN_KM);
        if let Some((town, point, km)) = found {
            let course = self.around.entry((river.key(), town.key));
            let course = course.or_insert_with(|| course::around(lines, point, STRETCH_KM).into()).clone();
            let (exact_km, country, town) = (course::EXACT_KM + km, town.country, Some(town.point));
            return Some(Reach { course, point, exact_km, country, town, is_there: true });
        }
        let containers = beside_first(reader, at, |other| {
            let place = &other.place;
            (place.is_country() || place.is_division1()).then_some(*place)
        });
        let mut inside = containers.into_iter().take(3).filter_map(|(container, _)| {
            let known = self.within.entry((river.key(), container.key()));
            known.or_insert_with(|| within(lines, &river, &container)).clone()
        });
        inside.next()
    }
}

/// A course within a country or division: at the river's own point if that lies there, else in the middle; `None` if all of it lies there,
/// or nothing.
fn within<'g>(lines: &[LineString], river: &PlaceRef<'g>, container: &PlaceRef<'g>) -> Option<Reach<'g>> {
    let code = if container.is_country() { Some(container.country()) } else { container.own_division_code() }?;
    let (ground, country) = (outline::area(code)?, container.country());
    let own = Point::new(river.lon(), river.lat());
    let pieces = inside(lines, ground);
    if pieces.is_empty() || pieces.iter().map(km).sum::<f64>() > ALL_OF_IT * lines.iter().map(km).sum::<f64>() {
        return None;
    }
    if ground.contains(&own) {
        let (point, _) = course::nearest(&pieces, own)?;
        let exact_km = river.exact_km().unwrap_or(course::EXACT_KM);
        return Some(Reach { point, exact_km, course: pieces.into(), country, town: None, is_there: false });
    }
    let longest = pieces.iter().max_by(|a, b| km(a).total_cmp(&km(b)))?;
    let point = Point(*longest.0.get(longest.0.len() / 2)?);
    let ends = pieces.iter().flat_map(|line| [line.0.first(), line.0.last()]).flatten();
    let exact_km = ends.map(|end| Haversine.distance(point, Point(*end)) / 1000.0).fold(course::EXACT_KM, f64::max);
    Some(Reach { point, exact_km, course: pieces.into(), country, town: None, is_there: true })
}

/// The share of a river's course in a country from which on the country says nothing of where on it is meant.
const ALL_OF_IT: f64 = 0.97;

fn km(line: &LineString) -> f64 {
    Haversine.length(line) / 1000.0
}

/// The pieces of lines on the ground of an outline.
fn inside(lines: &[LineString], ground: &MultiPolygon) -> Vec<LineString> {
    let Some(bounds) = ground.bounding_rect() else { return Vec::new() };
    course::pieces(lines.iter(), |at| geo::Intersects::intersects(&bounds, &at) && ground.contains(&at))
}

/// A town that a text names.
pub struct Town<'g> {
    /// Its number in the gazetteer.
    pub key: PlaceKey,
    /// Its point.
    pub point: Point,
    /// The code of its country.
    pub country: &'g str,
    /// Whether it stands in the same sentence.
    pub beside: bool,
}

/// The towns named near a mention: those of its sentence first, and of each the nearest in the text first. A capital that stands for its
/// country says little of where in it, and counts only where no other town is named; another town lies where it is.
pub fn towns<'g>(reader: &Reader<'_, 'g>, at: usize) -> Vec<Town<'g>> {
    let own = reader.places[at].place;
    let is_town = |other: &Resolved<'g>| {
        let place = &other.place;
        let small = place.class() == 'P' || place.class() == 'S' && place.exact_km().is_none_or(|km| km <= SHORT_KM);
        let named = other.mention.kind == Kind::Place && !place.is_same(&own);
        (small && named).then_some(*place)
    };
    let silent = |other: &Resolved<'g>| is_town(other).filter(|place| !(other.mention.metonymic && place.is_capital()));
    let town = |(place, beside): (PlaceRef<'g>, bool)| {
        let point = Point::new(place.lon(), place.lat());
        Town { key: place.key(), point, country: place.country(), beside }
    };
    let mut found = beside_first(reader, at, silent);
    if found.is_empty() {
        found = beside_first(reader, at, is_town);
    }
    found.into_iter().map(town).collect()
}

/// What `wanted` makes of the mentions near one: those of its sentence first, and of each the nearest in the text first; and whether each
/// stands in the sentence.
fn beside_first<'g, T>(
    reader: &Reader<'_, 'g>,
    at: usize,
    wanted: impl Fn(&Resolved<'g>) -> Option<T>,
) -> Vec<(T, bool)> {
    let mention = &reader.places[at].mention;
    let near = at.saturating_sub(NEARBY)..(at + NEARBY).min(reader.places.len());
    let mut found: Vec<_> = reader.places[near]
        .iter()
        .filter(|other| other.mention.start != mention.start)
        .filter_map(|other| {
            let beside = reader.same_sentence(mention.first, other.mention.first);
            Some((!beside, other.mention.first.abs_diff(mention.first), wanted(other)?))
        })
        .collect();
    found.sort_by_key(|(apart, gap, _)| (*apart, *gap));
    found.into_iter().map(|(apart, _, value)| (value, !apart)).collect()
}

/// Whether a place is a river or a canal.
pub fn is_watercourse(place: &PlaceRef<'_>) -> bool {
    place.feature().starts_with("H.STM") || place.feature().starts_with("H.CNL")
}

/// Whether a place is of a kind that is named by a point and reaches far along a line.
fn is_long(place: &PlaceRef<'_>) -> bool {
    is_watercourse(place)
        || place.class() == 'R'
        || matches!(place.feature(), "T.MTS" | "T.RDGE" | "T.VAL" | "T.HLLS" | "T.ESCP" | "T.UPLD")
}
