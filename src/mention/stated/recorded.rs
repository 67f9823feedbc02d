//! Names in rows of one shape, with a date or a figure before or behind each: "3 April Dublin; 5 April Belfast; 8 April Glasgow", "Davos 64;
//! Chamonix 88; Innsbruck 12".

use super::{Found, SENSES, SHOWN};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::Kind;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::tagger::{Class, Tagged};
use crate::text::Kind as TokenKind;

/// The least prominence of the place of an item.
const LEAST_KNOWN: f64 = 3.5;

/// Items that are too few to show what they are.
const FEW: usize = 2;

/// Tokens before and behind the name of an item, at most.
const WIDEST: usize = 8;

/// The least probability, of a name beside others in a row, that makes it likely to be a place.
const LIKELY: f64 = 0.25;

/// Whether the tagger gives exactly this name a probability to be a place that is not small. `weak` is in the order of the text.
fn is_likely(weak: &[Tagged], name: &GazetteerMatch<'_>) -> bool {
    let from = weak.partition_point(|own| own.first < name.first);
    let same = weak.get(from).filter(|own| (own.first, own.last) == (name.first, name.last));
    same.is_some_and(|own| own.class == Class::Place && own.probability >= LIKELY)
}

/// An item: a name between two separators, with nothing but figures and dates beside it.
struct Item<'m, 'g> {
    name: &'m GazetteerMatch<'g>,
    /// The first token of the item, and that of the next.
    tokens: (usize, usize),
    /// Whether figures or dates stand before the name, and behind it.
    figures: (bool, bool),
    /// Whether they are dates or times.
    dated: bool,
}

impl<'g> Found<'_, '_, 'g> {
    /// All names of rows of more than two items, if they have dates or at least a third of them are places anyhow, or are likely to be by
    /// `weak`, the tagger's places with those below its threshold.
    pub fn add_recorded(&mut self, weak: &[Tagged]) {
        let matches = self.matches;
        let items: Vec<Item<'_, 'g>> = matches.iter().filter_map(|name| self.item(name)).collect();
        let rows = items.chunk_by(|a, b| a.tokens.1 == b.tokens.0 && a.figures == b.figures && a.dated == b.dated);
        for row in rows.filter(|row| row.len() > FEW) {
            let place = |item: &&Item<'_, '_>| self.is_place(item.name) || is_likely(weak, item.name);
            if row[0].dated || row.iter().filter(place).count() * 3 >= row.len() {
                row.iter().for_each(|item| self.add_or_raise(item.name, SHOWN));
            }
        }
    }

    /// The item that a name of a known place is in.
    fn item<'m>(&self, name: &'m GazetteerMatch<'g>) -> Option<Item<'m, 'g>> {
        let known =
            |(place, kind): &(PlaceRef<'_>, NameKind)| *kind != NameKind::Demonym && place.prominence() >= LEAST_KNOWN;
        let tokens = &self.words.tokens;
        let sentence = tokens[name.first].sentence;
        let in_item = |at: &usize| tokens[*at].sentence == sentence && !self.separates(*at);
        // Whatever goes on behind the widest item is none.
        let before = (0..name.first).rev().take_while(in_item).take(WIDEST).count();
        let behind = (name.last + 1..tokens.len()).take_while(in_item).take(WIDEST).count();
        if before.max(behind) == WIDEST {
            return None;
        }
        let (start, end) = (name.first - before, name.last + 1 + behind);
        let is_figure = |at: usize| tokens[at].kind == TokenKind::Number || self.is_dated(at);
        let figures = ((start..name.first).any(is_figure), (name.last + 1..end).any(is_figure));
        if figures == (false, false) {
            return None;
        }
        // A unit is a word behind a figure: "12 mm".
        let is_unit = |at: usize| at > start && is_figure(at - 1) && !self.words.has_capital(at);
        let fits = |at: usize| !tokens[at].is_word() || is_figure(at) || is_unit(at);
        let plain = || name.senses.iter().take(SENSES).any(known) && self.is_no_word(name);
        let beside = || (start..name.first).chain(name.last + 1..end);
        let sound = beside().all(fits) && (self.is_place(name) || plain());
        let next = end + usize::from(end < tokens.len() && self.separates(end));
        let dated = beside().any(|at| self.is_dated(at));
        sound.then_some(Item { name, tokens: (start, next), figures, dated })
    }

    fn is_place(&self, name: &GazetteerMatch<'_>) -> bool {
        self.mention_at(name.first).is_some_and(|own| own.kind == Kind::Place && own.last == name.last)
    }

    /// Whether a mark ends an item.
    fn separates(&self, at: usize) -> bool {
        let token = &self.words.tokens[at];
        matches!(token.kind, TokenKind::Comma | TokenKind::Stop)
            || matches!(token.mark(self.words.text), ";" | "；" | "|" | ":")
    }
}
