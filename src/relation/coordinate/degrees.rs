//! Latitude and longitude in degrees, with or without minutes and seconds.

use super::Coordinate;
use super::cursor::{Cursor, Number};
use crate::text::language::CoordinateWords;

/// An angle as it is written.
#[derive(Clone, Copy)]
struct Angle {
    /// In degrees, south and west negative.
    value: f64,
    /// Half a unit of the last figure, in degrees.
    off: f64,
    /// What it measures, if a hemisphere is stated.
    axis: Option<Axis>,
    /// Whether a sign or a word says that it is in degrees.
    marked: bool,
    /// The number of degrees as it is written.
    number: Number,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Lat,
    Lon,
}

const DEGREES: &[&str] = &["°", "º", "˚"];
const MINUTES: &[&str] = &["'", "’", "′", "‘"];
const SECONDS: &[&str] = &["\"", "”", "″", "“", "''", "’’", "′′"];

/// Two bare decimals with this many figures behind the point are coordinates: nothing else is written so in pairs.
const SURE_DECIMALS: usize = 3;

/// The same where one has a sign or the words before speak of a position.
const FEWEST_DECIMALS: usize = 2;

/// Latitude and longitude; in either order where the hemispheres are stated.
pub fn read<'g>(mut cursor: Cursor, words: &CoordinateWords) -> Option<Coordinate<'g>> {
    let start = cursor;
    let first = angle(&mut cursor, words)?;
    if first.axis.is_some() {
        // "51° 30' N., 0° 7' W."
        cursor.take(|c| c == '.');
    }
    axis_name(&mut cursor, words);
    cursor.skip_blanks();
    let comma = cursor.take(|c| matches!(c, ',' | ';' | '/')).is_some();
    cursor.skip_blanks();
    if !comma && cursor.take_word(&words.joins) {
        cursor.skip_blanks();
    }
    let named = axis_name(&mut cursor, words);
    cursor.skip_blanks();
    let second = angle(&mut cursor, words)?;
    let (lat, lon) = match (first.axis, second.axis) {
        (Some(Axis::Lat), Some(Axis::Lon)) => (first, second),
        (Some(Axis::Lon), Some(Axis::Lat)) => (second, first),
        (None, None) if comma && is_bare_pair(start, cursor, [first.number, second.number], words) => match named {
            Some(Axis::Lat) => (second, first),
            _ => (first, second),
        },
        _ => return None,
    };
    let exact = |angle: &Angle| angle.marked || angle.number.decimals > 0;
    if first.axis.is_some() && !(exact(&first) && exact(&second)) {
        return None;
    }
    Coordinate::new("degrees", cursor.at, [lat.value, lon.value], [lat.off, lon.off])
}

/// An address of RFC 5870: `geo:36.2361,37.1517;u=35`, whose `u` is its uncertainty in metres.
pub fn read_uri<'g>(mut cursor: Cursor) -> Option<Coordinate<'g>> {
    cursor.take_sign(&["geo:"]).then_some(())?;
    let lat = cursor.number()?;
    cursor.take(|c| c == ',')?;
    let lon = cursor.number()?;
    let mut height = cursor;
    if height.take(|c| c == ',').is_some() && height.number().is_some() {
        cursor = height;
    }
    let off = |number: Number| 0.5 * 0.1_f64.powi(number.decimals as i32);
    let mut found = Coordinate::new("geo-uri", cursor.at, [lat.value, lon.value], [off(lat), off(lon)])?;
    if cursor.take_sign(&[";u="]) {
        let metres = cursor.take_while(|c| c.is_ascii_digit() || c == '.');
        if let Some(metres) = metres.trim_end_matches('.').parse::<f64>().ok().filter(|m| *m > 0.0) {
            found.uncertainty_km = metres / 1000.0;
            found.end = cursor.at;
        }
    }
    Some(found)
}

/// Whether two decimals without a hemisphere, with a comma between them, are coordinates.
fn is_bare_pair(start: Cursor, end: Cursor, numbers: [Number; 2], words: &CoordinateWords) -> bool {
    let least = numbers.iter().map(|number| number.decimals).min().unwrap_or_default();
    let before = start.before().trim_end().trim_end_matches(['(', ':', '[']).trim_end();
    // No more of the text than the longest of the words, even if that cuts a letter apart.
    let longest = words.positions.first().map_or(1, String::len);
    let before = &before.as_bytes()[before.len().saturating_sub(longest)..];
    let before = String::from_utf8_lossy(before).to_lowercase();
    let position = words.positions.iter().any(|word| before.ends_with(word));
    let signed = numbers.iter().any(|number| number.signed);
    let likely = least >= SURE_DECIMALS || least >= FEWEST_DECIMALS && (signed || position);
    // A third figure makes it a list, a unit a measure.
    let mut rest = end;
    rest.take_while(|c| matches!(c, ' ' | ',' | ';'));
    let goes_on = rest.peek().is_some_and(|c| c.is_ascii_digit() || matches!(c, '%' | '$' | '€' | '£'));
    let measured = rest.take_word(&words.not_behind);
    let listed = before.strip_suffix(',').is_some_and(|list| list.ends_with(|c: char| c.is_ascii_digit()));
    likely && !listed && !goes_on && !measured
}

fn angle(cursor: &mut Cursor, words: &CoordinateWords) -> Option<Angle> {
    let mut at = *cursor;
    let before = hemisphere(&mut at, None);
    if before.is_some() {
        at.skip_blanks();
    }
    let number = at.number()?;
    let mut value = number.value.abs();
    let mut off = 0.5 * 0.1_f64.powi(number.decimals as i32);
    let mut marked = unit(&mut at, DEGREES, &words.degrees);
    let whole = marked && number.decimals == 0;
    if let Some(minutes) = whole.then(|| sixtieths(&mut at, MINUTES, &words.minutes)).flatten() {
        (value, off) = (value + minutes.0 / 60.0, minutes.1 / 60.0);
        if let Some(seconds) = sixtieths(&mut at, SECONDS, &words.seconds).filter(|_| minutes.1 == 0.5) {
            (value, off) = (value + seconds.0 / 3600.0, seconds.1 / 3600.0);
        }
    }
    let mut behind = at;
    behind.skip_blanks();
    let after = if before.is_none() { hemisphere(&mut behind, Some(words).filter(|_| marked)) } else { None };
    if after.is_some() {
        // "36N 37E": letters right behind the figures count like a sign of degrees.
        marked |= behind.at == at.at + 1;
        at = behind;
    }
    let sign = match before.or(after) {
        Some((_, south_or_west)) if number.signed => return None.filter(|_: &Angle| south_or_west),
        Some((_, true)) => -1.0,
        Some(_) => 1.0,
        None => number.value.signum(),
    };
    *cursor = at;
    Some(Angle { value: sign * value, off, axis: before.or(after).map(|(axis, _)| axis), marked, number })
}

/// Takes a hemisphere, a capital letter or one of some words: its axis, and whether its degrees are negative.
fn hemisphere(cursor: &mut Cursor, words: Option<&CoordinateWords>) -> Option<(Axis, bool)> {
    let all = [("N", Axis::Lat, false), ("S", Axis::Lat, true), ("E", Axis::Lon, false), ("W", Axis::Lon, true)];
    let word = |at: usize| words.map_or(&[][..], |words| &words.hemispheres[at]);
    let found = all
        .into_iter()
        .enumerate()
        .find(|(at, (letter, ..))| cursor.take_sign(&[letter]) || cursor.take_word(word(*at)));
    found.map(|(_, (_, axis, negative))| (axis, negative))
}

/// Takes the name of an axis, as in "latitude 36.2361, longitude 37.1517" and "lat. 51° 30' N., long. 0° 7' W.".
fn axis_name(cursor: &mut Cursor, words: &CoordinateWords) -> Option<Axis> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let names = [(&words.latitude, Axis::Lat), (&words.longitude, Axis::Lon)];
    let (_, axis) = names.into_iter().find(|(words, _)| ahead.take_word(words))?;
    ahead.take(|c| c == '.' || c == ':');
    *cursor = ahead;
    Some(axis)
}

/// Takes a sign or a word for a unit of an angle, with or without a blank before it.
fn unit(cursor: &mut Cursor, signs: &[&str], words: &[String]) -> bool {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let found = ahead.take_sign(signs) || ahead.take_word(words);
    if found {
        *cursor = ahead;
    }
    found
}

/// Takes minutes or seconds: their number, and half a unit of its last figure.
fn sixtieths(cursor: &mut Cursor, signs: &[&str], words: &[String]) -> Option<(f64, f64)> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let number = ahead.number().filter(|number| !number.signed && number.value < 60.0)?;
    unit(&mut ahead, signs, words).then_some(())?;
    *cursor = ahead;
    Some((number.value, 0.5 * 0.1_f64.powi(number.decimals as i32)))
}
