//! Outcomes, counted: what metrics are computed from, and what bootstrapping adds up.

use super::group_by::GroupBy;
use super::judge::{Found, Outcome, Wanted};
use super::matching;
use super::metrics::NEAR_KM;
use crate::mention::Kind;
use std::ops::{AddAssign, Range};

/// What is wanted, what is found, and what of it is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What the annotators want.
    pub gold: usize,
    /// What the program found.
    pub found: usize,
    /// What of it is right.
    pub right: usize,
}

/// Counts of everything that is found, with demonyms or without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Spans that are the very same.
    pub exact: Counts,
    /// Spans that overlap, one to one.
    pub overlap: Counts,
    /// Spans that are the very same, their place within 161 km, over gold with coordinates.
    pub placed: Counts,
    /// Spans that are the very same, their GeoNames id too, over gold with an id.
    pub same_id: Counts,
}

/// The counts of one or more documents.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// With demonyms.
    pub with_demonyms: Findings,
    /// Without them, on either side.
    pub without_demonyms: Findings,
    /// What the program calls by each kind, in the order of `KINDS`, and how much of it is wanted.
    pub kinds: [Counts; 3],
    /// What the annotators have of each kind, and how much of it is found.
    pub kinds_wanted: [Counts; 3],
    /// Errors in kilometres of the answers to given mentions, over all gold with coordinates.
    pub errors_km: Vec<f64>,
    /// Given mentions with coordinates that got no answer.
    pub unanswered: usize,
    /// Given mentions with coordinates of which some place of the name is near enough.
    pub reachable: usize,
    /// Given mentions where annotators and answer have a GeoNames id.
    pub ids: usize,
    /// Of those, where it is the same.
    pub ids_equal: usize,
}

/// The kinds in the order in which a tally counts them.
pub const KINDS: [Kind; 3] = [Kind::Place, Kind::Embedded, Kind::Demonym];

/// Which of the annotators' mentions are counted.
#[derive(Clone, Debug)]
pub enum Select {
    /// All.
    All,
    /// Those of one group.
    Group(GroupBy, String),
}

impl Select {
    fn takes(&self, outcome: &Outcome, wanted: &Wanted) -> bool {
        match self {
            Select::All => true,
            Select::Group(by, name) => by.group(outcome, wanted) == name,
        }
    }
}

impl Tally {
    /// Counts a document. With a selection only what is wanted is selected: all that is found stays counted.
    pub fn of(outcome: &Outcome, select: &Select) -> Self {
        let mut tally = Tally {
            with_demonyms: findings(outcome, select, true),
            without_demonyms: findings(outcome, select, false),
            ..Tally::default()
        };
        for (at, kind) in KINDS.iter().enumerate() {
            let called = outcome.found.iter().filter(|found| found.kind == *kind);
            let wanted = outcome.wanted.iter().filter(|wanted| wanted.kind == *kind && select.takes(outcome, wanted));
            tally.kinds[at].found = called.clone().count();
            tally.kinds[at].right = called.filter(|found| found.wanted.is_some()).count();
            tally.kinds_wanted[at].gold = wanted.clone().count();
            tally.kinds_wanted[at].right = wanted.filter(|wanted| wanted.found.is_some()).count();
        }
        for wanted in outcome.wanted.iter().filter(|wanted| select.takes(outcome, wanted)) {
            if let Some(km) = wanted.error_km(wanted.given.as_ref()) {
                tally.errors_km.push(km);
                tally.unanswered += usize::from(wanted.given.is_none());
                tally.reachable += usize::from(wanted.reachable);
            }
            if let Some((gold, answer)) = wanted.toponym.geoname.zip(wanted.given.as_ref().and_then(|a| a.geoname)) {
                tally.ids += 1;
                tally.ids_equal += usize::from(gold == answer);
            }
        }
        tally
    }
}

fn findings(outcome: &Outcome, select: &Select, demonyms: bool) -> Findings {
    let gold: Vec<&Wanted> =
        outcome.wanted.iter().filter(|wanted| (demonyms || !wanted.demonym) && select.takes(outcome, wanted)).collect();
    let found: Vec<_> = outcome.found.iter().filter(|found| demonyms || !found.demonym).collect();
    let pair =
        |wanted: &Wanted| wanted.found.and_then(|at| outcome.found.get(at)).filter(|found| demonyms || !found.demonym);
    let spans = |range: &Range<usize>| range.clone();
    let gold_spans: Vec<_> = gold.iter().map(|wanted| spans(&wanted.toponym.span)).collect();
    let found_spans: Vec<_> = found.iter().map(|found| spans(&found.span)).collect();
    // What is found where the annotators do not say which place it is cannot be judged.
    let judged = |known: &dyn Fn(&Wanted) -> bool, right: &dyn Fn(&Wanted) -> bool| Counts {
        gold: gold.iter().filter(|wanted| known(wanted)).count(),
        found: found.iter().filter(|found| found.wanted.is_none_or(|at| known(&outcome.wanted[at]))).count(),
        right: gold.iter().filter(|wanted| known(wanted) && right(wanted)).count(),
    };
    let within = |wanted: &Wanted| {
        pair(wanted).and_then(|found| wanted.error_km(found.answer.as_ref())).is_some_and(|km| km <= NEAR_KM)
    };
    let geoname = |found: &Found| found.answer.as_ref().and_then(|answer| answer.geoname);
    let same = |wanted: &Wanted| pair(wanted).is_some_and(|found| geoname(found) == wanted.toponym.geoname);
    Findings {
        exact: judged(&|_| true, &|wanted| pair(wanted).is_some()),
        overlap: Counts {
            gold: gold.len(),
            found: found.len(),
            right: matching::overlapping(&gold_spans, &found_spans),
        },
        placed: judged(&|wanted| wanted.toponym.point.is_some(), &within),
        same_id: judged(&|wanted| wanted.toponym.geoname.is_some(), &same),
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

impl AddAssign for Findings {
    fn add_assign(&mut self, other: Findings) {
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
            self.kinds[at] += other.kinds[at];
            self.kinds_wanted[at] += other.kinds_wanted[at];
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
    use crate::eval::judge::{Answer, Found, Outcome, Wanted};
    use crate::eval::metrics::Scores;
    use crate::mention::Kind;

    fn answer(geoname: u64, point: (f64, f64)) -> Answer {
        Answer { id: format!("geonames:{geoname}"), geoname: Some(geoname), described: String::new(), point }
    }

    fn wanted(start: usize, point: Option<(f64, f64)>, demonym: bool, found: Option<usize>) -> Wanted {
        let toponym = Toponym {
            span: start..start + 5,
            text: String::new(),
            point,
            geoname: point.map(|_| 7),
            feature: "P.PPL".into(),
            embedded: false,
            metonymic: None,
        };
        let kind = if demonym { Kind::Demonym } else { Kind::Place };
        Wanted {
            toponym,
            demonym,
            kind,
            feature: "P.PPL".into(),
            country: "SY".into(),
            found,
            given: None,
            reachable: false,
        }
    }

    fn found(start: usize, answer: Answer, kind: Kind, wanted: Option<usize>) -> Found {
        let answer = Some(answer);
        let (demonym, probability) = (kind == Kind::Demonym, None);
        Found { span: start..start + 5, text: String::new(), kind, demonym, answer, probability, wanted }
    }

    /// Four mentions wanted: one found and right, one found and wrong, a demonym found, one without coordinates
    /// found; one missed; one invented that overlaps the one missed.
    fn outcome() -> Outcome {
        let here = (10.0, 10.0);
        let mut wanted = vec![
            wanted(0, Some(here), false, Some(0)),
            wanted(10, Some(here), false, Some(1)),
            wanted(20, Some(here), true, Some(2)),
            wanted(30, None, false, Some(3)),
            wanted(40, Some(here), false, None),
        ];
        wanted[0].given = Some(answer(7, here));
        wanted[1].given = Some(answer(8, (50.0, 10.0)));
        let found = vec![
            found(0, answer(7, (10.0, 10.5)), Kind::Place, Some(0)),
            found(10, answer(8, (50.0, 10.0)), Kind::Embedded, Some(1)),
            found(20, answer(7, here), Kind::Demonym, Some(2)),
            found(30, answer(9, here), Kind::Place, Some(3)),
            found(42, answer(9, here), Kind::Place, None),
        ];
        Outcome { corpus: "c".into(), document: "d".into(), wanted, found }
    }

    #[test]
    fn a_document_is_counted() {
        let tally = Tally::of(&outcome(), &Select::All);
        let counts = |gold, found, right| Counts { gold, found, right };
        assert_eq!(tally.with_demonyms.exact, counts(5, 5, 4));
        assert_eq!(tally.with_demonyms.overlap, counts(5, 5, 5));
        assert_eq!(tally.without_demonyms.exact, counts(4, 4, 3));
        // The one without coordinates is neither wanted nor found; the invented one is found.
        assert_eq!(tally.with_demonyms.placed, counts(4, 4, 2));
        assert_eq!(tally.without_demonyms.placed, counts(3, 3, 1));
        assert_eq!(tally.with_demonyms.same_id, counts(4, 4, 2));
        assert_eq!(tally.kinds, [counts(0, 3, 2), counts(0, 1, 1), counts(0, 1, 1)]);
        assert_eq!(tally.kinds_wanted, [counts(4, 0, 3), counts(0, 0, 0), counts(1, 0, 1)]);
        assert_eq!((tally.errors_km.len(), tally.unanswered, tally.ids, tally.ids_equal), (4, 2, 2, 1));
    }

    #[test]
    fn errors_are_measured_over_the_antimeridian() {
        let mut outcome = outcome();
        outcome.wanted.truncate(1);
        outcome.found.truncate(1);
        let (fiji, farther_east) = ((-16.8, 179.9), answer(7, (-16.8, -179.9)));
        outcome.wanted[0].toponym.point = Some(fiji);
        outcome.wanted[0].given = Some(farther_east.clone());
        outcome.found[0].answer = Some(farther_east);
        let scores = Scores::of(&Tally::of(&outcome, &Select::All));
        // 0.2° of a parallel at 16.8° S: 0.2 x 111.195 km x cos 16.8° = 21.29 km.
        let near = |name: &str, value: f64| {
            let figure = scores.get(name);
            assert!(figure.is_some_and(|figure| (figure - value).abs() < 0.01), "{name}: {figure:?}");
        };
        near("resolution.mean_km", 21.29);
        near("resolution.median_km", 21.29);
        near("resolution.auc", (1.0f64 + 21.29).ln() / 20_039f64.ln());
        near("resolution.within_25_miles", 1.0);
        near("end_to_end.within_161_km.f1", 1.0);
    }

    #[test]
    fn tallies_add_up_and_selections_leave_out() {
        let one = Tally::of(&outcome(), &Select::All);
        let sum: Tally = [&one, &one].into_iter().sum();
        assert_eq!((sum.with_demonyms.exact.gold, sum.errors_km.len(), sum.kinds[0].found), (10, 8, 6));
        let none = Tally::of(&outcome(), &Select::Group(GroupBy::Country, "DE".into()));
        assert_eq!((none.with_demonyms.exact.gold, none.errors_km.len()), (0, 0));
        for (by, name) in [(GroupBy::Feature, "P.PPL"), (GroupBy::Class, "P"), (GroupBy::Country, "SY")] {
            let all = Tally::of(&outcome(), &Select::Group(by, name.into()));
            assert_eq!((all.with_demonyms.exact.gold, all.errors_km.len()), (5, 4), "{name}");
        }
    }
}
