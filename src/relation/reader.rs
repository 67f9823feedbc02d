//! A document's tokens as a pattern reads them: folded words, hyphens passed over, resolved mentions known by their tokens.

use super::grammar::{Grammar, OTHER, Phrases, Word};
use crate::resolve::Resolved;
use crate::text::{Case, Kind, Token, Tokens, fold, fold_into};
use std::borrow::Cow;

/// A document's tokens and mentions.
pub struct Reader<'t, 'g> {
    /// The text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
    /// Its mentions with their places.
    pub places: &'t [Resolved<'g>],
    /// The mention that begins at each token.
    by_first: Vec<Option<u32>>,
    /// The number of each token's word in the grammar; [`OTHER`] in sentences without a mention, where nothing can be relative
    /// to one.
    numbers: Vec<Word>,
}

impl<'t, 'g> Reader<'t, 'g> {
    /// Reads these tokens and mentions of a text for a grammar.
    pub fn new(text: &'t str, tokens: &'t Tokens, places: &'t [Resolved<'g>], grammar: &Grammar) -> Self {
        let mut with_mention = vec![false; tokens.sentences.len()];
        for token in places.iter().filter_map(|resolved| tokens.list.get(resolved.mention.first)) {
            if let Some(sentence) = with_mention.get_mut(token.sentence) {
                *sentence = true;
            }
        }
        Self::of_sentences(text, tokens, places, grammar, |sentence| with_mention.get(sentence) == Some(&true))
    }

    /// The same; words are only known in some sentences, told by their indexes.
    pub fn of_sentences(
        text: &'t str,
        tokens: &'t Tokens,
        places: &'t [Resolved<'g>],
        grammar: &Grammar,
        is_read: impl Fn(usize) -> bool,
    ) -> Self {
        let mut by_first = vec![None; tokens.list.len()];
        for (resolved, at) in places.iter().zip(0..) {
            if let Some(mention) = by_first.get_mut(resolved.mention.first) {
                *mention = Some(at);
            }
        }
        let mut folded = String::new();
        let mut number = |token: &Token| match (token.kind, token.of(text)) {
            (Kind::Possessive, _) => grammar.number("'s"),
            (Kind::Word, raw) if !is_folded(raw) => {
                folded.clear();
                fold_into(raw, &mut folded);
                grammar.number(&folded)
            }
            (_, raw) => grammar.number(raw),
        };
        let numbers = tokens.list.iter().map(|token| if is_read(token.sentence) { number(token) } else { OTHER });
        let numbers = numbers.collect();
        Reader { text, tokens: &tokens.list, places, by_first, numbers }
    }

    /// The number of a token's folded form in the grammar.
    pub fn number(&self, at: usize) -> Word {
        self.numbers.get(at).copied().unwrap_or(OTHER)
    }

    /// The mention that begins at a token, as its index in `places`.
    pub fn mention(&self, at: usize) -> Option<usize> {
        self.by_first.get(at).copied().flatten().map(|mention| mention as usize)
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
        let first = self.tokens.get(at).filter(|token| token.is_word())?;
        phrases.beginning(self.number(at)).iter().find_map(|phrase| {
            let mut next = self.skip_hyphen(at + 1);
            for &word in &phrase.rest {
                if self.number(next) != word || self.tokens[next].sentence != first.sentence {
                    return None;
                }
                next = self.skip_hyphen(next + 1);
            }
            Some((phrase.value, next))
        })
    }

    /// Whether a token is this word of ASCII letters, however it is cased.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.raw(at).eq_ignore_ascii_case(word)
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
