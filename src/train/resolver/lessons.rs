//! Annotated documents as lessons: their scenes, and which candidates are right.

use crate::eval::{GoldDocument, Toponym, distance_km};
use crate::gazetteer::{Gazetteer, Place};
use crate::mention::{self, Mention};
use crate::resolve::features::{AHEAD, BEHIND, Row};
use crate::resolve::group::Group;
use crate::resolve::publisher::Home;
use crate::resolve::scene::Scene;
use crate::text::tokenise;
use std::ops::Range;

/// A document to learn from.
pub struct Lesson<'g> {
    /// Its scene.
    pub scene: Scene<'g>,
    /// Its corpus.
    pub corpus: String,
    /// What it is scored under: its corpus, and with what beside it.
    pub label: String,
    /// What it shares with documents that must not stand on the other side of a division into folds: its publisher,
    /// the event it is about, or else itself.
    pub kin: String,
    /// How much each of its groups counts.
    pub weight: f32,
    /// Per mention: what the annotators say, if they say where it is.
    pub gold: Vec<Option<Gold>>,
    /// Per mention: its folded name.
    pub names: Vec<String>,
    /// Mentions with coordinates that are no stretch of the text.
    pub lost: usize,
}

/// Where the annotators say that a mention is.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Degrees north and east.
    pub point: (f64, f64),
    /// `source:id`, if they say.
    pub id: Option<String>,
}

impl Gold {
    /// Where an annotation says that its mention is.
    fn of(toponym: &Toponym) -> Option<Self> {
        let id = toponym.geoname.map(|id| format!("geonames:{id}"));
        toponym.point.map(|point| Gold { point, id })
    }

    /// Kilometres to a place.
    pub fn km(&self, place: &Place<'_>) -> f64 {
        distance_km(self.point, (place.lat(), place.lon()))
    }
}

/// The mentions of a document in the order of the text, each with its number among the annotations if it is annotated, and
/// how many annotations with coordinates are no stretch of the text.
fn given<'g>(gold: &GoldDocument, gazetteer: &'g Gazetteer) -> (Vec<Option<usize>>, Vec<Mention<'g>>, usize) {
    let spans: Vec<Range<usize>> = gold.toponyms.iter().map(|toponym| toponym.span.clone()).collect();
    let (document, recogniser) = (&gold.document, crate::recogniser().ok());
    let tokens = tokenise(&document.text);
    let given = mention::given(document, &tokens, gazetteer, &spans);
    let lost = given.unplaced.iter().filter(|mention| gold.toponyms[mention.order].point.is_some()).count();
    let language = document.lang.as_deref();
    let round = mention::find(&document.text, language, &tokens, gazetteer, recogniser.as_ref(), None);
    let (order, mentions) = given.in_context(round.list).mentions.into_iter().unzip();
    (order, mentions, lost)
}

/// A container at least as sure as this stands beside a name.
const BESIDE: f32 = 1.5;

/// An answer this near, in kilometres, is right.
pub const RIGHT_KM: f64 = 161.0;

impl<'g> Lesson<'g> {
    /// The lesson that a document gives with a gazetteer.
    pub fn of(gold: &GoldDocument, gazetteer: &'g Gazetteer, home: Home<'g>, variant: &str) -> Self {
        let (order, mentions, lost) = given(gold, gazetteer);
        let of_mentions = order.iter().map(|at| Gold::of(&gold.toponyms[(*at)?])).collect();
        Self::with(gold, Scene::set(gazetteer, &gold.document.text, &mentions, home), of_mentions, &mentions, variant)
            .losing(lost)
    }

    /// The lesson that it gives when the gazetteer lacks the places whose container stands beside their name, but has
    /// others of that name: "Moscow, Michigan". Only these count. `None` where there are none.
    pub fn of_lacking(gold: &GoldDocument, gazetteer: &'g Gazetteer, variant: &str) -> Option<Self> {
        let (order, mut mentions, _) = given(gold, gazetteer);
        let text = gold.document.text.as_str();
        let mut of_mentions: Vec<Option<Gold>> = order.iter().map(|at| Gold::of(&gold.toponyms[(*at)?])).collect();
        let whole = Scene::set(gazetteer, text, &mentions, Home::default());
        let beside = |group: &Group<'_>| group.rows.iter().any(|row| row[BEHIND].max(row[AHEAD]) >= BESIDE);
        for ((mention, gold), &group) in mentions.iter_mut().zip(&of_mentions).zip(&whole.group_of) {
            let Some(gold) = gold.as_ref().filter(|_| beside(&whole.groups[group])) else { continue };
            let far = |(place, _): &(Place<'g>, _)| gold.km(place) > RIGHT_KM;
            if mention.senses.iter().any(far) {
                mention.senses.retain(far);
            }
        }
        let scene = Scene::set(gazetteer, text, &mentions, Home::default());
        for (gold, &group) in of_mentions.iter_mut().zip(&scene.group_of) {
            *gold = gold.take().filter(|_| scene.groups[group].astray.is_some());
        }
        let any = of_mentions.iter().any(Option::is_some);
        any.then(|| Self::with(gold, scene, of_mentions, &mentions, variant))
    }

    fn with(
        document: &GoldDocument,
        scene: Scene<'g>,
        gold: Vec<Option<Gold>>,
        mentions: &[Mention<'g>],
        variant: &str,
    ) -> Self {
        let meta = &document.document.meta;
        let event = meta.other.get("event").and_then(|event| event.as_str());
        let kin = meta.domain.as_deref().or(event).unwrap_or(&document.document.id).trim_start_matches("www.");
        Lesson {
            scene,
            label: format!("{}{variant}", document.corpus),
            corpus: document.corpus.split('.').next().unwrap_or("").to_owned(),
            kin: kin.to_owned(),
            weight: 1.0,
            gold,
            names: mentions.iter().map(|mention| mention.name.clone()).collect(),
            lost: 0,
        }
    }

    fn losing(self, lost: usize) -> Self {
        Lesson { lost, ..self }
    }

    /// What the annotators say of the mentions of each group.
    pub fn gold_of_groups(&self) -> Vec<Vec<&Gold>> {
        let mut of_groups = vec![Vec::new(); self.scene.groups.len()];
        for (gold, &group) in self.gold.iter().zip(&self.scene.group_of) {
            of_groups[group].extend(gold);
        }
        of_groups
    }
}

/// The lessons that a document gives: with the embedded gazetteer, and with others stacked on it; with its publisher, if
/// anything is known of it, and without.
pub fn lessons_of<'g>(gold: &GoldDocument, alone: &'g Gazetteer, stacked: Option<&'g Gazetteer>) -> Vec<Lesson<'g>> {
    let gazetteers = [Some(alone), stacked].into_iter().zip(["", " stacked"]);
    let mut lessons: Vec<Lesson<'g>> = Vec::new();
    for (gazetteer, variant) in gazetteers.filter_map(|(gazetteer, variant)| Some((gazetteer?, variant))) {
        lessons.push(Lesson::of(gold, gazetteer, Home::default(), variant));
        // The publisher is not always known, so that each document is learned from with it and without.
        let home = Home::of(gazetteer, &gold.document, None);
        if home.is_known() {
            lessons.push(Lesson::of(gold, gazetteer, home, &format!("{variant} publisher")));
        }
    }
    let share = corpus_weight(&lessons[0].corpus) / lessons.len() as f32;
    lessons.iter_mut().for_each(|lesson| lesson.weight = share);
    let weight = LACKING * share;
    let lacking = Lesson::of_lacking(gold, alone, " lacking").map(|lesson| Lesson { weight, ..lesson });
    lessons.extend(lacking);
    lessons
}

/// How much what is hidden counts: few names of news lack their place, and "in Aleppo, Turkey backs them" looks the same.
const LACKING: f32 = 0.4;

/// How much a mention of a corpus counts: news most; much of the same, or what is far from news, less.
fn corpus_weight(corpus: &str) -> f32 {
    match corpus {
        "idrisi_en" | "wotr" => 0.3,
        "semeval" => 0.6,
        _ => 1.0,
    }
}

/// How right each candidate of a group is.
pub struct Target {
    /// Shares of the mentions whose place it is by id.
    pub same: Vec<f32>,
    /// Shares of the mentions that it is near, the nearer the more.
    pub near: Vec<f32>,
    /// How many mentions these are shares of.
    pub mentions: usize,
}

/// A place this far off, in kilometres, is e times less right than the very place.
const SCALE_KM: f64 = 60.0;

impl Target {
    /// What the annotators' places make of a group's candidates; `None` if they have none, or no candidate is right.
    pub fn of(group: &Group<'_>, gold: &[&Gold]) -> Option<Self> {
        let count = group.candidates.len();
        let mut target = Target { same: vec![0.0; count], near: vec![0.0; count], mentions: gold.len() };
        for gold in gold {
            for (at, candidate) in group.candidates.iter().enumerate() {
                let km = gold.km(&candidate.place);
                if km <= RIGHT_KM {
                    target.near[at] += (-km / SCALE_KM).exp() as f32 / gold_count(target.mentions);
                }
                if gold.id.as_ref().is_some_and(|id| *id == candidate.place.id()) {
                    target.same[at] += 1.0 / gold_count(target.mentions);
                    target.near[at] = target.near[at].max(0.2);
                }
            }
        }
        (target.near.iter().any(|near| *near > 0.0)).then_some(target)
    }

    /// The rows and the target of the `most` likeliest candidates and the right ones.
    pub fn among(self, group: &Group<'_>, most: usize) -> (Vec<Row>, Target) {
        let mut order: Vec<usize> = (0..group.rows.len()).collect();
        let chance = |at: usize| group.probabilities.get(at).copied().unwrap_or(1.0);
        order.sort_by(|&a, &b| chance(b).total_cmp(&chance(a)));
        let right = |at: usize| self.near[at] > 0.0;
        let kept = order.iter().enumerate().filter(|(order, at)| *order < most || right(**at)).map(|(_, at)| *at);
        let kept: Vec<usize> = kept.collect();
        let pick = |shares: &[f32]| kept.iter().map(|&at| shares[at]).collect();
        let target = Target { same: pick(&self.same), near: pick(&self.near), mentions: self.mentions };
        (kept.iter().map(|&at| group.rows[at]).collect(), target)
    }
}

fn gold_count(mentions: usize) -> f32 {
    mentions.max(1) as f32
}
