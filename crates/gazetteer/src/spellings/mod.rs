//! The other spellings of a name in its own script: simplified and traditional characters, Hindi's nasals and dots, Japanese transcriptions.
//!
//! Sources of names mostly have one spelling and texts another: 基輔 and 基辅, इन्दौर and इंदौर, ラ・パス and ラパス.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters that are written in more than one way.
struct Han {
    simplified: HashMap<char, char>,
    /// The usual traditional form, and another that names have.
    traditional: HashMap<char, (char, char)>,
}

static HAN: LazyLock<Han> = LazyLock::new(|| {
    let mut han = Han { simplified: HashMap::new(), traditional: HashMap::new() };
    for line in include_str!("han.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let Some(simple) = columns.next().and_then(|column| column.chars().next()) else { continue };
        let written = columns.next().unwrap_or("");
        let mut forms = written.chars();
        if let Some(usual) = forms.next() {
            han.traditional.insert(simple, (usual, forms.next().unwrap_or(usual)));
        }
        let others = columns.next().unwrap_or("").chars();
        han.simplified.extend(written.chars().chain(others).filter(|form| *form != simple).map(|form| (form, simple)));
    }
    han
});

/// The other spellings of a folded name, without the name itself. They are in the index beside the name but for short names of obscure places,
/// and a name that the index lacks is looked up under them.
pub fn other_spellings(folded: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    if folded.is_ascii() {
        return spellings;
    }
    if folded.chars().any(is_han) {
        han(folded, &mut spellings);
    }
    if folded.chars().any(|c| DEVANAGARI.contains(&c)) {
        spellings.push(devanagari(folded));
    }
    if folded.chars().any(is_katakana) {
        katakana(folded, &mut spellings);
    }
    spellings.retain(|spelling| spelling != folded);
    spellings.dedup();
    spellings
}

/// Whether a name is of one or two Chinese characters.
pub fn is_short(folded: &str) -> bool {
    folded.chars().all(is_han) && folded.chars().nth(2).is_none()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The simplified spelling, and the traditional ones of a name that has no character of another.
fn han(folded: &str, spellings: &mut Vec<String>) {
    let simplified: String = folded.chars().map(|c| HAN.simplified.get(&c).copied().unwrap_or(c)).collect();
    let traditional = |choose: fn(&(char, char)) -> char| {
        simplified.chars().map(|c| HAN.traditional.get(&c).map_or(c, choose)).collect::<String>()
    };
    let usual = traditional(|forms| forms.0);
    if simplified == folded {
        spellings.push(traditional(|forms| forms.1));
    }
    spellings.push(usual);
    spellings.push(simplified);
    spellings.sort();
}

const DEVANAGARI: std::ops::RangeInclusive<char> = '\u{900}'..='\u{97f}';

const NUKTA: char = '\u{93c}';
const VIRAMA: char = '\u{94d}';
const ANUSVARA: char = '\u{902}';
const CANDRABINDU: char = '\u{901}';

/// The spelling of newspapers: without the dots of Persian sounds, and with the dot for each nasal before a letter of its own row.
fn devanagari(folded: &str) -> String {
    let letters: Vec<char> = folded.chars().filter(|c| *c != NUKTA).collect();
    let mut plain = String::with_capacity(folded.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let row = match letter {
            'ङ' => 'क'..='घ',
            'ञ' => 'च'..='झ',
            'ण' => 'ट'..='ढ',
            'न' => 'त'..='ध',
            'म' => 'प'..='भ',
            _ => '\0'..='\0',
        };
        let is_nasal = letters.get(at + 1) == Some(&VIRAMA) && letters.get(at + 2).is_some_and(|c| row.contains(c));
        plain.push(if is_nasal || letter == CANDRABINDU { ANUSVARA } else { letter });
        at += if is_nasal { 2 } else { 1 };
    }
    plain
}

fn is_katakana(c: char) -> bool {
    ('\u{30a1}'..='\u{30fc}').contains(&c)
}

/// The sound v, of which newspapers make b. Folding takes the letters apart.
const V: [(&str, &str); 5] = [
    ("ウ\u{3099}ァ", "ハ\u{3099}"),
    ("ウ\u{3099}ィ", "ヒ\u{3099}"),
    ("ウ\u{3099}ェ", "ヘ\u{3099}"),
    ("ウ\u{3099}ォ", "ホ\u{3099}"),
    ("ウ\u{3099}", "フ\u{3099}"),
];

/// With b for v, and without the dots between the words.
fn katakana(folded: &str, spellings: &mut Vec<String>) {
    let plain = V.iter().fold(folded.to_owned(), |plain, (v, b)| plain.replace(v, b));
    for spelling in [folded, &plain] {
        if spelling.chars().all(|c| is_katakana(c) || matches!(c, ' ' | '\u{3099}' | '\u{309a}')) {
            spellings.push(spelling.replace(' ', ""));
        }
    }
    spellings.push(plain);
    spellings.sort();
}

#[cfg(test)]
mod tests {
    use super::other_spellings;
    use toponym_text::fold;

    fn spelled(name: &str) -> Vec<String> {
        other_spellings(&fold(name))
    }

    #[test]
    fn characters_are_simplified_and_made_traditional() {
        assert_eq!(spelled("基輔"), ["基辅"]);
        assert_eq!(spelled("基辅"), ["基輔"]);
        assert_eq!(spelled("沈阳"), ["沈陽", "瀋陽"]);
        assert!(spelled("東京").contains(&"东京".to_owned()));
    }

    #[test]
    fn japanese_characters_become_chinese_ones() {
        let spelled = spelled("広島");
        assert!(spelled.contains(&"广岛".to_owned()) && spelled.contains(&"廣島".to_owned()), "{spelled:?}");
    }

    #[test]
    fn hindi_is_spelled_as_in_newspapers() {
        assert_eq!(spelled("इन्दौर"), [fold("इंदौर")]);
        assert_eq!(spelled("फ़र्रुख़ाबाद"), [fold("फर्रुखाबाद")]);
        assert_eq!(spelled("बाँका"), [fold("बांका")]);
        assert!(spelled("पन्ना").is_empty(), "the second letter of a row is a nasal itself");
    }

    #[test]
    fn transcriptions_differ() {
        assert!(spelled("リヴィウ").contains(&fold("リビウ")));
        assert!(spelled("ラ・パス").contains(&fold("ラパス")));
        assert!(spelled("パリ").is_empty());
    }

    #[test]
    fn other_scripts_have_one_spelling() {
        for name in ["Paris", "Zürich", "Москва", "دمشق"] {
            assert!(spelled(name).is_empty(), "{name}");
        }
    }
}
