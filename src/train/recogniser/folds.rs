//! What models find in texts that they were not trained on: each part of the geoparsing corpora by a model of the others.

use super::constraints::Mark;
use super::corpus::Source;
use super::optimise::{self, Data};
use super::{Settings, write};
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::model::{About, Model, ModelError};
use crate::mention::{Analysis, Kind, Mention, metonymy};
use crate::text::tokenise;

/// More models than this are not trained for it.
const MOST: usize = 4;

/// Which texts are held out together: those of a corpus, for the texts of the user are of none of them; of a single one every
/// fourth document.
pub struct Folds {
    /// Of each source the number of the corpus that it is, `None` for those that are never held out.
    corpora: Vec<Option<usize>>,
    /// How many different ones there are.
    different: usize,
}

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
}

/// The names of a document whose annotators tell which stand for people.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The features of each place found, and whether it stands for people; `None` where it is no annotated place.
    pub found: Vec<(Vec<u32>, Option<bool>)>,
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
        Folds { corpora, different: known.len() }
    }

    /// The fold of a source's text.
    pub fn of_text(&self, source: usize, number: usize) -> Option<usize> {
        let corpus = self.corpora.get(source).copied().flatten()?;
        Some(if self.different > 1 { corpus } else { number } % MOST)
    }

    /// Trains a model for each fold on all other texts, as many at a time as there are processors, and has it find the
    /// mentions of the fold's texts.
    ///
    /// # Errors
    /// When a fold's model cannot be read back.
    pub fn held_out(
        &self,
        gazetteer: &Gazetteer,
        sources: &[Source],
        data: &Data,
        settings: &Settings,
        step: &mut dyn FnMut(&str),
    ) -> Result<Held, ModelError> {
        let folds: Vec<usize> = match self.different {
            0 => Vec::new(),
            1 => (0..MOST).collect(),
            more => (0..more.min(MOST)).collect(),
        };
        let mut held = Held::default();
        let at_once = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
        for some in folds.chunks(at_once) {
            step(&format!("training on all but part {some:?} of {}", folds.len()));
            let found: Vec<Result<Held, ModelError>> = std::thread::scope(|scope| {
                let run = |&fold: &usize| scope.spawn(move || self.of_fold(fold, gazetteer, sources, data, settings));
                let threads: Vec<_> = some.iter().map(run).collect();
                let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                };
                threads.into_iter().map(join).collect()
            });
            for found in found {
                let Held { samples, names } = found?;
                held.samples.extend(samples);
                held.names.extend(names);
            }
        }
        Ok(held)
    }

    fn of_fold(
        &self,
        fold: usize,
        gazetteer: &Gazetteer,
        sources: &[Source],
        data: &Data,
        settings: &Settings,
    ) -> Result<Held, ModelError> {
        let mut random = fastrand::Rng::with_seed(settings.seed.wrapping_add(1 + fold as u64));
        let trained = optimise::optimise(data, Some(fold), settings, &mut random, &mut |_| {});
        let about = About { languages: settings.languages.clone(), ..About::default() };
        let model = Model::from_bytes(&write::write(&trained, &about, settings.features))?;
        drop(trained);
        let mut held = Held::default();
        for (at, source) in sources.iter().enumerate() {
            let Some(corpus) = self.corpora.get(at).copied().flatten() else { continue };
            // Names count once; mentions as often as they are learned from.
            let first = self.corpora.iter().position(|other| *other == Some(corpus)) == Some(at);
            for (_, example) in
                source.examples().iter().enumerate().filter(|(number, _)| self.of_text(at, *number) == Some(fold))
            {
                let tokens = tokenise(&example.text);
                let analysis = Analysis::of(&example.text, &tokens, gazetteer);
                let mentions = analysis.mentions(gazetteer, Some(&model), None);
                held.samples.extend(mentions.iter().map(|mention| Sample {
                    given: mention.probability,
                    right: mark_of(&example.marks, mention).is_some(),
                    demonym: mention.kind == Kind::Demonym,
                    corpus,
                }));
                let told = first && example.marks.iter().any(|mark| mark.metonymic.is_some());
                held.names.extend(told.then(|| names(&analysis, &mentions, &example.marks, settings.threshold)));
            }
        }
        Ok(held)
    }
}

fn mark_of<'m>(marks: &'m [Mark], mention: &Mention) -> Option<&'m Mark> {
    marks.iter().find(|mark| mark.range == (mention.start..mention.end))
}

fn names(analysis: &Analysis<'_, '_>, mentions: &[Mention], marks: &[Mark], threshold: f64) -> Names {
    let kept: Vec<Mention> = mentions.iter().filter(|mention| mention.probability >= threshold).cloned().collect();
    let survey = metonymy::Survey::of(&analysis.words, &kept);
    let found = (0..kept.len()).filter(|&at| survey.listed[at].is_some()).map(|at| {
        let mut features = Vec::new();
        metonymy::features(&analysis.words, &kept, &survey, at, &mut features);
        (features, mark_of(marks, &kept[at]).and_then(|mark| mark.metonymic))
    });
    Names { found: found.collect(), wanted: marks.iter().filter(|mark| mark.metonymic == Some(true)).count() }
}
