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
    /// [`prominence`] of the place, less what the name's kind takes from it.
    pub prior: f64,
}

/// More candidates than this are not weighed; the least prominent are left out.
const MOST: usize = 40;

/// The places that a mention may be, the most prominent first.
pub fn candidates<'g>(mention: &Mention<'g>) -> Vec<Candidate<'g>> {
    let all = mention.senses.iter().map(|&(place, kind)| {
        let prior = prominence(&place) - cost(kind);
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

/// How well known a place is, about the decimal logarithm of the number of people who would take its bare name for it:
/// 3 for a small town, 6 for a metropolis, 8 for a great country.
pub fn prominence(place: &Place<'_>) -> f64 {
    let people = place.population().map_or(2.0, |people| f64::from(people).log10());
    let by_rank = place.rank().map(|rank| match rank {
        1 => 7.5,
        2 => 6.3,
        3 => 5.0,
        4 => 4.0,
        _ => 3.2,
    });
    match place.class() {
        'A' if place.is_country() => people.max(5.5) + 0.6,
        'A' if place.is_division1() => (people - 0.6).min(6.8).max(by_rank.unwrap_or(3.0)),
        'A' => (people - 1.5).min(5.0).max(by_rank.unwrap_or(2.0)),
        'P' if place.feature() == "P.PPLC" => people.max(5.0) + 1.0,
        'P' if place.part_of().is_some() => by_rank.map_or(people - 1.0, |rank| rank.min(6.0) - 0.3),
        'P' => people.max(by_rank.unwrap_or(0.0)),
        _ => by_rank.unwrap_or(3.0),
    }
}

/// What a name that is not the place's own costs, in units of prominence.
fn cost(kind: NameKind) -> f64 {
    match kind {
        NameKind::Primary | NameKind::Demonym | NameKind::Abbreviation | NameKind::Shortening => 0.0,
        NameKind::Variant => 0.3,
        NameKind::Colloquial => 0.5,
        NameKind::Historic => 0.8,
    }
}
