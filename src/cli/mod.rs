//! Commands, one file each.

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
}

/// Exit code when some input failed and the rest was written.
const SOME_FAILED: u8 = 1;

/// Runs the command that the arguments name. Usage errors end the process with code 2.
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Tag(tag) => tag.run(),
        Command::Lookup(lookup) => lookup.run(),
        Command::Near(near) => near.run(),
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

/// A count of which none makes no sense.
fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|&count| count > 0).ok_or_else(|| "give a whole number from 1".to_owned())
}

/// One line on a place, for people: name, what and where it is, point, id.
fn describe(place: &toponym::Place<'_>) -> String {
    let within = [place.part_of().map(|whole| whole.name()), place.division2_name(), place.division1_name()];
    let mut names: Vec<&str> = within.into_iter().flatten().collect();
    names.extend(Some(place.country()).filter(|country| !country.is_empty()));
    names.dedup();
    let people = place.population().map_or(String::new(), |people| format!("\tpopulation {people}"));
    let (lat, lon) = (place.lat(), place.lon());
    format!("{}\t{}\t{}\t{lat:.4},{lon:.4}\t{}{people}", place.name(), place.feature(), names.join(", "), place.id())
}
