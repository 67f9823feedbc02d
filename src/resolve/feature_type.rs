//! The feature types that the words beside or in a name state: "Fairfax County", "the city of Mosul".

use crate::gazetteer::PlaceRef;
use crate::mention::{Mention, plural_beside};
use crate::text::language::FeatureTypes;
use crate::text::language::generic_types::{LONGEST_PHRASE, prefixes, suffixes};
use crate::text::{Kind, Words, hash};

/// The feature types of a place.
pub fn of_place(place: &PlaceRef<'_>) -> FeatureTypes {
    match place.class() {
        'A' if place.is_country() => FeatureTypes::COUNTRY,
        'A' if place.is_division1() => FeatureTypes::DIVISION1,
        'A' => FeatureTypes::DIVISION2,
        'P' if place.part_of().is_some() => FeatureTypes::QUARTER,
        'P' => FeatureTypes::SETTLEMENT,
        'H' => FeatureTypes::WATER,
        'T' => FeatureTypes::LANDFORM,
        'L' => FeatureTypes::REGION,
        _ => FeatureTypes::SITE,
    }
}

/// 1 if the stated types and those of a place agree, -1 if they do not, 0 if none is stated.
pub fn agreement(stated: FeatureTypes, place: FeatureTypes) -> f32 {
    match (stated.is_empty(), stated.intersects(place)) {
        (true, _) => 0.0,
        (false, true) => 1.0,
        (false, false) => -1.0,
    }
}

/// The types that the words in a mention's name state, or else those beside it, or else the plural beside a list that it is in.
pub fn stated(words: &Words<'_>, mention: &Mention<'_>) -> FeatureTypes {
    let generic = &words.language().generic_types;
    let name: Vec<u64> = mention.name.split(' ').map(hash).collect();
    // A name is more than its generic type.
    let (head, tail) = (&name[..name.len() - 1], &name[1..]);
    let inside = generic.stated(&prefixes(head), &suffixes(tail));
    if !inside.is_empty() {
        return inside;
    }
    let beside = generic.stated(&suffixes(&before(words, mention)), &prefixes(&behind(words, mention)));
    if !beside.is_empty() {
        return beside;
    }
    // "Maryland, United States": a plural with a capital may belong to the last name alone.
    let plural = plural_beside(words, mention.first, mention.last);
    plural.map_or(FeatureTypes::default(), |at| generic.behind(words.key(at)))
}

/// The keys of the words right before a mention, up to a mark that ends what a word can refer to.
fn before(words: &Words<'_>, mention: &Mention<'_>) -> Vec<u64> {
    let tokens = (0..mention.first).rev();
    let mut keys: Vec<u64> = run(words, mention, tokens, &['.', ',', ';', ':', '(']).collect();
    keys.reverse();
    keys
}

/// The keys of the words right behind a mention, likewise.
fn behind(words: &Words<'_>, mention: &Mention<'_>) -> Vec<u64> {
    // The stop of "Ga." belongs to the mention, not to its last word.
    let tokens = (mention.last + 1..words.tokens.len()).skip_while(|&at| words.tokens[at].start < mention.end);
    run(words, mention, tokens, &['.', ',', ';', ':', ')']).collect()
}

/// The keys of the words among the tokens on one side of a mention: as many as the longest phrase has, up to one of some marks, a
/// genitive or the end of the sentence.
fn run<'w>(
    words: &'w Words<'_>,
    mention: &Mention<'_>,
    tokens: impl Iterator<Item = usize>,
    ends: &'w [char],
) -> impl Iterator<Item = u64> {
    let sentence = words.tokens.get(mention.first).map(|token| token.sentence);
    let tokens = tokens.take_while(move |&at| {
        let token = &words.tokens[at];
        let end = token.kind == Kind::Possessive || token.slice(words.text).contains(ends);
        !end && Some(token.sentence) == sentence
    });
    tokens.filter(|&at| words.tokens[at].is_word()).map(|at| words.key(at)).take(LONGEST_PHRASE)
}

#[cfg(test)]
mod tests {
    use super::{FeatureTypes, agreement, stated};
    use crate::document::Document;
    use crate::mention::given;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn types(text: &str, name: &str) -> FeatureTypes {
        let gazetteer = crate::embedded().expect("opens");
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let start = text.find(name).expect("stands in the text");
        let span = start..start + name.len();
        let given = given(&Document::new("", text), &tokens, &gazetteer, &[span.into()]);
        stated(&words, &given.mentions[0].1)
    }

    #[test]
    fn words_beside_and_in_names_state_types() {
        let of = |letters| FeatureTypes::from_letters(letters).expect("letters");
        assert_eq!(types("in Fairfax County, he", "Fairfax County"), of("2"));
        assert_eq!(types("in Fairfax County, he", "Fairfax"), of("2"));
        assert_eq!(types("the city of Mosul fell", "Mosul"), of("s"));
        assert_eq!(types("on Lake Erie", "Lake Erie"), of("w"));
        assert_eq!(types("in Washington state", "Washington"), of("1n"));
        assert_eq!(types("the city. Mosul, a town", "Mosul"), of(""), "marks end what a word can refer to");
        for name in ["Barrow", "Jackson", "Madison"] {
            assert_eq!(types("in Barrow, Jackson and Madison counties.", name), of("2"), "{name}");
        }
        assert_eq!(types("in Barrow, Jackson met the counties", "Barrow"), of(""));
    }

    #[test]
    fn types_agree_or_not() {
        let (county, town) = (FeatureTypes::DIVISION2, FeatureTypes::SETTLEMENT);
        let agreements = [agreement(county, county), agreement(county, town), agreement(FeatureTypes::default(), town)];
        assert_eq!(agreements, [1.0, -1.0, 0.0]);
    }
}
