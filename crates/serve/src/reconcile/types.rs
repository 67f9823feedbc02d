//! The types and properties of the service: GeoNames' feature classes, and what a query may say besides a name.

use super::{Prefix, Suggestions};
use serde::Serialize;
use toponym::Place;

/// An id with a name for people.
#[derive(Clone, Serialize)]
pub struct Named {
    pub id: &'static str,
    pub name: &'static str,
}

const fn named(id: &'static str, name: &'static str) -> Named {
    Named { id, name }
}

/// GeoNames' feature classes.
const CLASSES: [Named; 9] = [
    named("P", "town or village"),
    named("A", "country or division"),
    named("H", "stream or lake"),
    named("T", "mountain or island"),
    named("L", "region or park"),
    named("S", "building or site"),
    named("R", "road or railway"),
    named("V", "forest or heath"),
    named("U", "undersea feature"),
];

/// What a query may say besides a name.
const PROPERTIES: [Named; 2] = [
    named("country", "country: its ISO 3166-1 code or its name"),
    named("near", "near: latitude and longitude in degrees, such as 36.2,37.16"),
];

/// The types that a client offers.
pub fn classes() -> &'static [Named] {
    &CLASSES
}

/// The types of a place: its feature class.
pub fn types_of(place: &Place) -> Vec<Named> {
    let class = place.class().to_string();
    CLASSES.iter().filter(|known| known.id == class).cloned().collect()
}

/// The types whose name or id has what has been typed in it.
pub fn suggest_types(asked: &Prefix) -> Suggestions<Named> {
    suggest(&CLASSES, asked)
}

/// The properties whose name or id has what has been typed in it.
pub fn suggest_properties(asked: &Prefix) -> Suggestions<Named> {
    suggest(&PROPERTIES, asked)
}

fn suggest(all: &[Named], asked: &Prefix) -> Suggestions<Named> {
    let typed = asked.prefix.trim().to_lowercase();
    let fits = |named: &&Named| named.id.to_lowercase() == typed || named.name.contains(&typed);
    Suggestions { result: all.iter().filter(fits).skip(asked.cursor).cloned().collect() }
}
