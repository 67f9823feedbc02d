//! How a document uses each of its words: what one sentence leaves open, another may decide.

use super::numbered::numbered;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::style::Style;
use crate::text::Words;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind};

numbered! {
    /// A way in which a document uses a word at least once. The number is that of a bit in [`Usages::of_word`].
    pub enum Usage {
        AfterPlaceCue = 0, "after-place-cue";
        AfterTitle = 1, "after-title";
        AfterGivenName = 2, "after-given-name";
        BeforeOrganisationCue = 3, "before-organisation-cue";
        WithoutCapital = 4, "without-capital";
        /// As part of a name of the gazetteer with a comma and another such name behind it.
        BeforeContainer = 5, "before-container";
        InRun = 6, "in-run";
        /// With a capital that neither its neighbours have nor the beginning of a sentence accounts for.
        Alone = 7, "alone";
        /// In a name of the gazetteer that the rules are sure is a place.
        SurelyPlace = 8, "surely-place";
        /// In a name of the gazetteer that the rules are sure is no place.
        SurelyNotPlace = 9, "surely-not-place";
        BeforeSurname = 10, "before-surname";
    }
}

impl Usage {
    const fn bit(self) -> u32 {
        1 << self.number()
    }
}

/// The rules are sure of a name whose rule score is farther from 0 than this, in log-odds.
const SURE: f64 = 2.0;

/// The ways in which a document uses each of its words: for each distinct word a set of [`Usage`]s.
pub struct Usages(Vec<u32>);

impl Usages {
    /// Collects the usages of all words of a document, given the styles of its sentences, the names of the gazetteer in it and
    /// their rule scores in log-odds.
    pub fn new(words: &Words, styles: &[Style], found: &[GazetteerMatch<'_>], scores: &[f64]) -> Self {
        let mut usages = vec![0; words.distinct()];
        for (at, token) in words.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
            let own = &mut usages[words.which(at)];
            if token.case == Case::Lower {
                *own |= Usage::WithoutCapital.bit();
                continue;
            }
            if styles.get(token.sentence) != Some(&Style::Normal) {
                continue;
            }
            let before = words.previous(at);
            let capital_before = before.filter(|&at| words.has_capital(at));
            let roles = before.map_or(Roles::default(), |at| words.roles(at));
            let next = words.next(at).filter(|&at| words.has_capital(at));
            let next_roles = next.map_or(Roles::default(), |at| words.roles(at));
            let mut note = |usage: Usage, holds: bool| *own |= if holds { usage.bit() } else { 0 };
            note(Usage::AfterPlaceCue, roles.any(Roles::PLACE_BEFORE));
            note(Usage::AfterTitle, roles.any(Roles::PERSON_TITLE));
            note(Usage::AfterGivenName, capital_before.is_some() && roles.any(Roles::GIVEN));
            note(Usage::BeforeOrganisationCue, next_roles.any(Roles::ORG_AFTER));
            note(Usage::BeforeSurname, next_roles.any(Roles::SURNAME) && words.roles(at).any(Roles::GIVEN));
            note(Usage::InRun, capital_before.is_some() || next.is_some());
            note(Usage::Alone, capital_before.is_none() && next.is_none() && !token.opens);
        }
        for (at, (name, score)) in found.iter().zip(scores).enumerate() {
            let contained = found
                .get(at + 1)
                .is_some_and(|next| next.first == name.last + 2 && words.tokens[name.last + 1].kind == Kind::Comma);
            for token in name.first..=name.last {
                let own = &mut usages[words.which(token)];
                *own |= if contained { Usage::BeforeContainer.bit() } else { 0 };
                *own |= if *score > SURE { Usage::SurelyPlace.bit() } else { 0 };
                *own |= if *score < -SURE { Usage::SurelyNotPlace.bit() } else { 0 };
            }
        }
        Usages(usages)
    }

    /// The usages of a distinct word, given its number ([`Words::which`]): a set with one bit for each [`Usage`].
    pub fn of_word(&self, which: usize) -> u32 {
        self.0.get(which).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Usage, Usages};
    use crate::mention::matcher::GazetteerMatch;
    use crate::mention::style;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    #[test]
    fn the_usages_of_a_word_add_up() {
        let text = "The troops came back in Jordan that evening. Later on Michael Jordan had to reach for the reach.";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let usages = Usages::new(&words, &style::sentence_styles(&words), &[], &[]);
        let of = |word: &str| {
            let at = (0..tokens.list.len()).find(|&at| words.folded(at) == word).expect("a word of the text");
            usages.of_word(words.which(at))
        };
        for usage in [Usage::AfterPlaceCue, Usage::AfterGivenName, Usage::Alone] {
            assert_ne!(of("jordan") & usage.bit(), 0, "{usage:?}");
        }
        assert_eq!(of("reach"), Usage::WithoutCapital.bit());
    }

    #[test]
    fn rule_scores_and_containers_count_for_every_word_of_a_name() {
        let text = "They left New Paris, Ohio in May.";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let name = |first, last| GazetteerMatch {
            first,
            last,
            name: "".into(),
            senses: [].into(),
            fitting: [].into(),
            prefix: 0,
        };
        let usages = Usages::new(&words, &style::sentence_styles(&words), &[name(2, 3), name(5, 5)], &[2.5, -2.5]);
        let of = |at: usize| usages.of_word(words.which(at));
        for at in [2, 3] {
            assert_eq!(of(at) & Usage::BeforeContainer.bit(), Usage::BeforeContainer.bit());
            assert_eq!(of(at) & Usage::SurelyPlace.bit(), Usage::SurelyPlace.bit());
        }
        assert_eq!(of(5) & Usage::SurelyNotPlace.bit(), Usage::SurelyNotPlace.bit());
        assert_eq!(of(5) & Usage::BeforeContainer.bit(), 0);
    }
}
