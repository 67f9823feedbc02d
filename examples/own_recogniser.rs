//! Places the mentions that another recogniser has found: `cargo run --release --example own_recogniser`.
//!
//! Spans are bytes of the document's text. A recogniser that counts code points, as those in Python do, has them
//! converted.

use toponym::{Document, Geoparser, Span};

/// A recogniser for the sake of the example: every capitalised word that does not begin a sentence.
fn capitalised_words(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut begins_sentence = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !begins_sentence && bare.chars().next().is_some_and(char::is_uppercase) {
            // The word is a part of the text, so its address tells where it stands.
            let start = bare.as_ptr() as usize - text.as_ptr() as usize;
            spans.push(Span::new(start, start + bare.len()));
        }
        begins_sentence = word.ends_with('.');
    }
    spans
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let geoparser = Geoparser::embedded()?;
    let document =
        Document::new("1", "The storm crossed Waco and Dallas. Later it reached Paris and Texarkana, Texas.");
    let spans = capitalised_words(&document.text);
    let annotations = geoparser.resolve(&document, &spans);
    // Each span is answered, in the order of the spans; relative places would stand among the answers.
    let answers = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
    for (span, mention) in spans.iter().zip(answers) {
        assert_eq!(*span, mention.span);
        match &mention.place {
            Some(place) => println!("{span} {}: {place}, {:.2}", mention.text(&document), mention.confidence),
            None => println!("{span} {}: no place", mention.text(&document)),
        }
    }

    let document = Document::new("2", "Über Köln fiel Regen.");
    let spans = document.byte_spans([(5, 9)]);
    let annotations = geoparser.resolve(&document, &spans);
    println!("{}: {:?}", annotations.mentions[0].text(&document), annotations.mentions[0].place);
    Ok(())
}
