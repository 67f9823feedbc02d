//! `toponym lookup`: places by name.

use super::listing::{self, ListFormat, Listed};
use super::{Gazetteers, Outcome, finished};
use crate::messages::tell;
use clap::Args;
use std::process::ExitCode;

/// Find places by name, the likeliest first.
///
/// Of each place: name, GeoNames feature, what contains it, latitude and longitude, population, id, and how it was
/// found; a table on a terminal, else a line each with tabs between. A name that no place has is looked up with slips of the pen and by its sound: `Sheikh Maqsood` finds Sheikh
/// Maqsoud. What contains the place follows a comma: `Paris, Texas`.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  toponym lookup Springfield -n 5
  toponym lookup 'Paris, Texas'
  toponym lookup --prefix Alep
  toponym lookup --lang ar حلب
  toponym lookup Timbuktu --format json | jq '.[0].lat'")]
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
    /// Output format [default: table on a terminal, else tsv]
    #[arg(short, long, value_enum)]
    format: Option<ListFormat>,
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
        let none = hits.is_empty();
        let found = hits.into_iter().take(self.limit);
        let found = found.map(|hit| Listed { place: hit.place.clone(), km: None, hit: Some(hit) });
        listing::write(&found.collect::<Vec<_>>(), self.format)?;
        if none {
            let language = self.lang.map_or(String::new(), |language| format!(" in the language {language:?}"));
            tell!(
                "toponym: no place is called {name:?}{language}; try another spelling, or --prefix with its beginning"
            );
            return finished(&gazetteer, ExitCode::from(super::SOME_FAILED));
        }
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}
