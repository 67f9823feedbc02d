//! What a language is: `about.toml`.

use super::PackFiles;
use super::country::{CountryCode, country_codes};
use crate::table::TableError;
use serde::Deserialize;

/// What a language is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// BCP 47 tag, which is also the folder's name.
    pub tag: String,
    /// English name.
    pub name: String,
    /// ISO 15924 code of the script.
    pub script: String,
    /// Whether the script has capitals.
    pub capitals: bool,
    /// Whether white space separates words.
    pub spaces: bool,
    /// ISO 3166-1 alpha-2 codes of the countries whose newspapers are written in it, and whose places its readers therefore know better than
    /// others do. None for a language of the whole world.
    #[serde(deserialize_with = "country_codes")]
    pub countries: Vec<CountryCode>,
}

impl About {
    /// The name of the file.
    pub const FILE: &str = "about.toml";

    /// Reads `about.toml`.
    ///
    /// # Errors
    /// When the pack lacks the file, when a key is missing, unknown or of the wrong type, and when the tag is not the folder's name.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let error = |line: u64, reason: String| TableError::Line { path: files.path(About::FILE), line, reason };
        let text = files.file(About::FILE).ok_or_else(|| error(0, "is missing".into()))?;
        let about: About = toml::from_str(text).map_err(|wrong| {
            let start = wrong.span().map_or(0, |span| span.start);
            let line = text.bytes().take(start).filter(|&byte| byte == b'\n').count() as u64 + 1;
            error(line, wrong.message().to_owned())
        })?;
        match about.tag == files.tag {
            true => Ok(about),
            false => Err(error(0, format!("the tag {:?} is not the folder's name", about.tag))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::About;
    use crate::language::PackFiles;

    fn read(text: &str) -> Result<About, String> {
        let text: &'static str = text.to_owned().leak();
        let files = PackFiles { tag: "ar", files: vec![(About::FILE, text)].leak(), lexicon: &[] };
        About::read(&files).map_err(|error| error.to_string())
    }

    #[test]
    fn wrong_keys_are_errors_with_file_and_line() {
        let right =
            "tag = \"ar\"\nname = \"Arabic\"\nscript = \"Arab\"\ncapitals = false\nspaces = true\ncountries = []\n";
        assert_eq!(read(right).map(|about| about.script), Ok("Arab".to_owned()));
        for (text, reason) in [
            (format!("{right}colour = 1\n"), "about.toml:7: unknown field `colour`"),
            (right.replace("capitals", "#"), "missing field `capitals`"),
            (right.replace("true", "\"true\""), "about.toml:5: invalid type"),
            (right.replace("\"ar\"", "\"fa\""), "the tag \"fa\" is not the folder's name"),
        ] {
            let error = read(&text).expect_err("wrong");
            assert!(error.starts_with("data/languages/ar/") && error.contains(reason), "{error}");
        }
    }
}
