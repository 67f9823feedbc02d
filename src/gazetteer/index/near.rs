//! Places near a point, through an R-tree of pages.

use super::Index;
use super::format::{PAGE, PageBox, on_sphere};
use geo::{Distance, Haversine, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{PointDistance, RTree};

/// The pages of an index by their boxes on the unit sphere, where straight-line distance rises with the distance on
/// the ground and neither poles nor the antimeridian are special.
pub struct PageTree(RTree<GeomWithData<Rectangle<[f64; 3]>, usize>>);

impl PageTree {
    fn of(pages: &[PageBox]) -> Self {
        let leaves = pages.iter().zip(0..).map(|(page, at)| {
            let rectangle = Rectangle::from_corners(page.min.map(f64::from), page.max.map(f64::from));
            GeomWithData::new(rectangle, at)
        });
        PageTree(RTree::bulk_load(leaves.collect()))
    }
}

/// A place and how far it is from a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Ordinal of the place.
    pub place: u32,
    /// Great-circle distance in kilometres.
    pub km: f64,
}

impl Index {
    /// The `limit` places nearest to a point given in degrees, at most `km` kilometres off, nearest first.
    pub fn near(&self, lat: f64, lon: f64, km: f64, limit: usize) -> Vec<Near> {
        let here = on_sphere(lat, lon);
        let tree = self.pages.get_or_init(|| PageTree::of(self.page_boxes()));
        // Squares of straight-line distances through a sphere of radius 1.
        let reach = (2.0 * (km / EARTH_RADIUS_KM / 2.0).clamp(0.0, std::f64::consts::FRAC_PI_2).sin()).powi(2) + 1e-12;
        let mut found: Vec<(f64, u32)> = Vec::new();
        let mut bound = reach;
        for page in tree.0.nearest_neighbor_iter(&here) {
            if page.distance_2(&here) > bound {
                break;
            }
            let first = page.data * PAGE;
            let places = self.places().get(first..).unwrap_or(&[]).iter().take(PAGE);
            for (record, ordinal) in places.zip(first as u32..) {
                let there = on_sphere(f64::from(record.lat) * 1e-7, f64::from(record.lon) * 1e-7);
                let square = (0..3).map(|axis| (there[axis] - here[axis]).powi(2)).sum::<f64>();
                if square <= bound {
                    found.push((square, ordinal));
                }
            }
            found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            found.truncate(limit);
            if found.len() == limit {
                bound = found.last().map_or(bound, |&(square, _)| square);
            }
        }
        let centre = Point::new(lon, lat);
        let distance = |place: u32| {
            let record = &self.places()[place as usize];
            Haversine.distance(centre, Point::new(f64::from(record.lon) * 1e-7, f64::from(record.lat) * 1e-7)) / 1000.0
        };
        let near = found.into_iter().map(|(_, place)| Near { place, km: distance(place) });
        near.filter(|near| near.km <= km).collect()
    }
}

/// Mean radius of the Earth (IUGG) in kilometres, the one that `geo::Haversine` uses.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

#[cfg(test)]
mod tests {
    use super::Index;
    use crate::gazetteer::index::IndexBuilder;
    use crate::gazetteer::source::Row;
    use geo::{Distance, Haversine, Point};

    fn grid() -> (Index, Vec<(f64, f64)>) {
        let mut builder = IndexBuilder::new("grid");
        let mut points = Vec::new();
        for i in 0..3000 {
            let (lat, lon) = (f64::from(i % 181) - 90.0, f64::from(i * 7 % 361) - 180.0);
            points.push((lat, lon));
            builder.add(Row { id: format!("grid:{i}"), name: format!("p{i}"), lat, lon, ..Row::default() });
        }
        (Index::from_vec(builder.finish().expect("builds")).expect("opens"), points)
    }

    #[test]
    fn agrees_with_a_plain_search_at_poles_and_antimeridian_too() {
        let (index, points) = grid();
        for (lat, lon) in [(36.2, 37.16), (89.9, 10.0), (-90.0, 0.0), (0.3, 179.9), (12.0, -179.99)] {
            let mut plain: Vec<f64> = points
                .iter()
                .map(|&(y, x)| Haversine.distance(Point::new(lon, lat), Point::new(x, y)) / 1000.0)
                .collect();
            plain.sort_by(f64::total_cmp);
            let found = index.near(lat, lon, 20_100.0, 40);
            assert_eq!(found.len(), 40);
            for (near, km) in found.iter().zip(plain) {
                assert!((near.km - km).abs() < 1e-6, "{} is not {km} at {lat},{lon}", near.km);
            }
        }
    }

    #[test]
    fn the_limit_and_the_reach_hold() {
        let (index, points) = grid();
        let here = Point::new(37.16, 36.2);
        let within = points.iter().filter(|&&(y, x)| Haversine.distance(here, Point::new(x, y)) <= 500_000.0).count();
        assert_eq!(index.near(36.2, 37.16, 500.0, 1000).len(), within);
        assert_eq!(index.near(36.2, 37.16, 0.001, 10).len(), 0);
        assert_eq!(index.near(36.2, 37.16, 500.0, 0).len(), 0);
    }
}
