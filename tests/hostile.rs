//! Texts made to be slow or to break something: time grows with their length, and nothing panics.

use toponym::{Document, Geoparser};

/// What is repeated, and the least number of mentions of places in 300 kB of it.
const REPEATED: [(&str, usize); 36] = [
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
];

#[test]
fn time_grows_with_the_length() {
    let gazetteer = toponym::embedded().expect("opens");
    let geoparser = Geoparser::new(&gazetteer);
    for (piece, least) in REPEATED {
        let document = |bytes: usize| Document::new("hostile", piece.repeat(bytes / piece.len() + 1));
        let long = document(300_000);
        crate::support::growth::check(&format!("{piece:?} over and over"), &document(37_500), &long, |document| {
            geoparser.parse(document);
        });
        let mentions = geoparser.parse(&long).places.len();
        assert!(mentions >= least, "{piece:?} over and over has {mentions} mentions");
    }
}

#[test]
fn every_name_of_the_gazetteer_in_one_document() {
    let gazetteer = toponym::embedded().expect("opens");
    let geoparser = Geoparser::new(&gazetteer);
    let places = gazetteer.layers()[0].places().len();
    let document = |step: usize| {
        let names = (0..places).step_by(step).filter_map(|ordinal| {
            let key = toponym::gazetteer::PlaceKey { layer: 0, ordinal: ordinal as u32 };
            gazetteer.place(key).map(|place| format!("They went to {}. ", place.name()))
        });
        Document::new("names", names.collect::<String>())
    };
    let long = document(12);
    crate::support::growth::check("every hundredth name", &document(96), &long, |document| {
        geoparser.parse(document);
    });
    let found = geoparser.parse(&long).places.len();
    assert!(found > 10_000, "{found} places");
}
