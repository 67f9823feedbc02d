//! ARC, the format of web archives before WARC: a line before each record says what follows.

use super::warc::Fields;

/// The fields of a record as WARC has them, of a line such as `http://a.example/ 1.2.3.4 20160604100000 text/html 1234`; `None` if
/// it is no such line.
pub fn fields(line: &[u8]) -> Option<Fields> {
    let line = std::str::from_utf8(line).ok()?;
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    // Version 2 has five more between the type and the length.
    let (&[address, _, date, ..], &[.., length]) = (&words[..], &words[..]) else { return None };
    let is_date = date.len() == 14 && date.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(words.len(), 5 | 10) || !address.contains(':') || !is_date || length.parse::<u64>().is_err() {
        return None;
    }
    let date =
        format!("{}-{}-{}T{}:{}:{}Z", &date[..4], &date[4..6], &date[6..8], &date[8..10], &date[10..12], &date[12..]);
    let is_page = !address.starts_with("filedesc:") && !address.starts_with("dns:");
    let fields = [
        ("warc-type", if is_page { "response" } else { "warcinfo" }),
        ("content-type", "application/http"),
        ("warc-target-uri", address),
        ("warc-date", &date),
        ("content-length", length),
    ];
    Some(fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn lines_of_both_versions_and_none() {
        let first = fields(b"http://a.example/ 1.2.3.4 20160604100000 text/html 1234\n").expect("a record");
        assert_eq!((first["warc-date"].as_str(), first["content-length"].as_str()), ("2016-06-04T10:00:00Z", "1234"));
        let second =
            fields(b"http://a.example/ 1.2.3.4 20160604100000 text/html 200 - - 99 a.arc 77\n").expect("a record");
        assert_eq!((second["warc-type"].as_str(), second["content-length"].as_str()), ("response", "77"));
        assert!(
            fields(b"filedesc://x 0.0.0.0 20160604100000 text/plain 9").is_some_and(|f| f["warc-type"] == "warcinfo")
        );
        for line in [&b"WARC/1.0"[..], b"a b c d e", b"http://a 1.2.3.4 2016 text/html 12", b"\xff", b""] {
            assert_eq!(fields(line), None);
        }
    }
}
