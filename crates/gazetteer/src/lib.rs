//! The gazetteer: places, their names, and how to find them.

#![deny(missing_docs)]

mod error;
pub mod geodesy;
pub mod index;
mod languages;
mod lookup;
mod place;
pub mod source;
mod within;

use std::sync::atomic::{AtomicU64, Ordering};

pub use error::GazetteerError;
pub use index::{Index, IndexBuilder, LatLonBox};
pub use languages::is_romanised;
pub use lookup::{Hit, Match};
pub use place::{PlaceKey, PlaceRef};
pub use source::{Name, NameKind, Row};

/// One or more indexes, searched as one. Earlier ones win ties.
#[derive(Clone)]
pub struct Gazetteer {
    layers: Vec<Index>,
    serial: u64,
}

impl Gazetteer {
    /// A gazetteer of these indexes.
    pub fn new(layers: Vec<Index>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Gazetteer { layers, serial: NEXT.fetch_add(1, Ordering::Relaxed) }
    }

    /// A number that no other gazetteer of the process has, but for clones: under it what has been found out about its
    /// places may be kept.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The indexes, in their order.
    pub fn layers(&self) -> &[Index] {
        &self.layers
    }

    /// Whether a search has met damage in one of the indexes: what it found is then not all there is.
    pub fn is_damaged(&self) -> bool {
        self.layers.iter().any(Index::is_damaged)
    }

    /// The same with further indexes behind its own.
    pub fn over(self, below: Gazetteer) -> Self {
        Gazetteer::new([self.layers, below.layers].concat())
    }

    /// The place with this key. A key of another gazetteer may give no place or another one.
    pub fn place(&self, key: PlaceKey) -> Option<PlaceRef<'_>> {
        PlaceRef::new(self, key)
    }

    /// The name of the division with a code such as `SY.09` or `US.TX.113`, from whichever index knows it.
    pub fn division_name(&self, code: &str) -> Option<&str> {
        self.layers.iter().find_map(|index| {
            let name = index.name_of_division(index.division(code)?);
            Some(name).filter(|name| !name.is_empty())
        })
    }

    /// The place with this id, such as `geonames:170063`.
    pub fn by_id(&self, id: &str) -> Option<PlaceRef<'_>> {
        self.layers.iter().zip(0..).find_map(|(index, layer)| {
            let ordinal = index.by_id(id)?;
            self.place(PlaceKey { layer, ordinal })
        })
    }

    /// The places that bear exactly this folded name, and what the name is to each.
    pub fn named(&self, folded: &str) -> impl Iterator<Item = (PlaceRef<'_>, NameKind)> {
        self.layers.iter().zip(0..).flat_map(move |(index, layer)| {
            index.named(folded).iter().filter_map(move |posting| {
                let place = self.place(PlaceKey { layer, ordinal: posting.place() })?;
                Some((place, posting.kind()))
            })
        })
    }

    /// The places whose names are a folded name with a space and one of these words behind it, in the order of the words.
    pub fn named_behind<'w>(
        &self,
        folded: &str,
        words: impl Iterator<Item = &'w str>,
    ) -> Vec<(PlaceRef<'_>, NameKind)> {
        let walks = self.layers.iter().zip(0..).filter_map(|(index, layer)| {
            let mut walk = index.walk();
            (walk.go(folded) && walk.go(" ")).then_some((layer, walk))
        });
        let walks: Vec<_> = walks.collect();
        let mut places = Vec::new();
        // Few names go on at all.
        for word in words.take_while(|_| !walks.is_empty()) {
            for &(layer, mut walk) in &walks {
                let postings = if walk.go(word) { walk.postings() } else { &[] };
                places.extend(postings.iter().filter_map(|posting| {
                    let place = self.place(PlaceKey { layer, ordinal: posting.place() })?;
                    Some((place, posting.kind()))
                }));
            }
        }
        places
    }

    /// The `limit` places nearest to a point in degrees within `km` kilometres, nearest first, with their distances in
    /// kilometres.
    ///
    /// ```
    /// use toponym_gazetteer::{Gazetteer, Index};
    /// let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
    /// let (place, km) = &gazetteer.near(36.2361, 37.1517, 5.0, 1)[0];
    /// assert_eq!(place.name(), "Sheikh Maqsoud");
    /// assert!(*km < 1.0);
    /// # Ok::<(), toponym_gazetteer::GazetteerError>(())
    /// ```
    pub fn near(&self, lat: f64, lon: f64, km: f64, limit: usize) -> Vec<(PlaceRef<'_>, f64)> {
        let layers = self.layers.iter().zip(0..);
        let mut found: Vec<(PlaceRef<'_>, f64)> = layers
            .flat_map(|(index, layer)| {
                let near = index.near(lat, lon, km, limit).into_iter();
                near.filter_map(move |near| Some((self.place(PlaceKey { layer, ordinal: near.place })?, near.km)))
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        self.drop_doubles(&mut found, |(place, _)| place);
        found.truncate(limit);
        found
    }

    /// All places in a box of the map, the better known first.
    pub fn within(&self, area: &LatLonBox) -> Vec<PlaceRef<'_>> {
        let layers = self.layers.iter().zip(0..);
        let mut found: Vec<PlaceRef<'_>> = layers
            .flat_map(|(index, layer)| {
                let inside = index.within(area).into_iter();
                inside.filter_map(move |ordinal| self.place(PlaceKey { layer, ordinal }))
            })
            .collect();
        self.drop_doubles(&mut found, |place| place);
        found.sort_by(|a, b| b.prominence().total_cmp(&a.prominence()).then(a.key().cmp(&b.key())));
        found
    }

    /// Keeps of the places that several indexes hold the one of the earliest.
    fn drop_doubles<'g, T>(&self, found: &mut Vec<T>, place: impl Fn(&T) -> &PlaceRef<'g>) {
        if self.layers.len() > 1 {
            let mut first: std::collections::HashMap<String, u16> = std::collections::HashMap::new();
            for each in found.iter() {
                let layer = first.entry(place(each).id()).or_insert(place(each).key().layer);
                *layer = place(each).key().layer.min(*layer);
            }
            found.retain(|each| first.get(&place(each).id()) == Some(&place(each).key().layer));
        }
    }
}
