//! A place as a caller keeps it.

use crate::facts::{PlaceFacts, UNKNOWN};
use crate::view::PlaceView;
use crate::{Gazetteer, PlaceKey, PlaceRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A place of a gazetteer: a handle that owns what it needs, so that it can be stored, sent to other threads and
/// written out.
///
/// A place that a look-up or a geoparser returned refers to its gazetteer; cloning it costs a reference count. One that
/// was deserialised holds its facts itself. Both answer alike, and two places are equal when all their facts are.
///
/// ```
/// use toponym_gazetteer::{Gazetteer, Index, Place};
/// let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
/// let aleppo = gazetteer.by_id("geonames:170063").expect("Aleppo");
/// assert_eq!((aleppo.name(), aleppo.country()), ("Aleppo", "SY"));
/// assert_eq!(aleppo.to_string(), "Aleppo, Aleppo Governorate, SY (geonames:170063)");
/// let json = serde_json::to_string(&aleppo)?;
/// assert_eq!(serde_json::from_str::<Place>(&json)?, aleppo);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Place(Repr);

#[derive(Clone)]
enum Repr {
    /// A place that lies in an index.
    Indexed { gazetteer: Gazetteer, key: PlaceKey },
    /// One that is meant elsewhere than at its point.
    Moved { gazetteer: Gazetteer, key: PlaceKey, facts: Arc<PlaceFacts> },
    /// A place that was read from a record.
    Detached(Arc<PlaceFacts>),
}

impl From<PlaceRef<'_>> for Place {
    fn from(place: PlaceRef<'_>) -> Self {
        Place(Repr::Indexed { gazetteer: place.gazetteer.clone(), key: place.key })
    }
}

impl Place {
    /// The place as it lies in its gazetteer or its record, for reading several facts at once.
    #[doc(hidden)]
    pub fn view(&self) -> PlaceView<'_> {
        match &self.0 {
            // A handle is only made of a place that its gazetteer has.
            Repr::Indexed { gazetteer, key } => {
                gazetteer.place(*key).map_or(PlaceView::Detached(&UNKNOWN), PlaceView::Indexed)
            }
            Repr::Moved { facts, .. } | Repr::Detached(facts) => PlaceView::Detached(facts),
        }
    }

    /// The same place with another point, in degrees, that is exact to so many kilometres, and with whom that is from: a river
    /// where a text means it. `country` is the one at the point; if the place lies in it, it is the main one.
    #[doc(hidden)]
    pub fn at(self, (lat, lon): (f64, f64), exact_km: f64, country: &str, source: &str) -> Place {
        let mut facts = PlaceFacts { lat, lon, exact_km: Some(exact_km), source: source.to_owned(), ..self.facts() };
        facts.countries.sort_by_key(|code| code != country);
        let facts = Arc::new(facts);
        match self.0 {
            Repr::Indexed { gazetteer, key } | Repr::Moved { gazetteer, key, .. } => {
                Place(Repr::Moved { gazetteer, key, facts })
            }
            Repr::Detached(_) => Place(Repr::Detached(facts)),
        }
    }

    fn facts(&self) -> PlaceFacts {
        match self.view() {
            PlaceView::Indexed(place) => PlaceFacts::from(place),
            PlaceView::Detached(facts) => facts.clone(),
        }
    }

    /// The place in its gazetteer; `None` for one that was deserialised.
    #[doc(hidden)]
    pub fn indexed(&self) -> Option<PlaceRef<'_>> {
        match &self.0 {
            Repr::Indexed { gazetteer, key } | Repr::Moved { gazetteer, key, .. } => gazetteer.place(*key),
            Repr::Detached(_) => None,
        }
    }

    /// `source:id`, such as `geonames:170063`.
    pub fn id(&self) -> String {
        self.view().id()
    }

    /// The display name.
    pub fn name(&self) -> &str {
        self.view().name()
    }

    /// Degrees north, WGS 84.
    pub fn lat(&self) -> f64 {
        self.view().lat()
    }

    /// Degrees east, WGS 84.
    pub fn lon(&self) -> f64 {
        self.view().lon()
    }

    /// West, south, east and north of its extent in degrees; `None` where the gazetteer has no extent for it.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.view().bounds()
    }

    /// How far the point may lie from a fair representative point of the place, in kilometres; `None` where that is not
    /// known.
    pub fn exact_km(&self) -> Option<f64> {
        self.view().exact_km()
    }

    /// ISO 3166-1 alpha-2 codes of the countries it lies in, the main one first; none for the high seas.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        self.view().countries()
    }

    /// The code of the main country; empty for the high seas, and for continents, regions, unions and seas of several
    /// countries, which [`countries`](Place::countries) lists.
    pub fn country(&self) -> &str {
        self.view().country()
    }

    /// The name of the first-level division it lies in; `None` for such a division itself, and where the name is not
    /// known.
    pub fn division1_name(&self) -> Option<&str> {
        self.view().division1_name()
    }

    /// The name of the second-level division it lies in; `None` for such a division itself, and where the name is not
    /// known.
    pub fn division2_name(&self) -> Option<&str> {
        self.view().division2_name()
    }

    /// The name of the place that it is a part of, such as the city of a district.
    pub fn part_of_name(&self) -> Option<&str> {
        self.view().part_of_name()
    }

    /// GeoNames feature class and code, such as `P.PPLA`; empty where it is not known.
    pub fn feature(&self) -> &str {
        self.view().feature()
    }

    /// GeoNames feature class: `A` divisions, `P` populated places, `H` waters, `T` landforms, `L` regions, `S` sites,
    /// `R` roads, `V` forests, `U` undersea; `' '` where it is not known.
    pub fn class(&self) -> char {
        self.view().class()
    }

    /// Number of inhabitants, if known.
    pub fn population(&self) -> Option<u32> {
        self.view().population()
    }

    /// Whom the coordinates are from; empty where that is not known.
    pub fn source(&self) -> &str {
        self.view().source()
    }

    /// Whether `other` lies in this place, by country, division or part; no place lies in itself. `None` where the
    /// gazetteer does not tell (it knows the parts of few towns and regions), or where one of the two was deserialised.
    ///
    /// ```
    /// use toponym_gazetteer::{Gazetteer, Index};
    /// let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
    /// let place = |name| gazetteer.lookup(name)[0].place.clone();
    /// assert_eq!(place("Syria").contains(&place("Aleppo")), Some(true));
    /// assert_eq!(place("Lebanon").contains(&place("Aleppo")), Some(false));
    /// assert_eq!(place("Middle East").contains(&place("Aleppo")), None);
    /// # Ok::<(), toponym_gazetteer::GazetteerError>(())
    /// ```
    pub fn contains(&self, other: &Place) -> Option<bool> {
        self.indexed()?.is_known_to_contain(&other.indexed()?)
    }

    /// How well known the place is: about the decimal logarithm of the number of people who would take its bare name
    /// for it. 3 for a small town, 6 for a metropolis, 8 for a great country. An estimate from population, feature type
    /// and rank.
    pub fn prominence(&self) -> f64 {
        self.view().prominence()
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.0, &other.0) {
            (Repr::Indexed { gazetteer, key }, Repr::Indexed { gazetteer: other, key: other_key }) => {
                key == other_key && gazetteer.is_same(other)
            }
            (Repr::Detached(facts), Repr::Detached(other)) => Arc::ptr_eq(facts, other),
            _ => false,
        };
        same || self.facts() == other.facts()
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {}, {:.4} {:.4})", self.name(), self.id(), self.feature(), self.lat(), self.lon())
    }
}

/// Name, what contains it, country code and id: `Sheikh Maqsoud, Aleppo, SY (toponym:aleppo-sheikh-maqsoud)`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        let country = Some(self.country()).filter(|country| !country.is_empty());
        let mut before = self.name();
        for container in [self.part_of_name(), self.division1_name(), country].into_iter().flatten() {
            if container != before {
                write!(f, ", {container}")?;
            }
            before = container;
        }
        write!(f, " ({})", self.id())
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.facts().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Place(Repr::Detached(Arc::new(PlaceFacts::deserialize(deserializer)?))))
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::{Gazetteer, Index, IndexBuilder, PlaceRow};

    fn gazetteer() -> Gazetteer {
        let mut builder = IndexBuilder::new("test");
        let row = |id: &str, name: &str, feature: &str, admin1: &str| PlaceRow {
            id: id.into(),
            name: name.into(),
            feature: feature.into(),
            admin1: admin1.into(),
            countries: "SY|TR".into(),
            lat: 36.2,
            lon: 37.16,
            source: "GeoNames".into(),
            ..PlaceRow::default()
        };
        let division = row("x:9", "North", "A.ADM1", "09");
        let city = PlaceRow {
            population: Some(2_000_000),
            bounds: Some([37.0, 36.0, 37.5, 36.5]),
            exact_km: Some(1.5),
            ..row("x:1", "Aleppo", "P.PPLA", "09")
        };
        let district = PlaceRow { part_of: Some("x:1".into()), ..row("x:2", "Sheikh Maqsoud", "P.PPLX", "09") };
        for row in [division, city, district, row("x:sea", "Sea", "", "")] {
            builder.add(row).expect("fits");
        }
        Gazetteer::new(vec![Index::from_vec(builder.finish().expect("builds")).expect("opens")])
    }

    #[test]
    fn a_place_that_is_written_is_read_back() {
        let gazetteer = gazetteer();
        for id in ["x:1", "x:2", "x:9", "x:sea"] {
            let place = gazetteer.by_id(id).expect("known");
            let json = serde_json::to_string(&place).expect("JSON");
            let read: Place = serde_json::from_str(&json).expect("read back");
            assert_eq!(read, place, "{json}");
            assert_eq!((read.to_string(), format!("{read:?}")), (place.to_string(), format!("{place:?}")));
            assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
            assert_eq!(read.countries().collect::<Vec<_>>(), place.countries().collect::<Vec<_>>());
        }
        assert_ne!(gazetteer.by_id("x:1"), gazetteer.by_id("x:2"));
    }

    #[test]
    fn a_place_says_where_it_is() {
        let place = gazetteer().by_id("x:2").expect("known");
        assert_eq!(place.to_string(), "Sheikh Maqsoud, Aleppo, North, SY (x:2)");
    }

    #[test]
    fn a_place_outlives_its_gazetteer_and_goes_to_other_threads() {
        fn is_free<T: Clone + Send + Sync + 'static>(_: &T) {}
        let gazetteer = gazetteer();
        let place = gazetteer.by_id("x:1").expect("known");
        is_free(&place);
        is_free(&gazetteer);
        drop(gazetteer);
        let name = std::thread::spawn(move || place.name().to_owned()).join().expect("ended");
        assert_eq!(name, "Aleppo");
    }
}
