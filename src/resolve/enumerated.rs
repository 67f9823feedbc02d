//! Lists that a plural types: "Barrow, Jackson and Madison counties", "Benton and Perry counties in Mississippi".

use super::allowed::Allowed;
use super::feature_type;
use super::sequence::{bears, holds_unknown};
use super::statement::{Names, Statement};
use crate::candidate::Candidate;
use crate::gazetteer::PlaceRef;
use crate::mention::gap::Gap;
use crate::mention::plural_beside;
use crate::text::Kind as TokenKind;
use crate::text::language::FeatureTypes;
use crate::text::lexicon::Roles;
use rustc_hash::FxHashMap;

/// Limits the items of a list to the type that the plural behind it states, and to the place that it is said to lie in or else to the
/// first-level division that most of them can lie in.
pub fn type_enumerations(
    names: &Names<'_, '_>,
    gaps: &[Gap],
    within: &mut [Option<usize>],
    statements: &mut [Statement],
) {
    let words = names.words;
    let mut lists: FxHashMap<(usize, bool), Vec<usize>> = FxHashMap::default();
    for (at, mention) in names.mentions.iter().enumerate() {
        if let Some(plural) = plural_beside(words, mention.first, mention.last) {
            lists.entry((plural, plural > mention.last)).or_default().push(at);
        }
    }
    let mut named: FxHashMap<&str, usize> = FxHashMap::default();
    for best in (0..names.mentions.len()).filter(|_| !lists.is_empty()).flat_map(|at| names.candidates(at).first()) {
        best.place.own_division_code().into_iter().for_each(|code| *named.entry(code).or_default() += 1);
    }
    for ((plural, _), items) in lists {
        let types = words.language().generic_types.behind(words.key(plural));
        // "Ohio counties", "the districts of Punjab and Sindh" are in these.
        let holds = |at: &usize| names.candidates(*at).first().is_some_and(|best| holds_unknown(&best.place));
        let all_hold = items.iter().all(holds);
        if !types.intersects(FeatureTypes::DIVISION2) || items.len() < 2 || all_hold {
            continue;
        }
        let fits = |place: &PlaceRef<'_>| types.intersects(feature_type::of_place(place));
        let items = &items[usize::from(is_headed(names, &items, fits))..];
        // "Benton and Perry counties in Mississippi"
        let inside_all = |whole: &Candidate<'_>| {
            let has = |&at: &usize| names.has_inside(at, &whole.place, |own| fits(&own.place));
            bears(whole) && holds_unknown(&whole.place) && items.iter().all(has)
        };
        let container = items.last().filter(|&&last| gaps.get(last).is_some_and(|gap| gap.behind > 0.0));
        let container = container.map(|last| last + 1).filter(|&at| names.candidates(at).iter().any(inside_all));
        items.iter().for_each(|&at| within[at] = within[at].or(container));
        let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for &at in items {
            let divisions = names.candidates(at).iter().filter(|own| fits(&own.place));
            let mut divisions: Vec<&str> = divisions.filter_map(|own| own.place.division1()).collect();
            divisions.sort_unstable();
            divisions.dedup();
            divisions.into_iter().for_each(|division| counts.entry(division).or_default().0 += 1);
        }
        counts.iter_mut().for_each(|(division, count)| count.1 = named.get(division).copied().unwrap_or(0));
        let most = counts.values().max().copied();
        let mut best = counts.into_iter().filter(|(_, count)| Some(*count) == most);
        // Where several divisions have all of them, the model decides.
        let best = best.next().filter(|_| best.next().is_none());
        for &at in items {
            let own = names.candidates(at);
            let inside = |place: &PlaceRef<'_>| best.is_some_and(|(division, _)| place.division1() == Some(division));
            let choices = [
                Allowed::those(own, |own| fits(&own.place) && inside(&own.place)),
                Allowed::those(own, |own| fits(&own.place)),
            ];
            if let Some(allowed) = choices.into_iter().find(|allowed| !allowed.is_empty()) {
                statements[at].allowed = allowed;
                statements[at].is_item = true;
                // "Iowa counties under a ban: Jefferson, Iowa": the one is the state, the other the county.
                statements[at].holds_elsewhere = !holds(&at);
            }
        }
    }
}

/// Whether the first of what looks like the items of a list is no item but where the others are, which the sentence begins with: "In Ohio,
/// Clark and Greene counties were flooded".
fn is_headed(names: &Names<'_, '_>, items: &[usize], fits: impl Fn(&PlaceRef<'_>) -> bool) -> bool {
    let [head, others @ ..] = items else { return false };
    let (words, own) = (names.words, &names.mentions[*head]);
    let opens = |at: usize| words.tokens[at].opens && words.phrase_before(own.first, Roles::PLACE_BEFORE).is_some();
    let comma = words.tokens.get(own.last + 1).is_some_and(|token| token.kind == TokenKind::Comma);
    let whole = names.candidates(*head).first().filter(|best| holds_unknown(&best.place));
    let has_all =
        |whole: &Candidate<'_>| others.iter().all(|&at| names.has_inside(at, &whole.place, |own| fits(&own.place)));
    comma && own.first.checked_sub(1).is_some_and(opens) && others.len() > 1 && whole.is_some_and(has_all)
}
