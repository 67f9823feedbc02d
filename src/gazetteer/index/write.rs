//! Rows -> index file.

use super::format::*;
use super::{Credit, Meta};
use crate::gazetteer::source::{NameKind, Row};
use crate::gazetteer::{GazetteerError, languages};
use crate::text::{fold, skeleton};
use std::collections::{BTreeMap, HashMap};

/// Gathers places and writes them as one index.
///
/// ```
/// use toponym::gazetteer::{Index, IndexBuilder, Row};
/// let mut builder = IndexBuilder::new("my sites");
/// builder.add(Row { id: "my:1".into(), name: "Tell Brak".into(), lat: 36.667, lon: 41.059, ..Row::default() });
/// let index = Index::from_vec(builder.finish()?)?;
/// assert_eq!(index.named("tell brak").len(), 1);
/// # Ok::<(), toponym::gazetteer::GazetteerError>(())
/// ```
pub struct IndexBuilder {
    title: String,
    credits: Vec<Credit>,
    rows: Vec<Row>,
    by_id: HashMap<String, usize>,
}

impl IndexBuilder {
    /// An empty index with a title for `gazetteer info`.
    pub fn new(title: &str) -> Self {
        IndexBuilder { title: title.to_owned(), credits: Vec::new(), rows: Vec::new(), by_id: HashMap::new() }
    }

    /// Names a source of the places and its licence.
    pub fn credit(&mut self, name: &str, licence: &str) {
        self.credits.push(Credit { name: name.to_owned(), licence: licence.to_owned() });
    }

    /// Adds a place. Of two rows with one id the first holds; the second adds its names and what the first lacks.
    pub fn add(&mut self, mut row: Row) {
        if let Some(&known) = self.by_id.get(&row.id) {
            let known = &mut self.rows[known];
            known.names.push((std::mem::take(&mut row.name), NameKind::Variant));
            known.names.append(&mut row.names);
            known.population = known.population.or(row.population);
            if known.admin1.is_empty() || known.admin1 == row.admin1 && known.admin2.is_empty() {
                (known.admin1, known.admin2) = (row.admin1, row.admin2);
            }
        } else {
            self.by_id.insert(row.id.clone(), self.rows.len());
            self.rows.push(row);
        }
    }

    /// Adds a name to the place with this id; `false` if there is no such place.
    pub fn add_name(&mut self, id: &str, name: &str, kind: NameKind) -> bool {
        let Some(&row) = self.by_id.get(id) else { return false };
        self.rows[row].names.push((name.to_owned(), kind));
        true
    }

    /// Gives the place with this id another display name; the old one stays a name of it. `false` if there is none.
    pub fn rename(&mut self, id: &str, name: &str) -> bool {
        let Some(&row) = self.by_id.get(id) else { return false };
        let old = std::mem::replace(&mut self.rows[row].name, name.to_owned());
        self.rows[row].names.push((old, NameKind::Variant));
        true
    }

    /// Places so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no place yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the index.
    ///
    /// # Errors
    /// [`GazetteerError::TooLarge`] when names or places outgrow the format's 32-bit offsets.
    pub fn finish(mut self) -> Result<Vec<u8>, GazetteerError> {
        if self.rows.len() >= NONE as usize {
            return Err(GazetteerError::TooLarge("over 4,294,967,294 places"));
        }
        self.rows.sort_by_cached_key(|row| (along_hilbert(row.lat, row.lon), row.id.clone()));
        let ordinals: HashMap<&str, u32> = self.rows.iter().zip(0..).map(|(row, at)| (row.id.as_str(), at)).collect();
        let mut strings = Strings::default();
        let mut lists = Lists::default();
        let divisions = Divisions::of(&self.rows, &mut strings)?;

        let mut places = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let (id_source, number) = row.id.split_once(':').unwrap_or(("", &row.id));
            let number: Option<u64> = number.parse().ok().filter(|n: &u64| n.to_string() == number);
            places.push(PlaceRecord {
                id: number.map_or_else(|| strings.put(&row.id).map(u64::from), Ok)?,
                lat: (row.lat * 1e7).round() as i32,
                lon: (row.lon * 1e7).round() as i32,
                population: row.population.unwrap_or(0).min(u64::from(u32::MAX)) as u32,
                name: strings.put(&row.name)?,
                division: divisions.containing(row).unwrap_or(NONE),
                countries: lists.countries.put(&row.countries)?,
                feature: lists.features.put(&row.feature)?,
                exact: (row.exact_km.unwrap_or(0.0) * 10.0).round().clamp(0.0, f64::from(u16::MAX)) as u16,
                id_source: lists.id_sources.put(id_source)? as u8 | if number.is_some() { NUMERIC_ID } else { 0 },
                source: lists.sources.put(&row.source)? as u8,
                rank: row.rank.unwrap_or(0),
                names: (row.names.len() + 1).min(255) as u8,
                padding: [0; 2],
            });
        }
        if lists.id_sources.list.len() > 0x7f || lists.sources.list.len() > 0xff {
            return Err(GazetteerError::TooLarge("over 127 kinds of id or 255 sources"));
        }

        let pages: Vec<PageBox> = places.chunks(PAGE).map(page_box).collect();
        let mut ids: Vec<IdRecord> =
            ordinals.iter().map(|(id, &at)| IdRecord { hash: id_hash(id), place: u64::from(at) }).collect();
        ids.sort_unstable();
        let part_of: Vec<PartOfRecord> = (0..)
            .zip(&self.rows)
            .filter_map(|(part, row)| {
                let whole = *ordinals.get(row.part_of.as_deref()?)?;
                Some(PartOfRecord { part, whole })
            })
            .collect();
        let names = Names::of(&self.rows)?;
        let meta = Meta {
            title: self.title,
            credits: self.credits,
            id_sources: lists.id_sources.list,
            countries: lists.countries.list,
            features: lists.features.list,
            sources: lists.sources.list,
        };
        let meta = serde_json::to_vec(&meta).unwrap_or_default();
        Ok(assemble([
            &meta,
            bytemuck::cast_slice(&places),
            bytemuck::cast_slice(&pages),
            &names.names,
            &names.skeletons,
            bytemuck::cast_slice(&names.postings),
            bytemuck::cast_slice(&divisions.records),
            bytemuck::cast_slice(&ids),
            bytemuck::cast_slice(&part_of),
            &strings.bytes,
        ]))
    }
}

/// Lays the sections out behind a header.
fn assemble(sections: [&[u8]; SECTIONS]) -> Vec<u8> {
    let mut file = vec![0; std::mem::size_of::<Header>()];
    let mut extents = [Extent::default(); SECTIONS];
    for (section, extent) in sections.iter().zip(&mut extents) {
        file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        *extent = Extent { offset: file.len() as u64, length: section.len() as u64 };
        file.extend_from_slice(section);
    }
    let header = Header { magic: MAGIC, version: VERSION, byte_order: BYTE_ORDER, sections: extents };
    file[..std::mem::size_of::<Header>()].copy_from_slice(bytemuck::bytes_of(&header));
    file
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

/// The string section.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Strings {
    fn put(&mut self, string: &str) -> Result<u32, GazetteerError> {
        if let Some(&offset) = self.known.get(string) {
            return Ok(offset);
        }
        let offset = u32::try_from(self.bytes.len()).map_err(|_| GazetteerError::TooLarge("over 4 GB of names"))?;
        let length = u16::try_from(string.len()).map_err(|_| GazetteerError::TooLarge("a name over 65,535 bytes"))?;
        self.bytes.extend_from_slice(&length.to_ne_bytes());
        self.bytes.extend_from_slice(string.as_bytes());
        self.known.insert(string.to_owned(), offset);
        Ok(offset)
    }
}

/// The short lists of the meta section.
#[derive(Default)]
struct Lists {
    id_sources: List,
    countries: List,
    features: List,
    sources: List,
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
            .map_err(|_| GazetteerError::TooLarge("over 65,535 features or countries"))?;
        self.list.push(value.to_owned());
        self.known.insert(value.to_owned(), at);
        Ok(at)
    }
}

/// The division section.
struct Divisions {
    records: Vec<DivisionRecord>,
    by_code: HashMap<String, u32>,
}

impl Divisions {
    fn of(rows: &[Row], strings: &mut Strings) -> Result<Self, GazetteerError> {
        let mut codes = BTreeMap::new();
        for (row, ordinal) in rows.iter().zip(0..) {
            if let Some(code) = row.division_code() {
                codes.entry(code).or_insert(ordinal);
            }
        }
        let by_code: HashMap<String, u32> = codes.keys().cloned().zip(0..).collect();
        let mut records = Vec::with_capacity(codes.len());
        for (code, place) in codes {
            let parent = code.rsplit_once('.').and_then(|(parent, _)| by_code.get(parent)).copied().unwrap_or(NONE);
            records.push(DivisionRecord { code: strings.put(&code)?, place, parent });
        }
        Ok(Divisions { records, by_code })
    }

    /// The smallest known division that the row's codes name.
    fn containing(&self, row: &Row) -> Option<u32> {
        let country = row.countries.split('|').next()?;
        let second = self.by_code.get(&format!("{country}.{}.{}", row.admin1, row.admin2));
        second.or_else(|| self.by_code.get(&format!("{country}.{}", row.admin1))).copied()
    }
}

/// The name sections.
struct Names {
    names: Vec<u8>,
    skeletons: Vec<u8>,
    postings: Vec<Posting>,
}

impl Names {
    fn of(rows: &[Row]) -> Result<Self, GazetteerError> {
        let mut all: Vec<(String, u32, NameKind)> = Vec::new();
        for (row, place) in rows.iter().zip(0..) {
            let names = std::iter::once((&row.name, NameKind::Primary)).chain(row.names.iter().map(|(n, k)| (n, *k)));
            for (name, kind) in names {
                let folded = fold(name);
                if let Some(other) = languages::other_word_form(&folded) {
                    all.push((other, place, kind.max(NameKind::Variant)));
                }
                all.push((folded, place, kind));
            }
        }
        all.retain(|(name, ..)| !name.is_empty());
        all.sort_unstable();
        // A name twice for one place counts as the better kind, which sorts first. "KY" and "Ky." are two.
        let both_written = |a: NameKind, b: NameKind| a.is_abbreviated() && b == NameKind::Shortening && a != b;
        all.dedup_by(|later, first| later.0 == first.0 && later.1 == first.1 && !both_written(first.2, later.2));

        let mut postings = Vec::with_capacity(all.len());
        let mut names = fst::MapBuilder::memory();
        let mut skeletons: Vec<(String, u64)> = Vec::new();
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            let (name, first) = (&group[0].0, postings.len() as u64);
            names.insert(name, first).map_err(|_| GazetteerError::TooLarge("names out of order"))?;
            if group.iter().any(|(_, place, kind)| *kind <= NameKind::Variant && is_romanised(&rows[*place as usize])) {
                let key = skeleton(name);
                if name.is_ascii() && key.len() >= 3 {
                    skeletons.push((format!("{key}\0{name}"), first));
                }
            }
            postings.extend(group.iter().map(|&(_, place, kind)| Posting {
                place,
                kind: kind as u8,
                last: 0,
                language: 0,
            }));
            if let Some(posting) = postings.last_mut() {
                posting.last = 1;
            }
        }
        if postings.len() >= NONE as usize {
            return Err(GazetteerError::TooLarge("over 4,294,967,294 names"));
        }
        skeletons.sort_unstable();
        let too_large = |_| GazetteerError::TooLarge("names out of order");
        Ok(Names {
            names: names.into_inner().map_err(too_large)?,
            skeletons: fst::Map::from_iter(skeletons).map_err(too_large)?.into_fst().into_inner(),
            postings,
        })
    }
}

fn is_romanised(row: &Row) -> bool {
    row.countries.split('|').any(languages::is_romanised)
}
