//! Distances in words and figures: "some 20 to 25 km", "five miles", "an hour's drive".

use super::grammar::{Count, Grammar};
use super::reader::Reader;
use crate::text::Kind;
use std::borrow::Cow;

/// A distance as it is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// The distance in kilometres, or the middle of the range.
    pub km: f64,
    /// The least that may be meant, in kilometres.
    pub least: f64,
    /// The most.
    pub most: f64,
}

/// How far off a figure may be, as a share of it: news rounds as it likes.
const FIGURE: f64 = 0.15;

/// The same for "a few", "several" and for times of travel, about which nothing better is known.
const LOOSE: f64 = 0.5;

/// Nothing on Earth is farther away than half way round it.
const FARTHEST_KM: f64 = 20_000.0;

/// The distance that begins at a token, and the token after it.
pub fn distance(reader: &Reader, grammar: &Grammar, at: usize) -> Option<(Distance, usize)> {
    behind_about(reader, grammar, at, bare_distance)
}

/// The distance of a time of travel at a token whose way is not told: "two hours", and the token after it.
pub fn untold(reader: &Reader, grammar: &Grammar, at: usize) -> Option<(Distance, usize)> {
    behind_about(reader, grammar, at, |reader, grammar, at| {
        let (from, next, None) = quantity(reader, grammar, at)? else { return None };
        let (hours, next) = reader.phrase(next, &grammar.times)?;
        travelled(from, from, hours * grammar.untold, next)
    })
}

/// What is read at a token, or behind words there that lead up to a quantity.
fn behind_about<T>(
    reader: &Reader,
    grammar: &Grammar,
    at: usize,
    read: impl Fn(&Reader, &Grammar, usize) -> Option<T>,
) -> Option<T> {
    // "a two-hour drive" leads in with what "an hour's drive" counts with: the longest way in that leads somewhere.
    let (mut ways, mut here) = (Vec::new(), at);
    while let Some((_, next)) = reader.phrase(here, &grammar.about) {
        ways.push(next);
        here = next;
    }
    ways.into_iter().rev().chain([at]).find_map(|at| read(reader, grammar, at))
}

/// The distance at a token where nothing leads up to it.
fn bare_distance(reader: &Reader, grammar: &Grammar, at: usize) -> Option<(Distance, usize)> {
    let (from, next, unit) = quantity(reader, grammar, at)?;
    if let Some(unit) = unit {
        return Some((said(from, from, unit), next));
    }
    // "10 to 15 km", "10-15 km"
    let second = match reader.is(next, "to") || reader.is(next, "or") {
        true => Some(next + 1),
        false => Some(next).filter(|&at| reader.is_kind(at.wrapping_sub(1), Kind::Hyphen)),
    };
    let range = second.and_then(|at| quantity(reader, grammar, at)).filter(|(to, ..)| to.value > from.value);
    let (to, next, unit) = range.unwrap_or((from, next, None));
    if let Some(unit) = unit {
        return Some((said(from, to, unit), next));
    }
    if let Some((unit, next)) = reader.phrase(next, &grammar.units) {
        // "a mile and a half"
        let half = [(0, "and"), (1, "a"), (2, "half")].iter().all(|(ahead, word)| reader.is(next + ahead, word));
        let (more, next) = if half { (0.5, next + 3) } else { (0.0, next) };
        let next = conversion(reader, grammar, next).unwrap_or(next);
        let [from, to] = [from, to].map(|count| Count { value: count.value + more, ..count });
        return Some((said(from, to, unit), next)).filter(|(said, _)| said.most <= FARTHEST_KM);
    }
    let (hours, next) = reader.phrase(next, &grammar.times)?;
    let next = if reader.is_apostrophe(next) { next + 1 } else { next };
    let (speed, next) = reader.phrase(next, &grammar.travels)?;
    travelled(from, to, hours * speed, next)
}

/// The distance of so many times of travel in each of which one goes so many kilometres.
fn travelled(from: Count, to: Count, km: f64, next: usize) -> Option<(Distance, usize)> {
    let loose = |count: Count| Count { loose: true, ..count };
    Some((said(loose(from), loose(to), km), next)).filter(|(said, _)| said.most <= FARTHEST_KM)
}

fn said(from: Count, to: Count, unit: f64) -> Distance {
    let share = if from.loose || to.loose { LOOSE } else { FIGURE };
    let (from, to) = (from.value * unit, to.value * unit);
    let spread = if from < to { 0.05 } else { share };
    Distance { km: (from + to) / 2.0, least: from * (1.0 - spread), most: to * (1.0 + spread) }
}

/// A number in figures or words, the token after it, and its unit if that is written into it ("20km").
fn quantity(reader: &Reader, grammar: &Grammar, at: usize) -> Option<(Count, usize, Option<f64>)> {
    let exact = |value: f64| Count { value, loose: false };
    let letter = reader.raw(at).starts_with(|c: char| c.is_ascii_alphabetic());
    let word = if letter { Cow::Borrowed("") } else { reader.word(at) };
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(word.len());
        let (figure, unit) = word.split_at(end);
        let value = figure.replace(',', "").parse::<f64>().ok().filter(|value| *value > 0.0)?;
        let written = if unit.is_empty() { None } else { Some(grammar.units.get(grammar.number(unit))?) };
        let next = reader.skip_hyphen(at + 1);
        return Some((exact(value), next, written));
    }
    let (mut count, mut next) = reader.phrase(at, &grammar.numbers)?;
    // "twenty-five", "two and a half"
    if let Some((more, after)) = reader.phrase(next, &grammar.numbers).filter(|(more, _)| !more.loose) {
        let tens = count.value >= 20.0 && count.value % 10.0 == 0.0 && more.value >= 1.0 && more.value < 10.0;
        if more.value == 100.0 && count.value < 10.0 {
            (count.value, next) = (count.value * 100.0, after);
        } else if tens && !reader.is(next, "a") && !reader.is(next, "an") {
            (count.value, next) = (count.value + more.value, after);
        }
    }
    if reader.is(next, "and") && reader.is(next + 1, "a") && reader.is(next + 2, "half") {
        (count.value, next) = (count.value + 0.5, next + 3);
    }
    Some((count, reader.skip_hyphen(next), None))
}

/// The token after a conversion in brackets: "(19 miles)".
fn conversion(reader: &Reader, grammar: &Grammar, at: usize) -> Option<usize> {
    if reader.raw(at) != "(" {
        return None;
    }
    let (_, next, unit) = quantity(reader, grammar, reader.phrase(at + 1, &grammar.about).map_or(at + 1, |(_, n)| n))?;
    let next = if unit.is_some() { next } else { reader.phrase(next, &grammar.units)?.1 };
    (reader.raw(next) == ")").then_some(next + 1)
}

#[cfg(test)]
mod tests {
    use super::super::grammar::Grammar;
    use super::super::reader::Reader;
    use super::distance;
    use crate::text::tokenise;
    use toponym_languages::languages;

    /// Kilometres, and what of the text is left.
    fn read(text: &str) -> Option<(f64, f64, f64, String)> {
        let tokens = tokenise(text, languages());
        let reader = Reader::of_sentences(text, &tokens, &[], Grammar::english(), |_| true);
        let (said, next) = distance(&reader, Grammar::english(), 0)?;
        let rest = tokens.list.get(next).map_or("", |token| &text[token.start..]);
        Some((said.km, said.least, said.most, rest.to_owned()))
    }

    #[test]
    fn figures_words_ranges_and_units() {
        for (text, km, rest) in [
            ("20 km north", 20.0, "north"),
            ("20-km stretch", 20.0, "stretch"),
            ("20km away", 20.0, "away"),
            ("some five miles from", 8.046_72, "from"),
            ("about 30 kilometres (19 miles) from", 30.0, "from"),
            ("10 to 15 km of", 12.5, "of"),
            ("10-15 km of", 12.5, "of"),
            ("twenty-five miles off", 40.233_6, "off"),
            ("two and a half kilometers off", 2.5, "off"),
            ("12 nautical miles off", 22.224, "off"),
            ("1,200 metres off", 1.2, "off"),
            ("a hundred yards off", 0.091_44, "off"),
            ("a mile and a half off", 2.414_016, "off"),
            ("three leagues off", 14.484_096, "off"),
            ("two days' journey from", 72.0, "from"),
            ("three hundred miles off", 482.803_2, "off"),
            ("an hour's drive from", 60.0, "from"),
            ("a two-hour drive from", 120.0, "from"),
            ("30 minutes' walk from", 2.25, "from"),
        ] {
            let read = read(text).unwrap_or_else(|| panic!("{text}: no distance"));
            assert!((read.0 - km).abs() < 0.001 * km, "{text}: {} km", read.0);
            assert_eq!(read.3, rest, "{text}");
            assert!(read.1 < read.0 && read.0 < read.2, "{text}");
        }
    }

    #[test]
    fn other_quantities_are_no_distances() {
        for text in ["20 people", "five", "north", "20 percent", "half the town", "0 km", "50000 km", "an hour later"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
