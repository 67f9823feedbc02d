//! Annotates a stream of documents on all cores, in bounded memory, and writes JSON lines in the order of the stream:
//! `cargo run --release --example stream [COUNT] > out.jsonl`. A thousand documents by default; a million take as much
//! memory.

use std::io::{BufWriter, Write};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use toponym::export::{Exporter, JsonLines, Piece};
use toponym::{Document, Geoparser};

/// Documents that wait for a thread, or for an earlier one to be written, at most.
const WAITING: usize = 256;

const TOWNS: [&str; 5] = ["Aleppo", "Nairobi", "Lyon", "Quito", "Osaka"];

/// Where the documents come from: a queue, a database, a crawl.
fn documents(count: usize) -> impl Iterator<Item = Document> {
    (0..count).map(|id| {
        let (town, other) = (TOWNS[id % TOWNS.len()], TOWNS[(id / 7) % TOWNS.len()]);
        Document::new(
            id.to_string(),
            format!("The minister left {town} for {other} on day {id}. It rained 20 km north of {town}."),
        )
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).map_or(Ok(1000), |count| count.parse())?;
    let geoparser = Geoparser::embedded()?;
    let mut exporter = JsonLines::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let renderer = exporter.renderer();
    let (to_threads, work) = sync_channel::<(Document, SyncSender<Piece>)>(WAITING);
    let work = Mutex::new(work);
    // Pieces are promised in the order of the documents, and awaited in it. Both queues are bounded.
    let (promise, promised) = sync_channel::<Receiver<Piece>>(WAITING);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for document in documents(count) {
                let (done, piece) = sync_channel(1);
                if promise.send(piece).is_err() || to_threads.send((document, done)).is_err() {
                    return;
                }
            }
        });
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let next = || work.lock().ok()?.recv().ok();
                while let Some((document, done)) = next() {
                    // Nobody waits for it when writing has failed.
                    let _ = done.send(renderer(&document, &geoparser.annotate(&document)));
                }
            });
        }
        for piece in promised {
            exporter.write(piece.recv()?, &mut out)?;
        }
        exporter.finish(&mut out)?;
        out.flush()?;
        Ok(())
    })
}
