//! The roles of phrases in `boilerplate.tsv`, `roads.tsv`, `function-words.tsv` and `bearers.tsv`.

use super::PhraseRole;

/// Declares the roles of a table with their names in it.
macro_rules! phrase_roles {
    ($(#[$doc:meta])* $type:ident { $($(#[$role_doc:meta])* $role:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type {
            $($(#[$role_doc])* $role,)*
        }

        impl PhraseRole for $type {
            const NAMES: &'static [(&'static str, Self)] = &[$(($name, $type::$role),)*];

            fn number(self) -> u8 {
                self as u8
            }
        }
    };
}

phrase_roles! {
    /// What a phrase is in the boilerplate of a web page: `boilerplate.tsv`.
    BoilerplateRole {
        /// A part of the world as an entry of a menu: "Middle East".
        Section = "section",
        /// Another entry of a menu: "Markets".
        Menu = "menu",
        /// Stands before a link or over a list of links: "Read more:".
        Label = "label",
        /// Begins the heading of a list of links: "More from Africa".
        More = "more",
        /// A word that such a heading has without a capital: "the".
        HeadingWord = "heading-word",
        /// Begins a link to another page: "Read more about".
        Pointer = "pointer",
        /// Begins a request to the reader: "Sign up for".
        Call = "call",
        /// What such a request is about: "newsletter".
        Medium = "medium",
        /// Begins the line that names the author: "By".
        Byline = "byline",
        /// Begins or ends a line of credits: "Reporting by".
        Credit = "credit",
        /// A word without a capital that stands in a line of credits.
        CreditWord = "credit-word",
        /// Begins a copyright notice.
        Copyright = "copyright",
    }
}

phrase_roles! {
    /// What a word does in or beside the name of a numbered road: `roads.tsv`.
    RoadRole {
        /// Makes a road of the number behind it: "Route 66".
        Numbered = "numbered",
        /// The same, but only behind a qualifier: "County Road 12".
        Qualified = "qualified",
        /// Stands before a `Numbered` or `Qualified` word: "State Route 4".
        Qualifier = "qualifier",
        /// Makes a road of the number behind its hyphen: "I-35".
        Prefix = "prefix",
        /// Beside a prefix and its number: they name a document, "Form I-130".
        Form = "form",
        /// A letter that is written in one with a road's number: "A417".
        Letter = "letter",
        /// Stands between a road that is named by a letter and the word before it: "on the M25".
        Article = "article",
        /// Stands before such a road and its article: "on the M25".
        Before = "before",
        /// Stands behind such a road: "the M25 motorway".
        Behind = "behind",
    }
}

phrase_roles! {
    /// What a function word does: `function-words.tsv`.
    FunctionRole {
        /// Links the last two items of a list: "and".
        Conjunction = "conjunction",
    }
}

phrase_roles! {
    /// What a word beside a name says of who or what bears it, if no place does: `bearers.tsv`.
    BearerRole {
        /// Stands right before the name of a work, a band, a ship, an animal or a storm: "the film Philadelphia".
        Thing = "thing",
        /// Stands right behind the place that a dish, a breed, a plant, a disease or a garment is called after: "duck" of "Peking duck".
        Goods = "goods",
        /// Stands for one person and for no place: "his".
        PersonPronoun = "person-pronoun",
        /// Stands right before the place of which somebody holds the office, bent as the language bends what something is of: "мэр" of "мэр
        /// Тулы".
        Office = "office",
        /// Is of somebody who speaks: "I".
        Speech = "speech",
        /// Stands right before the name of a person or an animal: "Mrs", "answers to".
        Person = "person",
        /// The same of a relative, beside those of the lexicon: "girls".
        Kin = "kin",
        /// Stands between what is called so and its name: "named".
        Naming = "naming",
        /// Stands before the noun of what is called so: "a".
        Article = "article",
        /// Links the parts of a name: "of" of "City of Adelaide".
        Link = "link",
    }
}
