//! The outlines of countries and of first-level divisions: Natural Earth's, compiled into the library.
//!
//! Neighbours share the arcs between them, so that a border or a coast is a look-up. The lines are accurate to a few
//! kilometres. They show who controls the ground by Natural Earth's reckoning, and take no side. A code with a full stop is
//! that of a division (`SY.09`), another that of a country.

use geo::coordinate_position::CoordPos;
use geo::{BoundingRect, Coord, CoordinatePosition, LineString, MultiPolygon, Point, Polygon, Rect};
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Made by `scripts/make-outlines` and `scripts/make-division-outlines`, which document their lines.
use toponym_data::{DIVISION_OUTLINES, OUTLINES};

/// The outlines of the countries in the text form that they are kept in, for the page that draws them itself.
pub fn table() -> &'static str {
    OUTLINES
}

/// The outline of the country or division with a code, in degrees: valid, right-handed polygons, the largest first, cut at
/// the antimeridian. `None` for a code without an outline.
pub fn area(code: &str) -> Option<&'static MultiPolygon> {
    let outlines = outlines_of(code);
    outlines.areas.get(code).map(|area| outlines.area(area))
}

/// All outlines of countries with their codes, sorted by code.
#[cfg(any(test, feature = "eval"))]
pub fn all() -> impl Iterator<Item = (&'static str, &'static MultiPolygon)> {
    sorted(countries())
}

/// All outlines of divisions with their codes, sorted by code.
#[cfg(test)]
pub fn all_divisions() -> impl Iterator<Item = (&'static str, &'static MultiPolygon)> {
    sorted(divisions())
}

#[cfg(any(test, feature = "eval"))]
fn sorted(outlines: &'static Outlines) -> impl Iterator<Item = (&'static str, &'static MultiPolygon)> {
    let mut all: Vec<_> = outlines.areas.iter().map(|(code, area)| (*code, outlines.area(area))).collect();
    all.sort_by_key(|(code, _)| *code);
    all.into_iter()
}

/// The code of the country at a point, and that of its first-level division, as far as an outline there has it. Both are
/// `None` at sea and on the ground of no country.
pub fn at(point: Point) -> (Option<&'static str>, Option<&'static str>) {
    let country = countries().at(point, WORLD);
    // The two are of different scales: near a border a division of the neighbour may reach over it.
    (country, country.and_then(|country| divisions().at(point, country)))
}

/// The lines between two countries, or two divisions; none if they do not touch.
pub fn border(one: &str, other: &str) -> Vec<&'static LineString> {
    lines(one, |users| users.contains(&other))
}

/// The lines between a country or division and any other.
pub fn borders(code: &str) -> Vec<&'static LineString> {
    lines(code, |users| users.len() > 1)
}

/// The lines between a country and the sea.
pub fn coast(country: &str) -> Vec<&'static LineString> {
    lines(country, |users| users.len() == 1)
}

/// The lines between two divisions of one country, each with its box.
pub fn division_borders() -> &'static [(Rect, &'static LineString)] {
    static BORDERS: OnceLock<Vec<(Rect, &'static LineString)>> = OnceLock::new();
    BORDERS.get_or_init(|| {
        let country = |code: &&'static str| code.split('.').next();
        let outlines = divisions();
        let inner = outlines.arcs.iter().filter(|arc| match arc.users.as_slice() {
            [one, other] => country(one) == country(other),
            _ => false,
        });
        let lines = inner.map(|arc| outlines.line(arc)).filter(|line| !is_seam(line));
        lines.filter_map(|line| Some((line.bounding_rect()?, line))).collect()
    })
}

/// The arcs of a country or division whose users satisfy `wanted`, without the seams of the map.
fn lines(code: &str, wanted: impl Fn(&[&str]) -> bool) -> Vec<&'static LineString> {
    let outlines = outlines_of(code);
    let own = outlines.areas.get(code).map_or(&[][..], |area| &area.arcs);
    let arcs = own.iter().filter_map(|&arc| outlines.arcs.get(arc));
    let lines = arcs.filter(|arc| wanted(&arc.users)).map(|arc| outlines.line(arc));
    lines.filter(|line| !is_seam(line)).collect()
}

/// What countries are parts of.
const WORLD: &str = "";

/// What a country or a division is a part of: the world, or the country whose code its own begins with.
fn whole_of(code: &'static str) -> &'static str {
    code.split_once('.').map_or(WORLD, |(country, _)| country)
}

/// The table, read. The coordinates of an arc are parsed when they are first asked for, since most documents are about
/// few countries.
#[derive(Default)]
struct Outlines {
    /// Degrees a step of the grid east and north, and the longitude and latitude at which it begins.
    grid: [f64; 4],
    arcs: Vec<Arc>,
    areas: HashMap<&'static str, Outlined>,
    /// The polygons in their boxes: those of the parts of each whole.
    boxes: HashMap<&'static str, OnceLock<RTree<Boxed>>>,
}

/// A polygon in its box, with the code of what it is of.
type Boxed = GeomWithData<Rectangle<[f64; 2]>, (&'static str, &'static Polygon)>;

struct Arc {
    /// The grid point and the steps, in the table's form.
    steps: &'static str,
    line: OnceLock<LineString>,
    /// The codes of what is on its sides.
    users: Vec<&'static str>,
}

/// A country or a division.
struct Outlined {
    /// The numbers of its arcs, in the table's form.
    rings: &'static str,
    area: OnceLock<MultiPolygon>,
    arcs: Vec<usize>,
}

/// Whether a line runs along the antimeridian or a pole, where the map is cut and the ground is not.
fn is_seam(line: &LineString) -> bool {
    let all = |on: fn(&Coord) -> bool| line.0.iter().all(on);
    all(|c| c.x <= -180.0) || all(|c| c.x >= 180.0) || all(|c| c.y <= -89.99)
}

fn countries() -> &'static Outlines {
    static READ: OnceLock<Outlines> = OnceLock::new();
    READ.get_or_init(|| read(OUTLINES))
}

fn divisions() -> &'static Outlines {
    static READ: OnceLock<Outlines> = OnceLock::new();
    READ.get_or_init(|| read(DIVISION_OUTLINES))
}

/// The outlines that a code is of.
fn outlines_of(code: &str) -> &'static Outlines {
    if code.contains('.') { divisions() } else { countries() }
}

/// Reads the table. Lines that cannot be read are left out.
fn read(table: &'static str) -> Outlines {
    let mut outlines = Outlines::default();
    for line in table.lines() {
        let (kind, rest) = line.split_once('\t').unwrap_or((line, ""));
        match kind {
            "grid" => {
                let fields = outlines.grid.iter_mut().zip(rest.split('\t'));
                fields.for_each(|(to, field)| *to = field.parse().unwrap_or(0.0));
            }
            "arc" => outlines.arcs.push(Arc { steps: rest, line: OnceLock::new(), users: Vec::new() }),
            "country" | "division" => {
                let Some((code, rings)) = rest.split_once('\t') else { continue };
                let numbers = rings.split('\t').flat_map(arcs_of_ring).map(|(arc, _)| arc);
                let mut arcs: Vec<usize> = numbers.filter(|arc| *arc < outlines.arcs.len()).collect();
                arcs.sort_unstable();
                arcs.dedup();
                arcs.iter().for_each(|&arc| outlines.arcs[arc].users.push(code));
                outlines.areas.insert(code, Outlined { rings, area: OnceLock::new(), arcs });
                outlines.boxes.entry(whole_of(code)).or_default();
            }
            _ => {}
        }
    }
    outlines
}

/// The numbers of a ring's arcs, which stand behind the ring's sign, each with whether the arc runs in its own
/// direction.
fn arcs_of_ring(ring: &str) -> impl Iterator<Item = (usize, bool)> + use<'_> {
    let arcs = ring.get(1..).unwrap_or("").split(' ').filter_map(|number| number.parse::<isize>().ok());
    arcs.map(|number| (number.unsigned_abs().wrapping_sub(1), number > 0))
}

/// The line of an arc, given as a grid point and steps from there.
pub(crate) fn line_of_arc(steps: &str, [dx, dy, x0, y0]: [f64; 4]) -> LineString {
    let mut numbers = steps.split(' ').filter_map(|number| number.parse::<i32>().ok());
    let (mut x, mut y, mut line) = (0, 0, Vec::new());
    while let (Some(step_x), Some(step_y)) = (numbers.next(), numbers.next()) {
        (x, y) = (x + step_x, y + step_y);
        // The grid's last column is 180 but for the binary noise.
        let degrees = |at: i32, step: f64, origin: f64| ((f64::from(at) * step + origin) * 1e6).round() / 1e6;
        line.push(Coord { x: degrees(x, dx, x0), y: degrees(y, dy, y0) });
    }
    LineString::new(line)
}

impl Outlines {
    fn line<'o>(&'o self, own: &'o Arc) -> &'o LineString {
        own.line.get_or_init(|| line_of_arc(own.steps, self.grid))
    }

    /// The code of the part of `whole` that lies at a point.
    fn at(&'static self, point: Point, whole: &'static str) -> Option<&'static str> {
        let boxes = self.boxes.get(whole)?.get_or_init(|| {
            let own = self.areas.iter().filter(|(code, _)| whole_of(code) == whole);
            let parts = own.flat_map(|(code, area)| self.area(area).iter().map(move |part| (*code, part)));
            let boxed = parts.filter_map(|(code, part)| {
                let bounds = part.bounding_rect()?;
                let bounds = Rectangle::from_corners(bounds.min().into(), bounds.max().into());
                Some(Boxed::new(bounds, (code, part)))
            });
            RTree::bulk_load(boxed.collect())
        });
        let near = boxes.locate_all_at_point(&[point.x(), point.y()]).map(|boxed| boxed.data);
        // What lies in two outlines is that of the first code.
        near.filter(|(_, part)| part.coordinate_position(&point.0) != CoordPos::Outside).map(|(code, _)| code).min()
    }

    /// The polygons of a country or division. Each of its rings is a sign, which distinguishes an outer ring from a hole,
    /// and a list of arcs.
    fn area<'o>(&'o self, outlined: &'o Outlined) -> &'o MultiPolygon {
        outlined.area.get_or_init(|| {
            let mut polygons = Vec::<Polygon>::new();
            for ring in outlined.rings.split('\t') {
                let mut points: Vec<Coord> = Vec::new();
                for (at, forward) in arcs_of_ring(ring) {
                    let Some(line) = self.arcs.get(at).map(|arc| self.line(arc)) else { continue };
                    points.pop();
                    match forward {
                        true => points.extend(&line.0),
                        false => points.extend(line.0.iter().rev()),
                    }
                }
                let line = LineString::new(points);
                match (ring.starts_with('-'), polygons.last_mut()) {
                    (true, Some(polygon)) => polygon.interiors_push(line),
                    _ => polygons.push(Polygon::new(line, Vec::new())),
                }
            }
            MultiPolygon::new(polygons)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{all, all_divisions, area, at, border, borders, coast};
    use geo::orient::Direction;
    use geo::{Contains, CoordsIter, Haversine, Intersects, Length, Orient, Point, Validation};

    #[test]
    fn every_outline_is_valid_right_handed_and_on_the_map() {
        assert!(all().count() > 230 && all_divisions().count() > 2900);
        for (code, area) in all().chain(all_divisions()) {
            assert!(area.is_valid(), "{code}: {:?}", area.check_validation());
            assert_eq!(&area.orient(Direction::Default), area, "{code} is right-handed");
            for at in area.coords_iter() {
                assert!(at.x.abs() <= 180.0 && at.y.abs() <= 90.0, "{code}: {at:?}");
            }
        }
    }

    #[test]
    fn places_lie_in_their_countries() {
        for (code, lat, lon) in [
            ("SY", 36.2, 37.16),
            ("RU", 55.75, 37.62),
            ("RU", 66.0, -175.0),
            ("FJ", -17.8, 178.0),
            ("FJ", -16.8, -179.97),
            ("XK", 42.6, 21.1),
            ("CY", 35.19, 33.6),
            ("SO", 9.56, 44.06),
            ("AQ", -88.0, 10.0),
            ("ZA", -26.2, 28.0),
        ] {
            let area = area(code).unwrap_or_else(|| panic!("{code} has no outline"));
            assert!(area.contains(&Point::new(lon, lat)), "{lat} {lon} is in {code}");
        }
        assert!(!border("SY", "TR").is_empty() && border("SY", "FR").is_empty());
        let lesotho = Point::new(28.3, -29.5);
        assert!(!area("ZA").is_some_and(|area| area.contains(&lesotho)), "a hole");
        assert!(area("XX").is_none() && area("XX.01").is_none());
    }

    #[test]
    fn a_point_has_a_country_and_a_division() {
        for (lat, lon, country, division) in [
            (49.99, 36.23, Some("UA"), Some("UA.07")),
            (25.6, 85.14, Some("IN"), Some("IN.34")),
            (34.73, 36.72, Some("SY"), Some("SY.11")),
            (40.0, -89.0, Some("US"), Some("US.IL")),
            (35.0, 18.0, None, None),
        ] {
            assert_eq!(at(Point::new(lon, lat)), (country, division), "{lat} {lon}");
        }
    }

    #[test]
    fn the_first_outline_at_a_point_is_found() {
        for (lat, lon) in (-85..=85).step_by(17).flat_map(|lat| (-180..=180).step_by(6).map(move |lon| (lat, lon))) {
            let point = Point::new(f64::from(lon), f64::from(lat));
            let country = all().find(|(_, area)| area.intersects(&point)).map(|(code, _)| code);
            let inside = |code: &&str| country.is_some_and(|country| code.split('.').next() == Some(country));
            let mut divisions = all_divisions().filter(|(code, area)| inside(code) && area.intersects(&point));
            assert_eq!(at(point), (country, divisions.next().map(|(code, _)| code)), "{lat} {lon}");
        }
    }

    #[test]
    fn divisions_touch_their_neighbours() {
        let (bihar, jharkhand, kerala) = ("IN.34", "IN.38", "IN.13");
        assert!(!border(bihar, jharkhand).is_empty() && border(bihar, kerala).is_empty());
        assert!(!borders(kerala).is_empty());
    }

    #[test]
    fn borders_and_coasts_are_as_long_as_they_are_said_to_be() {
        let km = |lines: Vec<&geo::LineString>| lines.iter().map(|line| Haversine.length(*line)).sum::<f64>() / 1000.0;
        // The World Factbook's lengths; the outlines are smoother than the ground.
        for (one, other, known) in
            [("SY", "TR", 899.0), ("SY", "IQ", 599.0), ("ES", "PT", 1224.0), ("NO", "SE", 1666.0)]
        {
            let length = km(border(one, other));
            assert!((known * 0.7..known * 1.15).contains(&length), "{one}-{other}: {length} km");
            assert_eq!(length, km(border(other, one)));
        }
        assert!(coast("AT").is_empty() && !borders("AT").is_empty());
        assert!(borders("IS").is_empty() && km(coast("IS")) > 2000.0);
    }
}
