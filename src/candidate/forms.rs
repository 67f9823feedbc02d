//! The forms under which a name may be in the gazetteer when it is not there as it is written.

use super::{Form, Sense, nested, respelled};
use crate::gazetteer::{Gazetteer, Match, NameKind, PlaceRef};
use crate::mention::{Mention, is_of_three};
use crate::text::language::Language;
use crate::text::language::generic_types::{LONGEST_PHRASE, prefixes, suffixes};
use crate::text::lexicon::Roles;
use crate::text::{Words, fold};
use std::borrow::Cow;
use toponym_languages::languages;

/// How alike the sounds of two spellings must be, 0 to 1: the mention is thought to be a place whose name is not known.
const ALIKE: f64 = 0.85;

/// Forms of a name of which is tried how they sound, at most.
const MOST_ALIKE: usize = 6;

/// Forms that the words of a bent name may have, at most.
const MOST_UNBENT: usize = 256;

/// Words of a name whose generic types are looked for; the bound keeps the number of its parts small.
const MOST_WORDS: usize = 10;

/// The places that bear the name as it is written, with its possessive or without, and the folded name.
pub fn exact<'g>(gazetteer: &'g Gazetteer, written: &str) -> Option<(String, Vec<(PlaceRef<'g>, NameKind)>)> {
    [written, without_possessive(written)].into_iter().map(fold).find_map(|name| {
        let senses: Vec<_> = gazetteer.named(&name).collect();
        (!senses.is_empty()).then_some((name, senses))
    })
}

/// What a mention may mean whose name no place bears.
pub(super) fn senses<'g>(gazetteer: &'g Gazetteer, words: &Words<'_>, mention: &Mention<'g>) -> Vec<Sense<'g>> {
    let language = words.language();
    let written = without_possessive(words.text.get(mention.start..mention.end).unwrap_or(""));
    let named = |name: &str| gazetteer.named(name).collect::<Vec<_>>();
    let unbent = unbent(language, &mention.name);
    let of_unbent: Vec<_> = unbent.iter().flat_map(|name| named(name)).collect();
    if !of_unbent.is_empty() {
        return Sense::all(of_unbent, Form::Exact, 1.0);
    }
    let apart = respelled::words_apart(written);
    // Words that the document has run together have no folded form of their own yet.
    let folded = match &apart {
        Cow::Borrowed(_) => Cow::Borrowed(&*mention.name),
        Cow::Owned(apart) => Cow::Owned(fold(apart)),
    };
    for name in respelled::spellings(language, &mention.name, &folded) {
        let senses = named(&name);
        if !senses.is_empty() {
            return Sense::all(senses, Form::Respelled, 1.0);
        }
    }
    if let Some(senses) = in_container(gazetteer, &mention.name) {
        return senses;
    }
    // "McDuffie" is one word all the same.
    let names = [&*mention.name, &*folded].into_iter().take(if matches!(apart, Cow::Owned(_)) { 2 } else { 1 });
    let names = names.chain(unbent.iter().map(String::as_str));
    let mut senses = Vec::new();
    for name in names {
        let mut stripped = without_generic(language, name);
        stripped.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let stripped = stripped.iter().map(|name| named(name)).find(|senses| !senses.is_empty());
        senses.extend(Sense::all(stripped.unwrap_or_default(), Form::Stripped, 1.0));
        // "Hot Spring" is more than "Hot" with a generic type.
        let generic = language.generic_types.phrases_behind().iter().map(String::as_str);
        senses.extend(Sense::all(gazetteer.named_behind(name, generic), Form::Extended, 1.0));
    }
    if senses.is_empty() {
        let names = unbent.iter().take(MOST_ALIKE - 1).map(String::as_str);
        senses = sounding_alike(gazetteer, language, [&*folded].into_iter().chain(names));
        senses.extend(nested::senses(gazetteer, words, mention, &apart));
    }
    senses
}

/// The towns whose name is a mention's with the article that the word before it holds: Le Mans in "au Mans", L'Aquila in "dell'Aquila".
pub(super) fn with_article<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mention: &Mention<'g>,
) -> Vec<(PlaceRef<'g>, NameKind)> {
    let before = mention.first.checked_sub(1).filter(|&at| words.tokens[at].is_word());
    let article = before.and_then(|at| words.language().contractions.second(words.folded(at)));
    let Some((before, article)) = before.zip(article) else { return Vec::new() };
    // "L'Aquila" is folded to "laquila".
    let elided = words.tokens[before].end == words.tokens[mention.first].start;
    let full = format!("{article}{}{}", if elided { "" } else { " " }, mention.name);
    gazetteer.named(&full).filter(|(place, _)| place.class() == 'P').collect()
}

/// The names of which a name may be a bent form, in the order of the table of endings: "нижний новгород" of "нижнем новгороде".
fn unbent(language: &Language, folded: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    for word in folded.split(' ').filter(|_| !language.case_endings.is_empty()) {
        let mut words = vec![word.to_owned()];
        language.case_endings.bases(word, |base| words.push(base.to_owned()));
        let joined = |head: &String, word: &String| match head.is_empty() {
            true => word.clone(),
            false => format!("{head} {word}"),
        };
        names =
            names.iter().flat_map(|head| words.iter().map(move |word| joined(head, word))).take(MOST_UNBENT).collect();
    }
    names.retain(|name| !name.is_empty() && name != folded);
    names
}

/// "Paris, Texas" as one mention: the places of the first name that lie in one of the second, or else all of the first.
fn in_container<'g>(gazetteer: &'g Gazetteer, folded: &str) -> Option<Vec<Sense<'g>>> {
    let (part, whole) = folded.split_once(',')?;
    let named = |name: &str| gazetteer.named(name.trim()).collect::<Vec<_>>();
    let (parts, wholes) = (named(part), named(whole));
    let inside = |place: &PlaceRef<'g>| wholes.iter().any(|(whole, _)| whole.contains(place));
    let kept: Vec<_> = parts.iter().copied().filter(|(place, _)| inside(place)).collect();
    let kept = if kept.is_empty() { parts } else { kept };
    (!kept.is_empty()).then(|| Sense::all(kept, Form::Stripped, 1.0))
}

/// The places whose romanised name sounds like the first of these names that sounds like any: "Maqsud", "भागलपुर". Misspellings are not
/// looked for, which would take a thousand times as long.
fn sounding_alike<'g, 'n>(
    gazetteer: &'g Gazetteer,
    language: &Language,
    names: impl Iterator<Item = &'n str>,
) -> Vec<Sense<'g>> {
    let alike = |name: &str| -> Vec<Sense<'g>> {
        let latin = romanised(language, name);
        let mut hits = gazetteer.romanised(&latin, ALIKE);
        if name.chars().any(lacks_vowels) {
            hits.extend(gazetteer.with_consonants(&latin, ALIKE));
        }
        let hits = hits.into_iter().map(|hit| {
            let likeness = if let Match::Romanised(_, likeness) = hit.found { likeness as f32 } else { 1.0 };
            Sense { place: hit.place, kind: hit.kind, form: Form::Alike, likeness }
        });
        hits.collect()
    };
    names.map(alike).find(|senses| !senses.is_empty()).unwrap_or_default()
}

/// Whether a letter is of a script that writes not all vowels: Hebrew, Arabic, Devanagari.
fn lacks_vowels(letter: char) -> bool {
    ('\u{590}'..='\u{6ff}').contains(&letter) || DEVANAGARI.contains(&letter)
}

/// A folded name in Latin letters. Chinese characters are read as Chinese, and in other languages, which read them in ways of their own,
/// left as they are.
fn romanised<'n>(language: &Language, folded: &'n str) -> Cow<'n, str> {
    let han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let read = |letter: char| language.tag() == CHINESE || !han(letter);
    match folded.is_ascii() || !folded.chars().all(read) {
        true => Cow::Borrowed(folded),
        false => {
            let nasal = folded.replace(NASALS, NA);
            let mut latin = any_ascii::any_ascii(&nasal);
            if folded.chars().any(|letter| DEVANAGARI.contains(&letter)) {
                AS_MAPS_WRITE.iter().for_each(|(exact, usual)| latin = latin.replace(exact, usual));
            }
            Cow::Owned(fold(&latin))
        }
    }
}

const DEVANAGARI: std::ops::RangeInclusive<char> = '\u{900}'..='\u{97f}';

/// The signs of Devanagari for a nasal before another letter, and the letter that they sound like.
const NASALS: [char; 2] = ['\u{901}', '\u{902}'];
const NA: &str = "न";

/// What romanisation makes of Devanagari letters, and how maps of India write them.
const AS_MAPS_WRITE: [(&str, &str); 2] = [("c", "ch"), ("dh'", "rh")];

/// The BCP 47 tag of the language whose reading of its characters romanisation knows.
const CHINESE: &str = "zh";

/// The name without `'s`, or the apostrophe alone, at its end.
pub fn without_possessive(written: &str) -> &str {
    let written = written.trim();
    let bare = written.strip_suffix(['s', 'S']).unwrap_or(written);
    bare.strip_suffix(['\'', '’', '‘', '`']).unwrap_or(written)
}

/// The name without generic words before it ("city of") and behind it ("province"), in every combination.
fn without_generic(language: &Language, folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let generic = |phrase: &[&str], role| phrase.is_empty() || language.roles(&phrase.join(" ")).any(role);
    let mut forms = Vec::new();
    for head in (0..words.len()).filter(|&head| generic(&words[..head], Roles::PLACE_BEFORE | Roles::WEAK_BEFORE)) {
        for tail in (head + 1..=words.len()).filter(|&tail| generic(&words[tail..], Roles::PLACE_AFTER)) {
            forms.push(words[head..tail].join(" ").trim_end_matches(',').to_owned());
        }
    }
    forms
}

/// The places whose full name a mention is with the generic type that stands beside it: "Курской области", of which the name alone is
/// that of a village.
pub(super) fn with_type_beside<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mention: &Mention<'g>,
) -> Vec<(PlaceRef<'g>, NameKind)> {
    let language = words.language();
    let generic = &language.generic_types;
    let is_word = |at: &usize| words.tokens.get(*at).is_some_and(|token| token.is_word());
    let key = |at: usize| words.key(at);
    let (first, end) = (mention.first, mention.last + 1);
    let words_behind: Vec<u64> = (end..end + LONGEST_PHRASE).take_while(is_word).map(key).collect();
    let mut words_before: Vec<u64> =
        (first.saturating_sub(LONGEST_PHRASE)..first).rev().take_while(is_word).map(key).collect();
    words_before.reverse();
    let name = &mention.name;
    // The longest phrase first; few words are generic types, so that few are written out.
    let behind = prefixes(&words_behind).into_iter().enumerate().rev();
    let behind = behind.filter(|(_, phrase)| !generic.behind(*phrase).is_empty());
    let behind = behind.map(|(at, _)| format!("{name} {}", words.folded_phrase(end..end + at + 1)));
    let before = suffixes(&words_before).into_iter().enumerate().rev();
    let before = before.filter(|(_, phrase)| !generic.before(*phrase).is_empty());
    let before = before.map(|(at, _)| format!("{} {name}", words.folded_phrase(first - at - 1..first)));
    let mut full_names = behind.chain(before).filter_map(|full| {
        let unbent = unbent(language, &full);
        let names = std::iter::once(full).chain(unbent);
        let places: Vec<_> = names.flat_map(|name| gazetteer.named(&name).collect::<Vec<_>>()).collect();
        (!places.is_empty()).then_some(places)
    });
    full_names.next().unwrap_or_default()
}

/// Kilometres from the point of a division within which a town of its name is its own.
pub const TOWN_KM: f64 = 100.0;

/// The prominence of a great town.
const GREAT: f64 = 5.5;

/// The places whose name is this one with a generic type behind it that places commonly bear or omit. The gazetteer's first-level divisions
/// have English ones, which texts in every language omit: "Bali" of Bali Province, "Loreto" of Loreto Region. Nicknames ("Phoenix City" of
/// Warsaw) and names that are no longer current are not shortened so.
pub(super) fn extended<'g>(
    gazetteer: &'g Gazetteer,
    language: &Language,
    folded: &str,
) -> Vec<(PlaceRef<'g>, NameKind)> {
    let extending = language.generic_types.extending().iter().map(String::as_str);
    let mut places = gazetteer.named_behind(folded, extending.filter(|word| !folded.ends_with(word)));
    let english = languages().default_language().generic_types.phrases_of_divisions();
    let mut divisions = gazetteer.named_behind(folded, english.iter().map(String::as_str));
    divisions.retain(|(place, _)| {
        let known = places.iter().any(|(known, _)| known.key() == place.key());
        // The bare name of a division's town is the town's: "Almaty".
        place.is_division1() && !known && !has_town(gazetteer, folded, place)
    });
    places.append(&mut divisions);
    places.retain(|(_, kind)| !matches!(kind, NameKind::Colloquial | NameKind::Historic));
    places
}

/// The places whose name is this one with a generic type before it: "Clare" of County Clare. That of a town's own division is said in lists
/// alone.
pub(super) fn extended_before<'g>(
    gazetteer: &'g Gazetteer,
    words: &Words<'_>,
    mention: &Mention<'g>,
) -> Vec<(PlaceRef<'g>, NameKind)> {
    let folded = &*mention.name;
    let extending =
        words.language().generic_types.extending_before().iter().filter(|word| !folded.starts_with(&***word));
    let full: Vec<String> = extending.map(|word| format!("{word} {folded}")).collect();
    let mut places: Vec<_> = full.iter().flat_map(|name| gazetteer.named(name)).collect();
    let listed = || is_of_three(words, mention.first, mention.last);
    places.retain(|(division, _)| !has_town(gazetteer, folded, division) || listed());
    places
}

/// Whether a town of a name lies in a division or about its point, or a great one in its country: Almaty is no part of Almaty Region.
fn has_town(gazetteer: &Gazetteer, folded: &str, division: &PlaceRef<'_>) -> bool {
    let mut towns = gazetteer.named(folded).map(|(place, _)| place).filter(|place| place.class() == 'P');
    towns.any(|town| {
        let great = town.country() == division.country() && town.prominence() >= GREAT;
        great || division.contains(&town) || division.km_from(&town) < TOWN_KM
    })
}

#[cfg(test)]
mod tests {
    use super::{without_generic, without_possessive};
    use crate::candidate::{Candidate, Form, candidates};
    use crate::document::Document;
    use crate::gazetteer::Gazetteer;
    use crate::mention::given;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    #[test]
    fn possessives_are_cut_off() {
        for (written, bare) in [("Aleppo's", "Aleppo"), ("Texas’", "Texas"), ("Texas", "Texas"), ("Paris", "Paris")] {
            assert_eq!(without_possessive(written), bare);
        }
    }

    #[test]
    fn generic_words_are_cut_off_before_and_behind() {
        let without_generic = |name| without_generic(languages().default_language(), name);
        assert!(without_generic("aleppo province").contains(&"aleppo".to_owned()));
        assert!(without_generic("the city of aleppo").contains(&"aleppo".to_owned()));
        assert_eq!(without_generic("aleppo"), ["aleppo"]);
        assert_eq!(without_generic("province"), ["province"], "a name is more than its generic type");
    }

    fn candidates_of<'g>(gazetteer: &'g Gazetteer, written: &str) -> Vec<Candidate<'g>> {
        let tokens = tokenise(written, languages());
        let words = Words::new(written, &tokens, languages().default_language());
        let document = Document::new("", written);
        let whole = 0..written.len();
        let given = given(&document, &tokens, gazetteer, &[whole.into()]);
        candidates(gazetteer, &words, &given.mentions[0].1)
    }

    #[test]
    fn names_are_found_under_other_forms() {
        let gazetteer = crate::embedded().expect("opens");
        for (written, form, name) in [
            ("#SouthSudan", Form::Respelled, "South Sudan"),
            ("the city of Homs", Form::Stripped, "Homs"),
            ("Sheikh Maqsuud", Form::Alike, "Sheikh Maqsoud"),
            ("Waco Bowling League", Form::Nested, "Waco"),
            ("WacoBowling", Form::Nested, "Waco"),
            ("Waco, Texas", Form::Stripped, "Waco"),
            ("Avoyelles", Form::Extended, "Avoyelles Parish"),
            ("McDuffie", Form::Extended, "McDuffie County"),
            ("Hot Spring", Form::Extended, "Hot Spring County"),
        ] {
            let candidates = candidates_of(&gazetteer, written);
            let found = candidates.iter().any(|found| found.form == form && found.place.name() == name);
            assert!(found, "{written:?} is not {name:?} as {form:?}");
        }
        assert!(candidates_of(&gazetteer, "Xyzzy").is_empty());
    }

    #[test]
    fn names_in_other_scripts_are_found_by_how_they_sound() {
        let gazetteer = crate::embedded().expect("opens");
        for (tag, written, name) in
            [("hi", "हनुमानगढ़", "Hanumangarh"), ("hi", "चुराचांदपुर", "Churachandpur"), ("ru", "Муйнак", "Muynoq")]
        {
            let tokens = tokenise(written, languages());
            let words = Words::new(written, &tokens, languages().for_tag(tag));
            let given = given(&Document::new("", written), &tokens, &gazetteer, &[(0..written.len()).into()]);
            let candidates = candidates(&gazetteer, &words, &given.mentions[0].1);
            let names: Vec<&str> = candidates.iter().map(|own| own.place.name()).collect();
            assert!(names.contains(&name), "{written}: {names:?}");
        }
    }

    #[test]
    fn bent_names_are_undone_word_by_word() {
        let language = languages().for_tag("ru");
        assert!(super::unbent(language, "нижнем новгороде").contains(&"нижнии новгород".to_owned()));
        assert!(super::unbent(languages().default_language(), "new york").is_empty(), "English names do not bend");
    }
}
