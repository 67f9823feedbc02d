//! Days in the ways in which they are written.

use super::time;
use super::words::{self, Word, is_mark, number};

/// Year, month and day, and which of the words they are made of.
pub type Day = ((u32, u32, u32), Vec<usize>);

/// The day that is written from a word on, or round it.
pub fn at(words: &[Word], at: usize) -> Option<Day> {
    year_first(words, at).or_else(|| named(words, at)).or_else(|| numeric(words, at))
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
    let month = words::month(name)?;
    // Marks and the endings of ordinals are passed over.
    let skipped = |word: &Word| match word {
        Word::Mark(mark) => matches!(mark, '.' | ',' | '-' | '،' | '°'),
        Word::Letters(letters) => words::stands_between(letters),
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
    // "2016 Oct 10"
    if let Some(before) = before
        && let Some(year) = number(words.get(before), 4..=4)
    {
        return valid(year, month, day).map(|day| (day, (before..=next).collect()));
    }
    if let Some(year_at) = after(next + 1)
        && let Some(year) = number(words.get(year_at), 4..=4)
    {
        return valid(year, month, day).map(|day| (day, (at..=year_at).collect()));
    }
    let year_at = year_behind_time(words, next + 1)?;
    valid(number(words.get(year_at), 4..=4)?, month, day).map(|day| (day, vec![at, next, year_at]))
}

/// Where the year stands behind a time of day and its zone: "Oct 10 20:19:24 +0000 2018", as `ctime`, Java and Twitter write it.
fn year_behind_time(words: &[Word], at: usize) -> Option<usize> {
    let (_, used) = time::at(words, at)?;
    let behind = used.last()? + 1;
    // A zone that no pack knows.
    Some(behind + usize::from(matches!(words.get(behind), Some(Word::Letters(_)))))
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
