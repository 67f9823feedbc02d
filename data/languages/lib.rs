//! The language packs of the [toponym](https://docs.rs/toponym) geoparser: a folder of tables a language, parsed, with the
//! recognisers trained for them.

#![deny(missing_docs)]

use std::sync::OnceLock;
use toponym_text::language::{Identification, Languages, PackFiles};

/// A pack as it is embedded.
struct Pack {
    files: PackFiles,
}

/// Aligns the bytes of a file for the records in it.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

/// All packs, by their tags.
static PACKS: &[Pack] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The recognisers of the packs, unpacked, each with the tag of its pack.
static RECOGNISERS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/recognisers.rs"));

/// The files of every pack, by their tags.
pub fn files() -> impl Iterator<Item = PackFiles> {
    PACKS.iter().map(|pack| pack.files)
}

/// Every pack, parsed when first asked for.
pub fn languages() -> &'static Languages {
    static READ: OnceLock<Languages> = OnceLock::new();
    READ.get_or_init(|| {
        Languages::read(files()).unwrap_or_else(|error| unreachable!("the build script read the same packs: {error}"))
    })
}

/// The tables by which the language of a text is identified, parsed when first asked for.
pub fn identification() -> &'static Identification {
    static READ: OnceLock<Identification> = OnceLock::new();
    READ.get_or_init(|| {
        Identification::read(
            include_bytes!(concat!(env!("OUT_DIR"), "/identification.bin")),
            include_str!("scripts.tsv"),
        )
        .unwrap_or_else(|error| unreachable!("the build script read the same tables: {error}"))
    })
}

/// A recogniser, given its name, which is the BCP 47 tag of its language or that of the first of several: a model file, aligned to 16
/// bytes.
pub fn recogniser(name: &str) -> Option<&'static [u8]> {
    RECOGNISERS.iter().find(|(known, _)| *known == name).map(|(_, file)| *file)
}

/// Every recogniser, each for the languages that its file names.
pub fn recognisers() -> impl Iterator<Item = &'static [u8]> {
    RECOGNISERS.iter().map(|(_, file)| *file)
}

#[cfg(test)]
mod tests;
