//! Places by name: as written, or as it may have been romanised.

use super::{Gazetteer, NameKind, Place, PlaceKey};
use crate::text::{fold, skeleton, sounds};

/// A place found by name.
#[derive(Clone, Debug)]
pub struct Hit<'g> {
    /// The place.
    pub place: Place<'g>,
    /// What the name found is to it.
    pub kind: NameKind,
    /// How the name was found.
    pub found: Match,
}

/// How a name was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// As it was asked for, after folding.
    Exact,
    /// Under another romanisation, given folded, alike to the one asked for by this much, up to 1.
    Romanised(String, f64),
}

/// Romanisations less alike than this are names of other places.
const ALIKE: f64 = 0.72;

impl Gazetteer {
    /// Finds places by name: those that bear it, or where none does, those whose name is another romanisation of it.
    /// The likeliest first.
    ///
    /// ```
    /// let gazetteer = toponym::embedded()?;
    /// assert_eq!(gazetteer.lookup("Sheikh Maqsood")[0].place.name(), "Sheikh Maqsoud");
    /// # Ok::<(), toponym::gazetteer::GazetteerError>(())
    /// ```
    pub fn lookup(&self, name: &str) -> Vec<Hit<'_>> {
        let folded = fold(name);
        let exact = self.named(&folded).map(|(place, kind)| Hit { place, kind, found: Match::Exact });
        let mut hits: Vec<Hit<'_>> = exact.collect();
        if hits.is_empty() {
            hits = self.romanised(&folded, ALIKE);
        }
        hits.sort_by(|a, b| {
            let alike = b.found.likeness().total_cmp(&a.found.likeness());
            alike.then(b.place.prominence().total_cmp(&a.place.prominence())).then(a.place.key().cmp(&b.place.key()))
        });
        let mut seen = std::collections::HashSet::new();
        hits.retain(|hit| seen.insert(hit.place.key()));
        hits
    }

    /// The places with a romanised name that sounds like this folded one, alike by at least `alike` of 1.
    pub fn romanised(&self, folded: &str, alike: f64) -> Vec<Hit<'_>> {
        let (key, asked) = (skeleton(folded), sounds(folded));
        if key.len() < 3 {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for (index, layer) in self.layers.iter().zip(0..) {
            for super::index::Named { name, postings } in index.names_of_skeleton(&key) {
                let likeness = strsim::normalized_levenshtein(&asked, &sounds(&name));
                if likeness < alike {
                    continue;
                }
                for posting in postings {
                    let kind = posting.kind();
                    if let Some(place) = self.place(PlaceKey { layer, ordinal: posting.place() })
                        && kind <= NameKind::Variant
                        && place.countries().any(super::languages::is_romanised)
                    {
                        hits.push(Hit { place, kind, found: Match::Romanised(name.clone(), likeness) });
                    }
                }
            }
        }
        hits
    }
}

impl Match {
    /// How alike the name found is to the one asked for, up to 1.
    pub fn likeness(&self) -> f64 {
        match self {
            Match::Exact => 1.0,
            Match::Romanised(_, likeness) => likeness * 0.99,
        }
    }
}
