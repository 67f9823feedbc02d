//! The entries of menus, each on a line or several in one.

use super::span::TokenSpan;
use crate::text::Kind;
use crate::text::language::BoilerplateRole;
use crate::text::lexicon::Roles;

/// Words of the longest entry of a menu that has a line of its own.
const LONGEST_ENTRY: usize = 4;

/// Tokens of the longest such entry.
const LONGEST_ENTRY_TOKENS: usize = 8;

/// Words of the longest menu in a line.
const LONGEST_BAR: usize = 40;

/// What parts the entries of a menu in a line.
const BAR_SIGNS: [&str; 7] = ["|", "·", "•", "›", "»", ">", "/"];

/// An entry that menus of other pages have too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownEntry {
    /// A part of the world: "Middle East".
    Section,
    /// Any other: "Sport".
    Other,
}

impl TokenSpan<'_, '_> {
    /// Whether it is written as an entry of a menu: "War in Ukraine".
    pub fn is_entry(&self) -> bool {
        let plain = || {
            self.tokens().all(|at| {
                !matches!(self.words.tokens[at].kind, Kind::Comma | Kind::Number | Kind::Stop)
                    && !self.is_mark(at, &[":", "\"", "“"])
            })
        };
        (1..=LONGEST_ENTRY).contains(&self.count(LONGEST_ENTRY + 1))
            && self.end - self.first <= LONGEST_ENTRY_TOKENS
            && self.small().next().is_none()
            && plain()
    }

    /// What entry of other menus the whole of it is, if it is one.
    pub fn known_entry(&self) -> Option<KnownEntry> {
        let first = self.word_tokens().next()?;
        let whole = |behind: usize| self.words_from(behind).next().is_none();
        if self.phrase(first, &[BoilerplateRole::Section]).is_some_and(whole) {
            return Some(KnownEntry::Section);
        }
        self.menu_phrase(first).is_some_and(whole).then_some(KnownEntry::Other)
    }

    /// The token behind the longest phrase of menus and buttons at token `at`.
    fn menu_phrase(&self, at: usize) -> Option<usize> {
        let button = self.token_behind(at, self.words.phrase_at(at, Roles::BOILERPLATE));
        button.max(self.phrase(at, &[BoilerplateRole::Menu, BoilerplateRole::Label]))
    }

    /// Whether it is a menu in a line: "Africa Americas Asia Pacific Europe", "International | UK | US | Australia".
    pub fn is_bar(&self) -> bool {
        if self.count(LONGEST_BAR + 1) > LONGEST_BAR || self.small().next().is_some() {
            return false;
        }
        let (mut phrases, mut covered, mut all, mut signs) = (0, 0, 0, 0);
        let mut at = self.first;
        while at < self.end {
            if matches!(self.words.tokens[at].kind, Kind::Comma | Kind::Stop | Kind::Number) {
                return false;
            }
            signs += usize::from(self.is_mark(at, &BAR_SIGNS));
            let is_word = self.words.tokens[at].is_word();
            let longest = || self.phrase(at, &[BoilerplateRole::Section]).max(self.menu_phrase(at));
            let behind = is_word.then(longest).flatten();
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

#[cfg(test)]
mod tests {
    use super::super::span::tests::of_line;
    use super::KnownEntry;

    #[test]
    fn entries_are_short_and_some_are_known() {
        assert!(of_line("War in Ukraine", |line| line.is_entry()));
        for text in ["Rebels take Goma, again", "The rebels left town", "Rebels Take A Town In Syria"] {
            assert!(!of_line(text, |line| line.is_entry()), "{text}");
        }
        let known = |text| of_line(text, |line| line.known_entry());
        assert_eq!(known("Middle East"), Some(KnownEntry::Section));
        assert_eq!(known("Environment"), Some(KnownEntry::Other));
        assert_eq!(known("Middle East Peace"), None);
    }

    #[test]
    fn a_bar_is_mostly_known_entries() {
        let is_bar = |text| of_line(text, |line| line.is_bar());
        assert!(is_bar("Africa Americas Asia Pacific Europe"));
        assert!(is_bar("International | UK | US | Australia"));
        assert!(!is_bar("Africa, Asia and Europe"));
        assert!(!is_bar("Rebels in Africa"));
    }
}
