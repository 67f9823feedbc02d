//! Dates as sources write them -> ISO 8601.

/// Months by the first three letters of their English names.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The whole names; an abbreviation is a beginning of one of three letters or more, and "sept".
const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Zones that have one meaning in news and mail (RFC 5322, section 4.3), with their hours from UTC.
const ZONES: [(&str, i32); 12] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// Words that may stand beside a date on a line of its own.
const BESIDE: [&str; 36] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "published",
    "posted",
    "first",
    "last",
    "updated",
    "modified",
    "date",
    "on",
    "at",
    "hrs",
    "local",
    "time",
    "et",
    "bst",
    "cet",
    "cest",
    "ist",
    "aest",
    "jst",
];

/// The date in ISO 8601 if its way of writing is understood, else as it is.
///
/// Understood are ISO 8601 itself, the dates of mail and feeds, English dates with the month in letters, numeric dates
/// that can be read in one way only (day first with stops, or one number above 12), and seconds or milliseconds since 1970.
/// A time of day is kept; a zone is kept where one is told.
///
/// ```
/// use toponym::document::normalised_date;
/// assert_eq!(normalised_date("4 Jun, 2016 12:11"), "2016-06-04T12:11:00");
/// assert_eq!(normalised_date("Sat, 04 Jun 2016 12:11:05 +0200"), "2016-06-04T12:11:05+02:00");
/// assert_eq!(normalised_date("4/6/2016"), "4/6/2016");
/// ```
pub fn normalised(written: &str) -> String {
    let words = words(written);
    parse(&words).map_or_else(|| written.trim().to_owned(), |(date, _)| date)
}

/// The date of a line that says nothing else, or of a part of one: "World | 4 June 2016 | 12:11". Of two, when it was
/// published and when updated, the first holds.
pub fn of_line(line: &str) -> Option<String> {
    if line.len() > 120 {
        return None;
    }
    line.split(['|', '·', '•']).find_map(|part| {
        let part = words(part);
        let again =
            |word: &Word| matches!(word, Word::Letters(letters) if letters == "updated" || letters == "modified");
        let end = part.iter().position(again).filter(|&at| parse(&part[..at]).is_some()).unwrap_or(part.len());
        only_date(&part[..end])
    })
}

/// The date, if the words say nothing else.
fn only_date(words: &[Word]) -> Option<String> {
    let (date, used) = parse(words)?;
    let rest = words.iter().enumerate().filter(|(at, _)| !used.contains(at));
    let only = rest.into_iter().all(|(_, word)| match word {
        Word::Letters(letters) => BESIDE.contains(&letters.as_str()),
        Word::Digits(_) => false,
        Word::Mark(mark) => !matches!(mark, '(' | '"' | '“' | '?' | '!'),
    });
    only.then_some(date)
}

/// The day of a dateline such as "June 4": a month and a day of it, without a year.
pub fn month_and_day(written: &str) -> Option<(u32, u32)> {
    let words: Vec<Word> = words(written).into_iter().filter(|word| !matches!(word, Word::Mark(_))).collect();
    match &words[..] {
        [Word::Letters(month), Word::Digits(day)] | [Word::Digits(day), Word::Letters(month)] => {
            Some((month_of(month)?, day.parse().ok().filter(|day| (1..=31).contains(day))?))
        }
        _ => None,
    }
}

/// A piece of a date.
#[derive(Debug, PartialEq)]
enum Word {
    Digits(String),
    /// In small letters.
    Letters(String),
    Mark(char),
}

fn words(written: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for c in written.chars().flat_map(char::to_lowercase) {
        match (words.last_mut(), c) {
            (Some(Word::Digits(digits)), '0'..='9') if !spaced => digits.push(c),
            (_, '0'..='9') => words.push(Word::Digits(c.to_string())),
            (Some(Word::Letters(letters)), c) if c.is_alphabetic() && !spaced => letters.push(c),
            (_, c) if c.is_alphabetic() => words.push(Word::Letters(c.to_string())),
            (_, c) if c.is_whitespace() => {}
            _ => words.push(Word::Mark(c)),
        }
        spaced = c.is_whitespace();
    }
    words
}

/// The date, and which of the words it is made of.
fn parse(words: &[Word]) -> Option<(String, Vec<usize>)> {
    if let [Word::Digits(digits)] = words
        && let Some(date) = since_1970(digits)
    {
        return Some((date, vec![0]));
    }
    let starts = 0..words.len();
    let (date, mut used) = starts
        .clone()
        .find_map(|at| year_first(words, at).or_else(|| named(words, at)).or_else(|| numeric(words, at)))?;
    let (year, month, day) = date;
    let mut written = format!("{year:04}-{month:02}-{day:02}");
    // The time may stand before the date ("12:11, 4 June 2016") or behind it.
    let time = starts.filter(|at| !used.contains(at)).find_map(|at| time(words, at));
    if let Some((time, of_time)) = time {
        written.push_str(&time);
        used.extend(of_time);
    }
    Some((written, used))
}

type Day = ((u32, u32, u32), Vec<usize>);

fn number(word: Option<&Word>, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    match word {
        Some(Word::Digits(number)) if digits.contains(&number.len()) => number.parse().ok(),
        _ => None,
    }
}

fn is_mark(word: Option<&Word>, marks: &[char]) -> bool {
    matches!(word, Some(Word::Mark(mark)) if marks.contains(mark))
}

fn month_of(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    (MONTH_NAMES.get(at)?.starts_with(word) || word == "sept").then_some(at as u32 + 1)
}

fn valid(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1000..=2999).contains(&year) && (1..=days).contains(&day)).then_some((year, month, day))
}

/// 2016-06-04, 2016/6/4, 20160604.
fn year_first(words: &[Word], at: usize) -> Option<Day> {
    if let Some(together) = number(words.get(at), 8..=8) {
        return valid(together / 10_000, together / 100 % 100, together % 100).map(|day| (day, vec![at]));
    }
    let marks = &['-', '/', '.'];
    let year = number(words.get(at), 4..=4).filter(|_| is_mark(words.get(at + 1), marks))?;
    let month = number(words.get(at + 2), 1..=2).filter(|_| is_mark(words.get(at + 3), marks))?;
    let day = number(words.get(at + 4), 1..=2)?;
    valid(year, month, day).map(|day| (day, (at..at + 5).collect()))
}

/// 4 Jun, 2016; June 4th, 2016; 04-Jun-2016.
fn named(words: &[Word], at: usize) -> Option<Day> {
    let Some(Word::Letters(name)) = words.get(at) else { return None };
    let month = month_of(name)?;
    // Marks and the endings of ordinals are passed over.
    let skipped = |word: &Word| match word {
        Word::Mark(mark) => matches!(mark, '.' | ',' | '-'),
        Word::Letters(letters) => matches!(letters.as_str(), "st" | "nd" | "rd" | "th" | "of"),
        Word::Digits(_) => false,
    };
    let after = |from: usize| (from..words.len().min(from + 4)).find(|&at| !skipped(&words[at]));
    let before = (at.saturating_sub(3)..at).rev().find(|&at| !skipped(&words[at]));
    let next = after(at + 1)?;
    if let Some(day) = before.and_then(|before| number(words.get(before), 1..=2))
        && let Some(year) = number(words.get(next), 4..=4)
    {
        return valid(year, month, day).map(|day| (day, (before.unwrap_or(at)..=next).collect()));
    }
    let day = number(words.get(next), 1..=2)?;
    let year_at = after(next + 1)?;
    valid(number(words.get(year_at), 4..=4)?, month, day).map(|day| (day, (at..=year_at).collect()))
}

/// 25/12/2016, 12/25/2016, 4.6.2016: only where there is one way to read it.
fn numeric(words: &[Word], at: usize) -> Option<Day> {
    let first = number(words.get(at), 1..=2)?;
    let Some(Word::Mark(mark @ ('/' | '-' | '.'))) = words.get(at + 1) else { return None };
    let second = number(words.get(at + 2), 1..=2).filter(|_| words.get(at + 3) == Some(&Word::Mark(*mark)))?;
    let year = number(words.get(at + 4), 4..=4)?;
    let (month, day) = match (first, second) {
        _ if *mark == '.' || first == second || first > 12 => (second, first),
        _ if second > 12 => (first, second),
        _ => return None,
    };
    valid(year, month, day).map(|day| (day, (at..at + 5).collect()))
}

/// T12:11, 12:11:05.25+02:00, 3.15 p.m. EDT, 121105Z behind a T.
fn time(words: &[Word], at: usize) -> Option<(String, Vec<usize>)> {
    let behind_t = at > 0 && matches!(words.get(at - 1), Some(Word::Letters(t)) if t == "t");
    let (mut hour, minute, mut second, mut next);
    if let Some(together) = number(words.get(at), 6..=6).filter(|_| behind_t) {
        (hour, minute, second, next) = (together / 10_000, together / 100 % 100, together % 100, at + 1);
    } else {
        hour = number(words.get(at), 1..=2).filter(|_| is_mark(words.get(at + 1), &[':', '.']))?;
        minute = number(words.get(at + 2), 2..=2)?;
        (second, next) = (0, at + 3);
        if let Some(told) = number(words.get(next + 1), 2..=2).filter(|_| is_mark(words.get(next), &[':'])) {
            (second, next) = (told, next + 2);
            if number(words.get(next + 1), 1..=9).is_some() && is_mark(words.get(next), &['.', ',']) {
                next += 2;
            }
        }
    }
    let letters = |at: usize| match words.get(at) {
        Some(Word::Letters(letters)) => letters.as_str(),
        _ => "",
    };
    let half = match (letters(next), letters(next + 2)) {
        (half @ ("am" | "pm"), _) => Some((half.starts_with('p'), 1)),
        (half @ ("a" | "p"), "m") => Some((half == "p", 3 + usize::from(is_mark(words.get(next + 3), &['.'])))),
        _ => None,
    };
    if let Some((afternoon, length)) = half {
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        next += length;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (zone, end) = zone(words, next, letters(next));
    let used = (at - usize::from(behind_t)..end).collect();
    Some((format!("T{hour:02}:{minute:02}:{:02}{zone}", second.min(59)), used))
}

/// How a time's zone is written, and the word after it.
fn zone(words: &[Word], at: usize, letters: &str) -> (String, usize) {
    let sign = match words.get(at) {
        Some(Word::Mark('+')) => '+',
        Some(Word::Mark('-' | '−')) => '-',
        _ => {
            let hours = ZONES.iter().find(|(name, _)| *name == letters).map(|(_, hours)| *hours);
            return match hours {
                Some(0) => ("Z".to_owned(), at + 1),
                Some(hours) => (format!("{}{:02}:00", if hours < 0 { '-' } else { '+' }, hours.abs()), at + 1),
                None => (String::new(), at),
            };
        }
    };
    if let Some(together) = number(words.get(at + 1), 4..=4) {
        return (format!("{sign}{:02}:{:02}", together / 100, together % 100), at + 2);
    }
    let Some(hours) = number(words.get(at + 1), 2..=2) else { return (String::new(), at) };
    match number(words.get(at + 3), 2..=2).filter(|_| is_mark(words.get(at + 2), &[':'])) {
        Some(minutes) => (format!("{sign}{hours:02}:{minutes:02}"), at + 4),
        None => (format!("{sign}{hours:02}:00"), at + 2),
    }
}

/// Seconds (10 digits) or milliseconds (13 digits) since the beginning of 1970, UTC.
fn since_1970(digits: &str) -> Option<String> {
    let seconds = match digits.len() {
        10 => digits.parse::<u64>().ok()?,
        13 => digits.parse::<u64>().ok()? / 1000,
        _ => return None,
    };
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant's "civil from days": eras of 400 years that begin in March.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

#[cfg(test)]
mod tests {
    use super::{month_and_day, normalised, of_line};

    #[test]
    fn dates_of_every_sort_become_iso_8601() {
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
            ("25/12/2016", "2016-12-25"),
            ("12/25/2016 08:00", "2016-12-25T08:00:00"),
            ("4.6.2016", "2016-06-04"),
            ("29 Feb 2016", "2016-02-29"),
            ("1465042265", "2016-06-04T12:11:05Z"),
            ("1465042265000", "2016-06-04T12:11:05Z"),
        ] {
            assert_eq!(normalised(written), iso, "{written}");
        }
    }

    #[test]
    fn what_may_mean_two_days_or_none_stays() {
        for written in ["4/6/2016", "29 Feb 2015", "31.6.2016", "June 2016", "yesterday", "", "12:11", "99999999"] {
            assert_eq!(normalised(written), written);
        }
    }

    #[test]
    fn lines_that_say_more_are_no_dates() {
        let noon = "2016-06-04T12:11:00";
        assert_eq!(of_line("Published: Saturday 4 June 2016 12:11 BST").as_deref(), Some(noon));
        assert_eq!(of_line("Published: 4 June 2016 12:11  Updated: June 5, 2016 10:00 PM").as_deref(), Some(noon));
        assert_eq!(of_line("Jun 4, 2016 12:11 · Updated 2 hours ago").as_deref(), Some(noon));
        assert_eq!(of_line("Posted on June 4, 2016").as_deref(), Some("2016-06-04"));
        assert_eq!(of_line("4 Jun, 2016 12:11").as_deref(), Some("2016-06-04T12:11:00"));
        assert_eq!(of_line("On June 4, 2016 militias left Aleppo"), None);
        assert_eq!(of_line("Homs, 4 Jun 2016"), None);
    }

    #[test]
    fn datelines_have_a_month_and_a_day() {
        assert_eq!(month_and_day("June 4"), Some((6, 4)));
        assert_eq!(month_and_day("4 Jun."), Some((6, 4)));
        assert_eq!(month_and_day("Syria"), None);
    }
}
