//! Names among places, in a list or in lines of their own: "Dharavi, Kobe and Ziyang", "1. Yibin", "2. Kennedy", "3. Melbourne".

use super::contained::NEAR;
use super::{Found, SENSES, sentences};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::gap::Gap;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::{Kind, Mention, rule_score};
use crate::text;
use std::ops::Range;

/// Probability that a well-known name among two places is one if these are.
const LISTED: f64 = 0.9;

/// The least prominence of a place whose name may be somebody's or a word otherwise.
const KNOWN: f64 = 4.5;

impl<'g> Found<'_, '_, 'g> {
    /// Well-known names between two places of a list, and before or behind two.
    pub fn add_listed(&mut self) {
        for name in self.matches {
            if self.is_mentioned(name.first, name.last) || !is_well_known(name) || !self.is_whole(name) {
                continue;
            }
            let own = rule_score::mention(self.words, name, Kind::Place, 0.0);
            let beside = match (self.before(&own), self.behind(&own)) {
                (Some(before), Some(behind)) => Some([before, behind]),
                (Some(before), None) => self.before(before).map(|other| [other, before]),
                // "Blackie and Son, Glasgow and Edinburgh"
                (None, Some(behind)) if self.words.tokens[name.first].opens => {
                    self.behind(behind).map(|other| [behind, other])
                }
                (None, _) => None,
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
            let beside: Vec<&Mention<'_>> = lines[near].iter().filter_map(whole).collect();
            if beside.len() > 1 {
                self.add_name(name, least(&beside) * LISTED);
            }
        }
    }

    /// Whether a name is no part of a longer one: "Port" of "Port Hudson".
    fn is_whole(&self, name: &GazetteerMatch<'_>) -> bool {
        let beside = [self.words.previous(name.first), self.words.next(name.last)];
        !beside.into_iter().flatten().any(|at| self.words.has_capital(at))
    }

    /// The place before a name in a list.
    fn before(&self, own: &Mention<'g>) -> Option<&Mention<'g>> {
        let other = (own.first.saturating_sub(NEAR)..own.first).rev().find_map(|at| self.mention_at(at))?;
        (other.kind == Kind::Place && Gap::new(self.words, other, own).separator.is_some()).then_some(other)
    }

    /// The place behind a name in a list.
    fn behind(&self, own: &Mention<'g>) -> Option<&Mention<'g>> {
        let other = (own.last + 1..=own.last + NEAR).find_map(|at| self.mention_at(at))?;
        (other.kind == Kind::Place && Gap::new(self.words, own, other).separator.is_some()).then_some(other)
    }

    /// The tokens of a line from its first word to its last, without its number.
    fn without_marks(&self, line: Range<usize>) -> Range<usize> {
        let tokens = &self.words.tokens;
        let word = |at: &usize| tokens[*at].is_word() && tokens[*at].kind != text::Kind::Number;
        let first = line.clone().find(word).unwrap_or(line.end);
        let last = line.rev().find(word).map_or(first, |last| last + 1);
        first..last
    }
}

/// The least probability of some places.
fn least(places: &[&Mention<'_>]) -> f64 {
    places.iter().map(|own| own.probability).fold(1.0, f64::min)
}

/// Whether a name is a well-known place's.
fn is_well_known(name: &GazetteerMatch<'_>) -> bool {
    let known = |(place, kind): &(PlaceRef<'_>, NameKind)| *kind != NameKind::Demonym && place.prominence() >= KNOWN;
    name.senses.iter().take(SENSES).any(known)
}
