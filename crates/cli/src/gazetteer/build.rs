//! `toponym gazetteer build`: sources -> gazetteer file.

use super::progress::Progress;
use super::{open, write};
use crate::messages::{counted, tell};
use crate::{Outcome, paths};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use toponym::gazetteer::source::{Columns, Filter, Options, Tally, read_sources};
use toponym::gazetteer::{IndexBuilder, LatLonBox};

/// Make one gazetteer file from GeoNames dumps, tables, GeoJSON or Linked Places.
///
/// GeoNames: allCountries.txt, a country's dump, cities*.txt, and beside them alternateNamesV2.txt,
/// admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt, hierarchy.txt. Tables: .csv and .tsv with a header.
/// GeoJSON and Linked Places Format: .geojson, .json. All of them also as .zip or .zst. Rows that cannot be read are
/// counted and skipped.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  GeoNames' places of Sudan with their names in other languages:
    toponym gazetteer build SD.txt alternateNamesV2.txt -o sudan.toponym
  A table of your own, and how it is used:
    toponym gazetteer build farms.csv --columns name=Ort,lat=Y,lon=X --credit 'Own survey, CC0' -o farms.toponym
    toponym tag letters/ -g farms.toponym -o letters.gpkg
  The towns of a box:
    toponym gazetteer build cities500.txt --bbox 5,45,11,48 --min-population 5000 -o alps.toponym")]
pub struct Build {
    /// Files to read.
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// The gazetteer file to write. It appears whole or not at all.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Title of the gazetteer, for `info` [default: the names of the sources]
    #[arg(long)]
    title: Option<String>,
    /// Source and licence of tables and GeoJSON, such as "Ordnance Survey, OGL v3"; the maps name it.
    #[arg(long, value_name = "NAME, LICENCE")]
    credit: Vec<String>,
    /// Which columns or properties hold what: name=Ort,lat=Y,lon=X (of id, name, names, lat, lon, geometry, country,
    /// admin1, class, feature, population, part_of; names may be given several times).
    #[arg(long, value_name = "WHAT=HEADER,...", default_value = None)]
    columns: Option<Columns>,
    /// Part before the colon of ids from tables and GeoJSON [default: the file's name]
    #[arg(long, value_name = "NAME")]
    id_source: Option<String>,
    /// Encoding of the sources, such as windows-1252 or utf-16le [default: recognised]
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Keep only places of these countries (ISO 3166-1 alpha-2).
    #[arg(long, value_delimiter = ',', value_name = "CC,...")]
    country: Vec<String>,
    /// Keep only these GeoNames feature classes (P) or classes with codes (P.PPLC).
    #[arg(long, value_delimiter = ',', value_name = "CLASS,...")]
    feature: Vec<String>,
    /// Keep only places with at least N inhabitants.
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_population: u64,
    /// Keep only places in this box: west, south, east and north in degrees.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<LatLonBox>,
}

impl Build {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let read = self.sources.iter().map(|source| ("a source", source.clone()));
        paths::check(&[("OUT", &self.output)], read, &[])?;
        let out = open(&self.output)?;
        let names = self.sources.iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy());
        let title = self.title.clone().unwrap_or_else(|| names.collect::<Vec<_>>().join(", "));
        let mut builder = IndexBuilder::new(&title);
        for credit in &self.credit {
            let (name, licence) = credit.rsplit_once(',').unwrap_or((credit, "licence not told"));
            builder.credit(name.trim(), licence.trim());
        }
        let options = Options {
            filter: Filter {
                countries: self.country,
                features: self.feature,
                population: self.min_population,
                area: self.bbox,
            },
            columns: self.columns.unwrap_or_default(),
            id_source: self.id_source,
            encoding: self.encoding,
        };
        let size = self.sources.iter().filter_map(|path| Some(std::fs::metadata(path).ok()?.len())).sum();
        let mut progress = Progress::new(size);
        let tally = read_sources(&self.sources, &options, &mut builder, &mut |tally| {
            progress.rows(tally.kept + tally.left_out + tally.bad, tally.bytes);
        })?;
        if tally.kept == 0 {
            return Err("no row is wanted: all were left out by the filters".into());
        }

        let size = write(builder, out, &self.output, &mut progress)?;
        progress.done(tally.kept, size, &self.output);
        tell_skipped(&tally);
        Ok(ExitCode::SUCCESS)
    }
}

/// Reports the rows that were left out or could not be read.
fn tell_skipped(tally: &Tally) {
    let Tally { left_out, bad, first_bad, remarks, .. } = tally;
    for remark in remarks {
        tell!("{remark}");
    }
    if *left_out > 0 {
        tell!("{} left out by the filters", counted(*left_out, "row"));
    }
    if *bad > 0 {
        let told = match bad {
            1 => "1 row could not be read and was skipped:".to_owned(),
            more => format!("{} could not be read and were skipped, the first of them:", counted(*more, "row")),
        };
        tell!("{told}");
    }
    for row in first_bad {
        tell!("  {}:{}: {}", row.path.display(), row.line, row.reason);
    }
}
