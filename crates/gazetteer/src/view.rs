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
        match self {
            PlaceView::Indexed(place) => place.country(),
            PlaceView::Detached(facts) => facts.countries.first().map_or("", String::as_str),
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
