//! Datelines: where news names the place it comes from, "ALEPPO, Syria —".

use crate::text::{Case, Kind, Words, is_dash};

/// The mark behind the words of a dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatelineEnd {
    /// "ALEPPO, Syria".
    Comma,
    /// A dash, or a hyphen behind white space: "MANSFIELD - Police", "FALLS VILLAGE—The board".
    Dash,
    /// A hyphen right behind the words: "MANSFIELD- Police", and also "NATO-led forces".
    Hyphen,
    /// "ATLANTA (AP)".
    Bracket,
}

/// Returns the mark behind the words from token `first` to token `last` if they stand as a dateline does: in capitals at the
/// beginning of a sentence, with such a mark behind them.
pub fn dateline_end(words: &Words, first: usize, last: usize) -> Option<DatelineEnd> {
    let (head, tail) = (&words.tokens[first], &words.tokens[last]);
    let capitals = |at: usize| words.tokens[at].case == Case::Upper || !words.tokens[at].is_word();
    if !head.opens || !(first..=last).all(capitals) {
        return None;
    }
    let mark = words.tokens.get(last + 1).filter(|mark| mark.sentence == tail.sentence)?;
    let written = mark.slice(words.text);
    match mark.kind {
        Kind::Comma => Some(DatelineEnd::Comma),
        Kind::Hyphen if mark.start > tail.end || is_dash(written) => Some(DatelineEnd::Dash),
        Kind::Hyphen => Some(DatelineEnd::Hyphen),
        Kind::Mark if written == "(" => Some(DatelineEnd::Bracket),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{DatelineEnd, dateline_end};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    #[test]
    fn datelines_are_told_by_capitals_and_the_mark_behind_them() {
        for (text, last, end) in [
            ("ALEPPO, Syria — Shells fell.", 0, Some(DatelineEnd::Comma)),
            ("FALLS VILLAGE—The board met.", 1, Some(DatelineEnd::Dash)),
            ("MANSFIELD - Police came.", 0, Some(DatelineEnd::Dash)),
            ("MANSFIELD- Police came.", 0, Some(DatelineEnd::Hyphen)),
            ("ATLANTA (AP) Rain fell.", 0, Some(DatelineEnd::Bracket)),
            ("Aleppo, Syria — Shells fell.", 0, None),
            ("ALEPPO fell.", 0, None),
            ("In ALEPPO, shells fell.", 1, None),
        ] {
            let tokens = tokenise(text, languages());
            let words = Words::new(text, &tokens, languages().default_language());
            let first = last - usize::from(text.starts_with("FALLS")).min(last);
            let first = if text.starts_with("In") { 1 } else { first };
            assert_eq!(dateline_end(&words, first, last), end, "{text}");
        }
    }
}
