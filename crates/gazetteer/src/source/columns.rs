//! Tables with a header, as CSV or TSV: a national list, a project's own sites.

use super::intake::Intake;
use super::{Name, NameKind, PlaceRow, geonames};
use crate::GazetteerError;
use std::collections::HashMap;
use std::io::Read;
use std::str::FromStr;
use toponym_text::table::TableError;

/// The columns or properties that hold the facts of a place: those that the user names, else those with a usual name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(HashMap<String, String>);

/// The facts that a column may hold, each with the usual headers, in small letters.
const USUAL: [(&str, &[&str]); 9] = [
    ("id", &["id", "geonameid", "fid", "objectid", "gid", "uid", "@id"]),
    ("name", &["name", "title", "label", "toponym", "placename", "place"]),
    ("names", &["names", "variants", "alternatenames", "alternate_names", "altnames", "aliases"]),
    ("lat", &["lat", "latitude", "y"]),
    ("lon", &["lon", "lng", "long", "longitude", "x"]),
    ("country", &["country", "countrycode", "country_code", "iso2", "cc", "ccodes"]),
    ("admin1", &["admin1", "admin1code", "admin1_code"]),
    ("feature", &["feature", "featurecode", "feature_code", "fcode", "fclasses", "type"]),
    ("population", &["population", "pop"]),
];

impl FromStr for Columns {
    type Err = String;

    /// Parses `name=Ort,lat=Y,lon=X`.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = || USUAL.iter().map(|(what, _)| *what).collect::<Vec<_>>().join(", ");
        let mut columns = HashMap::new();
        for pair in text.split(',') {
            let (what, header) =
                pair.split_once('=').ok_or_else(|| format!("{pair:?} is not of the form name=HEADER"))?;
            if !USUAL.iter().any(|(known, _)| *known == what) {
                return Err(format!("{what:?} is not one of {}", known()));
            }
            columns.insert(what.to_owned(), header.to_owned());
        }
        Ok(Columns(columns))
    }
}

impl Columns {
    /// The key among `keys` that holds the fact `what`.
    pub fn find<'k>(&self, what: &str, keys: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
        if let Some(named) = self.0.get(what) {
            return keys.into_iter().find(|key| key == named);
        }
        let usual = USUAL.iter().find(|(known, _)| *known == what).map_or(&[][..], |(_, usual)| usual);
        usual.iter().find_map(|usual| keys.clone().find(|key| key.trim().to_lowercase() == *usual))
    }
}

/// Reads a table whose first line names its columns.
pub fn read_table(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    let tabs = super::input::unpacked_name(intake.path()).to_lowercase().ends_with(".tsv");
    let mut text = std::io::BufReader::with_capacity(1 << 16, input);
    // GeoNames dumps are distributed as .tsv too; they have no header.
    if tabs && first_line(&mut text).is_some_and(|line| geonames::is_dump(&line)) {
        return geonames::read_dump(&mut text, intake);
    }
    let delimiter = if tabs { b'\t' } else { sniff(&mut text) };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text);
    let error = |intake: &Intake<'_>, reason: String| {
        GazetteerError::Table(TableError::Line { path: intake.path().to_owned(), line: 1, reason })
    };
    let header = reader.headers().map_err(|e| error(intake, e.to_string()))?.clone();
    let columns = &intake.options().columns;
    let at = |what: &str| {
        let found = columns.find(what, header.iter().map(|h| h.trim_start_matches('\u{feff}')));
        found.and_then(|found| header.iter().position(|h| h.trim_start_matches('\u{feff}') == found))
    };
    let place: HashMap<&str, usize> = USUAL.iter().filter_map(|(what, _)| Some((*what, at(what)?))).collect();
    for needed in ["name", "lat", "lon"] {
        if !place.contains_key(needed) {
            let have = header.iter().collect::<Vec<_>>().join(", ");
            let way_out = format!("say which it is with --columns {needed}=HEADER; the headers are {have}");
            return Err(error(intake, format!("no column is taken for {needed:?}; {way_out}")));
        }
    }
    let id_source = intake.id_source();
    for record in reader.into_records() {
        let (line, row) = match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let get = |what: &str| place.get(what).and_then(|&at| record.get(at)).unwrap_or("").trim();
                (line, row(get, &id_source, line))
            }
            Err(e) => (e.position().map_or(0, csv::Position::line), Err(e.to_string())),
        };
        intake.take(line, row)?;
    }
    Ok(())
}

/// The first line. It is not consumed.
fn first_line(text: &mut std::io::BufReader<&mut dyn Read>) -> Option<String> {
    let start = std::io::BufRead::fill_buf(text).ok()?;
    Some(String::from_utf8_lossy(start.split(|&b| b == b'\n').next()?).into_owned())
}

/// The delimiter that is most frequent in the header: comma, semicolon or tab.
fn sniff(text: &mut std::io::BufReader<&mut dyn Read>) -> u8 {
    let header = first_line(text).unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|&b| b == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

/// A row of the values that `get` returns for each fact.
pub fn row<'g>(get: impl Fn(&str) -> &'g str, id_source: &str, number: u64) -> Result<PlaceRow, String> {
    let degrees = |what: &str| {
        let text = get(what);
        text.parse()
            .or_else(|_| text.replace(',', ".").parse())
            .map_err(|_| format!("{what} is {text:?}, not a number"))
    };
    let id = get("id");
    let names = get("names");
    let separator = if names.contains('|') {
        '|'
    } else if names.contains(';') {
        ';'
    } else {
        ','
    };
    Ok(PlaceRow {
        id: if id.contains(':') {
            id.to_owned()
        } else if id.is_empty() {
            format!("{id_source}:{number}")
        } else {
            format!("{id_source}:{id}")
        },
        name: get("name").to_owned(),
        names: names
            .split(separator)
            .map(str::trim)
            .filter(|n| !n.is_empty())
            .map(|n| Name::new(n, NameKind::Variant))
            .collect(),
        // Linked Places may name several feature classes.
        feature: get("feature").split('|').next().unwrap_or_default().to_owned(),
        lat: degrees("lat")?,
        lon: degrees("lon")?,
        countries: get("country")
            .split([',', ';', '|', ' '])
            .filter(|c| c.len() == 2)
            .collect::<Vec<_>>()
            .join("|")
            .to_uppercase(),
        admin1: get("admin1").to_owned(),
        population: get("population").parse().ok().filter(|&people| people > 0),
        source: id_source.to_owned(),
        ..PlaceRow::default()
    })
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn named_columns_win_over_usual_ones() {
        let headers = ["ID", "Ort", "name", "Y", "X"];
        let find = |columns: &Columns, what: &str| columns.find(what, headers.into_iter()).map(str::to_owned);
        assert_eq!(find(&Columns::default(), "name").as_deref(), Some("name"));
        let columns: Columns = "name=Ort,lat=Y".parse().expect("a mapping");
        assert_eq!(find(&columns, "name").as_deref(), Some("Ort"));
        assert_eq!(find(&columns, "lon").as_deref(), Some("X"));
        assert!("Ort".parse::<Columns>().is_err() && "nom=Ort".parse::<Columns>().is_err());
    }
}
