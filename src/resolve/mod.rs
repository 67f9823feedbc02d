//! Candidates -> places: which place each mention is, chosen for the document as a whole.

mod beside;
mod context;
pub(crate) mod features;
mod focus;
pub(crate) mod forest;
pub(crate) mod group;
mod level;
mod locality;
pub(crate) mod model;
pub(crate) mod publisher;
pub(crate) mod scene;
mod why;

pub use focus::{Focus, focus};
pub use model::Model;
pub use publisher::Hint;
pub use why::{Topic, Why};

use crate::candidate::{Candidate, Form};
use crate::document::Document;
use crate::gazetteer::{Gazetteer, NameKind, Place};
use crate::mention::{Mention, Reason};
use group::Group;
use publisher::Home;
use scene::Scene;

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
    /// What decided for it against the next best, the strongest first.
    pub why: Vec<Why>,
    /// The next best places with their probabilities, the best first.
    pub alternatives: Vec<(Place<'g>, f64)>,
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

/// Alternatives that are kept.
const ALTERNATIVES: usize = 4;

/// Alternatives less probable than this are not kept.
const LEAST: f64 = 0.005;

/// Chooses a place for every mention, which come in the order of the text and are answered in it.
pub fn choose<'g>(
    gazetteer: &'g Gazetteer,
    document: &Document,
    mentions: Vec<Mention<'g>>,
    model: &Model,
    settings: &Settings,
) -> Vec<Choice<'g>> {
    let home = Home::of(gazetteer, document, settings.hint.as_ref());
    let mut scene = Scene::set(gazetteer, &document.text, &mentions, home);
    for _ in &model.rounds {
        scene.round(model);
    }
    let groups: Vec<Option<Chosen<'g>>> =
        scene.groups.iter().map(|group| Chosen::of(group, model, settings.explain)).collect();
    let answers = mentions.into_iter().zip(&scene.group_of).map(|(mention, &group)| match &groups[group] {
        Some(chosen) => chosen.answer(mention, settings),
        None => Err((mention, Reason::NotInGazetteer)),
    });
    answers.collect()
}

/// What no gazetteer knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// A street, a building, an organisation: smaller than its locality, and so in it.
    Facility,
    /// A place that the text itself says to be there.
    Said,
    /// Any other name.
    Name,
}

/// The choice for the mentions of a group.
struct Chosen<'g> {
    candidate: Candidate<'g>,
    /// What it is, if only its locality is known.
    locality: Option<Unknown>,
    confidence: f64,
    why: Vec<Why>,
    alternatives: Vec<(Place<'g>, f64)>,
    for_alternatives: Vec<Vec<Why>>,
}

impl<'g> Chosen<'g> {
    fn of(group: &Group<'g>, model: &Model, explain: bool) -> Option<Self> {
        let best = group.best()?;
        let mut rest: Vec<usize> = (0..group.candidates.len()).filter(|&at| at != best).collect();
        rest.sort_by(|&a, &b| group.probabilities[b].total_cmp(&group.probabilities[a]));
        let kept = rest.iter().copied().take(ALTERNATIVES).filter(|&at| group.probabilities[at] > LEAST);
        let kept: Vec<usize> = kept.collect();
        let candidate = group.candidates[best];
        let between = |own: usize, rival: usize| {
            let forest = model.rounds.last();
            forest.map_or(Vec::new(), |forest| why::between(forest, &group.rows[own], &group.rows[rival]))
        };
        Some(Chosen {
            candidate,
            locality: match candidate.form {
                Form::Locality if group.rows[best][features::FACILITY] > 0.0 => Some(Unknown::Facility),
                Form::Locality if group.rows[best][features::BEHIND] > 0.0 => Some(Unknown::Said),
                Form::Locality => Some(Unknown::Name),
                _ => None,
            },
            confidence: model.confidence(&group.rows[best], group.probabilities[best]),
            why: match (candidate.form, rest.first()) {
                (Form::Locality, _) => why::alone(Topic::Locality),
                (_, None) => why::alone(Topic::Alone),
                (_, Some(&rival)) => between(best, rival),
            },
            alternatives: kept.iter().map(|&at| (group.candidates[at].place, group.probabilities[at])).collect(),
            for_alternatives: kept.iter().filter(|_| explain).map(|&at| between(at, best)).collect(),
        })
    }

    fn answer(&self, mention: Mention<'g>, settings: &Settings) -> Choice<'g> {
        let confidence = mention.probability * self.confidence;
        if self.locality == Some(Unknown::Name) && !settings.place_unknown {
            return Err((mention, Reason::NotInGazetteer));
        }
        if confidence < settings.least_confidence {
            let reason = match () {
                () if self.candidate.form == Form::Locality => Reason::NotInGazetteer,
                () if self.alternatives.is_empty() => Reason::Doubtful,
                () => Reason::Ambiguous,
            };
            return Err((mention, reason));
        }
        Ok(Resolved {
            mention,
            place: self.candidate.place,
            name_kind: self.candidate.kind,
            form: self.candidate.form,
            confidence,
            why: self.why.clone(),
            alternatives: self.alternatives.clone(),
            for_alternatives: self.for_alternatives.clone(),
        })
    }
}
