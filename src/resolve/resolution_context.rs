//! A document's mentions in groups that must be one place each, with what is known of every candidate.

use super::cluster::{MentionCluster, leads};
use super::container::{self, AdjacentMentions};
use super::context::{Facts, Likely, Surroundings};
use super::feature_type;
use super::features::{self as f, Row, log_km};
use super::home::Home;
use super::locality;
use super::model::{Model, softmax};
use crate::candidate::{Candidate, candidates};
use crate::gazetteer::Gazetteer;
use crate::mention::{Kind, Mention};
use crate::text::Words;
use crate::text::language::FeatureTypes;
use rustc_hash::FxHashMap;

/// All groups of a document.
pub struct ResolutionContext<'g> {
    /// The groups, in the order of their first mentions.
    pub groups: Vec<MentionCluster<'g>>,
    /// The group of each mention.
    pub group_of: Vec<usize>,
    /// The bytes of each mention.
    pub spans: Vec<(usize, usize)>,
    home: Home<'g>,
    rounds: usize,
}

/// What a mention is said to be in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Container {
    /// What contains this candidate of the name.
    OfCandidate(usize),
    /// What this name stands for, which contains no candidate.
    Other(usize),
}

/// Mentions of a group whose neighbours in the text are looked at.
const SPOTS: usize = 4;

/// Mentions before and behind one that count as next to it.
const BESIDE: usize = 2;

impl<'g> ResolutionContext<'g> {
    /// Groups the mentions, which stand in the order of the text, and notes what can be told of their candidates before
    /// anything is known of the others.
    pub fn set(gazetteer: &'g Gazetteer, words: &Words<'_>, mentions: &[Mention<'g>], home: Home<'g>) -> Self {
        let (names, name_of) = names(gazetteer, words, mentions);
        let spans = mentions.iter().map(|mention| (mention.start, mention.end)).collect();
        let mut scene = ResolutionContext { groups: Vec::new(), group_of: Vec::new(), spans, home, rounds: 0 };
        let mut known: FxHashMap<(usize, Option<Container>), usize> = FxHashMap::default();
        let mut said: Vec<FeatureTypes> = Vec::new();
        let adjacent = AdjacentMentions::new(words, mentions, &names, &name_of);
        for (at, mention) in mentions.iter().enumerate() {
            let name = name_of[at];
            let (containment, stated_container) = adjacent.containment(at);
            // A container that stands right behind the name splits its mention off only if it says something else.
            let elsewhere =
                stated_container.map(|stated_container| Container::Other(name_of[stated_container.container]));
            let container = container::decided(&containment).map(Container::OfCandidate).or(elsewhere);
            let (key, bare) = ((name, container), (name, None));
            let group = known.get(&key).or_else(|| known.get(&bare).filter(|_| container.is_none())).copied();
            let group = group.unwrap_or_else(|| {
                scene.groups.push(MentionCluster::new(&names[name], name, words, mention));
                said.push(FeatureTypes::default());
                scene.groups.len() - 1
            });
            known.insert(key, group);
            // The bare name afterwards is the place that was named in full.
            known.entry(bare).or_insert(group);
            let group_of = &mut scene.groups[group];
            group_of.stated_container = group_of.stated_container.or(stated_container);
            group_of.weight += mention.probability;
            if group_of.spots.len() < SPOTS {
                group_of.spots.push(at);
                if said[group] == FeatureTypes::default() {
                    said[group] = feature_type::stated(words, mention);
                }
            }
            for (row, containment) in group_of.rows.iter_mut().zip(&containment) {
                row[f::BEHIND] = row[f::BEHIND].max(containment.behind);
                row[f::AHEAD] = row[f::AHEAD].max(containment.before);
                row[f::HOLDS] = row[f::HOLDS].max(containment.holds);
                row[f::MENTIONS] += 1.0;
            }
            scene.group_of.push(group);
        }
        for (order, (group, said)) in scene.groups.iter_mut().zip(said).enumerate() {
            group.describe(order, said, &scene.home);
        }
        scene
    }

    /// Forgets all rounds.
    #[cfg(feature = "eval")]
    pub fn begin(&mut self) {
        self.rounds = 0;
        for group in &mut self.groups {
            group.put_localities(Vec::new(), &self.home);
            group.probabilities = group.rows.iter().map(|row| f64::from(row[f::PRIOR_SHARE])).collect();
        }
    }

    /// Chooses once more, in the light of what was chosen before.
    pub fn round(&mut self, model: &Model) {
        if self.rounds > 0 {
            self.look_round();
        }
        if let Some(forest) = model.rounds.get(self.rounds) {
            let home = self.home;
            // All that have a choice at once: most groups are smaller than what is scored side by side.
            let open = self.groups.iter().filter(|group| group.rows.len() > 1);
            let scores = forest.scores(open.flat_map(|group| &group.rows));
            let mut rest = &scores[..];
            for group in &mut self.groups {
                let own = match group.rows.len() {
                    1 => &[0.0][..],
                    count => rest.split_off(..count).unwrap_or_default(),
                };
                let told = |at: usize| home.speak_for(&group.candidates[at].place, &group.facts[at]) + group.said(at);
                group.probabilities = softmax(own, told);
            }
        }
        self.rounds += 1;
    }

    /// Writes into the rows what the likely places say, and adds candidates by locality.
    pub fn look_round(&mut self) {
        let likely: Vec<Vec<Likely<'g>>> = self.groups.iter().enumerate().map(|(at, g)| g.likely(at)).collect();
        let surroundings = Surroundings::of(&likely.concat());
        let elsewhere = self.elsewhere(&likely);
        let prominent = locality::prominent(&likely);
        for at in 0..self.groups.len() {
            let neighbours = self.neighbours(at);
            if self.groups[at].roams {
                let localities = locality::of(at, &neighbours, &likely, &prominent, &self.home);
                self.groups[at].put_localities(localities, &self.home);
            } else if let Some(stated_container) = self.groups[at].stated_container {
                self.groups[at].put_said(
                    &likely[self.group_of[stated_container.container]],
                    stated_container,
                    &self.home,
                );
            }
            let near =
                neighbours.iter().flat_map(|&(group, near)| likely[group].iter().map(move |l| Next::of(l, near)));
            let near: Vec<Next<'_, 'g>> = near.collect();
            let total: f64 = near.iter().map(|next| next.weight).sum();
            let same_name = elsewhere.get(&self.groups[at].name).map_or(&[][..], Vec::as_slice);
            let group = &mut self.groups[at];
            for ((candidate, facts), row) in group.candidates.iter().zip(&group.facts).zip(&mut group.rows) {
                surroundings.describe(at, candidate, facts, row);
                beside_in_text(&near, total, facts, row);
                let same = same_name.iter().filter(|l| l.group != at && l.place.key() == candidate.place.key());
                row[f::ELSEWHERE] = same.map(|likely| likely.weight as f32).fold(0.0, f32::max);
            }
            leads(&mut group.rows, f::COUNTRY, f::COUNTRY_LEAD, 1.0);
            leads(&mut group.rows, f::DIVISION, f::DIVISION_LEAD, 1.0);
            leads(&mut group.rows, f::NEARNESS, f::NEARNESS_LEAD, 1.0);
            leads(&mut group.rows, f::BY_KM, f::BY_LEAD, -1.0);
        }
    }

    /// The likely places of names that stand for more than one group.
    fn elsewhere(&self, likely: &[Vec<Likely<'g>>]) -> FxHashMap<usize, Vec<Likely<'g>>> {
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (at, group) in self.groups.iter().enumerate() {
            groups.entry(group.name).or_default().push(at);
        }
        groups.retain(|_, groups| groups.len() > 1);
        let places = |at: &usize| likely[*at].iter().copied();
        groups.into_iter().map(|(name, groups)| (name, groups.iter().flat_map(places).take(12).collect())).collect()
    }

    /// The groups of the mentions next to those of a group, with how near they stand in the text, up to 1.
    fn neighbours(&self, group: usize) -> Vec<(usize, f64)> {
        let mut neighbours: Vec<(usize, f64)> = Vec::new();
        for &spot in &self.groups[group].spots {
            for near in spot.saturating_sub(BESIDE)..=(spot + BESIDE).min(self.spans.len().saturating_sub(1)) {
                let other = self.group_of[near];
                let (start, end) = self.spans[spot];
                let gap = self.spans[near].0.saturating_sub(end).max(start.saturating_sub(self.spans[near].1));
                let nearness = 1.0 / (1.0 + gap as f64 / 100.0);
                match neighbours.iter_mut().find(|(known, _)| *known == other) {
                    _ if other == group => {}
                    Some((_, known)) => *known = known.max(nearness),
                    None => neighbours.push((other, nearness)),
                }
            }
        }
        neighbours
    }
}

/// A likely place of a name next to others in the text.
struct Next<'l, 'g> {
    facts: &'l Facts<'g>,
    /// How likely it is, and how near it stands.
    weight: f64,
    /// What is doubtful is as good as farther off.
    doubt: f32,
}

impl<'l, 'g> Next<'l, 'g> {
    fn of(likely: &'l Likely<'g>, near: f64) -> Self {
        let likelihood = likely.weight.min(1.0);
        Next { facts: &likely.facts, weight: likelihood * near, doubt: 1.0 - likelihood as f32 }
    }
}

/// What the places next to it in the text, whose weights make up a total, say of a candidate.
fn beside_in_text(near: &[Next<'_, '_>], total: f64, facts: &Facts<'_>, row: &mut Row) {
    let share = |same: &dyn Fn(&Facts<'_>) -> bool| {
        let sum: f64 = near.iter().filter(|next| same(next.facts)).map(|next| next.weight).sum();
        if total > 0.0 { (sum / total) as f32 } else { -1.0 }
    };
    row[f::BY_COUNTRY] = share(&|other| other.country == facts.country);
    row[f::BY_DIVISION] = share(&|other| other.division1.is_some() && other.division1 == facts.division1);
    let km = near.iter().filter(|next| !next.facts.wide).map(|next| log_km(next.facts.km(facts)) + next.doubt);
    row[f::BY_KM] = km.fold(f::NOWHERE, f32::min);
}

/// The candidates of each distinct name, and which name each mention has.
fn names<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mentions: &[Mention<'g>],
) -> (Vec<Vec<Candidate<'g>>>, Vec<usize>) {
    let mut names = Vec::new();
    let mut known: FxHashMap<(&str, bool, usize, bool), usize> = FxHashMap::default();
    let mut name_of = Vec::with_capacity(mentions.len());
    for mention in mentions {
        // Names that no place bears are told by how they are written: "SouthSudan" has two words, "Southsudan" one.
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
