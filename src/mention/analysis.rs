//! A text read by its language and matched with the gazetteer, and the mentions that a recogniser makes of it.

use super::{About, Kind, Mention, Model};
use super::{language, matcher, people, roads, romanised, rule_score, style, tagged, tagger};
use crate::gazetteer::Gazetteer;
use crate::text::{Tokens, Words, tokenise};
use toponym_languages::languages;

/// A text, read by its language and matched with the gazetteer: the input of every recogniser.
pub(crate) struct TextAnalysis<'t, 'g> {
    pub(crate) words: &'t Words<'t>,
    /// Of each sentence.
    styles: Vec<style::Style>,
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

impl<'t, 'g> TextAnalysis<'t, 'g> {
    /// Matches a text with the gazetteer.
    pub(crate) fn new(words: &'t Words<'t>, gazetteer: &'g Gazetteer) -> Self {
        let styles = style::sentence_styles(words);
        let matches = matcher::longest_matches(words, &styles, gazetteer);
        let people = people::name_parts(words, &matches);
        let rule_scores = rule_score::rule_scores(words, &styles, &people, &matches);
        let log_odds = rule_scores.iter().map(|score| score.log_odds).collect();
        TextAnalysis { words, styles, matches, rule_scores, log_odds }
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
