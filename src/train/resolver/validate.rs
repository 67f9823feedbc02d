//! How good a model is on documents that it was not trained on.

use super::Lesson;
use super::lessons::RIGHT_KM;
use crate::resolve::Model;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// Mentions with coordinates, and how many of them are answered within 161 km, of one corpus.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// All.
    pub mentions: usize,
    /// Answered within 161 km.
    pub right: usize,
    /// Where some candidate is within 161 km.
    pub reachable: usize,
    /// With the id of the annotators, where both have one.
    pub same: usize,
    /// Where both have one.
    pub ids: usize,
    /// Mentions of names that stand in no document learned from.
    pub unseen: usize,
    /// Those answered within 161 km.
    pub unseen_right: usize,
    /// By tenth of the confidence: mentions, right ones, and the sum of the confidences.
    pub reliability: [(usize, usize, f64); 10],
}

/// Figures by corpus.
pub type Table = BTreeMap<String, Figures>;

/// Scores the choices of lessons as their scenes stand, `names` being known from what was learned from; `certainty`
/// tells how sure each choice is.
pub fn score(lessons: &[&Lesson<'_>], names: &HashSet<&str>, certainty: &Model, table: &mut Table) {
    for lesson in lessons {
        let figures = table.entry(lesson.label.clone()).or_default();
        figures.mentions += lesson.lost;
        for ((gold, name), &group) in lesson.gold.iter().zip(&lesson.names).zip(&lesson.scene.group_of) {
            let Some(gold) = gold else { continue };
            let group = &lesson.scene.groups[group];
            let unseen = !names.contains(name.as_str());
            figures.mentions += 1;
            figures.unseen += usize::from(unseen);
            let near = |at: usize| gold.km(&group.candidates[at].place) <= RIGHT_KM;
            figures.reachable += usize::from((0..group.candidates.len()).any(near));
            let Some(best) = group.best() else { continue };
            let right = near(best);
            figures.right += usize::from(right);
            figures.unseen_right += usize::from(unseen && right);
            let id = group.candidates[best].place.id();
            if gold.id.is_some() && id.starts_with("geonames:") {
                figures.ids += 1;
                figures.same += usize::from(gold.id.as_ref() == Some(&id));
            }
            let choice = (&group.rows[best], group.probabilities[best]);
            for confidence in certainty.confidences([choice].into_iter()) {
                let tenth = &mut figures.reliability[((confidence * 10.0) as usize).min(9)];
                *tenth = (tenth.0 + 1, tenth.1 + usize::from(right), tenth.2 + confidence);
            }
        }
    }
}

/// The table for people: per cent, and counts of mentions.
pub fn table(table: &Table) -> String {
    let percent = |part: usize, whole: usize| if whole > 0 { 100.0 * part as f64 / whole as f64 } else { f64::NAN };
    let mut out = format!(
        "{:<26}{:>9}{:>11}{:>9}{:>10}{:>9}{:>14}\n",
        "corpus", "mentions", "reachable", "161 km", "exact id", "unseen", "unseen 161 km"
    );
    for (corpus, f) in table {
        // Writing to a string does not fail.
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

/// How often answers of each tenth of confidence are right, over all corpora.
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
