//! The plain-text cases in `tests/cases/`; see `tests/cases/README.md`.

use toponym::{Document, Geoparser, Parsed};

/// What is wrong with one expectation, if anything is.
fn failure(parsed: &Parsed, expectation: &str) -> Option<String> {
    let (sign, rest) = expectation.split_at(1);
    let (wanted, place) = rest.split_once('=').map_or((rest, None), |(text, place)| (text, Some(place.trim())));
    let (wanted, kind) =
        wanted.split_once('[').map_or((wanted, None), |(t, k)| (t, Some(k.trim().trim_end_matches(']'))));
    let wanted = wanted.trim();
    let text = |r: &toponym::resolve::Resolved| parsed.document.text[r.mention.start..r.mention.end].to_owned();
    let found: Vec<_> = parsed.places.iter().filter(|r| text(r) == wanted).collect();
    // A road or a street is a mention too, though no place is known for it.
    let unplaced = parsed.unplaced.iter().filter_map(|unplaced| unplaced.bytes.clone());
    let known_by_name = unplaced.filter(|bytes| &parsed.document.text[bytes.clone()] == wanted).count() > 0;
    match (sign, found.first()) {
        ("-", None) if known_by_name => Some(format!("{wanted:?} was taken for a name")),
        ("-", None) => None,
        ("-", Some(found)) => Some(format!("{wanted:?} was taken for {:?}", found.place)),
        ("+", None) if known_by_name && place.is_none() => None,
        ("+", None) => Some(format!("{wanted:?} was not found")),
        ("+", Some(_)) => {
            let right = found.iter().any(|r| {
                kind.is_none_or(|kind| r.mention.kind.to_string() == kind || kind == "metonymic" && r.mention.metonymic)
                    && place.is_none_or(|place| is(&r.place, place))
            });
            (!right).then(|| {
                format!("{wanted:?} should be {place:?} {kind:?}, not {:?} {}", found[0].place, found[0].mention.kind)
            })
        }
        _ => Some(format!("{expectation:?} is not an expectation")),
    }
}

/// Whether a place is the one described: an id, or a name, country and division.
fn is(place: &toponym::PlaceRef, described: &str) -> bool {
    if described.contains(':') {
        return place.id() == described;
    }
    let mut parts = described.split(", ");
    parts.next() == Some(place.name())
        && parts.next().is_none_or(|country| country == place.country())
        && parts.next().is_none_or(|division| place.division1_name() == Some(division))
}

fn check(file: &str) {
    let gazetteer = toponym::embedded().expect("the embedded gazetteer opens");
    let geoparser = Geoparser::new(&gazetteer);
    let (mut failures, mut checked) = (Vec::new(), 0);
    for case in crate::support::cases::read(file) {
        let document = Document::new("case", case.text);
        let parsed = geoparser.parse(&document);
        let (only, expected): (Vec<_>, Vec<_>) = case.expectations.iter().partition(|(_, line)| line == "--");
        checked += case.expectations.len();
        for (at, expectation) in &expected {
            failures.extend(failure(&parsed, expectation).map(|failure| format!("{at}: {failure}")));
        }
        let named = |text: &str| {
            expected.iter().any(|(_, line)| line[1..].split(['=', '[']).next().unwrap_or("").trim() == text)
        };
        for found in parsed.places.iter().filter(|_| !only.is_empty()) {
            let text = &document.text[found.mention.start..found.mention.end];
            if !named(text) {
                failures.push(format!("{}: {text:?} was taken for {:?}", case.at, found.place));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {checked} expectations fail:\n{}", failures.len(), failures.join("\n"));
}

cases! { "": boilerplate refusals capitals choices choices_many names recognition languages }
