//! `toponym lookup`: places by name.

use super::{Gazetteers, Outcome, describe, finished};
use crate::messages::tell;
use clap::Args;
use std::io::Write;
use std::process::ExitCode;
use toponym::gazetteer::Match;

/// Find places by name, the likeliest first.
///
/// One line a place: name, GeoNames feature, what contains it, latitude and longitude, id, population, and how it was
/// found. A name that no place has is looked up with slips of the pen and by its sound: `Sheikh Maqsood` finds Sheikh
/// Maqsoud. What contains the place follows a comma: `Paris, Texas`.
#[derive(Args)]
pub struct Lookup {
    /// The name, in any case, with or without accents.
    #[arg(required = true)]
    name: Vec<String>,
    /// Find the names that begin with NAME.
    #[arg(long, conflicts_with = "similar")]
    prefix: bool,
    /// Find similar names too when a place has this one.
    #[arg(long)]
    similar: bool,
    /// Only names of this language, an ISO 639 code such as `ar`.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Show at most this many places.
    #[arg(short = 'n', long, default_value_t = 20, value_parser = super::at_least_one)]
    limit: usize,
    #[command(flatten)]
    gazetteers: Gazetteers,
}

impl Lookup {
    /// Runs the command; exit code 1 when no place has the name.
    pub fn run(self) -> Outcome {
        let name = self.name.join(" ");
        let gazetteer = self.gazetteers.open()?;
        let mut hits = match () {
            () if self.prefix => gazetteer.complete(&name, self.limit),
            () if self.similar => gazetteer.similar(&name),
            () => gazetteer.lookup(&name),
        };
        hits.retain(|hit| self.lang.as_ref().is_none_or(|language| hit.is_in(language, &name)));
        let mut out = std::io::stdout().lock();
        for hit in hits.iter().take(self.limit) {
            let how = match &hit.found {
                Match::Prefix(name) => format!("{}: {name}", hit.kind),
                Match::Fuzzy(name, 1) => format!("similar: {name}, 1 letter"),
                Match::Fuzzy(name, letters) => format!("similar: {name}, {letters} letters"),
                Match::Romanised(name, likeness) => format!("sounds like {name}, {likeness:.2}"),
                _ => hit.kind.to_string(),
            };
            let language = if hit.language.is_empty() { String::new() } else { format!(" ({})", hit.language) };
            writeln!(out, "{}\t{how}{language}", describe(&hit.place))?;
        }
        if hits.is_empty() {
            let language = self.lang.map_or(String::new(), |language| format!(" in the language {language:?}"));
            tell!(
                "toponym: no place is called {name:?}{language}; try another spelling, or --prefix with its beginning"
            );
            return finished(&gazetteer, ExitCode::from(super::SOME_FAILED));
        }
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}
