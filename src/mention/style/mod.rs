//! How a sentence uses capitals, and so what a capital in it tells.

mod boilerplate;

use crate::text::Words;
use crate::text::{Case, Kind, Token};

/// What capitals mean in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Names have capitals, other words have none.
    Normal,
    /// A headline: Every Word of Weight Has One.
    Title,
    /// ALL IN CAPITALS.
    Capitals,
    /// no capitals anywhere in the document.
    Small,
    /// The menus, buttons, links and credits of a saved web page: "Home   Share   Sign in", "Read more: ...". Names in it
    /// are no mentions.
    Boilerplate,
}

/// The style of each sentence. A sentence too short to tell is taken as its document is.
pub fn of(words: &Words) -> Vec<Style> {
    let mut counts = vec![Count::default(); words.sentences.len()];
    let mut retweeted = false;
    for (at, token) in words.tokens.iter().enumerate() {
        if token.kind == Kind::Word {
            let handle = words.is_behind(at, "@");
            if token.opens && token.of(words.text) == "RT" || retweeted && handle {
                retweeted = true;
                continue;
            }
            let token = Token { opens: token.opens || std::mem::take(&mut retweeted), ..*token };
            let long = words.folded(at).len() > 3;
            let count = &mut counts[token.sentence];
            match token.case {
                _ if token.opens && token.case == Case::Lower => count.opens_small = true,
                Case::Lower if long => count.small += 1,
                Case::Lower => count.short += 1,
                Case::Capitalised if token.opens => {}
                Case::Capitalised if long => count.capital += 1,
                Case::Upper if words.folded(at).len() > 1 => count.upper += 1,
                _ => {}
            }
        }
    }
    let all = counts.iter().fold(Count::default(), |a, b| Count {
        small: a.small + b.small,
        short: a.short + b.short,
        capital: a.capital + b.capital,
        upper: a.upper + b.upper,
        opens_small: false,
    });
    let small_document = (all.capital + all.upper) * 50 <= all.small && all.small + all.short > 0;
    let opening_capitals = words.tokens.iter().filter(|t| t.opens && t.case == Case::Capitalised).count();
    let small_document = small_document && opening_capitals * 3 <= words.sentences.len();
    let boilerplate = boilerplate::sentences(words);
    counts
        .iter()
        .zip(boilerplate)
        .map(|(count, boilerplate)| match count {
            _ if boilerplate => Style::Boilerplate,
            Count { small, short, capital, upper, .. } if *upper >= 3 && *upper > 3 * (small + short + capital) => {
                Style::Capitals
            }
            Count { small, capital, .. } if *capital >= 3 && *capital >= 4 * small => Style::Title,
            Count { opens_small: true, capital: 0, .. } => Style::Small,
            _ if small_document => Style::Small,
            _ => Style::Normal,
        })
        .collect()
}

#[derive(Clone, Copy, Default)]
struct Count {
    /// Words of four letters or more without a capital.
    small: usize,
    /// Shorter ones.
    short: usize,
    /// Words of four letters or more with a capital, not where every word has one.
    capital: usize,
    /// Words in capitals.
    upper: usize,
    /// Whether it begins without a capital.
    opens_small: bool,
}

#[cfg(test)]
mod tests {
    use super::{Style, of};
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn styles(text: &str) -> Vec<Style> {
        of(&Words::new(text, &tokenise(text, languages()), languages().default_language()))
    }

    #[test]
    fn styles_are_told_apart() {
        assert_eq!(styles("Militias have left a district of Aleppo."), [Style::Normal]);
        assert_eq!(styles("Militias Leave Strategic District of Aleppo After Attack"), [Style::Title]);
        assert_eq!(styles("MILITIAS LEAVE DISTRICT IN ALEPPO"), [Style::Capitals]);
        assert_eq!(styles("militias have left aleppo. they fled to homs."), [Style::Small]);
        assert_eq!(styles("Home   World   Middle East   Sport   Sign in"), [Style::Boilerplate]);
        assert_eq!(styles("They share a home in the world of sport."), [Style::Normal]);
        assert_eq!(styles("Rain. It rained in the night."), [Style::Normal, Style::Normal]);
        assert_eq!(styles("RT @RadioHoms: shells fell on homs again"), [Style::Small]);
        assert_eq!(styles("RT @RadioHoms: Shells fell on Homs again"), [Style::Normal]);
    }
}
