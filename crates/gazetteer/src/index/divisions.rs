//! The divisions that the places of an index lie in.

use super::format::{DivisionRecord, NONE};
use super::sections::Strings;
use crate::{GazetteerError, PlaceRow};
use std::collections::HashMap;

/// The divisions that places lie in, numbered in the order in which they are first named.
#[derive(Default)]
pub struct Divisions {
    numbers: HashMap<String, u32>,
    codes: Vec<String>,
    pub names: Vec<u32>,
    pub places: Vec<u32>,
}

/// The records of the division section, and the ordinal of each number there.
pub struct FinishedDivisions {
    pub records: Vec<DivisionRecord>,
    pub ordinals: Vec<u32>,
}

impl Divisions {
    /// The number of the division with a code, which is added if it is new.
    pub fn number(&mut self, code: &str) -> u32 {
        if let Some(&number) = self.numbers.get(code) {
            return number;
        }
        let number = self.codes.len() as u32;
        self.numbers.insert(code.to_owned(), number);
        self.codes.push(code.to_owned());
        self.names.push(NONE);
        self.places.push(NONE);
        number
    }

    /// The number of the smallest division that the codes of a row name; [`NONE`] if they name none.
    pub fn smallest(&mut self, row: &PlaceRow) -> u32 {
        let country = row.countries.split('|').next().unwrap_or("");
        // GeoNames writes 00 for a place in no division.
        let code = |code: &str| !code.is_empty() && code != "00";
        if country.is_empty() || !code(&row.admin1) {
            return NONE;
        }
        let first = format!("{country}.{}", row.admin1);
        let number = self.number(&first);
        if code(&row.admin2) { self.number(&format!("{first}.{}", row.admin2)) } else { number }
    }

    /// Whether a division lies in another, by their codes.
    pub fn is_within(&self, inner: u32, outer: u32) -> bool {
        let code = |number: u32| self.codes.get(number as usize).map(String::as_str);
        code(inner)
            .zip(code(outer))
            .is_some_and(|(inner, outer)| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.')))
    }

    /// The records, sorted by code.
    pub fn finish(&self, strings: &mut Strings, ordinals: &[u32]) -> Result<FinishedDivisions, GazetteerError> {
        let mut order: Vec<u32> = (0..self.codes.len() as u32).collect();
        order.sort_by_key(|&number| &self.codes[number as usize]);
        let mut finished = vec![NONE; order.len()];
        for (&number, ordinal) in order.iter().zip(0..) {
            finished[number as usize] = ordinal;
        }
        let nameless = strings.put("")?;
        let mut records = Vec::with_capacity(order.len());
        for &number in &order {
            let code = &self.codes[number as usize];
            let parent = code.rsplit_once('.').and_then(|(parent, _)| self.numbers.get(parent));
            let place = self.places[number as usize];
            let name = self.names[number as usize];
            records.push(DivisionRecord {
                code: strings.put(code)?,
                name: if name == NONE { nameless } else { name },
                place: ordinals.get(place as usize).copied().unwrap_or(NONE),
                parent: parent.map_or(NONE, |&parent| finished[parent as usize]),
            });
        }
        Ok(FinishedDivisions { records, ordinals: finished })
    }
}
