//! Mentions that the caller gives: no rule may refuse one.

use super::{Kind, Mention, Reason, Unplaced};
use crate::candidate;
use crate::document::Document;
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::text::{Case, Span, Tokens, case_of, fold};
use std::ops::Range;

/// Given mentions, looked up as they are written.
pub struct Given<'g> {
    /// The mentions in the order of the text, each with its index among the given spans, or `None` if it was not given and only
    /// provides context. A name that no place bears has no senses.
    pub mentions: Vec<(Option<usize>, Mention<'g>)>,
    /// The given spans that are no stretch of the text: empty or blank, ending before they begin, or reaching past the end.
    pub unplaced: Vec<Unplaced>,
}

/// Looks up the names at `spans`, given in bytes of the document's text, in any order and overlapping at will.
pub fn given<'g>(document: &Document, tokens: &Tokens, gazetteer: &'g Gazetteer, spans: &[Span]) -> Given<'g> {
    let mut given = Given { mentions: Vec::new(), unplaced: Vec::new() };
    let text = document.text.as_str();
    for (order, &span) in spans.iter().enumerate() {
        if span.slice(text).is_some_and(|name| !name.trim().is_empty()) {
            given.mentions.push((Some(order), mention(text, tokens, gazetteer, &span.range())));
        } else {
            let (kind, probability, reason) = (Kind::Place, 0.0, Reason::OutsideText);
            given.unplaced.push(Unplaced { order, span, kind, probability, reason });
        }
    }
    given.mentions.sort_by_key(|(order, mention)| (mention.start, mention.end, *order));
    given
}

/// A found mention less probable than this provides no context.
const SURE: f64 = 0.5;

impl<'g> Given<'g> {
    /// Adds as context the found mentions that are more probable than not and overlap no given mention: of "Moscow, Michigan" only
    /// "Moscow" may be given.
    pub fn in_context(mut self, others: Vec<Mention<'g>>) -> Self {
        let mut ends = 0;
        let taken: Vec<Range<usize>> = self.mentions.iter().map(|(_, mention)| mention.start..mention.end).collect();
        // For each given mention the furthest end up to it, so that an overlap is found with one look-up.
        let reach: Vec<usize> = taken
            .iter()
            .map(|range| {
                ends = ends.max(range.end);
                ends
            })
            .collect();
        let free = |other: &Mention<'_>| {
            let before = taken.partition_point(|range| range.start < other.end);
            other.probability >= SURE && before.checked_sub(1).is_none_or(|last| reach[last] <= other.start)
        };
        self.mentions.extend(others.into_iter().filter(free).map(|other| (None, other)));
        self.mentions.sort_by_key(|(order, mention)| (mention.start, mention.end, *order));
        self
    }
}

/// The mention at a span in bytes of the text.
fn mention<'g>(text: &str, tokens: &Tokens, gazetteer: &'g Gazetteer, span: &Range<usize>) -> Mention<'g> {
    let written = text.get(span.clone()).unwrap_or("");
    let stop = written.ends_with('.') || text.get(span.end..).is_some_and(|rest| rest.starts_with('.'));
    let unknown = || (fold(candidate::without_possessive(written)), Vec::new());
    let (name, mut senses) = candidate::exact(gazetteer, written).unwrap_or_else(unknown);
    keep(&mut senses, |kind| written_as(written, stop, kind));
    let demonym = senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
    keep(&mut senses, |kind| (kind == NameKind::Demonym) == demonym);
    keep(&mut senses, |kind| stop && kind == NameKind::Shortening);
    let first = tokens.list.partition_point(|token| token.end <= span.start);
    let last = tokens.list.partition_point(|token| token.start < span.end).saturating_sub(1).max(first);
    let kind = if demonym { Kind::Demonym } else { Kind::Place };
    Mention {
        start: span.start,
        end: span.end,
        first,
        last,
        kind,
        name: name.into(),
        senses: senses.into(),
        probability: 1.0,
        metonymic: false,
        modified: false,
        reach: None,
    }
}

/// Keeps the senses whose kind of name fits; all if none does.
fn keep(senses: &mut Vec<(PlaceRef<'_>, NameKind)>, fits: impl Fn(NameKind) -> bool) {
    if senses.iter().any(|(_, kind)| fits(*kind)) {
        senses.retain(|(_, kind)| fits(*kind));
    }
}

/// Whether a name is written as its kind must be: an abbreviation in capitals, a shortening with its full stop.
fn written_as(written: &str, stop: bool, kind: NameKind) -> bool {
    match kind {
        NameKind::Abbreviation => case_of(written) == Case::Upper,
        NameKind::Shortening => stop,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::given;
    use crate::document::Document;
    use crate::text::{Span, tokenise};
    use toponym_languages::languages;

    #[test]
    fn spans_outside_the_text_are_unplaced() {
        let gazetteer = crate::embedded().expect("opens");
        let document = Document::new("", "Xyzzy  Aleppo");
        let found = given(
            &document,
            &tokenise(&document.text, languages()),
            &gazetteer,
            &[7..13, 5..7, 0..5, 9..99].map(Span::from),
        );
        let names: Vec<_> = found.mentions.iter().map(|(order, m)| (*order, &*m.name)).collect();
        assert_eq!(names, [(Some(2), "xyzzy"), (Some(0), "aleppo")]);
        assert!(found.mentions[0].1.senses.is_empty());
        let outside: Vec<_> = found.unplaced.iter().map(|u| (u.order, u.span)).collect();
        assert_eq!(outside, [(1, Span::new(5, 7)), (3, Span::new(9, 99))]);
    }

    #[test]
    fn context_overlaps_no_given_mention() {
        let gazetteer = crate::embedded().expect("opens");
        let document = Document::new("", "Moscow, Michigan, and Moscow, Idaho");
        let tokens = tokenise(&document.text, languages());
        let all = given(&document, &tokens, &gazetteer, &[0..6, 8..16, 22..28, 30..35].map(Span::from)).mentions;
        let all = all.into_iter().map(|(_, mention)| mention).collect();
        let found = given(&document, &tokens, &gazetteer, &[22..28, 0..16].map(Span::from)).in_context(all);
        let spans: Vec<_> = found.mentions.iter().map(|(order, m)| (*order, m.start..m.end)).collect();
        assert_eq!(spans, [(Some(1), 0..16), (Some(0), 22..28), (None, 30..35)]);
    }
}
