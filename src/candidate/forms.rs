//! The forms under which a name may stand in the gazetteer, when it does not as it is written.

use super::{Form, Sense, nested, respelled};
use crate::gazetteer::{Gazetteer, Match, NameKind, PlaceRef};
use crate::text::fold;
use crate::text::lexicon::Roles;
use std::sync::OnceLock;
use toponym_languages::languages;

/// How alike the sounds of two spellings must be, of 1: the mention is thought to be a place, its name is not known.
const ALIKE: f64 = 0.85;

/// The places that bear the name as it is written, with a possessive or without, and the folded name.
pub fn exact<'g>(gazetteer: &'g Gazetteer, written: &str) -> Option<(String, Vec<(PlaceRef<'g>, NameKind)>)> {
    [written, without_possessive(written)].into_iter().map(fold).find_map(|name| {
        let senses: Vec<_> = gazetteer.named(&name).collect();
        (!senses.is_empty()).then_some((name, senses))
    })
}

/// What a mention may mean that no place bears the name of.
pub fn senses<'g>(gazetteer: &'g Gazetteer, written: &str) -> Vec<Sense<'g>> {
    let written = without_possessive(written);
    let named = |name: &str| gazetteer.named(name).collect::<Vec<_>>();
    for name in respelled::forms(written) {
        let senses = named(&name);
        if !senses.is_empty() {
            return Sense::all(senses, Form::Respelled, 1.0);
        }
    }
    if let Some(senses) = in_container(gazetteer, written) {
        return senses;
    }
    let folded = fold(&respelled::apart(written));
    let mut stripped = without_generic(&folded);
    stripped.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let stripped = stripped.iter().map(|name| named(name)).find(|senses| !senses.is_empty());
    let mut senses = Sense::all(stripped.unwrap_or_default(), Form::Stripped, 1.0);
    if senses.is_empty() {
        senses = Sense::all(with_any_generic(gazetteer, &folded), Form::Extended, 1.0);
    }
    if senses.is_empty() {
        senses = alike(gazetteer, &folded);
        senses.extend(nested::senses(gazetteer, written));
    }
    senses
}

/// "Paris, Texas" as one mention: the places of the first name that lie in one of the second, or else all of the first.
fn in_container<'g>(gazetteer: &'g Gazetteer, written: &str) -> Option<Vec<Sense<'g>>> {
    let (part, whole) = written.split_once(',')?;
    let (_, parts) = exact(gazetteer, part)?;
    let wholes = exact(gazetteer, whole).map_or(Vec::new(), |(_, wholes)| wholes);
    let inside = |place: &PlaceRef<'g>| wholes.iter().any(|(whole, _)| whole.contains(place));
    let kept: Vec<_> = parts.iter().copied().filter(|(place, _)| inside(place)).collect();
    Some(Sense::all(if kept.is_empty() { parts } else { kept }, Form::Stripped, 1.0))
}

/// The places whose romanised name sounds like this one. Slips of the pen are not looked for, which takes a thousand times
/// as long.
fn alike<'g>(gazetteer: &'g Gazetteer, folded: &str) -> Vec<Sense<'g>> {
    let hits = gazetteer.romanised(folded, ALIKE).into_iter().map(|hit| {
        let likeness = if let Match::Romanised(_, likeness) = hit.found { likeness as f32 } else { 1.0 };
        Sense { place: hit.place, kind: hit.kind, form: Form::Alike, likeness }
    });
    hits.collect()
}

/// The name without `'s`, or the apostrophe alone, at its end.
pub fn without_possessive(written: &str) -> &str {
    let written = written.trim();
    let bare = written.strip_suffix(['s', 'S']).unwrap_or(written);
    bare.strip_suffix(['\'', '’', '‘', '`']).unwrap_or(written)
}

/// The name less the generic words before it ("city of") and after it ("province").
fn without_generic(folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let generic =
        |phrase: &[&str], role| phrase.is_empty() || languages().default_language().roles(&phrase.join(" ")).any(role);
    // A name of many words is no name; the bound keeps the number of its parts small.
    if words.len() > 10 {
        return Vec::new();
    }
    let mut forms = Vec::new();
    for head in (0..words.len()).filter(|&head| generic(&words[..head], Roles::PLACE_BEFORE | Roles::WEAK_BEFORE)) {
        for tail in (head + 1..=words.len()).filter(|&tail| generic(&words[tail..], Roles::PLACE_AFTER)) {
            forms.push(words[head..tail].join(" ").trim_end_matches(',').to_owned());
        }
    }
    forms
}

/// The generic words that make the full name of a division or a city out of a name that other places bear bare:
/// "Suffolk" may be Suffolk County, "New York" New York City.
const COMMON: [&str; 7] = ["county", "city", "parish", "province", "district", "island", "river"];

/// The places whose name is this one with one of the commonest generic words behind it.
pub fn extended<'g>(gazetteer: &'g Gazetteer, folded: &str) -> Vec<(PlaceRef<'g>, NameKind)> {
    gazetteer.named_behind(folded, COMMON.into_iter().filter(|word| !folded.ends_with(word)))
}

/// The places whose name is this one with any generic word after it: "Avoyelles" is Avoyelles Parish.
fn with_any_generic<'g>(gazetteer: &'g Gazetteer, folded: &str) -> Vec<(PlaceRef<'g>, NameKind)> {
    static GENERIC: OnceLock<Vec<String>> = OnceLock::new();
    let generic = GENERIC.get_or_init(|| languages().default_language().lexicon().phrases(Roles::PLACE_AFTER));
    gazetteer.named_behind(folded, generic.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::{senses, without_generic, without_possessive};
    use crate::candidate::Form;

    #[test]
    fn possessives_go() {
        for (written, bare) in [("Aleppo's", "Aleppo"), ("Texas’", "Texas"), ("Texas", "Texas"), ("Paris", "Paris")] {
            assert_eq!(without_possessive(written), bare);
        }
    }

    #[test]
    fn generic_words_go_before_and_behind() {
        assert!(without_generic("aleppo province").contains(&"aleppo".to_owned()));
        assert!(without_generic("the city of aleppo").contains(&"aleppo".to_owned()));
        assert_eq!(without_generic("aleppo"), ["aleppo"]);
        assert_eq!(without_generic("province"), ["province"], "a name is more than its generic word");
    }

    #[test]
    fn names_are_found_under_other_forms() {
        let gazetteer = crate::embedded().expect("opens");
        for (written, form, name) in [
            ("#SouthSudan", Form::Respelled, "South Sudan"),
            ("the city of Homs", Form::Stripped, "Homs"),
            ("Sheikh Maqsuud", Form::Alike, "Sheikh Maqsoud"),
            ("Waco Bowling League", Form::Nested, "Waco"),
            ("Waco, Texas", Form::Stripped, "Waco"),
        ] {
            let senses = senses(&gazetteer, written);
            let found = senses.iter().any(|sense| sense.form == form && sense.place.name() == name);
            assert!(found, "{written:?} is not {name:?} as {form:?}");
        }
        assert!(senses(&gazetteer, "Xyzzy").is_empty());
    }
}
