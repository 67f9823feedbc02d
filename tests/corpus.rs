//! Our own corpus, `data/corpus/`; `docs/ANNOTATION.md` is its guide.

use crate::support::root;
use geo::{Distance, Haversine, Point};
use std::collections::BTreeSet;

/// The languages with the number of the articles of their parts: train, dev and test.
const LANGUAGES: [(&str, [usize; 3]); 18] = [
    ("ar", [547, 6, 10]),
    ("de", [398, 6, 10]),
    ("en", [827, 44, 75]),
    ("es", [366, 6, 10]),
    ("fa", [394, 6, 10]),
    ("fr", [499, 6, 10]),
    ("hi", [309, 6, 10]),
    ("id", [225, 4, 8]),
    ("it", [321, 6, 10]),
    ("ja", [374, 7, 11]),
    ("nl", [285, 6, 10]),
    ("pl", [278, 6, 10]),
    ("pt", [227, 6, 10]),
    ("ru", [266, 6, 10]),
    ("sv", [233, 4, 8]),
    ("tr", [273, 6, 10]),
    ("uk", [221, 6, 10]),
    ("zh", [546, 7, 11]),
];

const PARTS: [&str; 3] = ["train", "dev", "test"];

#[test]
fn every_article_is_read_without_an_error() {
    let mut ids = BTreeSet::new();
    for (language, counts) in LANGUAGES {
        for (part, count) in PARTS.into_iter().zip(counts) {
            let (documents, errors) = toponym::eval::read(&root("data/corpus").join(language).join(part));
            assert!(errors.is_empty(), "{language} {part}: {}", errors[0]);
            assert_eq!(documents.len(), count, "{language} {part}");
            for gold in &documents {
                let id = &gold.document.id;
                assert!(ids.insert(id.clone()), "{id} stands twice");
                assert!(!gold.toponyms.is_empty() || gold.names.is_some(), "{id} has no mark");
                assert_eq!(gold.document.lang.as_deref().unwrap_or("en"), language, "{id}");
                let letters = gold.document.text.chars().count();
                assert!((200..=2600).contains(&letters), "{id} has {letters} code points");
            }
        }
    }
}

/// Kilometres from the point of a row to that of the town of its name in the gazetteer, at most.
const TOWN_KM: f64 = 20.0;
/// The same of what is wider; any point well inside New South Wales will do.
const AREA_KM: f64 = 800.0;

/// A row of a table of places.
struct Row<'r> {
    key: &'r str,
    point: Option<(f64, f64)>,
    id: &'r str,
    note: &'r str,
}

fn km(place: &toponym::Place, (lat, lon): (f64, f64)) -> f64 {
    Haversine.distance(Point::new(place.lon(), place.lat()), Point::new(lon, lat)) / 1000.0
}

fn rows(file: &str) -> impl Iterator<Item = Row<'_>> {
    let table = file.rsplit_once("\n---\n").map_or("", |(_, table)| table);
    table.lines().filter(|line| !line.is_empty()).map(|line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or("");
        let (key, lat, lon, id, note) = (next(), next(), next(), next(), next());
        Row { key, point: lat.parse().ok().zip(lon.parse().ok()), id, note }
    })
}

/// A row lies where the gazetteer has its id or a place of its name, or says in a note why it does not.
#[test]
fn places_lie_where_the_gazetteer_has_them_or_say_why_not() {
    let geoparser = toponym::Geoparser::embedded().expect("what is embedded opens");
    let gazetteer = geoparser.resources().gazetteer();
    let mut wrong = Vec::new();
    let (mut placed, mut confirmed) = (0, 0);
    let folders = LANGUAGES.iter().flat_map(|(language, _)| PARTS.map(|part| format!("data/corpus/{language}/{part}")));
    let files = folders.flat_map(|folder| std::fs::read_dir(root(&folder)).expect("a folder").filter_map(Result::ok));
    for path in files.map(|entry| entry.path()) {
        let file = std::fs::read_to_string(&path).expect("a text");
        for Row { key, point, id, note } in rows(&file) {
            let at = format!("{}: {key}", path.display());
            let Some((lat, lon)) = point else {
                if note.is_empty() {
                    wrong.push(format!("{at}: no point, and no note that says why"));
                }
                continue;
            };
            placed += 1;
            let by_id = gazetteer.by_id(id);
            let near = |place: &toponym::Place| {
                let km = km(place, (lat, lon));
                km <= TOWN_KM || !place.feature().starts_with('P') && km <= place.exact_km().unwrap_or(0.0).max(AREA_KM)
            };
            let named = || gazetteer.lookup(key).iter().any(|hit| near(&hit.place));
            match by_id {
                Some(place) if near(&place) || place.feature().starts_with("A.PCL") => confirmed += 1,
                Some(place) if note.is_empty() => {
                    wrong.push(format!("{at}: {:.0} km from {id} of the gazetteer", km(&place, (lat, lon))));
                }
                Some(_) => {}
                None if named() => confirmed += 1,
                None if note.is_empty() && !id.starts_with("geonames:") => {
                    wrong.push(format!("{at}: no place of the name is near, and no note says why"));
                }
                None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {placed} rows:\n{}", wrong.len(), wrong.join("\n"));
    println!("{confirmed} of {placed} points are confirmed by the embedded gazetteer");
}

#[test]
fn what_is_held_out_is_never_learned_from() {
    let held_out = root("data/corpus/en/test");
    let refused = toponym::train::refuse_test_folder(&held_out).expect_err("it is held out").to_string();
    assert!(refused.contains("test"), "{refused}");
    toponym::train::refuse_test_folder(&root("data/corpus/en/train")).expect("it may be learned from");
}
