//! A user's own gazetteer wins for its own names, under its own ids, and leaves the rest alone.

use crate::support::{features, tag, toponym};
use std::path::Path;

/// Places as a historian lists them: no types, no countries, points to a hundredth of a degree. Most are in the embedded
/// gazetteer too, or share their names with better-known places.
const HISTORIAN: &str = "id,name,lat,lon\n\
    1,Caperton's Ferry,34.83,-85.72\n2,Corinth,34.93,-88.52\n3,Bridgeport,34.95,-85.71\n4,Stevenson,34.87,-85.84\n\
    5,Chattanooga,35.05,-85.31\n6,Lee and Gordon's Mill,34.88,-85.27\n7,Crawfish Springs,34.87,-85.29\n\
    8,Lafayette,34.70,-85.28\n9,Trenton,34.87,-85.51\n10,Rossville,34.98,-85.28\n11,Dug Gap,34.76,-85.38\n\
    12,Alpine,34.45,-85.45\n13,Summerville,34.48,-85.35\n14,Winchester,35.19,-86.11\n15,Decherd,35.21,-86.08\n";

const REPORT: &str = "The army crossed the river at Caperton's Ferry on the 29th, while Sheridan's division came over at Bridgeport. \
    Trains were sent from Stevenson to Winchester and Decherd. By the 9th of September Crittenden held Chattanooga, and \
    McCook was at Alpine, on the road to Summerville. Thomas moved through Trenton toward Dug Gap and Lafayette. \
    Headquarters were at Crawfish Springs on the 18th; skirmishing went on at Lee and Gordon's Mill. The right wing \
    withdrew to Rossville. Reinforcements were expected from Corinth.";

/// Builds a gazetteer of a table in a folder and returns its path.
fn built(folder: &Path, name: &str, table: &str) -> String {
    std::fs::write(folder.join(format!("{name}.csv")), table).expect("written");
    let out = folder.join(format!("{name}.toponym"));
    let mut command = toponym();
    command.current_dir(folder).args(["gazetteer", "build", &format!("{name}.csv"), "-o"]).arg(&out);
    command.assert().success();
    out.to_string_lossy().into_owned()
}

/// The mentions of a text and the ids of their places.
fn ids(text: &str, arguments: &[&str]) -> Vec<(String, String)> {
    let geojson = tag(text, &[&["--by", "mention"], arguments].concat());
    let property =
        |feature: &serde_json::Value, name: &str| feature["properties"][name].as_str().unwrap_or("").to_owned();
    features(&geojson).iter().map(|f| (property(f, "text"), property(f, "place_id"))).collect()
}

#[test]
fn a_historians_rows_win_under_their_own_ids() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = built(folder.path(), "own", HISTORIAN);
    let found = ids(REPORT, &["-g", &own]);
    for row in HISTORIAN.lines().skip(1) {
        let mut fields = row.split(',');
        let (id, name) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        let wanted = (name.to_owned(), format!("own:{id}"));
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
}

#[test]
fn what_the_text_says_outright_still_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = built(folder.path(), "own", "id,name,lat,lon\n1,Springfield,39.78,-89.65\n2,Cairo,37.01,-89.18\n");
    let id_of = |text: &str, name: &str| {
        let found = ids(text, &["-g", &own]);
        found.into_iter().find(|(mention, _)| mention == name).map(|(_, id)| id).unwrap_or_default()
    };
    assert_eq!(id_of("The regiment marched from Springfield to Cairo.", "Cairo"), "own:2");
    assert_eq!(id_of("He returned to Springfield, Illinois, in May.", "Springfield"), "own:1", "the row is that town");
    assert!(id_of("He moved to Springfield, Missouri, in May.", "Springfield").starts_with("geonames:"));
    assert!(id_of("He flew to Cairo, Egypt, in May.", "Cairo").starts_with("geonames:"));
}

#[test]
fn the_first_of_several_lists_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = built(folder.path(), "first", "id,name,lat,lon,country\n1,Camp Azum,12.4,23.6,SD\n");
    let second =
        built(folder.path(), "second", "id,name,lat,lon,country\n9,Camp Azum,15.5,32.5,SD\n8,Tent City,12.3,23.7,SD\n");
    let text = "Families left Camp Azum for Tent City in Sudan.";
    let pair = |mention: &str, id: &str| (mention.to_owned(), id.to_owned());
    for (order, azum) in [([&first, &second], "first:1"), ([&second, &first], "second:9")] {
        let found = ids(text, &["-g", order[0], "-g", order[1]]);
        assert!(
            found.contains(&pair("Camp Azum", azum)) && found.contains(&pair("Tent City", "second:8")),
            "{found:?}"
        );
    }
}

#[test]
fn names_that_a_list_does_not_have_are_answered_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = built(folder.path(), "own", "id,name,lat,lon\n1,Tell Asad,35.1,36.9\n");
    let text = "Shells fell on Aleppo and Idlib, and on Paris, Texas. Syria and France protested.";
    assert_eq!(ids(text, &["-g", &own]), ids(text, &[]));
}
