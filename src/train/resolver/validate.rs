//! How good a model is on documents that it was not trained on.

use super::documents::TrainingDocument;
use crate::resolve::Model;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// Counts of mentions with coordinates in one corpus and variant.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// All.
    pub mentions: usize,
    /// Answered within 161 km.
    pub right: usize,
    /// With a candidate within 161 km.
    pub reachable: usize,
    /// Answered with the annotators' id.
    pub same: usize,
    /// Where both the annotators and the answer have a GeoNames id.
    pub ids: usize,
    /// Of names that are in no document that was learned from.
    pub unseen: usize,
    /// Of such names, answered within 161 km.
    pub unseen_right: usize,
    /// By tenth of the confidence: mentions, right ones, and the sum of the confidences.
    pub reliability: [(usize, usize, f64); 10],
}

/// Figures by corpus and variant.
pub type Table = BTreeMap<String, Figures>;

/// Scores the choices of documents, as their contexts stand. `names` are those of the documents that were learned from; `certainty`
/// is the model that gives the confidences.
pub fn score(documents: &[&TrainingDocument<'_>], names: &HashSet<&str>, certainty: &Model, table: &mut Table) {
    for document in documents {
        let figures = table.entry(document.label.clone()).or_default();
        figures.mentions += document.lost;
        for ((gold, name), &cluster) in document.gold.iter().zip(&document.names).zip(&document.context.cluster_of) {
            let Some(gold) = gold else { continue };
            let cluster = &document.context.clusters[cluster];
            let unseen = !names.contains(name.as_str());
            figures.mentions += 1;
            figures.unseen += usize::from(unseen);
            let near = |at: usize| gold.is_near(&cluster.candidates[at].place);
            figures.reachable += usize::from((0..cluster.candidates.len()).any(near));
            let Some(best) = cluster.best() else { continue };
            let right = near(best);
            figures.right += usize::from(right);
            figures.unseen_right += usize::from(unseen && right);
            let id = cluster.candidates[best].place.id();
            if gold.id.is_some() && id.starts_with("geonames:") {
                figures.ids += 1;
                figures.same += usize::from(gold.id.as_ref() == Some(&id));
            }
            let choice = (&cluster.rows[best], cluster.probabilities[best]);
            for confidence in certainty.confidences([choice].into_iter()) {
                let tenth = &mut figures.reliability[((confidence * 10.0) as usize).min(9)];
                *tenth = (tenth.0 + 1, tenth.1 + usize::from(right), tenth.2 + confidence);
            }
        }
    }
}

/// The table as text: counts of mentions, and per cent of them.
pub fn table(table: &Table) -> String {
    let percent = |part: usize, whole: usize| if whole > 0 { 100.0 * part as f64 / whole as f64 } else { f64::NAN };
    let mut out = format!(
        "{:<26}{:>9}{:>11}{:>9}{:>10}{:>9}{:>14}\n",
        "corpus", "mentions", "reachable", "161 km", "exact id", "unseen", "unseen 161 km"
    );
    for (corpus, f) in table {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{corpus:<26}{:>9}{:>11.1}{:>9.1}{:>10.1}{:>9}{:>14.1}",
            f.mentions,
            percent(f.reachable, f.mentions),
            percent(f.right, f.mentions),
            percent(f.same, f.ids),
            f.unseen,
            percent(f.unseen_right, f.unseen),
        );
    }
    out
}

/// How often answers of each tenth of confidence are right, over all corpora, as text.
pub fn reliability(table: &Table) -> String {
    let mut out = format!("{:<12}{:>9}{:>17}{:>9}\n", "confidence", "mentions", "mean confidence", "right");
    for tenth in 0..10 {
        let all =
            table.values().map(|f| f.reliability[tenth]).fold((0, 0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        let (mentions, right, sum) = all;
        if mentions > 0 {
            let share = |sum: f64| 100.0 * sum / mentions as f64;
            let range = format!("{}-{} %", tenth * 10, tenth * 10 + 10);
            let _ = writeln!(out, "{range:<12}{mentions:>9}{:>17.1}{:>9.1}", share(sum), share(right as f64));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Figures, Table, reliability, table};

    #[test]
    fn tables_are_in_per_cent() {
        let mut figures = Figures { mentions: 4, right: 3, reachable: 4, same: 1, ids: 2, ..Figures::default() };
        figures.reliability[9] = (4, 3, 3.8);
        let all = Table::from([("towns".to_owned(), figures)]);
        let line = |text: &str, at: usize| {
            text.lines().nth(at).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(line(&table(&all), 1), "towns 4 100.0 75.0 50.0 0 NaN");
        assert_eq!(line(&reliability(&all), 1), "90-100 % 4 95.0 75.0");
    }
}
