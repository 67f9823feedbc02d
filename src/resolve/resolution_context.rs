//! A document's mentions in clusters that must be one place each, and the rounds in which a place is chosen for each.

use super::adjacent::AdjacentPlaces;
use super::candidate_features::leads;
use super::cluster::MentionCluster;
use super::clustering::cluster_mentions;
use super::container::StatedContainer;
use super::context::{Likely, Surroundings};
use super::features as f;
use super::forest::Forest;
use super::home::Home;
use super::locality;
use super::model::softmax;
use crate::gazetteer::Gazetteer;
use crate::mention::gap::Gap;
use crate::mention::{Kind, Mention};
use crate::text::Words;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// All clusters of a document.
pub struct ResolutionContext<'g> {
    /// The clusters, in the order of their first mentions.
    pub clusters: Vec<MentionCluster<'g>>,
    /// Index of each mention's cluster.
    pub cluster_of: Vec<usize>,
    /// First byte of each mention, and the byte after its last.
    spans: Vec<(usize, usize)>,
    /// Whether each mention is an adjective or a people: a place that it is beside is anywhere.
    demonyms: Vec<bool>,
    /// Whether each mention but the last and the one behind it are items of a list.
    joined: Vec<bool>,
    home: Home<'g>,
    /// Rounds that are over.
    rounds: usize,
}

/// Mentions before and behind one that are its neighbours.
const NEIGHBOURS: usize = 2;

/// Names of a document that are few enough for each to be chosen by the newest outcome of the others.
const FEW: usize = 10;

/// Likely places of the other clusters of a name, at most.
const MOST_ELSEWHERE: usize = 12;

impl<'g> ResolutionContext<'g> {
    /// Clusters the mentions, which are in the order of the text, and describes their candidates as far as no other cluster has a
    /// part in it.
    pub fn new(gazetteer: &'g Gazetteer, words: &Words<'_>, mentions: &[Mention<'g>], home: Home<'g>) -> Self {
        let gaps: Vec<Gap> = mentions.windows(2).map(|pair| Gap::new(words, &pair[0], &pair[1])).collect();
        let (clusters, cluster_of) = cluster_mentions(gazetteer, words, mentions, &gaps, &home);
        let spans = mentions.iter().map(|mention| (mention.start, mention.end)).collect();
        let joined = gaps.iter().map(Gap::is_between_peers).collect();
        let demonyms = mentions.iter().map(|mention| mention.kind == Kind::Demonym).collect();
        ResolutionContext { clusters, cluster_of, spans, demonyms, joined, home, rounds: 0 }
    }

    /// Forgets all rounds.
    #[cfg(feature = "train")]
    pub fn reset(&mut self) {
        self.rounds = 0;
        self.clusters.iter_mut().for_each(MentionCluster::reset);
    }

    /// A round: describes each candidate by the outcome of the previous round, if there was one, and chooses by a forest.
    pub fn run_round(&mut self, forest: &Forest) {
        if self.rounds == 0 || self.clusters.len() > FEW {
            self.prepare_round();
            self.choose(forest);
        } else {
            self.choose_in_turn(forest);
        }
    }

    /// A round of a document with few names, one name after another, the least certain first, each by the newest outcome of the others. All
    /// at once, two names would follow each other to and fro: Bath to Maine because Bristol might be in Tennessee, and Bristol to England
    /// because Bath might be there.
    fn choose_in_turn(&mut self, forest: &Forest) {
        self.rounds += 1;
        let certainty = |cluster: &MentionCluster<'_>| cluster.probabilities.iter().copied().fold(0.0, f64::max);
        let mut order: Vec<usize> = (0..self.clusters.len()).collect();
        order.sort_by(|a, b| certainty(&self.clusters[*a]).total_cmp(&certainty(&self.clusters[*b])));
        for at in order {
            self.describe_by_likely_places(at..at + 1);
            let cluster = &mut self.clusters[at];
            cluster.probabilities = match cluster.rows.len() {
                1 => vec![1.0],
                _ => softmax(&forest.scores(&cluster.rows)),
            };
            cluster.prefer_own();
        }
    }

    /// Describes each candidate by the outcome of the previous round, if there was one, and finds localities anew.
    pub fn prepare_round(&mut self) {
        if self.rounds > 0 {
            self.describe_by_likely_places(0..self.clusters.len());
        }
        self.rounds += 1;
    }

    /// Sets the probabilities of all candidates by a forest.
    pub fn choose(&mut self, forest: &Forest) {
        // Clusters with a choice are scored together, because most have fewer candidates than are scored side by side.
        let open = self.clusters.iter().filter(|cluster| cluster.rows.len() > 1);
        let scores = forest.scores(open.flat_map(|cluster| &cluster.rows));
        let mut rest = &scores[..];
        for cluster in &mut self.clusters {
            cluster.probabilities = match cluster.rows.len() {
                1 => vec![1.0],
                count => softmax(rest.split_off(..count).unwrap_or_default()),
            };
            cluster.prefer_own();
        }
    }

    /// Describes the candidates of some clusters by the likely places of the others.
    fn describe_by_likely_places(&mut self, clusters: Range<usize>) {
        let likely: Vec<Vec<Likely<'g>>> = self.clusters.iter().enumerate().map(|(at, c)| c.likely(at)).collect();
        let surroundings = Surroundings::new(&likely.concat());
        let elsewhere = self.elsewhere(&likely);
        let named = self.clusters.iter().zip(&likely).filter(|(cluster, _)| !cluster.is_demonym());
        let prominent = locality::prominent(named.flat_map(|(_, likely)| likely));
        for at in clusters {
            let neighbours = self.neighbours(at);
            let needs_locality = self.clusters[at].needs_locality;
            let places = |stated: &StatedContainer| &likely[self.cluster_of[stated.container]];
            let stated = self.clusters[at].stated_container;
            let holds = |stated: &StatedContainer| {
                if stated.outright { !places(stated).is_empty() } else { !needs_locality }
            };
            if let Some(stated) = stated.filter(holds) {
                // What is stated outright lies in the place that its container is, whichever that is.
                let mut places = places(&stated).clone();
                if stated.outright {
                    places.sort_by(|a, b| b.weight.total_cmp(&a.weight));
                    places.truncate(1);
                }
                self.clusters[at].replace_stated_container(&places, stated, &self.home);
            } else if needs_locality {
                let peers = self.peers(at);
                let localities = locality::localities(at, &peers, &neighbours, &likely, &prominent, &self.home);
                self.clusters[at].replace_localities(localities, &self.home);
            }
            let adjacent = AdjacentPlaces::new(&neighbours, &likely);
            let same_name = elsewhere.get(&self.clusters[at].name).map_or(&[][..], Vec::as_slice);
            let cluster = &mut self.clusters[at];
            for ((candidate, facts), row) in cluster.candidates.iter().zip(&cluster.facts).zip(&mut cluster.rows) {
                surroundings.describe(at, candidate, facts, row);
                adjacent.describe(facts, row);
                let same = same_name.iter().filter(|l| l.cluster != at && l.place.key() == candidate.place.key());
                row[f::ELSEWHERE] = same.map(|likely| likely.weight as f32).fold(0.0, f32::max);
            }
            leads(&mut cluster.rows, f::COUNTRY, f::COUNTRY_LEAD, 1.0);
            leads(&mut cluster.rows, f::DIVISION, f::DIVISION_LEAD, 1.0);
            leads(&mut cluster.rows, f::NEARNESS, f::NEARNESS_LEAD, 1.0);
            leads(&mut cluster.rows, f::ADJACENT_KM, f::ADJACENT_LEAD, -1.0);
        }
    }

    /// The likely places of names that have more than one cluster, by name.
    fn elsewhere(&self, likely: &[Vec<Likely<'g>>]) -> FxHashMap<usize, Vec<Likely<'g>>> {
        let mut clusters: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (at, cluster) in self.clusters.iter().enumerate() {
            clusters.entry(cluster.name).or_default().push(at);
        }
        clusters.retain(|_, clusters| clusters.len() > 1);
        let places = |at: &usize| likely[*at].iter().copied();
        let places = |clusters: Vec<usize>| clusters.iter().flat_map(places).take(MOST_ELSEWHERE).collect();
        clusters.into_iter().map(|(name, clusters)| (name, places(clusters))).collect()
    }

    /// The clusters of the mentions that stand beside those of a cluster in a list.
    fn peers(&self, cluster: usize) -> Vec<usize> {
        let joined = |gap: usize| self.joined.get(gap) == Some(&true);
        let beside = |&at: &usize| {
            let before = at.checked_sub(1).filter(|before| joined(*before));
            [before, Some(at + 1).filter(|_| joined(at))].into_iter().flatten()
        };
        self.clusters[cluster].first_mentions.iter().flat_map(beside).map(|at| self.cluster_of[at]).collect()
    }

    /// The clusters of the neighbouring mentions of a cluster's mentions, each with how near it is in the text, 0 to 1.
    fn neighbours(&self, cluster: usize) -> Vec<(usize, f64)> {
        let mut neighbours: Vec<(usize, f64)> = Vec::new();
        for &at in &self.clusters[cluster].first_mentions {
            let is_place = |near: &usize| !self.demonyms[*near];
            let before = (0..at).rev().filter(is_place).take(NEIGHBOURS);
            let behind = (at + 1..self.spans.len()).filter(is_place).take(NEIGHBOURS);
            for near in before.chain(behind) {
                let other = self.cluster_of[near];
                let (start, end) = self.spans[at];
                let gap = self.spans[near].0.saturating_sub(end).max(start.saturating_sub(self.spans[near].1));
                let nearness = 1.0 / (1.0 + gap as f64 / 100.0);
                match neighbours.iter_mut().find(|(known, _)| *known == other) {
                    _ if other == cluster => {}
                    Some((_, known)) => *known = known.max(nearness),
                    None => neighbours.push((other, nearness)),
                }
            }
        }
        neighbours
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::features as f;
    use crate::resolve::forest::{Forest, Tree};
    use crate::resolve::home::{Hint, Home};
    use crate::resolve::testing::Scene;

    /// A forest that prefers candidates with more than `above` of a feature.
    fn preferring(feature: usize, above: f32) -> Forest {
        Forest::new(vec![Tree { questions: vec![(feature as u8, above)], leaves: vec![0.0, 5.0] }])
    }

    #[test]
    fn a_name_with_two_containers_is_two_clusters() {
        let scene = Scene::new("From Springfield, Illinois, to Springfield, Missouri. Springfield grew.");
        let names = ["Springfield", "Illinois", "Springfield", "Missouri", "Springfield"];
        let context = scene.context(&names);
        assert_eq!(context.cluster_of, [0, 1, 2, 3, 0], "the bare name is the place that was named first");
        let best = |cluster: usize| {
            let rows = &context.clusters[cluster].rows;
            (0..rows.len()).max_by(|&a, &b| rows[a][f::CONTAINER_BEHIND].total_cmp(&rows[b][f::CONTAINER_BEHIND]))
        };
        let division = |cluster: usize| {
            let place = context.clusters[cluster].candidates[best(cluster).expect("is known")].place;
            place.division1().map(str::to_owned)
        };
        assert_eq!([division(0), division(2)], [Some("US.IL".to_owned()), Some("US.MO".to_owned())]);
    }

    #[test]
    fn rounds_see_what_the_round_before_chose() {
        let scene = Scene::new("Militias left Aleppo, Idlib and Hama.");
        let mut context = scene.context(&["Aleppo", "Idlib", "Hama"]);
        context.run_round(&preferring(f::PROMINENCE, 4.0));
        assert!(context.clusters.iter().flat_map(|cluster| &cluster.rows).all(|row| row[f::COUNTRY] == 0.0));
        context.run_round(&preferring(f::COUNTRY, 0.5));
        for cluster in &context.clusters {
            let best = cluster.best().expect("is known");
            assert_eq!(cluster.candidates[best].place.country(), "SY");
            assert!(cluster.rows[best][f::COUNTRY] > 0.6, "the others are likely in Syria too");
        }
    }

    #[test]
    fn unknown_names_are_placed_at_their_neighbours() {
        let scene = Scene::new("A fire in Xyzzy, near Aleppo.");
        let mut context = scene.context(&["Xyzzy", "Aleppo"]);
        let forest = preferring(f::PROMINENCE, 4.0);
        context.run_round(&forest);
        assert_eq!(context.clusters[0].best(), None);
        context.run_round(&forest);
        let best = context.clusters[0].best().expect("a locality");
        assert_eq!(context.clusters[0].candidates[best].place.name(), "Aleppo");
    }

    #[test]
    fn a_stated_container_is_a_locality() {
        let scene = Scene::new("He was born in Nairobi, Michigan, in 1900.");
        let mut context = scene.context(&["Nairobi", "Michigan"]);
        let forest = preferring(f::CONTAINER_BEHIND, 3.0);
        (0..2).for_each(|_| context.run_round(&forest));
        let best = context.clusters[0].best().expect("a locality");
        assert_eq!(context.clusters[0].candidates[best].place.name(), "Michigan");
    }

    #[cfg(feature = "train")]
    #[test]
    fn reset_forgets_the_rounds() {
        let scene = Scene::new("A fire in Xyzzy, near Aleppo.");
        let mut context = scene.context(&["Xyzzy", "Aleppo"]);
        let before: Vec<_> = context.clusters.iter().map(|cluster| cluster.probabilities.clone()).collect();
        (0..2).for_each(|_| context.run_round(&preferring(f::PROMINENCE, 4.0)));
        context.reset();
        for (cluster, before) in context.clusters.iter().zip(before) {
            assert!(cluster.probabilities.iter().zip(&before).all(|(a, b)| (a - b).abs() < 1e-6));
            assert_eq!(cluster.candidates.len(), cluster.named);
        }
    }

    #[test]
    fn hints_are_features() {
        let scene = Scene::new("Rain fell in Tripoli.");
        let document = crate::Document::new("", "");
        let hint = Hint::Country("LB".into());
        let home = Home::for_document(scene.gazetteer(), &scene.words(), &document, Some(&hint));
        let context = scene.context_at_home(&["Tripoli"], home);
        let cluster = &context.clusters[0];
        for (candidate, row) in cluster.candidates.iter().zip(&cluster.rows) {
            assert_eq!(row[f::HINTED], f32::from(u8::from(candidate.place.country() == "LB")));
        }
    }
}
