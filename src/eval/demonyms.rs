//! Which mentions are demonyms. Corpora differ on whether demonyms are places, so that everything is scored with and without them.

use crate::gazetteer::{Gazetteer, NameKind};
use crate::text::fold;
use std::collections::HashSet;
use toponym_languages::languages;

/// Tells demonyms from other mentions.
#[derive(Clone, Debug)]
pub struct Demonyms(Option<HashSet<String>>);

impl Demonyms {
    /// Demonyms are those of the gazetteer under test, whose source is `data/languages/en/demonyms.tsv`.
    pub fn from_gazetteer() -> Self {
        Demonyms(None)
    }

    /// Demonyms are the words of this list, one in a line, and what ends in one of them. The gazetteer is not asked.
    pub fn from_list(list: &str) -> Self {
        Demonyms(Some(list.lines().map(|line| line.trim().to_lowercase()).filter(|line| !line.is_empty()).collect()))
    }

    /// Whether a mention with this text is a demonym: by its last word, with or without a plural ending; by the gazetteer also by the
    /// whole text ("South Sudanese").
    pub fn contains(&self, text: &str, gazetteer: &Gazetteer) -> bool {
        let Some(last) = text.split_whitespace().next_back() else { return false };
        let known = |word: &str| match &self.0 {
            Some(list) => list.contains(&word.to_lowercase()),
            None => gazetteer.named(&fold(word)).any(|(_, kind)| kind == NameKind::Demonym),
        };
        let singular = |ending: &String| {
            let (stem, end) = last.split_at_checked(last.len().checked_sub(ending.len())?)?;
            (end.to_lowercase() == *ending).then_some(stem)
        };
        known(last)
            || languages().default_language().endings.plurals.iter().filter_map(singular).any(known)
            || self.0.is_none() && known(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Demonyms;

    #[test]
    fn the_last_word_decides() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        for demonyms in [Demonyms::from_gazetteer(), Demonyms::from_list("turkish\nsyrian\n\n")] {
            for (text, is) in [
                ("Turkish", true),
                ("Syrians", true),
                ("SYRIANS", true),
                ("Kurdish Syrians", true),
                ("Syria", false),
                (" ", false),
            ] {
                assert_eq!(demonyms.contains(text, &gazetteer), is, "{text} {demonyms:?}");
            }
        }
    }
}
