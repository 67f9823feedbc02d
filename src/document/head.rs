//! What the head of an article says of it: its dateline, and in a saved page its date and title.

use super::date::{date_of_line, iso_date, month_and_day};
use super::meta::Meta;

/// Lines from the beginning among which a saved page's date is looked for.
const HEAD_LINES: usize = 40;
/// Bytes of the longest title.
const TITLE_BYTES: usize = 250;
/// Bytes of the longest dateline.
const DATELINE_BYTES: usize = 120;

/// The date and the title of a page saved as plain text: a line that is a date, and the paragraph of one line that
/// stands behind it or, if none does, before it.
pub fn of_page(text: &str) -> (Option<String>, Option<String>) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD_LINES).collect();
    let dated = lines.iter().enumerate().find_map(|(at, line)| Some((at, date_of_line(line)?)));
    let Some((at, date)) = dated else { return (None, None) };
    let behind = lines.get(at + 1).filter(|line| is_title(line));
    let before = at.checked_sub(1).and_then(|at| lines.get(at)).filter(|line| is_title(line));
    (Some(date), behind.or(before).map(|&line| line.to_owned()))
}

/// Whether a line may be a headline: a few words, of which the first begins with a capital, and no stop at the end.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (3..=30).contains(&words)
        && line.len() <= TITLE_BYTES
        && !line.ends_with(['.', ':', ';', ',', '”', '"'])
        && line
            .trim_start_matches(['\'', '"', '‘', '“'])
            .starts_with(|c: char| !c.is_lowercase() && c.is_alphanumeric())
}

/// The date that the text's dateline gives: "ALEPPO, Syria, June 4, 2016 (Agency) -". A dateline without a year gets
/// it from the article's address or its id, if one of them holds a year.
pub fn dateline(text: &str, id: &str, meta: &Meta) -> Option<String> {
    let line = text.trim_start().lines().next()?;
    let end = ["--", " - ", " – ", " — ", "—"].iter().filter_map(|dash| line.find(dash)).min()?;
    let line = line.get(..end).filter(|line| line.len() <= DATELINE_BYTES)?;
    let place = line.split([',', ' ', '(']).next()?;
    if place.len() < 2 || place.chars().any(char::is_lowercase) {
        return None;
    }
    let line = line.split('(').next()?;
    let from_month = line.split_once(',').map_or(line, |(_, rest)| rest);
    if let Some(date) = iso_date(from_month) {
        return date.get(..10).map(str::to_owned);
    }
    let (month, day) = from_month.split(',').find_map(month_and_day)?;
    let year = meta.url.as_deref().and_then(year_in).or_else(|| year_in(id))?;
    iso_date(&format!("{year}-{month:02}-{day:02}"))
}

/// The year that stands between other signs in an address or a file's name.
fn year_in(name: &str) -> Option<&str> {
    let mut numbers = name.split(|c: char| !c.is_ascii_digit());
    numbers.find(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::{dateline, of_page};
    use crate::document::Meta;

    #[test]
    fn a_saved_page_tells_its_date_and_title() {
        let page =
            "icon homeicon share\n4 Jun, 2016 12:11\n\nMilitias leave a district of Aleppo\n\nMilitias have left it.";
        let title = Some("Militias leave a district of Aleppo".to_owned());
        assert_eq!(of_page(page), (Some("2016-06-04T12:11:00".to_owned()), title.clone()));
        let page = "Home | News\n\nMilitias leave a district of Aleppo\n\nPublished June 4, 2016\n\nThey have left it.";
        assert_eq!(of_page(page), (Some("2016-06-04".to_owned()), title));
        assert_eq!(of_page("Militias left Aleppo on 4 Jun 2016.\n\nThey went north."), (None, None));
    }

    #[test]
    fn datelines_give_dates() {
        let dated = |text: &str, id: &str| dateline(text, id, &Meta::default());
        assert_eq!(dated("ALEPPO, Syria, June 4, 2016 (Agency) - Shells fell.", "x").as_deref(), Some("2016-06-04"));
        assert_eq!(
            dated("ALEPPO, Syria, June 4 (Agency) — Shells fell.", "2016/news.txt").as_deref(),
            Some("2016-06-04")
        );
        assert_eq!(dated("ALEPPO, Syria, June 4 (Agency) — Shells fell.", "news.txt"), None);
        assert_eq!(dated("Aleppo fell on June 4, 2016 - they said.", "x"), None);
        assert_eq!(dated("ALEPPO (Agency) - Shells fell on June 4, 2016.", "x"), None);
    }
}
