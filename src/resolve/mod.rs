//! Candidates -> places: which place each mention is, chosen for the document as a whole.

mod adjacent;
mod allowed;
mod candidate_features;
mod chosen;
pub(crate) mod cluster;
mod clustering;
mod container;
mod context;
mod contract;
mod contrast;
mod enumerated;
mod facility;
mod feature_type;
pub(crate) mod features;
mod focus;
pub(crate) mod forest;
mod headed;
pub(crate) mod home;
mod locality;
pub(crate) mod model;
mod publisher;
pub(crate) mod resolution_context;
mod rows;
mod sequence;
mod statement;
#[cfg(test)]
mod testing;
mod variety;
mod vicinity;
mod why;

pub use focus::{Focus, focus};
pub use home::Hint;
pub use model::Model;
pub use why::{Topic, Why};

use crate::candidate::Form;
use crate::document::Document;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::mention::{Mention, Reason};
use crate::text::Words;
use chosen::Chosen;
use home::Home;
use resolution_context::ResolutionContext;

/// A mention and the place chosen for it.
#[derive(Clone, Debug)]
pub struct Resolved<'g> {
    /// The mention.
    pub mention: Mention<'g>,
    /// The place.
    pub place: PlaceRef<'g>,
    /// How the mention's text became the place's name; with [`Form::Locality`] the place is not the named one, but where the document
    /// puts that.
    pub form: Form,
    /// With [`Form::Locality`], how far what is meant may lie from the point of the place, in kilometres.
    pub within_km: Option<f64>,
    /// The probability that the mention names a place and that it is this one, 0 to 1.
    pub confidence: f64,
    /// The reasons for it against the next best, the strongest first.
    pub why: Vec<Why>,
    /// The next best places with their probabilities, the best first.
    pub alternatives: Vec<(PlaceRef<'g>, f64)>,
    /// The reasons for each of the alternatives against the choice; empty unless [`Settings::explain`].
    pub for_alternatives: Vec<Vec<Why>>,
}

/// How places are chosen.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// A mention whose confidence is less than this, 0 to 1, stays without a place.
    pub least_confidence: f64,
    /// The same of a name that no gazetteer knows and that the text puts nowhere: it would be placed where the document seems to be.
    /// More than 1 leaves every such name without a place.
    pub least_unknown: f64,
    /// Where the documents are about, if their reader says so.
    pub hint: Option<Hint>,
    /// Whether to give the reasons for the alternatives.
    pub explain: bool,
}

/// A mention with its place, or the reason why it has none.
pub type Choice<'g> = Result<Resolved<'g>, (Mention<'g>, Reason)>;

/// Chooses a place for every mention; the mentions and the choices are in the order of the text.
pub fn choose<'g>(
    gazetteer: &'g Gazetteer,
    document: &Document,
    words: &Words<'_>,
    mentions: Vec<Mention<'g>>,
    model: &Model,
    settings: &Settings,
) -> Vec<Choice<'g>> {
    let home = Home::for_document(gazetteer, words, document, settings.hint.as_ref());
    let mut context = ResolutionContext::new(gazetteer, words, &mentions, home);
    model.rounds.iter().for_each(|forest| context.run_round(forest));
    let chosen = Chosen::all(&context.clusters, model, settings.explain);
    let answers = mentions.into_iter().zip(&context.cluster_of).map(|(mention, &cluster)| match &chosen[cluster] {
        Some(chosen) => chosen.answer(mention, settings),
        None => Err((mention, Reason::NotInGazetteer)),
    });
    answers.collect()
}
