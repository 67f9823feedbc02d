//! Changed copies of annotated texts: with other names, written in other ways, and single sentences without their context.

use super::example::{Example, Mark};
use crate::candidate;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKey};
use crate::mention::tagger::Class;
use crate::text::tokenise;
use std::collections::HashMap;
use std::ops::Range;
use toponym_languages::languages;

/// Shares of the sentences of a copy that are written without capitals, in capitals, and as headlines.
const SMALL: f64 = 0.25;
const CAPITALS: f64 = 0.12;
const TITLE: f64 = 0.2;

/// Share of the sentences with names that are learned from once more as texts of their own: short texts have no context.
const ALONE: f64 = 0.15;

/// Smallest number of names of a place that is drawn: others are too obscure to be written about often.
const NAMES: u8 = 2;

/// Number of places that are drawn before a name is left as it is.
const DRAWS: usize = 50;

/// A copy in which every name of a place is replaced by another throughout, and some sentences are written without capitals, in
/// capitals, or as headlines. Marks inside others are left out.
pub fn copy(example: &Example, gazetteer: &Gazetteer, random: &mut fastrand::Rng) -> Example {
    let mut names: HashMap<&str, String> = HashMap::new();
    let mut copy = Example {
        text: String::with_capacity(example.text.len()),
        marks: Vec::new(),
        scheme: example.scheme,
        language: example.language.clone(),
    };
    for sentence in sentences(&example.text) {
        let write = draw_way_to_write(random);
        let mut at = sentence.start;
        for mark in marks_in(example, &sentence) {
            if mark.range.start < at {
                continue;
            }
            let old = &example.text[mark.range.clone()];
            copy.text.push_str(&write(&example.text[at..mark.range.start]));
            at = mark.range.end;
            if mark.class != Class::Place || !is_name(gazetteer, old) {
                add(&mut copy, &write(old), mark);
                continue;
            }
            let new =
                names.entry(old).or_insert_with(|| draw_name(gazetteer, random).unwrap_or_else(|| old.to_owned()));
            add(&mut copy, &write(new), mark);
        }
        copy.text.push_str(&write(&example.text[at..sentence.end]));
    }
    copy
}

/// A share of the sentences with names, each as a text of its own.
pub fn cut(example: &Example, random: &mut fastrand::Rng) -> Vec<Example> {
    let sentences = sentences(&example.text).into_iter();
    let kept = sentences.filter(|sentence| random.f64() < ALONE && marks_in(example, sentence).next().is_some());
    let own = kept.map(|sentence| {
        let moved = |mark: &Mark| Mark {
            range: mark.range.start - sentence.start..mark.range.end - sentence.start,
            ..mark.clone()
        };
        let marks = marks_in(example, &sentence).map(moved).collect();
        Example {
            text: example.text[sentence].to_owned(),
            marks,
            scheme: example.scheme,
            language: example.language.clone(),
        }
    });
    own.collect()
}

/// Appends a marked name to a copy.
fn add(copy: &mut Example, name: &str, mark: &Mark) {
    let start = copy.text.len();
    copy.text.push_str(name);
    copy.marks.push(Mark { range: start..copy.text.len(), ..mark.clone() });
}

/// The byte ranges of the sentences, each up to the beginning of the next.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let tokens = tokenise(text, languages());
    let mut number = None;
    for token in &tokens.list {
        if number != Some(token.sentence) {
            number = Some(token.sentence);
            let start = if sentences.is_empty() { 0 } else { token.start };
            if let Some(last) = sentences.last_mut() {
                last.end = start;
            }
            sentences.push(start..text.len());
        }
    }
    sentences
}

/// The marks that lie entirely in a sentence.
fn marks_in<'e>(example: &'e Example, sentence: &Range<usize>) -> impl Iterator<Item = &'e Mark> {
    let within = sentence.clone();
    example.marks.iter().filter(move |mark| mark.range.start >= within.start && mark.range.end <= within.end)
}

/// Whether the gazetteer has a name, and not as a demonym. Others, such as streets, are not renamed.
fn is_name(gazetteer: &Gazetteer, written: &str) -> bool {
    candidate::exact(gazetteer, written)
        .is_some_and(|(_, senses)| senses.iter().all(|(_, kind)| *kind != NameKind::Demonym))
}

/// The name of a place drawn from the gazetteer; `None` if none of those drawn is fit.
fn draw_name(gazetteer: &Gazetteer, random: &mut fastrand::Rng) -> Option<String> {
    let places = gazetteer.layers().first().map_or(0, |index| index.places().len());
    (0..DRAWS).find_map(|_| {
        let ordinal = random.u32(0..places.max(1) as u32);
        let place = gazetteer.place(PlaceKey { layer: 0, ordinal })?;
        let name = place.name();
        let fit = place.name_count() >= NAMES && name.chars().count() > 2 && !name.contains([',', '(']);
        fit.then(|| name.to_owned())
    })
}

fn draw_way_to_write(random: &mut fastrand::Rng) -> fn(&str) -> String {
    match random.f64() {
        draw if draw < SMALL => str::to_lowercase,
        draw if draw < SMALL + CAPITALS => str::to_uppercase,
        draw if draw < SMALL + CAPITALS + TITLE => headline,
        _ => str::to_owned,
    }
}

/// A word of a headline with more characters than this has a capital.
const SHORT_WORD: usize = 3;

/// The text with a capital at every word but the short ones.
fn headline(text: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if word.trim_end().chars().count() > SHORT_WORD => first.to_uppercase().chain(chars).collect(),
            _ => word.to_owned(),
        }
    };
    text.split_inclusive(' ').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Scheme;
    use super::{Class, Example, Mark, copy, cut, headline};

    fn example() -> Example {
        let text = "Shells fell on Aleppo. Nobody slept. People left Aleppo for Mersin, Turkey.".to_owned();
        let names = ["Aleppo", "Mersin", "Turkey"].iter().flat_map(|name| text.match_indices(name));
        let mut marks: Vec<Mark> = names.map(|(at, name)| Mark::labelled(at..at + name.len(), Class::Place)).collect();
        marks.sort_by_key(|mark| mark.range.start);
        Example { text, marks, scheme: Scheme::Places { facilities: false }, language: None }
    }

    fn names(example: &Example) -> Vec<String> {
        example.marks.iter().map(|mark| crate::text::fold(&example.text[mark.range.clone()])).collect()
    }

    #[test]
    fn copies_have_other_names_each_the_same_throughout() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        for seed in 0..20 {
            let copy = copy(&example(), &gazetteer, &mut fastrand::Rng::with_seed(seed));
            let names = names(&copy);
            assert_eq!(names.len(), 4);
            assert_eq!(names[0], names[1], "{}", copy.text);
            assert_ne!(names[0], "aleppo");
            assert!(copy.text.to_lowercase().contains(". nobody slept. "), "{}", copy.text);
        }
    }

    #[test]
    fn sentences_by_themselves_keep_their_names() {
        let mut random = fastrand::Rng::with_seed(1);
        let cut: Vec<Example> = (0..60).flat_map(|_| cut(&example(), &mut random)).collect();
        assert!((8..30).contains(&cut.len()), "{} of 120 sentences with names", cut.len());
        for sentence in &cut {
            let wanted: &[&str] =
                if sentence.text.starts_with("Shells") { &["aleppo"] } else { &["aleppo", "mersin", "turkey"] };
            assert_eq!(names(sentence), wanted, "{}", sentence.text);
        }
    }

    #[test]
    fn headlines_have_capitals_at_longer_words() {
        assert_eq!(headline("shells fall on aleppo, the city"), "Shells Fall on Aleppo, the City");
    }
}
