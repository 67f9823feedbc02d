//! The report of an evaluation.

use super::bootstrap::{Interval, intervals};
use super::group_by::GroupBy;
use super::metrics::{METRICS, Scores};
use super::scorer::{DocumentScore, GoldMention, PredictedMention};
use super::tally::{Select, Tally};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The report of an evaluation. `toponym eval --json` writes it, `--compare` reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The program's version.
    pub version: String,
    /// The metrics of all documents together.
    pub all: Group,
    /// What the mentions of each group have in common, if groups were asked for.
    pub by: Option<GroupBy>,
    /// The groups, in descending order of gold mentions.
    pub groups: Vec<Group>,
    /// Every mention, gold or predicted.
    pub mentions: Vec<MentionRecord>,
}

/// The metrics of a group of documents or mentions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// The name of the group.
    pub name: String,
    /// Number of documents.
    pub documents: usize,
    /// Number of gold mentions.
    pub gold: usize,
    /// Number of gold mentions with coordinates.
    pub gold_with_point: usize,
    /// Number of gold mentions of which both the gold place and the answer have a GeoNames id.
    pub with_ids: usize,
    /// Number of predicted mentions.
    pub found: usize,
    /// The values of the metrics, by their names in the tables of `toponym eval`.
    pub metrics: BTreeMap<String, Measured>,
}

/// The value of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The value.
    pub value: f64,
    /// Its confidence interval, if that was asked for.
    pub interval: Option<Interval>,
}

/// A mention, gold or predicted or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// The name of its corpus.
    pub corpus: String,
    /// The id of its document.
    pub document: String,
    /// Code points of the text proper before it.
    pub start: usize,
    /// Code points of the text proper up to its end.
    pub end: usize,
    /// Its text.
    pub text: String,
    /// Whether it is annotated.
    pub gold: bool,
    /// Whether it is predicted, with this span.
    pub found: bool,
    /// Distance in kilometres of the answer to the given mention from the gold coordinates, 20,039, half the equator, for no answer;
    /// `null` without gold coordinates.
    pub given_km: Option<f64>,
    /// Id of the answer to the given mention.
    pub given_id: Option<String>,
    /// Id of the place of the predicted mention.
    pub found_id: Option<String>,
}

impl Group {
    /// The group of the documents with these tallies, with intervals from `resamples` samples.
    fn new(name: &str, tallies: &[Tally], resamples: usize) -> Self {
        let tally: Tally = tallies.iter().sum();
        let (scores, intervals) = (Scores::from_tally(&tally), intervals(tallies, resamples));
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
            found: tally.with_demonyms.exact.predicted,
            metrics: measured.collect(),
        }
    }

    /// The value of a metric; `None` if it is undefined, because nothing was counted.
    pub fn value(&self, metric: &str) -> Option<f64> {
        self.metrics.get(metric).map(|measured| measured.value)
    }
}

impl Report {
    /// Computes all metrics, with intervals from `resamples` samples of the documents, without intervals if that is 0.
    pub fn new(documents: &[DocumentScore], by: Option<GroupBy>, resamples: usize) -> Self {
        let tallies: Vec<Tally> = documents.iter().map(|document| Tally::new(document, &Select::All)).collect();
        let mut groups = by.map_or_else(Vec::new, |by| groups(documents, &tallies, by, resamples));
        groups.sort_by(|a, b| b.gold.cmp(&a.gold).then(a.name.cmp(&b.name)));
        let mentions = documents.iter().flat_map(|document| {
            let gold = document.gold.iter().map(|gold| gold_record(document, gold));
            let false_positives = document.predicted.iter().filter(|predicted| predicted.gold.is_none());
            gold.chain(false_positives.map(|predicted| false_positive_record(document, predicted)))
        });
        Report {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            all: Group::new("all", &tallies, resamples),
            by,
            groups,
            mentions: mentions.collect(),
        }
    }
}

fn groups(documents: &[DocumentScore], tallies: &[Tally], by: GroupBy, resamples: usize) -> Vec<Group> {
    if by == GroupBy::Corpus {
        let mut corpora: HashMap<&str, Vec<Tally>> = HashMap::new();
        for (document, tally) in documents.iter().zip(tallies) {
            corpora.entry(&document.corpus).or_default().push(tally.clone());
        }
        return corpora.iter().map(|(corpus, tallies)| Group::new(corpus, tallies, resamples)).collect();
    }
    let mut members: HashMap<&str, Vec<&DocumentScore>> = HashMap::new();
    for document in documents {
        let names: BTreeSet<&str> = document.gold.iter().map(|gold| by.group(document, gold)).collect();
        for name in names {
            members.entry(name).or_default().push(document);
        }
    }
    let groups = members.into_iter().map(|(name, documents)| {
        let select = Select::Group(by, name.to_owned());
        let tallies: Vec<Tally> = documents.into_iter().map(|document| Tally::new(document, &select)).collect();
        let mut group = Group::new(name, &tallies, resamples);
        // A false positive has no gold feature or country, so that there is no precision.
        group.found = 0;
        group.metrics.retain(|metric, _| !metric.ends_with(".precision") && !metric.ends_with(".f1"));
        group
    });
    groups.collect()
}

fn gold_record(document: &DocumentScore, gold: &GoldMention) -> MentionRecord {
    MentionRecord {
        corpus: document.corpus.clone(),
        document: document.document.clone(),
        start: gold.toponym.span.start,
        end: gold.toponym.span.end,
        text: gold.toponym.text.clone(),
        gold: true,
        found: gold.predicted.is_some(),
        given_km: gold.error_km(gold.given.as_ref()).map(|km| (km * 10.0).round() / 10.0),
        given_id: gold.given.as_ref().map(|answer| answer.id.clone()),
        found_id: gold.predicted.and_then(|at| Some(document.predicted[at].answer.as_ref()?.id.clone())),
    }
}

fn false_positive_record(document: &DocumentScore, predicted: &PredictedMention) -> MentionRecord {
    MentionRecord {
        corpus: document.corpus.clone(),
        document: document.document.clone(),
        start: predicted.span.start,
        end: predicted.span.end,
        text: predicted.text.clone(),
        gold: false,
        found: true,
        given_km: None,
        given_id: None,
        found_id: predicted.answer.as_ref().map(|answer| answer.id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::{DocumentScore, GroupBy, PredictedMention, Report};
    use crate::mention::Kind;

    /// A document of a corpus with one false positive.
    fn document(corpus: &str) -> DocumentScore {
        let predicted = PredictedMention {
            span: 2..5,
            text: "Ulm".into(),
            kind: Kind::Place,
            demonym: false,
            answer: None,
            probability: None,
            confidence: None,
            gold: None,
        };
        DocumentScore { corpus: corpus.into(), document: "d".into(), gold: Vec::new(), predicted: vec![predicted] }
    }

    #[test]
    fn false_positives_are_recorded_and_count_for_their_corpus_only() {
        let documents = [document("a"), document("b"), document("a")];
        let report = Report::new(&documents, Some(GroupBy::Corpus), 0);
        let groups: Vec<_> = report.groups.iter().map(|g| (g.name.as_str(), g.documents, g.found)).collect();
        assert_eq!(groups, [("a", 2, 2), ("b", 1, 1)]);
        assert_eq!(report.all.value("recognition.exact.precision"), Some(0.0));
        assert_eq!(report.all.value("recognition.exact.recall"), None, "there are no gold mentions");
        let record = &report.mentions[0];
        assert_eq!((record.gold, record.found, record.start, record.text.as_str()), (false, true, 2, "Ulm"));
        assert!(Report::new(&documents, Some(GroupBy::Country), 0).groups.is_empty());
    }
}
