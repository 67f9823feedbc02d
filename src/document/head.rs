//! Date and title from the head of an article: its dateline, and the date line of a saved page.

use super::date::{date_of_line, iso_date, month_and_day};
use super::meta::Meta;
use toponym_languages::languages;
use toponym_text::language::BoilerplateRole;
use toponym_text::{fold, key};

/// The number of lines at the beginning in which the date of a saved page is looked for.
const HEAD_LINES: usize = 40;
/// The longest title, in bytes.
const TITLE_BYTES: usize = 250;
/// The longest dateline, in bytes.
const DATELINE_BYTES: usize = 120;

/// Date and title of a page saved as plain text: the first line that is a date, and the single-line paragraph after it or, if
/// there is none, before it.
pub fn date_and_title(text: &str) -> (Option<String>, Option<String>) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD_LINES).collect();
    let dated = lines.iter().enumerate().find_map(|(at, line)| Some((at, date_of_line(line)?)));
    let Some((at, date)) = dated else { return (None, None) };
    let behind = lines.get(at + 1).filter(|line| is_title(line));
    let before = at.checked_sub(1).and_then(|at| lines.get(at)).filter(|line| is_title(line));
    (Some(date), behind.or(before).map(|&line| line.to_owned()))
}

/// The headline of a plain text: its first line, if that may be one and an empty line separates it from the rest.
pub fn headline(text: &str) -> Option<String> {
    let mut lines = text.trim_start().lines().map(str::trim);
    let first = lines.next().filter(|line| is_title(line))?;
    let apart = lines.next().is_some_and(str::is_empty) && lines.any(|line| !line.is_empty());
    apart.then(|| first.to_owned())
}

/// Whether a line begins as one that names the author does: "By Jane Doe", "Reporting by".
fn is_credit(line: &str) -> bool {
    let roles = [BoilerplateRole::Byline, BoilerplateRole::Credit];
    let keys = || line.split_whitespace().map(|word| key(&fold(word)));
    languages().packs().iter().any(|pack| pack.boilerplate.longest(keys(), &roles) > 0)
}

/// Whether a line may be a headline: 3 to 30 words, the first capitalised, and no punctuation at the end.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (3..=30).contains(&words)
        && line.len() <= TITLE_BYTES
        && !line.ends_with(['.', ':', ';', ',', '”', '"'])
        && line
            .trim_start_matches(['\'', '"', '‘', '“'])
            .starts_with(|c: char| !c.is_lowercase() && c.is_alphanumeric())
        && !is_credit(line)
}

/// The date in the dateline of a text: "ALEPPO, Syria, June 4, 2016 (Agency) -". A dateline without a year takes the year from the
/// article's address or its id, and gives no date if neither holds one.
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

/// A year between other characters in an address or a file name.
fn year_in(name: &str) -> Option<&str> {
    let mut numbers = name.split(|c: char| !c.is_ascii_digit());
    numbers.find(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::{date_and_title, dateline, headline};
    use crate::document::Meta;

    #[test]
    fn a_saved_page_tells_its_date_and_title() {
        let page =
            "icon homeicon share\n4 Jun, 2016 12:11\n\nMilitias leave a district of Aleppo\n\nMilitias have left it.";
        let title = Some("Militias leave a district of Aleppo".to_owned());
        assert_eq!(date_and_title(page), (Some("2016-06-04T12:11:00".to_owned()), title.clone()));
        let page = "Home | News\n\nMilitias leave a district of Aleppo\n\nPublished June 4, 2016\n\nThey have left it.";
        assert_eq!(date_and_title(page), (Some("2016-06-04".to_owned()), title));
        assert_eq!(date_and_title("Militias left Aleppo on 4 Jun 2016.\n\nThey went north."), (None, None));
    }

    #[test]
    fn the_first_line_before_an_empty_one_is_the_headline() {
        let title = |text: &str| headline(text);
        assert_eq!(title("Fire in Homs kills two\n\nIt began at night.").as_deref(), Some("Fire in Homs kills two"));
        assert_eq!(title("\n\nFire in Homs kills two\n \nIt began.").as_deref(), Some("Fire in Homs kills two"));
        for text in [
            "By Jane Doe in Homs\n\nIt began at night.",
            "Fire in Homs kills two\nIt began at night.",
            "Fire in Homs kills two\n\n",
            "A fire broke out in Homs.\n\nIt began at night.",
            "Homs\n\nIt began at night.",
        ] {
            assert_eq!(title(text), None, "{text}");
        }
    }

    #[test]
    fn a_byline_is_no_title() {
        let page = "Rain in Homs ends\n\n4 June 2016\n\nBy Jane Doe\n\nThe rain has ended.";
        assert_eq!(date_and_title(page).1.as_deref(), Some("Rain in Homs ends"));
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
