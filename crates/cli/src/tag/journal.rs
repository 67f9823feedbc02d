//! The state of a run, kept beside its output, so that `--resume` can continue a killed run.

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Everything that the output of a run depends on, by name.
pub type Run = Vec<(String, String)>;

/// The state of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Number of documents read, including failed ones.
    pub documents: u64,
    /// Number of documents that failed.
    pub failures: u64,
    /// Length of the unfinished output, in bytes.
    pub bytes: u64,
    /// Length of the error report, in bytes.
    pub error_bytes: u64,
    /// Whether all is written, and only its final name is missing.
    #[serde(default)]
    pub is_whole: bool,
}

/// The first line of a journal.
#[derive(Serialize, Deserialize)]
struct Head {
    run: Run,
}

/// A journal that is being written: a line for the run, then a line for each state.
pub struct Journal {
    path: PathBuf,
    file: Option<File>,
}

/// The path of the journal of an output.
pub fn path_for(target: &Path) -> PathBuf {
    // It lies beside the unfinished output, where the links of the output's name lead.
    let target = std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".toponym-resume");
    target.with_file_name(name)
}

/// The states that an earlier run left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It was ended on the way, after this state.
    Unfinished(State),
    /// It was ended when all had been written and before the journal was removed. Its output has its name, unless it
    /// was ended just before that.
    Whole {
        /// The state at the end.
        end: State,
        /// The one before.
        before: State,
    },
}

impl Journal {
    /// The journal of the output `target`. Nothing is written yet.
    pub fn for_output(target: &Path) -> Self {
        Journal { path: path_for(target), file: None }
    }

    /// What an earlier run with the same arguments left; `None` if no such run ended early.
    ///
    /// # Errors
    /// When the run had other arguments; the message names the difference.
    pub fn left(&self, run: &Run) -> Result<Option<Left>, String> {
        let Ok(text) = std::fs::read_to_string(&self.path) else { return Ok(None) };
        let mut lines = text.lines();
        let damaged = || format!("{}: is damaged; remove it, and begin again without --resume", self.path.display());
        let head: Head = serde_json::from_str(lines.next().unwrap_or("")).map_err(|_| damaged())?;
        // The last line may be cut off.
        let states: Vec<State> = lines.filter_map(|line| serde_json::from_str(line).ok()).collect();
        if head.run != *run {
            let differs = |(name, value): &&(String, String)| !run.contains(&(name.clone(), value.clone()));
            let old = head.run.iter().filter(differs).map(|(name, value)| format!("{name} was {value}"));
            let new =
                run.iter().filter(|pair| !head.run.contains(pair)).map(|(name, value)| format!("{name} is {value}"));
            let differences = old.chain(new).collect::<Vec<_>>().join(", ");
            return Err(format!(
                "{}: the run to be resumed was another: {differences}; give the same arguments and inputs, or begin again \
                 without --resume",
                self.path.display()
            ));
        }
        let before = states.iter().rfind(|state| !state.is_whole).copied().unwrap_or_default();
        Ok(Some(match states.last() {
            Some(end) if end.is_whole => Left::Whole { end: *end, before },
            _ => Left::Unfinished(before),
        }))
    }

    /// Begins the journal of a new run, unless it is begun.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, run: &Run) -> io::Result<()> {
        if self.file.is_some() {
            return Ok(());
        }
        let mut file = File::create(&self.path)?;
        writeln!(file, "{}", serde_json::to_string(&Head { run: run.clone() })?)?;
        self.file = Some(file);
        Ok(())
    }

    /// Whether it is being written.
    pub fn is_begun(&self) -> bool {
        self.file.is_some()
    }

    /// Continues the journal of a run that is resumed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn resume(&mut self) -> io::Result<()> {
        let mut file = File::options().append(true).open(&self.path)?;
        // The last line may have been cut off.
        writeln!(file)?;
        self.file = Some(file);
        Ok(())
    }

    /// Adds a state.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note(&mut self, state: &State) -> io::Result<()> {
        match &mut self.file {
            Some(file) => writeln!(file, "{}", serde_json::to_string(state)?),
            None => Ok(()),
        }
    }

    /// Removes the journal, of this run or of an earlier one.
    pub fn remove(&self) {
        // There may be no journal.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::{Journal, Left, State};

    #[test]
    fn the_last_whole_line_holds_and_other_runs_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out.jsonl");
        let run = vec![("format".to_owned(), "jsonl".to_owned())];
        let mut journal = Journal::for_output(&out);
        assert!(journal.left(&run).is_ok_and(|left| left.is_none()));
        journal.begin(&run).expect("begun");
        let before = State { documents: 7, failures: 1, bytes: 99, error_bytes: 3, is_whole: false };
        journal.note(&before).expect("noted");
        let path = folder.path().join("out.jsonl.toponym-resume");
        let noted = std::fs::read_to_string(&path).expect("written");
        std::fs::write(&path, noted.clone() + "{\"documents\": 9").expect("written");
        let left = || Journal::for_output(&out).left(&run).expect("the same run").expect("left");
        assert_eq!(left(), Left::Unfinished(before));
        let other = Journal::for_output(&out).left(&vec![("format".to_owned(), "geojson".to_owned())]);
        assert!(other.is_err_and(|message| message.contains("format was jsonl, format is geojson")));
        let end = State { is_whole: true, bytes: 120, ..before };
        std::fs::write(&path, noted + &serde_json::to_string(&end).expect("JSON")).expect("written");
        assert_eq!(left(), Left::Whole { end, before });
    }
}
