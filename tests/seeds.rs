//! What the fuzz targets do, with random bytes and with their kept seeds, changed at random: some thousand inputs of those of which
//! `scripts/fuzz` tries millions. With SEED_TIMES=100 it is a hundred times as many, with SEED_TARGETS="index config" those of these
//! targets alone.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use std::path::{Path, PathBuf};

/// A target's name, what it does with an input, and the number of inputs that it is tried with.
type Target = (&'static str, fn(&[u8]), u32);

/// Those that write all formats take longest.
const TARGETS: [Target; 22] = [
    ("config", fuzz::config, 60),
    ("coordinates", fuzz::coordinates, 60),
    ("docx", fuzz::docx, 60),
    ("feed", fuzz::feed, 60),
    ("geojson", fuzz::geojson, 30),
    ("geonames", fuzz::geonames, 30),
    ("given", fuzz::given, 60),
    ("html", fuzz::html, 60),
    ("index", fuzz::index, 30),
    ("jsonl", fuzz::jsonl, 60),
    ("mail", fuzz::mail, 60),
    ("markdown", fuzz::markdown, 60),
    ("merge", fuzz::merge, 20),
    ("offsets", fuzz::offsets, 60),
    ("packed", fuzz::packed, 60),
    ("patched_index", fuzz::patched_index, 30),
    ("pending", fuzz::pending, 60),
    ("places", fuzz::places, 30),
    ("relations", fuzz::relations, 30),
    ("table", fuzz::table, 60),
    ("text", fuzz::text, 8),
    ("warc", fuzz::warc, 60),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(name)
}

/// The names of the files in a folder; none if there is no folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// A change of bytes: where, what with, and how.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<Index>(), prop::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, count)| Change::Repeat(at, count)),
    ];
    prop::collection::vec(change, 0..8)
}

fn changed(mut bytes: Vec<u8>, changes: Vec<Change>) -> Vec<u8> {
    for change in changes {
        let at = |index: Index, bytes: &[u8]| index.index(bytes.len() + 1);
        match change {
            Change::Set(index, byte) => {
                let at = at(index, &bytes);
                bytes.get_mut(at).into_iter().for_each(|old| *old = byte);
            }
            Change::Insert(index, new) => {
                let at = at(index, &bytes);
                bytes.splice(at..at, new);
            }
            Change::Remove(index, count) => {
                let at = at(index, &bytes);
                bytes.drain(at..bytes.len().min(at + count));
            }
            Change::Repeat(index, count) => {
                let at = at(index, &bytes);
                let end = bytes.len().min(at + count);
                bytes.extend_from_within(at..end);
            }
        }
    }
    bytes
}

#[test]
fn every_target_is_tried() {
    let written = files(&folder("fuzz_targets"));
    let written: Vec<_> = written.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
    assert_eq!(written, TARGETS.map(|(name, ..)| name));
}

#[test]
fn seeds_and_what_is_like_them_break_nothing() {
    let times = std::env::var("SEED_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let only = std::env::var("SEED_TARGETS").unwrap_or_default();
    let asked = |name: &str| only.is_empty() || only.split(' ').any(|asked| asked == name);
    for (name, target, cases) in TARGETS.into_iter().filter(|(name, ..)| asked(name)) {
        let mut seeds: Vec<Vec<u8>> = files(&folder("seeds").join(name)).iter().flat_map(std::fs::read).collect();
        seeds.iter().for_each(|seed| target(seed));
        seeds.push(Vec::new());
        let seed = (prop::sample::select(seeds), changes()).prop_map(|(seed, changes)| changed(seed, changes));
        let any_bytes = prop::collection::vec(any::<u8>(), 0..200);
        let config = Config { cases: cases * times, failure_persistence: None, ..Config::default() };
        let tried = TestRunner::new(config).run(&prop_oneof![3 => seed, 1 => any_bytes], |bytes| {
            target(&bytes);
            Ok(())
        });
        tried.unwrap_or_else(|error| panic!("the fuzz target {name} with these bytes: {error}"));
    }
}
