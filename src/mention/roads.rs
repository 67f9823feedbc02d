//! Numbered roads: "Interstate 95", "County Road 12", "I-35", "the A417".
//!
//! No gazetteer has them, and corpora differ on whether they are places; a map of a crash or a closure needs them. The words of
//! their names are `roads.tsv` of the language pack.

use super::{Kind, Mention};
use crate::text::language::RoadRole;
use crate::text::{self, Words, fold};

/// The probability that such a name is meant as a place: of 71 in LGL and GeoWebNews 38 are annotated.
const PROBABILITY: f64 = 0.55;

/// The most digits of a road's number.
const MAX_DIGITS: usize = 4;

/// Adds the numbered roads that no mention touches.
pub fn add(words: &Words, mentions: &mut Vec<Mention<'_>>) {
    let mut taken = vec![false; words.tokens.len()];
    mentions.iter().for_each(|mention| taken[mention.first..=mention.last].fill(true));
    for at in 0..words.tokens.len() {
        let Some((first, last)) = called_by_number(words, &taken, at).or_else(|| called_by_letter(words, at)) else {
            continue;
        };
        let (start, end) = (words.tokens[first].start, words.tokens[last].end);
        let free = !taken[first..=last].contains(&true);
        if let Some(name) = words.text.get(start..end).filter(|_| free) {
            mentions.push(Mention {
                start,
                end,
                first,
                last,
                kind: Kind::Place,
                name: fold(name).into(),
                senses: [].into(),
                probability: PROBABILITY,
                metonymic: false,
                modified: false,
                reach: None,
            });
        }
    }
}

/// Whether the word at a token, if there is one, has a role in the names of roads.
fn has(words: &Words, at: Option<usize>, role: RoadRole) -> bool {
    at.is_some_and(|at| words.language().roads.has(words.key(at), role))
}

/// Whether digits may be the number of a road.
fn is_road_number(digits: &str) -> bool {
    (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// First and last token of the road whose number is the token: "Interstate 95", "I-35". A qualifier that is a mention by itself
/// is left to that: "the U.S. Highway 61".
fn called_by_number(words: &Words, taken: &[bool], at: usize) -> Option<(usize, usize)> {
    let number = &words.tokens[at];
    if number.kind != text::Kind::Number || !is_road_number(number.slice(words.text)) {
        return None;
    }
    let head = words.previous(at)?;
    if head + 2 == at && has(words, Some(head), RoadRole::Prefix) {
        let beside = [words.previous(head), words.next(at)];
        return (!beside.iter().any(|&word| has(words, word, RoadRole::Form))).then_some((head, at));
    }
    let qualifier = words.previous(head).filter(|&before| words.has_capital(before) && !taken[before]);
    let qualifier = qualifier.filter(|&before| has(words, Some(before), RoadRole::Qualifier));
    let qualified = qualifier.is_some() && has(words, Some(head), RoadRole::Qualified);
    let road = qualified || has(words, Some(head), RoadRole::Numbered);
    (road && words.has_capital(head) && head + 2 >= at).then_some((qualifier.unwrap_or(head), at))
}

/// First and last token of the road that the token is: "the A417" with a word of roads beside it.
fn called_by_letter(words: &Words, at: usize) -> Option<(usize, usize)> {
    let (letter, digits) = words.tokens[at].slice(words.text).split_at_checked(1)?;
    if !is_road_number(digits) || !words.has_capital(at) {
        return None;
    }
    let language = words.language();
    let lettered = language.roads.has(text::key(&fold(letter)), RoadRole::Letter);
    let article = words.previous(at).filter(|&before| lettered && has(words, Some(before), RoadRole::Article))?;
    let cue = has(words, words.previous(article), RoadRole::Before) || has(words, words.next(at), RoadRole::Behind);
    cue.then_some((at, at))
}

#[cfg(test)]
mod tests {
    use super::add;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn roads(text: &str) -> Vec<&str> {
        let tokens = tokenise(text, languages());
        let mut mentions = Vec::new();
        add(&Words::new(text, &tokens, languages().default_language()), &mut mentions);
        mentions.iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn roads_are_called_by_numbers() {
        assert_eq!(
            roads("Interstate 95, Hwy. 6 and County Road 12 were shut."),
            ["Interstate 95", "Hwy. 6", "County Road 12"]
        );
        assert_eq!(roads("A crash on I-35 near U.S. Route 66."), ["I-35", "U.S. Route 66"]);
        assert_eq!(roads("Queues on the M25; the A417 near Stroud is closed."), ["M25", "A417"]);
    }

    #[test]
    fn other_numbers_call_none() {
        for text in [
            "She filed Form I-130 and an I-20 form.",
            "the A1 lineage of the virus",
            "Road 12 led nowhere, and route 66 of 70 failed.",
            "In 1995 Highway 20000 was a game.",
            "He drew an A4 sheet on the desk.",
        ] {
            assert!(roads(text).is_empty(), "{text}: {:?}", roads(text));
        }
    }
}
