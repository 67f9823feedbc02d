//! Compiles the tables into the index of the embedded gazetteer, unpacks the outlines, and checks the table of outlets.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use toponym_gazetteer::{GazetteerError, IndexBuilder, NameKind, source};

fn main() {
    for path in ["geonames", "names", "outlets.tsv", "outlines", "places"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let built = gazetteer().and_then(|gazetteer| {
        check_outlets(Path::new("outlets.tsv"))?;
        let outlines = unpack(Path::new("outlines/countries.tsv.zst"))?;
        let divisions = unpack(Path::new("outlines/divisions.tsv.zst"))?;
        let courses = unpack(Path::new("outlines/courses.tsv.zst"))?;
        Ok([
            ("gazetteer.index", gazetteer),
            ("outlines.tsv", outlines),
            ("division-outlines.tsv", divisions),
            ("courses.tsv", courses),
        ])
    });
    for (name, bytes) in built.unwrap_or_else(|error| panic!("the tables cannot be compiled: {error}")) {
        std::fs::write(out.join(name), bytes).expect("cargo's output folder can be written");
    }
}

/// The embedded gazetteer: tables written by hand first, because they win over the derived ones.
fn gazetteer() -> Result<Vec<u8>, GazetteerError> {
    let mut builder = IndexBuilder::new("embedded: the world's towns, divisions, countries, waters and regions");
    builder.credit("GeoNames (geonames.org)", "CC BY 4.0");
    builder.credit("Who's On First (whosonfirst.org)", "CC BY 4.0");
    builder.credit("SimpleMaps (simplemaps.com)", "CC BY 4.0");
    builder.credit("Unicode CLDR", "Unicode License v3");
    builder.credit("toponym's own tables", "CC BY 4.0");
    let mut divisions = HashSet::new();
    for table in tables(Path::new("places"))? {
        source::read_places(&table, |row| {
            divisions.extend(row.division_code());
            builder.add(row)
        })?;
    }
    for table in ["divisions1.columns.zst", "divisions2.columns.zst"] {
        source::read_divisions(&Path::new("geonames").join(table), rows, |row| {
            let known = row.division_code().is_some_and(|code| divisions.contains(&code));
            if known { Ok(()) } else { builder.add(row) }
        })?;
    }
    source::read_cities(Path::new("geonames/cities.columns.zst"), rows, |row| builder.add(row))?;
    for table in tables(Path::new("names"))? {
        source::read_city_names(&table, |id, name, kind| match kind {
            NameKind::Primary => builder.rename(id, name),
            _ => builder.add_name(id, name, kind, ""),
        })?;
    }
    for pack in toponym_languages::files() {
        let Some(demonyms) = pack.file("demonyms.tsv") else { continue };
        source::read_demonyms(&pack.path("demonyms.tsv"), demonyms, |id, name| {
            builder.add_name(id, name, NameKind::Demonym, pack.tag)
        })?;
    }
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

/// Reads the table of outlets, which the library reads itself, so that a mistake in it ends the build.
fn check_outlets(path: &Path) -> Result<(), GazetteerError> {
    let error = |source| GazetteerError::Read { path: path.to_owned(), source };
    source::read_outlets(path, &std::fs::read_to_string(path).map_err(error)?).map(|_| ())
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

/// The rows of a table that lies in columns, which pack a seventh smaller: the header, then all values of the first column, one a line, then those
/// of the second, and so on.
fn rows(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let text = String::from_utf8(decompress(bytes)?).map_err(std::io::Error::other)?;
    let (header, values) = text.split_once('\n').unwrap_or((&text, ""));
    let values: Vec<&str> = values.lines().collect();
    let columns = header.split('\t').count();
    if !values.len().is_multiple_of(columns) {
        return Err(std::io::Error::other(format!("{} values are not {columns} columns", values.len())));
    }
    let length = values.len() / columns;
    let row = |at: usize| (0..columns).map(|column| values[column * length + at]).collect::<Vec<_>>().join("\t");
    let rows = (0..length).map(row);
    Ok(std::iter::once(header.to_owned()).chain(rows).collect::<Vec<_>>().join("\n").into_bytes())
}
