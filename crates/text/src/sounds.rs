//! Keys for names that are romanised in many ways: Maqsoud, Maqsood, Maqsud; Sheikh, Shaikh, Shaykh; el-, al-, ash-.

use crate::language::Languages;

/// The phonetic form of a folded name, in which the usual romanisations of one Arabic, Persian, Cyrillic or Indic name agree: articles
/// that names keep are dropped, long and doubled letters become one, and letters for the same sound are written alike.
///
/// ```
/// use toponym_languages::languages;
/// let sounds = |name| toponym_text::sounds(name, languages());
/// assert_eq!(sounds("sheikh maqsood"), sounds("shaykh maqsud"));
/// assert_eq!(sounds("ash shaar"), sounds("al shaar"));
/// assert_ne!(sounds("homs"), sounds("hama"));
/// ```
pub fn sounds(folded: &str, languages: &Languages) -> String {
    let mut out = String::with_capacity(folded.len());
    for word in words(folded, languages) {
        if !out.is_empty() {
            out.push(' ');
        }
        word_sounds(word, &mut out);
    }
    out
}

/// The consonants of [`sounds`] without spaces, with the first letter even if it is a vowel: the key by which romanised names are indexed;
/// candidates are then compared by [`sounds`].
pub fn skeleton(folded: &str, languages: &Languages) -> String {
    skeleton_of(&sounds(folded, languages))
}

/// [`skeleton`] of a name that is already in its phonetic form.
pub fn skeleton_of(sounds: &str) -> String {
    let first = sounds.chars().next();
    let rest = sounds.chars().skip(1).filter(|c| !matches!(c, 'a' | 'i' | 'u' | ' '));
    first.into_iter().chain(rest).collect()
}

/// The words of a folded name without the articles that names keep, or all of them if it consists of articles.
fn words<'n>(folded: &'n str, languages: &'n Languages) -> impl Iterator<Item = &'n str> {
    let all_articles = folded.split(' ').all(|word| languages.is_article(word));
    folded.split(' ').filter(move |word| !word.is_empty() && (all_articles || !languages.is_article(word)))
}

fn word_sounds(word: &str, out: &mut String) {
    let start = out.len();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let pair = PAIRS.iter().filter(|_| begins_pair(c)).find(|(letters, _)| rest.starts_with(letters));
        let (sound, taken) = pair.map_or_else(|| (single(c), c.len_utf8()), |&(letters, sound)| (sound, letters.len()));
        rest = &rest[taken..];
        let sound = sound.unwrap_or(c);
        // Doubled letters and long vowels are one.
        if !out[start..].ends_with(sound) {
            out.push(sound);
        }
    }
    // "Raqqah" and "Raqqa", "Douma" and "Doumeh".
    if out.len() > start + 2 && out.ends_with('h') {
        out.pop();
    }
    if out.len() > start + 2 && out.ends_with(['a', 'i']) {
        out.pop();
    }
}

/// Letter groups that stand for one sound, the longest first.
const PAIRS: [(&str, Option<char>); 30] = [
    ("sch", Some('$')),
    ("dzh", Some('j')),
    ("ieh", Some('i')),
    ("iyy", Some('i')),
    ("iya", Some('i')),
    ("eya", Some('i')),
    ("ayn", Some('@')),
    ("ain", Some('@')),
    ("ein", Some('@')),
    ("sh", Some('$')),
    ("kh", Some('k')),
    ("gh", Some('g')),
    ("dj", Some('j')),
    ("dh", Some('d')),
    ("th", Some('t')),
    ("ph", Some('f')),
    ("ch", Some('$')),
    ("ck", Some('k')),
    ("ts", Some('s')),
    ("tz", Some('s')),
    ("ei", Some('i')),
    ("ey", Some('i')),
    ("ai", Some('i')),
    ("ay", Some('i')),
    ("ee", Some('i')),
    ("ie", Some('i')),
    ("ou", Some('u')),
    ("oo", Some('u')),
    ("au", Some('u')),
    ("aw", Some('u')),
];

/// Whether any of [`PAIRS`] begins with a letter.
fn begins_pair(c: char) -> bool {
    const FIRST: u32 = {
        let (mut first, mut at) = (0, 0);
        while at < PAIRS.len() {
            first |= 1 << (PAIRS[at].0.as_bytes()[0] - b'a');
            at += 1;
        }
        first
    };
    c.is_ascii_lowercase() && FIRST >> (c as u8 - b'a') & 1 == 1
}

fn single(c: char) -> Option<char> {
    Some(match c {
        'q' | 'c' => 'k',
        'e' | 'y' => 'i',
        'o' | 'w' => 'u',
        'v' => 'f',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    fn languages() -> Languages {
        Languages::with_tables(&[("articles.txt", "al\nel\nar\naz\n")])
    }

    fn sounds(folded: &str) -> String {
        super::sounds(folded, &languages())
    }

    fn skeleton(folded: &str) -> String {
        super::skeleton(folded, &languages())
    }

    #[test]
    fn romanisations_of_one_name_sound_alike() {
        for (a, b) in [
            ("sheikh maqsoud", "sheikh maqsood"),
            ("sheikh maqsoud", "shaikh maksud"),
            ("raqqa", "ar raqqah"),
            ("douma", "duma"),
            ("al zahraa", "az zahra"),
            ("ain issa", "ayn isa"),
            ("khan shaykhun", "khan sheikhoun"),
            ("latakia", "lattakia"),
        ] {
            assert_eq!(sounds(a), sounds(b), "{a} and {b}");
        }
    }

    #[test]
    fn the_skeleton_forgives_vowels_and_keeps_consonants() {
        assert_eq!(skeleton("kobani"), skeleton("kubaneh"));
        assert_eq!(skeleton("sheikh maqsood"), "$kmksd");
        assert_ne!(skeleton("homs"), skeleton("hama"));
        assert_eq!(skeleton("al"), skeleton("el").replace('i', "a"));
        assert_eq!(skeleton(""), "");
    }
}
