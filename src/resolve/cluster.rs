//! Mentions that must be one place, and what is known of every candidate.

use super::container::{self, StatedContainer};
use super::context::{Facts, Likely};
use super::feature_type;
use super::features::{self as f, COUNT, Row};
use super::home::Home;
use super::locality;
use crate::candidate::{Candidate, Form};
use crate::gazetteer::NameKind;
use crate::gazetteer::geodesy::chord_of_km;
use crate::mention::Mention;
use crate::probability::softmax;
use crate::text::Words;
use crate::text::language::{FeatureTypes, Language};
use crate::text::lexicon::Roles;
use rustc_hash::FxHashMap;

/// Mentions that must be the same place: those of one name, and of one container if they name it ("Paris, Texas").
pub struct MentionCluster<'g> {
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
    pub named: usize,
    /// Which distinct name it is.
    pub name: usize,
    /// How probable its mentions are, added up.
    pub weight: f64,
    /// Whether it is to be sought in the places that the document speaks of.
    pub roams: bool,
    /// Where the text puts it although no candidate lies there.
    pub stated_container: Option<StatedContainer>,
}

/// Candidates less probable than this are no likely places.
const LIKELY: f64 = 0.2;

/// Candidates within this many kilometres are twins.
const TWIN_KM: f64 = 50.0;

/// A town less probable than this is not taken for the division that is called after it.
const SEAT: f64 = 0.02;

/// Candidates that twins are looked for among.
const TWINS: usize = 16;

/// What it is worth, in log-odds, that the text says "Moscow, Michigan," in so many words. The corpora have too few such
/// names for it to be learned.
const SAID: f64 = 2.5;

impl<'g> MentionCluster<'g> {
    /// The group of a mention of a name with these candidates.
    pub fn new(candidates: &[Candidate<'g>], name: usize, words: &Words<'_>, mention: &Mention<'g>) -> Self {
        let facility = facility(words.language(), &mention.name);
        let mut row = [0.0; COUNT];
        row[f::WORDS] = mention.name.split(' ').count() as f32;
        let roles = words.language().roles(&mention.name);
        let word = roles.any(Roles::ENGLISH | Roles::ORDINARY | Roles::MAYBE_WORD);
        row[f::ORDINARY] = f32::from(u8::from(word));
        row[f::FACILITY] = facility;
        let known = candidates.iter().any(|candidate| candidate.form <= Form::Stripped);
        // A site that a person has written into the gazetteer under this very name is meant.
        let vetted = |candidate: &Candidate<'_>| candidate.form == Form::Exact && candidate.place.rank().is_some();
        let vetted = candidates.iter().any(vetted);
        MentionCluster {
            facts: candidates.iter().map(|candidate| Facts::of(&candidate.place)).collect(),
            rows: vec![row; candidates.len()],
            probabilities: Vec::new(),
            spots: Vec::new(),
            named: candidates.len(),
            name,
            weight: 0.0,
            roams: !known || facility > 0.0 && !vetted,
            stated_container: None,
            candidates: candidates.to_vec(),
        }
    }

    /// Writes into the rows what does not depend on other groups.
    pub fn describe(&mut self, order: usize, said: FeatureTypes, home: &Home<'g>) {
        self.probabilities = self.candidates.iter().map(|candidate| candidate.prior).collect();
        softmax(&mut self.probabilities, PRIOR_SCALE);
        let mut compatriots: FxHashMap<&str, usize> = FxHashMap::default();
        for facts in &self.facts {
            *compatriots.entry(facts.country).or_insert(0) += 1;
        }
        let twin = chord_of_km(TWIN_KM).powi(2);
        for at in 0..self.candidates.len() {
            let facts = self.facts[at];
            let twins = self.facts.iter().take(TWINS).enumerate();
            let twins = twins.filter(|(other, near)| *other != at && near.chord_square(&facts) < twin).count();
            let row = &mut self.rows[at];
            describe_place(row, &self.candidates[at], &facts, said, home);
            row[f::ORDER] = at as f32;
            row[f::AMBIGUITY] = (self.named as f32).ln();
            row[f::TWINS] = twins as f32;
            row[f::MENTIONS] = row[f::MENTIONS].ln();
            row[f::POSITION] = (1.0 + order as f32).ln();
            row[f::PRIOR_SHARE] = self.probabilities[at] as f32;
            row[f::STATED_CONTAINER] = self.stated_container.map_or(0.0, |stated_container| stated_container.strength);
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
    pub fn put_localities(&mut self, localities: Vec<Candidate<'g>>, home: &Home<'g>) {
        self.candidates.truncate(self.named);
        self.facts.truncate(self.named);
        self.rows.truncate(self.named);
        for candidate in localities {
            let facts = Facts::of(&candidate.place);
            let mut row = [0.0; COUNT];
            if let Some(known) = self.rows.first() {
                for same in
                    [f::WORDS, f::ORDINARY, f::FACILITY, f::MENTIONS, f::POSITION, f::AMBIGUITY, f::STATED_CONTAINER]
                {
                    row[same] = known[same];
                }
            }
            describe_place(&mut row, &candidate, &facts, FeatureTypes::default(), home);
            self.facts.push(facts);
            self.rows.push(row);
            self.candidates.push(candidate);
        }
    }

    /// Puts where the text says the group to be in the place of the localities of the last round.
    pub fn put_said(&mut self, said: &[Likely<'g>], stated_container: StatedContainer, home: &Home<'g>) {
        let localities = said.iter().map(|likely| locality::candidate(likely.place, stated_container.strength));
        self.put_localities(localities.collect(), home);
        self.rows.iter_mut().skip(self.named).for_each(|row| row[f::BEHIND] = stated_container.strength);
    }

    /// What the text's word that a locality contains the group is worth, in log-odds.
    pub fn said(&self, at: usize) -> f64 {
        let locality = self.candidates[at].form == Form::Locality;
        if locality && self.rows[at][f::BEHIND] >= container::COMMA { SAID } else { 0.0 }
    }

    /// The places that the group is likely to be. Where only the locality is known, that says nothing to the others.
    pub fn likely(&self, group: usize) -> Vec<Likely<'g>> {
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
fn describe_place(row: &mut Row, candidate: &Candidate<'_>, facts: &Facts<'_>, said: FeatureTypes, home: &Home<'_>) {
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
        'P' if place.is_capital() => 1.0,
        'P' if place.part_of().is_some() => 6.0,
        'P' => 5.0,
        'L' => 7.0,
        'H' => 8.0,
        'T' => 9.0,
        _ => 10.0,
    };
    row[f::LEVEL] = feature_type::agreement(said, feature_type::of_place(place));
    home.describe(place, facts, row);
}

/// 1 if the words look like an organisation or a building, 2 like a street, else 0.
fn facility(language: &Language, folded: &str) -> f32 {
    // The roles of the last one, two and three words, behind at least one other.
    let tails = folded.rmatch_indices(' ').take(3).map(|(blank, _)| language.roles(&folded[blank + 1..]));
    let tails: Vec<Roles> = tails.collect();
    let last = |roles| tails.iter().any(|tail| tail.any(roles));
    match () {
        () if last(Roles::STREET_AFTER) || folded.starts_with(|c: char| c.is_ascii_digit()) => 2.0,
        () if last(Roles::ORG_AFTER) => 1.0,
        () => 0.0,
    }
}

/// Writes into `lead` by how much each row's value is better than the best of the others; `sign` is 1 where more is
/// better.
pub fn leads(rows: &mut [Row], value: usize, lead: usize, sign: f32) {
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
