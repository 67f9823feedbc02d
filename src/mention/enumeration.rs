//! Names that the plural behind the last of them tells of: "Barrow, Jackson and Madison counties".

use crate::text::Kind;
use crate::text::Words;
use crate::text::lexicon::Roles;

/// No more names than this are looked through for the word that tells of them all.
const MOST: usize = 16;

/// Whether what names from the one that ends with token `last` on are stands behind them: "counties", "townships", "rivers".
pub fn names_places(words: &Words, last: usize) -> bool {
    let mut last = last;
    for _ in 0..MOST {
        if is_plural(words, last + 1) {
            return true;
        }
        let Some(next) = next_name(words, last) else { return false };
        last = next;
        while let Some(more) = words.next(last).filter(|&more| words.has_capital(more)) {
            last = more;
        }
        // "the Ohio and Missouri Rivers"
        if is_plural(words, last) {
            return true;
        }
    }
    false
}

/// The first token of the name that a comma, an "and" or both link to the one that ends with token `last`.
fn next_name(words: &Words, last: usize) -> Option<usize> {
    let mut at = last + 1;
    let own = words.tokens[last].sentence;
    let token = |at: usize| words.tokens.get(at).filter(|token| token.sentence == own);
    at += usize::from(token(at)?.kind == Kind::Comma);
    at += usize::from(token(at).is_some_and(|_| matches!(words.folded(at), "and" | "or")));
    (at > last + 1 && token(at).is_some() && words.has_capital(at)).then_some(at)
}

fn is_plural(words: &Words, at: usize) -> bool {
    words.roles(at).any(Roles::PLACE_AFTER | Roles::STREET_AFTER) && words.folded(at).ends_with('s')
}

#[cfg(test)]
mod tests {
    use super::names_places;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn listed(text: &str, name: &str) -> bool {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let last = (0..tokens.list.len()).find(|&at| tokens.list[at].of(text) == name).expect("a word of the text");
        names_places(&words, last)
    }

    #[test]
    fn a_plural_tells_of_all_names_before_it() {
        let text = "It snowed in Barrow, Jackson, Clay and Madison counties, and Ohio and Clay met.";
        for name in ["Barrow", "Jackson", "Madison"] {
            assert!(listed(text, name), "{name}");
        }
        assert!(!listed(text, "Ohio"));
        assert!(listed("between the Ohio and Missouri Rivers", "Ohio"));
        assert!(!listed("Clay, Jackson and their friends left the counties", "Clay"));
    }
}
