//! Mention -> candidate places.

use crate::gazetteer::{NameKind, Place};
use crate::mention::Mention;

/// A place that a mention may be.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'g> {
    /// The place.
    pub place: Place<'g>,
    /// What the name is to the place.
    pub kind: NameKind,
    /// [`Place::prominence`], less what the name's kind takes from it.
    pub prior: f64,
}

/// More candidates than this are not weighed; the least prominent are left out.
const MOST: usize = 40;

/// The places that a mention may be, the most prominent first.
pub fn candidates<'g>(mention: &Mention<'g>) -> Vec<Candidate<'g>> {
    let all = mention.senses.iter().map(|&(place, kind)| {
        let prior = place.prominence() - cost(kind);
        Candidate { place, kind, prior }
    });
    let mut kept: Vec<Candidate<'g>> = Vec::with_capacity(mention.senses.len());
    for candidate in all {
        // A place may stand in several indexes: the first row holds, unless only a later one has been vetted by a
        // person, and all of them tell how well known it is.
        let layered = candidate.place.key().layer > 0;
        match kept.iter_mut().filter(|_| layered).find(|known| known.place.is_one_with(&candidate.place)) {
            Some(known) => {
                known.prior = known.prior.max(candidate.prior);
                if known.place.rank().is_none() && candidate.place.rank().is_some() {
                    known.place = candidate.place;
                }
            }
            None => kept.push(candidate),
        }
    }
    kept.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.place.key().cmp(&b.place.key())));
    kept.dedup_by_key(|candidate| candidate.place.key());
    kept.truncate(MOST);
    kept
}

/// What a name that is not the place's own costs, in units of prominence.
fn cost(kind: NameKind) -> f64 {
    match kind {
        NameKind::Primary | NameKind::Demonym | NameKind::Abbreviation | NameKind::Shortening => 0.0,
        NameKind::Variant => 1.0,
        NameKind::Colloquial => 0.5,
        NameKind::Historic => 0.8,
    }
}
