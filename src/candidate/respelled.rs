//! Names whose words are cut short or run together.

use crate::text::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words cut short, folded, with what they may stand for.
fn short_words() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static TABLE: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let table = crate::embedded::english_table("short-words.tsv");
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('\t')).map(|(short, long)| (short, long.split('|').collect())).collect()
    })
}

/// The other spellings that the name may have in a gazetteer, folded.
pub fn forms(written: &str) -> Vec<String> {
    let folded = fold(written);
    let mut forms = vec![fold(&apart(written))];
    let words: Vec<&str> = folded.split(' ').collect();
    for (at, word) in words.iter().enumerate().take(6) {
        for long in short_words().get(word).into_iter().flatten() {
            let mut spelled = words.clone();
            spelled[at] = long;
            forms.push(spelled.join(" "));
        }
    }
    // "newyork": two words, of which the writer left the space out.
    if words.len() == 1 && folded.is_ascii() && (6..=24).contains(&folded.len()) {
        forms.extend((3..=folded.len() - 3).map(|at| format!("{} {}", &folded[..at], &folded[at..])));
    }
    forms.retain(|form| *form != folded);
    forms
}

/// The words of a hashtag or of a name in camel case: "#SouthSudan" is "South Sudan".
pub fn apart(written: &str) -> String {
    let written = written.trim_start_matches(['#', '@']);
    let mut words = String::with_capacity(written.len() + 2);
    let mut before = ' ';
    for letter in written.chars() {
        // "McKinley" and "DeKalb" are one word each, and stand in gazetteers as such.
        if letter.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(if letter == '_' { ' ' } else { letter });
        before = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{apart, forms};

    #[test]
    fn words_run_together_come_apart() {
        assert_eq!(apart("#SouthSudan"), "South Sudan");
        assert_eq!(apart("New York"), "New York");
        assert!(forms("newyork").contains(&"new york".to_owned()));
    }

    #[test]
    fn words_cut_short_are_spelled_out() {
        assert!(forms("Ft. Worth").contains(&"fort worth".to_owned()));
        assert!(forms("N. Carolina").contains(&"north carolina".to_owned()));
        assert!(forms("Aleppo").iter().all(|form| form.contains(' ')), "it is not cut short");
    }
}
