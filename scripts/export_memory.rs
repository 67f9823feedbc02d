//! Writes the example article's mentions over and over to nowhere, in one format, and prints what that took; for
//! `scripts/measure-export`, which runs it for each format: `cargo run --release --example export_memory FORMAT
//! FEATURES`.
//!
//! Prints, tab-separated: the format, features, megabytes written, peak memory in mebibytes. `none` writes nothing:
//! what the process needs without any format.

use std::io::{self, Write};
use toponym::export::{By, Csv, Exporter, FlatGeobuf, GeoJson, GeoJsonLines, Html, JsonLines, Kml, Shape};
use toponym::{Document, Geoparser};

/// Counts what is written.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let format = arguments.next().unwrap_or_default();
    let features: usize = arguments.next().unwrap_or_default().parse()?;
    let shape = Shape::from(By::Mention);
    let mut exporter: Option<Box<dyn Exporter>> = match format.as_str() {
        "none" => None,
        "geojson" => Some(Box::new(GeoJson::new(shape))),
        "geojsonl" => Some(Box::new(GeoJsonLines::lines(shape))),
        "geojsonseq" => Some(Box::new(GeoJsonLines::sequence(shape))),
        "jsonl" => Some(Box::new(JsonLines::new(shape))),
        "csv" => Some(Box::new(Csv::new(shape))),
        "kml" => Some(Box::new(Kml::new(shape))),
        "fgb" => Some(Box::new(FlatGeobuf::new(shape))),
        #[cfg(feature = "gpkg")]
        "gpkg" => Some(Box::new(toponym::export::GeoPackage::new(shape))),
        "html" => Some(Box::new(Html::new(shape.geometry))),
        other => return Err(format!("{other:?} is not a format").into()),
    };
    let document = Document::new("aleppo-truce", std::fs::read_to_string("examples/aleppo-truce.txt")?);
    let annotations = Geoparser::embedded()?.annotate(&document);
    let (mut out, mut written) = (Counted(0), 0);
    while written < features {
        if let Some(exporter) = &mut exporter {
            exporter.document(&document, &annotations, &mut out)?;
        }
        written += annotations.mentions.iter().filter(|mention| mention.place.is_some()).count();
    }
    if let Some(exporter) = &mut exporter {
        exporter.finish(&mut out)?;
    }
    println!("{format}\t{written}\t{:.0}\t{:.0}", out.0 as f64 / 1e6, peak().unwrap_or(f64::NAN));
    Ok(())
}

/// The most memory the process has had, in mebibytes, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
