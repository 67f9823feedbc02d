//! Localities: the places where a document seems to put a name that no gazetteer knows, such as "Royal Street" in a text about New
//! Orleans.

use super::context::{Likely, is_wide};
use super::home::Home;
use crate::candidate::{Candidate, Form};
use crate::gazetteer::{NameKind, PlaceRef};

/// Localities of a cluster, at most.
const MOST: usize = 5;

/// Those of the likely places of a document with most weight, the heaviest first.
pub fn prominent<'a, 'g: 'a>(likely: impl Iterator<Item = &'a Likely<'g>>) -> Vec<Likely<'g>> {
    let mut all: Vec<Likely<'g>> = likely.copied().collect();
    all.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cluster.cmp(&b.cluster)));
    all.truncate(MOST + 1);
    all
}

/// The weight of a place as a locality: settlements locate better than divisions, and those better than countries.
fn weight(likely: &Likely<'_>) -> f64 {
    likely.weight
        * match likely.place.class() {
            'P' => 1.0,
            _ if likely.facts.wide => 0.1,
            _ => 0.6,
        }
}

/// The places in which the mentions of a cluster may be: those of neighbouring mentions, which are given by their clusters and how
/// near they are in the text; the heaviest of the document; and its home. Its peers are the clusters that stand beside it in
/// a list. A candidate's likeness is how near and how likely it is.
pub fn localities<'g>(
    cluster: usize,
    peers: &[usize],
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
    // Countries and capitals are named beside others however far they lie from them.
    let is_elsewhere = |likely: &&Likely<'_>| {
        peers.contains(&likely.cluster) && (likely.place.is_country() || likely.place.is_capital())
    };
    for &(other, near) in neighbours {
        let places = likely[other].iter().filter(|likely| !is_elsewhere(likely));
        places.for_each(|likely| add(likely.place, weight(likely) * near));
    }
    prominent
        .iter()
        .filter(|likely| likely.cluster != cluster && !is_elsewhere(likely))
        .for_each(|likely| add(likely.place, 0.3 * weight(likely)));
    if let Some(place) = home.place {
        add(place, 0.3);
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.key().cmp(&b.0.key())));
    let narrow = found.iter().any(|(place, _)| !is_wide(place));
    found.retain(|(place, _)| !narrow || !is_wide(place));
    found.truncate(MOST);
    found.into_iter().map(|(place, strength)| candidate(place, strength as f32)).collect()
}

/// A place as a locality with this likeness.
pub fn candidate(place: PlaceRef<'_>, likeness: f32) -> Candidate<'_> {
    Candidate {
        place,
        answer: place,
        kind: NameKind::Variant,
        form: Form::Locality,
        likeness,
        at_home: 0.0,
        prior: place.prominence(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, MOST, localities, prominent};
    use crate::resolve::context::{Facts, Likely};
    use crate::resolve::home::Home;

    #[test]
    fn near_and_narrow_places_come_first() {
        let gazetteer = crate::embedded().expect("opens");
        let place = |name: &str| {
            let places = gazetteer.named(name).map(|(place, _)| place);
            places.max_by(|a, b| a.prominence().total_cmp(&b.prominence())).expect("is known")
        };
        let names = ["syria", "aleppo", "homs", "paris", "london", "rome", "berlin"];
        let likely = |(cluster, name): (usize, &&str)| {
            let place = place(name);
            vec![Likely { cluster, place, facts: Facts::new(&place), weight: 1.0 }]
        };
        let likely: Vec<_> = names.iter().enumerate().map(likely).collect();
        let prominent = prominent(likely.iter().flatten());
        let near = [(0, 1.0), (2, 0.9), (1, 0.5)];
        let found = localities(names.len(), &[], &near, &likely, &prominent, &Home::default());
        let peers = localities(names.len(), &[0, 3], &[(0, 1.0), (3, 1.0)], &likely, &prominent, &Home::default());
        let equal = |candidate: &Candidate<'_>| ["Syria", "Paris"].contains(&candidate.place.name());
        assert!(!peers.iter().any(equal), "it stands beside them in a list");
        let found: Vec<&str> = found.iter().map(|candidate| candidate.place.name()).collect();
        assert_eq!(found[..2], ["Homs", "Aleppo"], "Syria says less");
        assert!(found.len() == MOST && !found.contains(&"Syria"));
    }
}
