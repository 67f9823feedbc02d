//! The language of a text: by its script, and by its commonest words where languages share a script.

use crate::text::language::DEFAULT_LANGUAGE;
use crate::text::{Kind, Tokens, Words};
use toponym_languages::{identification, languages};

/// Words of a text that are looked at; more of them change the answer in few texts.
const MAX_WORDS: usize = 400;

/// Tokens among which so many words are, marks included.
const MOST_TOKENS: usize = 500;

/// How many times as many common words of another language as of the default there must be.
const CLEARLY: usize = 2;

/// Fewer common words of other languages than this are no evidence in Latin script: "a" is one in Czech and in Hungarian.
const FEWEST: usize = 2;

/// A text in a script that is mixed with another is in the language of the rarer script when that has more than one letter in this
/// many.
const MIXED_SHARE: usize = 10;

/// The BCP 47 tag of a text in a script whose languages are not distinguished.
const UNDETERMINED: &str = "und";

/// Returns the BCP 47 tag of the language that most of a text's words are in: the default language without evidence for another,
/// `und` for a script whose languages are not distinguished.
///
/// ```text
/// "Les rebelles ont quitté Alep."   -> "fr"
/// "Rebels shell Aleppo"             -> "en": a headline has few common words
/// ```
pub fn identify(words: &Words) -> &'static str {
    let tables = identification();
    let (languages, scripts) = (tables.languages(), tables.scripts());
    let (mut common_words, mut letters_in) = (vec![0usize; languages.len()], vec![0usize; scripts.len()]);
    let mut letters = 0;
    let tokens = words.tokens.iter().enumerate().filter(|(_, token)| matches!(token.kind, Kind::Word | Kind::Unspaced));
    for (at, token) in tokens.take(MAX_WORDS) {
        let mut of_word = tables.languages_of_word(words, at);
        while of_word != 0 {
            common_words[of_word.trailing_zeros() as usize] += 1;
            of_word &= of_word - 1;
        }
        let first = token.slice(words.text).chars().next().filter(|c| c.is_alphabetic());
        letters += usize::from(first.is_some());
        if let Some(script) = first.and_then(|first| tables.script_of(first)) {
            letters_in[script] += 1;
        }
    }
    let mixed = scripts.iter().enumerate().filter_map(|(at, script)| Some((at, script.mixed_with?)));
    for (at, with) in mixed.clone() {
        letters_in[with] += letters_in[at];
    }
    let default = languages.iter().position(|tag| tag == DEFAULT_LANGUAGE);
    let of_default = default.map_or(0, |at| common_words[at]);
    // Of equals the first.
    let best = (0..languages.len()).rev().max_by_key(|&at| common_words[at]);
    let best = best.filter(|&at| common_words[at] > CLEARLY * of_default);
    let tag = |at: usize| &*languages[at];
    let Some(script) = letters_in.iter().position(|&count| count * 2 > letters) else {
        return best.filter(|&at| common_words[at] >= FEWEST).map_or(DEFAULT_LANGUAGE, tag);
    };
    let within = mixed.filter(|&(at, with)| with == script && letters_in[at] * MIXED_SHARE > letters);
    let script = within.map(|(at, _)| at).next().unwrap_or(script);
    scripts[script].language.as_deref().or(best.map(tag)).unwrap_or(UNDETERMINED)
}

/// The same for a text that is not read yet: of its tokens no more are read than tell the language.
pub fn identify_tokens(text: &str, tokens: &Tokens) -> &'static str {
    let list = tokens.list.iter().take(MOST_TOKENS).copied().collect();
    identify(&Words::new(text, &Tokens { list, sentences: Vec::new() }, languages().default_language()))
}

/// Whether the word at a token is in another script than the language's.
pub fn is_in_other_script(words: &Words, at: usize) -> bool {
    let tables = identification();
    let first = words.tokens[at].slice(words.text).chars().next();
    let script = first.and_then(|first| tables.script_of(first)).and_then(|script| tables.scripts().get(script));
    script.is_some_and(|script| script.code != words.language().about.script)
}

#[cfg(test)]
mod tests {
    use super::{identify, is_in_other_script};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn language(text: &str) -> &'static str {
        identify(&Words::new(text, &tokenise(text, languages()), languages().default_language()))
    }

    #[test]
    fn languages_are_told_by_their_words_and_scripts() {
        for (tag, text) in [
            ("en", "Militias have left the district."),
            ("en", "Rebels shell Aleppo"),
            ("en", "A boat capsized off Sierra Leone."),
            ("en", "I visited New Orleans."),
            ("fr", "Un accident a eu lieu dans le port de Castres, selon le maire."),
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
            assert_eq!(language(text), tag, "{text}");
        }
    }

    #[test]
    fn a_script_of_one_language_tells_it_and_others_do_not() {
        assert_eq!(language("Θεσσαλονίκη"), "el");
        assert_eq!(language("алеппо хомс"), "und", "no common word of a language in Cyrillic");
    }

    #[test]
    fn a_text_without_common_words_is_in_the_default_language() {
        assert_eq!(language(""), "en");
        assert_eq!(language("Aleppo, Homs, 2016"), "en");
    }

    #[test]
    fn words_are_compared_with_the_script_of_the_language() {
        let text = "Aleppo حلب Алеппо 42";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let other: Vec<bool> = (0..words.tokens.len()).map(|at| is_in_other_script(&words, at)).collect();
        assert_eq!(other, [false, true, true, false]);
    }
}
