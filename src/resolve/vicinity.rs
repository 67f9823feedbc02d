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

/// Leaves out the small namesakes of great cities that are not in the surroundings of any other place of the document, nor of its home. The
/// mentions' names are given by their indexes, with the gap behind each mention but the last.
pub fn leave_out_small<'g>(names: &mut [Vec<Candidate<'g>>], name_of: &[usize], gaps: &[Gap], home: &Home<'g>) {
    leave_out_foreign(names, home);
    if name_of.len() > FEW || names.len() < 2 {
        return;
    }
    leave_out_great(names, home);
    // What stands between two mentions may say that one contains the other: "Cologne, Italy".
    let is_stated = |own: usize, container: usize| {
        gaps.iter().zip(name_of.windows(2)).any(|(gap, pair)| {
            gap.behind > 0.0 && pair == [own, container] || gap.before > 0.0 && pair == [container, own]
        })
    };
    let anchors: Vec<Vec<PlaceRef<'_>>> = names.iter().map(|own| named(own).collect()).collect();
    for (at, candidates) in names.iter_mut().enumerate() {
        let great = candidates.iter().filter(|own| {
            let called_so = own.form == Form::Exact && matches!(own.kind, NameKind::Primary | NameKind::Variant);
            called_so && own.place.class() == 'P' && people(own) >= LARGE
        });
        let Some(great) = great.max_by_key(|own| people(own)) else { continue };
        let least = people(great)
            / match is_known_town(great) && people(great) >= GREAT {
                true if great.place.is_capital() => TIMES_OF_CAPITAL,
                true => TIMES,
                false => TIMES_OF_LARGE,
            };
        let is_small = |own: &Candidate<'_>| own.place.class() == 'P' && people(own) < least && !own.is_own();
        let others = || all_but(&anchors, at);
        let is_beside = |own: &PlaceRef<'_>| {
            others().any(|(other, places)| {
                let stated = is_stated(at, other);
                let holds = |place: &PlaceRef<'_>| (stated || !place.is_country()) && place.contains(own);
                // A town is the best known of its name; a division may be another one.
                places.first().is_some_and(|place| is_around(place, own))
                    || places.iter().any(|place| place.class() != 'P' && holds(place))
            })
        };
        candidates.retain(|own| !is_small(own) || home.is_near(&own.place) || is_beside(&own.place));
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

/// Leaves out the little known namesakes abroad of towns in the countries of the text's language, unless the text names something else
/// there: a Swedish text means the Mora of Dalarna.
fn leave_out_foreign<'g>(names: &mut [Vec<Candidate<'g>>], home: &Home<'g>) {
    let anchors: Vec<Vec<PlaceRef<'_>>> = names.iter().map(|own| named(own).collect()).collect();
    for (at, candidates) in names.iter_mut().enumerate() {
        let others = || all_but(&anchors, at).flat_map(|(_, places)| places);
        let is_obscure = |own: &Candidate<'g>| {
            own.at_home == 0.0
                && own.place.class() == 'P'
                && own.prior < KNOWN
                && !own.place.is_capital()
                && !own.is_own()
        };
        if candidates.iter().any(|own| own.at_home > 0.0 && own.is_town_called_so(0.0)) {
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
