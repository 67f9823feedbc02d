//! The facts of a place, read where they lie.

use crate::PlaceRef;
use crate::facts::PlaceFacts;

/// Where the facts of a place lie. Its methods are those of [`Place`](crate::Place), which looks the place up for each
/// of them.
#[derive(Clone, Copy)]
pub enum PlaceView<'p> {
    /// In an index.
    Indexed(PlaceRef<'p>),
    /// In a record of their own.
    Detached(&'p PlaceFacts),
}

#[allow(missing_docs)] // They are those of `Place`.
impl<'p> PlaceView<'p> {
    pub fn id(&self) -> String {
        match self {
            PlaceView::Indexed(place) => place.id(),
            PlaceView::Detached(facts) => facts.id.clone(),
        }
    }

    pub fn name(&self) -> &'p str {
        match self {
            PlaceView::Indexed(place) => place.name(),
            PlaceView::Detached(facts) => &facts.name,
        }
    }

    pub fn lat(&self) -> f64 {
        match self {
            PlaceView::Indexed(place) => place.lat(),
            PlaceView::Detached(facts) => facts.lat,
        }
    }

    pub fn lon(&self) -> f64 {
        match self {
            PlaceView::Indexed(place) => place.lon(),
            PlaceView::Detached(facts) => facts.lon,
        }
    }

    pub fn bounds(&self) -> Option<[f64; 4]> {
        match self {
            PlaceView::Indexed(place) => place.bounds(),
            PlaceView::Detached(facts) => facts.bounds,
        }
    }

    pub fn exact_km(&self) -> Option<f64> {
        match self {
            PlaceView::Indexed(place) => place.exact_km(),
            PlaceView::Detached(facts) => facts.exact_km,
        }
    }

    pub fn countries(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        let (indexed, detached) = match *self {
            PlaceView::Indexed(place) => (Some(place.countries()), None),
            PlaceView::Detached(facts) => (None, Some(facts.countries.iter().map(String::as_str))),
        };
        indexed.into_iter().flatten().chain(detached.into_iter().flatten())
    }

    pub fn country(&self) -> &'p str {
        let mut codes = self.countries();
        match (codes.next(), codes.next()) {
            (Some(_), Some(_)) if is_area(self.feature()) => "",
            (first, _) => first.unwrap_or(""),
        }
    }

    pub fn division1_name(&self) -> Option<&'p str> {
        match self {
            PlaceView::Indexed(place) => place.division1_name(),
            PlaceView::Detached(facts) => facts.admin1.as_deref(),
        }
    }

    pub fn division2_name(&self) -> Option<&'p str> {
        match self {
            PlaceView::Indexed(place) => place.division2_name(),
            PlaceView::Detached(facts) => facts.admin2.as_deref(),
        }
    }

    pub fn part_of_name(&self) -> Option<&'p str> {
        match self {
            PlaceView::Indexed(place) => place.part_of().map(|whole| whole.name()),
            PlaceView::Detached(facts) => facts.part_of.as_deref(),
        }
    }

    pub fn feature(&self) -> &'p str {
        match self {
            PlaceView::Indexed(place) => place.feature(),
            PlaceView::Detached(facts) => &facts.feature,
        }
    }

    pub fn class(&self) -> char {
        self.feature().chars().next().unwrap_or(' ')
    }

    pub fn population(&self) -> Option<u32> {
        match self {
            PlaceView::Indexed(place) => place.population(),
            PlaceView::Detached(facts) => facts.population,
        }
    }

    pub fn source(&self) -> &'p str {
        match self {
            PlaceView::Indexed(place) => place.source(),
            PlaceView::Detached(facts) => &facts.source,
        }
    }

    pub fn prominence(&self) -> f64 {
        match self {
            PlaceView::Indexed(place) => place.prominence(),
            PlaceView::Detached(facts) => facts.prominence,
        }
    }
}

/// Whether the type is that of an area that has no main country where several share it: a continent, a region, a union,
/// a sea. The point of a river, a lake or a mountain range lies in its main country.
fn is_area(feature: &str) -> bool {
    matches!(feature.as_bytes().first(), Some(b'A' | b'L'))
        || matches!(feature, "H.OCN" | "H.SEA" | "H.GULF" | "H.BAY" | "H.STRT" | "H.CHN")
}

#[cfg(test)]
mod tests {
    use super::PlaceView;
    use crate::facts::PlaceFacts;

    #[test]
    fn areas_of_several_countries_have_no_main_one() {
        for (feature, codes, country) in [
            ("L.CONT", &["DZ", "AO"][..], ""),
            ("L.RGN", &["SY", "IQ"], ""),
            ("L.RGN", &["UA"], "UA"),
            ("A.ZN", &["AT", "BE"], ""),
            ("A.PCLI", &["SY"], "SY"),
            ("H.SEA", &["UA", "RU"], ""),
            ("H.STM", &["TR", "SY"], "TR"),
            ("T.MTS", &["FR", "IT"], "FR"),
            ("P.PPL", &["FR", "DE"], "FR"),
            ("H.OCN", &[], ""),
        ] {
            let countries = codes.iter().map(|&code| code.to_owned()).collect();
            let facts = PlaceFacts { feature: feature.to_owned(), countries, ..PlaceFacts::default() };
            assert_eq!(PlaceView::Detached(&facts).country(), country, "{feature} {codes:?}");
        }
    }
}
