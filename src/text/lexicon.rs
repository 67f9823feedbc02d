//! What words and short phrases tell of the names round them: `data/words/`, compiled into one automaton.

use std::collections::BTreeMap;
use std::ops::{BitOr, BitOrAssign};

/// The roles that a phrase has, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u64);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub const $name: Roles = Roles(1 << $bit);)*

            /// The role that `data/words/` calls by this key.
            pub fn named(key: &str) -> Option<Roles> {
                match key {
                    $($key => Some(Roles::$name),)*
                    _ => None,
                }
            }
        }
    };
}

roles! {
    /// An English word.
    ENGLISH = 0, "english";
    /// A name in the gazetteer that is as a rule an ordinary word, capital or not: `Of`, `Best`.
    ORDINARY = 1, "ordinary";
    /// An ordinary word that is a real place when something speaks for it: `Reading`, `Nice`.
    MAYBE_WORD = 2, "word";
    /// A person's name that is also a real place: `Jordan`, `Austin`.
    MAYBE_PERSON = 3, "person";
    /// Of the last two, one that news uses for the place more often than not: `Adelaide`.
    PLACE_FIRST = 4, "place-first";
    /// A first name.
    GIVEN = 5, "given";
    /// A surname.
    SURNAME = 6, "surname";
    /// Stands before a person's name: `president`.
    PERSON_TITLE = 7, "person-title";
    /// Stands after a person's name: `who`.
    PERSON_VERB = 8, "person-verb";
    /// After a name makes it an organisation, a team, a building: `university`.
    ORG_AFTER = 9, "org-after";
    /// Before a name likewise: `bank of`.
    ORG_BEFORE = 10, "org-before";
    /// Before a name speaks for a place: `in`, `district of`.
    PLACE_BEFORE = 11, "place-before";
    /// Before a name speaks for a place a little: `of`.
    WEAK_BEFORE = 12, "weak-before";
    /// After a name speaks for a place: `province`.
    PLACE_AFTER = 13, "place-after";
    /// A phrase that is never a place: `al nusra`, `paris hilton`.
    NOT_A_PLACE = 14, "not-a-place";
    /// After a name makes it a street: `road`.
    STREET_AFTER = 15, "street-after";
    /// Stands in the menus and buttons of web pages: `sign in`, `share`.
    FURNITURE = 16, "furniture";
    /// A relative, named behind a comma: `her son, Jordan`.
    KIN = 17, "kin";
    /// Begins names, so that with a capital it belongs to what follows: `New`, `Tal`, `San`.
    NAME_HEAD = 18, "name-head";
    /// After a place's name makes it stand for its government or people: `denied`.
    ACTS = 19, "acts";
    /// Before a place's name likewise: `accused`.
    ACTED_ON = 20, "acted-on";
}

impl Roles {
    /// Whether any role of `other` is among these.
    pub fn any(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a phrase that has any role of `other` begins with this word.
    pub fn begins(self, other: Roles) -> bool {
        self.0 >> FIRST & other.0 != 0
    }

    /// Whether a phrase that has any role of `other` ends with this word.
    pub fn ends(self, other: Roles) -> bool {
        self.0 >> LAST & other.0 != 0
    }

    /// The roles as bits, in no order that means anything.
    pub fn bits(self) -> u32 {
        (self.0 & ((1 << FIRST) - 1)) as u32
    }
}

impl BitOr for Roles {
    type Output = Roles;

    fn bitor(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Roles) {
        self.0 |= other.0;
    }
}

/// The bits of a word behind its own roles: those of the phrases that begin with it, and of those that end with it.
const FIRST: u32 = 21;
const LAST: u32 = 42;

/// Folded phrases and their roles.
pub struct Lexicon<D: AsRef<[u8]>>(fst::Map<D>);

impl<D: AsRef<[u8]>> Lexicon<D> {
    /// Opens what [`compile`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn open(bytes: D) -> Result<Self, fst::Error> {
        fst::Map::new(bytes).map(Lexicon)
    }

    /// The roles of a folded phrase; none for an unknown one.
    pub fn roles(&self, folded: &str) -> Roles {
        Roles(self.0.get(folded).unwrap_or(0))
    }

    /// The number of words of the longest phrase with any of `roles` that begins the sequence `words`, 0 if none does.
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>, roles: Roles) -> usize {
        let fst = self.0.as_fst();
        let (mut node, mut output, mut longest) = (fst.root(), 0, 0);
        for (count, word) in words.into_iter().enumerate() {
            let space: &[u8] = if count > 0 { b" " } else { b"" };
            for &byte in space.iter().chain(word.as_bytes()) {
                let Some(at) = node.find_input(byte) else { return longest };
                let step = node.transition(at);
                output += step.out.value();
                node = fst.node(step.addr);
            }
            if node.is_final() && Roles(output + node.final_output().value()).any(roles) {
                longest = count + 1;
            }
        }
        longest
    }
}

/// Compiles phrases with their roles. Each phrase's first and last words are told too, so that most words are known at
/// once to begin or end none.
///
/// # Errors
/// Only when memory runs out: the phrases come sorted.
pub fn compile(phrases: &BTreeMap<String, Roles>) -> Result<Vec<u8>, fst::Error> {
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for (phrase, roles) in phrases {
        *all.entry(phrase).or_default() |= roles.0;
        let (first, last) = (phrase.split(' ').next(), phrase.rsplit(' ').next());
        for (word, shift) in [(first, FIRST), (last, LAST)] {
            *all.entry(word.unwrap_or(phrase)).or_default() |= roles.0 << shift;
        }
    }
    let map = fst::Map::from_iter(all)?;
    Ok(map.into_fst().into_inner())
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, Roles, compile};
    use std::collections::BTreeMap;

    #[test]
    fn phrases_are_found_by_their_roles() {
        let phrases =
            [("al nusra", Roles::NOT_A_PLACE), ("al", Roles::ENGLISH), ("al nusra front", Roles::NOT_A_PLACE)];
        let phrases: BTreeMap<String, Roles> = phrases.into_iter().map(|(p, r)| (p.to_owned(), r)).collect();
        let lexicon = Lexicon::open(compile(&phrases).expect("sorted")).expect("an automaton");
        assert!(lexicon.roles("al").any(Roles::ENGLISH));
        assert!(!lexicon.roles("aleppo").any(Roles::ENGLISH | Roles::NOT_A_PLACE));
        assert_eq!(lexicon.longest(["al", "nusra", "front", "said"], Roles::NOT_A_PLACE), 3);
        assert_eq!(lexicon.longest(["al", "nusra"], Roles::NOT_A_PLACE), 2);
        assert_eq!(lexicon.longest(["al", "bab"], Roles::NOT_A_PLACE), 0);
        assert!(lexicon.roles("al").begins(Roles::NOT_A_PLACE) && !lexicon.roles("al").ends(Roles::NOT_A_PLACE));
        assert!(lexicon.roles("front").ends(Roles::NOT_A_PLACE) && !lexicon.roles("front").any(Roles::NOT_A_PLACE));
    }
}
