//! The home towns of newspapers, agencies and broadcasters: `data/outlets.tsv`.

use crate::GazetteerError;
use std::path::Path;
use toponym_text::table::Table;

/// An outlet, or a top-level domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its host, or a top-level domain, without a full stop.
    pub host: String,
    /// ISO 3166-1 alpha-2 code of its country; `None` for a domain without a country.
    pub country: Option<String>,
    /// Its town, unless it writes for the whole country.
    pub town: Option<String>,
    /// Code of the town's first-level division, such as `US.NM`.
    pub division: Option<String>,
}

/// Reads the table of outlets; `path` is for messages.
///
/// # Errors
/// At the first line whose country is no code of two letters, or that has a town but no country.
pub fn read_outlets(path: &Path, text: &str) -> Result<Vec<Outlet>, GazetteerError> {
    let mut table = Table::new(path, text.into(), &["host", "country", "town"])?;
    let mut outlets = Vec::new();
    while let Some(line) = table.next_line() {
        let line = line?;
        let (host, country, town) = (line.get("host"), line.get("country"), line.get("town"));
        let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        if host.is_empty() || host != host.to_ascii_lowercase() {
            return Err(line.error(format!("{host:?} is not a host in small letters")).into());
        }
        let no_country = country.is_empty() && town.is_empty() && !host.contains('.');
        if !is_code && !no_country {
            return Err(line.error(format!("{country:?} is not the code of a country such as SY")).into());
        }
        let (town, division) = town.split_once(", ").map_or((town, None), |(town, code)| (town, Some(code)));
        let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        outlets.push(Outlet {
            host: host.to_owned(),
            country: some(country),
            town: some(town),
            division: division.map(|code| format!("{country}.{code}")),
        });
    }
    Ok(outlets)
}

#[cfg(test)]
mod tests {
    use super::read_outlets;
    use std::path::Path;

    #[test]
    fn outlets_have_homes() {
        let read = |lines: &str| read_outlets(Path::new("outlets.tsv"), &format!("host\tcountry\ttown\n{lines}"));
        let outlets = read("io\t\t\nabqjournal.com\tUS\tAlbuquerque, NM\n").expect("a sound table");
        assert_eq!((&outlets[0].country, outlets[1].division.as_deref()), (&None, Some("US.NM")));
        assert_eq!(outlets[1].town.as_deref(), Some("Albuquerque"));
        for (lines, reason) in [
            ("example.com\t\t\n", "outlets.tsv:2: \"\" is not the code"),
            ("example.com\tusa\t\n", "outlets.tsv:2: \"usa\""),
            ("Example.com\tUS\t\n", "outlets.tsv:2: \"Example.com\""),
        ] {
            let error = read(lines).expect_err("a wrong line").to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
