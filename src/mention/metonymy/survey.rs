//! The mentions of a document that may stand for people, and counts over all its mentions, so that each can be compared with the
//! others.

use super::features::PlaceType;
use crate::mention::{Kind, Mention};
use crate::text;
use crate::text::Words;
use crate::text::lexicon::Roles;
use std::collections::HashMap;

/// The mentions of a document, counted.
pub struct Survey<'m, 't, 'g> {
    pub(super) words: &'m Words<'t>,
    pub(super) mentions: &'m [Mention<'g>],
    /// For each mention whether it stands for people by the lexicon; `None` for mentions of another kind than
    /// [`Kind::Place`], which never do.
    pub(super) listed: Vec<Option<bool>>,
    /// For each mention whether its best-known place is a country.
    pub(super) countries: Vec<bool>,
    /// For each mention whether a place cue stands before it.
    pub(super) placed: Vec<bool>,
    /// Number of mentions that stand for people by the lexicon.
    pub(super) all_listed: usize,
    /// Number of mentions of countries.
    pub(super) all_countries: usize,
    /// Number of mentions of countries in each sentence.
    pub(super) countries_by_sentence: HashMap<usize, usize>,
    /// Counts of the mentions of each folded name.
    names: HashMap<&'m str, Namesakes>,
}

/// Counts of the mentions of one name.
#[derive(Clone, Copy, Default)]
pub struct Namesakes {
    /// All of them.
    pub all: u32,
    /// Those with a place cue before them.
    pub placed: u32,
    /// Those that stand for people by the lexicon.
    pub listed: u32,
}

impl<'m, 't, 'g> Survey<'m, 't, 'g> {
    /// Counts the mentions of a document, which are in the order of the text.
    pub fn new(words: &'m Words<'t>, mentions: &'m [Mention<'g>]) -> Self {
        let listed = |mention: &Mention| (mention.kind == Kind::Place).then(|| stands_for_people(words, mention));
        let placed = |mention: &Mention| words.phrase_before(mention.first, Roles::PLACE_BEFORE).is_some();
        let mut survey = Survey {
            words,
            mentions,
            listed: mentions.iter().map(listed).collect(),
            countries: mentions.iter().map(|mention| PlaceType::new(mention) == PlaceType::Country).collect(),
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
            let name = survey.names.entry(&mention.name).or_default();
            name.all += 1;
            name.placed += u32::from(survey.placed[at]);
            name.listed += u32::from(survey.listed[at] == Some(true));
        }
        survey
    }

    /// The mentions that may stand for people: the index of each, and whether it does by the lexicon.
    pub fn candidates(&self) -> impl Iterator<Item = (usize, bool)> {
        self.listed.iter().enumerate().filter_map(|(at, listed)| Some((at, (*listed)?)))
    }

    /// The counts of the mentions of the same name as a mention's.
    pub(super) fn namesakes(&self, mention: &Mention) -> Namesakes {
        self.names.get(&*mention.name).copied().unwrap_or_default()
    }
}

/// Whether a mention stands for people by the lexicon: a polity after words such as "talks with", or before a verb such as
/// "denied" unless it is where somebody else is or does so ("a man in Moscow denied", "Paris, Texas, said").
fn stands_for_people(words: &Words, mention: &Mention) -> bool {
    let polity = is_polity(mention);
    if polity && words.phrase_before(mention.first, Roles::ACTED_ON).is_some() {
        return true;
    }
    let next = words.next(mention.last).filter(|&next| next == mention.last + 1);
    polity
        && words.phrase_before(mention.first, Roles::PLACE_BEFORE).is_none()
        && !is_behind_comma(words, mention.first)
        && next.is_some_and(|next| words.phrase_at(next, Roles::ACTS) > 0)
}

/// Number of the best-known senses of a name that are looked at.
const SENSES: usize = 5;

/// Whether a name is that of a country, a division or a seat of government: a hamlet denies nothing.
fn is_polity(mention: &Mention) -> bool {
    mention.senses.iter().take(SENSES).any(|(place, _)| place.class() == 'A' || place.feature().starts_with("P.PPL"))
}

/// Whether a comma stands before a token.
pub(super) fn is_behind_comma(words: &Words, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| words.tokens[before].kind == text::Kind::Comma)
}

#[cfg(test)]
mod tests {
    use super::Survey;
    use crate::mention::TextAnalysis;
    use crate::mention::read_words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    #[test]
    fn mentions_are_counted_by_name_and_sentence() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let text = "Syria and Turkey talked. Syria denied it, people in Syria said. French troops left.";
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, None);
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let mentions = analysis.mentions(&gazetteer, None, None);
        let survey = Survey::new(analysis.words, &mentions);
        let name = |at: usize| &text[mentions[at].start..mentions[at].end];
        let candidates: Vec<_> = survey.candidates().map(|(at, listed)| (name(at), listed)).collect();
        assert_eq!(candidates, [("Syria", false), ("Turkey", false), ("Syria", true), ("Syria", false)]);
        let syria = survey.namesakes(&mentions[0]);
        assert_eq!((syria.all, syria.placed, syria.listed), (3, 1, 1));
        assert_eq!(
            (survey.all_countries, survey.countries_by_sentence[&0], survey.all_listed),
            (5, 2, 1),
            "France of \"French\" too"
        );
    }
}
