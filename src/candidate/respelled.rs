//! Names whose words are written short or run together, or that their script spells in more than one way.

use crate::gazetteer::other_spellings;
use crate::text::language::Language;
use std::borrow::Cow;

/// Words of a name that may be written short.
const MOST_WORDS: usize = 6;

/// The other spellings that a name may have in a gazetteer, folded: `folded` is the name, `apart` the same with its words apart.
pub fn spellings(language: &Language, folded: &str, apart: &str) -> Vec<String> {
    let mut forms = vec![apart.to_owned()];
    forms.extend(other_spellings(folded));
    let words: Vec<&str> = folded.split(' ').collect();
    for (at, word) in words.iter().enumerate().take(MOST_WORDS) {
        for long in language.short_words.long(word) {
            let mut spelled = words.clone();
            spelled[at] = long;
            forms.push(spelled.join(" "));
        }
    }
    // "newyork": two words without the space between them.
    if words.len() == 1 && folded.is_ascii() && (6..=24).contains(&folded.len()) {
        forms.extend((3..=folded.len() - 3).map(|at| format!("{} {}", &folded[..at], &folded[at..])));
    }
    forms.retain(|form| form != folded);
    forms
}

/// The words of a hashtag or of a name in camel case, as written: "#SouthSudan" is "South Sudan".
pub fn words_apart(written: &str) -> Cow<'_, str> {
    let written = written.trim_start_matches(['#', '@']);
    // "McKinley" and "DeKalb" are one word each, and are so in gazetteers.
    let inner = |pair: (char, char)| pair.0.is_lowercase() && pair.1.is_uppercase();
    let runs_together = written.contains('_') || written.chars().zip(written.chars().skip(1)).any(inner);
    if !runs_together {
        return Cow::Borrowed(written);
    }
    let mut words = String::with_capacity(written.len() + 2);
    let mut before = ' ';
    for letter in written.chars() {
        if inner((before, letter)) {
            words.push(' ');
        }
        words.push(if letter == '_' { ' ' } else { letter });
        before = letter;
    }
    Cow::Owned(words)
}

#[cfg(test)]
mod tests {
    use super::{spellings, words_apart};
    use crate::text::fold;
    use toponym_languages::languages;

    fn forms(written: &str) -> Vec<String> {
        spellings(languages().default_language(), &fold(written), &fold(&words_apart(written)))
    }

    #[test]
    fn words_run_together_come_apart() {
        assert_eq!(words_apart("#SouthSudan"), "South Sudan");
        assert_eq!(words_apart("New York"), "New York");
        assert!(forms("newyork").contains(&"new york".to_owned()));
    }

    #[test]
    fn short_words_are_spelled_out() {
        assert!(forms("Ft. Worth").contains(&"fort worth".to_owned()));
        assert!(forms("N. Carolina").contains(&"north carolina".to_owned()));
        assert!(forms("Aleppo").iter().all(|form| form.contains(' ')), "no word of it is short");
    }
}
