//! The gazetteer of the `toponym` geoparser: places, their names, and how to find them.
//!
//! [`source`] turns GeoNames dumps, tables and GeoJSON into rows, [`IndexBuilder`] turns rows into the bytes of an
//! index file, [`Index`] opens such a file in place, and [`Gazetteer`] searches one or more of them as one.
//!
//! This crate serves `toponym`, which re-exports what callers need as `toponym::gazetteer`; only that is covered by the
//! promise of stable names (see docs/API.md). Items that rustdoc hides are for `toponym` itself.

#![deny(missing_docs)]

mod attribution;
mod borrowed;
mod containment;
mod error;
mod facts;
#[doc(hidden)]
pub mod geodesy;
#[doc(hidden)]
pub mod index;
mod languages;
mod lookup;
mod place;
mod place_ref;
pub mod source;
mod spellings;
mod view;

use std::sync::Arc;

pub use attribution::{Attribution, Credit};
pub use error::GazetteerError;
pub use index::{Index, IndexBuilder, LatLonBox, is_searching};
#[doc(hidden)]
pub use languages::is_romanised;
#[doc(hidden)]
pub use lookup::HitRef;
pub use lookup::{Hit, Match};
pub use place::Place;
#[doc(hidden)]
pub use place_ref::{PlaceKey, PlaceRef};
pub use source::{Name, NameKind, PlaceRow};
#[doc(hidden)]
pub use spellings::other_spellings;
#[doc(hidden)]
pub use view::PlaceView;

/// One or more indexes, searched as one. Of equally good answers the one of the earlier index wins. Cloning costs a
/// reference count.
///
/// ```
/// use toponym_gazetteer::{Gazetteer, Index};
/// let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
/// let (place, km) = &gazetteer.near(36.2361, 37.1517, 5.0, 1)[0];
/// assert_eq!(place.name(), "Sheikh Maqsoud");
/// assert!(*km < 1.0);
/// # Ok::<(), toponym_gazetteer::GazetteerError>(())
/// ```
#[derive(Clone)]
pub struct Gazetteer(Arc<Stack>);

/// What the handles of a gazetteer share.
struct Stack {
    layers: Vec<Index>,
    attribution: Attribution,
    /// By index and number of an id's source: whether its ids are those of the last index too. Empty for an index that is
    /// no list of one's own.
    shared_ids: Vec<Vec<bool>>,
}

/// Rows of an index that is a list of one's own places, at most. A larger one is a gazetteer like the others: that it
/// has a name tells nothing.
const OWN_ROWS: usize = 50_000;

/// For each index above the last: which sources of ids it has in common with it.
fn shared_ids(layers: &[Index]) -> Vec<Vec<bool>> {
    let Some((last, above)) = layers.split_last() else { return Vec::new() };
    let is_shared = |source: &String| last.meta().id_sources.contains(source);
    let of_index = |index: &Index| match index.place_count() <= OWN_ROWS {
        true => index.meta().id_sources.iter().map(is_shared).collect(),
        false => Vec::new(),
    };
    above.iter().map(of_index).collect()
}

impl Gazetteer {
    /// A gazetteer of these indexes, those that win ties first.
    pub fn new(layers: Vec<Index>) -> Self {
        let attribution = layers.iter().flat_map(|index| index.credits().iter().cloned()).collect();
        let shared_ids = shared_ids(&layers);
        Gazetteer(Arc::new(Stack { layers, attribution, shared_ids }))
    }

    /// A gazetteer of this one's indexes, and behind them those of `below`.
    pub fn over(self, below: Gazetteer) -> Self {
        let layers = self.layers().iter().chain(below.layers()).cloned();
        Gazetteer::new(layers.collect())
    }

    /// The indexes, in their order.
    pub fn layers(&self) -> &[Index] {
        &self.0.layers
    }

    /// Whose data the indexes hold, and under which licences.
    pub fn attribution(&self) -> &Attribution {
        &self.0.attribution
    }

    /// Whether a search has met damage in one of the indexes, so that what it found may not be all there is.
    /// `Index::verify` tells which.
    pub fn is_damaged(&self) -> bool {
        self.layers().iter().any(Index::is_damaged)
    }

    /// Whether the file of one of the indexes has been written over or cut off since it was opened.
    pub fn is_changed(&self) -> bool {
        self.layers().iter().any(Index::is_changed)
    }

    /// The place with this id, such as `geonames:170063`.
    pub fn by_id(&self, id: &str) -> Option<Place> {
        self.by_id_ref(id).map(Place::from)
    }

    /// The `limit` places nearest to a point in degrees within `km` kilometres, the nearest first, each with its
    /// great-circle distance in kilometres.
    pub fn near(&self, lat: f64, lon: f64, km: f64, limit: usize) -> Vec<(Place, f64)> {
        let near = self.near_refs(lat, lon, km, limit).into_iter();
        near.map(|(place, km)| (Place::from(place), km)).collect()
    }

    /// All places in a box of the map, the better known first.
    pub fn within(&self, area: &LatLonBox) -> Vec<Place> {
        self.within_refs(area).into_iter().map(Place::from).collect()
    }

    /// All places, index by index; one that several indexes hold comes several times.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.layers().iter().zip(0..).flat_map(move |(index, layer)| {
            let ordinals = 0..index.place_count() as u32;
            ordinals.filter_map(move |ordinal| self.place(PlaceKey { layer, ordinal }).map(Place::from))
        })
    }

    /// Whether names of an index tell that a word is a name: those of the last index, which the models know, and of
    /// lists of one's own. Larger indexes have a place for every ordinary word.
    #[doc(hidden)]
    pub fn tells_names(&self, layer: u16) -> bool {
        self.0.shared_ids.get(usize::from(layer)).is_none_or(|shared| !shared.is_empty())
    }

    /// Whether two handles are of one gazetteer.
    fn is_same(&self, other: &Gazetteer) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
