//! FollowTheMoney: entities as JSON lines, for Aleph, OpenAleph and their tools: a document, the places that it mentions as addresses,
//! and the link between the two.

use super::features::{Feature, features};
use super::{By, Exporter, Piece, Renderer, Shape, iri};
use crate::annotations::Annotations;
use crate::document::Document;
use serde_json::{Map, Value as Json, json};

/// The codes of languages of three letters (ISO 639-3), by those of two (ISO 639-1).
const LANGUAGES: &str = include_str!("iso639.tsv");

/// Writes FollowTheMoney entities. An address has the same id in every document, so that tools merge it.
#[derive(Default)]
pub struct FollowTheMoney;

impl super::sealed::Sealed for FollowTheMoney {}

impl Exporter for FollowTheMoney {
    fn renderer(&self) -> Renderer {
        Box::new(|document, annotations| {
            let lines: String = entities(document, annotations).iter().map(|entity| format!("{entity}\n")).collect();
            Piece::bytes(lines.into_bytes(), &annotations.attribution)
        })
    }

    fn appends(&self) -> bool {
        true
    }
}

fn entities(document: &Document, annotations: &Annotations) -> Vec<Json> {
    let mut places = features(document, annotations, Shape::from(By::Place));
    places.retain(|place| place.point.is_some());
    let article = format!("toponym-document-{}", iri::digest(&[&document.id, &iri::of_document(document)]));
    let mut entities = vec![entity(&article, "Article", of_document(document, annotations, &places))];
    for place in &places {
        let text = |name| place.text(By::Place, name);
        let point = place.point.map_or(String::new(), |point| format!("{},{}", point.y(), point.x()));
        let key = text("place_id").unwrap_or_else(|| [text("name").unwrap_or_default(), point].join("@"));
        let address = format!("toponym-place-{}", iri::digest(&[&key]));
        entities.push(entity(&address, "Address", of_place(place)));
        let link =
            format!("toponym-mention-{}", iri::digest(&[&article, &address, &text("match").unwrap_or_default()]));
        let mut properties = Properties::default();
        properties.add("document", Some(article.clone()));
        properties.add("entity", Some(address));
        properties.add("role", text("kinds"));
        properties.add("summary", text("sentence"));
        properties.add("date", day(document));
        entities.push(entity(&link, "Documentation", properties));
    }
    entities
}

/// The properties of an entity: lists of texts.
#[derive(Default)]
struct Properties(Map<String, Json>);

impl Properties {
    fn add(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), json!(values));
        }
    }
}

fn entity(id: &str, schema: &str, properties: Properties) -> Json {
    json!({"id": id, "schema": schema, "properties": properties.0})
}

/// The day of a document; times without a zone are none that FollowTheMoney reads.
fn day(document: &Document) -> Option<String> {
    document.meta.date.as_ref().map(|date| date.get(..10).unwrap_or(date).to_owned())
}

fn of_document(document: &Document, annotations: &Annotations, places: &[Feature]) -> Properties {
    let meta = &document.meta;
    let mut properties = Properties::default();
    properties.add("title", meta.title.clone());
    properties.add("fileName", Some(document.id.clone()));
    properties.add("bodyText", Some(document.text_proper().to_owned()));
    properties.add("publishedAt", day(document));
    properties.add("sourceUrl", meta.url.clone().filter(|url| url.starts_with("http")));
    properties.add("author", meta.author.clone());
    properties.add("publisher", meta.site.clone().or_else(|| meta.domain.clone()));
    properties.add("detectedLanguage", annotations.language.as_deref().and_then(language));
    let mut countries: Vec<String> = places.iter().filter_map(country).collect();
    countries.sort();
    countries.dedup();
    properties.add("detectedCountry", countries);
    properties.add("locationMentioned", places.iter().filter_map(full));
    properties
}

/// The code of three letters of a language that is given as BCP 47 has it.
fn language(tag: &str) -> Option<String> {
    let code = tag.split('-').next().unwrap_or(tag).to_lowercase();
    let known = LANGUAGES.lines().filter_map(|line| line.split_once('\t')).find(|(short, _)| *short == code);
    known.map(|(_, long)| long.to_owned()).or_else(|| Some(code).filter(|code| code.len() == 3))
}

/// The code of the country in small letters.
fn country(place: &Feature) -> Option<String> {
    place.text(By::Place, "country").map(|code| code.to_lowercase())
}

/// The place with what it lies in, in one line.
fn full(place: &Feature) -> Option<String> {
    let name = place.text(By::Place, "name")?;
    let within = ["admin2", "admin1", "country"].map(|field| place.text(By::Place, field));
    let mut parts = vec![name];
    for part in within.into_iter().flatten() {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    Some(parts.join(", "))
}

fn of_place(place: &Feature) -> Properties {
    let text = |name| place.text(By::Place, name);
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string());
    let mut properties = Properties::default();
    properties.add("full", full(place));
    properties.add("name", text("name"));
    properties.add("latitude", degrees(place.point.map(|point| point.y())));
    properties.add("longitude", degrees(place.point.map(|point| point.x())));
    properties.add("country", country(place));
    properties.add("state", text("admin1"));
    properties.add("region", text("admin2"));
    let is_town = text("feature").is_some_and(|feature| feature.starts_with("P."));
    properties.add("city", text("name").filter(|_| is_town));
    let id = text("place_id");
    let item = id.as_deref().and_then(|id| id.strip_prefix("wikidata:"));
    properties.add("wikidataId", item.map(str::to_owned));
    properties.add("sourceUrl", id.as_deref().map(iri::of_place).filter(|iri| iri.starts_with("http")));
    properties.add("notes", id);
    properties
}
