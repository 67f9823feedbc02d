//! Where a document comes from, or what its reader says it is about: a country, a place.

use super::context::Facts;
use super::features::{self as f, Row, log_km};
use crate::document::Document;
use crate::gazetteer::{Gazetteer, LatLonBox, PlaceRef};
use crate::text::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

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
    /// Letters of the country's code, if that is known.
    country: Option<[u8; 2]>,
    /// All of this is home.
    area: Option<LatLonBox>,
    /// Whether the reader has said so, and not only the publisher's name.
    asked: bool,
}

impl<'g> Home<'g> {
    /// What the hint says, or else what `meta.domain` or `meta.url` tells: by the table of outlets, or by the host's
    /// name, such as `dallasnews.com` or `example.co.uk`.
    pub fn of(gazetteer: &'g Gazetteer, document: &Document, hint: Option<&Hint>) -> Self {
        let meta = &document.meta;
        match (hint, meta.domain.as_deref().or(meta.url.as_deref())) {
            (Some(hint), _) => Self::of_hint(gazetteer, hint),
            (None, Some(address)) => Self::of_host(gazetteer, host(address)),
            (None, None) => Home::default(),
        }
    }

    fn of_hint(gazetteer: &'g Gazetteer, hint: &Hint) -> Self {
        let (lat, lon, area) = match hint {
            Hint::Country(code) => return Home { country: code_of(code), asked: true, ..Home::default() },
            Hint::Point(lat, lon) => (*lat, *lon, None),
            Hint::Area(area) => {
                let width = (area.east - area.west).rem_euclid(360.0);
                let lon = (area.west + width / 2.0 + 180.0).rem_euclid(360.0) - 180.0;
                ((area.south + area.north) / 2.0, lon, Some(*area))
            }
        };
        let near = gazetteer.near_refs(lat, lon, HINT_KM, 20).into_iter().map(|(place, _)| place);
        let place = near.max_by(|a, b| a.prominence().total_cmp(&b.prominence()));
        Home { area, asked: true, ..place.map(Self::at).unwrap_or_default() }
    }

    fn of_host(gazetteer: &'g Gazetteer, host: &str) -> Self {
        let listed = suffixes(host).find_map(|suffix| outlets().get(suffix));
        if let Some(&(country, town)) = listed {
            let place = town.and_then(|town| town_named(gazetteer, country, town));
            return place.map_or(Home { country: code_of(country), ..Home::default() }, Self::at);
        }
        let country = host.rsplit('.').next().and_then(country_of_domain);
        let code = country.map(|code| code.to_ascii_uppercase());
        match place_in_host(gazetteer, host, code.as_deref()) {
            Some(place) => Self::at(place),
            None => Home { country: code.as_deref().and_then(code_of), ..Home::default() },
        }
    }

    fn at(place: PlaceRef<'g>) -> Self {
        let facts = (!place.is_country()).then(|| Facts::of(&place));
        Home { place: facts.map(|_| place), facts, country: code_of(place.country()), ..Home::default() }
    }

    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        self.country.is_some() || self.facts.is_some()
    }

    /// What the reader's word adds to the log-odds of a candidate: the model has only learned from publishers, which say
    /// less.
    pub fn speak_for(&self, place: &PlaceRef<'g>, facts: &Facts<'g>) -> f64 {
        let inside = match (self.area, self.facts, self.country) {
            _ if !self.asked => return 0.0,
            (Some(area), ..) => area.contains(place.lat(), place.lon()),
            (None, Some(home), _) => home.km(facts) < NEAR_HINT_KM,
            (None, None, code) => place.countries().take(30).any(|country| code_of(country) == code),
        };
        if inside { ASKED } else { 0.0 }
    }

    /// Writes into a candidate's row how it lies to the home.
    pub fn describe(&self, place: &PlaceRef<'g>, facts: &Facts<'g>, row: &mut Row) {
        let same = |known: Option<bool>| known.map_or(-1.0, |same| f32::from(u8::from(same)));
        let home = |code: [u8; 2]| place.countries().take(30).any(|country| code_of(country) == Some(code));
        row[f::HOME_COUNTRY] = same(self.country.map(home));
        let division = self.facts.and_then(|home| home.division1);
        row[f::HOME_DIVISION] = same(division.map(|home| facts.division1 == Some(home)));
        let inside = self.area.as_ref().is_some_and(|area| area.contains(place.lat(), place.lon()));
        row[f::HOME_KM] = self.facts.map_or(-1.0, |home| if inside { 0.0 } else { log_km(home.km(facts)) });
    }
}

/// The best known place this near, in kilometres, to what a hint gives stands for it.
const HINT_KM: f64 = 40.0;

/// Places this near to a point, in kilometres, are where the reader says.
const NEAR_HINT_KM: f64 = 200.0;

/// What the reader's word is worth in log-odds: it decides between namesakes, but not against what the text says.
const ASKED: f64 = 4.0;

fn code_of(country: &str) -> Option<[u8; 2]> {
    <[u8; 2]>::try_from(country.as_bytes()).ok().map(|code| code.map(|letter| letter.to_ascii_uppercase()))
}

/// The host of an address, or of what is a host already.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or("")
}

/// `news.example.org`, `example.org`, `org`.
fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest))
}

/// Outlets by host: country, and town unless they write for the whole country.
fn outlets() -> &'static HashMap<&'static str, (&'static str, Option<&'static str>)> {
    static TABLE: OnceLock<HashMap<&str, (&str, Option<&str>)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = toponym_data::OUTLETS.lines().filter(|line| !line.starts_with('#'));
        let outlet = |line: &'static str| {
            let mut fields = line.split('\t');
            let (host, country) = (fields.next()?, fields.next()?);
            Some((host, (country, fields.next().filter(|town| !town.is_empty()))))
        };
        lines.filter_map(outlet).collect()
    })
}

/// The best known town of a country with this name; behind a comma may stand the code of its first-level division.
fn town_named<'g>(gazetteer: &'g Gazetteer, country: &str, name: &str) -> Option<PlaceRef<'g>> {
    let (name, division) = name.split_once(", ").map_or((name, None), |(name, division)| (name, Some(division)));
    let division = division.map(|division| format!("{country}.{division}"));
    let name = fold(name);
    let towns = gazetteer.named(&name).map(|(place, _)| place).filter(|place| {
        place.class() == 'P'
            && place.country() == country
            && division.as_deref().is_none_or(|division| place.division1() == Some(division))
    });
    towns.max_by(|a, b| a.prominence().total_cmp(&b.prominence()).then(b.key().cmp(&a.key())))
}

/// The country of a top-level domain; not those that are sold for what they look like.
fn country_of_domain(domain: &str) -> Option<&str> {
    match domain {
        "uk" => Some("gb"),
        "eu" | "tv" | "io" | "me" | "co" | "ai" | "fm" | "cc" | "ws" | "to" | "ly" | "gg" | "st" | "su" => None,
        _ => Some(domain).filter(|domain| domain.len() == 2 && domain.bytes().all(|b| b.is_ascii_lowercase())),
    }
}

/// Words that hosts of newspapers are made of beside the name of their town.
const TRADE: [&str; 44] = [
    "the",
    "news",
    "times",
    "post",
    "daily",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "star",
    "sun",
    "online",
    "today",
    "press",
    "chronicle",
    "telegraph",
    "observer",
    "record",
    "mail",
    "express",
    "examiner",
    "dispatch",
    "register",
    "sentinel",
    "standard",
    "review",
    "reporter",
    "leader",
    "echo",
    "bulletin",
    "courier",
    "globe",
    "mercury",
    "advertiser",
    "citizen",
    "republic",
    "independent",
    "live",
    "now",
    "weekly",
    "paper",
    "my",
    "tv",
    "radio",
];

/// A town or a division well known enough to be told from any other word by its letters alone.
const KNOWN: f64 = 4.6;

/// The best known place whose name is left of the host's name without the words of the trade: `dallasnews.com`.
fn place_in_host<'g>(gazetteer: &'g Gazetteer, host: &str, country: Option<&str>) -> Option<PlaceRef<'g>> {
    let labels: Vec<&str> = host.split('.').collect();
    let label = labels.iter().rev().skip(1).find(|label| label.len() > 3)?;
    let mut stem = label.to_ascii_lowercase();
    // "thedailyexample-news": each pass takes a word off either end.
    for _ in 0..4 {
        let trimmed = stem.trim_matches('-');
        let bare = TRADE.iter().find_map(|word| {
            trimmed.strip_prefix(word).or_else(|| trimmed.strip_suffix(word)).filter(|rest| rest.len() > 2)
        });
        match bare {
            Some(rest) => stem = rest.to_owned(),
            None => break,
        }
    }
    let stem = stem.trim_matches('-').replace('-', " ");
    let apart =
        (2..stem.len().saturating_sub(1)).filter_map(|at| Some(format!("{} {}", stem.get(..at)?, stem.get(at..)?)));
    [stem.clone()].into_iter().chain(apart.filter(|_| !stem.contains(' '))).find_map(|name| {
        let places = gazetteer.named(&name).filter(|(_, kind)| *kind <= crate::gazetteer::NameKind::Variant);
        let places = places.map(|(place, _)| place).filter(|place| {
            let wide = place.is_country() || matches!(place.class(), 'P' | 'A');
            wide && country.is_none_or(|country| place.country() == country) && place.prominence() >= KNOWN
        });
        places.max_by(|a, b| a.prominence().total_cmp(&b.prominence()).then(b.key().cmp(&a.key())))
    })
}

#[cfg(test)]
mod tests {
    use super::{Hint, Home, host, outlets, town_named};
    use crate::document::{Document, Meta};

    fn home(domain: &str) -> (Option<String>, Option<String>) {
        let gazetteer = crate::embedded().expect("opens");
        let meta = Meta { domain: Some(domain.to_owned()), ..Meta::default() };
        let document = Document { meta, ..Document::new("1", "") };
        let home = Home::of(&gazetteer, &document, None);
        let country = home.country.map(|code| String::from_utf8_lossy(&code).into_owned());
        (home.place.map(|place| place.name().to_owned()), country)
    }

    #[test]
    fn every_outlet_has_a_home() {
        let gazetteer = crate::embedded().expect("opens");
        assert!(outlets().len() >= 300);
        for (host, (country, town)) in outlets() {
            assert!(country.len() == 2, "{host}");
            assert!(town.is_none_or(|town| town_named(&gazetteer, country, town).is_some()), "{host}: {town:?}");
        }
    }

    #[test]
    fn hosts_tell_towns_and_countries() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(home("www.chicagotribune.com"), (some("Chicago"), some("US")));
        assert_eq!(home("www.dailyaleppo.com"), (some("Aleppo"), some("SY")), "by its name alone");
        assert_eq!(home("news.example.co.nz"), (None, some("NZ")));
        assert_eq!(home("example.io"), (None, None), "sold to all the world");
        assert_eq!(host("https://www.example.org:80/a?b"), "www.example.org");
    }

    #[test]
    fn hints_come_first() {
        let gazetteer = crate::embedded().expect("opens");
        let near = Home::of(&gazetteer, &Document::default(), Some(&Hint::Point(36.2, 37.15)));
        assert_eq!(near.place.map(|place| place.name()), Some("Aleppo"));
        let country = Home::of(&gazetteer, &Document::default(), Some(&Hint::Country("sy".into())));
        assert_eq!(country.country, Some(*b"SY"));
    }
}
