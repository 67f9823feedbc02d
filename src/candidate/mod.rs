//! Mention -> candidate places.

mod forms;
mod nested;
mod respelled;

pub use forms::{exact, without_possessive};

use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::mention::{Kind, Mention};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place that a mention may be.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'g> {
    /// The place.
    pub place: PlaceRef<'g>,
    /// What the name is to the place.
    pub kind: NameKind,
    /// How the mention's text became the place's name.
    pub form: Form,
    /// How much of the mention the name accounts for, 0 to 1: the likeness of a name that only sounds alike, the share
    /// of the words of a nested one.
    pub likeness: f32,
    /// [`PlaceRef::prominence`], less what the name's kind takes from it.
    pub prior: f64,
}

/// How a mention's text became the name of a candidate, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Form {
    /// As it stands, after folding.
    Exact,
    /// Its words spelled out or apart: "Ft. Worth", "#SouthSudan".
    Respelled,
    /// With a generic word: "Rapides" as Rapides Parish.
    Extended,
    /// Without its generic words: "the city of Homs", "Aleppo province".
    Stripped,
    /// Sounding alike.
    Alike,
    /// Inside the mention: "Aleppo University".
    Nested,
    /// Not by name: the place in which the document seems to put the mention.
    Locality,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Form::Exact => "exact",
            Form::Respelled => "respelled",
            Form::Extended => "extended",
            Form::Stripped => "stripped",
            Form::Alike => "alike",
            Form::Nested => "nested",
            Form::Locality => "locality",
        })
    }
}

/// A place that a name may mean, before it is weighed.
struct Sense<'g> {
    place: PlaceRef<'g>,
    kind: NameKind,
    form: Form,
    likeness: f32,
}

impl<'g> Sense<'g> {
    /// Senses of one form and likeness.
    fn all(senses: impl IntoIterator<Item = (PlaceRef<'g>, NameKind)>, form: Form, likeness: f32) -> Vec<Sense<'g>> {
        senses.into_iter().map(|(place, kind)| Sense { place, kind, form, likeness }).collect()
    }
}

/// More candidates than this are not weighed; the least prominent are left out.
const MOST: usize = 40;

/// The places that a mention may be, the most prominent first. A mention that no place bears the name of is looked up
/// under the forms that its name may have.
pub fn candidates<'g>(gazetteer: &'g Gazetteer, text: &str, mention: &Mention<'g>) -> Vec<Candidate<'g>> {
    let mut senses = Sense::all(mention.senses.iter().copied(), Form::Exact, 1.0);
    if senses.is_empty() {
        let written = text.get(mention.start..mention.end).unwrap_or("");
        senses = forms::senses(gazetteer, written);
    } else if mention.kind != Kind::Demonym {
        senses.extend(Sense::all(forms::extended(gazetteer, &mention.name), Form::Extended, 1.0));
    }
    weighed(senses)
}

fn weighed(senses: Vec<Sense<'_>>) -> Vec<Candidate<'_>> {
    let all = senses.into_iter().map(|Sense { place, kind, form, likeness }| {
        let prior = place.prominence() - cost(kind);
        Candidate { place, kind, form, likeness, prior }
    });
    let mut all: Vec<Candidate<'_>> = all.collect();
    all.sort_by(|a, b| a.form.cmp(&b.form).then(b.prior.total_cmp(&a.prior)).then(a.place.key().cmp(&b.place.key())));
    let mut kept: Vec<Candidate<'_>> = Vec::with_capacity(all.len().min(MOST));
    for candidate in all {
        // A place may stand in several indexes: the first row holds, unless only a later one has been vetted by a
        // person, and all of them tell how well known it is.
        match kept.iter().position(|known| known.place.is_one_with(&candidate.place)) {
            Some(known) => {
                let known = &mut kept[known];
                let (a, b) = (known.place.key(), candidate.place.key());
                let vetted = candidate.place.rank().is_some();
                let earlier = a.layer > b.layer && (vetted || known.place.rank().is_none());
                if earlier || vetted && known.place.rank().is_none() {
                    known.place = candidate.place;
                }
                known.prior = known.prior.max(candidate.prior);
            }
            None if kept.len() < MOST => kept.push(candidate),
            None => break,
        }
    }
    kept.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.place.key().cmp(&b.place.key())));
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
