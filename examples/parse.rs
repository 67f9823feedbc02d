//! Finds the places that a text mentions: `cargo run --release --example parse [FILE]`.

use toponym::{Document, Geoparser};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/aleppo-truce.txt".to_owned());
    let document = Document::new(&path, std::fs::read_to_string(&path)?);
    let annotations = Geoparser::embedded()?.annotate(&document);
    for mention in &annotations.mentions {
        let text = mention.text(&document);
        match (&mention.place, &mention.relative, mention.reason) {
            (Some(place), ..) => println!("{text:?} is {place}, {:.2}", mention.confidence),
            (None, Some(relative), _) => {
                println!(
                    "{text:?} is within {} km of {:.3} {:.3}",
                    relative.uncertainty_km, relative.lat, relative.lon
                );
            }
            (None, None, reason) => {
                println!("{text:?} has no place: {}", reason.map_or("", |reason| reason.in_words()))
            }
        }
    }
    if let Some(focus) = annotations.focus() {
        println!("The text is about {}.", focus.place);
    }
    println!("Places: {}", annotations.attribution);
    Ok(())
}
