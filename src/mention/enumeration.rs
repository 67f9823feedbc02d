//! Lists of names that the plural of a generic noun behind them types: "Barrow, Jackson and Madison counties".

use crate::text::language::FunctionRole;
use crate::text::{Kind, Words};

/// Names of one list that are looked through for the plural behind them.
const MAX_NAMES: usize = 16;

/// The plural, such as "counties", "townships" or "Rivers", that says what the names of a list are of which the first ends with token
/// `last`: its token, behind the list or at the end of it.
pub fn plural_behind(words: &Words, last: usize) -> Option<usize> {
    let mut last = last;
    for _ in 0..MAX_NAMES {
        if is_plural(words, last + 1) {
            return Some(last + 1);
        }
        last = next_name(words, last)?;
        while let Some(more) = words.next(last).filter(|&more| words.has_capital(more)) {
            last = more;
        }
        // "the Ohio and Missouri Rivers"
        if is_plural(words, last) {
            return Some(last);
        }
    }
    None
}

/// The first token of the name that a comma, a conjunction or both link to the name that ends with token `last`.
fn next_name(words: &Words, last: usize) -> Option<usize> {
    let mut at = last + 1;
    let own = words.tokens[last].sentence;
    let token = |at: usize| words.tokens.get(at).filter(|token| token.sentence == own);
    let links = |at: usize| words.language().function_words.has(words.key(at), FunctionRole::Conjunction);
    at += usize::from(token(at)?.kind == Kind::Comma);
    at += usize::from(token(at).is_some_and(|_| links(at)));
    (at > last + 1 && token(at).is_some() && words.has_capital(at)).then_some(at)
}

/// Whether a token is the plural of a generic noun of places or streets.
fn is_plural(words: &Words, at: usize) -> bool {
    let roles = words.roles(at);
    (roles.is_place_type() || roles.is_street_type())
        && words.language().plural_endings.iter().any(|ending| words.folded(at).ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{MAX_NAMES, plural_behind};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn listed(text: &str, name: &str) -> bool {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let last = (0..tokens.list.len()).find(|&at| tokens.list[at].slice(text) == name).expect("a word of the text");
        plural_behind(&words, last).is_some()
    }

    #[test]
    fn a_plural_types_all_names_before_it() {
        let text = "It snowed in Barrow, Jackson, Clay and Madison counties, and Ohio and Clay met.";
        for name in ["Barrow", "Jackson", "Madison"] {
            assert!(listed(text, name), "{name}");
        }
        assert!(!listed(text, "Ohio"));
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
}
