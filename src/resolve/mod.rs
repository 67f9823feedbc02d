//! Candidates -> places: which place each mention is, chosen for the document as a whole.

mod chosen;
pub(crate) mod cluster;
mod container;
mod context;
mod feature_type;
pub(crate) mod features;
mod focus;
pub(crate) mod forest;
pub(crate) mod home;
mod locality;
pub(crate) mod model;
mod publisher;
pub(crate) mod resolution_context;
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
    /// The choice.
    pub place: PlaceRef<'g>,
    /// How the mention's text became the place's name; with [`Form::Locality`] the place is not what is named but where
    /// the document puts it.
    pub form: Form,
    /// How probable it is that the mention names a place and that it is this one, 0 to 1.
    pub confidence: f64,
    /// What decided for it against the next best, the strongest first.
    pub why: Vec<Why>,
    /// The next best places with their probabilities, the best first.
    pub alternatives: Vec<(PlaceRef<'g>, f64)>,
    /// What spoke for each of the alternatives against the choice; empty unless [`Settings::explain`].
    pub for_alternatives: Vec<Vec<Why>>,
}

/// How places are chosen.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether any name that no gazetteer knows is placed where the document seems to put it, as streets, buildings and
    /// organisations always are. It is right more often than not, and worth it where every mention is to have an answer.
    pub place_unknown: bool,
    /// A mention whose place is less probable than this stays without one.
    pub least_confidence: f64,
    /// Where the documents are about, if their reader knows.
    pub hint: Option<Hint>,
    /// Whether to tell what spoke for the alternatives.
    pub explain: bool,
}

/// A mention with its place, or the reason why it has none.
pub type Choice<'g> = Result<Resolved<'g>, (Mention<'g>, Reason)>;

/// Chooses a place for every mention, which come in the order of the text and are answered in it.
pub fn choose<'g>(
    gazetteer: &'g Gazetteer,
    document: &Document,
    words: &Words<'_>,
    mentions: Vec<Mention<'g>>,
    model: &Model,
    settings: &Settings,
) -> Vec<Choice<'g>> {
    let home = Home::for_document(gazetteer, words.language(), document, settings.hint.as_ref());
    let mut scene = ResolutionContext::set(gazetteer, words, &mentions, home);
    for _ in &model.rounds {
        scene.round(model);
    }
    let groups = Chosen::all(&scene.groups, model, settings.explain);
    let answers = mentions.into_iter().zip(&scene.group_of).map(|(mention, &group)| match &groups[group] {
        Some(chosen) => chosen.answer(mention, settings),
        None => Err((mention, Reason::NotInGazetteer)),
    });
    answers.collect()
}
