//! Marked texts: plain text with every name marked, and a table of places with tabs between the columns, as in this project's own
//! corpus. `docs/ANNOTATION.md` describes the form.
//!
//! ```text
//! id: en-conflict-001
//! genre: conflict
//!
//! [Moscow]{metonym} denied that the [[Aleppo]{embedded} Chamber of Trade]{org} had left [Springfield]{place Springfield, Missouri}.
//! ---
//! Aleppo                36.2012  37.1612   geonames:170063
//! Moscow                55.7522  37.6156   geonames:524901
//! Springfield, Missouri 37.2153  -93.2982  -  the note of a row is for people
//! ```

use super::{CorpusError, Read, brat, text_of};
use crate::document::{Document, Meta};
use crate::eval::gold::{GoldDocument, Toponym};
use crate::eval::gold_name::{GoldKind, GoldName};
use marks::{Mark, Marks};
use rows::{PlaceRow, PlaceRows};
use std::path::Path;

mod marks;
mod rows;

/// What is wrong with a text, and in which line, from 1.
#[derive(Debug)]
struct Problem {
    line: usize,
    reason: String,
}

/// Whether a text has the head of a marked text: lines `key: value`, one of them `id`, up to the first empty line.
pub fn is_marked(text: &str) -> bool {
    let mut head = text.lines().take_while(|line| !line.trim().is_empty());
    head.any(|line| line.starts_with("id:"))
}

/// Whether a file is a text file in this form.
pub fn is_marked_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "txt") && text_of(path).is_ok_and(|text| is_marked(&text))
}

/// Reads all marked texts of a folder and the folders in it, by path. Other files are passed over, but a folder without any marked
/// text is read as brat's form.
pub fn read_folder(folder: &Path, corpus: &str) -> Read {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files: Vec<_> = entries.map(walkdir::DirEntry::into_path).filter(|path| is_marked_file(path)).collect();
    if files.is_empty() {
        return brat::read_folder(folder, corpus);
    }
    let mut all = Read::default();
    for file in files {
        let (documents, errors) = read_file(&file, corpus);
        all.0.extend(documents);
        all.1.extend(errors);
    }
    all
}

/// Reads one marked text.
pub fn read_file(path: &Path, corpus: &str) -> Read {
    match text_of(path) {
        Ok(text) => read(&text, &path.display().to_string(), corpus),
        Err(error) => (Vec::new(), vec![error]),
    }
}

/// Reads one marked text, given its path for errors and the name of its corpus. A text with a mistake is left out.
pub fn read(text: &str, path: &str, corpus: &str) -> Read {
    match document(&text.replace("\r\n", "\n"), corpus) {
        Ok(document) => (vec![document], Vec::new()),
        Err(Problem { line, reason }) => {
            (Vec::new(), vec![CorpusError::Marked { path: path.to_owned(), line, reason }])
        }
    }
}

/// The line between the text and the table of places.
const RULE: &str = "---";

fn document(file: &str, corpus: &str) -> Result<GoldDocument, Problem> {
    let (head, rest) = file.split_once("\n\n").unwrap_or((file, ""));
    let Head { id, lang, meta } = Head::parse(head)?;
    let body_line = head.lines().count() + 2;
    let rule = rest.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, *end, line.trim_end() == RULE))
    });
    let rule = rule.filter(|(.., is_rule)| *is_rule).last();
    let (body, table) = rule.map_or((rest, ""), |(start, end, _)| (&rest[..start], &rest[end..]));
    let Marks { text, marks } = Marks::parse(body.trim_end_matches('\n'), body_line)?;
    let table_line = body_line + body.matches('\n').count() + 1;
    let rows = PlaceRows::parse(table, table_line)?;
    let mut toponyms = Vec::new();
    for mark in marks.iter().filter(|mark| mark.kind.has_place()) {
        let key = mark.key.as_deref().unwrap_or(&mark.text);
        let row = rows.get(key).ok_or_else(|| Problem {
            line: mark.line,
            reason: format!(
                "the table of places has no row {key:?}; add one, or give the key of another: {{place KEY}}"
            ),
        })?;
        toponyms.push(toponym(mark, row));
    }
    toponyms.sort_by_key(|toponym| (toponym.span.start, toponym.span.end));
    toponyms.dedup_by(|a, b| a.span == b.span);
    let names = marks.into_iter().map(|mark| GoldName { span: mark.span, kind: mark.kind }).collect();
    let document = Document { lang, ..Document::titled(id, text, meta) };
    Ok(GoldDocument { corpus: corpus.to_owned(), document, toponyms, names: Some(names) })
}

/// The head of a marked text.
struct Head {
    id: String,
    /// BCP 47 tag of the language, if it is there.
    lang: Option<String>,
    /// The genre and everything else.
    meta: Meta,
}

impl Head {
    fn parse(head: &str) -> Result<Self, Problem> {
        let mut members = serde_json::Map::new();
        for (line, number) in head.lines().zip(1..) {
            let (key, value) = line.split_once(':').ok_or_else(|| Problem {
                line: number,
                reason: format!("{line:?} is not `key: value`, as every line before the first empty one must be"),
            })?;
            members.insert(key.trim().to_owned(), value.trim().into());
        }
        let mut take = |key: &str| members.remove(key).and_then(|value| value.as_str().map(str::to_owned));
        let (id, lang) = (take("id").unwrap_or_default(), take("lang"));
        if id.is_empty() || !members.contains_key("genre") {
            return Err(Problem { line: 1, reason: "the head must have an `id` and a `genre`".to_owned() });
        }
        Ok(Head { id, lang, meta: Meta::from(members) })
    }
}

fn toponym(mark: &Mark, row: &PlaceRow) -> Toponym {
    Toponym {
        span: mark.span.clone(),
        text: mark.text.clone(),
        point: row.point,
        geoname: row.geoname,
        feature: mark.kind.name().to_owned(),
        embedded: mark.kind == GoldKind::Embedded,
        demonym: Some(mark.kind == GoldKind::Demonym),
        metonymic: Some(mark.kind == GoldKind::Metonym),
    }
}

#[cfg(test)]
mod tests {
    use super::{GoldKind, is_marked, read, read_folder};

    const TEXT: &str = "id: en-news-001\ngenre: news\ndate: 2024-03-02\ndomain: example.org\n\nShells on [Köln]{place}\n\n\
        [Syrian]{demonym} [Bo \\[x\\]]{person} left the [[Köln]{embedded} Zoo]{org}. [Bonn]{metonym} denied it near [Ulm]{place Ulm, Texas}.\n\
        ---\nKöln\t50.9\t6.9\tgeonames:2886242\nSyrian\t35\t38\tgeonames:163843\nBonn\t50.7\t7.1\twikidata:Q586\nUlm, Texas\t-\t-\t-\tinvented\n";

    #[test]
    fn marks_become_places_and_names() {
        let (documents, errors) = read(TEXT, "x.txt", "news");
        assert!(errors.is_empty(), "{errors:?}");
        let gold = &documents[0];
        let text = "Shells on Köln\n\nSyrian Bo [x] left the Köln Zoo. Bonn denied it near Ulm.";
        assert_eq!((gold.document.text.as_str(), gold.document.id.as_str()), (text, "en-news-001"));
        assert_eq!(gold.document.meta.domain.as_deref(), Some("example.org"));
        assert_eq!(gold.document.meta.other.get("genre").and_then(|genre| genre.as_str()), Some("news"));
        let places: Vec<_> = gold.toponyms.iter().map(|t| (t.text.as_str(), t.span.start, t.geoname)).collect();
        let koeln = Some(2886242);
        assert_eq!(
            places,
            [
                ("Köln", 10, koeln),
                ("Syrian", 16, Some(163843)),
                ("Köln", 39, koeln),
                ("Bonn", 49, None),
                ("Ulm", 69, None)
            ]
        );
        let flags: Vec<_> = gold.toponyms.iter().map(|t| (t.embedded, t.demonym, t.metonymic)).collect();
        assert_eq!((flags[1], flags[2]), ((false, Some(true), Some(false)), (true, Some(false), Some(false))));
        assert_eq!((flags[3].2, gold.toponyms[3].point, gold.toponyms[4].point), (Some(true), Some((50.7, 7.1)), None));
        let names = gold.names.as_ref().expect("names of all kinds");
        let kinds: Vec<_> = names.iter().map(|name| name.kind).collect();
        let inside = [GoldKind::Organisation, GoldKind::Embedded];
        assert_eq!(kinds[2..5], [GoldKind::Person, inside[0], inside[1]], "a name before what is inside it");
        assert_eq!(names[2].span, 23..29);
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        for (body, line, part) in [
            ("[Ulm]{town}.\n---\n", 4, "\"town\" is not a kind"),
            ("Rain.\n[Ulm]{place}.\n---\n", 5, "no row \"Ulm\""),
            ("[Ulm", 4, "is not closed"),
            ("Rain.\n\nUlm] fell.", 6, "without a `[`"),
            ("[Ulm] fell.", 4, "{kind}"),
            ("[[[Ulm]{embedded} a]{org} b]{org}", 4, "one level"),
            ("[]{place}", 4, "is empty"),
            ("x\n---\nUlm\t99\t9\t-\n", 6, "latitude"),
            ("x\n---\nUlm\t9\t9\n", 6, "key, latitude, longitude, id"),
            ("x\n---\nUlm\t9\t-\t-\n", 6, "longitude"),
            ("x\n---\nUlm\t-\t-\tUlm\n", 6, "id"),
            ("x\n---\nUlm\t-\t-\t-\n\nUlm\t-\t-\t-\n", 8, "twice"),
        ] {
            let (documents, errors) = read(&format!("id: 1\ngenre: x\n\n{body}"), "x.txt", "c");
            let error = errors.first().map(ToString::to_string).unwrap_or_default();
            assert!(documents.is_empty() && error.starts_with(&format!("x.txt:{line}: ")), "{body:?}: {error}");
            assert!(error.contains(part), "{body:?}: {error}");
        }
        for head in ["id: 1\n\nx", "genre: x\n\nx", "id: 1\ngenre x\n\nx"] {
            assert!(!read(head, "x.txt", "c").1.is_empty(), "{head:?}");
        }
    }

    #[test]
    fn the_head_tells_the_form() {
        assert!(is_marked(TEXT) && is_marked("genre: x\nid: 1\n\nRain."));
        for other in ["", "Rain fell.\n\nid: 1\n", "identity: 1\n\nRain."] {
            assert!(!is_marked(other), "{other:?}");
        }
    }

    #[test]
    fn folders_are_read_with_the_folders_in_them() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("b")).expect("made");
        std::fs::write(folder.path().join("b/1.txt"), TEXT.replace("001", "002")).expect("written");
        std::fs::write(folder.path().join("a.txt"), TEXT.replace('\n', "\r\n")).expect("written");
        std::fs::write(folder.path().join("readme.txt"), "About this corpus.").expect("written");
        std::fs::write(folder.path().join("c.txt"), "id: 3\ngenre: x\n\n[x").expect("written");
        let (documents, errors) = read_folder(folder.path(), "c");
        let ids: Vec<_> = documents.iter().map(|gold| gold.document.id.as_str()).collect();
        assert_eq!((ids, errors.len()), (vec!["en-news-001", "en-news-002"], 1));
        assert_eq!(documents[0].document.text, documents[1].document.text);
        let empty = tempfile::tempdir().expect("a temporary folder");
        assert!(matches!(read_folder(empty.path(), "c").1[0], crate::eval::CorpusError::UnknownForm(_)));
    }
}
