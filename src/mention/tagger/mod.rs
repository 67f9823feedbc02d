//! The trained recogniser: a linear-chain conditional random field over the features of the words.

mod codes;
mod document;
mod error;
pub(crate) mod features;
mod fingerprint;
pub(crate) mod labels;
pub(crate) mod lattice;
pub(crate) mod model;
mod names;
pub(super) mod numbered;
mod runs;
mod segments;
mod templates;
pub(crate) mod weights;

pub use error::ModelError;
#[cfg(feature = "train")]
pub(crate) use fingerprint::Fingerprint;
pub use labels::Class;
pub use model::{About, Model};

use super::matcher::GazetteerMatch;
use features::View;
use lattice::Lattice;

/// A place that the tagger found.
#[derive(Clone, Copy, Debug)]
pub struct Tagged {
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
    /// The most probable of the classes of places.
    pub class: Class,
    /// The probability, 0 to 1, that a name of a place of any class begins at the first token and ends at the last.
    pub probability: f64,
}

/// What the tagger found in a text.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    /// Candidates for places, in the order of the text; at most one of those that overlap is a place.
    pub places: Vec<Tagged>,
    /// First and last tokens of the names of people.
    pub people: Vec<(usize, usize)>,
}

/// The classes of places.
const PLACES: [Class; 3] = [Class::Place, Class::Facility, Class::Embedded];

/// A candidate less probable than this is dropped.
const LEAST: f64 = 0.02;

/// Tags the places and people in a document, given the names of the gazetteer in it.
pub fn tag(model: &Model, view: &View<'_, '_>, found: &[GazetteerMatch<'_>]) -> Tags {
    let table = model.table();
    let (mut features, mut scores, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    let mut lattice = Lattice::default();
    let mut tags = Tags::default();
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    let mut names = found;
    for segment in view.segments() {
        scores.clear();
        for at in segment.clone() {
            features.clear();
            view.features(at, &mut features);
            scores.push(table.score(&features));
        }
        lattice.best(&scores, &model.transitions, &mut labels);
        candidates.clear();
        for (first, last, class) in spans(&labels) {
            let (first, last) = (segment.start + first, segment.start + last);
            if class == Class::Person {
                tags.people.push((first, last));
            }
            if PLACES.contains(&class) {
                candidates.push((first, last));
            }
        }
        // What the best chain has as something else may still be a place with high probability: "Aleppo" when only its class is
        // uncertain.
        names = &names[names.partition_point(|name| name.first < segment.start)..];
        let own = &names[..names.partition_point(|name| name.last < segment.end)];
        candidates.extend(own.iter().map(|name| (name.first, name.last)));
        if candidates.is_empty() {
            continue;
        }
        candidates.sort_unstable();
        candidates.dedup();
        lattice.run(&scores, &model.transitions, None);
        let place = |&(first, last): &(usize, usize)| {
            let (from, to) = (first - segment.start, last - segment.start);
            let probability = |class: Class| {
                f64::from(lattice.span_probability(&model.transitions, from, to, class.begin(), class.inside()))
            };
            let each = PLACES.map(|class| (class, probability(class)));
            let class = each.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Class::Place, |(class, _)| *class);
            let probability = each.iter().map(|(_, probability)| probability).sum::<f64>().clamp(0.0, 1.0);
            Tagged { first, last, class, probability }
        };
        tags.places.extend(candidates.iter().map(place).filter(|place| place.probability >= LEAST));
    }
    tags
}

/// The names that a chain of labels marks: first token, last token and class.
fn spans(labels: &[u8]) -> impl Iterator<Item = (usize, usize, Class)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let label = |at: usize| labels.get(at).map(|&label| Class::from_label(usize::from(label)));
        while label(at)?.is_none() {
            at += 1;
        }
        let (first, (class, _)) = (at, label(at)??);
        at += 1;
        while label(at) == Some(Some((class, false))) {
            at += 1;
        }
        Some((first, at - 1, class))
    })
}

#[cfg(test)]
mod tests {
    use super::{Class, spans};
    use crate::mention::read_words;
    use toponym_languages::languages;

    #[test]
    fn labels_mark_spans() {
        let (place, more) = (Class::Place.begin() as u8, Class::Place.inside() as u8);
        let (inner, team) = (Class::Embedded.begin() as u8, Class::Organisation.inside() as u8);
        assert_eq!(
            spans(&[place, more, place, 0, inner, team, team]).collect::<Vec<_>>(),
            [(0, 1, Class::Place), (2, 2, Class::Place), (4, 4, Class::Embedded), (5, 6, Class::Organisation)]
        );
    }

    #[test]
    fn a_model_tags_places_and_people() {
        use crate::mention::TextAnalysis;
        use crate::text::tokenise;
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let model = crate::recogniser().expect("the embedded recogniser");
        let text = "President Michael Haddad spoke in Aleppo on Monday.";
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, None);
        let tags = TextAnalysis::new(&words, &gazetteer).tags(&model);
        assert_eq!(tags.people, [(1, 2)]);
        let aleppo = tags.places.iter().find(|place| (place.first, place.last) == (5, 5)).expect("a candidate");
        assert!(aleppo.class == Class::Place && aleppo.probability > 0.8, "{aleppo:?}");
    }
}
