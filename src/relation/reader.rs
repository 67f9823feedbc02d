//! A document's tokens as a pattern reads them: folded words, hyphens passed over, resolved mentions known by their tokens.

use super::grammar::{Grammar, OTHER, Phrases, Word};
use crate::resolve::Resolved;
use crate::text::{Case, Kind, Token, Tokens, fold, fold_into};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A document's tokens and mentions.
pub struct Reader<'t, 'g> {
    /// The text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
    /// Its mentions with their places.
    pub places: &'t [Resolved<'g>],
    by_first: FxHashMap<usize, usize>,
    /// The number of each token's word in the grammar.
    numbers: Vec<Word>,
}

impl<'t, 'g> Reader<'t, 'g> {
    /// Reads these tokens and mentions of a text for a grammar.
    pub fn new(text: &'t str, tokens: &'t Tokens, places: &'t [Resolved<'g>], grammar: &Grammar) -> Self {
        let by_first = places.iter().enumerate().map(|(at, resolved)| (resolved.mention.first, at)).collect();
        let mut folded = String::new();
        let number = |token: &Token| match (token.kind, token.of(text)) {
            (Kind::Possessive, _) => grammar.number("'s"),
            (Kind::Word, raw) if !is_folded(raw) => {
                folded.clear();
                fold_into(raw, &mut folded);
                grammar.number(&folded)
            }
            (_, raw) => grammar.number(raw),
        };
        let numbers = tokens.list.iter().map(number).collect();
        Reader { text, tokens: &tokens.list, places, by_first, numbers }
    }

    /// The number of [`Reader::word`] in the grammar.
    pub fn number(&self, at: usize) -> Word {
        self.numbers.get(at).copied().unwrap_or(OTHER)
    }

    /// The mention that begins at a token, as its index in `places`.
    pub fn mention(&self, at: usize) -> Option<usize> {
        self.by_first.get(&at).copied()
    }

    /// A token as it stands; empty past the end.
    pub fn raw(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// A token's folded form, `'s` for a possessive; what no word is stands for itself.
    pub fn word(&self, at: usize) -> Cow<'t, str> {
        let Some(token) = self.tokens.get(at) else { return Cow::Borrowed("") };
        let raw = token.of(self.text);
        match token.kind {
            Kind::Possessive => Cow::Borrowed("'s"),
            Kind::Word if is_folded(raw) => Cow::Borrowed(raw),
            Kind::Word => Cow::Owned(fold(raw)),
            _ => Cow::Borrowed(raw),
        }
    }

    /// Whether a token is of a kind.
    pub fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether a token makes a genitive, as in "hour's" and "hours'".
    pub fn is_apostrophe(&self, at: usize) -> bool {
        self.is_kind(at, Kind::Possessive) || matches!(self.raw(at), "'" | "’")
    }

    /// Whether two tokens stand in one sentence.
    pub fn same_sentence(&self, one: usize, other: usize) -> bool {
        let sentence = |at: usize| self.tokens.get(at).map(|token| token.sentence);
        sentence(one).is_some() && sentence(one) == sentence(other)
    }

    /// The token after a hyphen that joins two words, if one stands at `at`; else `at`.
    pub fn skip_hyphen(&self, at: usize) -> usize {
        let joins = at > 0
            && self.is_kind(at, Kind::Hyphen)
            && self.tokens[at - 1].end == self.tokens[at].start
            && self.tokens.get(at + 1).is_some_and(|next| next.start == self.tokens[at].end);
        if joins { at + 1 } else { at }
    }

    /// The longest of some phrases that begins at a token: what it stands for, and the token after it with a joining
    /// hyphen passed over.
    pub fn phrase<T: Copy>(&self, at: usize, phrases: &Phrases<T>) -> Option<(T, usize)> {
        if self.number(at) == OTHER || !self.tokens[at].is_word() {
            return None;
        }
        let first = self.word(at);
        phrases.beginning(&first).find_map(|(rest, value)| {
            let mut next = self.skip_hyphen(at + 1);
            for word in rest {
                if self.word(next) != *word || !self.same_sentence(at, next) {
                    return None;
                }
                next = self.skip_hyphen(next + 1);
            }
            Some((value, next))
        })
    }

    /// Whether a token is written in capitals throughout.
    pub fn is_upper(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            // One letter alone is cased as a name's first is.
            token.case == Case::Upper || token.end - token.start == 1 && token.case == Case::Capitalised
        })
    }
}

/// Whether folding would leave a word as it is.
fn is_folded(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}
