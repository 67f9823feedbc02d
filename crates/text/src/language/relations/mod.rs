//! The language of place: words and patterns of `relations.tsv`, which documents itself.

mod pattern;
mod shape;
mod vocabulary;

pub use pattern::{Class, Element, End, Node, Patterns};
pub use shape::{Construct, Shape};
pub use vocabulary::{OTHER, POSSESSIVE, Phrase, Phrases, Word};

use super::PackFiles;
use crate::fold;
use crate::table::{Line, TableError};
use std::ops::RangeInclusive;
use vocabulary::Vocabulary;

/// The table of a pack.
const TABLE: &str = "relations.tsv";

/// How far a means of travel gets one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// Kilometres an hour.
    pub an_hour: f64,
    /// Kilometres a day, where that is not a day of such hours: nobody rides a horse at a canter from morning to night.
    pub a_day: Option<f64>,
}

impl Speed {
    /// Hours of travel in a day, as the tables count days.
    const DAY: f64 = 8.0;

    /// The kilometres in a unit of time of so many hours.
    pub fn km(&self, hours: f64) -> f64 {
        match self.a_day {
            Some(km) if hours >= Self::DAY => km * hours / Self::DAY,
            _ => self.an_hour * hours,
        }
    }

    /// Reads `60` or `7|40`.
    fn parse(value: &str) -> Option<Self> {
        let (hour, day) = value.split_once('|').map_or((value, None), |(hour, day)| (hour, Some(day)));
        let a_day = day.map(str::parse).transpose().ok()?;
        Some(Speed { an_hour: hour.parse().ok()?, a_day })
    }
}

/// The grammar of a language's relative places.
#[derive(Default)]
pub struct RelationGrammar {
    /// Bearings as nouns: "north of".
    pub directions: Phrases<Bearing>,
    /// Bearings in degrees, as adjectives: "northern".
    pub sides: Phrases<f64>,
    /// Bearings in degrees, as nouns for a part, where they are other words than directions: "на севере Сирии".
    pub quarters: Phrases<f64>,
    /// Bearings in degrees, written in one with the name behind them, in one word or in two: "Nordsyrien", "Kuzey Suriye".
    pub compounds: Vec<(String, f64)>,
    /// Stems of adjectives of countries, each with the folded name of its country: "turqu" of "turquie". For languages whose adjectives the
    /// gazetteer lacks.
    pub adjectives: Vec<(String, String)>,
    /// Numbers in words.
    pub numbers: Phrases<Count>,
    /// What is added to a number before it: 0.5 for "and a half".
    pub fractions: Phrases<f64>,
    /// Words between the ends of a range: "10 to 15 km".
    pub ranges: Phrases<()>,
    /// Kilometres in a unit of length.
    pub units: Phrases<f64>,
    /// Hours in a unit of time.
    pub times: Phrases<f64>,
    /// Kilometres that one word tells: "в километре от", `كيلومترين`.
    pub lengths: Phrases<f64>,
    /// Hours that one word tells: "в часе езды", `ساعتين`.
    pub durations: Phrases<f64>,
    /// Whether a comma stands before the decimals of a figure, and a point or a space between its thousands.
    pub decimal_comma: bool,
    /// How far one gets, by the means of travel.
    pub travels: Phrases<Speed>,
    /// Kilometres an hour where the means of travel is not stated.
    pub unstated_travel: f64,
    /// What may stand before a quantity: "about".
    pub about: Phrases<()>,
    /// Articles, which may stand before a name.
    pub articles: Phrases<()>,
    /// Feature types that stand before a name ("the town of") or behind one.
    pub kinds: Phrases<()>,
    /// Words between a feature type and a name: "of".
    pub links: Phrases<()>,
    /// The feature types whose "of" names what they are the seat of: "the capital of".
    pub capitals: Phrases<()>,
    /// Adjectives before a name that leave its place as it is: "besieged".
    pub epithets: Phrases<()>,
    /// Words that cannot belong to what leads up to a name.
    pub not_adjective: Phrases<()>,
    /// Words before "between" that say that it is not meant on the ground: "talks".
    pub not_between: Phrases<()>,
    /// Words at the head of a pattern that are no part of the place's name: "located".
    pub leads: Phrases<()>,
    /// Words behind the name of a river that belong to it.
    pub rivers: Phrases<()>,
    /// The patterns.
    pub patterns: Patterns,
    /// By word: whether a pattern may begin with it.
    begins: Vec<bool>,
    vocabulary: Vocabulary,
}

/// A direction as a noun or adverb.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bearing {
    /// Degrees from north, clockwise.
    pub degrees: f64,
    /// Whether it has to stand in capitals: "NNW".
    pub capitals: bool,
}

/// A number, and whether it is meant loosely: "a few".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// How many.
    pub value: f64,
    /// Whether it is meant loosely.
    pub loose: bool,
}

impl RelationGrammar {
    /// The grammar of a pack; `None` if it lacks the table.
    ///
    /// # Errors
    /// At the first line that does not hold what it should.
    pub fn read(files: &PackFiles) -> Result<Option<Self>, TableError> {
        if files.file(TABLE).is_none() {
            return Ok(None);
        }
        let mut grammar = RelationGrammar::default();
        files.each_line(TABLE, &["role", "phrase", "value"], |line| grammar.add(line))?;
        grammar.patterns.index();
        grammar.note_beginnings();
        Ok(Some(grammar))
    }

    fn add(&mut self, line: &Line<'_>) -> Result<(), TableError> {
        let words = &mut self.vocabulary;
        let (role, phrase) = (line.get("role"), line.get("phrase"));
        let (bearing, positive): (RangeInclusive<f64>, _) = (0.0..=360.0, f64::MIN_POSITIVE..=1e6);
        let capitals = role == "direction" && phrase.chars().all(|c| c.is_uppercase());
        let folded = fold(phrase);
        if role != "pattern" && folded != phrase && !capitals {
            return Err(line.error(format!("{phrase:?} is not folded; write {folded:?}")));
        }
        match role {
            "direction" => {
                let degrees = line.number("value", bearing)?;
                self.directions.add(&folded, Bearing { degrees, capitals }, words);
            }
            "side" => self.sides.add(phrase, line.number("value", bearing)?, words),
            "quarter" => self.quarters.add(phrase, line.number("value", bearing)?, words),
            "compound" => self.compounds.push((folded, line.number("value", bearing)?)),
            "adjective" => {
                let country = line.get("value");
                if country.is_empty() || fold(country) != country {
                    return Err(line.error(format!("value is {country:?}, not the folded name of a country")));
                }
                self.adjectives.push((folded, country.to_owned()));
            }
            "number" => {
                let value = line.get("value");
                let (figure, loose) = value.strip_suffix('~').map_or((value, false), |figure| (figure, true));
                let value = figure.parse().map_err(|_| line.error(format!("value is {value:?}, not a number")))?;
                self.numbers.add(phrase, Count { value, loose }, words);
            }
            "fraction" => self.fractions.add(phrase, line.number("value", positive)?, words),
            "unit" => self.units.add(phrase, line.number("value", positive)?, words),
            "time" => self.times.add(phrase, line.number("value", positive)?, words),
            "length" => self.lengths.add(phrase, line.number("value", positive)?, words),
            "duration" => self.durations.add(phrase, line.number("value", positive)?, words),
            "decimal-mark" => {
                self.decimal_comma = match line.get("value") {
                    "," => true,
                    "." => false,
                    value => return Err(line.error(format!("value is {value:?}, not a comma or a point"))),
                };
            }
            "travel" => {
                let speed = Speed::parse(line.get("value")).filter(|speed| positive.contains(&speed.an_hour));
                let wrong = || {
                    line.error(format!(
                        "value is {:?}, not kilometres an hour, or an hour and a day (7|40)",
                        line.get("value")
                    ))
                };
                self.travels.add(phrase, speed.ok_or_else(wrong)?, words);
            }
            "unstated-travel" => self.unstated_travel = line.number("value", positive)?,
            "range" => self.ranges.add(phrase, (), words),
            "about" => self.about.add(phrase, (), words),
            "article" => self.articles.add(phrase, (), words),
            "kind" => self.kinds.add(phrase, (), words),
            "link" => self.links.add(phrase, (), words),
            "capital" => self.capitals.add(phrase, (), words),
            "epithet" => self.epithets.add(phrase, (), words),
            "not-adjective" => self.not_adjective.add(phrase, (), words),
            "not-between" => self.not_between.add(phrase, (), words),
            "lead" => self.leads.add(phrase, (), words),
            "river" => self.rivers.add(phrase, (), words),
            "pattern" => {
                let added = self.patterns.add(phrase, line.get("value"), words);
                added.map_err(|reason| line.error(reason))?;
            }
            _ => return Err(line.error(format!("{role:?} is not a role"))),
        }
        Ok(())
    }

    /// Whether a pattern may begin with this word, by itself or as the first of a quantity, a direction or a side.
    pub fn begins(&self, word: Word) -> bool {
        self.begins.get(usize::from(word)) == Some(&true)
    }

    fn note_beginnings(&mut self) {
        let may_begin = |word: Word| {
            self.patterns.begin_with(word)
                || !self.directions.beginning(word).is_empty()
                || !self.sides.beginning(word).is_empty()
                || !self.numbers.beginning(word).is_empty()
                || !self.about.beginning(word).is_empty()
                || !self.quarters.beginning(word).is_empty()
                || !self.lengths.beginning(word).is_empty()
                || !self.durations.beginning(word).is_empty()
        };
        self.begins = (0..self.vocabulary.len()).map(|word| may_begin(word as Word)).collect();
    }

    /// The number of the word with this [`crate::key`]; [`OTHER`] if the grammar lacks it.
    pub fn number(&self, key: u64) -> Word {
        self.vocabulary.number(key)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bearing, RelationGrammar};
    use crate::hash;
    use crate::language::PackFiles;

    fn read(lines: &str) -> Result<Option<RelationGrammar>, String> {
        let text: &str = format!("role\tphrase\tvalue\n{lines}").leak();
        let files: &[_] = vec![("relations.tsv", text)].leak();
        RelationGrammar::read(&PackFiles { tag: "xx", files, lexicon: &[] }).map_err(|error| error.to_string())
    }

    #[test]
    fn words_have_values() {
        let grammar = read("direction\tnorth west\t315\ndirection\tNW\t315\nnumber\ta few\t3~\n");
        let grammar = grammar.expect("a sound table").expect("a table");
        let number = |word: &str| grammar.number(hash(word));
        assert_eq!(grammar.directions.get(number("nw")), Some(Bearing { degrees: 315.0, capitals: true }));
        assert_eq!(grammar.directions.get(number("north")), None, "the phrase has two words");
        assert!(grammar.numbers.beginning(number("a"))[0].value.loose);
        assert!(grammar.begins(number("a")) && !grammar.begins(number("few")));
    }

    #[test]
    fn wrong_lines_are_named() {
        for (lines, reason) in [
            ("direction\tnorth\tup\n", "relations.tsv:2: value is \"up\""),
            ("about\tsome\t\nabuot\tsome\t\n", "relations.tsv:3: \"abuot\" is not a role"),
            ("about\tSome\t\n", "relations.tsv:2: \"Some\" is not folded"),
            ("pattern\tnear\tnear {place} -> here\n", "relations.tsv:2: there is no shape \"here\""),
            ("pattern\tnear\tprès de {place} -> near\n", "relations.tsv:2: \"près\" is not folded"),
            ("decimal-mark\tany\t;\n", "relations.tsv:2: value is \";\""),
            ("adjective\tturqu\tTurquie\n", "relations.tsv:2: value is \"Turquie\""),
        ] {
            let error = read(lines).err().unwrap_or_default();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn a_pack_may_lack_the_table() {
        let files = PackFiles { tag: "xx", files: &[], lexicon: &[] };
        assert!(RelationGrammar::read(&files).is_ok_and(|grammar| grammar.is_none()));
    }
}
