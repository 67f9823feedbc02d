//! People and animals whose names stand beside a word that only they have: "Mrs England", "my uncle Cairo", "a goat named Cairo", "Jordan and
//! Kenya, the couple's eldest children".

use super::{Bearers, MOST_WORDS};
use crate::mention::{Kind, Mention, is_conjunction};
use crate::text::Kind as TokenKind;
use crate::text::language::BearerRole;
use crate::text::lexicon::Roles;

/// Names of a list of relatives, at most.
const MOST_RELATIVES: usize = 6;

/// Words between an article and "named".
const MOST_NAMED: usize = 3;

impl Bearers<'_, '_, '_> {
    /// Whether it is called so, rather than a place.
    pub(super) fn is_called(&self, mention: &Mention<'_>) -> bool {
        mention.kind == Kind::Place
            && mention.first == mention.last
            && (super::stands_before(self.words, mention.first, BearerRole::Person)
                || self.is_named(mention.first)
                || self.is_relative(mention.first)
                || self.is_explained_as_relative(mention.first))
    }

    /// Whether what is named or called so is no place: "a goat named Cairo", not "a village named Cairo" nor "was named Chicago police chief".
    fn is_named(&self, at: usize) -> bool {
        let words = self.words;
        let Some(naming) = at.checked_sub(1).filter(|&at| self.has_role(at, BearerRole::Naming)) else { return false };
        let is_type = |at: usize| !words.language().generic_types.behind(words.key(at)).is_empty();
        if is_type(at + 1) {
            return false;
        }
        let noun = |at: usize| self.is_small_word(at) && !is_type(at);
        let nouns = (naming.saturating_sub(MOST_NAMED)..naming).rev().take_while(|&at| noun(at)).count();
        (1..=nouns).any(|count| self.has_role(naming - count, BearerRole::Article) && count > 1)
    }

    /// Whether it is a relative of somebody, or stands in a list that begins with one: "her sisters Florence, Savannah and Virginia".
    fn is_relative(&self, at: usize) -> bool {
        let words = self.words;
        let mut name = at;
        for _ in 0..MOST_RELATIVES {
            let Some(before) = name.checked_sub(1) else { return false };
            if self.is_kin(before) {
                return true;
            }
            if self.kind(before) == Some(TokenKind::Comma) {
                let kin = before.checked_sub(1).filter(|&kin| self.is_kin(kin));
                if let Some(kin) = kin {
                    return self.is_somebodys(kin) && words.roles(name).any(Roles::GIVEN);
                }
            }
            // The item before, behind a comma or a conjunction or both.
            let mark = |at: usize| self.kind(at) == Some(TokenKind::Comma) || is_conjunction(words, at);
            let marks = (0..before + 1).rev().take(2).take_while(|&at| mark(at)).count();
            match before.checked_sub(marks) {
                Some(item) if marks > 0 && words.has_capital(item) => name = item,
                _ => return false,
            }
        }
        false
    }

    /// Whether it, or the list that it is in, is explained as somebody's relatives: "Jordan and Kenya, the couple's two eldest children, ...".
    fn is_explained_as_relative(&self, at: usize) -> bool {
        let words = self.words;
        let place_before = |at: usize| words.phrase_before(at, Roles::PLACE_BEFORE | Roles::WEAK_BEFORE).is_some();
        let (first, last) = match (at.checked_sub(2), at + 2) {
            (_, other) if is_conjunction(words, at + 1) && words.has_capital(other) => (at, other),
            (Some(other), _) if is_conjunction(words, at - 1) && words.has_capital(other) => (other, at),
            _ => (at, at),
        };
        if self.kind(last + 1) != Some(TokenKind::Comma) || place_before(first) {
            return false;
        }
        let sentence = words.tokens[at].sentence;
        let in_run = |at: &usize| {
            let token = words.tokens.get(*at).filter(|token| token.sentence == sentence);
            token.is_some_and(|token| self.is_small_word(*at) || token.kind == TokenKind::Possessive)
        };
        let end = (last + 2..).take_while(in_run).take(MOST_WORDS).last();
        let ends = |end: usize| words.tokens.get(end + 1).is_none_or(|next| !next.is_word());
        end.is_some_and(|end| self.is_kin(end) && ends(end) && (last + 2..end).any(|at| self.is_owner(at)))
    }

    fn is_kin(&self, at: usize) -> bool {
        self.is_small_word(at) && (self.words.roles(at).any(Roles::KIN) || self.has_role(at, BearerRole::Kin))
    }

    /// Whether a word before a noun says whose it is.
    fn is_somebodys(&self, noun: usize) -> bool {
        (noun.saturating_sub(MOST_NAMED)..noun).any(|at| self.is_owner(at))
    }

    fn is_owner(&self, at: usize) -> bool {
        let possessive = self.kind(at) == Some(TokenKind::Possessive);
        possessive || self.has_role(at, BearerRole::PersonPronoun) || self.has_role(at, BearerRole::Speech)
    }
}
