//! Times of day, and of the era.

use super::words::{self, Word, is_mark, number};

/// The first time of day outside the words in `taken`. `None` also where the clock shows an hour that no day has ("25:00"): what
/// stands behind it is no time either.
pub fn outside(words: &[Word], taken: &[usize]) -> Option<(String, Vec<usize>)> {
    let free = (0..words.len()).filter(|at| !taken.contains(at));
    for at in free {
        let clock = number(words.get(at), 1..=2).is_some()
            && is_mark(words.get(at + 1), &[':'])
            && number(words.get(at + 2), 2..=2).is_some();
        match self::at(words, at) {
            Some(time) => return Some(time),
            None if clock => return None,
            None => {}
        }
    }
    None
}

/// The time of day that begins at a word, in the form `T12:11:05+02:00`, and which of the words it is made of: "T12:11",
/// "12:11:05.25+02:00", "3.15 p.m. EDT", "121105Z" behind a T.
pub fn at(words: &[Word], at: usize) -> Option<(String, Vec<usize>)> {
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
    // "pm", or "p.m." with its stops.
    let dotted = is_mark(words.get(next + 1), &['.']).then(|| format!("{}{}", letters(next), letters(next + 2)));
    let whole = words::half(letters(next)).map(|hours| (hours, 1));
    let half = whole.or_else(|| Some((words::half(&dotted?)?, 3 + usize::from(is_mark(words.get(next + 3), &['.'])))));
    if let Some((hours, length)) = half {
        hour = hour % 12 + hours;
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
            let hours = words::zone(letters);
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
pub fn since_1970(digits: &str) -> Option<String> {
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
