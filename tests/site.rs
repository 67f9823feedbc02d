//! The pages of `docs/` as a site: the table of contents has every page, and no link leads nowhere.

use crate::support::{root, toponym};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The pages below a folder, relative to it.
fn pages(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("docs/").flatten();
    let found = entries.flat_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            let name = PathBuf::from(entry.file_name());
            pages(&path).into_iter().map(|page| name.join(page)).collect()
        } else {
            BTreeSet::from_iter(
                path.extension().is_some_and(|end| end == "md").then(|| PathBuf::from(entry.file_name())),
            )
        }
    });
    found.collect()
}

/// The files that a page links to, without anchors and addresses of the web.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    files.map(|target| target.split('#').next().unwrap_or(target))
}

#[test]
fn every_page_is_in_the_table_of_contents_and_every_link_leads_somewhere() {
    let docs = root("docs");
    let contents = std::fs::read_to_string(docs.join("SUMMARY.md")).expect("the table of contents");
    let listed: BTreeSet<PathBuf> = links(&contents).map(PathBuf::from).collect();
    let mut found = pages(&docs);
    found.remove(Path::new("SUMMARY.md"));
    assert_eq!(listed, found);
    for page in found {
        let path = docs.join(&page);
        let text = std::fs::read_to_string(&path).expect("a page");
        for link in links(&text) {
            let target = path.parent().expect("a folder").join(link);
            assert!(target.exists(), "{}: {link} is not there", page.display());
        }
    }
}

#[test]
fn the_options_of_the_tasks_are_options_that_there_are() {
    for page in pages(&root("docs/tasks")) {
        let text = std::fs::read_to_string(root("docs/tasks").join(&page)).expect("a page");
        let commands = text
            .lines()
            .flat_map(|line| line.split([';', '|']))
            .filter_map(|part| part.trim().strip_prefix("toponym "));
        for command in commands {
            let words: Vec<&str> = command.split_whitespace().collect();
            let name = if words[0] == "gazetteer" { words[..2].to_vec() } else { words[..1].to_vec() };
            let help = toponym().args(&name).arg("--help").assert().success().get_output().stdout.clone();
            let help = String::from_utf8(help).expect("UTF-8");
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{}: toponym {command}: there is no {option}", page.display());
            }
        }
    }
}
