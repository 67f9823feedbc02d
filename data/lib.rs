//! The embedded gazetteer of the [toponym](https://docs.rs/toponym) geoparser, compiled from its tables, as bytes.
//!
//! `README.md` tells where each table is from.

#![deny(missing_docs)]

/// Aligns the bytes of a file for the records in it.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

static GAZETTEER_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.index")));

/// The index of the gazetteer, in the form that `toponym_gazetteer::Index::from_static` opens, aligned to 16 bytes.
pub static GAZETTEER: &[u8] = &GAZETTEER_FILE.0;

/// The outlines of countries, as text; `scripts/make-outlines` documents its lines.
pub static OUTLINES: &str = include_str!(concat!(env!("OUT_DIR"), "/outlines.tsv"));

/// The outlines of first-level divisions, as text; `scripts/make-division-outlines` documents its lines.
pub static DIVISION_OUTLINES: &str = include_str!(concat!(env!("OUT_DIR"), "/division-outlines.tsv"));

/// The courses of great rivers, as text; `scripts/make-river-courses` documents its lines.
pub static COURSES: &str = include_str!(concat!(env!("OUT_DIR"), "/courses.tsv"));

/// Where newspapers, agencies and broadcasters are at home: the table `outlets.tsv`.
pub static OUTLETS: &str = include_str!("outlets.tsv");

/// The model that chooses among places of one name.
pub static RESOLVER: &[u8] = include_bytes!("models/resolver.bin");
