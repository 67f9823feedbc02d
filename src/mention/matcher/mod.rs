//! Gazetteer matches: the longest names of the gazetteer at the words of a text.

mod bent;
mod search;
mod shared;
mod steps;
mod written;

use super::Senses;
use super::style::Style;
use crate::gazetteer::Gazetteer;
use crate::text::lexicon::Roles;
use crate::text::{Kind, Token, Words};
use search::Search;
pub use search::is_stem;
use shared::SharedName;
use std::sync::Arc;

/// A name of the gazetteer in the text.
pub struct GazetteerMatch<'g> {
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
    /// The folded name.
    pub name: Arc<str>,
    /// The places that bear it, each with what kind of name it is of the place.
    pub senses: Senses<'g>,
    /// Those of them that the name may mean as it is written.
    pub fitting: Senses<'g>,
    /// Bytes of its first token that belong to a word before it, written in one with it: the "and" of `وحلب`.
    pub prefix: usize,
}

impl<'g> GazetteerMatch<'g> {
    fn new(first: usize, last: usize, prefix: usize, name: SharedName<'g>) -> Self {
        let SharedName { name, senses, fitting } = name;
        GazetteerMatch { first, last, name, senses, fitting, prefix }
    }
}

/// The longest gazetteer match at each word, from left to right; none overlaps the one before. A phrase that is never a place
/// ("al nusra") covers its words.
pub fn longest_matches<'g>(words: &Words, styles: &[Style], gazetteer: &'g Gazetteer) -> Vec<GazetteerMatch<'g>> {
    let mut matches = Vec::new();
    let mut search = Search::new(words, gazetteer);
    let mut at = 0;
    while at < words.tokens.len() {
        let token = &words.tokens[at];
        let style = styles.get(token.sentence).copied().unwrap_or(Style::Normal);
        if !written::may_start(words, at, style) {
            at += 1;
            continue;
        }
        let never = if token.kind == Kind::Unspaced { 0 } else { words.phrase_at(at, Roles::NOT_A_PLACE) };
        let barred = nth_word(words, at, never);
        let longest = search.longest(at, style, 0).or_else(|| search.behind_proclitic(at, style));
        let longest = search.bent(at, style, longest);
        match longest.filter(|name| barred.is_none_or(|barred| name.last > barred)) {
            Some(name) => {
                at = name.last + 1;
                matches.push(name);
            }
            None => at = barred.unwrap_or(at) + 1,
        }
    }
    matches
}

/// The token of the `count`th word from token `at`, `None` for the 0th.
fn nth_word(words: &Words, at: usize, count: usize) -> Option<usize> {
    let own = words.tokens.iter().enumerate().skip(at).filter(|(_, t)| t.is_word());
    own.map(|(at, _)| at).nth(count.checked_sub(1)?)
}

/// The full stop right behind token `last`, in the same sentence.
pub fn stop_after<'w>(words: &'w Words, last: usize) -> Option<&'w Token> {
    let (token, stop) = (&words.tokens[last], words.tokens.get(last + 1)?);
    let attached = stop.kind == Kind::Stop && stop.start == token.end && stop.sentence == token.sentence;
    (attached && words.text.get(stop.start..stop.end) == Some(".")).then_some(stop)
}

#[cfg(test)]
mod tests {
    use super::{longest_matches, stop_after};
    use crate::mention::style::sentence_styles;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn matches(text: &str) -> Vec<String> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let matches = longest_matches(&words, &sentence_styles(&words), &gazetteer);
        let start = |first: usize, prefix: usize| tokens.list[first].start + prefix;
        matches.iter().map(|m| text[start(m.first, m.prefix)..tokens.list[m.last].end].to_owned()).collect()
    }

    #[test]
    fn the_longest_name_covers_its_words() {
        assert_eq!(matches("They left New York City and Deir ez-Zor."), ["New York City", "Deir ez-Zor"]);
        assert_eq!(matches("They left St. Louis and Trinidad and Tobago."), ["St. Louis", "Trinidad and Tobago"]);
        assert_eq!(matches("They left Man-\nchester and Aix-\nen-Provence."), ["Man-\nchester", "Aix-\nen-Provence"]);
    }

    #[test]
    fn a_phrase_that_is_never_a_place_covers_its_words() {
        assert!(matches("They met Paris Hilton.").is_empty());
        assert_eq!(matches("They went to Paris."), ["Paris"]);
    }

    #[test]
    fn names_need_capitals_where_the_script_has_them() {
        assert!(matches("They saw a turkey in the reading room of a nice mobile home.").is_empty());
        assert_eq!(matches("Shells fell on #aleppo again."), ["aleppo"]);
        assert_eq!(matches("حلب"), ["حلب"]);
        assert_eq!(matches("وحلب"), ["حلب"], "without the proclitic");
    }

    #[test]
    fn short_forms_need_their_stop_or_capitals() {
        assert_eq!(matches("They drove to Ky. and back."), ["Ky"]);
        assert!(!matches("They told us so.").contains(&"us".to_owned()));
        assert!(matches("The US said so.").contains(&"US".to_owned()));
        assert_eq!(matches("Jordan's army came."), ["Jordan"]);
    }

    #[test]
    fn katakana_is_not_cut() {
        assert!(!matches("アレッポセンター").contains(&"アレッポ".to_owned()));
        assert_eq!(matches("アレッポで戦闘"), ["アレッポ"]);
    }

    #[test]
    fn a_stop_belongs_to_the_word_that_it_is_attached_to() {
        let text = "Ky. and Ohio .";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let stops: Vec<_> = (0..tokens.list.len()).map(|at| stop_after(&words, at).is_some()).collect();
        assert_eq!(stops, [true, false, false, false, false]);
    }
}
