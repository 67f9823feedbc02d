//! Answers beside expectations.

use super::sentence::{Expected, Sentence};
use toponym::{Document, Geoparser};

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
        let parsed = geoparser.parse(&document);
        for (range, expected) in &sentence.expectations {
            self.all += 1;
            let found =
                parsed.places.iter().find(|found| found.mention.start == range.start && found.mention.end == range.end);
            let overlapping =
                parsed.places.iter().find(|found| found.mention.start < range.end && range.start < found.mention.end);
            let wrong = match (expected, found.or(overlapping)) {
                (Expected::Anything, _) | (Expected::NoPlace | Expected::Near { .. }, None) => None,
                (Expected::NoPlace, Some(found)) => Some(format!("taken for {:?}", found.place)),
                (Expected::Place { .. }, None) => Some("not found".to_owned()),
                (Expected::Place { id, lat, lon, km: most }, Some(answer)) => {
                    let place = &answer.place;
                    let right = place.id() == *id || km((place.lat(), place.lon()), (*lat, *lon)) <= *most;
                    let whole = found.is_some();
                    match (right, whole) {
                        (true, true) => None,
                        (true, false) => {
                            Some(format!("found as {:?}", document.text.get(answer.mention.start..answer.mention.end)))
                        }
                        (false, _) => Some(format!("placed at {place:?} ({}), not {id}", answer.form)),
                    }
                }
                (Expected::Near { lat, lon, km: most }, Some(found)) => {
                    let off = km((found.place.lat(), found.place.lon()), (*lat, *lon));
                    (off > *most).then(|| format!("{off:.0} km off at {:?} ({})", found.place, found.form))
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
