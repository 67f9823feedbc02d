//! The choice for a cluster, with its confidence, its reasons and the alternatives.

use super::cluster::MentionCluster;
use super::context::is_wide;
use super::features as f;
use super::model::Model;
use super::why::{self, Topic, Why};
use super::{Choice, Resolved, Settings};
use crate::candidate::{Candidate, Form};
use crate::gazetteer::PlaceRef;
use crate::mention::{Kind, Mention, Reason};

/// Alternatives that are kept, at most.
const ALTERNATIVES: usize = 4;

/// The least probability of an alternative.
const LEAST: f64 = 0.005;

/// Clusters whose choices are scored together, because the model scores many rows side by side.
const TOGETHER: usize = 64;

/// What kind of name is placed at its locality.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// A street, a building or an organisation: smaller than its locality, and so in it.
    Facility,
    /// A place that the text itself puts there.
    Stated,
    /// Any other name.
    Name,
}

impl Unknown {
    /// How far what is meant may lie from the point of its locality, in kilometres. Four of five streets and stated places of
    /// `data/corpus` lie that near, and two of three other names.
    fn within_km(self, locality: &PlaceRef<'_>) -> f64 {
        match self {
            _ if is_wide(locality) => 1500.0,
            _ if locality.is_division1() => 150.0,
            _ if locality.class() == 'A' => 50.0,
            Unknown::Facility | Unknown::Stated => 25.0,
            Unknown::Name => 120.0,
        }
    }
}

/// The choice for the mentions of a cluster.
pub struct Chosen<'g> {
    candidate: Candidate<'g>,
    /// What kind of name it is, if only its locality is known.
    locality: Option<Unknown>,
    confidence: f64,
    why: Vec<Why>,
    alternatives: Vec<(PlaceRef<'g>, f64)>,
    for_alternatives: Vec<Vec<Why>>,
}

/// Indexes of the candidates of a cluster that are in its answer.
struct Pick {
    /// The choice.
    best: usize,
    /// The next best candidate, with which reasons compare the choice; none for a locality.
    rival: Option<usize>,
    /// The alternatives.
    kept: Vec<usize>,
}

impl Pick {
    fn new(cluster: &MentionCluster<'_>) -> Option<Self> {
        let best = cluster.best()?;
        let mut rest: Vec<usize> = (0..cluster.candidates.len()).filter(|&at| at != best).collect();
        rest.sort_by(|&a, &b| cluster.probabilities[b].total_cmp(&cluster.probabilities[a]));
        let kept = rest.iter().copied().take(ALTERNATIVES).filter(|&at| cluster.probabilities[at] > LEAST);
        let named = cluster.candidates[best].form != Form::Locality;
        Some(Pick { best, rival: rest.first().copied().filter(|_| named), kept: kept.collect() })
    }

    /// The pairs of candidates that reasons compare: the choice with its rival, and, to explain, each alternative with the choice.
    fn pairs(&self, explain: bool) -> impl Iterator<Item = (usize, usize)> {
        let kept = self.kept.iter().filter(move |_| explain).map(|&at| (at, self.best));
        self.rival.map(|rival| (self.best, rival)).into_iter().chain(kept)
    }
}

impl<'g> Chosen<'g> {
    /// The choice for each cluster, `None` if it has no candidate. With `explain` the alternatives have reasons too.
    pub fn all(clusters: &[MentionCluster<'g>], model: &Model, explain: bool) -> Vec<Option<Self>> {
        clusters.chunks(TOGETHER).flat_map(|clusters| Self::together(clusters, model, explain)).collect()
    }

    fn together(clusters: &[MentionCluster<'g>], model: &Model, explain: bool) -> Vec<Option<Self>> {
        let picks: Vec<Option<Pick>> = clusters.iter().map(Pick::new).collect();
        let picked = || clusters.iter().zip(&picks).filter_map(|(cluster, pick)| Some((cluster, pick.as_ref()?)));
        let sure = picked().map(|(cluster, pick)| (&cluster.rows[pick.best], cluster.probabilities[pick.best]));
        let mut confidences = model.confidences(sure).into_iter();
        let rows = |(cluster, pick): (&'_ MentionCluster<'g>, &'_ Pick)| {
            pick.pairs(explain).map(|(own, rival)| (cluster.rows[own], cluster.rows[rival])).collect::<Vec<_>>()
        };
        let pairs: Vec<_> = picked().flat_map(rows).collect();
        let mut whys = model.rounds.last().map_or(Vec::new(), |forest| why::between(forest, &pairs)).into_iter();
        let mut reasons = || whys.next().unwrap_or_default();
        let each = clusters.iter().zip(&picks).map(|(cluster, pick)| {
            let pick = pick.as_ref()?;
            Some(Self::new(cluster, pick, confidences.next()?, explain, &mut reasons))
        });
        each.collect()
    }

    /// The choice for a cluster. `reasons` gives those of the choice, and then, to `explain`, those of each alternative.
    fn new(
        cluster: &MentionCluster<'g>,
        pick: &Pick,
        confidence: f64,
        explain: bool,
        reasons: &mut impl FnMut() -> Vec<Why>,
    ) -> Self {
        let (candidate, row) = (cluster.candidates[pick.best], &cluster.rows[pick.best]);
        let best = cluster.probabilities[pick.best];
        // What the user's own list says is not estimated from how well known places are.
        let confidence = if candidate.is_own() { confidence.max(best) } else { confidence };
        // The alternatives share what the choice leaves, and none is more probable than it.
        let left = (1.0 - confidence) / (1.0 - best).max(f64::MIN_POSITIVE);
        let share = |at: usize| (cluster.probabilities[at] * left).min(confidence);
        Chosen {
            candidate,
            locality: match candidate.form {
                Form::Locality if row[f::FACILITY] > 0.0 => Some(Unknown::Facility),
                Form::Locality if row[f::CONTAINER_BEHIND] > 0.0 => Some(Unknown::Stated),
                Form::Locality => Some(Unknown::Name),
                _ => None,
            },
            confidence,
            why: match (candidate.form, pick.rival) {
                (Form::Locality, _) => why::alone(Topic::Locality),
                (_, None) => why::alone(cluster.limited_by.unwrap_or(Topic::Alone)),
                (_, Some(_)) => reasons(),
            },
            alternatives: pick.kept.iter().map(|&at| (cluster.candidates[at].answer, share(at))).collect(),
            for_alternatives: pick.kept.iter().filter(|_| explain).map(|_| reasons()).collect(),
        }
    }

    /// The answer for one of the cluster's mentions.
    pub fn answer(&self, mention: Mention<'g>, settings: &Settings) -> Choice<'g> {
        let confidence = mention.probability * self.confidence;
        let least = match self.locality {
            Some(Unknown::Name) if mention.kind == Kind::Demonym => f64::INFINITY,
            Some(Unknown::Name) => settings.least_unknown,
            _ => settings.least_confidence,
        };
        if confidence < least {
            let reason = match () {
                () if self.candidate.form == Form::Locality => Reason::NotInGazetteer,
                () if self.alternatives.is_empty() => Reason::Doubtful,
                () => Reason::Ambiguous,
            };
            return Err((mention, reason));
        }
        let probability = mention.probability;
        let alternatives = self.alternatives.iter().map(|(place, share)| (*place, share * probability)).collect();
        Ok(Resolved {
            mention,
            place: self.candidate.answer,
            form: self.candidate.form,
            within_km: self.locality.map(|unknown| unknown.within_km(&self.candidate.place)),
            confidence,
            why: self.why.clone(),
            alternatives,
            for_alternatives: self.for_alternatives.clone(),
        })
    }
}
