//! Features over all documents: those of one place become one.

use super::features::{Feature, drawn};
use super::schema::{Merge, fields};
use super::source::SEPARATOR;
use super::{By, Exporter, Piece, Renderer, Shape, Value};
use crate::gazetteer::Attribution;
use std::collections::HashMap;
use std::io::{self, Write};

/// The titles that a feature has, at most.
const MOST_TITLES: usize = 100;
/// Features that are written at once.
const CHUNK: usize = 1000;

/// Gathers the features of documents by place and gives them to the exporter of a format at the end. What stays in memory grows with
/// the number of different places.
pub struct ByName {
    exporter: Box<dyn Exporter>,
    shape: Shape,
    /// The attribution of the first document.
    attribution: Attribution,
    found: Vec<Gathered>,
    /// Where the place of a key stands in `found`.
    known: HashMap<Key, usize>,
}

/// What tells a place from others: its id, or else its name; the bits of its point; and whether the documents put there what no
/// gazetteer has.
type Key = (String, [u64; 2], bool);

/// A place and what all documents say of it.
struct Gathered {
    feature: Feature,
    /// The members of each field that is a list, in the order of the documents.
    lists: Vec<Vec<String>>,
}

impl ByName {
    /// Gathers for `exporter`, whose shape is `shape`.
    pub fn new(exporter: Box<dyn Exporter>, shape: Shape) -> Self {
        ByName { exporter, shape, attribution: Attribution::default(), found: Vec::new(), known: HashMap::new() }
    }

    fn add(&mut self, feature: Feature) {
        let Some(key) = key(&feature) else { return };
        match self.known.get(&key).and_then(|&at| self.found.get_mut(at)) {
            Some(gathered) => gathered.add(feature),
            None => {
                self.known.insert(key, self.found.len());
                self.found.push(Gathered::new(feature));
            }
        }
    }
}

fn key(feature: &Feature) -> Option<Key> {
    let point = feature.point?;
    let text = |name| feature.text(By::Name, name);
    let is_locality = text("match").is_some_and(|forms| forms == "locality");
    Some((text("place_id").or_else(|| text("name"))?, [point.x().to_bits(), point.y().to_bits()], is_locality))
}

impl Gathered {
    fn new(feature: Feature) -> Self {
        let lists = fields(By::Name).zip(&feature.values).map(|(field, value)| members(value, field.merge()));
        Gathered { lists: lists.collect(), feature }
    }

    /// Adds what another document says of the place.
    fn add(&mut self, other: Feature) {
        let own = self.feature.values.iter_mut().zip(&mut self.lists);
        for ((field, (value, list)), other) in fields(By::Name).zip(own).zip(other.values) {
            match (field.merge(), &value, &other) {
                (_, _, Value::Null) | (Merge::First, ..) => {}
                (Merge::Sum, Value::Integer(one), Value::Integer(other)) => *value = Value::Integer(one + other),
                (Merge::Greatest, Value::Real(one), Value::Real(other)) => *value = Value::Real(one.max(*other)),
                // Days and times of ISO 8601 in one zone stand in the order of their letters.
                (Merge::Earliest, Value::Text(one), Value::Text(other)) if one <= other => {}
                (Merge::Latest, Value::Text(one), Value::Text(other)) if one >= other => {}
                (Merge::Words | Merge::Titles, ..) => {
                    for member in members(&other, field.merge()) {
                        if list.len() <= MOST_TITLES && !list.contains(&member) {
                            list.push(member);
                        }
                    }
                }
                _ => *value = other,
            }
        }
    }

    fn finish(mut self) -> Feature {
        let lists = self.feature.values.iter_mut().zip(self.lists);
        for ((value, mut list), field) in lists.zip(fields(By::Name)) {
            if matches!(field.merge(), Merge::Words | Merge::Titles) && !list.is_empty() {
                if list.len() > MOST_TITLES {
                    list.truncate(MOST_TITLES);
                    list.push("…".to_owned());
                }
                *value = list.join(SEPARATOR).into();
            }
        }
        self.feature
    }

    fn count(&self, name: &str) -> i64 {
        match self.feature.value(By::Name, name) {
            Value::Integer(count) => *count,
            _ => 0,
        }
    }
}

/// The members of a list that stands in one field. A title is one, whatever stands in it.
fn members(value: &Value, merge: Merge) -> Vec<String> {
    match (value, merge) {
        (Value::Text(text), Merge::Titles) => vec![text.clone()],
        (Value::Text(text), Merge::Words) => text.split(SEPARATOR).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

impl super::sealed::Sealed for ByName {}

impl Exporter for ByName {
    fn renderer(&self) -> Renderer {
        let shape = self.shape;
        Box::new(move |document, annotations| {
            Piece::features(drawn(document, annotations, shape), &annotations.attribution)
        })
    }

    fn write(&mut self, piece: Piece, _: &mut dyn Write) -> io::Result<()> {
        if self.found.is_empty() {
            self.attribution = piece.attribution.clone();
        }
        piece.into_features().into_iter().for_each(|feature| self.add(feature));
        Ok(())
    }

    /// Writes the places, those in most documents first.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut found = std::mem::take(&mut self.found);
        self.known.clear();
        found.sort_by_key(|place| std::cmp::Reverse((place.count("documents"), place.count("mentions"))));
        if let Some(layer) = self.exporter.layer_renderer() {
            let mut features = found.into_iter().map(Gathered::finish).peekable();
            while features.peek().is_some() {
                let piece = layer(features.by_ref().take(CHUNK).collect(), &self.attribution);
                self.exporter.write(piece, out)?;
            }
        }
        self.exporter.finish(out)
    }
}
