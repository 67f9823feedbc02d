//! Facts about names that hold for every gazetteer, from `tables/`.

use std::collections::HashSet;
use std::sync::LazyLock;
use toponym_languages::{identification, languages};

/// Whether a country (ISO 3166-1 alpha-2) has official languages that are not written in Latin script, so that its
/// names reach Latin script by romanisation, in several spellings.
pub fn is_romanised(country: &str) -> bool {
    static COUNTRIES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let table = include_str!("../tables/romanised-countries.txt");
        table.lines().filter(|line| !line.starts_with('#')).collect()
    });
    COUNTRIES.contains(country)
}

/// The folded name with each word that has two written forms in its other form: `saint louis` for `st louis`, and vice
/// versa. `None` for a name of one word, or without such a word.
pub fn other_word_form(folded: &str) -> Option<String> {
    let other = |word| languages().other_word_form(word);
    if !folded.contains(' ') || !folded.split(' ').any(|word| other(word).is_some()) {
        return None;
    }
    Some(folded.split(' ').map(|word| other(word).unwrap_or(word)).collect::<Vec<_>>().join(" "))
}

/// Whether a name is written in the script of a language (ISO 639 code).
pub fn is_written_in(name: &str, language: &str) -> bool {
    name.chars().find(|c| c.is_alphabetic()).is_some_and(|letter| identification().writes(language, letter))
}

#[cfg(test)]
mod tests {
    use super::{is_romanised, is_written_in, other_word_form};

    #[test]
    fn word_forms_go_both_ways() {
        assert_eq!(other_word_form("st louis").as_deref(), Some("saint louis"));
        assert_eq!(other_word_form("mount hood").as_deref(), Some("mt hood"));
        assert_eq!(other_word_form("fort"), None, "a word alone is a word");
        assert_eq!(other_word_form("aleppo"), None);
    }

    #[test]
    fn languages_are_told_by_their_script() {
        assert!(is_written_in("حلب", "ar") && is_written_in("Алеппо", "ru") && is_written_in("Aleppo", "fr"));
        assert!(!is_written_in("Aleppo", "ar") && !is_written_in("حلب", "en"));
    }

    #[test]
    fn romanised_countries() {
        assert!(is_romanised("SY") && is_romanised("UA"));
        assert!(!is_romanised("FR") && !is_romanised(""));
    }
}
