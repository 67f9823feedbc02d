//! What kind of boilerplate a line or sentence is by its words: a label, a heading, a pointer, a credit.

use super::span::TokenSpan;
use crate::text::language::BoilerplateRole;
use crate::text::{Case, Kind};

/// The copyright sign between its brackets, where it is typed in ASCII.
const ASCII_COPYRIGHT: [&str; 2] = ["c", "C"];

/// Words of the longest byline.
const LONGEST_BYLINE: usize = 7;

/// Words of the longest heading over a list of links.
const LONGEST_HEADING: usize = 6;

/// Words of the longest pointer to another page.
const LONGEST_POINTER: usize = 20;

/// Words of the longest request to the reader.
const LONGEST_CALL: usize = 40;

/// Words of the longest line of credits.
const LONGEST_CREDIT: usize = 80;

/// Tokens of a copyright notice among which its year stands.
const COPYRIGHT_TOKENS: usize = 10;

impl TokenSpan<'_, '_> {
    /// Whether its words are no more than `most`.
    fn is_no_longer_than(&self, most: usize) -> bool {
        self.count(most + 1) <= most
    }

    /// Whether it is a byline: "By Jane Doe".
    pub fn is_byline(&self) -> bool {
        self.begins(BoilerplateRole::Byline).is_some() && self.is_no_longer_than(LONGEST_BYLINE)
    }

    /// Whether it is a link behind a label: "Read more: Rebels take Goma".
    pub fn is_labelled(&self) -> bool {
        const SIGNS: [&str; 9] = [":", "|", "»", "›", ">", "→", "-", "–", "—"];
        self.begins(BoilerplateRole::Label).is_some_and(|behind| self.is_mark(behind, &SIGNS))
    }

    /// Whether it is the heading of a list of links: "Most Popular", "More from Africa".
    pub fn is_heading(&self) -> bool {
        let alone = |behind: usize| behind == self.end || behind + 1 == self.end && self.is_mark(behind, &[":"]);
        let small =
            |at: usize| self.words.tokens[at].case == Case::Lower && !self.is_phrase(at, BoilerplateRole::HeadingWord);
        let titled = |behind: usize| {
            self.is_no_longer_than(LONGEST_HEADING) && !self.is_stopped() && !(behind..self.end).any(small)
        };
        self.begins(BoilerplateRole::Label).is_some_and(alone) || self.begins(BoilerplateRole::More).is_some_and(titled)
    }

    /// Whether it is a link to another page: "Read more about the floods in Larkana".
    pub fn is_pointer(&self) -> bool {
        self.begins(BoilerplateRole::Pointer).is_some() && self.is_no_longer_than(LONGEST_POINTER)
    }

    /// Whether it is a copyright notice: "© 2016 The Paper, London".
    pub fn is_copyright(&self) -> bool {
        let written = |at: usize| self.words.tokens.get(at).map_or("", |token| token.slice(self.words.text));
        let bracketed = self.is_mark(self.first, &["("])
            && ASCII_COPYRIGHT.contains(&written(self.first + 1))
            && self.is_mark(self.first + 2, &[")"]);
        let signed =
            bracketed || self.is_mark(self.first, &["©"]) || self.is_phrase(self.first, BoilerplateRole::Copyright);
        let year = |at: usize| {
            let number = written(at);
            number.len() == 4
                && (number.starts_with("19") || number.starts_with("20"))
                && self.words.tokens[at].kind == Kind::Number
        };
        signed && self.tokens().take(COPYRIGHT_TOKENS).any(year)
    }

    /// Whether it is a request to the reader: "Sign up for our Africa newsletter".
    pub fn is_call(&self) -> bool {
        let about = || self.word_tokens().any(|at| self.phrase(at, &[BoilerplateRole::Medium]).is_some());
        self.begins(BoilerplateRole::Call).is_some() && self.is_no_longer_than(LONGEST_CALL) && about()
    }

    /// Whether it is a line of credits: "(Reporting by Jane Doe in Goma)".
    pub fn is_credit(&self) -> bool {
        let credited = self.begins(BoilerplateRole::Credit).is_some() || self.ends(BoilerplateRole::Credit);
        credited
            && self.is_no_longer_than(LONGEST_CREDIT)
            && self.small().all(|at| self.is_phrase(at, BoilerplateRole::CreditWord))
    }
}

#[cfg(test)]
mod tests {
    use super::super::span::tests::of_line;
    use super::TokenSpan;

    type Test = fn(TokenSpan) -> bool;

    #[test]
    fn lines_are_classified_by_their_words() {
        let cases: [(&str, Test, bool); 17] = [
            ("By Jane Doe and John Roe", |line| line.is_byline(), true),
            ("By the time that they came the town had long been empty", |line| line.is_byline(), false),
            ("Read more: Rebels take Goma", |line| line.is_labelled(), true),
            ("Read more books this year", |line| line.is_labelled(), false),
            ("Editor's Picks", |line| line.is_heading(), true),
            ("More from the Guardian", |line| line.is_heading(), true),
            ("More from the people of Goma", |line| line.is_heading(), false),
            ("Read more about the floods in Larkana", |line| line.is_pointer(), true),
            ("© 2016 The Paper, London", |line| line.is_copyright(), true),
            ("(c) The Paper 2016", |line| line.is_copyright(), true),
            ("Copyright law changed in 17 countries", |line| line.is_copyright(), false),
            ("Sign up for our Africa newsletter", |line| line.is_call(), true),
            ("Sign up for our daily e-mail", |line| line.is_call(), true),
            ("Sign up for the army", |line| line.is_call(), false),
            ("(Reporting by Jane Doe in Goma)", |line| line.is_credit(), true),
            ("Jane Doe contributed reporting", |line| line.is_credit(), true),
            ("Reporting by satellite, the army watches every road", |line| line.is_credit(), false),
        ];
        for (text, is, expected) in cases {
            assert_eq!(of_line(text, is), expected, "{text}");
        }
    }
}
