//! A geoparser in a struct, used by eight threads: `cargo run --release --example threads`.

use toponym::{Annotations, Document, Geoparser};

/// A service that holds a geoparser, as any long-running program would.
struct Service {
    geoparser: Geoparser,
}

impl Service {
    fn annotate(&self, id: usize, text: &str) -> Annotations {
        self.geoparser.annotate(&Document::new(id.to_string(), text))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = Service { geoparser: Geoparser::embedded()? };
    let texts = [
        "Shells fell on Aleppo.",
        "Talks began in Geneva.",
        "A ferry sank off Zanzibar.",
        "Rain fell 20 km east of Homs.",
    ];
    let annotated: Vec<Annotations> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|id| {
                scope.spawn({
                    let service = &service;
                    move || service.annotate(id, texts[id % texts.len()])
                })
            })
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    assert_eq!(annotated.len(), 8);

    // Annotations own all they hold: they outlive the geoparser, and are written out and read back.
    drop(service);
    let json = serde_json::to_string(&annotated)?;
    let read: Vec<Annotations> = serde_json::from_str(&json)?;
    assert_eq!(read, annotated);
    println!("{json}");
    Ok(())
}
