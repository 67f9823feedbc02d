//! The gazetteer, the recogniser and the lexicon that the program carries in itself.

use crate::gazetteer::{Gazetteer, GazetteerError, Index};
use crate::mention::{Model, ModelError};
use crate::text::lexicon::Lexicon;
use std::sync::OnceLock;

/// Aligns the bytes of a file for the records in it.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

static GAZETTEER: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.index")));
static RECOGNISER: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/recogniser.model")));
static LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.table"));

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
    let gazetteer = Gazetteer::new(vec![Index::from_static(&GAZETTEER.0)?]);
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
    let model = Model::from_static(&RECOGNISER.0)?;
    Ok(OPENED.get_or_init(|| model).clone())
}

/// The compiled lists of `data/words/`.
pub(crate) fn lexicon() -> &'static Lexicon<&'static [u8]> {
    static OPENED: OnceLock<Lexicon<&'static [u8]>> = OnceLock::new();
    OPENED.get_or_init(|| {
        Lexicon::open(LEXICON)
            .unwrap_or_else(|_| unreachable!("the build script wrote the lexicon with the same crate"))
    })
}
