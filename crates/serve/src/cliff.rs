//! `/parse/text` as CLIFF-CLAVIN answers it, so that its clients can ask this service.

use crate::divisions::Divisions;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::Instant;
use toponym::document::{Offsets, Unit};
use toponym::{Document, Geoparser, Kind, Place};

/// What a client of CLIFF asks.
#[derive(Deserialize)]
pub struct Asked {
    /// The text.
    pub q: Option<String>,
    /// Whether peoples count as mentions of their countries.
    #[serde(default, rename = "replaceAllDemonyms")]
    demonyms: bool,
    /// Its language, such as `EN`.
    language: Option<String>,
}

/// CLIFF's answer.
#[derive(Serialize)]
pub struct Answer {
    results: Results,
    status: &'static str,
    milliseconds: u64,
    version: &'static str,
}

#[derive(Serialize)]
struct Results {
    /// CLIFF names organisations and people besides; this service finds places only.
    organizations: [(); 0],
    people: [(); 0],
    places: Places,
}

#[derive(Serialize)]
struct Places {
    focus: Focus,
    mentions: Vec<Described>,
}

#[derive(Serialize)]
struct Focus {
    cities: Vec<Described>,
    states: Vec<Described>,
    countries: Vec<Described>,
}

/// A place as CLIFF describes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    /// The GeoNames id; null for a place that has none.
    id: Option<u64>,
    name: String,
    lat: f64,
    lon: f64,
    feature_class: String,
    feature_code: String,
    population: u32,
    country_code: String,
    country_geo_name_id: String,
    state_code: String,
    state_geo_name_id: String,
    /// Of a mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// Of a focus: the number of mentions.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    string: String,
    /// UTF-16 code units before it, as Java counts.
    char_index: usize,
}

impl Asked {
    /// The places of a text.
    pub fn answer(self, text: String, geoparser: &Geoparser, divisions: &Divisions) -> Answer {
        let begun = Instant::now();
        let lang = self.language.map(|tag| tag.to_ascii_lowercase()).filter(|tag| !tag.is_empty());
        let document = Document { lang, ..Document::new("text", text) };
        let kinds = if self.demonyms { &[Kind::Place, Kind::Demonym][..] } else { &[Kind::Place] };
        let mut annotations = geoparser.annotate(&document);
        annotations.keep_kinds(kinds);
        let placed = annotations.mentions.iter().filter_map(|mention| Some((mention, mention.place.as_ref()?)));
        let placed: Vec<_> = placed.collect();
        let mut offsets = Offsets::new(&document, Unit::Utf16);
        let mentions = placed.iter().map(|(mention, place)| Described {
            confidence: Some((mention.confidence * 1000.0).round() / 1000.0),
            source: Some(Source {
                string: mention.text(&document).to_owned(),
                char_index: offsets.range(mention.span).1.start,
            }),
            ..describe(place, divisions)
        });
        let mentions = mentions.collect();
        let places = || placed.iter().map(|(_, place)| *place);
        let focus = Focus {
            cities: commonest(places().filter(|place| place.class() == 'P'), divisions),
            states: commonest(places().filter_map(|place| divisions.division_of(place)), divisions),
            countries: commonest(places().filter_map(|place| divisions.country_of(place)), divisions),
        };
        Answer {
            results: Results { organizations: [], people: [], places: Places { focus, mentions } },
            status: "ok",
            milliseconds: begun.elapsed().as_millis() as u64,
            version: concat!("toponym ", env!("CARGO_PKG_VERSION")),
        }
    }
}

/// The places that come up most often, in the order in which they come up.
fn commonest<'p>(places: impl Iterator<Item = &'p Place>, divisions: &Divisions) -> Vec<Described> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut order: Vec<(String, &Place)> = Vec::new();
    for place in places {
        let id = place.id();
        let count = counts.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 {
            order.push((id, place));
        }
    }
    let most = counts.values().copied().max().unwrap_or(0);
    order.retain(|(id, _)| counts[id] == most);
    order.iter().map(|(_, place)| Described { score: Some(most), ..describe(place, divisions) }).collect()
}

fn geonames_id(place: &Place) -> Option<u64> {
    place.id().strip_prefix("geonames:")?.parse().ok()
}

fn describe(place: &Place, divisions: &Divisions) -> Described {
    let id_of = |place: Option<&Place>| place.and_then(geonames_id).map_or(String::new(), |id| id.to_string());
    let (class, code) = place.feature().split_once('.').unwrap_or((place.feature(), ""));
    Described {
        id: geonames_id(place),
        name: place.name().to_owned(),
        lat: place.lat(),
        lon: place.lon(),
        feature_class: class.to_owned(),
        feature_code: code.to_owned(),
        population: place.population().unwrap_or(0),
        country_code: place.country().to_owned(),
        country_geo_name_id: id_of(divisions.country_of(place)),
        // GeoNames' code of a whole country.
        state_code: Divisions::code_of(place).unwrap_or("00").to_owned(),
        state_geo_name_id: id_of(divisions.division_of(place)),
        confidence: None,
        source: None,
        score: None,
    }
}
