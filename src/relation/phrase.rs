//! Words -> matches: the patterns of the grammar at the resolved mentions of a document.

use super::grammar::{Class, Element, Grammar, OTHER, Pattern};
use super::measure::{Distance, distance};
use super::reader::Reader;
use super::shape::Shape;
use crate::mention::Kind;
use crate::text::Kind as TokenKind;
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
            if reader.same_sentence(start, first) {
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

/// The longest match that begins at a token.
fn longest_at(reader: &Reader, grammar: &Grammar, start: usize) -> Option<Match> {
    if !reader.tokens.get(start)?.is_word() {
        return None;
    }
    let mention = reader.mention(start).is_some();
    let number = reader.number(start);
    if number == OTHER && !mention && !reader.raw(start).starts_with(char::is_numeric) {
        return None;
    }
    let word = reader.word(start);
    let figure = word.starts_with(|c: char| c.is_ascii_digit());
    if !figure && !mention && !grammar.may_begin(&word) {
        return None;
    }
    let mut best: Option<Match> = None;
    let mut attempt = |patterns: &mut dyn Iterator<Item = &Pattern>| {
        for found in patterns.filter_map(|pattern| follow(reader, grammar, pattern, start)) {
            if best.as_ref().is_none_or(|best| found.last > best.last) {
                best = Some(found);
            }
        }
    };
    attempt(&mut grammar.beginning(number));
    let quantity =
        figure || reader.phrase(start, &grammar.numbers).is_some() || reader.phrase(start, &grammar.about).is_some();
    let distance: &[Class] = if quantity { &[Class::Distance] } else { &[] };
    let named: &[Class] =
        if mention { &[Class::Place, Class::Name, Class::Land, Class::Demonym, Class::River] } else { &[] };
    // Many patterns begin with each class: what no class stands at is read but once.
    for &class in distance.iter().chain(&[Class::Direction, Class::Side]).chain(named) {
        if class_at(reader, grammar, class, start).is_some() {
            attempt(&mut grammar.beginning_with(class));
        }
    }
    let mut best = best.filter(|found| is_sound(reader, grammar, found))?;
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

/// The pattern at a token, if the text goes on as it says.
fn follow(reader: &Reader, grammar: &Grammar, pattern: &Pattern, start: usize) -> Option<Match> {
    let mut found = Match {
        first: start,
        last: start,
        relation: pattern.relation,
        shape: pattern.shape,
        anchors: Vec::new(),
        bearing: None,
        distance: None,
    };
    let mut at = start;
    for element in &pattern.elements {
        let inside = reader.same_sentence(start, at);
        match element {
            Element::Not(words) if inside && words.contains(&reader.number(at)) => return None,
            Element::Not(_) => {}
            _ if !inside => return None,
            Element::Word(words) if words.contains(&reader.number(at)) => {
                found.last = at;
                at = reader.skip_hyphen(at + 1);
            }
            Element::Word(_) => return None,
            Element::Class(class) => {
                let (taken, next) = class_at(reader, grammar, *class, at)?;
                match taken {
                    Taken::Anchor(anchor) => found.anchors.push(anchor),
                    Taken::Bearing(bearing) => found.bearing = Some(bearing),
                    Taken::Distance(distance) => found.distance = Some(distance),
                }
                found.last = next - 1;
                at = reader.skip_hyphen(next);
            }
        }
    }
    Some(found).filter(|found| !found.anchors.is_empty())
}

/// Something of a class at a token, and the token after it.
fn class_at(reader: &Reader, grammar: &Grammar, class: Class, at: usize) -> Option<(Taken, usize)> {
    let resolved = |at: usize| reader.mention(at).map(|mention| (mention, &reader.places[mention]));
    match class {
        Class::Distance => distance(reader, grammar, at).map(|(distance, next)| (Taken::Distance(distance), next)),
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
            let next = if reader.word(next) == "river" { next + 1 } else { next };
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
        let word = reader.word(here);
        if let Some((_, next)) = reader.phrase(here, &grammar.kinds) {
            capital = grammar.capitals.get(&word).is_some();
            (here, open, kind) = (next, true, true);
        } else if let Some((_, next)) = reader.phrase(here, &grammar.epithets) {
            here = next;
        } else if word == "the" || kind && (word == "of" && !capital || reader.is_kind(here, TokenKind::Comma)) {
            here += 1;
        } else if !kind && (reader.mention(here).is_some() || reader.is_kind(here, TokenKind::Word)) {
            // An adjective: whatever it is, a kind of place must follow it.
            let last = reader.mention(here).map_or(here, |m| reader.places[m].mention.last);
            let lower = reader.tokens[here].case == crate::text::Case::Lower;
            let adjective = lower && grammar.not_adjective.get(&word).is_none();
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
            let abstraction = (1..=4)
                .filter_map(before)
                .any(|at| reader.same_sentence(at, found.first) && grammar.not_between.get(&reader.word(at)).is_some());
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
