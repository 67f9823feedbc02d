//! The index file: its sections and records.
//!
//! A [`Header`], then the sections in the order of [`Section`], each at a multiple of 16 bytes. All numbers are in the
//! byte order of the machine that wrote the file, which the header tells; records are used where they lie.

use bytemuck::{Pod, Zeroable};

/// The first bytes of every index file.
pub const MAGIC: [u8; 8] = *b"toponym\x1a";

/// Raised by every change of the layout; a file of another version must be built again.
pub const VERSION: u32 = 1;

/// Reads back as itself only in the byte order it was written in.
pub const BYTE_ORDER: u32 = 0x0102_0304;

/// Every section starts at a multiple of this many bytes.
pub const ALIGNMENT: usize = 16;

/// Places on a page of the R-tree.
pub const PAGE: usize = 128;

/// Stands for "none" in a field that holds an ordinal or an offset.
pub const NONE: u32 = u32::MAX;

/// What the file holds, in the order in which it lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// JSON: [`super::Meta`].
    Meta,
    /// [`PlaceRecord`] per place, along a Hilbert curve, so that near places lie on the same page.
    Places,
    /// [`PageBox`] per [`PAGE`] places.
    Pages,
    /// `fst::Map`: folded name -> index of its first posting.
    Names,
    /// `fst::Map`: skeleton, a zero byte, folded name -> index of the name's first posting. Holds the Latin names of
    /// places in countries whose languages are romanised in more than one way.
    Skeletons,
    /// [`Posting`]s, those of a name one after the other, the last of them flagged.
    Postings,
    /// [`DivisionRecord`] per administrative division, sorted by code.
    Divisions,
    /// [`IdRecord`] per place, sorted.
    Ids,
    /// [`PartOfRecord`] for the places that are part of another, sorted by the part.
    PartOf,
    /// Strings, each a `u16` length (the machine's byte order) and that many bytes of UTF-8.
    Strings,
}

/// Number of sections.
pub const SECTIONS: usize = Section::Strings as usize + 1;

/// The start of the file.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Header {
    pub magic: [u8; 8],
    pub version: u32,
    pub byte_order: u32,
    pub sections: [Extent; SECTIONS],
}

/// Where a section lies, in bytes from the start of the file.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Extent {
    pub offset: u64,
    pub length: u64,
}

/// A place.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct PlaceRecord {
    /// The number of a numeric id, or the string offset of another.
    pub id: u64,
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
    /// How far the point may be off, in units of 100 m; 0: unknown.
    pub exact: u16,
    /// Index into [`super::Meta::id_sources`]; the top bit says that the id is a number.
    pub id_source: u8,
    /// Index into [`super::Meta::sources`].
    pub source: u8,
    /// How widely the name is known, 1 (all the world) to 5 (locally); 0: unknown.
    pub rank: u8,
    /// Number of names, at most 255: how much a place is spoken of.
    pub names: u8,
    pub padding: [u8; 2],
}

/// Flag in [`PlaceRecord::id_source`].
pub const NUMERIC_ID: u8 = 0x80;

/// The box of a page's places on the unit sphere: a box in space has no seam at the antimeridian and no poles.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct PageBox {
    pub min: [f32; 3],
    pub max: [f32; 3],
}

/// That a place bears a name.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Posting {
    /// Ordinal of the place.
    pub place: u32,
    /// [`super::super::NameKind`] as a number.
    pub kind: u8,
    /// 1 for the last posting of a name.
    pub last: u8,
    /// Language of the name; 0: not told.
    pub language: u16,
}

/// An administrative division.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct DivisionRecord {
    /// String offset of the code, such as `SY.09`.
    pub code: u32,
    /// Ordinal of the division as a place.
    pub place: u32,
    /// Ordinal of the division it lies in, or [`NONE`].
    pub parent: u32,
}

/// A place's id, for finding the place by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub struct IdRecord {
    /// Hash of the id as a string, [`id_hash`].
    pub hash: u64,
    pub place: u64,
}

/// That a place is part of another.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct PartOfRecord {
    pub part: u32,
    pub whole: u32,
}

/// 64-bit FNV-1a: what [`IdRecord`] sorts by. A hit is verified against the id itself.
pub fn id_hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A point on the unit sphere. Degrees in.
pub fn on_sphere(lat: f64, lon: f64) -> [f64; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}
