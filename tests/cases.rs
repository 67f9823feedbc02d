//! The plain-text cases in `tests/cases/`; see `tests/cases/README.md`.

use crate::support::cases::{Expectation, miscounted, parse};
use toponym::{Annotations, Document, Geoparser, Mention, Place};

/// What is wrong with an expectation other than `--`, if anything is.
fn failure(document: &Document, annotations: &Annotations, expectation: &str) -> Option<String> {
    let (sign, rest) = expectation.split_at(1);
    let (wanted, place) = rest.split_once('=').map_or((rest, None), |(text, place)| (text, Some(place.trim())));
    let (wanted, kind) =
        wanted.split_once('[').map_or((wanted, None), |(t, k)| (t, Some(k.trim().trim_end_matches(']'))));
    let wanted = wanted.trim();
    let named = annotations.mentions.iter().filter(|mention| mention.text(document) == wanted);
    let found: Vec<(&Mention, &Place)> =
        named.clone().filter_map(|mention| Some((mention, mention.place.as_ref()?))).collect();
    // A road or a street is a mention too, even without a place.
    let known_by_name = named.clone().any(|mention| mention.reason.is_some());
    match (sign, found.first()) {
        ("-", None) if known_by_name => Some(format!("{wanted:?} was taken for a name")),
        ("-", None) => None,
        ("-", Some((_, place))) => Some(format!("{wanted:?} was taken for {place:?}")),
        ("+", None) if known_by_name && place.is_none() => None,
        ("+", None) => Some(format!("{wanted:?} was not found")),
        ("+", Some((first, chosen))) => {
            let right = found.iter().any(|(mention, chosen)| {
                kind.is_none_or(|kind| mention.kind.to_string() == kind || kind == "metonymic" && mention.metonymic)
                    && place.is_none_or(|place| is(chosen, place))
            });
            (!right).then(|| format!("{wanted:?} should be {place:?} {kind:?}, not {chosen:?} {}", first.kind))
        }
        _ => Some(format!("{expectation:?} is not an expectation")),
    }
}

/// Whether a place is the one described by an id, or by a name, country and division.
fn is(place: &Place, described: &str) -> bool {
    if described.contains(':') {
        return place.id() == described;
    }
    let mut parts = described.split(", ");
    parts.next() == Some(place.name())
        && parts.next().is_none_or(|country| country == place.country())
        && parts.next().is_none_or(|division| place.division1_name() == Some(division))
}

/// The places found that no expectation names, although a `--` says that there are no others.
fn unnamed(document: &Document, annotations: &Annotations, expectations: &[Expectation]) -> Option<String> {
    let named: Vec<&str> = expectations
        .iter()
        .filter(|expectation| expectation.line != "--")
        .map(|expectation| expectation.line[1..].split(['=', '[']).next().unwrap_or("").trim())
        .collect();
    let placed =
        annotations.mentions.iter().filter_map(|mention| Some((mention.text(document), mention.place.as_ref()?)));
    let others: Vec<_> = placed
        .filter(|(text, _)| !named.contains(text))
        .map(|(text, place)| format!("{text:?} was taken for {place:?}"))
        .collect();
    (!others.is_empty()).then(|| others.join("; "))
}

fn check(file: &str) {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let cases = crate::support::cases::read(file);
    let mut wrong = Vec::new();
    for case in &cases {
        let document = case.document();
        let annotations = geoparser.annotate(&document);
        wrong.extend(case.expectations.iter().filter_map(|expectation| {
            expectation.verdict(match expectation.line.as_str() {
                "--" => unnamed(&document, &annotations, &case.expectations),
                line => failure(&document, &annotations, line),
            })
        }));
    }
    crate::support::cases::conclude(file, &cases, wrong);
}

#[test]
fn what_is_known_to_fail_is_counted_and_never_stale() {
    let cases = parse("x.txt", "Rain fell on Homs.\n  + Homs\n  ? - Rain\n  ?--\n");
    let [homs, rain, only] = &cases[0].expectations[..] else { panic!("three expectations") };
    assert_eq!((homs.known, rain.known, only.known), (false, true, true));
    assert_eq!((rain.line.as_str(), only.line.as_str()), ("- Rain", "--"));
    let fails = || Some("wrong".to_owned());
    assert_eq!((homs.verdict(None), rain.verdict(fails())), (None, None));
    assert_eq!(homs.verdict(fails()).as_deref(), Some("x.txt:2: wrong"));
    assert_eq!(rain.verdict(None).as_deref(), Some("x.txt:3: passes now: take the ? away: - Rain"));
    let said = |table: &str| miscounted(table, "x.txt", &cases).unwrap_or_default();
    assert_eq!(said("# file\tcount\ny.txt\t1\nx.txt\t2\n"), "");
    assert!(said("y.txt\t2\n").contains("may only fall") && said("x.txt\t1\n").contains("may only fall"));
    assert!(said("x.txt\t3\n").contains("lower the 3"));
}

cases! { "": bearers boilerplate refusals capitals choices choices_many explained names recognition languages many_languages stated }
