//! What is chosen for a group, with how sure that is and why.

use super::cluster::MentionCluster;
use super::features as f;
use super::model::Model;
use super::why::{self, Topic, Why};
use super::{Choice, Resolved, Settings};
use crate::candidate::{Candidate, Form};
use crate::gazetteer::PlaceRef;
use crate::mention::{Mention, Reason};

/// Alternatives that are kept.
const ALTERNATIVES: usize = 4;

/// Alternatives less probable than this are not kept.
const LEAST: f64 = 0.005;

/// Groups that the model is asked about together, so that the candidates that it scores side by side are many.
const TOGETHER: usize = 64;

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
pub struct Chosen<'g> {
    candidate: Candidate<'g>,
    /// What it is, if only its locality is known.
    locality: Option<Unknown>,
    confidence: f64,
    why: Vec<Why>,
    alternatives: Vec<(PlaceRef<'g>, f64)>,
    for_alternatives: Vec<Vec<Why>>,
}

/// Which of a group's candidates is chosen, by their numbers.
struct Pick {
    best: usize,
    /// The next best, against which reasons are told; none for a locality.
    rival: Option<usize>,
    /// The alternatives.
    kept: Vec<usize>,
}

impl Pick {
    fn of(group: &MentionCluster<'_>) -> Option<Self> {
        let best = group.best()?;
        let mut rest: Vec<usize> = (0..group.candidates.len()).filter(|&at| at != best).collect();
        rest.sort_by(|&a, &b| group.probabilities[b].total_cmp(&group.probabilities[a]));
        let kept = rest.iter().copied().take(ALTERNATIVES).filter(|&at| group.probabilities[at] > LEAST);
        let named = group.candidates[best].form != Form::Locality;
        Some(Pick { best, rival: rest.first().copied().filter(|_| named), kept: kept.collect() })
    }

    /// The candidates of which is to be told what spoke for one against the other: for the choice, and for the alternatives.
    fn pairs(&self, explain: bool) -> impl Iterator<Item = (usize, usize)> {
        let kept = self.kept.iter().filter(move |_| explain).map(|&at| (at, self.best));
        self.rival.map(|rival| (self.best, rival)).into_iter().chain(kept)
    }
}

impl<'g> Chosen<'g> {
    /// The choice for each group, if it has candidates; `explain` tells whether to say what spoke for the alternatives.
    pub fn all(groups: &[MentionCluster<'g>], model: &Model, explain: bool) -> Vec<Option<Self>> {
        groups.chunks(TOGETHER).flat_map(|groups| Self::together(groups, model, explain)).collect()
    }

    fn together(groups: &[MentionCluster<'g>], model: &Model, explain: bool) -> Vec<Option<Self>> {
        let picks: Vec<Option<Pick>> = groups.iter().map(Pick::of).collect();
        let picked = || groups.iter().zip(&picks).filter_map(|(group, pick)| Some((group, pick.as_ref()?)));
        let sure = picked().map(|(group, pick)| (&group.rows[pick.best], group.probabilities[pick.best]));
        let mut confidences = model.confidences(sure).into_iter();
        let rows = |(group, pick): (&'_ MentionCluster<'g>, &'_ Pick)| {
            pick.pairs(explain).map(|(own, rival)| (group.rows[own], group.rows[rival])).collect::<Vec<_>>()
        };
        let pairs: Vec<_> = picked().flat_map(rows).collect();
        let mut whys = model.rounds.last().map_or(Vec::new(), |forest| why::between(forest, &pairs)).into_iter();
        let mut reasons = || whys.next().unwrap_or_default();
        let each = groups.iter().zip(&picks).map(|(group, pick)| {
            let pick = pick.as_ref()?;
            Some(Self::of(group, pick, confidences.next()?, explain, &mut reasons))
        });
        each.collect()
    }

    /// What is picked of a group; `reasons` tells what spoke for it, and then, to `explain`, what for each alternative.
    fn of(
        group: &MentionCluster<'g>,
        pick: &Pick,
        confidence: f64,
        explain: bool,
        reasons: &mut impl FnMut() -> Vec<Why>,
    ) -> Self {
        let (candidate, row) = (group.candidates[pick.best], &group.rows[pick.best]);
        Chosen {
            candidate,
            locality: match candidate.form {
                Form::Locality if row[f::FACILITY] > 0.0 => Some(Unknown::Facility),
                Form::Locality if row[f::BEHIND] > 0.0 => Some(Unknown::Said),
                Form::Locality => Some(Unknown::Name),
                _ => None,
            },
            confidence,
            why: match (candidate.form, pick.rival) {
                (Form::Locality, _) => why::alone(Topic::Locality),
                (_, None) => why::alone(Topic::Alone),
                (_, Some(_)) => reasons(),
            },
            alternatives: pick.kept.iter().map(|&at| (group.candidates[at].place, group.probabilities[at])).collect(),
            for_alternatives: pick.kept.iter().filter(|_| explain).map(|_| reasons()).collect(),
        }
    }

    /// The answer for one of the mentions.
    pub fn answer(&self, mention: Mention<'g>, settings: &Settings) -> Choice<'g> {
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
            form: self.candidate.form,
            confidence,
            why: self.why.clone(),
            alternatives: self.alternatives.clone(),
            for_alternatives: self.for_alternatives.clone(),
        })
    }
}
