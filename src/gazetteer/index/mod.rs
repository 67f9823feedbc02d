//! The index file: written once, then used in place.

pub(crate) mod format;
mod near;
mod write;

pub use near::{EARTH_RADIUS_KM, Near};
pub use write::IndexBuilder;

use super::GazetteerError;
use format::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What an index says of itself, and the short lists that its records point into.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Meta {
    /// What the gazetteer is.
    pub title: String,
    /// Whose data it holds, for credit.
    pub credits: Vec<Credit>,
    /// The parts of ids before the colon.
    pub id_sources: Vec<String>,
    /// Country codes as the places have them, several separated by `|`.
    pub countries: Vec<String>,
    /// Feature classes and codes.
    pub features: Vec<String>,
    /// Where coordinates come from.
    pub sources: Vec<String>,
}

/// A source and its licence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Credit {
    /// The source.
    pub name: String,
    /// Its licence or terms.
    pub licence: String,
}

/// An open index. Cloning shares the bytes.
#[derive(Clone)]
pub struct Index {
    bytes: Bytes,
    meta: Arc<Meta>,
    names: fst::Map<Slice>,
    skeletons: fst::Map<Slice>,
    sections: [Extent; SECTIONS],
    pages: Arc<OnceLock<near::PageTree>>,
}

/// The bytes of an index, wherever they lie.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    /// Words, so that records are aligned.
    Owned(Arc<Vec<u64>>, usize),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(words, length) => bytemuck::cast_slice::<u64, u8>(words).get(..*length).unwrap_or(&[]),
        }
    }
}

/// A section's bytes, kept alive with the whole.
#[derive(Clone)]
struct Slice(Bytes, Range<usize>);

impl AsRef<[u8]> for Slice {
    fn as_ref(&self) -> &[u8] {
        self.0.get().get(self.1.clone()).unwrap_or(&[])
    }
}

impl Index {
    /// Opens an index that lies in static memory, aligned to 8 bytes.
    ///
    /// # Errors
    /// When the bytes are not an index of this version and byte order, or not a whole one.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::open(Bytes::Static(bytes))
    }

    /// Opens an index from memory.
    ///
    /// # Errors
    /// As for [`Index::from_static`].
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(&bytes);
        Self::open(Bytes::Owned(Arc::new(words), bytes.len()))
    }

    fn open(bytes: Bytes) -> Result<Self, GazetteerError> {
        let all = bytes.get();
        let header = all.get(..std::mem::size_of::<Header>()).ok_or(GazetteerError::NotAnIndex("too short"))?;
        let header: Header = bytemuck::pod_read_unaligned(header);
        if header.magic != MAGIC {
            return Err(GazetteerError::NotAnIndex("it does not begin as one"));
        }
        if header.byte_order != BYTE_ORDER {
            return Err(GazetteerError::ByteOrder);
        }
        if header.version != VERSION {
            return Err(GazetteerError::Version { found: header.version, expected: VERSION });
        }
        let mut ranges = [const { 0..0 }; SECTIONS];
        for (extent, range) in header.sections.iter().zip(&mut ranges) {
            let end = extent.offset.checked_add(extent.length).filter(|&end| end <= all.len() as u64);
            *range = extent.offset as usize..end.ok_or(GazetteerError::NotAnIndex("it is cut short"))? as usize;
        }
        let slice = |section: Section| Slice(bytes.clone(), ranges[section as usize].clone());
        let map =
            |section| fst::Map::new(slice(section)).map_err(|_| GazetteerError::NotAnIndex("its names are damaged"));
        let meta = serde_json::from_slice(slice(Section::Meta).as_ref())
            .map_err(|_| GazetteerError::NotAnIndex("its description is damaged"))?;
        let index = Index {
            meta: Arc::new(meta),
            names: map(Section::Names)?,
            skeletons: map(Section::Skeletons)?,
            sections: header.sections,
            pages: Arc::default(),
            bytes: bytes.clone(),
        };
        let whole = index.aligned::<PlaceRecord>(Section::Places)
            && index.aligned::<PageBox>(Section::Pages)
            && index.aligned::<Posting>(Section::Postings)
            && index.aligned::<DivisionRecord>(Section::Divisions)
            && index.aligned::<IdRecord>(Section::Ids)
            && index.aligned::<PartOfRecord>(Section::PartOf);
        if whole { Ok(index) } else { Err(GazetteerError::NotAnIndex("its records are damaged")) }
    }

    /// What the index says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    fn section(&self, section: Section) -> &[u8] {
        let Extent { offset, length } = self.sections[section as usize];
        self.bytes.get().get(offset as usize..(offset + length) as usize).unwrap_or(&[])
    }

    fn aligned<T: bytemuck::Pod>(&self, section: Section) -> bool {
        bytemuck::try_cast_slice::<u8, T>(self.section(section)).is_ok()
    }

    fn records<T: bytemuck::Pod>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.section(section)).unwrap_or(&[])
    }

    /// The places, in the order of their ordinals.
    pub fn places(&self) -> &[PlaceRecord] {
        self.records(Section::Places)
    }

    fn page_boxes(&self) -> &[PageBox] {
        self.records(Section::Pages)
    }

    /// The divisions, sorted by code.
    pub fn divisions(&self) -> &[DivisionRecord] {
        self.records(Section::Divisions)
    }

    /// The string at an offset; empty if there is none.
    pub fn string(&self, offset: u32) -> &str {
        let strings = self.section(Section::Strings);
        let read = || {
            let (length, rest) = strings.get(offset as usize..)?.split_first_chunk::<2>()?;
            std::str::from_utf8(rest.get(..usize::from(u16::from_ne_bytes(*length)))?).ok()
        };
        read().unwrap_or("")
    }

    /// The postings from `first` to the last of the same name.
    fn postings_from(&self, first: u64) -> &[Posting] {
        let rest = self.records::<Posting>(Section::Postings).get(first as usize..).unwrap_or(&[]);
        let count = rest.iter().position(|p| p.last == 1).map_or(0, |last| last + 1);
        &rest[..count]
    }

    /// The places that bear a folded name; empty if none does.
    pub fn named(&self, folded: &str) -> &[Posting] {
        self.names.get(folded).map_or(&[], |first| self.postings_from(first))
    }

    /// All folded names whose skeleton is `key`, with their places.
    pub fn names_of_skeleton(&self, key: &str) -> Vec<(String, &[Posting])> {
        use fst::{IntoStreamer, Streamer};
        let mut names = Vec::new();
        let mut stream = self.skeletons.range().ge(format!("{key}\0")).lt(format!("{key}\x01")).into_stream();
        while let Some((found, first)) = stream.next() {
            let name = found.get(key.len() + 1..).and_then(|name| std::str::from_utf8(name).ok());
            names.push((name.unwrap_or("").to_owned(), self.postings_from(first)));
        }
        names
    }

    /// Starts a walk along names letter by letter, for finding the longest name in a text.
    pub fn walk(&self) -> NameWalk<'_> {
        NameWalk { index: self, node: self.names.as_fst().root(), output: 0 }
    }

    /// The ordinal of the place with this id.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        let (ids, hash) = (self.records::<IdRecord>(Section::Ids), id_hash(id));
        let first = ids.partition_point(|record| record.hash < hash);
        let same = ids[first..].iter().take_while(|record| record.hash == hash);
        same.filter_map(|record| u32::try_from(record.place).ok()).find(|&place| self.id(place) == id)
    }

    /// The id of a place as a string; empty if there is no such place.
    pub fn id(&self, place: u32) -> String {
        let Some(record) = self.places().get(place as usize) else { return String::new() };
        if record.id_source & NUMERIC_ID == 0 {
            return self.string(record.id as u32).to_owned();
        }
        let source = self.meta.id_sources.get(usize::from(record.id_source & !NUMERIC_ID));
        format!("{}:{}", source.map_or("", String::as_str), record.id)
    }

    /// The place that a place is said to be part of.
    pub fn whole_of(&self, part: u32) -> Option<u32> {
        let records = self.records::<PartOfRecord>(Section::PartOf);
        let at = records.binary_search_by_key(&part, |record| record.part).ok()?;
        Some(records[at].whole)
    }
}

/// A position in the names of an index, reached letter by letter.
#[derive(Clone, Copy)]
pub struct NameWalk<'i> {
    index: &'i Index,
    node: fst::raw::Node<'i>,
    output: u64,
}

impl<'i> NameWalk<'i> {
    /// Goes on by the bytes of `letters`; `false` when no name goes on so, and the walk is over.
    pub fn go(&mut self, letters: &str) -> bool {
        let fst = self.index.names.as_fst();
        for byte in letters.bytes() {
            let Some(at) = self.node.find_input(byte) else { return false };
            let step = self.node.transition(at);
            self.output = self.output.wrapping_add(step.out.value());
            self.node = fst.node(step.addr);
        }
        true
    }

    /// The places that bear the name walked so far; empty if it is no whole name.
    pub fn postings(&self) -> &'i [Posting] {
        if !self.node.is_final() {
            return &[];
        }
        self.index.postings_from(self.output.wrapping_add(self.node.final_output().value()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, IndexBuilder};
    use crate::gazetteer::GazetteerError;
    use crate::gazetteer::source::{NameKind, Row};

    fn row(id: &str, name: &str, lat: f64, lon: f64) -> Row {
        Row { id: id.into(), name: name.into(), lat, lon, countries: "SY".into(), ..Row::default() }
    }

    fn built() -> Vec<u8> {
        let mut builder = IndexBuilder::new("test");
        let mut aleppo = row("geonames:170063", "Aleppo", 36.2, 37.16);
        aleppo.names.push(("Halab".into(), NameKind::Variant));
        builder.add(aleppo);
        let mut district = row("my:sheikh-maqsoud", "Sheikh Maqsoud", 36.2361, 37.1517);
        district.part_of = Some("geonames:170063".into());
        builder.add(district);
        builder.add(row("geonames:170063", "Alep", 0.0, 0.0));
        builder.finish().expect("a small index")
    }

    #[test]
    fn what_is_written_is_read_back() {
        let index = Index::from_vec(built()).expect("opens");
        assert_eq!(index.places().len(), 2);
        for name in ["aleppo", "halab", "alep"] {
            let [posting] = index.named(name) else { panic!("{name} once") };
            assert_eq!(index.id(posting.place), "geonames:170063");
        }
        let district = index.by_id("my:sheikh-maqsoud").expect("known");
        assert_eq!(index.whole_of(district), index.by_id("geonames:170063"));
        assert_eq!(index.by_id("geonames:1"), None);
        let found = index.names_of_skeleton(&crate::text::skeleton("shaykh maqsud"));
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["sheikh maqsoud"]);
    }

    #[test]
    fn a_walk_stops_where_no_name_goes_on() {
        let index = Index::from_vec(built()).expect("opens");
        let mut walk = index.walk();
        assert!(walk.go("alep") && walk.postings().len() == 1);
        assert!(walk.go("po") && walk.postings().len() == 1);
        assert!(!walk.go("nia"));
    }

    #[test]
    fn damage_is_an_error_and_never_a_crash() {
        let good = built();
        for length in [0, 7, 40, 100, good.len() / 2, good.len() - 1] {
            assert!(
                matches!(Index::from_vec(good[..length].to_vec()), Err(GazetteerError::NotAnIndex(_))),
                "{length} bytes"
            );
        }
        let mut old = good.clone();
        old[8] = 99;
        assert!(matches!(Index::from_vec(old), Err(GazetteerError::Version { found: 99, .. })));
        let mut swapped = good.clone();
        swapped[12..16].reverse();
        assert!(matches!(Index::from_vec(swapped), Err(GazetteerError::ByteOrder)));
        let mut foreign = good;
        foreign[0] = b'T';
        assert!(matches!(Index::from_vec(foreign), Err(GazetteerError::NotAnIndex(_))));
    }
}
