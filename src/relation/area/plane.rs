//! The plane around a point, in which areas are drawn, and the way back to the map.

use crate::gazetteer::geodesy::{EARTH_RADIUS_KM, on_sphere};
use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::orient::Direction;
use geo::{Area, BooleanOps, BoundingRect, Orient};
use geo::{Coord, LineString, MapCoords, MultiPolygon, Point, Polygon, Rect, RemoveRepeatedPoints, Validation};

/// The azimuthal equidistant projection around a centre: kilometres east and north; distances and bearings from the centre are true.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    /// East, north and up at the centre, as directions in space: they save trigonometry.
    axes: [[f64; 3]; 3],
}

impl Plane {
    /// The plane around a point in degrees.
    pub fn new(centre: Point) -> Self {
        let (lat, lon) = (centre.y(), centre.x());
        Plane { axes: [on_sphere(0.0, lon + 90.0), on_sphere(lat + 90.0, lon), on_sphere(lat, lon)] }
    }

    /// Projects a point of the map.
    pub fn project(&self, point: Point) -> Coord {
        let there = on_sphere(point.y(), point.x());
        let [east, north, up] = self.axes.map(|axis| (0..3).map(|at| axis[at] * there[at]).sum::<f64>());
        let aside = east.hypot(north);
        // The centre and its antipode have no bearing.
        let stretch = if aside > 0.0 { aside.atan2(up) * EARTH_RADIUS_KM / aside } else { 0.0 };
        Coord { x: east * stretch, y: north * stretch }
    }

    /// The point of the map at a point of the plane; its longitude is within 180 degrees.
    pub fn unproject(&self, at: Coord) -> Point {
        let km = at.x.hypot(at.y);
        let (sine, up) = (km / EARTH_RADIUS_KM).sin_cos();
        let aside = if km > 0.0 { sine / km } else { 0.0 };
        let shares = [at.x * aside, at.y * aside, up];
        let [x, y, z] =
            [0, 1, 2].map(|at| self.axes.iter().zip(shares).map(|(axis, share)| axis[at] * share).sum::<f64>());
        Point::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
    }

    /// Projects a line of the map.
    pub fn project_line(&self, line: &LineString) -> LineString {
        LineString::new(line.0.iter().map(|at| self.project(Point(*at))).collect())
    }

    /// The area of the map at an area of the plane, rounded: right-handed, cut at the antimeridian, and around a pole closed along it.
    pub fn to_map(self, area: &MultiPolygon) -> MultiPolygon {
        let mut all = Vec::new();
        for polygon in area {
            let outer = self.ring_to_map(polygon.exterior());
            if polygon.interiors().is_empty() {
                all.extend(outer);
                continue;
            }
            let holes = polygon.interiors().iter().flat_map(|hole| self.ring_to_map(hole));
            all.extend(outer.difference(&MultiPolygon::new(holes.collect())));
        }
        rounded_off(MultiPolygon::new(all))
    }

    /// The area of the map inside a ring of the plane.
    fn ring_to_map(self, ring: &LineString) -> MultiPolygon {
        let mut points: Vec<Coord> = Vec::with_capacity(ring.0.len());
        for line in ring.0.windows(2) {
            if points.is_empty() {
                points.push(self.unproject(line[0]).0);
            }
            self.follow(line[0], line[1], FINEST, &mut points);
        }
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return MultiPolygon::new(Vec::new()) };
        let winds = (last.x - first.x).abs() > 180.0;
        let holds_north = coord_pos_relative_to_ring(self.project(Point::new(0.0, 90.0)), ring) == CoordPos::Inside;
        if winds {
            points = round_pole(points, if holds_north { 90.0 } else { -90.0 });
        }
        let area = cut(Polygon::new(LineString::new(points), Vec::new()));
        // A ring around both poles bounds what it leaves out of the globe.
        let rest = |area: &MultiPolygon| {
            MultiPolygon::from(Rect::new((-180.0, -90.0), (180.0, 90.0)).to_polygon()).difference(area)
        };
        if holds_north && !winds { rest(&area) } else { area }
    }

    /// Adds the end of a line of the plane to `points` of the map. Its longitude continues that of the point before; where meridians
    /// are close together, further corners keep the line straight on the plane.
    fn follow(self, from: Coord, to: Coord, halvings: u8, points: &mut Vec<Coord>) {
        let Some(before) = points.last().copied() else { return };
        let Point(there) = self.unproject(to);
        let there = Coord { x: there.x + 360.0 * ((before.x - there.x) / 360.0).round(), y: there.y };
        if halvings > 0 && (there.x - before.x).abs() > BENT_DEGREES {
            let middle = (from + to) / 2.0;
            self.follow(from, middle, halvings - 1, points);
            self.follow(middle, to, halvings - 1, points);
        } else {
            points.push(there);
        }
    }
}

/// A line that spans more degrees of longitude than this gets a corner half way.
const BENT_DEGREES: f64 = 4.0;

/// How often a line is halved, at most.
const FINEST: u8 = 7;

/// A ring around a pole, turned into one that begins and ends at the antimeridian and closes along the pole.
fn round_pole(mut points: Vec<Coord>, pole: f64) -> Vec<Coord> {
    points.pop();
    let turns = |x: f64| ((x + 180.0) / 360.0).floor();
    if points.len() > 1 && points[points.len() - 1].x < points[0].x {
        points.reverse();
    }
    let Some(base) = points.first().map(|first| turns(first.x)) else { return points };
    // The points from the first past the antimeridian on, then those before it, 360 degrees farther.
    let past = points.iter().position(|at| turns(at.x) > base).unwrap_or(0);
    let seam = base.mul_add(360.0, 180.0);
    let (before, after) = match past {
        0 => (points[points.len() - 1], points[0] + Coord { x: 360.0, y: 0.0 }),
        past => (points[past - 1], points[past]),
    };
    let share = ((seam - before.x) / (after.x - before.x)).clamp(0.0, 1.0);
    let lat = before.y + share * (after.y - before.y);
    let east = |turn: f64| move |at: &Coord| Coord { x: at.x - seam - 180.0 + turn, y: at.y };
    let mut ring = vec![Coord { x: -180.0, y: pole }, Coord { x: -180.0, y: lat }];
    let first_turn = if past == 0 { 360.0 } else { 0.0 };
    ring.extend(points[past..].iter().map(east(first_turn)));
    ring.extend(points[..past].iter().map(east(360.0)));
    ring.extend([Coord { x: 180.0, y: lat }, Coord { x: 180.0, y: pole }, Coord { x: -180.0, y: pole }]);
    ring
}

/// The point at a distance and bearing from a plane's centre.
pub fn polar(km: f64, bearing: f64) -> Coord {
    let (east, north) = bearing.to_radians().sin_cos();
    Coord { x: km * east, y: km * north }
}

/// A polygon whose longitudes may run past 180 degrees, cut there.
pub fn cut(polygon: Polygon) -> MultiPolygon {
    let Some(bounds) = polygon.bounding_rect() else { return MultiPolygon::new(Vec::new()) };
    if bounds.min().x >= -180.0 && bounds.max().x <= 180.0 {
        return polygon.into();
    }
    let mut pieces = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let side = Rect::new((turn - 180.0, -90.0), (turn + 180.0, 90.0)).to_polygon();
        if bounds.min().x < turn + 180.0 && bounds.max().x > turn - 180.0 {
            // Exactly on the antimeridian, so that later cuts leave no sliver there.
            pieces.extend(polygon.intersection(&side).map_coords(|at| rounded(at - Coord { x: turn, y: 0.0 })));
        }
    }
    MultiPolygon::new(pieces)
}

/// A point of the map to six decimals.
fn rounded(at: Coord) -> Coord {
    let round = |value: f64, most: f64| ((value * 1e6).round() / 1e6).clamp(-most, most);
    Coord { x: round(at.x, 180.0), y: round(at.y, 90.0) }
}

/// An area whose rings do not touch themselves, as rounding may make them: a union with nothing repairs them, and pieces that are
/// not repaired are left out.
pub fn repaired(rounded: MultiPolygon) -> MultiPolygon {
    if rounded.is_valid() {
        return rounded;
    }
    let mut sorted = rounded_off(geo::unary_union(&rounded));
    sorted.0.retain(Validation::is_valid);
    if !sorted.is_valid() {
        // Pieces that rounding makes overlap: the largest stands for all.
        let largest = sorted.0.into_iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
        sorted = MultiPolygon::new(largest.into_iter().collect());
    }
    sorted
}

/// The area in six decimals (a tenth of a metre), on the map, right-handed, without rings of no area.
pub fn rounded_off(area: MultiPolygon) -> MultiPolygon {
    let ring = |ring: &LineString| {
        let points = ring.0.iter().map(|at| rounded(*at));
        Some(LineString::new(points.collect()).remove_repeated_points()).filter(|ring| ring.0.len() > 3)
    };
    let polygons = area.0.iter().filter_map(|polygon| {
        Some(Polygon::new(ring(polygon.exterior())?, polygon.interiors().iter().filter_map(ring).collect()))
    });
    MultiPolygon::new(polygons.collect()).orient(Direction::Default)
}
