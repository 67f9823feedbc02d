//! Names that stand for the people of a place: "Washington says", "talks with Ankara".
//!
//! The lists know the plainest: what a government, an army or a team may do is told by the verb behind the name, and what may be
//! done to it by the words before it (`acts` and `acted-on` in `data/languages/en/words/context.tsv`). A model that was trained on annotated texts
//! finds more of them, by what else stands round the name ([`features`]).

use super::{Kind, Mention};
use crate::text::Words;
use crate::text::lexicon::Roles;
use crate::text::{self, Case};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What tells names that stand for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metonyms {
    /// Weights of features in log-odds, sorted by the feature.
    pub weights: Vec<(u32, f32)>,
    /// A name stands for people when the weights of its features add up to more than this.
    pub threshold: f32,
}

/// Which features may have a weight, a bit for each of their upper halves: most have none.
struct Weighed(Vec<u64>);

impl Weighed {
    fn of(model: &Metonyms) -> Self {
        let mut bits = vec![0; 1 << 10];
        for (feature, _) in &model.weights {
            bits[(feature >> 22) as usize] |= 1u64 << (feature >> 16 & 63);
        }
        Weighed(bits)
    }

    fn may_have(&self, feature: u32) -> bool {
        self.0[(feature >> 22) as usize] >> (feature >> 16 & 63) & 1 == 1
    }
}

impl Metonyms {
    /// That a name with these features stands for people, in log-odds.
    pub fn log_odds(&self, features: &[u32]) -> f32 {
        let weight = |feature: &u32| {
            let at = self.weights.binary_search_by_key(feature, |(feature, _)| *feature).ok()?;
            Some(self.weights[at].1)
        };
        features.iter().filter_map(weight).sum()
    }
}

/// Marks the mentions that stand for people.
pub fn mark(words: &Words, mentions: &mut [Mention], model: Option<&Metonyms>) {
    let model = model.filter(|model| !model.weights.is_empty());
    let survey = Survey::of(words, mentions);
    let weighed = model.map(Weighed::of);
    let mut own = Vec::new();
    for at in (0..mentions.len()).filter(|&at| survey.listed[at].is_some()).collect::<Vec<_>>() {
        let listed = survey.listed[at] == Some(true);
        mentions[at].metonymic = listed
            || model.is_some_and(|model| {
                own.clear();
                features(words, mentions, &survey, at, &mut own);
                own.retain(|&feature| weighed.as_ref().is_none_or(|weighed| weighed.may_have(feature)));
                model.log_odds(&own) > model.threshold
            });
    }
}

/// What a document's mentions are, counted once, so that each can be compared with all the others.
pub struct Survey {
    /// What the lists say of each mention; `None` for those that are no places' names on their own.
    pub listed: Vec<Option<bool>>,
    countries: Vec<bool>,
    placed: Vec<bool>,
    all_listed: usize,
    all_countries: usize,
    countries_by_sentence: HashMap<usize, usize>,
    names: HashMap<String, Namesakes>,
}

/// The mentions of one name.
#[derive(Clone, Copy, Default)]
struct Namesakes {
    all: u32,
    placed: u32,
    listed: u32,
}

impl Survey {
    /// Counts the mentions of a text.
    pub fn of(words: &Words, mentions: &[Mention]) -> Self {
        let own = |mention: &Mention| (mention.kind == Kind::Place).then(|| stands_for_people(words, mention));
        let placed = |mention: &Mention| words.phrase_before(mention.first, Roles::PLACE_BEFORE).is_some();
        let mut survey = Survey {
            listed: mentions.iter().map(own).collect(),
            countries: mentions.iter().map(|mention| sort(mention) == 1).collect(),
            placed: mentions.iter().map(placed).collect(),
            all_listed: 0,
            all_countries: 0,
            countries_by_sentence: HashMap::new(),
            names: HashMap::new(),
        };
        survey.all_listed = survey.listed.iter().filter(|listed| **listed == Some(true)).count();
        survey.all_countries = survey.countries.iter().filter(|country| **country).count();
        for (at, mention) in mentions.iter().enumerate() {
            let sentence = words.tokens[mention.first].sentence;
            *survey.countries_by_sentence.entry(sentence).or_insert(0) += usize::from(survey.countries[at]);
            let name = survey.names.entry(mention.name.clone()).or_default();
            name.all += 1;
            name.placed += u32::from(survey.placed[at]);
            name.listed += u32::from(survey.listed[at] == Some(true));
        }
        survey
    }
}

fn stands_for_people(words: &Words, mention: &Mention) -> bool {
    let acts = polity(mention);
    if acts && words.phrase_before(mention.first, Roles::ACTED_ON).is_some() {
        return true;
    }
    let next = words.next(mention.last).filter(|&next| next == mention.last + 1);
    // "In Moscow", "from Syria": somewhere, not somebody.
    acts && words.phrase_before(mention.first, Roles::PLACE_BEFORE).is_none()
        && !behind_comma(words, mention.first)
        && next.is_some_and(|next| words.phrase_at(next, Roles::ACTS) > 0)
}

/// Whether it is called as a country, a division or a seat of government is: a hamlet denies nothing.
fn polity(mention: &Mention) -> bool {
    mention.senses.iter().take(5).any(|(place, _)| place.class() == 'A' || place.feature().starts_with("P.PPL"))
}

/// Whether a comma stands before a token, as in "Paris, Texas, said": the subject is another.
fn behind_comma(words: &Words, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| words.tokens[before].kind == text::Kind::Comma)
}

/// Tokens that are looked past on either side of a name for what governs it: "between [Russia, China and] Iran".
const REACH: usize = 8;

/// Words on either side that tell what is spoken of.
const WINDOW: usize = 6;

/// Words that are looked past: what joins names and what stands before nouns.
const PASSED: [&str; 8] = ["and", "or", "the", "a", "an", "both", "also", "including"];

/// What is seen of the mention `mentions[at]`, each as a hash.
pub fn features(words: &Words, mentions: &[Mention], survey: &Survey, at: usize, out: &mut Vec<u32>) {
    let mention = &mentions[at];
    let (first, last) = (mention.first, mention.last);
    let sentence = words.tokens[first].sentence;
    let within = |at: Option<usize>| at.filter(|&at| words.tokens.get(at).is_some_and(|t| t.sentence == sentence));
    let (before, after) = (within(first.checked_sub(1)), within(Some(last + 1)));
    let (left, right) = (governor(words, first, false), governor(words, last, true));
    let mut add = |template: u32, value: u32| out.push(spread(template, value));
    let word = |at: Option<usize>| at.map_or(0, |at| words.hash(at).max(1));
    let shape = |at: Option<usize>| at.map_or(0, |at| shape(words, at));
    let sort = sort(mention);
    let place_before = words.phrase_before(first, Roles::PLACE_BEFORE).is_some();
    let acted_on = words.phrase_before(first, Roles::ACTED_ON).is_some();
    let acts = right.is_some_and(|at| words.phrase_at(at, Roles::ACTS) > 0);
    let governed = left.is_some_and(|at| words.roles(at).ends(Roles::PLACE_BEFORE));
    let possessive = after.filter(|&at| words.tokens[at].kind == text::Kind::Possessive);
    let owned = possessive.and_then(|at| within(Some(at + 1)));
    let listed = survey.listed[at] == Some(true);
    let crowd = survey.all_listed.min(4) as u32;
    let namesakes = survey.names.get(&mention.name).copied().unwrap_or_default();
    let elsewhere = namesakes.listed > u32::from(listed);
    add(0, 0);
    add(1, word(before));
    add(2, word(after));
    add(3, shape(before));
    add(4, shape(after));
    add(5, shape(before) << 8 | shape(after));
    add(6, word(left));
    add(7, word(right));
    add(8, right.map_or(0, |at| stem(words.folded(at))));
    add(9, shape(left) << 8 | shape(right));
    add(10, sort);
    add(11, sort << 8 | shape(right));
    add(12, sort << 8 | u32::from(place_before) << 1 | u32::from(acted_on));
    add(13, u32::from(acts) << 1 | u32::from(left.is_none()));
    add(14, u32::from(governed) << 4 | shape(right));
    add(15, u32::from(listed));
    add(16, word(owned));
    add(17, shape(owned));
    add(18, crowd);
    add(19, u32::from(elsewhere));
    add(20, sort << 8 | crowd);
    add(
        21,
        u32::from(behind_comma(words, first)) << 1
            | u32::from(after.is_some_and(|at| words.tokens[at].kind == text::Kind::Comma)),
    );
    add(22, word(left.and_then(|at| within(at.checked_sub(1)))));
    add(23, left.map_or(0, |at| stem(words.folded(at))));
    let country = usize::from(survey.countries[at]);
    let beside = survey.countries_by_sentence.get(&sentence).copied().unwrap_or(0).saturating_sub(country) as u32;
    let countries = survey.all_countries.saturating_sub(country) as u32;
    add(24, beside.min(3) << 4 | sort);
    add(25, countries.checked_ilog2().map_or(0, |log| log + 1).min(6) << 4 | sort);
    let others = namesakes.all.saturating_sub(1);
    let places = namesakes.placed.saturating_sub(u32::from(survey.placed[at]));
    add(26, (4 * places).checked_div(others).unwrap_or(9));
    add(27, word(before) ^ shape(right) << 16);
    add(28, u32::from(possessive.is_some()) << 16 | owned.map_or(0, |at| stem(words.folded(at)) & 0xffff));
    add(30, word(Some(first)));
    // What the words round it are about, in any order.
    for other in first.saturating_sub(WINDOW)..(last + 1 + WINDOW).min(words.tokens.len()) {
        let token = &words.tokens[other];
        let about = token.sentence == sentence && token.kind == text::Kind::Word && token.case == Case::Lower;
        if about && words.folded(other).len() > 3 {
            add(29, stem(words.folded(other)));
        }
    }
}

/// The token that governs a name from the left or the right: the nearest that is no name, article, adverb or what joins names.
fn governor(words: &Words, from: usize, right: bool) -> Option<usize> {
    let sentence = words.tokens.get(from)?.sentence;
    let mut at = from;
    for _ in 0..REACH {
        at = if right { at + 1 } else { at.checked_sub(1)? };
        let token = words.tokens.get(at).filter(|token| token.sentence == sentence)?;
        let passed = match token.kind {
            text::Kind::Word => {
                token.case != Case::Lower
                    || PASSED.contains(&words.folded(at))
                    || words.folded(at).len() > 4 && words.folded(at).ends_with("ly")
            }
            text::Kind::Comma | text::Kind::Hyphen | text::Kind::Number => true,
            _ => false,
        };
        if !passed {
            return Some(at);
        }
    }
    None
}

/// What sort of token stands somewhere: its kind, case and end, as a verb's or a noun's might be.
fn shape(words: &Words, at: usize) -> u32 {
    let token = &words.tokens[at];
    let kind = match token.kind {
        text::Kind::Word if token.case != Case::Lower => 1,
        text::Kind::Word => 2,
        text::Kind::Unspaced => 3,
        text::Kind::Number => 4,
        text::Kind::Possessive => 5,
        text::Kind::Hyphen => 6,
        text::Kind::Stop => 7,
        text::Kind::Comma => 8,
        text::Kind::Mark => 9,
    };
    let end = ENDS.iter().zip(1..).find(|(end, _)| kind == 2 && words.folded(at).ends_with(**end));
    let roles = [Roles::ACTS, Roles::PLACE_BEFORE, Roles::ACTED_ON].iter().zip([1, 2, 4]);
    let role: u32 = roles.filter(|(role, _)| words.roles(at).any(**role)).map(|(_, bit)| bit).sum();
    kind | end.map_or(0, |(_, end)| end) << 4 | role << 7
}

/// Ends of words that tell verbs and nouns apart a little.
const ENDS: [&str; 4] = ["ed", "ing", "ly", "s"];

/// A hash of a word less the ends of its forms: "denies" and "denied" are one.
fn stem(word: &str) -> u32 {
    let ends = ["ies", "ied", "ing", "es", "ed", "s", "e", "y"];
    let long = |stem: &&str| stem.len() >= 3;
    let stem = ends.iter().find_map(|end| word.strip_suffix(end).filter(long)).unwrap_or(word);
    stem.bytes().fold(1, |hash, byte| spread(hash, u32::from(byte)))
}

/// What sort of place the best known of the name is.
fn sort(mention: &Mention) -> u32 {
    let first = mention.senses.iter().take(3).map(|(place, _)| (place.prominence(), place));
    let Some((prominence, place)) = first.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { return 0 };
    match place.class() {
        'A' if place.is_country() => 1,
        'A' if place.is_division1() => 2,
        'A' => 3,
        'P' if place.is_capital() => 4,
        'P' if prominence >= 5.0 => 5,
        'P' => 6,
        'L' => 7,
        _ => 8,
    }
}

fn spread(template: u32, value: u32) -> u32 {
    let hash = (template.wrapping_add(1).wrapping_mul(0x9e37_79b1) ^ value).wrapping_mul(0x85eb_ca6b);
    (hash ^ hash >> 15).wrapping_mul(0xc2b2_ae35) ^ hash >> 13
}

#[cfg(test)]
mod tests {
    use crate::mention::find;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn metonymic(text: &str) -> Vec<(String, bool)> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let found = find(&words, "en", &gazetteer, None, Some(0.1));
        found.list.iter().map(|m| (text[m.start..m.end].to_owned(), m.metonymic)).collect()
    }

    #[test]
    fn verbs_and_dealings_tell() {
        let is = |name: &str, metonymic| (name.to_owned(), metonymic);
        assert_eq!(metonymic("Moscow denied it."), [is("Moscow", true)]);
        assert_eq!(metonymic("The talks with Ankara failed."), [is("Ankara", true)]);
        assert_eq!(metonymic("A man in Moscow denied it."), [is("Moscow", false)]);
        assert_eq!(metonymic("Rain fell in Ankara."), [is("Ankara", false)]);
    }
}
