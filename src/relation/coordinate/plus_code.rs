//! Plus codes (Open Location Code): "8G8G65P2+FM", or short with a place behind: "65P2+FM Aleppo".
//!
//! Specification: <https://github.com/google/open-location-code/blob/main/Documentation/Specification/specification.md>.
//! The crates for it are unmaintained or depend on an old `geo`, and decoding takes a few lines.

use super::super::reader::Reader;
use super::Coordinate;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::text::Kind as TokenKind;

/// The digits, of base 20.
const DIGITS: &str = "23456789CFGHJMPQRVWX";

/// Digits before the plus in a full code; a short one omits the first four, which name a cell of one degree.
const BEFORE_PLUS: usize = 8;

/// The first byte and the coordinates of the code around a plus.
pub fn read<'g>(reader: &Reader<'_, 'g>, gazetteer: &'g Gazetteer, plus: usize) -> Option<(usize, Coordinate<'g>)> {
    let (tokens, text) = (reader.words.tokens, reader.words.text);
    let at = tokens[plus].start;
    let (before, behind) = (text.get(..at)?, text.get(at + 1..)?);
    let head = before.len() - before.trim_end_matches(|c| DIGITS.contains(c)).len();
    let tail = behind.len() - behind.trim_start_matches(|c| DIGITS.contains(c)).len();
    let start = at - head;
    let alone = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '+');
    if !alone(before[..start].chars().next_back()) || !alone(behind[tail..].chars().next()) || !(2..=7).contains(&tail)
    {
        return None;
    }
    let (end, code) = (at + 1 + tail, format!("{}{}", &before[start..], &behind[..tail]));
    if head == BEFORE_PLUS {
        return Some((start, decoded(&code, end)?));
    }
    // A short code is relative to the place named right behind it.
    let mut next = plus + 1;
    while tokens.get(next).is_some_and(|token| token.start < end || token.kind == TokenKind::Comma) {
        next += 1;
    }
    let (anchor, end) = named_at(reader, gazetteer, next).filter(|_| head == BEFORE_PLUS / 2)?;
    let found = nearest(&code, end, [anchor.lat(), anchor.lon()])?;
    Some((start, Coordinate { anchor: Some(anchor), ..found }))
}

/// The place named at a token, and the byte after its name: the mention there, or, because a code is always followed by a
/// place, the most prominent bearer of the longest name.
fn named_at<'g>(reader: &Reader<'_, 'g>, gazetteer: &'g Gazetteer, at: usize) -> Option<(PlaceRef<'g>, usize)> {
    if let Some(resolved) = reader.mention(at).map(|mention| &reader.places[mention]) {
        return Some((resolved.place, resolved.mention.end));
    }
    let words = reader.words;
    let run = (at..words.tokens.len()).take(LONGEST_NAME);
    let run: Vec<usize> =
        run.take_while(|&at| words.tokens[at].is_word() || words.tokens[at].kind == TokenKind::Hyphen).collect();
    run.into_iter().rev().find_map(|last| {
        let name = words.folded_phrase(at..last + 1);
        let bearers = gazetteer.named(&name).map(|(place, _)| place);
        let settled = bearers.filter(|place| matches!(place.class(), 'P' | 'A'));
        let best = settled.max_by(|a, b| a.prominence().total_cmp(&b.prominence()))?;
        Some((best, words.tokens[last].end))
    })
}

/// Tokens of a name behind a code, at most.
const LONGEST_NAME: usize = 4;

/// The middle of a full code's cell.
fn decoded<'g>(code: &str, end: usize) -> Option<Coordinate<'g>> {
    let (corner, size) = cell(code)?;
    let middle = [0, 1].map(|axis| corner[axis] + size[axis] / 2.0);
    Coordinate::new("plus-code", end, [middle[0] - 90.0, middle[1] - 180.0], size.map(|size| size / 2.0))
}

/// The cell of some digits: its least latitude and longitude and its size, in degrees from the south pole and the
/// antimeridian. Five pairs narrow it twentyfold each, then each digit is one of five rows and four columns.
fn cell(code: &str) -> Option<([f64; 2], [f64; 2])> {
    let values: Option<Vec<f64>> = code.chars().map(|c| DIGITS.find(c).map(|at| at as f64)).collect();
    let values = values?;
    let (pairs, grid) = values.split_at(values.len().min(10));
    let (mut corner, mut size) = ([0.0, 0.0], [400.0, 400.0]);
    for pair in pairs.chunks_exact(2) {
        for ((corner, size), value) in corner.iter_mut().zip(&mut size).zip(pair) {
            *size /= 20.0;
            *corner += value * *size;
        }
    }
    for value in grid {
        size = [size[0] / 5.0, size[1] / 4.0];
        corner[0] += (value / 4.0).floor() * size[0];
        corner[1] += value % 4.0 * size[1];
    }
    Some((corner, size))
}

/// The cell nearest to a place of those that a short code may mean, one in each square degree.
fn nearest<'g>(short: &str, end: usize, [lat, lon]: [f64; 2]) -> Option<Coordinate<'g>> {
    let (corner, size) = cell(&format!("2222{short}"))?;
    // The one such cell within half a degree of the place in each axis.
    let near = |at: f64, place: f64| at + (place - at).round();
    let lat = near(corner[0] + size[0] / 2.0 - 90.0, lat);
    let lon = near(corner[1] + size[1] / 2.0 - 180.0, lon);
    Coordinate::new("plus-code", end, [lat, lon], size.map(|size| size / 2.0))
}

#[cfg(test)]
mod tests {
    use super::{cell, nearest};

    #[test]
    fn cells_and_short_codes() {
        // By openlocationcode 1.0.1: the code area of 8FVC9G8F+6W, and recoverNearest("9G8F+6W", 47.4, 8.6).
        let (corner, size) = cell("8FVC9G8F6W").expect("digits");
        assert!((corner[0] - 90.0 - 47.3655).abs() < 1e-4 && (corner[1] - 180.0 - 8.5248).abs() < 1e-3);
        assert!((size[0] - 0.000_125).abs() < 1e-9);
        let short = nearest("9G8F6W", 0, [47.4, 8.6]).expect("on the globe");
        assert!((short.point.y() - 47.3656).abs() < 1e-3 && (short.point.x() - 8.5249).abs() < 1e-3);
        assert!(cell("8FVC1").is_none());
    }
}
