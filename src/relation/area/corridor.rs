//! Strips along lines: between two towns, along a border, along and off a coast.

use super::extent::Extent;
use super::part::Side;
use super::plane::{Plane, cut, polar, repaired, rounded_off};
use geo::{
    BooleanOps, BoundingRect, Buffer, Coord, Distance, Euclidean, Haversine, InterpolatePoint, LineString,
    MultiLineString,
};
use geo::{Length, MultiPolygon, Point, Polygon, Simplify, Translate};

/// Kilometres to either side of a border or coast that are "on" it.
pub const BESIDE_KM: f64 = 10.0;

/// Kilometres out to sea that "off the coast" reaches without a stated distance.
pub const OFFSHORE_KM: f64 = 50.0;

/// Width of the ground between two points, to either side of the line, as a share of their distance.
const WIDTH_SHARE: f64 = 0.15;

/// The strip from one point to another, on the map, and its middle.
pub fn between(from: Point, to: Point, km: f64) -> (MultiPolygon, Point) {
    let middle = Haversine.point_at_ratio_between(from, to, 0.5);
    let plane = Plane::new(middle);
    let (a, b) = (plane.project(from), plane.project(to));
    let half = half_width(km);
    let length = (b.x - a.x).hypot(b.y - a.y).max(1e-6);
    let across = Coord { x: -(b.y - a.y) / length, y: (b.x - a.x) / length } * half;
    // Long sides get further corners, because straight lines of the plane are curved on the map.
    let steps = (km / 50.0).ceil().max(1.0) as usize;
    let on_line = |step: usize| a + (b - a) * (step as f64 / steps as f64);
    let there = (0..=steps).map(|step| on_line(step) - across);
    let back = (0..=steps).rev().map(|step| on_line(step) + across);
    let polygon = Polygon::new(LineString::new(there.chain(back).collect()), Vec::new());
    (plane.to_map(&polygon.into()), middle)
}

/// How far the ground between two points reaches to each side, in kilometres, by their distance.
fn half_width(km: f64) -> f64 {
    (km * WIDTH_SHARE).clamp(1.0, 40.0)
}

/// Whether a point lies on the ground between two others.
pub fn is_on_the_way(from: Point, to: Point, at: Point) -> bool {
    let plane = Plane::new(from);
    let (to, at) = (plane.project(to), plane.project(at));
    let length = to.x.hypot(to.y).max(1e-6);
    let (along, aside) = ((to.x * at.x + to.y * at.y) / length, (to.x * at.y - to.y * at.x).abs() / length);
    (0.0..=length).contains(&along) && aside <= half_width(length)
}

/// The strip along lines of the map, `km` kilometres to either side, and a point in the middle of the longest; `None` without lines.
pub fn along(lines: &[LineString], km: f64) -> Option<(MultiPolygon, Point)> {
    let longest = lines.iter().max_by(|a, b| Haversine.length(*a).total_cmp(&Haversine.length(*b)))?;
    let middle = Point(*longest.0.get(longest.0.len() / 2)?);
    let plane = Plane::new(middle);
    let mut strip = MultiPolygon::new(Vec::new());
    // A line is simplified as far as a strip of this width does not show it; its middle stays.
    let projected = lines.iter().map(|line| plane.project_line(line).simplify(km / 4.0)).collect();
    strip.0.extend(MultiLineString::new(projected).buffer(km));
    strip = strip.simplify(km / 20.0);
    // Simplified rings may touch themselves; a union with nothing repairs them.
    Some((plane.to_map(&geo::unary_union(strip.iter())), middle))
}

/// The sea within `km` kilometres of a coast, less the land of its country.
pub fn offshore(coast: &[LineString], km: f64, land: &MultiPolygon) -> Option<MultiPolygon> {
    let (strip, _) = along(coast, km)?;
    let sea = repaired(strip).difference(&on_map(land));
    Some(rounded_off(sea)).filter(|sea| !sea.0.is_empty())
}

/// The sea within `km` kilometres of a town's circle, less the land of its country.
pub fn offshore_of(town: &Extent, km: f64, land: &MultiPolygon) -> Option<MultiPolygon> {
    let plane = Plane::new(town.centre);
    let ring = (0..=48).map(|step| polar(town.radius_km + km, -7.5 * f64::from(step)));
    let disc = plane.to_map(&Polygon::new(LineString::new(ring.collect()), Vec::new()).into());
    let sea = repaired(disc).difference(&on_map(land));
    Some(rounded_off(sea)).filter(|sea| !sea.0.is_empty())
}

/// An area whose longitudes may run past 180 degrees, cut at the antimeridian.
fn on_map(area: &MultiPolygon) -> MultiPolygon {
    MultiPolygon::new(area.iter().cloned().flat_map(cut).collect())
}

/// The parts of lines near a place's mainland, on one side of it if a bearing is given.
pub fn on_side(lines: &[&LineString], extent: &Extent, bearing: Option<f64>) -> Vec<LineString> {
    let Some(bounds) = extent.area.bounding_rect() else { return Vec::new() };
    let side = bearing.and_then(|bearing| Side::new(&extent.area, bearing));
    let fits = |at: &Coord| {
        let turned = at.x + 360.0 * ((bounds.center().x - at.x) / 360.0).round();
        let near = (bounds.min().x - 0.1..=bounds.max().x + 0.1).contains(&turned)
            && (bounds.min().y - 0.1..=bounds.max().y + 0.1).contains(&at.y);
        near && side.as_ref().is_none_or(|side| side.at(*at) > SIDE_FROM)
    };
    let mut kept = Vec::new();
    for line in lines {
        for run in line.0.split(|at| !fits(at)) {
            if run.len() > 1 {
                kept.push(LineString::new(run.to_vec()));
            }
        }
    }
    kept
}

/// The parts of lines that lie in or beside a place, none of whose ground is far from them.
pub fn within(lines: &[&LineString], extent: &Extent) -> Vec<LineString> {
    let Some(bounds) = extent.area.bounding_rect() else { return Vec::new() };
    let slack = BESIDE_DEGREES;
    let near = |at: &Coord| {
        let turned = at.x + 360.0 * ((bounds.center().x - at.x) / 360.0).round();
        let in_box = (bounds.min().x - slack..=bounds.max().x + slack).contains(&turned)
            && (bounds.min().y - slack..=bounds.max().y + slack).contains(&at.y);
        in_box && Euclidean.distance(&Point::new(turned, at.y), &*extent.area) <= slack
    };
    let runs = lines.iter().flat_map(|line| line.0.split(move |at| !near(at)));
    runs.filter(|run| run.len() > 1).map(|run| LineString::new(run.to_vec())).collect()
}

/// How far the outlines of a country and its divisions may run apart, in degrees: they are of two scales.
const BESIDE_DEGREES: f64 = 0.1;

/// Where the border or coast of a side begins, from the middle of the bounding box (0) to its edge (1).
const SIDE_FROM: f64 = 0.25;

/// The rings of an area as lines of the map.
pub fn rings(area: &MultiPolygon) -> Vec<LineString> {
    let turn = |polygon: &Polygon| polygon.bounding_rect().map_or(0.0, |b| -360.0 * (b.center().x / 360.0).round());
    area.iter().map(|polygon| polygon.translate(turn(polygon), 0.0).exterior().clone()).collect()
}
