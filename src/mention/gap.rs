//! What stands between two mentions that follow each other in the text: a container cue ("Paris in Texas"), a separator of a list, or
//! neither.

use super::Mention;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::text::language::FunctionRole;
use crate::text::language::containers::{GENITIVE, GapPart};
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind as TokenKind, Words, hash};
use std::ops::RangeInclusive;

/// What the gap behind a mention says of it and the mention that follows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap {
    /// How surely the following mention contains it.
    pub behind: f32,
    /// How surely it contains the following mention.
    pub before: f32,
    /// How surely it lies beside the following mention.
    pub near: f32,
    /// Whether it says that the mention is a settlement in the following one.
    pub says_settlement: bool,
    /// The separator, if the two may be items of a list, or one item.
    pub separator: Option<Separator>,
}

/// What separates the items of a list, and the parts of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// A comma alone: it separates items as well as a name from its container.
    Comma,
    /// A conjunction, with or without a comma: it separates items.
    Conjunction,
    /// A semicolon or a bar: it separates items that have commas of their own.
    Break,
    /// A slash or an arrow: it separates items, or the levels of one.
    Level,
}

/// The strength of "City, State".
pub const COMMA: f32 = 4.0;

/// Wider gaps than this, in bytes, say nothing.
const WIDEST: usize = 60;

impl Gap {
    /// Reads the gap between two mentions that follow each other.
    pub fn new(words: &Words<'_>, one: &Mention<'_>, other: &Mention<'_>) -> Self {
        let Some(parts) = parts(words, one, other) else { return Gap::default() };
        if parts.is_empty() && is_postal(words, (one.last, &one.senses), (other.first..=other.last, &other.senses)) {
            return Gap { behind: COMMA, separator: Some(Separator::Comma), ..Gap::default() };
        }
        let cues = &words.language().containers;
        Gap {
            behind: cues.behind(&parts),
            before: cues.before(&parts),
            near: cues.near(&parts),
            says_settlement: cues.says_settlement(&parts),
            separator: separator(words, &parts),
        }
    }

    /// Whether the gap says in words or brackets that the following mention contains it.
    pub fn is_outright_behind(&self) -> bool {
        self.separator.is_none() && self.behind >= OUTRIGHT
    }

    /// Whether the two are items of a list, so that neither lies in the other. A comma alone may stand before what contains a place.
    pub fn is_between_peers(&self) -> bool {
        self.separator.is_some_and(|separator| separator != Separator::Comma)
    }

    /// Whether the gap says in words that it contains the following mention.
    pub fn is_outright_before(&self) -> bool {
        self.before >= OUTRIGHT
    }
}

/// Whether a word follows a mention without a mark between: "In Aleppo, Turkey backs them".
pub fn word_follows(words: &Words<'_>, mention: &Mention<'_>) -> bool {
    let behind = words.tokens.iter().skip(mention.last + 1).find(|token| token.start >= mention.end);
    behind.is_some_and(|token| token.slice(words.text).starts_with(char::is_alphanumeric))
}

/// Whether the name behind that of a place is the code of a division which has such a place, as addresses write it: "Paris TX 75460",
/// "Hamilton ON L8P 1A1". In capitals, a word of the language is none: "PORTLAND OR SALEM". Of the place's name the last token is given,
/// of the code's all, and of both the senses.
pub fn is_postal(
    words: &Words<'_>,
    (last, places): (usize, &[(PlaceRef<'_>, NameKind)]),
    (tokens, codes): (RangeInclusive<usize>, &[(PlaceRef<'_>, NameKind)]),
) -> bool {
    let code = last + 1;
    let in_capitals = |at: usize| words.tokens[at].case == Case::Upper;
    if tokens != (code..=code) || !in_capitals(code) || in_capitals(last) && words.roles(code).any(Roles::ENGLISH) {
        return false;
    }
    let spaced = words.tokens[last].end < words.tokens[code].start;
    // "Qld" is written so, too, and is a variant.
    let is_code = |kind: NameKind| kind != NameKind::Primary && words.folded(code).len() <= LONGEST_CODE;
    let mut divisions = codes.iter().filter(|(own, kind)| is_code(*kind) && own.is_division1()).map(|(own, _)| own);
    spaced && divisions.any(|division| places.iter().any(|(place, _)| division.contains(place)))
}

/// Letters of a code in an address, at most.
const LONGEST_CODE: usize = 3;

/// The strength from which on a cue leaves no doubt: "Springfield in Ohio", "the Ohio town of Springfield".
const OUTRIGHT: f32 = 2.5;

fn separator(words: &Words<'_>, parts: &[GapPart]) -> Option<Separator> {
    let conjunction = |key: u64| words.language().function_words.has(key, FunctionRole::Conjunction);
    let mut found = None;
    for part in parts {
        let key = part.key?;
        let own = match SIGNS.iter().find(|(sign, _)| key == hash(sign)) {
            Some((_, separator)) => *separator,
            None => conjunction(key).then_some(Separator::Conjunction)?,
        };
        found = match (found, own) {
            (None, own) => Some(own),
            (Some(Separator::Comma), Separator::Conjunction) => Some(Separator::Conjunction),
            (Some(Separator::Break), Separator::Conjunction) => Some(Separator::Break),
            _ => return None,
        };
    }
    found
}

/// Signs that separate.
const SIGNS: [(&str, Separator); 8] = [
    (",", Separator::Comma),
    (";", Separator::Break),
    ("|", Separator::Break),
    ("→", Separator::Break),
    ("•", Separator::Break),
    ("&", Separator::Conjunction),
    ("/", Separator::Level),
    (">", Separator::Level),
];

/// Marks as Western scripts have them: the tables of all languages write these.
fn western(mark: &str) -> &str {
    match mark {
        "،" | "，" => ",",
        // What separates the items of a list and nothing else.
        "؛" | "；" | "、" => ";",
        "（" => "(",
        "）" => ")",
        "：" => ":",
        mark => mark,
    }
}

/// The parts of the gap between two mentions; `None` if it is too wide, if the mentions overlap, or if a sentence ends between them.
fn parts(words: &Words<'_>, one: &Mention<'_>, other: &Mention<'_>) -> Option<Vec<GapPart>> {
    let (start, end) = (one.end, other.start);
    end.checked_sub(start).filter(|bytes| *bytes <= WIDEST)?;
    let sentence = |at: usize| words.tokens.get(at).map(|token| token.sentence);
    if sentence(one.last) != sentence(other.first) {
        return None;
    }
    let mut parts: Vec<GapPart> = Vec::new();
    let mut part_end = None;
    let tokens = words.tokens.iter().enumerate().skip(one.last + 1).skip_while(|(_, token)| token.start < start);
    for (at, token) in tokens.take_while(|(_, token)| token.start < end) {
        let written = token.mark(words.text);
        let key = match token.kind {
            TokenKind::Possessive => hash(GENITIVE),
            _ if token.is_word() => words.key(at),
            _ => hash(western(written)),
        };
        // "8,000" is one word.
        let clause_mark = !token.is_word() && western(written).contains(['.', ';', ',']);
        let joint = written.contains(['-', '/']);
        match parts.last_mut().filter(|_| part_end == Some(token.start)) {
            Some(part) => {
                *part = GapPart { key: None, clause_mark: part.clause_mark | clause_mark, joint: part.joint | joint }
            }
            None => parts.push(GapPart { key: Some(key), clause_mark, joint }),
        }
        part_end = Some(token.end);
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{COMMA, Gap, Separator};
    use crate::document::Document;
    use crate::mention::given;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    /// The gap between the first and the last word of a text.
    fn gap(text: &str) -> Gap {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let (head, tail) = (text.find(|c: char| !c.is_alphanumeric()), text.rfind(|c: char| !c.is_alphanumeric()));
        let spans = [0..head.expect("two words"), tail.expect("two words") + 1..text.len()];
        let given = given(&Document::new("", text), &tokens, &gazetteer, &spans.map(Into::into));
        Gap::new(&words, &given.mentions[0].1, &given.mentions[1].1)
    }

    #[test]
    fn separators_are_told_from_cues() {
        for (text, separator) in [
            ("Homs, Hama", Separator::Comma),
            ("Homs and Hama", Separator::Conjunction),
            ("Homs, and Hama", Separator::Conjunction),
            ("Homs; Hama", Separator::Break),
            ("Homs > Hama", Separator::Level),
            ("حلب، حمص", Separator::Comma),
        ] {
            assert_eq!(gap(text).separator, Some(separator), "{text}");
        }
        assert_eq!(gap("Homs near Hama").separator, None);
    }

    #[test]
    fn cues_say_how_two_places_lie() {
        assert!(gap("Paris in Texas").is_outright_behind() && !gap("Paris, Texas").is_outright_behind());
        assert_eq!(gap("Paris, Texas").behind, COMMA);
        assert!(gap("Ohio's Springfield").is_outright_before());
        assert!(gap("Xyzzy near Homs").near > 0.0);
        assert_eq!(gap("Paris thanked and praised Texas"), Gap::default());
    }
}
