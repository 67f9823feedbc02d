//! The ground along a stretch of a river: on one side, on both, at a distance.

use super::plane::{Plane, polar};
use super::{Area, AreaFrom, Wanted, part};
use crate::course::{self, EXACT_KM};
use crate::relation::reach::Reach;
use crate::text::language::relations::Shape;
use geo::{BooleanOps, Buffer, Contains, Coord, LineString, MultiLineString, MultiPolygon, Point, Polygon, Simplify};

/// Kilometres to either side of a river that are "along" it.
const ALONG_KM: f64 = 10.0;

/// Kilometres beyond a river that "south of" it reaches without a stated distance.
const BEYOND_KM: f64 = 25.0;

/// The same where no stretch of the river is meant.
const BEYOND_ALL_KM: f64 = 100.0;

/// A stretch's bank is where the river runs so far up and down from its point, in kilometres.
const LOCAL_KM: f64 = 8.0;

/// Half the width of the ground in the direction in which a river itself runs, in kilometres.
const WIDE_KM: f64 = 2.0;

/// The area of a shape along a river whose course is known, or near the town that something long is named with; `None` for shapes that
/// do not lie along it.
pub fn draw(wanted: &Wanted<'_, '_>, reach: &Reach<'_>) -> Option<Area> {
    let plane = Plane::new(reach.point);
    let lines: Vec<LineString> =
        reach.course.iter().map(|line| plane.project_line(line).simplify(EXACT_KM / 10.0)).collect();
    let buffer = |km: f64| MultiPolygon::new(MultiLineString::new(lines.clone()).buffer(km).0);
    let said = wanted.distance;
    let town = reach.town.map(|town| plane.project(town));
    // How far the town lies on a side.
    let aside = |ray: Coord| town.map_or(0.0, |at| at.x * ray.x + at.y * ray.y);
    let (ground, at) = match wanted.shape {
        Shape::Sector => {
            let ray = polar(1.0, wanted.bearing?);
            let beyond = if reach.town.is_some() { BEYOND_KM.max(1.3 * aside(ray)) } else { BEYOND_ALL_KM };
            let (least, middle, most) =
                said.map_or((0.0, aside(ray).max(EXACT_KM), beyond), |said| (said.least, said.km, said.most));
            (swept(&lines, |_| ray, least - EXACT_KM, most + said.map_or(0.0, |_| EXACT_KM)), ray * middle)
        }
        Shape::Along | Shape::Outskirts if wanted.bearing.is_some() => bank(&lines, polar(1.0, wanted.bearing?), aside),
        Shape::LeftBank | Shape::RightBank => {
            let turn = if wanted.shape == Shape::LeftBank { 1.0 } else { -1.0 };
            let along = flow(reach, plane)?;
            let left = |along: Coord| Coord { x: -along.y, y: along.x } * turn;
            let ground = swept(&lines, left, -EXACT_KM, ALONG_KM);
            (ground, left(along) * aside(left(along)).clamp(1.0, ALONG_KM * 0.8))
        }
        Shape::Ring => {
            let said = said?;
            let ray = town.filter(|at| at.x.hypot(at.y) > EXACT_KM).map(|at| at / at.x.hypot(at.y));
            let ray = ray.or_else(|| flow(reach, plane).map(|along| Coord { x: -along.y, y: along.x }))?;
            let inner = (said.least - EXACT_KM).max(0.0);
            let outer = buffer(said.most + EXACT_KM);
            (if inner > 0.0 { outer.difference(&buffer(inner)) } else { outer }, ray * said.km)
        }
        Shape::Within => (buffer(said?.km + EXACT_KM), polar(0.0, 0.0)),
        Shape::Along | Shape::Near | Shape::Outside | Shape::Outskirts | Shape::Countryside => {
            (buffer(ALONG_KM), polar(0.0, 0.0))
        }
        _ => return None,
    };
    let polygons = plane.to_map(&ground);
    let point = Some(plane.unproject(at)).filter(|point| polygons.contains(point));
    Some(Area::new(point.or_else(|| part::representative(&polygons))?, polygons, AreaFrom::Course))
}

/// One bank, on the side of a ray.
fn bank(lines: &[LineString], ray: Coord, aside: impl Fn(Coord) -> f64) -> (MultiPolygon, Coord) {
    (swept(lines, |_| ray, -EXACT_KM, ALONG_KM), ray * aside(ray).clamp(1.0, ALONG_KM * 0.8))
}

/// The direction, of length 1, in which a river runs past the point of a reach.
fn flow(reach: &Reach<'_>, plane: Plane) -> Option<Coord> {
    let local = course::around(&reach.course, reach.point, LOCAL_KM);
    let line = local.iter().max_by_key(|line| line.0.len())?;
    let (first, last) = (plane.project(Point(*line.0.first()?)), plane.project(Point(*line.0.last()?)));
    let run = last - first;
    let length = run.x.hypot(run.y);
    (length > 0.0).then(|| run / length)
}

/// The ground that lines pass over when every segment is moved along its ray from one distance to another, in kilometres; `ray` gives that
/// of a segment's direction.
fn swept(lines: &[LineString], ray: impl Fn(Coord) -> Coord, from: f64, to: f64) -> MultiPolygon {
    let mut quads = Vec::new();
    for line in lines {
        let mut before: Option<Coord> = None;
        for segment in line.lines() {
            let run = segment.end - segment.start;
            let length = run.x.hypot(run.y);
            if length == 0.0 {
                continue;
            }
            let ray = ray(run / length);
            let (a, b) = (segment.start, segment.end);
            quads.push(vec![a + ray * from, b + ray * from, b + ray * to, a + ray * to]);
            // A river that runs along the ray has ground there too: as wide as it is at least.
            let wide = Coord { x: -ray.y, y: ray.x } * WIDE_KM;
            quads.push(vec![b - wide + ray * from, b + wide + ray * from, b + wide + ray * to, b - wide + ray * to]);
            // The wedge between two segments that turn away from the side.
            if let Some(before) = before.filter(|before| *before != ray) {
                quads.push(vec![a, a + before * to, a + ray * to]);
            }
            before = Some(ray);
        }
    }
    let polygons: Vec<Polygon> =
        quads.into_iter().map(|ring| Polygon::new(LineString::new(ring), Vec::new())).map(right_handed).collect();
    geo::unary_union(&polygons)
}

/// A polygon whose ring runs counter-clockwise: of others a union is the difference.
fn right_handed(polygon: Polygon) -> Polygon {
    use geo::orient::{Direction, Orient};
    polygon.orient(Direction::Default)
}
