//! The progress of a run: a bar on a terminal, a line every few seconds elsewhere.

use crate::messages::{counted, tell, write_line};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};
use toponym::document::Inputs;

/// Shows the progress of a run.
pub struct Progress<'i> {
    inputs: &'i Inputs,
    bar: Option<ProgressBar>,
    quiet: bool,
    start: Instant,
    told: Instant,
}

/// The time between two drawings of the bar.
const TICK_EVERY: Duration = Duration::from_millis(250);
/// The time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

impl<'i> Progress<'i> {
    /// Begins a run; a `quiet` one shows only failures.
    pub fn new(inputs: &'i Inputs, quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let (bar, template) = match inputs.bytes().filter(|&bytes| bytes > 0) {
                Some(bytes) => (ProgressBar::new(bytes), "{bar:30} {percent}%  {msg}  {elapsed}, {eta} left"),
                None => (ProgressBar::new_spinner(), "{spinner} {msg}  {elapsed}"),
            };
            let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            let bar = bar.with_style(style);
            // The clock of the bar runs on while a document takes long.
            bar.enable_steady_tick(TICK_EVERY);
            bar
        });
        Progress { inputs, bar, quiet, start: Instant::now(), told: Instant::now() }
    }

    /// Shows that so many documents are done.
    pub fn documents(&mut self, documents: u64) {
        let bytes = self.inputs.bytes_read();
        let message = || {
            let rate = bytes as f64 / 1e6 / self.start.elapsed().as_secs_f64().max(0.001);
            format!("{}, {rate:.1} MB/s", counted(documents, "document"))
        };
        match &self.bar {
            Some(bar) => {
                bar.set_position(bytes);
                bar.set_message(message());
            }
            None if !self.quiet && self.told.elapsed() >= LINE_EVERY => {
                tell!("{}", message());
                self.told = Instant::now();
            }
            None => {}
        }
    }

    /// Writes a line that stays, such as a failure.
    pub fn tell(&self, message: &str) {
        self.show(&format!("toponym: {message}"));
    }

    /// Writes lines above the bar.
    pub fn show(&self, lines: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| write_line(lines)),
            None => write_line(lines),
        }
    }

    /// Removes the bar.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
