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
    let mut all: Vec<Candidate<'g>> = all.collect();
    all.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.place.key().cmp(&b.place.key())));
    // Two tables may hold one place under two ids; the better known row stands for it.
    let mut kept: Vec<Candidate<'g>> = Vec::with_capacity(all.len().min(MOST));
    for candidate in all {
        if kept.len() < MOST && !kept.iter().any(|known| known.place.key() == candidate.place.key()) {
            kept.push(candidate);
        }
    }
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
