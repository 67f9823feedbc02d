//! Where a publisher is at home, by the host of its address: from the table of outlets, or from the host's name, such as
//! `dallasnews.com` or `example.co.uk`.

use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::text::fold;
use crate::text::language::Language;
use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;
use toponym_gazetteer::source::{Outlet, read_outlets};

/// What is known of a publisher's home.
pub enum Origin<'g> {
    /// Its town, or the country or division that it writes for.
    Place(PlaceRef<'g>),
    /// The ISO 3166-1 alpha-2 code of its country.
    Country(String),
    /// Nothing.
    Unknown,
}

/// Where the publisher with this address, a URL or a host, is at home.
pub fn origin<'g>(gazetteer: &'g Gazetteer, language: &Language, address: &str) -> Origin<'g> {
    let host = host(address);
    let listed = suffixes(host).find_map(|suffix| outlets().get(suffix));
    let country = match listed {
        Some(outlet) if outlet.host.contains('.') => {
            return match (town_of(gazetteer, outlet), &outlet.country) {
                (Some(town), _) => Origin::Place(town),
                (None, Some(country)) => Origin::Country(country.clone()),
                (None, None) => Origin::Unknown,
            };
        }
        Some(domain) => domain.country.clone(),
        None => country_of_domain(host),
    };
    match (place_in_host(gazetteer, language, host, country.as_deref()), country) {
        (Some(place), _) => Origin::Place(place),
        (None, Some(country)) => Origin::Country(country),
        (None, None) => Origin::Unknown,
    }
}

/// The host of an address, or the address if it is a host.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or("")
}

/// `news.example.org`, `example.org`, `org`.
fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest))
}

/// Outlets and top-level domains by host.
fn outlets() -> &'static HashMap<String, Outlet> {
    static TABLE: OnceLock<HashMap<String, Outlet>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let outlets = read_outlets(Path::new("data/outlets.tsv"), toponym_data::OUTLETS);
        let outlets = outlets.unwrap_or_else(|error| unreachable!("the build script read the same table: {error}"));
        outlets.into_iter().map(|outlet| (outlet.host.clone(), outlet)).collect()
    })
}

/// The most prominent town of an outlet's country that is called as its town is, or else of which that is another name.
fn town_of<'g>(gazetteer: &'g Gazetteer, outlet: &Outlet) -> Option<PlaceRef<'g>> {
    let name = fold(outlet.town.as_deref()?);
    let towns = gazetteer.named(&name).filter(|(place, _)| {
        place.class() == 'P'
            && outlet.country.as_deref() == Some(place.country())
            && outlet.division.as_deref().is_none_or(|division| place.division1() == Some(division))
    });
    let (called, others): (Vec<_>, Vec<_>) = towns.partition(|(_, kind)| *kind == NameKind::Primary);
    let towns = if called.is_empty() { others } else { called };
    most_prominent(towns.into_iter().map(|(place, _)| place))
}

fn most_prominent<'g>(places: impl Iterator<Item = PlaceRef<'g>>) -> Option<PlaceRef<'g>> {
    places.max_by(|a, b| a.prominence().total_cmp(&b.prominence()).then(b.key().cmp(&a.key())))
}

/// The code of the country of a host's top-level domain, if that has two letters.
fn country_of_domain(host: &str) -> Option<String> {
    let domain = host.rsplit('.').next()?;
    let is_code = domain.len() == 2 && domain.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then(|| domain.to_ascii_uppercase())
}

/// A town or division at least this prominent is recognised by its letters alone.
const RECOGNISED: f64 = 4.6;

/// Words that are taken off a host's name, at most.
const MOST_WORDS: usize = 4;

/// The most prominent place, in a country if that is known, whose name is what the words of outlets leave of the host's name:
/// `dallasnews.com`.
fn place_in_host<'g>(
    gazetteer: &'g Gazetteer,
    language: &Language,
    host: &str,
    country: Option<&str>,
) -> Option<PlaceRef<'g>> {
    let labels: Vec<&str> = host.split('.').collect();
    let label = labels.iter().rev().skip(1).find(|label| label.len() > 3)?;
    let mut stem = label.to_ascii_lowercase();
    // "thedailyexample-news": each pass takes a word off one end.
    for _ in 0..MOST_WORDS {
        let trimmed = stem.trim_matches('-');
        let bare = language.outlet_words.iter().find_map(|word| {
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
        let places = gazetteer.named(&name).filter(|(_, kind)| *kind <= NameKind::Variant);
        most_prominent(places.map(|(place, _)| place).filter(|place| {
            let wide = place.is_country() || matches!(place.class(), 'P' | 'A');
            wide && country.is_none_or(|country| place.country() == country) && place.prominence() >= RECOGNISED
        }))
    })
}

#[cfg(test)]
mod tests {
    use super::{Origin, host, origin, outlets, town_of};
    use toponym_languages::languages;

    #[test]
    fn every_outlet_has_a_home() {
        let gazetteer = crate::embedded().expect("opens");
        assert!(outlets().len() >= 300);
        for (host, outlet) in outlets() {
            assert!(outlet.town.is_none() || town_of(&gazetteer, outlet).is_some(), "{host}: {:?}", outlet.town);
        }
    }

    #[test]
    fn names_of_hosts_name_towns() {
        let gazetteer = crate::embedded().expect("opens");
        let town = |address: &str| match origin(&gazetteer, languages().default_language(), address) {
            Origin::Place(place) => place.name().to_owned(),
            Origin::Country(code) => code,
            Origin::Unknown => String::new(),
        };
        assert_eq!(town("www.dailyaleppo.com"), "Aleppo");
        assert_eq!(town("https://example.fr/a"), "FR");
        assert_eq!(town("example.com"), "");
        assert_eq!(host("https://www.example.org:80/a?b"), "www.example.org");
    }
}
