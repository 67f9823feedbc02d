//! The language packs of the [toponym](https://docs.rs/toponym) geoparser: a folder of tables a language, as text, with its
//! lexicon and its recogniser compiled.

#![deny(missing_docs)]

/// What is known of a language.
pub struct Pack {
    /// BCP 47 tag, which is also the folder's name.
    pub tag: &'static str,
    /// The tables, by their paths in the folder.
    files: &'static [(&'static str, &'static str)],
    /// The words of `words/` with their roles, as `toponym_text::lexicon` compiles them.
    pub lexicon: &'static [u8],
    /// The recogniser, unpacked, if the language has one.
    pub recogniser: Option<&'static [u8]>,
}

impl Pack {
    /// The text of a table, by its path in the folder, such as `words/context.tsv`.
    pub fn file(&self, path: &str) -> Option<&'static str> {
        self.files.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
    }
}

/// Aligns the bytes of a file for the records in it.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

/// All packs, by their tags.
pub static PACKS: &[Pack] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The commonest words of languages, which tell the language of a text: the table `common-words.tsv`.
pub static COMMON_WORDS: &str = include_str!("common-words.tsv");

/// The pack of a language by its tag, such as `en`.
pub fn pack(tag: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.tag == tag)
}
