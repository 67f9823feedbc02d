//! Candidates -> places: which place each mention is, chosen for the document as a whole.

mod beside;
mod context;
pub(crate) mod features;
mod focus;
pub(crate) mod forest;
mod level;
mod locality;
pub(crate) mod model;
pub(crate) mod publisher;
mod reason;
pub(crate) mod scene;

pub use focus::{Focus, focus};
pub use model::Model;
pub use reason::{Reason, Unplaced};

use crate::candidate::Form;
use crate::document::Document;
use crate::gazetteer::{Gazetteer, NameKind, Place};
use crate::mention::Mention;
use publisher::Home;
use scene::{Group, Scene};

/// A mention and the place chosen for it.
#[derive(Clone, Debug)]
pub struct Resolved<'g> {
    /// The mention.
    pub mention: Mention<'g>,
    /// The choice.
    pub place: Place<'g>,
    /// What the name is to the place.
    pub name_kind: NameKind,
    /// How the mention's text became the place's name; with [`Form::Locality`] the place is not what is named but where
    /// the document puts it.
    pub form: Form,
    /// How probable it is that the mention names a place and that it is this one, 0 to 1.
    pub confidence: f64,
    /// The next best places with their probabilities, the best first.
    pub alternatives: Vec<(Place<'g>, f64)>,
}

/// How places are chosen.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// A mention whose place is less probable than this stays without one.
    pub least_confidence: f64,
}

/// A mention with its place, or the reason why it has none.
pub type Choice<'g> = Result<Resolved<'g>, (Mention<'g>, Reason)>;

/// Alternatives that are kept.
const ALTERNATIVES: usize = 4;

/// Chooses a place for every mention, which come in the order of the text and are answered in it.
pub fn choose<'g>(
    gazetteer: &'g Gazetteer,
    document: &Document,
    mentions: Vec<Mention<'g>>,
    model: &Model,
    settings: &Settings,
) -> Vec<Choice<'g>> {
    let home = Home::default();
    let mut scene = Scene::set(gazetteer, &document.text, &mentions, home);
    for _ in &model.rounds {
        scene.round(model);
    }
    let groups: Vec<Option<Chosen<'g>>> = scene.groups.iter().map(|group| Chosen::of(group, model)).collect();
    let answers = mentions.into_iter().zip(&scene.group_of).map(|(mention, &group)| match &groups[group] {
        Some(chosen) => chosen.answer(mention, settings),
        None => Err((mention, Reason::NotInGazetteer)),
    });
    answers.collect()
}

/// The choice for the mentions of a group.
struct Chosen<'g> {
    place: Place<'g>,
    name_kind: NameKind,
    form: Form,
    confidence: f64,
    alternatives: Vec<(Place<'g>, f64)>,
}

impl<'g> Chosen<'g> {
    fn of(group: &Group<'g>, model: &Model) -> Option<Self> {
        let best = group.best()?;
        let mut rest: Vec<usize> = (0..group.candidates.len()).filter(|&at| at != best).collect();
        rest.sort_by(|&a, &b| group.probabilities[b].total_cmp(&group.probabilities[a]));
        let alternatives = rest.into_iter().take(ALTERNATIVES).filter(|&at| group.probabilities[at] > 0.005);
        let candidate = &group.candidates[best];
        Some(Chosen {
            place: candidate.place,
            name_kind: candidate.kind,
            form: candidate.form,
            confidence: model.confidence(&group.rows[best], group.probabilities[best]),
            alternatives: alternatives.map(|at| (group.candidates[at].place, group.probabilities[at])).collect(),
        })
    }

    fn answer(&self, mention: Mention<'g>, settings: &Settings) -> Choice<'g> {
        let confidence = mention.probability * self.confidence;
        if confidence < settings.least_confidence {
            let alone = self.alternatives.is_empty();
            return Err((mention, if alone { Reason::Doubtful } else { Reason::Ambiguous }));
        }
        Ok(Resolved {
            mention,
            place: self.place,
            name_kind: self.name_kind,
            form: self.form,
            confidence,
            alternatives: self.alternatives.clone(),
        })
    }
}
