//! Times how quickly a gazetteer file answers; for `scripts/scale-gazetteer`: `cargo run --release --example
//! gazetteer_speed FILE`.
//!
//! Prints, tab-separated: places, milliseconds from opening the file to the first answer by name and by point,
//! microseconds a lookup by name, microseconds a `near` of ten places; each the best of several passes.

use std::time::Instant;
use toponym::gazetteer::{Gazetteer, GazetteerError, Index};

/// Passes over everything that is timed.
const PASSES: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("name a gazetteer file")?;
    let open = || Ok::<_, GazetteerError>(Gazetteer::new(vec![Index::open(path.as_ref())?]));
    // The first pass warms the system's cache.
    let mut first = f64::INFINITY;
    for _ in 0..PASSES {
        let start = Instant::now();
        let gazetteer = open()?;
        let answers = gazetteer.lookup("Paris").len() + gazetteer.near(36.2, 37.16, 50.0, 10).len();
        first = first.min(start.elapsed().as_secs_f64() * 1e3);
        assert!(answers > 0, "neither Paris nor anything near Aleppo is in the file");
    }
    let gazetteer = open()?;
    let count = gazetteer.layers()[0].place_count();
    let places = gazetteer.places().step_by((count / 2000).max(1)).take(2000);
    let sample: Vec<_> = places.map(|place| (place.name().to_owned(), place.lat(), place.lon())).collect();
    let mut found = 0;
    let mut time = |answer: &dyn Fn(&(String, f64, f64)) -> usize| {
        let passes = (0..PASSES).map(|_| {
            let start = Instant::now();
            found += sample.iter().map(answer).sum::<usize>();
            start.elapsed().as_secs_f64() * 1e6 / sample.len() as f64
        });
        passes.fold(f64::INFINITY, f64::min)
    };
    let lookup = time(&|(name, ..)| gazetteer.lookup(name).len());
    gazetteer.near(0.0, 0.0, 50.0, 1);
    let near = time(&|(_, lat, lon)| gazetteer.near(*lat, *lon, 50.0, 10).len());
    println!("{count}\t{first:.1}\t{lookup:.1}\t{near:.1}");
    Ok(())
}
