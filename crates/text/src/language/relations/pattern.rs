//! Patterns of words and classes, kept as a tree, so that what many of them begin with is matched once.

use super::shape::{Construct, Shape};
use super::vocabulary::{POSSESSIVE_MARK, Vocabulary, Word};
use crate::fold;

/// One step of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// Any of these words.
    Word(Vec<Word>),
    /// None of these words follows; takes no token.
    Not(Vec<Word>),
    /// Something of a class.
    Class(Class),
}

/// Classes of what a pattern matches other than words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A distance, or a time of travel with its means.
    Distance,
    /// A time of travel without its means: "two hours north of".
    Time,
    /// A bearing as a noun.
    Direction,
    /// A bearing as an adjective.
    Side,
    /// A bearing as a noun for a part.
    Quarter,
    /// A bearing and the name of a country or division in one word: "Nordsyrien".
    Compound,
    /// A feature type, where it stands behind a name: "Maiduguri kentinin".
    Kind,
    /// A place with the words that lead up to its name.
    Place,
    /// The bare name of a place: "the northern city of Irbid" is Irbid, not its north.
    Name,
    /// A country by its name or its adjective.
    Land,
    /// A country by its adjective.
    Demonym,
    /// A watercourse.
    River,
}

impl Class {
    /// The class with this name, braces left out.
    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "distance" => Class::Distance,
            "time" => Class::Time,
            "direction" => Class::Direction,
            "side" => Class::Side,
            "quarter" => Class::Quarter,
            "compound" => Class::Compound,
            "kind" => Class::Kind,
            "place" => Class::Place,
            "name" => Class::Name,
            "land" => Class::Land,
            "demonym" => Class::Demonym,
            "river" => Class::River,
            _ => return None,
        })
    }
}

/// What a complete pattern means.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// Which construct it is.
    pub construct: Construct,
    /// Its shape on the ground.
    pub shape: Shape,
    /// Its place in the table: of patterns that reach equally far the first holds.
    pub order: usize,
}

/// A node of the tree: the elements that some patterns begin with have been matched.
#[derive(Default)]
pub struct Node {
    /// The next elements.
    pub steps: Vec<(Element, Node)>,
    /// What the pattern that ends here means.
    pub end: Option<End>,
}

impl Node {
    /// The node behind an element, a new one if there is none yet.
    fn behind(&mut self, element: Element) -> &mut Node {
        let known = self.steps.iter().position(|(step, _)| *step == element);
        let at = known.unwrap_or_else(|| {
            self.steps.push((element, Node::default()));
            self.steps.len() - 1
        });
        &mut self.steps[at].1
    }
}

/// All patterns of a grammar.
#[derive(Default)]
pub struct Patterns {
    root: Node,
    /// First steps by the number of a word that they take.
    by_word: Vec<Vec<usize>>,
    /// First steps that take a class.
    by_class: Vec<usize>,
    count: usize,
}

impl Patterns {
    /// Adds a pattern: a sequence for each choice of its optional elements.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub(super) fn add(&mut self, construct: &str, pattern: &str, vocabulary: &mut Vocabulary) -> Result<(), String> {
        let construct = Construct::named(construct).ok_or_else(|| format!("there is no relation {construct:?}"))?;
        let (elements, shape) =
            pattern.split_once(" -> ").ok_or_else(|| format!("{pattern:?} has no \" -> \" and shape"))?;
        let shape = Shape::named(shape.trim()).ok_or_else(|| format!("there is no shape {shape:?}"))?;
        for elements in sequences(elements, vocabulary)? {
            let end = End { construct, shape, order: self.count };
            self.count += 1;
            let node = elements.into_iter().fold(&mut self.root, Node::behind);
            node.end.get_or_insert(end);
        }
        Ok(())
    }

    /// Indexes the first steps by their words; to be called when all patterns have been added.
    pub(super) fn index(&mut self) {
        for (at, (element, _)) in self.root.steps.iter().enumerate() {
            match element {
                Element::Word(words) => {
                    for &word in words {
                        let word = usize::from(word);
                        self.by_word.resize_with(self.by_word.len().max(word + 1), Vec::new);
                        self.by_word[word].push(at);
                    }
                }
                Element::Class(_) => self.by_class.push(at),
                // A pattern begins with something.
                Element::Not(_) => {}
            }
        }
    }

    /// Whether a pattern may begin with this word.
    pub(super) fn begin_with(&self, word: Word) -> bool {
        self.by_word.get(usize::from(word)).is_some_and(|steps| !steps.is_empty())
    }

    /// The first steps that may be taken at a word: those that take it, and those that take a class.
    pub fn beginning(&self, word: Word) -> impl Iterator<Item = &(Element, Node)> {
        let own = self.by_word.get(usize::from(word)).into_iter().flatten();
        own.chain(&self.by_class).map(|&at| &self.root.steps[at])
    }
}

/// The sequences of elements of a pattern, one for each choice of its optional elements; the fullest come first.
fn sequences(pattern: &str, vocabulary: &mut Vocabulary) -> Result<Vec<Vec<Element>>, String> {
    let mut all: Vec<Vec<Element>> = vec![Vec::new()];
    let mut rest = pattern.trim();
    while !rest.is_empty() {
        let (group, optional, behind) = match rest.strip_prefix('(') {
            Some(inner) => {
                let (group, behind) = inner.split_once(')').ok_or_else(|| format!("{pattern:?} lacks a \")\""))?;
                (group, true, behind)
            }
            None => {
                let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
                (word, false, behind)
            }
        };
        let without = if optional { all.clone() } else { Vec::new() };
        let added = group.split_whitespace().map(|word| element(word, vocabulary));
        let added = added.collect::<Result<Vec<Element>, String>>()?;
        all.iter_mut().for_each(|sequence| sequence.extend(added.iter().cloned()));
        all.extend(without);
        rest = behind.trim_start();
    }
    Ok(all)
}

fn element(word: &str, vocabulary: &mut Vocabulary) -> Result<Element, String> {
    if word.contains(['(', ')']) {
        return Err(format!("{word:?}: a parenthesis stands inside a word"));
    }
    if let Some(class) = word.strip_prefix('{').and_then(|class| class.strip_suffix('}')) {
        return Class::named(class).map(Element::Class).ok_or_else(|| format!("there is no class {word:?}"));
    }
    let mut alternatives = |words: &str| {
        let numbered = words.split('|').map(|word| match fold(word) {
            // A mark, such as a dash, has no folded form.
            folded if folded == word || folded.is_empty() || word == POSSESSIVE_MARK => Ok(vocabulary.add(word)),
            folded => Err(format!("{word:?} is not folded; write {folded:?}")),
        });
        numbered.collect::<Result<Vec<Word>, String>>()
    };
    Ok(match word.strip_prefix('!') {
        Some(words) => Element::Not(alternatives(words)?),
        None => Element::Word(alternatives(word)?),
    })
}

#[cfg(test)]
mod tests {
    use super::{Class, Element, Patterns, Vocabulary, sequences};

    #[test]
    fn optional_elements_give_sequences_of_their_own() {
        let mut vocabulary = Vocabulary::default();
        let all = |pattern, vocabulary: &mut _| sequences(pattern, vocabulary).expect("a pattern");
        assert_eq!(all("(just) (to the) {direction} of {place}", &mut vocabulary).len(), 4);
        let first = all("(to the) near|by {place}", &mut vocabulary).swap_remove(0);
        let words = ["near", "by"].map(|word| vocabulary.add(word));
        assert!(
            matches!(&first[..], [Element::Word(_), Element::Word(_), Element::Word(near), Element::Class(Class::Place)]
            if near[..] == words)
        );
    }

    #[test]
    fn common_beginnings_are_kept_once() {
        let (mut patterns, mut vocabulary) = (Patterns::default(), Vocabulary::default());
        for (construct, pattern) in [
            ("part", "the {side} of {place} -> part"),
            ("part", "the {side} part of {place} -> part"),
            ("near", "near|by {place} -> near"),
            ("near", "{place} way -> near"),
        ] {
            patterns.add(construct, pattern, &mut vocabulary).expect("a pattern");
        }
        patterns.index();
        let steps = |word: &str, vocabulary: &mut Vocabulary| patterns.beginning(vocabulary.add(word)).count();
        let counts = ["the", "near", "by", "of"].map(|word| steps(word, &mut vocabulary));
        assert_eq!(counts, [2, 2, 2, 1]);
        let (_, the) = patterns.beginning(vocabulary.add("the")).next().expect("a step");
        let (_, side) = the.steps.first().expect("the side");
        assert_eq!((the.steps.len(), side.steps.len()), (1, 2));
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (construct, pattern, reason) in [
            ("nearby", "near {place} -> near", "no relation \"nearby\""),
            ("near", "near {place} -> nearby", "no shape \"nearby\""),
            ("near", "near {place}", "no \" -> \""),
            ("near", "near {town} -> near", "no class \"{town}\""),
            ("near", "(in the {place} -> near", "lacks a \")\""),
        ] {
            let error = Patterns::default().add(construct, pattern, &mut Vocabulary::default());
            assert!(error.as_ref().is_err_and(|error| error.contains(reason)), "{pattern}: {error:?}");
        }
    }
}
