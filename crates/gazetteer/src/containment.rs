//! What contains a place: divisions, and the places that it is part of.

use super::index::format::{DivisionRecord, NONE};
use super::{PlaceKey, PlaceRef};

/// The kilometres to the edge of a county, for each kilometre that its point may be off: from 8 and 40 in Essex to 25 and 120 in Sussex.
const EXACT_TO_REACH: f64 = 5.0;

/// The same of a region: 25 and 75 in the Algarve, 14 and 42 in the Breisgau.
const EXACT_TO_REGION: f64 = 3.0;

impl<'g> PlaceRef<'g> {
    /// The codes of the divisions it lies in or is, smallest first: `US.TX.113`, `US.TX`.
    pub fn division_codes(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let index = self.index;
        self.division_records().map(|record| index.string(record.code))
    }

    fn division_records(&self) -> impl Iterator<Item = &'g DivisionRecord> + use<'g> {
        let divisions = self.index.divisions();
        let mut at = self.record.division;
        // No code has more parts than this; the bound ends the walk in a damaged index, whose parents may form a
        // circle.
        (0..8).map_while(move |_| {
            let record = divisions.get(at as usize).filter(|_| at != NONE)?;
            at = record.parent;
            Some(record)
        })
    }

    /// The code of a division itself; `None` for other places.
    pub fn own_division_code(&self) -> Option<&'g str> {
        self.own_division().map(|own| self.index.string(own.code))
    }

    /// The division that it is itself. A county without a code of its own is not the state that it lies in.
    fn own_division(&self) -> Option<&'g DivisionRecord> {
        let level = if self.is_division1() { 1 } else { 2 };
        (level == 1 || self.is_division2()).then(|| self.division_record_of(level)).flatten()
    }

    /// The code of the first-level division it lies in or is, such as `SY.09`.
    pub fn division1(&self) -> Option<&'g str> {
        self.division_of(1)
    }

    /// The code of the second-level division it lies in or is, such as `US.TX.113`.
    pub fn division2(&self) -> Option<&'g str> {
        self.division_of(2)
    }

    fn division_of(&self, level: usize) -> Option<&'g str> {
        self.division_record_of(level).map(|record| self.index.string(record.code))
    }

    /// The division of a level that it lies in or is. A code has as many dots as its level.
    fn division_record_of(&self, level: usize) -> Option<&'g DivisionRecord> {
        let dots = |code: &str| code.bytes().filter(|&byte| byte == b'.').count();
        self.division_records().find(|record| dots(self.index.string(record.code)) == level)
    }

    /// The name of the first-level division it lies in; `None` when it is one itself or the name is not known.
    pub fn division1_name(&self) -> Option<&'g str> {
        self.name_of_division(1)
    }

    /// The name of the second-level division it lies in; `None` when it is one itself or the name is not known.
    pub fn division2_name(&self) -> Option<&'g str> {
        self.name_of_division(2)
    }

    fn name_of_division(&self, level: usize) -> Option<&'g str> {
        let record = self.division_record_of(level)?;
        if self.own_division().is_some_and(|own| std::ptr::eq(own, record)) {
            return None;
        }
        // The name is that of the first index that has the code, which is most often the place's own.
        let own = (self.key.layer == 0).then(|| self.index.name_of_division(record));
        own.filter(|name| !name.is_empty()).or_else(|| self.gazetteer.division_name(self.index.string(record.code)))
    }

    /// The place that it is part of, such as a district's city.
    pub fn part_of(&self) -> Option<PlaceRef<'g>> {
        let ordinal = self.index.whole_of(self.key.ordinal)?;
        PlaceRef::new(self.gazetteer, PlaceKey { layer: self.key.layer, ordinal })
    }

    /// Whether `other` lies in this place, by country, division or part; no place lies in itself.
    pub fn contains(&self, other: &PlaceRef<'_>) -> bool {
        if self.is_same(other) {
            return false;
        }
        if self.is_country() {
            return !other.is_country() && other.countries().any(|code| code == self.country());
        }
        if self.surrounds(other) {
            return true;
        }
        let own = self.own_division();
        let mut part = Some(*other);
        // A district of a town in a division: no chain has more than a few links.
        for _ in 0..4 {
            let Some(place) = part else { return false };
            if own.is_some_and(|own| {
                let is_own = |record| self.is_one_division(own, &place, record);
                place.division_records().any(is_own) && !place.own_division().is_some_and(is_own)
            }) {
                return true;
            }
            part = place.part_of();
            if part.is_some_and(|whole| whole.is_same(self)) {
                return true;
            }
        }
        false
    }

    /// Whether a place lies about this region, range or island, of which no outline is known: Lagos in the Algarve. A guess by the kilometres
    /// that its point may be off, for where a text says so.
    pub fn may_surround(&self, other: &PlaceRef<'_>) -> bool {
        let region = matches!(self.class(), 'L' | 'T') && matches!(other.class(), 'P' | 'S');
        let one_country = !self.country().is_empty() && self.country() == other.country();
        region && one_country && self.exact_km().is_some_and(|km| self.km_from(other) <= km * EXACT_TO_REGION)
    }

    /// Whether this is a county without a code, such as Yorkshire, and a smaller place of the same first-level division lies about its
    /// point.
    fn surrounds(&self, other: &PlaceRef<'_>) -> bool {
        let coded = !self.is_division2() || self.own_division().is_some();
        let Some(reach) = self.exact_km().filter(|_| !coded).map(|km| km * EXACT_TO_REACH) else { return false };
        let smaller = !other.is_country() && !other.is_division1() && !other.is_division2();
        smaller && self.division1() == other.division1() && self.km_from(other) <= reach
    }

    /// Whether `other` lies in this place; `None` where the gazetteer does not tell, as of what lies in a region or a
    /// town.
    pub fn is_known_to_contain(&self, other: &PlaceRef<'_>) -> Option<bool> {
        if self.contains(other) {
            return Some(true);
        }
        let elsewhere = {
            let mut countries = other.countries().peekable();
            countries.peek().is_some()
                && !self.country().is_empty()
                && !countries.any(|code| self.countries().any(|own| own == code))
        };
        if self.is_same(other) || other.contains(self) || elsewhere {
            return Some(false);
        }
        // It lies in another division of the same level.
        let level = if self.is_division1() { 1 } else { 2 };
        let divided = self.own_division().is_some() && other.division_record_of(level).is_some();
        divided.then_some(false)
    }

    /// Whether a division of this place's index and one of another place's index have the same code; no index has a
    /// code twice.
    fn is_one_division(&self, own: &DivisionRecord, other: &PlaceRef<'_>, record: &DivisionRecord) -> bool {
        if std::ptr::eq(self.index, other.index) {
            return std::ptr::eq(own, record);
        }
        self.index.string(own.code) == other.index.string(record.code)
    }
}
