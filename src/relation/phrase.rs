//! Words -> matches: the patterns of the grammar at the resolved mentions of a document.

use super::area::has_outline;
use super::measure::{Distance, distance, unstated_travel};
use super::reach::is_watercourse;
use super::reader::Reader;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::Kind;
use crate::resolve::Resolved;
use crate::text::language::RelationGrammar;
use crate::text::language::relations::{Bearing, Class, Construct, Element, End, Node, Shape};
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
    pub construct: Construct,
    /// Its shape on the ground.
    pub shape: Shape,
    /// Indexes of the mentions that it is relative to.
    pub anchors: Vec<usize>,
    /// The bearing stated, in degrees.
    pub bearing: Option<f64>,
    /// The distance stated.
    pub distance: Option<Distance>,
}

/// A pattern begins at most this many tokens before its first anchor: "about 30 kilometres (19 miles) to the north-east of
/// the besieged northern city of".
const REACH: usize = 22;

/// Words of an anchor's lead-in: "the besieged Syrian port city of".
const LONGEST_LEAD: usize = 6;

/// The matches in the order of the text; of overlapping ones the longest.
pub fn matches(reader: &Reader) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let mut tried = 0;
    for resolved in reader.places {
        let first = resolved.mention.first;
        // What begins before the preceding mention has been tried from there.
        for start in first.saturating_sub(REACH).max(tried)..=first {
            if reader.same_sentence(start, first) && may_begin(reader, start) {
                found.extend(longest_at(reader, start));
            }
        }
        tried = tried.max(first + 1);
    }
    found.sort_by_key(|m| (std::cmp::Reverse(m.last - m.first), m.first));
    let mut kept: BTreeMap<usize, Match> = BTreeMap::new();
    for m in found {
        // Those kept do not overlap, so that only the last that begins before this one's end may overlap it.
        if kept.range(..=m.last).next_back().is_none_or(|(_, other)| other.last < m.first) {
            kept.insert(m.first, m);
        }
    }
    kept.into_values().collect()
}

/// Whether a pattern may begin at a token: with a word of a pattern, a figure or a place. Most tokens are none of these.
fn may_begin(reader: &Reader, at: usize) -> bool {
    let figure = || !reader.written(at).starts_with(|c: char| c.is_ascii_alphabetic());
    reader.token(at).is_some_and(Token::is_word)
        && (reader.grammar.begins(reader.number(at)) || reader.mention(at).is_some() || figure())
}

/// The longest match that begins at a token.
fn longest_at(reader: &Reader, start: usize) -> Option<Match> {
    let mut walk = Walk::new(reader, start);
    for (element, node) in reader.grammar.patterns.beginning(reader.number(start)) {
        // Words that lead up to the place that a pattern begins with are no part of the match.
        if *element != Element::Class(Class::Place) || reader.mention(start).is_some() {
            walk.step(element, node, start);
        }
    }
    let (_, found) = walk.best?;
    let mut best = Some(found).filter(|found| is_sound(reader, found))?;
    while let Some((_, next)) = reader.phrase(best.first, &reader.grammar.leads).filter(|(_, next)| *next <= best.last)
    {
        best.first = next;
    }
    Some(best)
}

/// What an element of a class matches.
enum Taken {
    Anchor(usize),
    Bearing(f64),
    AnchorToSide(usize, f64),
    Distance(Distance),
    Nothing,
}

/// A walk through the tree of patterns along the text.
struct Walk<'r, 't, 'g> {
    reader: &'r Reader<'t, 'g>,
    start: usize,
    /// The last token matched so far.
    last: usize,
    anchors: Vec<usize>,
    bearing: Option<f64>,
    distance: Option<Distance>,
    /// The longest match so far, and of equals the first in the table.
    best: Option<(End, Match)>,
}

impl<'r, 't, 'g> Walk<'r, 't, 'g> {
    fn new(reader: &'r Reader<'t, 'g>, start: usize) -> Self {
        Walk { reader, start, last: start, anchors: Vec::new(), bearing: None, distance: None, best: None }
    }

    /// Matches an element at a token, and if it matches goes on from the node behind it.
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
                if let Some((taken, next)) = class_at(reader, *class, at) {
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
            Taken::AnchorToSide(anchor, bearing) => {
                self.anchors.push(*anchor);
                self.bearing = Some(*bearing);
            }
            Taken::Distance(distance) => self.distance = Some(*distance),
            Taken::Nothing => {}
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
            let End { construct, shape, .. } = end;
            self.best = Some((end, Match { first, last, construct, shape, anchors, bearing, distance }));
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

/// What a class matches at a token, and the token after it.
fn class_at(reader: &Reader, class: Class, at: usize) -> Option<(Taken, usize)> {
    let grammar = reader.grammar;
    let resolved = |at: usize| reader.mention(at).map(|mention| (mention, &reader.places[mention]));
    match class {
        Class::Distance => distance(reader, at).map(|(distance, next)| (Taken::Distance(distance), next)),
        Class::Time => unstated_travel(reader, at).map(|(distance, next)| (Taken::Distance(distance), next)),
        Class::Direction => {
            let (Bearing { degrees, capitals }, next) = reader.phrase(at, &grammar.directions)?;
            (!capitals || reader.is_upper(at)).then_some((Taken::Bearing(degrees), next))
        }
        Class::Side => {
            // "West Bank" and "South Sudan" are names, and begin with no side.
            let (bearing, next) = reader.phrase(at, &grammar.sides).filter(|_| reader.mention(at).is_none())?;
            Some((Taken::Bearing(bearing), next))
        }
        Class::Quarter => reader.phrase(at, &grammar.quarters).map(|(bearing, next)| (Taken::Bearing(bearing), next)),
        Class::Kind => reader.phrase(at, &grammar.kinds).map(|(_, next)| (Taken::Nothing, next)),
        Class::Compound => {
            let (mention, place) = resolved(at)?;
            let bearing = compound(grammar, reader.words.folded(at), &place.mention.name)?;
            Some((Taken::AnchorToSide(mention, bearing), place.mention.last + 1))
        }
        Class::Place | Class::Name => {
            let at = if class == Class::Name { at } else { name_after_lead(reader, at)? };
            let (mention, place) = resolved(at).filter(|(_, r)| r.mention.kind == Kind::Place)?;
            Some((Taken::Anchor(mention), place.mention.last + 1))
        }
        Class::Land | Class::Demonym => {
            let fits = |kind: Kind| kind == Kind::Demonym || class == Class::Land && kind == Kind::Place;
            let (mention, land) = resolved(at).filter(|(_, r)| fits(r.mention.kind) && has_borders(&r.place))?;
            Some((Taken::Anchor(mention), land.mention.last + 1))
        }
        Class::River => {
            let (mention, river) =
                resolved(at).filter(|(_, r)| is_watercourse(&r.place) || may_be_river(reader, at, r))?;
            let next = river.mention.last + 1;
            let next = if grammar.rivers.contains(reader.number(next)) { next + 1 } else { next };
            Some((Taken::Anchor(mention), next))
        }
    }
}

/// The bearing that a word tells in one with the name of a place: 0 for "nordsyrien" and "syrien".
fn compound(grammar: &RelationGrammar, word: &str, name: &str) -> Option<f64> {
    let bearing = |(side, bearing): &(String, f64)| {
        // The name may be bent: "Nordsyriens".
        word.strip_prefix(side.as_str()).is_some_and(|rest| rest.starts_with(name)).then_some(*bearing)
    };
    grammar.compounds.iter().find_map(bearing)
}

/// Whether a name that was taken for another place may be that of a river: it stands behind an article or the
/// word for a river, as names of towns do not. A language without articles does not tell.
fn may_be_river(reader: &Reader, at: usize, resolved: &Resolved<'_>) -> bool {
    let before = at.checked_sub(1).map(|before| reader.number(before));
    let grammar = reader.grammar;
    let leads = before.is_some_and(|before| grammar.articles.contains(before) || grammar.rivers.contains(before));
    (leads || grammar.articles.is_empty()) && resolved.mention.kind == Kind::Place && !rivers(resolved).is_empty()
}

/// The rivers that bear the name of a mention, in any form.
pub fn rivers<'g>(resolved: &Resolved<'g>) -> Vec<PlaceRef<'g>> {
    let senses = resolved.mention.senses.iter().filter(|(_, name)| *name != NameKind::Demonym);
    let alternatives = resolved.alternatives.iter().map(|(place, _)| place);
    senses.map(|(place, _)| place).chain(alternatives).copied().filter(is_watercourse).collect()
}

/// The token at which a name begins after the words that lead up to it: "the besieged Syrian city of", "the capital,".
fn name_after_lead(reader: &Reader, at: usize) -> Option<usize> {
    let grammar = reader.grammar;
    let is_name = |at: usize| reader.mention(at).is_some_and(|m| reader.places[m].mention.kind == Kind::Place);
    let mut here = at;
    // Whether a name may stand here: at the beginning, after an article or an epithet, after a feature type.
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
            capital = grammar.capitals.contains(word);
            (here, open, kind) = (next, true, true);
        } else if let Some((_, next)) = reader.phrase(here, &grammar.epithets) {
            here = next;
        } else if grammar.articles.contains(word)
            || kind && (grammar.links.contains(word) && !capital || reader.is_kind(here, TokenKind::Comma))
        {
            here += 1;
        } else if let Some(next) = adjective_behind_kind(reader, here).filter(|_| kind && !capital) {
            here = next;
        } else if !kind && (reader.mention(here).is_some() || reader.is_kind(here, TokenKind::Word)) {
            // An adjective: a feature type has to follow it.
            let last = reader.mention(here).map_or(here, |m| reader.places[m].mention.last);
            let lower = reader.is_lower(here);
            let adjective = lower && !grammar.not_adjective.contains(word);
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

/// The link behind the adjective of a country that stands at a token behind a feature type: "la ville syrienne de".
fn adjective_behind_kind(reader: &Reader, at: usize) -> Option<usize> {
    let mention = &reader.places[reader.mention(at)?].mention;
    let next = mention.last + 1;
    (mention.kind == Kind::Demonym && reader.grammar.links.contains(reader.number(next))).then_some(next)
}

/// Whether a distance and no more than two words stand before a token: "ten miles from the".
fn follows_distance(reader: &Reader, at: usize) -> bool {
    let begins = (2..=MOST_BEFORE).filter_map(|back| at.checked_sub(back));
    begins.filter_map(|begin| distance(reader, begin)).any(|(_, next)| (next..=next + 2).contains(&at))
}

/// Tokens of a distance and two words that are looked for before a match, at most.
const MOST_BEFORE: usize = 6;

/// Whether a place is one whose border or coast is known: a country, or a division with an outline.
fn has_borders(place: &PlaceRef<'_>) -> bool {
    place.is_country() || place.is_division1() && has_outline(place)
}

/// Whether a match means somewhere on the ground, which its words alone do not say.
fn is_sound(reader: &Reader, found: &Match) -> bool {
    let place = |at: usize| &reader.places[found.anchors[at]].place;
    match found.shape {
        Shape::Between => {
            let before = |back: usize| found.first.checked_sub(back);
            let not_between = &reader.grammar.not_between;
            let abstraction = (1..=4)
                .filter_map(before)
                .any(|at| reader.same_sentence(at, found.first) && not_between.contains(reader.number(at)));
            let wide = |at: usize| place(at).is_country() || place(at).is_division1();
            let towns = found.anchors.len() == 2 && (0..2).all(|at| !wide(at));
            towns && !(abstraction && found.construct == Construct::Between)
        }
        Shape::Border if (0..found.anchors.len()).all(|at| place(at).is_country()) => true,
        // A division is wherever the journey of "ten miles from the Indiana border" was: not on its border.
        Shape::Border => {
            let far = found.distance.is_some() || follows_distance(reader, found.first);
            !far && (0..found.anchors.len()).all(|at| has_borders(place(at)))
        }
        Shape::Coast => has_borders(place(0)),
        // "Around Ohio" means all over Ohio, and what lies near a country is described otherwise.
        Shape::Near | Shape::Outside | Shape::Outskirts | Shape::Suburbs | Shape::Countryside => {
            !place(0).is_country() && !place(0).is_division1()
        }
        _ => true,
    }
}
