//! What speaks for and against a name being a place here: rules until a trained recogniser takes their place.
//!
//! Each piece of evidence is in log-odds; they are added, and the sum gives the probability. The weights were set by hand
//! and checked on news articles; the words that carry evidence are data, `data/languages/en/words/`.

use super::enumeration;
use super::matcher::{GazetteerMatch, stop_after};
use super::people::{Part, is_first_name, is_surname};
use super::phrases::{Words, is_dash};
use super::style::Style;
use super::{Kind, Mention};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::probability::sigmoid;
use crate::text::lexicon::Roles;
use crate::text::{self, Case};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::HashMap;

/// A mention less probable than this is dropped.
pub const ACCEPT: f64 = 0.5;

/// A place no better known than this has neither a population nor anyone's word for it: a hamlet, a stream, a park. Large
/// gazetteers are full of them, and their names of ordinary words.
const UNKNOWN: f64 = 2.0;

/// A place at least this well known, a country or a large city, is known without a capital too.
const WELL_KNOWN: f64 = 6.0;

/// What the rules make of a name of the gazetteer.
#[derive(Clone, Copy, Debug)]
pub struct RuleScore {
    /// That it names a place, in log-odds.
    pub odds: f64,
    /// Whether it does so as an adjective or people.
    pub demonym: bool,
    /// Whether it stands inside the name of an organisation, a team or a building.
    pub inside: bool,
    /// Whether a street, road or bridge is called by it.
    pub street: bool,
}

/// Weighs the name `found[at]`.
pub fn judge(
    words: &Words,
    styles: &[Style],
    people: &FxHashMap<String, Part>,
    found: &[GazetteerMatch<'_>],
    at: usize,
) -> RuleScore {
    let name = &found[at];
    let style = styles.get(words.tokens[name.first].sentence).copied().unwrap_or(Style::Normal);
    let senses = fitting(name);
    let demonym = senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
    let before = name_before(found, at, words);
    let roles = super::lexicon().roles(&name.name);
    let context = Context { words, style, people, name, roles, before, after: found.get(at + 1) };
    let odds = if demonym {
        2.5
    } else {
        context.of_name(&senses) + context.of_person() + context.of_longer_name() + context.of_place(&senses)
    };
    RuleScore { odds, demonym, inside: context.inside_organisation(), street: context.is_street() }
}

/// What a name may stand for as it is written: "French" is no village of that name, and "Ky." with its stop is nothing
/// but the state.
fn fitting<'f, 'g>(name: &'f GazetteerMatch<'g>) -> Cow<'f, [(PlaceRef<'g>, NameKind)]> {
    let any = |wanted: NameKind| name.senses.iter().any(|(_, kind)| *kind == wanted);
    let (demonym, shortened) = (any(NameKind::Demonym), any(NameKind::Shortening));
    let fits = |kind| (kind == NameKind::Demonym) == demonym && (kind == NameKind::Shortening || !shortened || demonym);
    match demonym || shortened {
        true => name.senses.iter().copied().filter(|(_, kind)| fits(*kind)).collect(),
        false => Cow::Borrowed(&name.senses),
    }
}

/// The mention that a name of the gazetteer is.
pub fn mention<'g>(words: &Words, name: &GazetteerMatch<'g>, kind: Kind, probability: f64) -> Mention<'g> {
    let (start, end) = (words.tokens[name.first].start + name.prefix, words.tokens[name.last].end);
    // The stop of a word cut short belongs to it: "Ky.", "Calif."
    let shortened = name.senses.iter().any(|(_, kind)| *kind == NameKind::Shortening);
    let end = stop_after(words, name.last).filter(|_| shortened).map_or(end, |stop| stop.end);
    Mention {
        start,
        end,
        first: name.first,
        last: name.last,
        kind,
        name: name.name.clone(),
        senses: fitting(name).into_owned(),
        probability,
        metonymic: false,
        modified: false,
    }
}

/// The mentions that the rules find.
pub fn mentions<'g>(words: &Words, found: &[GazetteerMatch<'g>], judged: &[RuleScore]) -> Vec<Mention<'g>> {
    let each = found.iter().zip(judged).filter(|(_, judged)| !judged.street);
    let each = each.map(|(name, judged)| {
        let kind = match judged {
            RuleScore { inside: true, .. } => Kind::Embedded,
            RuleScore { demonym: true, .. } => Kind::Demonym,
            _ => Kind::Place,
        };
        mention(words, name, kind, sigmoid(judged.odds))
    });
    let mut mentions = each.collect::<Vec<_>>();
    settle_by_document(&mut mentions);
    mentions
}

/// A name that the document uses surely somewhere speaks for the doubtful uses of it.
fn settle_by_document(mentions: &mut [Mention]) {
    let mut surest: HashMap<String, f64> = HashMap::new();
    for mention in mentions.iter() {
        let best = surest.entry(mention.name.clone()).or_insert(0.0);
        *best = best.max(mention.probability);
    }
    for mention in mentions.iter_mut() {
        let best = surest.get(&mention.name).copied().unwrap_or(0.0);
        if best > 0.9 && mention.probability > 0.15 && mention.probability < 0.8 {
            mention.probability = mention.probability.max(0.6);
        }
    }
}

struct Context<'c, 'g> {
    words: &'c Words<'c>,
    style: Style,
    people: &'c FxHashMap<String, Part>,
    name: &'c GazetteerMatch<'g>,
    /// The roles of the name itself.
    roles: Roles,
    /// The name of the gazetteer right before this one.
    before: Option<&'c GazetteerMatch<'g>>,
    /// The next name of the gazetteer, wherever it is.
    after: Option<&'c GazetteerMatch<'g>>,
}

/// The name right before `found[at]`, nothing but a space between.
fn name_before<'c, 'g>(found: &'c [GazetteerMatch<'g>], at: usize, words: &Words) -> Option<&'c GazetteerMatch<'g>> {
    let before = found.get(at.checked_sub(1)?)?;
    (words.previous(found[at].first) == Some(before.last)).then_some(before)
}

impl Context<'_, '_> {
    /// The name in itself: how well known the place, how ordinary the word.
    fn of_name(&self, senses: &[(PlaceRef<'_>, NameKind)]) -> f64 {
        let (words, name) = (self.words, self.name);
        let known = senses.iter().map(|(place, _)| place.prominence()).fold(0.0, f64::max);
        let mut odds = if known <= UNKNOWN { -3.0 } else { (known - 4.0).clamp(-1.0, 3.5) };
        let single = name.first == name.last;
        // "US" is not "us".
        let abbreviation = senses.iter().any(|(_, kind)| kind.is_abbreviated()) && self.style != Style::Capitals;
        let roles = if abbreviation { Roles::default() } else { self.roles };
        if !single {
            odds += 1.0;
        }
        let doubtful_capital = words.tokens[name.first].opens || self.style != Style::Normal;
        if roles.any(Roles::ORDINARY | Roles::MAYBE_WORD) {
            odds -= match () {
                () if self.container_follows(senses) => 0.0,
                () if roles.any(Roles::PLACE_FIRST) && !doubtful_capital => 0.0,
                () if roles.any(Roles::PLACE_FIRST | Roles::MAYBE_PERSON) => 1.5,
                // "from Nice", "to Bend": a capital that nothing else explains.
                () if roles.any(Roles::MAYBE_WORD) && !doubtful_capital && self.place_before() => 1.5,
                () if roles.any(Roles::MAYBE_WORD) => 4.0,
                () => 7.0,
            };
        } else if roles.any(Roles::ENGLISH) && single {
            odds -= match doubtful_capital {
                true if roles.any(Roles::PLACE_FIRST) => 2.0,
                true => 4.0,
                false => 1.0,
            };
        }
        if roles.any(Roles::MAYBE_PERSON | Roles::SURNAME | Roles::GIVEN) && !roles.any(Roles::PLACE_FIRST) && single {
            odds -= if known >= 6.0 { 0.7 } else { 2.0 };
        }
        let small = self.style == Style::Small
            || words.tokens[name.first].case == Case::Lower && words.is_behind(name.first, "#");
        if small {
            // Without capitals only what is well known, and no word of the language.
            let word = roles.any(Roles::ENGLISH | Roles::ORDINARY);
            let person = roles.any(Roles::GIVEN | Roles::SURNAME);
            odds -= match () {
                () if word => 5.5,
                () if person && known < WELL_KNOWN => 5.5,
                () => 1.5 + 2.0 * (5.0 - known).clamp(0.0, 2.0),
            };
        }
        // Three letters or fewer that are no abbreviation: a chance hit more often than not.
        let letters = name.name.chars().count();
        let latin = name.name.is_ascii();
        if latin && letters <= 3 && known < 5.5 && !abbreviation {
            odds -= 2.5;
        }
        if words.tokens[name.first].case == Case::Upper && single && self.style == Style::Normal && latin {
            if !abbreviation && letters <= 5 && !self.is_dateline() {
                odds -= 3.0;
            }
            // "OK", "AK-47": two letters are a state behind its town's name only, unless they have their stops, "B.C."
            let stopped = words.text[words.tokens[name.first].start..words.tokens[name.first].end].contains('.');
            let comma =
                stopped || name.first.checked_sub(1).is_some_and(|at| words.tokens[at].kind == text::Kind::Comma);
            if abbreviation && letters == 2 && !comma && senses.iter().all(|(place, _)| place.is_division1()) {
                odds -= 4.5;
            }
            // "US$ 10 million", "780 MT".
            let dollars = words.text[words.tokens[name.last].end..].starts_with('$');
            let amount = words.previous(name.first).is_some_and(|at| words.tokens[at].kind == text::Kind::Number);
            if dollars || amount && letters == 2 {
                odds -= 6.0;
            }
        }
        odds
    }

    /// The words round it that would make it a person.
    fn of_person(&self) -> f64 {
        let (words, name) = (self.words, self.name);
        let mut odds = 0.0;
        let single = name.first == name.last;
        if let Some(before) = words.previous(name.first).filter(|&at| words.has_capital(at)) {
            let roles = words.roles(before);
            let spaced = words.tokens[name.first - 1].kind != text::Kind::Hyphen;
            if self.before.is_some_and(|name| name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym)) {
                // "Syrian Aleppo".
            } else if words.phrase_before(name.first, Roles::PERSON_TITLE).is_some() && spaced {
                odds -= if single { 5.0 } else { 2.0 };
            } else if spaced && is_first_name(words, before) {
                odds -= 4.0;
            } else if words.phrase_before(name.first, Roles::PLACE_BEFORE | Roles::WEAK_BEFORE).is_some() {
                // "In Aleppo", "Northern Aleppo".
            } else if !roles.any(Roles::ENGLISH) && spaced {
                // The tail of a longer name that the gazetteer lacks: "Ahrar al-Bab".
                odds -= if self.style == Style::Normal { 4.5 } else { 2.0 };
            }
        } else if words.phrase_before(name.first, Roles::PERSON_TITLE).is_some() && single {
            odds -= 3.0;
        } else if let Some(comma) = name.first.checked_sub(1).filter(|&at| words.tokens[at].kind == text::Kind::Comma)
            && single
            && words.previous(comma).is_some_and(|at| words.roles(at).any(Roles::KIN))
        {
            // "by her son, Jordan".
            odds -= 8.0;
        }
        if let Some(after) = words.next(name.last).filter(|&at| words.has_capital(at)) {
            let spaced = after == name.last + 1;
            let given = single && self.roles.any(Roles::GIVEN);
            let country_like = words.roles(after).any(Roles::PLACE_AFTER);
            if spaced && given && is_surname(words, after) && !country_like {
                odds -= 4.0;
            } else if spaced
                && single
                && words.roles(after).any(Roles::SURNAME)
                && !words.roles(after).any(Roles::ENGLISH)
            {
                odds -= 2.0;
            } else if spaced
                && self.style == Style::Normal
                && !words.roles(after).any(Roles::ENGLISH | Roles::ORG_AFTER)
                && !country_like
            {
                odds -= 1.0;
            }
        } else if let Some(after) = words.next(name.last)
            && words.roles(after).any(Roles::PERSON_VERB)
        {
            odds -= 1.5;
        }
        // "Israel" stays a country although a sergeant is called so.
        let often_a_person = self.roles.any(Roles::MAYBE_PERSON);
        odds -= match self.people.get(&name.name) {
            Some(Part::Surname) if single && often_a_person => 4.5,
            Some(Part::Surname) if single => 2.5,
            Some(Part::Given) if single => 3.0,
            _ => 0.0,
        };
        odds
    }

    /// The words round it that would make it a piece of a longer name, which the gazetteer lacks as a whole.
    fn of_longer_name(&self) -> f64 {
        let (words, name) = (self.words, self.name);
        let mut odds = 0.0;
        if self.goes_on_with_article() {
            odds -= 3.5;
        }
        // "New Denver", "Tal Tamr".
        let head = words.previous(name.first).filter(|&at| words.has_capital(at) && self.style == Style::Normal);
        if head.is_some_and(|at| words.roles(at).any(Roles::NAME_HEAD)) {
            odds -= 4.0;
        }
        // "Maarat al-Numan": without its article it is not the whole.
        let article = words.previous(name.first).filter(|&at| at + 2 == name.first && !words.has_capital(at));
        if article.is_some_and(|at| matches!(words.folded(at), "al" | "el" | "ul" | "ez" | "es" | "as" | "ad" | "ar")) {
            odds -= 4.0;
        }
        // "Pont-Sondé", but not "Moscow-Kyiv".
        let hyphenated = words.next(name.last).filter(|&at| at == name.last + 2 && words.has_capital(at));
        let tied = hyphenated.filter(|_| words.tokens[name.last + 1].kind == text::Kind::Hyphen);
        if tied.is_some_and(|at| self.after.is_none_or(|after| after.first != at)) && self.style == Style::Normal {
            odds -= 3.0;
        }
        odds
    }

    /// Whether a word that speaks for a place stands before it, and not at the start of the sentence.
    fn place_before(&self) -> bool {
        self.words.phrase_before(self.name.first, Roles::PLACE_BEFORE).is_some()
    }

    /// Whether what contains it stands behind a comma: "Reading, England".
    fn container_follows(&self, senses: &[(PlaceRef<'_>, NameKind)]) -> bool {
        /// A division's point is no farther than this, in kilometres, from a town that it holds without our knowing.
        const NEAR_KM: f64 = 60.0;
        let (words, name) = (self.words, self.name);
        let holds = |whole: &PlaceRef<'_>, part: &PlaceRef<'_>| {
            whole.contains(part) || whole.class() == 'A' && !whole.is_country() && whole.km_from(part) < NEAR_KM
        };
        self.after.is_some_and(|after| {
            after.first == name.last + 2
                && words.tokens[name.last + 1].kind == text::Kind::Comma
                && after.senses.iter().take(8).any(|(whole, _)| senses.iter().any(|(part, _)| holds(whole, part)))
        })
    }

    /// The words round it that speak for a place.
    fn of_place(&self, senses: &[(PlaceRef<'_>, NameKind)]) -> f64 {
        let (words, name) = (self.words, self.name);
        let mut odds = 0.0;
        if self.place_before() {
            odds += 2.0;
        } else if words.phrase_before(name.first, Roles::WEAK_BEFORE).is_some() {
            odds += 0.7;
        }
        let after = words.next(name.last).is_some_and(|after| words.roles(after).any(Roles::PLACE_AFTER));
        if after || enumeration::names_places(words, name.last) {
            odds += 1.5;
        }
        if self.is_dateline() {
            odds += 3.0;
        }
        if self.container_follows(senses) {
            odds += 4.5;
        }
        odds
    }

    /// Whether an Arabic article and another name follow, so that it is the head of a longer name: "Ahrar al-Sham".
    fn goes_on_with_article(&self) -> bool {
        let (words, name) = (self.words, self.name);
        let article =
            words.next(name.last).filter(|&at| at == name.last + 1 && matches!(words.folded(at), "al" | "el"));
        let noun = article.and_then(|at| words.next(at).filter(|&noun| noun == at + 2));
        noun.is_some_and(|noun| words.has_capital(noun))
    }

    /// Whether it stands as a dateline: `ALEPPO, Syria`, `MANSFIELD - Police ...`.
    fn is_dateline(&self) -> bool {
        let (words, name) = (self.words, self.name);
        let first = &words.tokens[name.first];
        let ends = words.tokens.get(name.last + 1).is_some_and(|mark| {
            let spaced = mark.start > words.tokens[name.last].end;
            mark.kind == text::Kind::Comma
                || mark.kind == text::Kind::Hyphen && (spaced || is_dash(mark.of(words.text)))
        });
        ends && first.opens && first.case == Case::Upper && self.style != Style::Capitals
    }

    /// Whether a street, road or bridge is called by the name.
    fn is_street(&self) -> bool {
        let after = self.words.next(self.name.last).filter(|&after| self.words.has_capital(after));
        after.is_some_and(|after| self.words.roles(after).any(Roles::STREET_AFTER))
    }

    /// Whether the name stands inside the name of an organisation, a team or a building.
    fn inside_organisation(&self) -> bool {
        let (words, name) = (self.words, self.name);
        let mut at = name.last;
        // "Aleppo University", "Washington State University Hospital".
        // Where every word has a capital, only the next one tells.
        let reach = if self.style == Style::Normal { 3 } else { 1 };
        for _ in 0..reach {
            let Some(after) = words.next(at).filter(|&after| words.has_capital(after)) else { break };
            if words.phrase_at(after, Roles::ORG_AFTER) > 0 {
                return true;
            }
            at = after;
        }
        words.phrase_before(name.first, Roles::ORG_BEFORE).is_some_and(|first| words.has_capital(first))
    }
}
