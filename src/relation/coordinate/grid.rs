//! Universal Transverse Mercator and the Military Grid Reference System, through `geoconvert`.

use super::cursor::Cursor;
use super::{Coordinate, KM_A_DEGREE};
use geoconvert::{LatLon, Mgrs, UtmUps};

/// A grid reference of either system.
pub fn read<'g>(mut cursor: Cursor) -> Option<Coordinate<'g>> {
    let zone: i32 = cursor.take_while(|c| c.is_ascii_digit()).parse().ok().filter(|zone| (1..=60).contains(zone))?;
    let band = cursor.take(is_band)?;
    mgrs(zone, band, cursor).or_else(|| utm(zone, band, cursor))
}

/// Whether a letter names a band of latitude: from C to X without I and O, which look like figures.
fn is_band(c: char) -> bool {
    matches!(c, 'C'..='X') && !matches!(c, 'I' | 'O')
}

/// `37SCV 1234 5678`: a square of 100 km, then as many figures east as north.
fn mgrs<'g>(zone: i32, band: char, mut cursor: Cursor) -> Option<Coordinate<'g>> {
    cursor.skip_blanks();
    let letter = |c: char| c.is_ascii_uppercase() && !matches!(c, 'I' | 'O');
    let square = [cursor.take(letter)?, cursor.take(letter)?];
    cursor.skip_blanks();
    let digit = |c: char| c.is_ascii_digit();
    let first = cursor.take_while(digit);
    let mut ahead = cursor;
    ahead.skip_blanks();
    let second = ahead.take_while(digit);
    let figures = if first.len() == second.len() && first.len() >= 2 {
        cursor = ahead;
        format!("{first}{second}")
    } else {
        first.to_owned()
    };
    let ends = !cursor.peek().is_some_and(char::is_alphanumeric);
    if !ends || figures.len() < 4 || figures.len() > 10 || figures.len() % 2 == 1 {
        return None;
    }
    let code = format!("{zone}{band}{}{}{figures}", square[0], square[1]);
    let there = Mgrs::parse_str(&code).ok()?.to_latlon();
    // geoconvert answers with the middle of the cell.
    let metres = 10_f64.powi(5 - figures.len() as i32 / 2);
    on_grid("mgrs", cursor.at, &there, metres / 2.0)
}

/// `37N 334000 4011000`, `37S 334000mE 4011000mN`: metres east and north.
fn utm<'g>(zone: i32, band: char, mut cursor: Cursor) -> Option<Coordinate<'g>> {
    cursor.skip_blanks();
    let easting = metres(&mut cursor, 6..=6, &["mE", "m E", "E"])?;
    cursor.take(|c| c == ',');
    cursor.skip_blanks();
    let northing = metres(&mut cursor, 5..=8, &["mN", "m N", "N"])?;
    // Where bands are given, "37S" is band S, from 32 to 40 degrees north; where hemispheres are given, the south. The northing
    // tells which. "37N" is the north in both.
    let read = |north: bool| UtmUps::create(zone, north, easting, northing).ok().map(|utm| utm.to_latlon());
    let by_band = read(band >= 'N').filter(|there| band_of(there.latitude()) == Some(band));
    let there = by_band.or_else(|| read(band == 'N').filter(|_| matches!(band, 'N' | 'S')))?;
    on_grid("utm", cursor.at, &there, 0.5)
}

/// The band of a latitude: eight degrees each from 80 degrees south, the last one twelve.
fn band_of(lat: f64) -> Option<char> {
    let at = ((lat + 80.0) / 8.0).floor().clamp(0.0, 19.0) as usize;
    "CDEFGHJKLMNPQRSTUVWX".chars().nth(at).filter(|_| (-80.0..=84.0).contains(&lat))
}

fn metres(cursor: &mut Cursor, figures: std::ops::RangeInclusive<usize>, units: &[&str]) -> Option<f64> {
    let whole = cursor.take_while(|c| c.is_ascii_digit());
    let value = whole.parse().ok().filter(|_| figures.contains(&whole.len()))?;
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if ahead.take_sign(units) {
        *cursor = ahead;
    }
    (!cursor.peek().is_some_and(char::is_alphanumeric)).then_some(value)
}

fn on_grid<'g>(notation: &'static str, end: usize, there: &LatLon, off_metres: f64) -> Option<Coordinate<'g>> {
    let (lat, lon) = (there.latitude(), there.longitude());
    let off = off_metres / 1000.0 / KM_A_DEGREE;
    Coordinate::new(notation, end, [lat, lon], [off, off / lat.to_radians().cos().max(0.01)])
}
