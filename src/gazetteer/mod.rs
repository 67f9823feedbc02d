//! The gazetteer: places, their names, and how to find them.
//!
//! With [`crate::text`] this is the part that the build script compiles too, to make the embedded gazetteer out of
//! `data/`; it uses nothing else of the crate.

mod error;
pub mod index;
mod languages;
mod lookup;
mod place;
pub mod source;

pub use error::GazetteerError;
pub use index::{Index, IndexBuilder};
pub use lookup::{Hit, Match};
pub use place::{Place, PlaceKey};
pub use source::{NameKind, Row};

/// One or more indexes, searched as one. Earlier ones win ties.
#[derive(Clone)]
pub struct Gazetteer {
    layers: Vec<Index>,
}

impl Gazetteer {
    /// A gazetteer of these indexes.
    pub fn new(layers: Vec<Index>) -> Self {
        Gazetteer { layers }
    }

    /// The indexes, in their order.
    pub fn layers(&self) -> &[Index] {
        &self.layers
    }

    /// The place with this key. A key of another gazetteer may give no place or another one.
    pub fn place(&self, key: PlaceKey) -> Option<Place<'_>> {
        let index = self.layers.get(usize::from(key.layer))?;
        Place::new(index, key)
    }

    /// The place with this id, such as `geonames:170063`.
    pub fn by_id(&self, id: &str) -> Option<Place<'_>> {
        self.layers.iter().zip(0..).find_map(|(index, layer)| {
            let ordinal = index.by_id(id)?;
            self.place(PlaceKey { layer, ordinal })
        })
    }

    /// The places that bear exactly this folded name, and what the name is to each.
    pub fn named(&self, folded: &str) -> impl Iterator<Item = (Place<'_>, NameKind)> {
        self.layers.iter().zip(0..).flat_map(move |(index, layer)| {
            index.named(folded).iter().filter_map(move |posting| {
                let place = Place::new(index, PlaceKey { layer, ordinal: posting.place })?;
                Some((place, NameKind::from_number(posting.kind)))
            })
        })
    }

    /// The `limit` places nearest to a point in degrees within `km` kilometres, nearest first, with their distances in
    /// kilometres.
    ///
    /// ```
    /// let gazetteer = toponym::embedded()?;
    /// let (place, km) = &gazetteer.near(36.2361, 37.1517, 5.0, 1)[0];
    /// assert_eq!(place.name(), "Sheikh Maqsoud");
    /// assert!(*km < 1.0);
    /// # Ok::<(), toponym::gazetteer::GazetteerError>(())
    /// ```
    pub fn near(&self, lat: f64, lon: f64, km: f64, limit: usize) -> Vec<(Place<'_>, f64)> {
        let layers = self.layers.iter().zip(0..);
        let mut found: Vec<(Place<'_>, f64)> = layers
            .flat_map(|(index, layer)| {
                let near = index.near(lat, lon, km, limit).into_iter();
                near.filter_map(move |near| {
                    Some((Place::new(index, PlaceKey { layer, ordinal: near.place })?, near.km))
                })
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        found.truncate(limit);
        found
    }
}
