//! Divisions, countries and labels of the embedded gazetteer, held against second sources.

use crate::support::shared;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use toponym::gazetteer::{Match, Place, embedded};

/// The largest place of a country that bears the name.
fn largest(name: &str, country: &str) -> Place {
    let gazetteer = embedded().expect("opens");
    let town = |place: &Place| place.countries().next() == Some(country) && place.class() == 'P';
    let named = gazetteer.places().filter(|place| place.name() == name && town(place));
    named.max_by_key(|place| place.population()).unwrap_or_else(|| panic!("{country} has no {name}"))
}

#[test]
fn a_division_that_no_source_names_is_null() {
    for (name, country) in [
        ("Homs", "SY"),
        ("Idlib", "SY"),
        ("Hama", "SY"),
        ("Palmyra", "SY"),
        ("Raqqa", "SY"),
        ("La Paz", "BO"),
        ("Cochabamba", "BO"),
        ("El Obeid", "SD"),
        ("Moscow", "RU"),
        ("Tehran", "IR"),
    ] {
        let place = largest(name, country);
        assert_eq!(place.division2_name(), None, "{name}");
        assert!(place.division1_name().is_some(), "{name}");
    }
}

#[test]
fn seats_say_so() {
    for (name, country, feature) in [
        ("Homs", "SY", "P.PPLA"),
        ("Kharkiv", "UA", "P.PPLA"),
        ("Palmyra", "SY", "P.PPLA2"),
        ("Cologne", "DE", "P.PPLA2"),
        ("Khartoum", "SD", "P.PPLC"),
    ] {
        assert_eq!(largest(name, country).feature(), feature, "{name}");
    }
}

#[test]
fn what_several_countries_share_has_no_country() {
    let gazetteer = embedded().expect("opens");
    for (name, country) in [
        ("Africa", ""),
        ("Middle East", ""),
        ("European Union", ""),
        ("Sahel", ""),
        ("Soviet Union", ""),
        ("Sea of Azov", ""),
        ("Donbas", "UA"),
        ("Syria", "SY"),
    ] {
        let found = gazetteer.places().find(|place| place.name() == name && matches!(place.class(), 'A' | 'L' | 'H'));
        assert_eq!(found.unwrap_or_else(|| panic!("no {name}")).country(), country, "{name}");
    }
}

#[test]
fn great_places_are_there_under_their_english_names() {
    for (name, country) in [
        ("El Alto", "BO"),
        ("Yopougon", "CI"),
        ("Zhongli", "TW"),
        ("Zalingei", "SD"),
        ("Mecca", "SA"),
        ("Cologne", "DE"),
        ("Zaporizhzhia", "UA"),
        ("Ulaanbaatar", "MN"),
    ] {
        assert!(largest(name, country).name() == name);
    }
}

/// The text of a packed table, read as it is unpacked.
fn lines(path: &Path) -> impl Iterator<Item = String> {
    let mut file = std::fs::File::open(path).expect("opens");
    let mut packed = Vec::new();
    file.read_to_end(&mut packed).expect("reads");
    let decoder = ruzstd::decoding::StreamingDecoder::new(std::io::Cursor::new(packed)).expect("zstd");
    BufReader::new(decoder).lines().map(|line| line.expect("UTF-8"))
}

/// The 30 largest towns of every country, against a dump of GeoNames of another date: the division is the same, under whichever of its names,
/// or null.
#[test]
fn divisions_of_the_largest_towns_are_those_of_a_second_table() {
    let (Some(dump), Some(codes)) = (shared("gazetteer/places-2.3M.tsv.zst"), shared("gazetteer/admin2Codes.txt.zst"))
    else {
        return;
    };
    let gazetteer = embedded().expect("opens");
    let is_one = |own: &str, other: &str, country: &str| {
        let division = |place: &Place| place.name() == own && place.country() == country && place.class() == 'A';
        own == other || gazetteer.lookup(other).iter().any(|hit| hit.found == Match::Exact && division(&hit.place))
    };
    let mut towns: HashMap<String, Vec<Place>> = HashMap::new();
    for place in gazetteer.places() {
        if place.class() == 'P' && place.id().starts_with("geonames:") && place.part_of_name().is_none() {
            towns.entry(place.country().to_owned()).or_default().push(place);
        }
    }
    let mut wanted: HashMap<String, Place> = HashMap::new();
    for places in towns.values_mut() {
        places.sort_by_key(|place| std::cmp::Reverse(place.population()));
        places.truncate(30);
        wanted.extend(places.drain(..).map(|place| (place.id()["geonames:".len()..].to_owned(), place)));
    }
    let names: HashMap<String, String> = lines(&codes)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
        })
        .collect();
    let (mut right, mut wrong, mut countries) = (0, Vec::new(), std::collections::HashSet::new());
    for line in lines(&dump) {
        let Some(place) = line.split('\t').next().and_then(|id| wanted.get(id)) else { continue };
        let fields: Vec<&str> = line.split('\t').collect();
        let code = format!("{}.{}.{}", fields[8], fields[10], fields[11]);
        let (Some(own), Some(other)) = (place.division2_name(), names.get(&code)) else { continue };
        if is_one(own, other, fields[8]) {
            right += 1;
            countries.insert(fields[8].to_owned());
        } else {
            wrong.push(format!("{place:?}: {own}, but {other}"));
        }
    }
    println!(
        "{right} of {} divisions are those of the second table, in {} countries",
        right + wrong.len(),
        countries.len()
    );
    assert!(wrong.len() * 200 <= right, "{} of {right}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(countries.len() >= 60 && right >= 2500, "{right} in {} countries", countries.len());
}
