//! A line or a sentence of a text, with its phrases and its form.

use crate::text::language::{BoilerplateRole, PhraseTable};
use crate::text::{Case, Kind, Words};
use std::ops::Range;

/// Letters of the longest word that a headline may leave without a capital.
const SHORT_WORD: usize = 3;

/// Bytes of the shortest sentence of running text, or line of one.
const SHORTEST_PROSE: usize = 45;

/// Bytes from which a line is running text without a stop in it.
const LONG_PROSE: usize = 100;

/// Bytes of the longest link.
const LONGEST_LINK: usize = 140;

/// The tokens of a line or a sentence.
#[derive(Clone, Copy)]
pub struct TokenSpan<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) first: usize,
    pub(super) end: usize,
    /// Whether a bullet or number stands before it.
    pub marked: bool,
}

impl<'w, 't> TokenSpan<'w, 't> {
    /// The tokens of `range`, without a bullet, bracket or number in front.
    pub fn new(words: &'w Words<'t>, range: Range<usize>) -> Self {
        let mut first = range.start;
        let kind = |at: usize| words.tokens.get(at).filter(|_| at < range.end).map(|token| token.kind);
        let sign = |at: usize| words.tokens.get(at).is_some_and(|token| matches!(token.slice(words.text), "©" | "("));
        let numbered =
            kind(first) == Some(Kind::Number) && matches!(kind(first + 1), Some(Kind::Stop) | Some(Kind::Mark));
        first += if numbered { 2 } else { 0 };
        while matches!(kind(first), Some(Kind::Mark | Kind::Hyphen)) && !sign(first) {
            first += 1;
        }
        TokenSpan { words, first, end: range.end, marked: first > range.start }
    }

    /// Its tokens.
    pub(super) fn tokens(&self) -> impl DoubleEndedIterator<Item = usize> + use<'w, 't> {
        self.first..self.end
    }

    /// The tokens that are words, from token `at` on.
    pub(super) fn words_from(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + use<'w, 't> {
        let words = self.words;
        (at..self.end).filter(move |&at| words.tokens[at].is_word())
    }

    /// The tokens that are words.
    pub(super) fn word_tokens(&self) -> impl DoubleEndedIterator<Item = usize> + use<'w, 't> {
        self.words_from(self.first)
    }

    /// The number of its words, up to `most`.
    pub fn count(&self, most: usize) -> usize {
        self.word_tokens().take(most).count()
    }

    /// Whether a token of it is one of some marks.
    pub(super) fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        at < self.end && self.words.tokens.get(at).is_some_and(|token| marks.contains(&token.slice(self.words.text)))
    }

    /// The phrases of boilerplate in its language.
    fn phrases(&self) -> &'w PhraseTable<BoilerplateRole> {
        &self.words.language().boilerplate
    }

    /// Whether the word at a token is a phrase with a role.
    pub(super) fn is_phrase(&self, at: usize, role: BoilerplateRole) -> bool {
        self.phrases().has(self.words.key(at), role)
    }

    /// The token behind the longest phrase at token `at` that has any of `roles`.
    pub(super) fn phrase(&self, at: usize, roles: &[BoilerplateRole]) -> Option<usize> {
        let count = self.phrases().longest(self.words_from(at).map(|at| self.words.key(at)), roles);
        self.token_behind(at, count)
    }

    /// The token behind the `count`th word from token `at`; `None` for the 0th.
    pub(super) fn token_behind(&self, at: usize, count: usize) -> Option<usize> {
        self.words_from(at).nth(count.checked_sub(1)?).map(|at| at + 1)
    }

    /// The token behind the longest phrase with a role that it begins with.
    pub(super) fn begins(&self, role: BoilerplateRole) -> Option<usize> {
        self.phrase(self.word_tokens().next()?, &[role])
    }

    /// Whether it ends with a phrase that has a role.
    pub(super) fn ends(&self, role: BoilerplateRole) -> bool {
        self.phrases().ends(self.word_tokens().rev().map(|at| self.words.key(at)), role)
    }

    /// Its length in bytes.
    fn length(&self) -> usize {
        let bounds =
            self.words.tokens.get(self.first).zip(self.end.checked_sub(1).and_then(|at| self.words.tokens.get(at)));
        bounds.filter(|_| self.first < self.end).map_or(0, |(first, last)| last.end - first.start)
    }

    /// The tokens of the words without a capital that are not short.
    pub(super) fn small(&self) -> impl Iterator<Item = usize> + use<'w, 't> {
        let words = self.words;
        self.word_tokens()
            .filter(move |&at| words.tokens[at].case == Case::Lower && words.folded(at).len() > SHORT_WORD)
    }

    /// Whether it ends as a sentence does.
    pub fn is_stopped(&self) -> bool {
        let mut last =
            self.tokens().rev().skip_while(|&at| self.is_mark(at, &["”", "\"", "’", "'", ")", "]", "»", "」"]));
        last.next().is_some_and(|at| self.words.tokens[at].kind == Kind::Stop)
    }

    /// Whether a sentence of running text is in it, or a line of one that is broken into lines.
    pub fn is_prose(&self) -> bool {
        let stop = || self.tokens().any(|at| self.words.tokens[at].kind == Kind::Stop);
        let length = self.length();
        length >= SHORTEST_PROSE && self.small().take(3).count() == 3 && (length >= LONG_PROSE || stop())
    }

    /// Whether it could be a link to another text: short enough, and no sentence.
    pub fn is_link(&self) -> bool {
        let last = self.end.checked_sub(1).map(|at| self.words.tokens[at]);
        let open = last.is_some_and(|token| token.kind == Kind::Comma || token.slice(self.words.text) == ".");
        self.length() <= LONGEST_LINK && !open
    }

    /// Whether its first word has no capital: it may go on from the line before.
    pub fn opens_small(&self) -> bool {
        self.word_tokens().next().is_some_and(|at| self.words.tokens[at].case == Case::Lower)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::TokenSpan;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    /// What `read` returns for the line that is all of a text.
    pub fn of_line<T>(text: &str, read: impl Fn(TokenSpan) -> T) -> T {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        read(TokenSpan::new(&words, 0..tokens.list.len()))
    }

    #[test]
    fn lines_are_classified_by_their_form() {
        assert!(of_line("The rebels have left the town, the army said on Monday.", |line| line.is_prose()));
        assert!(!of_line("Rebels Leave Town As Army Closes In On The City", |line| line.is_prose()));
        assert!(of_line("Rebels leave the town", |line| line.is_link()));
        assert!(!of_line("They left.", |line| line.is_link()));
        assert!(of_line("“They left.”", |line| line.is_stopped()) && !of_line("They left", |line| line.is_stopped()));
        assert!(of_line("and went home", |line| line.opens_small()));
        assert!(of_line("1. Home", |line| line.marked && line.count(9) == 1));
        assert!(!of_line("© 2016 The Paper", |line| line.marked));
    }
}
