//! The plain-text cases in `tests/cases/relations/`; see `tests/cases/README.md`.

use crate::support::{features, shared, tag, toponym};
use geo::{Bearing, Contains, Distance, Haversine, Point, Validation};
use serde_json::Value;
use toponym::gazetteer::Match;
use toponym::{Annotations, Document, Gazetteer, Geoparser, Place, Relative};

/// The relative places and coordinates of a document.
fn relatives(annotations: &Annotations) -> impl Iterator<Item = &Relative> {
    annotations.mentions.iter().filter_map(|mention| mention.relative.as_deref())
}

fn point(relative: &Relative) -> Point {
    Point::new(relative.lon, relative.lat)
}

/// What is wrong with a relative place, whatever is expected of it.
fn unsound(relative: &Relative) -> Option<String> {
    let area = relative.area.as_ref()?;
    let problem = if let Err(problem) = area.check_validation() {
        problem.to_string()
    } else if !area.contains(&point(relative)) {
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
    let own = bearers(gazetteer, name).filter(|place| place.country() == country && place.class() == 'P');
    let best = own.max_by(|a, b| a.prominence().total_cmp(&b.prominence())).ok_or(format!("{named} is not known"))?;
    Ok(Point::new(best.lon(), best.lat()))
}

/// The places that bear a name.
fn bearers(gazetteer: &Gazetteer, name: &str) -> impl Iterator<Item = Place> {
    gazetteer.lookup(name).into_iter().filter(|hit| hit.found == Match::Exact).map(|hit| hit.place)
}

/// The numbers of `18-22`, and the anchor that `of Aleppo` names, or else the first.
fn range<'r>(gazetteer: &Gazetteer, relative: &'r Relative, clause: &str) -> Result<(f64, f64, &'r Place), String> {
    let (numbers, name) =
        clause.split_once(" of ").map_or((clause, None), |(numbers, name)| (numbers, Some(name.trim())));
    let (low, high) = numbers.trim().split_once('-').ok_or(format!("{clause:?}: give two numbers"))?;
    let number = |text: &str| text.parse::<f64>().map_err(|_| format!("{text:?} is no number"));
    // Any of its names will do: "Ghent" is Gent.
    let is_called =
        |anchor: &Place, name: &str| anchor.name() == name || bearers(gazetteer, name).any(|p| p.id() == anchor.id());
    let anchor = relative.anchors.iter().find(|anchor| name.is_none_or(|name| is_called(anchor, name)));
    let names: Vec<_> = relative.anchors.iter().map(|a| a.name()).collect();
    Ok((number(low)?, number(high)?, anchor.ok_or(format!("{clause:?}: the anchors are {names:?}"))?))
}

/// Checks one clause of an expectation.
fn clause(gazetteer: &Gazetteer, relative: &Relative, clause: &str) -> Result<(), String> {
    let (verb, rest) = clause.split_once(' ').ok_or(format!("{clause:?} is no clause"))?;
    let right = match verb {
        "km" | "bearing" => {
            let (low, high, anchor) = range(gazetteer, relative, rest)?;
            let from = Point::new(anchor.lon(), anchor.lat());
            let km = Haversine.distance(from, point(relative)) / 1000.0;
            let bearing = Haversine.bearing(from, point(relative)).rem_euclid(360.0);
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
        "holds" => {
            let at = place(gazetteer, rest)?;
            relative.area.as_ref().is_some_and(|area| area.contains(&at))
        }
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
            let km = Haversine.distance(Point::new(lon, lat), point(relative)) / 1000.0;
            // The uncertainty must not exceed the tolerance either.
            if km > tolerance || relative.uncertainty_km > tolerance {
                return Err(format!("{clause}: it is {km:.3} km off, said to be {} km", relative.uncertainty_km));
            }
            true
        }
        _ => return Err(format!("{clause:?} is no clause")),
    };
    if right { Ok(()) } else { Err(format!("{clause}: it does not ({:?})", point(relative))) }
}

/// What is wrong with one expectation, if anything is.
fn failure(gazetteer: &Gazetteer, annotations: &Annotations, expectation: &str) -> Option<String> {
    let called = |relative: &Relative| format!("{} [{}]", relative.name, relative.construct);
    let names: Vec<_> = relatives(annotations).map(called).collect();
    if expectation == "~ --" {
        return (!names.is_empty()).then(|| format!("nothing relative is meant, but {names:?} was found"));
    }
    let mut clauses = expectation.trim_start_matches('~').split(" ; ");
    let wanted = clauses.next().unwrap_or_default().trim();
    let Some(found) = relatives(annotations).find(|relative| called(relative) == wanted) else {
        return Some(format!("{wanted:?} was not found; found {names:?}"));
    };
    let wrong: Vec<_> = clauses.filter_map(|c| clause(gazetteer, found, c.trim()).err()).collect();
    (!wrong.is_empty()).then(|| format!("{wanted}: {}", wrong.join("; ")))
}

fn check(file: &str) {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let gazetteer = geoparser.resources().gazetteer();
    let cases = crate::support::cases::read(file);
    assert!(cases.len() > 10, "{file}: too few cases");
    let mut wrong = Vec::new();
    for case in &cases {
        let document = case.document();
        let annotations = geoparser.annotate(&document);
        wrong.extend(relatives(&annotations).filter_map(unsound).map(|wrong| format!("{}: {wrong}", case.at)));
        let expectations = case.expectations.iter();
        wrong.extend(expectations.filter_map(|e| e.verdict(failure(gazetteer, &annotations, &e.line))));
    }
    crate::support::cases::conclude(file, &cases, wrong);
}

cases! { "relations/": distance direction part town line reach coordinates refusals de fr es ru uk tr ar }

/// The relative places and coordinates among the features of a text.
fn relative(text: &str, arguments: &[&str]) -> Vec<Value> {
    let mut features = features(&tag(text, arguments));
    features.retain(|f| !f["properties"]["relation"].is_null());
    features
}

#[test]
fn the_shared_article_has_a_sector_and_the_north_of_a_country() {
    let Some(path) = shared("articles/aleppo-2016-06-04.txt") else { return };
    let text = std::fs::read_to_string(path).expect("the article can be read");
    let names: Vec<_> = relative(&text, &["--by", "mention"]).iter().map(|f| f["properties"]["name"].clone()).collect();
    assert_eq!(names, ["northern Syria", "northwest of Aleppo"], "and no false ones");
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let annotations = geoparser.annotate(&Document::new("article", text));
    let expected = [
        "~ northern Syria [part] ; holds Aleppo, SY ; misses Damascus, SY",
        "~ northwest of Aleppo [direction] ; km 10-40 of Aleppo ; bearing 270-360 of Aleppo",
    ];
    assert!(relatives(&annotations).all(|relative| unsound(relative).is_none()));
    for expectation in expected {
        assert_eq!(failure(geoparser.resources().gazetteer(), &annotations, expectation), None);
    }
}

#[test]
fn features_have_points_or_areas_as_asked() {
    let text = "Shells fell in northern Syria and at 36.2361 N, 37.1517 E.";
    let points = relative(text, &["--by", "mention"]);
    assert!(points.iter().all(|f| f["geometry"]["type"] == "Point") && points.len() == 2, "{points:?}");
    let areas = relative(text, &["--by", "mention", "--geometry", "area"]);
    let types: Vec<_> = areas.iter().map(|f| f["geometry"]["type"].clone()).collect();
    assert_eq!(types, ["MultiPolygon", "Point"], "coordinates stay a point");
    let part = &areas[0]["properties"];
    assert_eq!((&part["relation"], &part["area_from"]), (&"part".into(), &"outline".into()));
    assert_eq!(part["anchor_ids"], "geonames:163843");
    assert_eq!(part["sentence"], text);
    assert_eq!((&part["start"], &part["end"]), (&15.into(), &29.into()));
    assert!(part["uncertainty_km"].as_f64().is_some_and(|km| (100.0..600.0).contains(&km)), "{part}");
    assert_eq!(relative(text, &["--by", "place"]).len(), 2, "by place too");
    let line: Value = serde_json::from_str(&tag(text, &["--format", "jsonl", "--geometry", "area"])).expect("JSON");
    assert_eq!(line["mentions"][0]["place"]["area"]["type"], "MultiPolygon");
}

#[test]
fn literal_leaves_bare_anchors_out() {
    let text = "Shells fell northwest of Aleppo, and in Homs.";
    let names = |arguments: &[&str]| -> Vec<Value> {
        features(&tag(text, arguments)).iter().map(|f| f["properties"]["name"].clone()).collect()
    };
    assert_eq!(names(&["--by", "mention"]), ["northwest of Aleppo", "Aleppo", "Homs"]);
    assert_eq!(names(&["--by", "mention", "--literal"]), ["northwest of Aleppo", "Homs"]);
    let line: Value = serde_json::from_str(&tag(text, &["--format", "jsonl"])).expect("JSON");
    let mentions = line["mentions"].as_array().expect("a list");
    let flags: Vec<_> = mentions.iter().map(|m| m["modified"].as_bool()).collect();
    assert_eq!(flags, [None, Some(true), Some(false)], "a relative place is not itself modified");
    assert_eq!(mentions[0]["place"]["relation"], "direction");
    assert_eq!(mentions[0]["place"]["anchor_ids"], serde_json::json!(["geonames:170063"]));
}

#[test]
fn gdal_reads_areas() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("relations.geojson");
    let arguments = ["tag", "examples/relations.txt", "--by", "mention", "--geometry", "area", "-o"];
    toponym().args(arguments).arg(&path).assert().success();
    let valid = "SELECT COUNT(*) AS n FROM relations WHERE relation IS NOT NULL AND ST_IsValid(geometry) = 1";
    let run =
        std::process::Command::new("ogrinfo").args(["-q", "-dialect", "SQLite", "-sql", valid]).arg(&path).output();
    let Ok(output) = run else {
        assert!(std::env::var_os("CI").is_none(), "ogrinfo is not installed");
        eprintln!("skipped: ogrinfo is not installed (Debian: gdal-bin)");
        return;
    };
    let report = String::from_utf8_lossy(&output.stdout);
    let text = std::fs::read_to_string(&path).expect("written");
    let count = features(&text).iter().filter(|f| !f["properties"]["relation"].is_null()).count();
    assert!(count > 10 && report.contains(&format!("n (Integer) = {count}")), "{count} of {report}");
}

/// The properties of the first relative place of a text.
fn first_relative(text: &str) -> serde_json::Value {
    let geojson = tag(text, &["--by", "mention", "--geometry", "area"]);
    let found = features(&geojson).into_iter().find(|feature| feature["properties"]["kind"] == "relative");
    found.unwrap_or_else(|| panic!("no relative place in {text:?}"))
}

#[test]
fn divisions_have_outlines() {
    for (text, country, division) in [
        ("Shelling went on in northern Kharkiv Oblast on Monday.", "UA", "Kharkiv"),
        ("Floods hit southern Bihar in India.", "IN", "Bihar"),
        ("Troops were moved to western Texas.", "US", "Texas"),
        ("Smugglers were caught along the Bihar border.", "IN", ""),
        ("Police patrolled along Bihar's border with Jharkhand.", "IN", ""),
    ] {
        let feature = first_relative(text);
        let properties = &feature["properties"];
        assert_eq!(properties["area_from"], "outline", "{text}");
        assert_eq!(properties["country"], country, "{text}");
        let name = properties["admin1"].as_str().unwrap_or("");
        assert!(name.starts_with(division), "{text}: {name}");
    }
}

#[test]
fn the_sea_off_a_region_is_off_its_shore() {
    let feature = first_relative("Pirates seized a ship off the coast of Puntland.");
    assert_eq!(feature["properties"]["country"], "SO");
    let area = geo::Geometry::<f64>::try_from(
        serde_json::from_value::<geojson::Geometry>(feature["geometry"].clone()).expect("a geometry"),
    );
    let area = area.expect("polygons");
    use geo::{Area, Contains};
    // Off Bosaso, and off Eyl; not inland at Garowe, nor off Mogadishu.
    for (lon, lat, within) in [(49.2, 11.6, true), (50.1, 8.0, true), (48.48, 8.4, false), (46.0, 2.0, false)] {
        assert_eq!(area.contains(&geo::Point::new(lon, lat)), within, "{lat} {lon}");
    }
    assert!(area.unsigned_area() > 3.0, "a sea area, not a dot");
}

#[test]
fn a_river_is_drawn_where_the_document_is() {
    // The river's own feature: near the town, in the country there, said to be no more exact than it is.
    for (text, river, country, (lat, lon), km) in [
        ("Floodwater of the Ganges reached Bhagalpur.", "Ganges", "IN", (25.25, 87.0), 25.0),
        ("Raqqa pumps water from the Euphrates.", "Euphrates", "SY", (35.95, 39.0), 25.0),
        ("Vienna keeps its boats on the Danube.", "Danube", "AT", (48.21, 16.37), 25.0),
        ("Budapest keeps its boats on the Danube.", "Danube", "HU", (47.5, 19.04), 25.0),
        ("Ferries on the Mekong serve Vientiane.", "Mekong", "LA", (17.97, 102.6), 25.0),
    ] {
        let named = |feature: &Value| feature["properties"]["name"] == river;
        let feature = features(&tag(text, &["--by", "place"])).into_iter().find(named);
        let feature = feature.unwrap_or_else(|| panic!("no {river} in {text:?}"));
        let (x, y) = (&feature["geometry"]["coordinates"][0], &feature["geometry"]["coordinates"][1]);
        let at = Point::new(x.as_f64().expect("a number"), y.as_f64().expect("a number"));
        let off = Haversine.distance(at, Point::new(lon, lat)) / 1000.0;
        let properties = &feature["properties"];
        let exact = properties["exact_km"].as_f64().expect("known");
        assert!(off < km && off < exact + 10.0, "{text}: {off:.1} km off, said to be exact to {exact}");
        assert_eq!(properties["country"], country, "{text}");
        assert_eq!(properties["source"], "Natural Earth", "{text}");
    }
    // Where nothing near is named it stays at its own point, which says how inexact it is.
    let far = features(&tag("Ministers in London spoke of the Mekong.", &["--by", "place"]));
    let mekong = far.iter().find(|f| f["properties"]["name"] == "Mekong").expect("the Mekong");
    assert!(mekong["properties"]["exact_km"].as_f64().is_some_and(|km| km >= 200.0), "{mekong}");
}

#[test]
fn relative_places_have_their_country_in_json_lines_too() {
    let line = tag("Shells fell on the left bank of the Dnieper near Kherson.", &["--format", "jsonl"]);
    let line: Value = serde_json::from_str(&line).expect("JSON");
    let bank = &line["mentions"][0]["place"];
    assert_eq!((&bank["relation"], &bank["country"]), (&"along".into(), &"UA".into()), "{line}");
    assert!(bank["admin1"].as_str().is_some_and(|name| name.starts_with("Kherson")), "{bank}");
    assert_eq!(bank["area_from"], "course");
}
