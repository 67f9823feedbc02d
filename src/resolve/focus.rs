//! The places that a document is about.

use super::Resolved;
use crate::candidate::Form;
use crate::gazetteer::{PlaceKey, PlaceRef};
use crate::mention::Kind;
use std::collections::HashMap;

/// A place that a document is about.
#[derive(Clone, Copy, Debug)]
pub struct Focus<'g> {
    /// The place.
    pub place: PlaceRef<'g>,
    /// The share of the document's evidence in this place, 0 to 1.
    pub score: f64,
}

/// The least share of a place's evidence that one place in it has if the document is about that.
const NARROW: f64 = 0.45;

/// The least share of the evidence of a place, or of the document, of each of several places that it is about.
const SHARED: f64 = 0.28;

/// Places considered, the heaviest; a document with more is about none of the rest.
const MOST: usize = 100;

/// Levels of places in places, at most.
const DEPTH: usize = 6;

/// The places that a document is about, each at the narrowest level that its mentions support; first those of the country or region
/// with most evidence. Mentions count for their place and for all places that contain it. Empty without mentions.
pub fn focus<'g>(resolved: &[Resolved<'g>]) -> Vec<Focus<'g>> {
    let mut evidence: HashMap<PlaceKey, (PlaceRef<'g>, f64)> = HashMap::new();
    for (order, mention) in resolved.iter().enumerate() {
        // Mentions early in an article count more, adjectives and localities less.
        let early = 1.0 + 1.0 / (1.0 + order as f64 / 3.0);
        let named = mention.mention.kind == Kind::Place && mention.form < Form::Locality;
        let weight = mention.confidence * early * if named { 1.0 } else { 0.5 };
        evidence.entry(mention.place.key()).or_insert((mention.place, 0.0)).1 += weight;
    }
    let mut places: Vec<(PlaceRef<'g>, f64)> = evidence.into_values().collect();
    heaviest_first(&mut places);
    // In one order, so that the last digits of sums are the same in every run.
    let total: f64 = places.iter().map(|(_, weight)| weight).sum();
    places.truncate(MOST);
    let held = |place: &PlaceRef<'g>| -> f64 {
        let inside = places.iter().filter(|(other, _)| other.key() == place.key() || place.contains(other));
        inside.map(|(_, weight)| weight).sum()
    };
    let mut scored: Vec<(PlaceRef<'g>, f64)> = places.iter().map(|(place, _)| (*place, held(place))).collect();
    heaviest_first(&mut scored);
    let mut foci = Vec::new();
    narrow(None, total, &scored, DEPTH, &mut foci);
    if foci.is_empty() {
        foci.extend(scored.first().copied());
    }
    foci.into_iter().map(|(place, weight)| Focus { place, score: weight / total.max(f64::MIN_POSITIVE) }).collect()
}

fn heaviest_first(places: &mut [(PlaceRef<'_>, f64)]) {
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.key().cmp(&b.0.key())));
}

/// Adds to `foci` the places that the evidence in `whole`, or in the world if that is `None`, is about.
fn narrow<'g>(
    whole: Option<(PlaceRef<'g>, f64)>,
    weight: f64,
    scored: &[(PlaceRef<'g>, f64)],
    depth: usize,
    foci: &mut Vec<(PlaceRef<'g>, f64)>,
) {
    // The heaviest places in it, none of them in another. A town and the division named after it may each contain the other, so
    // that the heavier holds.
    let mut parts: Vec<(PlaceRef<'g>, f64)> = Vec::new();
    let inside = scored.iter().filter(|(place, _)| {
        whole.is_none_or(|(whole, _)| whole.contains(place) && !place.contains(&whole) && whole.key() != place.key())
    });
    for (place, held) in inside.filter(|(_, held)| *held >= SHARED * weight) {
        if !parts.iter().any(|(part, _)| part.contains(place)) {
            parts.push((*place, *held));
        }
    }
    // A single part with little evidence: the rest is about the whole.
    let alone = parts.len() == 1 && parts[0].1 < NARROW * weight;
    if depth == 0 || parts.is_empty() || alone && whole.is_some() {
        foci.extend(whole);
        return;
    }
    for (place, held) in parts {
        narrow(Some((place, held)), held, scored, depth - 1, foci);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Geoparser};

    fn foci(text: &str) -> Vec<String> {
        let annotations = Geoparser::embedded().expect("opens").annotate(&Document::new("1", text));
        annotations.foci.iter().map(|focus| focus.place.name().to_owned()).collect()
    }

    #[test]
    fn one_town_is_the_focus_of_its_news() {
        let text =
            "Firefighters in Marseille, France, were called to the port of Marseille. Marseille's mayor thanked them.";
        assert_eq!(foci(text), ["Marseille"]);
    }

    #[test]
    fn towns_of_one_country_are_news_of_the_country() {
        let text = "Strikes closed schools in Lyon, Nantes, Lille, Bordeaux and Toulouse, the French ministry said. \
                    France has seen five strikes this year.";
        assert_eq!(foci(text), ["France"]);
    }

    #[test]
    fn two_places_far_apart_are_two_foci() {
        let text = "Teams from Nairobi and Helsinki met. Nairobi won at home; Helsinki won at home too.";
        let mut foci = foci(text);
        foci.sort();
        assert_eq!(foci, ["Helsinki", "Nairobi"]);
    }

    #[test]
    fn nothing_has_no_focus() {
        assert!(foci("It rained.").is_empty());
    }
}
