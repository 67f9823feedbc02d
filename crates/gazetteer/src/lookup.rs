//! Places by name: as written, by its beginning, with a slip of the pen, or as it may have been romanised.

use super::index::Named;
use super::{Gazetteer, NameKind, PlaceKey, PlaceRef, languages};
use fst::Automaton;
use fst::automaton::{Levenshtein, Str};
use std::collections::HashSet;
use toponym_text::{fold, skeleton_of, sounds};

/// A place found by name.
#[derive(Clone, Debug)]
pub struct Hit<'g> {
    /// The place.
    pub place: PlaceRef<'g>,
    /// What the name found is to it.
    pub kind: NameKind,
    /// ISO 639 code of the name's language; empty when it is not told.
    pub language: &'g str,
    /// How the name was found.
    pub found: Match,
}

/// How a name was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// As it was asked for, after folding.
    Exact,
    /// It begins, folded, with what was asked for.
    Prefix(String),
    /// Another name, folded, that differs from the one asked for by this many letters.
    Fuzzy(String, u32),
    /// Under another romanisation, given folded, alike to the one asked for by this much, up to 1.
    Romanised(String, f64),
}

/// Romanisations less alike than this are names of other places.
const ALIKE: f64 = 0.72;

/// Names that begin alike, or are similar, and are looked at before the best are chosen.
const MOST_NAMES: usize = 20_000;

impl Gazetteer {
    /// Finds places by name: those that bear it; where none does, those with a similar name, be it a slip of the pen or
    /// another romanisation. Behind a comma stands what contains the place. The likeliest first.
    ///
    /// ```
    /// use toponym_gazetteer::{Gazetteer, Index};
    /// let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
    /// assert_eq!(gazetteer.lookup("Sheikh Maqsood")[0].place.name(), "Sheikh Maqsoud");
    /// assert_eq!(gazetteer.lookup("Tripoli, Lebanon")[0].place.country(), "LB");
    /// assert_eq!(gazetteer.lookup("Barcelonna")[0].place.name(), "Barcelona");
    /// # Ok::<(), toponym_gazetteer::GazetteerError>(())
    /// ```
    pub fn lookup(&self, name: &str) -> Vec<Hit<'_>> {
        let exact = self.exact(&fold(name));
        if !exact.is_empty() {
            return ranked(exact);
        }
        if let Some((part, whole)) = name.rsplit_once(',') {
            let wholes = self.lookup(whole);
            let mut parts = self.lookup(part);
            parts.retain(|part| wholes.iter().any(|whole| whole.place.contains(&part.place)));
            return parts;
        }
        self.similar(name)
    }

    /// The places with a name similar to this one or the same: by at most one different letter in four to seven, two in
    /// more, or by sound.
    pub fn similar(&self, name: &str) -> Vec<Hit<'_>> {
        let folded = fold(name);
        let mut hits = self.exact(&folded);
        hits.extend(self.romanised(&folded, ALIKE));
        hits.extend(self.fuzzy(&folded));
        ranked(hits)
    }

    /// The places with a name that begins so, the better known first, at most `limit`.
    pub fn complete(&self, beginning: &str, limit: usize) -> Vec<Hit<'_>> {
        let folded = fold(beginning);
        let automaton = || Str::new(&folded).starts_with();
        let mut hits =
            self.hits(|index| index.matching(automaton(), MOST_NAMES), |named| Match::Prefix(named.name.clone()));
        hits.retain(|hit| hit.kind != NameKind::Demonym);
        let mut hits = ranked(hits);
        hits.truncate(limit);
        hits
    }

    fn exact(&self, folded: &str) -> Vec<Hit<'_>> {
        let named = |index| vec![Named { name: String::new(), postings: super::Index::named(index, folded) }];
        self.hits(named, |_| Match::Exact)
    }

    fn fuzzy(&self, folded: &str) -> Vec<Hit<'_>> {
        let distance = match folded.chars().count() {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            _ => 2,
        };
        // A long name may need more states than the automaton is allowed; it then may differ by less.
        let automaton = (1..=distance).rev().find_map(|d| Levenshtein::new(folded, d).ok());
        let Some(automaton) = automaton else { return Vec::new() };
        self.hits(
            |index| index.matching(&automaton, MOST_NAMES),
            |named| Match::Fuzzy(named.name.clone(), strsim::levenshtein(folded, &named.name) as u32),
        )
    }

    /// The places with a romanised name that sounds like this folded one, alike by at least `alike` of 1.
    pub fn romanised(&self, folded: &str, alike: f64) -> Vec<Hit<'_>> {
        let asked = sounds(folded);
        let key = skeleton_of(&asked);
        if key.len() < 3 {
            return Vec::new();
        }
        let likeness = |name: &str| strsim::normalized_levenshtein(&asked, &sounds(name));
        let mut hits = self.hits(
            |index| {
                let mut named = index.names_of_skeleton(&key);
                named.retain(|named| likeness(&named.name) >= alike);
                named
            },
            |named| Match::Romanised(named.name.clone(), likeness(&named.name)),
        );
        hits.retain(|hit| hit.kind <= NameKind::Variant && hit.place.countries().any(languages::is_romanised));
        hits
    }

    /// The hits of the names that `find` finds in each index, found as `how` says.
    fn hits<'g>(
        &'g self,
        find: impl Fn(&'g super::Index) -> Vec<Named<'g>>,
        how: impl Fn(&Named<'g>) -> Match,
    ) -> Vec<Hit<'g>> {
        let mut hits = Vec::new();
        for (index, layer) in self.layers.iter().zip(0..) {
            for named in find(index) {
                let found = how(&named);
                hits.extend(self.hits_of(layer, index, &named, &found));
            }
        }
        hits
    }

    fn hits_of<'g>(&'g self, layer: u16, index: &'g super::Index, named: &Named<'g>, found: &Match) -> Vec<Hit<'g>> {
        let hit = |posting: &super::index::Posting| {
            let place = self.place(PlaceKey { layer, ordinal: posting.place() })?;
            let language = index.meta().languages.get(usize::from(posting.language())).map_or("", String::as_str);
            Some(Hit { place, kind: posting.kind(), language, found: found.clone() })
        };
        named.postings.iter().filter_map(hit).collect()
    }
}

/// The best hit of each place, the likeliest first.
fn ranked(mut hits: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    hits.sort_by_cached_key(|hit| {
        let score =
            hit.found.likeness() * 8.0 + hit.place.prominence() * if hit.found == Match::Exact { 1.0 } else { 0.5 };
        (std::cmp::Reverse((score * 1e6) as i64), hit.place.key())
    });
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert(hit.place.key()));
    let mut ids = HashSet::new();
    if hits.iter().any(|hit| hit.place.key().layer > 0) {
        hits.retain(|hit| ids.insert(hit.place.id()));
    }
    hits
}

impl Hit<'_> {
    /// Whether the name found is of a language (an ISO 639 code): it is said to be, or, where that is not told, it is
    /// written in the language's script.
    pub fn is_in(&self, language: &str, asked: &str) -> bool {
        let name = match &self.found {
            Match::Exact => asked,
            Match::Prefix(name) | Match::Fuzzy(name, _) | Match::Romanised(name, _) => name,
        };
        self.language == language || self.language.is_empty() && languages::is_written_in(name, language)
    }
}

impl Match {
    /// How alike the name found is to the one asked for, up to 1.
    pub fn likeness(&self) -> f64 {
        match self {
            Match::Exact => 1.0,
            Match::Prefix(_) => 0.9,
            Match::Fuzzy(name, distance) => 0.97 - f64::from(*distance) / (name.chars().count().max(1) as f64),
            Match::Romanised(_, likeness) => likeness * 0.98,
        }
    }
}
