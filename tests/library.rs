//! What a program that uses the library relies on: results that own what they hold, resources that do not get in each
//! other's way.

use crate::support::root;
use geo::{Contains, Point};
use toponym::gazetteer::{Gazetteer, Hit, Index, IndexBuilder, PlaceRow};
use toponym::{Annotations, Mention, Reason, Relative};
use toponym::{AreaGeometry, Document, Error, Geoparser, Kind, Place, Resources, Span};

fn geoparser() -> Geoparser {
    Geoparser::embedded().expect("what is embedded opens")
}

#[test]
fn everything_can_be_cloned_sent_shared_and_stored() {
    fn is_free<T: Clone + Send + Sync + 'static>() {}
    is_free::<Geoparser>();
    is_free::<Gazetteer>();
    is_free::<Place>();
    is_free::<Hit>();
    is_free::<Annotations>();
    is_free::<AreaGeometry>();
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<Resources>();
    is_shared::<Error>();
}

/// Ten lines of a program: a geoparser in a struct, parsing on eight threads, results serialised.
#[test]
fn eight_threads_share_a_geoparser_in_a_struct() {
    struct Service {
        geoparser: Geoparser,
    }
    let service = std::sync::Arc::new(Service { geoparser: geoparser() });
    let threads = (0..8).map(|id| {
        let service = service.clone();
        std::thread::spawn(move || service.geoparser.annotate(&Document::new(id.to_string(), "Rain fell on Homs.")))
    });
    let annotated: Vec<Annotations> = threads.map(|thread| thread.join().expect("ended")).collect();
    let json = serde_json::to_string(&annotated).expect("JSON");
    assert_eq!(json.matches("\"name\":\"Homs\"").count(), 16, "a mention and a focus each");
}

/// Reads annotations back and compares them.
fn check_round_trip(annotations: &Annotations) {
    let json = serde_json::to_string(annotations).expect("JSON");
    let read: Annotations = serde_json::from_str(&json).expect("read back");
    assert_eq!(&read, annotations);
    assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
}

#[test]
fn annotations_that_are_written_are_read_back() {
    let geoparser = geoparser().with_explanations(true);
    let mut kinds = std::collections::BTreeSet::new();
    for file in ["examples/aleppo-truce.txt", "examples/relations.txt"] {
        let text = std::fs::read_to_string(root(file)).expect("the examples are part of the project");
        let annotations = geoparser.annotate(&Document::new(file, text));
        kinds.extend(annotations.mentions.iter().map(|mention| mention.kind));
        check_round_trip(&annotations);
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), Kind::ALL, "all kinds stand in the examples");
    let document = Document::new("given", "xyzzy and Aleppo");
    check_round_trip(&geoparser.resolve(&document, &[(0..5).into(), (10..16).into(), (9..99).into()]));
    check_round_trip(&Annotations::default());
}

#[test]
fn mentions_stand_in_the_order_of_the_text_with_their_sentences() {
    let document =
        Document::new("1", "Rain fell 20 km north of Aleppo. Snow fell at 36.2 N, 37.1 E, and in Xyzzyville Street.");
    let annotations = geoparser().annotate(&document);
    assert!(annotations.mentions.is_sorted_by_key(|mention| mention.span.start));
    for mention in &annotations.mentions {
        let sentence = mention.sentence.slice(&document.text).expect("a sentence of the text");
        assert!(sentence.contains(mention.text(&document)) && sentence.contains(" fell "), "{sentence:?}");
        let answers = [mention.place.is_some(), mention.relative.is_some(), mention.reason.is_some()];
        assert_eq!(answers.iter().filter(|is| **is).count(), 1, "{mention:?}");
    }
    let texts: Vec<_> = annotations.mentions.iter().map(|mention| mention.text(&document)).collect();
    assert_eq!(texts[..3], ["20 km north of Aleppo", "Aleppo", "36.2 N, 37.1 E"]);
    assert_eq!(annotations.language.as_deref(), Some("en"));
    assert!(annotations.attribution.to_string().contains("GeoNames"));
}

#[test]
fn given_spans_are_answered_in_their_order_and_relative_places_found_at_them() {
    let document = Document::new("1", "Rain fell 20 km north of Aleppo, in northern Syria, and on Homs.");
    let at = |name: &str| document.text.find(name).map(|start| Span::new(start, start + name.len())).expect(name);
    let outside = Span::new(60, 700);
    let spans = [at("Homs"), at("Aleppo"), outside, at("Aleppo"), at("Syria"), at("Aleppo, in northern Syria")];
    let annotations = geoparser().resolve(&document, &spans);
    let is_answer = |mention: &&Mention| mention.relative.is_none();
    let answers: Vec<_> = annotations.mentions.iter().filter(is_answer).collect();
    assert_eq!(answers.iter().map(|mention| mention.span).collect::<Vec<_>>(), spans);
    let names = answers.iter().map(|mention| mention.place.as_ref().map_or("", |place| place.name()));
    assert_eq!(names.collect::<Vec<_>>()[..5], ["Homs", "Aleppo", "", "Aleppo", "Syria"]);
    assert_eq!(answers[2].reason, Some(Reason::OutsideText));
    assert_eq!(answers.iter().map(|mention| mention.modified).collect::<Vec<_>>()[..2], [false, false]);
    assert_eq!((annotations.language.as_deref(), annotations.recogniser), (Some("en"), None));

    let apart = [at("Aleppo"), at("Homs")];
    let annotations = geoparser().resolve(&document, &apart);
    let relatives: Vec<&Relative> = annotations.mentions.iter().filter_map(|m| m.relative.as_deref()).collect();
    assert_eq!(relatives.iter().map(|relative| relative.name.as_str()).collect::<Vec<_>>(), ["20 km north of Aleppo"]);
    let modified = annotations.mentions.iter().filter(is_answer).map(|mention| mention.modified);
    assert_eq!(modified.collect::<Vec<_>>(), [true, false]);
}

#[test]
fn kinds_and_names_that_are_not_literal_can_be_dropped() {
    let document = Document::new("1", "Turkish troops left Damascus for a camp northwest of Aleppo.");
    let annotations = geoparser().annotate(&document);
    let texts = |annotations: &Annotations| -> Vec<String> {
        annotations.mentions.iter().map(|mention| mention.text(&document).to_owned()).collect()
    };
    let mut kept = annotations.clone();
    kept.keep_kinds(&[Kind::Demonym, Kind::Relative]);
    assert_eq!(texts(&kept), ["Turkish", "northwest of Aleppo"]);
    let mut kept = annotations;
    kept.keep_literal();
    assert_eq!(texts(&kept), ["Turkish", "Damascus", "northwest of Aleppo"]);
}

/// A geoparser whose gazetteer has nothing but France, at a point.
fn with_france_at(lat: f64, lon: f64) -> Geoparser {
    let mut builder = IndexBuilder::new("France");
    let france = PlaceRow {
        id: "my:france".into(),
        name: "France".into(),
        feature: "A.PCLI".into(),
        countries: "FR".into(),
        population: Some(60_000_000),
        lat,
        lon,
        ..PlaceRow::default()
    };
    builder.add(france).expect("fits");
    let index = Index::from_vec(builder.finish().expect("builds")).expect("opens");
    Geoparser::new(Resources::new(Gazetteer::new(vec![index])).expect("the models open"))
}

#[test]
fn two_gazetteers_that_place_a_country_differently_draw_its_area_each_for_itself() {
    let (in_europe, in_america) = (with_france_at(46.0, 2.0), with_france_at(4.0, -53.0));
    let document = Document::new("1", "Floods hit northern France.");
    let holds = |geoparser: &Geoparser, lat: f64, lon: f64| {
        let annotations = geoparser.annotate(&document);
        let relative = annotations.mentions.iter().find_map(|mention| mention.relative.as_deref()).expect("found");
        relative.area.as_ref().expect("an area").contains(&Point::new(lon, lat))
    };
    let (lille, cayenne) = ((50.6, 3.06), (4.9, -52.4));
    for _ in 0..2 {
        assert!(holds(&in_europe, lille.0, lille.1) && !holds(&in_europe, cayenne.0, cayenne.1));
        assert!(holds(&in_america, cayenne.0, cayenne.1) && !holds(&in_america, lille.0, lille.1));
    }
}
