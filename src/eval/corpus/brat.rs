//! brat's stand-off form: `1.txt` and beside it `1.ann`, as GeoWebNews (Gritta et al., 2019) is published.
//!
//! `T1<tab>Literal 0 5<tab>Paris` annotates, `#1<tab>AnnotatorNotes T1<tab>2988507` gives the GeoNames id, or latitude and
//! longitude, `48.85, 2.35`. An id comes without coordinates, so such a mention counts for recognition and for the
//! exact id only; the XML of the same corpus has both. GeoWebNews' texts begin with a line that names the article, which is no
//! part of the text that was annotated, though offsets count it.

use super::{CorpusError, Read, push, text_of};
use crate::document::{Document, DocumentError, Meta};
use crate::eval::gold::{Annotation, GoldDocument};
use std::collections::HashMap;
use std::path::Path;

/// Whether a file holds annotations in this form.
pub fn is_brat(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ann")
}

/// Reads all `.ann` files of a folder, by name.
pub fn read_folder(folder: &Path, corpus: &str) -> Read {
    let name = folder.display().to_string();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) => return (Vec::new(), vec![DocumentError::Unreadable { path: name, source }.into()]),
    };
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| is_brat(path));
    files.sort();
    if files.is_empty() {
        return (Vec::new(), vec![CorpusError::UnknownForm(name)]);
    }
    let mut all = Read::default();
    for file in files {
        let (documents, errors) = read(&file, corpus);
        all.0.extend(documents);
        all.1.extend(errors);
    }
    all
}

/// Reads one `.ann` file and its `.txt`.
pub fn read(path: &Path, corpus: &str) -> Read {
    let mut all = Read::default();
    match (text_of(path), text_of(&path.with_extension("txt"))) {
        (Ok(lines), Ok(text)) => {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let (meta, body) = headed(&text).unwrap_or((Meta::default(), &text));
            let before = text.chars().count() - body.chars().count();
            let mut annotations = annotations(&lines);
            annotations.retain_mut(|annotation| annotation.move_back(before));
            push(&mut all, GoldDocument::new(corpus, Document::titled(id, body, meta), annotations));
        }
        (Err(error), _) | (_, Err(error)) => all.1.push(error),
    }
    all
}

/// The title and address in a line `TITLE: ... LINK: ...` before a text, and the text.
fn headed(text: &str) -> Option<(Meta, &str)> {
    let (line, body) = text.strip_prefix("TITLE: ")?.split_once('\n')?;
    let (title, link) = line.trim_end().rsplit_once(" LINK: ")?;
    let members = [("title", title), ("link", link)].map(|(name, value)| (name.to_owned(), value.into()));
    Some((Meta::from(members.into_iter().collect::<serde_json::Map<_, _>>()), body))
}

fn annotations(lines: &str) -> Vec<Annotation> {
    let mut notes: HashMap<&str, &str> = HashMap::new();
    let mut marks = Vec::new();
    for line in lines.lines() {
        let mut columns = line.splitn(3, '\t');
        let (Some(key), Some(what), rest) = (columns.next(), columns.next(), columns.next()) else { continue };
        match (key.chars().next(), rest) {
            (Some('T'), Some(text)) => marks.push((key, what, text)),
            (Some('#'), Some(note)) => {
                notes.extend(what.strip_prefix("AnnotatorNotes ").map(|target| (target, note.trim())));
            }
            _ => {}
        }
    }
    let marks = marks.into_iter().filter_map(|(key, what, text)| {
        let (label, offsets) = what.split_once(' ')?;
        // A mention in several pieces, "0 5;9 12", reaches from the first to the last.
        let mut numbers = offsets.split([' ', ';']).filter_map(|number| number.parse::<usize>().ok());
        let start = numbers.next()?;
        let end = numbers.next_back()?;
        let whole = !offsets.contains(';');
        let note = notes.get(key).copied().unwrap_or("");
        let point =
            note.split_once(',').and_then(|(lat, lon)| Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?)));
        Some(Annotation {
            start,
            end,
            name: whole.then(|| text.to_owned()),
            lat: point.map(|(lat, _)| lat),
            lon: point.map(|(_, lon)| lon),
            geonameid: note.parse().ok(),
            label: Some(label.to_owned()),
            ..Annotation::default()
        })
    });
    marks.collect()
}

#[cfg(test)]
mod tests {
    use super::{annotations, read_folder};

    #[test]
    fn notes_give_ids_or_points() {
        let lines = "T1\tLiteral 0 11\tMississauga\n#1\tAnnotatorNotes T1\t6075357\nT2\tLiteral 13 33\tEglinton Avenue West\n\
            #2\tAnnotatorNotes T2\t43.648539, -79.606475\nA1\tModifier_Type T1 Noun\nT3\tMixed 0 2;5 7\tMi is\n";
        let found = annotations(lines);
        assert_eq!((found[0].geonameid, found[0].lat), (Some(6075357), None));
        assert_eq!((found[1].geonameid, found[1].lat, found[1].lon), (None, Some(43.648539), Some(-79.606475)));
        assert_eq!((found[2].start, found[2].end, found.len()), (0, 7, 3));
    }

    #[test]
    fn the_line_with_the_title_is_no_text() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = "TITLE: Flüsse in Homs LINK: http://www.news.example/1\nRain fell on Hama.";
        std::fs::write(folder.path().join("1.txt"), text).expect("written");
        // Code points: 53 in the first line, its end, and 13 before "Hama".
        let marks = "T1\tLiteral 17 21\tHoms\nT2\tLiteral 66 70\tHama\n";
        std::fs::write(folder.path().join("1.ann"), marks).expect("written");
        let (documents, errors) = read_folder(folder.path(), "c");
        let [hama] = &documents[0].toponyms[..] else { panic!("one place: {:?}", documents[0].toponyms) };
        assert_eq!((hama.span.clone(), errors.len()), (13..17, 0));
        let document = &documents[0].document;
        assert_eq!((document.text_proper(), document.title_before()), ("Rain fell on Hama.", Some("Flüsse in Homs")));
        assert_eq!(document.meta.domain.as_deref(), Some("www.news.example"));
    }

    #[test]
    fn a_text_that_is_missing_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("1.ann"), "T1\tLiteral 0 3\tUlm\n").expect("written");
        std::fs::write(folder.path().join("1.txt"), "Ulm").expect("written");
        std::fs::write(folder.path().join("2.ann"), "T1\tLiteral 0 3\tUlm\n").expect("written");
        let (documents, errors) = read_folder(folder.path(), "c");
        assert_eq!((documents.len(), documents[0].toponyms.len()), (1, 1));
        assert!(errors[0].to_string().contains("2.txt"));
    }
}
