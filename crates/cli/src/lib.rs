//! The program `toponym`, as a library, so that other programs can hold it. Each command is a module.

#![forbid(unsafe_code)]
#![deny(clippy::print_stderr, clippy::print_stdout)]

mod config;
mod data_dir;
mod eval;
mod gazetteer;
mod interrupt;
mod listing;
mod lookup;
mod manual;
mod mcp;
mod messages;
mod near;
mod paths;
mod recogniser;
mod serve;
mod suggestion;
mod tag;
mod train;
mod values;

pub use crate::config::with_file as options_with_file;

use crate::messages::tell;
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::Gazetteer;
use toponym::gazetteer::{GazetteerError, Index};

/// Articles in, maps out: finds the places a text mentions, decides which place each is, writes GeoJSON.
#[derive(Parser)]
#[command(name = "toponym", version, arg_required_else_help = true)]
#[command(
    after_help = "`toponym COMMAND -h` shows the options of a command, `toponym COMMAND --help` explains them, with examples.",
    after_long_help = EXAMPLES
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The end of the long help.
const EXAMPLES: &str = "\
Examples:
  The places of an article, as a table:          toponym tag article.txt
  A map of a folder, to open in a browser:       toponym tag articles/ -o map.html
  Where is it?                                   toponym lookup 'Paris, Texas'
  What is there?                                 toponym near 36.2,37.16

Every option can be set by an environment variable too (--jobs: TOPONYM_JOBS), and for a project in toponym.toml; `toponym config` \
shows what holds.";

#[derive(Subcommand)]
enum Command {
    Tag(Box<tag::Tag>),
    Lookup(lookup::Lookup),
    Near(near::Near),
    #[command(subcommand)]
    Gazetteer(gazetteer::Gazetteer),
    Serve(serve::Serve),
    Mcp(mcp::Mcp),
    Eval(eval::Eval),
    #[command(subcommand)]
    Train(train::Train),
    Config(config::Config),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// Exit code when some input failed and the rest was written.
const SOME_FAILED: u8 = 1;

/// Runs the command that the arguments name, of which the first is the name of the program. Usage errors end the process
/// with code 2.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    // Panics of searches in a damaged gazetteer are caught there, and `finished` reports them; a panic on a document is
    // reported as that document's failure.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !toponym::gazetteer::is_searching() && !tag::is_answering() {
            usual(panic);
        }
    }));
    let (cli, settings) = match config::parse(arguments) {
        Ok(parsed) => parsed,
        Err(message) => {
            tell!("toponym: {message}");
            return ExitCode::from(2);
        }
    };
    let result = match cli.command {
        Command::Tag(tag) => tag.run(config::values(&settings)),
        Command::Lookup(lookup) => lookup.run(),
        Command::Near(near) => near.run(),
        Command::Gazetteer(gazetteer) => gazetteer.run(),
        Command::Serve(serve) => serve.run(),
        Command::Mcp(mcp) => mcp.run(),
        Command::Eval(eval) => eval.run(),
        Command::Train(train) => train.run(),
        Command::Config(config) => config.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    };
    match result {
        Ok(code) => code,
        // The reader of the output has closed it.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            tell!("toponym: {error}");
            ExitCode::from(SOME_FAILED)
        }
    }
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The gazetteers that a command looks places up in.
#[derive(Args)]
#[command(next_help_heading = "Gazetteers")]
struct Gazetteers {
    /// A gazetteer of your own, searched before the embedded one; repeat it for more.
    ///
    /// A file made by `toponym gazetteer build`, or the name of one that `toponym gazetteer get` has downloaded. Of
    /// several, earlier ones win.
    #[arg(short, long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Search only the gazetteers that are given: leave the embedded one out.
    #[arg(long = "only-given-gazetteers", alias = "only", requires = "gazetteer")]
    only: bool,
}

impl Gazetteers {
    /// The files, each with what it is.
    fn read(&self) -> impl Iterator<Item = (&'static str, PathBuf)> {
        let file = |file: &PathBuf| data_dir::find(file).unwrap_or_else(|_| file.clone());
        self.gazetteer.iter().map(move |path| ("a gazetteer", file(path)))
    }

    fn open(&self) -> Result<Gazetteer, String> {
        let layers = self.gazetteer.iter().map(|path| open_index(&data_dir::find(path)?));
        let own = Gazetteer::new(layers.collect::<Result<_, _>>()?);
        if self.only { Ok(own) } else { Ok(own.over(toponym::gazetteer::embedded().map_err(|e| e.to_string())?)) }
    }
}

/// What is wrong with a gazetteer whose file has changed under the program.
const CHANGED: &str = "a gazetteer was written over while it was in use; give its new file another name and rename it over the old one, as \
                       `gazetteer build` does, and begin again";

/// The outcome of a command whose answers came from `gazetteer`: an error if a search met damage in it.
fn finished(gazetteer: &Gazetteer, code: ExitCode) -> Outcome {
    if gazetteer.is_changed() {
        return Err(CHANGED.into());
    }
    if gazetteer.is_damaged() {
        return Err(
            "a gazetteer is damaged, and not all was found; `toponym gazetteer info --verify FILE` tells which".into(),
        );
    }
    Ok(code)
}

/// Opens an index file.
///
/// # Errors
/// When it is missing, or no whole index of this version; the message names it and says what to do.
pub fn open_index(path: &std::path::Path) -> Result<Index, String> {
    // Mapping one fails with an error that says nothing of folders.
    if path.is_dir() {
        return Err(format!("{} is a folder; name a file that `toponym gazetteer build` made", path.display()));
    }
    Index::open(path).map_err(|error| match error {
        GazetteerError::Read { .. } => error.to_string(),
        _ => format!("{}: {error}", path.display()),
    })
}

/// Parses a whole number from 1.
fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|&count| count > 0).ok_or_else(|| "give a whole number from 1".to_owned())
}

/// The most threads that are started.
const MOST_JOBS: usize = 1024;

/// Parses a number of threads.
fn jobs(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| (1..=MOST_JOBS).contains(count));
    count.ok_or_else(|| format!("give a whole number from 1 to {MOST_JOBS}"))
}

/// Parses a number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "give a number from 0 to 1".to_owned())
}
