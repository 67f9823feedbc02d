//! The features of a mention that may stand for people, as hashes: the same for training and for use.

use super::survey::{Survey, is_behind_comma};
use crate::mention::Mention;
use crate::mention::tagger::numbered::numbered;
use crate::text::Words;
use crate::text::language::Endings;
use crate::text::lexicon::Roles;
use crate::text::{self, Case};

/// Which values the templates are filled with. Raise it whenever the test `features_are_those_that_models_were_trained_on` fails: models
/// trained before then no longer fit.
pub const REVISION: u32 = 1;

numbered! {
    /// A feature template. A governor is the nearest token that is no name, article, adverb or what joins names; what a possessive
    /// owns is the token behind it.
    pub enum Template {
        /// No value.
        Bias = 0, "bias";
        WordBefore = 1, "word-1";
        WordAfter = 2, "word+1";
        ShapeBefore = 3, "shape-1";
        ShapeAfter = 4, "shape+1";
        ShapesRound = 5, "shape-1 shape+1";
        GovernorLeft = 6, "governor-left";
        GovernorRight = 7, "governor-right";
        GovernorRightStem = 8, "stem-of-governor-right";
        GovernorShapes = 9, "shape-of-governor-left shape-of-governor-right";
        PlaceType = 10, "place-type";
        PlaceTypeGovernorRight = 11, "place-type shape-of-governor-right";
        PlaceTypeCues = 12, "place-type place-cue-before acted-on-before";
        ActsGovernor = 13, "acts-after no-governor-left";
        PlaceCueGovernors = 14, "governor-left-is-place-cue shape-of-governor-right";
        Listed = 15, "listed";
        Owned = 16, "owned-word";
        OwnedShape = 17, "owned-shape";
        AllListed = 18, "listed-in-document";
        ListedElsewhere = 19, "name-listed-elsewhere";
        PlaceTypeAllListed = 20, "place-type listed-in-document";
        Commas = 21, "comma-before comma-after";
        WordBeforeGovernor = 22, "word-before-governor-left";
        GovernorLeftStem = 23, "stem-of-governor-left";
        CountriesInSentence = 24, "other-countries-in-sentence place-type";
        CountriesInDocument = 25, "other-countries-in-document place-type";
        PlacedNamesakes = 26, "share-of-namesakes-after-place-cue";
        WordBeforeGovernorShape = 27, "word-1 shape-of-governor-right";
        PossessiveOwnedStem = 28, "possessive stem-of-owned";
        /// One feature for each word without a capital round the mention.
        Topic = 29, "stem-near";
        FirstWord = 30, "first-word";
    }
}

numbered! {
    /// The kind of a token in shapes.
    pub enum TokenKind {
        Capital = 1, "capital";
        Word = 2, "word";
        Unspaced = 3, "unspaced";
        Number = 4, "number";
        Possessive = 5, "possessive";
        Hyphen = 6, "hyphen";
        Stop = 7, "stop";
        Comma = 8, "comma";
        Mark = 9, "mark";
    }
}

numbered! {
    /// The type of the best-known place of a name.
    pub enum PlaceType {
        Unknown = 0, "unknown";
        Country = 1, "country";
        Division1 = 2, "division1";
        Division = 3, "division";
        Capital = 4, "capital";
        City = 5, "city";
        Settlement = 6, "settlement";
        Area = 7, "area";
        Other = 8, "other";
    }
}

impl TokenKind {
    fn new(token: &text::Token) -> Self {
        match token.kind {
            text::Kind::Word if token.case != Case::Lower => TokenKind::Capital,
            text::Kind::Word => TokenKind::Word,
            text::Kind::Unspaced => TokenKind::Unspaced,
            text::Kind::Number => TokenKind::Number,
            text::Kind::Possessive => TokenKind::Possessive,
            text::Kind::Hyphen => TokenKind::Hyphen,
            text::Kind::Stop => TokenKind::Stop,
            text::Kind::Comma => TokenKind::Comma,
            text::Kind::Mark => TokenKind::Mark,
        }
    }
}

/// Number of the best-known senses of a name that are looked at.
const SENSES: usize = 3;

/// A settlement at least this prominent is a city.
const CITY: f64 = 5.0;

impl PlaceType {
    /// The type of the most prominent of the first senses of a mention.
    pub fn new(mention: &Mention) -> Self {
        let first = mention.senses.iter().take(SENSES).map(|(place, _)| (place.prominence(), place));
        let Some((prominence, place)) = first.max_by(|(a, _), (b, _)| a.total_cmp(b)) else {
            return PlaceType::Unknown;
        };
        match place.class() {
            'A' if place.is_country() => PlaceType::Country,
            'A' if place.is_division1() => PlaceType::Division1,
            'A' => PlaceType::Division,
            'P' if place.is_capital() => PlaceType::Capital,
            'P' if prominence >= CITY => PlaceType::City,
            'P' => PlaceType::Settlement,
            'L' => PlaceType::Area,
            _ => PlaceType::Other,
        }
    }
}

/// Number of tokens on either side of a name among which its governor is looked for: "between [Russia, China and] Iran".
const REACH: usize = 8;

/// Number of tokens on either side of a mention whose words indicate its topic.
const WINDOW: usize = 6;

/// Words that indicate the topic have more bytes than this.
const SHORTEST_TOPIC: usize = 3;

/// An adverb has more bytes than this.
const SHORTEST_ADVERB: usize = 4;

/// Feature value of a share of none.
const NO_NAMESAKES: u32 = 9;

impl Survey<'_, '_, '_> {
    /// Appends the features of a mention, given its index.
    pub fn features(&self, at: usize, out: &mut Vec<u32>) {
        let (words, mention) = (self.words, &self.mentions[at]);
        let (first, last) = (mention.first, mention.last);
        let sentence = words.tokens[first].sentence;
        let within = |at: Option<usize>| at.filter(|&at| words.tokens.get(at).is_some_and(|t| t.sentence == sentence));
        let (before, after) = (within(first.checked_sub(1)), within(Some(last + 1)));
        let (left, right) = (governor(words, first, false), governor(words, last, true));
        let mut add = |template: Template, value: u32| out.push(mix(template.number(), value));
        let word = |at: Option<usize>| at.map_or(0, |at| words.hash(at).max(1));
        let shape = |at: Option<usize>| at.map_or(0, |at| shape(words, at));
        let stem = |at: Option<usize>| at.map_or(0, |at| stem(words.folded(at), &words.language().endings));
        let place_type = PlaceType::new(mention).number();
        let place_before = words.phrase_before(first, Roles::PLACE_BEFORE).is_some();
        let acted_on = words.phrase_before(first, Roles::ACTED_ON).is_some();
        let acts = right.is_some_and(|at| words.phrase_at(at, Roles::ACTS) > 0);
        let governed = left.is_some_and(|at| words.roles(at).ends(Roles::PLACE_BEFORE));
        let possessive = after.filter(|&at| words.tokens[at].kind == text::Kind::Possessive);
        let owned = possessive.and_then(|at| within(Some(at + 1)));
        let listed = self.listed[at] == Some(true);
        let all_listed = self.all_listed.min(4) as u32;
        let namesakes = self.namesakes(mention);
        let elsewhere = namesakes.listed > u32::from(listed);
        add(Template::Bias, 0);
        add(Template::WordBefore, word(before));
        add(Template::WordAfter, word(after));
        add(Template::ShapeBefore, shape(before));
        add(Template::ShapeAfter, shape(after));
        add(Template::ShapesRound, shape(before) << 8 | shape(after));
        add(Template::GovernorLeft, word(left));
        add(Template::GovernorRight, word(right));
        add(Template::GovernorRightStem, stem(right));
        add(Template::GovernorShapes, shape(left) << 8 | shape(right));
        add(Template::PlaceType, place_type);
        add(Template::PlaceTypeGovernorRight, place_type << 8 | shape(right));
        add(Template::PlaceTypeCues, place_type << 8 | u32::from(place_before) << 1 | u32::from(acted_on));
        add(Template::ActsGovernor, u32::from(acts) << 1 | u32::from(left.is_none()));
        add(Template::PlaceCueGovernors, u32::from(governed) << 4 | shape(right));
        add(Template::Listed, u32::from(listed));
        add(Template::Owned, word(owned));
        add(Template::OwnedShape, shape(owned));
        add(Template::AllListed, all_listed);
        add(Template::ListedElsewhere, u32::from(elsewhere));
        add(Template::PlaceTypeAllListed, place_type << 8 | all_listed);
        let comma_after = after.is_some_and(|at| words.tokens[at].kind == text::Kind::Comma);
        add(Template::Commas, u32::from(is_behind_comma(words, first)) << 1 | u32::from(comma_after));
        add(Template::WordBeforeGovernor, word(left.and_then(|at| within(at.checked_sub(1)))));
        add(Template::GovernorLeftStem, stem(left));
        let country = usize::from(self.countries[at]);
        let beside = self.countries_by_sentence.get(&sentence).copied().unwrap_or(0).saturating_sub(country) as u32;
        let countries = self.all_countries.saturating_sub(country) as u32;
        add(Template::CountriesInSentence, beside.min(3) << 4 | place_type);
        let log_countries = countries.checked_ilog2().map_or(0, |log| log + 1).min(6);
        add(Template::CountriesInDocument, log_countries << 4 | place_type);
        let others = namesakes.all.saturating_sub(1);
        let placed = namesakes.placed.saturating_sub(u32::from(self.placed[at]));
        add(Template::PlacedNamesakes, (4 * placed).checked_div(others).unwrap_or(NO_NAMESAKES));
        add(Template::WordBeforeGovernorShape, word(before) ^ shape(right) << 16);
        add(Template::PossessiveOwnedStem, u32::from(possessive.is_some()) << 16 | stem(owned) & 0xffff);
        add(Template::FirstWord, word(Some(first)));
        for other in first.saturating_sub(WINDOW)..(last + 1 + WINDOW).min(words.tokens.len()) {
            let token = &words.tokens[other];
            let plain = token.sentence == sentence && token.kind == text::Kind::Word && token.case == Case::Lower;
            if plain && words.folded(other).len() > SHORTEST_TOPIC {
                add(Template::Topic, stem(Some(other)));
            }
        }
    }
}

/// The token that governs a name from the left or the right: the nearest in its sentence that is no name, article, adverb or what
/// joins names.
fn governor(words: &Words, from: usize, right: bool) -> Option<usize> {
    let sentence = words.tokens.get(from)?.sentence;
    let mut at = from;
    for _ in 0..REACH {
        at = if right { at + 1 } else { at.checked_sub(1)? };
        let token = words.tokens.get(at).filter(|token| token.sentence == sentence)?;
        let passed = match token.kind {
            text::Kind::Word => {
                token.case != Case::Lower
                    || words.language().passed_words.contains(words.folded(at))
                    || is_adverb(words, words.folded(at))
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

fn is_adverb(words: &Words, folded: &str) -> bool {
    folded.len() > SHORTEST_ADVERB && words.language().endings.adverbs.iter().any(|ending| folded.ends_with(ending))
}

/// The kind of a token, the number of its ending and three of its roles.
fn shape(words: &Words, at: usize) -> u32 {
    let kind = TokenKind::new(&words.tokens[at]);
    let forms = || words.language().endings.forms.iter().find(|(ending, _)| words.folded(at).ends_with(ending));
    let ending = if kind == TokenKind::Word { forms().map_or(0, |(_, number)| *number) } else { 0 };
    let roles = [Roles::ACTS, Roles::PLACE_BEFORE, Roles::ACTED_ON].iter().zip([1, 2, 4]);
    let role: u32 = roles.filter(|(role, _)| words.roles(at).any(**role)).map(|(_, bit)| bit).sum();
    kind.number() | ending << 4 | role << 7
}

/// Fewest bytes of a stem.
const SHORTEST_STEM: usize = 3;

/// A hash of the stem of a word: "denies" and "denied" have one.
fn stem(word: &str, endings: &Endings) -> u32 {
    let long = |stem: &&str| stem.len() >= SHORTEST_STEM;
    let stem = endings.stems.iter().find_map(|ending| word.strip_suffix(ending.as_str()).filter(long)).unwrap_or(word);
    stem.bytes().fold(1, |hash, byte| mix(hash, u32::from(byte)))
}

/// Mixes the number of a template and a value into one hash.
fn mix(template: u32, value: u32) -> u32 {
    let hash = (template.wrapping_add(1).wrapping_mul(0x9e37_79b1) ^ value).wrapping_mul(0x85eb_ca6b);
    (hash ^ hash >> 15).wrapping_mul(0xc2b2_ae35) ^ hash >> 13
}

#[cfg(test)]
mod tests {
    use super::{PlaceType, Survey, Template, governor, mix, stem};
    use crate::mention::TextAnalysis;
    use crate::mention::read_words;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    #[test]
    fn governors_are_found_past_names_articles_and_adverbs() {
        let text = "Talks between the Russia, China and Iran quickly ended.";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let at = |word: &str| (0..tokens.list.len()).find(|&at| words.folded(at) == word).expect("a word of the text");
        let of = |name: &str, right| governor(&words, at(name), right).map(|at| words.folded(at));
        assert_eq!((of("iran", false), of("russia", true)), (Some("between"), Some("ended")));
        assert_eq!(of("talks", false), None);
    }

    fn english_stem(word: &str) -> u32 {
        stem(word, &languages().default_language().endings)
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for [a, b] in [["denies", "denied"], ["talks", "talking"], ["state", "states"]] {
            assert_eq!(english_stem(a), english_stem(b), "{a} {b}");
        }
        assert_ne!(english_stem("tie"), english_stem("toe"));
    }

    /// The features of all mentions of a text.
    fn features(text: &str) -> Vec<u32> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, None);
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let mentions = analysis.mentions(&gazetteer, None, None);
        let survey = Survey::new(analysis.words, &mentions);
        let mut features = Vec::new();
        (0..mentions.len()).for_each(|at| survey.features(at, &mut features));
        features
    }

    #[test]
    fn features_are_those_that_models_were_trained_on() {
        let text = "Moscow, in talks with Ankara and Syria, quickly denied reports of troops near Aleppo; Syria's army said so.";
        let hash = crc32fast::hash(bytemuck::cast_slice(&features(text)));
        // If words of this text changed in the lexicon, only the new hash is needed: the fingerprint has a part for the lexicon.
        assert_eq!(
            hash, 579_531_413,
            "models no longer fit: raise `REVISION`, train the embedded one anew, change the hash"
        );
    }

    #[test]
    fn features_describe_the_place_and_what_stands_round_it() {
        let features = features("Moscow denied it.");
        let has = |template: Template, value| features.contains(&mix(template.number(), value));
        assert!(has(Template::PlaceType, PlaceType::Capital.number()) && has(Template::Listed, 1));
        assert!(
            has(Template::GovernorRightStem, english_stem("denied")) && has(Template::Topic, english_stem("denied"))
        );
        assert!(has(Template::PlacedNamesakes, 9), "the only mention of the name");
    }
}
