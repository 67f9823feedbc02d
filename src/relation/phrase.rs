//! Words -> matches: the patterns of the grammar at the resolved mentions of a document.

use super::grammar::Grammar;
use super::measure::{Distance, distance, untold};
use super::pattern::{Class, Element, End, Node};
use super::reader::Reader;
use super::shape::Shape;
use crate::mention::Kind;
use crate::text::{Kind as TokenKind, Token};
use std::collections::BTreeMap;

/// A pattern found in a text.
#[derive(Clone, Debug)]
pub struct Match {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// The construct.
    pub relation: &'static str,
    /// What it means on the ground.
    pub shape: Shape,
    /// The mentions that it is relative to, as indexes.
    pub anchors: Vec<usize>,
    /// The bearing said, in degrees.
    pub bearing: Option<f64>,
    /// The distance said.
    pub distance: Option<Distance>,
}

/// A pattern begins at most this many tokens before its first anchor: "about 30 kilometres (19 miles) to the north-east of
/// the besieged northern city of".
const REACH: usize = 22;

/// Words of an anchor's lead-in: "the besieged Syrian port city of".
const LONGEST_LEAD: usize = 6;

/// The matches in a text, in its order, the longest of those that overlap.
pub fn matches(reader: &Reader, grammar: &Grammar) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let mut tried = 0;
    for resolved in reader.places {
        let first = resolved.mention.first;
        // What begins farther back than the mention before has been tried from there.
        for start in first.saturating_sub(REACH).max(tried)..=first {
            if reader.same_sentence(start, first) && may_begin(reader, grammar, start) {
                found.extend(longest_at(reader, grammar, start));
            }
        }
        tried = tried.max(first + 1);
    }
    found.sort_by_key(|m| (std::cmp::Reverse(m.last - m.first), m.first));
    let mut kept: BTreeMap<usize, Match> = BTreeMap::new();
    for m in found {
        // None of those kept overlap, so the last that begins before this one's end tells for all.
        if kept.range(..=m.last).next_back().is_none_or(|(_, other)| other.last < m.first) {
            kept.insert(m.first, m);
        }
    }
    kept.into_values().collect()
}

/// Whether a pattern may begin at a token: with a word of one, a figure or a place. Most tokens are neither.
fn may_begin(reader: &Reader, grammar: &Grammar, at: usize) -> bool {
    let figure = || !reader.raw(at).starts_with(|c: char| c.is_ascii_alphabetic());
    reader.tokens.get(at).is_some_and(Token::is_word)
        && (grammar.begins(reader.number(at)) || reader.mention(at).is_some() || figure())
}

/// The longest match that begins at a token.
fn longest_at(reader: &Reader, grammar: &Grammar, start: usize) -> Option<Match> {
    let mut walk = Walk::new(reader, grammar, start);
    for (element, node) in grammar.patterns.beginning(reader.number(start)) {
        // What leads up to a place that a pattern begins with is no part of what is meant.
        if *element != Element::Class(Class::Place) || reader.mention(start).is_some() {
            walk.step(element, node, start);
        }
    }
    let (_, found) = walk.best?;
    let mut best = Some(found).filter(|found| is_sound(reader, grammar, found))?;
    while let Some((_, next)) = reader.phrase(best.first, &grammar.leads).filter(|(_, next)| *next <= best.last) {
        best.first = next;
    }
    Some(best)
}

/// What an element of a class takes from the text.
enum Taken {
    Anchor(usize),
    Bearing(f64),
    Distance(Distance),
}

/// A walk through the tree of patterns along the text.
struct Walk<'r, 't, 'g> {
    reader: &'r Reader<'t, 'g>,
    grammar: &'r Grammar,
    start: usize,
    /// What has been taken on the way.
    last: usize,
    anchors: Vec<usize>,
    bearing: Option<f64>,
    distance: Option<Distance>,
    /// The longest way to an end, and of equals the first in the table.
    best: Option<(End, Match)>,
}

impl<'r, 't, 'g> Walk<'r, 't, 'g> {
    fn new(reader: &'r Reader<'t, 'g>, grammar: &'r Grammar, start: usize) -> Self {
        Walk { reader, grammar, start, last: start, anchors: Vec::new(), bearing: None, distance: None, best: None }
    }

    /// Takes an element at a token if the text has it, and goes on from the node behind it.
    fn step(&mut self, element: &Element, node: &Node, at: usize) {
        let reader = self.reader;
        let inside = reader.same_sentence(self.start, at);
        match element {
            Element::Not(words) => {
                if !(inside && words.contains(&reader.number(at))) {
                    self.go_on(node, at);
                }
            }
            Element::Word(words) => {
                if inside && words.contains(&reader.number(at)) {
                    let before = std::mem::replace(&mut self.last, at);
                    self.go_on(node, reader.skip_hyphen(at + 1));
                    self.last = before;
                }
            }
            Element::Class(class) if inside => {
                if let Some((taken, next)) = class_at(reader, self.grammar, *class, at) {
                    self.take(&taken, node, next);
                }
            }
            Element::Class(_) => {}
        }
    }

    fn take(&mut self, taken: &Taken, node: &Node, next: usize) {
        let before = (self.last, self.anchors.len(), self.bearing, self.distance);
        match taken {
            Taken::Anchor(anchor) => self.anchors.push(*anchor),
            Taken::Bearing(bearing) => self.bearing = Some(*bearing),
            Taken::Distance(distance) => self.distance = Some(*distance),
        }
        self.last = next - 1;
        self.go_on(node, self.reader.skip_hyphen(next));
        (self.last, self.bearing, self.distance) = (before.0, before.2, before.3);
        self.anchors.truncate(before.1);
    }

    fn go_on(&mut self, node: &Node, at: usize) {
        if let Some(end) = node.end.filter(|end| self.is_better(end)) {
            let (anchors, bearing, distance) = (self.anchors.clone(), self.bearing, self.distance);
            let (first, last) = (self.start, self.last);
            let End { relation, shape, .. } = end;
            self.best = Some((end, Match { first, last, relation, shape, anchors, bearing, distance }));
        }
        for (element, next) in &node.steps {
            self.step(element, next, at);
        }
    }

    fn is_better(&self, end: &End) -> bool {
        let best = self.best.as_ref();
        let better = |(known, found): &(End, Match)| (self.last, known.order) > (found.last, end.order);
        !self.anchors.is_empty() && best.is_none_or(better)
    }
}

/// Something of a class at a token, and the token after it.
fn class_at(reader: &Reader, grammar: &Grammar, class: Class, at: usize) -> Option<(Taken, usize)> {
    let resolved = |at: usize| reader.mention(at).map(|mention| (mention, &reader.places[mention]));
    match class {
        Class::Distance => distance(reader, grammar, at).map(|(distance, next)| (Taken::Distance(distance), next)),
        Class::Time => untold(reader, grammar, at).map(|(distance, next)| (Taken::Distance(distance), next)),
        Class::Direction => {
            let (bearing, next) = reader.phrase(at, &grammar.directions)?;
            let short = next == at + 1 && reader.raw(at).len() <= 3;
            (!short || reader.is_upper(at)).then_some((Taken::Bearing(bearing), next))
        }
        Class::Side => {
            // "West Bank" and "South Sudan" are names, and begin with no side.
            let (bearing, next) = reader.phrase(at, &grammar.sides).filter(|_| reader.mention(at).is_none())?;
            Some((Taken::Bearing(bearing), next))
        }
        Class::Place | Class::Name => {
            let at = if class == Class::Name { at } else { name_behind_lead(reader, grammar, at)? };
            let (mention, place) = resolved(at).filter(|(_, r)| r.mention.kind == Kind::Place)?;
            Some((Taken::Anchor(mention), place.mention.last + 1))
        }
        Class::Land | Class::Demonym => {
            let fits = |kind: Kind| kind == Kind::Demonym || class == Class::Land && kind == Kind::Place;
            let (mention, land) = resolved(at).filter(|(_, r)| fits(r.mention.kind) && r.place.is_country())?;
            Some((Taken::Anchor(mention), land.mention.last + 1))
        }
        Class::River => {
            let (mention, river) = resolved(at).filter(|(_, r)| r.place.feature().starts_with("H.STM"))?;
            let next = river.mention.last + 1;
            let next = if reader.is(next, "river") { next + 1 } else { next };
            Some((Taken::Anchor(mention), next))
        }
    }
}

/// The token at which a name begins behind what leads up to it: "the besieged Syrian city of", "the capital,".
fn name_behind_lead(reader: &Reader, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_name = |at: usize| reader.mention(at).is_some_and(|m| reader.places[m].mention.kind == Kind::Place);
    let mut here = at;
    // Whether a name may stand here: at once, after an article or an epithet, after a kind of place.
    let mut open = true;
    let mut kind = false;
    // "The capital of Syria" is another place than Syria.
    let mut capital = false;
    for _ in 0..=LONGEST_LEAD {
        if !reader.same_sentence(at, here) {
            return None;
        }
        if open && is_name(here) {
            return Some(here);
        }
        let word = reader.number(here);
        if let Some((_, next)) = reader.phrase(here, &grammar.kinds) {
            capital = grammar.capitals.get(word).is_some();
            (here, open, kind) = (next, true, true);
        } else if let Some((_, next)) = reader.phrase(here, &grammar.epithets) {
            here = next;
        } else if reader.is(here, "the")
            || kind && (reader.is(here, "of") && !capital || reader.is_kind(here, TokenKind::Comma))
        {
            here += 1;
        } else if !kind && (reader.mention(here).is_some() || reader.is_kind(here, TokenKind::Word)) {
            // An adjective: whatever it is, a kind of place must follow it.
            let last = reader.mention(here).map_or(here, |m| reader.places[m].mention.last);
            let lower = reader.tokens[here].case == crate::text::Case::Lower;
            let adjective = lower && grammar.not_adjective.get(word).is_none();
            if !adjective && reader.mention(here).is_none() {
                return None;
            }
            (here, open) = (reader.skip_hyphen(last + 1), false);
        } else {
            return None;
        }
    }
    None
}

/// Whether a match means somewhere on the ground, which its words alone do not tell.
fn is_sound(reader: &Reader, grammar: &Grammar, found: &Match) -> bool {
    let place = |at: usize| &reader.places[found.anchors[at]].place;
    match found.shape {
        Shape::Between => {
            let before = |back: usize| found.first.checked_sub(back);
            let abstraction = (1..=4).filter_map(before).any(|at| {
                reader.same_sentence(at, found.first) && grammar.not_between.get(reader.number(at)).is_some()
            });
            let wide = |at: usize| place(at).is_country() || place(at).is_division1();
            let towns = found.anchors.len() == 2 && (0..2).all(|at| !wide(at));
            towns && !(abstraction && found.relation == "between")
        }
        Shape::Border => found.anchors.iter().all(|&at| reader.places[at].place.is_country()),
        Shape::Coast => place(0).is_country(),
        // "Around Ohio" is all over Ohio, and what lies near a country is told otherwise.
        Shape::Near | Shape::Outside | Shape::Outskirts | Shape::Suburbs | Shape::Countryside => {
            !place(0).is_country() && !place(0).is_division1()
        }
        _ => true,
    }
}
