//! Names of which the words behind them say that they are settlements: "Tarkhilpur, a village in Bihar", "Police, a Polish town", "Am Goudoulé
//! (Sila, Chad)".

use super::Found;
use super::contained::{holds, is_division};
use super::unknown::UNKNOWN;
use crate::gazetteer::{Gazetteer, NameKind};
use crate::mention::gap::Gap;
use crate::mention::{Kind, Mention};
use crate::text::language::FeatureTypes;
use crate::text::language::containers::GapPart;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind as TokenKind};
use std::ops::Range;

/// Tokens between a comma and the place in which the name before it is said to lie, at most.
const WIDEST: usize = 10;

/// Tokens of such a name, at most.
const LONGEST: usize = 7;

/// Bytes of a small word in a name, and of a preposition before one that no cue of containers is, at most.
const LONGEST_LINK: usize = 3;
const LONGEST_PREPOSITION: usize = 2;

/// Bytes of an abbreviation, at most.
const LONGEST_ABBREVIATION: usize = 5;

impl<'g> Found<'_, '_, 'g> {
    /// Such names, known or not; those that are parts of them give way.
    pub fn add_explained(&mut self, gazetteer: &'g Gazetteer) {
        let places = self.mentions.iter().flatten().filter(|own| own.kind == Kind::Place);
        let mut found: Vec<(Range<usize>, f64)> = places.filter_map(|place| self.explained(gazetteer, place)).collect();
        found.extend(self.matches.iter().filter_map(|name| {
            let people = name.senses.iter().find(|(_, kind)| *kind == NameKind::Demonym)?.0;
            let settlement = self.generic_behind(name.last).intersects(FeatureTypes::SETTLEMENT);
            let run = self.name_before(self.explanation_before(name.first).filter(|_| settlement)?)?;
            let own = self.unknown(gazetteer, run.start, run.end - 1, UNKNOWN)?;
            own.senses.iter().any(|(place, _)| place.country() == people.country()).then_some((run, UNKNOWN))
        }));
        for (name, probability) in found {
            let parts: Vec<usize> = name.clone().filter_map(|at| self.mention_at[at]).collect();
            let within = |own: &Mention<'_>| {
                own.first >= name.start && own.last < name.end && own.last - own.first + 1 < name.len()
            };
            if parts.iter().all(|&at| self.mentions[at].as_ref().is_some_and(within)) {
                parts.iter().for_each(|&at| self.mentions[at] = None);
                self.add_unknown(gazetteer, name.start, name.end - 1, probability);
            }
        }
    }

    /// The name that is said to be a settlement in a place.
    fn explained(&self, gazetteer: &'g Gazetteer, place: &Mention<'g>) -> Option<(Range<usize>, f64)> {
        let bracket = place.first.checked_sub(1).filter(|&at| self.words.tokens[at].slice(self.words.text) == "(");
        let mark = bracket
            .filter(|_| is_division(place) || self.is_address(place))
            .or_else(|| self.explanation_before(place.first))?;
        let name = self.name_before(mark)?;
        let own = self.unknown(gazetteer, name.start, name.end - 1, UNKNOWN)?;
        let probability = place.probability * UNKNOWN;
        if mark + 1 == place.first && bracket.is_none() {
            return self.is_in_address(&name, place).then_some((name, probability));
        }
        if bracket.is_some() {
            let sure = self.is_nobody(&name) && self.is_free(name.start, name.end - 1) || self.is_address(place);
            return (self.ends_behind(place) && sure).then_some((name, probability));
        }
        let comma = self.words.tokens[mark].kind == TokenKind::Comma;
        let says = Gap::new(self.words, &own, place).says_settlement && (!comma || self.ends_behind(place));
        // "Meanwhile, a village in Idlib" is no place's name, "Male, the capital of the Maldives" is.
        let token = &self.words.tokens[name.start];
        let ordinary = name.len() == 1 && token.opens && self.words.roles(name.start).any(Roles::ENGLISH);
        // Nor is somebody's: "Jan Nowak, the elder of a village in Podlasie".
        let given = self.words.roles(name.start).any(Roles::GIVEN);
        let somebody = given && name.clone().any(|at| self.taken[at] && self.mention_at[at].is_none());
        (says && (!ordinary && !somebody || holds(&place.senses, &own.senses))).then_some((name, probability))
    }

    /// The token by which an explanation begins that reaches to a token: a comma, or "is".
    fn explanation_before(&self, end: usize) -> Option<usize> {
        let (words, tokens) = (self.words, &self.words.tokens);
        let adjective = |at: usize| {
            self.match_from(at).is_some_and(|name| name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym))
        };
        let comma = |at: &usize| tokens[*at].kind == TokenKind::Comma;
        let small = |at: &usize| {
            !words.has_capital(*at) && self.mention_at(*at).is_none() && tokens[*at].kind != TokenKind::Stop
        };
        let cues = &words.language().containers;
        let verb = |at: &usize| {
            let behind_name = at.checked_sub(1).is_some_and(|name| words.has_capital(name));
            behind_name && tokens[*at].is_word() && cues.begins_explained(&GapPart::word(words.key(*at)))
        };
        let from = end.saturating_sub(WIDEST)..end;
        from.rev().take_while(|at| comma(at) || small(at) || adjective(*at)).find(|at| comma(at) || verb(at))
    }

    /// Whether a name and the division behind it and a comma are where something is: "in Dusty Gulch, South Australia,", "Ban Tia, Sakon Nakhon
    /// Province, Thailand".
    fn is_in_address(&self, name: &Range<usize>, place: &Mention<'_>) -> bool {
        let words = self.words;
        let other = Roles::ORG_AFTER | Roles::GIVEN | Roles::PERSON_TITLE | Roles::NOT_A_PLACE;
        let somebody =
            name.clone().any(|at| words.roles(at).any(other) || self.taken[at] && self.mention_at[at].is_none());
        let stands_in = || {
            let before = words.previous(name.start).filter(|&before| before + 1 == name.start);
            before.is_some_and(|before| words.roles(before).any(Roles::PLACE_BEFORE))
        };
        let ends = words.tokens.get(place.last + 1).is_none_or(|next| !next.is_word());
        let opens = words.tokens[name.start].opens && self.is_address(place);
        let plain = name.len() > 1 && self.is_free(name.start, name.end - 1) && !somebody;
        is_division(place) && plain && ends && (stands_in() || opens)
    }

    /// The words of a name that ends right before a mark, with the small words and hyphens in it: "Quebrada del Zorro", "Saint-Aubrac-sur-Lère".
    /// Days, months and abbreviations are none.
    pub fn name_before(&self, mark: usize) -> Option<Range<usize>> {
        let (words, tokens) = (self.words, &self.words.tokens);
        let sentence = tokens[mark].sentence;
        let own = |at: usize| {
            tokens[at].sentence == sentence && (tokens[at].is_word() || tokens[at].kind == TokenKind::Hyphen)
        };
        // "Quebrada del Zorro", but not "the mayor of Xyzzy".
        let links = |at: usize| {
            let before = at.checked_sub(1).filter(|&at| words.has_capital(at));
            let preposition = words.roles(at).any(Roles::PLACE_BEFORE);
            !preposition
                && words.folded(at).len() <= LONGEST_LINK
                && before.is_some_and(|at| !words.roles(at).any(Roles::ENGLISH))
        };
        let small = |at: usize| {
            let unknown = words.roles(at) == Roles::default();
            tokens[at].is_word() && !words.has_capital(at) && (unknown || links(at))
        };
        let run = (mark.saturating_sub(LONGEST)..mark).rev();
        let run = run
            .take_while(|&at| own(at) && (words.has_capital(at) || tokens[at].kind == TokenKind::Hyphen || small(at)));
        let start = run.filter(|&at| words.has_capital(at)).last()?;
        // "In Xyzzy" opens a sentence, and so does "Upper Xyzzy".
        let preposition = || {
            let part = [GapPart::word(words.key(start))];
            let cues = &words.language().containers;
            let short = words.folded(start).len() <= LONGEST_PREPOSITION;
            cues.behind(&part) > 0.0 || cues.near(&part) > 0.0 || short && words.roles(start).any(Roles::PLACE_BEFORE)
        };
        let start = start + usize::from(tokens[start].opens && start + 1 < mark && preposition());
        let name = start..mark;
        let whole = words.has_capital(mark - 1) || tokens[mark - 1].is_word() && name.len() > 1;
        let abbreviation = |at: usize| tokens[at].case == Case::Upper && words.folded(at).len() <= LONGEST_ABBREVIATION;
        (whole && !name.clone().any(|at| self.is_dated(at)) && !name.clone().all(abbreviation)).then_some(name)
    }

    /// Whether no word of a name is somebody's or a word of the language.
    pub fn is_nobody(&self, name: &Range<usize>) -> bool {
        let known = Roles::ENGLISH | Roles::ORDINARY | Roles::GIVEN | Roles::SURNAME;
        let is_known = |at: usize| self.words.roles(at).any(known) && !self.words.roles(at).any(Roles::NAME_HEAD);
        !name.clone().any(|at| self.words.has_capital(at) && is_known(at))
    }

    /// Whether the container of a place stands behind it and a comma: "(Mopti region, Mali)".
    fn is_address(&self, place: &Mention<'_>) -> bool {
        let tokens = &self.words.tokens;
        let comma = (place.last + 1..tokens.len()).find(|&at| !self.words.roles(at).is_place_type());
        let comma = comma.filter(|&at| tokens[at].kind == TokenKind::Comma);
        let whole = comma.and_then(|comma| self.mention_at(comma + 1));
        whole.is_some_and(|whole| holds(&whole.senses, &place.senses))
    }

    /// Whether nothing but names and words of place stands between a place and the next mark: a clause goes on otherwise, "a village in
    /// Idlib was hit".
    fn ends_behind(&self, place: &Mention<'_>) -> bool {
        let (words, tokens) = (self.words, &self.words.tokens);
        let rest = place.last + 1..tokens.len().min(place.last + 1 + WIDEST);
        let place_word = |at: usize| {
            let roles = words.roles(at);
            words.has_capital(at) || roles.is_place_type() || roles.any(Roles::PLACE_BEFORE | Roles::WEAK_BEFORE)
        };
        let in_sentence = |at: &usize| tokens[*at].sentence == tokens[place.last].sentence;
        let end = rest.clone().take_while(in_sentence).find(|&at| match tokens[at].kind {
            TokenKind::Possessive => false,
            _ => !tokens[at].is_word() || !place_word(at),
        });
        end.is_none_or(|at| !tokens[at].is_word())
    }

    /// What the word behind a name says it is.
    fn generic_behind(&self, last: usize) -> FeatureTypes {
        let next = self.words.next(last).filter(|&next| next == last + 1 && !self.words.has_capital(next));
        next.map_or(FeatureTypes::default(), |next| self.words.language().generic_types.behind(self.words.key(next)))
    }
}
