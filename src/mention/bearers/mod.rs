//! Names that the words beside them give to another bearer than a place: the surname of a person who was named in full, a film, a ship, a
//! speaker, a child of nine.

mod called;

use super::people::NamePart;
use super::{Kind, Mention, TextAnalysis};
use crate::candidate;
use crate::gazetteer::Gazetteer;
use crate::text::language::BearerRole;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind as TokenKind, Token, Words};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

/// A surname that the document has introduced is a place's if it is at least so probable, uncalibrated.
const SURELY_PLACE: f64 = 0.9;

/// A surname that the recogniser alone takes for one is a place's if it is at least so probable, uncalibrated.
const LIKELY_PLACE: f64 = 0.5;

/// Words of what a name is explained as, at most.
const MOST_WORDS: usize = 6;

/// Ages that are told of people.
const AGES: RangeInclusive<u32> = 1..=110;

/// Leaves out such mentions, given the first and last tokens of the names of people. The mentions of a text are given in its order.
pub fn leave_out<'g>(
    analysis: &TextAnalysis<'_, 'g>,
    people: &[(usize, usize)],
    gazetteer: &'g Gazetteer,
    mentions: &mut Vec<Mention<'g>>,
) {
    let words = analysis.words;
    let full_names = people.iter().filter(|(first, last)| first < last);
    let mut introduced = FxHashMap::default();
    full_names.for_each(|&(_, last)| {
        introduced.entry(words.folded(last)).and_modify(|at: &mut usize| *at = last.min(*at)).or_insert(last);
    });
    let bearers = Bearers { words, analysis, introduced, gazetteer, first_person: OnceCell::new() };
    let called: Vec<bool> = mentions.iter().map(|mention| bearers.is_called(mention)).collect();
    let somebody = bearers.somebody(mentions, &called);
    let mut called = called.into_iter();
    mentions.retain(|mention| {
        let is_called = called.next().unwrap_or(false);
        mention.kind == Kind::Demonym
            || !is_called
                && !bearers.is_surname(mention)
                && !bearers.is_thing(mention)
                && !bearers.is_person(mention)
                && !somebody.contains(&mention.name)
    });
}

/// Whether a phrase with a role ends right before a token.
pub fn stands_before(words: &Words<'_>, at: usize, role: BearerRole) -> bool {
    let before = std::iter::successors(words.previous(at), |&at| words.previous(at));
    words.language().bearers.ends(before.map(|at| words.key(at)), role)
}

/// Whether the language bends names, and this one, given by its bytes, is no name as it stands.
pub fn is_bent(words: &Words<'_>, gazetteer: &Gazetteer, name: Range<usize>) -> bool {
    let written = words.text.get(name).unwrap_or("");
    !words.language().case_endings.is_empty() && candidate::exact(gazetteer, written).is_none()
}

struct Bearers<'a, 't, 'g> {
    words: &'a Words<'a>,
    analysis: &'a TextAnalysis<'t, 'g>,
    /// The last words of the full names of people, as the recogniser has them, folded, each with its first token.
    introduced: FxHashMap<&'a str, usize>,
    gazetteer: &'g Gazetteer,
    /// The first token that names somebody or says who somebody is.
    first_person: OnceCell<usize>,
}

impl Bearers<'_, '_, '_> {
    /// Whether it is the bare surname of a person of the document: "Trenton has led the union", after "Stacy Trenton".
    fn is_surname(&self, mention: &Mention<'_>) -> bool {
        let surname = || self.analysis.people.get(&*mention.name) == Some(&NamePart::Surname);
        let container = || {
            let comma = self.kind(mention.last + 1) == Some(TokenKind::Comma);
            comma && self.words.next(mention.last + 1).is_some_and(|next| self.words.has_capital(next))
        };
        let is_behind = |surname: &usize| *surname < mention.first;
        let introduced =
            || mention.probability < LIKELY_PLACE && self.introduced.get(&*mention.name).is_some_and(is_behind);
        let doubtful = mention.probability < SURELY_PLACE;
        doubtful && (self.is_bare(mention) && surname() || self.is_alone(mention) && introduced()) && !container()
    }

    /// Whether it is the name of what the noun before it says, bare or in quotation marks: "the film Philadelphia", "фильм «Чикаго»"; or one in
    /// quotation marks where the sentence tells of such a thing: "his 'Galveston' is a soldier's song". What stands there without marks may
    /// be where the thing is from if it is a country's abbreviation ("the cruiser USA") or bent ("крейсер Турции").
    fn is_thing(&self, mention: &Mention<'_>) -> bool {
        let words = self.words;
        let quoted = self.is_quoted(mention);
        let begins = if quoted { mention.first - 1 } else { self.begins_with_of(mention.first) };
        // "their LP Mablethorpe Is for Lovers" has the place in its name.
        let next = words.next(mention.last).filter(|&next| next == mention.last + 1);
        // In a sentence of capitals every word has one.
        let capitals = words.tokens[mention.first].case == Case::Upper;
        let is_name = |next: usize| words.has_capital(next) && !(capitals && words.tokens[next].case == Case::Upper);
        let goes_on = next.is_some_and(is_name) || self.kind(mention.last + 1) == Some(TokenKind::Hyphen);
        let is_bent = || is_bent(words, self.gazetteer, mention.start..mention.end);
        let is_code = is_country(mention) && words.tokens[mention.first].case == Case::Upper;
        let named = self.is_adjacent(begins)
            && stands_before(words, begins, BearerRole::Thing)
            && (quoted || !goes_on && !is_code && !is_bent());
        let behind = mention.last + 1..words.tokens.len().min(mention.last + 2 + MOST_WORDS);
        let told_of = || quoted && behind.clone().any(|at| self.has_role(at, BearerRole::Thing));
        named
            || told_of()
            || self.is_goods(mention)
            || self.is_exclaimed(mention)
            || self.is_explained_as_thing(mention)
    }

    /// The first token of a name of a thing that a token of it ends: "City" of "the liner City of Adelaide".
    fn begins_with_of(&self, last: usize) -> usize {
        let words = self.words;
        let capitals = words.tokens[last].case == Case::Upper;
        let first = last.checked_sub(2).filter(|&first| words.has_capital(first) && words.tokens[first].is_word());
        let of = |first: &usize| self.has_role(first + 1, BearerRole::Link);
        // "Ballet Arts of Jackson" is no ballet.
        let noun = |first: &usize| first.checked_sub(1).is_some_and(|noun| capitals || !words.has_capital(noun));
        first.filter(of).filter(noun).unwrap_or(last)
    }

    /// Whether quotation marks stand right before and behind it, the latter behind a comma in English.
    fn is_quoted(&self, mention: &Mention<'_>) -> bool {
        let sentence = self.words.tokens[mention.first].sentence;
        let opens = |at: usize| self.is_quotation_mark(at) && self.words.tokens[at].sentence == sentence;
        let behind = mention.last + 1 + usize::from(self.kind(mention.last + 1) == Some(TokenKind::Comma));
        mention.first.checked_sub(1).is_some_and(opens) && self.is_quotation_mark(behind)
    }

    /// Whether an exclamation mark behind it ends no sentence: "Oklahoma! ran for five years".
    fn is_exclaimed(&self, mention: &Mention<'_>) -> bool {
        let rest = self.words.text.get(mention.end..).and_then(|rest| rest.strip_prefix('!'));
        let next = rest.and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.chars().next());
        self.words.tokens[mention.first].opens && next.is_some_and(char::is_lowercase)
    }

    /// Whether it is the first word of what a dish, a breed, a plant, a disease or a garment is called: "Peking duck", "West Nile virus".
    fn is_goods(&self, mention: &Mention<'_>) -> bool {
        let words = self.words;
        let sentence = words.tokens[mention.last].sentence;
        let follows = |at: &usize| self.is_small_word(*at) && words.tokens[*at].sentence == sentence;
        let behind = (mention.last + 1..).take_while(follows).map(|at| words.key(at));
        words.language().bearers.longest(behind, &[BearerRole::Goods]) > 0
    }

    /// Whether what stands behind it and a comma is an article and the noun of a thing: "Berlin, the synth-pop group, recorded", "Brazil, the
    /// 1985 satire about a clerk".
    fn is_explained_as_thing(&self, mention: &Mention<'_>) -> bool {
        let words = self.words;
        let quotation = usize::from(self.is_quoted(mention) && self.kind(mention.last + 1) != Some(TokenKind::Comma));
        if self.kind(mention.last + 1 + quotation) != Some(TokenKind::Comma) {
            return false;
        }
        let first = mention.last + 2 + quotation;
        let in_run = |at: &usize| {
            let number = self.kind(*at) == Some(TokenKind::Number);
            self.is_small_word(*at) || number || self.kind(*at) == Some(TokenKind::Hyphen)
        };
        let end = first + (first..).take_while(in_run).take(MOST_WORDS).count();
        let place = |at: usize| words.roles(at).any(Roles::PLACE_BEFORE | Roles::WEAK_BEFORE);
        // "the film capital" is a town, and a clause may begin behind a name that does not open the sentence.
        let opens = words.tokens[mention.first].opens;
        let ends = |end: usize| {
            words.tokens.get(end).is_none_or(|next| !next.is_word() || opens && place(end) && !words.has_capital(end))
        };
        let thing = |end: usize| {
            let keys = (first..end).rev().filter(|&at| words.tokens[at].is_word()).map(|at| words.key(at));
            words.language().bearers.ends(keys, BearerRole::Thing)
        };
        let possessive = |end: usize| self.kind(end) == Some(TokenKind::Possessive);
        (first + 2..=end).any(|end| ends(end) && !possessive(end) && !(first + 1..end).any(place) && thing(end))
    }

    /// The names of those who speak, or are called so (told for each mention), of which no mention is said to be a place: once a transcript has
    /// a line of Odessa's, she is meant elsewhere, too.
    fn somebody(&self, mentions: &[Mention<'_>], called: &[bool]) -> FxHashSet<Arc<str>> {
        let people = mentions.iter().zip(called);
        let people = people.filter(|(own, called)| **called || self.speaks(own) && self.is_bare(own));
        let mut names: FxHashSet<Arc<str>> = people.map(|(own, _)| own.name.clone()).collect();
        for own in mentions {
            if names.contains(&own.name) && self.words.phrase_before(own.first, Roles::PLACE_BEFORE).is_some() {
                names.remove(&own.name);
            }
        }
        names
    }

    /// Whether it is somebody who speaks, is of an age, or is "he" or "she" in what follows.
    fn is_person(&self, mention: &Mention<'_>) -> bool {
        let roles = self.words.roles(mention.first);
        let given = roles.any(Roles::GIVEN);
        if self.has_initial(mention) || self.has_surname(mention) {
            return true;
        }
        (given || roles.any(Roles::SURNAME))
            && self.is_bare(mention)
            && (self.is_of_age(mention) || given && self.is_meant_by_pronoun(mention))
    }

    /// Whether a surname that is no place's stands right behind it, and "he" or "she" in what follows: "Tennessee Williams set his play".
    fn has_surname(&self, mention: &Mention<'_>) -> bool {
        let words = self.words;
        let surname = mention.last + 1;
        let place = Roles::PLACE_AFTER | Roles::ORG_AFTER | Roles::STREET_AFTER | Roles::PERSON_TITLE;
        let is_surname = words.next(mention.last) == Some(surname)
            && words.has_capital(surname)
            && words.roles(surname).any(Roles::SURNAME)
            && !words.roles(surname).any(place);
        mention.kind != Kind::Demonym
            && mention.first == mention.last
            && is_surname
            && self.is_small_word(surname + 1)
            && self.pronoun_follows(surname)
    }

    /// Whether "he" or "she" stands behind a token in its sentence, and nobody else before that.
    fn pronoun_follows(&self, at: usize) -> bool {
        let sentence = self.words.tokens[at].sentence;
        let follows = |at: &usize| self.words.tokens.get(*at).is_some_and(|token| token.sentence == sentence);
        let mut rest = (at + 1..).take_while(follows);
        let is_pronoun = |at: usize| self.has_role(at, BearerRole::PersonPronoun);
        rest.find(|&at| self.is_somebody(at) || is_pronoun(at)).is_some_and(is_pronoun)
    }

    /// Whether an initial stands before it that is no direction and no letter of a list: "J. Boston".
    fn has_initial(&self, mention: &Mention<'_>) -> bool {
        let words = self.words;
        let Some(letter) = mention.first.checked_sub(2) else { return false };
        let (token, stop) = (words.tokens[letter], words.tokens[letter + 1]);
        let written = token.slice(words.text);
        let initial =
            written.chars().count() == 1 && written.chars().all(char::is_uppercase) && !DIRECTIONS.contains(written);
        let one_sentence = token.sentence == words.tokens[mention.first].sentence && !token.opens;
        let abbreviation = letter.checked_sub(1).is_some_and(|before| words.tokens[before].end == token.start);
        let joined = stop.kind == TokenKind::Stop && token.end == stop.start && stop.end < mention.start;
        mention.kind == Kind::Place && initial && joined && one_sentence && !abbreviation
    }

    /// Whether a line begins with the name and a colon, and somebody speaks in it: "LINCOLN: What did you see?" A name that nobody is known to
    /// have needs a time before it.
    fn speaks(&self, mention: &Mention<'_>) -> bool {
        let text = self.words.text;
        // A time may stand before it: "00:14:03 LINCOLN:".
        let is_time = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\t' | ':' | '.' | '[' | ']' | '(' | ')');
        let before = text[..mention.start].trim_end_matches(is_time);
        let opens = before.is_empty() || before.ends_with('\n');
        let timed = text[before.len()..mention.start].contains(':');
        let somebody = timed || self.words.roles(mention.first).any(Roles::GIVEN | Roles::SURNAME);
        let colon = self.words.tokens.get(mention.last + 1).is_some_and(|token| token.slice(text) == ":");
        if !opens || !colon || !somebody {
            return false;
        }
        let end = text[mention.end..].find('\n').map_or(text.len(), |line| mention.end + line);
        let mut line = (mention.last + 1..self.words.tokens.len()).take_while(|&at| self.words.tokens[at].start < end);
        line.any(|at| self.has_role(at, BearerRole::Speech))
    }

    /// Whether an age stands behind the name between commas, and the sentence goes on: "Madison, 9, lost her dog".
    fn is_of_age(&self, mention: &Mention<'_>) -> bool {
        let at = mention.last + 1;
        let age = self.words.tokens.get(at + 1).and_then(|age| age.slice(self.words.text).parse().ok());
        self.kind(at) == Some(TokenKind::Comma)
            && age.is_some_and(|age| AGES.contains(&age))
            && self.kind(at + 2) == Some(TokenKind::Comma)
            && self.is_small_word(at + 3)
    }

    /// Whether the name opens a sentence and does something, and a pronoun of one person follows which nobody else in the text can be:
    /// "Sydney told her teacher". Capitals stand for governments.
    fn is_meant_by_pronoun(&self, mention: &Mention<'_>) -> bool {
        let words = self.words;
        let is_capital = || mention.senses.first().is_some_and(|(place, _)| place.is_capital());
        let tokens = 0..words.tokens.len();
        let earliest =
            || *self.first_person.get_or_init(|| tokens.clone().find(|&at| self.is_somebody(at)).unwrap_or(tokens.end));
        words.tokens[mention.first].opens
            && self.is_small_word(mention.last + 1)
            && self.pronoun_follows(mention.last)
            && !is_capital()
            && earliest() >= mention.first
    }

    /// Whether a word is of somebody's name, or says who somebody is.
    fn is_somebody(&self, at: usize) -> bool {
        let roles = self.words.roles(at);
        let name = self.words.has_capital(at) && roles.any(Roles::GIVEN | Roles::SURNAME);
        name || roles.any(Roles::PERSON_TITLE | Roles::KIN)
    }

    /// Whether it is one word, no country, and no words before it say that it is a place.
    fn is_bare(&self, mention: &Mention<'_>) -> bool {
        self.is_alone(mention) && !is_country(mention)
    }

    /// Whether a name is one word, with nothing before it that says that it is a place's.
    fn is_alone(&self, mention: &Mention<'_>) -> bool {
        mention.kind == Kind::Place
            && mention.first == mention.last
            && self.words.phrase_before(mention.first, Roles::PLACE_BEFORE).is_none()
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.words.tokens.get(at).map(|token| token.kind)
    }

    fn has_role(&self, at: usize, role: BearerRole) -> bool {
        self.words.tokens[at].is_word() && self.words.language().bearers.has(self.words.key(at), role)
    }

    fn is_small_word(&self, at: usize) -> bool {
        self.words.tokens.get(at).is_some_and(Token::is_word) && !self.words.has_capital(at)
    }

    fn is_quotation_mark(&self, at: usize) -> bool {
        let mark = self.words.tokens.get(at).map_or("", |token| token.slice(self.words.text));
        !mark.is_empty() && mark.chars().all(|c| QUOTATION_MARKS.contains(c))
    }

    /// Whether no mark stands between a token and the word before it.
    fn is_adjacent(&self, at: usize) -> bool {
        at > 0 && self.words.tokens[at - 1].is_word()
    }
}

/// Initials of the directions: "N. Carolina".
const DIRECTIONS: &str = "NSEW";

const QUOTATION_MARKS: &str = "\"'“”„‟‘’‚«»‹›《》〈〉「」『』";

fn is_country(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|(place, _)| place.is_country())
}
