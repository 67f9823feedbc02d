//! The index file: its sections and records.
//!
//! A [`Header`], then the sections in the order of [`Section`], each at a multiple of 16 bytes. All numbers are in the
//! byte order of the machine that wrote the file, which the header names; records are read in place.

use crate::NameKind;
use bytemuck::{Pod, Zeroable};

/// The first bytes of every index file.
pub const MAGIC: [u8; 8] = *b"toponym\x1a";

/// The version of the layout. Every change of the layout raises it, and a file of another version must be built again.
pub const VERSION: u32 = 3;

/// A number that reads as this only in the byte order that it was written in.
pub const BYTE_ORDER: u32 = 0x0102_0304;

/// Every section starts at a multiple of this many bytes.
pub const ALIGNMENT: usize = 16;

/// Number of places on a page of the R-tree: few enough for a quick search of a page, and enough for the tree of the
/// pages to be built in milliseconds, however large the index.
pub fn page_size(places: usize) -> usize {
    (places / 32_768).next_power_of_two().clamp(64, 1024)
}

/// Stands for "none" in a field that holds an ordinal or an offset.
pub const NONE: u32 = u32::MAX;

/// The sections of the file, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// JSON: [`super::Meta`].
    Meta,
    /// [`PlaceRecord`] per place, along a Hilbert curve, so that near places lie on the same page.
    Places,
    /// [`PageBox`] per page of places, [`Header::page`] to a page.
    Pages,
    /// `fst::Map`: folded name -> index of its first posting.
    Names,
    /// `fst::Map`: skeleton, a zero byte, folded name -> index of the name's first posting. Holds the Latin names of
    /// places in countries whose languages are romanised in more than one way.
    Skeletons,
    /// [`Posting`]s, those of a name side by side, the last of them flagged.
    Postings,
    /// [`DivisionRecord`] per administrative division, sorted by code.
    Divisions,
    /// [`IdRecord`] per place, sorted.
    Ids,
    /// [`PartOfRecord`] for the places that are part of another, sorted by the part.
    PartOf,
    /// [`BoundsRecord`] for the places that have an extent, sorted by place.
    Bounds,
    /// Strings, each a `u16` length (the machine's byte order) and that many bytes of UTF-8.
    Strings,
}

impl Section {
    /// All sections, in their order.
    pub const ALL: [Section; SECTIONS] = [
        Section::Meta,
        Section::Places,
        Section::Pages,
        Section::Names,
        Section::Skeletons,
        Section::Postings,
        Section::Divisions,
        Section::Ids,
        Section::PartOf,
        Section::Bounds,
        Section::Strings,
    ];

    /// What the section holds, for people to read.
    pub fn what(self) -> &'static str {
        match self {
            Section::Meta => "description",
            Section::Places => "places",
            Section::Pages => "R-tree pages",
            Section::Names => "names",
            Section::Skeletons => "names by sound",
            Section::Postings => "places by name",
            Section::Divisions => "divisions",
            Section::Ids => "ids",
            Section::PartOf => "parts",
            Section::Bounds => "extents",
            Section::Strings => "display names",
        }
    }
}

/// Number of sections.
pub const SECTIONS: usize = Section::Strings as usize + 1;

/// The first bytes of the file.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Header {
    pub magic: [u8; 8],
    pub version: u32,
    pub byte_order: u32,
    /// Number of places on a page.
    pub page: u32,
    /// [`Header::sum`].
    pub crc: u32,
    pub sections: [Extent; SECTIONS],
}

impl Header {
    /// CRC-32 of the header, with a zero in the place of the sum.
    pub fn sum(&self) -> u32 {
        crc32fast::hash(bytemuck::bytes_of(&Header { crc: 0, ..*self }))
    }
}

/// Where a section lies, in bytes from the start of the file.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Extent {
    pub offset: u64,
    pub length: u64,
    /// CRC-32 of the section's bytes.
    pub crc: u32,
    pub padding: u32,
}

/// A place.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct PlaceRecord {
    /// The number of a numeric id, or the string offset of another.
    pub id: u32,
    /// Latitude in units of 1e-7 degrees.
    pub lat: i32,
    /// Longitude in units of 1e-7 degrees.
    pub lon: i32,
    /// Inhabitants; 0: unknown.
    pub population: u32,
    /// String offset of the display name.
    pub name: u32,
    /// Ordinal of the smallest known division it lies in (a division: itself), or [`NONE`].
    pub division: u32,
    /// Index into [`super::Meta::countries`].
    pub countries: u16,
    /// Index into [`super::Meta::features`].
    pub feature: u16,
    /// How far the point may lie from a fair representative point, in units of 100 m; 0: unknown.
    pub exact: u16,
    /// Index into [`super::Meta::id_sources`]; the top bit says that the id is a number.
    pub id_source: u8,
    /// Index into [`super::Meta::sources`].
    pub source: u8,
    /// How widely the name is known, 1 (all the world) to 5 (locally); 0: unknown.
    pub rank: u8,
    pub padding: [u8; 2],
    /// Number of names, at most 255: a measure of how often the place is spoken of.
    pub names: u8,
}

/// The flag in [`PlaceRecord::id_source`] that the id is a number.
pub const NUMERIC_ID: u8 = 0x80;

/// The box of a page's places on the unit sphere: a box in space has no seam at the antimeridian and no poles.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct PageBox {
    pub min: [f32; 3],
    pub max: [f32; 3],
}

/// A place that bears a name. Six bytes, since these are the most numerous records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Posting {
    place: [u16; 2],
    /// From the lowest bit: whether it is the last of its name (1 bit), [`super::super::NameKind`] (4), language (11).
    flags: u16,
}

/// Number of languages that a posting can distinguish.
pub const LANGUAGES: usize = 1 << 11;

impl Posting {
    /// A posting of the place with this ordinal, for a name of this kind in the language with this index.
    pub fn new(place: u32, kind: NameKind, language: u16) -> Self {
        Posting { place: bytemuck::cast(place), flags: (kind as u16) << 1 | language << 5 }
    }

    /// Ordinal of the place.
    #[inline]
    pub fn place(self) -> u32 {
        bytemuck::cast(self.place)
    }

    /// What the name is to the place.
    #[inline]
    pub fn kind(self) -> NameKind {
        NameKind::from_number((self.flags >> 1 & 0xf) as u8)
    }

    /// Index into [`super::Meta::languages`]; 0: not known.
    #[inline]
    pub fn language(self) -> u16 {
        self.flags >> 5
    }

    /// Whether it is the last of its name.
    #[inline]
    pub fn is_last(self) -> bool {
        self.flags & 1 == 1
    }

    /// The same, as the last of its name.
    pub fn closing(mut self) -> Self {
        self.flags |= 1;
        self
    }
}

/// An administrative division that a place lies in.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct DivisionRecord {
    /// String offset of the code, such as `SY.09`.
    pub code: u32,
    /// String offset of the name; of an empty string where it is not known.
    pub name: u32,
    /// Ordinal of the division as a place, or [`NONE`].
    pub place: u32,
    /// Ordinal of the division it lies in, or [`NONE`].
    pub parent: u32,
}

/// The hash of an id, and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub struct IdRecord {
    /// [`id_hash`] of the id as a string.
    pub hash: u32,
    pub place: u32,
}

/// A place and the place that it is part of.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct PartOfRecord {
    pub part: u32,
    pub whole: u32,
}

/// The hash by which [`IdRecord`]s are sorted: CRC-32. A hit is verified against the id itself.
pub fn id_hash(id: &str) -> u32 {
    crc32fast::hash(id.as_bytes())
}

/// The extent of a place.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct BoundsRecord {
    /// Ordinal of the place.
    pub place: u32,
    /// West, south, east and north in degrees.
    pub bounds: [f32; 4],
}

/// The place with an id, among records sorted by hash; `is` says whether a place has the id.
pub fn find_id(ids: &[IdRecord], id: &str, is: impl Fn(u32) -> bool) -> Option<u32> {
    let hash = id_hash(id);
    let first = ids.partition_point(|record| record.hash < hash);
    ids[first..].iter().take_while(|record| record.hash == hash).map(|record| record.place).find(|&place| is(place))
}
