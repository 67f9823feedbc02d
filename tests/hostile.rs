//! Texts made to be slow or to break something: time grows with their length, and nothing panics.

use toponym::document::{Inputs, Pending, ReadOptions};
use toponym::{Annotations, Document, Geoparser};

/// A text to repeat, and the least number of mentions with a place in 300 kB of it.
const REPEATED: [(&str, usize); 47] = [
    ("a", 0),
    ("A", 0),
    ("1", 0),
    (",", 0),
    ("-", 0),
    (".", 0),
    ("!", 0),
    ("'", 0),
    ("\"", 0),
    ("(A", 0),
    ("A-", 0),
    ("A,", 0),
    ("A. ", 0),
    ("A's ", 0),
    ("\n", 0),
    ("A\n", 0),
    ("\u{0}A", 0),
    ("\u{200b}", 0),
    ("A\u{200d}", 0),
    ("\u{301}", 0),
    ("\u{202e}A", 0),
    ("😀", 0),
    ("ア", 0),
    ("<div>", 0),
    ("[{", 0),
    ("al-", 0),
    ("Saint ", 0),
    ("University of ", 0),
    ("20 km north of ", 0),
    ("36.2 N 37.1 E ", 0),
    ("حلب ", 1_000),
    ("Aleppo, ", 1_000),
    ("Paris, Texas; ", 1_000),
    ("He left Springfield. ", 1_000),
    ("Paris and Route 1, ", 1_000),
    ("Paris, Lima and Oslo counties, ", 1_000),
    ("20 km from Aleppo to ", 1_000),
    ("20 km north of 36.2 N, 37.1 E and of Aleppo, ", 1_000),
    ("north of Homs and south of Hama and ", 1_000),
    ("Aleppo/Homs/", 1_000),
    ("Aleppo; Homs; Hama; ", 1_000),
    ("Aleppo-Homs-", 1_000),
    ("Springfield\n", 1_000),
    ("Spokane, Washington, ", 1_000),
    ("Washington, D.C., ", 1_000),
    ("(Paris (Texas (", 1_000),
    ("France, Spain, Peru, ", 1_000),
];

/// What to repeat in a file of a format, and what stands before and behind it.
const STRUCTURES: [(&str, &str, &str, &str); 12] = [
    ("html", "<body>", "<p>In Homs.</p>", ""),
    ("html", "<body>", "<div>", ""),
    ("html", "<body>", "<b>x", ""),
    ("html", "<body>", "<p><font a=b>", ""),
    ("html", "<body>", "<a ", ""),
    ("html", "<p ", "a=b ", ">In Homs."),
    ("html", "<body>", "<!-- a -->", ""),
    ("html", "<body>", "<noscript>In Homs.", ""),
    ("feed", "<rss><item>", "<category>Homs</category>", "</item>"),
    ("feed", "<rss><item><title>", "&a ", "</title></item>"),
    ("csv", "text\n", "\"a\n", ""),
    ("markdown", "", "[*_> ", ""),
];

/// Mentions with a place of the gazetteer.
fn placed(annotations: &Annotations) -> usize {
    annotations.mentions.iter().filter(|mention| mention.place.is_some()).count()
}

#[test]
fn time_grows_with_the_length() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    for (piece, least) in REPEATED {
        let document = |bytes: usize| Document::new("hostile", piece.repeat(bytes / piece.len() + 1));
        let long = document(300_000);
        crate::support::growth::check(&format!("{piece:?} over and over"), &document(37_500), &long, |document| {
            geoparser.annotate(document);
        });
        let mentions = placed(&geoparser.annotate(&long));
        assert!(mentions >= least, "{piece:?} over and over has {mentions} mentions");
    }
}

#[test]
fn reading_takes_time_that_grows_with_the_length() {
    for (format, before, piece, behind) in STRUCTURES {
        let file = |bytes: usize| format!("{before}{}{behind}", piece.repeat(bytes / piece.len() + 1));
        let (short, long) = (file(50_000), file(400_000));
        crate::support::growth::check(&format!("{piece:?} in {format}"), short.as_str(), long.as_str(), |file| {
            let format = serde_json::from_value(format.into()).expect("a format");
            let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
            let input = std::io::Cursor::new(file.to_owned());
            // What is refused is refused in time, too.
            Inputs::from_reader(input, "-", u64::MAX, options).map(Pending::read).for_each(drop);
        });
    }
}

#[test]
fn every_name_of_the_gazetteer_in_one_document() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let document = |step: usize| {
        let places = geoparser.resources().gazetteer().places().step_by(step);
        Document::new("names", places.map(|place| format!("They went to {}. ", place.name())).collect::<String>())
    };
    let long = document(12);
    crate::support::growth::check("every hundredth name", &document(96), &long, |document| {
        geoparser.annotate(document);
    });
    let found = placed(&geoparser.annotate(&long));
    assert!(found > 10_000, "{found} places");
}
