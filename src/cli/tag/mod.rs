//! `toponym tag`: documents in, features out.

mod input;
mod output;

use super::recogniser::{Recogniser, Untrained};
use super::{Gazetteers, Outcome, finished, interrupt};
use clap::Args;
use output::Format;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toponym::export::{By, Output};

/// Find the places that texts mention and write them as map features.
///
/// Reads text files, and `.jsonl` files with a document {"id", "text"} a line. Exit code 1 when some input could not be
/// read; the rest is written all the same.
#[derive(Args)]
pub struct Tag {
    /// Files to read; standard input when there is none, or for `-`.
    files: Vec<PathBuf>,
    /// Write to this file instead of standard output. It appears whole or not at all.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Output format [default: what OUT's extension says, else geojson]
    #[arg(short, long)]
    format: Option<Format>,
    /// What a feature stands for, in GeoJSON [default: place]
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Find no places: decide which places the `toponyms` [{"start", "end"}] of each document are, counted in code
    /// points. Each is answered in its order; with `--format jsonl` one without a place says why.
    #[arg(long)]
    given_mentions: bool,
    #[command(flatten)]
    gazetteers: Gazetteers,
    #[command(flatten)]
    recogniser: Recogniser,
}

impl Tag {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let format = match self.format().and_then(|format| self.check(format)) {
            Ok(format) => format,
            Err(message) => {
                eprintln!("toponym: {message}");
                return Ok(ExitCode::from(2));
            }
        };
        let gazetteer = self.gazetteers.open()?;
        let geoparser = self.recogniser.geoparser(&gazetteer)?;
        let mut exporter = self.exporter(format, &gazetteer);
        let mut out = match &self.output {
            None => Output::stdout(),
            Some(path) => Output::file(path)
                .map_err(|e| format!("{}: cannot be written: {e}; choose another OUT", path.display()))?,
        };
        interrupt::remove_on_interrupt(out.temporary_path());
        let mut failures = 0;
        let mut untrained = Untrained::default();
        for document in self.documents() {
            match document {
                Ok(document) if self.given_mentions => match input::given(&document) {
                    Ok(spans) => exporter.document(&geoparser.resolve_given(&document, &spans), &mut out)?,
                    Err(message) => {
                        eprintln!("toponym: {message}");
                        failures += 1;
                    }
                },
                Ok(document) => {
                    let parsed = geoparser.parse(&document);
                    if self.recogniser.is_trained() {
                        untrained.count(&parsed);
                    }
                    exporter.document(&parsed, &mut out)?;
                }
                Err(error) => {
                    eprintln!("toponym: {error}");
                    failures += 1;
                }
            }
        }
        exporter.finish(&mut out)?;
        untrained.tell();
        out.commit()?;
        finished(&gazetteer, ExitCode::from(if failures > 0 { super::SOME_FAILED } else { 0 }))
    }

    /// What arguments that are right in themselves say wrong together.
    fn check(&self, format: Format) -> Result<Format, String> {
        if matches!(format, Format::Jsonl) && self.by.is_some() {
            return Err("--by is for GeoJSON; JSON lines hold every mention and the focus of each document".to_owned());
        }
        let same = |a: &Path, b: &Path| {
            std::fs::canonicalize(a).ok().is_some_and(|a| std::fs::canonicalize(b).ok() == Some(a))
        };
        match self.output.as_deref().filter(|out| out.is_file() && self.files.iter().any(|file| same(file, out))) {
            Some(out) => Err(format!("{} is an input and would be overwritten; choose another OUT", out.display())),
            None => Ok(format),
        }
    }
}
