//! A text read by its language and matched with the gazetteer, and the mentions that a recogniser makes of it.

use super::{About, Kind, Mention, Model};
use super::{language, matcher, people, roads, romanised, rule_score, style, tagged, tagger};
use crate::gazetteer::Gazetteer;
use crate::text::{Span, Tokens, Words, tokenise};
use rustc_hash::FxHashMap;
use toponym_languages::languages;

/// A text, read by its language and matched with the gazetteer: the input of every recogniser.
pub(crate) struct TextAnalysis<'t, 'g> {
    pub(crate) words: &'t Words<'t>,
    /// Of each sentence.
    pub(super) styles: Vec<style::Style>,
    /// The folded words that are parts of the names of people.
    pub(super) people: FxHashMap<String, people::NamePart>,
    /// In the order of the text.
    pub(crate) matches: Vec<matcher::GazetteerMatch<'g>>,
    /// Of each match.
    pub(crate) rule_scores: Vec<rule_score::RuleScore>,
    /// Those of each rule score.
    log_odds: Vec<f64>,
}

/// Cuts a text into tokens as its language writes them, and returns the BCP 47 tag of the language too, which is identified if it is not
/// stated.
pub(crate) fn read_tokens(text: &str, language: Option<&str>) -> (Tokens, String) {
    let mut tokens = tokenise(text, languages());
    let language = language.map_or_else(|| language::identify_tokens(text, &tokens).to_owned(), str::to_owned);
    tokens.cut_at_apostrophes(text, languages().for_tag(&language));
    (tokens, language)
}

/// Folds the words of a text and reads them by the pack of its language, which is identified if no BCP 47 tag is given.
/// Returns the BCP 47 tag of the language too.
pub(crate) fn read_words<'t>(text: &'t str, tokens: &'t Tokens, language: Option<&str>) -> (Words<'t>, String) {
    let mut words = Words::new(text, tokens, languages().default_language());
    let language = language.unwrap_or_else(|| language::identify(&words)).to_owned();
    words.set_language(languages().for_tag(&language));
    (words, language)
}

/// The sentences of a text that are boilerplate of a saved page, in bytes, those that follow each other as one. `language` is a BCP 47
/// tag; without one it is identified.
pub(crate) fn boilerplate(text: &str, language: Option<&str>) -> Vec<Span> {
    let (tokens, language) = read_tokens(text, language);
    let (words, _) = read_words(text, &tokens, Some(&language));
    let mut runs: Vec<Span> = Vec::new();
    let mut goes_on = false;
    for (sentence, style) in words.sentences.iter().zip(style::sentence_styles(&words)) {
        let is_boilerplate = style == style::Style::Boilerplate;
        match runs.last_mut() {
            Some(run) if is_boilerplate && goes_on => run.end = sentence.end,
            _ if is_boilerplate => runs.push(Span::new(sentence.start, sentence.end)),
            _ => {}
        }
        goes_on = is_boilerplate;
    }
    runs
}

impl<'t, 'g> TextAnalysis<'t, 'g> {
    /// Matches a text with the gazetteer.
    pub(crate) fn new(words: &'t Words<'t>, gazetteer: &'g Gazetteer) -> Self {
        let styles = style::sentence_styles(words);
        let matches = matcher::longest_matches(words, &styles, gazetteer);
        let people = people::name_parts(words, &matches);
        let rule_scores = rule_score::rule_scores(words, &styles, &people, &matches);
        let log_odds = rule_scores.iter().map(|score| score.log_odds).collect();
        TextAnalysis { words, styles, people, matches, rule_scores, log_odds }
    }

    /// The text as the tagger sees it.
    pub(crate) fn view(&self) -> tagger::features::View<'_, 't> {
        tagger::features::View::new(self.words, &self.styles, &self.matches, &self.log_odds)
    }

    /// The places and people that the model tags.
    pub(crate) fn tags(&self, model: &Model) -> tagger::Tags {
        tagger::tag(model, &self.view(), &self.matches)
    }

    /// The mentions that the model finds, or without one the rules, in the order of the text. Those that are less
    /// probable than the recogniser's threshold, or than `min_confidence` if that is lower, are dropped.
    pub(crate) fn mentions(
        &self,
        gazetteer: &'g Gazetteer,
        model: Option<&Model>,
        min_confidence: Option<f64>,
    ) -> Vec<Mention<'g>> {
        let mut list = match model {
            Some(model) => self.mentions_by_model(gazetteer, model, min_confidence),
            None => self.mentions_by_rules(gazetteer, min_confidence),
        };
        roads::add(self.words, &mut list);
        let style = |mention: &Mention| self.styles.get(self.words.tokens[mention.first].sentence);
        list.retain(|mention| style(mention) != Some(&style::Style::Boilerplate));
        list.sort_by_key(|mention| mention.start);
        list
    }

    fn mentions_by_model(
        &self,
        gazetteer: &'g Gazetteer,
        model: &Model,
        min_confidence: Option<f64>,
    ) -> Vec<Mention<'g>> {
        let About { threshold, calibration, weighing, .. } = model.about();
        let least = min_confidence.unwrap_or(1.0).min(*threshold);
        // Overlapping names are chosen among those that reach the threshold, so it is needed before calibration.
        let uncalibrated = calibration.raw_threshold(least);
        let mut mentions = tagged::mentions(self, gazetteer, &self.tags(model), weighing, uncalibrated);
        romanised::add(self.words, &self.styles, gazetteer, &mut mentions);
        mentions.retain(|mention| mention.probability >= uncalibrated || mention.kind == Kind::Demonym);
        for mention in &mut mentions {
            mention.probability = match (mention.kind, calibration.demonym) {
                (Kind::Demonym, Some(calibrated)) => calibrated,
                _ => calibration.calibrate(mention.probability),
            };
        }
        mentions.retain(|mention| mention.kind != Kind::Demonym || mention.probability >= least);
        mentions
    }

    fn mentions_by_rules(&self, gazetteer: &'g Gazetteer, min_confidence: Option<f64>) -> Vec<Mention<'g>> {
        let threshold = min_confidence.unwrap_or(1.0).min(rule_score::ACCEPT);
        let mut mentions = rule_score::mentions(self.words, &self.matches, &self.rule_scores);
        romanised::add(self.words, &self.styles, gazetteer, &mut mentions);
        mentions.retain(|mention| mention.probability >= threshold);
        mentions
    }
}

#[cfg(test)]
mod tests {
    use super::boilerplate;

    #[test]
    fn boilerplate_that_hangs_together_is_one_stretch() {
        let text = "Home   World   Middle East   Sport   Sign in\nMenu   Search   Sign in   Share\n\nRain fell on the old town, and the \
                    river rose by half a metre before dawn.\n\nShare   Print   Sign in   Subscribe\n";
        let runs = boilerplate(text, Some("en"));
        let texts: Vec<_> = runs.iter().map(|run| run.slice(text).expect("in the text")).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0].starts_with("Home") && texts[0].trim_end().ends_with("Share"), "{texts:?}");
        assert!(texts[1].starts_with("Share   Print"), "{texts:?}");
        assert!(boilerplate("Rain fell on the old town before dawn.", None).is_empty());
    }
}
