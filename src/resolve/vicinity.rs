//! Candidates that the text hardly means: places whose names had to be stretched to fit ("Aleppo" in "Aleppo University"), and places
//! that have the name beside their own where a town is known by it ("Philadelphia", which Amman once was). They may only be near the
//! places that the document names as they are called.

use crate::candidate::{Candidate, Form};
use crate::gazetteer::{NameKind, PlaceRef};

/// Distance in kilometres from a place of the document within which another is near it.
const NEAR_KM: f64 = 300.0;

/// Prominence from which on a place is known everywhere.
const KNOWN: f64 = 5.0;

/// Prominence from which on a town is what its name means, whichever others had it once.
const TOWN: f64 = 4.7;

/// Places of a document that are looked at, the first ones, and of each of its names, the best known ones.
const MOST: usize = 100;
const NAMESAKES: usize = 3;

/// Leaves out such candidates of names, which are given with their folded forms, if they lie far from the document's other places.
pub fn leave_out_far(names: &mut [Vec<Candidate<'_>>], folded: &[&str]) {
    let anchors: Vec<(usize, PlaceRef<'_>)> =
        names.iter().enumerate().flat_map(|(at, own)| named(own).map(move |place| (at, place))).take(MOST).collect();
    for (at, candidates) in names.iter_mut().enumerate() {
        let town = candidates.iter().any(is_town);
        let doubtful = |own: &Candidate<'_>| is_stretched(own) || town && own.is_by_other_name(folded[at]);
        let best = candidates.iter().filter(|own| !is_stretched(own)).map(|own| own.prior).reduce(f64::max);
        let alone = !anchors.iter().any(|(other, _)| *other != at);
        let near =
            |own: &Candidate<'_>| anchors.iter().any(|(other, place)| *other != at && is_near(place, &own.place));
        candidates.retain(|own| {
            let better_known = !town && best.is_none_or(|best| own.prior > best);
            !doubtful(own) || near(own) || better_known && (alone || own.prior >= KNOWN)
        });
    }
}

/// Whether it is a town that is well known by this very name.
fn is_town(candidate: &Candidate<'_>) -> bool {
    let named = candidate.form == Form::Exact && candidate.kind == NameKind::Primary;
    named && candidate.place.class() == 'P' && candidate.place.prominence() >= TOWN
}

/// The best known places that are called so.
fn named<'c, 'g>(candidates: &'c [Candidate<'g>]) -> impl Iterator<Item = PlaceRef<'g>> + 'c {
    candidates.iter().filter(|own| !is_stretched(own)).map(|own| own.place).take(NAMESAKES)
}

/// Whether the name had to be stretched to fit.
fn is_stretched(candidate: &Candidate<'_>) -> bool {
    matches!(candidate.form, Form::Stripped | Form::Alike | Form::Nested)
}

fn is_near(place: &PlaceRef<'_>, own: &PlaceRef<'_>) -> bool {
    place.country() == own.country() && !own.country().is_empty() || place.km_from(own) < NEAR_KM
}
