//! Names of streets, buildings and organisations, by the words that end them.

use crate::text::language::Language;

/// What a name looks like, if it is no ordinary name of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facility {
    /// An organisation or a building: "Aleppo University".
    Organisation = 1,
    /// A street or an address: "Royal Street", "12 Royal".
    Street = 2,
}

/// Words at the end of a name that are looked up together, at most.
const LONGEST_ENDING: usize = 3;

/// What a folded name looks like. The words that say so stand behind at least one other.
pub fn facility(language: &Language, folded: &str) -> Option<Facility> {
    let endings = || folded.rmatch_indices(' ').take(LONGEST_ENDING).map(|(blank, _)| &folded[blank + 1..]);
    if endings().any(|ending| language.roles(ending).is_street_type())
        || folded.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(Facility::Street);
    }
    endings().any(|ending| language.roles(ending).is_organisation_type()).then_some(Facility::Organisation)
}

#[cfg(test)]
mod tests {
    use super::{Facility, facility};
    use toponym_languages::languages;

    #[test]
    fn the_last_words_of_a_name_tell() {
        for (name, looks_like) in [
            ("royal street", Some(Facility::Street)),
            ("12 royal", Some(Facility::Street)),
            ("aleppo university", Some(Facility::Organisation)),
            ("aleppo", None),
            ("street", None),
        ] {
            assert_eq!(facility(languages().default_language(), name), looks_like, "{name}");
        }
    }
}
