//! A place, borrowed from its gazetteer: what the steps of the geoparser work with.

use super::index::FeatureType;
use super::index::format::{NUMERIC_ID, PlaceRecord};
use super::{Gazetteer, Index};
use std::fmt;
use toponym_text::fold;

/// The number of a place in a gazetteer: its index, and its ordinal there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceKey {
    /// Number of the index, from 0.
    pub layer: u16,
    /// Number of the place in the index, from 0.
    pub ordinal: u32,
}

/// The greatest usual distance between the points of one place in two sources, in kilometres, besides how exact each
/// is.
const ONE_SPOT_KM: f64 = 4.0;

/// A place of a gazetteer, borrowed from it.
#[derive(Clone, Copy)]
pub struct PlaceRef<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) index: &'g Index,
    pub(super) record: &'g PlaceRecord,
    pub(super) key: PlaceKey,
}

impl<'g> PlaceRef<'g> {
    #[inline]
    pub(super) fn new(gazetteer: &'g Gazetteer, key: PlaceKey) -> Option<Self> {
        let index = gazetteer.layers().get(usize::from(key.layer))?;
        let record = index.places().get(key.ordinal as usize)?;
        Some(PlaceRef { gazetteer, index, record, key })
    }

    /// The gazetteer that it is of.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// Its number in the gazetteer.
    #[inline]
    pub fn key(&self) -> PlaceKey {
        self.key
    }

    /// `source:id`, such as `geonames:170063`.
    pub fn id(&self) -> String {
        self.index.id(self.key.ordinal)
    }

    /// The display name.
    #[inline]
    pub fn name(&self) -> &'g str {
        self.index.string(self.record.name)
    }

    /// Degrees north.
    #[inline]
    pub fn lat(&self) -> f64 {
        round7(f64::from(self.record.lat) * 1e-7)
    }

    /// Degrees east.
    #[inline]
    pub fn lon(&self) -> f64 {
        round7(f64::from(self.record.lon) * 1e-7)
    }

    /// West, south, east and north of its extent in degrees; `None` where the gazetteer has no extent for it.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.index.bounds(self.key.ordinal)
    }

    /// How far the point may lie from a fair representative point of the place, in kilometres, if that is known.
    pub fn exact_km(&self) -> Option<f64> {
        Some(f64::from(self.record.exact) / 10.0).filter(|km| *km > 0.0)
    }

    /// GeoNames feature class and code, such as `P.PPLA`.
    #[inline]
    pub fn feature(&self) -> &'g str {
        self.index.meta().features.get(usize::from(self.record.feature)).map_or("", String::as_str)
    }

    /// GeoNames feature class: `A` divisions, `P` populated places, `H` waters, `T` landforms, `L` regions, `S` sites,
    /// `R` roads, `V` forests, `U` undersea; `' '` when unknown.
    #[inline]
    pub fn class(&self) -> char {
        self.feature_type().class
    }

    /// Whether it is a country or a territory with a country code.
    #[inline]
    pub fn is_country(&self) -> bool {
        self.feature_type().country
    }

    /// Whether it is a first-level division.
    #[inline]
    pub fn is_division1(&self) -> bool {
        self.feature_type().division == 1
    }

    /// Whether it is a second-level division.
    #[inline]
    pub fn is_division2(&self) -> bool {
        self.feature_type().division == 2
    }

    /// Whether it is the seat of a country's government.
    #[inline]
    pub fn is_capital(&self) -> bool {
        self.feature_type().capital
    }

    #[inline]
    fn feature_type(&self) -> FeatureType {
        self.index.feature_type(self.record.feature)
    }

    /// ISO 3166-1 alpha-2 codes of the countries it lies in, the main one first.
    #[inline]
    pub fn countries(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let codes = self.index.meta().countries.get(usize::from(self.record.countries)).map_or("", String::as_str);
        codes.split('|').filter(|code| !code.is_empty())
    }

    /// The main country's code; empty for the high seas.
    #[inline]
    pub fn country(&self) -> &'g str {
        self.countries().next().unwrap_or("")
    }

    /// Number of inhabitants, if known.
    #[inline]
    pub fn population(&self) -> Option<u32> {
        Some(self.record.population).filter(|&people| people > 0)
    }

    /// Number of names, at most 255: a measure of how often the place is spoken of.
    #[inline]
    pub fn name_count(&self) -> u8 {
        self.record.names
    }

    /// How widely the name is known, 1 (all the world) to 5 (locally), for places of the tables written by hand.
    #[inline]
    pub fn rank(&self) -> Option<u8> {
        Some(self.record.rank).filter(|&rank| rank > 0)
    }

    /// Whom the coordinates are from.
    pub fn source(&self) -> &'g str {
        self.index.meta().sources.get(usize::from(self.record.source)).map_or("", String::as_str)
    }

    /// How well known the place is: about the decimal logarithm of the number of people who would take its bare name
    /// for it. 3 for a small town, 6 for a metropolis, 8 for a great country.
    pub fn prominence(&self) -> f64 {
        let people = self.population().map_or(2.0, |people| f64::from(people).log10());
        let by_rank = self.rank().map(|rank| match rank {
            1 => 7.5,
            2 => 6.3,
            3 => 5.0,
            4 => 4.0,
            _ => 3.2,
        });
        match self.class() {
            'A' if self.is_country() => people.max(5.5) + 0.6,
            'A' if self.is_division1() => (people - 0.6).min(6.8).max(by_rank.unwrap_or(3.0)),
            'A' => (people - 1.5).min(5.0).max(by_rank.unwrap_or(2.2)),
            'P' if self.is_capital() => people.max(5.0) + 1.0,
            'P' if self.part_of().is_some() => by_rank.map_or(people - 1.0, |rank| rank.min(6.0) - 0.3),
            'P' => people.max(by_rank.unwrap_or(0.0)),
            _ => by_rank.unwrap_or(2.0),
        }
    }

    /// Great-circle distance to another place in kilometres.
    pub fn km_from(&self, other: &PlaceRef<'_>) -> f64 {
        use geo::{Distance, Haversine, Point};
        Haversine.distance(Point::new(self.lon(), self.lat()), Point::new(other.lon(), other.lat())) / 1000.0
    }

    /// Whether the two have the same id.
    #[inline]
    pub fn is_same(&self, other: &PlaceRef<'_>) -> bool {
        // No index holds two places of one id.
        if self.key.layer == other.key.layer {
            return self.key == other.key;
        }
        let numeric = |place: &PlaceRef<'_>| place.record.id_source & NUMERIC_ID != 0;
        numeric(self) == numeric(other)
            && (!numeric(self) || self.record.id == other.record.id)
            && self.id() == other.id()
    }

    /// Whether the two are one place: they have the same id; or they are in different indexes, and have the same
    /// display name, the same type and the same country, and lie within a few kilometres of each other, as the rows of
    /// a town do to which two sources give ids of their own.
    pub fn is_one_with(&self, other: &PlaceRef<'_>) -> bool {
        if self.key.layer == other.key.layer {
            return self.key == other.key;
        }
        if self.is_same(other) {
            return true;
        }
        let one_sort = match (self.class(), other.class()) {
            ('P', 'P') => true,
            _ => self.feature() == other.feature() && !self.feature().is_empty(),
        };
        let reach = ONE_SPOT_KM + self.exact_km().unwrap_or(0.0).max(other.exact_km().unwrap_or(0.0));
        let one_spot = || self.km_from(other) <= reach;
        one_sort
            && self.country() == other.country()
            && (self.lat() - other.lat()).abs() < 1.0
            && one_spot()
            && fold(self.name()) == fold(other.name())
    }
}

impl fmt::Debug for PlaceRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {}, {:.4} {:.4})", self.name(), self.id(), self.feature(), self.lat(), self.lon())
    }
}

/// Rounds to seven decimals, which is what the index stores.
fn round7(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}
