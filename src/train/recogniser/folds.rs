//! What models find in texts that they were not trained on: each part of the geoparsing corpora by a model of the others.

use super::constraints::Mark;
use super::corpus::Source;
use super::optimise::{self, Data};
use super::{Settings, write};
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::model::{About, Model, ModelError};
use crate::mention::weighing::Seen;
use crate::mention::{Kind, Mention, TextAnalysis, metonymy, read_words};
use crate::text::tokenise;
use std::ops::Range;
use toponym_languages::languages;

/// More models than this are not trained for it.
const MOST: usize = 4;

/// Which texts are held out together: those of a corpus, for the texts of the user are of none of them; of a single one every
/// fourth document.
pub struct Folds {
    /// Of each source the number of the corpus that it is, `None` for those that are never held out.
    corpora: Vec<Option<usize>>,
    /// How many times each of the different ones is given.
    times: Vec<usize>,
}

/// What is told of each text held out, the model that was not trained on it, its corpus and its marks.
type Look<'l> = dyn FnMut(&TextAnalysis<'_, '_>, &Model, usize, &[Mark]) + 'l;

/// What was found in texts held out.
#[derive(Default)]
pub struct Held {
    /// Mentions, right or not.
    pub samples: Vec<Sample>,
    /// Names of places that the annotators may have taken for people, document by document.
    pub names: Vec<Names>,
}

/// A mention found in a text held out.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// How probable the model holds it, as yet uncalibrated.
    pub given: f64,
    /// Whether the annotators have the very span.
    pub right: bool,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// Which corpus it is of.
    pub corpus: usize,
    /// How much it counts.
    pub weight: f64,
}

/// What may be a place in a text held out.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// What is seen of it.
    pub seen: Seen,
    /// Whether the annotators have the very span.
    pub right: bool,
    /// How much it counts.
    pub weight: f64,
}

/// A place that was found, and whether its name stands for people.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// What stands round it.
    pub features: Vec<u32>,
    /// Whether the lists say that it does.
    pub listed: bool,
    /// Whether it does; `None` where it is no annotated place.
    pub is: Option<bool>,
}

/// The names of a document whose annotators tell which stand for people.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Each place found.
    pub found: Vec<Name>,
    /// How many the annotators have that stand for people, found or not.
    pub wanted: usize,
}

impl Folds {
    /// How to divide these sources; what is given twice is one.
    pub fn of(sources: &[Source]) -> Self {
        let mut known: Vec<&str> = Vec::new();
        let mut corpora = Vec::with_capacity(sources.len());
        for source in sources {
            let at = known.iter().position(|name| *name == source.name);
            corpora.push(source.is_of_places().then(|| {
                at.unwrap_or_else(|| {
                    known.push(&source.name);
                    known.len() - 1
                })
            }));
        }
        let times = |corpus| corpora.iter().filter(|own| **own == Some(corpus)).count();
        let times = (0..known.len()).map(times).collect();
        Folds { corpora, times }
    }

    /// The fold of a source's text.
    pub fn of_text(&self, source: usize, number: usize) -> Option<usize> {
        let corpus = self.corpora.get(source).copied().flatten()?;
        Some(if self.times.len() > 1 { corpus } else { number } % MOST)
    }

    /// How much what is found in each corpus counts, 1 on average: one as much as another, whatever its size, and twice as much if
    /// it is given twice.
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
        let folds: Vec<usize> = match self.times.len() {
            0 => Vec::new(),
            1 => (0..MOST).collect(),
            more => (0..more.min(MOST)).collect(),
        };
        let mut models = Vec::new();
        let at_once = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
        for some in folds.chunks(at_once) {
            step(&format!("training on all but part {some:?} of {}", folds.len()));
            let trained: Vec<Result<Model, ModelError>> = std::thread::scope(|scope| {
                let run = |&fold: &usize| scope.spawn(move || model_without(fold, data, settings));
                let threads: Vec<_> = some.iter().map(run).collect();
                let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                };
                threads.into_iter().map(join).collect()
            });
            for model in trained {
                models.push(model?);
            }
        }
        Ok(models)
    }

    /// What the models make of the texts that they were not trained on.
    pub fn candidates(&self, models: &[Model], gazetteer: &Gazetteer, sources: &[Source]) -> Vec<Candidate> {
        let mut all: Vec<(usize, Seen, bool)> = Vec::new();
        self.each(models, gazetteer, sources, &mut |analysis, model, corpus, marks| {
            let right = |range: &Range<usize>| marks.iter().any(|mark| mark.range == *range);
            let candidates = analysis.candidates(gazetteer, model).into_iter();
            all.extend(candidates.map(|(range, seen)| (corpus, seen, right(&range))));
        });
        let weights = self.weights(all.iter().map(|(corpus, ..)| *corpus));
        let candidate = |(corpus, seen, right): (usize, _, _)| Candidate { seen, right, weight: weights[corpus] };
        all.into_iter().map(candidate).collect()
    }

    /// The mentions that the models find in the texts that they were not trained on.
    pub fn held_out(&self, models: &[Model], gazetteer: &Gazetteer, sources: &[Source], threshold: f64) -> Held {
        let mut held = Held::default();
        self.each(models, gazetteer, sources, &mut |analysis, model, corpus, marks| {
            let mentions = analysis.mentions(gazetteer, Some(model), None);
            held.samples.extend(mentions.iter().map(|mention| Sample {
                given: mention.probability,
                right: mark_of(marks, mention).is_some(),
                demonym: mention.kind == Kind::Demonym,
                corpus,
                weight: 1.0,
            }));
            let told = marks.iter().any(|mark| mark.metonymic.is_some());
            held.names.extend(told.then(|| names(analysis, &mentions, marks, threshold)));
        });
        let weights = self.weights(held.samples.iter().map(|sample| sample.corpus));
        held.samples.iter_mut().for_each(|sample| sample.weight = weights[sample.corpus]);
        held
    }

    /// Every text that can be held out, once, with the model that was not trained on it, its corpus and its marks.
    fn each(&self, models: &[Model], gazetteer: &Gazetteer, sources: &[Source], look: &mut Look<'_>) {
        for (at, source) in sources.iter().enumerate() {
            let Some(corpus) = self.corpora.get(at).copied().flatten() else { continue };
            if self.corpora.iter().position(|other| *other == Some(corpus)) != Some(at) {
                continue;
            }
            for (number, example) in source.examples().iter().enumerate() {
                let Some(model) = self.of_text(at, number).and_then(|fold| models.get(fold)) else { continue };
                let tokens = tokenise(&example.text, languages());
                let (words, _) = read_words(&example.text, &tokens, None);
                look(&TextAnalysis::new(&words, gazetteer), model, corpus, &example.marks);
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

fn mark_of<'m>(marks: &'m [Mark], mention: &Mention) -> Option<&'m Mark> {
    marks.iter().find(|mark| mark.range == (mention.start..mention.end))
}

fn names(analysis: &TextAnalysis<'_, '_>, mentions: &[Mention], marks: &[Mark], threshold: f64) -> Names {
    let kept: Vec<Mention> = mentions.iter().filter(|mention| mention.probability >= threshold).cloned().collect();
    let survey = metonymy::Survey::of(analysis.words, &kept);
    let found = (0..kept.len()).filter_map(|at| {
        let listed = survey.listed[at]?;
        let mut features = Vec::new();
        metonymy::features(analysis.words, &kept, &survey, at, &mut features);
        Some(Name { features, listed, is: mark_of(marks, &kept[at]).and_then(|mark| mark.metonymic) })
    });
    Names { found: found.collect(), wanted: marks.iter().filter(|mark| mark.metonymic == Some(true)).count() }
}
