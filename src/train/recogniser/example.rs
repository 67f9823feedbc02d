//! Annotated texts as examples to learn from.

use crate::eval::{GoldDocument, GoldKind};
use crate::mention::tagger::Class;
use crate::mention::tagger::labels::LabelSet;
use crate::text::ByteOffsets;
use std::ops::Range;

/// A text with annotated names.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Its names, in the order of the text, a name before the places inside it.
    pub marks: Vec<Mark>,
    /// Which names are annotated.
    pub scheme: Scheme,
    /// BCP 47 tag of its language, identified where it is not stated.
    pub language: Option<String>,
}

/// An annotated name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its span, in bytes.
    pub range: Range<usize>,
    /// What it is the name of.
    pub class: Class,
    /// Whether it counts as a mention of a place when the program's answers are scored, as demonyms do.
    pub is_mention: bool,
    /// Whether it stands for people of the place; `None` where that is not annotated.
    pub metonymic: Option<bool>,
}

/// Which names the annotators of a text marked.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    /// Names of all classes but those of the labels `absent`.
    Names {
        /// The labels of the classes that were not annotated.
        absent: LabelSet,
        /// Whether places inside other names were annotated, too.
        embedded: bool,
    },
    /// Places alone, also inside other names, and perhaps demonyms.
    Places {
        /// Whether streets and buildings are among them.
        facilities: bool,
    },
}

impl Mark {
    /// A name of a token-labelled file.
    pub fn labelled(range: Range<usize>, class: Class) -> Self {
        let is_mention = matches!(class, Class::Place | Class::Facility | Class::Embedded);
        Mark { range, class, is_mention, metonymic: None }
    }

    /// A name of a corpus that annotates the names of all kinds.
    fn of_kind(range: Range<usize>, kind: GoldKind) -> Self {
        let class = match kind {
            GoldKind::Place | GoldKind::Metonym => Class::Place,
            GoldKind::Facility => Class::Facility,
            GoldKind::Embedded => Class::Embedded,
            GoldKind::Organisation | GoldKind::Team => Class::Organisation,
            GoldKind::Person => Class::Person,
            GoldKind::Demonym
            | GoldKind::Work
            | GoldKind::Ship
            | GoldKind::Product
            | GoldKind::Event
            | GoldKind::Animal
            | GoldKind::Other => Class::Other,
        };
        let metonymic = kind.is_place().then_some(kind == GoldKind::Metonym);
        Mark { range, class, is_mention: kind.is_place() || kind == GoldKind::Demonym, metonymic }
    }
}

impl Example {
    /// The text proper of a document with its annotations: its title, which nobody annotated, is left out. `facilities` is whether
    /// a corpus of places alone has streets and buildings.
    pub fn from_gold(gold: &GoldDocument, facilities: bool) -> Self {
        let text = gold.document.text_proper();
        let bytes = ByteOffsets::new(text);
        let (marks, scheme) = match &gold.names {
            Some(names) => {
                let marks = names.iter().filter_map(|name| {
                    let range = bytes.range(name.span.start, name.span.end)?;
                    Some(Mark::of_kind(range, name.kind))
                });
                (marks.collect(), Scheme::Names { absent: 0, embedded: true })
            }
            None => {
                let marks = gold.toponyms.iter().filter_map(|toponym| {
                    let range = bytes.range(toponym.span.start, toponym.span.end)?;
                    let class = if toponym.embedded { Class::Embedded } else { Class::Place };
                    Some(Mark { range, class, is_mention: true, metonymic: toponym.metonymic })
                });
                (marks.collect(), Scheme::Places { facilities })
            }
        };
        Example { text: text.to_owned(), marks, scheme, language: gold.document.lang.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Example, Scheme};
    use crate::Document;
    use crate::eval::{Annotation, GoldDocument, GoldKind, GoldName};

    #[test]
    fn names_of_all_kinds_become_classes() {
        let document = Document::new("1", "Köln Zoo: Köln denied it.");
        let names = [(0..8, GoldKind::Organisation), (0..4, GoldKind::Embedded), (10..14, GoldKind::Metonym)];
        let names = names.map(|(span, kind)| GoldName { span, kind }).to_vec();
        let gold = GoldDocument { corpus: "c".into(), document, toponyms: Vec::new(), names: Some(names) };
        let example = Example::from_gold(&gold, false);
        let marks: Vec<_> = example
            .marks
            .iter()
            .map(|mark| (&example.text[mark.range.clone()], mark.class, mark.is_mention, mark.metonymic))
            .collect();
        assert_eq!(
            marks,
            [
                ("Köln Zoo", Class::Organisation, false, None),
                ("Köln", Class::Embedded, true, Some(false)),
                ("Köln", Class::Place, true, Some(true))
            ]
        );
        assert!(matches!(example.scheme, Scheme::Names { absent: 0, embedded: true }));
    }

    #[test]
    fn places_alone_are_places_or_embedded() {
        let annotations = [("Literal", 0, 4), ("Embedded_Literal", 5, 9)].map(|(label, start, end)| Annotation {
            start,
            end,
            label: Some(label.to_owned()),
            ..Annotation::default()
        });
        let (gold, _) = GoldDocument::new("c", Document::new("1", "Köln Bonn"), annotations.to_vec());
        let classes: Vec<_> = Example::from_gold(&gold, true).marks.iter().map(|mark| mark.class).collect();
        assert_eq!(classes, [Class::Place, Class::Embedded]);
    }
}
