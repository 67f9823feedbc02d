//! Sectors, rings and discs around a place.

use super::buffer;
use super::extent::{AreaFrom, Extent};
use super::plane::{Plane, polar};
use geo::{MultiPolygon, Point, Polygon};

/// The ground around a place between two bearings and between two distances.
pub struct AnnularSector {
    /// The middle bearing in degrees, at which the representative point lies.
    pub bearing: f64,
    /// Degrees to either side of it; 180 for a ring or disc.
    pub half_width: f64,
    /// The inner distance in kilometres; 0 for a disc.
    pub least: f64,
    /// The distance of the representative point, in kilometres.
    pub middle: f64,
    /// The outer distance in kilometres.
    pub most: f64,
    /// Whether distances count from the place's edge instead of its point.
    pub from_edge: bool,
}

/// Degrees between the corners of an arc, at most.
const STEP: f64 = 7.5;

/// The least width of a ring, as a share of its outer radius: outlines are not precise enough for thinner ones, whose two edges would
/// cross when they are rounded.
const THINNEST: f64 = 0.001;

/// The greatest outer distance, in kilometres: a larger ring around a point would close in on itself.
pub const FARTHEST_KM: f64 = 18_000.0;

impl AnnularSector {
    /// Half the width, in degrees, of the bearings that a stated one may mean. A cardinal point means any bearing nearer to it than to
    /// the other three; points between them are more exact: the imprecision of directions in Wieczorek, Guo and Hijmans (2004), and
    /// the cones of Frank (1992), "Qualitative spatial reasoning about distances and directions in geographic space".
    pub fn half_width_of(bearing: f64) -> f64 {
        if bearing % 90.0 == 0.0 {
            45.0
        } else if bearing % 45.0 == 0.0 {
            22.5
        } else {
            11.25
        }
    }

    /// The sector around a place, on the map, and its representative point; `None` if nothing on the globe is so far away.
    pub fn draw(&self, extent: &Extent) -> Option<(MultiPolygon, Point)> {
        match extent.from {
            AreaFrom::Outline | AreaFrom::Places if self.from_edge => buffer::draw(self, extent),
            _ => Some(self.draw_round(extent.centre, if self.from_edge { extent.radius_km } else { 0.0 })),
        }
    }

    /// The sector around a circle with a radius in kilometres.
    fn draw_round(&self, centre: Point, radius: f64) -> (MultiPolygon, Point) {
        let plane = Plane::new(centre);
        let whole = self.half_width >= 180.0;
        // An even number of steps, so that one corner is at the middle bearing.
        let steps = 2 * (self.half_width / STEP).ceil().max(1.0) as usize;
        let bearing = |step: usize| self.bearing + self.half_width * (2.0 * step as f64 / steps as f64 - 1.0);
        let arc = |km: f64| (0..=steps).map(move |step| polar(km, bearing(step)));
        let high = (radius + self.most).min(FARTHEST_KM);
        let low = (radius + self.least).min(high * (1.0 - THINNEST));
        let polygon = match (whole, low > 0.0) {
            (true, false) => Polygon::new(arc(high).collect(), Vec::new()),
            (true, true) => Polygon::new(arc(high).collect(), vec![arc(low).collect()]),
            (false, false) => Polygon::new(arc(high).chain([polar(0.0, 0.0)]).collect(), Vec::new()),
            (false, true) => {
                let back: Vec<_> = arc(low).collect();
                Polygon::new(arc(high).chain(back.into_iter().rev()).collect(), Vec::new())
            }
        };
        let said = radius + self.middle;
        // The middle of a ring that has been cut short, because it would close in on itself.
        let middle = if said < high { said } else { (low + high) / 2.0 };
        (plane.to_map(&polygon.into()), plane.unproject(polar(middle, self.bearing)))
    }
}
