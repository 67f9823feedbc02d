//! The courses of great rivers: Natural Earth's at 1:50 million, compiled into the library. They are accurate to some five
//! kilometres. `scripts/make-river-courses` tells how they are made.

use crate::outline::line_of_arc;
use geo::{BoundingRect, Closest, ClosestPoint, Coord, Densify, Distance, Haversine, LineString, Point};
use std::collections::HashMap;
use std::sync::OnceLock;

use toponym_data::COURSES;

/// How far the course may lie from the river, in kilometres.
pub const EXACT_KM: f64 = 5.0;

/// The greatest distance between the points of a piece of a course, in metres.
const FINE_M: f64 = 2000.0;

/// The parts of the course of the river with an id, in degrees, each running downstream; `None` for a river whose course is not known.
pub fn course(id: &str) -> Option<&'static [LineString]> {
    static READ: OnceLock<HashMap<&'static str, Course>> = OnceLock::new();
    let course = READ.get_or_init(read).get(id)?;
    Some(course.lines.get_or_init(|| course.steps.split('\t').map(|steps| line_of_arc(steps, course.grid)).collect()))
}

/// A river of the table. Its coordinates are parsed when they are first asked for.
struct Course {
    grid: [f64; 4],
    steps: &'static str,
    lines: OnceLock<Vec<LineString>>,
}

/// Reads the table. Lines that cannot be read are left out.
fn read() -> HashMap<&'static str, Course> {
    let mut grid = [0.0; 4];
    let mut courses = HashMap::new();
    for line in COURSES.lines() {
        match line.split_once('\t') {
            Some(("grid", rest)) => {
                grid.iter_mut().zip(rest.split('\t')).for_each(|(to, field)| *to = field.parse().unwrap_or(0.0));
            }
            Some(("course", rest)) => {
                let Some((id, steps)) = rest.split_once('\t') else { continue };
                courses.insert(id, Course { grid, steps, lines: OnceLock::new() });
            }
            _ => {}
        }
    }
    courses
}

/// The point of lines that is nearest to a point, and its distance in kilometres; `None` without lines. Degrees are weighed as
/// they are long at the point's latitude, which is fair to a thousandth over some hundred kilometres.
pub fn nearest(lines: &[LineString], point: Point) -> Option<(Point, f64)> {
    let narrow = point.y().to_radians().cos().max(0.01);
    let squeezed = |at: &Coord| Coord { x: at.x * narrow, y: at.y };
    let here = Point(squeezed(&point.0));
    let closest = lines.iter().filter_map(|line| {
        let line = LineString::new(line.0.iter().map(squeezed).collect());
        let (Closest::Intersection(at) | Closest::SinglePoint(at)) = line.closest_point(&here) else { return None };
        let at = Point::new(at.x() / narrow, at.y());
        Some((at, Haversine.distance(at, point) / 1000.0))
    });
    closest.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The pieces of lines within a distance of a point, in kilometres, with points every two of them.
pub fn around(lines: &[LineString], centre: Point, km: f64) -> Vec<LineString> {
    let degrees = km / 111.0;
    let across = degrees / centre.y().to_radians().cos().max(0.01);
    let near = |line: &&LineString| {
        line.bounding_rect().is_some_and(|bounds| {
            (bounds.min().x - across..=bounds.max().x + across).contains(&centre.x())
                && (bounds.min().y - degrees..=bounds.max().y + degrees).contains(&centre.y())
        })
    };
    pieces(lines.iter().filter(near), |at| Haversine.distance(at, centre) <= km * 1000.0)
}

/// The pieces of lines whose points satisfy `inside`, with points every two kilometres.
pub fn pieces<'l>(lines: impl Iterator<Item = &'l LineString>, inside: impl Fn(Point) -> bool) -> Vec<LineString> {
    let mut pieces = Vec::new();
    for line in lines {
        let fine = Haversine.densify(line, FINE_M);
        for run in fine.0.split(|at| !inside(Point(*at))) {
            if run.len() > 1 {
                pieces.push(LineString::new(run.to_vec()));
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{COURSES, EXACT_KM, around, course, nearest};
    use geo::{Haversine, Length, Point};

    #[test]
    fn every_course_is_that_of_a_river() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer opens");
        let ids = COURSES.lines().filter_map(|line| line.strip_prefix("course\t")?.split('\t').next());
        let mut count = 0;
        for id in ids {
            let river = gazetteer.by_id(id).unwrap_or_else(|| panic!("{id} is in no table"));
            assert!(river.feature().starts_with("H.STM") || river.feature() == "H.CNL", "{river} is no river");
            let lines = course(id).expect("a course");
            let (_, km) = nearest(lines, Point::new(river.lon(), river.lat())).expect("lines");
            // A hand-placed point lies on the course as exactly as it says, or a little beside it.
            let said = river.exact_km().unwrap_or(0.0);
            assert!(km <= said.max(30.0) * 1.5, "{river} lies {km:.0} km off its course, said {said}");
            count += 1;
        }
        assert!(count > 170, "{count} courses");
    }

    #[test]
    fn towns_lie_on_their_rivers() {
        // Towns on the bank, and which way the river runs there: the bearing downstream, within 90 degrees.
        let gazetteer = crate::embedded().expect("the embedded gazetteer opens");
        let river = |name: &str| {
            let found = gazetteer.lookup(name).into_iter().map(|hit| hit.place);
            found.filter(|place| place.feature().starts_with("H.STM")).find(|place| course(&place.id()).is_some())
        };
        for (name, lat, lon, downstream) in [
            ("Ganges", 25.25, 87.0, 90.0),
            ("Dnieper", 46.63, 32.62, 250.0),
            ("Dnieper", 50.45, 30.55, 160.0),
            ("Danube", 48.21, 16.42, 110.0),
            ("Danube", 47.5, 19.05, 180.0),
            ("Rhine", 50.94, 6.97, 340.0),
            ("Nile", 30.05, 31.23, 0.0),
            ("Nile", 4.85, 31.62, 0.0),
            ("Mississippi River", 35.15, -90.07, 200.0),
            ("Volga", 48.7, 44.5, 180.0),
            ("Mekong", 17.97, 102.6, 100.0),
            ("Yangtze", 29.56, 106.57, 60.0),
            ("Amazon River", -3.13, -60.0, 90.0),
            ("Niger River", 13.51, 2.11, 130.0),
            ("Euphrates", 35.34, 40.14, 120.0),
            ("Tigris", 36.34, 43.13, 170.0),
            ("Indus River", 27.7, 68.87, 220.0),
            ("Ohio River", 39.1, -84.5, 260.0),
            ("Loire", 47.4, 0.68, 260.0),
            ("Amur", 50.27, 127.53, 140.0),
        ] {
            let id = river(name).unwrap_or_else(|| panic!("{name} has no course")).id();
            let lines = course(&id).expect("a course");
            let town = Point::new(lon, lat);
            let (at, km) = nearest(lines, town).expect("lines");
            assert!(km < 3.0 * EXACT_KM, "{name} is {km:.1} km from {lat} {lon}");
            let pieces = around(lines, at, 40.0);
            let longest = pieces.iter().max_by(|a, b| Haversine.length(*a).total_cmp(&Haversine.length(*b)));
            let ends = longest.expect("a piece");
            let bearing = geo::Bearing::bearing(&Haversine, Point(ends.0[0]), Point(ends.0[ends.0.len() - 1]));
            let turn = ((bearing - downstream + 540.0).rem_euclid(360.0) - 180.0).abs();
            assert!(turn < 90.0, "{name} at {lat} {lon} runs {bearing:.0}, not {downstream}");
        }
    }
}
