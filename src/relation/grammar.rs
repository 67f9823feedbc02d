//! The words and patterns of a language: `data/relations/en.tsv`, which documents itself.

use super::shape::Shape;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The grammar of one language.
pub struct Grammar {
    /// Bearings in degrees, as nouns: "north of".
    pub directions: Phrases<f64>,
    /// Bearings in degrees, as adjectives: "northern".
    pub sides: Phrases<f64>,
    /// Numbers in words.
    pub numbers: Phrases<Count>,
    /// Kilometres to a unit of length.
    pub units: Phrases<f64>,
    /// Hours to a unit of time.
    pub times: Phrases<f64>,
    /// Kilometres an hour, by the way one travels.
    pub travels: Phrases<f64>,
    /// What may stand before a quantity.
    pub about: Phrases<()>,
    /// What a place is, before its name.
    pub kinds: Phrases<()>,
    /// The kinds whose "of" names what they are the seat of.
    pub capitals: Phrases<()>,
    /// What may stand before a name and leave its place as it is.
    pub epithets: Phrases<()>,
    /// What ends what leads up to a name.
    pub not_adjective: Phrases<()>,
    /// What says that "between" is not meant on the ground.
    pub not_between: Phrases<()>,
    /// What a pattern may begin with that is no part of the place's name.
    pub leads: Phrases<()>,
    vocabulary: Vocabulary,
    patterns: Vec<Pattern>,
    /// Patterns by the word that they begin with.
    by_word: FxHashMap<Word, Vec<usize>>,
    /// Patterns that begin with anything else.
    by_class: FxHashMap<Class, Vec<usize>>,
}

/// A word of the grammar by its number: numbers are quicker to compare than words.
pub type Word = u16;

/// Stands for every word that the grammar does not have.
pub const OTHER: Word = 0;

/// The words of a grammar, numbered from 1.
#[derive(Default)]
struct Vocabulary(FxHashMap<&'static str, Word>);

impl Vocabulary {
    /// The number of a word, a new one if it has none.
    fn add(&mut self, word: &'static str) -> Word {
        let next = self.0.len() as Word + 1;
        *self.0.entry(word).or_insert(next)
    }
}

/// A number and whether it is a loose one: "a few".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// How many.
    pub value: f64,
    /// Whether it is said loosely.
    pub loose: bool,
}

/// Phrases of a few words with what they stand for, by their first words; the longest first.
pub struct Phrases<T>(FxHashMap<&'static str, Vec<Phrase<T>>>);

/// The words of a phrase behind the first, and what it stands for.
struct Phrase<T> {
    rest: Vec<&'static str>,
    value: T,
}

impl<T: Copy> Phrases<T> {
    fn of(phrases: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: FxHashMap<&'static str, Vec<Phrase<T>>> = FxHashMap::default();
        for (phrase, value) in phrases {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or(phrase);
            by_first.entry(first).or_default().push(Phrase { rest: words.collect(), value });
        }
        by_first.values_mut().for_each(|phrases| phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len())));
        Phrases(by_first)
    }

    /// What a single word stands for.
    pub fn get(&self, word: &str) -> Option<T> {
        self.0.get(word)?.iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
    }

    /// Whether a phrase begins with a word.
    pub fn begin_with(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// The phrases that begin with a word, the longest first: the words behind it, and what they stand for.
    pub fn beginning(&self, word: &str) -> impl Iterator<Item = (&[&'static str], T)> {
        self.0.get(word).into_iter().flatten().map(|phrase| (phrase.rest.as_slice(), phrase.value))
    }
}

/// A sequence of words and classes that says where something is.
pub struct Pattern {
    /// Which construct it is, as the output shows it.
    pub relation: &'static str,
    /// What it means on the ground.
    pub shape: Shape,
    /// What must stand in the text.
    pub elements: Vec<Element>,
}

/// One step of a pattern.
#[derive(Clone)]
pub enum Element {
    /// Any of these words.
    Word(Vec<Word>),
    /// None of these words; takes none.
    Not(Vec<Word>),
    /// Something of a class.
    Class(Class),
}

/// What is matched by sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A distance, or a time of travel.
    Distance,
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

impl Grammar {
    /// The grammar of English.
    pub fn english() -> &'static Grammar {
        static READ: OnceLock<Grammar> = OnceLock::new();
        READ.get_or_init(|| Grammar::read(include_str!("../../data/relations/en.tsv")))
    }

    /// Reads a table; the tests see to it that every line of ours is understood.
    fn read(table: &'static str) -> Grammar {
        let rows = || {
            let lines = table.lines().filter(|line| !line.starts_with('#'));
            lines.filter_map(|line| line.split_once('\t')).filter_map(|(sort, rest)| {
                let (phrase, value) = rest.split_once('\t').unwrap_or((rest, ""));
                Some((sort, phrase, value)).filter(|(_, phrase, _)| !phrase.is_empty())
            })
        };
        let numbers = |wanted: &str| {
            let own = rows().filter(|(sort, ..)| *sort == wanted);
            Phrases::of(own.filter_map(|(_, phrase, value)| Some((phrase, value.parse().ok()?))))
        };
        let words = |wanted: &str| {
            let own = rows().filter(|(sort, ..)| *sort == wanted);
            Phrases::of(own.map(|(_, phrase, _)| (phrase, ())))
        };
        let counts = rows().filter(|(sort, ..)| *sort == "number").filter_map(|(_, phrase, value)| {
            let value_of = |text: &str| text.trim_end_matches('~').parse().ok();
            Some((phrase, Count { value: value_of(value)?, loose: value.ends_with('~') }))
        });
        let mut grammar = Grammar {
            directions: numbers("direction"),
            sides: numbers("side"),
            numbers: Phrases::of(counts),
            units: numbers("unit"),
            times: numbers("time"),
            travels: numbers("travel"),
            about: words("about"),
            kinds: words("kind"),
            capitals: words("capital"),
            epithets: words("epithet"),
            not_adjective: words("not-adjective"),
            not_between: words("not-between"),
            leads: words("lead"),
            vocabulary: Vocabulary::default(),
            patterns: Vec::new(),
            by_word: FxHashMap::default(),
            by_class: FxHashMap::default(),
        };
        for (_, phrase, _) in rows().filter(|(sort, ..)| *sort != "pattern") {
            phrase.split(' ').for_each(|word| {
                grammar.vocabulary.add(word);
            });
        }
        for (_, relation, pattern) in rows().filter(|(sort, ..)| *sort == "pattern") {
            grammar.add(relation, pattern);
        }
        grammar
    }

    /// Adds the sequences that a pattern stands for.
    fn add(&mut self, relation: &'static str, pattern: &'static str) -> Option<()> {
        let (elements, shape) = pattern.split_once(" -> ")?;
        let shape = Shape::named(shape.trim())?;
        for elements in sequences(elements, &mut self.vocabulary) {
            let at = self.patterns.len();
            match elements.first()? {
                Element::Word(words) => words.iter().for_each(|word| self.by_word.entry(*word).or_default().push(at)),
                Element::Class(class) => self.by_class.entry(*class).or_default().push(at),
                Element::Not(_) => continue,
            }
            self.patterns.push(Pattern { relation, shape, elements });
        }
        Some(())
    }

    /// The number of a folded word, [`OTHER`] if the grammar does not have it.
    pub fn number(&self, word: &str) -> Word {
        self.vocabulary.0.get(word).copied().unwrap_or(OTHER)
    }

    /// Whether any pattern may begin with a word that is neither a figure nor a name.
    pub fn may_begin(&self, word: &str) -> bool {
        self.by_word.contains_key(&self.number(word))
            || self.directions.begin_with(word)
            || self.sides.begin_with(word)
            || self.numbers.begin_with(word)
            || self.about.begin_with(word)
    }

    /// The patterns that begin with a word, in the order of the table.
    pub fn beginning(&self, word: Word) -> impl Iterator<Item = &Pattern> {
        self.by_word.get(&word).into_iter().flatten().map(|&at| &self.patterns[at])
    }

    /// The patterns that begin with something of a class, in the order of the table.
    pub fn beginning_with(&self, class: Class) -> impl Iterator<Item = &Pattern> {
        self.by_class.get(&class).into_iter().flatten().map(|&at| &self.patterns[at])
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
    use super::{Class, Element, Grammar, Vocabulary, sequences};
    use crate::relation::shape::Shape;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let table = include_str!("../../data/relations/en.tsv");
        for line in table.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let fields: Vec<_> = line.split('\t').collect();
            let [sort, phrase, value] = fields[..] else { panic!("{line}: three columns") };
            match sort {
                "direction" | "side" | "unit" | "time" | "travel" => assert!(value.parse::<f64>().is_ok(), "{line}"),
                "number" => assert!(value.trim_end_matches('~').parse::<f64>().is_ok(), "{line}"),
                "about" | "kind" | "capital" | "epithet" | "not-adjective" | "not-between" | "lead" => {
                    assert_eq!(crate::text::fold(phrase), phrase, "{line}")
                }
                "pattern" => {
                    let shape = value.split_once(" -> ").map(|(_, shape)| shape).unwrap_or_default();
                    assert!(Shape::named(shape).is_some(), "{line}: {shape}");
                    let balanced = value.matches('(').count() == value.matches(')').count();
                    assert!(balanced, "{line}");
                }
                _ => panic!("{line}: {sort}"),
            }
        }
        assert_eq!(Grammar::english().directions.get("northwest"), Some(315.0));
    }

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
}
