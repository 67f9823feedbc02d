//! The gazetteer, the recogniser and the lexicon that the program carries in itself.

use crate::gazetteer::{Gazetteer, GazetteerError, Index};
use crate::mention::{Model, ModelError};
use std::sync::OnceLock;
use toponym_text::language::DEFAULT_LANGUAGE;

/// The gazetteer that is compiled into the library: some 280,000 places with their names, used where it lies.
///
/// ```
/// let gazetteer = toponym::embedded()?;
/// let aleppo = gazetteer.by_id("geonames:170063").expect("Aleppo");
/// assert_eq!((aleppo.name(), aleppo.country()), ("Aleppo", "SY"));
/// # Ok::<(), toponym::gazetteer::GazetteerError>(())
/// ```
///
/// # Errors
/// Never in a sound build; the error says what is wrong with the embedded index.
pub fn embedded() -> Result<Gazetteer, GazetteerError> {
    static OPENED: OnceLock<Gazetteer> = OnceLock::new();
    if let Some(gazetteer) = OPENED.get() {
        return Ok(gazetteer.clone());
    }
    let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
    Ok(OPENED.get_or_init(|| gazetteer).clone())
}

/// The weights of the recogniser of English place names that are compiled into the library.
///
/// # Errors
/// Never in a sound build; the error says what is wrong with the embedded model.
pub fn recogniser() -> Result<Model, ModelError> {
    static OPENED: OnceLock<Model> = OnceLock::new();
    if let Some(model) = OPENED.get() {
        return Ok(model.clone());
    }
    let model = Model::from_static(toponym_languages::recogniser(DEFAULT_LANGUAGE).unwrap_or_default())?;
    Ok(OPENED.get_or_init(|| model).clone())
}

/// A table of the default language's pack.
pub(crate) fn english_table(path: &str) -> &'static str {
    let english = toponym_languages::languages().default_language();
    english.file(path).unwrap_or_else(|| unreachable!("the pack of English holds {path}"))
}
