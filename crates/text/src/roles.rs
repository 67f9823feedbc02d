//! What a word or phrase tells of the names round it.

use std::ops::{BitOr, BitOrAssign};

/// The roles that a phrase has, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(pub(super) u64);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub const $name: Roles = Roles(1 << $bit);)*

            /// The role that `data/languages/en/words/` calls by this key.
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
    BOILERPLATE = 16, "boilerplate";
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

    /// Whether behind a name it says what kind of place that is: "county", "province".
    pub fn is_place_type(self) -> bool {
        self.any(Roles::PLACE_AFTER)
    }

    /// Whether behind a name it makes it a street's: "road".
    pub fn is_street_type(self) -> bool {
        self.any(Roles::STREET_AFTER)
    }

    /// Whether behind a name it makes it that of an organisation, a team or a building: "university".
    pub fn is_organisation_type(self) -> bool {
        self.any(Roles::ORG_AFTER)
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
pub(super) const FIRST: u32 = 21;
pub(super) const LAST: u32 = 42;
