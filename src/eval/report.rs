//! What an evaluation says, for people and for machines.

use super::bootstrap::{Interval, intervals};
use super::group_by::GroupBy;
use super::judge::{Found, Outcome, Wanted};
use super::metrics::{METRICS, Scores};
use super::tally::{Select, Tally};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The result of an evaluation; `toponym eval --json` writes it, `--compare` reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The program's version.
    pub version: String,
    /// All documents together.
    pub all: Group,
    /// What the groups share, if any were asked for.
    pub by: Option<GroupBy>,
    /// The groups, the greatest first.
    pub groups: Vec<Group>,
    /// Every mention that is wanted or found.
    pub mentions: Vec<MentionRecord>,
}

/// The figures of some documents or mentions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// What they have in common.
    pub name: String,
    /// Documents.
    pub documents: usize,
    /// Mentions that are wanted.
    pub gold: usize,
    /// Of those, how many have coordinates.
    pub gold_with_point: usize,
    /// Of those, for how many both the annotators and the answer have a GeoNames id.
    pub with_ids: usize,
    /// Mentions that are found.
    pub found: usize,
    /// The figures, by their names in the tables of `toponym eval`.
    pub metrics: BTreeMap<String, Measured>,
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Its value.
    pub value: f64,
    /// How sure it is, if that was asked for.
    pub interval: Option<Interval>,
}

/// What became of a mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Its corpus.
    pub corpus: String,
    /// Its document.
    pub document: String,
    /// Code points before it.
    pub start: usize,
    /// Code points before its end.
    pub end: usize,
    /// Its text.
    pub text: String,
    /// Whether the annotators have it.
    pub gold: bool,
    /// Whether the program found it, with this very span.
    pub found: bool,
    /// How far from the annotators' coordinates the answer to the given mention is, in kilometres; `null` where they
    /// have none, 20,039, half the equator, for no answer.
    pub given_km: Option<f64>,
    /// The answer to the given mention.
    pub given_id: Option<String>,
    /// The place chosen where the mention was found.
    pub found_id: Option<String>,
}

impl Group {
    fn of(name: &str, tallies: &[Tally], resamples: usize) -> Self {
        let tally: Tally = tallies.iter().sum();
        let (scores, intervals) = (Scores::of(&tally), intervals(tallies, resamples));
        let measured = METRICS.iter().filter_map(|(name, _)| {
            let measured = Measured { value: scores.get(name)?, interval: intervals.get(name).copied() };
            Some(((*name).to_owned(), measured))
        });
        Group {
            name: name.to_owned(),
            documents: tallies.len(),
            gold: tally.with_demonyms.exact.gold,
            gold_with_point: tally.errors_km.len(),
            with_ids: tally.ids,
            found: tally.with_demonyms.exact.found,
            metrics: measured.collect(),
        }
    }

    /// A figure's value; `None` if there was nothing to compute it from.
    pub fn value(&self, metric: &str) -> Option<f64> {
        self.metrics.get(metric).map(|measured| measured.value)
    }
}

impl Report {
    /// Computes all figures, with intervals from `resamples` resamplings, none if 0.
    pub fn of(outcomes: &[Outcome], by: Option<GroupBy>, resamples: usize) -> Self {
        let tallies: Vec<Tally> = outcomes.iter().map(|outcome| Tally::of(outcome, &Select::All)).collect();
        let mut groups = by.map_or_else(Vec::new, |by| groups(outcomes, &tallies, by, resamples));
        groups.sort_by(|a, b| b.gold.cmp(&a.gold).then(a.name.cmp(&b.name)));
        let mentions = outcomes.iter().flat_map(|outcome| {
            let wanted = outcome.wanted.iter().map(|wanted| wanted_record(outcome, wanted));
            let invented = outcome.found.iter().filter(|found| found.wanted.is_none());
            wanted.chain(invented.map(|found| invented_record(outcome, found)))
        });
        Report {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            all: Group::of("all", &tallies, resamples),
            by,
            groups,
            mentions: mentions.collect(),
        }
    }
}

fn groups(outcomes: &[Outcome], tallies: &[Tally], by: GroupBy, resamples: usize) -> Vec<Group> {
    if by == GroupBy::Corpus {
        let mut corpora: HashMap<&str, Vec<Tally>> = HashMap::new();
        for (outcome, tally) in outcomes.iter().zip(tallies) {
            corpora.entry(&outcome.corpus).or_default().push(tally.clone());
        }
        return corpora.iter().map(|(corpus, tallies)| Group::of(corpus, tallies, resamples)).collect();
    }
    let mut members: HashMap<&str, Vec<&Outcome>> = HashMap::new();
    for outcome in outcomes {
        let names: BTreeSet<&str> = outcome.wanted.iter().map(|wanted| by.group(outcome, wanted)).collect();
        for name in names {
            members.entry(name).or_default().push(outcome);
        }
    }
    let groups = members.into_iter().map(|(name, outcomes)| {
        let select = Select::Group(by, name.to_owned());
        let tallies: Vec<Tally> = outcomes.into_iter().map(|outcome| Tally::of(outcome, &select)).collect();
        let mut group = Group::of(name, &tallies, resamples);
        // What is found belongs to no feature or country before it is known to be right.
        group.found = 0;
        group.metrics.retain(|metric, _| !metric.ends_with(".precision") && !metric.ends_with(".f1"));
        group
    });
    groups.collect()
}

fn wanted_record(outcome: &Outcome, wanted: &Wanted) -> MentionRecord {
    MentionRecord {
        corpus: outcome.corpus.clone(),
        document: outcome.document.clone(),
        start: wanted.toponym.span.start,
        end: wanted.toponym.span.end,
        text: wanted.toponym.text.clone(),
        gold: true,
        found: wanted.found.is_some(),
        given_km: wanted.error_km(wanted.given.as_ref()).map(|km| (km * 10.0).round() / 10.0),
        given_id: wanted.given.as_ref().map(|answer| answer.id.clone()),
        found_id: wanted.found.and_then(|at| Some(outcome.found[at].answer.as_ref()?.id.clone())),
    }
}

fn invented_record(outcome: &Outcome, found: &Found) -> MentionRecord {
    MentionRecord {
        corpus: outcome.corpus.clone(),
        document: outcome.document.clone(),
        start: found.span.start,
        end: found.span.end,
        text: found.text.clone(),
        gold: false,
        found: true,
        given_km: None,
        given_id: None,
        found_id: found.answer.as_ref().map(|answer| answer.id.clone()),
    }
}
