//! Counts over documents, from which metrics are computed and which the bootstrap adds up.

use super::group_by::GroupBy;
use super::matching;
use super::metrics::NEAR_KM;
use super::scorer::{DocumentScore, GoldMention, PredictedMention};
use crate::mention::Kind;
use std::ops::{AddAssign, Range};

/// Numbers of gold mentions, predicted mentions and true positives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Gold mentions.
    pub gold: usize,
    /// Predicted mentions.
    pub predicted: usize,
    /// Predicted mentions that match a gold mention.
    pub true_positives: usize,
}

/// Counts of mentions under several criteria of a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanCounts {
    /// A match has the same span.
    pub exact: Counts,
    /// A match has an overlapping span; mentions are matched one to one.
    pub overlap: Counts,
    /// A match has the same span and a place within 161 km, over gold mentions with coordinates.
    pub placed: Counts,
    /// A match has the same span and the same GeoNames id, over gold mentions with an id.
    pub same_id: Counts,
}

/// The counts of one or more documents.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Of all mentions.
    pub with_demonyms: SpanCounts,
    /// Of all mentions but demonyms, gold or predicted.
    pub without_demonyms: SpanCounts,
    /// For each kind, in the order of `KINDS`, the predicted mentions of that kind and those with an equal gold span.
    pub predicted_kinds: [Counts; 3],
    /// For each kind the gold mentions of that kind and those with an equal predicted span.
    pub gold_kinds: [Counts; 3],
    /// Errors in kilometres of the answers to given mentions, over all gold mentions with coordinates.
    pub errors_km: Vec<f64>,
    /// Number of given mentions with coordinates that got no answer.
    pub unanswered: usize,
    /// Number of given mentions with coordinates that have a candidate within 161 km.
    pub reachable: usize,
    /// Number of given mentions of which both the gold place and the answer have a GeoNames id.
    pub ids: usize,
    /// Number of those of which the ids are equal.
    pub ids_equal: usize,
}

/// The kinds in the order of [`Tally::predicted_kinds`] and [`Tally::gold_kinds`].
pub const KINDS: [Kind; 3] = [Kind::Place, Kind::Embedded, Kind::Demonym];

/// Which gold mentions are counted.
#[derive(Clone, Debug)]
pub enum Select {
    /// All.
    All,
    /// Those of one group.
    Group(GroupBy, String),
}

impl Select {
    fn contains(&self, document: &DocumentScore, gold: &GoldMention) -> bool {
        match self {
            Select::All => true,
            Select::Group(by, name) => by.group(document, gold) == name,
        }
    }
}

impl Tally {
    /// Counts a document. The selection concerns gold mentions only: all predicted mentions are counted.
    pub fn new(document: &DocumentScore, select: &Select) -> Self {
        let mut tally = Tally {
            with_demonyms: span_counts(document, select, true),
            without_demonyms: span_counts(document, select, false),
            ..Tally::default()
        };
        let selected = || document.gold.iter().filter(|gold| select.contains(document, gold));
        for (at, kind) in KINDS.iter().enumerate() {
            let predicted = document.predicted.iter().filter(|predicted| predicted.kind == *kind);
            let gold = selected().filter(|gold| gold.kind == *kind);
            tally.predicted_kinds[at].predicted = predicted.clone().count();
            tally.predicted_kinds[at].true_positives = predicted.filter(|predicted| predicted.gold.is_some()).count();
            tally.gold_kinds[at].gold = gold.clone().count();
            tally.gold_kinds[at].true_positives = gold.filter(|gold| gold.predicted.is_some()).count();
        }
        for gold in selected() {
            if let Some(km) = gold.error_km(gold.given.as_ref()) {
                tally.errors_km.push(km);
                tally.unanswered += usize::from(gold.given.is_none());
                tally.reachable += usize::from(gold.reachable);
            }
            if let Some((id, answer)) = gold.toponym.geoname.zip(gold.given.as_ref().and_then(|a| a.geoname)) {
                tally.ids += 1;
                tally.ids_equal += usize::from(id == answer);
            }
        }
        tally
    }
}

/// Counts the mentions of a document, with or without demonyms.
fn span_counts(document: &DocumentScore, select: &Select, demonyms: bool) -> SpanCounts {
    let gold: Vec<&GoldMention> =
        document.gold.iter().filter(|gold| (demonyms || !gold.demonym) && select.contains(document, gold)).collect();
    let counted = |predicted: &&PredictedMention| demonyms || !predicted.demonym;
    let predicted: Vec<&PredictedMention> = document.predicted.iter().filter(counted).collect();
    let pair = |gold: &GoldMention| gold.predicted.and_then(|at| document.predicted.get(at)).filter(counted);
    let gold_spans: Vec<Range<usize>> = gold.iter().map(|gold| gold.toponym.span.clone()).collect();
    let predicted_spans: Vec<Range<usize>> = predicted.iter().map(|predicted| predicted.span.clone()).collect();
    // A prediction that matches a gold mention for which the property is not annotated is neither right nor wrong.
    let counts = |annotated: &dyn Fn(&GoldMention) -> bool, right: &dyn Fn(&GoldMention) -> bool| Counts {
        gold: gold.iter().filter(|gold| annotated(gold)).count(),
        predicted: predicted.iter().filter(|p| p.gold.is_none_or(|at| annotated(&document.gold[at]))).count(),
        true_positives: gold.iter().filter(|gold| annotated(gold) && right(gold)).count(),
    };
    let near = |gold: &GoldMention| {
        pair(gold).and_then(|predicted| gold.error_km(predicted.answer.as_ref())).is_some_and(|km| km <= NEAR_KM)
    };
    let geoname = |predicted: &PredictedMention| predicted.answer.as_ref().and_then(|answer| answer.geoname);
    let same_id = |gold: &GoldMention| pair(gold).is_some_and(|found| geoname(found) == gold.toponym.geoname);
    SpanCounts {
        exact: counts(&|_| true, &|gold| pair(gold).is_some()),
        overlap: Counts {
            gold: gold.len(),
            predicted: predicted.len(),
            true_positives: matching::overlapping(&gold_spans, &predicted_spans),
        },
        placed: counts(&|gold| gold.toponym.point.is_some(), &near),
        same_id: counts(&|gold| gold.toponym.geoname.is_some(), &same_id),
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.true_positives += other.true_positives;
    }
}

impl AddAssign for SpanCounts {
    fn add_assign(&mut self, other: SpanCounts) {
        self.exact += other.exact;
        self.overlap += other.overlap;
        self.placed += other.placed;
        self.same_id += other.same_id;
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.with_demonyms += other.with_demonyms;
        self.without_demonyms += other.without_demonyms;
        for at in 0..KINDS.len() {
            self.predicted_kinds[at] += other.predicted_kinds[at];
            self.gold_kinds[at] += other.gold_kinds[at];
        }
        self.errors_km.extend_from_slice(&other.errors_km);
        self.unanswered += other.unanswered;
        self.reachable += other.reachable;
        self.ids += other.ids;
        self.ids_equal += other.ids_equal;
    }
}

impl<'t> std::iter::Sum<&'t Tally> for Tally {
    fn sum<I: Iterator<Item = &'t Tally>>(tallies: I) -> Self {
        tallies.fold(Tally::default(), |mut sum, tally| {
            sum += tally;
            sum
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Select, Tally};
    use crate::eval::gold::Toponym;
    use crate::eval::group_by::GroupBy;
    use crate::eval::metrics::Scores;
    use crate::eval::scorer::{Answer, DocumentScore, GoldMention, PredictedMention};
    use crate::mention::Kind;

    fn answer(geoname: u64, point: (f64, f64)) -> Answer {
        Answer { id: format!("geonames:{geoname}"), geoname: Some(geoname), described: String::new(), point }
    }

    fn gold(start: usize, point: Option<(f64, f64)>, demonym: bool, predicted: Option<usize>) -> GoldMention {
        let toponym = Toponym {
            span: start..start + 5,
            text: String::new(),
            point,
            geoname: point.map(|_| 7),
            feature: "P.PPL".into(),
            embedded: false,
            demonym: None,
            metonymic: None,
        };
        let kind = if demonym { Kind::Demonym } else { Kind::Place };
        GoldMention {
            toponym,
            demonym,
            kind,
            feature: "P.PPL".into(),
            country: "SY".into(),
            predicted,
            given: None,
            reachable: false,
        }
    }

    fn predicted(start: usize, answer: Answer, kind: Kind, gold: Option<usize>) -> PredictedMention {
        let answer = Some(answer);
        let (demonym, probability) = (kind == Kind::Demonym, None);
        PredictedMention {
            span: start..start + 5,
            text: String::new(),
            kind,
            demonym,
            answer,
            probability,
            confidence: None,
            gold,
        }
    }

    /// Five gold mentions: one found and placed rightly, one found and placed wrongly, a demonym found, one without coordinates found, one
    /// missed. Another predicted mention overlaps the one missed.
    fn document() -> DocumentScore {
        let here = (10.0, 10.0);
        let mut gold = vec![
            gold(0, Some(here), false, Some(0)),
            gold(10, Some(here), false, Some(1)),
            gold(20, Some(here), true, Some(2)),
            gold(30, None, false, Some(3)),
            gold(40, Some(here), false, None),
        ];
        gold[0].given = Some(answer(7, here));
        gold[1].given = Some(answer(8, (50.0, 10.0)));
        let predicted = vec![
            predicted(0, answer(7, (10.0, 10.5)), Kind::Place, Some(0)),
            predicted(10, answer(8, (50.0, 10.0)), Kind::Embedded, Some(1)),
            predicted(20, answer(7, here), Kind::Demonym, Some(2)),
            predicted(30, answer(9, here), Kind::Place, Some(3)),
            predicted(42, answer(9, here), Kind::Place, None),
        ];
        DocumentScore { corpus: "c".into(), document: "d".into(), gold, predicted }
    }

    #[test]
    fn a_document_is_counted() {
        let tally = Tally::new(&document(), &Select::All);
        let counts = |gold, predicted, true_positives| Counts { gold, predicted, true_positives };
        assert_eq!(tally.with_demonyms.exact, counts(5, 5, 4));
        assert_eq!(tally.with_demonyms.overlap, counts(5, 5, 5));
        assert_eq!(tally.without_demonyms.exact, counts(4, 4, 3));
        // The one without coordinates counts on neither side; the one that matches no gold mention is predicted.
        assert_eq!(tally.with_demonyms.placed, counts(4, 4, 2));
        assert_eq!(tally.without_demonyms.placed, counts(3, 3, 1));
        assert_eq!(tally.with_demonyms.same_id, counts(4, 4, 2));
        assert_eq!(tally.predicted_kinds, [counts(0, 3, 2), counts(0, 1, 1), counts(0, 1, 1)]);
        assert_eq!(tally.gold_kinds, [counts(4, 0, 3), counts(0, 0, 0), counts(1, 0, 1)]);
        assert_eq!((tally.errors_km.len(), tally.unanswered, tally.ids, tally.ids_equal), (4, 2, 2, 1));
    }

    #[test]
    fn errors_are_measured_over_the_antimeridian() {
        let mut document = document();
        document.gold.truncate(1);
        document.predicted.truncate(1);
        let (fiji, farther_east) = ((-16.8, 179.9), answer(7, (-16.8, -179.9)));
        document.gold[0].toponym.point = Some(fiji);
        document.gold[0].given = Some(farther_east.clone());
        document.predicted[0].answer = Some(farther_east);
        let scores = Scores::from_tally(&Tally::new(&document, &Select::All));
        // 0.2° of a parallel at 16.8° S: 0.2 x 111.195 km x cos 16.8° = 21.29 km.
        let near = |name: &str, value: f64| {
            let metric = scores.get(name);
            assert!(metric.is_some_and(|metric| (metric - value).abs() < 0.01), "{name}: {metric:?}");
        };
        near("resolution.mean_km", 21.29);
        near("resolution.median_km", 21.29);
        near("resolution.auc", (1.0f64 + 21.29).ln() / 20_039f64.ln());
        near("resolution.within_25_miles", 1.0);
        near("end_to_end.within_161_km.f1", 1.0);
    }

    #[test]
    fn tallies_add_up_and_selections_leave_out() {
        let one = Tally::new(&document(), &Select::All);
        let sum: Tally = [&one, &one].into_iter().sum();
        assert_eq!((sum.with_demonyms.exact.gold, sum.errors_km.len(), sum.predicted_kinds[0].predicted), (10, 8, 6));
        let none = Tally::new(&document(), &Select::Group(GroupBy::Country, "DE".into()));
        assert_eq!((none.with_demonyms.exact.gold, none.errors_km.len()), (0, 0));
        for (by, name) in [(GroupBy::Feature, "P.PPL"), (GroupBy::Class, "P"), (GroupBy::Country, "SY")] {
            let all = Tally::new(&document(), &Select::Group(by, name.into()));
            assert_eq!((all.with_demonyms.exact.gold, all.errors_km.len()), (5, 4), "{name}");
        }
    }
}
