//! The outlines of countries: Natural Earth's at 1:50 million, compiled into the library.
//!
//! Neighbours share the arcs between them, so that a border or a coast is a lookup. The lines are good to a few
//! kilometres. They show who holds the ground by Natural Earth's reckoning and take no side.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Made by `scripts/make-outlines`, which documents its lines.
static TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/outlines.tsv"));

/// All outlines as the text that they are kept in, for programs that draw them themselves.
pub fn table() -> &'static str {
    TABLE
}

/// The outline of the country with an ISO 3166-1 alpha-2 code, in degrees: valid, right-handed polygons, the largest
/// first, cut at the antimeridian.
///
/// ```
/// use geo::{Contains, Point};
/// let syria = toponym::outline::country("SY").expect("Syria has one");
/// assert!(syria.contains(&Point::new(37.16, 36.20)));
/// ```
pub fn country(code: &str) -> Option<&'static MultiPolygon> {
    outlines().countries.get(code).map(|country| &country.area)
}

/// All outlines with their countries' codes, by code.
pub fn all() -> impl Iterator<Item = (&'static str, &'static MultiPolygon)> {
    let mut all: Vec<_> = outlines().countries.iter().map(|(code, country)| (*code, &country.area)).collect();
    all.sort_by_key(|(code, _)| *code);
    all.into_iter()
}

/// The lines between two countries; none if they do not touch.
///
/// ```
/// assert!(!toponym::outline::border("SY", "TR").is_empty());
/// assert!(toponym::outline::border("SY", "FR").is_empty());
/// ```
pub fn border(one: &str, other: &str) -> Vec<&'static LineString> {
    lines(one, |users| users.contains(&other))
}

/// The lines between a country and any other.
pub fn borders(code: &str) -> Vec<&'static LineString> {
    lines(code, |users| users.len() > 1)
}

/// The lines between a country and the sea.
pub fn coast(code: &str) -> Vec<&'static LineString> {
    lines(code, |users| users.len() == 1)
}

/// The arcs of a country, seams left out, whose users are as wanted.
fn lines(code: &str, wanted: impl Fn(&[&str]) -> bool) -> Vec<&'static LineString> {
    let outlines = outlines();
    let own = outlines.countries.get(code).map_or(&[][..], |country| &country.arcs);
    let arcs = own.iter().filter_map(|&arc| outlines.arcs.get(arc));
    arcs.filter(|arc| !arc.is_seam() && wanted(&arc.users)).map(|arc| &arc.line).collect()
}

struct Outlines {
    arcs: Vec<Arc>,
    countries: HashMap<&'static str, Country>,
}

struct Arc {
    line: LineString,
    /// The countries on its sides.
    users: Vec<&'static str>,
}

struct Country {
    area: MultiPolygon,
    arcs: Vec<usize>,
}

impl Arc {
    /// Whether it runs along the antimeridian or a pole, where the map is cut and the ground is not.
    fn is_seam(&self) -> bool {
        let all = |on: fn(&Coord) -> bool| self.line.0.iter().all(on);
        all(|c| c.x <= -180.0) || all(|c| c.x >= 180.0) || all(|c| c.y <= -89.99)
    }
}

fn outlines() -> &'static Outlines {
    static READ: OnceLock<Outlines> = OnceLock::new();
    READ.get_or_init(|| read(TABLE))
}

/// Reads the table; what is not as it should be is left out.
fn read(table: &'static str) -> Outlines {
    let mut outlines = Outlines { arcs: Vec::new(), countries: HashMap::new() };
    let mut grid = [0.0; 4];
    for line in table.lines() {
        let mut fields = line.split('\t');
        match fields.next() {
            Some("grid") => grid.iter_mut().zip(fields).for_each(|(to, field)| *to = field.parse().unwrap_or(0.0)),
            Some("arc") => {
                let line = fields.next().map_or_else(|| LineString::new(Vec::new()), |steps| arc(steps, grid));
                outlines.arcs.push(Arc { line, users: Vec::new() });
            }
            Some("country") => {
                let Some(code) = fields.next() else { continue };
                let country = outlines.country(fields);
                for &arc in &country.arcs {
                    outlines.arcs[arc].users.push(code);
                }
                outlines.countries.insert(code, country);
            }
            _ => {}
        }
    }
    outlines
}

/// The line of an arc: a grid point, then steps.
fn arc(steps: &str, [dx, dy, x0, y0]: [f64; 4]) -> LineString {
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
    /// A country of rings, each a list of arcs behind the sign that tells an outer ring from a hole.
    fn country(&self, rings: impl Iterator<Item = &'static str>) -> Country {
        let (mut polygons, mut used) = (Vec::<Polygon>::new(), Vec::new());
        for ring in rings {
            let (sign, arcs) = ring.split_at(ring.len().min(1));
            let mut points: Vec<Coord> = Vec::new();
            for number in arcs.split(' ').filter_map(|number| number.parse::<isize>().ok()) {
                let at = number.unsigned_abs().wrapping_sub(1);
                let Some(arc) = self.arcs.get(at) else { continue };
                used.push(at);
                points.pop();
                match number > 0 {
                    true => points.extend(&arc.line.0),
                    false => points.extend(arc.line.0.iter().rev()),
                }
            }
            let ring = LineString::new(points);
            match (sign, polygons.last_mut()) {
                ("-", Some(polygon)) => polygon.interiors_push(ring),
                _ => polygons.push(Polygon::new(ring, Vec::new())),
            }
        }
        used.sort_unstable();
        used.dedup();
        Country { area: MultiPolygon::new(polygons), arcs: used }
    }
}

#[cfg(test)]
mod tests {
    use super::{all, border, borders, coast, country};
    use geo::orient::Direction;
    use geo::{Contains, CoordsIter, Haversine, Length, Orient, Point, Validation};

    #[test]
    fn every_outline_is_valid_right_handed_and_on_the_map() {
        assert!(all().count() > 230);
        for (code, area) in all() {
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
            let area = country(code).unwrap_or_else(|| panic!("{code} has no outline"));
            assert!(area.contains(&Point::new(lon, lat)), "{lat} {lon} is in {code}");
        }
        let lesotho = Point::new(28.3, -29.5);
        assert!(!country("ZA").is_some_and(|area| area.contains(&lesotho)), "a hole");
        assert!(country("XX").is_none());
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
