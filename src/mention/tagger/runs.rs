//! Runs: maximal sequences of neighbouring words with capitals.

use crate::mention::dateline::dateline_end;
use crate::mention::enumeration;
use crate::text::Words;

/// The run that a token is part of.
#[derive(Clone, Copy)]
pub struct Run {
    /// Index of its first token.
    pub first: u32,
    /// Index of its last token; less than `first` outside runs.
    pub last: u32,
    /// Whether it is an item of an enumeration that a plural of a generic type ends.
    pub enumerated: bool,
    /// Whether it is a dateline.
    pub dateline: bool,
}

impl Run {
    /// Stands for tokens outside runs.
    const NONE: Run = Run { first: 1, last: 0, enumerated: false, dateline: false };

    /// Whether the token is part of a run.
    pub fn is_some(&self) -> bool {
        self.last >= self.first
    }
}

/// The run of each token.
pub fn runs(words: &Words) -> Vec<Run> {
    let mut runs = vec![Run::NONE; words.tokens.len()];
    let mut at = 0;
    while at < words.tokens.len() {
        if !words.has_capital(at) {
            at += 1;
            continue;
        }
        let mut last = at;
        while let Some(next) = words.next(last).filter(|&next| words.has_capital(next)) {
            last = next;
        }
        let run = Run {
            first: at as u32,
            last: last as u32,
            enumerated: enumeration::plural_behind(words, last).is_some(),
            dateline: is_long_dateline(words, at, last),
        };
        runs[at..=last].fill(run);
        at = last + 1;
    }
    runs
}

/// Words in capitals with no more bytes than this are too short to be taken for a dateline.
const SHORTEST_DATELINE: usize = 3;

fn is_long_dateline(words: &Words, first: usize, last: usize) -> bool {
    words.tokens[last].end - words.tokens[first].start > SHORTEST_DATELINE && dateline_end(words, first, last).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Run, runs};
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    /// The run that begins a text.
    fn first(text: &str) -> Run {
        let tokens = tokenise(text, languages());
        runs(&Words::new(text, &tokens, languages().default_language()))[0]
    }

    #[test]
    fn runs_reach_from_capital_to_capital() {
        let run = first("South Sudan's army left.");
        assert_eq!((run.first, run.last, run.is_some()), (0, 1, true));
        assert!(!first("the army left South Sudan").is_some());
    }

    #[test]
    fn datelines_are_in_capitals_before_a_mark() {
        for text in ["ALEPPO, Syria - Rain fell.", "FALLS VILLAGE—The board met.", "ATLANTA (AP) - Rain fell."] {
            assert!(first(text).dateline, "{text}");
        }
        for text in ["Aleppo, Syria, saw rain.", "ALEPPO saw rain.", "US, French and other troops left."] {
            assert!(!first(text).dateline, "{text}");
        }
    }

    #[test]
    fn enumerations_end_with_a_plural() {
        assert!(first("Barrow, Jackson and Madison counties flooded.").enumerated);
        assert!(!first("Barrow, Jackson and Madison flooded.").enumerated);
    }
}
