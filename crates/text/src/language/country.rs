//! Codes of countries.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// An ISO 3166-1 alpha-2 code in capitals.
pub type CountryCode = [u8; 2];

/// The code that two letters are, in whatever case; `None` for anything else.
pub fn country_code(written: &str) -> Option<CountryCode> {
    let code = CountryCode::try_from(written.as_bytes()).ok()?;
    code.iter().all(u8::is_ascii_alphabetic).then(|| code.map(|letter| letter.to_ascii_uppercase()))
}

/// Reads a list of codes.
pub(super) fn country_codes<'de, D: Deserializer<'de>>(list: D) -> Result<Vec<CountryCode>, D::Error> {
    let code = |written: String| {
        country_code(&written).ok_or_else(|| D::Error::custom(format!("{written:?} is no code of a country")))
    };
    Vec::<String>::deserialize(list)?.into_iter().map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::country_code;

    #[test]
    fn two_letters_are_a_code() {
        assert_eq!((country_code("gb"), country_code("GB")), (Some(*b"GB"), Some(*b"GB")));
        assert_eq!((country_code("GBR"), country_code("é"), country_code("1a")), (None, None, None));
    }
}
