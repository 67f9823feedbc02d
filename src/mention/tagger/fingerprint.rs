//! The fingerprint of everything that a model's features and labels depend on, but the gazetteer.
//!
//! A model knows features by hashes alone, so that one that was trained with other templates, other roles or another lexicon would
//! open and answer nonsense. Its file therefore keeps a checksum of each part, and opening compares them with the program's own.

use super::codes::{CASES, NAME_KINDS, ROLES, STYLES, TOKEN_KINDS};
use super::document::Usage;
use super::features::REVISION;
use super::labels::{Class, OUTSIDE};
use super::names::{PlaceType, Position};
use super::numbered::Numbers;
use super::templates::Template;
use crate::mention::{metonymy, weighing};
use crate::text::lexicon::Roles;
use bytemuck::{Pod, Zeroable};
use std::fmt::Write;
use std::sync::OnceLock;
use toponym_languages::languages;

/// CRC-32 checksums of what a model depends on, part by part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Fingerprint {
    /// The feature templates of tagger and metonymy, the evidence that is weighed, and the numbers that they are made of.
    pub(crate) features: u32,
    /// The roles that features see, with their bits.
    pub(crate) roles: u32,
    /// The labels of the classes.
    pub(crate) labels: u32,
    /// The compiled lexicon.
    pub(crate) lexicon: u32,
    /// The tables in [`TABLES`].
    pub(crate) tables: u32,
}

/// The tables of the language pack, besides the lexicon, that decide what a text's tokens, styles and features are.
const TABLES: [&str; 4] = ["words/abbreviations.txt", "boilerplate.tsv", "endings.tsv", "passed-words.txt"];

/// The tables of other packs that decide the same, beside [`TABLES`]. The default pack's are empty.
const OTHER_TABLES: [&str; 3] = ["apostrophe-endings.txt", "case-endings.tsv", "elisions.txt"];

impl Fingerprint {
    /// The fingerprint of this program for a model of these languages, given their BCP 47 tags: what all languages depend on, and the packs
    /// of these.
    pub(crate) fn of_languages(tags: &[String]) -> Self {
        let mut own = Self::current();
        for pack in tags.iter().filter_map(|tag| languages().pack(tag)) {
            if pack.tag() == languages().default_language().tag() {
                continue;
            }
            let mixed = |sum: u32, parts: &[&[u8]]| {
                let mut hasher = crc32fast::Hasher::new_with_initial(sum);
                parts.iter().for_each(|part| hasher.update(part));
                hasher.finalize()
            };
            own.lexicon = mixed(own.lexicon, &[pack.tag().as_bytes(), pack.lexicon().bytes()]);
            for path in TABLES.iter().chain(&OTHER_TABLES) {
                let text = pack.file(path).unwrap_or_default();
                own.tables = mixed(own.tables, &[path.as_bytes(), text.as_bytes()]);
            }
        }
        own
    }

    /// The fingerprint of this program for a model of the default language.
    pub(crate) fn current() -> Self {
        static COMPUTED: OnceLock<Fingerprint> = OnceLock::new();
        *COMPUTED.get_or_init(|| {
            let pack = languages().default_language();
            let tables = TABLES.iter().fold(crc32fast::Hasher::new(), |mut hasher, path| {
                hasher.update(path.as_bytes());
                hasher.update(pack.file(path).unwrap_or_default().as_bytes());
                hasher
            });
            Fingerprint {
                features: crc32fast::hash(features().as_bytes()),
                roles: crc32fast::hash(roles().as_bytes()),
                labels: crc32fast::hash(labels().as_bytes()),
                lexicon: crc32fast::hash(pack.lexicon().bytes()),
                tables: tables.finalize(),
            }
        })
    }

    /// The parts in which the fingerprint of a model differs from `program`'s, for people; `None` if the model fits.
    pub(crate) fn mismatch(&self, program: &Fingerprint) -> Option<String> {
        let parts = [
            ("features", self.features, program.features),
            ("roles", self.roles, program.roles),
            ("labels", self.labels, program.labels),
            ("lexicon", self.lexicon, program.lexicon),
            ("tables", self.tables, program.tables),
        ];
        let differ = parts.iter().filter(|(_, own, other)| own != other);
        let differ: Vec<String> =
            differ.map(|(part, own, other)| format!("{part} {own:08x} instead of {other:08x}")).collect();
        (!differ.is_empty()).then(|| differ.join(", "))
    }
}

/// One line for each name and number.
fn features() -> String {
    let lists: [(&str, Numbers); 11] = [
        ("template", Template::NUMBERS),
        ("usage", Usage::NUMBERS),
        ("position", Position::NUMBERS),
        ("place type", PlaceType::NUMBERS),
        ("token kind", TOKEN_KINDS),
        ("case", CASES),
        ("style", STYLES),
        ("name kind", NAME_KINDS),
        ("metonymy template", metonymy::Template::NUMBERS),
        ("metonymy token kind", metonymy::TokenKind::NUMBERS),
        ("metonymy place type", metonymy::PlaceType::NUMBERS),
    ];
    let mut out = format!("revisions {REVISION} {}\n", metonymy::REVISION);
    // Writing to a string does not fail.
    for (list, numbers) in lists {
        numbers.iter().for_each(|(name, number)| {
            let _ = writeln!(out, "{list} {number} {name}");
        });
    }
    weighing::EVIDENCE.iter().enumerate().for_each(|(number, name)| {
        let _ = writeln!(out, "evidence {number} {name}");
    });
    out
}

fn roles() -> String {
    ROLES.iter().fold(String::new(), |mut out, name| {
        let _ = writeln!(out, "{} {name}", Roles::named(name).unwrap_or_default().bits());
        out
    })
}

fn labels() -> String {
    Class::ALL.iter().fold(format!("{OUTSIDE} outside\n"), |mut out, class| {
        let _ = writeln!(out, "{} {} {}", class.begin(), class.inside(), class.name());
        out
    })
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, TABLES, features, labels, roles};
    use toponym_languages::languages;

    #[test]
    fn every_part_is_covered() {
        assert!(features().contains("\ntemplate 1 word\n") && features().contains("\nusage 4 without-capital\n"));
        assert!(features().contains("\nmetonymy template 7 governor-right\n"), "{}", features());
        assert!(roles().contains("2048 place-before\n") && !roles().contains("\n0 "), "{}", roles());
        assert_eq!(labels().lines().last(), Some("11 12 embedded"));
        for table in TABLES {
            assert!(languages().default_language().file(table).is_some(), "{table}");
        }
    }

    #[test]
    fn a_model_depends_on_the_packs_of_its_languages() {
        let of = |tags: &[&str]| Fingerprint::of_languages(&tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["en", "xx"]), Fingerprint::current());
        let (russian, both) = (of(&["ru"]), of(&["ru", "uk"]));
        assert!(russian.lexicon != both.lexicon && russian.tables != both.tables);
        assert_eq!(
            russian.mismatch(&Fingerprint { features: 0, ..russian }).map(|parts| parts.contains("lexicon")),
            Some(false)
        );
    }

    #[test]
    fn the_parts_that_differ_are_named() {
        let program = Fingerprint { features: 1, roles: 2, labels: 3, lexicon: 4, tables: 0xabc };
        assert_eq!(program.mismatch(&program), None);
        let model = Fingerprint { lexicon: 5, tables: 1, ..program };
        let parts = "lexicon 00000005 instead of 00000004, tables 00000001 instead of 00000abc";
        assert_eq!(model.mismatch(&program).as_deref(), Some(parts));
    }
}
