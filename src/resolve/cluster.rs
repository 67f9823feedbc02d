//! Mentions that must be one place, with everything known of each candidate.

use super::candidate_features::{describe_place, leads};
use super::container::StatedContainer;
use super::context::{Facts, Likely};
use super::facility::facility;
use super::features::{self as f, COUNT, Row};
use super::home::Home;
use super::locality;
use super::why::Topic;
use crate::candidate::{Candidate, Form};
use crate::gazetteer::NameKind;
use crate::gazetteer::geodesy::chord_of_km;
use crate::mention::Mention;
use crate::probability::softmax;
use crate::text::Words;
use crate::text::language::FeatureTypes;
use crate::text::lexicon::Roles;
use rustc_hash::FxHashMap;

/// Mentions that must be the same place: those of one name, and of one container if they state it ("Paris, Texas").
pub struct MentionCluster<'g> {
    /// The places it may be: first those that bear the name, then the localities of the current round.
    pub candidates: Vec<Candidate<'g>>,
    /// The facts of each candidate.
    pub facts: Vec<Facts<'g>>,
    /// The features of each candidate.
    pub rows: Vec<Row>,
    /// The probability of each candidate.
    pub probabilities: Vec<f64>,
    /// Indexes of its first mentions.
    pub first_mentions: Vec<usize>,
    /// Number of candidates that bear the name, in some form.
    pub named: usize,
    /// Index of its distinct name.
    pub name: usize,
    /// Sum of the probabilities of its mentions.
    pub weight: f64,
    /// Whether its candidates include the places that the document puts it in, because its own name may lead nowhere.
    pub needs_locality: bool,
    /// Why it is none of the other places of its name, if the text limits it.
    pub limited_by: Option<Topic>,
    /// Where the text puts it although no candidate lies there.
    pub stated_container: Option<StatedContainer>,
}

/// The least probability of a candidate that is a likely place.
const LIKELY: f64 = 0.2;

/// The least probability of the rows of the user's own places together.
const OWN: f64 = 0.95;

/// The prominence from which on a town that bears a name which looks like a street's or an organisation's is what it means.
const TOWN: f64 = 4.3;

/// How much more surely another candidate must lie in a container for the text to mean it.
const STATED: f32 = 1.5;

/// Candidates within this many kilometres are twins.
const TWIN_KM: f64 = 50.0;

/// The least probability of a town that is taken for the division named after it.
const SEAT: f64 = 0.02;

/// Candidates among which twins are looked for.
const TWINS: usize = 16;

/// The difference in prominence that makes a place e times as likely, when nothing else is known.
const PRIOR_SCALE: f64 = 0.45;

impl<'g> MentionCluster<'g> {
    /// The cluster of a mention whose name has these candidates and this index.
    pub fn new(candidates: &[Candidate<'g>], name: usize, words: &Words<'_>, mention: &Mention<'g>) -> Self {
        let facility = facility(words.language(), &mention.name);
        let mut row = [0.0; COUNT];
        row[f::WORDS] = mention.name.split(' ').count() as f32;
        let roles = words.language().roles(&mention.name);
        let ordinary = roles.any(Roles::ENGLISH | Roles::ORDINARY | Roles::MAYBE_WORD);
        row[f::ORDINARY] = f32::from(u8::from(ordinary));
        row[f::FACILITY] = facility.map_or(0.0, |facility| f32::from(facility as u8));
        // A large gazetteer has a place of nearly every name; that it has this one does not tell that it is meant.
        let known = |candidate: &Candidate<'_>| candidate.form <= Form::Stripped && candidate.place.tells_name();
        let known = candidates.iter().any(known);
        // A site that a person has written into the gazetteer under this very name is meant, and so is a town: "College Station".
        let vetted = |candidate: &Candidate<'_>| {
            let is_site = candidate.place.rank().is_some() || candidate.is_own();
            candidate.form == Form::Exact && is_site || candidate.is_town_called_so(TOWN)
        };
        let vetted = candidates.iter().any(vetted);
        MentionCluster {
            facts: candidates.iter().map(|candidate| Facts::new(&candidate.place)).collect(),
            rows: vec![row; candidates.len()],
            probabilities: Vec::new(),
            first_mentions: Vec::new(),
            named: candidates.len(),
            name,
            weight: 0.0,
            needs_locality: !known || facility.is_some() && !vetted,
            limited_by: None,
            stated_container: None,
            candidates: candidates.to_vec(),
        }
    }

    /// Whether it is an adjective or a people.
    pub fn is_demonym(&self) -> bool {
        self.candidates.first().is_some_and(|candidate| candidate.kind == NameKind::Demonym)
    }

    /// Writes into the rows what does not depend on other clusters. `order` is the number of clusters before it, `stated` the
    /// feature types that the words beside and in its name state.
    pub fn describe(&mut self, order: usize, stated: FeatureTypes, home: &Home<'g>) {
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
            describe_place(row, &self.candidates[at], &facts, stated, home);
            row[f::ORDER] = at as f32;
            row[f::AMBIGUITY] = (self.named as f32).ln();
            row[f::TWINS] = twins as f32;
            row[f::MENTIONS] = row[f::MENTIONS].ln();
            row[f::POSITION] = (1.0 + order as f32).ln();
            row[f::PRIOR_SHARE] = self.probabilities[at] as f32;
            row[f::STATED_CONTAINER] = self.stated_container.map_or(0.0, |container| container.strength);
            row[f::COMPATRIOTS] = compatriots.get(facts.country).copied().unwrap_or(0) as f32;
        }
        for row in &mut self.rows {
            row[f::CONTAINER_LEAD] = row[f::CONTAINER_BEHIND].max(row[f::CONTAINER_BEFORE]);
        }
        leads(&mut self.rows, f::PROMINENCE, f::LEAD, 1.0);
        leads(&mut self.rows, f::CONTAINER_LEAD, f::CONTAINER_LEAD, 1.0);
        if home.is_known() {
            leads(&mut self.rows, f::HOME_KM, f::HOME_LEAD, -1.0);
        }
    }

    /// Gives the rows of the user's own places nearly all of the probability, those of the first gazetteer that has some,
    /// unless the text puts the name in a container of another candidate: "Springfield, Missouri".
    pub fn prefer_own(&mut self) {
        let own = |candidate: &&Candidate<'_>| candidate.is_own();
        let Some(first) = self.candidates.iter().filter(own).map(|own| own.answer.key().layer).min() else { return };
        let is_own: Vec<bool> = self.candidates.iter().map(|c| c.is_own() && c.answer.key().layer == first).collect();
        let stated = |wanted: bool| {
            let rows = self.rows.iter().zip(&is_own).filter(|(_, own)| **own == wanted).map(|(row, _)| row);
            rows.map(|row| row[f::CONTAINER_BEHIND].max(row[f::CONTAINER_BEFORE])).fold(0.0, f32::max)
        };
        if stated(false) > stated(true) + STATED {
            return;
        }
        let total = self.probabilities.iter().zip(&is_own).filter(|(_, own)| **own).map(|(p, _)| p).sum::<f64>();
        let wanted = OWN + (1.0 - OWN) * total;
        let count = is_own.iter().filter(|own| **own).count() as f64;
        for (probability, own) in self.probabilities.iter_mut().zip(&is_own) {
            *probability = match (own, total > f64::MIN_POSITIVE) {
                (true, true) => *probability / total * wanted,
                (true, false) => wanted / count,
                (false, _) => *probability * (1.0 - wanted) / (1.0 - total).max(f64::MIN_POSITIVE),
            };
        }
    }

    /// Removes what the rounds have added: localities, and the probabilities of their choices.
    #[cfg(feature = "train")]
    pub fn reset(&mut self) {
        self.truncate_localities();
        self.probabilities = self.rows.iter().map(|row| f64::from(row[f::PRIOR_SHARE])).collect();
    }

    fn truncate_localities(&mut self) {
        self.candidates.truncate(self.named);
        self.facts.truncate(self.named);
        self.rows.truncate(self.named);
    }

    /// Replaces the localities of the previous round by these candidates.
    pub fn replace_localities(&mut self, localities: Vec<Candidate<'g>>, home: &Home<'g>) {
        self.truncate_localities();
        for candidate in localities {
            let facts = Facts::new(&candidate.place);
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

    /// Replaces the localities of the previous round by the places that the stated container may be.
    pub fn replace_stated_container(&mut self, places: &[Likely<'g>], container: StatedContainer, home: &Home<'g>) {
        let localities = places.iter().map(|likely| locality::candidate(likely.place, container.strength));
        self.replace_localities(localities.collect(), home);
        self.rows.iter_mut().skip(self.named).for_each(|row| row[f::CONTAINER_BEHIND] = container.strength);
    }

    /// The places that the cluster, which has this index, is likely to be. A mere locality tells nothing about other clusters.
    pub fn likely(&self, cluster: usize) -> Vec<Likely<'g>> {
        let many = self.weight.min(3.0).sqrt();
        let likely = self.candidates.iter().zip(&self.facts).zip(&self.probabilities);
        let likely = likely.filter(|((candidate, _), p)| **p >= LIKELY && candidate.form < Form::Locality);
        likely
            .map(|((candidate, facts), p)| Likely { cluster, place: candidate.place, facts: *facts, weight: p * many })
            .collect()
    }

    /// Index of the most probable candidate, or of the town that it is named after; `None` without candidates.
    pub fn best(&self) -> Option<usize> {
        let best = self.probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        let best = best.map(|(at, _)| at).filter(|at| *at < self.candidates.len())?;
        Some(self.seat_of(best).or_else(|| self.country_of(best)).unwrap_or(best))
    }

    /// The country that a capital shares its name and its ground with: "Singapore".
    fn country_of(&self, capital: usize) -> Option<usize> {
        let (candidate, facts) = (&self.candidates[capital], &self.facts[capital]);
        let bare = candidate.place.is_capital() && self.rows[capital][f::FEATURE_TYPE] <= 0.0;
        let country = |at: &usize| {
            let other = &self.candidates[*at];
            let same_name = (other.form, other.kind) <= (candidate.form, candidate.kind);
            other.place.is_country() && same_name && self.facts[*at].km(facts) < TWIN_KM
        };
        (0..self.named).filter(|_| bare).find(country)
    }

    /// The town that a division is named after, where the bare name may be either: "Idlib" for Idlib Governorate. No corpus
    /// distinguishes the two reliably, but a bare name is the town's.
    fn seat_of(&self, division: usize) -> Option<usize> {
        let (candidate, facts) = (&self.candidates[division], &self.facts[division]);
        let bare = candidate.place.own_division_code().is_some()
            && (candidate.form == Form::Extended || candidate.kind != NameKind::Primary)
            && self.rows[division][f::FEATURE_TYPE] <= 0.0;
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

#[cfg(test)]
mod tests {
    use crate::resolve::features as f;
    use crate::resolve::home::Home;
    use crate::resolve::locality;
    use crate::resolve::testing::Scene;

    #[test]
    fn candidates_start_with_the_probabilities_of_their_prominence() {
        let scene = Scene::new("Militias left Aleppo.");
        let aleppo = &scene.clusters(&["Aleppo"])[0];
        assert!((aleppo.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(aleppo.best().is_some_and(|best| aleppo.candidates[best].place.country() == "SY"));
        assert!(!aleppo.needs_locality);
        assert_eq!((aleppo.rows[0][f::WORDS], aleppo.rows[0][f::HINTED]), (1.0, -1.0));
    }

    #[test]
    fn a_bare_name_is_the_towns_and_not_its_divisions() {
        let scene = Scene::new("Shells fell on Idlib. Idlib Governorate was quiet.");
        let [idlib, governorate] = &scene.clusters(&["Idlib", "Idlib Governorate"])[..] else { panic!("two names") };
        assert!(idlib.best().is_some_and(|best| idlib.candidates[best].place.class() == 'P'));
        assert!(governorate.best().is_some_and(|best| governorate.candidates[best].place.is_division1()));
    }

    #[test]
    fn streets_and_unknown_names_need_a_locality() {
        let scene = Scene::new("A fire in Royal Street, near Xyzzy.");
        let clusters = scene.clusters(&["Royal Street", "Xyzzy"]);
        assert!(clusters.iter().all(|cluster| cluster.needs_locality));
        assert_eq!(clusters[1].best(), None, "nothing is known of it");
    }

    #[test]
    fn localities_last_for_a_round() {
        let scene = Scene::new("A fire in Xyzzy, Aleppo.");
        let mut clusters = scene.clusters(&["Xyzzy", "Aleppo"]);
        let aleppo = clusters[1].candidates[0].place;
        clusters[0].replace_localities(vec![locality::candidate(aleppo, 0.5)], &Home::default());
        assert_eq!((clusters[0].candidates.len(), clusters[0].rows[0][f::LIKENESS]), (1, 0.5));
        clusters[0].probabilities = vec![1.0];
        assert!(clusters[0].likely(0).is_empty(), "a locality tells nothing about other names");
        clusters[0].replace_localities(Vec::new(), &Home::default());
        assert_eq!((clusters[0].candidates.len(), clusters[0].rows.len()), (0, 0));
    }
}
