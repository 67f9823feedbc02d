//! What the tagger found -> mentions.

use super::language;
use super::matcher::GazetteerMatch;
use super::rule_score::{self, RuleScore};
use super::tagger::{Class, Tagged, Tags};
use super::weighing::{self, Seen, Weighing};
use super::{Kind, Mention};
use crate::candidate;
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::text;
use crate::text::Words;
use crate::text::lexicon::Roles;
use std::collections::BTreeMap;

/// Senses of a name, the better known first, among which a container is looked for.
const SENSES: usize = 12;

/// Names of places less prominent than this may be pieces of a longer one with hyphens: "Neuilly-Plaisance".
const WELL_KNOWN: f64 = 4.0;

/// The same name is found again among so many of those before it, since they stand in the order of the text.
const NEARBY: usize = 16;

/// How probable a container behind a comma is a mention if what it contains is one.
const CONTAINER: f64 = 0.97;

/// How probable it is that an adjective or people of the gazetteer is one here.
const DEMONYM: f64 = 0.9;

/// What may be a place, and what is seen of it.
pub fn candidates(
    words: &Words,
    found: &[GazetteerMatch<'_>],
    judged: &[RuleScore],
    tags: &Tags,
) -> Vec<(Tagged, Seen)> {
    let places = parted(words, found, &tags.places);
    let each = places.iter().map(|name| {
        // A word of the language that no place bears as its name: "Kurdish".
        let word = name.first == name.last && words.roles(name.first).any(Roles::ENGLISH | Roles::ORDINARY);
        let own = known(found, name.first, name.last).map(|at| &judged[at]);
        (*name, weighing::seen(name, own.filter(|judged| !judged.demonym), word))
    });
    each.collect()
}

/// The tagged places, those of well-known names with hyphens between them ("the Damascus-Homs highway") taken apart: that such
/// a pair is tagged as one speaks for each of the two.
fn parted(words: &Words, found: &[GazetteerMatch<'_>], places: &[Tagged]) -> Vec<Tagged> {
    let mut parted: Vec<Tagged> = Vec::with_capacity(places.len());
    let mut add = |name: Tagged| match parted
        .iter_mut()
        .rev()
        .take(NEARBY)
        .find(|other| (other.first, other.last) == (name.first, name.last))
    {
        Some(other) => other.probability = (other.probability + name.probability).min(1.0),
        None => parted.push(name),
    };
    for name in places {
        let from = found.partition_point(|part| part.first < name.first);
        let parts: Vec<&GazetteerMatch<'_>> = found[from..].iter().take_while(|part| part.last <= name.last).collect();
        let tied = |pair: &[&GazetteerMatch<'_>]| {
            pair[0].last + 2 == pair[1].first && words.tokens[pair[0].last + 1].kind == text::Kind::Hyphen
        };
        let ends = parts.first().zip(parts.last()).map(|(head, tail)| (head.first, tail.last));
        let known = |part: &&GazetteerMatch<'_>| {
            part.senses.iter().any(|(place, kind)| *kind != NameKind::Demonym && place.prominence() >= WELL_KNOWN)
        };
        let apart = parts.len() > 1 && ends == Some((name.first, name.last)) && parts.windows(2).all(tied);
        match apart && parts.iter().all(known) {
            true => parts.iter().for_each(|part| add(Tagged { first: part.first, last: part.last, ..*name })),
            false => add(*name),
        }
    }
    parted.sort_by_key(|name| (name.first, name.last));
    parted
}

/// Of names that overlap the one that the tagger holds most probable.
pub fn apart<T>(mut names: Vec<(Tagged, T)>) -> Vec<(Tagged, T)> {
    names.sort_by(|(a, _), (b, _)| b.probability.total_cmp(&a.probability).then(a.first.cmp(&b.first)));
    let mut apart: BTreeMap<usize, (Tagged, T)> = BTreeMap::new();
    for (name, own) in names {
        // None of those kept overlap, so the last that begins before this one's end tells for all.
        if apart.range(..=name.last).next_back().is_none_or(|(_, (other, _))| other.last < name.first) {
            apart.insert(name.first, (name, own));
        }
    }
    apart.into_values().collect()
}

/// The mentions of places that the tagger found, and the demonyms outside them and outside the names of people.
pub fn mentions<'g>(
    words: &Words,
    found: &[GazetteerMatch<'g>],
    judged: &[RuleScore],
    gazetteer: &'g Gazetteer,
    tags: &Tags,
    weighing: &Weighing,
    threshold: f64,
) -> Vec<Mention<'g>> {
    let mut mentions: Vec<Mention<'g>> = Vec::new();
    let mut taken = vec![false; words.tokens.len()];
    tags.people.iter().for_each(|&(first, last)| taken[first..=last].fill(true));
    let known = |name: &Tagged| known(found, name.first, name.last);
    let weighed = candidates(words, found, judged, tags).into_iter();
    let weighed = weighed.map(|(name, seen)| (name, weighing.probability(&seen)));
    // What is too doubtful stands in nobody's way: not "Damascus-Homs" in that of "Damascus" and "Homs".
    let places: Vec<Tagged> = apart(weighed.filter(|(_, probability)| *probability >= threshold).collect())
        .into_iter()
        .map(|(name, probability)| Tagged { probability, ..name })
        .collect();
    for name in joined(places.iter(), found) {
        taken[name.first..=name.last].fill(true);
        let kind = match known(&name) {
            _ if name.class == Class::Embedded => Kind::Embedded,
            Some(at) if judged[at].inside => Kind::Embedded,
            // "New York" in "the New York Times".
            None if words.phrase_at(name.first, Roles::NOT_A_PLACE) > name.last - name.first + 1 => Kind::Embedded,
            _ => Kind::Place,
        };
        mentions.extend(mention(words, found, gazetteer, &name, kind));
    }
    add_containers(words, found, &mut taken, &mut mentions);
    for (name, judged) in found.iter().zip(judged).filter(|(_, judged)| judged.demonym) {
        if !taken[name.first..=name.last].iter().any(|taken| *taken) {
            let kind = if judged.inside { Kind::Embedded } else { Kind::Demonym };
            mentions.push(rule_score::mention(words, name, kind, DEMONYM));
        }
    }
    // The tagger has not seen other scripts; there the rules decide, as they do in texts of other languages.
    for (name, judged) in found.iter().zip(judged).filter(|(_, judged)| !judged.demonym && !judged.street) {
        let free = !taken[name.first..=name.last].iter().any(|taken| *taken);
        if free && language::is_in_other_script(words, name.first) {
            let probability = 1.0 / (1.0 + (-judged.log_odds).exp());
            mentions.push(rule_score::mention(words, name, Kind::Place, probability));
        }
    }
    mentions.sort_by_key(|mention| mention.start);
    mentions
}

/// Which name of the gazetteer stands at these very tokens; the names come in the order of the text.
fn known(found: &[GazetteerMatch<'_>], first: usize, last: usize) -> Option<usize> {
    found.binary_search_by_key(&first, |name| name.first).ok().filter(|&at| found[at].last == last)
}

/// The tagged places, neighbours that the gazetteer has as one name made one: "Washington, D.C.", "Trinidad and Tobago".
fn joined<'t>(places: impl Iterator<Item = &'t Tagged>, found: &[GazetteerMatch<'_>]) -> Vec<Tagged> {
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

/// Adds the division behind a comma that a place just named lies in: "Spokane, WA".
fn add_containers<'g>(
    words: &Words,
    found: &[GazetteerMatch<'g>],
    taken: &mut [bool],
    mentions: &mut Vec<Mention<'g>>,
) {
    for name in found {
        let comma = name.first.checked_sub(1).filter(|&at| words.tokens[at].kind == text::Kind::Comma);
        let free = !taken[name.first..=name.last].iter().any(|taken| *taken);
        let Some(comma) = comma.filter(|_| free) else { continue };
        let part = mentions.iter().find(|mention| {
            (mention.last + 1..=mention.last + 2).contains(&comma) && mention.end <= words.tokens[comma].start
        });
        let Some(part) = part.filter(|part| part.kind == Kind::Place) else { continue };
        let holds = |whole: &PlaceRef<'g>| {
            whole.class() == 'A' && part.senses.iter().take(SENSES).any(|(part, _)| whole.contains(part))
        };
        if name.senses.iter().take(SENSES).any(|(whole, kind)| *kind != NameKind::Demonym && holds(whole)) {
            taken[name.first..=name.last].fill(true);
            let whole = rule_score::mention(words, name, Kind::Place, part.probability * CONTAINER);
            mentions.push(whole);
        }
    }
}

pub(super) fn mention<'g>(
    words: &Words,
    found: &[GazetteerMatch<'g>],
    gazetteer: &'g Gazetteer,
    name: &Tagged,
    kind: Kind,
) -> Option<Mention<'g>> {
    let mark = |at: usize| !words.tokens[at].is_word();
    let first = (name.first..=name.last).find(|&at| !mark(at))?;
    let last = (first..=name.last).rev().find(|&at| !mark(at))?;
    if let Some(known) = known(found, first, last).map(|at| &found[at]) {
        let demonym = known.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
        let kind = if demonym && kind == Kind::Place { Kind::Demonym } else { kind };
        return Some(rule_score::mention(words, known, kind, name.probability));
    }
    let (start, mut end) = (words.tokens[first].start, words.tokens[last].end);
    // "Main St." has its stop where the tagger saw it inside the name.
    if name.last > last && words.tokens[last + 1].kind == text::Kind::Stop {
        end = words.tokens[last + 1].end;
    }
    let written = words.text.get(start..end)?;
    let (folded, senses) = candidate::exact(gazetteer, written).unwrap_or_else(|| (text::fold(written), Vec::new()));
    let probability = name.probability;
    Some(Mention {
        start,
        end,
        first,
        last,
        kind,
        name: folded,
        senses,
        probability,
        metonymic: false,
        modified: false,
    })
}
