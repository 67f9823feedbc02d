//! The names of a text, each kept once: a list of one name over and over holds its places once.

use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::Senses;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A folded name with the places that bear it, shared by all its uses that are written alike.
#[derive(Clone)]
pub struct SharedName<'g> {
    /// The folded name.
    pub name: Arc<str>,
    /// The places that bear it.
    pub senses: Senses<'g>,
    /// Those that it may mean as it is written.
    pub fitting: Senses<'g>,
}

/// The names found so far. A name has several entries where its uses are written unlike: "US" has senses that "us" lacks.
#[derive(Default)]
pub struct SharedNames<'g> {
    by_name: FxHashMap<Arc<str>, Vec<SharedName<'g>>>,
}

impl<'g> SharedNames<'g> {
    /// The entry of a name with these senses, which is made if there is none.
    pub fn share(&mut self, name: &str, senses: &[(PlaceRef<'g>, NameKind)]) -> SharedName<'g> {
        let is_same = |known: &&SharedName<'g>| {
            let sense = |(place, kind): &(PlaceRef<'g>, NameKind)| (place.key(), *kind);
            known.senses.iter().map(sense).eq(senses.iter().map(sense))
        };
        if let Some(known) = self.by_name.get(name).and_then(|known| known.iter().find(is_same)) {
            return known.clone();
        }
        let shared = SharedName::new(name.into(), senses.into());
        self.by_name.entry(shared.name.clone()).or_default().push(shared.clone());
        shared
    }
}

impl<'g> SharedName<'g> {
    /// A name with its senses. "French" is no village of that name, and "Ky." with its stop is nothing but the state.
    fn new(name: Arc<str>, senses: Senses<'g>) -> Self {
        let any = |wanted: NameKind| senses.iter().any(|(_, kind)| *kind == wanted);
        let (demonym, shortened) = (any(NameKind::Demonym), any(NameKind::Shortening));
        let fits =
            |kind| (kind == NameKind::Demonym) == demonym && (kind == NameKind::Shortening || !shortened || demonym);
        let fitting = match demonym || shortened {
            true => senses.iter().copied().filter(|(_, kind)| fits(*kind)).collect(),
            false => senses.clone(),
        };
        SharedName { name, senses, fitting }
    }
}

#[cfg(test)]
mod tests {
    use super::SharedNames;
    use crate::gazetteer::NameKind;
    use std::sync::Arc;

    #[test]
    fn uses_that_are_written_alike_share_their_senses() {
        let gazetteer = crate::embedded().expect("opens");
        let senses: Vec<_> = gazetteer.named("georgia").collect();
        assert!(senses.len() > 1);
        let mut names = SharedNames::default();
        let [one, two, other] = [&senses[..], &senses[..], &senses[1..]].map(|senses| names.share("georgia", senses));
        assert!(Arc::ptr_eq(&one.senses, &two.senses) && Arc::ptr_eq(&one.name, &two.name));
        assert_eq!(other.senses.len(), senses.len() - 1);
    }

    #[test]
    fn an_adjective_is_no_village() {
        let gazetteer = crate::embedded().expect("opens");
        let senses: Vec<_> = gazetteer.named("french").collect();
        let fitting = SharedNames::default().share("french", &senses).fitting;
        assert!(!fitting.is_empty() && fitting.iter().all(|(_, kind)| *kind == NameKind::Demonym));
    }
}
