//! Comparison of two reports, mention by mention.

use super::metrics::{METRICS, NEAR_KM};
use super::report::{MentionRecord, Report};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt;

/// The differences between two reports on the same documents.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Metrics that differ: name, old value, new value.
    pub metrics: Vec<(String, Option<f64>, Option<f64>)>,
    /// Changes for the better.
    pub won: Vec<Change>,
    /// Changes for the worse.
    pub lost: Vec<Change>,
}

/// A change of a mention.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Change {
    /// The kind of change: `found`, `missed`, `invented`, `no longer invented`, `placed` or `misplaced`.
    pub what: &'static str,
    /// The mention in the new report, or in the old one if the new one lacks it.
    pub mention: MentionRecord,
    /// The id of its place in the old report.
    pub before: Option<String>,
    /// The id of its place in the new report.
    pub now: Option<String>,
}

type Key<'r> = (&'r str, &'r str, usize, usize);

fn key(mention: &MentionRecord) -> Key<'_> {
    (&mention.corpus, &mention.document, mention.start, mention.end)
}

impl Comparison {
    /// Compares two reports. Mentions of documents that only one report has are left out.
    pub fn new(old: &Report, new: &Report) -> Self {
        let documents = |report: &'_ Report| -> std::collections::HashSet<(String, String)> {
            report.mentions.iter().map(|m| (m.corpus.clone(), m.document.clone())).collect()
        };
        let (old_documents, new_documents) = (documents(old), documents(new));
        let known = |mention: &&MentionRecord| {
            let document = (mention.corpus.clone(), mention.document.clone());
            old_documents.contains(&document) && new_documents.contains(&document)
        };
        let before: HashMap<Key<'_>, &MentionRecord> = old.mentions.iter().map(|m| (key(m), m)).collect();
        let after: HashMap<Key<'_>, &MentionRecord> = new.mentions.iter().map(|m| (key(m), m)).collect();
        let (mut won, mut lost) = (Vec::new(), Vec::new());
        for now in new.mentions.iter().filter(known) {
            let was = before.get(&key(now)).copied();
            changes(was, Some(now), &mut won, &mut lost);
        }
        for was in old.mentions.iter().filter(known).filter(|was| !after.contains_key(&key(was))) {
            changes(Some(was), None, &mut won, &mut lost);
        }
        let values = METRICS.iter().map(|(name, _)| ((*name).to_owned(), old.all.value(name), new.all.value(name)));
        Comparison { metrics: values.filter(|(_, old, new)| differ(*old, *new)).collect(), won, lost }
    }
}

/// Whether two values differ by more than the rounding error of writing and reading them.
fn differ(old: Option<f64>, new: Option<f64>) -> bool {
    old.zip(new).map_or(old != new, |(old, new)| (old - new).abs() > 1e-9)
}

fn changes(was: Option<&MentionRecord>, now: Option<&MentionRecord>, won: &mut Vec<Change>, lost: &mut Vec<Change>) {
    let Some(mention) = now.or(was) else { return };
    let found = |record: Option<&MentionRecord>| record.is_some_and(|record| record.found);
    let change = |what, id: fn(&MentionRecord) -> &Option<String>| Change {
        what,
        mention: mention.clone(),
        before: was.and_then(|record| id(record).clone()),
        now: now.and_then(|record| id(record).clone()),
    };
    match (mention.gold, found(was), found(now)) {
        (true, false, true) => won.push(change("found", |m| &m.found_id)),
        (true, true, false) => lost.push(change("missed", |m| &m.found_id)),
        (false, false, true) => lost.push(change("invented", |m| &m.found_id)),
        (false, true, false) => won.push(change("no longer invented", |m| &m.found_id)),
        _ => {}
    }
    if let (Some(was), Some(now)) = (was.and_then(|m| m.given_km), now.and_then(|m| m.given_km)) {
        match (was <= NEAR_KM, now <= NEAR_KM) {
            (false, true) => won.push(change("placed", |m| &m.given_id)),
            (true, false) => lost.push(change("misplaced", |m| &m.given_id)),
            _ => {}
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, old, new) in &self.metrics {
            let show = |value: &Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.4}"));
            writeln!(f, "{name:<52}{:>12} -> {:>10}", show(old), show(new))?;
        }
        for (title, changes) in [("won", &self.won), ("lost", &self.lost)] {
            writeln!(f, "\n{title}: {}", changes.len())?;
            for change in changes {
                let MentionRecord { corpus, document, start, text, .. } = &change.mention;
                write!(f, "  {:<20}{text:?}", change.what)?;
                let id = |id: &Option<String>| id.clone().unwrap_or_else(|| "nothing".to_owned());
                match change.what {
                    "placed" | "misplaced" => write!(f, " {} -> {}", id(&change.before), id(&change.now))?,
                    _ => write!(f, " {}", id(if change.now.is_some() { &change.now } else { &change.before }))?,
                }
                writeln!(f, "  {corpus}/{document}:{start}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Comparison;
    use crate::eval::{MentionRecord, Report};

    fn mention(start: usize, gold: bool, found: bool, given_km: Option<f64>) -> MentionRecord {
        MentionRecord {
            corpus: "c".into(),
            document: "d".into(),
            start,
            end: start + 1,
            text: "x".into(),
            gold,
            found,
            given_km,
            given_id: None,
            found_id: None,
        }
    }

    fn report(mentions: Vec<MentionRecord>) -> Report {
        Report { mentions, ..Report::new(&[], None, 0) }
    }

    #[test]
    fn changes_are_for_the_better_or_the_worse() {
        let old = report(vec![
            mention(0, true, false, Some(500.0)),
            mention(1, true, true, Some(0.0)),
            mention(2, false, true, None),
            mention(3, true, true, Some(1.0)),
        ]);
        let mut elsewhere = mention(9, true, true, None);
        elsewhere.document = "other".into();
        let new = report(vec![
            mention(0, true, true, Some(10.0)),
            mention(1, true, false, Some(162.0)),
            mention(3, true, true, Some(161.0)),
            mention(4, false, true, None),
            elsewhere,
        ]);
        let comparison = Comparison::new(&old, &new);
        let what = |changes: &[super::Change]| changes.iter().map(|c| (c.what, c.mention.start)).collect::<Vec<_>>();
        assert_eq!(what(&comparison.won), [("found", 0), ("placed", 0), ("no longer invented", 2)]);
        assert_eq!(what(&comparison.lost), [("missed", 1), ("misplaced", 1), ("invented", 4)]);
        let same = Comparison::new(&old, &old);
        assert!(same.won.is_empty() && same.lost.is_empty() && same.metrics.is_empty());
    }
}
