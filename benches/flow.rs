//! The speed of each step of the flow, and of the whole: `cargo bench`.
//!
//! The documents are the news corpora in the folder that the variable `TOPONYM_CORPORA` names, or in
//! `../shared/corpora`; where there are none, copies of the example article.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;
use toponym::document::{Inputs, ReadOptions};
use toponym::gazetteer::{Index, IndexBuilder, PlaceRow};
use toponym::steps::Steps;
use toponym::{Document, Geoparser};
use toponym_gazetteer::source;

/// News articles of three corpora.
const CORPORA: [&str; 3] = ["lgl.train.jsonl", "trnews.train.jsonl", "gwn.train.jsonl"];

/// Copies of the example article, where there is no corpus: enough for a pass to be timed.
const COPIES: usize = 40;

fn documents() -> Vec<Document> {
    let folder = std::env::var_os("TOPONYM_CORPORA").map_or_else(|| PathBuf::from("../shared/corpora"), PathBuf::from);
    let files = CORPORA.iter().map(|name| folder.join(name)).collect();
    let documents = Inputs::new(files, ReadOptions::default()).documents();
    let documents: Vec<Document> = documents.filter_map(|pending| pending.read().ok()).collect();
    if !documents.is_empty() {
        return documents;
    }
    let example = std::fs::read_to_string("examples/aleppo-truce.txt").expect("the example is part of the project");
    vec![Document::new("example", example); COPIES]
}

fn steps(criterion: &mut Criterion) {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mut steps: Vec<Steps> = documents.iter().map(|document| Steps::new(&geoparser, document)).collect();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("tokenise", |bencher| bencher.iter(|| steps.iter().map(Steps::tokenise).sum::<usize>()));
    group.bench_function("match", |bencher| bencher.iter(|| steps.iter().map(Steps::match_names).sum::<usize>()));
    group.bench_function("tag", |bencher| {
        bencher.iter(|| steps.iter().map(|steps| steps.recognise().count()).sum::<usize>());
    });
    group.bench_function("resolve", |bencher| {
        bencher.iter_batched(
            || steps.iter().map(Steps::recognise).collect(),
            |mentions: Vec<_>| {
                steps.iter().zip(mentions).map(|(steps, mentions)| steps.resolve(mentions)).sum::<usize>()
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("relate", |bencher| bencher.iter(|| steps.iter_mut().map(Steps::relate).sum::<usize>()));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| documents.iter().map(|document| geoparser.annotate(document).mentions.len()).sum::<usize>());
    });
    group.finish();
}

/// The rows of the tables of places written by hand.
fn rows() -> Vec<PlaceRow> {
    let mut rows = Vec::new();
    for table in std::fs::read_dir("data/places").expect("the tables are part of the project") {
        let table = table.expect("the folder can be listed").path();
        source::read_places(&table, |row| {
            rows.push(row);
            Ok(())
        })
        .expect("the tables are sound");
    }
    rows
}

fn index(criterion: &mut Criterion) {
    let rows = rows();
    let mut group = criterion.benchmark_group("index");
    group.bench_function("open", |bencher| {
        bencher.iter(|| Index::from_static(black_box(toponym_data::GAZETTEER)).is_ok())
    });
    group.throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function("build", |bencher| {
        bencher.iter_batched(
            || rows.clone(),
            |rows| {
                let mut builder = IndexBuilder::new("bench");
                rows.into_iter().for_each(|row| builder.add(row).expect("the tables fit"));
                builder.finish().map(|bytes| bytes.len()).ok()
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

/// Names to look up: exact, with a slip of the pen, in another romanisation, with a container.
const NAMES: [&str; 4] = ["Aleppo", "Barcelonna", "Sheikh Maqsood", "Paris, Texas"];

fn search(criterion: &mut Criterion) {
    let gazetteer = toponym::gazetteer::embedded().expect("the embedded gazetteer");
    gazetteer.near(0.0, 0.0, 1.0, 1);
    let mut group = criterion.benchmark_group("search");
    for name in NAMES {
        group.bench_function(format!("lookup/{name}"), |bencher| {
            bencher.iter(|| gazetteer.lookup(black_box(name)).len());
        });
    }
    group.bench_function("near", |bencher| bencher.iter(|| gazetteer.near(black_box(36.2), 37.16, 50.0, 10).len()));
    group.finish();
}

fn short() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
}

criterion_group! { name = benches; config = short(); targets = steps, index, search }
criterion_main!(benches);
