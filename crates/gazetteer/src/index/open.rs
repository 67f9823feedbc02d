//! Opening an index file: checking its header and the shape of its sections, and handling damage.

use super::bytes::{Bytes, Mapped, Slice};
use super::format::*;
use super::near::PageTree;
use super::walk::FirstWords;
use super::{FeatureType, Meta};
use crate::{Credit, GazetteerError};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// An open index: places with their names, read in place. Cloning shares the bytes.
#[derive(Clone)]
pub struct Index {
    bytes: Bytes,
    meta: Arc<Meta>,
    /// The types of the features of [`Meta`], in their order.
    feature_types: Arc<[FeatureType]>,
    pub(super) names: fst::Map<Slice>,
    pub(super) skeletons: fst::Map<Slice>,
    pub(super) header: Header,
    pub(super) first_words: Arc<FirstWords>,
    damaged: Arc<AtomicBool>,
    pub(super) pages: Arc<OnceLock<PageTree>>,
    /// A bit a place: whether it is part of another.
    pub(super) parts: Arc<OnceLock<Vec<u64>>>,
}

thread_local! {
    static SEARCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is in a search whose panic is caught: a damaged index makes its automaton panic. A panic hook
/// can stay silent then.
pub fn is_searching() -> bool {
    SEARCHING.get()
}

impl Index {
    /// Opens an index in static memory, aligned to 8 bytes.
    ///
    /// # Errors
    /// [`GazetteerError::NotAnIndex`], [`GazetteerError::Version`] or [`GazetteerError::ByteOrder`] when the bytes are
    /// not a whole index of this version and byte order.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::open_bytes(Bytes::Static(bytes))
    }

    /// Opens an index from memory.
    ///
    /// # Errors
    /// As for [`Index::from_static`].
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(&bytes);
        Self::open_bytes(Bytes::Owned(Arc::new(words), bytes.len()))
    }

    /// Opens an index file without reading it: the system maps it into memory and fetches what is touched.
    ///
    /// # Errors
    /// [`GazetteerError::Read`] when the file cannot be opened; else as for [`Index::from_static`].
    pub fn open(path: &Path) -> Result<Self, GazetteerError> {
        let error = |source| GazetteerError::Read { path: path.to_owned(), source };
        let file = std::fs::File::open(path).map_err(error)?;
        // SAFETY: an index file is written beside its final name and then renamed, never changed in place, so what is
        // mapped stays the same as long as no other program writes to it; every access is bounds-checked.
        #[allow(unsafe_code)]
        let map = unsafe { memmap2::Mmap::map(&file) }.map_err(error)?;
        // A search touches single pages; reading ahead would only fill memory.
        #[cfg(unix)]
        let _ = map.advise(memmap2::Advice::Random);
        Self::open_bytes(Bytes::Mapped(Arc::new(Mapped::new(map, file))))
    }

    fn open_bytes(bytes: Bytes) -> Result<Self, GazetteerError> {
        let all = bytes.get();
        let header = all.get(..size_of::<Header>()).ok_or(GazetteerError::NotAnIndex("too short"))?;
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
        if header.sum() != header.crc {
            return Err(GazetteerError::NotAnIndex("its table of contents is damaged"));
        }
        let mut ranges = [const { 0..0 }; SECTIONS];
        for (extent, range) in header.sections.iter().zip(&mut ranges) {
            let end = extent.offset.checked_add(extent.length).filter(|&end| end <= all.len() as u64);
            *range = extent.offset as usize..end.ok_or(GazetteerError::NotAnIndex("it is cut short"))? as usize;
        }
        let slice = |section: Section| Slice(bytes.clone(), ranges[section as usize].clone());
        let map =
            |section| fst::Map::new(slice(section)).map_err(|_| GazetteerError::NotAnIndex("its names are damaged"));
        if crc32fast::hash(slice(Section::Meta).as_ref()) != header.sections[Section::Meta as usize].crc {
            return Err(GazetteerError::NotAnIndex("its description is damaged"));
        }
        let meta: Meta = serde_json::from_slice(slice(Section::Meta).as_ref())
            .map_err(|_| GazetteerError::NotAnIndex("its description is damaged"))?;
        let index = Index {
            feature_types: meta.features.iter().map(|feature| FeatureType::from_code(feature)).collect(),
            meta: Arc::new(meta),
            names: map(Section::Names)?,
            skeletons: map(Section::Skeletons)?,
            header,
            first_words: Arc::default(),
            damaged: Arc::default(),
            pages: Arc::default(),
            parts: Arc::default(),
            bytes: bytes.clone(),
        };
        let whole = index.aligned::<PlaceRecord>(Section::Places)
            && index.aligned::<PageBox>(Section::Pages)
            && index.aligned::<Posting>(Section::Postings)
            && index.aligned::<DivisionRecord>(Section::Divisions)
            && index.aligned::<IdRecord>(Section::Ids)
            && index.aligned::<PartOfRecord>(Section::PartOf)
            && index.aligned::<BoundsRecord>(Section::Bounds);
        if whole { Ok(index) } else { Err(GazetteerError::NotAnIndex("its records are damaged")) }
    }

    /// Reads the whole index and compares every section with its checksum. What lies between sections must be zeros,
    /// and nothing may follow the last, so that no byte of the file is without a check; the header's sum was checked
    /// when it was opened.
    ///
    /// # Errors
    /// [`GazetteerError::Damaged`] at the first section that differs.
    pub fn verify(&self) -> Result<(), GazetteerError> {
        for section in Section::ALL {
            if crc32fast::hash(self.section(section)) != self.header.sections[section as usize].crc {
                return Err(GazetteerError::Damaged(section.what()));
            }
        }
        let all = self.bytes.get();
        let mut extents = self.header.sections;
        // A section without content may begin where the next one does.
        extents.sort_unstable_by_key(|extent| (extent.offset, extent.length));
        let mut end = size_of::<Header>();
        for Extent { offset, length, .. } in extents {
            let gap = all.get(end..offset as usize);
            if !gap.is_some_and(|gap| gap.len() < ALIGNMENT && gap.iter().all(|&byte| byte == 0)) {
                return Err(GazetteerError::Damaged("what lies between its sections"));
            }
            end = (offset + length) as usize;
        }
        if end == all.len() { Ok(()) } else { Err(GazetteerError::Damaged("its end")) }
    }

    /// A sum over all of the index: two indexes with the same sum hold the same.
    pub fn sum(&self) -> u32 {
        // The header holds the sums of the sections.
        self.header.crc
    }

    /// Whether a search has met damage. Opening a file does not read all of its names, and the automaton that holds
    /// them does not check what it follows; a search in damaged names finds nothing and sets this.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Whether the file of the index has been written over or cut off since it was opened, so that answers may be wrong, and a look
    /// at what was cut off ends the process. Asks the system, which takes about a microsecond.
    pub fn is_changed(&self) -> bool {
        self.bytes.is_changed()
    }

    /// The result of a search; `None` when it met damage.
    #[inline]
    pub(super) fn searched<T>(&self, search: impl FnOnce() -> T) -> Option<T> {
        let outer = SEARCHING.replace(true);
        let found = catch_unwind(AssertUnwindSafe(search));
        SEARCHING.set(outer);
        if found.is_err() {
            self.damaged.store(true, Ordering::Relaxed);
        }
        found.ok()
    }

    /// The title that the maker of the index gave it.
    pub fn title(&self) -> &str {
        &self.meta.title
    }

    /// The sources of the places, with their licences.
    pub fn credits(&self) -> &[Credit] {
        &self.meta.credits
    }

    /// Number of places.
    pub fn place_count(&self) -> usize {
        self.places().len()
    }

    /// Number of administrative divisions that places lie in.
    pub fn division_count(&self) -> usize {
        self.divisions().len()
    }

    /// The title, the credits and the lists that records point into.
    #[doc(hidden)]
    #[inline]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The type of a feature, by its number in [`Meta`].
    #[doc(hidden)]
    #[inline]
    pub fn feature_type(&self, feature: u16) -> FeatureType {
        self.feature_types.get(usize::from(feature)).copied().unwrap_or(FeatureType::from_code(""))
    }

    /// The sections, each by what it holds, with their sizes in bytes.
    pub fn sizes(&self) -> impl Iterator<Item = (&'static str, u64)> {
        Section::ALL.into_iter().map(|section| (section.what(), self.header.sections[section as usize].length))
    }

    /// Number of distinct folded names.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    #[inline]
    pub(super) fn section(&self, section: Section) -> &[u8] {
        let Extent { offset, length, .. } = self.header.sections[section as usize];
        self.bytes.get().get(offset as usize..(offset + length) as usize).unwrap_or(&[])
    }

    fn aligned<T: bytemuck::Pod>(&self, section: Section) -> bool {
        bytemuck::try_cast_slice::<u8, T>(self.section(section)).is_ok()
    }

    #[inline]
    pub(super) fn records<T: bytemuck::Pod>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.section(section)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::Index;
    use crate::GazetteerError;
    use crate::index::IndexBuilder;
    use crate::source::{Name, NameKind, PlaceRow};

    fn row(id: &str, name: &str, lat: f64, lon: f64) -> PlaceRow {
        PlaceRow { id: id.into(), name: name.into(), lat, lon, countries: "SY".into(), ..PlaceRow::default() }
    }

    fn built() -> Vec<u8> {
        let mut builder = IndexBuilder::new("test");
        let mut aleppo = row("geonames:170063", "Aleppo", 36.2, 37.16);
        aleppo.names.push(Name::new("Halab", NameKind::Variant));
        builder.add(aleppo).expect("fits");
        let mut district = row("my:sheikh-maqsoud", "Sheikh Maqsoud", 36.2361, 37.1517);
        district.part_of = Some("geonames:170063".into());
        builder.add(district).expect("fits");
        builder.add(row("geonames:170063", "Alep", 0.0, 0.0)).expect("fits");
        builder.finish().expect("a small index")
    }

    #[test]
    fn what_is_written_is_read_back() {
        let index = Index::from_vec(built()).expect("opens");
        assert_eq!(index.places().len(), 2);
        for name in ["aleppo", "halab", "alep"] {
            let [posting] = index.named(name) else { panic!("{name} once") };
            assert_eq!(index.id(posting.place()), "geonames:170063");
        }
        let district = index.by_id("my:sheikh-maqsoud").expect("known");
        assert_eq!(index.whole_of(district), index.by_id("geonames:170063"));
        assert_eq!(index.by_id("geonames:1"), None);
        let found = index.names_of_skeleton(&toponym_text::skeleton("shaykh maqsud", toponym_languages::languages()));
        assert_eq!(found.iter().map(|named| named.name.as_str()).collect::<Vec<_>>(), ["sheikh maqsoud"]);
    }

    #[test]
    fn sections_without_content_are_no_damage() {
        for name in ["Homs", "$}", "1", "7th"] {
            let mut builder = IndexBuilder::new("test");
            let row = PlaceRow { id: "t:1".into(), name: name.into(), lat: 1.0, lon: 3.0, ..PlaceRow::default() };
            builder.add(row).expect("fits");
            let index = Index::from_vec(builder.finish().expect("a small index")).expect("opens");
            assert!(index.verify().is_ok(), "{name}");
        }
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
    fn first_words_are_remembered_by_index() {
        let [index, other] = [built(), IndexBuilder::new("empty").finish().expect("an index of nothing")]
            .map(|bytes| Index::from_vec(bytes).expect("opens"));
        let hash = toponym_text::hash;
        for _ in 0..2 {
            let mut walk = index.walk_from("sheikh", hash("sheikh")).expect("a name begins so");
            assert!(walk.postings().is_empty() && walk.go(" maqsoud") && walk.postings().len() == 1);
            assert!(index.walk_from("aleppo", hash("aleppo")).is_some_and(|walk| walk.postings().len() == 1));
            assert!(index.walk_from("homs", hash("homs")).is_none());
            assert!(other.walk_from("aleppo", hash("aleppo")).is_none());
        }
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
