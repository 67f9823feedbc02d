//! `toponym eval`: scores of the answers on annotated documents.

use super::recogniser::Recogniser;
use super::{Gazetteers, Outcome, finished};
use crate::messages::tell;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toponym::eval::{Comparison, Demonyms, Report, Scorer, commonest_errors, read, reliability, table};

/// Score the program on annotated documents.
///
/// Reads JSON lines with `toponyms`, the XML of LGL, TR-News, GeoVirus and GeoWebNews, brat's .ann files beside their
/// .txt, marked texts (.txt that begin with `id:`, see docs/ANNOTATION.md), and folders of the last two. Recognition is scored by spans, resolution over all mentions whose coordinates the
/// annotators give, a missing answer counted as wrong. Exit code 1 when some input could not be read.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  toponym eval gold.jsonl
  toponym eval data/corpus/en/test --by feature --errors 10
  toponym eval gold.jsonl --json > before.json; toponym eval gold.jsonl -g own.toponym --compare before.json")]
pub struct Eval {
    /// Annotated documents.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write everything, every mention too, as one JSON object.
    #[arg(long)]
    json: bool,
    /// Show the N commonest mistakes of each sort, with context.
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Score groups of mentions too.
    #[arg(long, value_enum)]
    by: Option<crate::values::GroupBy>,
    /// Show how often mentions of each tenth of probability are right.
    #[arg(long)]
    reliability: bool,
    /// Show which mentions were won and lost since an earlier `--json` output.
    #[arg(long, value_name = "OLD.json")]
    compare: Option<PathBuf>,
    /// A file of words that make a mention a demonym, one a line, instead of those of the gazetteer.
    #[arg(long, value_name = "FILE")]
    demonyms: Option<PathBuf>,
    /// Number of bootstrap samples for confidence intervals; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    resamples: usize,
    #[command(flatten)]
    gazetteers: Gazetteers,
    #[command(flatten)]
    recogniser: Recogniser,
}

impl Eval {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let demonyms = match &self.demonyms {
            None => Demonyms::from_gazetteer(),
            Some(path) => Demonyms::from_list(&text_of(path)?),
        };
        let old = self.compare.as_deref().map(report_of).transpose()?;
        let gazetteer = self.gazetteers.open()?;
        let scorer = Scorer::new(self.recogniser.geoparser(gazetteer.clone())?, demonyms);
        let (mut documents, mut failures) = (Vec::new(), 0);
        for file in &self.files {
            let (read, errors) = read(file);
            errors.iter().for_each(|error| tell!("toponym: {error}"));
            failures += errors.len();
            documents.extend(read);
        }
        let scores: Vec<_> = documents.iter().map(|document| scorer.score(document)).collect();
        let report = Report::new(&scores, self.by.map(Into::into), self.resamples);
        let mut out = std::io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
        } else {
            write!(out, "{}", table(&report))?;
        }
        // With --json, what people read goes to standard error.
        let mut people: Box<dyn Write> = if self.json { Box::new(std::io::stderr()) } else { Box::new(out) };
        if let Some(most) = self.errors {
            write!(people, "\n{}", commonest_errors(&documents, &scores, most))?;
        }
        if self.reliability {
            write!(people, "\n{}", reliability(&scores))?;
        }
        if let Some(old) = old {
            write!(people, "\n{}", Comparison::new(&old, &report))?;
        }
        finished(&gazetteer, ExitCode::from(if failures > 0 { super::SOME_FAILED } else { 0 }))
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("{}: cannot be read: {error}; check the path", path.display()))
}

fn report_of(path: &Path) -> Result<Report, String> {
    let form = |error| {
        format!("{}: is not what `toponym eval --json` wrote: {error}; make it again with this version", path.display())
    };
    serde_json::from_str(&text_of(path)?).map_err(form)
}
