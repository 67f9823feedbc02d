//! Where a document comes from, or what its reader says it is about: a country, a place.

use super::context::Facts;
use super::features::{self as f, Row, log_km};
use crate::gazetteer::Place;

/// Where a document is at home.
#[derive(Clone, Copy, Default)]
pub struct Home<'g> {
    /// The place, if one is known.
    pub place: Option<Place<'g>>,
    /// Its point and codes.
    pub facts: Option<Facts<'g>>,
    /// Code of the country, if that is known.
    pub country: Option<&'g str>,
}

impl<'g> Home<'g> {
    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        self.country.is_some() || self.facts.is_some()
    }

    /// Writes into a candidate's row how it lies to the home.
    pub fn describe(&self, place: &Place<'g>, facts: &Facts<'g>, row: &mut Row) {
        let same = |known: Option<bool>| known.map_or(-1.0, |same| f32::from(u8::from(same)));
        row[f::HOME_COUNTRY] = same(self.country.map(|home| place.countries().take(30).any(|code| code == home)));
        let division = self.facts.and_then(|home| home.division1);
        row[f::HOME_DIVISION] = same(division.map(|home| facts.division1 == Some(home)));
        row[f::HOME_KM] = self.facts.map_or(-1.0, |home| log_km(home.km(facts)));
    }
}
