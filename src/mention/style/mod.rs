//! How a sentence uses capitals, and so what a capital in it means.

mod boilerplate;

use crate::text::{Case, Kind, Token, Words};

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

/// What begins a post that repeats another's, before the other's handle. A sign of the platform, the same in every language.
const REPOST: &str = "RT";

/// Letters of the longest word that a headline may leave without a capital.
const SHORT_WORD: usize = 3;

/// The style of each sentence. A sentence too short to classify has the style of its document.
pub fn sentence_styles(words: &Words) -> Vec<Style> {
    let counts = count_cases(words);
    let all = counts.iter().fold(CaseCounts::default(), |a, b| CaseCounts {
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
    let sentences = counts.iter().zip(boilerplate);
    sentences
        .map(|(count, boilerplate)| if boilerplate { Style::Boilerplate } else { count.style(small_document) })
        .collect()
}

/// How many words of a sentence are cased in each way.
#[derive(Clone, Copy, Default)]
struct CaseCounts {
    /// Words of four letters or more without a capital.
    small: usize,
    /// Shorter words without a capital.
    short: usize,
    /// Words of four letters or more with a capital, not where every word has one.
    capital: usize,
    /// Words in capitals.
    upper: usize,
    /// Whether the sentence begins without a capital.
    opens_small: bool,
}

impl CaseCounts {
    /// The style of a sentence with these counts, in a document that has capitals nowhere or not.
    fn style(&self, small_document: bool) -> Style {
        let CaseCounts { small, short, capital, upper, opens_small } = *self;
        match () {
            () if upper >= 3 && upper > 3 * (small + short + capital) => Style::Capitals,
            () if capital >= 3 && capital >= 4 * small => Style::Title,
            () if opens_small && capital == 0 => Style::Small,
            () if small_document => Style::Small,
            () => Style::Normal,
        }
    }
}

/// The counts of each sentence. The handles before a repeated post are not counted; the word behind them opens its sentence.
fn count_cases(words: &Words) -> Vec<CaseCounts> {
    let mut counts = vec![CaseCounts::default(); words.sentences.len()];
    let mut reposted = false;
    for (at, token) in words.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
        let handle = words.is_behind(at, "@");
        if token.opens && token.slice(words.text) == REPOST || reposted && handle {
            reposted = true;
            continue;
        }
        let token = Token { opens: token.opens || std::mem::take(&mut reposted), ..*token };
        let length = words.folded(at).len();
        let count = &mut counts[token.sentence];
        match token.case {
            _ if token.opens && token.case == Case::Lower => count.opens_small = true,
            Case::Lower if length > SHORT_WORD => count.small += 1,
            Case::Lower => count.short += 1,
            Case::Capitalised if token.opens => {}
            Case::Capitalised if length > SHORT_WORD => count.capital += 1,
            Case::Upper if length > 1 => count.upper += 1,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{Style, sentence_styles};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn styles(text: &str) -> Vec<Style> {
        sentence_styles(&Words::new(text, &tokenise(text, languages()), languages().default_language()))
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

    #[test]
    fn a_text_without_capitals_in_its_script_is_normal() {
        assert_eq!(styles("اشتباكات في مدينة حلب"), [Style::Normal]);
        assert!(styles("").is_empty());
    }
}
