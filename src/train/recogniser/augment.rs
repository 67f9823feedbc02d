//! Copies of token-labelled texts with other names and other ways of writing.

use super::corpus::{Labelled, Labelling};
use crate::gazetteer::{Gazetteer, PlaceKey};
use crate::mention::tagger::Class;
use crate::text::tokenise;
use std::collections::HashMap;

/// Shares of the copies that are written otherwise.
const SMALL: f64 = 0.12;
const CAPITALS: f64 = 0.12;
const TITLE: f64 = 0.2;

/// A place of fewer names than this is too obscure to be written about often.
const NAMES: u8 = 2;

/// A copy in which each place's name is another's throughout, and some sentences are written without capitals, in
/// capitals alone or as headlines.
pub fn copy(document: &Labelled, gazetteer: &Gazetteer, random: &mut fastrand::Rng) -> Labelled {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    let sentences = document.0.iter().map(|sentence| {
        let mut copy: Vec<Labelling> = Vec::with_capacity(sentence.len());
        let mut at = 0;
        while let Some(own) = sentence.get(at) {
            let end =
                at + 1 + sentence[at + 1..].iter().take_while(|next| matches!(next.label, Some((_, false)))).count();
            if let Some((Class::Place, _)) = own.label {
                let old = sentence[at..end].iter().map(|each| each.token.as_str()).collect::<Vec<_>>().join(" ");
                let new = names.entry(old).or_insert_with(|| name(gazetteer, random));
                let tokens = new.iter().zip(0..);
                copy.extend(
                    tokens.map(|(token, at)| Labelling { token: token.clone(), label: Some((Class::Place, at == 0)) }),
                );
                at = end;
            } else {
                copy.push(own.clone());
                at += 1;
            }
        }
        write_otherwise(&mut copy, random);
        copy
    });
    Labelled(sentences.collect())
}

/// The tokens of a place's name, drawn from the gazetteer.
fn name(gazetteer: &Gazetteer, random: &mut fastrand::Rng) -> Vec<String> {
    let places = gazetteer.layers().first().map_or(0, |index| index.places().len());
    for _ in 0..50 {
        let ordinal = random.u32(0..places.max(1) as u32);
        let Some(place) = gazetteer.place(PlaceKey { layer: 0, ordinal }) else { continue };
        let name = place.name();
        if place.name_count() >= NAMES && name.chars().count() > 2 && !name.contains([',', '(']) {
            return tokenise(name).list.iter().map(|token| token.of(name).to_owned()).collect();
        }
    }
    vec!["Aleppo".to_owned()]
}

fn write_otherwise(sentence: &mut [Labelling], random: &mut fastrand::Rng) {
    let draw = random.f64();
    let change: fn(&str) -> String = match draw {
        _ if draw < SMALL => str::to_lowercase,
        _ if draw < SMALL + CAPITALS => str::to_uppercase,
        _ if draw < SMALL + CAPITALS + TITLE => headline,
        _ => return,
    };
    sentence.iter_mut().for_each(|each| each.token = change(&each.token));
}

/// Every word but the short ones with a capital.
fn headline(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if word.chars().count() > 3 => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}
