//! `docs/API.md`, held against what the library makes public.

use crate::support::root;
use std::collections::BTreeSet;

/// The public modules and their files. Every other module of the library is private.
const MODULES: [(&str, &str); 9] = [
    ("toponym", "src/lib.rs"),
    ("toponym::document", "src/document/mod.rs"),
    ("toponym::gazetteer", "src/gazetteer/mod.rs"),
    ("toponym::gazetteer::source", "src/gazetteer/source.rs"),
    ("toponym::export", "src/export/mod.rs"),
    ("toponym::export::schema", "src/export/schema.rs"),
    ("toponym::eval", "src/eval/mod.rs"),
    ("toponym::train::recogniser", "src/train/recogniser/mod.rs"),
    ("toponym::train::resolver", "src/train/resolver/mod.rs"),
];

/// Modules that are public only to hold others.
const HOLDERS: [&str; 1] = ["src/train/mod.rs"];

/// The names that the items of a file make public, at its top level, and the public modules among them.
fn public_items(code: &str) -> (Vec<String>, Vec<String>) {
    let (mut names, mut modules) = (Vec::new(), Vec::new());
    let mut lines = code.lines();
    let mut hidden = false;
    while let Some(line) = lines.next() {
        if let Some(list) = line.strip_prefix("pub use ") {
            let mut list = list.to_owned();
            while !list.ends_with(';') {
                list.push_str(lines.next().expect("a list ends"));
            }
            names.extend(reexported(&list));
        } else if let Some(item) = line.strip_prefix("pub ") {
            let mut words = item.split([' ', '(', '<', ':', ';', '{', '=']).filter(|word| !word.is_empty());
            match (words.next(), words.next()) {
                (Some("mod"), Some(name)) if !hidden => modules.push(name.to_owned()),
                (Some("mod"), _) => {}
                (_, Some(name)) => names.push(name.to_owned()),
                _ => {}
            }
        }
        hidden = line == "#[doc(hidden)]";
    }
    (names, modules)
}

/// The names of `path::{A, b as C};` and `path::A;`.
fn reexported(list: &str) -> Vec<String> {
    let list = list.trim_end_matches(';');
    let items = list
        .split_once('{')
        .map_or_else(|| list.rsplit("::").next().unwrap_or(list), |(_, items)| items.trim_end_matches('}'));
    let name =
        |item: &str| item.rsplit(" as ").next().unwrap_or(item).rsplit("::").next().unwrap_or(item).trim().to_owned();
    items.split(',').map(name).filter(|name| !name.is_empty()).collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_page_lists_every_public_name() {
    let page = read("docs/API.md");
    let mut public = BTreeSet::new();
    for (module, file) in MODULES {
        for name in public_items(&read(file)).0 {
            public.insert(format!("{module}::{name}"));
        }
    }
    let (mut listed, mut module) = (BTreeSet::new(), String::new());
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            module = heading.trim_matches('`').to_owned();
        } else if let Some(name) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next()) {
            listed.insert(format!("{module}::{name}"));
        }
    }
    let (missing, gone): (Vec<_>, Vec<_>) =
        (public.difference(&listed).collect(), listed.difference(&public).collect());
    assert!(missing.is_empty() && gone.is_empty(), "docs/API.md lacks {missing:?}; no longer there are {gone:?}");
    assert!(public.len() < 120, "{} names are too many", public.len());
}

#[test]
fn no_other_module_is_public() {
    let mut expected: BTreeSet<String> = MODULES.iter().map(|(module, _)| (*module).to_owned()).collect();
    expected.remove("toponym");
    expected.insert("toponym::train".to_owned());
    let mut found = BTreeSet::new();
    for (module, file) in MODULES.iter().copied().chain(HOLDERS.map(|file| ("toponym::train", file))) {
        found.extend(public_items(&read(file)).1.into_iter().map(|name| format!("{module}::{name}")));
    }
    assert_eq!(found, expected);
}
