//! A sequence of mentions that only separators stand between -> which of them are items of a list, and which lie in which: "Berlin, New
//! York and Madrid" are three cities, "Paris, Texas, and London, Ontario" two. Commas mean both, so the whole sequence is read at once,
//! and the reading that asks for the least unlikely places holds.

use crate::candidate::{Candidate, Form, TOWN_KM};
use crate::gazetteer::PlaceRef;
use crate::mention::gap::Separator;

/// A mention of a sequence.
#[derive(Clone, Copy)]
pub struct Element<'a, 'g> {
    /// The places of its name, the most prominent first.
    pub candidates: &'a [Candidate<'g>],
    /// Whether it is a street, a building or an organisation.
    pub facility: bool,
    /// The separator before it.
    pub separator: Option<Separator>,
    /// Whether a word follows it without a mark between: "In Aleppo, Turkey backs them".
    pub goes_on: bool,
    /// Whether its sentence names it more than once: "Paris, Texas, or Paris, France" tells namesakes apart by their containers.
    pub is_repeated: bool,
    /// Whether it and another, with a comma between, are all of the sequence: "Armenia, Colombia" is no list of countries.
    pub is_of_two: bool,
}

/// What the items of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Country,
    Division1,
    /// Counties, districts, provinces of a region, whose names are often said without the word: "Donegal, Mayo and Clare".
    Division2,
    Settlement,
}

/// How a mention of a sequence is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of the mention that it lies in.
    pub within: Option<usize>,
    /// Whether it is an item of a list by itself.
    pub is_item: bool,
    /// What it is, as an item of a list.
    pub level: Option<Level>,
}

/// The cost of an item that is no place of the list's level.
const OFF_LEVEL: f64 = 4.0;
/// The cost of an item that no gazetteer knows.
const UNKNOWN: f64 = 1.0;
/// The cost of an item in more than one mention, the smallest first.
const NESTED: f64 = 0.5;
/// The same, the largest first.
const LARGEST_FIRST: f64 = 1.0;
/// The cost of an item that is of the level of another item's container: "Berlin, Turkey, Madrid and Peru" are four.
const LIKE_A_CONTAINER: f64 = 3.0;
/// The cost of an item of another level than it has alone, if the item before the comma may lie in it.
const MAY_HOLD: f64 = 2.0;
/// The cost of a list of two that nothing but a comma links: "Emerald, Victoria".
const COMMA_ALONE: f64 = 6.0;
/// The cost of a longer list in which nothing but commas stands.
const COMMAS_ALONE: f64 = 3.0;
/// The cost of a list that is separated by several signs, or by those that separate the levels of one item.
const ODD_SEPARATORS: f64 = 4.0;
/// The cost of an item that its sentence names more than once.
const REPEATED: f64 = 6.0;
/// The cost of a place a unit of prominence below the best known of its name, and of the least known.
const PER_PROMINENCE: f64 = 0.7;
const LEAST_KNOWN: f64 = 5.0;
/// An item whose place of the list's level costs more is none of that level.
const OF_LEVEL: f64 = 1.2;

/// The cost of a place whose full name is longer: "Erbil" for Erbil Province.
const LONGER_NAME: f64 = 1.0;

/// Candidates of a container that are considered.
const CONTAINERS: usize = 8;

/// Mentions in one item, at most: a street, a town, a county, a state, a country.
const LONGEST: usize = 5;

impl Level {
    const ALL: [Level; 4] = [Level::Settlement, Level::Country, Level::Division1, Level::Division2];

    /// Whether a place is of this level.
    pub fn has(self, place: &PlaceRef<'_>) -> bool {
        match self {
            Level::Country => place.is_country(),
            Level::Division1 => place.is_division1(),
            Level::Division2 => place.is_division2(),
            Level::Settlement => place.class() == 'P',
        }
    }

    /// Whether a candidate is what an item of this level may be.
    pub fn fits(self, own: &Candidate<'_>) -> bool {
        let full = self == Level::Division2 && own.form == Form::Extended;
        self.has(&own.place) && (full || bears(own))
    }
}

/// Whether a candidate bears the name itself, or the name with its generic type.
pub fn bears(candidate: &Candidate<'_>) -> bool {
    candidate.form <= Form::Stripped
}

/// Whether a place that no gazetteer knows may be said to lie in this one: countries and first-level divisions.
pub fn holds_unknown(place: &PlaceRef<'_>) -> bool {
    place.is_country() || place.is_division1()
}

/// Whether a place lies in another, as far as a text that says so can mean it.
pub fn is_in(own: &PlaceRef<'_>, whole: &PlaceRef<'_>) -> bool {
    whole.contains(own) || whole.may_surround(own)
}

impl<'g> Element<'_, 'g> {
    fn is_unknown(&self) -> bool {
        !self.candidates.iter().any(bears)
    }

    /// The cost of a candidate: how much better known another of its name is.
    pub fn cost(&self, candidate: &Candidate<'_>) -> f64 {
        let longer = |own: &Candidate<'_>| own.form == Form::Extended;
        let priors = self.candidates.iter().filter(|other| !longer(other)).map(|other| other.prior);
        let best = priors.fold(candidate.prior, f64::max);
        let longer = if longer(candidate) { LONGER_NAME } else { 0.0 };
        (PER_PROMINENCE * (best - candidate.prior) + longer).min(LEAST_KNOWN)
    }

    /// The cost of its best candidate of a level; `None` if it has none. A name that is a country's first of all is no town's.
    fn cost_at(&self, level: Level) -> Option<f64> {
        let country = self.candidates.first().is_some_and(|best| best.place.is_country());
        if country && level == Level::Settlement {
            return None;
        }
        let own = self.candidates.iter().filter(|own| level.fits(own));
        own.map(|own| self.cost(own)).min_by(f64::total_cmp)
    }

    fn cost_in_list(&self, level: Level) -> f64 {
        match self.is_unknown() {
            true => UNKNOWN,
            false => self.cost_at(level).filter(|cost| *cost <= OF_LEVEL).unwrap_or(OFF_LEVEL),
        }
    }

    /// The level of its best candidate, if that is a country or a division.
    fn container_level(&self) -> Option<Level> {
        let best = self.candidates.first()?;
        [Level::Country, Level::Division1].into_iter().find(|level| level.has(&best.place))
    }

    /// The cheapest pair of candidates of which the container's contains this one's, and its cost; without a pair that of a name that no
    /// gazetteer knows in a container that may hold it.
    pub fn cost_within(&self, container: &Element<'_, 'g>) -> Option<f64> {
        let begins_clause = |own: usize, whole: usize| {
            let country = container.candidates[whole].place.is_country();
            let goes_on = container.goes_on && !self.is_repeated;
            country && goes_on && self.cost(&self.candidates[own]) > OF_LEVEL
        };
        if let Some((own, whole, cost)) = self.pair(container).filter(|_| !self.facility) {
            return Some(cost).filter(|_| !begins_clause(own, whole));
        }
        let holder = |whole: &&Candidate<'_>| {
            bears(whole) && matches!(whole.place.class(), 'A' | 'P') && container.cost(whole) <= OF_LEVEL
        };
        let whole = container.candidates.iter().find(holder)?;
        // "Xyzzy, Homs and Hama" may be three towns, and "Oak Street, Homs" an address.
        let doubt = if self.facility || !holds_unknown(&whole.place) { UNKNOWN } else { 0.0 };
        (self.facility || self.is_unknown()).then(|| container.cost(whole) + doubt)
    }

    /// The cheapest pair of candidates of which the container's contains this one's: their indexes and the cost.
    pub fn pair(&self, container: &Element<'_, 'g>) -> Option<(usize, usize, f64)> {
        let mut best: Option<(usize, usize, f64)> = None;
        // "CA, California" are two names of one place, "at the border with Mexico, US officials said" two countries.
        let (own, whole) = (self.candidates.first()?, container.candidates.first()?);
        let listed = !self.is_repeated && !self.is_of_two;
        let countries = own.place.is_country() && whole.place.is_country() && listed;
        if own.place.key() == whole.place.key() || countries {
            return None;
        }
        for (whole_at, whole) in container.candidates.iter().take(CONTAINERS).enumerate() {
            let whole_cost = container.cost(whole);
            if !bears(whole) || best.is_some_and(|(.., cost)| cost <= whole_cost) {
                continue;
            }
            // The best known place comes first. A town lies in a county, however much of it the town takes up.
            let inside = |own: &Candidate<'_>| {
                let too_large = whole.place.class() == 'P' && own.place.class() == 'A';
                bears(own) && !too_large && is_in(&own.place, &whole.place)
            };
            let inside = self.candidates.iter().position(inside);
            if let Some(own_at) = inside {
                let cost = whole_cost + self.cost(&self.candidates[own_at]);
                if best.is_none_or(|(.., least)| cost < least) {
                    best = Some((own_at, whole_at, cost));
                }
            }
        }
        best
    }
}

/// An item: the mentions from one index to before another.
#[derive(Clone, Copy, Debug)]
struct Item {
    start: usize,
    end: usize,
    largest_first: bool,
}

/// Reads a sequence.
pub fn read(elements: &[Element<'_, '_>]) -> Vec<Place> {
    let costs = Costs::new(elements);
    let mut best: Option<(f64, Level, Vec<Item>)> = None;
    for level in Level::ALL {
        for nested in [false, true] {
            let (cost, items) = costs.cheapest(level, nested);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, level, items));
            }
        }
    }
    let mut places = vec![Place::default(); elements.len()];
    let Some((_, level, items)) = best else { return places };
    let level = match level {
        Level::Settlement if items.len() == elements.len() && are_divisions(elements) => Level::Division2,
        level => level,
    };
    let single = |item: &Item| (item.end == item.start + 1).then(|| &elements[item.start]);
    let fits = |own: &Element<'_, '_>| own.is_unknown() || own.cost_at(level).is_some_and(|cost| cost <= OF_LEVEL);
    // Two names with a comma between that are not one item say nothing; a list of two, little; and of a list whose items are of
    // several levels nothing follows for one of them.
    let is_list = items.len() > 2 || items.len() == 2 && !costs.has_commas_alone();
    let of_one_level = items.len() > 2 && items.iter().filter_map(single).all(fits);
    for item in items {
        let Item { start, end, largest_first } = item;
        for (at, place) in places.iter_mut().enumerate().take(end).skip(start) {
            place.within = match largest_first {
                true => at.checked_sub(1).filter(|_| at > start),
                false => Some(at + 1).filter(|_| at + 1 < end),
            };
        }
        if let Some(own) = single(&item).filter(|_| is_list) {
            places[start].is_item = true;
            places[start].level = Some(level).filter(|_| of_one_level && !own.is_unknown());
        }
    }
    places
}

/// Whether the items of a list that might be towns are rather the divisions of one country, or in the United States of one state: "Kerry, Cork and
/// Limerick", of which the best known Kerry that is a town lies in Wales.
fn are_divisions<'g>(elements: &[Element<'_, 'g>]) -> bool {
    let divisions = |own: &Element<'_, 'g>| -> Vec<PlaceRef<'g>> {
        let own = own.candidates.iter().filter(|own| Level::Division2.fits(own));
        own.map(|own| own.place).collect()
    };
    let all: Vec<Vec<PlaceRef<'g>>> = elements.iter().map(divisions).collect();
    let whole = |place: &PlaceRef<'_>| match place.country() {
        country @ MANY_DIVISIONS => place.division1().unwrap_or(country).to_owned(),
        country => country.to_owned(),
    };
    let Some((first, others)) = all.split_first().filter(|(_, others)| others.len() > 1) else { return false };
    first.iter().map(whole).any(|common| {
        let in_common = |places: &Vec<PlaceRef<'_>>| places.iter().any(|place| whole(place) == common);
        let is_elsewhere = |(own, divisions): (&Element<'_, '_>, &Vec<PlaceRef<'_>>)| {
            let town = own.candidates.iter().find(|own| bears(own) && Level::Settlement.has(&own.place));
            let near = |place: &PlaceRef<'_>| {
                town.is_some_and(|town| whole(place) == common && place.km_from(&town.place) < TOWN_KM)
            };
            town.is_some_and(|town| town.prior < WELL_KNOWN) && !divisions.iter().any(near)
        };
        others.iter().all(in_common) && elements.iter().zip(&all).any(is_elsewhere)
    })
}

/// The country whose second-level divisions bear each other's names.
const MANY_DIVISIONS: &str = "US";

/// Prominence from which on a list that has a town means it.
const WELL_KNOWN: f64 = 4.7;

/// What the readings of a sequence are made of.
struct Costs<'e, 'a, 'g> {
    elements: &'e [Element<'a, 'g>],
    /// The cost of each mention within the one behind it, and within the one before it.
    behind: Vec<Option<f64>>,
    before: Vec<Option<f64>>,
    /// The levels of the mentions that may be containers of others.
    of_containers: Vec<Level>,
}

impl<'e, 'a, 'g> Costs<'e, 'a, 'g> {
    fn new(elements: &'e [Element<'a, 'g>]) -> Self {
        let comma = |at: usize| elements[at].separator == Some(Separator::Comma);
        let links = |at: usize| comma(at) || elements[at].separator == Some(Separator::Level);
        let count = elements.len();
        let behind = |at: usize| (at + 1 < count && comma(at + 1)).then(|| elements[at].cost_within(&elements[at + 1]));
        let pair = |at: usize| elements[at].pair(&elements[at - 1]).map(|(.., cost)| cost);
        let before = |at: usize| (at > 0 && links(at)).then(|| pair(at));
        let behind: Vec<Option<f64>> = (0..count).map(|at| behind(at).flatten()).collect();
        let before: Vec<Option<f64>> = (0..count).map(|at| before(at).flatten()).collect();
        let is_container = |at: usize| {
            at.checked_sub(1).is_some_and(|at| behind[at].is_some()) || before.get(at + 1).is_some_and(Option::is_some)
        };
        let levels = (0..count).filter(|&at| is_container(at)).filter_map(|at| elements[at].container_level());
        let mut of_containers = Vec::new();
        for level in levels {
            if !of_containers.contains(&level) {
                of_containers.push(level);
            }
        }
        Costs { elements, behind, before, of_containers }
    }

    /// Whether nothing but commas separates the mentions.
    fn has_commas_alone(&self) -> bool {
        self.elements.iter().skip(1).all(|own| own.separator == Some(Separator::Comma))
    }

    /// The cheapest reading whose items are of a level, with or without items of several mentions.
    fn cheapest(&self, level: Level, nested: bool) -> (f64, Vec<Item>) {
        let count = self.elements.len();
        let mut cheapest: Vec<(f64, Option<Item>)> = vec![(0.0, None)];
        for end in 1..=count {
            let mut best = (f64::INFINITY, None);
            for start in (end.saturating_sub(if nested { LONGEST } else { 1 })..end).rev() {
                for largest_first in [false, true] {
                    let item = Item { start, end, largest_first };
                    let Some(cost) = self.cost(item, level, nested) else { continue };
                    let cost = cheapest[start].0 + cost;
                    if cost < best.0 {
                        best = (cost, Some(item));
                    }
                }
            }
            cheapest.push(best);
        }
        let mut items = Vec::new();
        let mut end = count;
        while let Some(item) = cheapest[end].1 {
            end = item.start;
            items.push(item);
        }
        items.reverse();
        (cheapest[count].0 + self.cost_of_separators(items.len(), nested), items)
    }

    /// The cost of separators that a list of so many items would not have.
    fn cost_of_separators(&self, items: usize, nested: bool) -> f64 {
        let has = |separator| self.elements.iter().skip(1).any(|own| own.separator == Some(separator));
        let commas_alone = self.has_commas_alone();
        match items {
            0 | 1 => 0.0,
            2 if commas_alone => COMMA_ALONE,
            _ if commas_alone => COMMAS_ALONE,
            _ if has(Separator::Level) => ODD_SEPARATORS,
            _ if !nested && has(Separator::Comma) && has(Separator::Break) => ODD_SEPARATORS,
            _ => 0.0,
        }
    }

    fn cost(&self, Item { start, end, largest_first }: Item, level: Level, nested: bool) -> Option<f64> {
        let own = &self.elements[start];
        if end == start + 1 {
            let own_level = own.container_level();
            let like_one = nested && own_level.is_some_and(|own| self.of_containers.contains(&own));
            let like_a_container = if like_one { LIKE_A_CONTAINER } else { 0.0 };
            // Virginia in "Alexandria, Virginia, and Arlington" is a town less probably than it would be elsewhere.
            let may_hold = start.checked_sub(1).is_some_and(|before| self.behind[before].is_some());
            let other_level = may_hold && own_level.is_some_and(|own| own != level);
            let may_hold = if other_level { MAY_HOLD } else { 0.0 };
            let repeated = if own.is_repeated { REPEATED } else { 0.0 };
            return (!largest_first).then(|| own.cost_in_list(level) + like_a_container + may_hold + repeated);
        }
        let sum = |costs: &[Option<f64>]| costs.iter().copied().sum::<Option<f64>>();
        let (head, nested) = match largest_first {
            false => (own, sum(&self.behind[start..end - 1])? + NESTED),
            true => (&self.elements[end - 1], sum(&self.before[start + 1..end])? + LARGEST_FIRST),
        };
        // What it is in is told by its containers; that it is of the level of the other items counts.
        let off = !head.is_unknown() && !head.facility && head.cost_at(level).is_none();
        Some(nested + if off { OFF_LEVEL / 2.0 } else { 0.0 })
    }
}
