//! The plain-text cases in `tests/cases/relations/`; see `tests/cases/README.md`.

use geo::{Bearing, Contains, Distance, Haversine, Point, Validation};
use std::path::Path;
use toponym::relation::Relative;
use toponym::{Document, Gazetteer, Geoparser, Parsed};

/// What is wrong with a relative place by itself, whatever was expected.
fn unsound(relative: &Relative) -> Option<String> {
    let area = relative.area.as_ref()?;
    let problem = if let Err(problem) = area.check_validation() {
        problem.to_string()
    } else if !area.contains(&relative.point) {
        "does not contain its point".to_owned()
    } else if area.iter().flat_map(|p| p.exterior()).any(|at| at.x.abs() > 180.0 || at.y.abs() > 90.0) {
        "leaves the map".to_owned()
    } else {
        return None;
    };
    Some(format!("the area of {:?} {problem}", relative.name))
}

/// The best known place with a name and a country, as in `Aleppo, SY`.
fn place(gazetteer: &Gazetteer, named: &str) -> Result<Point, String> {
    let (name, country) = named.rsplit_once(", ").ok_or(format!("{named:?}: give a name and a country"))?;
    let folded = toponym::text::fold(name);
    let own = gazetteer.named(&folded).map(|(place, _)| place).filter(|p| p.country() == country && p.class() == 'P');
    let best = own.max_by(|a, b| a.prominence().total_cmp(&b.prominence())).ok_or(format!("{named} is not known"))?;
    Ok(Point::new(best.lon(), best.lat()))
}

/// The numbers of `18-22`, and the anchor of `of Aleppo`, the first if none is named.
fn range<'r, 'g>(relative: &'r Relative<'g>, clause: &str) -> Result<(f64, f64, &'r toponym::Place<'g>), String> {
    let (numbers, name) =
        clause.split_once(" of ").map_or((clause, None), |(numbers, name)| (numbers, Some(name.trim())));
    let (low, high) = numbers.trim().split_once('-').ok_or(format!("{clause:?}: give two numbers"))?;
    let number = |text: &str| text.parse::<f64>().map_err(|_| format!("{text:?} is no number"));
    let anchor = relative
        .anchors
        .iter()
        .find(|a| name.is_none_or(|name| toponym::text::fold(a.name()) == toponym::text::fold(name)));
    let names: Vec<_> = relative.anchors.iter().map(|a| a.name()).collect();
    Ok((number(low)?, number(high)?, anchor.ok_or(format!("{clause:?}: the anchors are {names:?}"))?))
}

/// Checks one clause of an expectation.
fn clause(gazetteer: &Gazetteer, relative: &Relative, clause: &str) -> Result<(), String> {
    let (verb, rest) = clause.split_once(' ').ok_or(format!("{clause:?} is no clause"))?;
    let right = match verb {
        "km" | "bearing" => {
            let (low, high, anchor) = range(relative, rest)?;
            let from = Point::new(anchor.lon(), anchor.lat());
            let km = Haversine.distance(from, relative.point) / 1000.0;
            let bearing = Haversine.bearing(from, relative.point).rem_euclid(360.0);
            match verb {
                "km" if !(low..=high).contains(&km) => return Err(format!("{clause}: it is {km:.1} km")),
                "bearing"
                    if low <= high && !(low..=high).contains(&bearing)
                        || low > high && bearing < low && bearing > high =>
                {
                    return Err(format!("{clause}: it is {bearing:.1}"));
                }
                _ => true,
            }
        }
        "holds" => relative.area.as_ref().is_some_and(|area| place(gazetteer, rest).is_ok_and(|at| area.contains(&at))),
        "misses" => {
            let at = place(gazetteer, rest)?;
            relative.area.as_ref().is_some_and(|area| !area.contains(&at))
        }
        "at" => {
            let (at, tolerance) = rest.split_once(" within ").ok_or(format!("{clause:?}: within how much?"))?;
            let (lat, lon) = at.split_once(',').ok_or(format!("{at:?} is no point"))?;
            let (Ok(lat), Ok(lon), Ok(tolerance)) = (lat.parse(), lon.parse(), tolerance.trim().parse::<f64>()) else {
                return Err(format!("{clause:?}: no numbers"));
            };
            let km = Haversine.distance(Point::new(lon, lat), relative.point) / 1000.0;
            // What is said of the uncertainty is held to the same tolerance.
            if km > tolerance || relative.uncertainty_km > tolerance {
                return Err(format!("{clause}: it is {km:.3} km off, said to be {} km", relative.uncertainty_km));
            }
            true
        }
        _ => return Err(format!("{clause:?} is no clause")),
    };
    if right { Ok(()) } else { Err(format!("{clause}: it does not ({:?})", relative.point)) }
}

/// What is wrong with one case: a text and its expectations.
fn failures(gazetteer: &Gazetteer, parsed: &Parsed, expectations: &[&str]) -> Vec<String> {
    let mut wrong: Vec<String> = parsed.relations.iter().filter_map(unsound).collect();
    let names: Vec<_> = parsed.relations.iter().map(|r| format!("{} [{}]", r.name, r.relation)).collect();
    for expectation in expectations {
        if *expectation == "~ --" {
            if !names.is_empty() {
                wrong.push(format!("nothing relative is meant, but {names:?} was found"));
            }
            continue;
        }
        let mut clauses = expectation.trim_start_matches('~').split(" ; ");
        let wanted = clauses.next().unwrap_or_default().trim();
        let Some(found) = parsed.relations.iter().find(|r| format!("{} [{}]", r.name, r.relation) == wanted) else {
            wrong.push(format!("{wanted:?} was not found; found {names:?}"));
            continue;
        };
        wrong
            .extend(clauses.filter_map(|c| clause(gazetteer, found, c.trim()).err()).map(|e| format!("{wanted}: {e}")));
    }
    wrong
}

fn check(file: &str) {
    let gazetteer = toponym::embedded().expect("the embedded gazetteer opens");
    let geoparser = Geoparser::new(&gazetteer);
    let path = Path::new("tests/cases/relations").join(file);
    let cases = std::fs::read_to_string(&path).expect("the case file is there");
    let (mut wrong, mut checked) = (Vec::new(), 0);
    let mut lines =
        cases.lines().zip(1..).filter(|(line, _)| !line.starts_with('#') && !line.trim().is_empty()).peekable();
    while let Some((text, number)) = lines.next() {
        let document = Document::new("case", text);
        let parsed = geoparser.parse(&document);
        let mut expectations = Vec::new();
        while let Some((expectation, _)) = lines.next_if(|(line, _)| line.starts_with(' ')) {
            expectations.push(expectation.trim());
        }
        assert!(!expectations.is_empty(), "{}:{number}: a text without an expectation", path.display());
        checked += 1;
        let here = failures(&gazetteer, &parsed, &expectations);
        wrong.extend(here.into_iter().map(|wrong| format!("{}:{number}: {wrong}", path.display())));
    }
    assert!(checked > 10, "{}: too few cases", path.display());
    assert!(wrong.is_empty(), "{} mistakes in {checked} cases:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(concat!(stringify!($name), ".txt"));
        })*

        #[test]
        fn every_file_is_checked() {
            for file in std::fs::read_dir("tests/cases/relations").expect("the folder is there") {
                let name = file.expect("an entry").file_name();
                assert!([$(concat!(stringify!($name), ".txt")),*].contains(&&*name.to_string_lossy()), "add {name:?} here");
            }
        }
    };
}

cases! { distance direction part town line coordinates refusals }
