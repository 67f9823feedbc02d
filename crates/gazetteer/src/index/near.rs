//! Places near a point or in a box, through an R-tree of pages.

use super::Index;
use super::format::{PageBox, PlaceRecord};
use crate::geodesy::{chord_of_km, chord_square, km_of_chord, on_sphere};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, PointDistance, RTree};

/// An R-tree of the pages of an index by their boxes on the unit sphere, where straight-line distance rises with the
/// distance on the ground, and neither the poles nor the antimeridian are special.
pub struct PageTree(RTree<GeomWithData<Rectangle<[f64; 3]>, usize>>);

impl PageTree {
    fn from_pages(pages: &[PageBox]) -> Self {
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

/// A box of the map in degrees, WGS 84. Where `west > east` it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLonBox {
    /// Western longitude.
    pub west: f64,
    /// Southern latitude.
    pub south: f64,
    /// Eastern longitude.
    pub east: f64,
    /// Northern latitude.
    pub north: f64,
}

impl std::str::FromStr for LatLonBox {
    type Err = String;

    /// Parses `W,S,E,N` in degrees.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = "give west, south, east and north in degrees with commas between, such as 36,35,38,37";
        let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
        let Some(&[west, south, east, north]) = numbers.as_deref() else { return Err(form.to_owned()) };
        let right = (-90.0..=90.0).contains(&south) && (south..=90.0).contains(&north);
        let right = right && [west, east].iter().all(|lon| (-180.0..=180.0).contains(lon));
        if right { Ok(LatLonBox { west, south, east, north }) } else { Err(form.to_owned()) }
    }
}

impl LatLonBox {
    /// Whether a point in degrees lies in the box or on its edge.
    pub fn contains(&self, lat: f64, lon: f64) -> bool {
        let across = self.west > self.east;
        let between = if across { lon >= self.west || lon <= self.east } else { lon >= self.west && lon <= self.east };
        between && lat >= self.south && lat <= self.north
    }

    /// The smallest box in space round the part of the unit sphere that the box of the map covers.
    fn on_sphere(&self) -> AABB<[f64; 3]> {
        let east = if self.west > self.east { self.east + 360.0 } else { self.east };
        let middle = self.south.max(0.0_f64.min(self.north));
        let (mut least, mut most) = ([f64::MAX; 3], [f64::MIN; 3]);
        // The extremes lie at the corners, on the parallel nearest the equator, and at the multiples of 90 degrees
        // east.
        let quarters = (-4..=8).map(|quarter| f64::from(quarter) * 90.0).filter(|lon| (self.west..=east).contains(lon));
        for lon in [self.west, east].into_iter().chain(quarters) {
            for lat in [self.south, middle, self.north] {
                for (axis, coordinate) in on_sphere(lat, lon).into_iter().enumerate() {
                    least[axis] = least[axis].min(coordinate);
                    most[axis] = most[axis].max(coordinate);
                }
            }
        }
        AABB::from_corners(least, most)
    }
}

/// The greatest differences in latitude and longitude between a point and a place within a straight-line distance of
/// it, in units of 1e-7 degrees. Pages hold hundreds of places, and comparing these spares most of them the
/// trigonometry.
struct Reach {
    lat: i64,
    lon: i64,
    most_lat: i64,
    most_lon: i64,
}

/// 360 degrees, in units of 1e-7 degrees.
const CIRCLE: i64 = 3_600_000_000;

impl Reach {
    /// The reach round a point in degrees; `square` is the square of the distance through the unit sphere.
    fn new(lat: f64, lon: f64, square: f64) -> Self {
        let units = |degrees: f64| (degrees * 1e7).round() as i64;
        let angle = 2.0 * (square.sqrt() / 2.0).min(1.0).asin();
        // The sine of the distance to a meridian is the sine of the difference in longitude times the cosine of the
        // latitude. Near a pole, every meridian is near.
        let sine = angle.sin() / lat.to_radians().cos().max(f64::EPSILON);
        let most_lon =
            if angle < std::f64::consts::FRAC_PI_2 && sine < 1.0 { sine.asin() } else { std::f64::consts::PI };
        // Rounded up by more than the error of the units and the arithmetic.
        let most = |radians: f64| units(radians.to_degrees()) + 3;
        Reach { lat: units(lat), lon: units(lon), most_lat: most(angle), most_lon: most(most_lon) }
    }

    fn may_hold(&self, record: &PlaceRecord) -> bool {
        let east = (i64::from(record.lon) - self.lon).rem_euclid(CIRCLE);
        (i64::from(record.lat) - self.lat).abs() <= self.most_lat && east.min(CIRCLE - east) <= self.most_lon
    }
}

#[doc(hidden)]
impl Index {
    fn page_tree(&self) -> &PageTree {
        self.pages.get_or_init(|| PageTree::from_pages(self.page_boxes()))
    }

    /// The places of a page, with their ordinals.
    fn places_of_page(&self, page: usize) -> impl Iterator<Item = (u32, &PlaceRecord)> {
        let first = page * self.page();
        (first as u32..).zip(self.places().get(first..).unwrap_or(&[]).iter().take(self.page()))
    }

    /// The `limit` places nearest to a point in degrees within `km` kilometres, the nearest first.
    pub fn near(&self, lat: f64, lon: f64, km: f64, limit: usize) -> Vec<Near> {
        let here = on_sphere(lat, lon);
        let mut bound = chord_of_km(km).powi(2) + 1e-12;
        let mut found: Vec<(f64, u32)> = Vec::new();
        let mut reach = Reach::new(lat, lon, bound);
        let nearest_first = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        if limit == 0 {
            return Vec::new();
        }
        for page in self.page_tree().0.nearest_neighbor_iter(&here) {
            if page.distance_2(&here) > bound {
                break;
            }
            for (ordinal, record) in self.places_of_page(page.data).filter(|(_, record)| reach.may_hold(record)) {
                let there = on_sphere(f64::from(record.lat) * 1e-7, f64::from(record.lon) * 1e-7);
                let square = chord_square(there, here);
                if square <= bound {
                    found.push((square, ordinal));
                }
            }
            if found.len() >= limit {
                found.select_nth_unstable_by(limit - 1, nearest_first);
                found.truncate(limit);
                bound = found[limit - 1].0;
                reach = Reach::new(lat, lon, bound);
            }
        }
        found.sort_unstable_by(nearest_first);
        let near = found.into_iter().map(|(square, place)| Near { place, km: km_of_chord(square.sqrt()) });
        near.filter(|near| near.km <= km).collect()
    }

    /// The ordinals of all places in a box of the map, ascending.
    pub fn within(&self, area: &LatLonBox) -> Vec<u32> {
        let pages = self.page_tree().0.locate_in_envelope_intersecting(&area.on_sphere());
        let inside = |record: &PlaceRecord| area.contains(f64::from(record.lat) * 1e-7, f64::from(record.lon) * 1e-7);
        let places = pages.flat_map(|page| self.places_of_page(page.data));
        let mut found: Vec<u32> = places.filter(|(_, record)| inside(record)).map(|(ordinal, _)| ordinal).collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, LatLonBox};
    use crate::index::IndexBuilder;
    use crate::source::PlaceRow;
    use geo::{Distance, Haversine, Point};

    fn grid() -> (Index, Vec<(f64, f64)>) {
        let mut builder = IndexBuilder::new("grid");
        let mut points = Vec::new();
        for i in 0..3000 {
            let (lat, lon) = (f64::from(i % 181) - 90.0, f64::from(i * 7 % 361) - 180.0);
            points.push((lat, lon));
            let row = PlaceRow { id: format!("grid:{i}"), name: format!("p{i}"), lat, lon, ..PlaceRow::default() };
            builder.add(row).expect("fits");
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

    #[test]
    fn boxes_hold_what_a_plain_search_finds() {
        let (index, points) = grid();
        for (west, south, east, north) in [
            (-10.0, -5.0, 30.0, 60.0),
            (170.0, -20.0, -170.0, 20.0),
            (-180.0, 80.0, 180.0, 90.0),
            (-180.0, -90.0, 180.0, 90.0),
            (5.5, 5.5, 5.6, 5.6),
        ] {
            let area = LatLonBox { west, south, east, north };
            let plain = points.iter().filter(|&&(lat, lon)| area.contains(lat, lon)).count();
            assert_eq!(index.within(&area).len(), plain, "{area:?}");
        }
    }
}
