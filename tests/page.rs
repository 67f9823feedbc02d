//! The page: what it holds of the surroundings of its places, and what of a saved page it folds. `scripts/check-html` opens it in a
//! browser.

use crate::support::toponym;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The page of documents.
fn page(documents: &[(&str, &str)]) -> String {
    let lines: Vec<String> = documents.iter().map(|(id, text)| json!({ "id": id, "text": text }).to_string()).collect();
    let arguments = ["tag", "--input", "jsonl", "--format", "html"];
    let output = toponym().args(arguments).write_stdin(lines.join("\n")).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("the page is UTF-8")
}

/// The blocks of a page of a class: what stands in `data-part`, and the JSON.
fn blocks(page: &str, class: &str) -> Vec<(String, Value)> {
    let begin = format!("<script type=\"application/json\" class=\"{class}\"");
    let blocks = page.split(&begin).skip(1).map(|rest| {
        let (head, rest) = rest.split_once('>').expect("the start of a block");
        let name = head.split('"').nth(1).unwrap_or("").to_owned();
        let json = rest.split("</script>").next().expect("a block ends");
        (name, serde_json::from_str(json).expect("a block is JSON"))
    });
    blocks.collect()
}

/// The parts of the surroundings by name, each of which stands once.
fn surroundings(page: &str) -> BTreeMap<String, Value> {
    let listed = blocks(page, "surroundings");
    let parts: BTreeMap<_, _> = listed.iter().cloned().collect();
    assert_eq!(parts.len(), listed.len(), "a part stands twice");
    parts
}

fn names(part: &Value, list: &str) -> Vec<String> {
    let rows = part[list].as_array().into_iter().flatten();
    rows.map(|row| row[0].as_str().expect("a name").to_owned()).collect()
}

const ALEPPO: &str = "Shells fell on Aleppo in northern Syria on Saturday, and on the villages round Aleppo.";

#[test]
fn a_page_holds_what_lies_round_its_places_and_no_more() {
    let parts = surroundings(&page(&[("a", ALEPPO)]));
    let map = parts["map 36 36"]["lines"].as_str().expect("lines");
    for kind in ["land", "lake", "river", "border", "division"] {
        assert!(map.lines().any(|line| line.starts_with(&format!("{kind}\t"))), "{kind}");
    }
    let towns = &parts["towns 36 36"];
    assert!(names(towns, "towns").contains(&"Gaziantep".to_owned()), "{towns}");
    assert!(names(towns, "divisions").contains(&"Aleppo Governorate".to_owned()), "{towns}");
    let local: Vec<String> =
        parts.iter().filter(|(name, _)| name.starts_with("local")).flat_map(|(_, part)| names(part, "towns")).collect();
    assert!(local.contains(&"Khan al-Assal".to_owned()), "{local:?}");
    for part in parts.keys().filter(|name| !name.starts_with("local")) {
        let corner: Vec<f64> = part.split(' ').skip(1).map(|number| number.parse().expect("a number")).collect();
        assert!((32.0..=40.0).contains(&corner[0]) && (32.0..=36.0).contains(&corner[1]), "{part} is far from Aleppo");
    }
    assert!(surroundings(&page(&[("a", "Rain fell all night, and nobody minded.")])).is_empty());
    assert!(
        surroundings(&page(&[("a", "France and Brazil signed.")])).is_empty(),
        "countries are too large to look round"
    );
}

#[test]
fn documents_share_what_lies_round_them() {
    let near = page(&[("a", ALEPPO), ("b", "Talks began in Aleppo, Syria.")]);
    assert_eq!(surroundings(&near).len(), surroundings(&page(&[("a", ALEPPO)])).len());
    let far = surroundings(&page(&[("a", ALEPPO), ("b", "Talks began in Nairobi, Kenya.")]));
    assert!(far.contains_key("map 36 -4") && far.contains_key("map 36 36"), "{:?}", far.keys());
}

#[test]
fn many_places_do_not_swell_the_page() {
    let cities = [
        "Oslo",
        "Bergen",
        "Stockholm",
        "Helsinki",
        "Copenhagen",
        "Warsaw",
        "Berlin",
        "Vienna",
        "Rome",
        "Milan",
        "Naples",
        "Madrid",
        "Barcelona",
        "Lisbon",
        "Paris",
        "Lyon",
        "London",
        "Dublin",
        "Athens",
        "Istanbul",
        "Ankara",
        "Cairo",
        "Tunis",
        "Algiers",
        "Lagos",
        "Nairobi",
        "Johannesburg",
        "Mumbai",
        "Delhi",
        "Karachi",
        "Dhaka",
        "Bangkok",
        "Jakarta",
        "Manila",
        "Tokyo",
        "Osaka",
        "Seoul",
        "Beijing",
        "Shanghai",
        "Sydney",
        "Melbourne",
        "Auckland",
        "Vancouver",
        "Toronto",
        "Chicago",
        "Houston",
        "Mexico City",
        "Bogotá",
        "Lima",
        "Santiago",
        "Buenos Aires",
    ];
    let texts: Vec<String> = cities.iter().map(|city| format!("Talks were held in {city} on Monday.")).collect();
    let documents: Vec<(&str, &str)> = cities.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let page = page(&documents);
    let bytes: usize = page.lines().filter(|line| line.contains("class=\"surroundings\"")).map(str::len).sum();
    assert!((300_000..=640_000).contains(&bytes), "{bytes}");
    assert_eq!(blocks(&page, "document").len(), cities.len());
}

#[test]
fn the_menus_of_a_saved_page_are_told() {
    let menu = "Home   World   Middle East   Sport   Sign in";
    let text = format!(
        "🎈🎈 Shells fell on Aleppo in Syria on Saturday, and people fled to the villages round it.\n\n{menu}\n\n\
         Nobody slept in Aleppo that night, said a baker who had stayed in the town with his family.\n"
    );
    let [(_, document)] = &blocks(&page(&[("a", &text)]), "document")[..] else { panic!("a document") };
    let [folded] = document["folded"].as_array().expect("a list").as_slice() else { panic!("{}", document["folded"]) };
    let body: Vec<u16> = document["body"].as_str().expect("text").encode_utf16().collect();
    let at = |end: usize| folded[end].as_u64().expect("a number") as usize;
    assert_eq!(String::from_utf16(&body[at(0)..at(1)]).expect("whole letters").trim(), menu);
    let [(_, plain)] = &blocks(&page(&[("a", ALEPPO)]), "document")[..] else { panic!("a document") };
    assert!(plain["folded"].is_null());
}
