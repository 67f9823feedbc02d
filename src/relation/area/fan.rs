//! Sectors, rings and discs round a place.

use super::extent::Extent;
use super::plane::{Plane, polar};
use geo::{LineString, MultiPolygon, Point, Polygon};

/// A stretch of ground round a place, told by bearing and by distance.
pub struct Fan {
    /// The middle bearing in degrees: where the representative point lies.
    pub bearing: f64,
    /// Degrees to either side of it; 180 is all round.
    pub half_width: f64,
    /// Where it begins, in kilometres; 0 for a disc.
    pub least: f64,
    /// The kilometres of the representative point.
    pub middle: f64,
    /// Where it ends.
    pub most: f64,
    /// Whether the kilometres count from the place's edge rather than from its point.
    pub from_edge: bool,
}

/// Degrees between the corners of an arc, at most.
const STEP: f64 = 7.5;

/// An arc that would reach past the centre stops short of it, in kilometres, and stays a ring.
const LEAST_KM: f64 = 0.01;

/// Farther than this a ring round a point closes in on itself.
const FARTHEST_KM: f64 = 18_000.0;

impl Fan {
    /// Half the width in degrees of what a bearing means. A cardinal point may be any bearing nearer to it than to the other
    /// three, those between them are said more exactly: the imprecision of directions in Wieczorek, Guo and Hijmans (2004),
    /// and the cones of Frank (1992), "Qualitative spatial reasoning about distances and directions in geographic space".
    pub fn half_width_of(bearing: f64) -> f64 {
        if bearing % 90.0 == 0.0 {
            45.0
        } else if bearing % 45.0 == 0.0 {
            22.5
        } else {
            11.25
        }
    }

    /// The fan round a place, on the map, and its representative point.
    pub fn draw(&self, extent: &Extent) -> (MultiPolygon, Point) {
        let plane = Plane::new(extent.centre);
        let whole = self.half_width >= 180.0;
        // An even number of steps, so that one corner has the middle bearing.
        let steps = 2 * (self.half_width / STEP).ceil().max(1.0) as usize;
        let bearings: Vec<f64> = (0..=steps)
            .map(|step| self.bearing - self.half_width + 2.0 * self.half_width * step as f64 / steps as f64)
            .collect();
        let edges = if self.from_edge { extent.edges(&bearings) } else { vec![0.0; bearings.len()] };
        let arc = |km: f64| {
            let corners = bearings
                .iter()
                .zip(&edges)
                .map(move |(bearing, edge)| ((edge + km).clamp(LEAST_KM, FARTHEST_KM), *bearing));
            corners.map(|(km, bearing)| polar(km, bearing)).collect::<Vec<_>>()
        };
        let mut outer = arc(self.most);
        let inner = if self.least > 0.0 || self.from_edge { arc(self.least) } else { Vec::new() };
        let hollow = inner.iter().any(|at| at.x.hypot(at.y) > LEAST_KM);
        let polygon = if whole {
            let hole = if hollow { vec![LineString::new(inner)] } else { Vec::new() };
            Polygon::new(LineString::new(outer), hole)
        } else {
            match hollow {
                true => outer.extend(inner.into_iter().rev()),
                false => outer.push(polar(0.0, 0.0)),
            }
            Polygon::new(LineString::new(outer), Vec::new())
        };
        let edge = edges[steps / 2];
        let [low, high] = [self.least, self.most].map(|km| (edge + km).clamp(LEAST_KM, FARTHEST_KM));
        let said = edge + self.middle;
        // Where a place hardly reaches out, the arcs have been moved, and their middle with them.
        let moved = hollow && !(low < said && said < high);
        let middle = if moved { (low + high) / 2.0 } else { said.min(FARTHEST_KM) };
        (plane.to_map(&polygon.into()), plane.unproject(polar(middle, self.bearing)))
    }
}
