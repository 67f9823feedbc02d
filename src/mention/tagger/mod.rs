//! The trained recogniser: a linear-chain conditional random field over the words' features.

mod document;
pub(crate) mod features;
pub(crate) mod labels;
pub(crate) mod lattice;
pub(crate) mod model;
mod names;
pub(crate) mod segments;

pub use labels::Class;
pub use model::{About, Model, ModelError};

use super::matcher::GazetteerMatch;
use super::style::Style;
use crate::text::Words;
use features::View;
use lattice::Lattice;

/// A place that the tagger found.
#[derive(Clone, Copy, Debug)]
pub struct Tagged {
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
    /// What sort of place it most probably is the name of.
    pub class: Class,
    /// How probable it is that a place's name of any sort stands from the first token to the last, 0 to 1.
    pub probability: f64,
}

/// What the tagger found in a text.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    /// What may be a place, in the order of the text; of those that overlap at most one is.
    pub places: Vec<Tagged>,
    /// First and last tokens of the people.
    pub people: Vec<(usize, usize)>,
}

/// The classes of places.
const PLACES: [Class; 3] = [Class::Place, Class::Facility, Class::Embedded];

/// A place less probable than this is not so much as passed on.
const LEAST: f64 = 0.02;

/// The places and people in a text. `odds` holds what the rules make of each of the gazetteer's names.
pub fn tag(model: &Model, words: &Words, styles: &[Style], found: &[GazetteerMatch<'_>], odds: &[f64]) -> Tags {
    let view = View::of(words, styles, found, odds);
    let table = model.table();
    let (mut features, mut scores, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    let mut lattice = Lattice::default();
    let mut tags = Tags::default();
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    let mut names = found;
    for segment in segments::segments(words, styles, found) {
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
        // What the best chain has as something else may still be a place more probably than not: "Aleppo" of which it
        // is unclear only what sort of place it is.
        names = &names[names.partition_point(|name| name.first < segment.start)..];
        let own = &names[..names.partition_point(|name| name.last < segment.end)];
        candidates.extend(own.iter().map(|name| (name.first, name.last)));
        if candidates.is_empty() {
            continue;
        }
        candidates.sort_unstable();
        candidates.dedup();
        lattice.run(&scores, &model.transitions, None);
        let of = |&(first, last): &(usize, usize)| {
            let (from, to) = (first - segment.start, last - segment.start);
            let share =
                |class: Class| f64::from(lattice.of_span(&model.transitions, from, to, class.begin(), class.inside()));
            let shares = PLACES.map(|class| (class, share(class)));
            let class = shares.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Class::Place, |(class, _)| *class);
            let probability = shares.iter().map(|(_, share)| share).sum::<f64>().clamp(0.0, 1.0);
            Tagged { first, last, class, probability }
        };
        tags.places.extend(candidates.iter().map(of).filter(|place| place.probability >= LEAST));
    }
    tags
}

/// The names that a chain of labels marks: first and last token, and class.
fn spans(labels: &[u8]) -> impl Iterator<Item = (usize, usize, Class)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let label = |at: usize| labels.get(at).map(|&label| Class::of(usize::from(label)));
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

    #[test]
    fn labels_mark_spans() {
        let (place, more) = (Class::Place.begin() as u8, Class::Place.inside() as u8);
        let (inner, team) = (Class::Embedded.begin() as u8, Class::Organisation.inside() as u8);
        assert_eq!(
            spans(&[place, more, place, 0, inner, team, team]).collect::<Vec<_>>(),
            [(0, 1, Class::Place), (2, 2, Class::Place), (4, 4, Class::Embedded), (5, 6, Class::Organisation)]
        );
    }
}
