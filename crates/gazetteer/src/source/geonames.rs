//! The files that GeoNames publishes: <https://download.geonames.org/export/dump/readme.txt>.

use super::intake::Intake;
use super::{Name, NameKind, PlaceRow};
use crate::GazetteerError;
use std::collections::HashSet;
use std::io::Read;
use toponym_languages::languages;

/// Number of columns of a dump.
const DUMP: usize = 19;

/// How far GeoNames' point of a town may lie from its centre, in kilometres.
const TOWN_EXACT_KM: f64 = 1.0;

/// Calls `take` with the fields of each line and its number, from 1. Bytes that are not UTF-8 become U+FFFD.
fn lines(
    input: &mut dyn Read,
    intake: &mut Intake<'_>,
    mut take: impl FnMut(&mut Intake<'_>, u64, &[&str]) -> Result<(), GazetteerError>,
) -> Result<(), GazetteerError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).has_headers(false).from_reader(input);
    let mut record = csv::ByteRecord::new();
    loop {
        let read = reader.read_byte_record(&mut record);
        let read = read.map_err(|e| GazetteerError::Read { path: intake.path().to_owned(), source: e.into() })?;
        if !read {
            return Ok(());
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.get(0).is_some_and(|first| first.starts_with(b"#")) {
            continue;
        }
        let fields: Vec<std::borrow::Cow<'_, str>> = record.iter().map(String::from_utf8_lossy).collect();
        let fields: Vec<&str> = fields.iter().map(AsRef::as_ref).collect();
        take(intake, line, &fields)?;
    }
}

/// Whether a line is of a dump.
pub fn is_dump(line: &str) -> bool {
    let fields: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    fields.len() == DUMP && fields[0].parse::<u64>().is_ok() && fields[4].parse::<f64>().is_ok()
}

/// Whether a line is of a table of alternate names, of the world or of a country.
pub fn is_alternate_name(line: &str) -> bool {
    let fields: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    let is_id = |field: &str| field.parse::<u64>().is_ok();
    (4..=10).contains(&fields.len()) && is_id(fields[0]) && is_id(fields[1]) && fields[2].len() <= 7
}

/// Reads `allCountries.txt`, the dump of a country, or `cities*.txt`.
pub fn read_dump(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    intake.builder.credit("GeoNames (geonames.org)", "CC BY 4.0");
    lines(input, intake, |intake, line, fields| intake.take(line, place(fields)))
}

fn place(fields: &[&str]) -> Result<PlaceRow, String> {
    let &[id, name, ascii, alternates, lat, lon, class, code, country, others, admin1, admin2, _, _, people, ..] =
        fields
    else {
        let way_out =
            "a table of another kind begins with a header, its columns between commas, semicolons, tabs or bars";
        return Err(format!("it has {} columns, a GeoNames dump has {DUMP} between tabs; {way_out}", fields.len()));
    };
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("{id:?} is not a GeoNames id"));
    }
    let degrees = |what: &str, text: &str| text.parse().map_err(|_| format!("{what} is {text:?}, not a number"));
    let mut names = Vec::new();
    if !name.is_ascii() && ascii != name && !ascii.is_empty() {
        names.push(Name::new(ascii, NameKind::Variant));
    }
    let wholes: HashSet<String> = std::iter::once(name).chain(alternates.split(',')).map(initials).collect();
    for other in alternates.split(',').filter(|other| *other != name && written_by_people(other)) {
        if !is_code(other) {
            names.push(Name::new(other, NameKind::Variant));
        } else if other.len() > 1 && wholes.contains(other) {
            names.push(Name::new(other, NameKind::Abbreviation));
        }
    }
    let countries = std::iter::once(country).chain(others.split(',').filter(|other| *other != country));
    Ok(PlaceRow {
        id: format!("geonames:{id}"),
        name: name.to_owned(),
        names,
        feature: if class.is_empty() { String::new() } else { format!("{class}.{code}") },
        lat: degrees("latitude", lat)?,
        lon: degrees("longitude", lon)?,
        countries: countries.filter(|code| !code.is_empty()).collect::<Vec<_>>().join("|"),
        admin1: admin1.to_owned(),
        admin2: admin2.to_owned(),
        population: people.parse().ok().filter(|&people| people > 0),
        exact_km: (class == "P").then_some(TOWN_EXACT_KM),
        source: "GeoNames".to_owned(),
        ..PlaceRow::default()
    })
}

/// Whether an alternate name is not one of the automatic transliterations that GeoNames writes in small letters
/// ("aisakaladesa inagoradani") and that no text contains.
fn written_by_people(name: &str) -> bool {
    let article = || name.split_once('-').is_some_and(|(first, _)| languages().is_article(first));
    !name.is_empty() && (name.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) || article())
}

/// Whether an alternate name may be a code: up to four capitals. The column mixes the codes of airports and countries
/// with the names, and most three-letter abbreviations in news are also the code of an airport: CBS, CEO, TTC.
fn is_code(name: &str) -> bool {
    name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// The initials of the words of a name, but for words in small letters, which abbreviate it: `USA`, `DRC`, `NYC`.
fn initials(whole: &str) -> String {
    whole.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// Reads `alternateNamesV2.txt`: id, geonameid, language, name, preferred, short, colloquial, historic, from, to.
pub fn read_alternate_names(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    lines(input, intake, |intake, line, fields| {
        let [_, id, language, name, flags @ ..] = fields else {
            return intake.take(line, Err("an alternate name has at least four columns".to_owned()));
        };
        let flag = |at: usize| flags.get(at).is_some_and(|flag| *flag == "1");
        // Links, postal codes and the codes of airports and ports are not names.
        let kind = match *language {
            "link" | "post" | "iata" | "icao" | "faac" | "tcid" | "unlc" | "wkdt" | "phon" => return Ok(()),
            "abbr" => NameKind::from_abbreviation(name),
            _ if flag(3) => NameKind::Historic,
            _ if flag(2) => NameKind::Colloquial,
            // The form that a language prefers, or its short form, is as good as the display name.
            _ if flag(0) || flag(1) => NameKind::Primary,
            _ => NameKind::Variant,
        };
        let language = if *language == "abbr" { "" } else { language };
        let added = intake.builder.add_name(&format!("geonames:{id}"), name, kind, language);
        intake.fits(line, added)?;
        intake.tick();
        Ok(())
    })
}

/// Reads `admin1CodesASCII.txt` or `admin2Codes.txt`: code, name, ASCII name, geonameid.
pub fn read_divisions(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    lines(input, intake, |intake, line, fields| {
        let &[code, name, ..] = fields else {
            return intake.take(line, Err("a division has a code and a name".to_owned()));
        };
        let named = intake.builder.name_division(code, name);
        if let (Some(()), Some(id)) = (intake.fits(line, named)?, fields.get(3)) {
            let added = intake.builder.add_name(&format!("geonames:{id}"), name, NameKind::Variant, "");
            intake.fits(line, added)?;
        }
        Ok(())
    })
}

/// Reads `countryInfo.txt`: the fifth column is the common English name, the seventeenth the geonameid.
pub fn read_countries(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    lines(input, intake, |intake, line, fields| {
        let (Some(name), Some(id)) = (fields.get(4), fields.get(16)) else {
            return intake.take(line, Err(format!("it has {} columns, countryInfo.txt has 19", fields.len())));
        };
        let renamed = intake.builder.rename(&format!("geonames:{id}"), name);
        intake.fits(line, renamed).map(drop)
    })
}

/// Reads `hierarchy.txt`: parent, child, type. Rows of type `ADM` repeat what the codes of divisions say; the others
/// say which place is part of which.
pub fn read_hierarchy(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    lines(input, intake, |intake, line, fields| {
        let [whole, part, kind @ ..] = fields else {
            return intake.take(line, Err("a line of a hierarchy has a parent and a child".to_owned()));
        };
        if kind.first().is_none_or(|kind| kind.is_empty()) {
            intake.builder.add_part(&format!("geonames:{part}"), &format!("geonames:{whole}"));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_abbreviate_and_codes_of_airports_do_not() {
        for (capitals, whole) in [("USA", "United States of America"), ("DRC", "Democratic Republic of the Congo")] {
            assert_eq!(initials(whole), capitals);
        }
        for (code, whole) in [("CBS", "Cabimas"), ("LAS", "Las Vegas"), ("AM", "Armenia")] {
            assert_ne!(initials(whole), code);
        }
    }
}
