//! A text's words, folded, with what the lexicon says of them.

use super::lexicon;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind, Token, Tokens, fold_into};
use std::ops::Range;

/// The tokens of a text with their folded forms.
pub struct Words<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
    /// The byte ranges of its sentences.
    pub sentences: &'t [Range<usize>],
    folded: String,
    ends: Vec<usize>,
}

impl<'t> Words<'t> {
    /// Folds the words of a text.
    pub fn of(text: &'t str, tokens: &'t Tokens) -> Self {
        let (mut folded, mut ends) = (String::with_capacity(text.len()), Vec::with_capacity(tokens.list.len()));
        let mut word = String::new();
        for token in &tokens.list {
            if token.is_word() {
                word.clear();
                fold_into(token.of(text), &mut word);
                folded.push_str(&word);
            }
            ends.push(folded.len());
        }
        Words { text, tokens: &tokens.list, sentences: &tokens.sentences, folded, ends }
    }

    /// The folded form of a token; empty for marks and past either end.
    pub fn folded(&self, at: usize) -> &str {
        let start = if at == 0 { Some(0) } else { self.ends.get(at - 1).copied() };
        let range = start.zip(self.ends.get(at).copied());
        range.and_then(|(start, end)| self.folded.get(start..end)).unwrap_or("")
    }

    /// The roles of the word at a token.
    pub fn roles(&self, at: usize) -> Roles {
        lexicon().roles(self.folded(at))
    }

    /// The index of the word right after token `at`, if only white space, a hyphen or the stop of an abbreviation is
    /// between them.
    pub fn next(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        let between = |t: &Token| matches!(t.kind, Kind::Hyphen | Kind::Stop) && t.start == self.tokens[at].end;
        let joined = self.tokens.get(next).is_some_and(between);
        self.neighbour(at, next + usize::from(joined))
    }

    /// The index of the word right before token `at`, likewise.
    pub fn previous(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let mark = self.tokens.get(before)?;
        let joined = mark.kind == Kind::Hyphen && mark.end == self.tokens[at].start || mark.kind == Kind::Stop;
        self.neighbour(at, before.checked_sub(usize::from(joined))?)
    }

    fn neighbour(&self, at: usize, other: usize) -> Option<usize> {
        let (here, there) = (self.tokens.get(at)?, self.tokens.get(other)?);
        (there.is_word() && there.sentence == here.sentence).then_some(other)
    }

    /// Whether the word at a token begins with a capital.
    pub fn has_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.case, Case::Capitalised | Case::Upper))
    }

    /// The folded words from token `at` on to the end of its sentence, marks left out, at a comma or the like ending.
    pub fn from(&self, at: usize) -> impl Iterator<Item = &str> {
        let sentence = self.tokens.get(at).map(|t| t.sentence);
        let run = self.tokens.iter().enumerate().skip(at).take_while(move |(_, t)| {
            Some(t.sentence) == sentence && (t.is_word() || matches!(t.kind, Kind::Hyphen | Kind::Stop))
        });
        run.filter(|(_, t)| t.is_word()).map(|(at, _)| self.folded(at))
    }

    /// The longest phrase of up to five words with any of `roles` that ends right before token `at`: its first token.
    pub fn phrase_before(&self, at: usize, roles: Roles) -> Option<usize> {
        let mut starts = Vec::new();
        let mut here = at;
        while let Some(before) = self.previous(here).filter(|_| starts.len() < 5) {
            starts.push(before);
            here = before;
        }
        let whole = |start: usize, count: usize| {
            let words = starts[..count].iter().rev().map(|&at| self.folded(at));
            lexicon().longest(words, roles) == count && start < at
        };
        (1..=starts.len()).rev().find(|&count| whole(starts[count - 1], count)).map(|count| starts[count - 1])
    }
}
