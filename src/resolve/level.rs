//! What kind of place the words beside a name, or inside it, say it is: "Fairfax County", "the city of Mosul".

use crate::gazetteer::PlaceRef;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// A set of kinds of place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels(u16);

/// The letters by which `data/languages/en/levels.tsv` calls the kinds.
const LETTERS: &str = "n12sqwlrb";

impl Levels {
    fn of_letters(letters: &str) -> Self {
        Levels(letters.chars().filter_map(|letter| LETTERS.find(letter)).fold(0, |set, bit| set | 1 << bit))
    }

    /// The kinds that a place is of.
    pub fn of_place(place: &PlaceRef<'_>) -> Self {
        Self::of_letters(match place.class() {
            'A' if place.is_country() => "n",
            'A' if place.is_division1() => "1",
            'A' => "2",
            'P' if place.part_of().is_some() => "q",
            'P' => "s",
            'H' => "w",
            'T' => "l",
            'L' => "r",
            _ => "b",
        })
    }

    /// 1 if the words and the place agree, -1 if they do not, 0 if the words say nothing.
    pub fn agree(self, place: Levels) -> f32 {
        match (self.0, self.0 & place.0) {
            (0, _) => 0.0,
            (_, 0) => -1.0,
            _ => 1.0,
        }
    }
}

/// The phrases that tell kinds.
#[derive(Default)]
struct Table {
    /// Kinds by phrase: of a name behind the phrase, and of one before it.
    phrases: FxHashMap<&'static str, (Levels, Levels)>,
    /// The words that phrases begin and end with: most words are none of them.
    first: FxHashSet<&'static str>,
    last: FxHashSet<&'static str>,
}

impl Table {
    fn begins(&self, words: &str) -> bool {
        words.split(' ').next().is_some_and(|word| self.first.contains(word))
    }

    fn ends(&self, words: &str) -> bool {
        words.rsplit(' ').next().is_some_and(|word| self.last.contains(word))
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        let lines = crate::embedded::english_table("levels.tsv").lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let mut fields = line.split('\t');
            if let (Some(phrase), Some(side), Some(letters)) = (fields.next(), fields.next(), fields.next()) {
                let levels = Levels::of_letters(letters);
                table.first.extend(phrase.split(' ').next());
                table.last.extend(phrase.rsplit(' ').next());
                let (before, behind) = table.phrases.entry(phrase).or_default();
                match side {
                    "before" => *before = levels,
                    "behind" => *behind = levels,
                    _ => (*before, *behind) = (levels, levels),
                }
            }
        }
        table
    })
}

/// Bytes on either side of a name that are looked at.
const REACH: usize = 32;

/// What the words round and in the name at `start..end` say. Words in the name count most.
pub fn said(text: &str, start: usize, end: usize) -> Levels {
    let name = fold(text.get(start..end).unwrap_or(""));
    let inside = of_phrases(&name, &name);
    if inside != Levels::default() {
        return inside;
    }
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = text.len().min(end + REACH);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = text.get(from..start).unwrap_or("").rsplit(['.', ',', ';', ':', '(', '\n']).next().unwrap_or("");
    let behind = text.get(end..to).unwrap_or("").split(['.', ',', ';', ':', ')', '\n']).next().unwrap_or("");
    let beside = of_phrases(&fold(before), &fold(behind));
    if beside == Levels::default() { of_enumeration(text.get(end..).unwrap_or("")) } else { beside }
}

/// Words behind a name that are looked through for the plural that tells of it.
const MOST_WORDS: usize = 24;

/// What the plural behind the last of several names says of each: "Barrow, Jackson and Madison counties". `rest` is the text
/// behind the first.
fn of_enumeration(rest: &str) -> Levels {
    let mut named = false;
    if !rest.starts_with(", ") && !rest.starts_with(" and ") && !rest.starts_with(" or ") {
        return Levels::default();
    }
    for word in rest.split_whitespace().take(MOST_WORDS) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
        match bare {
            "" | "and" | "or" => {}
            _ if bare.starts_with(char::is_uppercase) => named = true,
            _ if named && bare.ends_with('s') => {
                return table().phrases.get(bare).map_or(Levels::default(), |(_, behind)| *behind);
            }
            _ => break,
        }
        if bare.len() < word.len() && !word.ends_with(',') {
            break;
        }
    }
    Levels::default()
}

/// What the last words of `before` and the first words of `behind` say, the longest phrase first. A name's own words
/// are read from its beginning as `before` and from its end as `behind`.
fn of_phrases(before: &str, behind: &str) -> Levels {
    let (inside, table) = (std::ptr::eq(before, behind), table());
    let (heads, tails) = match inside {
        true => (table.begins(before), table.ends(before)),
        false => (table.ends(before), table.begins(behind)),
    };
    if !heads && !tails {
        return Levels::default();
    }
    let (ahead, after): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), behind.split(' ').collect());
    let most = if inside { ahead.len().saturating_sub(1) } else { 3 };
    for length in (1..=most.min(3)).rev() {
        let head = if inside { ahead.get(..length) } else { ahead.len().checked_sub(length).map(|at| &ahead[at..]) };
        let tail = if inside { after.len().checked_sub(length).map(|at| &after[at..]) } else { after.get(..length) };
        let levels = |words: Option<&[&str]>| words.and_then(|words| table.phrases.get(words.join(" ").as_str()));
        let of_tail = levels(tail).map(|(_, behind)| *behind).filter(|levels| *levels != Levels::default());
        let of_head = levels(head).map(|(before, _)| *before).filter(|levels| *levels != Levels::default());
        if let Some(levels) = of_tail.or(of_head) {
            return levels;
        }
    }
    Levels::default()
}

#[cfg(test)]
mod tests {
    use super::{Levels, said};

    fn levels(text: &str, name: &str) -> Levels {
        let start = text.find(name).expect("stands in the text");
        said(text, start, start + name.len())
    }

    #[test]
    fn words_beside_and_in_names_tell_kinds() {
        let of = Levels::of_letters;
        assert_eq!(levels("in Fairfax County, he", "Fairfax County"), of("2"));
        assert_eq!(levels("in Fairfax County, he", "Fairfax"), of("2"));
        assert_eq!(levels("the city of Mosul fell", "Mosul"), of("s"));
        assert_eq!(levels("on Lake Erie", "Lake Erie"), of("w"));
        assert_eq!(levels("in Washington state", "Washington"), of("1n"));
        assert_eq!(levels("the city. Mosul, a town", "Mosul"), of(""), "marks end what a word can say");
        for name in ["Barrow", "Jackson", "Madison"] {
            assert_eq!(levels("in Barrow, Jackson and Madison counties.", name), of("2"), "{name}");
        }
        assert_eq!(levels("in Barrow, Jackson met the counties", "Barrow"), of(""));
    }

    #[test]
    fn kinds_agree_or_not() {
        let (county, town) = (Levels::of_letters("2"), Levels::of_letters("s"));
        assert_eq!([county.agree(county), county.agree(town), Levels::default().agree(town)], [1.0, -1.0, 0.0]);
    }
}
