//! Folding, the same for the index and for texts: spellings that a reader takes for the same name fold to the same string.

use crate::line_hyphen;
use unicode_normalization::{UnicodeNormalization, is_nfkd};

/// Folds a name: lower case, accents of Latin, Greek and Cyrillic letters dropped, apostrophes and abbreviating
/// full stops dropped, hyphens and other punctuation turned into single spaces. A word that a hyphen parts at the end of
/// a line is one. Commas stay, as in `"washington, dc"`.
///
/// Only the combining marks U+0300 to U+036F are dropped: to strip every mark would break Thai, Bengali and others
/// whose vowels are marks.
///
/// ```
/// use toponym_text::fold;
/// assert_eq!(fold("Deir ez-Zor"), "deir ez zor");
/// assert_eq!(fold("Sana’a"), "sanaa");
/// assert_eq!(fold("Łódź"), "lodz");
/// assert_eq!(fold("Washington, D.C."), "washington, dc");
/// ```
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    folded
}

/// Appends the folded form of `name` to `folded`; see [`fold`].
pub fn fold_into(name: &str, folded: &mut String) {
    // Most words.
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let start = folded.len();
        folded.push_str(name);
        folded[start..].make_ascii_lowercase();
        return;
    }
    let name = &*line_hyphen::joined(name);
    let start = folded.len();
    let mut out = Folder { start, out: folded, gap: false };
    if name.is_ascii() {
        out.run(name.chars());
        return;
    }
    // Before, because NFKD takes hamza and alef apart; after, because it makes letters out of small capitals.
    out.run(name.chars().flat_map(spell_out).nfkd().flat_map(spell_out));
    // Marks that have become neighbours, since what stood between them is dropped, have an order.
    if !is_nfkd(&folded[start..]) {
        let ordered: String = folded[start..].nfkd().collect();
        folded.replace_range(start.., &ordered);
    }
}

struct Folder<'a> {
    out: &'a mut String,
    start: usize,
    /// Whether a space is to be written before the next letter.
    gap: bool,
}

impl Folder<'_> {
    fn run(&mut self, chars: impl Iterator<Item = char>) {
        let mut chars = chars.peekable();
        // Letters since the last break: a stop after one letter abbreviates ("D.C."), after more it may end a word.
        let mut letters = 0;
        while let Some(c) = chars.next() {
            match c {
                '\u{300}'..='\u{36f}' => {}
                NON_JOINER => self.gap |= self.out.ends_with(is_arabic),
                'a'..='z' | '0'..='9' => {
                    self.push(c);
                    letters += 1;
                }
                'A'..='Z' => {
                    self.push(c.to_ascii_lowercase());
                    letters += 1;
                }
                _ if is_apostrophe(c) => {}
                '.' if letters <= 1 || !chars.peek().is_some_and(|next| next.is_alphanumeric()) => letters = 0,
                ',' if self.out.len() > self.start => {
                    self.out.push(',');
                    self.gap = true;
                    letters = 0;
                }
                '&' => {
                    self.gap = true;
                    "and".chars().for_each(|letter| self.push(letter));
                    self.gap = true;
                }
                _ if c.is_alphanumeric() || is_mark(c) => {
                    c.to_lowercase().filter(|l| !matches!(l, '\u{300}'..='\u{36f}')).for_each(|l| self.push(l));
                    letters += 1;
                }
                _ => {
                    self.gap = true;
                    letters = 0;
                }
            }
        }
    }

    fn push(&mut self, c: char) {
        if self.gap && self.out.len() > self.start {
            self.out.push(' ');
        }
        self.gap = false;
        self.out.push(c);
    }
}

/// The zero-width non-joiner. In Arabic script it parts words as a hyphen does ("خرم‌آباد"); in Indic scripts it only shapes letters.
pub(super) const NON_JOINER: char = '\u{200c}';

/// Letters of Arabic script.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

/// Characters without a width that may stand inside a word: the soft hyphen, and what joins letters or parts them.
pub(super) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Apostrophes, primes and the signs for hamza and ayn, which writers leave out at will.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '′' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' | 'ʹ' | 'ʽ' | '＇' | '\u{5f3}')
}

/// Combining marks that NFKD keeps and that belong to their word: vowel signs of Indic and other scripts. Between them lie the stops of
/// Indic sentences, the dandas.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{963}' | '\u{966}'..='\u{dff}' | '\u{e30}'..='\u{e4e}' | '\u{eb0}'..='\u{ece}' | '\u{f18}'..='\u{fbc}' | '\u{102b}'..='\u{109d}'
        | '\u{17b4}'..='\u{17d3}' | '\u{3099}' | '\u{309a}')
}

/// Letters of scripts that put no space between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Spells out letters that NFKD does not decompose (`ø`, `ß`), drops tatweel and the Arabic vowel signs, and unifies the forms of alef,
/// yeh and heh that are typed for one another.
fn spell_out(c: char) -> impl Iterator<Item = char> {
    let spelled: &str = match c {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ı' | 'İ' => "i",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "n",
        'ə' | 'Ə' => "a",
        '\u{640}' | '\u{64b}'..='\u{652}' | '\u{200e}' | '\u{200f}' => "",
        _ if c != NON_JOINER && is_zero_width(c) => "",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        'ی' => "ي",
        'ё' | 'Ё' => "е",
        _ => return Either::One(Some(c).into_iter()),
    };
    Either::Many(spelled.chars())
}

enum Either {
    One(std::option::IntoIter<char>),
    Many(std::str::Chars<'static>),
}

impl Iterator for Either {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Either::One(one) => one.next(),
            Either::Many(many) => many.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn characters_without_a_width_are_dropped_but_part_persian_words() {
        assert_eq!(fold("خرم\u{200c}آباد"), fold("خرم آباد"));
        assert_eq!(fold("विश्\u{200d}वविद्यालय"), fold("विश्वविद्यालय"));
        assert_eq!(fold("Sprach\u{ad}raum"), "sprachraum");
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (a, b) in [
            ("São Paulo", "Sao Paulo"),
            ("Côte d’Ivoire", "Cote d'Ivoire"),
            ("AL-BAB", "al Bab"),
            ("St. Louis", "St Louis"),
            ("U.S.", "US"),
            ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
            ("İstanbul", "Istanbul"),
            ("Đà Nẵng", "Da Nang"),
            ("Orël", "Orel"),
            ("Орёл", "Орел"),
            ("إدلب", "ادلب"),
            ("Ḩalab", "Halab"),
            ("ﬁn", "fin"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn scripts_with_vowel_marks_keep_them() {
        assert_eq!(fold("กรุงเทพ"), "กรุงเทพ");
        assert_ne!(fold("দিল্লি"), fold("দল্ল"));
        assert_eq!(fold("阿勒颇"), "阿勒颇");
        assert_eq!(fold("ガザ"), fold("ｶﾞｻﾞ"));
    }

    #[test]
    fn punctuation_leaves_no_stray_spaces() {
        assert_eq!(fold("  --Aleppo--  "), "aleppo");
        assert_eq!(fold("..."), "");
        assert_eq!(fold(""), "");
        assert_eq!(fold("Kings' Cross (London)"), "kings cross london");
    }

    #[test]
    fn marks_are_in_order_though_what_parted_them_is_dropped() {
        assert_eq!(fold("\u{816}'\u{734}"), fold("\u{734}\u{816}"));
        assert_eq!(fold("\u{816}.\u{734}"), fold("\u{734}\u{816}"));
    }

    proptest::proptest! {
        #[test]
        fn folding_is_idempotent(name in "\\PC{0,20}") {
            let once = fold(&name);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
