//! `toponym lookup`: places by name.

use super::{Outcome, describe};
use clap::Args;
use std::io::Write;
use std::process::ExitCode;
use toponym::gazetteer::Match;

/// Find places by name, the likeliest first.
///
/// One line a place: name, GeoNames feature, where it lies, latitude and longitude, id, population. A name that nobody
/// bears is looked up by its sound: `Sheikh Maqsood` finds Sheikh Maqsoud.
#[derive(Args)]
pub struct Lookup {
    /// The name, in any case, with or without accents.
    #[arg(required = true)]
    name: Vec<String>,
    /// Show at most this many places.
    #[arg(short = 'n', long, default_value_t = 20, value_parser = super::at_least_one)]
    limit: usize,
}

impl Lookup {
    /// Runs the command; exit code 1 when nothing bears the name.
    pub fn run(self) -> Outcome {
        let name = self.name.join(" ");
        let gazetteer = toponym::embedded()?;
        let hits = gazetteer.lookup(&name);
        let mut out = std::io::stdout().lock();
        for hit in hits.iter().take(self.limit) {
            let how = match &hit.found {
                Match::Exact => hit.kind.to_string(),
                Match::Romanised(name, likeness) => format!("sounds like {name}, {likeness:.2}"),
            };
            writeln!(out, "{}\t{how}", describe(&hit.place))?;
        }
        if hits.is_empty() {
            eprintln!("toponym: no place is called {name:?}; try another spelling");
            return Ok(ExitCode::from(super::SOME_FAILED));
        }
        Ok(ExitCode::SUCCESS)
    }
}
