//! Segments: the stretches of tokens in which names may stand. The tagger looks at nothing else.

use crate::mention::matcher::GazetteerMatch;
use crate::mention::style::Style;
use crate::text::Words;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind};
use std::ops::Range;

/// Most tokens between two words with capitals of one name: "University of the West of England".
const LONGEST_GAP: usize = 3;

/// Longest word without a capital inside a name, in bytes: "of", "del", "under".
const LONGEST_LINK: usize = 5;

/// The segments of a text in order, each within a sentence: words with capitals or of scripts without them, names of the gazetteer,
/// and what may link them.
pub fn segments(words: &Words, styles: &[Style], found: &[GazetteerMatch]) -> Vec<Range<usize>> {
    let mut named = vec![false; words.tokens.len()];
    for name in found {
        named[name.first..=name.last].fill(true);
    }
    let mut segments: Vec<Range<usize>> = Vec::new();
    for (at, token) in words.tokens.iter().enumerate() {
        let style = styles.get(token.sentence).copied().unwrap_or(Style::Normal);
        let unspaced = token.kind == Kind::Unspaced && !words.language().about.spaces;
        let cased = token.kind == Kind::Word && token.case != Case::Lower || unspaced;
        let active = style != Style::Boilerplate && (cased || named[at] || style == Style::Small && token.is_word());
        if !active {
            continue;
        }
        match segments.last_mut() {
            Some(last) if joined(words, last.end, at) => last.end = at + 1,
            _ => segments.push(at..at + 1),
        }
    }
    segments
}

/// Whether the tokens from `end` up to `at` may stand inside a name.
fn joined(words: &Words, end: usize, at: usize) -> bool {
    let same = words.tokens[end - 1].sentence == words.tokens[at].sentence;
    same && at - end <= LONGEST_GAP
        && words.tokens[end..at].iter().zip(end..).all(|(token, at)| match token.kind {
            // "Homs in Syria" is two names.
            Kind::Word => token.end - token.start <= LONGEST_LINK && !words.roles(at).any(Roles::PLACE_BEFORE),
            Kind::Number | Kind::Possessive | Kind::Hyphen | Kind::Comma | Kind::Stop => true,
            _ => matches!(token.slice(words.text), "&" | "'" | "’" | "/" | "." | "#"),
        })
}

#[cfg(test)]
mod tests {
    use super::segments;
    use crate::mention::style;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn stretches(text: &str) -> Vec<&str> {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let segments = segments(&words, &style::sentence_styles(&words), &[]);
        segments
            .into_iter()
            .map(|range| &text[tokens.list[range.start].start..tokens.list[range.end - 1].end])
            .collect()
    }

    #[test]
    fn stretches_hold_names_whole() {
        assert_eq!(
            stretches("They went to the University of the West and slept. Then Bo left Ulm."),
            ["They", "University of the West", "Then Bo left Ulm"]
        );
        assert_eq!(stretches("rain fell everywhere in the hills"), ["rain fell everywhere in the hills"]);
    }
}
