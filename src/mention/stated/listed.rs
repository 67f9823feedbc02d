//! Names among places, in a list, in lines of their own or in a schedule: "Dharavi, Kobe and Ziyang", "1. Yibin", "2. Kennedy", "Dublin 10:05
//! Leeds 11:20".

use super::contained::NEAR;
use super::{Found, SENSES, sentences};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::gap::{Gap, Separator};
use crate::mention::matcher::GazetteerMatch;
use crate::mention::{Kind, Mention, rule_score};
use crate::text;
use crate::text::lexicon::Roles;
use std::ops::Range;

/// Probability that a well-known name among two places is one if these are.
const LISTED: f64 = 0.9;

/// The least prominence of a place whose name may be somebody's or a word otherwise.
const KNOWN: f64 = 4.5;

impl<'g> Found<'_, '_, 'g> {
    /// Well-known names between two places of a list, and before or behind two; in a schedule beside one.
    pub fn add_listed(&mut self) {
        for name in self.matches {
            if self.is_mentioned(name.first, name.last) || !is_well_known(name) || !self.is_whole(name) {
                continue;
            }
            let own = rule_score::mention(self.words, name, Kind::Place, 0.0);
            let before = |own: &Mention<'g>| self.before(own).map(|(other, _)| other);
            let behind = |own: &Mention<'g>| self.behind(own).map(|(other, _)| other);
            let beside = match (before(&own), behind(&own)) {
                (Some(one), Some(other)) => Some([one, other]),
                (Some(one), None) => before(one).map(|other| [other, one]),
                // "Blackie and Son, Glasgow and Edinburgh"
                (None, Some(one)) if self.words.tokens[name.first].opens => behind(one).map(|other| [one, other]),
                (None, _) => self.in_schedule(name).filter(|_| self.is_plain(name)).map(|other| [other, other]),
            };
            let probability = beside.map(|places| least(&places) * LISTED);
            probability.into_iter().for_each(|probability| self.add_name(name, probability));
        }
    }

    /// Well-known names that have a line to themselves, as two places beside have.
    pub fn add_in_lines(&mut self) {
        let lines = sentences(self.words).map(|line| self.without_marks(line));
        let lines: Vec<Range<usize>> = lines.filter(|line| !line.is_empty()).collect();
        for name in self.matches {
            let own = name.first..name.last + 1;
            if self.is_mentioned(name.first, name.last) {
                continue;
            }
            let at = lines.partition_point(|line| line.start < own.start);
            if lines.get(at) != Some(&own) || !is_well_known(name) {
                continue;
            }
            let near = at.saturating_sub(2)..lines.len().min(at + 3);
            let whole = |line: &Range<usize>| {
                let own = self.mention_at(line.start)?;
                (own.kind == Kind::Place && (own.first..own.last + 1) == *line).then_some(own)
            };
            let beside: Vec<&Mention<'_>> = lines[near.clone()].iter().filter_map(whole).collect();
            if beside.len() > 1 {
                self.add_name(name, least(&beside) * LISTED);
            } else if self.is_plain(name) && self.is_dated_line(&own) {
                let others = lines[near].iter().filter(|line| **line != own && self.is_dated_line(line));
                let others = others.filter(|line| self.is_well_known_name(line));
                if others.count() > 1 {
                    self.add_name(name, LISTED);
                }
            }
        }
    }

    /// Whether a name is what a place is called, and no word of the language or of dates.
    pub fn is_plain(&self, name: &GazetteerMatch<'g>) -> bool {
        let called = name.senses.first().is_some_and(|(_, kind)| *kind == NameKind::Primary);
        called && self.is_no_word(name)
    }

    /// Whether a name is neither a word of the language nor of dates.
    pub fn is_no_word(&self, name: &GazetteerMatch<'_>) -> bool {
        let roles = self.words.roles(name.first);
        let other = name.first == name.last && roles.any(Roles::ENGLISH | Roles::ORDINARY);
        !other && !self.is_dated(name.first)
    }

    /// Whether a name is no part of a longer one: "Port" of "Port Hudson".
    pub fn is_whole(&self, name: &GazetteerMatch<'_>) -> bool {
        let beside = [self.words.previous(name.first), self.words.next(name.last)];
        // A word that opens the sentence may be any: "Hotels Bodrum".
        let heads = Roles::NAME_HEAD | Roles::GIVEN | Roles::SURNAME | Roles::PERSON_TITLE | Roles::ORG_BEFORE;
        let opens = |at: usize| self.words.tokens[at].opens && !self.words.roles(at).any(heads);
        !beside.into_iter().flatten().any(|at| self.words.has_capital(at) && !self.is_dated(at) && !opens(at))
    }

    /// The place before a name in a list, and what separates the two.
    pub fn before(&self, own: &Mention<'g>) -> Option<(&Mention<'g>, Separator)> {
        let other = (own.first.saturating_sub(NEAR)..own.first).rev().find_map(|at| self.mention_at(at))?;
        let separator = Gap::new(self.words, other, own).separator?;
        (other.kind == Kind::Place).then_some((other, separator))
    }

    /// The place behind a name in a list, and what separates the two.
    pub fn behind(&self, own: &Mention<'g>) -> Option<(&Mention<'g>, Separator)> {
        let other = (own.last + 1..=own.last + NEAR).find_map(|at| self.mention_at(at))?;
        let separator = Gap::new(self.words, own, other).separator?;
        (other.kind == Kind::Place).then_some((other, separator))
    }

    /// The place before or behind a name in a schedule, where a day or a time stands behind each.
    fn in_schedule(&self, name: &GazetteerMatch<'g>) -> Option<&Mention<'g>> {
        let sentence = self.words.tokens[name.first].sentence;
        let holds = |between: Range<usize>| {
            let mut dated = between.clone().filter(|&at| self.is_dated(at));
            let words = between.clone().filter(|&at| !self.is_dated(at) && self.words.tokens[at].is_word());
            // "arrive" may stand before a name.
            dated.next() == Some(between.start) && words.count() <= 1
        };
        let next = self.words.tokens.get(name.last + 1).filter(|next| next.sentence == sentence);
        next.filter(|_| self.is_dated(name.last + 1))?;
        let before = (name.first.saturating_sub(NEAR)..name.first).rev().find_map(|at| self.mention_at(at));
        let before = before.filter(|other| holds(other.last + 1..name.first));
        let behind = (name.last + 1..=name.last + NEAR).find_map(|at| self.mention_at(at));
        let behind = behind.filter(|other| holds(name.last + 1..other.first));
        let in_sentence =
            |other: &&Mention<'g>| other.kind == Kind::Place && self.words.tokens[other.first].sentence == sentence;
        before.filter(in_sentence).or(behind.filter(in_sentence))
    }

    /// Whether a token is the name of a day or month, or a time of day. Numbers alone are scores, of teams: "Widnes 20, Hull 18".
    pub fn is_dated(&self, at: usize) -> bool {
        let (tokens, text) = (&self.words.tokens, self.words.text);
        let dates = &self.words.language().dates;
        let is_name = |word: &str| dates.month(word).is_some() || dates.stands_beside(word);
        match tokens[at].kind {
            text::Kind::Number => tokens[at].slice(text).split_once(':').is_some_and(|(_, minutes)| minutes.len() == 2),
            _ => self.words.has_capital(at) && is_name(&tokens[at].slice(text).to_lowercase()),
        }
    }

    /// Whether these tokens are what a well-known place is called.
    fn is_well_known_name(&self, line: &Range<usize>) -> bool {
        self.match_from(line.start)
            .is_some_and(|name| name.last + 1 == line.end && is_well_known(name) && self.is_plain(name))
    }

    /// Whether a day or a time stands before or behind these tokens, which are all else that a line says.
    fn is_dated_line(&self, line: &Range<usize>) -> bool {
        let beside = [line.start.checked_sub(1), Some(line.end).filter(|&at| at < self.words.tokens.len())];
        beside.into_iter().flatten().any(|at| self.is_dated(at))
    }

    /// The tokens of a line from its first word to its last, without its number and dates.
    fn without_marks(&self, line: Range<usize>) -> Range<usize> {
        let tokens = &self.words.tokens;
        let word = |at: &usize| tokens[*at].is_word() && tokens[*at].kind != text::Kind::Number && !self.is_dated(*at);
        let first = line.clone().find(word).unwrap_or(line.end);
        let last = line.rev().find(word).map_or(first, |last| last + 1);
        first..last
    }
}

/// The least probability of some places.
pub fn least(places: &[&Mention<'_>]) -> f64 {
    places.iter().map(|own| own.probability).fold(1.0, f64::min)
}

/// Whether a name is a well-known place's.
pub fn is_well_known(name: &GazetteerMatch<'_>) -> bool {
    let known = |(place, kind): &(PlaceRef<'_>, NameKind)| *kind != NameKind::Demonym && place.prominence() >= KNOWN;
    name.senses.iter().take(SENSES).any(known)
}
