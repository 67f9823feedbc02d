//! The kinds of sentences: their templates, and what fills these.

use super::draw::Draw;
use super::facts::{Facts, Spot, Town};
use super::sentence::{Expected, Filling, Fillings, Sentence, fill};

/// A kind of sentence.
pub struct Kind {
    pub name: &'static str,
    templates: &'static str,
    fillings: fn(&Facts, &mut Draw) -> Option<Fillings>,
}

macro_rules! kinds {
    ($($name:literal $fillings:path;)*) => {
        /// All kinds, each with a file of `templates/`.
        pub const ALL: &[Kind] = &[$(Kind {
            name: $name,
            templates: include_str!(concat!("templates/", $name, ".txt")),
            fillings: $fillings,
        }),*];
    };
}

kinds! {
    "addresses" address;
    "counties" counties;
    "foreign-news" foreign_news;
    "headlines" headline;
    "largest-first" largest_first;
    "list-cities" cities;
    "list-countries" countries;
    "list-mixed" mixed;
    "list-states" states;
    "one-namesake" one_namesake;
    "people" people;
    "tables" table;
    "two-namesakes" two_namesakes;
    "unknown-villages" unknown_village;
}

impl Kind {
    /// So many sentences, the same for the same seed.
    pub fn sentences(&self, facts: &Facts, seed: u64, count: usize) -> Vec<Sentence> {
        let mut draw = Draw::new(seed, self.name);
        let templates: Vec<&str> = self.templates.lines().collect();
        let mut sentences = Vec::with_capacity(count);
        // What is drawn does not fit every template.
        for _ in 0..count * 50 {
            if sentences.len() == count {
                break;
            }
            let template = draw.one(&templates);
            sentences.extend((self.fillings)(facts, &mut draw).and_then(|fillings| fill(template, &fillings)));
        }
        sentences
    }
}

/// The fewest inhabitants of a town that is named with its container.
const KNOWN: u32 = 5_000;

fn add_town(
    facts: &Facts,
    draw: &mut Draw,
    fillings: &mut Fillings,
    slots: (&'static str, &'static str),
    town: &Town,
) -> Option<()> {
    fillings.insert(slots.0, town.place.filling());
    fillings.insert(slots.1, facts.written_container(town, draw)?);
    Some(())
}

fn two_namesakes(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let groups = facts.namesakes(KNOWN);
    let group = draw.one(&groups);
    let towns = draw.some(group, 2);
    let mut fillings = Fillings::new();
    add_town(facts, draw, &mut fillings, ("a", "ac"), towns[0])?;
    add_town(facts, draw, &mut fillings, ("b", "bc"), towns[1])?;
    Some(fillings)
}

fn one_namesake(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let groups = facts.namesakes(KNOWN);
    let group = draw.one(&groups);
    let town = *draw.one(group);
    let mut fillings = Fillings::new();
    add_town(facts, draw, &mut fillings, ("a", "ac"), town)?;
    Some(fillings)
}

/// Slots filled with different places of a list.
fn several(draw: &mut Draw, spots: &[Spot], slots: &[&'static str]) -> Fillings {
    slots.iter().copied().zip(draw.some(spots, slots.len())).map(|(slot, spot)| (slot, spot.filling())).collect()
}

fn countries(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    Some(several(draw, &facts.countries, &["c1", "c2", "c3", "c4", "c5"]))
}

fn states(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let states: Vec<Spot> = facts.states.iter().map(|(_, state)| state.clone()).collect();
    Some(several(draw, &states, &["s1", "s2", "s3", "s4", "s5"]))
}

fn great(facts: &Facts) -> Vec<Spot> {
    facts.great_cities.iter().map(|town| town.place.clone()).collect()
}

fn cities(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    Some(several(draw, &great(facts), &["t1", "t2", "t3", "t4", "t5"]))
}

fn mixed(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let mut fillings = cities(facts, draw)?;
    fillings.extend(countries(facts, draw)?);
    Some(fillings)
}

fn largest_first(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let towns: Vec<&Town> = facts.by_name.values().flatten().filter(|town| town.people >= 20_000).collect();
    let town = *draw.one(&towns);
    let division = facts.divisions.get(&town.division)?;
    let fillings = [
        ("country", facts.country_of.get(&town.country)?.filling()),
        ("division", division.filling()),
        ("town", town.place.filling()),
    ];
    let known = division.name != town.place.name && facts.is_best(town, |town| town.division.clone());
    known.then(|| Fillings::from(fillings))
}

fn counties(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let (code, state) = draw.one(&facts.states);
    let counties: Vec<&Spot> =
        facts.counties.get(code)?.iter().filter(|county| county.name.ends_with(" County")).collect();
    let drawn = draw.some(&counties, 4);
    let mut fillings = Fillings::from([("s", state.filling())]);
    for (slot, county) in ["k1", "k2", "k3", "k4"].into_iter().zip(&drawn) {
        fillings.insert(slot, county.as_written(county.name.trim_end_matches(" County")));
    }
    fillings.insert("k1 County", drawn.first()?.filling());
    Some(fillings)
}

fn foreign_news(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let mut fillings = countries(facts, draw)?;
    fillings.insert("k", draw.one(&facts.capitals).place.filling());
    Some(fillings)
}

fn headline(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let mut fillings = mixed(facts, draw)?;
    fillings.extend(one_namesake(facts, draw)?);
    Some(fillings)
}

fn people(_: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let rows: Vec<(&str, &str)> =
        include_str!("people.tsv").lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    let no_place = |text: &str| Filling { text: text.to_owned(), expected: Expected::NoPlace };
    let (first, surname) = (draw.one(&rows).0, draw.one(&rows).1);
    Some(Fillings::from([("first", no_place(first)), ("surname", no_place(surname))]))
}

/// Streets and postal codes by country.
const STREETS: &[(&str, &[&str], &str)] = &[
    ("US", &["Oak Street", "Maple Avenue", "Lincoln Road", "County Road 12", "Washington Boulevard"], "41830"),
    ("GB", &["High Street", "Station Road", "Church Lane", "London Road", "Victoria Terrace"], "XQ4 2BD"),
    ("CA", &["King Street West", "Elgin Avenue", "Mill Road", "Dundas Street"], "K0X 3B7"),
    ("AU", &["George Street", "Princes Highway", "Beach Road", "Albert Parade"], "3901"),
    ("IE", &["Main Street", "Strand Road", "Mill Lane", "Patrick Street"], "Y99 X2D4"),
    ("ZA", &["Church Street", "Voortrekker Road", "Nelson Mandela Drive", "Loop Street"], "5321"),
];

fn address(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let (country, streets, code) = draw.one(STREETS);
    let towns: Vec<&Town> =
        facts.by_name.values().flatten().filter(|town| town.country == *country && town.people >= KNOWN).collect();
    let town = *draw.one(&towns);
    if !facts.is_best(town, |town| facts.container(town).map(|container| container.id.clone())) {
        return None;
    }
    let Spot { lat, lon, .. } = town.place;
    let street = Filling { text: (*draw.one(streets)).to_owned(), expected: Expected::Near { lat, lon, km: 60.0 } };
    let number = (1 + draw.below(240)).to_string();
    let mut fillings =
        Fillings::from([("number", Filling::plain(number)), ("street", street), ("zip", Filling::plain(*code))]);
    add_town(facts, draw, &mut fillings, ("a", "ac"), town)?;
    Some(fillings)
}

/// How far the middle of a country may be from a village in it, in kilometres.
const COUNTRY_KM: f64 = 1500.0;
/// The same of a division.
const DIVISION_KM: f64 = 300.0;
/// The same of a town beside which it is named.
const NEAR_KM: f64 = 40.0;

fn unknown_village(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let towns: Vec<&Town> = facts.by_name.values().flatten().filter(|town| town.people >= 30_000).collect();
    let town = *draw.one(&towns);
    let (division, country) = (facts.divisions.get(&town.division)?, facts.country_of.get(&town.country)?);
    // Named alone, the best known of its name is meant.
    let first = facts.by_name[&town.place.name].first().is_some_and(|best| best.place.id == town.place.id);
    let beginnings = ["Qar", "Zub", "Vel", "Mor", "Tash", "Kem", "Dru", "Bal", "Nis", "Hol"];
    let middles = ["ina", "obu", "ere", "ashi", "uli", "anta", "iko"];
    let ends = ["vka", "gar", "mba", "dit", "pura", "lek", "rroq", "zhan"];
    let name = format!("{}{}{}", draw.one(&beginnings), draw.one(&middles), draw.one(&ends));
    if facts.by_name.contains_key(&name) || division.name == town.place.name {
        return None;
    }
    let at = |spot: &Spot, km: f64| Filling {
        text: name.clone(),
        expected: Expected::Place { id: spot.id.clone(), lat: spot.lat, lon: spot.lon, km },
    };
    let kind = draw.below(3);
    if kind == 2 && !first {
        return None;
    }
    let mut fillings = Fillings::from([(
        "v",
        [at(country, COUNTRY_KM), at(division, DIVISION_KM), at(&town.place, NEAR_KM)][kind].clone(),
    )]);
    match kind {
        0 => fillings.insert("c", country.filling()),
        1 => fillings.insert("d", division.filling()),
        _ => fillings.insert("t", town.place.filling()),
    };
    Some(fillings)
}

fn table(facts: &Facts, draw: &mut Draw) -> Option<Fillings> {
    let mut fillings = mixed(facts, draw)?;
    fillings.extend(two_namesakes(facts, draw)?);
    Some(fillings)
}
