//! Names that the plural behind the last of them tells of: "Barrow, Jackson and Madison counties".

use crate::text::Kind;
use crate::text::Words;
use crate::text::lexicon::Roles;

/// No more names than this are looked through for the word that tells of them all.
const MOST: usize = 16;

/// The token of the plural that states what the names are of which the first ends with token `last`: "counties", "Rivers".
pub fn plural_behind(words: &Words, last: usize) -> Option<usize> {
    let mut last = last;
    for _ in 0..MOST {
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
    use super::plural_behind;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn listed(text: &str, name: &str) -> bool {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let last = (0..tokens.list.len()).find(|&at| tokens.list[at].of(text) == name).expect("a word of the text");
        plural_behind(&words, last).is_some()
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
