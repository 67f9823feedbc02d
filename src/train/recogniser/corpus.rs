//! Files -> annotated texts.

use super::augment;
use super::constraints::{Example, Mark, Scheme};
use crate::eval;
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::Class;
use crate::mention::tagger::labels::LabelSet;
use crate::text::ByteOffsets;
use std::path::{Path, PathBuf};

/// Annotated texts of one kind.
pub struct Source {
    /// What it is called: the file's name, with its folder's if the file is called as many are.
    pub name: String,
    texts: Texts,
}

enum Texts {
    /// Token-labelled documents, and the classes that they never use.
    Labelled(Vec<Labelled>, LabelSet),
    /// Documents of which only the places are told.
    Places(Vec<Example>),
}

/// A token-labelled document: its sentences' tokens.
#[derive(Clone)]
pub(super) struct Labelled(pub(super) Vec<Vec<Labelling>>);

/// A token and what it is part of.
#[derive(Clone)]
pub(super) struct Labelling {
    pub(super) token: String,
    /// The class, and whether a name begins here; `None` outside names.
    pub(super) label: Option<(Class, bool)>,
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
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is not `token<TAB>label`.
    #[error(
        "{path}:{line}: {text:?} is not a token, a tab and one of O, B-LOC, I-LOC, B-FAC, B-ORG, B-PER, B-MISC ..."
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// A corpus in a form that [`eval::read`] cannot read.
    #[error("{0}")]
    Corpus(String),
}

/// Reads a source: `.tsv` files are token-labelled, everything else is read as for scoring.
///
/// # Errors
/// When the file, or a line of it, cannot be read.
pub fn read(path: &Path) -> Result<Source, SourceError> {
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    if path.extension().is_some_and(|extension| extension == "tsv") {
        let folder = path.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy().into_owned());
        let name = folder.map_or_else(|| stem.clone(), |folder| format!("{folder}/{stem}"));
        let text = std::fs::read_to_string(path)
            .map_err(|source| SourceError::Unreadable { path: path.to_owned(), source })?;
        let documents = labelled(path, &text)?;
        let absent = absent(&documents);
        return Ok(Source { name, texts: Texts::Labelled(documents, absent) });
    }
    let (documents, errors) = eval::read(path);
    if documents.is_empty() {
        let reasons: Vec<String> = errors.iter().map(ToString::to_string).collect();
        return Err(SourceError::Corpus(reasons.join("; ")));
    }
    let mut examples: Vec<Example> = documents
        .into_iter()
        .map(|gold| {
            // Nobody has annotated the title, so nothing is learned of it.
            let text = gold.document.text_proper();
            let bytes = ByteOffsets::new(text);
            let marks = gold.toponyms.iter().filter_map(|toponym| {
                let range = bytes.range(toponym.span.start, toponym.span.end)?;
                let class = if toponym.embedded { Class::Embedded } else { Class::Place };
                Some(Mark { range, class, metonymic: toponym.metonymic })
            });
            Example { marks: marks.collect(), scheme: Scheme::Places { facilities: false }, text: text.to_owned() }
        })
        .collect();
    let facilities = super::constraints::annotates_facilities(&examples);
    examples.iter_mut().for_each(|example| example.scheme = Scheme::Places { facilities });
    Ok(Source { name: stem, texts: Texts::Places(examples) })
}

impl Source {
    /// Whether only its places are told: whether it is such a corpus as the program is measured on.
    pub(super) fn is_of_places(&self) -> bool {
        matches!(self.texts, Texts::Places(_))
    }

    /// The texts as they are.
    pub(super) fn examples(&self) -> Vec<Example> {
        match &self.texts {
            Texts::Labelled(documents, absent) => documents.iter().map(|document| document.example(*absent)).collect(),
            Texts::Places(examples) => examples.clone(),
        }
    }

    /// A share of the token-labelled texts changed, so that more is seen of names and of ways to write, and a share of all sentences
    /// by themselves; before each the number of the text that it was made of.
    pub(super) fn copies(
        &self,
        gazetteer: &Gazetteer,
        share: f64,
        random: &mut fastrand::Rng,
    ) -> Vec<(usize, Example)> {
        let mut copies = Vec::new();
        for (number, example) in self.examples().iter().enumerate() {
            if !self.is_of_places() && random.f64() < share {
                copies.push((number, augment::copy(example, gazetteer, random)));
            }
            copies.extend(augment::cut(example, random).into_iter().map(|sentence| (number, sentence)));
        }
        copies
    }
}

fn labelled(path: &Path, text: &str) -> Result<Vec<Labelled>, SourceError> {
    let mut documents = Vec::new();
    let mut sentences: Vec<Vec<Labelling>> = Vec::new();
    let mut sentence = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.is_empty() {
            sentences.extend(Some(std::mem::take(&mut sentence)).filter(|sentence| !sentence.is_empty()));
        } else if line == "# newdoc" {
            sentences.extend(Some(std::mem::take(&mut sentence)).filter(|sentence| !sentence.is_empty()));
            documents.extend(Some(Labelled(std::mem::take(&mut sentences))).filter(|document| !document.0.is_empty()));
        } else {
            let parsed = line.split_once('\t').and_then(|(token, label)| {
                let label = match label.split_once('-') {
                    None if label == "O" => None,
                    Some((place, class)) => Some((class_named(class)?, place == "B")),
                    None => return None,
                };
                Some(Labelling { token: token.to_owned(), label })
            });
            let error = || SourceError::Line { path: path.to_owned(), line: number, text: line.to_owned() };
            sentence.push(parsed.ok_or_else(error)?);
        }
    }
    sentences.extend(Some(sentence).filter(|sentence| !sentence.is_empty()));
    documents.extend(Some(Labelled(sentences)).filter(|document| !document.0.is_empty()));
    Ok(documents)
}

fn class_named(name: &str) -> Option<Class> {
    Some(match name {
        "LOC" => Class::Place,
        "FAC" => Class::Facility,
        "ORG" => Class::Organisation,
        "PER" => Class::Person,
        "MISC" => Class::Other,
        _ => return None,
    })
}

/// The labels of the classes that the documents never use.
fn absent(documents: &[Labelled]) -> LabelSet {
    let labels = documents.iter().flat_map(|document| document.0.iter().flatten()).filter_map(|each| each.label);
    let used: LabelSet = labels.map(|(class, _)| class.both()).fold(0, |all, labels| all | labels);
    let all = Class::ALL.iter().filter(|class| **class != Class::Embedded);
    all.map(|class| class.both()).fold(0, |all, labels| all | labels) & !used
}

impl Labelled {
    /// The text as people write it, with the names marked.
    fn example(&self, absent: LabelSet) -> Example {
        let (mut text, mut marks) = (String::new(), Vec::<Mark>::new());
        for sentence in &self.0 {
            let mut glued = true;
            let mut quoted = false;
            if !text.is_empty() {
                text.push_str(if text.ends_with(['.', '!', '?', '"', '”']) { " " } else { "\n\n" });
            }
            for (at, Labelling { token, label }) in sentence.iter().enumerate() {
                let word = |at: Option<usize>| {
                    let other = at.and_then(|at| sentence.get(at));
                    other.is_some_and(|other| other.token.chars().all(char::is_alphanumeric))
                };
                let quote = token == "\"";
                let hyphen = matches!(token.as_str(), "-" | "/") && word(at.checked_sub(1)) && word(Some(at + 1));
                let closes = matches!(
                    token.as_str(),
                    "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "..." | "n't"
                ) || token.starts_with(['\'', '’']) && token.len() <= 5
                    || quote && quoted;
                if !(glued || closes || hyphen) {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(token);
                glued = hyphen || matches!(token.as_str(), "(" | "[" | "“" | "‘" | "$" | "#" | "@") || quote && !quoted;
                quoted ^= quote;
                match (label, marks.last_mut()) {
                    (Some((class, false)), Some(last)) if last.class == *class => last.range.end = text.len(),
                    (Some((class, _)), _) => {
                        marks.push(Mark { range: start..text.len(), class: *class, metonymic: None });
                    }
                    (None, _) => {}
                }
            }
        }
        Example { text, marks, scheme: Scheme::Names { absent } }
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Scheme, absent, labelled};
    use std::path::Path;

    const FILE: &str = "# newdoc\nRain\tO\nin\tO\nNew\tB-LOC\nYork\tI-LOC\n,\tO\nsaid\tO\n\"\tO\nBo\tB-PER\n\"\tO\n.\tO\n\nIt\tO\n's\tO\nanti\tO\n-\tO\nBo\tB-PER\n";

    #[test]
    fn tokens_become_text_again() {
        let documents = labelled(Path::new("x.tsv"), FILE).expect("sound lines");
        let example = documents[0].example(absent(&documents));
        assert_eq!(example.text, "Rain in New York, said \"Bo\". It's anti-Bo");
        let marks: Vec<_> = example.marks.iter().map(|mark| (&example.text[mark.range.clone()], mark.class)).collect();
        assert_eq!(marks, [("New York", Class::Place), ("Bo", Class::Person), ("Bo", Class::Person)]);
        let Scheme::Names { absent } = example.scheme else { panic!("names of all classes") };
        assert_eq!(absent, Class::Facility.both() | Class::Organisation.both() | Class::Other.both());
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = labelled(Path::new("x.tsv"), "Rain\tO\nin\tB-TOWN\n").err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.starts_with("x.tsv:2: \"in\\tB-TOWN\" is not")));
    }
}
