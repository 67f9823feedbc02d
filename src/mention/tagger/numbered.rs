//! Stable numbers for what features are made of.
//!
//! A model knows features by hashes over these numbers. So each number is written out beside a name, both go into the model's
//! [`Fingerprint`](super::fingerprint::Fingerprint), and neither changes when variants are reordered or an enum elsewhere grows.

/// A list of names and numbers, as the fingerprint covers it.
pub type Numbers = &'static [(&'static str, u32)];

/// Declares an enum of variants with numbers and names.
macro_rules! numbered {
    ($(#[$meta:meta])* $vis:vis enum $type:ident {
        $($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        $vis enum $type {
            $($(#[$doc])* $variant = $number,)*
        }

        impl $type {
            /// The names and numbers of all variants.
            pub const NUMBERS: $crate::mention::tagger::numbered::Numbers = &[$(($name, $number)),*];

            /// The number of the variant.
            #[inline(always)]
            pub const fn number(self) -> u32 {
                self as u32
            }
        }
    };
}

/// Declares a function that gives each variant of another module's enum a number. A new variant does not compile until it has one.
macro_rules! numbers_of {
    ($(#[$meta:meta])* $vis:vis fn $function:ident($type:ty), $list:ident {
        $($variant:path = $number:literal, $name:literal;)*
    }) => {
        $(#[$meta])*
        #[inline(always)]
        $vis const fn $function(variant: $type) -> u32 {
            match variant {
                $($variant => $number,)*
            }
        }

        /// The names and numbers of all variants.
        $vis const $list: $crate::mention::tagger::numbered::Numbers = &[$(($name, $number)),*];
    };
}

pub(crate) use {numbered, numbers_of};

#[cfg(test)]
mod tests {
    use super::super::{codes, document, names, templates};
    use super::Numbers;
    use crate::mention::metonymy;
    use std::collections::HashSet;

    #[test]
    fn no_name_or_number_stands_twice_in_a_list() {
        let lists: [Numbers; 10] = [
            templates::Template::NUMBERS,
            document::Usage::NUMBERS,
            names::Position::NUMBERS,
            names::PlaceType::NUMBERS,
            codes::TOKEN_KINDS,
            codes::CASES,
            codes::STYLES,
            codes::NAME_KINDS,
            metonymy::Template::NUMBERS,
            metonymy::PlaceType::NUMBERS,
        ];
        for list in lists {
            let names: HashSet<&str> = list.iter().map(|(name, _)| *name).collect();
            let numbers: HashSet<u32> = list.iter().map(|(_, number)| *number).collect();
            assert!(names.len() == list.len() && numbers.len() == list.len(), "{list:?}");
        }
    }
}
