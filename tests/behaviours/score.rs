//! Answers beside expectations.

use super::sentence::{Expected, Sentence};
use toponym::{Document, Geoparser, Mention};

/// How many of the expectations of a kind hold.
#[derive(Default)]
pub struct Tally {
    pub right: usize,
    pub all: usize,
    /// What is wrong with the others, in words.
    pub failures: Vec<String>,
}

/// The great circle between two points in degrees, in kilometres.
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    use geo::{Distance, Haversine, Point};
    Haversine.distance(Point::new(a.1, a.0), Point::new(b.1, b.0)) / 1000.0
}

impl Tally {
    /// Parses a sentence and counts which of its expectations hold.
    pub fn add(&mut self, sentence: &Sentence, geoparser: &Geoparser) {
        let document = Document::new("behaviour", sentence.text.as_str());
        let annotations = geoparser.annotate(&document);
        let placed = || annotations.mentions.iter().filter_map(|mention| Some((mention, mention.place.as_ref()?)));
        for (range, expected) in &sentence.expectations {
            self.all += 1;
            let whole = placed().find(|(mention, _)| mention.span.range() == *range);
            let overlapping =
                placed().find(|(mention, _)| mention.span.start < range.end && range.start < mention.span.end);
            let form = |mention: &Mention| mention.form.map_or(String::new(), |form| form.to_string());
            let wrong = match (expected, whole.or(overlapping)) {
                (Expected::Anything, _) | (Expected::NoPlace | Expected::Near { .. }, None) => None,
                (Expected::NoPlace, Some((_, place))) => Some(format!("taken for {place:?}")),
                (Expected::Place { .. }, None) => Some("not found".to_owned()),
                (Expected::Place { id, lat, lon, km: most }, Some((mention, place))) => {
                    let right = place.id() == *id || km((place.lat(), place.lon()), (*lat, *lon)) <= *most;
                    match (right, whole.is_some()) {
                        (true, true) => None,
                        (true, false) => Some(format!("found as {:?}", mention.text(&document))),
                        (false, _) => Some(format!("placed at {place:?} ({}), not {id}", form(mention))),
                    }
                }
                (Expected::Near { lat, lon, km: most }, Some((mention, place))) => {
                    let off = km((place.lat(), place.lon()), (*lat, *lon));
                    (off > *most).then(|| format!("{off:.0} km off at {place:?} ({})", form(mention)))
                }
            };
            match wrong {
                None => self.right += 1,
                Some(wrong) => {
                    self.failures.push(format!("{:?} in {:?}: {wrong}", &sentence.text[range.clone()], sentence.text))
                }
            }
        }
    }

    /// The share of the expectations that hold, 1 if there are none.
    pub fn share(&self) -> f64 {
        if self.all == 0 { 1.0 } else { self.right as f64 / self.all as f64 }
    }
}
