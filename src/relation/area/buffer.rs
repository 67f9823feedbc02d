//! Buffers: the ground at a distance from the edge of a place with an outline.

use super::extent::{Extent, LEAST_KM};
use super::plane::{Plane, polar};
use super::sector::{AnnularSector, FARTHEST_KM};
use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::{
    BooleanOps, BoundingRect, Buffer, Coord, CoordsIter, Densify, Euclidean, LineString, MapCoords, MultiPolygon,
    Point, Polygon, Simplify,
};

/// The distance of a buffer divided by the tolerance with which its edge is simplified: a buffer does not show smaller corners.
const SMOOTH_SHARE: f64 = 10.0;

/// Radians between the corners of an arc; its chords lie no more than 2 % inside it.
const ROUND: f64 = 0.4;

/// The ground whose distance from a place's edge is that of a sector, on the map, and its representative point: the outermost point
/// at the sector's bearing whose distance from the edge is the sector's middle. `None` if there is no such ground on the globe.
pub fn draw(sector: &AnnularSector, extent: &Extent) -> Option<(MultiPolygon, Point)> {
    let plane = Plane::new(extent.centre);
    let ground = ground(extent, plane, sector.most / SMOOTH_SHARE);
    let style = |km: f64| BufferStyle::new(km).line_join(LineJoin::Round(ROUND));
    let grown = |km: f64| if km == 0.0 { ground.clone() } else { ground.buffer_with_style(style(km)) };
    let mut buffer = grown(sector.most).difference(&grown(sector.least));
    let reach = buffer.coords_iter().map(|at| at.x.hypot(at.y)).fold(0.0, f64::max);
    if sector.half_width < 180.0 || reach > FARTHEST_KM {
        buffer = buffer.intersection(&slice(sector, reach.min(FARTHEST_KM)));
    }
    let km = last_within(&ground, sector.bearing, sector.middle).filter(|km| *km < FARTHEST_KM)?;
    // Straight lines of the plane are curved on the map, long ones by more than the width of a buffer.
    let length = ((sector.most - sector.least) * BENT_KM).sqrt();
    Some((plane.to_map(&Euclidean.densify(&buffer, length)), plane.unproject(polar(km, sector.bearing))))
}

/// A quarter of the radius of the Earth, in kilometres: a line as long as the root of a width times this is curved by a small part
/// of that width.
const BENT_KM: f64 = 1600.0;

/// Kilometres in a degree of latitude.
const KM_A_DEGREE: f64 = 111.195;

/// The ground of a place on the plane around its point, simplified with a tolerance, in kilometres, and without islets that are no
/// larger than that.
fn ground(extent: &Extent, plane: Plane, tolerance: f64) -> MultiPolygon {
    let is_seen = |polygon: &&Polygon| {
        let bounds = polygon.bounding_rect();
        bounds.is_some_and(|bounds| bounds.width().max(bounds.height()) * KM_A_DEGREE > tolerance)
    };
    // The mainland comes first.
    let seen = extent.area.iter().take(1).chain(extent.area.iter().skip(1).filter(is_seen)).cloned().collect();
    let smooth = MultiPolygon::new(seen).map_coords(|at| plane.project(Point(at))).simplify(tolerance);
    let ground = geo::unary_union(&smooth);
    let inside =
        |polygon: &Polygon| coord_pos_relative_to_ring(polar(0.0, 0.0), polygon.exterior()) == CoordPos::Inside;
    // The point of a group of islets may lie in the sea between them, or on one that was no larger than the tolerance.
    if ground.iter().any(inside) {
        return ground;
    }
    let at_point = LineString::new((0..8).map(|eighth| polar(LEAST_KM, -45.0 * f64::from(eighth))).collect());
    ground.union(&Polygon::new(at_point, Vec::new()))
}

/// The part of the plane within a sector's bearings, at least up to a distance, in kilometres.
fn slice(sector: &AnnularSector, reach: f64) -> Polygon {
    let whole = sector.half_width >= 180.0;
    // An arc's chords lie no more than a tenth inside it.
    let steps = if whole { 48 } else { 4 };
    let far = if whole { reach } else { reach * 1.1 };
    let bearing = |step: i32| sector.bearing + sector.half_width * f64::from(2 * step - steps) / f64::from(steps);
    let arc = (0..=steps).map(|step| polar(far, bearing(step)));
    let centre = (!whole).then(|| polar(0.0, 0.0));
    Polygon::new(LineString::new(arc.chain(centre).collect()), Vec::new())
}

/// The distance from the plane's centre at which a ray at a bearing is for the last time `km` kilometres from an area: on a circle
/// around a corner, or on a line beside an edge. `None` if it never is.
fn last_within(area: &MultiPolygon, bearing: f64, km: f64) -> Option<f64> {
    let ray = polar(1.0, bearing);
    let lines = area.iter().flat_map(|polygon| polygon.exterior().lines());
    let leaving = lines.flat_map(|line| {
        let aside = Coord { x: -line.dy(), y: line.dx() } * (km / line.dx().hypot(line.dy()).max(f64::MIN_POSITIVE));
        let beside = [aside, -aside].map(|aside| crossing(ray, line.start + aside, line.end + aside));
        let (along, side) = turned(ray, line.start);
        let round = (side.abs() <= km).then(|| along + (km * km - side * side).sqrt());
        beside.into_iter().chain([round]).flatten()
    });
    leaving.filter(|km| *km > 0.0).max_by(f64::total_cmp)
}

/// The coordinates of a point along a ray and to its side.
fn turned(ray: Coord, at: Coord) -> (f64, f64) {
    (ray.x * at.x + ray.y * at.y, ray.x * at.y - ray.y * at.x)
}

/// The distance along a ray at which a segment crosses its line; `None` if it does not.
fn crossing(ray: Coord, from: Coord, to: Coord) -> Option<f64> {
    let ((near, a), (far, b)) = (turned(ray, from), turned(ray, to));
    ((a > 0.0) != (b > 0.0)).then(|| near + a / (a - b) * (far - near))
}
