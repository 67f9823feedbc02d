//! The language of texts: sentences of the languages that are read, of others, and what is no evidence for one.

use crate::support::root;
use std::collections::BTreeMap;
use toponym::{Document, Geoparser};

/// The languages of whose sentences there are ten.
const READ: [&str; 18] =
    ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "sv", "fa", "zh", "ja", "hi", "id", "en"];

fn language(geoparser: &Geoparser, text: &str) -> String {
    geoparser.annotate(&Document::new("text", text)).language.unwrap_or_default()
}

/// The sentences of `identification.tsv` by their languages.
fn sentences() -> BTreeMap<String, Vec<String>> {
    let table = std::fs::read_to_string(root("tests/identification.tsv")).expect("it is part of the project");
    let mut sentences: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (tag, sentence) in table.lines().skip(2).filter_map(|line| line.split_once('\t')) {
        sentences.entry(tag.to_owned()).or_default().push(sentence.to_owned());
    }
    sentences
}

#[test]
fn short_sentences_are_in_their_language() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (tag, sentences) in sentences().iter().filter(|(tag, _)| READ.contains(&tag.as_str())) {
        count += sentences.len();
        let told = sentences.iter().map(|sentence| (language(&geoparser, sentence), sentence));
        let of_language: Vec<_> = told.filter(|(told, _)| told != tag).collect();
        assert!(of_language.len() <= 1, "{tag}: {of_language:?}");
        wrong.extend(of_language.into_iter().map(|(told, sentence)| format!("{told}: {sentence}")));
    }
    assert_eq!(count, 10 * READ.len());
    assert!(wrong.len() * 50 <= count, "more than 2 %: {wrong:#?}");
}

#[test]
fn texts_of_several_sentences_are_in_their_language() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    // Indonesian and Malay are written with the same words but for a few.
    for (tag, sentences) in sentences().into_iter().filter(|(tag, _)| tag != "ms") {
        for some in sentences.chunks(4).filter(|some| some.len() > 1) {
            assert_eq!(language(&geoparser, &some.join(" ")), tag, "{some:?}");
        }
    }
}

#[test]
fn sentences_of_other_languages_are_not_taken_for_those_that_are_read() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let others = sentences().into_iter().filter(|(tag, _)| !READ.contains(&tag.as_str()));
    let others: Vec<String> = others.flat_map(|(_, sentences)| sentences).collect();
    let told = others.iter().map(|sentence| (language(&geoparser, sentence), sentence));
    let taken: Vec<_> = told.filter(|(told, _)| READ.contains(&told.as_str())).collect();
    assert!(others.len() >= 60 && taken.len() * 8 <= others.len(), "more than one in eight: {taken:#?}");
}

#[test]
fn names_addresses_and_hashtags_are_no_evidence() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    for text in [
        "",
        "Aleppo",
        "Rio de Janeiro",
        "Aleppo, Homs, 2016",
        "Villeneuve-sur-Lot, Saint-Jean-de-Luz, Aix-les-Bains",
        "He drove from Rio de Janeiro to Santa Cruz de la Sierra and on to La Paz.",
        "Read more at https://www.example.org/les-rebelles-ont-quitte-la-ville-pour-la-campagne.html today.",
        "Floods again #hochwasser #wirhelfenunseren #nachbarninnot @feuerwehr_der_stadt stay safe everyone",
        "Write to redaktion.der.zeitung@beispiel.example for the list.",
        "The BBC, ARD, ZDF and RAI report from Kyiv.",
    ] {
        assert_eq!(language(&geoparser, text), "en", "{text}");
    }
    for (tag, text) in [
        ("de", "Mehr dazu: https://www.example.org/the-story-of-the-flood-and-the-people-who-saw-it.html heute Abend"),
        ("fr", "Les pompiers sont à New York et à Los Angeles #breakingnews #stay #with #us"),
        ("es", "REBELDES ATACAN LA CIUDAD DE ALEPO DESDE EL NORTE"),
        ("pl", "Burmistrz Frankfurt am Main spotkał się z burmistrzem miasta."),
    ] {
        assert_eq!(language(&geoparser, text), tag, "{text}");
    }
}
