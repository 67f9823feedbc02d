//! `toponym gazetteer`: make and inspect gazetteers.

use super::{Outcome, interrupt, open_index};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use toponym::gazetteer::source::{Columns, Filter, Options, Tally, read_sources};
use toponym::gazetteer::{IndexBuilder, LatLonBox};

/// Make and inspect gazetteers.
#[derive(Subcommand)]
pub enum Gazetteer {
    Build(Box<Build>),
    Info(Info),
}

/// Make one gazetteer file from GeoNames dumps, tables, GeoJSON or Linked Places.
///
/// GeoNames: allCountries.txt, a country's dump, cities*.txt, and beside them alternateNamesV2.txt,
/// admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt, hierarchy.txt. Tables: .csv and .tsv with a header.
/// GeoJSON and Linked Places Format: .geojson, .json. All of them also as .zip or .zst. Rows that cannot be read are
/// counted and skipped.
#[derive(Args)]
pub struct Build {
    /// Files to read.
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// The gazetteer file to write. It appears whole or not at all.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// What the gazetteer is, for `info` [default: the names of the sources]
    #[arg(long)]
    title: Option<String>,
    /// Whose data it is and under which licence, for tables and GeoJSON: "Ordnance Survey, OGL v3"; the maps carry it.
    #[arg(long, value_name = "NAME, LICENCE")]
    credit: Vec<String>,
    /// Which columns or properties hold what: name=Ort,lat=Y,lon=X (of id, name, names, lat, lon, country, admin1,
    /// feature, population).
    #[arg(long, value_name = "WHAT=HEADER,...", default_value = None)]
    columns: Option<Columns>,
    /// What ids of tables and GeoJSON get before the colon [default: the file's name]
    #[arg(long, value_name = "NAME")]
    id_source: Option<String>,
    /// Keep only places of these countries (ISO 3166-1 alpha-2).
    #[arg(long, value_delimiter = ',', value_name = "CC,...")]
    country: Vec<String>,
    /// Keep only these GeoNames feature classes (P) or classes with codes (P.PPLC).
    #[arg(long, value_delimiter = ',', value_name = "CLASS,...")]
    feature: Vec<String>,
    /// Keep only places with at least so many inhabitants.
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_population: u64,
    /// Keep only places in this box: west, south, east and north in degrees.
    #[arg(long, value_name = "W,S,E,N", value_parser = super::bbox, allow_hyphen_values = true)]
    bbox: Option<LatLonBox>,
}

impl Build {
    fn run(self) -> Outcome {
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
        };
        let size = self.sources.iter().filter_map(|path| Some(std::fs::metadata(path).ok()?.len())).sum();
        let mut progress = Progress::new(size);
        let tally = read_sources(&self.sources, &options, &mut builder, &mut |tally| progress.rows(tally))?;
        if tally.kept == 0 {
            return Err("no row is wanted: all were left out by the filters".into());
        }

        let folder = self.output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let cannot =
            |e: std::io::Error| format!("{}: cannot be written: {e}; choose another OUT", self.output.display());
        let part = tempfile::Builder::new().prefix(".toponym-").suffix(".part").tempfile_in(folder).map_err(cannot)?;
        interrupt::remove_on_interrupt(Some(part.path()));
        let mut out = BufWriter::with_capacity(16 << 10, part);
        builder.write(&mut out, &mut |step| progress.step(step))?;
        let size = out.stream_position().and_then(|_| out.seek(std::io::SeekFrom::End(0))).map_err(cannot)?;
        let part = out.into_inner().map_err(|e| cannot(e.into_error()))?;
        #[cfg(unix)]
        part.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644)).map_err(cannot)?;
        part.persist(&self.output).map_err(|e| cannot(e.error))?;
        progress.done(&tally, size, &self.output);
        Ok(ExitCode::SUCCESS)
    }
}

/// Tells how far a build is: a bar on a terminal, lines now and then elsewhere.
struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    told: Instant,
}

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

impl Progress {
    fn new(bytes: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {percent}%  {msg}  {elapsed}, {eta} left");
            ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress { bar, start: Instant::now(), told: Instant::now() }
    }

    fn rows(&mut self, tally: &Tally) {
        let rows = tally.kept + tally.left_out + tally.bad;
        let rate = rows as f64 / self.start.elapsed().as_secs_f64().max(0.001);
        let message = format!("{rows} rows, {rate:.0} a second");
        match &self.bar {
            Some(bar) => {
                bar.set_position(tally.bytes);
                bar.set_message(message);
            }
            None if self.told.elapsed() >= LINE_EVERY => {
                eprintln!("{message}");
                self.told = Instant::now();
            }
            None => {}
        }
    }

    fn step(&mut self, step: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(step.to_owned()),
            None => eprintln!("{step}, {:.1} s after the start", self.start.elapsed().as_secs_f64()),
        }
    }

    fn done(&self, tally: &Tally, bytes: u64, output: &Path) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let Tally { kept, left_out, bad, first_bad, .. } = tally;
        let (seconds, megabytes) = (self.start.elapsed().as_secs_f64(), bytes as f64 / 1e6);
        eprintln!("{}: {kept} rows, {megabytes:.1} MB, in {seconds:.1} s", output.display());
        if *left_out > 0 {
            eprintln!("{left_out} rows left out by the filters");
        }
        if *bad > 0 {
            eprintln!("{bad} rows could not be read and were skipped, the first of them:");
        }
        for row in first_bad {
            eprintln!("  {}:{}: {}", row.path.display(), row.line, row.reason);
        }
    }
}

/// Tell what a gazetteer file holds.
#[derive(Args)]
pub struct Info {
    /// The file.
    file: PathBuf,
    /// Read all of it and check its sums.
    #[arg(long)]
    verify: bool,
}

impl Info {
    fn run(self) -> Outcome {
        let index = open_index(&self.file)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", index.meta().title)?;
        writeln!(
            out,
            "{} places, {} names, {} divisions",
            index.places().len(),
            index.name_count(),
            index.divisions().len()
        )?;
        for credit in &index.meta().credits {
            writeln!(out, "from {}, {}", credit.name, credit.licence)?;
        }
        for (section, bytes) in index.sizes() {
            writeln!(out, "{:>10.3} MB  {section}", bytes as f64 / 1e6)?;
        }
        if self.verify {
            index.verify().map_err(|error| format!("{}: {error}", self.file.display()))?;
            writeln!(out, "all sums are right")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Gazetteer {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        match self {
            Gazetteer::Build(build) => build.run(),
            Gazetteer::Info(info) => info.run(),
        }
    }
}
