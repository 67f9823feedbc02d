//! Compiles `data/` into what the library embeds: the gazetteer's index, the recogniser's weights, the lexicon and the
//! outlines.

// The build uses only the writing half of what it shares with the library.
#![allow(dead_code, unused_imports, unreachable_pub)]

#[path = "src/text/mod.rs"]
mod text;

/// Of the gazetteer what writes an index; opening and searching one needs more crates.
#[path = "src/gazetteer"]
mod gazetteer {
    mod error;
    #[path = "index"]
    pub mod index {
        mod builder;
        mod divisions;
        pub(crate) mod format;
        mod lists;
        mod meta;
        mod names;
        mod sections;
        mod sorter;
        mod write;
        pub use builder::IndexBuilder;
        pub use meta::{Credit, Meta};
    }
    mod languages;
    #[path = "source"]
    pub mod source {
        mod geonames_tables;
        mod place_table;
        mod row;
        mod table;
        pub use geonames_tables::{read_cities, read_divisions};
        pub use place_table::{read_city_names, read_demonyms, read_places};
        pub use row::{Name, NameKind, Row};
        pub use table::Table;
    }
    pub use error::GazetteerError;
    pub use index::IndexBuilder;
    pub use source::{NameKind, Row};
}

use gazetteer::{GazetteerError, IndexBuilder, NameKind, source};
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/gazetteer");
    println!("cargo::rerun-if-changed=src/text");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let built = build_gazetteer(Path::new("data")).and_then(|gazetteer| {
        let (lexicon, generic) = build_lexicon(Path::new("data/words"))?;
        let recogniser = unpack(Path::new("data/models/recogniser.model.zst"))?;
        let outlines = unpack(Path::new("data/outlines/countries.tsv.zst"))?;
        Ok([
            ("gazetteer.index", gazetteer),
            ("lexicon.fst", lexicon),
            ("generic.txt", generic),
            ("recogniser.model", recogniser),
            ("outlines.tsv", outlines),
        ])
    });
    for (name, bytes) in built.unwrap_or_else(|error| panic!("data/ cannot be compiled: {error}")) {
        std::fs::write(out.join(name), bytes).expect("cargo's output folder can be written");
    }
}

/// The embedded gazetteer: tables written by hand first, because they win over the derived ones.
fn build_gazetteer(data: &Path) -> Result<Vec<u8>, GazetteerError> {
    let mut builder = IndexBuilder::new("embedded: the world's towns, divisions, countries, waters and regions");
    builder.credit("GeoNames (geonames.org)", "CC BY 4.0");
    builder.credit("toponym's own tables", "CC BY 4.0");
    let mut divisions = HashSet::new();
    for table in tables(&data.join("places"))? {
        source::read_places(&table, |row| {
            divisions.extend(row.division_code());
            builder.add(row)
        })?;
    }
    for table in ["divisions1.tsv.zst", "divisions2.tsv.zst"] {
        source::read_divisions(&data.join("geonames").join(table), decompress, |row| {
            let known = row.division_code().is_some_and(|code| divisions.contains(&code));
            if known { Ok(()) } else { builder.add(row) }
        })?;
    }
    source::read_cities(&data.join("geonames/cities.tsv.zst"), decompress, |row| builder.add(row))?;
    source::read_city_names(&data.join("names/cities.tsv"), |id, name, kind| match kind {
        NameKind::Primary => builder.rename(id, name),
        _ => builder.add_name(id, name, kind, ""),
    })?;
    source::read_demonyms(&data.join("names/demonyms.tsv"), |id, name| {
        builder.add_name(id, name, NameKind::Demonym, "en")
    })?;
    builder.finish()
}

/// The `.tsv` files of a folder by name, so that every build reads them in the same order.
fn tables(folder: &Path) -> Result<Vec<PathBuf>, GazetteerError> {
    let error = |source| GazetteerError::Read { path: folder.to_owned(), source };
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(error)? {
        tables.push(entry.map_err(error)?.path());
    }
    tables.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    tables.sort();
    Ok(tables)
}

/// A table that the library reads itself, when it first needs it.
fn unpack(path: &Path) -> Result<Vec<u8>, GazetteerError> {
    let bytes = std::fs::read(path).and_then(|bytes| decompress(&bytes));
    bytes.map_err(|source| GazetteerError::Read { path: path.to_owned(), source })
}

fn decompress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(bytes).map_err(std::io::Error::other)?;
    let mut plain = Vec::new();
    decoder.read_to_end(&mut plain)?;
    Ok(plain)
}

/// All of `data/words/` as one automaton: phrase -> roles. And a list of the generic words that may stand behind a place's name,
/// to find which in the automaton takes a walk through all of it.
fn build_lexicon(words: &Path) -> Result<(Vec<u8>, Vec<u8>), GazetteerError> {
    use text::lexicon::Roles;
    let mut phrases: BTreeMap<String, Roles> = BTreeMap::new();
    for (file, roles) in [
        ("english.txt", Roles::ENGLISH),
        ("ordinary.txt", Roles::ORDINARY),
        ("given_names.txt", Roles::GIVEN),
        ("surnames.txt", Roles::SURNAME),
    ] {
        let path = words.join(file);
        let list = std::fs::read_to_string(&path).map_err(|source| GazetteerError::Read { path, source })?;
        for word in list.lines().filter(|line| !line.starts_with('#')) {
            *phrases.entry(text::fold(word)).or_default() |= roles;
        }
    }
    let plain = |bytes: &[u8]| Ok(bytes.to_vec());
    for (file, columns) in [("context.tsv", ["phrase", "role"]), ("ambiguous.tsv", ["name", "reading"])] {
        let mut table = source::Table::open(&words.join(file), &columns, plain)?;
        while let Some(line) = table.next_line() {
            let line = line?;
            let role = line.get(columns[1]);
            let mut roles = match role {
                "both" => Roles::MAYBE_WORD | Roles::MAYBE_PERSON,
                _ => Roles::named(role).ok_or_else(|| line.error(format!("{role:?} is not a role")))?,
            };
            if line.get("note").starts_with("place first") {
                roles |= Roles::PLACE_FIRST;
            }
            *phrases.entry(text::fold(line.get(columns[0]))).or_default() |= roles;
        }
    }
    phrases.remove("");
    let generic = phrases.iter().filter(|(_, roles)| roles.any(Roles::PLACE_AFTER)).map(|(phrase, _)| phrase.as_str());
    let generic = generic.collect::<Vec<_>>().join("\n").into_bytes();
    Ok((text::lexicon::compile(&phrases).map_err(|_| GazetteerError::TooLarge("words"))?, generic))
}
