//! Words that a hyphen parts at the end of a line, as in print that a machine has read: "Man-\nchester".

use std::borrow::Cow;

/// White space between the hyphen and the rest of the word, in bytes, at most.
const MOST_BLANKS: usize = 12;

/// Small letters of the rest of the word, at least.
const SHORTEST_REST: usize = 2;

/// The length in bytes of a hyphen and the white space behind it, at the beginning of a text, if a line ends there and a word goes on in the
/// next one. What goes on with a hyphen is a part of a name: "Stratford-\nupon-Avon".
pub(crate) fn length(text: &str) -> Option<usize> {
    let hyphen = text.chars().next().filter(|c| matches!(c, '-' | '‐' | '\u{ad}' | '¬'))?;
    let behind = &text[hyphen.len_utf8()..];
    let rest = behind.trim_start_matches([' ', '\t', '\r', '\n']);
    let blanks = &behind[..behind.len() - rest.len()];
    if !blanks.contains('\n') || blanks.len() > MOST_BLANKS {
        return None;
    }
    let behind_word = rest.trim_start_matches(char::is_lowercase);
    let letters = rest[..rest.len() - behind_word.len()].chars().take(SHORTEST_REST).count();
    let goes_on = letters == SHORTEST_REST && !behind_word.starts_with(['-', '‐']);
    goes_on.then(|| hyphen.len_utf8() + blanks.len())
}

/// A text with the words that such hyphens part in one.
pub(crate) fn joined(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match length(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                joined.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Cow::Owned(joined)
}

#[cfg(test)]
mod tests {
    use super::{joined, length};

    #[test]
    fn hyphens_at_the_end_of_a_line_part_words() {
        assert_eq!(joined("Man-\nchester and Liver-\r\npool"), "Manchester and Liverpool");
        for whole in ["Aix-\nen-Provence", "Bosnia-\nHerzegovina", "two - three", "Deir-\nez-Zor", "a-\n b"] {
            assert_eq!(joined(whole), whole);
        }
        assert_eq!((length("-\npool"), length("-pool"), length("pool")), (Some(2), None, None));
    }
}
