//! The worst cases, with context: what one looks at to get better.

use super::gold::GoldDocument;
use super::judge::Outcome;
use super::metrics::{MISSING_KM, NEAR_KM};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// One way of being wrong, as often as it happens.
struct Case {
    times: usize,
    /// What is wrong with the first of them.
    what: String,
    /// Where it stands.
    context: String,
}

/// By the text of the mention, and by what tells apart mistakes of one text.
type Cases = HashMap<(String, String), Case>;

/// The `most` commonest mistakes of each sort, those of one text together: wrong places of given mentions (161 km or
/// more off), mentions missed, mentions invented. `documents` are those of `outcomes`, in the same order.
pub fn worst(documents: &[GoldDocument], outcomes: &[Outcome], most: usize) -> String {
    let [mut wrong, mut missed, mut invented] = [(); 3].map(|()| Cases::new());
    for (document, outcome) in documents.iter().zip(outcomes) {
        let text = document.document.text_proper();
        let context = |span: &Range<usize>| format!("{}/{}: {}", outcome.corpus, outcome.document, around(text, span));
        for wanted in &outcome.wanted {
            let (name, span) = (&wanted.toponym.text, &wanted.toponym.span);
            if let Some(km) = wanted.error_km(wanted.given.as_ref()).filter(|km| *km > NEAR_KM) {
                let answer =
                    wanted.given.as_ref().map_or("nothing".to_owned(), |a| format!("{} {}", a.described, a.id));
                let (lat, lon) = wanted.toponym.point.unwrap_or_default();
                let id = wanted.toponym.geoname.map_or(String::new(), |id| format!(" geonames:{id}"));
                let off = if km < MISSING_KM { format!(", {km:.0} km off") } else { String::new() };
                let what = format!("{answer} for {lat:.2},{lon:.2}{id} {} {}{off}", wanted.feature, wanted.country);
                let mistake = format!("{:?} {:?}", wanted.given.as_ref().map(|a| &a.id), wanted.toponym.geoname);
                add(&mut wrong, (name.clone(), mistake), what, || context(span));
            }
            if wanted.found.is_none() {
                let what = format!("{} {}", wanted.kind, wanted.feature);
                add(&mut missed, (name.clone(), String::new()), what, || context(span));
            }
        }
        for found in outcome.found.iter().filter(|found| found.wanted.is_none()) {
            let answer = found.answer.as_ref().map_or("in no gazetteer", |answer| &answer.described);
            let what = format!("{} {answer}", found.kind);
            add(&mut invented, (found.text.clone(), String::new()), what, || context(&found.span));
        }
    }
    let mut out = String::new();
    for (title, cases) in [("Wrong places of given mentions", wrong), ("Missed", missed), ("Invented", invented)] {
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

fn add(cases: &mut Cases, key: (String, String), what: String, context: impl FnOnce() -> String) {
    cases.entry(key).or_insert_with(|| Case { times: 0, what, context: context() }).times += 1;
}

/// Code points shown to either side.
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
