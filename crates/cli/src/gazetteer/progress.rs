//! The progress of a gazetteer build.

use crate::messages::{counted, tell};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

/// Shows the progress of a build: a bar on a terminal, a line every few seconds elsewhere.
pub struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    told: Instant,
}

/// The time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

impl Progress {
    /// Starts the clock of a build that reads `bytes` bytes.
    pub fn new(bytes: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {percent}%  {msg}  {elapsed}, {eta} left");
            ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress { bar, start: Instant::now(), told: Instant::now() }
    }

    /// Shows that so many rows, of so many bytes, have been read.
    pub fn rows(&mut self, rows: u64, bytes: u64) {
        let rate = rows as f64 / self.start.elapsed().as_secs_f64().max(0.001);
        let message = format!("{}, {rate:.0} a second", counted(rows, "row"));
        match &self.bar {
            Some(bar) => {
                bar.set_position(bytes);
                bar.set_message(message);
            }
            None if self.told.elapsed() >= LINE_EVERY => {
                tell!("{message}");
                self.told = Instant::now();
            }
            None => {}
        }
    }

    /// Shows what is about to be done.
    pub fn step(&mut self, step: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(step.to_owned()),
            None => tell!("{step}, {:.1} s after the start", self.start.elapsed().as_secs_f64()),
        }
    }

    /// Shows that the file is written.
    pub fn done(&self, rows: u64, bytes: u64, output: &Path) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let (seconds, megabytes) = (self.start.elapsed().as_secs_f64(), bytes as f64 / 1e6);
        tell!("{}: {}, {megabytes:.1} MB, in {seconds:.1} s", output.display(), counted(rows, "row"));
    }
}
