//! Look-ups that borrow from the gazetteer, for the steps of the geoparser, which look at many places and keep few.

use crate::{Gazetteer, LatLonBox, NameKind, PlaceKey, PlaceRef};
use std::collections::HashMap;

#[doc(hidden)]
impl Gazetteer {
    /// The place with this key. A key of another gazetteer may give no place or another one.
    #[inline]
    pub fn place(&self, key: PlaceKey) -> Option<PlaceRef<'_>> {
        PlaceRef::new(self, key)
    }

    /// The name of the division with a code such as `SY.09` or `US.TX.113`, from the first index that has one.
    pub fn division_name(&self, code: &str) -> Option<&str> {
        self.layers().iter().find_map(|index| {
            let name = index.name_of_division(index.division(code)?);
            Some(name).filter(|name| !name.is_empty())
        })
    }

    /// As [`Gazetteer::by_id`].
    pub fn by_id_ref(&self, id: &str) -> Option<PlaceRef<'_>> {
        self.layers().iter().zip(0..).find_map(|(index, layer)| {
            let ordinal = index.by_id(id)?;
            self.place(PlaceKey { layer, ordinal })
        })
    }

    /// The places that bear exactly this folded name, and what the name is to each.
    pub fn named(&self, folded: &str) -> impl Iterator<Item = (PlaceRef<'_>, NameKind)> {
        self.layers().iter().zip(0..).flat_map(move |(index, layer)| {
            index.named(folded).iter().filter_map(move |posting| {
                let place = self.place(PlaceKey { layer, ordinal: posting.place() })?;
                Some((place, posting.kind()))
            })
        })
    }

    /// The places that bear a folded name with a space and one of these words behind it, in the order of the words.
    pub fn named_behind<'w>(
        &self,
        folded: &str,
        words: impl Iterator<Item = &'w str>,
    ) -> Vec<(PlaceRef<'_>, NameKind)> {
        let walks = self.layers().iter().zip(0..).filter_map(|(index, layer)| {
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

    /// As [`Gazetteer::near`].
    pub fn near_refs(&self, lat: f64, lon: f64, km: f64, limit: usize) -> Vec<(PlaceRef<'_>, f64)> {
        let layers = self.layers().iter().zip(0..);
        let mut found: Vec<(PlaceRef<'_>, f64)> = layers
            .flat_map(|(index, layer)| {
                let near = index.near(lat, lon, km, limit).into_iter();
                near.filter_map(move |near| Some((self.place(PlaceKey { layer, ordinal: near.place })?, near.km)))
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        self.drop_repeated_ids(&mut found, |(place, _)| place);
        found.truncate(limit);
        found
    }

    /// As [`Gazetteer::within`].
    pub fn within_refs(&self, area: &LatLonBox) -> Vec<PlaceRef<'_>> {
        let layers = self.layers().iter().zip(0..);
        let mut found: Vec<PlaceRef<'_>> = layers
            .flat_map(|(index, layer)| {
                let inside = index.within(area).into_iter();
                inside.filter_map(move |ordinal| self.place(PlaceKey { layer, ordinal }))
            })
            .collect();
        self.drop_repeated_ids(&mut found, |place| place);
        found.sort_by(|a, b| b.prominence().total_cmp(&a.prominence()).then(a.key().cmp(&b.key())));
        found
    }

    /// Of the places that several indexes hold under one id, keeps that of the first index.
    fn drop_repeated_ids<'g, T>(&self, found: &mut Vec<T>, place: impl Fn(&T) -> &PlaceRef<'g>) {
        if self.layers().len() > 1 {
            let mut first: HashMap<String, u16> = HashMap::new();
            for each in found.iter() {
                let layer = first.entry(place(each).id()).or_insert(place(each).key().layer);
                *layer = place(each).key().layer.min(*layer);
            }
            found.retain(|each| first.get(&place(each).id()) == Some(&place(each).key().layer));
        }
    }
}
