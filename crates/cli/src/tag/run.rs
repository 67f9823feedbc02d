//! A run: answers documents and writes them in order, so that a killed run can be resumed.

use super::Tag;
use super::batch::{self, Failure};
use super::errors::Errors;
use super::explain::explain;
use super::journal::{Journal, Left, Run, State};
use super::progress::Progress;
use super::summary::Summary;
use crate::CHANGED;
use crate::interrupt::{self, is_interrupted, keep_on_interrupt, open_output};
use crate::messages::tell;
use crate::recogniser::Untrained;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use toponym::Geoparser;
use toponym::document::Inputs;
use toponym::export::{Exporter, Output, Piece};

/// The time between two states in the journal.
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// The destinations of a run: output, error report and journal.
pub struct Sink {
    exporter: Box<dyn Exporter>,
    out: Output,
    errors: Errors,
    /// The journal of an output that can be resumed.
    journal: Option<Journal>,
    run: Run,
    state: State,
    noted: Instant,
    untrained: Untrained,
    summary: Summary,
    begun: Instant,
}

/// The answer to a document.
struct Answered {
    piece: Piece,
    /// The text for `--explain`.
    explanation: Option<String>,
    /// Its language, if the recogniser was not trained on it.
    untrained: Option<String>,
    /// What is amiss in its source.
    flaws: Vec<String>,
    found: Summary,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// All is written; the number is that of failed documents.
    Complete(u64),
    /// The first failure ended it, as `--fail-fast` asks.
    Failed,
    /// It was interrupted.
    Interrupted,
}

/// Why a run stops.
enum Stop {
    Failure,
    Write(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Write(error)
    }
}

impl Sink {
    /// Opens the destinations of `tag`; with `--resume`, where an earlier run ended. `None` if that had written all.
    ///
    /// # Errors
    /// When they cannot be written, or `--resume` finds no run that it can continue.
    pub fn open(tag: &Tag, mut exporter: Box<dyn Exporter>, run: Run) -> Result<Option<Self>, String> {
        let cannot = |path: &Path, error: io::Error| {
            format!("{}: cannot be written: {error}; choose another OUT", path.display())
        };
        let mut journal = tag.output.as_deref().filter(|_| exporter.appends()).map(Journal::for_output);
        if tag.resume && journal.is_none() {
            return Err(
                "--resume goes on with a file of a format that is written from front to back, such as .jsonl or \
                        .geojson; name one with -o"
                    .to_owned(),
            );
        }
        let left = match &journal {
            Some(journal) if tag.resume => journal.left(&run)?,
            _ => None,
        };
        // A run that was killed after its output had got its name has left nothing but the journal.
        if let (Some(Left::Whole { end, .. }), Some(path), Some(journal)) = (left, &tag.output, &journal)
            && std::fs::metadata(path).is_ok_and(|output| output.len() == end.bytes)
            && Output::resume(path, 0).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        {
            journal.remove();
            return Ok(None);
        }
        let state = left.map(|left| match left {
            Left::Unfinished(state) | Left::Whole { before: state, .. } => state,
        });
        let out = match (tag.output.as_deref(), state) {
            (None, _) => Output::stdout(),
            (Some(path), None) => open_output(path).map_err(|error| cannot(path, error))?,
            (Some(path), Some(state)) => Output::resume(path, state.bytes).map_err(|error| {
                format!(
                    "what was written of {} cannot be gone on with: {error}; begin again without --resume",
                    path.display()
                )
            })?,
        };
        match (state, &mut journal) {
            (Some(state), Some(journal)) => {
                journal.resume().map_err(|error| format!("the journal of the run cannot be written: {error}"))?;
                if let (1.., Some(path)) = (state.bytes, out.temporary_path()) {
                    let resumed = File::open(path).and_then(|mut written| exporter.resume(&mut written));
                    resumed.map_err(|error| format!("what was written cannot be read: {error}"))?;
                }
            }
            (None, Some(journal)) => journal.remove(),
            _ => {}
        }
        // Pipes and devices have no file that could be continued.
        let journal = journal.filter(|_| out.temporary_path().is_some());
        let state = state.unwrap_or_default();
        let errors = Errors::open(tag.errors.as_deref(), state.error_bytes)?;
        let (noted, untrained) = (Instant::now(), Untrained::default());
        let (summary, begun) = (Summary::default(), Instant::now());
        Ok(Some(Sink { exporter, out, errors, journal, run, state, noted, untrained, summary, begun }))
    }

    /// Answers all documents and writes the answers.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write_all(mut self, tag: &Tag, inputs: &Inputs, geoparser: &Geoparser) -> io::Result<End> {
        // Output on a terminal shows the progress by itself, and a bar would stand in the middle of it.
        let shows = tag.output.is_none() && io::stdout().is_terminal();
        let mut progress = Progress::new(inputs, tag.quiet || shows);
        if self.state.documents > 0 && !tag.quiet {
            progress.tell(&format!("goes on behind document {}", self.state.documents));
        }
        let renderer = self.exporter.renderer();
        let selection = tag.selection();
        let answer = |document: toponym::Document| {
            let failure = |reason| Failure { input: document.id.clone(), line: None, reason };
            // What is cut off must not be looked at, and what is written over gives wrong answers.
            let changed = || geoparser.resources().gazetteer().is_changed();
            if changed() {
                return Err(failure(CHANGED.to_owned()));
            }
            let annotations = selection.answer(geoparser, &document).map_err(failure)?;
            if changed() {
                return Err(failure(CHANGED.to_owned()));
            }
            let explanation = tag.explain.then(|| explain(&document, &annotations));
            let untrained = Untrained::language(&annotations).filter(|_| tag.recogniser.is_trained());
            let piece = renderer(&document, &annotations);
            let found = Summary::of_document(&annotations);
            Ok(Answered { piece, explanation, untrained, flaws: document.flaws, found })
        };
        let skipped = usize::try_from(self.state.documents).unwrap_or(usize::MAX);
        let documents = || -> toponym::document::Documents { Box::new(inputs.documents().skip(skipped)) };
        let is_stream = self.out.temporary_path().is_none();
        let stopped = batch::run(documents, answer, tag.jobs(), |answers, more_are_ready| {
            let taken = answers.into_iter().try_for_each(|answer| self.take(answer, tag, &progress));
            // Who waits at the other end of a pipe has all answers that there are.
            let flushed = if is_stream && !more_are_ready { self.out.flush() } else { Ok(()) };
            match taken.and(flushed.map_err(Stop::Write)) {
                // The reader of the output has closed it; an input that is still open must not keep the process alive.
                Err(Stop::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
                other => other?,
            }
            progress.documents(self.state.documents);
            Ok(self.note_if_due()?)
        });
        progress.done();
        if let Some(message) = self.untrained.message().filter(|_| !tag.quiet) {
            progress.tell(&message);
        }
        match stopped {
            Ok(()) if is_interrupted() => self.interrupted(tag),
            Ok(()) => {
                let tells = !tag.quiet && io::stderr().is_terminal();
                let (summary, begun) = (self.summary, self.begun);
                let end = self.complete()?;
                if let (true, End::Complete(failures)) = (tells, end) {
                    let (output, explained) = (tag.output.as_deref(), tag.explain);
                    tell!("{}", summary.line(output, begun.elapsed(), failures, explained));
                }
                Ok(end)
            }
            Err(Stop::Failure) => {
                self.give_up();
                Ok(End::Failed)
            }
            Err(Stop::Write(error)) => Err(error),
        }
    }

    fn take(&mut self, answer: Result<Answered, Failure>, tag: &Tag, progress: &Progress<'_>) -> Result<(), Stop> {
        self.state.documents += 1;
        match answer {
            Ok(answered) => {
                self.summary.add(answered.found);
                answered.untrained.into_iter().for_each(|language| self.untrained.count(language));
                answered
                    .flaws
                    .iter()
                    .filter(|_| !tag.quiet)
                    .for_each(|flaw| progress.tell(&format!("warning: {flaw}")));
                answered.explanation.iter().for_each(|why| progress.show(why.trim_end()));
                self.exporter.write(answered.piece, &mut self.out)?;
            }
            Err(failure) => {
                self.state.failures += 1;
                progress.tell(&failure.to_string());
                self.errors.add(&failure)?;
                if tag.fail_fast {
                    return Err(Stop::Failure);
                }
            }
        }
        Ok(())
    }

    /// Adds a state to the journal every second. From the first one on, the unfinished output stays when the process
    /// ends.
    fn note_if_due(&mut self) -> io::Result<()> {
        if self.noted.elapsed() >= NOTE_EVERY { self.note() } else { Ok(()) }
    }

    fn note(&mut self) -> io::Result<()> {
        self.noted = Instant::now();
        let Some(journal) = &mut self.journal else { return Ok(()) };
        self.state.bytes = self.out.keep()?;
        self.state.error_bytes = self.errors.flush()?;
        journal.begin(&self.run)?;
        keep_on_interrupt();
        journal.note(&self.state)
    }

    fn complete(mut self) -> io::Result<End> {
        self.exporter.finish(&mut self.out)?;
        self.state.error_bytes = self.errors.flush()?;
        if let Some(journal) = self.journal.as_mut().filter(|journal| journal.is_begun()) {
            self.state = State { bytes: self.out.keep()?, is_whole: true, ..self.state };
            journal.note(&self.state)?;
        }
        self.out.commit()?;
        if let Some(journal) = &self.journal {
            journal.remove();
        }
        Ok(End::Complete(self.state.failures))
    }

    /// Ends in order: an output that can be resumed stays unfinished, another file is removed, a stream is closed.
    fn interrupted(mut self, tag: &Tag) -> io::Result<End> {
        let documents = self.state.documents;
        let message = if self.journal.is_some() {
            self.note()?;
            format!("interrupted behind document {documents}; the same command with --resume goes on")
        } else if self.out.temporary_path().is_some() {
            self.give_up();
            "interrupted; nothing is written".to_owned()
        } else {
            self.exporter.finish(&mut self.out)?;
            self.out.commit()?;
            format!("interrupted behind document {documents}; what is written is whole")
        };
        if !tag.quiet {
            tell!("toponym: {message}");
        }
        Ok(End::Interrupted)
    }

    fn give_up(mut self) {
        // The report of failures is kept.
        let _ = self.errors.flush();
        self.out.discard();
        if let Some(journal) = &self.journal {
            journal.remove();
        }
    }
}

impl End {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            End::Complete(0) => 0,
            End::Complete(_) | End::Failed => crate::SOME_FAILED,
            End::Interrupted => interrupt::INTERRUPTED,
        }
    }
}
