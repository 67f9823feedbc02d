//! What the tagger found -> mentions.

use super::evidence::{self, Judged};
use super::given;
use super::matcher::Found;
use super::phrases::Words;
use super::tagger::{Class, Tagged, Tags};
use super::{Kind, Mention};
use crate::gazetteer::{Gazetteer, NameKind};
use crate::text;

/// How probable it is that an adjective or people of the gazetteer is one here.
const DEMONYM: f64 = 0.9;

/// The mentions of places that the tagger found, and the demonyms outside them and outside the names of people.
pub fn mentions<'g>(
    words: &Words,
    found: &[Found<'g>],
    judged: &[Judged],
    gazetteer: &'g Gazetteer,
    tags: &Tags,
    threshold: f64,
) -> Vec<Mention<'g>> {
    let mut mentions: Vec<Mention<'g>> = Vec::new();
    let mut taken = vec![false; words.tokens.len()];
    tags.people.iter().for_each(|&(first, last)| taken[first..=last].fill(true));
    for name in joined(tags.places.iter().filter(|name| name.probability >= threshold), found) {
        taken[name.first..=name.last].fill(true);
        mentions.extend(mention(words, found, gazetteer, &name));
    }
    for (name, judged) in found.iter().zip(judged).filter(|(_, judged)| judged.demonym) {
        if !taken[name.first..=name.last].iter().any(|taken| *taken) {
            let kind = if judged.inside { Kind::Embedded } else { Kind::Demonym };
            mentions.push(evidence::mention(words, name, kind, DEMONYM));
        }
    }
    mentions.sort_by_key(|mention| mention.start);
    mentions
}

/// The tagged places, neighbours that the gazetteer has as one name made one: "Washington, D.C.", "Trinidad and Tobago".
fn joined<'t>(places: impl Iterator<Item = &'t Tagged>, found: &[Found<'_>]) -> Vec<Tagged> {
    let mut joined: Vec<Tagged> = Vec::new();
    for place in places {
        let at = found.partition_point(|name| name.last < place.last);
        let whole = found.get(at).filter(|name| name.last == place.last && name.first < place.first);
        let head = whole.and_then(|name| joined.iter().position(|other| other.first == name.first));
        match head {
            Some(head) => {
                let probability = joined[head].probability.min(place.probability);
                joined.truncate(head + 1);
                joined[head] = Tagged { last: place.last, probability, ..joined[head] };
            }
            None => joined.push(*place),
        }
    }
    joined
}

fn mention<'g>(
    words: &Words,
    found: &[Found<'g>],
    gazetteer: &'g Gazetteer,
    name: &Tagged,
) -> Option<Mention<'g>> {
    let kind = if name.class == Class::Embedded { Kind::Embedded } else { Kind::Place };
    let mark = |at: usize| !words.tokens[at].is_word();
    let first = (name.first..=name.last).find(|&at| !mark(at))?;
    let last = (first..=name.last).rev().find(|&at| !mark(at))?;
    if let Some(known) = found.iter().find(|known| known.first == first && known.last == last) {
        let demonym = known.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
        let kind = if demonym && kind == Kind::Place { Kind::Demonym } else { kind };
        return Some(evidence::mention(words, known, kind, name.probability));
    }
    let (start, mut end) = (words.tokens[first].start, words.tokens[last].end);
    // "Main St." has its stop where the tagger saw it inside the name.
    if name.last > last && words.tokens[last + 1].kind == text::Kind::Stop {
        end = words.tokens[last + 1].end;
    }
    let written = words.text.get(start..end)?;
    let (folded, senses) = given::named(gazetteer, written).unwrap_or_else(|| (text::fold(written), Vec::new()));
    let probability = name.probability;
    Some(Mention { start, end, first, last, kind, name: folded, senses, probability, metonymic: false, modified: false })
}
