//! Tables of phrases with roles: `boilerplate.tsv`, `roads.tsv`, `function-words.tsv`, `bearers.tsv`.

use super::PackFiles;
use crate::fold;
use crate::hash::{KeyMap, joined, key};
use crate::table::TableError;
use std::marker::PhantomData;

/// A role that a table gives to phrases; a table knows at most 16.
pub trait PhraseRole: Copy + 'static {
    /// Every role with its name in the table.
    const NAMES: &'static [(&'static str, Self)];

    /// A number below 16, different for each role.
    fn number(self) -> u8;
}

/// Folded phrases with their roles, found by the keys of their words: see [`crate::Words::key`].
#[derive(Clone, Debug)]
pub struct PhraseTable<R> {
    phrases: KeyMap<RoleSets>,
    /// Words of the longest phrase.
    longest: usize,
    roles: PhantomData<R>,
}

/// Sets of roles, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct RoleSets {
    /// Those of the phrase.
    own: u16,
    /// Those of the phrases that begin with this word.
    begins: u16,
    /// Those of the phrases that end with this word.
    ends: u16,
}

impl<R> Default for PhraseTable<R> {
    fn default() -> Self {
        PhraseTable { phrases: KeyMap::default(), longest: 0, roles: PhantomData }
    }
}

impl<R: PhraseRole> PhraseTable<R> {
    /// Reads a table with the columns `phrase` and `role`. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose phrase is empty or not folded, whose role is unknown, or that repeats another.
    pub fn read(files: &PackFiles, file: &str) -> Result<Self, TableError> {
        let mut table = PhraseTable::default();
        files.each_line(file, &["phrase", "role"], |line| {
            let (phrase, name) = (line.get("phrase"), line.get("role"));
            let role = R::NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role).ok_or_else(|| {
                let known: Vec<&str> = R::NAMES.iter().map(|(known, _)| *known).collect();
                line.error(format!("{name:?} is not a role; the roles are {}", known.join(", ")))
            })?;
            if phrase.is_empty() || fold(phrase) != phrase {
                return Err(line.error(format!("{phrase:?} is not folded; folded it is {:?}", fold(phrase))));
            }
            match table.insert(phrase, role) {
                true => Ok(()),
                false => Err(line.error(format!("{phrase:?} has the role {name:?} twice"))),
            }
        })?;
        Ok(table)
    }

    /// Adds a role to a phrase; `false` if the phrase has it already.
    fn insert(&mut self, phrase: &str, role: R) -> bool {
        let bit = 1 << role.number();
        let words = || phrase.split(' ');
        self.longest = self.longest.max(words().count());
        self.phrases.entry(words().next().map_or(0, key)).or_default().begins |= bit;
        self.phrases.entry(words().next_back().map_or(0, key)).or_default().ends |= bit;
        let own = &mut self.phrases.entry(key(phrase)).or_default().own;
        let new = *own & bit == 0;
        *own |= bit;
        new
    }

    fn sets(&self, key: u64) -> RoleSets {
        self.phrases.get(&key).copied().unwrap_or_default()
    }

    /// Whether the phrase with this key has a role.
    pub fn has(&self, key: u64, role: R) -> bool {
        self.sets(key).own & bits(&[role]) != 0
    }

    /// The number of words of the longest phrase with any of `roles` that begins a sequence of words, given by their keys; 0
    /// if none does.
    pub fn longest(&self, words: impl IntoIterator<Item = u64>, roles: &[R]) -> usize {
        let mut words = words.into_iter();
        let wanted = bits(roles);
        let Some(mut phrase) = words.next().filter(|&first| self.sets(first).begins & wanted != 0) else { return 0 };
        let mut longest = usize::from(self.sets(phrase).own & wanted != 0);
        for (count, word) in (2..=self.longest).zip(words) {
            phrase = joined(phrase, word);
            if self.sets(phrase).own & wanted != 0 {
                longest = count;
            }
        }
        longest
    }

    /// Whether a phrase with a role ends a sequence of words, given by their keys from the last to the first.
    pub fn ends(&self, words_from_last: impl IntoIterator<Item = u64>, role: R) -> bool {
        let mut words_from_last = words_from_last.into_iter().peekable();
        if words_from_last.peek().is_none_or(|&last| self.sets(last).ends & bits(&[role]) == 0) {
            return false;
        }
        let words: Vec<u64> = words_from_last.take(self.longest).collect();
        (1..=words.len()).any(|count| {
            let phrase = words[..count].iter().rev().copied().reduce(joined);
            phrase.is_some_and(|phrase| self.has(phrase, role))
        })
    }
}

/// The roles as a set of bits.
fn bits<R: PhraseRole>(roles: &[R]) -> u16 {
    roles.iter().fold(0, |bits, role| bits | 1 << role.number())
}

#[cfg(test)]
mod tests {
    use super::PhraseTable;
    use crate::hash::key;
    use crate::language::{BoilerplateRole, Language, PackFiles, RoadRole};

    fn files(text: &'static str) -> PackFiles {
        PackFiles { tag: "en", files: vec![("t.tsv", text)].leak(), lexicon: &[] }
    }

    fn keys(words: &'static str) -> impl DoubleEndedIterator<Item = u64> {
        words.split(' ').map(key)
    }

    #[test]
    fn phrases_are_found_where_they_begin_and_end() {
        let table = "phrase\trole\neditor\tmenu\neditor picks\tlabel\nreporting by\tcredit\n";
        let table = PhraseTable::<BoilerplateRole>::read(&files(table), "t.tsv").expect("sound");
        use BoilerplateRole::{Credit, Label, Menu};
        assert_eq!(table.longest(keys("editor picks of today"), &[Menu, Label]), 2);
        assert_eq!(table.longest(keys("editor picks of today"), &[Menu]), 1);
        assert_eq!(table.longest(keys("picks"), &[Label]), 0);
        assert!(table.ends(keys("more reporting by").rev(), Credit) && !table.ends(keys("by reporting").rev(), Credit));
        assert!(table.has(key("editor"), Menu) && !table.has(key("editor"), Label));
    }

    #[test]
    fn a_wrong_line_is_an_error_with_file_and_line() {
        for (row, reason) in [
            ("i\tprefixed", "\"prefixed\" is not a role; the roles are numbered"),
            ("U.S.\tqualifier", "folded it is \"us\""),
            ("\tqualifier", "is not folded"),
            ("i\tprefix\ni\tletter\ni\tprefix", "\"i\" has the role \"prefix\" twice"),
        ] {
            let table = files(format!("phrase\trole\n{row}\n").leak());
            let error = PhraseTable::<RoadRole>::read(&table, "t.tsv").expect_err("a wrong line").to_string();
            assert!(error.starts_with("data/languages/en/t.tsv:") && error.contains(reason), "{error}");
        }
        assert!(Language::read(files("")).is_err(), "no lexicon, and nothing about the language");
    }
}
