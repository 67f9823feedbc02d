//! Cross-validation: what models find in texts that they were not trained on.

use super::corpus::Source;
use super::example::{Example, Mark};
use super::optimise::{self, Data};
use super::{Settings, threads, write};
use crate::gazetteer::Gazetteer;
use crate::mention::metonymy::Survey;
use crate::mention::tagger::Tagged;
use crate::mention::tagger::{About, Model, ModelError};
use crate::mention::weighing::Evidence;
use crate::mention::{Kind, Mention, TextAnalysis, read_tokens, read_words, tagged};
use std::ops::Range;

/// Largest number of folds.
const MOST: usize = 4;

/// The division of the texts into folds. A fold is a corpus or several; of a single corpus it is every fourth document. Token-labelled
/// files are in no fold, since the texts that the program will see are like none of them; but where there is nothing else, and where the
/// texts are in several languages, of which no corpus stands for another, a fold is every fourth document of each source.
pub struct Folds {
    /// Whether a fold has documents of every source.
    of_each: bool,
    /// For each source the number of its corpus; `None` for those that are never held out.
    corpora: Vec<Option<usize>>,
    /// How many times each corpus is given.
    times: Vec<usize>,
}

/// Called with the analysis of a text held out, the model that was not trained on it, the number of its corpus, and its marks.
type Visit<'l> = dyn FnMut(&TextAnalysis<'_, '_>, &Model, usize, &[Mark]) + 'l;

/// What was found in texts held out.
#[derive(Default)]
pub struct HeldOut {
    /// The mentions.
    pub samples: Vec<Sample>,
    /// The names that may stand for people, by document, of the documents in which that is annotated.
    pub names: Vec<DocumentNames>,
}

/// A mention found in a text held out.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Its probability, not yet calibrated.
    pub raw: f64,
    /// Whether a mention with the same span is annotated.
    pub right: bool,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// The number of its corpus.
    pub corpus: usize,
    /// How much it counts.
    pub weight: f64,
}

/// A candidate for a place in a text held out.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The evidence of tagger and rules.
    pub evidence: Evidence,
    /// Whether a mention with the same span is annotated.
    pub right: bool,
    /// How much it counts.
    pub weight: f64,
}

/// A place that was found in a text held out.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// Its features for metonymy.
    pub features: Vec<u32>,
    /// Whether it stands for people by the lexicon.
    pub listed: bool,
    /// Whether it is annotated as standing for people; `None` if it is not annotated.
    pub metonymic: Option<bool>,
}

/// The places found in a document.
#[derive(Clone, Debug, Default)]
pub struct DocumentNames {
    /// Each place found.
    pub found: Vec<Name>,
    /// Number of names annotated as standing for people, found or not.
    pub annotated: usize,
}

impl Folds {
    /// Divides the texts of these sources, which are in so many languages. A source given several times is one corpus.
    pub fn new(sources: &[Source], languages: usize) -> Self {
        let of_each = languages > 1 || !sources.iter().any(Source::is_geoparsing_corpus);
        let mut known: Vec<&str> = Vec::new();
        let mut corpora = Vec::with_capacity(sources.len());
        for source in sources {
            let at = known.iter().position(|name| *name == source.name);
            corpora.push((of_each || source.is_geoparsing_corpus()).then(|| {
                at.unwrap_or_else(|| {
                    known.push(&source.name);
                    known.len() - 1
                })
            }));
        }
        let times = |corpus| corpora.iter().filter(|own| **own == Some(corpus)).count();
        let times = (0..known.len()).map(times).collect();
        Folds { of_each, corpora, times }
    }

    /// The fold of a text, given the index of its source and its own in that; `None` if it is never held out.
    pub fn of_text(&self, source: usize, number: usize) -> Option<usize> {
        let corpus = self.corpora.get(source).copied().flatten()?;
        Some(if self.times.len() > 1 && !self.of_each { corpus } else { number } % MOST)
    }

    /// For each corpus the weight of what was found in it, given the corpus of each thing found. All corpora together count alike,
    /// whatever their sizes, but one that is given twice counts twice; the mean weight is 1.
    fn weights(&self, of: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut found = vec![0.0; self.times.len()];
        of.for_each(|corpus| found[corpus] += 1.0);
        let all = found.iter().sum::<f64>();
        let times = self.times.iter().zip(&found).filter(|(_, found)| **found > 0.0).map(|(times, _)| *times as f64);
        let each = all / times.sum::<f64>().max(1.0);
        self.times.iter().zip(&found).map(|(times, found)| *times as f64 * each / found.max(1.0)).collect()
    }

    /// Trains a model for each fold on all other texts, as many at a time as there are processors.
    ///
    /// # Errors
    /// When a fold's model cannot be read back.
    pub fn models(
        &self,
        data: &Data,
        settings: &Settings,
        step: &mut dyn FnMut(&str),
    ) -> Result<Vec<Model>, ModelError> {
        let mut folds: Vec<usize> = match self.times.len() {
            0 => Vec::new(),
            _ if self.of_each => (0..MOST).collect(),
            1 => (0..MOST).collect(),
            more => (0..more.min(MOST)).collect(),
        };
        let of = folds.len();
        let mut begin = |some: &[usize]| step(&format!("training on all but part {some:?} of {of}"));
        threads::each(&mut folds, &mut begin, |fold| model_without(*fold, data, settings)).into_iter().collect()
    }

    /// The candidates for places that the models tag in the texts that they were not trained on.
    pub fn candidates(&self, models: &[Model], gazetteer: &Gazetteer, sources: &[Source]) -> Vec<Candidate> {
        let mut all: Vec<(usize, Evidence, bool)> = Vec::new();
        self.each(models, gazetteer, sources, &mut |analysis, model, corpus, marks| {
            for (name, evidence) in tagged::places(analysis, &analysis.tags(model), |evidence| Some(*evidence)) {
                let mention = place(analysis, gazetteer, &name);
                all.extend(mention.map(|mention| (corpus, evidence, mark_of(marks, &mention).is_some())));
            }
        });
        let weights = self.weights(all.iter().map(|(corpus, ..)| *corpus));
        let candidate =
            |(corpus, evidence, right): (usize, _, _)| Candidate { evidence, right, weight: weights[corpus] };
        all.into_iter().map(candidate).collect()
    }

    /// The mentions that the models find in the texts that they were not trained on. Names that may stand for people are looked for
    /// among those at least as probable as `threshold`.
    pub fn held_out(&self, models: &[Model], gazetteer: &Gazetteer, sources: &[Source], threshold: f64) -> HeldOut {
        let mut held_out = HeldOut::default();
        self.each(models, gazetteer, sources, &mut |analysis, model, corpus, marks| {
            let mut mentions = analysis.mentions(gazetteer, Some(model), None);
            held_out.samples.extend(mentions.iter().map(|mention| Sample {
                raw: mention.probability,
                right: mark_of(marks, mention).is_some(),
                demonym: mention.kind == Kind::Demonym,
                corpus,
                weight: 1.0,
            }));
            if marks.iter().any(|mark| mark.metonymic.is_some()) {
                mentions.retain(|mention| mention.probability >= threshold);
                held_out.names.push(names(analysis, &mentions, marks));
            }
        });
        let weights = self.weights(held_out.samples.iter().map(|sample| sample.corpus));
        held_out.samples.iter_mut().for_each(|sample| sample.weight = weights[sample.corpus]);
        held_out
    }

    /// Visits every text that can be held out, once.
    fn each(&self, models: &[Model], gazetteer: &Gazetteer, sources: &[Source], visit: &mut Visit<'_>) {
        for (at, source) in sources.iter().enumerate() {
            let Some(corpus) = self.corpora.get(at).copied().flatten() else { continue };
            if self.corpora.iter().position(|other| *other == Some(corpus)) != Some(at) {
                continue;
            }
            for (number, Example { text, marks, language, .. }) in source.examples().iter().enumerate() {
                let Some(model) = self.of_text(at, number).and_then(|fold| models.get(fold)) else { continue };
                let (tokens, language) = read_tokens(text, language.as_deref());
                let (words, _) = read_words(text, &tokens, Some(&language));
                visit(&TextAnalysis::new(&words, gazetteer), model, corpus, marks);
            }
        }
    }
}

fn model_without(fold: usize, data: &Data, settings: &Settings) -> Result<Model, ModelError> {
    let mut random = fastrand::Rng::with_seed(settings.seed.wrapping_add(1 + fold as u64));
    let trained = optimise::optimise(data, Some(fold), settings, &mut random, &mut |_| {});
    let about = About { languages: settings.languages.clone(), ..About::default() };
    let bytes = write::write(&trained, &about, settings.features);
    Model::from_bytes(&bytes)
}

/// The mention that a tagged name is, unless it is a demonym.
fn place<'g>(analysis: &TextAnalysis<'_, 'g>, gazetteer: &'g Gazetteer, name: &Tagged) -> Option<Mention<'g>> {
    let mention = tagged::mention(analysis.words, &analysis.matches, gazetteer, name, Kind::Place);
    mention.filter(|mention| mention.kind == Kind::Place)
}

/// The mark of a place or demonym with the same span as a mention.
fn mark_of<'m>(marks: &'m [Mark], mention: &Mention) -> Option<&'m Mark> {
    let span: Range<usize> = mention.start..mention.end;
    marks.iter().find(|mark| mark.is_mention && mark.range == span)
}

/// The mentions that may stand for people, with their marks.
fn names(analysis: &TextAnalysis<'_, '_>, mentions: &[Mention], marks: &[Mark]) -> DocumentNames {
    let survey = Survey::new(analysis.words, mentions);
    let found = survey.candidates().map(|(at, listed)| {
        let mut features = Vec::new();
        survey.features(at, &mut features);
        Name { features, listed, metonymic: mark_of(marks, &mentions[at]).and_then(|mark| mark.metonymic) }
    });
    let annotated = marks.iter().filter(|mark| mark.metonymic == Some(true)).count();
    DocumentNames { found: found.collect(), annotated }
}

#[cfg(test)]
mod tests {
    use super::super::corpus::Source;
    use super::{Folds, MOST, names};
    use crate::mention::TextAnalysis;
    use crate::mention::{read_tokens, read_words};

    const PLACES: [&str; 2] = ["Rain in [Homs]{place}.", "[Moscow]{metonym} denied it."];

    fn folds(sources: &[(&str, bool)], languages: usize) -> Folds {
        let source = |&(name, labelled): &(&str, bool)| {
            if labelled { Source::labelled_for_tests(name) } else { Source::marked_for_tests(name, &PLACES) }
        };
        Folds::new(&sources.iter().map(source).collect::<Vec<_>>(), languages)
    }

    #[test]
    fn a_fold_is_a_corpus_or_every_fourth_document_of_a_single_one() {
        let several = folds(&[("news", false), ("names", true), ("towns", false), ("news", false)], 1);
        assert_eq!([0, 1, 2, 3].map(|source| several.of_text(source, 5)), [Some(0), None, Some(1), Some(0)]);
        let labelled = folds(&[("names", true), ("others", true)], 1);
        assert_eq!(labelled.of_text(1, 6), Some(6 % MOST), "every fourth document where nothing else can be held out");
        let languages = folds(&[("names", true), ("news", false)], 2);
        assert_eq!([0, 1].map(|source| languages.of_text(source, 6)), [Some(6 % MOST); 2], "and of several languages");
        let single = folds(&[("names", true), ("news", false)], 1);
        assert_eq!((single.of_text(0, 5), single.of_text(1, 5), single.of_text(1, 8)), (None, Some(5 % MOST), Some(0)));
    }

    #[test]
    fn corpora_count_alike_whatever_their_sizes() {
        let folds = folds(&[("news", false), ("towns", false), ("news", false)], 1);
        // Three mentions of `news`, which is given twice, and one of `towns`: 4 = 3 * 8/9 + 4/3.
        let weights = folds.weights([0, 0, 0, 1].into_iter());
        assert!((weights[0] - 8.0 / 9.0).abs() < 1e-9 && (weights[1] - 4.0 / 3.0).abs() < 1e-9, "{weights:?}");
    }

    #[test]
    fn names_that_may_stand_for_people_know_their_marks() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let source = Source::marked_for_tests("news", &["[Moscow]{metonym} denied it. [Moscow]{place} slept."]);
        let example = &source.examples()[0];
        let (tokens, language) = read_tokens(&example.text, example.language.as_deref());
        let (words, _) = read_words(&example.text, &tokens, Some(&language));
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let names = names(&analysis, &analysis.mentions(&gazetteer, None, None), &example.marks);
        let labels: Vec<_> = names.found.iter().map(|name| (name.listed, name.metonymic)).collect();
        assert_eq!((labels, names.annotated), (vec![(true, Some(true)), (false, Some(false))], 1));
    }
}
