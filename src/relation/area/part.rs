//! Parts of a place: its north, its middle.

use super::extent::Extent;
use super::plane::{cut, rounded_off};
use geo::{Area, BooleanOps, BoundingRect, Centroid, Contains, InteriorPoint};
use geo::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};

/// The share of a place's ground that is its north, east, south or west: less than half, because the middle belongs to none.
pub const SIDE: f64 = 0.4;

/// The share that is its north-east and the like, and its far north.
pub const CORNER: f64 = 0.25;

/// The part of a place on the side of a bearing that makes up a share of its ground, rounded.
pub fn side(extent: &Extent, bearing: f64, share: f64) -> Option<MultiPolygon> {
    let line = Side::new(&extent.area, bearing)?;
    let whole = extent.area.iter().map(Polygon::unsigned_area).sum::<f64>();
    // Bisection: the ground beyond the bound shrinks as the bound moves outwards.
    let (mut near, mut far) = (-2.0, 2.0);
    for _ in 0..18 {
        let bound = (near + far) / 2.0;
        let beyond = extent.area.iter().map(|polygon| line.area_beyond(polygon, bound)).sum::<f64>();
        if beyond > share * whole { near = bound } else { far = bound }
    }
    clip(&extent.area, &line.half_plane(near))
}

/// The middle of a place, rounded: within half its width and height, or more if none of its ground lies there.
pub fn middle(extent: &Extent) -> Option<MultiPolygon> {
    let bounds = extent.area.bounding_rect()?;
    let centre = bounds.center();
    [0.25, 0.35, 0.5].into_iter().find_map(|share| {
        let (x, y) = (bounds.width() * share, bounds.height() * share);
        let window = Rect::new((centre.x - x, centre.y - y), (centre.x + x, centre.y + y));
        clip(&extent.area, &window.to_polygon())
    })
}

/// A representative point of an area: its centre of gravity, or if that lies outside, a point inside its largest polygon.
pub fn representative(area: &MultiPolygon) -> Option<Point> {
    let largest = area.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let centre = largest.centroid().filter(|centre| largest.contains(centre));
    centre.or_else(|| largest.interior_point())
}

/// A scale across a place towards a bearing: 0 in the middle of its bounding box, 1 at the middle of that side.
pub struct Side {
    centre: Coord,
    slope: Coord,
}

impl Side {
    /// The scale of a place whose longitudes may run past 180 degrees; `None` if it has no ground.
    pub fn new(area: &MultiPolygon, bearing: f64) -> Option<Side> {
        let bounds = area.bounding_rect()?;
        let (x, y) = bearing.to_radians().sin_cos();
        let half = |length: f64| (length / 2.0).max(1e-9);
        Some(Side {
            centre: bounds.center(),
            slope: Coord { x: x / half(bounds.width()), y: y / half(bounds.height()) },
        })
    }

    /// The value of a point; its longitude may be off by 360 degrees.
    pub fn at(&self, point: Coord) -> f64 {
        let x = point.x + 360.0 * ((self.centre.x - point.x) / 360.0).round();
        (x - self.centre.x) * self.slope.x + (point.y - self.centre.y) * self.slope.y
    }

    /// The area of a polygon beyond a bound: each ring is clipped by the line (Sutherland and Hodgman 1974), which gives the right
    /// area even where the clipped ring touches itself.
    fn area_beyond(&self, polygon: &Polygon, bound: f64) -> f64 {
        let of_ring = |ring: &LineString| {
            let mut double = 0.0;
            let (mut first, mut before) = (None, None::<Coord>);
            let mut visit = |at: Coord| {
                first.get_or_insert(at);
                if let Some(before) = before.replace(at) {
                    double += before.x * at.y - at.x * before.y;
                }
            };
            for line in ring.lines() {
                let (from, to) = (self.raw(line.start) - bound, self.raw(line.end) - bound);
                if (from > 0.0) != (to > 0.0) {
                    visit(line.start + (line.end - line.start) * (from / (from - to)));
                }
                if to > 0.0 {
                    visit(line.end);
                }
            }
            if let (Some(first), Some(last)) = (first, before) {
                double += last.x * first.y - first.x * last.y;
            }
            double.abs() / 2.0
        };
        let holes: f64 = polygon.interiors().iter().map(of_ring).sum();
        of_ring(polygon.exterior()) - holes
    }

    fn raw(&self, point: Coord) -> f64 {
        (point.x - self.centre.x) * self.slope.x + (point.y - self.centre.y) * self.slope.y
    }

    /// The half plane beyond a bound, as far as any map reaches.
    fn half_plane(&self, bound: f64) -> Polygon {
        let length = self.slope.x.hypot(self.slope.y);
        let out = self.slope / length;
        let along = Coord { x: -out.y, y: out.x };
        let foot = self.centre + out * (bound / length);
        let far = 10.0 / length;
        let corners =
            [foot - along * far, foot + along * far, foot + along * far + out * far, foot - along * far + out * far];
        Polygon::new(LineString::new(corners.to_vec()), Vec::new())
    }
}

/// The part of an area in a convex window, on the map; `None` if nothing of it lies there.
fn clip(area: &MultiPolygon, window: &Polygon) -> Option<MultiPolygon> {
    let mut kept = Vec::new();
    for polygon in area {
        let inside = polygon.exterior().0.iter().filter(|at| window.contains(*at)).count();
        // Most islands lie on one side as a whole.
        let pieces = match inside {
            0 if polygon.bounding_rect().is_none_or(|b| !window.contains(&Point(b.center())))
                && !crosses(polygon, window) =>
            {
                MultiPolygon::new(Vec::new())
            }
            all if all == polygon.exterior().0.len() => polygon.clone().into(),
            _ => polygon.intersection(window),
        };
        kept.extend(pieces.into_iter().flat_map(cut));
    }
    // Islands that touch the mainland at a corner must not overlap it after rounding.
    let joined = if kept.len() > 1 { geo::unary_union(&kept) } else { MultiPolygon::new(kept) };
    Some(rounded_off(joined)).filter(|area| !area.0.is_empty())
}

/// Whether a polygon may reach into a window in which it has no corner.
fn crosses(polygon: &Polygon, window: &Polygon) -> bool {
    use geo::Intersects;
    polygon.bounding_rect().is_some_and(|bounds| bounds.intersects(window))
}
