//! Sources of training: files and folders -> examples.

use super::example::{Example, Scheme};
use super::{augment, constraints, labelled};
use crate::eval;
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::Class;
use crate::mention::tagger::labels::LabelSet;
use crate::train::{TestFolder, refuse_test_folder};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The annotated texts of a file or folder.
pub struct Source {
    /// Its name: that of the file without its extension. Token-labelled files and folders have the name of their folder before it,
    /// because many are called alike.
    pub name: String,
    /// What of it could not be used, for people.
    pub problems: Vec<String>,
    examples: Vec<Example>,
    form: Form,
}

/// The form of a source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A token-labelled file.
    Labelled,
    /// A geoparsing corpus, whose places or names of all kinds are annotated.
    Geoparsing,
}

/// Why a source cannot be learned from.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// It cannot be read.
    #[error("{path}: cannot be read: {source}; check the path")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A line is not `token<TAB>label`.
    #[error(
        "{path}:{line}: {text:?} is not a token, a tab and one of O, B-LOC, I-LOC, B-FAC, B-ORG, B-PER, B-MISC ..."
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// A corpus that [`eval::read`] cannot read.
    #[error("{0}")]
    Corpus(String),
    /// It holds texts that nothing may be learned from.
    #[error(transparent)]
    Test(#[from] TestFolder),
}

/// Reads a source: `.tsv` files are token-labelled, everything else is read by [`eval::read`].
///
/// # Errors
/// When nothing of it, or a line of a token-labelled file, can be read, and when it is or has the folder `test` of a marked corpus.
pub fn read(path: &Path) -> Result<Source, SourceError> {
    refuse_test_folder(path)?;
    let text_of = |name: Option<&OsStr>| name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (stem, parent) = (text_of(path.file_stem()), text_of(path.parent().and_then(Path::file_name)));
    let with_parent = if parent.is_empty() { stem.clone() } else { format!("{parent}/{stem}") };
    if path.extension().is_some_and(|extension| extension == "tsv") {
        let text = std::fs::read_to_string(path)
            .map_err(|source| SourceError::Unreadable { path: path.to_owned(), source })?;
        let examples = labelled::examples(path, &text)?;
        return Ok(Source { name: with_parent, problems: Vec::new(), examples, form: Form::Labelled });
    }
    let (documents, errors) = eval::read(path);
    let problems: Vec<String> = errors.iter().map(ToString::to_string).collect();
    if documents.is_empty() {
        return Err(SourceError::Corpus(problems.join("; ")));
    }
    let facilities = constraints::annotates_facilities(&documents);
    let examples: Vec<Example> = documents.iter().map(|gold| Example::from_gold(gold, facilities)).collect();
    let of_all_names = examples.iter().any(|example| matches!(example.scheme, Scheme::Names { .. }));
    let name = if path.is_dir() && of_all_names { with_parent } else { stem };
    Ok(Source { name, problems, examples, form: Form::Geoparsing })
}

impl Source {
    /// Whether it is a geoparsing corpus. Such texts are held out to weigh and to calibrate what models find.
    pub(super) fn is_geoparsing_corpus(&self) -> bool {
        self.form == Form::Geoparsing
    }

    /// The labels of the classes that its token-labelled texts are annotated for.
    pub(super) fn annotated(&self) -> LabelSet {
        let all = Class::ALL.iter().fold(0, |all, class| all | class.both());
        let of = |example: &Example| match example.scheme {
            Scheme::Names { absent, .. } => all & !absent,
            Scheme::Places { .. } => all,
        };
        self.examples.iter().map(of).fold(0, |all, labels| all | labels)
    }

    /// Has the labels count as annotated: a class that no source uses is in no name of a token-labelled text.
    pub(super) fn close(&mut self, unused: LabelSet) {
        for example in &mut self.examples {
            if let Scheme::Names { absent, .. } = &mut example.scheme {
                *absent &= !unused;
            }
        }
    }

    /// The texts as they are.
    pub(super) fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Changed copies of a share of the token-labelled texts, and a share of the sentences of all texts as texts of their own; before
    /// each the index of the text that it was made from.
    pub(super) fn copies(
        &self,
        gazetteer: &Gazetteer,
        share: f64,
        random: &mut fastrand::Rng,
    ) -> Vec<(usize, Example)> {
        let mut copies = Vec::new();
        for (number, example) in self.examples.iter().enumerate() {
            if self.form == Form::Labelled && random.f64() < share {
                copies.push((number, augment::copy(example, gazetteer, random)));
            }
            copies.extend(augment::cut(example, random).into_iter().map(|sentence| (number, sentence)));
        }
        copies
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Source, SourceError, labelled, read};
    use crate::train::recogniser::example::{Example, Scheme};
    use std::path::Path;

    impl Source {
        /// A token-labelled source with one text.
        pub fn labelled_for_tests(name: &str) -> Self {
            let examples = labelled::examples(Path::new(name), "Rain\tO\nin\tO\nHoms\tB-LOC\n").expect("sound lines");
            Source { name: name.to_owned(), problems: Vec::new(), examples, form: Form::Labelled }
        }

        /// A marked source with these texts, whose marks need no rows.
        pub fn marked_for_tests(name: &str, texts: &[&str]) -> Self {
            let read = |text: &&str| {
                let keys: std::collections::BTreeSet<&str> =
                    text.split('[').skip(1).filter_map(|rest| rest.split(']').next()).collect();
                let rows: String = keys.iter().map(|key| format!("{key}\t-\t-\t-\tfor a test\n")).collect();
                let file = format!("id: 1\ngenre: test\n\n{text}\n---\n{rows}");
                let (documents, errors) = crate::eval::corpus::marked::read(&file, "test.txt", name);
                assert!(errors.is_empty(), "{errors:?}");
                Example::from_gold(&documents[0], false)
            };
            let examples = texts.iter().map(read).collect();
            Source { name: name.to_owned(), problems: Vec::new(), examples, form: Form::Geoparsing }
        }
    }

    #[test]
    fn files_and_folders_have_names_and_forms() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("en");
        std::fs::create_dir_all(root.join("train")).expect("made");
        std::fs::create_dir_all(root.join("test")).expect("made");
        let marked = "id: 1\ngenre: news\n\n[Bo]{person} left [Homs]{place}.\n---\nHoms\t-\t-\t-\tx\n";
        for file in ["train/a.txt", "test/b.txt"] {
            std::fs::write(root.join(file), marked).expect("written");
        }
        std::fs::write(root.join("train/broken.txt"), "id: 2\ngenre: news\n\n[Homs]{town}.\n---\n").expect("written");
        std::fs::write(root.join("names.tsv"), "Homs\tB-LOC\n").expect("written");
        let lines =
            r#"{"text": "Main Street in Ulm", "toponyms": [{"start": 0, "end": 11}, {"start": 15, "end": 18}]}"#;
        std::fs::write(root.join("towns.jsonl"), lines).expect("written");
        let train = read(&root.join("train")).expect("a marked corpus");
        assert!(train.name == "en/train" && train.is_geoparsing_corpus() && train.examples().len() == 1);
        assert!(train.problems[0].contains("broken.txt:4: "), "{:?}", train.problems);
        assert!(matches!(train.examples()[0].scheme, Scheme::Names { absent: 0, embedded: true }));
        let names = read(&root.join("names.tsv")).expect("a labelled file");
        assert!(names.name == "en/names" && !names.is_geoparsing_corpus());
        let towns = read(&root.join("towns.jsonl")).expect("a corpus");
        assert!(towns.name == "towns" && towns.is_geoparsing_corpus());
        assert!(matches!(towns.examples()[0].scheme, Scheme::Places { facilities: true }), "it has streets");
        assert!(matches!(read(&root), Err(SourceError::Test(_))), "it has a folder `test`");
        assert!(matches!(read(&root.join("missing.jsonl")), Err(SourceError::Corpus(_))));
    }

    #[test]
    fn only_labelled_texts_are_copied() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let mut random = fastrand::Rng::with_seed(1);
        let copies = Source::labelled_for_tests("x").copies(&gazetteer, 1.0, &mut random);
        assert!(copies.iter().any(|(number, copy)| *number == 0 && !copy.text.contains("Homs")));
        let marked = Source::marked_for_tests("y", &["Rain in [Homs]{place}."]);
        let copies = marked.copies(&gazetteer, 1.0, &mut random);
        assert!(copies.iter().all(|(_, copy)| copy.text.contains("Homs")));
    }
}
