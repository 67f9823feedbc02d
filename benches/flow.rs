//! How fast each step is, and the whole: `cargo bench`.
//!
//! The text is that of the news corpora in the folder that the variable `TOPONYM_CORPORA` names, or in
//! `../shared/corpora`; where there are none, the example article over and over.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;
use toponym::document::{Inputs, ReadOptions};
use toponym::gazetteer::{Index, IndexBuilder, Row, source};
use toponym::text::{Tokens, Words, tokenise};
use toponym::{Document, Geoparser, Parsed, mention, relation, resolve};
use toponym_languages::languages;

/// News articles of three corpora: short local news, reports from war zones, all sorts.
const CORPORA: [&str; 3] = ["lgl.train.jsonl", "trnews.train.jsonl", "gwn.train.jsonl"];

/// Copies of the example where there is no corpus, so that a pass takes long enough to be timed.
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
    let gazetteer = toponym::embedded().expect("the embedded gazetteer");
    let recogniser = toponym::recogniser().expect("the embedded recogniser");
    let english = languages().default_language();
    let find = |document: &Document, tokens| {
        let words = Words::new(&document.text, tokens, english);
        mention::find(&words, "en", &gazetteer, Some(&recogniser), None).list
    };
    let geoparser = Geoparser::new(&gazetteer);
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("tokenise", |bencher| {
        bencher
            .iter(|| documents.iter().map(|document| tokenise(&document.text, languages()).list.len()).sum::<usize>());
    });
    let tokens: Vec<Tokens> = documents.iter().map(|document| tokenise(&document.text, languages())).collect();
    let tokenised = || documents.iter().zip(&tokens);
    group.bench_function("match", |bencher| {
        bencher.iter(|| {
            tokenised()
                .map(|(document, tokens)| mention::names(&document.text, tokens, &gazetteer).len())
                .sum::<usize>()
        });
    });
    group.bench_function("tag", |bencher| {
        bencher.iter(|| tokenised().map(|(document, tokens)| find(document, tokens).len()).sum::<usize>());
    });
    let mentions = || tokenised().map(|(document, tokens)| find(document, tokens)).collect();
    group.bench_function("resolve", |bencher| {
        bencher.iter_batched(
            mentions,
            |mentions: Vec<_>| {
                let each = tokenised().zip(mentions);
                let (model, settings) = (resolve::Model::embedded(), resolve::Settings::default());
                let choose = |((document, tokens), mentions): ((&Document, &Tokens), _)| {
                    let words = Words::new(&document.text, tokens, english);
                    resolve::choose(&gazetteer, document, &words, mentions, model, &settings)
                };
                each.map(|each| choose(each).len()).sum::<usize>()
            },
            BatchSize::LargeInput,
        );
    });
    let mut parsed: Vec<_> = documents.iter().map(|document| geoparser.parse(document)).collect();
    group.bench_function("relate", |bencher| {
        bencher.iter(|| {
            let relate = parsed.iter_mut().map(|Parsed { document, tokens, places, focus, .. }| {
                let words = Words::new(&document.text, tokens, english);
                relation::find(&words, english.relations.as_ref(), places, focus.as_ref(), &gazetteer).len()
            });
            relate.sum::<usize>()
        });
    });
    group.bench_function("parse", |bencher| {
        bencher.iter(|| documents.iter().map(|document| geoparser.parse(document).places.len()).sum::<usize>());
    });
    group.finish();
}

/// The rows of the tables of places written by hand.
fn rows() -> Vec<Row> {
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

/// Names as they are asked for: as written, with a slip of the pen, in another romanisation, with a container.
const NAMES: [&str; 4] = ["Aleppo", "Barcelonna", "Sheikh Maqsood", "Paris, Texas"];

fn search(criterion: &mut Criterion) {
    let gazetteer = toponym::embedded().expect("the embedded gazetteer");
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
