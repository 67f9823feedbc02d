//! Mentions -> clusters: which mentions of a document must be one place.

use super::cluster::MentionCluster;
use super::container::{self, AdjacentMentions};
use super::feature_type;
use super::features as f;
use super::home::Home;
use crate::candidate::{Candidate, candidates};
use crate::gazetteer::Gazetteer;
use crate::mention::{Kind, Mention};
use crate::text::Words;
use crate::text::language::FeatureTypes;
use rustc_hash::FxHashMap;

/// What distinguishes the clusters of one name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Container {
    /// The adjacent mention that contains this candidate.
    OfCandidate(usize),
    /// The adjacent mention with this name, which contains no candidate.
    Stated(usize),
}

/// Mentions of a cluster whose neighbours in the text are looked at.
const FIRST_MENTIONS: usize = 4;

/// The clusters of mentions, in the order of their first mentions, and the index of each mention's cluster. The mentions are in the
/// order of the text. The candidates are described as far as no other cluster has a part in it.
pub fn cluster_mentions<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mentions: &[Mention<'g>],
    home: &Home<'g>,
) -> (Vec<MentionCluster<'g>>, Vec<usize>) {
    let (names, name_of) = distinct_names(gazetteer, words, mentions);
    let mut clusters: Vec<MentionCluster<'g>> = Vec::new();
    let mut cluster_of = Vec::with_capacity(mentions.len());
    let mut known: FxHashMap<(usize, Option<Container>), usize> = FxHashMap::default();
    let mut stated: Vec<FeatureTypes> = Vec::new();
    let adjacent = AdjacentMentions::new(words, mentions, &names, &name_of);
    for (at, mention) in mentions.iter().enumerate() {
        let name = name_of[at];
        let (containment, stated_container) = adjacent.containment(at);
        // A container right behind the name splits its mention off only if it decides for something else.
        let elsewhere = stated_container.map(|stated| Container::Stated(name_of[stated.container]));
        let container = container::decided(&containment).map(Container::OfCandidate).or(elsewhere);
        let (key, bare) = ((name, container), (name, None));
        let cluster = known.get(&key).or_else(|| known.get(&bare).filter(|_| container.is_none())).copied();
        let cluster = cluster.unwrap_or_else(|| {
            clusters.push(MentionCluster::new(&names[name], name, words, mention));
            stated.push(FeatureTypes::default());
            clusters.len() - 1
        });
        known.insert(key, cluster);
        // The bare name afterwards is the place that was named in full.
        known.entry(bare).or_insert(cluster);
        let own = &mut clusters[cluster];
        own.stated_container = own.stated_container.or(stated_container);
        own.weight += mention.probability;
        if own.first_mentions.len() < FIRST_MENTIONS {
            own.first_mentions.push(at);
            if stated[cluster].is_empty() {
                stated[cluster] = feature_type::stated(words, mention);
            }
        }
        for (row, containment) in own.rows.iter_mut().zip(&containment) {
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

/// The candidates of each distinct name, and the index of each mention's name.
fn distinct_names<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mentions: &[Mention<'g>],
) -> (Vec<Vec<Candidate<'g>>>, Vec<usize>) {
    let mut names = Vec::new();
    let mut known: FxHashMap<(&str, bool, usize, bool), usize> = FxHashMap::default();
    let mut name_of = Vec::with_capacity(mentions.len());
    for mention in mentions {
        // Names that no place bears are distinguished as they are written: "SouthSudan" has two words, "Southsudan" one.
        let unknown = mention.senses.is_empty();
        let written = words.text.get(mention.start..mention.end).unwrap_or("");
        let name = if unknown { written } else { mention.name.as_str() };
        let key = (name, mention.kind == Kind::Demonym, mention.senses.len(), unknown);
        let number = *known.entry(key).or_insert_with(|| {
            names.push(candidates(gazetteer, words, mention));
            names.len() - 1
        });
        name_of.push(number);
    }
    (names, name_of)
}
