//! Places by name: the exact one, its beginning, one with a slip of the pen, or another romanisation.

use super::index::Named;
use super::{Gazetteer, NameKind, Place, PlaceKey, PlaceRef, languages, other_spellings};
use fst::Automaton;
use fst::automaton::{Levenshtein, Str};
use std::collections::HashSet;
use toponym_languages::languages;
use toponym_text::{fold, skeleton_of, sounds};

/// A place found by name.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// The place.
    pub place: Place,
    /// What the name found is to the place.
    pub kind: NameKind,
    /// ISO 639 code of the name's language; empty where the gazetteer does not say.
    pub language: String,
    /// How the name found differs from the one asked for.
    pub found: Match,
}

/// A place found by name, borrowed from its gazetteer.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct HitRef<'g> {
    /// The place.
    pub place: PlaceRef<'g>,
    /// What the name found is to the place.
    pub kind: NameKind,
    /// ISO 639 code of the name's language; empty where the gazetteer does not say.
    pub language: &'g str,
    /// How the name found differs from the one asked for.
    pub found: Match,
}

impl From<HitRef<'_>> for Hit {
    fn from(hit: HitRef<'_>) -> Self {
        let HitRef { place, kind, language, found } = hit;
        Hit { place: place.into(), kind, language: language.to_owned(), found }
    }
}

/// How a name that was found differs from the one asked for. Names are folded: in small letters, without accents.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Match {
    /// Not at all.
    Exact,
    /// This name begins with the one asked for.
    Prefix(String),
    /// This name differs by so many letters.
    Fuzzy(String, u32),
    /// This name is another romanisation, with its similarity to the one asked for, 0 to 1.
    Romanised(String, f64),
}

/// The lowest similarity, 0 to 1, of two romanisations of one name.
const ALIKE: f64 = 0.72;

/// Names that are looked at before the best are chosen, at most.
const MOST_NAMES: usize = 20_000;

/// Consonants of a name that is looked up by them alone, at least.
const FEWEST_CONSONANTS: usize = 4;

impl Gazetteer {
    /// Finds places by name, the likeliest first: those that bear it; where none does, those with a similar name, be it
    /// a slip of the pen or another romanisation. Behind a comma stands what contains the place.
    ///
    /// ```
    /// use toponym_gazetteer::{Gazetteer, Index};
    /// let gazetteer = Gazetteer::new(vec![Index::from_static(toponym_data::GAZETTEER)?]);
    /// assert_eq!(gazetteer.lookup("Sheikh Maqsood")[0].place.name(), "Sheikh Maqsoud");
    /// assert_eq!(gazetteer.lookup("Tripoli, Lebanon")[0].place.country(), "LB");
    /// assert_eq!(gazetteer.lookup("Barcelonna")[0].place.name(), "Barcelona");
    /// # Ok::<(), toponym_gazetteer::GazetteerError>(())
    /// ```
    pub fn lookup(&self, name: &str) -> Vec<Hit> {
        owned(self.lookup_refs(name))
    }

    /// The places with this name or a similar one, the likeliest first: names of four to seven letters may differ by
    /// one letter, longer ones by two, or they sound alike.
    pub fn similar(&self, name: &str) -> Vec<Hit> {
        owned(self.similar_refs(name))
    }

    /// At most `limit` places with a name that begins so, the better known first.
    pub fn complete(&self, beginning: &str, limit: usize) -> Vec<Hit> {
        let folded = fold(beginning);
        let automaton = || Str::new(&folded).starts_with();
        let mut hits =
            self.hits(|index| index.matching(automaton(), MOST_NAMES), |named| Match::Prefix(named.name.clone()));
        hits.retain(|hit| hit.kind != NameKind::Demonym);
        let mut hits = ranked(hits);
        hits.truncate(limit);
        owned(hits)
    }

    fn lookup_refs(&self, name: &str) -> Vec<HitRef<'_>> {
        let folded = fold(name);
        let spellings = std::iter::once(folded.clone()).chain(other_spellings(&folded));
        let exact = spellings.map(|spelling| self.exact(&spelling)).find(|hits| !hits.is_empty());
        if let Some(exact) = exact {
            return ranked(exact);
        }
        if let Some((part, whole)) = name.rsplit_once(',') {
            let wholes = self.lookup_refs(whole);
            let mut parts = self.lookup_refs(part);
            parts.retain(|part| wholes.iter().any(|whole| whole.place.contains(&part.place)));
            return parts;
        }
        self.similar_refs(name)
    }

    fn similar_refs(&self, name: &str) -> Vec<HitRef<'_>> {
        let folded = fold(name);
        let mut hits = self.exact(&folded);
        hits.extend(self.romanised(&folded, ALIKE));
        hits.extend(self.fuzzy(&folded));
        ranked(hits)
    }

    fn exact(&self, folded: &str) -> Vec<HitRef<'_>> {
        let named = |index| vec![Named { name: String::new(), postings: super::Index::named(index, folded) }];
        self.hits(named, |_| Match::Exact)
    }

    fn fuzzy(&self, folded: &str) -> Vec<HitRef<'_>> {
        let distance = match folded.chars().count() {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            _ => 2,
        };
        // A long name may need more states than the automaton may have; it is then looked up with fewer differences.
        let automaton = (1..=distance).rev().find_map(|d| Levenshtein::new(folded, d).ok());
        let Some(automaton) = automaton else { return Vec::new() };
        self.hits(
            |index| index.matching(&automaton, MOST_NAMES),
            |named| Match::Fuzzy(named.name.clone(), strsim::levenshtein(folded, &named.name) as u32),
        )
    }

    /// The places with a romanised name that sounds like this folded one, with a similarity of at least `alike`, 0 to
    /// 1.
    #[doc(hidden)]
    pub fn romanised(&self, folded: &str, alike: f64) -> Vec<HitRef<'_>> {
        let asked = sounds(folded, languages());
        let key = skeleton_of(&asked);
        if key.len() < 3 {
            return Vec::new();
        }
        self.of_sounds(&asked, &key, alike)
    }

    /// The places with a romanised name of the same consonants as this folded one, which was written without vowels; of names with few
    /// consonants none. Their similarity is at least `alike`.
    #[doc(hidden)]
    pub fn with_consonants(&self, folded: &str, alike: f64) -> Vec<HitRef<'_>> {
        let asked = sounds(folded, languages());
        let key = skeleton_of(&asked);
        if key.chars().count() < FEWEST_CONSONANTS {
            return Vec::new();
        }
        let mut hits = self.of_sounds(&asked, &key, 0.0);
        for hit in &mut hits {
            if let Match::Romanised(_, likeness) = &mut hit.found {
                *likeness = likeness.max(alike);
            }
        }
        hits
    }

    /// The places with a romanised name of these sounds and consonants, with a similarity of at least `alike`.
    fn of_sounds(&self, asked: &str, key: &str, alike: f64) -> Vec<HitRef<'_>> {
        let likeness = |name: &str| strsim::normalized_levenshtein(asked, &sounds(name, languages()));
        let mut hits = self.hits(
            |index| {
                let mut named = index.names_of_skeleton(key);
                named.retain(|named| likeness(&named.name) >= alike);
                named
            },
            |named| Match::Romanised(named.name.clone(), likeness(&named.name)),
        );
        hits.retain(|hit| hit.kind <= NameKind::Variant && hit.place.countries().any(languages::is_romanised));
        hits
    }

    /// The places of the names that `find` returns for each index; `how` says how a name differs from the one asked
    /// for.
    fn hits<'g>(
        &'g self,
        find: impl Fn(&'g super::Index) -> Vec<Named<'g>>,
        how: impl Fn(&Named<'g>) -> Match,
    ) -> Vec<HitRef<'g>> {
        let mut hits = Vec::new();
        for (index, layer) in self.layers().iter().zip(0..) {
            for named in find(index) {
                let found = how(&named);
                hits.extend(self.hits_of(layer, index, &named, &found));
            }
        }
        hits
    }

    fn hits_of<'g>(&'g self, layer: u16, index: &'g super::Index, named: &Named<'g>, found: &Match) -> Vec<HitRef<'g>> {
        let hit = |posting: &super::index::Posting| {
            let place = self.place(PlaceKey { layer, ordinal: posting.place() })?;
            let language = index.meta().languages.get(usize::from(posting.language())).map_or("", String::as_str);
            Some(HitRef { place, kind: posting.kind(), language, found: found.clone() })
        };
        named.postings.iter().filter_map(hit).collect()
    }
}

fn owned(hits: Vec<HitRef<'_>>) -> Vec<Hit> {
    hits.into_iter().map(Hit::from).collect()
}

/// The best hit of each place and id, the likeliest first.
fn ranked(mut hits: Vec<HitRef<'_>>) -> Vec<HitRef<'_>> {
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

impl Hit {
    /// Whether the name found is of a language (an ISO 639 code): the gazetteer says so, or it does not say and the
    /// name is written in the language's script. `asked` is the name that was looked up.
    pub fn is_in(&self, language: &str, asked: &str) -> bool {
        let name = match &self.found {
            Match::Exact => asked,
            Match::Prefix(name) | Match::Fuzzy(name, _) | Match::Romanised(name, _) => name,
        };
        self.language == language || self.language.is_empty() && languages::is_written_in(name, language)
    }
}

impl Match {
    /// The similarity of the name found to the one asked for, 0 to 1.
    pub fn likeness(&self) -> f64 {
        match self {
            Match::Exact => 1.0,
            Match::Prefix(_) => 0.9,
            Match::Fuzzy(name, distance) => 0.97 - f64::from(*distance) / (name.chars().count().max(1) as f64),
            Match::Romanised(_, likeness) => likeness * 0.98,
        }
    }
}
