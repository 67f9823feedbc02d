//! Where a document is at home: what its reader says that it is about, its publisher's country and town, or the country whose words it uses.

use super::context::Facts;
use super::features::{self as f, Row, log_km};
use super::publisher::{self, Origin};
use super::variety;
use crate::document::Document;
use crate::gazetteer::{Gazetteer, LatLonBox, PlaceRef};
use crate::text::Words;
use crate::text::language::{CountryCode, country_code};

/// Where the reader says that documents are about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Hint {
    /// A country, by its ISO 3166-1 alpha-2 code.
    Country(String),
    /// Degrees north and east of a point.
    Point(f64, f64),
    /// A box of the map.
    Area(LatLonBox),
}

/// Where a document is at home.
#[derive(Clone, Copy, Default)]
pub struct Home<'g> {
    /// The place, if one is known.
    pub place: Option<PlaceRef<'g>>,
    /// Its point and codes.
    pub facts: Option<Facts<'g>>,
    /// The country's code, if that is known.
    country: Option<CountryCode>,
    /// The country that the words of the text tell.
    pub told: Option<CountryCode>,
    /// A box, all of which is home.
    area: Option<LatLonBox>,
    /// Whether a hint of the reader has said so, rather than the publisher's address.
    hinted: bool,
}

/// The most prominent place within this many kilometres stands for the point or the middle of the box of a hint.
const HINT_KM: f64 = 40.0;

/// Places within this many kilometres of a hinted point are where the reader says, and near the publisher's town.
const NEAR_HINT_KM: f64 = 200.0;

impl<'g> Home<'g> {
    /// The home that a hint states, or else the document's `meta.domain` or `meta.url`, or else the words of its text.
    pub fn for_document(gazetteer: &'g Gazetteer, words: &Words<'_>, document: &Document, hint: Option<&Hint>) -> Self {
        let meta = &document.meta;
        let told = || Home { told: variety::country_told(words), ..Home::default() };
        match (hint, meta.domain.as_deref().or(meta.url.as_deref())) {
            (Some(hint), _) => Self::from_hint(gazetteer, hint),
            (None, Some(address)) => match publisher::origin(gazetteer, words.language(), address) {
                Origin::Place(place) => Self::at(place),
                Origin::Country(code) => Home { country: country_code(&code), ..Home::default() },
                Origin::Unknown => told(),
            },
            (None, None) => told(),
        }
    }

    fn from_hint(gazetteer: &'g Gazetteer, hint: &Hint) -> Self {
        let (lat, lon, area) = match hint {
            Hint::Country(code) => return Home { country: country_code(code), hinted: true, ..Home::default() },
            Hint::Point(lat, lon) => (*lat, *lon, None),
            Hint::Area(area) => {
                let width = (area.east - area.west).rem_euclid(360.0);
                let lon = (area.west + width / 2.0 + 180.0).rem_euclid(360.0) - 180.0;
                ((area.south + area.north) / 2.0, lon, Some(*area))
            }
        };
        let near = gazetteer.near_refs(lat, lon, HINT_KM, 20).into_iter().map(|(place, _)| place);
        let place = near.max_by(|a, b| a.prominence().total_cmp(&b.prominence()));
        Home { area, hinted: true, ..place.map(Self::at).unwrap_or_default() }
    }

    fn at(place: PlaceRef<'g>) -> Self {
        let facts = (!place.is_country()).then(|| Facts::new(&place));
        Home { place: facts.map(|_| place), facts, country: country_code(place.country()), ..Home::default() }
    }

    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        self.country.is_some() || self.facts.is_some()
    }

    /// Whether a place is in the country whose words the text uses; `None` if they tell none.
    pub fn is_told(&self, place: &PlaceRef<'g>) -> Option<bool> {
        self.told.map(|country| place.country().as_bytes() == country)
    }

    /// Whether a place lies where the reader says that documents are about, or without a hint near the publisher's town.
    pub fn is_near(&self, place: &PlaceRef<'g>) -> bool {
        let facts = Facts::new(place);
        let near = || self.facts.is_some_and(|home| home.km(&facts) < NEAR_HINT_KM);
        self.hinted(place, &facts).unwrap_or_else(near)
    }

    /// Whether a hint covers a place; `None` without a hint.
    fn hinted(&self, place: &PlaceRef<'g>, facts: &Facts<'g>) -> Option<bool> {
        self.hinted.then(|| match (self.area, self.facts, self.country) {
            (Some(area), ..) => area.contains(place.lat(), place.lon()),
            (None, Some(home), _) => home.km(facts) < NEAR_HINT_KM,
            (None, None, code) => place.countries().take(30).any(|country| country_code(country) == code),
        })
    }

    /// Writes into a candidate's row where it lies relative to the home.
    pub fn describe(&self, place: &PlaceRef<'g>, facts: &Facts<'g>, row: &mut Row) {
        let same = |known: Option<bool>| known.map_or(-1.0, |same| f32::from(u8::from(same)));
        row[f::HINTED] = same(self.hinted(place, facts));
        let home = |code: CountryCode| place.countries().take(30).any(|country| country_code(country) == Some(code));
        row[f::HOME_COUNTRY] = same(self.country.map(home));
        let division = self.facts.and_then(|home| home.division1);
        row[f::HOME_DIVISION] = same(division.map(|home| facts.division1 == Some(home)));
        let inside = self.area.as_ref().is_some_and(|area| area.contains(place.lat(), place.lon()));
        row[f::HOME_KM] = self.facts.map_or(-1.0, |home| if inside { 0.0 } else { log_km(home.km(facts)) });
    }
}

#[cfg(test)]
mod tests {
    use super::{Hint, Home};
    use crate::document::{Document, Meta};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn home(domain: Option<&str>, hint: Option<&Hint>) -> (Option<String>, Option<String>) {
        let gazetteer = crate::embedded().expect("opens");
        let meta = Meta { domain: domain.map(str::to_owned), ..Meta::default() };
        let document = Document { meta, ..Document::new("1", "") };
        let tokens = tokenise(&document.text, languages());
        let words = Words::new(&document.text, &tokens, languages().default_language());
        let home = Home::for_document(&gazetteer, &words, &document, hint);
        let country = home.country.map(|code| String::from_utf8_lossy(&code).into_owned());
        (home.place.map(|place| place.name().to_owned()), country)
    }

    #[test]
    fn publishers_have_homes() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(home(Some("www.chicagotribune.com"), None), (some("Chicago"), some("US")));
        assert_eq!(home(Some("news.example.co.nz"), None), (None, some("NZ")));
        assert_eq!(home(Some("example.co.uk"), None), (None, some("GB")));
        assert_eq!(home(Some("example.io"), None), (None, None), "sold all over the world");
        assert_eq!(home(None, None), (None, None));
    }

    #[test]
    fn hints_come_first() {
        let some = |name: &str| Some(name.to_owned());
        let hint = Hint::Point(36.2, 37.15);
        assert_eq!(home(Some("www.chicagotribune.com"), Some(&hint)), (some("Aleppo"), some("SY")));
        assert_eq!(home(None, Some(&Hint::Country("sy".into()))), (None, some("SY")));
    }
}
