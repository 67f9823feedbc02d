//! The commonest errors, with context.

use super::gold::GoldDocument;
use super::metrics::{MISSING_KM, NEAR_KM};
use super::scorer::{DocumentScore, GoldMention};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// Errors that are alike.
struct Case {
    /// Number of the errors.
    times: usize,
    /// What is wrong with the first.
    what: String,
    /// The text round the first.
    context: String,
}

/// Errors by the text of the mention, and by what distinguishes errors of the same text.
type Cases = HashMap<(String, String), Case>;

/// Lists the `most` commonest errors of each kind, equal ones together: wrong places of given mentions (more than 161 km off), false
/// negatives, false positives. `scores` are those of `documents`, in the same order.
pub fn commonest_errors(documents: &[GoldDocument], scores: &[DocumentScore], most: usize) -> String {
    let [mut misplaced, mut false_negatives, mut false_positives] = [(); 3].map(|()| Cases::new());
    for (document, score) in documents.iter().zip(scores) {
        let text = document.document.text_proper();
        let context = |span: &Range<usize>| format!("{}/{}: {}", score.corpus, score.document, around(text, span));
        for gold in &score.gold {
            let (name, span) = (&gold.toponym.text, &gold.toponym.span);
            if let Some(km) = gold.error_km(gold.given.as_ref()).filter(|km| *km > NEAR_KM) {
                let answers = format!("{:?} {:?}", gold.given.as_ref().map(|a| &a.id), gold.toponym.geoname);
                add(&mut misplaced, (name.clone(), answers), wrong_place(gold, km), || context(span));
            }
            if gold.predicted.is_none() {
                let what = format!("{} {}", gold.kind, gold.feature);
                add(&mut false_negatives, (name.clone(), String::new()), what, || context(span));
            }
        }
        for predicted in score.predicted.iter().filter(|predicted| predicted.gold.is_none()) {
            let answer = predicted.answer.as_ref().map_or("in no gazetteer", |answer| &answer.described);
            let what = format!("{} {answer}", predicted.kind);
            add(&mut false_positives, (predicted.text.clone(), String::new()), what, || context(&predicted.span));
        }
    }
    let mut out = String::new();
    let kinds =
        [("Wrong places of given mentions", misplaced), ("Missed", false_negatives), ("Invented", false_positives)];
    for (title, cases) in kinds {
        let total: usize = cases.values().map(|case| case.times).sum();
        let mut cases: Vec<((String, String), Case)> = cases.into_iter().collect();
        cases.sort_by(|a, b| b.1.times.cmp(&a.1.times).then(a.0.cmp(&b.0)));
        // Writing to a string does not fail.
        let _ = writeln!(out, "{title}: {total}, of {} sorts", cases.len());
        for ((name, _), case) in cases.iter().take(most) {
            let _ = writeln!(out, "{:>5} x {name:?}: {}\n          {}", case.times, case.what, case.context);
        }
        out.push('\n');
    }
    out
}

/// What the answer to a given mention is, and what it should be, `km` kilometres away.
fn wrong_place(gold: &GoldMention, km: f64) -> String {
    let answer = gold.given.as_ref().map_or("nothing".to_owned(), |a| format!("{} {}", a.described, a.id));
    let (lat, lon) = gold.toponym.point.unwrap_or_default();
    let id = gold.toponym.geoname.map_or(String::new(), |id| format!(" geonames:{id}"));
    let off = if km < MISSING_KM { format!(", {km:.0} km off") } else { String::new() };
    format!("{answer} for {lat:.2},{lon:.2}{id} {} {}{off}", gold.feature, gold.country)
}

fn add(cases: &mut Cases, key: (String, String), what: String, context: impl FnOnce() -> String) {
    cases.entry(key).or_insert_with(|| Case { times: 0, what, context: context() }).times += 1;
}

/// Number of code points shown on either side.
const REACH: usize = 60;

/// The text round a span of code points, the span in brackets.
fn around(text: &str, span: &Range<usize>) -> String {
    let from = span.start.saturating_sub(REACH);
    let part = |from: usize, to: usize| text.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let shown =
        format!("{}[{}]{}", part(from, span.start), part(span.start, span.end), part(span.end, span.end + REACH));
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn context_counts_code_points() {
        assert_eq!(around("Über  Köln\nnach Bonn", &(6..10)), "Über [Köln] nach Bonn");
        assert_eq!(around("Bonn", &(0..4)), "[Bonn]");
    }
}
