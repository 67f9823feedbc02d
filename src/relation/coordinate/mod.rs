//! Coordinates in a text -> points: degrees, grids, plus codes and `geo:` addresses.

mod cursor;
mod degrees;
mod grid;
mod plus_code;

use super::Relative;
use super::reader::Reader;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::mention::Kind;
use crate::text::{Kind as TokenKind, Words};
use cursor::Cursor;
use geo::Point;

/// Coordinates read from a text.
struct Coordinate<'g> {
    /// Byte after the last.
    end: usize,
    /// Their notation: one word, as the output shows it.
    notation: &'static str,
    /// Degrees east and north.
    point: Point,
    /// Half the diagonal of the cell that the precision of the figures leaves open, in kilometres.
    uncertainty_km: f64,
    /// The place that a short plus code is relative to.
    anchor: Option<PlaceRef<'g>>,
}

/// Kilometres in a degree of latitude.
const KM_A_DEGREE: f64 = 111.195;

impl<'g> Coordinate<'g> {
    /// A point whose latitude and longitude may each be off by some degrees; `None` for a point that is not on the globe.
    fn new(notation: &'static str, end: usize, [lat, lon]: [f64; 2], [lat_off, lon_off]: [f64; 2]) -> Option<Self> {
        if !(lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            return None;
        }
        let (north, east) = (lat_off * KM_A_DEGREE, lon_off * KM_A_DEGREE * lat.to_radians().cos());
        // Rounded up to the metre: no text is more precise.
        let uncertainty_km = (north.hypot(east) * 1000.0).ceil().max(1.0) / 1000.0;
        Some(Coordinate { end, notation, point: Point::new(lon, lat), uncertainty_km, anchor: None })
    }
}

/// The coordinates in a text, in its order.
pub fn find<'g>(reader: &Reader<'_, 'g>, gazetteer: &'g Gazetteer) -> Vec<Relative<'g>> {
    let mut found: Vec<Relative<'g>> = Vec::new();
    let words = reader.words;
    for (at, token) in words.tokens.iter().enumerate() {
        let done = found.last().is_some_and(|last| token.start < last.end);
        if done || !may_begin(reader, at) {
            continue;
        }
        let start = token.start;
        let plus = (reader.written(at) == "+").then(|| plus_code::read(reader, gazetteer, at)).flatten();
        let (start, read) = match plus {
            Some((start, read)) => (start, Some(read)),
            None => (start, read_at(words, start)),
        };
        // Text that belongs to the coordinates before is not read again.
        let start = start.max(found.last().map_or(0, |last| last.end));
        found.extend(read.map(|read| Relative {
            start,
            end: read.end,
            kind: Kind::Coordinate,
            relation: read.notation,
            name: super::single_spaced(&words.text[start..read.end]),
            anchors: read.anchor.into_iter().collect(),
            point: read.point,
            area: None,
            area_from: None,
            uncertainty_km: read.uncertainty_km,
            confidence: 0.95,
        }));
    }
    found
}

/// Whether coordinates may begin at a token: figures, a sign or a hemisphere before figures, the plus of a code, `geo:`.
fn may_begin(reader: &Reader, at: usize) -> bool {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let token = &reader.words.tokens[at];
    let first = reader.words.text.as_bytes().get(token.start);
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Hyphen => digit(reader.written(at + 1)),
        TokenKind::Word => match first {
            Some(b'0'..=b'9') => true,
            Some(b'N' | b'S' | b'E' | b'W') if token.end == token.start + 1 => digit(reader.written(at + 1)),
            Some(b'N' | b'S' | b'E' | b'W') => digit(&reader.written(at)[1..]),
            Some(b'g') => reader.written(at) == "geo",
            _ => false,
        },
        TokenKind::Mark => first == Some(&b'+'),
        _ => false,
    }
}

/// The coordinates at a byte of the text, in any notation but plus codes.
fn read_at<'g>(words: &Words<'_>, start: usize) -> Option<Coordinate<'g>> {
    let cursor = Cursor::new(words.text, start);
    if cursor.touches_word() {
        return None;
    }
    grid::read(cursor)
        .or_else(|| degrees::read_uri(cursor))
        .or_else(|| degrees::read(cursor, &words.language().coordinates))
}

#[cfg(test)]
mod tests {
    use super::super::reader::Reader;
    use super::find;
    use crate::text::language::RelationGrammar;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    /// The notation, text, latitude, longitude and uncertainty of what is found.
    fn found(text: &str) -> Vec<(&'static str, String, f64, f64, f64)> {
        let tokens = tokenise(text, languages());
        let gazetteer = crate::embedded().expect("the embedded gazetteer opens");
        let words = Words::new(text, &tokens, languages().default_language());
        let found = find(&Reader::new(&words, &[], &RelationGrammar::default()), &gazetteer);
        found.iter().map(|c| (c.relation, c.name.clone(), c.point.y(), c.point.x(), c.uncertainty_km)).collect()
    }

    #[test]
    fn every_notation_is_read() {
        // Grid values by PyPI mgrs 1.6.0 and pyproj 3.7.2, plus codes by openlocationcode 1.0.1.
        for (text, notation, lat, lon, off) in [
            ("at 36.2361 N, 37.1517 E today", "degrees", 36.2361, 37.1517, 0.01),
            ("(36.2361, 37.1517)", "degrees", 36.2361, 37.1517, 0.01),
            ("at -33.86, 151.21.", "degrees", -33.86, 151.21, 1.0),
            ("N36.2361 E37.1517", "degrees", 36.2361, 37.1517, 0.01),
            ("36.2361°N 37.1517°E", "degrees", 36.2361, 37.1517, 0.01),
            ("37.1517°E, 36.2361°N", "degrees", 36.2361, 37.1517, 0.01),
            ("33.8688° S, 70.6° W", "degrees", -33.8688, -70.6, 8.0),
            ("36°14'10\"N 37°09'06\"E", "degrees", 36.236_111, 37.151_667, 0.03),
            ("36° 14′ 10″ N, 37° 9′ 6″ E", "degrees", 36.236_111, 37.151_667, 0.03),
            ("36 deg 14 min N, 37 deg 9 min E", "degrees", 36.233_333, 37.15, 1.6),
            ("36 degrees 14 minutes north, 37 degrees 9 minutes east", "degrees", 36.233_333, 37.15, 1.6),
            ("36°14.17'N 37°09.1'E", "degrees", 36.236_167, 37.151_667, 0.1),
            ("51.5 degrees north and 0.12 degrees west", "degrees", 51.5, -0.12, 6.0),
            ("in lat. 51° 30' N., long. 0° 7' W., he wrote", "degrees", 51.5, -0.116_667, 1.6),
            ("latitude 33° 51' S. and longitude 151° 12' E.", "degrees", -33.85, 151.2, 1.6),
            ("Latitude: 36.2361, Longitude: 37.1517", "degrees", 36.2361, 37.1517, 0.01),
            ("longitude 37.1517, latitude 36.2361", "degrees", 36.2361, 37.1517, 0.01),
            ("51° 30' N. lat., 0° 7' W. long.", "degrees", 51.5, -0.116_667, 1.6),
            ("geo:36.2361,37.1517;u=35", "geo-uri", 36.2361, 37.1517, 0.04),
            ("grid 37SCA 3390 1171 now", "mgrs", 36.236_06, 37.151_69, 0.01),
            ("37SCV 3400 1123", "mgrs", 35.330_6, 37.173_6, 0.01),
            ("4QFJ 12345 67890", "mgrs", 21.409_8, -157.916_1, 0.002),
            ("37N 334000 4011000", "utm", 36.229_630, 37.152_895, 0.003),
            ("UTM 37S 334000mE 4011000mN", "utm", 36.229_630, 37.152_895, 0.003),
            ("the code 8G8V65P2+CM stands", "plus-code", 36.2361, 37.1517, 0.02),
        ] {
            let found = found(text);
            let [(kind, _, y, x, km)] = &found[..] else { panic!("{text}: {found:?}") };
            assert_eq!(*kind, notation, "{text}");
            let near = (y - lat).abs() < 0.001 && (x - lon).abs() < 0.001;
            assert!(near, "{text}: {y} {x}");
            assert!(*km <= off && *km >= off / 20.0, "{text}: {km} km");
        }
    }

    #[test]
    fn other_figures_are_no_coordinates() {
        for text in [
            "91.0000 N, 37.1517 E",
            "36.2361 N, 181.5 E",
            "91.2361, 37.1517",
            "shares rose 1.25, 3.75 and 2.10 percent",
            "won 3-1, 2-0",
            "on 12.05.2016, 14.06.2016",
            "version 1.2.3, 4.5.6",
            "call 555.1234, 555.9876 now",
            "$36.2361, $37.1517",
            "36.236, 37.151, 38.222",
            "fell 0.123, 0.456%",
            "from 5 N to 7 W",
            "the M4 and A46 roads",
            "36°N",
            "it was 20 degrees and 30 degrees",
            "flight 37SCV departs",
            "C++ and 1+1=2",
            "36°75'10\"N 37°09'06\"E",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "[0-9NSEWCVgeo:+°'\"., \\-−mTJ]{0,40}") {
            for (_, _, lat, lon, km) in found(&text) {
                proptest::prop_assert!(lat.abs() <= 90.0 && lon.abs() <= 180.0 && km > 0.0);
            }
        }

        #[test]
        fn what_is_written_in_degrees_is_read(lat in -89.0f64..89.0, lon in -179.0f64..179.0) {
            let text = format!("at {lat:.5}, {lon:.5} it");
            let found = found(&text);
            proptest::prop_assert_eq!(found.len(), 1);
            proptest::prop_assert!((found[0].2 - lat).abs() < 1e-5 && (found[0].3 - lon).abs() < 1e-5);
        }
    }
}
