//! Which mentions are demonyms: corpora differ on whether they are places, so that everything is scored with and
//! without them.

use crate::gazetteer::{Gazetteer, NameKind};
use crate::text::fold;
use std::collections::HashSet;

/// Tells demonyms from names.
#[derive(Clone, Debug)]
pub struct Demonyms(Option<HashSet<String>>);

impl Demonyms {
    /// Takes for a demonym what the gazetteer under test has as one: `data/languages/en/demonyms.tsv`.
    pub fn of_gazetteer() -> Self {
        Demonyms(None)
    }

    /// Takes for a demonym what ends in a word of this list, one a line, whatever the gazetteer says.
    pub fn of_list(list: &str) -> Self {
        Demonyms(Some(list.lines().map(|line| line.trim().to_lowercase()).filter(|line| !line.is_empty()).collect()))
    }

    /// Whether a mention is one: by its last word, as it stands or without a plural "s"; with the gazetteer's table also
    /// by the whole ("South Sudanese").
    pub fn holds(&self, text: &str, gazetteer: &Gazetteer) -> bool {
        let Some(last) = text.split_whitespace().next_back() else { return false };
        let known = |word: &str| match &self.0 {
            Some(list) => list.contains(&word.to_lowercase()),
            None => gazetteer.named(&fold(word)).any(|(_, kind)| kind == NameKind::Demonym),
        };
        let plural = last.strip_suffix(['s', 'S']);
        known(last) || plural.is_some_and(known) || self.0.is_none() && known(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Demonyms;

    #[test]
    fn the_last_word_tells() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        for demonyms in [Demonyms::of_gazetteer(), Demonyms::of_list("turkish\nsyrian\n\n")] {
            for (text, is) in
                [("Turkish", true), ("Syrians", true), ("Kurdish Syrians", true), ("Syria", false), (" ", false)]
            {
                assert_eq!(demonyms.holds(text, &gazetteer), is, "{text} {demonyms:?}");
            }
        }
    }
}
