//! What the words next to a mention say for its candidates.

use crate::candidate::{Candidate, Form};
use crate::gazetteer::PlaceRef;
use crate::mention::{Kind, Mention};

/// What stands beside a mention says of a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Beside {
    /// How surely what stands behind contains it: "Paris, Texas".
    pub behind: f32,
    /// How surely what stands before contains it: "Aleppo's Sheikh Maqsoud", "the Syrian city of Aleppo".
    pub ahead: f32,
    /// How surely it contains what stands before: Texas in "Paris, Texas".
    pub holds: f32,
}

/// Candidates of a neighbour that are looked at, the most prominent.
const NEIGHBOURS: usize = 8;

/// Where the words beside a mention put it although none of its candidates lies there: "Moscow, Michigan".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatedContainer {
    /// The mention of the country or division that is said to contain it.
    pub container: usize,
    /// How surely.
    pub strength: f32,
}

/// A mention beside another, and how surely the gap between them says that it contains the other.
type Neighbour = (usize, f32);

/// A document's mentions as neighbours of each other.
pub struct Around<'a, 'g> {
    /// The document's text.
    pub text: &'a str,
    /// Its mentions, in the order of the text.
    pub mentions: &'a [Mention<'g>],
    /// The candidates of every distinct name, the most prominent first.
    pub names: &'a [Vec<Candidate<'g>>],
    /// Which name each mention has.
    pub name_of: &'a [usize],
}

impl<'g> Around<'_, 'g> {
    /// What stands beside mention `at` says of each of its candidates, and where it puts them all stated_container.
    pub fn of(&self, at: usize) -> (Vec<Beside>, Option<StatedContainer>) {
        let before = at.checked_sub(1);
        let next = Some(at + 1).filter(|&next| next < self.mentions.len());
        // How the neighbour stands to the name, from the gap between them.
        let next = next.map(|next| (next, behind(self.gap(at, next))));
        let holds_gap = before.map_or(0.0, |before| behind(self.gap(before, at)));
        let before = before.map(|before| (before, ahead(self.gap(before, at))));
        let strength =
            |strength: f32, order: Option<usize>| order.map_or(0.0, |order| strength * 0.9f32.powi(order as i32));
        let beside = self.candidates(at).iter().map(|candidate| {
            let held = |neighbour: Option<Neighbour>| {
                let (whole, gap) = neighbour.filter(|(_, gap)| *gap > 0.0)?;
                let mut wholes = self.candidates(whole).iter().take(NEIGHBOURS);
                Some(strength(gap, wholes.position(|whole| whole.place.contains(&candidate.place))))
            };
            let parts = before.filter(|_| holds_gap > 0.0).map_or(&[][..], |(part, _)| self.candidates(part));
            let holds = parts.iter().take(NEIGHBOURS).position(|part| candidate.place.contains(&part.place));
            Beside {
                behind: held(next).unwrap_or_default(),
                ahead: held(before).unwrap_or_default(),
                holds: strength(holds_gap, holds),
            }
        });
        let beside: Vec<Beside> = beside.collect();
        let held = beside.iter().any(|beside| beside.behind.max(beside.ahead) > 0.0);
        let stated_container = if held { None } else { self.stated_container(at, next, before) };
        (beside, stated_container)
    }

    fn candidates(&self, mention: usize) -> &[Candidate<'g>] {
        &self.names[self.name_of[mention]]
    }

    fn gap(&self, a: usize, b: usize) -> &str {
        let (a, b) = (&self.mentions[a], &self.mentions[b]);
        self.text.get(a.end..b.start).filter(|gap| gap.len() <= 60).unwrap_or("~")
    }

    /// The neighbour that is a country or division and seems to contain mention `at`, none of whose candidates lies there. A
    /// country behind a country is the next of a list.
    fn stated_container(
        &self,
        at: usize,
        next: Option<Neighbour>,
        before: Option<Neighbour>,
    ) -> Option<StatedContainer> {
        let own = self.candidates(at);
        let best = own.first()?.prior;
        // "Shells fell on Aleppo, Turkish troops said."
        let next = next.filter(|(next, _)| self.mentions[*next].kind != Kind::Demonym);
        let level = |place: &PlaceRef<'_>| (place.is_country(), place.is_division1());
        let contains = |(other, strength): &Neighbour| {
            let whole = self.candidates(*other).first().filter(|_| *strength >= SAID);
            whole.is_some_and(|whole| {
                let known = |own: &Candidate<'_>| own.prior >= best - NEARLY_AS_WELL_KNOWN;
                let like_it =
                    |own: &Candidate<'_>| own.place.class() == 'A' && level(&own.place) == level(&whole.place);
                whole.place.class() == 'A' && !own.iter().any(|own| known(own) && like_it(own))
            })
        };
        let (container, strength) = [next, before].into_iter().flatten().find(contains)?;
        // "Rosario, Mendoza and Córdoba": what may be a town as well, or goes on as a list, may be the next of it. "In
        // Aleppo, Turkey backs them": a container has a comma behind it as before it, though news is careless with those
        // of states.
        let wholes = self.candidates(container);
        let first = wholes.first()?;
        let known = first.prior - AS_WELL_KNOWN;
        let town =
            wholes.iter().any(|whole| whole.place.class() == 'P' && whole.form == Form::Exact && whole.prior >= known);
        let after = self.text.get(self.mentions[container].end..).unwrap_or("").trim_start();
        let goes_on = container > at && after.starts_with(char::is_alphanumeric) && strength >= COMMA;
        if goes_on && first.place.is_country() {
            return None;
        }
        let doubts = i32::from(town) + i32::from(goes_on);
        Some(StatedContainer { container, strength: strength * 0.5f32.powi(doubts) })
    }
}

/// A gap that says as surely as this that a name is contained in another puts it there.
const SAID: f32 = 2.0;

/// A town this much less prominent than the division that it shares its name with is as likely meant.
const AS_WELL_KNOWN: f64 = 0.5;

/// A state of the name of a town that is this much more prominent may still be meant: "Washington, Oregon and Idaho".
const NEARLY_AS_WELL_KNOWN: f64 = 1.0;

/// The candidate that the words beside a mention decide for, if they do.
pub fn decided(beside: &[Beside]) -> Option<usize> {
    let strong = |beside: &Beside| beside.behind.max(beside.ahead) >= DECIDING;
    let count = beside.iter().filter(|beside| strong(beside)).count();
    beside.iter().position(strong).filter(|_| count < beside.len() || count == 1)
}

/// A container at least as sure as one behind a comma that is among the first of its name.
const DECIDING: f32 = 0.8 * COMMA;

/// "City, State".
pub const COMMA: f32 = 4.0;

/// How strongly the gap behind a name says that what follows contains it.
fn behind(gap: &str) -> f32 {
    let words: Vec<&str> = gap.split_whitespace().collect();
    match words[..] {
        [","] => COMMA,
        ["("] | [",", "in"] | ["in"] => 3.0,
        ["in", ..] if words.len() <= 4 && !gap.contains(['.', ';', ',']) => 2.0,
        // "Lima is a village in Livingston County".
        ["is" | "was", "a" | "an" | "the" | "one", .., "in"] if !gap.contains(['.', ';', ',']) => 2.0,
        [.., "in" | "of"] if words.len() <= 4 && !gap.contains(['.', ';', ',']) => 1.5,
        _ => 0.0,
    }
}

/// How strongly the gap before a name says that what comes before contains it: "Aleppo's Sheikh Maqsoud", "the Syrian
/// city of Aleppo".
fn ahead(gap: &str) -> f32 {
    let words: Vec<&str> = gap.split_whitespace().collect();
    match words[..] {
        ["'s" | "’s"] => 3.0,
        [_, "of"] => 2.5,
        [] => 1.5,
        [_] if !gap.contains(['.', ';', ',', '-', '/']) && gap.trim() != "and" => 1.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, Beside, COMMA, ahead, behind, decided};
    use toponym_languages::languages;

    #[test]
    fn gaps_tell_containers() {
        assert_eq!(behind(", "), COMMA);
        assert!(behind(" in ") > behind(" district in the city of "));
        assert!(behind(" is a small town in ") > behind(" is near a small town in "));
        assert_eq!(behind(". In "), 0.0);
        assert!(ahead(" city of ") > 0.0);
        assert_eq!(ahead(" and "), 0.0);
    }

    #[test]
    fn lists_put_nothing_astray_as_surely_as_containers_do() {
        let gazetteer = crate::embedded().expect("opens");
        let strength = |text: &str| {
            let parts: Vec<_> = text.split(", ").flat_map(|part| part.split(" and ")).collect();
            let parts = parts.iter().map(|part| part.trim_end_matches(" says"));
            let spans: Vec<_> =
                parts.filter_map(|part| text.find(part).map(|at| (at..at + part.len()).into())).collect();
            let document = crate::Document::new("", text);
            let tokens = crate::text::tokenise(text, languages());
            let given = crate::mention::given(&document, &tokens, &gazetteer, &spans).mentions;
            let mentions: Vec<_> = given.into_iter().map(|(_, mention)| mention).collect();
            let names: Vec<_> =
                mentions.iter().map(|mention| crate::candidate::candidates(&gazetteer, text, mention)).collect();
            let name_of: Vec<usize> = (0..names.len()).collect();
            let around = Around { text, mentions: &mentions, names: &names, name_of: &name_of };
            around.of(0).1.map(|stated_container| stated_container.strength)
        };
        assert_eq!(strength("Nairobi, Michigan"), Some(COMMA));
        assert!(strength("Rosario, Mendoza and Salta") < Some(COMMA));
        assert!(strength("Nairobi, Michigan says") < Some(COMMA));
        assert_eq!(strength("Nairobi, Turkey says"), None);
        assert_eq!(strength("Nairobi, American"), None);
        assert_eq!(strength("Lansing, Michigan"), None);
        assert_eq!(strength("Michigan, Ohio"), None);
    }

    #[test]
    fn a_comma_decides_only_between_candidates() {
        let behind = |strengths: &[f32]| {
            strengths.iter().map(|&behind| Beside { behind, ..Beside::default() }).collect::<Vec<_>>()
        };
        assert_eq!(decided(&behind(&[0.0, COMMA, 0.0])), Some(1));
        assert_eq!(decided(&behind(&[COMMA, COMMA])), None);
        assert_eq!(decided(&behind(&[0.0, 1.0])), None);
    }
}
