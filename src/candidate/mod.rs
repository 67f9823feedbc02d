//! Mention -> candidate places.

mod forms;
mod nested;
mod respelled;

pub use forms::{TOWN_KM, exact, without_possessive};

use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::mention::{Kind, Mention, plural_beside};
use crate::text::{Kind as TokenKind, Words, fold};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place that a mention may be.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'g> {
    /// The place, in the row that describes it best.
    pub place: PlaceRef<'g>,
    /// The row of the place that is answered: where several gazetteers have it, that of the first.
    pub answer: PlaceRef<'g>,
    /// What the name is to the place.
    pub kind: NameKind,
    /// How the mention's text became the place's name.
    pub form: Form,
    /// How much of the mention the name accounts for, 0 to 1: the likeness of a name that only sounds alike, the share
    /// of the mention's words of a nested one.
    pub likeness: f32,
    /// What is added to its prominence since the text is written in the language of its country.
    pub at_home: f64,
    /// [`PlaceRef::prominence`] with what is added, less the cost of the name's kind.
    pub prior: f64,
}

/// What a place in a country of the text's language gains in prominence: readers of Spanish know Toledo in Spain better than Toledo in Ohio.
const AT_HOME: f64 = 0.7;

impl Candidate<'_> {
    /// Whether a name, which is folded, is another one of the place than that by which it is known, or than the beginning of it: "Sham" of
    /// Damascus, not "Halle" of "Halle (Saale)".
    pub fn is_by_other_name(&self, name: &str) -> bool {
        let other = matches!(self.kind, NameKind::Variant | NameKind::Historic | NameKind::Colloquial);
        other && !fold(self.place.name()).starts_with(name)
    }

    /// Whether it is a town, at least so prominent, that is known by this very name.
    pub fn is_town_called_so(&self, prominence: f64) -> bool {
        let named = self.form == Form::Exact && self.kind == NameKind::Primary;
        named && self.place.class() == 'P' && self.place.prominence() >= prominence
    }

    /// Whether it is a row of the user's own places and bears the name as it stands.
    pub fn is_own(&self) -> bool {
        self.form <= Form::Respelled && self.kind != NameKind::Demonym && self.answer.is_own()
    }
}

/// How a mention's text became the name of a candidate, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Form {
    /// As it stands, after folding.
    Exact,
    /// With its words spelled out or apart: "Ft. Worth", "#SouthSudan".
    Respelled,
    /// With a generic type: "Rapides" as Rapides Parish.
    Extended,
    /// Without its generic types: "the city of Homs", "Aleppo province".
    Stripped,
    /// Sounding alike.
    Alike,
    /// Inside the mention: "Aleppo University".
    Nested,
    /// Not the named place, but the place in which the document seems to put it.
    Locality,
}

impl Form {
    /// All forms, in their order.
    pub(crate) const ALL: [Form; 7] =
        [Form::Exact, Form::Respelled, Form::Extended, Form::Stripped, Form::Alike, Form::Nested, Form::Locality];
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

/// A place that a name may mean, and how.
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

/// People from which on a place is no country or territory that has its name with a word more.
const CITY: u32 = 100_000;

/// Candidates of a mention that are kept.
const MOST: usize = 40;

/// The places that a mention may be, the most prominent first. A mention whose name no place bears is looked up under the
/// forms that its name may have.
pub fn candidates<'g>(gazetteer: &'g Gazetteer, words: &Words<'_>, mention: &Mention<'g>) -> Vec<Candidate<'g>> {
    let enumerated = mention.kind != Kind::Demonym && is_enumerated(words, mention);
    if let Some(whole) = with_genitive(words, mention).filter(|_| enumerated) {
        let extended = forms::extended(gazetteer, words.language(), &fold(whole));
        if !extended.is_empty() {
            return weighed(Sense::all(extended, Form::Extended, 1.0), words, mention);
        }
    }
    let mut exact = Sense::all(mention.senses.iter().copied(), Form::Exact, 1.0);
    let with_article = forms::with_article(gazetteer, words, mention);
    if !with_article.is_empty() {
        // Towns have no article but that of their name; countries and rivers do.
        exact.retain(|sense| sense.place.class() != 'P');
        exact.extend(Sense::all(with_article, Form::Exact, 1.0));
    }
    if !exact.iter().any(|sense| sense.place.tells_name()) {
        let full = Sense::all(forms::with_type_beside(gazetteer, words, mention), Form::Extended, 1.0);
        exact.extend(if full.is_empty() { forms::senses(gazetteer, words, mention) } else { full });
        return weighed(exact, words, mention);
    }
    if mention.kind == Kind::Demonym {
        return weighed(exact, words, mention);
    }
    let mut extended = forms::extended(gazetteer, words.language(), &mention.name);
    extended.extend(forms::extended_before(gazetteer, words, mention));
    extended.extend(forms::with_type_beside(gazetteer, words, mention));
    if exact.iter().any(|sense| sense.place.population().is_some_and(|people| people >= CITY)) {
        // "Norfolk" is no Norfolk Island.
        extended.retain(|(place, _)| !place.is_country());
    }
    let extended = Sense::all(extended, Form::Extended, 1.0);
    if enumerated {
        // "Lincoln and Washington counties": the towns of these names take no county's room.
        let mut both = weighed(exact, words, mention);
        both.extend(weighed(extended, words, mention));
        sort(&mut both);
        return both;
    }
    weighed(exact.into_iter().chain(extended).collect(), words, mention)
}

/// Whether a mention is an item of a list that the plural behind it types: "Barrow, Jackson and Madison counties".
pub fn is_enumerated(words: &Words<'_>, mention: &Mention<'_>) -> bool {
    plural_beside(words, mention.first, mention.last).is_some()
}

/// The words of a mention with the mark of the genitive behind it: "Queen Anne's" in "Queen Anne's and Kent counties".
fn with_genitive<'w>(words: &Words<'w>, mention: &Mention<'_>) -> Option<&'w str> {
    let behind = words.tokens.get(mention.last + 1).filter(|token| token.kind == TokenKind::Possessive)?;
    words.text.get(mention.start..behind.end)
}

/// The most prominent first, of those the one whose name fits best.
fn sort(candidates: &mut [Candidate<'_>]) {
    let order = |own: &Candidate<'_>| (own.form, own.place.key());
    candidates.sort_by(|a, b| b.prior.total_cmp(&a.prior).then_with(|| order(a).cmp(&order(b))));
}

fn weighed<'g>(senses: Vec<Sense<'g>>, words: &Words<'_>, mention: &Mention<'_>) -> Vec<Candidate<'g>> {
    let language = words.language();
    let written = words.text.get(mention.start..mention.end).unwrap_or("");
    let is_spelt_so = |place: &PlaceRef<'_>, kind| kind == NameKind::Primary && place.name() == written;
    let spelt_so = senses.iter().any(|sense| is_spelt_so(&sense.place, sense.kind));
    let is_at_home =
        |place: &PlaceRef<'_>| language.about.countries.iter().any(|country| country == place.country().as_bytes());
    let all = senses.into_iter().map(|Sense { place, kind, form, likeness }| {
        let at_home = if is_at_home(&place) { AT_HOME } else { 0.0 };
        let otherwise = spelt_so && kind == NameKind::Primary && !is_spelt_so(&place, kind);
        let prior = place.prominence() + at_home - cost(kind) - if otherwise { SPELT_OTHERWISE } else { 0.0 };
        Candidate { place, answer: place, kind, form, likeness, at_home, prior }
    });
    let mut all: Vec<Candidate<'_>> = all.collect();
    all.sort_by(|a, b| a.form.cmp(&b.form).then(b.prior.total_cmp(&a.prior)).then(a.place.key().cmp(&b.place.key())));
    let mut kept: Vec<Candidate<'_>> = Vec::with_capacity(all.len().min(MOST));
    for candidate in all {
        match kept.iter().position(|known| is_one(known, &candidate)) {
            Some(known) => merge(&mut kept[known], &candidate),
            None if kept.len() < MOST || candidate.is_own() => kept.push(candidate),
            None => {}
        }
    }
    sort(&mut kept);
    kept
}

/// Whether two candidates of a name are one place. A row of one's own that bears the name as another does is that place if
/// it lies there.
fn is_one(known: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let own = || (known.is_own() || other.is_own()) && known.form == Form::Exact && other.form == Form::Exact;
    let spot = || own() && known.place.is_one_spot_with(&other.place);
    known.place.is_one_with(&other.place) || known.answer.is_one_with(&other.place) || spot()
}

/// Adds another row of a known candidate's place. The first gazetteer's row is the answer, unless only a later one has been
/// vetted by a person and the first is not the user's own. The last gazetteer's row describes the place, since the models
/// know it, and the most prominent one tells how well known it is.
fn merge<'g>(known: &mut Candidate<'g>, other: &Candidate<'g>) {
    let vetted = |place: &PlaceRef<'_>| place.rank().is_some();
    let (a, b) = (&known.answer, &other.answer);
    let is_first = b.key().layer < a.key().layer;
    let better = match (a.is_own(), b.is_own()) {
        (true, false) => false,
        (false, true) => true,
        _ => is_first && (vetted(b) || !vetted(a)) || !is_first && vetted(b) && !vetted(a),
    };
    if better {
        known.answer = other.answer;
    }
    if other.place.is_base() || !known.place.is_base() && other.prior > known.prior {
        known.place = other.place;
    }
    known.prior = known.prior.max(other.prior);
}

/// What it costs, in units of prominence, that the place's name has other marks on its letters than the text, where the name of another place
/// has just those: "San Jose" of San José.
const SPELT_OTHERWISE: f64 = 0.8;

/// What a name other than the place's main one costs, in units of prominence.
fn cost(kind: NameKind) -> f64 {
    match kind {
        NameKind::Primary | NameKind::Demonym | NameKind::Abbreviation | NameKind::Shortening => 0.0,
        NameKind::Variant => 1.0,
        NameKind::Colloquial => 0.5,
        NameKind::Historic => 0.8,
    }
}
