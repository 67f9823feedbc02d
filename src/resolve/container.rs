//! What the gap between two mentions says: that one place contains the other ("Paris, Texas"), or that it should ("Moscow,
//! Michigan", where no known Moscow is).

use crate::candidate::{Candidate, Form};
use crate::gazetteer::PlaceRef;
use crate::mention::gap::{COMMA, Gap, word_follows};
use crate::mention::{Kind, Mention};
use crate::text::Words;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// How surely the adjacent mentions of a mention contain one of its candidates, or are contained in it; 0 for not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Containment {
    /// The following mention contains it: "Paris, Texas".
    pub behind: f32,
    /// The preceding mention contains it: "Aleppo's Sheikh Maqsoud", "the Syrian city of Aleppo".
    pub before: f32,
    /// It contains the preceding mention: Texas in "Paris, Texas".
    pub holds: f32,
}

/// Where the text puts a mention although none of its candidates lies there: "Moscow, Michigan".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatedContainer {
    /// Index of the mention of the country or division that is said to contain it.
    pub container: usize,
    /// How surely.
    pub strength: f32,
    /// Whether the text says so outright, of a name of which nothing else is known.
    pub outright: bool,
}

/// Candidates of an adjacent mention that are considered, the most prominent.
const CONSIDERED: usize = 8;

/// An adjacent mention, and how surely the gap says that it contains the other.
type Adjacent = (usize, f32);

/// The mentions of a document, each as the possible container of its neighbours.
pub struct AdjacentMentions<'a, 'g> {
    words: &'a Words<'a>,
    /// In the order of the text.
    mentions: &'a [Mention<'g>],
    /// The candidates of each distinct name, the most prominent first.
    names: &'a [Vec<Candidate<'g>>],
    /// Index of each mention's name.
    name_of: &'a [usize],
    /// The gap behind each mention but the last.
    gaps: &'a [Gap],
    /// What contains the candidates of a name, by the indexes of that name and of the one that may contain it. A document may have
    /// two names beside each other thousands of times.
    wholes: RefCell<FxHashMap<(usize, usize), Orders>>,
    /// What the candidates of a name contain, by the indexes of that name and of the one that may lie in it.
    parts: RefCell<FxHashMap<(usize, usize), Orders>>,
}

/// For each candidate of a name the index of the first of another name's that contains it, or that it contains.
type Orders = Rc<[Option<usize>]>;

impl<'a, 'g> AdjacentMentions<'a, 'g> {
    /// The mentions, which are in the order of the text, with the gaps between them, the candidates of each distinct name and the index
    /// of each mention's name.
    pub fn new(
        words: &'a Words<'a>,
        mentions: &'a [Mention<'g>],
        names: &'a [Vec<Candidate<'g>>],
        name_of: &'a [usize],
        gaps: &'a [Gap],
    ) -> Self {
        let (wholes, parts) = (RefCell::default(), RefCell::default());
        AdjacentMentions { words, mentions, names, name_of, gaps, wholes, parts }
    }

    /// What the adjacent mentions say of each candidate of mention `at`, and where the text puts it if not at one of them.
    pub fn containment(&self, at: usize) -> (Vec<Containment>, Option<StatedContainer>) {
        let next = self.gaps.get(at).map(|gap| (at + 1, gap.behind));
        let gap_before = at.checked_sub(1).and_then(|before| Some((before, *self.gaps.get(before)?)));
        let (holds_gap, before) = match gap_before {
            Some((preceding, gap)) => (gap.behind, Some((preceding, gap.before))),
            None => (0.0, None),
        };
        let strength =
            |strength: f32, order: Option<usize>| order.map_or(0.0, |order| strength * 0.9f32.powi(order as i32));
        let held = |adjacent: Option<Adjacent>| {
            let (whole, gap) = adjacent.filter(|(_, gap)| *gap > 0.0)?;
            let lies_in = |own: &Candidate<'_>, whole: &Candidate<'_>| whole.place.contains(&own.place);
            Some((self.orders(&self.wholes, at, whole, lies_in), gap))
        };
        let (behind, before_it) = (held(next), held(before));
        let holds = before.filter(|_| holds_gap > 0.0).map(|(part, _)| {
            let holds = |own: &Candidate<'_>, part: &Candidate<'_>| own.place.contains(&part.place);
            (self.orders(&self.parts, at, part, holds), holds_gap)
        });
        let surely = |orders: &Option<(Orders, f32)>, candidate: usize| {
            orders.as_ref().map_or(0.0, |(orders, gap)| strength(*gap, orders[candidate]))
        };
        let containment = (0..self.candidates(at).len()).map(|candidate| Containment {
            behind: surely(&behind, candidate),
            before: surely(&before_it, candidate),
            holds: surely(&holds, candidate),
        });
        let containment: Vec<Containment> = containment.collect();
        let held = containment.iter().any(|containment| containment.behind.max(containment.before) > 0.0);
        let stated = if held { None } else { self.stated_container(at, next, before) };
        (containment, stated)
    }

    /// For each candidate of mention `at` the first of those considered of mention `other` with which it satisfies `is`.
    fn orders(
        &self,
        known: &RefCell<FxHashMap<(usize, usize), Orders>>,
        at: usize,
        other: usize,
        is: impl Fn(&Candidate<'g>, &Candidate<'g>) -> bool,
    ) -> Orders {
        let first =
            |own: &Candidate<'g>| self.candidates(other).iter().take(CONSIDERED).position(|other| is(own, other));
        let mut known = known.borrow_mut();
        let orders = known.entry((self.name_of[at], self.name_of[other]));
        orders.or_insert_with(|| self.candidates(at).iter().map(first).collect()).clone()
    }

    fn candidates(&self, mention: usize) -> &[Candidate<'g>] {
        &self.names[self.name_of[mention]]
    }

    /// The adjacent country or division that the text puts mention `at` in, although none of its candidates lies there. A
    /// country behind a country is the next item of a list.
    fn stated_container(&self, at: usize, next: Option<Adjacent>, before: Option<Adjacent>) -> Option<StatedContainer> {
        let own = self.candidates(at);
        let best = own.first()?.prior;
        // "Shells fell on Aleppo, Turkish troops said."
        let next = next.filter(|(next, _)| self.mentions[*next].kind != Kind::Demonym);
        let level = |place: &PlaceRef<'_>| (place.is_country(), place.is_division1());
        let contains = |(other, strength): &Adjacent| {
            let whole = self.candidates(*other).first().filter(|_| *strength >= STATED);
            whole.is_some_and(|whole| {
                let known = |own: &Candidate<'_>| own.prior >= best - NEARLY_AS_WELL_KNOWN;
                let like_it =
                    |own: &Candidate<'_>| own.place.class() == 'A' && level(&own.place) == level(&whole.place);
                whole.place.class() == 'A' && !own.iter().any(|own| known(own) && like_it(own))
            })
        };
        let (container, strength) = [next, before].into_iter().flatten().find(contains)?;
        // "Rosario, Mendoza and Córdoba": what may be a town as well, or is followed by more of a list, may be its next item. "In
        // Aleppo, Turkey backs them": a container has a comma behind it as before it, though news often omits it behind states.
        let wholes = self.candidates(container);
        let first = wholes.first()?;
        let known = first.prior - AS_WELL_KNOWN;
        let town =
            wholes.iter().any(|whole| whole.place.class() == 'P' && whole.form == Form::Exact && whole.prior >= known);
        let goes_on = container > at && strength >= COMMA && word_follows(self.words, &self.mentions[container]);
        if goes_on && first.place.is_country() {
            return None;
        }
        let doubts = i32::from(town) + i32::from(goes_on);
        Some(StatedContainer { container, strength: strength * 0.5f32.powi(doubts), outright: false })
    }
}

/// The strength from which on a gap puts a name into a container that none of its candidates lies in.
const STATED: f32 = 2.0;

/// A town that is this much less prominent than the division it shares its name with is as likely meant.
const AS_WELL_KNOWN: f64 = 0.5;

/// A state that is this much less prominent than a town of its name may still be meant: "Washington, Oregon and Idaho".
const NEARLY_AS_WELL_KNOWN: f64 = 1.0;

#[cfg(test)]
mod tests {
    use super::{AdjacentMentions, COMMA, Containment, StatedContainer};
    use crate::candidate::candidates;
    use crate::mention::gap::Gap;
    use crate::resolve::testing::Scene;

    /// What the mentions adjacent to the first of some names of a text say of each of its candidates, and of it.
    fn containment(text: &'static str, names: &[&str]) -> (Vec<Containment>, Option<StatedContainer>) {
        let scene = Scene::new(text);
        let (words, mentions) = (scene.words(), scene.mentions(names));
        let names: Vec<_> = mentions.iter().map(|mention| candidates(scene.gazetteer(), &words, mention)).collect();
        let name_of: Vec<usize> = (0..names.len()).collect();
        let gaps: Vec<Gap> = mentions.windows(2).map(|pair| Gap::new(&words, &pair[0], &pair[1])).collect();
        AdjacentMentions::new(&words, &mentions, &names, &name_of, &gaps).containment(0)
    }

    #[test]
    fn gaps_name_containers() {
        let strongest = |text, names: [&str; 2]| {
            containment(text, &names).0.iter().map(|containment| containment.behind).fold(0.0, f32::max)
        };
        assert_eq!(strongest("Lansing, Michigan", ["Lansing", "Michigan"]), COMMA);
        let [near, far] = ["Lansing in Michigan", "Lansing is a small town in Michigan"]
            .map(|text| strongest(text, ["Lansing", "Michigan"]));
        assert!(near > far && far > strongest("Lansing is near a small town in Michigan", ["Lansing", "Michigan"]));
        assert_eq!(strongest("Lansing. In Michigan", ["Lansing", "Michigan"]), 0.0);
    }

    #[test]
    fn lists_state_containers_less_surely() {
        let strength = |text, names: &[&str]| containment(text, names).1.map(|stated| stated.strength);
        assert_eq!(strength("Nairobi, Michigan", &["Nairobi", "Michigan"]), Some(COMMA));
        assert!(strength("Rosario, Mendoza and Salta", &["Rosario", "Mendoza", "Salta"]) < Some(COMMA));
        assert!(strength("Nairobi, Michigan says", &["Nairobi", "Michigan"]) < Some(COMMA));
        assert_eq!(strength("Nairobi, Turkey says", &["Nairobi", "Turkey"]), None);
        assert_eq!(strength("Nairobi, American", &["Nairobi", "American"]), None);
        assert_eq!(strength("Lansing, Michigan", &["Lansing", "Michigan"]), None, "one of its places lies there");
        assert_eq!(strength("Michigan, Ohio", &["Michigan", "Ohio"]), None, "states are listed");
    }
}
