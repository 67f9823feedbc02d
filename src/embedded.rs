//! The gazetteer, the models and the lexicon that are compiled into the library.

use crate::error::Error;
use crate::gazetteer::{Gazetteer, GazetteerError, Index};
use crate::mention::{self, ModelError};
use crate::resolve;
use std::sync::{Arc, OnceLock};

/// The gazetteer that is compiled into the library: some 245,000 places with their names, used in place. It is opened
/// once.
///
/// ```
/// let gazetteer = toponym::gazetteer::embedded()?;
/// let aleppo = gazetteer.by_id("geonames:170063").expect("Aleppo");
/// assert_eq!((aleppo.name(), aleppo.country()), ("Aleppo", "SY"));
/// # Ok::<(), toponym::gazetteer::GazetteerError>(())
/// ```
///
/// # Errors
/// Never in a sound build; the error says what is wrong with the embedded index.
pub fn embedded() -> Result<Gazetteer, GazetteerError> {
    static OPENED: OnceLock<Gazetteer> = OnceLock::new();
    opened(&OPENED, || Ok(Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?])))
}

/// The recogniser of English place names.
#[cfg(test)]
pub(crate) fn recogniser() -> Result<mention::Model, ModelError> {
    mention::Model::from_static(
        toponym_languages::recogniser(crate::text::language::DEFAULT_LANGUAGE).unwrap_or_default(),
    )
}

/// All recognisers.
pub(crate) fn recognisers() -> Result<Vec<mention::Model>, ModelError> {
    static OPENED: OnceLock<Vec<mention::Model>> = OnceLock::new();
    opened(&OPENED, || toponym_languages::recognisers().map(mention::Model::from_static).collect())
}

/// The model that chooses among places.
pub(crate) fn resolver() -> Result<Arc<resolve::Model>, Error> {
    static OPENED: OnceLock<Arc<resolve::Model>> = OnceLock::new();
    opened(&OPENED, || resolve::Model::from_bytes(toponym_data::RESOLVER).map(Arc::new))
}

/// What a lock holds, opened if it holds nothing yet. An error is not kept.
fn opened<T: Clone, E>(lock: &OnceLock<T>, open: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    match lock.get() {
        Some(opened) => Ok(opened.clone()),
        None => open().map(|opened| lock.get_or_init(|| opened).clone()),
    }
}
