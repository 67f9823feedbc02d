//! No word of a language stands in the code: string literals held against the cue words of the language packs.

use crate::support::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Tables of cue words and the columns that hold them. Names, demonyms and dictionaries are no cues.
const TABLES: [(&str, &[&str]); 12] = [
    ("boilerplate.tsv", &["phrase"]),
    ("containers.tsv", &["pattern"]),
    ("coordinates.tsv", &["word"]),
    ("dates.tsv", &["word"]),
    ("function-words.tsv", &["phrase"]),
    ("outlet-words.txt", &[]),
    ("proclitics.txt", &[]),
    ("relations.tsv", &["phrase", "value"]),
    ("roads.tsv", &["phrase"]),
    ("short-words.tsv", &["short", "long"]),
    ("words/context.tsv", &["phrase"]),
    ("words/generic-types.tsv", &["phrase"]),
];

/// Literals that are cue words too: the file or folder that they stand in, why they may stand there, and the literals.
const EXCEPTIONS: &[(&str, &str, &[&str])] = &[
    (
        "crates/cli/src/",
        "arguments and settings, and what is counted in messages",
        &["cities", "division", "help", "jobs", "near", "tag"],
    ),
    (
        "crates/gazetteer/src/",
        "columns and values of the sources of gazetteers",
        &[
            "code",
            "end",
            "features",
            "form",
            "historic",
            "lat",
            "latitude",
            "lng",
            "lon",
            "long",
            "longitude",
            "parts",
            "post",
            "relations",
            "town",
        ],
    ),
    (
        "crates/text/src/language/",
        "columns and roles of the tables of a pack, and the names of constructs and shapes",
        &[
            "about",
            "along",
            "around",
            "before",
            "between",
            "border",
            "capital",
            "central",
            "coast",
            "copyright",
            "countryside",
            "degree",
            "direction",
            "distance",
            "east",
            "explained",
            "first",
            "form",
            "half",
            "join",
            "land",
            "last",
            "latitude",
            "long",
            "longitude",
            "menu",
            "minute",
            "more",
            "near",
            "north",
            "office",
            "offshore",
            "outside",
            "outskirts",
            "part",
            "position",
            "quarter",
            "range",
            "river",
            "route",
            "second",
            "section",
            "sector",
            "short",
            "side",
            "south",
            "suburbs",
            "time",
            "travel",
            "west",
            "within",
            "zone",
        ],
    ),
    ("crates/text/src/sounds.rs", "spellings of sounds in romanised names", &["ain", "au", "ayn", "ein", "ou", "th"]),
    ("crates/text/src/language/mod.rs", "the tag of the default language", &["en"]),
    ("src/mention/language.rs", "the tag of what is undetermined", &["und"]),
    ("src/train/resolver/validate.rs", "a heading of the report", &["right"]),
    ("crates/text/src/fold.rs", "spellings of letters that are typed without them", &["ss", "th"]),
    ("crates/text/src/fold.rs", "to go: what a sign stands for is a word of a language", &["and"]),
    (
        "src/document/",
        "names of formats, of their elements and of metadata",
        &["author", "category", "date", "mail", "published", "rss", "updated"],
    ),
    (
        "src/document/reader/",
        "elements of HTML, and words of the classes by which pages call what stands round their text",
        &[
            "advertisement",
            "area",
            "audio",
            "big",
            "cite",
            "code",
            "col",
            "cookies",
            "del",
            "em",
            "meter",
            "newsletter",
            "share",
            "style",
            "subscribe",
            "td",
            "th",
            "track",
            "var",
        ],
    ),
    (
        "src/eval/",
        "members and kinds of corpora, headings of reports",
        &["end", "lat", "latitude", "location", "lon", "longitude", "ship", "wanted", "within", "won"],
    ),
    ("src/candidate/", "the form of a match in the output", &["locality"]),
    (
        "src/export/",
        "members and columns of the output formats, classes of the page",
        &[
            "area",
            "areas",
            "author",
            "city",
            "columns",
            "coordinates",
            "date",
            "end",
            "in",
            "lat",
            "latitude",
            "links",
            "locality",
            "location",
            "lon",
            "long",
            "longitude",
            "match",
            "modified",
            "part",
            "region",
            "state",
            "when",
        ],
    ),
    ("src/outline.rs", "kinds of lines of the table of outlines", &["division"]),
    ("src/mention/kind.rs", "the kinds of mentions, as the output names them", &["coordinate"]),
    ("src/mention/metonymy/features.rs", "names of features", &["area", "capital", "city", "division", "settlement"]),
    (
        "src/mention/tagger/",
        "names of features and of their values",
        &[
            "area",
            "between",
            "capitals",
            "division",
            "features",
            "first",
            "historic",
            "last",
            "lower",
            "outside",
            "position",
            "settlement",
            "style",
            "upper",
        ],
    ),
    ("src/relation/coordinate/", "the notations of coordinates, as the output names them", &["degrees"]),
    (
        "src/resolve/features.rs",
        "names of features and of their values",
        &["capital", "division", "form", "historic", "position", "quarter", "region", "settlement", "short", "twins"],
    ),
];

/// The cue words and phrases of all packs.
fn cues() -> BTreeSet<String> {
    let mut cues = BTreeSet::new();
    for pack in folders(&root("data/languages")) {
        for (table, columns) in TABLES {
            let Ok(text) = std::fs::read_to_string(pack.join(table)) else { continue };
            let mut lines = text.lines().filter(|line| !line.starts_with('#'));
            let header: Vec<&str> =
                if columns.is_empty() { Vec::new() } else { lines.next().unwrap_or("").split('\t').collect() };
            for line in lines {
                let cells = line.split('\t').enumerate();
                let cells = cells
                    .filter(|(at, _)| columns.is_empty() || header.get(*at).is_some_and(|name| columns.contains(name)));
                for (at, cell) in cells {
                    match header.get(at) {
                        // A pattern is of words; what follows the arrow is a name of the table's vocabulary.
                        Some(&("pattern" | "value")) => {
                            let words = cell.split(" -> ").next().unwrap_or("");
                            cues.extend(words.split([' ', '|', '!', '(', ')']).map(str::to_lowercase));
                        }
                        _ => cues.extend(cell.split('|').map(str::to_lowercase)),
                    }
                }
            }
        }
    }
    let is_word =
        |cue: &String| cue.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !cue.contains(['{', '~', '>']);
    cues.into_iter().filter(is_word).collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.is_dir()).collect()
}

/// The Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// What is left of Rust code without comments, attributes and what is only compiled for tests: its string literals.
fn literals(code: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("#[cfg(test)]") {
            test_item(rest)
        } else if rest.starts_with("#[") || rest.starts_with("#![") {
            attribute(rest)
        } else if let Some((literal, length)) = string(rest) {
            literals.push(literal);
            length
        } else if first == '\'' {
            character(rest)
        } else if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    literals
}

/// A string literal at the beginning of some code, and its length.
fn string(code: &str) -> Option<(String, usize)> {
    let (prefix, raw) = ["br", "r", "b", ""].into_iter().find_map(|prefix| {
        let body = code.strip_prefix(prefix)?;
        let hashes = body.len() - body.trim_start_matches('#').len();
        let raw = prefix.ends_with('r');
        (body[hashes..].starts_with('"') && (raw || hashes == 0))
            .then_some((prefix.len() + hashes + 1, raw.then_some(hashes)))
    })?;
    let body = &code[prefix..];
    let end = match raw {
        Some(hashes) => body.find(&format!("\"{}", "#".repeat(hashes)))?,
        None => {
            let mut escaped = false;
            body.char_indices().find_map(|(at, c)| {
                let end = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                end.then_some(at)
            })?
        }
    };
    Some((body[..end].to_owned(), prefix + end + 1 + raw.unwrap_or(0)))
}

/// The length of a character literal, or of the apostrophe of a lifetime.
fn character(code: &str) -> usize {
    let body = &code[1..];
    let escaped = body.starts_with('\\');
    let first = body.chars().nth(usize::from(escaped)).map_or(0, char::len_utf8) + usize::from(escaped);
    match body.get(first..).and_then(|rest| rest.find('\'')) {
        Some(0) => first + 2,
        Some(end) if escaped => first + end + 2,
        _ => 1,
    }
}

/// The length of an attribute.
fn attribute(code: &str) -> usize {
    balanced(code, '[', ']')
}

/// The length of code up to the bracket that closes the first one.
fn balanced(code: &str, open: char, close: char) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(c) = code[at..].chars().next() {
        let length = match string(&code[at..]) {
            Some((_, length)) => length,
            None if c == '\'' => character(&code[at..]),
            None if code[at..].starts_with("//") => code[at..].find('\n').unwrap_or(code.len() - at),
            None => c.len_utf8(),
        };
        at += length;
        depth += i32::from(c == open) - i32::from(c == close);
        if c == close && depth == 0 {
            return at;
        }
    }
    code.len()
}

/// The length of `#[cfg(test)]` and the item behind it.
fn test_item(code: &str) -> usize {
    let mut at = attribute(code);
    loop {
        let rest = code[at..].trim_start();
        at = code.len() - rest.len();
        if !rest.starts_with("#[") {
            break;
        }
        at += attribute(rest);
    }
    let rest = &code[at..];
    match (rest.find(';'), rest.find('{')) {
        (Some(end), None) => at + end + 1,
        (Some(end), Some(open)) if end < open => at + end + 1,
        (_, Some(_)) => at + balanced(rest, '{', '}'),
        (None, None) => code.len(),
    }
}

/// Whether a file is only compiled for tests: the file of a `mod` behind `#[cfg(test)]`.
fn is_test_file(path: &Path) -> bool {
    path.file_stem().is_some_and(|name| name == "tests" || name == "testing")
}

/// The cue words among the literals, by file.
fn offences() -> BTreeMap<String, BTreeSet<String>> {
    let cues = cues();
    let folders = ["src", "crates/text/src", "crates/gazetteer/src", "crates/cli/src"].map(root);
    let files = folders.iter().flat_map(|folder| sources(folder)).filter(|path| !is_test_file(path));
    let mut offences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let name = file.strip_prefix(root("")).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let code = std::fs::read_to_string(&file).expect("a text");
        let words = literals(&code).into_iter().map(|literal| literal.trim().to_owned());
        let words = words.filter(|word| word.to_lowercase() == *word && cues.contains(word));
        for word in words {
            offences.entry(name.clone()).or_default().insert(word);
        }
    }
    offences
}

#[test]
fn no_word_of_a_language_stands_in_the_code() {
    let mut excepted: BTreeSet<(String, String)> = BTreeSet::new();
    let mut unexcepted = Vec::new();
    for (file, words) in offences() {
        for word in words {
            let exception =
                EXCEPTIONS.iter().find(|(place, _, words)| file.starts_with(place) && words.contains(&word.as_str()));
            match exception {
                Some((place, ..)) => drop(excepted.insert(((*place).to_owned(), word))),
                None => unexcepted.push(format!("{file}: {word:?}")),
            }
        }
    }
    assert!(unexcepted.is_empty(), "words of a language pack; move them there:\n{}", unexcepted.join("\n"));
    let unused = EXCEPTIONS
        .iter()
        .flat_map(|(place, _, words)| words.iter().map(|word| ((*place).to_owned(), (*word).to_owned())));
    let unused: Vec<_> = unused.filter(|exception| !excepted.contains(exception)).collect();
    assert!(unused.is_empty(), "exceptions that nothing needs: {unused:?}");
}

#[test]
fn literals_are_told_from_comments_attributes_and_tests() {
    let code = r##"
        //! "comment"
        #[arg(long = "attribute")]
        fn f<'a>(x: &'a str) -> char { g("plain \"quoted\"", r#"raw "one""#, b"bytes"); '"' /* "block" */ }
        #[cfg(test)]
        mod tests { fn f() { g("test {"); } }
        const C: &str = "last";
    "##;
    assert_eq!(literals(code), [r#"plain \"quoted\""#, r#"raw "one""#, "bytes", "last"]);
    assert!(cues().contains("north") && cues().contains("city of") && !cues().contains("aleppo"));
}
