//! The lexicon of a language: folded words and phrases with their roles, compiled from the pack's `words/` into one hash table.

pub use super::roles::Roles;

use super::hash::{joined, key};
use super::roles::{FIRST, LAST};
use std::collections::BTreeMap;
use std::ops::Range;

/// Slots per phrase: the load factor is two thirds, so that few probes collide.
const ROOM: f64 = 1.5;

/// Size of a number in the table, in bytes.
const NUMBER: usize = size_of::<u64>();

/// The bits of a slot that hold the number of its set of roles; the other bits are those of the phrase's key.
const SET: u64 = 0xffff;

/// Folded phrases and their roles in an open-addressing hash table, used in place.
///
/// The bytes are little-endian numbers of 64 bits: the counts of homes, slots and sets of roles; the slots; the sets. A slot is 0 if
/// empty, else it holds the upper bits of a phrase's [`key`] and, one-based, the number of its set. Every prefix of a phrase that ends
/// at a word boundary has a slot as well.
pub struct Lexicon<D: AsRef<[u8]>> {
    bytes: D,
    /// The number of slots that a key can hash to; collisions are resolved by linear probing.
    homes: usize,
    slots: Range<usize>,
    sets: Range<usize>,
}

/// Why bytes are not a lexicon, or phrases cannot be compiled into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit(&'static str);

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unfit {}

/// The slot that a key hashes to.
fn home(key: u64, homes: usize) -> usize {
    (((key >> 32) * homes as u64) >> 32) as usize
}

impl<D: AsRef<[u8]>> Lexicon<D> {
    /// Opens what [`compile`] wrote.
    ///
    /// # Errors
    /// When the bytes are not a lexicon, or are cut short.
    pub fn open(bytes: D) -> Result<Self, Unfit> {
        let number = |at: usize| number(bytes.as_ref(), at).and_then(|number| usize::try_from(number).ok());
        let counts = number(0).zip(number(1)).zip(number(2));
        let ((homes, slots), sets) = counts.ok_or(Unfit("cut short"))?;
        let end = |count: usize, start: usize| count.checked_mul(NUMBER).and_then(|length| length.checked_add(start));
        let slots = 3 * NUMBER..end(slots, 3 * NUMBER).ok_or(Unfit("cut short"))?;
        let sets = slots.end..end(sets, slots.end).ok_or(Unfit("cut short"))?;
        if sets.end > bytes.as_ref().len() {
            return Err(Unfit("cut short"));
        }
        Ok(Lexicon { homes, slots, sets, bytes })
    }

    /// The compiled form, as [`compile`] wrote it.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// The roles of a folded phrase; none for an unknown one.
    pub fn roles(&self, folded: &str) -> Roles {
        self.roles_of(key(folded))
    }

    /// The roles of the phrase with this [`key`].
    #[inline]
    pub fn roles_of(&self, key: u64) -> Roles {
        self.find(key).unwrap_or_default()
    }

    /// The roles of the phrase, or prefix of a phrase, with this key; `None` if no phrase begins with it.
    fn find(&self, key: u64) -> Option<Roles> {
        let slots = self.bytes.as_ref().get(self.slots.clone())?;
        let mut at = home(key, self.homes);
        loop {
            let slot = number(slots, at).filter(|&slot| slot != 0)?;
            if (slot ^ key) & !SET == 0 {
                let sets = self.bytes.as_ref().get(self.sets.clone())?;
                return number(sets, (slot & SET) as usize - 1).map(Roles);
            }
            at += 1;
        }
    }

    /// The length in words of the longest phrase with any of `roles` that is a prefix of the words with these keys; 0 if none is.
    #[inline]
    pub fn longest(&self, words: impl IntoIterator<Item = u64>, roles: Roles) -> usize {
        let (mut phrase, mut longest) = (None, 0);
        for (count, word) in words.into_iter().enumerate() {
            let own = phrase.map_or(word, |phrase| joined(phrase, word));
            phrase = Some(own);
            match self.find(own) {
                Some(found) if found.any(roles) => longest = count + 1,
                Some(_) => {}
                None => break,
            }
        }
        longest
    }
}

/// The number at an index among numbers of 64 bits.
fn number(bytes: &[u8], at: usize) -> Option<u64> {
    let start = at.checked_mul(NUMBER)?;
    bytes.get(start..start.checked_add(NUMBER)?)?.try_into().ok().map(u64::from_le_bytes)
}

/// Compiles folded phrases with their roles. The first and last words of each phrase are marked as well, so that one look-up rules out
/// most words as beginnings or ends.
///
/// # Errors
/// When two phrases have the same key, or there are too many different sets of roles.
pub fn compile(phrases: &BTreeMap<String, Roles>) -> Result<Vec<u8>, Unfit> {
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for (phrase, roles) in phrases {
        *all.entry(phrase).or_default() |= roles.0;
        let (first, last) = (phrase.split(' ').next(), phrase.rsplit(' ').next());
        for (word, shift) in [(first, FIRST), (last, LAST)] {
            *all.entry(word.unwrap_or(phrase)).or_default() |= roles.0 << shift;
        }
        for (end, _) in phrase.match_indices(' ') {
            all.entry(&phrase[..end]).or_default();
        }
    }
    let mut sets: Vec<u64> = all.values().copied().collect();
    sets.sort_unstable();
    sets.dedup();
    if sets.len() as u64 >= SET {
        return Err(Unfit("too many different sets of roles"));
    }
    let homes = (all.len() as f64 * ROOM) as usize + 1;
    let mut slots = vec![0u64; homes];
    for (phrase, roles) in &all {
        let (key, set) = (key(phrase), sets.partition_point(|set| set < roles) as u64 + 1);
        let mut at = home(key, homes);
        while let Some(&taken) = slots.get(at).filter(|slot| **slot != 0) {
            if (taken ^ key) & !SET == 0 {
                return Err(Unfit("two phrases of one key"));
            }
            at += 1;
        }
        slots.resize(slots.len().max(at + 1), 0);
        slots[at] = key & !SET | set;
    }
    let counts = [homes, slots.len(), sets.len()].map(|count| count as u64);
    Ok(counts.iter().chain(&slots).chain(&sets).flat_map(|number| number.to_le_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::hash::key;
    use super::{Lexicon, Roles, compile};
    use std::collections::BTreeMap;

    #[test]
    fn phrases_are_found_by_their_roles() {
        let phrases = [
            ("al nusra", Roles::NOT_A_PLACE),
            ("al", Roles::ENGLISH),
            ("al nusra front", Roles::NOT_A_PLACE),
            ("free city", Roles::PLACE_AFTER),
            ("city", Roles::PLACE_AFTER | Roles::ENGLISH),
            ("bank of", Roles::ORG_BEFORE),
        ];
        let phrases: BTreeMap<String, Roles> = phrases.into_iter().map(|(p, r)| (p.to_owned(), r)).collect();
        let lexicon = Lexicon::open(compile(&phrases).expect("few phrases")).expect("a lexicon");
        assert!(lexicon.roles("al").any(Roles::ENGLISH));
        assert!(!lexicon.roles("aleppo").any(Roles::ENGLISH | Roles::NOT_A_PLACE));
        let longest = |words: &[&str]| lexicon.longest(words.iter().map(|word| key(word)), Roles::NOT_A_PLACE);
        assert_eq!(longest(&["al", "nusra", "front", "said"]), 3);
        assert_eq!(longest(&["al", "nusra"]), 2);
        assert_eq!(longest(&["al", "bab"]), 0);
        assert!(lexicon.roles("al").begins(Roles::NOT_A_PLACE) && !lexicon.roles("al").ends(Roles::NOT_A_PLACE));
        assert!(lexicon.roles("front").ends(Roles::NOT_A_PLACE) && !lexicon.roles("front").any(Roles::NOT_A_PLACE));
    }

    #[test]
    fn what_is_cut_short_is_an_error() {
        let bytes = compile(&BTreeMap::from([("al".to_owned(), Roles::ENGLISH)])).expect("few phrases");
        for length in 0..bytes.len() {
            assert!(Lexicon::open(&bytes[..length]).is_err(), "{length} bytes");
        }
        assert!(Lexicon::open(&bytes).is_ok());
    }
}
