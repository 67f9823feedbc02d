//! Places as `lookup` and `near` write them: a table for people, lines for shells, JSON for programs.

use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use toponym::Place;
use toponym::export::place_record;
use toponym::export::terminal::aligned;
use toponym::gazetteer::{Hit, Match};

/// A format of lists of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Aligned, with a head, for reading
    Table,
    /// A line a place, its cells between tabs
    Tsv,
    /// An array of objects, with the fields that `tag --format jsonl` has
    Json,
}

/// A place that was found.
pub struct Listed {
    pub place: Place,
    /// Its distance in kilometres, if a point was asked for.
    pub km: Option<f64>,
    /// How it was found, if a name was asked for.
    pub hit: Option<Hit>,
}

/// Writes places to standard output: as asked for, else a table on a terminal and lines elsewhere.
///
/// # Errors
/// When it cannot be written.
pub fn write(places: &[Listed], format: Option<ListFormat>) -> io::Result<()> {
    let usual = || if io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::Tsv };
    let mut out = io::stdout().lock();
    match format.unwrap_or_else(usual) {
        ListFormat::Table if places.is_empty() => Ok(()),
        ListFormat::Table => out.write_all(table(places).as_bytes()),
        ListFormat::Tsv => places.iter().try_for_each(|listed| writeln!(out, "{}", line(listed))),
        ListFormat::Json => {
            let records: Vec<_> = places.iter().map(record).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&records)?)
        }
    }
}

/// What a place lies in, the smallest first, with commas between.
fn within(place: &Place) -> String {
    let within = [place.part_of_name(), place.division2_name(), place.division1_name()];
    let mut names: Vec<&str> = within.into_iter().flatten().collect();
    names.extend(Some(place.country()).filter(|country| !country.is_empty()));
    names.dedup();
    names.join(", ")
}

fn point(place: &Place) -> String {
    format!("{:.4},{:.4}", place.lat(), place.lon())
}

/// One line on a place, for people: name, feature, what contains it, point, id, population.
pub fn describe(place: &Place) -> String {
    let people = place.population().map_or(String::new(), |people| format!("\tpopulation {people}"));
    let (name, feature) = (place.name(), place.feature());
    format!("{name}\t{feature}\t{}\t{}\t{}{people}", within(place), point(place), place.id())
}

/// How a name was found, in words.
fn how(hit: &Hit) -> String {
    let how = match &hit.found {
        Match::Prefix(name) => format!("{}: {name}", hit.kind),
        Match::Fuzzy(name, 1) => format!("similar: {name}, 1 letter"),
        Match::Fuzzy(name, letters) => format!("similar: {name}, {letters} letters"),
        Match::Romanised(name, likeness) => format!("sounds like {name}, {likeness:.2}"),
        _ => hit.kind.to_string(),
    };
    if hit.language.is_empty() { how } else { format!("{how} ({})", hit.language) }
}

fn line(listed: &Listed) -> String {
    let distance = listed.km.map_or(String::new(), |km| format!("{km:.2} km\t"));
    let found = listed.hit.as_ref().map_or(String::new(), |hit| format!("\t{}", how(hit)));
    format!("{distance}{}{found}", describe(&listed.place))
}

fn table(places: &[Listed]) -> String {
    let has_distance = places.iter().any(|listed| listed.km.is_some());
    let has_name = places.iter().any(|listed| listed.hit.is_some());
    let heads = ["PLACE", "FEATURE", "IN", "LAT,LON", "POPULATION", "ID"];
    let heads = has_distance.then_some("KM").into_iter().chain(heads).chain(has_name.then_some("FOUND BY"));
    let rows = places.iter().map(|Listed { place, km, hit }| {
        let people = place.population().map_or(String::new(), |people| people.to_string());
        let cells =
            [place.name().to_owned(), place.feature().to_owned(), within(place), point(place), people, place.id()];
        let distance = km.map(|km| format!("{km:.2}"));
        distance.into_iter().chain(cells).chain(hit.as_ref().map(how)).collect()
    });
    aligned(&std::iter::once(heads.map(str::to_owned).collect()).chain(rows).collect::<Vec<_>>())
}

/// A place in JSON.
#[derive(Serialize)]
struct Record<P: Serialize> {
    #[serde(skip_serializing_if = "Option::is_none")]
    km: Option<f64>,
    #[serde(flatten)]
    place: P,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    found: Option<Found>,
}

/// How a place was found by name, as the service has it too.
#[derive(Serialize)]
struct Found {
    r#match: &'static str,
    matched_name: Option<String>,
    name_kind: String,
    language: Option<String>,
}

fn record(listed: &Listed) -> Record<impl Serialize + '_> {
    let found = listed.hit.as_ref().map(|hit| {
        let (r#match, matched_name) = match &hit.found {
            Match::Prefix(name) => ("prefix", Some(name.clone())),
            Match::Fuzzy(name, _) => ("similar", Some(name.clone())),
            Match::Romanised(name, _) => ("romanised", Some(name.clone())),
            _ => ("exact", None),
        };
        let language = Some(hit.language.clone()).filter(|language| !language.is_empty());
        Found { r#match, matched_name, name_kind: hit.kind.to_string(), language }
    });
    let km = listed.km.map(|km| (km * 1000.0).round() / 1000.0);
    Record { km, place: place_record(&listed.place), found }
}
