//! Puts places of one's own before the embedded ones: `cargo run --release --example own_gazetteer`.
//!
//! `toponym gazetteer build` makes an index file of GeoNames dumps, tables or GeoJSON; `Index::open` opens it.

use toponym::gazetteer::{self, Gazetteer, Index, IndexBuilder, Name, NameKind, PlaceRow};
use toponym::{Document, Geoparser, Resources};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = IndexBuilder::new("camps of the survey");
    builder.credit("Survey of 2024", "CC BY 4.0");
    builder.add(PlaceRow {
        id: "survey:17".into(),
        name: "Camp Azum".into(),
        names: vec![Name::new("Azum Camp", NameKind::Variant)],
        feature: "S.CMPRF".into(),
        lat: 12.42,
        lon: 23.61,
        countries: "SD".into(),
        exact_km: Some(0.2),
        ..PlaceRow::default()
    })?;
    let own = Gazetteer::new(vec![Index::from_vec(builder.finish()?)?]);

    let geoparser = Geoparser::new(Resources::new(own.over(gazetteer::embedded()?))?);
    let document =
        Document::new("report", "The convoy left Khartoum on Monday and reached Azum Camp in Sudan on Friday.");
    let annotations = geoparser.annotate(&document);
    for mention in &annotations.mentions {
        if let Some(place) = &mention.place {
            println!("{}: {place} at {:.4} {:.4}", mention.text(&document), place.lat(), place.lon());
        }
    }
    println!("Places: {}", annotations.attribution);
    let ids: Vec<_> = annotations.mentions.iter().filter_map(|mention| Some(mention.place.as_ref()?.id())).collect();
    assert!(ids.contains(&"survey:17".to_owned()), "the own place is found by its other name");
    Ok(())
}
