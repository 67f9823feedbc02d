//! The places of datelines that name an agency or a day: "Sydney (AFP) –", "Sydney, 3 March".

use super::{Found, SHOWN};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::matcher::GazetteerMatch;
use crate::text::{Case, Kind};

/// Prominence from which on a place has datelines.
const PROMINENT: f64 = 4.0;

/// Words of an agency's name, at most.
const AGENCY: usize = 3;

impl Found<'_, '_, '_> {
    /// The names at the beginning of a sentence that a dateline goes on behind.
    pub fn add_datelined(&mut self) {
        for name in self.matches {
            let known = |(place, kind): &(PlaceRef<'_>, NameKind)| {
                *kind != NameKind::Demonym && place.prominence() >= PROMINENT
            };
            // "Adelaide" may have been taken for a person.
            let opens = self.words.tokens[name.first].opens && !self.is_mentioned(name.first, name.last);
            if opens
                && name.senses.first().is_some_and(known)
                && (self.is_before_agency(name) || self.is_before_day(name))
            {
                self.add_name(name, SHOWN);
            }
        }
    }

    /// Whether an agency in brackets follows: in capitals, "(AFP)", or before a dash, "(Reuters) -".
    fn is_before_agency(&self, name: &GazetteerMatch<'_>) -> bool {
        let tokens = self.words.tokens.get(name.last + 1..).unwrap_or(&[]);
        let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|token| token.slice(self.words.text) == mark);
        let Some(close) = (2..=AGENCY + 1).find(|&at| is(0, "(") && is(at, ")")) else { return false };
        let agency = &tokens[1..close];
        let capitals = agency.iter().all(|token| token.case == Case::Upper && token.end - token.start > 1);
        let dash = tokens.get(close + 1).is_some_and(|token| token.kind == Kind::Hyphen);
        agency.iter().all(|token| token.kind == Kind::Word) && (capitals || dash)
    }

    /// Whether a comma, a day and a month follow.
    fn is_before_day(&self, name: &GazetteerMatch<'_>) -> bool {
        let (words, at) = (self.words, name.last + 1);
        let kind = |at: usize| words.tokens.get(at).map(|token| token.kind);
        let month = |at: &usize| {
            let word = words.tokens.get(*at).map_or("", |token| token.slice(words.text));
            words.language().dates.month(&word.to_lowercase()).is_some()
        };
        // A stop may stand between.
        kind(at) == Some(Kind::Comma) && kind(at + 1) == Some(Kind::Number) && [at + 2, at + 3].iter().any(month)
    }
}
