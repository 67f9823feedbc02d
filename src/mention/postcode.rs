//! Postcodes that tell the country of the place beside them: "Lincoln LN2 1HN", "1012 AB Amsterdam".

use std::ops::Range;

/// Shapes of postcodes that are one country's, as the Universal Postal Union lists them: A is a capital, 9 a digit. Those of five or six
/// digits are many countries'.
const BEHIND: [(&str, &str); 9] = [
    ("A9 9AA", "GB"),
    ("A99 9AA", "GB"),
    ("A9A 9AA", "GB"),
    ("AA9 9AA", "GB"),
    ("AA99 9AA", "GB"),
    ("AA9A 9AA", "GB"),
    ("A9A 9A9", "CA"),
    ("99999-999", "BR"),
    ("A99 AA99", "IE"),
];
const BEFORE: [(&str, &str); 3] = [("9999 AA", "NL"), ("99-999", "PL"), ("9999-999", "PT")];

/// The ISO 3166 code of the country that a postcode behind a name, or before it, says it is in. The name is given by its bytes.
pub fn country(text: &str, name: Range<usize>) -> Option<&'static str> {
    let (before, behind) = (text.get(..name.start)?, text.get(name.end..)?);
    let behind = behind.strip_prefix(',').unwrap_or(behind).strip_prefix(' ').unwrap_or("");
    let before = before.strip_suffix(' ').unwrap_or("");
    let follows = |(shape, country): &(&str, &'static str)| {
        let rest = behind.get(shape.len()..)?;
        (is_of(shape, &behind[..shape.len()]) && !rest.starts_with(char::is_alphanumeric)).then_some(*country)
    };
    let precedes = |(shape, country): &(&str, &'static str)| {
        let at = before.len().checked_sub(shape.len())?;
        let (rest, code) = before.split_at_checked(at)?;
        (is_of(shape, code) && !rest.ends_with(char::is_alphanumeric)).then_some(*country)
    };
    BEHIND.iter().find_map(follows).or_else(|| BEFORE.iter().find_map(precedes))
}

fn is_of(shape: &str, written: &str) -> bool {
    shape.len() == written.len()
        && shape.bytes().zip(written.bytes()).all(|(shape, byte)| match shape {
            b'A' => byte.is_ascii_uppercase(),
            b'9' => byte.is_ascii_digit(),
            mark => mark == byte,
        })
}

#[cfg(test)]
mod tests {
    use super::country;

    #[test]
    fn postcodes_tell_the_country() {
        for (text, name, expected) in [
            ("4 High Street, Lincoln LN2 1HN", "Lincoln", Some("GB")),
            ("9 Church Road, Richmond, TW9 1UA, is shut", "Richmond", Some("GB")),
            ("120 Main Street, Hamilton L8P 1A1.", "Hamilton", Some("CA")),
            ("Damrak 1, 1012 AB Amsterdam", "Amsterdam", Some("NL")),
            ("In Lincoln L2 teams met", "Lincoln", None),
            ("In Lincoln LN2 1HNX", "Lincoln", None),
            ("Lincoln", "Lincoln", None),
            ("Lincoln, né", "Lincoln", None),
        ] {
            let start = text.find(name).expect("a name of the text");
            assert_eq!(country(text, start..start + name.len()), expected, "{text}");
        }
    }
}
