//! Numbers as people and spreadsheets write them.

/// Degrees: `36.2`, `36,2`, `36.2°`.
///
/// # Errors
/// When it is not a number; `what` says of what.
pub fn degrees(what: &str, text: &str) -> Result<f64, String> {
    let plain = text.trim().trim_end_matches('°').replace('\u{2212}', "-");
    let number = plain.parse().or_else(|_| plain.replace(',', ".").parse());
    number.ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| {
        let way_out = if text.contains(['°', '\'', '′']) { "; write it in decimal degrees" } else { "" };
        format!("{what} is {text:?}, not a number{way_out}")
    })
}

/// A count of people: `477090`, `477090.0`, `1,234,567`, `1 234 567`, `1.234.567`, `4.8e5`. `None` if it is no number
/// or none from 0.
pub fn count(text: &str) -> Option<u64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '_')).collect();
    let grouped = |separator: char| {
        let mut groups = text.split(separator);
        let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
        let first = groups.next().is_some_and(|group| matches!(group.len(), 1..=3) && digits(group));
        let mut others = groups.peekable();
        first && others.peek().is_some() && others.all(|group| group.len() == 3 && digits(group))
    };
    let plain = match text.split_once('.') {
        _ if grouped('.') => text.replace('.', ""),
        _ if grouped(',') => text.replace(',', ""),
        // Behind grouped thousands: `1,234,567.0`.
        Some((whole, rest)) if whole.contains(',') => format!("{}.{rest}", whole.replace(',', "")),
        _ => text,
    };
    let number: f64 = plain.parse().ok()?;
    (0.0..1e11).contains(&number).then_some(number.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::{count, degrees};

    #[test]
    fn populations_are_read_as_they_are_written() {
        for (text, number) in [
            ("477090", 477_090),
            ("477090.0", 477_090),
            ("1,234,567", 1_234_567),
            ("1,234,567.0", 1_234_567),
            ("1.234.567", 1_234_567),
            ("1 234\u{a0}567", 1_234_567),
            ("12'345", 12_345),
            ("4.8e5", 480_000),
            ("0", 0),
        ] {
            assert_eq!(count(text), Some(number), "{text}");
        }
        for wrong in ["", "ca. 500", "-9999", "12,34", "NaN", "inf", "500+"] {
            assert_eq!(count(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn degrees_have_commas_or_points() {
        assert_eq!(degrees("lat", "36,2"), Ok(36.2));
        assert_eq!(degrees("lon", "\u{2212}1.5°"), Ok(-1.5));
        assert!(degrees("lat", "36°12'N").is_err_and(|error| error.contains("decimal degrees")));
        assert!(degrees("lat", "NaN").is_err());
    }
}
