//! What holds of every language pack and of the template.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use toponym_text::fold;
use toponym_text::language::{DEFAULT_LANGUAGE, Language, PackFiles, compile_words};

/// The folder to copy for a new language.
const TEMPLATE: &str = "template";

/// Lists of folded words, one a line.
const FOLDED_LISTS: [&str; 10] = [
    "apostrophe-endings.txt",
    "elisions.txt",
    "outlet-words.txt",
    "passed-words.txt",
    "articles.txt",
    "plural-endings.txt",
    "proclitics.txt",
    "words/given_names.txt",
    "words/ordinary.txt",
    "words/surnames.txt",
];

/// Lists of words as they are written, one a line.
const WRITTEN_LISTS: [&str; 3] = ["demonym-endings.txt", "words/abbreviations.txt", "words/english.txt"];

/// The files of a folder beside this one, with the lexicon of its words.
fn pack(tag: &str) -> PackFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(tag);
    let mut files: Vec<(&'static str, &'static str)> = Vec::new();
    for file in files_of(&folder) {
        let path = file.strip_prefix(&folder).expect("it lies in the folder").to_string_lossy().into_owned();
        if path.ends_with(".tsv") || path.ends_with(".txt") || path.ends_with(".toml") {
            files.push((path.leak(), std::fs::read_to_string(&file).expect("a text").leak()));
        }
    }
    let mut pack = PackFiles { tag: tag.to_owned().leak(), files: files.leak(), lexicon: &[] };
    pack.lexicon = compile_words(&pack).unwrap_or_else(|error| panic!("{error}")).leak();
    pack
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files_of(&path) } else { vec![path] }).collect()
}

/// The template and every pack.
fn packs() -> Vec<PackFiles> {
    let tags = crate::languages().packs().iter().map(Language::tag);
    tags.chain([TEMPLATE]).map(pack).collect()
}

/// The names of the files of a pack.
fn names(pack: &PackFiles) -> BTreeSet<&'static str> {
    pack.files.iter().map(|(path, _)| *path).collect()
}

/// The lines of a file that are no comments and not empty.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The lines that stand more than once.
fn repeated<T: Ord + Clone>(rows: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    rows.filter(|row| !seen.insert(row.clone())).collect()
}

#[test]
fn every_pack_and_the_template_are_read() {
    for pack in packs() {
        Language::read(pack).unwrap_or_else(|error| panic!("{error}"));
    }
    assert!(crate::languages().packs().iter().all(|pack| pack.tag() != TEMPLATE), "the template is no language");
}

#[test]
fn the_default_pack_and_the_template_have_every_table() {
    let all: BTreeSet<&str> = packs().iter().flat_map(names).collect();
    for tag in [DEFAULT_LANGUAGE, TEMPLATE] {
        let missing: Vec<_> = all.difference(&names(&pack(tag))).copied().collect();
        assert!(missing.is_empty(), "{tag} lacks {missing:?}");
    }
    let (template, default) = (pack(TEMPLATE), pack(DEFAULT_LANGUAGE));
    for (path, text) in template.files.iter().filter(|(path, _)| path.ends_with(".tsv")) {
        assert!(text.lines().any(|line| line.starts_with('#')), "{path} of the template has no comment");
        assert_eq!(lines(text).next(), lines(default.file(path).unwrap_or("")).next(), "the header of {path}");
    }
}

#[test]
fn every_table_is_documented() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/LANGUAGES.md");
    let page = std::fs::read_to_string(page).expect("the page is part of the project");
    for path in names(&pack(DEFAULT_LANGUAGE)) {
        assert!(page.contains(&format!("`{path}`")), "docs/LANGUAGES.md does not say what {path} holds");
    }
}

#[test]
fn lists_hold_each_word_once_and_as_they_say() {
    for pack in packs() {
        for (path, text) in pack.files.iter().filter(|(path, _)| path.ends_with(".txt")) {
            let folded = FOLDED_LISTS.contains(path);
            assert!(folded || WRITTEN_LISTS.contains(path), "{}/{path} is a list that nothing reads", pack.tag);
            for word in lines(text) {
                assert!(!fold(word).is_empty() && word.trim() == word, "{}/{path}: {word:?}", pack.tag);
                assert!(!folded || fold(word) == word, "{}/{path}: {word:?} is not folded", pack.tag);
            }
            let again = repeated(lines(text));
            assert!(again.is_empty(), "{}/{path}: {again:?} stand twice", pack.tag);
        }
    }
}

#[test]
fn tables_hold_each_row_once() {
    for pack in packs() {
        for (path, text) in pack.files.iter().filter(|(path, _)| path.ends_with(".tsv")) {
            let cells = |row: &str| row.split('\t').map(str::to_owned).collect::<Vec<_>>();
            let again = repeated(lines(text).map(cells));
            assert!(again.is_empty(), "{}/{path}: {again:?} stand twice", pack.tag);
        }
        let name = |row: &str| fold(row.split('\t').next().unwrap_or(""));
        let again = repeated(lines(pack.file("words/ambiguous.tsv").unwrap_or("")).map(name));
        assert!(again.is_empty(), "{}: two readings of {again:?}", pack.tag);
    }
}

#[test]
fn the_facts_about_a_language_are_consistent() {
    let scripts = crate::identification().scripts();
    for pack in crate::languages().packs() {
        let about = &pack.about;
        let known = about.script == "Latn" || scripts.iter().any(|script| script.code == about.script);
        assert!(known, "{}: the script {:?} is not in scripts.tsv", pack.tag(), about.script);
        let identified = crate::identification().languages().any(|tag| tag == pack.tag())
            || scripts.iter().any(|script| script.language.as_deref() == Some(pack.tag()));
        assert!(identified, "neither identification.bin.zst nor scripts.tsv has {}", pack.tag());
        let own = |letter: &char| match crate::identification().script_of(*letter) {
            Some(at) => scripts[at].code == about.script,
            None => about.script == "Latn" && letter.is_ascii_alphabetic(),
        };
        let letters = pack.articles.iter().chain(pack.abbreviations.iter()).flat_map(str::chars).filter(own);
        let cased: BTreeSet<bool> = letters.map(|letter| letter.is_lowercase() || letter.is_uppercase()).collect();
        assert!(!cased.contains(&!about.capitals), "{}: capitals is {}", pack.tag(), about.capitals);
    }
}
