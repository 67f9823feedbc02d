//! The metrics.
//!
//! Accuracy within 161 km (100 miles), mean and median error and the area under the curve of the log error are those of
//! Gritta et al., "A pragmatic guide to geoparsing evaluation" (2020), the exact id and the 25 miles those of Zhang and
//! Bethard, "Improving toponym resolution with better candidate generation" (2023) and Leidner (2008).

use super::tally::{Counts, Tally};
use geo::{Distance, Haversine, Point};
use std::collections::BTreeMap;

/// The error of a missing answer, in kilometres: half the circumference of the Earth, the largest error possible.
pub const MISSING_KM: f64 = 20_039.0;

/// 100 miles, in kilometres, as the literature rounds it.
pub const NEAR_KM: f64 = 161.0;

/// 25 miles, in kilometres.
pub const CLOSE_KM: f64 = 40.234;

/// The great-circle distance in kilometres between two points given in degrees north and east.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    Haversine.distance(Point::new(a.1, a.0), Point::new(b.1, b.0)) / 1000.0
}

impl Counts {
    /// True positives divided by predicted mentions, 0 to 1; `None` if nothing is predicted.
    pub fn precision(&self) -> Option<f64> {
        share(self.true_positives, self.predicted)
    }

    /// True positives divided by gold mentions, 0 to 1; `None` if there are no gold mentions.
    pub fn recall(&self) -> Option<f64> {
        share(self.true_positives, self.gold)
    }

    /// The harmonic mean of precision and recall, 0 to 1; `None` if there are neither gold nor predicted mentions.
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.true_positives, self.gold + self.predicted)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The arithmetic mean; `None` of no values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The median: the middle value, or the mean of the two in the middle; `None` of no values.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut values = values.to_vec();
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let lower = below.iter().copied().fold(f64::MIN, f64::max);
    Some(if even { (lower + *upper) / 2.0 } else { *upper })
}

/// The area under the curve of ln(error in km + 1) over the sorted errors, by the trapezoidal rule, divided by the area if every error
/// were the largest, ln(20039): 0 is best, 1 is worst. `None` of no errors.
pub fn auc(errors_km: &[f64]) -> Option<f64> {
    let logs = || errors_km.iter().map(|km| km.ln_1p());
    let (least, most) = (logs().fold(f64::MAX, f64::min), logs().fold(f64::MIN, f64::max));
    let area = match errors_km.len() {
        0 => return None,
        1 => most,
        // The trapezoids of the sorted errors: all of them, the first and the last half.
        count => (logs().sum::<f64>() - (least + most) / 2.0) / (count - 1) as f64,
    };
    Some((area / MISSING_KM.ln()).min(1.0))
}

fn within(tally: &Tally, km: f64) -> Option<f64> {
    share(tally.errors_km.iter().filter(|error| **error <= km).count(), tally.errors_km.len())
}

/// The name of a metric and its function of the counts.
pub type Metric = (&'static str, fn(&Tally) -> Option<f64>);

/// All metrics. Shares are 0 to 1, errors in kilometres.
pub const METRICS: &[Metric] = &[
    ("recognition.exact.precision", |t| t.with_demonyms.exact.precision()),
    ("recognition.exact.recall", |t| t.with_demonyms.exact.recall()),
    ("recognition.exact.f1", |t| t.with_demonyms.exact.f1()),
    ("recognition.exact_without_demonyms.precision", |t| t.without_demonyms.exact.precision()),
    ("recognition.exact_without_demonyms.recall", |t| t.without_demonyms.exact.recall()),
    ("recognition.exact_without_demonyms.f1", |t| t.without_demonyms.exact.f1()),
    ("recognition.overlap.precision", |t| t.with_demonyms.overlap.precision()),
    ("recognition.overlap.recall", |t| t.with_demonyms.overlap.recall()),
    ("recognition.overlap.f1", |t| t.with_demonyms.overlap.f1()),
    ("recognition.overlap_without_demonyms.precision", |t| t.without_demonyms.overlap.precision()),
    ("recognition.overlap_without_demonyms.recall", |t| t.without_demonyms.overlap.recall()),
    ("recognition.overlap_without_demonyms.f1", |t| t.without_demonyms.overlap.f1()),
    ("recognition.place.precision", |t| t.predicted_kinds[0].precision()),
    ("recognition.place.recall", |t| t.gold_kinds[0].recall()),
    ("recognition.embedded.precision", |t| t.predicted_kinds[1].precision()),
    ("recognition.embedded.recall", |t| t.gold_kinds[1].recall()),
    ("recognition.demonym.precision", |t| t.predicted_kinds[2].precision()),
    ("recognition.demonym.recall", |t| t.gold_kinds[2].recall()),
    ("resolution.within_161_km", |t| within(t, NEAR_KM)),
    ("resolution.within_25_miles", |t| within(t, CLOSE_KM)),
    ("resolution.auc", |t| auc(&t.errors_km)),
    ("resolution.mean_km", |t| mean(&t.errors_km)),
    ("resolution.median_km", |t| median(&t.errors_km)),
    ("resolution.exact_id", |t| share(t.ids_equal, t.ids)),
    ("resolution.unanswered", |t| share(t.unanswered, t.errors_km.len())),
    ("resolution.candidate_recall", |t| share(t.reachable, t.errors_km.len())),
    ("end_to_end.within_161_km.precision", |t| t.with_demonyms.placed.precision()),
    ("end_to_end.within_161_km.recall", |t| t.with_demonyms.placed.recall()),
    ("end_to_end.within_161_km.f1", |t| t.with_demonyms.placed.f1()),
    ("end_to_end.within_161_km_without_demonyms.precision", |t| t.without_demonyms.placed.precision()),
    ("end_to_end.within_161_km_without_demonyms.recall", |t| t.without_demonyms.placed.recall()),
    ("end_to_end.within_161_km_without_demonyms.f1", |t| t.without_demonyms.placed.f1()),
    ("end_to_end.exact_id.precision", |t| t.with_demonyms.same_id.precision()),
    ("end_to_end.exact_id.recall", |t| t.with_demonyms.same_id.recall()),
    ("end_to_end.exact_id.f1", |t| t.with_demonyms.same_id.f1()),
];

/// The values of all metrics, by name.
#[derive(Clone, Debug)]
pub struct Scores(BTreeMap<&'static str, f64>);

impl Scores {
    /// Computes all metrics of a tally.
    pub fn from_tally(tally: &Tally) -> Self {
        Scores(METRICS.iter().filter_map(|(name, metric)| Some((*name, metric(tally)?))).collect())
    }

    /// The value of a metric by its name in [`METRICS`]; `None` if it is undefined, because nothing was counted.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, METRICS, MISSING_KM, Scores, auc, distance_km, mean, median};
    use crate::eval::tally::Tally;

    fn close(a: Option<f64>, b: f64) {
        assert!(a.is_some_and(|a| (a - b).abs() < 1e-9), "{a:?} and {b}");
    }

    #[test]
    fn distances_have_no_seams() {
        // One degree of a great circle of a sphere of radius 6371.0088 km.
        let degree = 6371.0088 * std::f64::consts::PI / 180.0;
        for (a, b) in [
            ((0.0, 179.5), (0.0, -179.5)),
            ((0.0, -0.5), (0.0, 0.5)),
            ((89.5, 0.0), (89.5, 180.0)),
            ((36.0, 37.0), (37.0, 37.0)),
        ] {
            assert!((distance_km(a, b) - degree).abs() < 1e-3, "{a:?} {b:?}: {}", distance_km(a, b));
        }
        assert!(distance_km((0.0, 0.0), (0.0, 180.0)) < MISSING_KM);
    }

    #[test]
    fn precision_recall_and_f1() {
        let counts = Counts { gold: 4, predicted: 2, true_positives: 1 };
        close(counts.precision(), 0.5);
        close(counts.recall(), 0.25);
        close(counts.f1(), 1.0 / 3.0);
        let missed = Counts { gold: 4, predicted: 0, true_positives: 0 };
        assert_eq!((missed.precision(), missed.recall(), missed.f1()), (None, Some(0.0), Some(0.0)));
        assert_eq!(Counts::default().f1(), None);
    }

    #[test]
    fn the_area_under_the_log_errors_is_the_trapezoids() {
        // ln(error + 1) of 0, e-1 and e²-1 km are 0, 1 and 2: trapezoids of 0.5 and 1.5 over a base of 2.
        let e = std::f64::consts::E;
        close(auc(&[e - 1.0, 0.0, e * e - 1.0]), (0.5 + 1.5) / 2.0 / MISSING_KM.ln());
        close(auc(&[0.0, 0.0]), 0.0);
        close(auc(&[e - 1.0]), 1.0 / MISSING_KM.ln());
        close(auc(&[MISSING_KM, MISSING_KM]), 1.0);
        assert_eq!(auc(&[]), None);
    }

    #[test]
    fn means_and_medians() {
        close(mean(&[1.0, 2.0, 6.0]), 3.0);
        close(median(&[6.0, 1.0, 2.0]), 2.0);
        close(median(&[6.0, 1.0, 2.0, 4.0]), 3.0);
        close(median(&[5.0]), 5.0);
        assert_eq!((mean(&[]), median(&[])), (None, None));
    }

    #[test]
    fn a_missing_answer_is_wrong_and_far() {
        let tally = Tally { errors_km: vec![0.0, 100.0, 161.0, MISSING_KM], unanswered: 1, ..Tally::default() };
        let scores = Scores::from_tally(&tally);
        close(scores.get("resolution.within_161_km"), 0.75);
        close(scores.get("resolution.within_25_miles"), 0.25);
        close(scores.get("resolution.median_km"), 130.5);
        close(scores.get("resolution.unanswered"), 0.25);
        assert_eq!(scores.get("resolution.exact_id"), None);
    }

    #[test]
    fn metrics_of_nothing_are_undefined() {
        let scores = Scores::from_tally(&Tally::default());
        assert!(METRICS.iter().all(|(name, _)| scores.get(name).is_none()));
    }
}
