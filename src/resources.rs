//! What does not change from document to document.

use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::mention;
use crate::relation::AreaCache;
use crate::resolve;
use crate::text::language::DEFAULT_LANGUAGE;
use std::fmt;
use std::sync::Arc;

/// A gazetteer, the models, and what has been computed of them and is kept. Geoparsers share it, on as many threads as
/// there are; nothing of it is process-wide, so that resources with different gazetteers stand side by side.
///
/// ```
/// use toponym::gazetteer::{self, Gazetteer, Index, IndexBuilder, PlaceRow};
/// use toponym::{Document, Geoparser, Resources};
/// let mut builder = IndexBuilder::new("my sites");
/// builder.add(PlaceRow { id: "my:1".into(), name: "Camp Azum".into(), lat: 12.4, lon: 23.6, ..PlaceRow::default() })?;
/// let own = Gazetteer::new(vec![Index::from_vec(builder.finish()?)?]);
/// let geoparser = Geoparser::new(Resources::new(own.over(gazetteer::embedded()?))?);
/// let annotations = geoparser.annotate(&Document::new("1", "Fighters left Camp Azum for Khartoum."));
/// assert_eq!(annotations.mentions[0].place.as_ref().map(|place| place.id()).as_deref(), Some("my:1"));
/// # Ok::<(), toponym::Error>(())
/// ```
pub struct Resources {
    gazetteer: Gazetteer,
    recognisers: Vec<mention::Model>,
    resolver: Arc<resolve::Model>,
    areas: AreaCache,
}

impl Resources {
    /// The gazetteer and the models that are compiled into the library.
    ///
    /// # Errors
    /// Never in a sound build; the error says what is wrong with what is embedded.
    pub fn embedded() -> Result<Self, Error> {
        Resources::new(crate::embedded()?)
    }

    /// A gazetteer, and the models that are compiled into the library.
    ///
    /// # Errors
    /// Never in a sound build; the error says what is wrong with the models.
    pub fn new(gazetteer: Gazetteer) -> Result<Self, Error> {
        let (recognisers, resolver) = (crate::recognisers()?, crate::resolver()?);
        Ok(Resources { gazetteer, recognisers, resolver, areas: AreaCache::default() })
    }

    /// The same with another recogniser in place of all embedded ones, as `toponym train recogniser` makes them. `None` leaves
    /// recognition to the gazetteer and rules.
    pub fn with_recogniser(self, recogniser: Option<mention::Model>) -> Self {
        Resources { recognisers: recogniser.into_iter().collect(), ..self }
    }

    /// The same with another model to choose places, as `toponym train resolver` makes them.
    pub fn with_resolver(self, resolver: resolve::Model) -> Self {
        Resources { resolver: Arc::new(resolver), ..self }
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The recogniser of the default language, English, or the one that was given in its place; `None` when recognition is left to the
    /// gazetteer and rules.
    pub fn recogniser(&self) -> Option<&mention::Model> {
        self.recogniser_for(DEFAULT_LANGUAGE).or(self.recognisers.first())
    }

    /// The recogniser of a language, given its BCP 47 tag; `None` when recognition is left to the gazetteer and rules.
    pub fn recogniser_for(&self, language: &str) -> Option<&mention::Model> {
        self.recognisers.iter().find(|model| model.knows(language))
    }

    pub(crate) fn resolver(&self) -> &resolve::Model {
        &self.resolver
    }

    /// The areas that have been drawn of the gazetteer's places.
    pub(crate) fn areas(&self) -> &AreaCache {
        &self.areas
    }
}

impl fmt::Debug for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = self.gazetteer.layers().iter().map(|index| index.title());
        f.debug_struct("Resources").field("gazetteer", &titles.collect::<Vec<_>>()).finish_non_exhaustive()
    }
}
