//! Countries and divisions that a text names without a mention of their own, in languages whose grammar tells how: by an adjective ("la
//! frontière turque"), in one word with a side ("Nordsyrien"), and behind one ("Kuzey Suriye").

use crate::candidate::Form;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::mention::{Kind, Mention};
use crate::resolve::Resolved;
use crate::text::Words;
use crate::text::language::RelationGrammar;
use std::sync::Arc;

/// The probability that such a word means the place: it stands in a pattern.
const SURE: f64 = 0.9;

/// Fewer letters behind a side are no name: "Osten".
const SHORTEST: usize = 4;

/// A place that a token implies.
struct Implied<'g> {
    at: usize,
    kind: Kind,
    name: String,
    place: PlaceRef<'g>,
}

/// The places of a document with those that its words imply, in the order of the text, each with its index in `places` if it is there;
/// `None` if nothing is implied.
pub fn with_implied<'g>(
    words: &Words<'_>,
    grammar: &RelationGrammar,
    places: &[Resolved<'g>],
    gazetteer: &'g Gazetteer,
) -> Option<Vec<(Option<usize>, Resolved<'g>)>> {
    if grammar.compounds.is_empty() && grammar.adjectives.is_empty() {
        return None;
    }
    let mut of_token: Vec<Option<usize>> = vec![None; words.tokens.len()];
    for (resolved, index) in places.iter().zip(0..) {
        let covered = of_token.get_mut(resolved.mention.first..=resolved.mention.last);
        covered.into_iter().flatten().for_each(|token| *token = Some(index));
    }
    let tokens = (0..words.tokens.len()).filter(|at| words.tokens[*at].is_word());
    let mut implied = tokens.filter_map(|at| {
        let resolved = of_token[at].map(|index| &places[index]);
        implied(words, grammar, at, resolved, gazetteer)
    });
    let first = implied.next()?;
    let mut all: Vec<_> = places.iter().cloned().enumerate().map(|(index, place)| (Some(index), place)).collect();
    for Implied { at, kind, name, place } in std::iter::once(first).chain(implied) {
        match of_token[at] {
            // A word that was taken for a town of that name: "Nordsyrien".
            Some(index) => {
                let resolved = &mut all[index].1;
                let before = std::mem::replace(&mut resolved.place, place);
                resolved.alternatives.insert(0, (before, 1.0 - SURE));
                resolved.mention.name = name.into();
                (resolved.form, resolved.within_km) = (Form::Exact, None);
            }
            None => all.push((None, resolved(words, at, kind, name, place))),
        }
    }
    all.sort_by_key(|(_, resolved)| resolved.mention.first);
    Some(all)
}

/// What a token implies that is no mention, or one of a town.
fn implied<'g>(
    words: &Words<'_>,
    grammar: &RelationGrammar,
    at: usize,
    resolved: Option<&Resolved<'g>>,
    gazetteer: &'g Gazetteer,
) -> Option<Implied<'g>> {
    let folded = words.folded(at);
    // "Südkorea" is a name; "Südwestdeutschland" is none that the gazetteer knows, but may have been put where the document is.
    let doubtful = |own: &Resolved<'_>| own.place.class() == 'P' || own.form == Form::Locality;
    let alone = |own: &Resolved<'_>| own.mention.first == own.mention.last && doubtful(own);
    if resolved.is_none_or(alone) {
        let sided = grammar.compounds.iter().find_map(|(side, _)| folded.strip_prefix(side.as_str()));
        let sided = sided.filter(|rest| rest.chars().count() >= SHORTEST);
        if let Some((name, place)) = sided.and_then(|rest| region(words, rest, gazetteer)) {
            return Some(Implied { at, kind: Kind::Place, name, place });
        }
    }
    if resolved.is_some() {
        return None;
    }
    let stem = grammar.adjectives.iter().filter(|(stem, _)| folded.starts_with(stem.as_str()));
    let longest = stem.max_by_key(|(stem, _)| stem.len());
    if let Some((_, country)) = longest {
        let (name, place) = region(words, country, gazetteer)?;
        return Some(Implied { at, kind: Kind::Demonym, name, place });
    }
    let side = words.tokens[..at].iter().rposition(|token| token.is_word())?;
    let behind_side = grammar.compounds.iter().any(|(compound, _)| words.folded(side) == compound);
    let beside = behind_side && words.tokens[side].sentence == words.tokens[at].sentence && side + 2 >= at;
    let (name, place) = beside.then(|| region(words, folded, gazetteer)).flatten()?;
    Some(Implied { at, kind: Kind::Place, name, place })
}

/// The best known country or first-level division that bears a folded name, which may be bent, and the name unbent.
fn region<'g>(words: &Words<'_>, name: &str, gazetteer: &'g Gazetteer) -> Option<(String, PlaceRef<'g>)> {
    let best = |name: &str| {
        let all = gazetteer.named(name).map(|(place, _)| place);
        let regions = all.filter(|place| place.is_country() || place.is_division1());
        regions.max_by(|a, b| a.is_country().cmp(&b.is_country()).then(a.prominence().total_cmp(&b.prominence())))
    };
    let mut found = best(name).map(|place| (name.to_owned(), place));
    if found.is_none() {
        words.language().case_endings.bases(name, |base| {
            if found.is_none() {
                found = best(base).map(|place| (base.to_owned(), place));
            }
        });
    }
    found
}

fn resolved<'g>(words: &Words<'_>, at: usize, kind: Kind, name: String, place: PlaceRef<'g>) -> Resolved<'g> {
    let token = &words.tokens[at];
    let mention = Mention {
        start: token.start,
        end: token.end,
        first: at,
        last: at,
        kind,
        name: name.into(),
        senses: Arc::from([]),
        probability: SURE,
        metonymic: false,
        modified: false,
        reach: None,
    };
    Resolved {
        mention,
        place,
        form: Form::Exact,
        within_km: None,
        confidence: SURE,
        why: Vec::new(),
        alternatives: Vec::new(),
        for_alternatives: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use toponym_languages::languages;

    #[test]
    fn adjectives_stand_for_countries_of_the_gazetteer() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let mut checked = 0;
        for language in languages().packs() {
            for (stem, country) in language.relations.iter().flat_map(|grammar| &grammar.adjectives) {
                let known = gazetteer.named(country).any(|(place, _)| place.is_country());
                assert!(known, "{}: {stem}: no country is called {country}", language.tag());
                checked += 1;
            }
        }
        assert!(checked > 0, "no language has adjectives");
    }
}
