//! A document's mentions in groups that must be one place each, with what is known of every candidate.

use super::beside::{self, Astray};
use super::context::{Facts, Likely, Surroundings};
use super::features::{self as f, COUNT, Row, log_km};
use super::level::{self, Levels};
use super::locality;
use super::model::{Model, softmax};
use super::publisher::Home;
use crate::candidate::{Candidate, Form, candidates};
use crate::embedded::lexicon;
use crate::gazetteer::{Gazetteer, NameKind};
use crate::mention::{Kind, Mention};
use crate::text::lexicon::Roles;
use rustc_hash::FxHashMap;

/// Mentions that must be the same place: those of one name, and of one container if they name it ("Paris, Texas").
pub struct Group<'g> {
    /// The places it may be: those of the name first, then the localities of the round.
    pub candidates: Vec<Candidate<'g>>,
    /// What is asked of each again and again.
    pub facts: Vec<Facts<'g>>,
    /// The features of each.
    pub rows: Vec<Row>,
    /// The probability of each.
    pub probabilities: Vec<f64>,
    /// The first of its mentions, by their numbers.
    pub spots: Vec<usize>,
    /// How many candidates bear the name, in some form.
    named: usize,
    /// Which distinct name it is.
    name: usize,
    /// How probable its mentions are, added up.
    weight: f64,
    /// Whether it is to be sought in the places that the document speaks of.
    roams: bool,
    /// Where the text puts it although no candidate lies there.
    pub astray: Option<Astray>,
}

/// All groups of a document.
pub struct Scene<'g> {
    /// The groups, in the order of their first mentions.
    pub groups: Vec<Group<'g>>,
    /// The group of each mention.
    pub group_of: Vec<usize>,
    /// The bytes of each mention.
    pub spans: Vec<(usize, usize)>,
    home: Home<'g>,
    rounds: usize,
}

/// What it is worth, in log-odds, that the text says "Moscow, Michigan," in so many words. The corpora have too few such
/// names for it to be learned.
const SAID: f64 = 2.5;

/// What a mention is said to be in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Container {
    /// What contains this candidate of the name.
    OfCandidate(usize),
    /// What this name stands for, which contains no candidate.
    Other(usize),
}

/// Mentions of a group whose neighbours in the text are looked at.
const SPOTS: usize = 4;

/// Mentions before and behind one that count as next to it.
const BESIDE: usize = 2;

/// Candidates less probable than this are no likely places.
const LIKELY: f64 = 0.2;

/// Candidates within this many kilometres are twins.
const TWIN_KM: f64 = 50.0;

/// A town less probable than this is not taken for the division that is called after it.
const SEAT: f64 = 0.02;

/// Candidates that twins are looked for among.
const TWINS: usize = 16;

impl<'g> Scene<'g> {
    /// Groups the mentions, which stand in the order of the text, and notes what can be told of their candidates before
    /// anything is known of the others.
    pub fn set(gazetteer: &'g Gazetteer, text: &str, mentions: &[Mention<'g>], home: Home<'g>) -> Self {
        let (names, name_of) = names(gazetteer, text, mentions);
        let spans = mentions.iter().map(|mention| (mention.start, mention.end)).collect();
        let mut scene = Scene { groups: Vec::new(), group_of: Vec::new(), spans, home, rounds: 0 };
        let mut known: FxHashMap<(usize, Option<Container>), usize> = FxHashMap::default();
        let mut said: Vec<Levels> = Vec::new();
        for (at, mention) in mentions.iter().enumerate() {
            let name = name_of[at];
            let beside = beside::of(text, mentions, &names, &name_of, at);
            // A container that stands right behind the name splits its mention off only if it says something else.
            let astray = beside::astray(text, mentions, &names, &name_of, at, &beside);
            let elsewhere = astray.map(|astray| Container::Other(name_of[astray.container]));
            let container = beside::decided(&beside).map(Container::OfCandidate).or(elsewhere);
            let (key, bare) = ((name, container), (name, None));
            let group = known.get(&key).or_else(|| known.get(&bare).filter(|_| container.is_none())).copied();
            let group = group.unwrap_or_else(|| {
                scene.groups.push(Group::new(&names[name], name, text, mention));
                said.push(Levels::default());
                scene.groups.len() - 1
            });
            known.insert(key, group);
            // The bare name afterwards is the place that was named in full.
            known.entry(bare).or_insert(group);
            let group_of = &mut scene.groups[group];
            group_of.astray = group_of.astray.or(astray);
            group_of.weight += mention.probability;
            if group_of.spots.len() < SPOTS {
                group_of.spots.push(at);
                if said[group] == Levels::default() {
                    said[group] = level::said(text, mention.start, mention.end);
                }
            }
            for (row, beside) in group_of.rows.iter_mut().zip(&beside) {
                row[f::BEHIND] = row[f::BEHIND].max(beside.behind);
                row[f::AHEAD] = row[f::AHEAD].max(beside.ahead);
                row[f::HOLDS] = row[f::HOLDS].max(beside.holds);
                row[f::MENTIONS] += 1.0;
            }
            scene.group_of.push(group);
        }
        for (order, (group, said)) in scene.groups.iter_mut().zip(said).enumerate() {
            group.describe(order, said, &scene.home);
        }
        scene
    }

    /// Forgets all rounds.
    #[cfg(feature = "eval")]
    pub fn begin(&mut self) {
        self.rounds = 0;
        for group in &mut self.groups {
            group.put_localities(Vec::new(), &self.home);
            group.probabilities = group.rows.iter().map(|row| f64::from(row[f::PRIOR_SHARE])).collect();
        }
    }

    /// Chooses once more, in the light of what was chosen before.
    pub fn round(&mut self, model: &Model) {
        if self.rounds > 0 {
            self.look_round();
        }
        if let Some(forest) = model.rounds.get(self.rounds) {
            let home = self.home;
            for group in &mut self.groups {
                let told = |at: usize| home.speak_for(&group.candidates[at].place, &group.facts[at]) + group.said(at);
                group.probabilities = softmax(forest, &group.rows, told);
            }
        }
        self.rounds += 1;
    }

    /// Writes into the rows what the likely places say, and adds candidates by locality.
    pub fn look_round(&mut self) {
        let likely: Vec<Vec<Likely<'g>>> = self.groups.iter().enumerate().map(|(at, g)| g.likely(at)).collect();
        let surroundings = Surroundings::of(&likely.concat());
        let elsewhere = self.elsewhere(&likely);
        let prominent = locality::prominent(&likely);
        for at in 0..self.groups.len() {
            let neighbours = self.neighbours(at);
            if self.groups[at].roams {
                let localities = locality::of(at, &neighbours, &likely, &prominent, &self.home);
                self.groups[at].put_localities(localities, &self.home);
            } else if let Some(astray) = self.groups[at].astray {
                self.groups[at].put_said(&likely[self.group_of[astray.container]], astray, &self.home);
            }
            let near: Vec<(&Likely<'g>, f64)> =
                neighbours.iter().flat_map(|&(group, near)| likely[group].iter().map(move |l| (l, near))).collect();
            let same_name = elsewhere.get(&self.groups[at].name).map_or(&[][..], Vec::as_slice);
            let group = &mut self.groups[at];
            for ((candidate, facts), row) in group.candidates.iter().zip(&group.facts).zip(&mut group.rows) {
                surroundings.describe(at, candidate, facts, row);
                beside_in_text(&near, facts, row);
                let same = same_name.iter().filter(|l| l.group != at && l.place.key() == candidate.place.key());
                row[f::ELSEWHERE] = same.map(|likely| likely.weight as f32).fold(0.0, f32::max);
            }
            leads(&mut group.rows, f::COUNTRY, f::COUNTRY_LEAD, 1.0);
            leads(&mut group.rows, f::DIVISION, f::DIVISION_LEAD, 1.0);
            leads(&mut group.rows, f::NEARNESS, f::NEARNESS_LEAD, 1.0);
            leads(&mut group.rows, f::BY_KM, f::BY_LEAD, -1.0);
        }
    }

    /// The likely places of names that stand for more than one group.
    fn elsewhere(&self, likely: &[Vec<Likely<'g>>]) -> FxHashMap<usize, Vec<Likely<'g>>> {
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (at, group) in self.groups.iter().enumerate() {
            groups.entry(group.name).or_default().push(at);
        }
        groups.retain(|_, groups| groups.len() > 1);
        let places = |at: &usize| likely[*at].iter().copied();
        groups.into_iter().map(|(name, groups)| (name, groups.iter().flat_map(places).take(12).collect())).collect()
    }

    /// The groups of the mentions next to those of a group, with how near they stand in the text, up to 1.
    fn neighbours(&self, group: usize) -> Vec<(usize, f64)> {
        let mut neighbours: Vec<(usize, f64)> = Vec::new();
        for &spot in &self.groups[group].spots {
            for near in spot.saturating_sub(BESIDE)..=(spot + BESIDE).min(self.spans.len().saturating_sub(1)) {
                let other = self.group_of[near];
                let (start, end) = self.spans[spot];
                let gap = self.spans[near].0.saturating_sub(end).max(start.saturating_sub(self.spans[near].1));
                let nearness = 1.0 / (1.0 + gap as f64 / 100.0);
                match neighbours.iter_mut().find(|(known, _)| *known == other) {
                    _ if other == group => {}
                    Some((_, known)) => *known = known.max(nearness),
                    None => neighbours.push((other, nearness)),
                }
            }
        }
        neighbours
    }
}

/// What the places next to it in the text say of a candidate.
fn beside_in_text(near: &[(&Likely<'_>, f64)], facts: &Facts<'_>, row: &mut Row) {
    let total: f64 = near.iter().map(|(likely, near)| likely.weight.min(1.0) * near).sum();
    let share = |same: &dyn Fn(&Facts<'_>) -> bool| {
        let sum: f64 = near.iter().filter(|(l, _)| same(&l.facts)).map(|(l, near)| l.weight.min(1.0) * near).sum();
        if total > 0.0 { (sum / total) as f32 } else { -1.0 }
    };
    row[f::BY_COUNTRY] = share(&|other| other.country == facts.country);
    row[f::BY_DIVISION] = share(&|other| other.division1.is_some() && other.division1 == facts.division1);
    let km = near.iter().filter(|(likely, _)| !likely.facts.wide).map(|(likely, _)| {
        let doubt = 1.0 - likely.weight.min(1.0) as f32;
        log_km(likely.facts.km(facts)) + doubt
    });
    row[f::BY_KM] = km.fold(f::NOWHERE, f32::min);
}

/// Writes into `lead` by how much each row's value is better than the best of the others; `sign` is 1 where more is
/// better.
fn leads(rows: &mut [Row], value: usize, lead: usize, sign: f32) {
    let (mut best, mut second) = (f32::MIN, f32::MIN);
    for row in rows.iter() {
        let value = sign * row[value];
        (best, second) = if value > best { (value, best) } else { (best, second.max(value)) };
    }
    for row in rows.iter_mut() {
        let own = sign * row[value];
        let other = if own >= best { second } else { best };
        row[lead] = if other == f32::MIN { 0.0 } else { own - other };
    }
}

/// The candidates of each distinct name, and which name each mention has.
fn names<'g>(gazetteer: &'g Gazetteer, text: &str, mentions: &[Mention<'g>]) -> (Vec<Vec<Candidate<'g>>>, Vec<usize>) {
    let mut names = Vec::new();
    let mut known: FxHashMap<(&str, bool, usize, bool), usize> = FxHashMap::default();
    let mut name_of = Vec::with_capacity(mentions.len());
    for mention in mentions {
        // Names that no place bears are told by how they are written: "SouthSudan" has two words, "Southsudan" one.
        let unknown = mention.senses.is_empty();
        let written = text.get(mention.start..mention.end).unwrap_or("");
        let name = if unknown { written } else { mention.name.as_str() };
        let key = (name, mention.kind == Kind::Demonym, mention.senses.len(), unknown);
        let number = *known.entry(key).or_insert_with(|| {
            names.push(candidates(gazetteer, text, mention));
            names.len() - 1
        });
        name_of.push(number);
    }
    (names, name_of)
}

impl<'g> Group<'g> {
    fn new(candidates: &[Candidate<'g>], name: usize, text: &str, mention: &Mention<'g>) -> Self {
        let written = text.get(mention.start..mention.end).unwrap_or("");
        let facility = facility(written);
        let mut row = [0.0; COUNT];
        row[f::WORDS] = mention.name.split(' ').count() as f32;
        let roles = lexicon().roles(&mention.name);
        let word = roles.any(Roles::ENGLISH | Roles::ORDINARY | Roles::MAYBE_WORD);
        row[f::ORDINARY] = f32::from(u8::from(word));
        row[f::FACILITY] = facility;
        let known = candidates.iter().any(|candidate| candidate.form <= Form::Stripped);
        // A site that a person has written into the gazetteer under this very name is meant.
        let vetted = |candidate: &Candidate<'_>| candidate.form == Form::Exact && candidate.place.rank().is_some();
        let vetted = candidates.iter().any(vetted);
        Group {
            facts: candidates.iter().map(|candidate| Facts::of(&candidate.place)).collect(),
            rows: vec![row; candidates.len()],
            probabilities: Vec::new(),
            spots: Vec::new(),
            named: candidates.len(),
            name,
            weight: 0.0,
            roams: !known || facility > 0.0 && !vetted,
            astray: None,
            candidates: candidates.to_vec(),
        }
    }

    /// Writes into the rows what does not depend on other groups.
    fn describe(&mut self, order: usize, said: Levels, home: &Home<'g>) {
        let priors: Vec<f64> = self.candidates.iter().map(|candidate| candidate.prior).collect();
        let best = priors.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 = priors.iter().map(|prior| ((prior - best) / PRIOR_SCALE).exp()).sum();
        self.probabilities = priors.iter().map(|prior| ((prior - best) / PRIOR_SCALE).exp() / sum).collect();
        let mut compatriots: FxHashMap<&str, usize> = FxHashMap::default();
        for facts in &self.facts {
            *compatriots.entry(facts.country).or_insert(0) += 1;
        }
        for at in 0..self.candidates.len() {
            let facts = self.facts[at];
            let twins = self.facts.iter().take(TWINS).enumerate();
            let twins = twins.filter(|(other, twin)| *other != at && twin.km(&facts) < TWIN_KM).count();
            let row = &mut self.rows[at];
            describe_place(row, &self.candidates[at], &facts, said, home);
            row[f::ORDER] = at as f32;
            row[f::AMBIGUITY] = (self.named as f32).ln();
            row[f::TWINS] = twins as f32;
            row[f::MENTIONS] = row[f::MENTIONS].ln();
            row[f::POSITION] = (1.0 + order as f32).ln();
            row[f::PRIOR_SHARE] = self.probabilities[at] as f32;
            row[f::ASTRAY] = self.astray.map_or(0.0, |astray| astray.strength);
            row[f::COMPATRIOTS] = compatriots.get(facts.country).copied().unwrap_or(0) as f32;
        }
        for row in &mut self.rows {
            row[f::RIVAL_BESIDE] = row[f::BEHIND].max(row[f::AHEAD]);
        }
        leads(&mut self.rows, f::PROMINENCE, f::LEAD, 1.0);
        leads(&mut self.rows, f::RIVAL_BESIDE, f::RIVAL_BESIDE, 1.0);
        if home.is_known() {
            leads(&mut self.rows, f::HOME_KM, f::HOME_LEAD, -1.0);
        }
    }

    /// Puts these candidates in the place of the localities of the last round.
    fn put_localities(&mut self, localities: Vec<Candidate<'g>>, home: &Home<'g>) {
        self.candidates.truncate(self.named);
        self.facts.truncate(self.named);
        self.rows.truncate(self.named);
        for candidate in localities {
            let facts = Facts::of(&candidate.place);
            let mut row = [0.0; COUNT];
            if let Some(known) = self.rows.first() {
                for same in [f::WORDS, f::ORDINARY, f::FACILITY, f::MENTIONS, f::POSITION, f::AMBIGUITY, f::ASTRAY] {
                    row[same] = known[same];
                }
            }
            describe_place(&mut row, &candidate, &facts, Levels::default(), home);
            self.facts.push(facts);
            self.rows.push(row);
            self.candidates.push(candidate);
        }
    }

    /// Puts where the text says the group to be in the place of the localities of the last round.
    fn put_said(&mut self, said: &[Likely<'g>], astray: Astray, home: &Home<'g>) {
        let localities = said.iter().map(|likely| locality::candidate(likely.place, astray.strength));
        self.put_localities(localities.collect(), home);
        self.rows.iter_mut().skip(self.named).for_each(|row| row[f::BEHIND] = astray.strength);
    }

    /// What the text's word that a locality contains the group is worth, in log-odds.
    fn said(&self, at: usize) -> f64 {
        let locality = self.candidates[at].form == Form::Locality;
        if locality && self.rows[at][f::BEHIND] >= beside::COMMA { SAID } else { 0.0 }
    }

    /// The places that the group is likely to be. Where only the locality is known, that says nothing to the others.
    fn likely(&self, group: usize) -> Vec<Likely<'g>> {
        let many = self.weight.min(3.0).sqrt();
        let likely = self.candidates.iter().zip(&self.facts).zip(&self.probabilities);
        let likely = likely.filter(|((candidate, _), p)| **p >= LIKELY && candidate.form < Form::Locality);
        likely
            .map(|((candidate, facts), p)| Likely { group, place: candidate.place, facts: *facts, weight: p * many })
            .collect()
    }

    /// The most probable candidate, or the town that it is called after.
    pub fn best(&self) -> Option<usize> {
        let best = self.probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        let best = best.map(|(at, _)| at).filter(|at| *at < self.candidates.len())?;
        Some(self.seat_of(best).unwrap_or(best))
    }

    /// The town that a division is called after, where the bare name may be either: "Idlib" for Idlib Governorate. No
    /// corpus is good at telling the two apart, but a bare name is the town's.
    fn seat_of(&self, division: usize) -> Option<usize> {
        let (candidate, facts) = (&self.candidates[division], &self.facts[division]);
        let bare = candidate.place.own_division_code().is_some()
            && (candidate.form == Form::Extended || candidate.kind != NameKind::Primary)
            && self.rows[division][f::LEVEL] <= 0.0;
        let seat = |at: &usize| {
            let other = &self.candidates[*at];
            let nearer = (other.form, other.kind) <= (candidate.form, candidate.kind);
            other.place.class() == 'P'
                && nearer
                && self.probabilities[*at] >= SEAT
                && (self.facts[*at].km(facts) < TWIN_KM || candidate.place.contains(&other.place))
        };
        let seats = (0..self.named).filter(|_| bare).filter(seat);
        seats.max_by(|&a, &b| self.probabilities[a].total_cmp(&self.probabilities[b]))
    }
}

/// How much more prominence makes a place e times as likely, when nothing else is known.
const PRIOR_SCALE: f64 = 0.45;

/// What can be told of a candidate by itself.
fn describe_place(row: &mut Row, candidate: &Candidate<'_>, facts: &Facts<'_>, said: Levels, home: &Home<'_>) {
    let place = &candidate.place;
    row[f::PROMINENCE] = place.prominence() as f32;
    row[f::PEOPLE] = place.population().map_or(-1.0, |people| (people as f32).log10());
    row[f::NAME_COUNT] = (1.0 + f32::from(place.name_count())).ln();
    row[f::RANK] = f32::from(place.rank().unwrap_or(6));
    row[f::NAME_KIND] = match candidate.kind {
        NameKind::Primary | NameKind::Demonym => 0.0,
        NameKind::Abbreviation | NameKind::Shortening => 1.0,
        NameKind::Colloquial => 2.0,
        NameKind::Variant => 3.0,
        NameKind::Historic => 4.0,
    };
    row[f::FORM] = f32::from(candidate.form as u8);
    row[f::LIKENESS] = candidate.likeness;
    row[f::CLASS] = match place.class() {
        'A' if place.is_country() => 0.0,
        'A' if place.is_division1() => 2.0,
        'A' if place.is_division2() => 3.0,
        'A' => 4.0,
        'P' if place.feature() == "P.PPLC" => 1.0,
        'P' if place.part_of().is_some() => 6.0,
        'P' => 5.0,
        'L' => 7.0,
        'H' => 8.0,
        'T' => 9.0,
        _ => 10.0,
    };
    row[f::LEVEL] = said.agree(Levels::of_place(place));
    home.describe(place, facts, row);
}

/// 1 if the words look like an organisation or a building, 2 like a street, else 0.
fn facility(written: &str) -> f32 {
    let folded = crate::text::fold(written);
    let last = |roles| {
        let words: Vec<&str> = folded.split(' ').collect();
        let tails = (1..words.len().min(4)).map(|at| words[words.len() - at..].join(" "));
        tails.into_iter().any(|tail| lexicon().roles(&tail).any(roles))
    };
    match () {
        () if last(Roles::STREET_AFTER) || folded.starts_with(|c: char| c.is_ascii_digit()) => 2.0,
        () if last(Roles::ORG_AFTER) => 1.0,
        () => 0.0,
    }
}
