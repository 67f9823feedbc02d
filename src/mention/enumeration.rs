//! Lists of names that the plural of a generic noun beside them types: "Barrow, Jackson and Madison counties", "the districts of Idlib
//! and Hama".

use crate::text::language::FunctionRole;
use crate::text::{Kind, Token, Words};

/// Names of one list that are looked through for the plural behind them.
const MAX_NAMES: usize = 16;

/// The plural that says what the names of a list are to which the name from token `first` to `last` belongs: behind the list, or before
/// it. With a capital it may be the end of the last name ("Tulsa and Hot Springs"), unless it is one of divisions ("Kane and Douglas Counties").
pub fn plural_beside(words: &Words, first: usize, last: usize) -> Option<usize> {
    plural_behind(words, last)
        .filter(|&plural| !words.has_capital(plural) || is_of_divisions(words, plural))
        .or_else(|| plural_before(words, first, last))
}

/// Whether the name from token `first` to `last` is one of at least three that only commas and conjunctions link.
pub fn is_of_three(words: &Words, first: usize, last: usize) -> bool {
    let behind = std::iter::successors(end_of_next_name(words, last), |&last| end_of_next_name(words, last));
    let behind = behind.take(2).count();
    let before =
        std::iter::successors(previous_name(words, first), |&first| previous_name(words, first)).take(2).count();
    behind + before > 1
}

/// The plural before a list: "the districts of Idlib and Hama", "counties under a warning: Lane, Morrow".
fn plural_before(words: &Words, first: usize, last: usize) -> Option<usize> {
    let own = first;
    let mut first = first;
    for _ in 0..MAX_NAMES {
        match previous_name(words, first) {
            Some(previous) => first = previous,
            None => break,
        }
    }
    let alone = first == own && next_name(words, last).is_none();
    let sentence = words.tokens[first].sentence;
    let in_sentence = |at: usize| words.tokens.get(at).is_some_and(|token| token.sentence == sentence);
    // "Counties of Macon and Linn" begins a line.
    let bare = |at: usize| !words.has_capital(at) || words.tokens[at].opens;
    let typed = |at: usize| in_sentence(at) && bare(at) && is_plural(words, at);
    let before = first.checked_sub(1).filter(|&at| in_sentence(at))?;
    if words.tokens[before].slice(words.text) == ":" {
        return (0..before).rev().take(MAX_WORDS).take_while(|&at| in_sentence(at)).find(|&at| typed(at));
    }
    // "counties in Nevada" are not called so.
    let words_before = [Some(before), before.checked_sub(1)].into_iter().flatten();
    words_before.take_while(|&at| !alone && words.tokens[at].is_word()).find(|&at| typed(at))
}

/// Words between a plural and the colon before its list.
const MAX_WORDS: usize = 12;

/// The first token of the name that a comma, a conjunction or both link to the name that begins with token `first`.
fn previous_name(words: &Words, first: usize) -> Option<usize> {
    let own = words.tokens[first].sentence;
    let token = |at: usize| words.tokens.get(at).filter(|token| token.sentence == own);
    let mut at = first.checked_sub(1)?;
    let conjunction = token(at).is_some_and(|_| is_conjunction(words, at));
    if conjunction {
        at = at.checked_sub(1)?;
    }
    let comma = token(at)?.kind == Kind::Comma;
    if comma {
        at = at.checked_sub(1)?;
    }
    if token(at).is_some_and(|token| token.kind == Kind::Possessive) {
        at = at.checked_sub(1)?;
    }
    if !(conjunction || comma) || token(at).is_none() || !words.has_capital(at) {
        return None;
    }
    while let Some(more) = words.previous(at).filter(|&more| words.has_capital(more)) {
        at = more;
    }
    Some(at)
}

/// The plural, such as "counties", "townships" or "Rivers", that says what the names of a list are of which the first ends with token
/// `last`: its token, behind the list or at the end of it.
pub fn plural_behind(words: &Words, last: usize) -> Option<usize> {
    let mut last = behind_genitive(words, last);
    for _ in 0..MAX_NAMES {
        if is_plural(words, last + 1) {
            return Some(last + 1);
        }
        last = behind_genitive(words, end_of_next_name(words, last)?);
        // "the Ohio and Missouri Rivers"
        if is_plural(words, last) && !is_plural(words, last + 1) {
            return Some(last);
        }
    }
    None
}

/// The last token of a name with the mark of the genitive that it may end in: "Saint Mary's County".
fn behind_genitive(words: &Words, last: usize) -> usize {
    let own = words.tokens[last];
    let genitive = |token: &Token| token.kind == Kind::Possessive && token.sentence == own.sentence;
    last + usize::from(words.tokens.get(last + 1).is_some_and(genitive))
}

/// The last token of the name that a comma, a conjunction or both link to the name that ends with token `last`.
fn end_of_next_name(words: &Words, last: usize) -> Option<usize> {
    let mut last = next_name(words, last)?;
    while let Some(more) = words.next(last).filter(|&more| words.has_capital(more)) {
        last = more;
    }
    Some(last)
}

/// The first token of the name that a comma, a conjunction or both link to the name that ends with token `last`.
fn next_name(words: &Words, last: usize) -> Option<usize> {
    let mut at = last + 1;
    let own = words.tokens[last].sentence;
    let token = |at: usize| words.tokens.get(at).filter(|token| token.sentence == own);
    at += usize::from(token(at)?.kind == Kind::Comma);
    at += usize::from(token(at).is_some_and(|_| is_conjunction(words, at)));
    (at > last + 1 && token(at).is_some() && words.has_capital(at)).then_some(at)
}

/// Whether a token is a conjunction of lists.
pub fn is_conjunction(words: &Words, at: usize) -> bool {
    words.language().function_words.has(words.key(at), FunctionRole::Conjunction)
}

/// Whether a word behind names says that they are divisions.
fn is_of_divisions(words: &Words, at: usize) -> bool {
    words.language().generic_types.behind(words.key(at)).has_division()
}

/// Whether a token is the plural of a generic noun of places or streets.
fn is_plural(words: &Words, at: usize) -> bool {
    let roles = words.roles(at);
    (roles.is_place_type() || roles.is_street_type())
        && words.language().plural_endings.iter().any(|ending| words.folded(at).ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{MAX_NAMES, plural_before, plural_behind};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn listed(text: &str, name: &str) -> bool {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let last = (0..tokens.list.len()).find(|&at| tokens.list[at].slice(text) == name).expect("a word of the text");
        plural_behind(&words, last).is_some()
    }

    #[test]
    fn a_plural_types_all_names_behind_it() {
        let text = "New York counties under a burn ban: Oswego, St. Lawrence, Cayuga.";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let at = |name: &str| (0..tokens.list.len()).find(|&at| tokens.list[at].slice(text) == name).expect("a word");
        for (first, last) in [("Oswego", "Oswego"), ("St", "Lawrence"), ("Cayuga", "Cayuga")] {
            assert!(plural_before(&words, at(first), at(last)).is_some(), "{last}");
        }
    }

    #[test]
    fn a_plural_types_all_names_before_it() {
        let text = "It snowed in Barrow, Jackson, Clay and Madison counties, and Ohio and Clay met.";
        for name in ["Barrow", "Jackson", "Madison"] {
            assert!(listed(text, name), "{name}");
        }
        assert!(!listed(text, "Ohio"));
        assert!(listed("It hit Somerset, Queen Anne's and Saint Mary's counties.", "Somerset"));
        assert!(listed("between the Ohio and Missouri Rivers", "Ohio"));
        assert!(listed("at the corner of Fourth and Vine streets", "Fourth"));
    }

    #[test]
    fn a_list_ends_where_no_name_is_linked() {
        assert!(!listed("Clay, Jackson and their friends left the counties", "Clay"));
        assert!(!listed("They left Clay. Jackson and Madison counties were dry.", "Clay"));
        assert!(!listed("Clay Jackson Madison county", "Clay"), "a singular");
    }

    #[test]
    fn a_list_without_end_is_given_up() {
        let names = vec!["Clay"; MAX_NAMES + 4].join(", ");
        assert!(!listed(&format!("Barrow, {names} counties"), "Barrow"));
    }

    #[test]
    fn a_plural_may_stand_before_its_list() {
        let plural = |text: &str, name: &str| {
            let tokens = tokenise(text, languages());
            let words = Words::new(text, &tokens, languages().default_language());
            let at =
                (0..tokens.list.len()).find(|&at| tokens.list[at].slice(text) == name).expect("a word of the text");
            plural_before(&words, at, at).map(|plural| tokens.list[plural].slice(text).to_owned())
        };
        assert_eq!(plural("in the districts of Idlib, Hama and Homs", "Homs").as_deref(), Some("districts"));
        assert_eq!(plural("Ohio counties under a warning: Lane, Knox", "Knox").as_deref(), Some("counties"));
        assert_eq!(plural("two counties in Nevada", "Nevada"), None);
        assert_eq!(plural("two counties, Nevada and Utah", "Utah"), None);
    }
}
