//! Roles: what a word or phrase says about the names around it.

use std::ops::{BitOr, BitOrAssign};

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(pub(super) u64);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub const $name: Roles = Roles(1 << $bit);)*

            /// The role with this key in the tables of a language pack.
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
    /// A name in the gazetteer that is usually an ordinary word, capitalised or not: `Of`, `Best`.
    ORDINARY = 1, "ordinary";
    /// An ordinary word that is also a well-known place: `Reading`, `Nice`.
    MAYBE_WORD = 2, "word";
    /// A person's name that is also a well-known place: `Jordan`, `Austin`.
    MAYBE_PERSON = 3, "person";
    /// A word with one of the two roles above that news uses mostly for the place: `Adelaide`.
    PLACE_FIRST = 4, "place-first";
    /// A first name.
    GIVEN = 5, "given";
    /// A surname.
    SURNAME = 6, "surname";
    /// Precedes a person's name: `president`.
    PERSON_TITLE = 7, "person-title";
    /// Follows a person's name: `who`.
    PERSON_VERB = 8, "person-verb";
    /// Follows the name in the name of an organisation, a team or a building: `university`.
    ORG_AFTER = 9, "org-after";
    /// Precedes the name in such a name: `bank of`.
    ORG_BEFORE = 10, "org-before";
    /// Precedes places: `in`, `district of`.
    PLACE_BEFORE = 11, "place-before";
    /// Precedes places and other names, places somewhat more often: `of`.
    WEAK_BEFORE = 12, "weak-before";
    /// Follows the name of a place: `province`.
    PLACE_AFTER = 13, "place-after";
    /// A phrase that is never a place, though it holds the name of one: `al nusra`, `paris hilton`.
    NOT_A_PLACE = 14, "not-a-place";
    /// Follows the name in the name of a street: `road`.
    STREET_AFTER = 15, "street-after";
    /// Occurs in menus and buttons of web pages: `sign in`, `share`.
    BOILERPLATE = 16, "boilerplate";
    /// A relative, whose name follows: `her son, Jordan`.
    KIN = 17, "kin";
    /// Begins names; capitalised, it belongs to the name that follows: `New`, `Tal`, `San`.
    NAME_HEAD = 18, "name-head";
    /// Follows the name of a place that stands for its government or people: `denied`.
    ACTS = 19, "acts";
    /// Precedes such a name: `accused`.
    ACTED_ON = 20, "acted-on";
}

impl Roles {
    /// Whether any role of `other` is among these.
    #[inline]
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

    /// The roles as bits; the order of the bits is fixed, because models depend on it.
    #[inline]
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

/// Shifts of the two further sets of a word: the roles of the phrases that begin with it, and of those that end with it.
pub(super) const FIRST: u32 = 21;
pub(super) const LAST: u32 = 42;
