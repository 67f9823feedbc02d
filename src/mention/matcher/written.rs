//! Whether words are written as a name is: with capitals, as an abbreviation, whole.

use super::stop_after;
use crate::gazetteer::NameKind;
use crate::mention::style::Style;
use crate::mention::unspaced::is_dot;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind, Token, Words};

/// Bytes of the longest article without a capital that begins a name: "al-Bab".
const LONGEST_ARTICLE: usize = 3;

/// Letters of the shortest name.
const SHORTEST_NAME: usize = 2;

/// Whether a name may begin at a token.
pub fn may_start(words: &Words, at: usize, style: Style) -> bool {
    let token = &words.tokens[at];
    match token.kind {
        Kind::Unspaced => true,
        Kind::Word => match token.case {
            Case::Capitalised | Case::Upper | Case::None => true,
            Case::Lower => style == Style::Small || words.is_behind(at, "#") || is_article_before_capital(words, at),
        },
        _ => false,
    }
}

/// Whether a short word without a capital, and not of the language, is joined to a word with one: "al-Bab", "el-Geneina". Any
/// such word counts, since names keep the articles of more languages than there are packs.
fn is_article_before_capital(words: &Words, at: usize) -> bool {
    words.folded(at).len() <= LONGEST_ARTICLE
        && words.next(at).is_some_and(|next| {
            words.has_capital(next)
                && words.tokens[next].start == words.tokens[at].end + 1
                && !words.roles(at).any(Roles::ENGLISH)
        })
}

/// Whether the words from token `first` to token `last` are cased as a name is in a sentence of this style. A single letter and
/// a lone mark are no names.
pub fn written_as_name(words: &Words, first: usize, last: usize, style: Style) -> bool {
    let token = &words.tokens[last];
    if token.kind == Kind::Possessive && first + 1 == last {
        // "Jordan's" is Jordan, not the village of Jordans.
        return false;
    }
    let letters: usize = (first..=last).map(|at| words.folded(at).chars().count()).sum();
    if is_dot(words, first) || is_dot(words, last) || letters < SHORTEST_NAME || cuts_katakana(words, first, last) {
        return false;
    }
    match token.case {
        Case::Lower if style != Style::Small && token.kind != Kind::Possessive => {
            words.roles(last).is_place_type() || first == last && words.is_behind(last, "#")
        }
        _ => true,
    }
}

/// Whether the name is a piece of a longer run of katakana, which writes each foreign word as one run.
fn cuts_katakana(words: &Words, first: usize, last: usize) -> bool {
    let at = |at: Option<usize>| at.and_then(|at| words.tokens.get(at)).filter(|t| t.kind == Kind::Unspaced);
    let katakana = |t: &Token| {
        t.slice(words.text).starts_with(|c| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{ff66}'..='\u{ff9f}'))
    };
    let joined = |a: Option<&Token>, b: Option<&Token>| {
        a.zip(b).is_some_and(|(a, b)| a.end == b.start && katakana(a) && katakana(b))
    };
    joined(at(first.checked_sub(1)), at(Some(first))) || joined(at(Some(last)), at(Some(last + 1)))
}

/// Whether the words are written as a name of this kind must be: abbreviations in capitals, shortenings with a capital and
/// their full stop.
pub fn written_as(words: &Words, first: usize, last: usize, style: Style, kind: NameKind) -> bool {
    match kind {
        NameKind::Abbreviation => {
            let mut own = (first..=last).filter(|&at| words.tokens[at].kind == Kind::Word);
            // "u.s." can be nothing else, "us" can.
            own.all(|at| {
                let written = words.tokens[at].slice(words.text);
                words.tokens[at].case == Case::Upper || style == Style::Small && written.contains('.')
            })
        }
        NameKind::Shortening => words.has_capital(first) && stop_after(words, last).is_some(),
        _ => true,
    }
}
