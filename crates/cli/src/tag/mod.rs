//! `toponym tag`: documents in, features out.

mod batch;
mod errors;
mod explain;
mod input;
mod journal;
mod output;
mod progress;
mod queue;
mod run;
mod signature;
mod summary;

pub use batch::is_answering;

use super::interrupt::end_in_order;
use super::recogniser::Recogniser;
use super::{Gazetteers, Outcome, finished, paths};
use crate::messages::tell;
use crate::values::{By, Geometries, OutputFormat, Unit};
use clap::Args;
use input::Input;
use run::{End, Sink};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::document::Inputs;
use toponym::export::{Format, Output, qgis_style};
use toponym::{Gazetteer, Geoparser, Hint, Kind, Selection};

/// Find the places that texts mention and write them as map features.
///
/// Reads plain text, Markdown, web pages, JSON lines, tables, feeds, mails, web archives and Word documents, also
/// compressed with gzip or zstd. On a terminal the result is a table; in a pipe or a file it is GeoJSON unless the file's
/// extension or --format says otherwise. Exit code 1 when some input could not be read; the rest is written nevertheless.
#[derive(Args)]
#[command(after_help = "`toponym tag --help` shows every option, with examples.", after_long_help = EXAMPLES)]
pub struct Tag {
    #[command(flatten)]
    input: Input,
    /// Write to this file instead of standard output.
    ///
    /// It appears whole or not at all. Its extension says the format.
    #[arg(short, long, value_name = "OUT", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Output format [default: by the extension of OUT, else table on a terminal, else geojson]
    #[arg(short, long, value_enum, help_heading = "Output")]
    format: Option<OutputFormat>,
    /// What a feature stands for, in formats of one layer [default: place]
    #[arg(long, value_enum, help_heading = "Output")]
    by: Option<By>,
    /// Geometry of relative places, such as "northern Syria" [default: point]
    #[arg(long, value_enum, help_heading = "Output")]
    geometry: Option<Geometries>,
    /// Unit that offsets are counted in.
    ///
    /// Those in the title count from the beginning of the title, those in the text from that of the text.
    #[arg(long, value_enum, default_value_t = Unit::Chars, value_name = "UNIT", help_heading = "Output")]
    #[arg(hide_short_help = true)]
    offsets: Unit,
    /// Write the `title` and `text` of each document too, in which the offsets count; for JSON lines.
    #[arg(long, help_heading = "Output", hide_short_help = true)]
    keep_text: bool,
    /// Write a style for QGIS beside OUT too: map.qml for map.geojson.
    ///
    /// QGIS finds it by its name: colour by confidence, labels, map tips, and the time for the temporal controller. A GeoPackage
    /// has its styles within.
    #[arg(long, requires = "output", help_heading = "Output", hide_short_help = true)]
    qml: bool,
    /// Say for each mention, on standard error, which places it may be and what decided.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Keep only these kinds of mentions: place, demonym, embedded, relative, coordinate [default: all]
    #[arg(long, value_name = "KIND,...", value_delimiter = ',', help_heading = "Mentions and places")]
    kinds: Vec<Kind>,
    /// Leave out names that do not say where something is.
    ///
    /// Such as "Washington says", and Aleppo itself in "northwest of Aleppo".
    #[arg(long, help_heading = "Mentions and places")]
    literal: bool,
    /// Where the documents are about: a country code, W,S,E,N or LAT,LON in degrees
    ///
    /// Places there are preferred.
    #[arg(long, value_name = "WHERE", allow_hyphen_values = true, help_heading = "Mentions and places")]
    focus: Option<Hint>,
    /// Find no names: decide which places the `toponyms` of each document are.
    ///
    /// They are given as [{"start", "end"}], counted in code points. Each is answered, in their order; with `--format
    /// jsonl` one without a place has a reason. Relative places at these mentions, and coordinates, are found too.
    #[arg(long, help_heading = "Mentions and places", hide_short_help = true)]
    given_mentions: bool,
    /// Leave a mention without a place when its confidence, 0 to 1, is below this [default: 0.2, of given mentions 0]
    ///
    /// JSON lines give the reason.
    #[arg(long, value_name = "P", value_parser = super::share, help_heading = "Mentions and places")]
    #[arg(hide_short_help = true)]
    min_place_confidence: Option<f64>,
    #[command(flatten)]
    recogniser: Recogniser,
    #[command(flatten)]
    gazetteers: Gazetteers,
    /// Number of documents answered at once [default: the number of cores]
    #[arg(short, long, value_name = "N", value_parser = super::jobs, help_heading = "The run")]
    jobs: Option<usize>,
    /// Continue a run with the same arguments that ended early, if one did.
    ///
    /// OUT becomes what it would have been.
    #[arg(long, help_heading = "The run")]
    resume: bool,
    /// Report failed documents here too, as JSON lines {"input", "line", "reason"}.
    #[arg(long, value_name = "FILE", help_heading = "The run", hide_short_help = true)]
    errors: Option<PathBuf>,
    /// End at the first document that fails; OUT is then not written.
    #[arg(long, help_heading = "The run", hide_short_help = true)]
    fail_fast: bool,
    /// Report nothing but failures.
    #[arg(short, long, help_heading = "The run")]
    quiet: bool,
}

/// The end of the long help.
const EXAMPLES: &str = "\
Examples:
  Look at the places of an article:
    toponym tag article.txt
  Make a map of a folder of saved pages, to open in a browser:
    toponym tag pages/ -o map.html
  Make layers for QGIS of a table with the columns Text and Datum:
    toponym tag reports.csv --text-column Text --date-column Datum -o reports.gpkg
  Tag a batch of JSON lines on all cores, and go on with it after a stop:
    toponym tag news.jsonl.zst -o news-places.jsonl --resume
  Answer a stream line by line:
    tail -f news.jsonl | toponym tag --format jsonl
  Prefer places in Sudan, with a gazetteer that has its villages:
    toponym gazetteer get SD && toponym tag reports/ --focus SD -g sudan -o sudan.kml
  See why a name became the place that it is:
    echo 'Rain fell on Paris, Texas.' | toponym tag --explain";

/// Options that do not change the output.
const NEUTRAL: [&str; 5] = ["fail-fast", "jobs", "qml", "quiet", "resume"];

impl Tag {
    /// Runs the command. `options` are those that are set, with their values as a user writes them.
    pub fn run(self, options: Vec<(String, String)>) -> Outcome {
        let format = match self.format().and_then(|format| self.check(format)) {
            Ok(format) => format,
            Err(message) => {
                tell!("toponym: {message}");
                return Ok(ExitCode::from(2));
            }
        };
        let typed = std::io::stdin().is_terminal() && (self.input.is_standard_input() || self.input.is_listed_there());
        if typed && !self.quiet {
            tell!(
                "toponym: reads what you type or paste here, to Ctrl-D; to read files, name them: toponym tag FILE..."
            );
        }
        let inputs = self.input.open()?;
        if let Err(message) = self.check_paths(&inputs) {
            tell!("toponym: {message}");
            return Ok(ExitCode::from(2));
        }
        let gazetteer = self.gazetteers.open()?;
        let geoparser = self.geoparser(&gazetteer)?;
        let run = self.depends_on(options, &inputs, &gazetteer)?;
        let Some(sink) = Sink::open(&self, self.exporter(format), run)? else {
            return Ok(ExitCode::SUCCESS);
        };
        if !typed {
            // A process that waits for typed text could not end in order.
            end_in_order();
        }
        let end = sink.write_all(&self, &inputs, &geoparser)?;
        if let (Some(path), End::Complete(_)) = (self.style_path(), end) {
            Output::file(&path)
                .and_then(|mut out| out.write_all(qgis_style(self.by()).as_bytes()).and_then(|()| out.commit()))
                .map_err(|error| format!("{error}; OUT itself is written"))?;
        }
        finished(&gazetteer, ExitCode::from(end.code()))
    }

    fn jobs(&self) -> usize {
        self.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// The mentions that documents are answered with.
    fn selection(&self) -> Selection {
        Selection { kinds: self.kinds.clone(), literal: self.literal, given_mentions: self.given_mentions }
    }

    /// The file of the style beside OUT, if it is asked for.
    fn style_path(&self) -> Option<PathBuf> {
        self.output.as_deref().filter(|_| self.qml).map(|output| output.with_extension("qml"))
    }

    fn geoparser(&self, gazetteer: &Gazetteer) -> Result<Geoparser, String> {
        let geoparser = self.recogniser.geoparser(gazetteer.clone())?;
        let geoparser = geoparser.with_min_place_confidence(self.min_place_confidence);
        Ok(geoparser.with_hint(self.focus.clone()).with_explanations(self.explain))
    }

    /// Checks the arguments that must agree with each other.
    fn check(&self, format: Format) -> Result<Format, String> {
        if self.by.is_some_and(|by| !format.can_be(by.into())) {
            return Err(
                "--by is for formats of one layer; this one holds mentions and documents all at once; leave it out"
                    .to_owned(),
            );
        }
        if self.qml && !format.can_be(By::Place.into()) {
            return Err(
                "--qml is for formats of one layer, such as .geojson and .fgb; a GeoPackage has its styles within, and the others \
                 are none that QGIS draws; leave it out"
                    .to_owned(),
            );
        }
        if format.is_binary() && self.output.is_none() && std::io::stdout().is_terminal() {
            return Err("this format is binary; name a file to write with --output OUT".to_owned());
        }
        if self.keep_text && !matches!(format, Format::Jsonl) {
            return Err("--keep-text is for JSON lines; add --format jsonl".to_owned());
        }
        if self.resume && self.input.is_standard_input() {
            return Err("--resume cannot read standard input from the beginning; name files".to_owned());
        }
        Ok(format)
    }

    /// Checks that nothing that is written is read too, by whatever path.
    fn check_paths(&self, inputs: &Inputs) -> Result<(), String> {
        let journal = self.output.as_deref().map(journal::path_for);
        let style = self.style_path();
        let written =
            [("OUT", &self.output), ("the journal of OUT", &journal), ("--errors", &self.errors), ("--qml", &style)];
        let written: Vec<_> = written.into_iter().filter_map(|(what, path)| Some((what, path.as_deref()?))).collect();
        let list = self.input.files_from.iter().map(|list| ("the list of files", list.clone()));
        let others = list.chain(self.gazetteers.read()).chain(self.recogniser.read());
        let read = others.chain(inputs.files().map(|file| ("an input", file)));
        paths::check(&written, read, inputs.arguments())
    }

    /// Everything that the output depends on: the program, the options, and what lies in the files that are read.
    ///
    /// # Errors
    /// With `--resume`, when an input can be read only once.
    fn depends_on(
        &self,
        options: Vec<(String, String)>,
        inputs: &Inputs,
        gazetteer: &Gazetteer,
    ) -> Result<journal::Run, String> {
        let mut run = vec![("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned())];
        run.extend(options.into_iter().filter(|(name, _)| !NEUTRAL.contains(&name.as_str())));
        run.push(("the gazetteers' sums".to_owned(), signature::of_gazetteer(gazetteer)));
        let program = std::env::current_exe().ok().into_iter();
        let models = program.chain(self.recogniser.read().map(|(_, file)| file));
        run.push(("the program and its models".to_owned(), signature::of_files(models)));
        if self.output.is_some() {
            if self.resume
                && let Some(file) = inputs.files().find(|file| file.exists() && !file.is_file())
            {
                return Err(format!("--resume cannot read {} from the beginning; name files", file.display()));
            }
            run.push(("the inputs".to_owned(), signature::of_files(inputs.files())));
        }
        Ok(run)
    }
}
