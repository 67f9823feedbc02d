//! Latitude and longitude in degrees, with or without minutes and seconds.

use super::Coordinate;
use super::cursor::{Cursor, Number};

/// An angle as it is written.
#[derive(Clone, Copy)]
struct Angle {
    /// In degrees, south and west negative.
    value: f64,
    /// Half of the last figure's worth, in degrees.
    off: f64,
    /// Which way it counts, if that is said.
    axis: Option<Axis>,
    /// Whether anything says that it counts degrees.
    marked: bool,
    /// The number, where it is one alone.
    number: Number,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Lat,
    Lon,
}

const DEGREES: &[&str] = &["°", "º", "˚", "degrees", "degree", "deg."];
const DEG: &[&str] = &["deg"];
const MINUTES: &[&str] = &["'", "’", "′", "‘", "minutes", "minute", "min.", "min"];
const SECONDS: &[&str] = &["\"", "”", "″", "“", "''", "’’", "′′", "seconds", "second", "sec.", "sec"];

const LATITUDE: &[&str] = &["latitude", "Latitude", "lat", "Lat"];
const LONGITUDE: &[&str] = &["longitude", "Longitude", "long", "Long", "lon", "Lon", "lng"];

/// What lets two bare decimals be coordinates: fractions as long as this, of which nothing else comes in pairs.
const TELLING_DECIMALS: usize = 3;

/// The same where one has a sign or the words before speak of a position.
const FEWEST_DECIMALS: usize = 2;

/// Words before two bare decimals that speak of a position.
const POSITION: &[&str] = &[
    "coordinates",
    "coordinate",
    "coords",
    "position",
    "located at",
    "lat/lon",
    "gps",
    "point",
    "location",
    "latitude",
];

/// Bytes of the longest of them.
const LONGEST_POSITION: usize = "coordinates".len();

/// Latitude and longitude, in either order where the hemispheres are told.
pub fn read<'g>(mut cursor: Cursor) -> Option<Coordinate<'g>> {
    let start = cursor;
    let first = angle(&mut cursor)?;
    if first.axis.is_some() {
        // "51° 30' N., 0° 7' W."
        cursor.take(|c| c == '.');
    }
    axis_name(&mut cursor);
    cursor.skip_blanks();
    let comma = cursor.take(|c| matches!(c, ',' | ';' | '/')).is_some();
    cursor.skip_blanks();
    if !comma && cursor.take_any(&["and", "by"]) {
        cursor.skip_blanks();
    }
    let named = axis_name(&mut cursor);
    cursor.skip_blanks();
    let second = angle(&mut cursor)?;
    let (lat, lon) = match (first.axis, second.axis) {
        (Some(Axis::Lat), Some(Axis::Lon)) => (first, second),
        (Some(Axis::Lon), Some(Axis::Lat)) => (second, first),
        (None, None) if is_bare_pair(start, cursor, comma, first.number, second.number) => match named {
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
    cursor.take_any(&["geo:"]).then_some(())?;
    let lat = cursor.number()?;
    cursor.take(|c| c == ',')?;
    let lon = cursor.number()?;
    let mut height = cursor;
    if height.take(|c| c == ',').is_some() && height.number().is_some() {
        cursor = height;
    }
    let off = |number: Number| 0.5 * 0.1_f64.powi(number.decimals as i32);
    let mut found = Coordinate::new("geo-uri", cursor.at, [lat.value, lon.value], [off(lat), off(lon)])?;
    if cursor.take_any(&[";u="]) {
        let metres = cursor.take_while(|c| c.is_ascii_digit() || c == '.');
        if let Some(metres) = metres.trim_end_matches('.').parse::<f64>().ok().filter(|m| *m > 0.0) {
            found.uncertainty_km = metres / 1000.0;
            found.end = cursor.at;
        }
    }
    Some(found)
}

/// Whether two decimals without a hemisphere are coordinates.
fn is_bare_pair(start: Cursor, end: Cursor, comma: bool, first: Number, second: Number) -> bool {
    let least = first.decimals.min(second.decimals);
    let before = start.before().trim_end().trim_end_matches(['(', ':', '[']).trim_end();
    // No more of the text than the longest of these words, whatever letters it is cut in.
    let nearest = before.len().saturating_sub(LONGEST_POSITION);
    let before = String::from_utf8_lossy(&before.as_bytes()[nearest..]).to_lowercase();
    let told = POSITION.iter().any(|word| before.ends_with(word));
    let likely = least >= TELLING_DECIMALS || least >= FEWEST_DECIMALS && (first.signed || second.signed || told);
    // A third figure makes it a list, a unit a measure.
    let rest = end.rest().trim_start_matches([' ', ',', ';']);
    let goes_on = rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '$' | '€' | '£'));
    let measure = ["per cent", "percent", "percentage", "points", "million", "billion", "and "];
    let measured = measure.iter().any(|unit| rest.starts_with(unit));
    let listed = before.strip_suffix(',').is_some_and(|list| list.ends_with(|c: char| c.is_ascii_digit()));
    comma && likely && !listed && !goes_on && !measured
}

fn angle(cursor: &mut Cursor) -> Option<Angle> {
    let mut at = *cursor;
    let before = hemisphere(&mut at, false);
    if before.is_some() {
        at.skip_blanks();
    }
    let number = at.number()?;
    let mut value = number.value.abs();
    let mut off = 0.5 * 0.1_f64.powi(number.decimals as i32);
    let mut marked = mark(&mut at, DEGREES) || mark(&mut at, DEG);
    let whole = marked && number.decimals == 0;
    if let Some(minutes) = whole.then(|| sixtieths(&mut at, MINUTES)).flatten() {
        (value, off) = (value + minutes.0 / 60.0, minutes.1 / 60.0);
        if let Some(seconds) = sixtieths(&mut at, SECONDS).filter(|_| minutes.1 == 0.5) {
            (value, off) = (value + seconds.0 / 3600.0, seconds.1 / 3600.0);
        }
    }
    let mut behind = at;
    behind.skip_blanks();
    let after = if before.is_none() { hemisphere(&mut behind, marked) } else { None };
    if after.is_some() {
        // "36N 37E": letters set to the figures count like a sign of degrees.
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

/// Takes a hemisphere: a capital letter, or where degrees are marked a word. Its axis, and whether it counts down.
fn hemisphere(cursor: &mut Cursor, words: bool) -> Option<(Axis, bool)> {
    let all = [
        ("N", "north", Axis::Lat, false),
        ("S", "south", Axis::Lat, true),
        ("E", "east", Axis::Lon, false),
        ("W", "west", Axis::Lon, true),
    ];
    let found =
        all.into_iter().find(|(letter, word, ..)| cursor.take_any(&[letter]) || words && take_word(cursor, word));
    found.map(|(_, _, axis, down)| (axis, down))
}

/// Takes the name of an axis, as in "latitude 36.2361, longitude 37.1517" and "lat. 51° 30' N., long. 0° 7' W.".
fn axis_name(cursor: &mut Cursor) -> Option<Axis> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let names = [(LATITUDE, Axis::Lat), (LONGITUDE, Axis::Lon)];
    let (_, axis) = names.into_iter().find(|(words, _)| ahead.take_any(words))?;
    ahead.take(|c| c == '.' || c == ':');
    *cursor = ahead;
    Some(axis)
}

/// Takes a word in whatever case of its first letter.
fn take_word(cursor: &mut Cursor, word: &str) -> bool {
    let mut ahead = *cursor;
    let found = ahead.take_while(char::is_alphabetic).eq_ignore_ascii_case(word);
    if found {
        *cursor = ahead;
    }
    found
}

/// Takes one of these signs, with or without a blank before it.
fn mark(cursor: &mut Cursor, signs: &[&str]) -> bool {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let found = ahead.take_any(signs);
    if found {
        *cursor = ahead;
    }
    found
}

/// Takes minutes or seconds: how many, and half of the last figure's worth.
fn sixtieths(cursor: &mut Cursor, signs: &[&str]) -> Option<(f64, f64)> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let number = ahead.number().filter(|number| !number.signed && number.value < 60.0)?;
    mark(&mut ahead, signs).then_some(())?;
    *cursor = ahead;
    Some((number.value, 0.5 * 0.1_f64.powi(number.decimals as i32)))
}
