//! Candidates that the text hardly means: places whose names had to be stretched to fit ("Aleppo" in "Aleppo University"), and places
//! that have the name beside their own where a town is known by it ("Philadelphia", which Amman once was). They may only be near the
//! places that the document names as they are called. So may villages and towns that share the name of a great city.

use super::home::Home;
use crate::candidate::{Candidate, Form};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::gap::Gap;

/// Distance in kilometres from a place of the document within which another is near it.
const NEAR_KM: f64 = 300.0;

/// Prominence from which on a place is known everywhere.
const KNOWN: f64 = 5.0;

/// Prominence from which on a town is what its name means, whichever others had it once.
const TOWN: f64 = 4.7;

/// People from which on a town is a great city, whose small namesakes are meant only where the document is about their surroundings:
/// "Flights from Houston to Glasgow" is not about Glasgow, Kentucky.
const GREAT: u32 = 400_000;

/// A namesake is small if the great city has more than so many times its people; where that is a capital, the second.
const TIMES: u32 = 20;
const TIMES_OF_CAPITAL: u32 = 10;

/// The same for a city that is large, or known by another name as well: Ghent in Flanders, and a village in New York.
const LARGE: u32 = 100_000;
const TIMES_OF_LARGE: u32 = 100;

/// People below which a town is no more than the county or province of its name that everybody knows: Kent in England, and in Washington.
const SMALLER_THAN_COUNTY: u32 = 150_000;

/// How well known that county is, at most: see [`PlaceRef::rank`].
const RANK_OF_COUNTY: u8 = 3;

/// Mentions of a document that are too few to tell together where it is.
const FEW: usize = 5;

/// Distance in kilometres within which another place of the document makes a small namesake possible.
const SURROUNDINGS_KM: f64 = 80.0;

/// People up to which a town is named with those about it, and the distance in kilometres of those; from how far on a great city is elsewhere.
const SMALL: u32 = 100_000;
const ONE_TRIP_KM: f64 = 150.0;
const FAR_KM: f64 = 500.0;

/// Places of a document that are looked at, the first ones, and of each of its names, the best known ones.
const MOST: usize = 100;
const NAMESAKES: usize = 3;

/// Leaves out such candidates of names, which are given with their folded forms, if they lie far from the document's other places.
pub fn leave_out_far(names: &mut [Vec<Candidate<'_>>], folded: &[&str]) {
    let anchors: Vec<(usize, PlaceRef<'_>)> =
        names.iter().enumerate().flat_map(|(at, own)| named(own).map(move |place| (at, place))).take(MOST).collect();
    for (at, candidates) in names.iter_mut().enumerate() {
        let town = candidates.iter().any(is_known_town);
        let great = candidates.iter().any(|own| is_known_town(own) && people(own) >= GREAT);
        let doubtful = |own: &Candidate<'_>| is_stretched(own) || town && own.is_by_other_name(folded[at]);
        let best = candidates.iter().filter(|own| !is_stretched(own)).map(|own| own.prior).reduce(f64::max);
        let alone = !anchors.iter().any(|(other, _)| *other != at);
        let near =
            |own: &Candidate<'_>| anchors.iter().any(|(other, place)| *other != at && is_near(place, &own.place));
        candidates.retain(|own| {
            let better_known = !town && best.is_none_or(|best| own.prior > best);
            let other_name =
                great && own.place.class() == 'P' && people(own) < GREAT && own.is_by_other_name(folded[at]);
            // In another script than the gazetteer's, sounding alike is how a name is written.
            let guessed = own.form == Form::Alike && folded[at].is_ascii();
            !doubtful(own) || near(own) && !other_name || better_known && !guessed && (alone || own.prior >= KNOWN)
        });
    }
}

/// Leaves out the namesakes of the capital of a country that the document names, if it names nothing in the country of one that has as many
/// people: "prices rose in the Seychelles, and shops in Victoria closed". A name that comes twice may be two places.
pub fn leave_out_namesakes_of_capitals(names: &mut [Vec<Candidate<'_>>], name_of: &[usize]) {
    if name_of.len() > FEW {
        return;
    }
    let best: Vec<Option<PlaceRef<'_>>> = names.iter().map(|own| named(own).next()).collect();
    for (at, candidates) in names.iter_mut().enumerate() {
        let others = || all_but(&best, at).filter_map(|(_, place)| *place);
        let is_named =
            |capital: &PlaceRef<'_>| others().any(|other| other.is_country() && other.country() == capital.country());
        let mut capitals = candidates.iter().filter(|own| own.place.is_capital() && own.is_town_called_so(0.0));
        let once = name_of.iter().filter(|name| **name == at).count() == 1;
        let capital = capitals.find(|own| once && is_named(&own.place)).map(|own| own.place);
        let Some(capital) = capital else { continue };
        let elsewhere = candidates.iter().any(|own| {
            own.place.country() != capital.country()
                && people(own) >= capital.population().unwrap_or(0)
                && others().any(|other| other.country() == own.place.country())
        });
        if !elsewhere {
            candidates.retain(|own| own.place.country() == capital.country() || own.is_own());
        }
    }
}

/// Leaves out the small namesakes of great cities and of well-known counties that are not in the surroundings of any other place of the
/// document, nor of its home. The mentions' names are given by their indexes, with the gap behind each mention but the last.
pub fn leave_out_small<'g>(names: &mut [Vec<Candidate<'g>>], name_of: &[usize], gaps: &[Gap], home: &Home<'g>) {
    leave_out_foreign(names, home);
    if name_of.len() > FEW {
        return;
    }
    leave_out_great(names, home);
    let others = Others { places: names.iter().map(|own| named(own).collect()).collect(), name_of, gaps };
    for (at, candidates) in names.iter_mut().enumerate() {
        let great = great_city(candidates).filter(|_| others.places.len() > 1);
        let Some((great, least)) = great.or_else(|| county(candidates)) else { continue };
        let is_small = |own: &Candidate<'_>| {
            let town = own.place.class() == 'P' && people(own) < least && !great.contains(&own.place);
            // "Essex" is no Essex County elsewhere, nor "Somerset" the region in Queensland or "Devon" the island.
            let division = own.place.class() == 'A' && !own.place.is_division1() && !own.place.is_country();
            let less_known = (division || own.form == Form::Extended) && !is_well_known_county(own);
            (town || great.class() == 'A' && less_known) && !own.is_own()
        };
        candidates.retain(|own| !is_small(own) || home.is_near(&own.place) || others.surround(at, &own.place));
    }
}

/// The greatest town of a name, and the number of people from which on another one is not small beside it.
fn great_city<'g>(candidates: &[Candidate<'g>]) -> Option<(PlaceRef<'g>, u32)> {
    let large = candidates.iter().filter(|own| own.place.class() == 'P' && is_called_so(own) && people(own) >= LARGE);
    let great = large.max_by_key(|own| people(own))?;
    let times = match is_known_town(great) && people(great) >= GREAT {
        true if great.place.is_capital() => TIMES_OF_CAPITAL,
        true => TIMES,
        false => TIMES_OF_LARGE,
    };
    Some((great.place, people(great) / times))
}

/// The county or province of a name that is well known, and the number of people from which on a town is not small beside it; `None` if a
/// larger town has the name.
fn county<'g>(candidates: &[Candidate<'g>]) -> Option<(PlaceRef<'g>, u32)> {
    let county = candidates.iter().find(|own| is_well_known_county(own))?;
    let larger = |own: &Candidate<'_>| own.place.class() == 'P' && people(own) >= SMALLER_THAN_COUNTY;
    (!candidates.iter().any(larger)).then_some((county.place, SMALLER_THAN_COUNTY))
}

/// The places that the names of a document may be, the best known ones of each, and what stands between its mentions.
struct Others<'a, 'g> {
    places: Vec<Vec<PlaceRef<'g>>>,
    name_of: &'a [usize],
    gaps: &'a [Gap],
}

impl Others<'_, '_> {
    /// Whether another name than that with an index has a place about this one, or that holds it.
    fn surround(&self, at: usize, own: &PlaceRef<'_>) -> bool {
        all_but(&self.places, at).any(|(other, places)| {
            let stated = self.state(at, other);
            let holds = |place: &PlaceRef<'_>| (stated || !place.is_country()) && place.contains(own);
            // A town is the best known of its name; a division may be another one.
            places.first().is_some_and(|place| is_around(place, own))
                || places.iter().any(|place| place.class() != 'P' && holds(place))
        })
    }

    /// Whether what stands between two mentions may say that one contains the other: "Cologne, Italy".
    fn state(&self, own: usize, container: usize) -> bool {
        self.gaps.iter().zip(self.name_of.windows(2)).any(|(gap, pair)| {
            gap.behind > 0.0 && pair == [own, container] || gap.before > 0.0 && pair == [container, own]
        })
    }
}

/// Leaves out a great city, with all towns that do not lie about the small one beside it, if a namesake does and nothing else of the document
/// lies where the great city is, nor its home: "the A9 between Perth and Inverness". Few mentions of a document are given.
fn leave_out_great<'g>(names: &mut [Vec<Candidate<'g>>], home: &Home<'g>) {
    let best = |own: &Vec<Candidate<'g>>| own.iter().find(|own| !is_stretched(own)).map(|own| own.place);
    let anchors: Vec<Option<PlaceRef<'g>>> = names.iter().map(best).collect();
    for at in 0..names.len() {
        let great = names[at].first().filter(|own| is_known_town(own) && people(own) >= GREAT).map(|own| own.place);
        let Some(great) = great.filter(|great| !home.is_near(great)) else { continue };
        let others = || all_but(&anchors, at);
        let about = |own: &Candidate<'g>, town: &PlaceRef<'g>| {
            own.is_town_called_so(0.0) && own.place.km_from(town) < ONE_TRIP_KM
        };
        let is_small =
            |town: &PlaceRef<'g>| town.class() == 'P' && town.population().is_some_and(|people| people < SMALL);
        let towns = others().filter_map(|(_, place)| *place).filter(is_small);
        let town = towns.filter(|town| names[at].iter().any(|own| about(own, town))).find(|town| {
            // "North Sydney" is beside New Waterford as well.
            let other_side = |other: usize| names[other].iter().any(|own| about(own, town));
            let holds_great = |place: &PlaceRef<'g>| place.contains(&great) || place.km_from(&great) < FAR_KM;
            others().all(|(other, place)| !place.is_some_and(|place| holds_great(&place)) || other_side(other))
        });
        if let Some(town) = town {
            names[at].retain(|own| own.place.class() != 'P' || about(own, &town));
        }
    }
}

/// Leaves out the little known namesakes abroad of towns in the countries of the text's readers, unless the text names something else
/// there: a Swedish text means the Mora of Dalarna, and one with parish councillors the Ludlow of Shropshire.
fn leave_out_foreign<'g>(names: &mut [Vec<Candidate<'g>>], home: &Home<'g>) {
    let is_home = |own: &Candidate<'g>| home.is_told(&own.place).unwrap_or(own.at_home > 0.0);
    let anchors: Vec<Vec<PlaceRef<'_>>> = names.iter().map(|own| named(own).collect()).collect();
    // In English nearly every name is one of a town in America too, which says nothing.
    let speaks: Vec<bool> = names.iter().map(|own| home.told.is_none() || !own.iter().any(is_home)).collect();
    for (at, candidates) in names.iter_mut().enumerate() {
        let others = || all_but(&anchors, at).filter(|(other, _)| speaks[*other]).flat_map(|(_, places)| places);
        let is_obscure = |own: &Candidate<'g>| {
            !is_home(own) && own.place.class() == 'P' && own.prior < KNOWN && !own.place.is_capital() && !own.is_own()
        };
        let is_called = |own: &Candidate<'g>| is_home(own) && own.is_town_called_so(0.0);
        let at_issue = home.told.is_none() || candidates.first().is_some_and(is_obscure);
        if at_issue && candidates.iter().any(is_called) {
            candidates.retain(|own| {
                !is_obscure(own) || home.is_near(&own.place) || others().any(|other| is_near(other, &own.place))
            });
        }
    }
}

/// The items of a list but that with an index, with theirs.
fn all_but<T>(all: &[T], at: usize) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate().filter(move |(other, _)| *other != at)
}

/// Whether a place lies in the surroundings of a town. Great cities are named together however far they are from each other.
fn is_around(town: &PlaceRef<'_>, own: &PlaceRef<'_>) -> bool {
    let is_great = town.population().is_some_and(|people| people >= GREAT);
    town.class() == 'P' && !is_great && town.km_from(own) < SURROUNDINGS_KM
}

/// Whether it is a county or province that is known beyond its region, and called so.
fn is_well_known_county(own: &Candidate<'_>) -> bool {
    let county = own.place.class() == 'A' && !own.place.is_division1() && !own.place.is_country();
    county && is_called_so(own) && own.place.rank().is_some_and(|rank| rank <= RANK_OF_COUNTY)
}

/// Whether the name stands as it is the place's, not stretched nor one of old.
fn is_called_so(own: &Candidate<'_>) -> bool {
    own.form == Form::Exact && matches!(own.kind, NameKind::Primary | NameKind::Variant)
}

fn people(own: &Candidate<'_>) -> u32 {
    own.place.population().unwrap_or(0)
}

fn is_known_town(candidate: &Candidate<'_>) -> bool {
    candidate.is_town_called_so(TOWN)
}

/// The best known places that are called so.
fn named<'c, 'g>(candidates: &'c [Candidate<'g>]) -> impl Iterator<Item = PlaceRef<'g>> + 'c {
    candidates.iter().filter(|own| !is_stretched(own)).map(|own| own.place).take(NAMESAKES)
}

/// Whether the name had to be stretched to fit.
fn is_stretched(candidate: &Candidate<'_>) -> bool {
    matches!(candidate.form, Form::Stripped | Form::Alike | Form::Nested)
}

fn is_near(place: &PlaceRef<'_>, own: &PlaceRef<'_>) -> bool {
    place.country() == own.country() && !own.country().is_empty() || place.km_from(own) < NEAR_KM
}
