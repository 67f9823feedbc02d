//! The user's data directory, where downloaded gazetteers are, and finding them by name.

use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};
use toponym::Place;

/// The environment variable that names another directory.
const VARIABLE: &str = "TOPONYM_DATA_DIR";

/// The directory of gazetteers; `None` if there is no home directory.
pub fn folder() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        Some(path) => Some(path.into()),
        None => Some(etcetera::choose_base_strategy().ok()?.data_dir().join("toponym")),
    }
}

/// Whether a path may be the name of a gazetteer rather than a file: it has neither folder nor ending.
pub fn is_name(path: &Path) -> bool {
    path.extension().is_none() && path.components().count() == 1 && path.file_name().is_some()
}

/// The country with a code or a name in any language; hyphens stand for spaces.
///
/// # Errors
/// When the embedded gazetteer cannot be opened.
pub fn country(name: &str) -> Result<Option<Place>, String> {
    let gazetteer = toponym::gazetteer::embedded().map_err(|error| error.to_string())?;
    let is_country = |place: &Place| place.feature().starts_with("A.PCL") && place.country().len() == 2;
    if name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let code = name.to_uppercase();
        return Ok(gazetteer.places().find(|place| is_country(place) && place.country() == code));
    }
    let hits = gazetteer.lookup(&name.replace(['-', '_'], " ")).into_iter();
    let exact = hits.filter(|hit| hit.found == toponym::gazetteer::Match::Exact).map(|hit| hit.place);
    Ok(exact.into_iter().find(is_country))
}

/// The file of a gazetteer: the path itself, or the downloaded gazetteer of that name.
///
/// # Errors
/// When the path is no file, and may be a name, but no gazetteer has it: what to do.
pub fn find(path: &Path) -> Result<PathBuf, String> {
    if path.exists() || !is_name(path) {
        return Ok(path.to_owned());
    }
    let name = path.to_string_lossy();
    let file = |name: &str| Some(folder()?.join(format!("{name}.toponym"))).filter(|path| path.is_file());
    if let Some(found) = file(&name).or_else(|| file(&name.to_lowercase())) {
        return Ok(found);
    }
    let code = country(&name)?.map(|country| country.country().to_owned());
    if let Some(found) = code.as_ref().and_then(|code| file(&code.to_lowercase())) {
        return Ok(found);
    }
    let wanted = code.unwrap_or_else(|| "COUNTRY".to_owned());
    Err(format!("{name}: neither a file nor a downloaded gazetteer; `toponym gazetteer get {wanted}` downloads one"))
}
