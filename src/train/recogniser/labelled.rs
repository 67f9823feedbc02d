//! Token-labelled files: a token, a tab and a label a line.

use super::corpus::SourceError;
use super::example::{Example, Mark, Scheme};
use crate::mention::tagger::Class;
use crate::mention::tagger::labels::LabelSet;
use crate::text::is_unspaced;
use std::path::Path;
use toponym_languages::languages;

/// A token-labelled document: the tokens of its sentences.
struct LabelledDocument(Vec<Vec<LabelledToken>>);

/// What a file says of itself in comments: `# lang de` and `# classes LOC ORG PER`.
#[derive(Default)]
struct Header {
    /// BCP 47 tag of its language.
    language: Option<String>,
    /// The labels of the classes that it is annotated for, whether it uses them or not.
    annotated: LabelSet,
}

/// A token with its label.
struct LabelledToken {
    text: String,
    /// The class of its name, and whether the name begins here; `None` outside names.
    label: Option<(Class, bool)>,
}

/// The examples that a token-labelled file holds.
///
/// # Errors
/// When a line is not a token, a tab and a label.
pub fn examples(path: &Path, text: &str) -> Result<Vec<Example>, SourceError> {
    let mut header = Header::default();
    let documents = parse(path, text, &mut header)?;
    let absent = absent(&documents) & !header.annotated;
    Ok(documents.iter().map(|document| document.example(absent, header.language.clone())).collect())
}

fn parse(path: &Path, text: &str, header: &mut Header) -> Result<Vec<LabelledDocument>, SourceError> {
    let mut documents = Vec::new();
    let mut sentences: Vec<Vec<LabelledToken>> = Vec::new();
    let mut sentence = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.is_empty() {
            sentences.extend(Some(std::mem::take(&mut sentence)).filter(|sentence| !sentence.is_empty()));
        } else if line == "# newdoc" {
            sentences.extend(Some(std::mem::take(&mut sentence)).filter(|sentence| !sentence.is_empty()));
            let document = LabelledDocument(std::mem::take(&mut sentences));
            documents.extend(Some(document).filter(|document| !document.0.is_empty()));
        } else if let Some(language) = line.strip_prefix("# lang ") {
            header.language = Some(language.to_owned());
        } else if let Some(classes) = line.strip_prefix("# classes ") {
            for class in classes.split(' ') {
                let error = || SourceError::Line { path: path.to_owned(), line: number, text: line.to_owned() };
                header.annotated |= class_of_label(class).ok_or_else(error)?.both();
            }
        } else {
            let error = || SourceError::Line { path: path.to_owned(), line: number, text: line.to_owned() };
            sentence.push(token(line).ok_or_else(error)?);
        }
    }
    sentences.extend(Some(sentence).filter(|sentence| !sentence.is_empty()));
    documents.extend(Some(LabelledDocument(sentences)).filter(|document| !document.0.is_empty()));
    Ok(documents)
}

fn token(line: &str) -> Option<LabelledToken> {
    let (token, label) = line.split_once('\t')?;
    let label = match label.split_once('-') {
        None if label == "O" => None,
        Some((position, class)) => Some((class_of_label(class)?, position == "B")),
        None => return None,
    };
    Some(LabelledToken { text: token.to_owned(), label })
}

fn class_of_label(label: &str) -> Option<Class> {
    Some(match label {
        "LOC" => Class::Place,
        "FAC" => Class::Facility,
        "ORG" => Class::Organisation,
        "PER" => Class::Person,
        "MISC" => Class::Other,
        _ => return None,
    })
}

/// The labels of the classes that the documents never use.
fn absent(documents: &[LabelledDocument]) -> LabelSet {
    let labels = documents.iter().flat_map(|document| document.0.iter().flatten()).filter_map(|token| token.label);
    let used: LabelSet = labels.map(|(class, _)| class.both()).fold(0, |all, labels| all | labels);
    let all = Class::ALL.iter().filter(|class| **class != Class::Embedded);
    all.map(|class| class.both()).fold(0, |all, labels| all | labels) & !used
}

impl LabelledDocument {
    /// The text, with spaces where people write them, and its names. `absent` are the labels of the classes that were not annotated.
    fn example(&self, absent: LabelSet, language: Option<String>) -> Example {
        let (mut text, mut marks) = (String::new(), Vec::<Mark>::new());
        for sentence in &self.0 {
            if !text.is_empty() {
                text.push_str(if text.ends_with(['.', '!', '?', '"', '”']) { " " } else { "\n\n" });
            }
            let mut spaces = Spaces { sentence, glued: true, quoted: false };
            for (at, token) in sentence.iter().enumerate() {
                if spaces.before(at) {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(&token.text);
                match (token.label, marks.last_mut()) {
                    (Some((class, false)), Some(last)) if last.class == class => last.range.end = text.len(),
                    (Some((class, _)), _) => marks.push(Mark::labelled(start..text.len(), class)),
                    (None, _) => {}
                }
            }
        }
        Example { text, marks, scheme: Scheme::Names { absent, embedded: false }, language }
    }
}

/// Decides where spaces stand between the tokens of a sentence.
struct Spaces<'s> {
    sentence: &'s [LabelledToken],
    /// Whether the last token is written together with the next.
    glued: bool,
    /// Whether an odd number of straight quotation marks has been read.
    quoted: bool,
}

/// Longest token beginning with an apostrophe that is written together with the word before, in bytes: "'s", "’ll".
const LONGEST_CLITIC: usize = 5;

impl Spaces<'_> {
    /// Whether a space stands before a token; called for each token in turn.
    fn before(&mut self, at: usize) -> bool {
        let is_word = |at: Option<usize>| {
            let token = at.and_then(|at| self.sentence.get(at));
            token.is_some_and(|token| token.text.chars().all(char::is_alphanumeric))
        };
        let token = self.sentence[at].text.as_str();
        let quote = token == "\"";
        let hyphen = matches!(token, "-" | "/") && is_word(at.checked_sub(1)) && is_word(Some(at + 1));
        let closes = matches!(token, "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "...")
            || token.starts_with(['\'', '’']) && token.len() <= LONGEST_CLITIC
            || languages().default_language().endings.clitics.iter().any(|clitic| clitic == token)
            || quote && self.quoted;
        let unspaced = |token: Option<&LabelledToken>, last: bool| {
            let letter = token.and_then(|t| if last { t.text.chars().last() } else { t.text.chars().next() });
            letter.is_some_and(is_unspaced)
        };
        let joined = unspaced(at.checked_sub(1).and_then(|at| self.sentence.get(at)), true)
            && unspaced(self.sentence.get(at), false);
        let space = !(self.glued || closes || hyphen || joined);
        self.glued = hyphen || matches!(token, "(" | "[" | "“" | "‘" | "$" | "#" | "@") || quote && !self.quoted;
        self.quoted ^= quote;
        space
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Scheme, examples};
    use std::path::Path;

    const FILE: &str = "# newdoc\nRain\tO\nin\tO\nNew\tB-LOC\nYork\tI-LOC\n,\tO\nsaid\tO\n\"\tO\nBo\tB-PER\n\"\tO\n.\tO\n\n\
        It\tO\n's\tO\nanti\tO\n-\tO\nBo\tB-PER\n\n# newdoc\nThey\tO\ndo\tO\nn't\tO\n(\tO\nsee\tO\n)\tO\nBo\tB-PER\nBo\tB-PER\n";

    #[test]
    fn tokens_become_text_again() {
        let examples = examples(Path::new("x.tsv"), FILE).expect("sound lines");
        assert_eq!(examples[0].text, "Rain in New York, said \"Bo\". It's anti-Bo");
        let names = |at: usize| {
            let marks = examples[at].marks.iter();
            marks.map(|mark| (&examples[at].text[mark.range.clone()], mark.class)).collect::<Vec<_>>()
        };
        assert_eq!(names(0), [("New York", Class::Place), ("Bo", Class::Person), ("Bo", Class::Person)]);
        assert_eq!(examples[1].text, "They don't (see) Bo Bo");
        assert_eq!(names(1).len(), 2, "a name begins at each B");
        let Scheme::Names { absent, embedded: false } = examples[0].scheme else { panic!("names of all classes") };
        assert_eq!(absent, Class::Facility.both() | Class::Organisation.both() | Class::Other.both());
    }

    #[test]
    fn a_file_says_its_language_and_classes() {
        let file = "# lang de\n# classes LOC FAC MISC\nRegen\tO\nin\tO\nUlm\tB-LOC\n";
        let examples = examples(Path::new("x.tsv"), file).expect("sound lines");
        assert_eq!(examples[0].language.as_deref(), Some("de"));
        let Scheme::Names { absent, .. } = examples[0].scheme else { panic!("names of all classes") };
        assert_eq!(absent, Class::Organisation.both() | Class::Person.both());
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = examples(Path::new("x.tsv"), "Rain\tO\nin\tB-TOWN\n").err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.starts_with("x.tsv:2: \"in\\tB-TOWN\" is not")));
    }
}
