//! The language of a text: by its script, and by its words where languages share a script.

use crate::text::language::{Classifier, DEFAULT_LANGUAGE, parts_of_word};
use crate::text::{Case, Kind, Token, Tokens, Words};
use toponym_languages::identification;

/// Words of a text that are looked at; more of them change the answer in few texts.
const MAX_WORDS: usize = 400;

/// Tokens among which so many words are, marks included.
const MOST_TOKENS: usize = 500;

/// A text in a script that is mixed with another is in the language of the rarer script when that has more than one letter in this
/// many.
const MIXED_SHARE: usize = 10;

/// The ISO 15924 code of Latin script.
const LATIN: &str = "Latn";

/// The BCP 47 tag of a text in a script whose languages are not distinguished.
const UNDETERMINED: &str = "und";

/// Fewer words than this tell no language; below it, words that may be names are taken in too, at half their weight.
const FEWEST: usize = 3;

/// The same where all words may be names, and no stop says that they are a sentence.
const FEWEST_NAMES: usize = 4;

/// How many halves of its weight a word has that tells the language, and one that may be a name.
const WHOLE: i32 = 2;
const HALF: i32 = 1;

/// By how many log-odds a language must lead the default one.
const LEAD: f32 = 1.0;

/// The same for each capitalised word if all words may be names, and if all are in capitals.
const LEAD_OF_NAMES: f32 = 0.9;
const LEAD_OF_CAPITALS: f32 = 1.2;

/// After so many words, and again after as many, it is asked whether the language is clear.
const CHECKED: usize = 16;

/// A language that leads all others by so many log-odds is clear.
const CLEAR: f32 = 25.0;

/// Words between two names belong to the names if there are no more than this, none with more letters than this: "Rio de Janeiro".
const LINKING: usize = 2;
const LINKING_LETTERS: usize = 3;

/// A sentence has no more capitalised words than this for each small one between them.
const MOST_A_LINK: usize = 3;

/// Returns the BCP 47 tag of the language that most of a text's words are in: the default language without evidence for another,
/// `und` for a script whose languages are not distinguished, or too few words to do so.
///
/// ```text
/// "Les rebelles ont quitté Alep."   -> "fr"
/// "Rebels shell Aleppo"             -> "en"
/// "Aleppo, Homs, 2016"              -> "en": names are no evidence
/// ```
pub fn identify(words: &Words) -> &'static str {
    language_of(words.text, words.tokens)
}

/// The same for a text whose words are not folded yet.
pub fn identify_tokens(text: &str, tokens: &Tokens) -> &'static str {
    language_of(text, &tokens.list)
}

fn language_of(text: &str, tokens: &[Token]) -> &'static str {
    let tables = identification();
    let scripts = tables.scripts();
    let tokens = tokens.get(..MOST_TOKENS).unwrap_or(tokens);
    let words = tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Unspaced)).take(MAX_WORDS);
    let mut letters_in = vec![0usize; scripts.len()];
    let (mut letters, mut capitals) = (0, 0);
    for token in words {
        let first = token.slice(text).chars().next().filter(|c| c.is_alphabetic());
        letters += usize::from(first.is_some());
        capitals += usize::from(token.case == Case::Upper);
        if let Some(script) = first.and_then(|first| tables.script_of(first)) {
            letters_in[script] += 1;
        }
    }
    let mixed = scripts.iter().enumerate().filter_map(|(at, script)| Some((at, script.mixed_with?)));
    for (at, with) in mixed.clone() {
        letters_in[with] += letters_in[at];
    }
    let script = letters_in.iter().position(|&count| count * 2 > letters);
    let within = mixed.filter(|&(at, with)| Some(with) == script && letters_in[at] * MIXED_SHARE > letters);
    let script = within.map(|(at, _)| at).next().or(script);
    let code = script.map_or(LATIN, |script| &scripts[script].code);
    let evidence = Evidence { text, tokens, script, in_capitals: capitals * 2 > letters };
    let told = tables.classifier(code).and_then(|classifier| evidence.language(classifier));
    match script {
        _ if told.is_some() => told.unwrap_or(UNDETERMINED),
        Some(script) => scripts[script].language.as_deref().unwrap_or(UNDETERMINED),
        None => DEFAULT_LANGUAGE,
    }
}

/// The words of a text that tell its language.
struct Evidence<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// The index of their script; `None` for Latin.
    script: Option<usize>,
    /// Whether most words of the text are in capitals, so that this does not mark names.
    in_capitals: bool,
}

/// What a word is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Evidence,
    /// A word that may be a name, or a part of one.
    Name,
    /// A number, or an abbreviation in capitals.
    Nothing,
}

impl<'t> Evidence<'t> {
    /// The language that a classifier gives the words, if they are enough.
    fn language(&self, classifier: &'static Classifier) -> Option<&'static str> {
        let languages = classifier.languages();
        let (mut scores, mut names) = (classifier.scores(), Vec::new());
        let (mut count, mut capitalised, mut small, mut check) = (0, 0, 0, CHECKED);
        let is_sentence = self.tokens.iter().any(|token| token.kind == Kind::Stop);
        let is_capitalised = |part: &str| part.starts_with(char::is_uppercase);
        for (part, used) in self.words() {
            match used {
                Use::Evidence => {
                    classifier.add(part, WHOLE, &mut scores);
                    count += 1;
                    capitalised += usize::from(is_capitalised(part));
                    small += usize::from(!is_capitalised(part));
                }
                Use::Name if count < FEWEST => names.push(part),
                _ => {}
            }
            if count == check {
                check += CHECKED;
                if classifier.best(&scores).1 > CLEAR {
                    break;
                }
            }
        }
        if count < FEWEST {
            names.iter().for_each(|name| classifier.add(name, HALF, &mut scores));
            let names_capitalised = names.iter().filter(|name| is_capitalised(name)).count();
            count += names.len();
            capitalised += names_capitalised;
            // "São Paulo, Zürich and Kraków" is a list of names rather than a sentence.
            let links = names.len() - names_capitalised;
            if is_sentence && MOST_A_LINK * links >= capitalised {
                small += links;
            }
        }
        let (best, _) = classifier.best(&scores);
        let Some(default) = languages.iter().position(|tag| tag == DEFAULT_LANGUAGE) else {
            return languages.get(best).map(String::as_str).filter(|_| count >= FEWEST);
        };
        let (fewest, lead) = match (small, self.in_capitals) {
            (0, true) => (FEWEST, LEAD_OF_CAPITALS * capitalised as f32),
            (0, false) => (if is_sentence { FEWEST } else { FEWEST_NAMES }, LEAD_OF_NAMES * capitalised as f32),
            _ => (FEWEST, 0.0),
        };
        let leads = count >= fewest && classifier.lead(&scores, best, default) >= lead.max(LEAD);
        Some(if leads { &languages[best] } else { DEFAULT_LANGUAGE })
    }

    /// The words in the script, but for those in addresses, and what each is taken for.
    fn words(&self) -> impl Iterator<Item = (&'t str, Use)> {
        let (mut chunk_end, mut is_address) = (0, false);
        let words = self.tokens.iter().enumerate().filter(move |(_, token)| {
            if token.start >= chunk_end {
                let chunk = chunk_around(self.text, chunk_end, token.start);
                is_address = is_part_of_address(chunk.0);
                chunk_end = chunk.1;
            }
            let first = token.slice(self.text).chars().next();
            token.kind == Kind::Word
                && !is_address
                && first.is_some_and(|first| identification().script_of(first) == self.script)
        });
        words.flat_map(move |(at, token)| {
            parts_of_word(token.slice(self.text)).enumerate().map(move |(part_at, part)| {
                let opens = token.opens && part_at == 0;
                (part, self.use_of(at, part, opens))
            })
        })
    }

    /// What a part of the word at a token is taken for.
    fn use_of(&self, at: usize, part: &str, opens: bool) -> Use {
        let capitalised = part.starts_with(char::is_uppercase);
        if part.contains(char::is_numeric) || self.tokens[at].case == Case::Upper && !self.in_capitals {
            Use::Nothing
        } else if !self.in_capitals && (capitalised && !opens || !capitalised && self.is_inside_name(at)) {
            Use::Name
        } else {
            Use::Evidence
        }
    }

    /// Whether the word at a token is one of a few short ones between capitalised words: "Rio de Janeiro".
    fn is_inside_name(&self, at: usize) -> bool {
        let links = |token: &&Token| {
            token.kind == Kind::Hyphen
                || token.case == Case::Lower && token.slice(self.text).chars().nth(LINKING_LETTERS).is_none()
        };
        let first = at - self.tokens[..at].iter().rev().take_while(links).count();
        let last = at + self.tokens[at..].iter().take_while(links).count();
        let is_name = |token: Option<&Token>| token.is_some_and(|token| token.case == Case::Capitalised);
        last > at
            && self.tokens[first..last].iter().filter(|token| token.kind == Kind::Word).count() <= LINKING
            && is_name(first.checked_sub(1).and_then(|at| self.tokens.get(at)))
            && is_name(self.tokens.get(last))
    }
}

/// What stands between white space around a byte of a text, and where it ends; `from` is a byte before it that white space follows.
fn chunk_around(text: &str, from: usize, at: usize) -> (&str, usize) {
    let bytes = text.as_bytes();
    let behind = |from: usize| bytes[from..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |n| from + n);
    let start = bytes[from..at].iter().rposition(u8::is_ascii_whitespace).map_or(from, |n| from + n + 1);
    let end = behind(at);
    (text.get(start..end).unwrap_or(""), end)
}

/// Whether what stands between white space is an address of the web or of mail, the name of an account, or a hashtag.
fn is_part_of_address(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    let is_dotted = |three: &[u8]| matches!(three, [b'.', first, second] if first.is_ascii_lowercase() && second.is_ascii_lowercase());
    bytes.iter().any(|byte| matches!(byte, b'@' | b'#' | b'.' | b'/'))
        && (chunk.contains(['@', '#'])
            || chunk.contains("://")
            || bytes.windows(4).any(|four| four[0].is_ascii_alphanumeric() && is_dotted(&four[1..])))
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
    use super::{identify_tokens, is_in_other_script};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn language(text: &str) -> &'static str {
        identify_tokens(text, &tokenise(text, languages()))
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
        assert_eq!(language("алеппо хомс"), "und", "two names in Cyrillic");
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
