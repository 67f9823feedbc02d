//! Rows of places -> the contents of an index, in memory.

use super::Meta;
use super::divisions::Divisions;
use super::format::*;
use super::lists::Lists;
use super::names::{NAMES_IN_MEMORY, pack};
use super::sections::{LONG, Strings};
use super::sorter::Sorter;
use crate::Credit;
use crate::source::{NameKind, PlaceRow};
use crate::spellings::{is_short, other_spellings};
use crate::{GazetteerError, languages};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use toponym_text::fold_into;

/// Bytes of the longest string.
const MOST_BYTES: usize = u16::MAX as usize;

/// A place of this rank or better, or with so many people, is in the index under the other spellings of a short name, too. Those of many an
/// obscure one are words of another language: the Chinese town 开通 would be "opening", 開通, in Japanese.
const WELL_KNOWN_RANK: u8 = 4;
const WELL_KNOWN_PEOPLE: u32 = 50_000;

/// Gathers places and writes them as one index. It holds some 80 bytes a place and at most 400 MB of names in memory;
/// further names go to temporary files.
///
/// ```
/// use toponym_gazetteer::{Index, IndexBuilder, PlaceRow};
/// let mut builder = IndexBuilder::new("my sites");
/// builder.add(PlaceRow { id: "my:1".into(), name: "Tell Brak".into(), lat: 36.667, lon: 41.059, ..PlaceRow::default() })?;
/// let index = Index::from_vec(builder.finish()?)?;
/// assert_eq!(index.place_count(), 1);
/// # Ok::<(), toponym_gazetteer::GazetteerError>(())
/// ```
pub struct IndexBuilder {
    pub(super) meta: Meta,
    pub(super) lists: Lists,
    pub(super) strings: Strings,
    /// Until [`IndexBuilder::write`] their `division` holds the number of a division in [`Divisions`].
    pub(super) places: Vec<PlaceRecord>,
    /// The position of each place along the Hilbert curve.
    pub(super) curve: Vec<u64>,
    pub(super) by_id: HashMap<u64, u32>,
    pub(super) part_of: Vec<(u32, String)>,
    pub(super) bounds: Vec<BoundsRecord>,
    pub(super) divisions: Divisions,
    pub(super) names: Sorter,
    pub(super) folded: String,
}

impl IndexBuilder {
    /// A builder without places. The title says what the gazetteer is; `toponym gazetteer info` shows it.
    pub fn new(title: &str) -> Self {
        IndexBuilder {
            meta: Meta { title: title.to_owned(), ..Meta::default() },
            lists: Lists::new(),
            strings: Strings::default(),
            places: Vec::new(),
            curve: Vec::new(),
            by_id: HashMap::new(),
            part_of: Vec::new(),
            bounds: Vec::new(),
            divisions: Divisions::default(),
            names: Sorter::new(NAMES_IN_MEMORY),
            folded: String::new(),
        }
    }

    /// Adds a source of the places and its licence to the credits, unless they have it.
    pub fn credit(&mut self, name: &str, licence: &str) {
        let credit = Credit { name: name.to_owned(), licence: licence.to_owned() };
        if !self.meta.credits.contains(&credit) {
            self.meta.credits.push(credit);
        }
    }

    /// Adds a place. Where a place of this id was added before, the row adds its names and the fields that the place
    /// lacks.
    ///
    /// # Errors
    /// [`GazetteerError::Unfit`] when the row does not fit the format, which leaves the builder as it was;
    /// [`GazetteerError::TooLarge`] when the index outgrows it, [`GazetteerError::Temporary`] when a temporary file
    /// cannot be written.
    pub fn add(&mut self, row: PlaceRow) -> Result<(), GazetteerError> {
        let others = row.names.iter().map(|name| &name.text).chain(&row.part_of);
        let strings = [&row.id, &row.name, &row.feature, &row.countries, &row.admin1, &row.admin2, &row.source];
        if strings.into_iter().chain(others).any(|string| string.len() > MOST_BYTES) {
            return Err(GazetteerError::Unfit(LONG));
        }
        let (place, kind) = match self.find(&row.id) {
            Some(known) => {
                self.complete(known, &row)?;
                (known, NameKind::Variant)
            }
            None => (self.stage(&row)?, NameKind::Primary),
        };
        self.push_name(place, &row.name, kind, "")?;
        for name in &row.names {
            self.push_name(place, &name.text, name.kind, &name.language)?;
        }
        Ok(())
    }

    /// Adds a name in a language (an ISO 639 code, empty where it is not known) to the place with this id. Returns
    /// `false` if there is no such place.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`].
    pub fn add_name(&mut self, id: &str, name: &str, kind: NameKind, language: &str) -> Result<bool, GazetteerError> {
        if name.len() > MOST_BYTES {
            return Err(GazetteerError::Unfit(LONG));
        }
        let Some(place) = self.find(id) else { return Ok(false) };
        self.push_name(place, name, kind, language)?;
        Ok(true)
    }

    /// Gives the place with this id another display name; the old one stays among its names. Returns `false` if there
    /// is no such place.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`].
    pub fn rename(&mut self, id: &str, name: &str) -> Result<bool, GazetteerError> {
        let Some(place) = self.find(id) else { return Ok(false) };
        self.places[place as usize].name = self.strings.put(name)?;
        self.push_name(place, name, NameKind::Primary, "")?;
        Ok(true)
    }

    /// Makes the place with the id `part` a part of the one with the id `whole`. Returns `false` if there is no place
    /// `part`.
    pub fn add_part(&mut self, part: &str, whole: &str) -> bool {
        let place = self.find(part);
        self.part_of.extend(place.map(|place| (place, whole.to_owned())));
        place.is_some()
    }

    /// Names the division with this code, such as `SY.09`, unless a place of that code names it.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`].
    pub fn name_division(&mut self, code: &str, name: &str) -> Result<(), GazetteerError> {
        let number = self.divisions.number(code);
        self.divisions.names[number as usize] = self.strings.put(name)?;
        Ok(())
    }

    /// Number of places added so far.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether no place has been added.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(&hash_of(id)).copied()
    }

    fn stage(&mut self, row: &PlaceRow) -> Result<u32, GazetteerError> {
        let place = u32::try_from(self.places.len()).ok().filter(|&place| place < NONE);
        let place = place.ok_or(GazetteerError::TooLarge("over 4,294,967,294 places"))?;
        let (id_source, number) = row.id.split_once(':').unwrap_or(("", &row.id));
        let number: Option<u32> = number.parse().ok().filter(|n: &u32| n.to_string() == number);
        let numeric = if number.is_some() { NUMERIC_ID } else { 0 };
        let record = PlaceRecord {
            id: number.map_or_else(|| self.strings.put(&row.id), Ok)?,
            lat: (row.lat * 1e7).round() as i32,
            lon: (row.lon * 1e7).round() as i32,
            population: row.population.unwrap_or(0).min(u64::from(u32::MAX)) as u32,
            name: self.strings.put_anew(&row.name)?,
            division: self.divisions.smallest(row),
            countries: self.lists.countries.put(&row.countries)?,
            feature: self.lists.features.put(&row.feature)?,
            exact: (row.exact_km.unwrap_or(0.0) * 10.0).round().clamp(0.0, f64::from(u16::MAX)) as u16,
            id_source: self.lists.id_sources.put_short(id_source, 0x7f)? | numeric,
            source: self.lists.sources.put_short(&row.source, 0xff)?,
            names: 0,
            rank: row.rank.unwrap_or(0),
            padding: [0; 2],
        };
        self.by_id.insert(hash_of(&row.id), place);
        if let Some(code) = row.division_code() {
            let number = self.divisions.number(&code) as usize;
            if self.divisions.places[number] == NONE {
                self.divisions.places[number] = place;
            }
        }
        self.part_of.extend(row.part_of.clone().map(|whole| (place, whole)));
        self.bounds.extend(row.bounds.map(|bounds| BoundsRecord { place, bounds: bounds.map(|d| d as f32) }));
        self.places.push(record);
        self.curve.push(along_hilbert(row.lat, row.lon));
        Ok(place)
    }

    /// Fills the fields that a place lacks from another row of its id.
    fn complete(&mut self, place: u32, row: &PlaceRow) -> Result<(), GazetteerError> {
        let record = &mut self.places[place as usize];
        if record.population == 0 {
            record.population = row.population.unwrap_or(0).min(u64::from(u32::MAX)) as u32;
        }
        if record.rank == 0 {
            record.rank = row.rank.unwrap_or(0);
        }
        let division = self.divisions.smallest(row);
        if record.division == NONE || self.divisions.is_within(division, record.division) {
            record.division = division;
        }
        Ok(())
    }

    fn push_name(&mut self, place: u32, name: &str, kind: NameKind, language: &str) -> Result<(), GazetteerError> {
        let language = self.language(language)?;
        let count = &mut self.places[place as usize].names;
        *count = count.saturating_add(1);
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(name, &mut folded);
        if let Some(other) = languages::other_word_form(&folded) {
            self.push_folded(other.as_bytes(), place, kind.max(NameKind::Variant), language)?;
        }
        let record = &self.places[place as usize];
        let is_known = (1..=WELL_KNOWN_RANK).contains(&record.rank) || record.population >= WELL_KNOWN_PEOPLE;
        if is_known || !is_short(&folded) {
            for other in other_spellings(&folded) {
                self.push_folded(other.as_bytes(), place, kind.max(NameKind::Variant), language)?;
            }
        }
        self.push_folded(folded.as_bytes(), place, kind, language)?;
        self.folded = folded;
        Ok(())
    }

    /// The number of a language in the list of languages.
    pub(super) fn language(&mut self, code: &str) -> Result<u16, GazetteerError> {
        let number = self.lists.languages.put(code)?;
        let fits = usize::from(number) < LANGUAGES;
        if fits { Ok(number) } else { Err(GazetteerError::Unfit("the index has 2,047 languages, and this is another")) }
    }

    /// Adds a folded name to a place, unless it is empty or too long for the format.
    pub(super) fn push_folded(
        &mut self,
        name: &[u8],
        place: u32,
        kind: NameKind,
        language: u16,
    ) -> Result<(), GazetteerError> {
        if name.is_empty() || name.len() > MOST_BYTES {
            return Ok(());
        }
        self.names.push(name, pack(place, kind, language)).map_err(GazetteerError::Temporary)
    }

    /// Adds a place whose names, `names` of them, follow, and returns its number.
    pub(super) fn add_nameless(&mut self, row: &PlaceRow, names: u8) -> Result<u32, GazetteerError> {
        let place = match self.find(&row.id) {
            Some(known) => {
                self.complete(known, row)?;
                known
            }
            None => self.stage(row)?,
        };
        let count = &mut self.places[place as usize].names;
        *count = names.max(*count);
        Ok(place)
    }
}

fn hash_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The position of a point along a Hilbert curve over the map.
fn along_hilbert(lat: f64, lon: f64) -> u64 {
    let cell = |degrees: f64, span: f64| ((degrees + span / 2.0) / span * f64::from(u32::MAX)) as u32;
    fast_hilbert::xy2h(cell(lon, 360.0), cell(lat, 180.0), 32)
}
