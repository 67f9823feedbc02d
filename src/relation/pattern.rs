//! Patterns of words and classes, kept as a tree, so that what many of them begin with is read once.

use super::grammar::{Vocabulary, Word};
use super::shape::Shape;

/// One step of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// Any of these words.
    Word(Vec<Word>),
    /// None of these words; takes none.
    Not(Vec<Word>),
    /// Something of a class.
    Class(Class),
}

/// What is matched by sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A distance, or a time of travel.
    Distance,
    /// A time of travel whose way is not told: "two hours north of".
    Time,
    /// A bearing as a noun.
    Direction,
    /// A bearing as an adjective.
    Side,
    /// A place with what leads up to it.
    Place,
    /// A place's bare name: "the northern city of Irbid" is Irbid, not its north.
    Name,
    /// A country by its name or its adjective.
    Land,
    /// A country by its adjective.
    Demonym,
    /// A watercourse.
    River,
}

/// What a pattern that has been followed to its end says.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// Which construct it is, as the output shows it.
    pub relation: &'static str,
    /// What it means on the ground.
    pub shape: Shape,
    /// Its place in the table: of patterns that reach equally far the first holds.
    pub order: usize,
}

/// As far as some patterns are alike.
#[derive(Default)]
pub struct Node {
    /// How they go on.
    pub steps: Vec<(Element, Node)>,
    /// What the pattern that ends here says.
    pub end: Option<End>,
}

impl Node {
    /// The node that an element leads to, a new one if there is none yet.
    fn toward(&mut self, element: Element) -> &mut Node {
        let known = self.steps.iter().position(|(step, _)| *step == element);
        let at = known.unwrap_or_else(|| {
            self.steps.push((element, Node::default()));
            self.steps.len() - 1
        });
        &mut self.steps[at].1
    }
}

/// All patterns.
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
    /// Adds the sequences that a pattern stands for; none if it has no shape.
    pub fn add(&mut self, relation: &'static str, pattern: &'static str, vocabulary: &mut Vocabulary) {
        let Some((elements, shape)) = pattern.split_once(" -> ") else { return };
        let Some(shape) = Shape::named(shape.trim()) else { return };
        for elements in sequences(elements, vocabulary) {
            let end = End { relation, shape, order: self.count };
            self.count += 1;
            let node = elements.into_iter().fold(&mut self.root, Node::toward);
            node.end.get_or_insert(end);
        }
    }

    /// Finds the first steps by their words, when all patterns are there.
    pub fn sort(&mut self) {
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

    /// Whether a pattern may begin with this very word.
    pub fn begin_with(&self, word: Word) -> bool {
        self.by_word.get(usize::from(word)).is_some_and(|steps| !steps.is_empty())
    }

    /// The first steps that may be taken at a word: those that take it, and those that take a class.
    pub fn beginning(&self, word: Word) -> impl Iterator<Item = &(Element, Node)> {
        let own = self.by_word.get(usize::from(word)).into_iter().flatten();
        own.chain(&self.by_class).map(|&at| &self.root.steps[at])
    }
}

/// The sequences of elements of a pattern, one for each choice of what may be absent; the fullest come first.
fn sequences(pattern: &'static str, vocabulary: &mut Vocabulary) -> Vec<Vec<Element>> {
    let mut all: Vec<Vec<Element>> = vec![Vec::new()];
    let mut rest = pattern.trim();
    while !rest.is_empty() {
        let (group, optional, behind) = match rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            Some((group, behind)) => (group, true, behind),
            None => {
                let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
                (word, false, behind)
            }
        };
        let without = if optional { all.clone() } else { Vec::new() };
        let added: Vec<Element> = group.split_whitespace().map(|word| element(word, vocabulary)).collect();
        all.iter_mut().for_each(|sequence| sequence.extend(added.iter().cloned()));
        all.extend(without);
        rest = behind.trim_start();
    }
    all
}

fn element(word: &'static str, vocabulary: &mut Vocabulary) -> Element {
    let mut alternatives = |words: &'static str| words.split('|').map(|word| vocabulary.add(word)).collect();
    match word {
        "{distance}" => Element::Class(Class::Distance),
        "{time}" => Element::Class(Class::Time),
        "{direction}" => Element::Class(Class::Direction),
        "{side}" => Element::Class(Class::Side),
        "{place}" => Element::Class(Class::Place),
        "{name}" => Element::Class(Class::Name),
        "{land}" => Element::Class(Class::Land),
        "{demonym}" => Element::Class(Class::Demonym),
        "{river}" => Element::Class(Class::River),
        _ => match word.strip_prefix('!') {
            Some(words) => Element::Not(alternatives(words)),
            None => Element::Word(alternatives(word)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Element, Patterns, sequences};
    use crate::relation::grammar::Vocabulary;

    #[test]
    fn what_may_be_absent_gives_sequences_of_its_own() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(sequences("(just) (to the) {direction} of {place}", &mut vocabulary).len(), 4);
        let first = sequences("(to the) near|by {place}", &mut vocabulary).swap_remove(0);
        let words = ["near", "by"].map(|word| vocabulary.add(word));
        assert!(
            matches!(&first[..], [Element::Word(_), Element::Word(_), Element::Word(near), Element::Class(Class::Place)]
            if near[..] == words)
        );
    }

    #[test]
    fn what_patterns_begin_with_is_kept_once() {
        let (mut patterns, mut vocabulary) = (Patterns::default(), Vocabulary::default());
        patterns.add("part", "the {side} of {place} -> part", &mut vocabulary);
        patterns.add("part", "the {side} part of {place} -> part", &mut vocabulary);
        patterns.add("near", "near|by {place} -> near", &mut vocabulary);
        patterns.add("near", "{place} way -> near", &mut vocabulary);
        patterns.sort();
        let steps = |word: &'static str, vocabulary: &mut Vocabulary| patterns.beginning(vocabulary.add(word)).count();
        let counts = ["the", "near", "by", "of"].map(|word| steps(word, &mut vocabulary));
        assert_eq!(counts, [2, 2, 2, 1]);
        let (_, the) = patterns.beginning(vocabulary.add("the")).next().expect("a step");
        let (_, side) = the.steps.first().expect("the side");
        assert_eq!((the.steps.len(), side.steps.len()), (1, 2));
    }
}
