//! Places and names of an open index, read in place.

use super::Index;
use super::format::*;
use super::sections::string_at;
use fst::{IntoStreamer, Streamer};

/// A folded name and the places that bear it.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<'i> {
    /// The folded name.
    pub name: String,
    /// The places, the better known first.
    pub postings: &'i [Posting],
}

#[doc(hidden)]
impl Index {
    /// The places, in the order of their ordinals.
    #[inline]
    pub fn places(&self) -> &[PlaceRecord] {
        self.records(Section::Places)
    }

    pub(super) fn page_boxes(&self) -> &[PageBox] {
        self.records(Section::Pages)
    }

    /// Number of places on a page.
    pub(super) fn page(&self) -> usize {
        self.header.page.max(1) as usize
    }

    /// The divisions, sorted by code.
    #[inline]
    pub fn divisions(&self) -> &[DivisionRecord] {
        self.records(Section::Divisions)
    }

    /// The division with a code such as `SY.09`.
    pub fn division(&self, code: &str) -> Option<&DivisionRecord> {
        let divisions = self.divisions();
        divisions.binary_search_by(|record| self.string(record.code).cmp(code)).ok().map(|at| &divisions[at])
    }

    /// The name of a division: that of its place, if the index has the place.
    pub fn name_of_division(&self, division: &DivisionRecord) -> &str {
        let place = self.places().get(division.place as usize);
        self.string(place.map_or(division.name, |place| place.name))
    }

    /// The string at an offset; empty if there is none.
    #[inline]
    pub fn string(&self, offset: u32) -> &str {
        string_at(self.section(Section::Strings), offset)
    }

    /// The postings from `first` to the last of the same name.
    #[inline]
    pub(super) fn postings_from(&self, first: u64) -> &[Posting] {
        let rest = self.records::<Posting>(Section::Postings).get(first as usize..).unwrap_or(&[]);
        let count = rest.iter().position(|p| p.is_last()).map_or(0, |last| last + 1);
        &rest[..count]
    }

    /// The places that bear a folded name, the better known first; empty if none does.
    #[inline]
    pub fn named(&self, folded: &str) -> &[Posting] {
        self.searched(|| self.names.get(folded)).flatten().map_or(&[], |first| self.postings_from(first))
    }

    /// The names that an automaton accepts, in order, at most `limit`.
    pub fn matching(&self, automaton: impl fst::Automaton, limit: usize) -> Vec<Named<'_>> {
        let search = || {
            let mut stream = self.names.search(automaton).into_stream();
            self.collect(limit, || stream.next().map(|(name, first)| (name.to_vec(), first)))
        };
        self.searched(search).unwrap_or_default()
    }

    /// All folded names whose skeleton is `key`.
    pub fn names_of_skeleton(&self, key: &str) -> Vec<Named<'_>> {
        /// Names of one skeleton that are looked at, at most.
        const MOST: usize = 5000;
        let search = || {
            let keys = self.skeletons.range().ge(format!("{key}\0")).lt(format!("{key}\x01"));
            let mut stream = keys.into_stream();
            self.collect(MOST, || {
                stream.next().map(|(found, first)| (found.get(key.len() + 1..).unwrap_or(&[]).to_vec(), first))
            })
        };
        self.searched(search).unwrap_or_default()
    }

    fn collect(&self, limit: usize, mut next: impl FnMut() -> Option<(Vec<u8>, u64)>) -> Vec<Named<'_>> {
        let named = std::iter::from_fn(|| next().map(|(name, first)| (String::from_utf8(name), first)));
        let named = named.take(limit).filter_map(|(name, first)| Some((name.ok()?, first)));
        named.map(|(name, first)| Named { name, postings: self.postings_from(first) }).collect()
    }

    /// The ordinal of the place with this id.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        find_id(self.records(Section::Ids), id, |place| self.id(place) == id)
    }

    /// The id of a place; empty if there is no such place.
    pub fn id(&self, place: u32) -> String {
        let Some(record) = self.places().get(place as usize) else { return String::new() };
        if record.id_source & NUMERIC_ID == 0 {
            return self.string(record.id).to_owned();
        }
        let source = self.meta().id_sources.get(usize::from(record.id_source & !NUMERIC_ID));
        format!("{}:{}", source.map_or("", String::as_str), record.id)
    }

    /// West, south, east and north of a place in degrees; `None` for a place without an extent.
    pub fn bounds(&self, place: u32) -> Option<[f64; 4]> {
        let records = self.records::<BoundsRecord>(Section::Bounds);
        let at = records.binary_search_by_key(&place, |record| record.place).ok()?;
        Some(records[at].bounds.map(f64::from))
    }

    /// The place that a place is part of.
    #[inline]
    pub fn whole_of(&self, part: u32) -> Option<u32> {
        // This is asked of nearly every place that is looked at, and few are part of another.
        let bits = self.parts.get_or_init(|| self.bits_of_parts());
        bits.get(part as usize / 64).filter(|word| *word >> (part % 64) & 1 == 1)?;
        let records = self.records::<PartOfRecord>(Section::PartOf);
        let at = records.binary_search_by_key(&part, |record| record.part).ok()?;
        Some(records[at].whole)
    }

    /// A bit a place: whether it is part of another.
    fn bits_of_parts(&self) -> Vec<u64> {
        let mut bits = vec![0; self.places().len().div_ceil(64)];
        for record in self.records::<PartOfRecord>(Section::PartOf) {
            if let Some(word) = bits.get_mut(record.part as usize / 64) {
                *word |= 1 << (record.part % 64);
            }
        }
        bits
    }
}
