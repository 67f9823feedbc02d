//! Commands, one file each.

mod eval;
mod lookup;
mod near;
mod tag;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Articles in, maps out: finds the places a text mentions, decides which place each is, writes GeoJSON.
#[derive(Parser)]
#[command(name = "toponym", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Tag(tag::Tag),
    Lookup(lookup::Lookup),
    Near(near::Near),
    Eval(eval::Eval),
}

/// Exit code when some input failed and the rest was written.
const SOME_FAILED: u8 = 1;

/// Runs the command that the arguments name. Usage errors end the process with code 2.
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Tag(tag) => tag.run(),
        Command::Lookup(lookup) => lookup.run(),
        Command::Near(near) => near.run(),
        Command::Eval(eval) => eval.run(),
    };
    match result {
        Ok(code) => code,
        // Whoever reads the output has had enough.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("toponym: {error}");
            ExitCode::from(SOME_FAILED)
        }
    }
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

/// One line on a place, for people: name, what and where it is, point, id.
fn describe(place: &toponym::Place<'_>) -> String {
    let within = [place.part_of(), place.division2(), place.division1()];
    let mut names: Vec<&str> =
        within.into_iter().flatten().filter(|d| d.key() != place.key()).map(|d| d.name()).collect();
    names.extend(Some(place.country()).filter(|country| !country.is_empty()));
    names.dedup();
    let people = place.population().map_or(String::new(), |people| format!("\tpopulation {people}"));
    let (lat, lon) = (place.lat(), place.lon());
    format!("{}\t{}\t{}\t{lat:.4},{lon:.4}\t{}{people}", place.name(), place.feature(), names.join(", "), place.id())
}
