//! Where a document puts what no gazetteer knows: "Royal Street" in a text about New Orleans.

use super::context::{Likely, is_wide};
use super::home::Home;
use crate::candidate::{Candidate, Form};
use crate::gazetteer::{NameKind, PlaceRef};

/// Localities considered for a mention.
const MOST: usize = 5;

/// The places that the document speaks of most, the likeliest first.
pub fn prominent<'g>(likely: &[Vec<Likely<'g>>]) -> Vec<Likely<'g>> {
    let mut all: Vec<Likely<'g>> = likely.iter().flatten().copied().collect();
    all.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.group.cmp(&b.group)));
    all.truncate(MOST + 1);
    all
}

/// Settlements say better where something is than divisions, and those better than countries.
fn rank(likely: &Likely<'_>) -> f64 {
    likely.weight
        * match likely.place.class() {
            'P' => 1.0,
            _ if likely.facts.wide => 0.1,
            _ => 0.6,
        }
}

/// The places in which the mentions of a group may be: those named next to them, those that the document speaks of
/// most, and the publisher's home. `likeness` says how near in the text and how likely they are.
pub fn of<'g>(
    group: usize,
    neighbours: &[(usize, f64)],
    likely: &[Vec<Likely<'g>>],
    prominent: &[Likely<'g>],
    home: &Home<'g>,
) -> Vec<Candidate<'g>> {
    let mut found: Vec<(PlaceRef<'g>, f64)> = Vec::new();
    let mut add =
        |place: PlaceRef<'g>, strength: f64| match found.iter_mut().find(|(known, _)| known.key() == place.key()) {
            Some((_, known)) => *known += strength,
            None => found.push((place, strength)),
        };
    for &(other, near) in neighbours {
        likely[other].iter().for_each(|likely| add(likely.place, rank(likely) * near));
    }
    prominent.iter().filter(|likely| likely.group != group).for_each(|likely| add(likely.place, 0.3 * rank(likely)));
    if let Some(place) = home.place {
        add(place, 0.3);
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.key().cmp(&b.0.key())));
    let narrow = found.iter().any(|(place, _)| !is_wide(place));
    found.retain(|(place, _)| !narrow || !is_wide(place));
    found.truncate(MOST);
    found.into_iter().map(|(place, strength)| candidate(place, strength as f32)).collect()
}

/// A place as the locality of something; `likeness` says how near it stands in the text and how likely it is.
pub fn candidate(place: PlaceRef<'_>, likeness: f32) -> Candidate<'_> {
    Candidate { place, kind: NameKind::Variant, form: Form::Locality, likeness, prior: place.prominence() }
}
