//! Mentions that somebody else has found: no rule may refuse one, so the name is looked for under every form it may have.

use super::{Kind, Mention, lexicon};
use crate::gazetteer::{Gazetteer, NameKind, Place};
use crate::text::lexicon::Roles;
use crate::text::{ByteOffsets, Case, Tokens, case_of, fold};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// A mention without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Which of the mentions, from 0.
    pub order: usize,
    /// Where it stands, in code points; what was given may lie outside the text.
    pub span: Range<usize>,
    /// Why it has no place.
    pub reason: Reason,
}

/// Why a mention has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Its span is empty or blank, ends before it begins, or reaches past the text.
    OutsideText,
    /// The gazetteer has no such name.
    UnknownName,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::OutsideText => "the span is not a stretch of the text",
            Reason::UnknownName => "no place of this name is in the gazetteer",
        })
    }
}

/// Given mentions, looked up.
pub struct Given<'g> {
    /// Those that some place bears, in the order of the text, each with its number among those given.
    pub mentions: Vec<(usize, Mention<'g>)>,
    /// The others, in the order given.
    pub unplaced: Vec<Unplaced>,
}

/// Looks up the names at `spans`, given in code points, in any order and overlapping at will.
pub fn given<'g>(text: &str, tokens: &Tokens, gazetteer: &'g Gazetteer, spans: &[Range<usize>]) -> Given<'g> {
    let mut given = Given { mentions: Vec::new(), unplaced: Vec::new() };
    let bytes = ByteOffsets::new(text);
    for (order, span) in spans.iter().enumerate() {
        let stretch = bytes.range(span.start, span.end).ok_or(Reason::OutsideText);
        match stretch.and_then(|stretch| mention(text, tokens, gazetteer, &stretch)) {
            Ok(mention) => given.mentions.push((order, mention)),
            Err(reason) => given.unplaced.push(Unplaced { order, span: span.clone(), reason }),
        }
    }
    given.mentions.sort_by_key(|(order, mention)| (mention.start, mention.end, *order));
    given
}

fn mention<'g>(
    text: &str,
    tokens: &Tokens,
    gazetteer: &'g Gazetteer,
    span: &Range<usize>,
) -> Result<Mention<'g>, Reason> {
    let written = text.get(span.clone()).filter(|written| !written.trim().is_empty()).ok_or(Reason::OutsideText)?;
    let stop = written.ends_with('.') || text[span.end..].starts_with('.');
    let (name, mut senses) = named(gazetteer, written).ok_or(Reason::UnknownName)?;
    keep(&mut senses, |kind| written_as(written, stop, kind));
    let demonym = senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
    keep(&mut senses, |kind| (kind == NameKind::Demonym) == demonym);
    keep(&mut senses, |kind| stop && kind == NameKind::Shortening);
    let first = tokens.list.partition_point(|token| token.end <= span.start);
    let last = tokens.list.partition_point(|token| token.start < span.end).saturating_sub(1).max(first);
    let kind = if demonym { Kind::Demonym } else { Kind::Place };
    Ok(Mention {
        start: span.start,
        end: span.end,
        first,
        last,
        kind,
        name,
        senses,
        probability: 1.0,
        metonymic: false,
        modified: false,
    })
}

pub(super) type Senses<'g> = Vec<(Place<'g>, NameKind)>;

/// Keeps the senses whose kind of name fits, if any does.
fn keep(senses: &mut Senses<'_>, fits: impl Fn(NameKind) -> bool) {
    if senses.iter().any(|(_, kind)| fits(*kind)) {
        senses.retain(|(_, kind)| fits(*kind));
    }
}

/// Abbreviations stand in capitals, words cut short before a stop.
fn written_as(written: &str, stop: bool, kind: NameKind) -> bool {
    match kind {
        NameKind::Abbreviation => case_of(written) == Case::Upper,
        NameKind::Shortening => stop,
        _ => true,
    }
}

/// The places that bear the name, under the first of its forms that any place bears.
pub(super) fn named<'g>(gazetteer: &'g Gazetteer, written: &str) -> Option<(String, Senses<'g>)> {
    let exact = |name: String| {
        let senses: Senses<'g> = gazetteer.named(&name).collect();
        (!senses.is_empty()).then_some((name, senses))
    };
    let folded = fold(without_possessive(written));
    let generic = || {
        let names = without_generic(&folded).into_iter().filter_map(exact);
        names.max_by_key(|(name, _)| name.len()).or_else(|| with_generic(gazetteer, &folded))
    };
    exact(fold(written)).or_else(|| exact(folded.clone())).or_else(generic).or_else(|| alike(gazetteer, &folded))
}

/// The places whose name sounds most like this one.
fn alike<'g>(gazetteer: &'g Gazetteer, folded: &str) -> Option<(String, Senses<'g>)> {
    let hits = gazetteer.romanised(folded, ALIKE);
    let best = hits.iter().map(|hit| hit.found.likeness()).max_by(f64::total_cmp)?;
    let hits = hits.iter().filter(|hit| hit.found.likeness() >= best);
    Some((folded.to_owned(), hits.map(|hit| (hit.place, hit.kind)).collect()))
}

/// How alike the sounds of two spellings must be, of 1: the mention is known to be a place, its name is not.
const ALIKE: f64 = 0.85;

/// The name without `'s`, or the apostrophe alone, at its end.
fn without_possessive(written: &str) -> &str {
    let written = written.trim();
    let bare = written.strip_suffix(['s', 'S']).unwrap_or(written);
    bare.strip_suffix(['\'', '’', '‘', '`']).unwrap_or(written)
}

/// The name less the generic words before it ("city of") and after it ("province").
fn without_generic(folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let generic = |phrase: &[&str], role| phrase.is_empty() || lexicon().roles(&phrase.join(" ")).any(role);
    let mut forms = Vec::new();
    for head in (0..words.len()).filter(|&head| generic(&words[..head], Roles::PLACE_BEFORE | Roles::WEAK_BEFORE)) {
        for tail in (head + 1..=words.len()).filter(|&tail| generic(&words[tail..], Roles::PLACE_AFTER)) {
            forms.push(words[head..tail].join(" ").trim_end_matches(',').to_owned());
        }
    }
    forms
}

/// The places whose name is this one with a generic word after it: "Avoyelles" is Avoyelles Parish.
fn with_generic<'g>(gazetteer: &'g Gazetteer, folded: &str) -> Option<(String, Senses<'g>)> {
    static GENERIC: OnceLock<Vec<String>> = OnceLock::new();
    let generic = GENERIC.get_or_init(|| lexicon().phrases(Roles::PLACE_AFTER));
    let senses: Senses<'g> =
        generic.iter().flat_map(|word| gazetteer.named(&format!("{folded} {word}")).collect::<Vec<_>>()).collect();
    (!senses.is_empty()).then(|| (folded.to_owned(), senses))
}

#[cfg(test)]
mod tests {
    use super::{without_generic, without_possessive};

    #[test]
    fn possessives_go() {
        for (written, bare) in [("Aleppo's", "Aleppo"), ("Texas’", "Texas"), ("Texas", "Texas"), ("Paris", "Paris")] {
            assert_eq!(without_possessive(written), bare);
        }
    }

    #[test]
    fn generic_words_go_before_and_behind() {
        assert!(without_generic("aleppo province").contains(&"aleppo".to_owned()));
        assert!(without_generic("the city of aleppo").contains(&"aleppo".to_owned()));
        assert_eq!(without_generic("aleppo"), ["aleppo"]);
        assert_eq!(without_generic("province"), ["province"], "a name is more than its generic word");
    }
}
