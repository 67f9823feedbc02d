//! `toponym tag`: documents in, features out.

use super::{Gazetteers, Outcome, finished, interrupt};
use clap::{Args, ValueEnum};
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toponym::document::{Document, DocumentError, read_bytes, read_file};
use toponym::export::{By, Exporter, GeoJson, JsonLines, Output};
use toponym::{Gazetteer, Geoparser};

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
}

/// An output format.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// GeoJSON (RFC 7946), for QGIS and web maps.
    Geojson,
    /// A JSON object a line and document, with every mention and its alternatives.
    Jsonl,
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
        let geoparser = Geoparser::new(&gazetteer);
        let mut exporter: Box<dyn Exporter> = match format {
            Format::Geojson => Box::new(GeoJson::new(self.by.unwrap_or_default(), &attribution(&gazetteer))),
            Format::Jsonl => Box::new(JsonLines),
        };
        let mut out = match &self.output {
            None => Output::stdout(),
            Some(path) => Output::file(path)
                .map_err(|e| format!("{}: cannot be written: {e}; choose another OUT", path.display()))?,
        };
        interrupt::remove_on_interrupt(out.temporary_path());
        let mut failures = 0;
        for document in self.documents() {
            match document {
                Ok(document) if self.given_mentions => match given(&document) {
                    Ok(spans) => exporter.document(&geoparser.resolve_given(&document, &spans), &mut out)?,
                    Err(message) => {
                        eprintln!("toponym: {message}");
                        failures += 1;
                    }
                },
                Ok(document) => exporter.document(&geoparser.parse(&document), &mut out)?,
                Err(error) => {
                    eprintln!("toponym: {error}");
                    failures += 1;
                }
            }
        }
        exporter.finish(&mut out)?;
        out.commit()?;
        finished(&gazetteer, ExitCode::from(if failures > 0 { super::SOME_FAILED } else { 0 }))
    }

    /// The format asked for, or the one that the output's extension says.
    fn format(&self) -> Result<Format, String> {
        let extension = self.output.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        match (self.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, None | Some("geojson" | "json")) => Ok(Format::Geojson),
            (None, Some("jsonl" | "ndjson")) => Ok(Format::Jsonl),
            (None, Some(other)) => {
                Err(format!("no format has the extension .{other}; name OUT .geojson or .jsonl, or give --format"))
            }
        }
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

    /// The documents of all inputs, one input in memory at a time.
    fn documents(&self) -> impl Iterator<Item = Result<Document, DocumentError>> {
        let standard_input = [PathBuf::from("-")];
        let files = if self.files.is_empty() { standard_input.to_vec() } else { self.files.clone() };
        files.into_iter().flat_map(|file| if file.as_os_str() == "-" { read_stdin() } else { read_file(&file) })
    }
}

/// A document's given mentions, in code points.
fn given(document: &Document) -> Result<Vec<Range<usize>>, String> {
    let toponyms = document.toponyms.as_ref().ok_or_else(|| {
        format!(
            "{}: has no mentions to be resolved; give each line its own, as in {{\"text\": ..., \"toponyms\": \
             [{{\"start\": 0, \"end\": 6}}]}}, or leave out --given-mentions",
            document.id
        )
    })?;
    Ok(toponyms.iter().map(|span| span.start..span.end).collect())
}

fn read_stdin() -> Vec<Result<Document, DocumentError>> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => read_bytes(&bytes, "-", false),
        Err(source) => vec![Err(DocumentError::Unreadable { path: "standard input".to_owned(), source })],
    }
}

/// Whose data the features rest on, for the map's credits.
fn attribution(gazetteer: &Gazetteer) -> String {
    let credits = gazetteer.layers().iter().flat_map(|index| &index.meta().credits);
    credits.map(|credit| format!("{}, {}", credit.name, credit.licence)).collect::<Vec<_>>().join("; ")
}
