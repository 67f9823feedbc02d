//! Roads called by numbers: "Interstate 95", "County Road 12", "I-35", "the A417".
//!
//! No gazetteer has them, and corpora differ on whether they are places; a map of a crash or a closure needs them.

use super::{Kind, Mention};
use crate::text::Words;
use crate::text::{self, fold};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How probable it is that such a name is meant as a place: of 71 in LGL and GeoWebNews 38 are annotated.
const PROBABILITY: f64 = 0.55;

/// A road's number has no more digits than this.
const DIGITS: usize = 4;

/// What a word does in or beside such a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// Before a number it makes a road: "Route 66".
    Numbered,
    /// Likewise behind a qualifier: "County Road 12".
    Qualified,
    /// Before one of the two: "State Route 4".
    Qualifier,
    /// With a hyphen before a number: "I-35".
    Prefix,
    /// What else is called so: "Form I-130".
    Form,
    /// Written in one with a number, with an article and a word of the road beside it: "the A417 near Cirencester".
    Letter,
    /// Before the article: "on the M25".
    Before,
    /// Behind: "the M25 motorway".
    Behind,
}

static WORDS: LazyLock<FxHashMap<&'static str, Vec<What>>> = LazyLock::new(|| {
    let mut words: FxHashMap<_, Vec<What>> = FxHashMap::default();
    for line in crate::embedded::english_table("roads.tsv").lines().skip(1) {
        let Some((word, what)) = line.split_once('\t') else { continue };
        let what = match what {
            "numbered" => What::Numbered,
            "qualified" => What::Qualified,
            "qualifier" => What::Qualifier,
            "prefix" => What::Prefix,
            "form" => What::Form,
            "letter" => What::Letter,
            "before" => What::Before,
            _ => What::Behind,
        };
        words.entry(word).or_default().push(what);
    }
    words
});

/// Adds the roads called by numbers that no mention touches.
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
                name: fold(name),
                senses: Vec::new(),
                probability: PROBABILITY,
                metonymic: false,
                modified: false,
            });
        }
    }
}

fn is(words: &Words, at: Option<usize>, what: What) -> bool {
    let word = at.map_or("", |at| words.folded(at));
    WORDS.get(word).is_some_and(|own| own.contains(&what))
}

/// The road whose number is the token: "Interstate 95", "I-35". A qualifier that is a mention by itself is left to that: "the U.S.
/// Highway 61".
fn called_by_number(words: &Words, taken: &[bool], at: usize) -> Option<(usize, usize)> {
    let number = &words.tokens[at];
    let digits = number.of(words.text);
    if number.kind != text::Kind::Number || digits.len() > DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let head = words.previous(at)?;
    if head + 2 == at && is(words, Some(head), What::Prefix) {
        let beside = [words.previous(head), words.next(at)];
        return (!beside.iter().any(|&word| is(words, word, What::Form))).then_some((head, at));
    }
    let qualifier = words.previous(head).filter(|&before| words.has_capital(before) && !taken[before]);
    let qualifier = qualifier.filter(|&before| is(words, Some(before), What::Qualifier));
    let road = is(words, Some(head), What::Numbered) || qualifier.is_some() && is(words, Some(head), What::Qualified);
    (road && words.has_capital(head) && head + 2 >= at).then_some((qualifier.unwrap_or(head), at))
}

/// The road that the token is: "the A417" with a word of the road beside it.
fn called_by_letter(words: &Words, at: usize) -> Option<(usize, usize)> {
    let token = &words.tokens[at];
    let (letter, digits) = token.of(words.text).split_at_checked(1)?;
    let named = (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !named || !words.has_capital(at) || !WORDS.get(fold(letter).as_str())?.contains(&What::Letter) {
        return None;
    }
    let article = words.previous(at).filter(|&before| words.folded(before) == "the")?;
    let told = is(words, words.previous(article), What::Before) || is(words, words.next(at), What::Behind);
    told.then_some((at, at))
}

#[cfg(test)]
mod tests {
    use super::add;
    use crate::text::Words;
    use crate::text::tokenise;
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
