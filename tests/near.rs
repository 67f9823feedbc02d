//! `toponym near`.

use crate::support::toponym;
use predicates::str::contains;

#[test]
fn places_come_nearest_first() {
    let output = toponym().args(["near", "36.2,37.16"]).assert().success().get_output().stdout.clone();
    let output = String::from_utf8(output).expect("UTF-8");
    let distances =
        output.lines().map(|line| line.split(' ').next().and_then(|km| km.parse::<f64>().ok()).expect("km"));
    let distances: Vec<f64> = distances.collect();
    assert_eq!(distances.len(), 10);
    assert!(distances.is_sorted() && distances[9] < 5.0, "{distances:?}");
    assert!(output.contains("geonames:170063"), "Aleppo itself is near");
}

#[test]
fn the_reach_holds_and_emptiness_is_told() {
    toponym().args(["near", "-48.9,-123.4", "--km", "100"]).assert().code(1).stdout("").stderr(contains("--km"));
    let count = |km: &str| {
        let output = toponym()
            .args(["near", "36.2,37.16", "-n", "100000", "--km", km])
            .assert()
            .success()
            .get_output()
            .stdout
            .clone();
        String::from_utf8(output).expect("UTF-8").lines().count()
    };
    assert!(count("1") < count("10") && count("10") < count("100"));
}

#[test]
fn wrong_points_are_explained() {
    for wrong in ["36.2", "91,0", "0,181", "north,east", "36.2;37.16"] {
        toponym().args(["near", wrong]).assert().code(2).stderr(contains("36.2,37.16"));
    }
}
