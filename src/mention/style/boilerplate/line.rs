//! The lines of a text, as what shows a page's boilerplate.

use super::table::{LONGEST, Part, Parts};
use crate::text::Words;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind};
use std::ops::Range;

/// A stretch of tokens, a line or a sentence, that may be boilerplate.
#[derive(Clone, Copy)]
pub struct Stretch<'w, 't> {
    words: &'w Words<'t>,
    first: usize,
    end: usize,
    /// Whether a bullet or number stands before it.
    pub marked: bool,
}

impl<'w, 't> Stretch<'w, 't> {
    /// The tokens of `range`, without a bullet, bracket or number in front.
    pub fn of(words: &'w Words<'t>, range: Range<usize>) -> Self {
        let mut first = range.start;
        let kind = |at: usize| words.tokens.get(at).filter(|_| at < range.end).map(|token| token.kind);
        let sign = |at: usize| words.tokens.get(at).is_some_and(|token| matches!(token.of(words.text), "©" | "("));
        let numbered =
            kind(first) == Some(Kind::Number) && matches!(kind(first + 1), Some(Kind::Stop) | Some(Kind::Mark));
        first += if numbered { 2 } else { 0 };
        while matches!(kind(first), Some(Kind::Mark | Kind::Hyphen)) && !sign(first) {
            first += 1;
        }
        Stretch { words, first, end: range.end, marked: first > range.start }
    }

    fn tokens(&self) -> impl DoubleEndedIterator<Item = usize> + use<'w, 't> {
        self.first..self.end
    }

    /// The tokens that are words.
    fn own(&self) -> impl DoubleEndedIterator<Item = usize> + use<'w, 't> {
        let words = self.words;
        self.tokens().filter(move |&at| words.tokens[at].is_word())
    }

    /// The number of its words, as far as `most`.
    pub fn count(&self, most: usize) -> usize {
        self.own().take(most).count()
    }

    fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        at < self.end && self.words.tokens.get(at).is_some_and(|token| marks.contains(&token.of(self.words.text)))
    }

    fn length(&self) -> usize {
        let bounds =
            self.words.tokens.get(self.first).zip(self.end.checked_sub(1).and_then(|at| self.words.tokens.get(at)));
        bounds.filter(|_| self.first < self.end).map_or(0, |(first, last)| last.end - first.start)
    }

    /// The token behind the longest phrase at token `at` that is any of `wanted`.
    fn phrase(&self, at: usize, wanted: impl Into<Parts>) -> Option<usize> {
        let wanted = wanted.into();
        if !Parts::of(self.words.folded(at)).begin(wanted) {
            return None;
        }
        let mut phrase = String::new();
        let mut behind = None;
        for at in (at..self.end).filter(|&at| self.words.tokens[at].is_word()).take(LONGEST) {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(self.words.folded(at));
            if Parts::of(&phrase).any(wanted) {
                behind = Some(at + 1);
            }
        }
        behind
    }

    fn begins(&self, part: Part) -> Option<usize> {
        self.phrase(self.own().next()?, part)
    }

    fn ends(&self, part: Part) -> bool {
        let last = self.own().next_back().map_or(Parts::default(), |at| Parts::of(self.words.folded(at)));
        let mut phrase = String::new();
        last.end(part.into())
            && self.own().rev().take(LONGEST).any(|at| {
                phrase.insert_str(0, if phrase.is_empty() { "" } else { " " });
                phrase.insert_str(0, self.words.folded(at));
                part.is(&phrase)
            })
    }

    /// Whether it ends as a sentence does.
    pub fn is_stopped(&self) -> bool {
        let mut last =
            self.tokens().rev().skip_while(|&at| self.is_mark(at, &["”", "\"", "’", "'", ")", "]", "»", "」"]));
        last.next().is_some_and(|at| self.words.tokens[at].kind == Kind::Stop)
    }

    /// The words without a capital, of more than three letters.
    fn small(&self) -> impl Iterator<Item = &'w str> + use<'w, 't> {
        let words = self.words;
        self.own()
            .filter(move |&at| words.tokens[at].case == Case::Lower)
            .map(move |at| words.folded(at))
            .filter(|word| word.len() > 3)
    }

    /// Whether a sentence of running text is in it, or a line of one that is broken into lines.
    pub fn is_prose(&self) -> bool {
        let stop = || self.tokens().any(|at| self.words.tokens[at].kind == Kind::Stop);
        let long = self.length();
        long >= 45 && self.small().take(3).count() == 3 && (long >= 100 || stop())
    }

    /// Whether it could be a link to another text: short enough, and no sentence.
    pub fn is_link(&self) -> bool {
        let last = self.end.checked_sub(1).map(|at| self.words.tokens[at]);
        let open = last.is_some_and(|token| token.kind == Kind::Comma || token.of(self.words.text) == ".");
        self.length() <= 140 && !open
    }

    /// Whether its first word has no capital: it may go on from the line before.
    pub fn opens_small(&self) -> bool {
        self.own().next().is_some_and(|at| self.words.tokens[at].case == Case::Lower)
    }

    /// "By Jane Doe".
    pub fn is_byline(&self) -> bool {
        self.own().next().is_some_and(|at| self.words.folded(at) == "by") && self.count(8) <= 7
    }

    /// "Read more: Rebels take Goma".
    pub fn is_labelled(&self) -> bool {
        const SIGNS: [&str; 9] = [":", "|", "»", "›", ">", "→", "-", "–", "—"];
        self.begins(Part::Label).is_some_and(|behind| self.is_mark(behind, &SIGNS))
    }

    /// "Most Popular", "More from Africa": what stands over a list of links.
    pub fn is_heading(&self) -> bool {
        let alone = |behind: usize| behind == self.end || behind + 1 == self.end && self.is_mark(behind, &[":"]);
        let small = |at: usize| self.words.tokens[at].case == Case::Lower && self.words.folded(at) != "the";
        let named = |behind: usize| self.count(7) <= 6 && !self.is_stopped() && !(behind..self.end).any(small);
        self.begins(Part::Label).is_some_and(alone) || self.begins(Part::More).is_some_and(named)
    }

    /// "Read more about the floods in Larkana".
    pub fn is_pointer(&self) -> bool {
        self.begins(Part::Pointer).is_some() && self.count(21) <= 20
    }

    /// "© 2016 The Paper, London".
    pub fn is_copyright(&self) -> bool {
        let written = |at: usize| self.words.tokens.get(at).map_or("", |token| token.of(self.words.text));
        let bracketed = self.is_mark(self.first, &["("])
            && matches!(written(self.first + 1), "c" | "C")
            && self.is_mark(self.first + 2, &[")"]);
        let signed = bracketed || self.is_mark(self.first, &["©"]) || self.words.folded(self.first) == "copyright";
        let year = |at: usize| {
            let number = written(at);
            number.len() == 4
                && (number.starts_with("19") || number.starts_with("20"))
                && self.words.tokens[at].kind == Kind::Number
        };
        signed && self.tokens().take(10).any(year)
    }

    /// "Sign up for our Africa newsletter".
    pub fn is_call(&self) -> bool {
        let wanted = || self.own().any(|at| Part::Medium.is(self.words.folded(at)));
        self.begins(Part::Call).is_some() && self.count(41) <= 40 && wanted()
    }

    /// "(Reporting by Jane Doe in Goma)".
    pub fn is_credit(&self) -> bool {
        let told = || self.begins(Part::Credit).is_some() || self.ends(Part::Credit);
        told() && self.count(81) <= 80 && self.small().all(|word| Part::CreditWord.is(word))
    }

    /// Whether it is written as an entry of a menu: "War in Ukraine".
    pub fn is_entry(&self) -> bool {
        let plain = || {
            self.tokens().all(|at| {
                !matches!(self.words.tokens[at].kind, Kind::Comma | Kind::Number | Kind::Stop)
                    && !self.is_mark(at, &[":", "\"", "“"])
            })
        };
        (1..=4).contains(&self.count(5)) && self.end - self.first <= 8 && self.small().next().is_none() && plain()
    }

    /// Whether the whole of it is a phrase of menus; whether one that names no part of the world.
    pub fn known(&self) -> Option<bool> {
        let first = self.own().next()?;
        let rest = |behind: usize| (behind..self.end).all(|at| !self.words.tokens[at].is_word());
        let worldly = self.phrase(first, Part::Section).is_some_and(rest);
        let other = || self.menu_phrase(first).is_some_and(rest);
        if worldly { Some(false) } else { other().then_some(true) }
    }

    fn menu_phrase(&self, at: usize) -> Option<usize> {
        let count = self.words.phrase_at(at, Roles::BOILERPLATE);
        let listed =
            (at..self.end).filter(|&at| self.words.tokens[at].is_word()).nth(count.wrapping_sub(1)).map(|at| at + 1);
        listed.max(self.phrase(at, Part::Menu | Part::Label))
    }

    /// "Africa Americas Asia Pacific Europe", "International | UK | US | Australia": a menu in a line.
    pub fn is_bar(&self) -> bool {
        if self.count(41) > 40 || self.small().next().is_some() {
            return false;
        }
        let (mut phrases, mut covered, mut all, mut signs) = (0, 0, 0, 0);
        let mut at = self.first;
        while at < self.end {
            if matches!(self.words.tokens[at].kind, Kind::Comma | Kind::Stop | Kind::Number) {
                return false;
            }
            signs += usize::from(self.is_mark(at, &["|", "·", "•", "›", "»", ">", "/"]));
            let behind = self.words.tokens[at]
                .is_word()
                .then(|| self.phrase(at, Part::Section).max(self.menu_phrase(at)))
                .flatten();
            let next = behind.unwrap_or(at + 1).max(at + 1);
            let count = (at..next).filter(|&at| self.words.tokens[at].is_word()).count();
            all += count;
            if behind.is_some() {
                phrases += 1;
                covered += count;
            }
            at = next;
        }
        phrases >= 3 && covered * 2 >= all || signs >= 2 && phrases >= 2 && covered * 3 >= all
    }
}
