//! What the gazetteer knows, arranged for drawing.

use super::draw::Draw;
use super::sentence::{Expected, Filling};
use std::collections::{BTreeMap, HashMap, HashSet};
use toponym_gazetteer::{Gazetteer, LatLonBox, PlaceRef};

/// A town with the names of what it lies in.
#[derive(Clone)]
pub struct Town {
    pub place: Spot,
    pub people: u32,
    /// Code of the first-level division, such as `US.TX`.
    pub division: String,
    pub country: String,
}

/// A place as expectations need it.
#[derive(Clone, Debug)]
pub struct Spot {
    pub id: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    /// How far an answer may lie off, in kilometres.
    pub km: f64,
}

impl Spot {
    fn new(place: &PlaceRef<'_>, km: f64) -> Self {
        Spot { id: place.id(), name: place.name().to_owned(), lat: place.lat(), lon: place.lon(), km }
    }

    /// The place under its own name.
    pub fn filling(&self) -> Filling {
        self.as_written(&self.name)
    }

    /// The place under another name.
    pub fn as_written(&self, text: &str) -> Filling {
        let Spot { id, lat, lon, km, .. } = self.clone();
        Filling { text: text.to_owned(), expected: Expected::Place { id, lat, lon, km } }
    }
}

/// The short forms of a division's name: AP style and postal.
#[derive(Clone, Copy)]
pub struct Short {
    pub ap: &'static str,
    pub postal: &'static str,
}

/// Places by what they are.
pub struct Facts {
    /// Towns of at least 1,000 people whose names are as English maps write them, by name.
    pub by_name: BTreeMap<String, Vec<Town>>,
    pub countries: Vec<Spot>,
    pub capitals: Vec<Town>,
    /// Towns of at least 700,000 people.
    pub great_cities: Vec<Town>,
    /// First-level divisions by code.
    pub divisions: HashMap<String, Spot>,
    /// Countries by code.
    pub country_of: HashMap<String, Spot>,
    pub states: Vec<(String, Spot)>,
    /// Counties of the states of the US, by the state's code.
    pub counties: BTreeMap<String, Vec<Spot>>,
    pub short: HashMap<&'static str, Short>,
}

/// The point of a town may be this far off in another source.
const TOWN_KM: f64 = 25.0;
/// A country or a division is right by its id; its point may differ between rows of one place.
const AREA_KM: f64 = 1.0;

/// Countries whose towns English-language texts tell apart by state, province or county.
const DIVIDED: [&str; 4] = ["US", "CA", "AU", "GB"];

/// Columns: code of the division, AP style, postal code.
const SHORT: &str = include_str!("short-names.tsv");

impl Facts {
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let short = SHORT.lines().skip(1).filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, Short { ap: fields.next()?, postal: fields.next()? }))
        });
        let mut facts = Facts {
            by_name: BTreeMap::new(),
            countries: Vec::new(),
            capitals: Vec::new(),
            great_cities: Vec::new(),
            divisions: HashMap::new(),
            country_of: HashMap::new(),
            states: Vec::new(),
            counties: BTreeMap::new(),
            short: short.collect(),
        };
        let world = LatLonBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        for place in gazetteer.within_refs(&world) {
            facts.add(&place);
        }
        facts.states.sort_by(|a, b| a.0.cmp(&b.0));
        facts.by_name.values_mut().for_each(|towns| towns.sort_by_key(|town| std::cmp::Reverse(town.people)));
        facts.leave_out_lesser_namesakes();
        facts
    }

    /// Of the places that are named alone only the best known of each name stays, and none that a country or state shares its name
    /// with: which Barcelona is meant is no question, which Georgia is one.
    fn leave_out_lesser_namesakes(&mut self) {
        let states: HashSet<String> = self.states.iter().map(|(_, state)| state.name.clone()).collect();
        let countries: HashSet<String> = self.countries.iter().map(|spot| spot.name.clone()).collect();
        let by_name = &self.by_name;
        let most = |name: &str| by_name.get(name).into_iter().flatten().map(|town| town.people).max();
        let known = |town: &Town| {
            let name = &town.place.name;
            !states.contains(name) && !countries.contains(name) && most(name) == Some(town.people)
        };
        self.great_cities.retain(known);
        self.capitals.retain(known);
        self.countries.retain(|country| !states.contains(&country.name));
        // "In Taiwan" is in the country, not in the division of that name.
        self.divisions.retain(|_, division| !self.country_of.values().any(|country| country.name == division.name));
    }

    fn add(&mut self, place: &PlaceRef<'_>) {
        let name = place.name();
        let plain =
            name.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') && name.len() > 3 && !name.starts_with("The ");
        let country = place.country().to_owned();
        if place.is_country() {
            // What was a country, and what is one only by its code, is left out.
            if !matches!(place.feature(), "A.PCLI" | "A.PCLD" | "A.PCLF" | "A.PCLS") {
                return;
            }
            let spot = Spot::new(place, AREA_KM);
            if place.population().is_some_and(|people| people > 1_000_000) && plain {
                self.countries.push(spot.clone());
            }
            self.country_of.insert(country, spot);
        } else if place.is_division1() {
            let code = place.own_division_code().unwrap_or_default().to_owned();
            let spot = Spot::new(place, AREA_KM);
            if country == "US" && self.short.contains_key(code.as_str()) {
                self.states.push((code.clone(), spot.clone()));
            }
            self.divisions.insert(code, spot);
        } else if place.is_division2() && country == "US" {
            let Some(state) = place.division1() else { return };
            self.counties.entry(state.to_owned()).or_default().push(Spot::new(place, AREA_KM));
        } else if place.class() == 'P' && plain && place.part_of().is_none() {
            let people = place.population().unwrap_or(0);
            let division = place.division1().unwrap_or_default().to_owned();
            let town = Town { place: Spot::new(place, TOWN_KM), people, division, country };
            if place.feature() == "P.PPLC" && people > 300_000 {
                self.capitals.push(town.clone());
            }
            if people >= 700_000 {
                self.great_cities.push(town.clone());
            }
            if people >= 1_000 {
                self.by_name.entry(town.place.name.clone()).or_default().push(town);
            }
        }
    }

    /// The division or the country that English-language texts name beside a town.
    pub fn container(&self, town: &Town) -> Option<&Spot> {
        if DIVIDED.contains(&town.country.as_str()) {
            self.divisions.get(&town.division)
        } else {
            self.country_of.get(&town.country)
        }
    }

    /// Whether a town is the best known of its name among those that are in the same `within`: which of two towns of one name in one
    /// province is meant no sentence tells.
    pub fn is_best<T: PartialEq>(&self, town: &Town, within: impl Fn(&Town) -> T) -> bool {
        // The best known comes first.
        let mut namesakes = self.by_name[&town.place.name].iter();
        namesakes.find(|other| within(other) == within(town)).is_some_and(|best| best.place.id == town.place.id)
    }

    /// The container as a text may write it: in full, and in the US now and then in AP style or as a postal code.
    pub fn written_container(&self, town: &Town, draw: &mut Draw) -> Option<Filling> {
        let spot = self.container(town)?;
        let short = self.short.get(town.division.as_str());
        Some(match (short, draw.below(3)) {
            (Some(short), 1) => spot.as_written(short.ap),
            (Some(short), 2) => spot.as_written(short.postal),
            _ => spot.filling(),
        })
    }

    /// Towns of one name in different containers, the best known of each container, with at least `people` inhabitants.
    pub fn namesakes(&self, people: u32) -> Vec<Vec<&Town>> {
        let groups = self.by_name.values().map(|towns| {
            let mut kept: Vec<&Town> = Vec::new();
            for town in towns.iter().filter(|town| town.people >= people) {
                let id = self.container(town).map(|container| container.id.clone());
                let same = |other: &&Town| self.container(other).map(|container| container.id.clone()) == id;
                if id.is_some() && !kept.iter().any(same) {
                    kept.push(town);
                }
            }
            kept
        });
        groups.filter(|towns| towns.len() > 1).collect()
    }
}
