//! Which language a text is in: by its script, and by its commonest words where languages share one.

use crate::text::Words;
use crate::text::{Kind, fold};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words that are looked at; more do not tell more.
const ENOUGH: usize = 400;

/// How many times as many words of another language as of English there must be.
const CLEARLY: usize = 2;

/// Languages of the list at most.
const MOST: usize = 64;

/// The BCP 47 tag of the language that most of a text's words are in: English where nothing speaks for another, `und` for a
/// script whose languages are not told apart.
pub fn of(words: &Words) -> &'static str {
    let commonest = commonest();
    let mut counts = [0usize; MOST];
    let (mut letters, mut scripts) = (0, [0usize; SCRIPTS.len()]);
    let tokens = words.tokens.iter().enumerate().filter(|(_, token)| matches!(token.kind, Kind::Word | Kind::Unspaced));
    for (at, token) in tokens.take(ENOUGH) {
        if let Some(bits) = commonest.words.get(words.folded(at)) {
            (0..commonest.languages.len()).filter(|at| bits >> at & 1 == 1).for_each(|at| counts[at] += 1);
        }
        let first = token.of(words.text).chars().next().filter(|c| c.is_alphabetic());
        letters += usize::from(first.is_some());
        if let Some(script) = first.and_then(|c| SCRIPTS.iter().position(|(range, _)| range.contains(&c))) {
            scripts[script] += 1;
        }
    }
    // Japanese writes in both.
    scripts[HAN] += scripts[KANA];
    let script = scripts.iter().position(|&count| count * 2 > letters);
    let kana = script.filter(|&at| at == HAN && scripts[KANA] * 10 > letters).map(|_| "ja");
    let told = |at: usize| if SCRIPTS[at].1.is_empty() { None } else { Some(SCRIPTS[at].1) };
    let best = (0..commonest.languages.len()).rev().max_by_key(|&at| counts[at]);
    let best = best.filter(|&best| counts[best] > CLEARLY * counts[0]).map(|best| commonest.languages[best]);
    match script {
        Some(at) => kana.or_else(|| told(at)).or(best).unwrap_or("und"),
        None => best.unwrap_or("en"),
    }
}

/// Whether a word is written in one of the scripts other than Latin that are told apart.
pub fn is_other_script(word: &str) -> bool {
    word.chars().next().is_some_and(|first| SCRIPTS.iter().any(|(range, _)| range.contains(&first)))
}

/// Scripts other than Latin, and the language that is written in each if there is one that mostly is.
const SCRIPTS: [(std::ops::RangeInclusive<char>, &str); 12] = [
    ('\u{3040}'..='\u{30ff}', "ja"),
    ('\u{400}'..='\u{52f}', ""),
    ('\u{600}'..='\u{6ff}', ""),
    ('\u{4e00}'..='\u{9fff}', "zh"),
    ('\u{ac00}'..='\u{d7a3}', "ko"),
    ('\u{370}'..='\u{3ff}', "el"),
    ('\u{590}'..='\u{5ff}', "he"),
    ('\u{e00}'..='\u{e7f}', "th"),
    ('\u{900}'..='\u{97f}', "hi"),
    ('\u{980}'..='\u{9ff}', "bn"),
    ('\u{530}'..='\u{58f}', "hy"),
    ('\u{10a0}'..='\u{10ff}', "ka"),
];

/// Which of [`SCRIPTS`] is kana, and which the Chinese characters.
const KANA: usize = 0;
const HAN: usize = 3;

struct Commonest {
    /// English first.
    languages: Vec<&'static str>,
    /// The languages that have each folded word among their commonest, a bit each.
    words: HashMap<String, u64>,
}

fn commonest() -> &'static Commonest {
    static READ: OnceLock<Commonest> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = toponym_languages::COMMON_WORDS.lines().filter(|line| !line.starts_with('#'));
        let mut commonest = Commonest { languages: Vec::new(), words: HashMap::new() };
        for (language, words) in lines.skip(1).filter_map(|line| line.split_once('\t')).take(MOST) {
            let bit = 1 << commonest.languages.len();
            commonest.languages.push(language);
            words.split(' ').for_each(|word| *commonest.words.entry(fold(word)).or_insert(0) |= bit);
        }
        commonest
    })
}

#[cfg(test)]
mod tests {
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn of(text: &str) -> &'static str {
        super::of(&Words::new(text, &tokenise(text, languages()), languages().default_language()))
    }

    #[test]
    fn languages_are_told_by_their_words_and_scripts() {
        for (language, text) in [
            ("en", "Militias have left the district."),
            ("en", "Rebels shell Aleppo"),
            ("fr", "Les rebelles ont quitté Alep."),
            ("es", "Los rebeldes salieron de Alepo."),
            ("de", "Die Rebellen sind aus der Stadt Aleppo abgezogen."),
            ("ru", "Боевики ушли из Алеппо в Дамаск."),
            ("uk", "Бойовики пішли з Алеппо, але вже до Дамаска."),
            ("ar", "اشتباكات في مدينة حلب شمال سوريا"),
            ("zh", "叙利亚阿勒颇的战斗仍在继续"),
            ("ja", "アレッポで戦闘が続いている"),
            ("ja", "東京と大阪で地震があった"),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }

    #[test]
    fn nothing_is_english() {
        assert_eq!(of(""), "en");
        assert_eq!(of("Aleppo, Homs, 2016"), "en");
    }
}
