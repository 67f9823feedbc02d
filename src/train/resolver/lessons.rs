//! Annotated documents as lessons: their scenes, and which candidates are right.

use crate::eval::{GoldDocument, Toponym, distance_km};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::mention::{self, Mention};
use crate::resolve::cluster::MentionCluster;
use crate::resolve::features::{AHEAD, BEHIND, Row};
use crate::resolve::home::Home;
use crate::resolve::resolution_context::ResolutionContext;
use crate::text::{Tokens, Words};

/// A document to learn from.
pub struct Lesson<'g> {
    /// Its scene.
    pub scene: ResolutionContext<'g>,
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
    pub fn km(&self, place: &PlaceRef<'_>) -> f64 {
        distance_km(self.point, (place.lat(), place.lon()))
    }
}

/// A document read with a gazetteer.
struct Reading<'d, 'g> {
    document: &'d GoldDocument,
    words: &'d Words<'d>,
    gazetteer: &'g Gazetteer,
    /// Its mentions in the order of the text: those annotated and what is found besides.
    mentions: Vec<Mention<'g>>,
    /// Per mention: what the annotators say, if they say where it is.
    gold: Vec<Option<Gold>>,
    /// Annotations with coordinates that are no stretch of the text.
    lost: usize,
}

/// A container at least as sure as this stands beside a name.
const BESIDE: f32 = 1.5;

/// An answer this near, in kilometres, is right.
pub const RIGHT_KM: f64 = 161.0;

impl<'d, 'g> Reading<'d, 'g> {
    fn of(
        document: &'d GoldDocument,
        tokens: &'d Tokens,
        words: &'d Words<'d>,
        language: &str,
        gazetteer: &'g Gazetteer,
    ) -> Self {
        let spans = document
            .document
            .byte_spans(document.toponyms.iter().map(|toponym| (toponym.span.start, toponym.span.end)));
        let (read, recognisers) = (&document.document, crate::recognisers().unwrap_or_default());
        let recogniser = recognisers.iter().find(|model| model.knows(language));
        let given = mention::given(read, tokens, gazetteer, &spans);
        let lost = given.unplaced.iter().filter(|mention| document.toponyms[mention.order].point.is_some()).count();
        let round = mention::find(words, gazetteer, recogniser, None);
        let gold = |order: Option<usize>| Gold::of(&document.toponyms[order?]);
        let mentions = given.in_context(round.list).mentions.into_iter();
        let (gold, mentions) = mentions.map(|(order, mention)| (gold(order), mention)).unzip();
        Reading { document, words, gazetteer, mentions, gold, lost }
    }

    fn scene(&self, home: Home<'g>) -> ResolutionContext<'g> {
        ResolutionContext::set(self.gazetteer, self.words, &self.mentions, home)
    }

    /// What is to be learned from it.
    fn lesson(&self, home: Home<'g>, variant: &str) -> Lesson<'g> {
        let meta = &self.document.document.meta;
        let event = meta.other.get("event").and_then(|event| event.as_str());
        let kin = meta.domain.as_deref().or(event).unwrap_or(&self.document.document.id).trim_start_matches("www.");
        Lesson {
            scene: self.scene(home),
            label: format!("{}{variant}", self.document.corpus),
            corpus: self.document.corpus.split('.').next().unwrap_or("").to_owned(),
            kin: kin.to_owned(),
            weight: 1.0,
            gold: self.gold.clone(),
            names: self.mentions.iter().map(|mention| mention.name.clone()).collect(),
            lost: self.lost,
        }
    }

    /// What is to be learned when the gazetteer lacks the places whose container stands beside their name, but has others
    /// of that name: "Moscow, Michigan". Only these count. `None` where there are none.
    fn lacking(mut self, variant: &str) -> Option<Lesson<'g>> {
        let whole = self.scene(Home::default());
        let beside = |group: &MentionCluster<'_>| group.rows.iter().any(|row| row[BEHIND].max(row[AHEAD]) >= BESIDE);
        for ((mention, gold), &group) in self.mentions.iter_mut().zip(&self.gold).zip(&whole.group_of) {
            let Some(gold) = gold.as_ref().filter(|_| beside(&whole.groups[group])) else { continue };
            let far = |(place, _): &(PlaceRef<'g>, _)| gold.km(place) > RIGHT_KM;
            if mention.senses.iter().any(far) {
                mention.senses.retain(far);
            }
        }
        let mut lesson = Lesson { lost: 0, ..self.lesson(Home::default(), variant) };
        for (gold, &group) in lesson.gold.iter_mut().zip(&lesson.scene.group_of) {
            *gold = gold.take().filter(|_| lesson.scene.groups[group].stated_container.is_some());
        }
        lesson.gold.iter().any(Option::is_some).then_some(lesson)
    }
}

impl<'g> Lesson<'g> {
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
    let (tokens, language) = mention::read_tokens(&gold.document.text, gold.document.lang.as_deref());
    let (words, language) = mention::read_words(&gold.document.text, &tokens, Some(&language));
    let gazetteers = [Some(alone), stacked].into_iter().flatten();
    let readings = gazetteers.map(|gazetteer| Reading::of(gold, &tokens, &words, &language, gazetteer));
    let readings: Vec<Reading<'_, 'g>> = readings.collect();
    let mut lessons: Vec<Lesson<'g>> = Vec::new();
    for (reading, variant) in readings.iter().zip(["", " stacked"]) {
        lessons.push(reading.lesson(Home::default(), variant));
        // The publisher is not always known, so that each document is learned from with it and without.
        let home = Home::for_document(reading.gazetteer, words.language(), &gold.document, None);
        if home.is_known() {
            lessons.push(reading.lesson(home, &format!("{variant} publisher")));
        }
    }
    let share = corpus_weight(&lessons[0].corpus) / lessons.len() as f32;
    lessons.iter_mut().for_each(|lesson| lesson.weight = share);
    let lacking = readings.into_iter().next().and_then(|alone| alone.lacking(" lacking"));
    lessons.extend(lacking.map(|lesson| Lesson { weight: LACKING * share, ..lesson }));
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
    pub fn of(group: &MentionCluster<'_>, gold: &[&Gold]) -> Option<Self> {
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
    pub fn among(self, group: &MentionCluster<'_>, most: usize) -> (Vec<Row>, Target) {
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
