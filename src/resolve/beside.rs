//! What the words next to a mention say for its candidates.

use crate::candidate::{Candidate, Form};
use crate::gazetteer::Place;
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

/// What stands beside mention `at` says of each of its candidates. `names` holds the candidates of every distinct name,
/// `name_of` which name each mention has.
pub fn of(
    text: &str,
    mentions: &[Mention<'_>],
    names: &[Vec<Candidate<'_>>],
    name_of: &[usize],
    at: usize,
) -> Vec<Beside> {
    let own = &names[name_of[at]];
    let mut beside = vec![Beside::default(); own.len()];
    let before = at.checked_sub(1);
    let next = at.checked_add(1).filter(|&next| next < mentions.len());
    // How the neighbour stands to the name, from the gap between them.
    let behind_gap = next.map_or(0.0, |next| behind(gap(text, mentions, at, next)));
    let ahead_gap = before.map_or(0.0, |before| ahead(gap(text, mentions, before, at)));
    let holds_gap = before.map_or(0.0, |before| behind(gap(text, mentions, before, at)));
    let neighbour = |at: Option<usize>| at.map_or(&[][..], |at| names[name_of[at]].as_slice());
    let strength =
        |strength: f32, order: Option<usize>| order.map_or(0.0, |order| strength * 0.9f32.powi(order as i32));
    for (beside, candidate) in beside.iter_mut().zip(own) {
        let held = |wholes: &[Candidate<'_>]| {
            wholes.iter().take(NEIGHBOURS).position(|whole| whole.place.contains(&candidate.place))
        };
        if behind_gap > 0.0 {
            beside.behind = strength(behind_gap, held(neighbour(next)));
        }
        if ahead_gap > 0.0 {
            beside.ahead = strength(ahead_gap, held(neighbour(before)));
        }
        if holds_gap > 0.0 {
            let mut parts = neighbour(before).iter().take(NEIGHBOURS);
            beside.holds = strength(holds_gap, parts.position(|part| candidate.place.contains(&part.place)));
        }
    }
    beside
}

/// Where the words beside a mention put it although none of its candidates lies there: "Moscow, Michigan".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Astray {
    /// The mention of the country or division that is said to contain it.
    pub container: usize,
    /// How surely.
    pub strength: f32,
}

/// Whether what stands beside mention `at` is a country or division that contains none of its candidates, the arguments as
/// for [`of`], whose answer is `beside`. A country behind a country is the next of a list.
pub fn astray(
    text: &str,
    mentions: &[Mention<'_>],
    names: &[Vec<Candidate<'_>>],
    name_of: &[usize],
    at: usize,
    beside: &[Beside],
) -> Option<Astray> {
    let own = &names[name_of[at]];
    if own.is_empty() || beside.iter().any(|beside| beside.behind.max(beside.ahead) > 0.0) {
        return None;
    }
    let before = at.checked_sub(1).map(|other| (other, ahead(gap(text, mentions, other, at))));
    let next = Some(at + 1).filter(|&next| next < mentions.len());
    // "Shells fell on Aleppo, Turkish troops said."
    let next = next.filter(|&next| mentions[next].kind != Kind::Demonym);
    let next = next.map(|other| (other, behind(gap(text, mentions, at, other))));
    let level = |place: &Place<'_>| (place.is_country(), place.is_division1());
    let best = own.iter().map(|candidate| candidate.prior).fold(f64::MIN, f64::max);
    let contains = |(other, strength): &(usize, f32)| {
        let whole = names[name_of[*other]].first().filter(|_| *strength >= SAID);
        whole.is_some_and(|whole| {
            let known = |own: &Candidate<'_>| own.prior >= best - NEARLY_AS_WELL_KNOWN;
            let like_it = |own: &Candidate<'_>| own.place.class() == 'A' && level(&own.place) == level(&whole.place);
            whole.place.class() == 'A' && !own.iter().any(|own| known(own) && like_it(own))
        })
    };
    let (container, strength) = [next, before].into_iter().flatten().find(contains)?;
    // "Rosario, Mendoza and Córdoba": what may be a town as well, or goes on as a list, may be the next of it. "In Aleppo,
    // Turkey backs them": a container has a comma behind it as before it, though news is careless with those of states.
    let wholes = &names[name_of[container]];
    let known = wholes.iter().map(|whole| whole.prior).fold(f64::MIN, f64::max) - AS_WELL_KNOWN;
    let town =
        wholes.iter().any(|whole| whole.place.class() == 'P' && whole.form == Form::Exact && whole.prior >= known);
    let after = text.get(mentions[container].end..).unwrap_or("").trim_start();
    let goes_on = container > at && after.starts_with(char::is_alphanumeric) && strength >= COMMA;
    if goes_on && wholes.first().is_some_and(|whole| whole.place.is_country()) {
        return None;
    }
    let doubts = i32::from(town) + i32::from(goes_on);
    Some(Astray { container, strength: strength * 0.5f32.powi(doubts) })
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

fn gap<'t>(text: &'t str, mentions: &[Mention<'_>], a: usize, b: usize) -> &'t str {
    let (a, b) = (&mentions[a], &mentions[b]);
    text.get(a.end..b.start).filter(|gap| gap.len() <= 60).unwrap_or("~")
}

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
    use super::{Beside, COMMA, ahead, astray, behind, decided, of};

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
            let spans: Vec<_> = parts.filter_map(|part| text.find(part).map(|at| at..at + part.len())).collect();
            let document = crate::Document::new("", text);
            let tokens = crate::text::tokenise(text);
            let given = crate::mention::given(&document, &tokens, &gazetteer, &spans).mentions;
            let mentions: Vec<_> = given.into_iter().map(|(_, mention)| mention).collect();
            let names: Vec<_> =
                mentions.iter().map(|mention| crate::candidate::candidates(&gazetteer, text, mention)).collect();
            let name_of: Vec<usize> = (0..names.len()).collect();
            let beside = of(text, &mentions, &names, &name_of, 0);
            astray(text, &mentions, &names, &name_of, 0, &beside).map(|astray| astray.strength)
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
