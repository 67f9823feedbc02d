//! How far a place reaches: by its outline, its own places, or a circle.

use super::AreaCache;
use super::plane::{Plane, polar};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::outline;
use geo::Translate;
use geo::{BoundingRect, Contains, ConvexHull, LineString, MultiPoint, MultiPolygon, Point, Polygon, Rect};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;
use std::fmt;

/// What an area is derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AreaFrom {
    /// The outline of a country or a first-level division.
    Outline,
    /// The hull of the gazetteer's places in a division.
    Places,
    /// The course of a river.
    Course,
    /// A circle, as large as a place of its population or feature type is.
    Circle,
}

impl fmt::Display for AreaFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AreaFrom::Outline => "outline",
            AreaFrom::Places => "places",
            AreaFrom::Course => "course",
            AreaFrom::Circle => "circle",
        })
    }
}

/// The least radius of a place, in kilometres.
pub const LEAST_KM: f64 = 0.5;

/// The ground that a place covers.
pub struct Extent {
    /// Its point in the gazetteer.
    pub centre: Point,
    /// Polygons in degrees. Longitudes run past 180, so that none is cut. A circle's are made when they are looked at: most
    /// of what is drawn round a point needs none.
    pub area: LazyCell<MultiPolygon, Box<dyn FnOnce() -> MultiPolygon>>,
    /// The radius of a circle, or half of the mean width and height, in kilometres.
    pub radius_km: f64,
    /// What it is derived from.
    pub from: AreaFrom,
}

/// A town's radius in kilometres, as a multiple of the root of its population: as if 3,500 people lived on each square kilometre of
/// a round town, so that a million people have a radius of 9.5 km. Towns of one population differ by a factor of three either way.
const TOWN_KM: f64 = 0.0095;

/// The radius of a place without a population, such as a village or an airport, in kilometres.
const SMALL_KM: f64 = 1.0;

/// If fewer places than this lie in and around a division, all of them are looked at.
const FEW_PLACES: usize = 400;

/// If there are more, the places looked at around each of its points, at most.
const MOST_PLACES: usize = 60;

/// The places of a large division are sought at its point, and in eight directions at these multiples of the root mean square
/// distance of its towns, so that the work is bounded.
const SOUGHT_AT: [f64; 5] = [0.0, 0.7, 1.4, 2.2, 3.2];

/// A division reaches this far past the outermost of its towns, in kilometres.
const PAST_THE_LAST_KM: f64 = 5.0;

impl Extent {
    /// The extent of a place; `cache` holds what has been drawn of this gazetteer.
    pub fn new(place: &PlaceRef<'_>, gazetteer: &Gazetteer, cache: &AreaCache) -> Extent {
        let centre = Point::new(place.lon(), place.lat());
        let own = outline_code(place).and_then(|code| mainland(code, centre));
        let by_outline = own.or_else(|| if place.is_country() { None } else { island(place, centre) });
        if let Some(area) = by_outline {
            return Extent::ground(centre, area, AreaFrom::Outline);
        }
        let division = place.class() == 'A' && !place.is_country();
        if let Some(area) = division.then(|| cache.hull(place, || hull(place, gazetteer))).flatten() {
            return Extent::ground(centre, area, AreaFrom::Places);
        }
        Extent::circle(centre, radius(place).max(LEAST_KM))
    }

    /// An area round a point.
    fn ground(centre: Point, area: MultiPolygon, from: AreaFrom) -> Extent {
        let radius_km = reach(&area, centre);
        Extent { centre, area: LazyCell::new(Box::new(move || area)), radius_km, from }
    }

    /// A circle around a point.
    pub fn circle(centre: Point, radius_km: f64) -> Extent {
        let area = LazyCell::new(Box::new(move || circle(centre, radius_km)) as Box<dyn FnOnce() -> MultiPolygon>);
        Extent { centre, area, radius_km, from: AreaFrom::Circle }
    }
}

/// The polygon of a circle around a point.
fn circle(centre: Point, radius_km: f64) -> MultiPolygon {
    let plane = Plane::new(centre);
    let ring = (0..=48).map(|step| {
        let Point(mut at) = plane.unproject(polar(radius_km, -7.5 * f64::from(step)));
        at.x += 360.0 * ((centre.x() - at.x) / 360.0).round();
        at
    });
    Polygon::new(LineString::new(ring.collect()), Vec::new()).into()
}

/// The code of the outline that a place has: of a country or a first-level division.
pub fn outline_code<'g>(place: &PlaceRef<'g>) -> Option<&'g str> {
    let code = if place.is_country() { Some(place.country()) } else { place.own_division_code() };
    code.filter(|code| outline::area(code).is_some())
}

/// A country or division without its far-off parts, its longitudes running past 180 degrees: the polygon of its point, or else the largest, and
/// step by step what lies near that.
fn mainland(code: &str, centre: Point) -> Option<MultiPolygon> {
    let outline = outline::area(code)?;
    let main = outline.iter().find(|polygon| polygon.contains(&centre)).or(outline.0.first())?;
    let mut reach = main.bounding_rect()?;
    let mut parts = vec![main.clone()];
    let turned = |polygon: &Polygon, bounds: Rect, reach: Rect| {
        let turn = 360.0 * ((reach.center().x - bounds.center().x) / 360.0).round();
        (if turn == 0.0 { polygon.clone() } else { polygon.translate(turn, 0.0) }, bounds.translate(turn, 0.0))
    };
    let mut others: Vec<_> = outline.iter().filter(|polygon| !std::ptr::eq(*polygon, main)).collect();
    loop {
        let before = others.len();
        others.retain(|polygon| {
            let Some(bounds) = polygon.bounding_rect() else { return false };
            let (polygon, bounds) = turned(polygon, bounds, reach);
            let (x, y) =
                ((reach.width() * NEAR_SHARE).max(NEAR_DEGREES), (reach.height() * NEAR_SHARE).max(NEAR_DEGREES));
            let near = bounds.min().x <= reach.max().x + x
                && bounds.max().x >= reach.min().x - x
                && bounds.min().y <= reach.max().y + y
                && bounds.max().y >= reach.min().y - y;
            if near {
                let least = (reach.min().x.min(bounds.min().x), reach.min().y.min(bounds.min().y));
                let most = (reach.max().x.max(bounds.max().x), reach.max().y.max(bounds.max().y));
                reach = Rect::new(least, most);
                parts.push(polygon);
            }
            !near
        });
        if others.len() == before {
            return Some(MultiPolygon::new(parts));
        }
    }
}

/// Ground within this share of a country's width or height of its mainland belongs to it: Corsica does, French Guiana does not.
const NEAR_SHARE: f64 = 0.1;

/// The least such distance, in degrees, for countries that are small islands.
const NEAR_DEGREES: f64 = 0.6;

/// The polygon of its country's outline that a region is, if one has its point and about its size: Sicily, the Gaza Strip.
fn island(place: &PlaceRef<'_>, centre: Point) -> Option<MultiPolygon> {
    let outline = outline::area(place.country()).filter(|_| matches!(place.class(), 'A' | 'L' | 'T'))?;
    let own = outline.iter().skip(1).find(|polygon| polygon.contains(&centre))?;
    let own = MultiPolygon::new(vec![own.clone()]);
    let (size, said) = (reach(&own, centre), place.exact_km()?);
    (said > size / 8.0 && said < size * 1.5).then_some(own)
}

/// The hull of the gazetteer's places in a division.
fn hull(place: &PlaceRef<'_>, gazetteer: &Gazetteer) -> Option<MultiPolygon> {
    let scale = place.exact_km().unwrap_or(30.0).clamp(5.0, 400.0);
    let plane = Plane::new(Point::new(place.lon(), place.lat()));
    let around = |share: f64| {
        let count = if share == 0.0 { 1 } else { 8 };
        (0..count).map(move |eighth| plane.unproject(polar(share * scale, 45.0 * f64::from(eighth))))
    };
    let farthest = SOUGHT_AT.into_iter().fold(1.0, |most: f64, share| most.max(share + 1.0));
    let mut near = gazetteer.near_refs(place.lat(), place.lon(), farthest * scale, FEW_PLACES);
    if near.len() == FEW_PLACES {
        let sought = SOUGHT_AT.into_iter().flat_map(around);
        near = sought.flat_map(|at| gazetteer.near_refs(at.y(), at.x(), scale, MOST_PLACES)).collect();
    }
    // Many towns are near several of the points.
    let mut seen = FxHashSet::default();
    let towns = near.iter().filter(|(near, _)| near.class() == 'P' && seen.insert(near.key()) && place.contains(near));
    let at = towns.map(|(town, _)| Point(plane.project(Point::new(town.lon(), town.lat()))));
    let outmost = MultiPoint::new(at.collect()).convex_hull();
    if outmost.exterior().0.is_empty() {
        return None;
    }
    let past = PAST_THE_LAST_KM;
    let corners = outmost.exterior().0.iter().flat_map(|at| {
        [(past, 0.0), (-past, 0.0), (0.0, past), (0.0, -past)].map(|(x, y)| Point::new(at.x + x, at.y + y))
    });
    let hull = MultiPoint::new(corners.collect()).convex_hull();
    let lon = place.lon();
    let ring = hull.exterior().0.iter().map(|at| {
        let Point(mut there) = plane.unproject(*at);
        there.x += 360.0 * ((lon - there.x) / 360.0).round();
        there
    });
    Some(Polygon::new(LineString::new(ring.collect()), Vec::new()).into())
}

/// Half of the mean of a bounding box's sides, in kilometres.
fn reach(area: &MultiPolygon, centre: Point) -> f64 {
    let Some(bounds) = area.bounding_rect() else { return SMALL_KM };
    let km = 111.2;
    (bounds.width() * km * centre.y().to_radians().cos() + bounds.height() * km) / 4.0
}

/// The radius of a place without an outline, in kilometres.
fn radius(place: &PlaceRef<'_>) -> f64 {
    let exact = place.exact_km();
    match (place.class(), place.population()) {
        ('P', Some(people)) => (f64::from(people).sqrt() * TOWN_KM).clamp(0.5, 40.0),
        ('P', None) => exact.unwrap_or(SMALL_KM).clamp(0.5, 5.0),
        ('A', None) | ('L' | 'T' | 'H' | 'V', _) => exact.map_or(20.0, |km| km * 1.5).clamp(0.5, 2500.0),
        ('A', Some(people)) => exact.map_or(f64::from(people).sqrt() * 0.05, |km| km * 1.5).clamp(2.0, 1000.0),
        _ => exact.unwrap_or(SMALL_KM).clamp(0.3, 100.0),
    }
}
