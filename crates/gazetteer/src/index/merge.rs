//! Index -> builder: how several index files become one.

use super::{Index, IndexBuilder};
use crate::source::{Name, NameKind, PlaceRow};
use crate::{Gazetteer, GazetteerError, PlaceKey, PlaceRef};
use fst::Streamer;

impl IndexBuilder {
    /// Adds all places of an index. Where a place of an id was added before, the index adds its names and the fields
    /// that the place lacks. Names come folded, as an index keeps them.
    ///
    /// # Errors
    /// [`GazetteerError::Damaged`] when a checksum of the index is wrong; else as for [`IndexBuilder::add`].
    ///
    /// ```
    /// use toponym_gazetteer::{Index, IndexBuilder, PlaceRow};
    /// let site = |id: &str, name: &str| PlaceRow { id: id.into(), name: name.into(), ..PlaceRow::default() };
    /// let mut one = IndexBuilder::new("one");
    /// one.add(site("my:1", "Tell Brak"))?;
    /// let mut other = IndexBuilder::new("other");
    /// other.add(site("my:1", "Nagar"))?;
    /// other.add(site("my:2", "Tell Leilan"))?;
    ///
    /// let mut both = IndexBuilder::new("both");
    /// for builder in [one, other] {
    ///     both.add_index(&Index::from_vec(builder.finish()?)?)?;
    /// }
    /// let index = Index::from_vec(both.finish()?)?;
    /// assert_eq!((index.place_count(), index.name_count()), (2, 3));
    /// # Ok::<(), toponym_gazetteer::GazetteerError>(())
    /// ```
    pub fn add_index(&mut self, index: &Index) -> Result<(), GazetteerError> {
        index.verify()?;
        for credit in &index.meta().credits {
            self.credit(&credit.name, &credit.licence);
        }
        for division in index.divisions() {
            let (code, name) = (index.string(division.code), index.string(division.name));
            if !name.is_empty() {
                self.name_division(code, name)?;
            }
        }
        let known = self.len() as u32;
        let gazetteer = Gazetteer::new(vec![index.clone()]);
        let mut places = Vec::with_capacity(index.places().len());
        for (ordinal, record) in (0..).zip(index.places()) {
            let Some(place) = gazetteer.place(PlaceKey { layer: 0, ordinal }) else { continue };
            places.push(self.add_nameless(&row(&place), record.names)?);
        }
        self.add_names_of(index, &places, known)
    }

    /// Adds the names of an index to its places, whose numbers in the builder are given. Places numbered below `known`
    /// were there before and keep their display names.
    fn add_names_of(&mut self, index: &Index, places: &[u32], known: u32) -> Result<(), GazetteerError> {
        let mut languages = Vec::with_capacity(index.meta().languages.len());
        for language in &index.meta().languages {
            languages.push(self.language(language)?);
        }
        let mut names = index.names.stream();
        while let Some((name, first)) = names.next() {
            for posting in index.postings_from(first) {
                let Some(&place) = places.get(posting.place() as usize) else { continue };
                let kind = match posting.kind() {
                    NameKind::Primary if place < known => NameKind::Variant,
                    kind => kind,
                };
                let language = languages.get(usize::from(posting.language())).copied().unwrap_or(0);
                self.push_folded(name, place, kind, language)?;
            }
        }
        Ok(())
    }
}

/// The row that a place was made of, without its names.
fn row(place: &PlaceRef<'_>) -> PlaceRow {
    let part = |code: Option<&str>, depth: usize| {
        code.and_then(|code| code.split('.').nth(depth)).map(str::to_owned).unwrap_or_default()
    };
    PlaceRow {
        id: place.id(),
        name: place.name().to_owned(),
        names: Vec::<Name>::new(),
        feature: place.feature().to_owned(),
        lat: place.lat(),
        lon: place.lon(),
        countries: place.countries().collect::<Vec<_>>().join("|"),
        admin1: part(place.division1(), 1),
        admin2: part(place.division2(), 2),
        part_of: place.part_of().map(|whole| whole.id()),
        population: place.population().map(u64::from),
        rank: place.rank(),
        bounds: place.bounds(),
        exact_km: place.exact_km(),
        source: place.source().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Gazetteer, Index, IndexBuilder, Name, NameKind, PlaceRow};

    fn index(rows: Vec<PlaceRow>) -> Index {
        let mut builder = IndexBuilder::new("part");
        builder.credit("somebody", "CC0");
        builder.name_division("SY.09", "Aleppo Governorate").expect("fits");
        rows.into_iter().for_each(|row| builder.add(row).expect("fits"));
        Index::from_vec(builder.finish().expect("builds")).expect("opens")
    }

    fn aleppo() -> PlaceRow {
        PlaceRow {
            id: "geonames:170063".into(),
            name: "Aleppo".into(),
            names: vec![Name { text: "حلب".into(), kind: NameKind::Variant, language: "ar".into() }],
            feature: "P.PPLA".into(),
            lat: 36.20124,
            lon: 37.16117,
            countries: "SY|TR".into(),
            admin1: "09".into(),
            population: Some(2_098_210),
            bounds: Some([37.0, 36.0, 37.5, 36.5]),
            exact_km: Some(1.0),
            source: "GeoNames".into(),
            ..PlaceRow::default()
        }
    }

    #[test]
    fn what_a_place_is_survives() {
        let mut district = PlaceRow { id: "my:1".into(), name: "Sheikh Maqsoud".into(), rank: Some(3), ..aleppo() };
        (district.part_of, district.names) = (Some("geonames:170063".into()), Vec::new());
        let first = index(vec![aleppo(), district]);
        let second = index(vec![PlaceRow { name: "Halab".into(), population: None, lat: 1.0, ..aleppo() }]);
        let mut builder = IndexBuilder::new("both");
        builder.add_index(&first).expect("fits");
        builder.add_index(&second).expect("fits");
        let gazetteer = Gazetteer::new(vec![Index::from_vec(builder.finish().expect("builds")).expect("opens")]);
        let merged = &gazetteer.layers()[0];
        assert_eq!((merged.places().len(), merged.meta().credits.len()), (2, 1));
        let hits = gazetteer.lookup("حلب");
        let (place, language) = (&hits[0].place, hits[0].language.as_str());
        assert_eq!((place.name(), language, place.lat()), ("Aleppo", "ar", 36.20124));
        assert_eq!(place.countries().collect::<Vec<_>>(), ["SY", "TR"]);
        assert_eq!((place.division1_name(), place.exact_km()), (Some("Aleppo Governorate"), Some(1.0)));
        assert_eq!(place.bounds(), Some([37.0, 36.0, 37.5, 36.5]));
        assert_eq!(gazetteer.lookup("Halab")[0].kind, NameKind::Variant);
        let district = gazetteer.by_id_ref("my:1").expect("there");
        assert_eq!(district.part_of().map(|whole| whole.id()).as_deref(), Some("geonames:170063"));
        assert_eq!(district.rank(), Some(3));
    }
}
