//! `toponym gazetteer get`: GeoNames' files of countries -> gazetteers in the user's data directory.

use super::download::Downloader;
use super::progress::Progress;
use super::{open, write};
use crate::messages::tell;
use crate::{Outcome, data_dir};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use toponym::gazetteer::IndexBuilder;
use toponym::gazetteer::source::{Options, read_sources};

/// Download GeoNames' places and make gazetteers of them, which `--gazetteer` finds by name: `-g sudan`.
///
/// They go into the user's data directory (TOPONYM_DATA_DIR names another). A download that was cut off goes on where it
/// stopped. No other command uses the network. GeoNames' data are CC BY 4.0.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  toponym gazetteer get SD 'South Sudan'
  toponym tag reports/ -g sudan -g south-sudan -o reports.gpkg")]
pub struct Get {
    /// Countries, by ISO 3166-1 alpha-2 code or by name; `all` for the whole world; `cities` for all places of more than
    /// 500 people.
    #[arg(required = true, value_name = "COUNTRY")]
    wanted: Vec<String>,
    /// Where GeoNames' folder `export/dump` is: a mirror.
    #[arg(long, value_name = "URL", default_value = "https://download.geonames.org/export/dump/")]
    from: String,
    /// Seconds to wait for a server that says nothing.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
}

/// A gazetteer to be made.
struct Wanted {
    /// The name of its file, without ending: a code, `all` or `cities`.
    name: String,
    /// A name that people would use.
    spoken: String,
    /// What it is, for `info`.
    title: String,
    /// The files it is made of, below the address: names and what they are called here.
    files: Vec<(String, String)>,
}

impl Wanted {
    fn new(name: &str) -> Result<Self, String> {
        let same = |name: &str| (name.to_owned(), name.to_owned());
        let names = || same("alternateNamesV2.zip");
        let divisions = || [same("admin1CodesASCII.txt"), same("admin2Codes.txt")];
        let of = |name: &str, spoken: &str, title: &str, files: Vec<(String, String)>| {
            Ok(Wanted { name: name.to_owned(), spoken: spoken.to_owned(), title: title.to_owned(), files })
        };
        match name.to_lowercase().as_str() {
            "all" => of(
                "all",
                "all",
                "GeoNames: all countries",
                [vec![same("allCountries.zip"), names()], divisions().into()].concat(),
            ),
            "cities" => {
                let title = "GeoNames: places of more than 500 people";
                of("cities", "cities", title, [vec![same("cities500.zip")], divisions().into()].concat())
            }
            _ => {
                let country = data_dir::country(name)?.ok_or_else(|| {
                    format!("{name:?} is no country; give an ISO 3166-1 alpha-2 code such as SD, a name, all or cities")
                })?;
                let code = country.country();
                // The places of a country and their alternate names are in files of one name.
                let own = (format!("{code}.zip"), format!("{code}.zip"));
                let names = (format!("alternatenames/{code}.zip"), format!("alternateNames-{code}.zip"));
                let spoken = country.name().to_lowercase().replace(' ', "-");
                of(&code.to_lowercase(), &spoken, &format!("GeoNames: {}", country.name()), vec![own, names])
            }
        }
    }
}

impl Get {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let wanted = self.wanted.iter().map(|name| Wanted::new(name)).collect::<Result<Vec<_>, _>>()?;
        let folder = data_dir::folder().ok_or("there is no home directory; set TOPONYM_DATA_DIR")?;
        for wanted in &wanted {
            self.make(wanted, &folder)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn make(&self, wanted: &Wanted, folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
        let downloads = folder.join("downloads").join(&wanted.name);
        let downloader = Downloader::new(downloads.clone(), Duration::from_secs(self.timeout))?;
        let base = self.from.trim_end_matches('/');
        let mut files: Vec<PathBuf> = Vec::new();
        for (remote, local) in &wanted.files {
            files.push(downloader.get(&format!("{base}/{remote}"), local)?);
        }
        let output = folder.join(format!("{}.toponym", wanted.name));
        let built = build(wanted, &files, &output);
        // Kept files that cannot be read would be taken for good by the next run.
        std::fs::remove_dir_all(&downloads).map_err(|error| format!("{}: {error}", downloads.display()))?;
        built?;
        tell!("use it with -g {}", wanted.spoken);
        Ok(())
    }
}

/// Makes a gazetteer of files.
fn build(wanted: &Wanted, files: &[PathBuf], output: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let out = open(output)?;
    let mut builder = IndexBuilder::new(&wanted.title);
    let size = files.iter().filter_map(|path| Some(std::fs::metadata(path).ok()?.len())).sum();
    let mut progress = Progress::new(size);
    let tally = read_sources(files, &Options::default(), &mut builder, &mut |tally| {
        progress.rows(tally.kept + tally.left_out + tally.bad, tally.bytes);
    })?;
    let size = write(builder, out, output, &mut progress)?;
    progress.done(tally.kept, size, output);
    Ok(())
}
