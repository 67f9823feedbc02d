//! What the annotators say, and how right it makes each candidate of a cluster.

use crate::eval::{Toponym, distance_km};
use crate::gazetteer::PlaceRef;
use crate::resolve::cluster::MentionCluster;
use crate::resolve::features::Row;

/// Where the annotators say that a mention is.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Degrees north and east.
    pub point: (f64, f64),
    /// `source:id`, if they say.
    pub id: Option<String>,
}

/// An answer within this many kilometres is right.
pub const RIGHT_KM: f64 = 161.0;

impl Gold {
    /// Where an annotation says that its mention is; `None` if it does not say.
    pub fn new(toponym: &Toponym) -> Option<Self> {
        let id = toponym.geoname.map(|id| format!("geonames:{id}"));
        toponym.point.map(|point| Gold { point, id })
    }

    /// Kilometres to a place.
    pub fn km(&self, place: &PlaceRef<'_>) -> f64 {
        distance_km(self.point, (place.lat(), place.lon()))
    }

    /// Whether a place is near enough to be right.
    pub fn is_near(&self, place: &PlaceRef<'_>) -> bool {
        self.km(place) <= RIGHT_KM
    }
}

/// How right each candidate of a cluster is.
pub struct Target {
    /// Shares of the mentions whose place it is by id.
    pub same: Vec<f32>,
    /// Shares of the mentions that it is near, the nearer the more.
    pub near: Vec<f32>,
    /// Number of mentions that these are shares of.
    pub mentions: usize,
}

/// A place this many kilometres away counts e times less than the very place.
const SCALE_KM: f64 = 60.0;

/// What a candidate with the annotators' id counts at least, however far from their point.
const LEAST_FOR_ID: f32 = 0.2;

impl Target {
    /// How right the candidates of a cluster are, whose mentions have this gold; `None` if no candidate is right.
    pub fn new(cluster: &MentionCluster<'_>, gold: &[&Gold]) -> Option<Self> {
        let count = cluster.candidates.len();
        let mut target = Target { same: vec![0.0; count], near: vec![0.0; count], mentions: gold.len() };
        let share = 1.0 / gold.len().max(1) as f32;
        for gold in gold {
            for (at, candidate) in cluster.candidates.iter().enumerate() {
                let km = gold.km(&candidate.place);
                if km <= RIGHT_KM {
                    target.near[at] += share * (-km / SCALE_KM).exp() as f32;
                }
                if gold.id.as_ref().is_some_and(|id| *id == candidate.place.id()) {
                    target.same[at] += share;
                    target.near[at] = target.near[at].max(LEAST_FOR_ID);
                }
            }
        }
        target.near.iter().any(|near| *near > 0.0).then_some(target)
    }

    /// The rows and the target of the `most` likeliest candidates and of the right ones.
    pub fn reduced(self, cluster: &MentionCluster<'_>, most: usize) -> (Vec<Row>, Target) {
        let mut order: Vec<usize> = (0..cluster.rows.len()).collect();
        let chance = |at: usize| cluster.probabilities.get(at).copied().unwrap_or(1.0);
        order.sort_by(|&a, &b| chance(b).total_cmp(&chance(a)));
        let right = |at: usize| self.near[at] > 0.0;
        let kept = order.iter().enumerate().filter(|(order, at)| *order < most || right(**at)).map(|(_, at)| *at);
        let kept: Vec<usize> = kept.collect();
        let pick = |shares: &[f32]| kept.iter().map(|&at| shares[at]).collect();
        let target = Target { same: pick(&self.same), near: pick(&self.near), mentions: self.mentions };
        (kept.iter().map(|&at| cluster.rows[at]).collect(), target)
    }
}
