//! Numbers of the enums of other modules that features are made of.

use super::numbered::numbers_of;
use crate::gazetteer::NameKind;
use crate::mention::style::Style;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind};

numbers_of! {
    /// The number of a token's kind.
    pub fn token_kind(Kind), TOKEN_KINDS {
        Kind::Word = 0, "word";
        Kind::Unspaced = 1, "unspaced";
        Kind::Number = 2, "number";
        Kind::Possessive = 3, "possessive";
        Kind::Hyphen = 4, "hyphen";
        Kind::Stop = 5, "stop";
        Kind::Comma = 6, "comma";
        Kind::Mark = 7, "mark";
    }
}

numbers_of! {
    /// The number of the case of a token's letters.
    pub fn case(Case), CASES {
        Case::Lower = 0, "lower";
        Case::Capitalised = 1, "capitalised";
        Case::Upper = 2, "upper";
        Case::None = 3, "none";
    }
}

numbers_of! {
    /// The number of a sentence's style.
    pub fn style(Style), STYLES {
        Style::Normal = 0, "normal";
        Style::Title = 1, "title";
        Style::Capitals = 2, "capitals";
        Style::Small = 3, "small";
        Style::Boilerplate = 4, "boilerplate";
    }
}

numbers_of! {
    /// The number of what a name is to its place.
    pub fn name_kind(NameKind), NAME_KINDS {
        NameKind::Primary = 0, "primary";
        NameKind::Variant = 1, "variant";
        NameKind::Abbreviation = 2, "abbreviation";
        NameKind::Shortening = 3, "shortening";
        NameKind::Historic = 4, "historic";
        NameKind::Colloquial = 5, "colloquial";
        NameKind::Demonym = 6, "demonym";
    }
}

/// The roles that features see, by their names in `data/languages/en/words/`. Roles added to the lexicon later are not seen, so that
/// they change no feature.
pub const ROLES: [&str; 21] = [
    "english",
    "ordinary",
    "word",
    "person",
    "place-first",
    "given",
    "surname",
    "person-title",
    "person-verb",
    "org-after",
    "org-before",
    "place-before",
    "weak-before",
    "place-after",
    "not-a-place",
    "street-after",
    "boilerplate",
    "kin",
    "name-head",
    "acts",
    "acted-on",
];

/// The bits of [`ROLES`].
const ROLE_BITS: u32 = (1 << ROLES.len()) - 1;

/// The roles of a word as a number.
#[inline(always)]
pub fn roles(roles: Roles) -> u32 {
    roles.bits() & ROLE_BITS
}

#[cfg(test)]
mod tests {
    use super::{ROLE_BITS, ROLES, Roles, roles};

    #[test]
    fn each_role_has_its_bit() {
        for (name, bit) in ROLES.iter().zip(0..) {
            let role = Roles::named(name).unwrap_or_else(|| panic!("the lexicon has no role {name:?}"));
            assert_eq!(roles(role), 1 << bit, "{name}: renumbered roles make trained models useless");
        }
        assert_eq!(ROLE_BITS.count_ones() as usize, ROLES.len());
    }
}
