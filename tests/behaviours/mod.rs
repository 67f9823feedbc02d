//! Behaviours: what readers take for granted, on thousands of sentences made of the gazetteer's own facts.
//!
//! `facts` draws places from the gazetteer, `templates/` holds the sentences, one file a kind, `sentence` puts the one into the
//! other and notes what is expected where, and `score` compares it with what the geoparser answers.

mod draw;
mod facts;
mod kinds;
mod score;
mod sentence;

use facts::Facts;
use score::Tally;
use std::collections::BTreeMap;

/// Sentences of each kind when nothing else is asked for.
const SENTENCES: usize = 150;

/// The seed of the sentences that are checked with every change.
const SEED: u64 = 1;

/// The share of each kind's expectations that must hold, a little under what was measured with [`SEED`].
const LEAST: &[(&str, f64)] = &[
    ("addresses", 0.99),
    ("counties", 0.99),
    ("foreign-news", 0.995),
    ("headlines", 0.98),
    ("largest-first", 0.99),
    ("list-cities", 0.99),
    ("list-countries", 0.995),
    ("list-mixed", 0.99),
    ("list-states", 0.995),
    ("one-namesake", 0.985),
    ("people", 0.985),
    ("tables", 0.985),
    ("two-namesakes", 0.99),
    ("unknown-villages", 0.97),
];

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The figures of each kind. `TOPONYM_BEHAVIOURS_SEED` and `TOPONYM_BEHAVIOURS_SENTENCES` ask for other sentences than the usual,
/// `TOPONYM_BEHAVIOURS_FAILURES` for so many failures of each kind.
#[test]
fn what_readers_take_for_granted_holds() {
    let seed = number("TOPONYM_BEHAVIOURS_SEED").unwrap_or(SEED);
    let sentences = number("TOPONYM_BEHAVIOURS_SENTENCES").map_or(SENTENCES, |count| count as usize);
    let failures = number("TOPONYM_BEHAVIOURS_FAILURES").unwrap_or(3) as usize;
    let geoparser = toponym::Geoparser::embedded().expect("what is embedded opens");
    let facts = Facts::new(geoparser.resources().gazetteer());
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for kind in kinds::ALL {
        let tally = tallies.entry(kind.name).or_default();
        for sentence in kind.sentences(&facts, seed, sentences) {
            tally.add(&sentence, &geoparser);
        }
    }
    println!("{:<28}{:>8}{:>8}{:>9}", "kind", "right", "of", "share");
    for (kind, tally) in &tallies {
        println!("{kind:<28}{:>8}{:>8}{:>8.2} %", tally.right, tally.all, 100.0 * tally.share());
        tally.failures.iter().take(failures).for_each(|failure| println!("    {failure}"));
    }
    let low = LEAST.iter().filter(|(kind, least)| tallies.get(kind).is_none_or(|tally| tally.share() < *least));
    let low: Vec<&str> = low.map(|(kind, _)| *kind).collect();
    assert!(low.is_empty() || seed != SEED, "fewer expectations hold than did: {low:?}");
}
