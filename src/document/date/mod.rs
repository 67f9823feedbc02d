//! Written dates to ISO 8601.

mod day;
mod time;
mod words;

use words::Word;

/// A written date in ISO 8601; `None` where no day can be read, or more than one.
///
/// ISO 8601 itself is read, the dates of mail, feeds, `ctime`, Java and Twitter, dates with the month in letters in a language
/// that has a pack, numeric dates that can be read in one way only (day first with stops, or one number above 12), and seconds
/// or milliseconds since 1970. A time of day is kept, and its zone where there is one; an impossible time is left out.
pub fn iso_date(written: &str) -> Option<String> {
    parse(&words::split(written)).map(|(date, _)| date)
}

/// The date of a line that says nothing else, or of a part of one: "World | 4 June 2016 | 12:11". Of the dates of publication
/// and of revision, the first is returned.
pub fn date_of_line(line: &str) -> Option<String> {
    if line.len() > 120 {
        return None;
    }
    line.split(['|', '·', '•']).find_map(|part| {
        let part = words::split(part);
        let revision = |word: &Word| matches!(word, Word::Letters(letters) if words::is_revision(letters));
        let end = part.iter().position(revision).filter(|&at| parse(&part[..at]).is_some()).unwrap_or(part.len());
        only_date(&part[..end])
    })
}

/// The date, if the words say nothing else: the words beside it are weekdays and the like.
fn only_date(words: &[Word]) -> Option<String> {
    let (date, used) = parse(words)?;
    let rest = words.iter().enumerate().filter(|(at, _)| !used.contains(at));
    let only = rest.into_iter().all(|(_, word)| match word {
        Word::Letters(letters) => words::stands_beside(letters),
        Word::Digits(_) => false,
        Word::Mark(mark) => !matches!(mark, '(' | '"' | '“' | '?' | '!'),
    });
    only.then_some(date)
}

/// Month and day of a dateline without a year, such as "June 4".
pub fn month_and_day(written: &str) -> Option<(u32, u32)> {
    let words: Vec<Word> = words::split(written).into_iter().filter(|word| !matches!(word, Word::Mark(_))).collect();
    match &words[..] {
        [Word::Letters(month), Word::Digits(day)] | [Word::Digits(day), Word::Letters(month)] => {
            Some((words::month(month)?, day.parse().ok().filter(|day| (1..=31).contains(day))?))
        }
        _ => None,
    }
}

/// The date in ISO 8601, and which of the words it is made of.
fn parse(words: &[Word]) -> Option<(String, Vec<usize>)> {
    if let [Word::Digits(digits)] = words
        && let Some(date) = time::since_1970(digits)
    {
        return Some((date, vec![0]));
    }
    let (date, mut used) = (0..words.len()).find_map(|at| day::at(words, at))?;
    let (year, month, day) = date;
    let mut written = format!("{year:04}-{month:02}-{day:02}");
    // The time may stand before the date ("12:11, 4 June 2016") or behind it.
    if let Some((time, of_time)) = time::outside(words, &used) {
        written.push_str(&time);
        used.extend(of_time);
    }
    Some((written, used))
}

#[cfg(test)]
mod tests {
    use super::{date_of_line, iso_date, month_and_day};

    #[test]
    fn dates_of_every_kind_become_iso_8601() {
        for (written, iso) in [
            ("2016-06-04", "2016-06-04"),
            ("2016-06-04T12:11:00Z", "2016-06-04T12:11:00Z"),
            ("2016-06-04T12:11:00.000+02:00", "2016-06-04T12:11:00+02:00"),
            ("2009-03-20 12:24:52.002364-05", "2009-03-20T12:24:52-05:00"),
            ("20160604T121105Z", "2016-06-04T12:11:05Z"),
            ("2016/6/4", "2016-06-04"),
            ("Sat, 4 Jun 2016 12:11:05 GMT", "2016-06-04T12:11:05Z"),
            ("Sat, 04 Jun 2016 12:11:05 EDT", "2016-06-04T12:11:05-04:00"),
            ("June 4, 2016", "2016-06-04"),
            ("Saturday, June 4th, 2016 at 3:15 p.m. EST", "2016-06-04T15:15:00-05:00"),
            ("Sept. 12, 2016 12:05 AM", "2016-09-12T00:05:00"),
            ("4 June 2016, 12.11", "2016-06-04T12:11:00"),
            ("12:11, 4 June 2016", "2016-06-04T12:11:00"),
            ("04-Jun-2016", "2016-06-04"),
            ("2016 Jun 4", "2016-06-04"),
            ("2016-Jun-04", "2016-06-04"),
            ("25/12/2016", "2016-12-25"),
            ("12/25/2016 08:00", "2016-12-25T08:00:00"),
            ("4.6.2016", "2016-06-04"),
            ("29 Feb 2016", "2016-02-29"),
            ("1465042265", "2016-06-04T12:11:05Z"),
            ("1465042265000", "2016-06-04T12:11:05Z"),
            ("Sat Jun 04 12:11:05 +0000 2016", "2016-06-04T12:11:05+00:00"),
            ("Sat Jun  4 12:11:05 2016", "2016-06-04T12:11:05"),
            ("Sat Jun 04 12:11:05 CEST 2016", "2016-06-04T12:11:05+02:00"),
            ("Sat Jun 04 12:11:05 WAT 2016", "2016-06-04T12:11:05"),
            ("Tue, 12 Jan 2021 8:05:59 +1100", "2021-01-12T08:05:59+11:00"),
            ("2016-06-04T25:00:00Z", "2016-06-04"),
            ("Sat, 4 Jun 2016 59:10 -0500", "2016-06-04"),
            ("2016-06-04 12:75", "2016-06-04"),
            ("Mittwoch, 4. März 2026 um 12:30 Uhr", "2026-03-04T12:30:00"),
            ("3 мая 2026 г. в 12:30 мск", "2026-05-03T12:30:00+03:00"),
            ("3 MAYIS 2026", "2026-05-03"),
            ("15 آب 2026", "2026-08-15"),
            ("3 مارس، ٢٠٢٦", "2026-03-03"),
            ("۱۵ مارس ۲۰۲۶", "2026-03-15"),
            ("5 मार्च 2026", "2026-03-05"),
            ("5 मई २०२६", "2026-05-05"),
        ] {
            assert_eq!(iso_date(written).as_deref(), Some(iso), "{written}");
        }
    }

    #[test]
    fn what_may_mean_two_days_or_none_is_no_date() {
        for written in ["4/6/2016", "29 Feb 2015", "31.6.2016", "June 2016", "yesterday", "", "12:11", "99999999"] {
            assert_eq!(iso_date(written), None, "{written}");
        }
        for written in ["PT15M", "Mo-Su 08:00-20:00", "P3D", "R/PT5M", "Mon 9:30 - 17:00", "25:00"] {
            assert_eq!(iso_date(written), None, "{written}");
        }
    }

    #[test]
    fn lines_that_say_more_are_no_dates() {
        let noon = "2016-06-04T12:11:00";
        assert_eq!(date_of_line("Published: Saturday 4 June 2016 12:11 BST").as_deref(), Some(noon));
        assert_eq!(date_of_line("Published: 4 June 2016 12:11  Updated: June 5, 2016 10:00 PM").as_deref(), Some(noon));
        assert_eq!(date_of_line("Jun 4, 2016 12:11 · Updated 2 hours ago").as_deref(), Some(noon));
        assert_eq!(date_of_line("Posted on June 4, 2016").as_deref(), Some("2016-06-04"));
        assert_eq!(date_of_line("4 Jun, 2016 12:11").as_deref(), Some("2016-06-04T12:11:00"));
        assert_eq!(date_of_line("On June 4, 2016 militias left Aleppo"), None);
        assert_eq!(date_of_line("Homs, 4 Jun 2016"), None);
    }

    #[test]
    fn datelines_have_a_month_and_a_day() {
        assert_eq!(month_and_day("June 4"), Some((6, 4)));
        assert_eq!(month_and_day("4 Jun."), Some((6, 4)));
        assert_eq!(month_and_day("Syria"), None);
    }
}
