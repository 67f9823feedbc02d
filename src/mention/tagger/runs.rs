//! Runs: maximal sequences of neighbouring words with capitals.

use crate::mention::enumeration;
use crate::mention::phrases::Words;
use crate::text::{Case, Kind};

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
            enumerated: enumeration::names_places(words, last),
            dateline: is_dateline(words, at, last),
        };
        runs[at..=last].fill(run);
        at = last + 1;
    }
    runs
}

/// A dateline has more bytes than this.
const SHORTEST_DATELINE: usize = 3;

/// Whether the tokens from `first` to `last` are a dateline: "ALEPPO, Syria", "FALLS VILLAGE—", "ATLANTA (AP)".
fn is_dateline(words: &Words, first: usize, last: usize) -> bool {
    let capitals = |at: usize| words.tokens[at].case == Case::Upper || !words.tokens[at].is_word();
    let (head, tail) = (&words.tokens[first], &words.tokens[last]);
    let mark = words.tokens.get(last + 1).filter(|mark| mark.sentence == tail.sentence);
    let ends = mark.is_some_and(|mark| match mark.kind {
        Kind::Comma | Kind::Hyphen => true,
        Kind::Mark => mark.of(words.text) == "(",
        _ => false,
    });
    ends && head.opens && tail.end - head.start > SHORTEST_DATELINE && (first..=last).all(capitals)
}

#[cfg(test)]
mod tests {
    use super::{Run, runs};
    use crate::mention::phrases::Words;
    use crate::text::tokenise;

    /// The run that begins a text.
    fn first(text: &str) -> Run {
        let tokens = tokenise(text);
        runs(&Words::of(text, &tokens))[0]
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
