//! Zip archives: the one data file that an archive is made for.

use super::form::EXTENSIONS;
use super::input::unusable;
use crate::GazetteerError;
use std::io::{BufReader, Read, Seek};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// Calls `read` with the name and the bytes of the data file of an archive; `stem` is the archive's name without its
/// ending. GeoNames packs a readme or a table of languages beside it.
pub fn with_entry<T>(
    path: &Path,
    stem: &str,
    file: impl Read + Seek,
    read: impl FnOnce(String, &mut dyn Read) -> Result<T, GazetteerError>,
) -> Result<T, GazetteerError> {
    let broken = |e: ZipError| match e {
        ZipError::Io(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => {
            GazetteerError::Read { path: path.to_owned(), source: e }
        }
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            unusable(path, "it is locked with a password; unpack it and name the file in it")
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            unusable(path, format!("it cannot be unpacked ({e}); unpack it and name the file in it"))
        }
        _ => unusable(path, format!("the archive is cut short or damaged ({e}); download it again")),
    };
    let mut archive = ZipArchive::new(file).map_err(broken)?;
    let mut names = Vec::new();
    for name in archive.file_names() {
        names.push(name.map_err(broken)?.into_owned());
    }
    let name = choose(stem, &names).map_err(|reason| unusable(path, reason))?.to_owned();
    let entry = archive.by_name(&name).map_err(broken)?;
    let last = name.rsplit('/').next().unwrap_or(&name).to_owned();
    read(last, &mut BufReader::with_capacity(1 << 20, entry))
}

/// The entry that is read: the one with the archive's name, else the only one that is data; else what is wrong.
fn choose<'n>(stem: &str, names: &'n [String]) -> Result<&'n str, String> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let ending = |name: &str| last(name).rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_owned());
    if names.iter().any(|name| name == "xl/workbook.xml") {
        return Err("it is an Excel workbook; save the sheet as \"CSV UTF-8\" and name that file".to_owned());
    }
    let is_data = |name: &&String| {
        let last = last(name);
        let hidden = last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX/");
        !hidden && !last.contains("readme") && EXTENSIONS.contains(&ending(name).as_str())
    };
    let data: Vec<&String> = names.iter().filter(is_data).collect();
    let named = data.iter().find(|name| last(name).split('.').next() == Some(&stem.to_lowercase()));
    match (named, data.as_slice()) {
        (Some(named), _) | (None, [named]) => Ok(named),
        (None, [_, _, ..]) => {
            let list = data.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
            Err(format!("the archive holds several data files: {list}; unpack it and name those wanted"))
        }
        (None, []) => Err(match names.iter().find(|name| matches!(ending(name).as_str(), "zip" | "gz" | "zst")) {
            Some(inner) => format!("the archive holds another archive, {inner}; unpack it and name that one"),
            None if names.is_empty() => "the archive is empty; download it again".to_owned(),
            None => {
                let list = names.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
                format!("the archive holds no data file (.txt, .csv, .tsv, .geojson), but: {list}")
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_data_file_of_an_archive_is_found_or_the_reason_told() {
        let choice = |stem: &str, names: &[&str]| {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            choose(stem, &names).map(str::to_owned)
        };
        for (stem, names, chosen) in [
            ("SD", &["readme.txt", "SD.txt"][..], "SD.txt"),
            ("alternateNamesV2", &["iso-languagecodes.txt", "alternateNamesV2.txt"], "alternateNamesV2.txt"),
            ("sites-2024", &["__MACOSX/._sites.csv", "data/", "data/sites.csv", "licence.pdf"], "data/sites.csv"),
        ] {
            assert_eq!(choice(stem, names).as_deref(), Ok(chosen));
        }
        for (names, told) in [
            (&["a.csv", "b.csv"][..], "a.csv, b.csv"),
            (&["inner.zip"], "another archive, inner.zip"),
            (&["roads.shp", "roads.dbf"], "roads.shp"),
            (&[], "empty"),
            (&["xl/workbook.xml", "docProps/app.xml"], "Excel"),
        ] {
            let reason = choice("x", names).expect_err("nothing to choose");
            assert!(reason.contains(told), "{reason}");
        }
    }
}
