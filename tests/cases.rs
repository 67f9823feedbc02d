//! The plain-text cases in `tests/cases/`; see `tests/cases/README.md`.

use std::path::Path;
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
    match (sign, found.first()) {
        ("-", None) => None,
        ("-", Some(found)) => Some(format!("{wanted:?} was taken for {:?}", found.place)),
        ("+", None) => Some(format!("{wanted:?} was not found")),
        ("+", Some(_)) => {
            let right = found.iter().any(|r| {
                kind.is_none_or(|kind| r.mention.kind.to_string() == kind)
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
fn is(place: &toponym::Place, described: &str) -> bool {
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
    let path = Path::new("tests/cases").join(file);
    let cases = std::fs::read_to_string(&path).expect("the case file is there");
    let mut failures = Vec::new();
    let mut checked = 0;
    let mut lines =
        cases.lines().zip(1..).filter(|(line, _)| !line.starts_with('#') && !line.trim().is_empty()).peekable();
    while let Some((text, number)) = lines.next() {
        assert!(!text.starts_with(' '), "{}:{number}: an expectation without a text", path.display());
        let document = Document::new("case", text.replace("\\n", "\n"));
        let parsed = geoparser.parse(&document);
        let mut expected = Vec::new();
        let mut only = false;
        while let Some((expectation, number)) = lines.next_if(|(line, _)| line.starts_with(' ')) {
            let expectation = expectation.trim();
            checked += 1;
            if expectation == "--" {
                only = true;
            } else {
                expected.push(expectation[1..].split(['=', '[']).next().unwrap_or("").trim().to_owned());
                failures.extend(failure(&parsed, expectation).map(|f| format!("{}:{number}: {f}", path.display())));
            }
        }
        for found in parsed.places.iter().filter(|_| only) {
            let found_text = &document.text[found.mention.start..found.mention.end];
            if !expected.iter().any(|text| text == found_text) {
                failures.push(format!("{}:{number}: {found_text:?} was taken for {:?}", path.display(), found.place));
            }
        }
    }
    assert!(checked > 0, "{}: no cases", path.display());
    assert!(failures.is_empty(), "{} of {checked} expectations fail:\n{}", failures.len(), failures.join("\n"));
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(concat!(stringify!($name), ".txt"));
        })*

        #[test]
        fn every_case_file_is_checked() {
            let files = std::fs::read_dir("tests/cases").expect("tests/cases").map(|file| file.expect("a file").file_name());
            for file in files.filter(|file| file.to_string_lossy().ends_with(".txt")) {
                assert!([$(concat!(stringify!($name), ".txt")),*].contains(&&*file.to_string_lossy()), "add {file:?} to tests/cases.rs");
            }
        }
    };
}

cases! { furniture refusals capitals choices choices_many names recognition languages }
