//! Words that a language writes in one with an apostrophe between them: "l'Angleterre", "Bursa'nın".

use crate::fold::{fold, is_apostrophe};
use crate::language::Language;
use crate::token::{Case, Kind, Token, Tokens, case_of};

impl Tokens {
    /// Cuts words at their apostrophes as a language writes them: behind an elided word ("l'|Angleterre"), and before an ending of a name
    /// ("Bursa|'nın"), which becomes a token of the kind [`Kind::Possessive`].
    pub fn cut_at_apostrophes(&mut self, text: &str, language: &Language) {
        if language.elisions.iter().next().is_none() && language.apostrophe_endings.iter().next().is_none() {
            return;
        }
        let mut list = Vec::with_capacity(self.list.len());
        for token in self.list.drain(..) {
            match cut(&token, text, language) {
                Some(parts) => list.extend(parts),
                None => list.push(token),
            }
        }
        self.list = list;
    }
}

/// The two parts of a word with an apostrophe, if the language writes it as two.
fn cut(token: &Token, text: &str, language: &Language) -> Option<[Token; 2]> {
    let written = token.slice(text);
    let (at, apostrophe) =
        written.char_indices().find(|(_, c)| is_apostrophe(*c)).filter(|_| token.kind == Kind::Word)?;
    let behind = at + apostrophe.len_utf8();
    let (head, rest) = (written.get(..at)?, written.get(behind..)?);
    if language.elisions.contains(&fold(head)) && rest.starts_with(char::is_alphabetic) {
        let first = Token { end: token.start + behind, case: case_of(head), ..*token };
        return Some([first, Token { start: first.end, case: case_of(rest), opens: false, ..*token }]);
    }
    let name = head.chars().next().is_some_and(char::is_uppercase);
    (name && language.apostrophe_endings.contains(&fold(rest))).then(|| {
        let first = Token { end: token.start + at, case: case_of(head), ..*token };
        [first, Token { start: first.end, kind: Kind::Possessive, case: Case::Lower, opens: false, ..*token }]
    })
}
