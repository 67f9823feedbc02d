//! Rows -> index file.

use super::format::*;
use super::sections::{Sections, Strings};
use super::sorter::{Entry, Sorter};
use super::{Credit, Meta};
use crate::gazetteer::source::{NameKind, Row};
use crate::gazetteer::{GazetteerError, languages};
use crate::text::{fold_into, skeleton};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufWriter, Seek, Write};

/// Gathers places and writes them as one index. Holds some 80 bytes a place and 400 MB of names in memory; names beyond
/// that wait in temporary files.
///
/// ```
/// use toponym::gazetteer::{Index, IndexBuilder, Row};
/// let mut builder = IndexBuilder::new("my sites");
/// builder.add(Row { id: "my:1".into(), name: "Tell Brak".into(), lat: 36.667, lon: 41.059, ..Row::default() })?;
/// let index = Index::from_vec(builder.finish()?)?;
/// assert_eq!(index.named("tell brak").len(), 1);
/// # Ok::<(), toponym::gazetteer::GazetteerError>(())
/// ```
pub struct IndexBuilder {
    meta: Meta,
    lists: Lists,
    strings: Strings,
    places: Vec<Staged>,
    by_id: HashMap<u64, u32>,
    part_of: Vec<(u32, String)>,
    bounds: Vec<BoundsRecord>,
    divisions: Divisions,
    names: Sorter,
    folded: String,
}

/// A place before its neighbours and its division are known.
struct Staged {
    /// `division` holds the number of the division's code in [`Divisions`].
    record: PlaceRecord,
    curve: u64,
}

/// Bytes of names to sort in memory.
const NAMES_IN_MEMORY: usize = 400 << 20;

impl IndexBuilder {
    /// An empty index with a title for `gazetteer info`.
    pub fn new(title: &str) -> Self {
        let mut lists = Lists::default();
        // Language 0: not told.
        lists.languages.known.insert(String::new(), 0);
        lists.languages.list.push(String::new());
        IndexBuilder {
            meta: Meta { title: title.to_owned(), ..Meta::default() },
            lists,
            strings: Strings::default(),
            places: Vec::new(),
            by_id: HashMap::new(),
            part_of: Vec::new(),
            bounds: Vec::new(),
            divisions: Divisions::default(),
            names: Sorter::new(NAMES_IN_MEMORY),
            folded: String::new(),
        }
    }

    /// Names a source of the places and its licence; once is enough.
    pub fn credit(&mut self, name: &str, licence: &str) {
        let credit = Credit { name: name.to_owned(), licence: licence.to_owned() };
        if !self.meta.credits.contains(&credit) {
            self.meta.credits.push(credit);
        }
    }

    /// Adds a place. Of two rows with one id the first holds; the second adds its names and what the first lacks.
    ///
    /// # Errors
    /// When the index outgrows its format or a temporary file cannot be written.
    pub fn add(&mut self, row: Row) -> Result<(), GazetteerError> {
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

    /// Adds a name in a language (an ISO 639 code, empty when it is not told) to the place with this id; `false` if
    /// there is no such place.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`].
    pub fn add_name(&mut self, id: &str, name: &str, kind: NameKind, language: &str) -> Result<bool, GazetteerError> {
        let Some(place) = self.find(id) else { return Ok(false) };
        self.push_name(place, name, kind, language)?;
        Ok(true)
    }

    /// Gives the place with this id another display name; the old one stays a name of it. `false` if there is none.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`].
    pub fn rename(&mut self, id: &str, name: &str) -> Result<bool, GazetteerError> {
        let Some(place) = self.find(id) else { return Ok(false) };
        self.places[place as usize].record.name = self.strings.put(name)?;
        self.push_name(place, name, NameKind::Primary, "")?;
        Ok(true)
    }

    /// Says that the place with the id `part` is part of the one with the id `whole`; `false` if the part is unknown.
    pub fn add_part(&mut self, part: &str, whole: &str) -> bool {
        let place = self.find(part);
        self.part_of.extend(place.map(|place| (place, whole.to_owned())));
        place.is_some()
    }

    /// Names the division with this code, such as `SY.09`, should no place of it do so.
    ///
    /// # Errors
    /// As for [`IndexBuilder::add`].
    pub fn name_division(&mut self, code: &str, name: &str) -> Result<(), GazetteerError> {
        let number = self.divisions.number(code);
        self.divisions.names[number as usize] = self.strings.put(name)?;
        Ok(())
    }

    /// Places so far.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no place yet.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(&hash_of(id)).copied()
    }

    fn stage(&mut self, row: &Row) -> Result<u32, GazetteerError> {
        let place = u32::try_from(self.places.len()).ok().filter(|&place| place < NONE);
        let place = place.ok_or(GazetteerError::TooLarge("over 4,294,967,294 places"))?;
        self.by_id.insert(hash_of(&row.id), place);
        let (id_source, number) = row.id.split_once(':').unwrap_or(("", &row.id));
        let number: Option<u32> = number.parse().ok().filter(|n: &u32| n.to_string() == number);
        let numeric = if number.is_some() { NUMERIC_ID } else { 0 };
        let record = PlaceRecord {
            id: number.map_or_else(|| self.strings.put(&row.id), Ok)?,
            lat: (row.lat * 1e7).round() as i32,
            lon: (row.lon * 1e7).round() as i32,
            population: row.population.unwrap_or(0).min(u64::from(u32::MAX)) as u32,
            name: self.strings.put_anew(&row.name)?,
            division: self.divisions.of(row),
            countries: self.lists.countries.put(&row.countries)?,
            feature: self.lists.features.put(&row.feature)?,
            exact: (row.exact_km.unwrap_or(0.0) * 10.0).round().clamp(0.0, f64::from(u16::MAX)) as u16,
            id_source: self.lists.id_sources.put_short(id_source, 0x7f)? | numeric,
            source: self.lists.sources.put_short(&row.source, 0xff)?,
            names: 0,
            rank: row.rank.unwrap_or(0),
            padding: [0; 2],
        };
        if let Some(code) = row.division_code() {
            let number = self.divisions.number(&code) as usize;
            if self.divisions.places[number] == NONE {
                self.divisions.places[number] = place;
            }
        }
        self.part_of.extend(row.part_of.clone().map(|whole| (place, whole)));
        self.bounds.extend(row.bounds.map(|bounds| BoundsRecord { place, bounds: bounds.map(|d| d as f32) }));
        self.places.push(Staged { record, curve: along_hilbert(row.lat, row.lon) });
        Ok(place)
    }

    /// Adds to a place what another row of its id knows more.
    fn complete(&mut self, place: u32, row: &Row) -> Result<(), GazetteerError> {
        let record = &mut self.places[place as usize].record;
        if record.population == 0 {
            record.population = row.population.unwrap_or(0).min(u64::from(u32::MAX)) as u32;
        }
        let division = self.divisions.of(row);
        if record.division == NONE || self.divisions.is_within(division, record.division) {
            record.division = division;
        }
        Ok(())
    }

    fn push_name(&mut self, place: u32, name: &str, kind: NameKind, language: &str) -> Result<(), GazetteerError> {
        let language = self.lists.languages.put(language)?;
        if usize::from(language) >= LANGUAGES {
            return Err(GazetteerError::TooLarge("over 2,047 languages"));
        }
        let count = &mut self.places[place as usize].record.names;
        *count = count.saturating_add(1);
        self.folded.clear();
        fold_into(name, &mut self.folded);
        if self.folded.is_empty() || self.folded.len() > usize::from(u16::MAX) {
            return Ok(());
        }
        let other = languages::other_word_form(&self.folded).map(|other| (other, kind.max(NameKind::Variant)));
        let own = std::iter::once((self.folded.as_str(), kind));
        for (name, kind) in own.chain(other.as_ref().map(|(name, kind)| (name.as_str(), *kind))) {
            self.names.push(name.as_bytes(), pack(place, kind, language)).map_err(GazetteerError::Temporary)?;
        }
        Ok(())
    }

    /// Writes the index to memory.
    ///
    /// # Errors
    /// As for [`IndexBuilder::write`].
    pub fn finish(self) -> Result<Vec<u8>, GazetteerError> {
        let mut file = std::io::Cursor::new(Vec::new());
        self.write(&mut file, &mut |_| {})?;
        Ok(file.into_inner())
    }

    /// Writes the index, telling `step` what it is about to do.
    ///
    /// # Errors
    /// [`GazetteerError::TooLarge`] when names or places outgrow the format's 32-bit offsets,
    /// [`GazetteerError::Temporary`] when a temporary file or `out` cannot be written.
    pub fn write(mut self, out: &mut (impl Write + Seek), step: &mut dyn FnMut(&str)) -> Result<(), GazetteerError> {
        drop(std::mem::take(&mut self.by_id));
        step("ordering places");
        let mut order: Vec<u32> = (0..self.places.len() as u32).collect();
        order.sort_by_key(|&at| self.places[at as usize].curve);
        let mut ordinals = vec![0; order.len()];
        for (&at, ordinal) in order.iter().zip(0..) {
            ordinals[at as usize] = ordinal;
        }
        let divisions = self.divisions.finish(&mut self.strings, &ordinals)?;
        for place in &mut self.places {
            let number = place.record.division;
            place.record.division = divisions.ordinals.get(number as usize).copied().unwrap_or(NONE);
        }
        let romanised: Vec<bool> =
            self.lists.countries.list.iter().map(|c| c.split('|').any(languages::is_romanised)).collect();
        let mut sections = Sections::new(out, page_size(order.len()))?;

        step("sorting names");
        let names = std::mem::replace(&mut self.names, Sorter::new(0)).finish().map_err(GazetteerError::Temporary)?;
        let named = write_names(names, &self.places, &ordinals, &romanised, &mut sections, step)?;
        sections.put(Section::Postings, bytemuck::cast_slice(&named))?;
        drop(named);

        step("writing places");
        let records: Vec<PlaceRecord> = order.iter().map(|&at| self.places[at as usize].record).collect();
        let pages: Vec<PageBox> = records.chunks(page_size(records.len())).map(page_box).collect();
        let mut part_of = Vec::new();
        self.meta.id_sources = self.lists.id_sources.list;
        let ids = |at: u32| id_string(&self.places[at as usize].record, &self.meta.id_sources, &self.strings);
        let mut by_hash: Vec<IdRecord> =
            order.iter().zip(0..).map(|(&at, place)| IdRecord { hash: id_hash(&ids(at)), place }).collect();
        by_hash.sort_unstable();
        for (part, whole) in &self.part_of {
            let found = find_id(&by_hash, whole, |place| ids(order[place as usize]) == *whole);
            part_of.extend(found.map(|whole| PartOfRecord { part: ordinals[*part as usize], whole }));
        }
        part_of.sort_unstable_by_key(|record: &PartOfRecord| record.part);
        sections.put(Section::Places, bytemuck::cast_slice(&records))?;
        sections.put(Section::Pages, bytemuck::cast_slice(&pages))?;
        sections.put(Section::Divisions, bytemuck::cast_slice(&divisions.records))?;
        sections.put(Section::Ids, bytemuck::cast_slice(&by_hash))?;
        sections.put(Section::PartOf, bytemuck::cast_slice(&part_of))?;
        for record in &mut self.bounds {
            record.place = ordinals[record.place as usize];
        }
        self.bounds.sort_unstable_by_key(|record| record.place);
        sections.put(Section::Bounds, bytemuck::cast_slice(&self.bounds))?;
        sections.put(Section::Strings, &self.strings.bytes)?;
        self.meta.countries = self.lists.countries.list;
        self.meta.features = self.lists.features.list;
        self.meta.sources = self.lists.sources.list;
        self.meta.languages = self.lists.languages.list;
        sections.put(Section::Meta, &serde_json::to_vec(&self.meta).unwrap_or_default())?;
        sections.finish()
    }
}

/// Writes the two maps of names, and returns the postings that they lead to.
fn write_names<W: Write + Seek>(
    names: impl Iterator<Item = std::io::Result<Entry>>,
    places: &[Staged],
    ordinals: &[u32],
    romanised: &[bool],
    sections: &mut Sections<'_, W>,
    step: &mut dyn FnMut(&str),
) -> Result<Vec<Posting>, GazetteerError> {
    step("writing names");
    let disordered = |_| GazetteerError::TooLarge("names that do not sort");
    let temporary = GazetteerError::Temporary;
    let mut map = fst::MapBuilder::new(BufWriter::new(tempfile::tempfile().map_err(temporary)?)).map_err(disordered)?;
    let mut skeletons = Sorter::new(NAMES_IN_MEMORY);
    let mut postings: Vec<Posting> = Vec::new();
    let mut names = names.peekable();
    let mut group: Vec<(u32, NameKind, u16)> = Vec::new();
    while let Some(entry) = names.next() {
        let Entry { key, value } = entry.map_err(temporary)?;
        group.clear();
        group.push(unpack(value));
        while let Some(same) = names.next_if(|next| next.as_ref().is_ok_and(|next| next.key == key)) {
            group.push(unpack(same.map_err(temporary)?.value));
        }
        // A name twice for one place counts as the better kind, which sorts first. "KY" and "Ky." are two.
        group.sort_unstable();
        let both_written = |a: NameKind, b: NameKind| a.is_abbreviated() && b == NameKind::Shortening && a != b;
        group.dedup_by(|later, first| later.0 == first.0 && !both_written(first.1, later.1));
        // The better known first, so that what is cut off a long list is the obscure.
        group.sort_by_key(|&(place, kind, _)| {
            let record = &places[place as usize].record;
            let by_rank = if record.rank > 0 { 10u32.pow(8 - u32::from(record.rank.min(8))) } else { 0 };
            (std::cmp::Reverse(record.population.max(by_rank)), kind, place)
        });
        let first = postings.len() as u64;
        map.insert(&key, first).map_err(disordered)?;
        let sounds = |(place, kind, _): &(u32, NameKind, u16)| {
            *kind <= NameKind::Variant && romanised[usize::from(places[*place as usize].record.countries)]
        };
        if let Some(name) = std::str::from_utf8(&key).ok().filter(|name| name.is_ascii() && group.iter().any(sounds)) {
            let skeleton = skeleton(name);
            if skeleton.len() >= 3 {
                skeletons.push(format!("{skeleton}\0{name}").as_bytes(), first).map_err(temporary)?;
            }
        }
        postings.extend(
            group.iter().map(|&(place, kind, language)| Posting::new(ordinals[place as usize], kind, language)),
        );
        if let Some(last) = postings.last_mut() {
            *last = last.closing();
        }
    }
    let file = map.into_inner().map_err(disordered)?.into_inner().map_err(|e| temporary(e.into_error()))?;
    sections.copy(Section::Names, file)?;
    step("writing sounds");
    let mut map = fst::MapBuilder::new(BufWriter::new(tempfile::tempfile().map_err(temporary)?)).map_err(disordered)?;
    for entry in skeletons.finish().map_err(temporary)? {
        let Entry { key, value } = entry.map_err(temporary)?;
        map.insert(&key, value).map_err(disordered)?;
    }
    let file = map.into_inner().map_err(disordered)?.into_inner().map_err(|e| temporary(e.into_error()))?;
    sections.copy(Section::Skeletons, file)?;
    Ok(postings)
}

/// A posting before its place has an ordinal, in one number that sorts by place.
fn pack(place: u32, kind: NameKind, language: u16) -> u64 {
    u64::from(place) << 32 | (kind as u64) << 16 | u64::from(language)
}

fn unpack(packed: u64) -> (u32, NameKind, u16) {
    ((packed >> 32) as u32, NameKind::from_number((packed >> 16) as u8), packed as u16)
}

fn hash_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

fn id_string(record: &PlaceRecord, sources: &[String], strings: &Strings) -> String {
    if record.id_source & NUMERIC_ID == 0 {
        return strings.get(record.id).to_owned();
    }
    let source = sources.get(usize::from(record.id_source & !NUMERIC_ID)).map_or("", String::as_str);
    format!("{source}:{}", record.id)
}

/// Position of a point along a Hilbert curve over the map.
fn along_hilbert(lat: f64, lon: f64) -> u64 {
    let cell = |degrees: f64, span: f64| ((degrees + span / 2.0) / span * f64::from(u32::MAX)) as u32;
    fast_hilbert::xy2h(cell(lon, 360.0), cell(lat, 180.0), 32)
}

fn page_box(places: &[PlaceRecord]) -> PageBox {
    // Single precision rounds by less than this on the unit sphere.
    const SLACK: f32 = 2e-7;
    let mut page = PageBox { min: [f32::MAX; 3], max: [f32::MIN; 3] };
    for place in places {
        let point = on_sphere(f64::from(place.lat) * 1e-7, f64::from(place.lon) * 1e-7);
        for (axis, &coordinate) in point.iter().enumerate() {
            page.min[axis] = page.min[axis].min(coordinate as f32 - SLACK);
            page.max[axis] = page.max[axis].max(coordinate as f32 + SLACK);
        }
    }
    page
}

/// The short lists of the meta section.
#[derive(Default)]
struct Lists {
    id_sources: List,
    countries: List,
    features: List,
    sources: List,
    languages: List,
}

#[derive(Default)]
struct List {
    list: Vec<String>,
    known: HashMap<String, u16>,
}

impl List {
    fn put(&mut self, value: &str) -> Result<u16, GazetteerError> {
        if let Some(&at) = self.known.get(value) {
            return Ok(at);
        }
        let at = u16::try_from(self.list.len())
            .map_err(|_| GazetteerError::TooLarge("over 65,535 features, countries or languages"))?;
        self.list.push(value.to_owned());
        self.known.insert(value.to_owned(), at);
        Ok(at)
    }

    fn put_short(&mut self, value: &str, most: u8) -> Result<u8, GazetteerError> {
        let at = self.put(value)?;
        u8::try_from(at)
            .ok()
            .filter(|&at| at <= most)
            .ok_or(GazetteerError::TooLarge("over 127 kinds of id or 255 sources"))
    }
}

/// The divisions that places are said to lie in, numbered as they come.
#[derive(Default)]
struct Divisions {
    numbers: HashMap<String, u32>,
    codes: Vec<String>,
    names: Vec<u32>,
    places: Vec<u32>,
}

/// The division section, and where each number went.
struct FinishedDivisions {
    records: Vec<DivisionRecord>,
    ordinals: Vec<u32>,
}

impl Divisions {
    fn number(&mut self, code: &str) -> u32 {
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

    /// The number of the smallest division that a row's codes name.
    fn of(&mut self, row: &Row) -> u32 {
        let country = row.countries.split('|').next().unwrap_or("");
        // GeoNames writes 00 for "in none".
        let code = |code: &str| !code.is_empty() && code != "00";
        if country.is_empty() || !code(&row.admin1) {
            return NONE;
        }
        let first = format!("{country}.{}", row.admin1);
        let number = self.number(&first);
        if code(&row.admin2) { self.number(&format!("{first}.{}", row.admin2)) } else { number }
    }

    fn is_within(&self, inner: u32, outer: u32) -> bool {
        let code = |number: u32| self.codes.get(number as usize).map(String::as_str);
        code(inner)
            .zip(code(outer))
            .is_some_and(|(inner, outer)| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.')))
    }

    fn finish(&self, strings: &mut Strings, ordinals: &[u32]) -> Result<FinishedDivisions, GazetteerError> {
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
