//! Distances in words and figures: "some 20 to 25 km", "five miles", "an hour's drive".

use super::reader::Reader;
use crate::text::language::relations::Count;
use crate::text::{Kind, fold, key};
use std::borrow::Cow;

/// A distance as it is stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// The distance in kilometres, or the middle of the range.
    pub km: f64,
    /// The least that may be meant, in kilometres.
    pub least: f64,
    /// The most that may be meant, in kilometres.
    pub most: f64,
}

/// How far off a figure may be, as a share of it: news rounds freely.
const FIGURE: f64 = 0.15;

/// The same for "a few", "several" and times of travel.
const LOOSE: f64 = 0.5;

/// Of what one word tells: "в километре от".
const ONE: Count = Count { value: 1.0, loose: false };

/// Half the circumference of the Earth: nothing is farther away.
const FARTHEST_KM: f64 = 20_000.0;

/// The distance that begins at a token, and the token after it.
pub fn distance(reader: &Reader, at: usize) -> Option<(Distance, usize)> {
    after_about(reader, at, bare_distance)
}

/// The distance of a time of travel at a token whose means is not stated ("two hours"), and the token after it.
pub fn unstated_travel(reader: &Reader, at: usize) -> Option<(Distance, usize)> {
    after_about(reader, at, |reader, at| {
        let speed = reader.grammar.unstated_travel;
        if let Some((hours, next)) = reader.phrase(at, &reader.grammar.durations) {
            return travelled(ONE, ONE, hours * speed, next);
        }
        let (from, next, None) = quantity(reader, at)? else { return None };
        let (hours, next) = reader.phrase(next, &reader.grammar.times)?;
        travelled(from, from, hours * speed, next)
    })
}

/// What `read` finds at a token or after words there that may stand before a quantity.
fn after_about<T>(reader: &Reader, at: usize, read: impl Fn(&Reader, usize) -> Option<T>) -> Option<T> {
    // "a two-hour drive" begins with the word that "an hour's drive" counts with: the longest way in that leads somewhere.
    let (mut ways, mut here) = (Vec::new(), at);
    while let Some((_, next)) = reader.phrase(here, &reader.grammar.about) {
        ways.push(next);
        here = next;
    }
    ways.into_iter().rev().chain([at]).find_map(|at| read(reader, at))
}

/// The distance whose quantity stands at a token.
fn bare_distance(reader: &Reader, at: usize) -> Option<(Distance, usize)> {
    let grammar = reader.grammar;
    if let Some((km, next)) = reader.phrase(at, &grammar.lengths) {
        return Some((stated(ONE, ONE, km), next));
    }
    if let Some((hours, next)) = reader.phrase(at, &grammar.durations) {
        let (speed, next) = reader.phrase(next, &grammar.travels)?;
        return travelled(ONE, ONE, speed.km(hours), next);
    }
    let (from, next, unit) = quantity(reader, at)?;
    if let Some(unit) = unit {
        return Some((stated(from, from, unit), next));
    }
    // "10 to 15 km", "10-15 km"
    let second = match grammar.ranges.contains(reader.number(next)) {
        true => Some(next + 1),
        false => Some(next).filter(|&at| reader.is_kind(at.wrapping_sub(1), Kind::Hyphen)),
    };
    let range = second.and_then(|at| quantity(reader, at)).filter(|(to, ..)| to.value > from.value);
    let (to, next, unit) = range.unwrap_or((from, next, None));
    if let Some(unit) = unit {
        return Some((stated(from, to, unit), next));
    }
    if let Some((unit, next)) = reader.phrase(next, &grammar.units) {
        // "a mile and a half"
        let (more, next) = reader.phrase(next, &grammar.fractions).unwrap_or((0.0, next));
        let next = after_conversion(reader, next).unwrap_or(next);
        let [from, to] = [from, to].map(|count| Count { value: count.value + more, ..count });
        return Some((stated(from, to, unit), next)).filter(|(stated, _)| stated.most <= FARTHEST_KM);
    }
    let (hours, next) = reader.phrase(next, &grammar.times)?;
    let next = if reader.is_genitive(next) { next + 1 } else { next };
    let (speed, next) = reader.phrase(next, &grammar.travels)?;
    travelled(from, to, speed.km(hours), next)
}

/// The distance of a number of units of time, in each of which one travels `km` kilometres.
fn travelled(from: Count, to: Count, km: f64, next: usize) -> Option<(Distance, usize)> {
    let loose = |count: Count| Count { loose: true, ..count };
    Some((stated(loose(from), loose(to), km), next)).filter(|(stated, _)| stated.most <= FARTHEST_KM)
}

/// The distance from one number of units to another, a unit having `unit` kilometres.
fn stated(from: Count, to: Count, unit: f64) -> Distance {
    let share = if from.loose || to.loose { LOOSE } else { FIGURE };
    let (from, to) = (from.value * unit, to.value * unit);
    let spread = if from < to { 0.05 } else { share };
    Distance { km: (from + to) / 2.0, least: from * (1.0 - spread), most: to * (1.0 + spread) }
}

/// A number in figures or words, the token after it, and the kilometres in its unit if that is written into it ("20km").
fn quantity(reader: &Reader, at: usize) -> Option<(Count, usize, Option<f64>)> {
    let grammar = reader.grammar;
    let exact = |value: f64| Count { value, loose: false };
    let written = with_western_digits(reader.written(at));
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        let end = written.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(written.len());
        let (figure, unit) = written.split_at(end);
        let thousands = thousands_behind(reader, at).filter(|_| unit.is_empty());
        let value = number(figure, grammar.decimal_comma).filter(|value| *value > 0.0)?;
        if let Some(rest) = thousands {
            return Some((exact(value * 1000.0 + rest), reader.skip_hyphen(at + 2), None));
        }
        // Part of a token, which the document's words have folded as a whole.
        let known = |unit: &str| grammar.units.get(grammar.number(key(&fold(unit))));
        let unit = if unit.is_empty() { None } else { Some(known(unit)?) };
        return Some((exact(value), reader.skip_hyphen(at + 1), unit));
    }
    let (mut count, mut next) = reader.phrase(at, &grammar.numbers)?;
    // "twenty-five", "two and a half"
    if let Some((more, after)) = reader.phrase(next, &grammar.numbers).filter(|(more, _)| !more.loose) {
        let tens = count.value >= 20.0 && count.value % 10.0 == 0.0 && more.value >= 1.0 && more.value < 10.0;
        if more.value == 100.0 && count.value < 10.0 {
            (count.value, next) = (count.value * 100.0, after);
        } else if tens && !grammar.about.contains(reader.number(next)) {
            // Not "fifty a".
            (count.value, next) = (count.value + more.value, after);
        }
    }
    if let Some((fraction, after)) = reader.phrase(next, &grammar.fractions) {
        (count.value, next) = (count.value + fraction, after);
    }
    Some((count, reader.skip_hyphen(next), None))
}

/// A word with the digits of Arabic script as those of Latin script.
fn with_western_digits(word: &str) -> Cow<'_, str> {
    let western = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10).unwrap_or(c),
        _ => c,
    };
    match word.starts_with(|c| western(c) != c) {
        true => Cow::Owned(word.chars().map(western).collect()),
        false => Cow::Borrowed(word),
    }
}

/// The value of a figure, in which a comma parts the thousands, or the decimals if `decimal_comma`.
fn number(figure: &str, decimal_comma: bool) -> Option<f64> {
    if !decimal_comma {
        return figure.replace(',', "").parse().ok();
    }
    // "1.200" is a thousand and more; "1.5" is one and a half, even where one writes "1,5".
    let grouped = figure.split('.').skip(1).all(|group| group.split(',').next().is_some_and(|group| group.len() == 3));
    let figure = if grouped { figure.replace('.', "") } else { figure.to_owned() };
    figure.replace(',', ".").parse().ok()
}

/// The hundreds behind a figure and a space, as "1 200" is written where a comma parts the decimals.
fn thousands_behind(reader: &Reader, at: usize) -> Option<f64> {
    let (first, second) = (reader.written(at), reader.written(at + 1));
    let digits = |word: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let joined = reader.grammar.decimal_comma && digits(first, 1..=3) && digits(second, 3..=3);
    let apart = reader.words.text.get(reader.token(at)?.end..reader.token(at + 1)?.start)?;
    if joined && apart.chars().count() == 1 { second.parse().ok() } else { None }
}

/// The token after a conversion in brackets: "(19 miles)".
fn after_conversion(reader: &Reader, at: usize) -> Option<usize> {
    if reader.written(at) != "(" {
        return None;
    }
    let (_, next, unit) = quantity(reader, reader.phrase(at + 1, &reader.grammar.about).map_or(at + 1, |(_, n)| n))?;
    let next = if unit.is_some() { next } else { reader.phrase(next, &reader.grammar.units)?.1 };
    (reader.written(next) == ")").then_some(next + 1)
}

#[cfg(test)]
mod tests {
    use super::super::reader::Reader;
    use super::distance;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    /// Kilometres, the least and the most of them, and the rest of the text.
    fn read(text: &str) -> Option<(f64, f64, f64, String)> {
        let (tokens, language) = (tokenise(text, languages()), languages().default_language());
        let words = Words::new(text, &tokens, language);
        let reader = Reader::of_all_sentences(&words, language.relations.as_ref()?);
        let (stated, next) = distance(&reader, 0)?;
        let rest = tokens.list.get(next).map_or("", |token| &text[token.start..]);
        Some((stated.km, stated.least, stated.most, rest.to_owned()))
    }

    #[test]
    fn figures_words_ranges_and_units() {
        for (text, km, rest) in [
            ("20 km north", 20.0, "north"),
            ("20-km stretch", 20.0, "stretch"),
            ("20km away", 20.0, "away"),
            ("1.5KM away", 1.5, "away"),
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
            ("a day's ride from", 40.0, "from"),
            ("a day's ride on horseback from", 40.0, "from"),
            ("two days' march from", 50.0, "from"),
            ("a two-day walk from", 60.0, "from"),
            ("three hundred miles off", 482.803_2, "off"),
            ("an hour's drive from", 70.0, "from"),
            ("a two-hour drive from", 140.0, "from"),
            ("30 minutes' walk from", 2.5, "from"),
        ] {
            let read = read(text).unwrap_or_else(|| panic!("{text}: no distance"));
            assert!((read.0 - km).abs() < 0.001 * km, "{text}: {} km", read.0);
            assert_eq!(read.3, rest, "{text}");
            assert!(read.1 < read.0 && read.0 < read.2, "{text}");
        }
    }

    /// Kilometres at the beginning of a text in a language.
    fn km(tag: &str, text: &str) -> Option<f64> {
        let (tokens, language) = (tokenise(text, languages()), languages().pack(tag)?);
        let words = Words::new(text, &tokens, language);
        let reader = Reader::of_all_sentences(&words, language.relations.as_ref()?);
        distance(&reader, 0).map(|(stated, _)| stated.km)
    }

    #[test]
    fn figures_are_read_as_the_language_writes_them() {
        for (tag, text, expected) in [
            ("en", "1,200 metres off", 1.2),
            ("de", "1.200 Meter vor", 1.2),
            ("de", "7,5 Kilometer vor", 7.5),
            ("de", "1.5 km vor", 1.5),
            ("fr", "1 200 mètres de", 1.2),
            ("es", "1.200,5 kilómetros de", 1200.5),
            ("ar", "٢٠ كم من", 20.0),
        ] {
            assert_eq!(km(tag, text), Some(expected), "{text}");
        }
        assert_eq!(km("fr", "1 20 km de"), None, "no thousands");
    }

    #[test]
    fn one_word_may_tell_a_distance() {
        for (tag, text, expected) in [
            ("ru", "километре от", 1.0),
            ("ru", "часе езды от", 70.0),
            ("ar", "كيلومترين من", 2.0),
            ("ar", "ساعتين بالسيارة من", 140.0),
        ] {
            assert_eq!(km(tag, text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_quantities_are_no_distances() {
        for text in ["20 people", "five", "north", "20 percent", "half the town", "0 km", "50000 km", "an hour later"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
