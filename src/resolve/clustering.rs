//! Mentions -> clusters: which mentions of a document must be one place.

use super::allowed::Allowed;
use super::cluster::MentionCluster;
use super::container::{AdjacentMentions, Containment, StatedContainer};
use super::feature_type;
use super::features as f;
use super::home::Home;
use super::statement::{Statement, statements};
use super::vicinity::{leave_out_far, leave_out_namesakes_of_capitals, leave_out_small};
use super::why::Topic;
use crate::candidate::{Candidate, candidates, is_enumerated};
use crate::gazetteer::Gazetteer;
use crate::mention::gap::{COMMA, Gap};
use crate::mention::{Kind, Mention, postcode};
use crate::text::Words;
use crate::text::language::FeatureTypes;
use rustc_hash::FxHashMap;

/// What distinguishes the clusters of one name: the candidates that the text allows, and the name of the place in which it puts it.
type Limits = (Allowed, Option<usize>);

/// Mentions of a cluster whose neighbours in the text are looked at.
const FIRST_MENTIONS: usize = 4;

/// The clusters of mentions, in the order of their first mentions, and the index of each mention's cluster. The mentions are in the
/// order of the text, with the gap behind each but the last. The candidates are described as far as no other cluster has a part in it.
pub fn cluster_mentions<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mentions: &[Mention<'g>],
    gaps: &[Gap],
    home: &Home<'g>,
) -> (Vec<MentionCluster<'g>>, Vec<usize>) {
    let (mut names, name_of) = distinct_names(gazetteer, words, mentions);
    let mut folded = vec![""; names.len()];
    mentions.iter().zip(&name_of).for_each(|(mention, &name)| folded[name] = &mention.name);
    // "17 King Street, Perth PH1 5JB": a postcode tells the country, so that no namesake there is left out.
    let has_postcode = |mention: &Mention<'_>| postcode::country(words.text, mention.start..mention.end).is_some();
    let with_postcode = mentions.iter().zip(&name_of).filter(|(mention, _)| has_postcode(mention));
    let whole: Vec<_> = with_postcode.map(|(_, &name)| (name, names[name].clone())).collect();
    leave_out_namesakes_of_capitals(&mut names, &name_of);
    leave_out_small(&mut names, &name_of, gaps, home);
    leave_out_far(&mut names, &folded);
    whole.into_iter().for_each(|(name, candidates)| names[name] = candidates);
    let mut clusters: Vec<MentionCluster<'g>> = Vec::new();
    let mut cluster_of = Vec::with_capacity(mentions.len());
    let statements = statements(words, mentions, gaps, &names, &name_of);
    let adjacent = AdjacentMentions::new(words, mentions, &names, &name_of, gaps);
    let limits = |at: usize| {
        let Statement { allowed, place_of, .. } = statements[at];
        (allowed, place_of.map(|place| name_of[place]))
    };
    let mut bare_limits: FxHashMap<usize, Limits> = FxHashMap::default();
    for at in (0..mentions.len()).rev().filter(|&at| limits(at) != UNLIMITED && statements[at].holds_elsewhere) {
        bare_limits.insert(name_of[at], limits(at));
    }
    let mut known: FxHashMap<(usize, Limits), usize> = FxHashMap::default();
    let mut stated: Vec<FeatureTypes> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let name = name_of[at];
        let statement = &statements[at];
        let (mut containment, unconfirmed) = adjacent.containment(at);
        if statement.is_item {
            containment.fill(Containment::default());
        }
        let outright = |container| StatedContainer { container, strength: COMMA, outright: true };
        let unconfirmed = unconfirmed.filter(|_| !statement.is_item);
        let stated_container = statement.place_of.map(outright).or(unconfirmed);
        let own_limits = match limits(at) {
            // The bare name is the place that is named in full first.
            UNLIMITED if stated_container.is_none() => bare_limits.get(&name).copied().unwrap_or(UNLIMITED),
            UNLIMITED => (Allowed::ALL, stated_container.map(|stated| name_of[stated.container])),
            limits => limits,
        };
        if own_limits != UNLIMITED && statement.holds_elsewhere {
            bare_limits.entry(name).or_insert(own_limits);
        }
        let cluster = *known.entry((name, own_limits)).or_insert_with(|| {
            let limited = own_limits.0.pick(&names[name]);
            let mut own = MentionCluster::new(&limited, name, words, mention);
            if limited.len() < names[name].len() {
                own.limited_by = Some(if statement.is_item { Topic::Level } else { Topic::Beside });
            }
            // What the text says outright is not somewhere else.
            own.needs_locality &= own_limits.0 == Allowed::ALL || limited.is_empty();
            clusters.push(own);
            stated.push(FeatureTypes::default());
            clusters.len() - 1
        });
        let own = &mut clusters[cluster];
        own.stated_container = own.stated_container.or(stated_container);
        own.weight += mention.probability;
        if own.first_mentions.len() < FIRST_MENTIONS {
            own.first_mentions.push(at);
            if stated[cluster].is_empty() {
                stated[cluster] = feature_type::stated(words, mention);
            }
        }
        for (row, containment) in own.rows.iter_mut().zip(own_limits.0.pick(&containment)) {
            row[f::CONTAINER_BEHIND] = row[f::CONTAINER_BEHIND].max(containment.behind);
            row[f::CONTAINER_BEFORE] = row[f::CONTAINER_BEFORE].max(containment.before);
            row[f::HOLDS_PRECEDING] = row[f::HOLDS_PRECEDING].max(containment.holds);
            row[f::MENTIONS] += 1.0;
        }
        cluster_of.push(cluster);
    }
    for (order, (cluster, stated)) in clusters.iter_mut().zip(stated).enumerate() {
        cluster.describe(order, stated, home);
    }
    (clusters, cluster_of)
}

/// What limits the mention of a name of which the text says nothing.
const UNLIMITED: Limits = (Allowed::ALL, None);

/// The candidates of each distinct name, and the index of each mention's name.
fn distinct_names<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mentions: &[Mention<'g>],
) -> (Vec<Vec<Candidate<'g>>>, Vec<usize>) {
    let mut names = Vec::new();
    let mut known: FxHashMap<(&str, bool, usize, bool, bool), usize> = FxHashMap::default();
    let mut name_of = Vec::with_capacity(mentions.len());
    for mention in mentions {
        // Names that no place bears are distinguished as they are written: "SouthSudan" has two words, "Southsudan" one.
        let unknown = mention.senses.is_empty();
        let written = words.text.get(mention.start..mention.end).unwrap_or("");
        let name = if unknown { written } else { &*mention.name };
        let key = (name, mention.kind == Kind::Demonym, mention.senses.len(), unknown, is_enumerated(words, mention));
        let number = *known.entry(key).or_insert_with(|| {
            names.push(candidates(gazetteer, words, mention));
            names.len() - 1
        });
        name_of.push(number);
    }
    (names, name_of)
}
