//! The words of dates: `dates.tsv`.

use super::PackFiles;
use crate::table::TableError;

/// What a word means in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// A month, from 1.
    Month(u32),
    /// A time zone: hours from UTC.
    Zone(i32),
    /// Half of a day of twelve hours: hours to add to those of the clock.
    Half(u32),
    /// Stands between the numbers of a date: the ending of an ordinal, "of".
    Between,
    /// What follows is when the text was changed, not when it was published.
    Revised,
    /// May stand beside a date on a line that says nothing else: weekdays, "published".
    Beside,
}

/// The words of dates of a language, in small letters.
#[derive(Clone, Debug, Default)]
pub struct DateWords(Vec<(String, Meaning)>);

/// The fewest letters to which the name of a month is shortened.
const SHORTEST_MONTH: usize = 3;

impl DateWords {
    /// Reads `dates.tsv`: columns `word`, `what` and `value`. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose `what` is unknown or whose `value` does not fit it.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut words = Vec::new();
        files.each_line("dates.tsv", &["word", "what", "value"], |line| {
            let whole =
                |least: i32, most: i32| line.number("value", f64::from(least)..=f64::from(most)).map(|n| n as i32);
            let meaning = match line.get("what") {
                "month" => Meaning::Month(whole(1, 12)?.unsigned_abs()),
                "zone" => Meaning::Zone(whole(-12, 14)?),
                "half" => Meaning::Half(whole(0, 12)?.unsigned_abs()),
                "between" => Meaning::Between,
                "revised" => Meaning::Revised,
                "beside" => Meaning::Beside,
                other => return Err(line.error(format!("{other:?} is not what a word of a date may be"))),
            };
            words.push((line.get("word").to_owned(), meaning));
            Ok(())
        })?;
        Ok(DateWords(words))
    }

    fn find<T>(&self, word: &str, meaning: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        self.0.iter().filter(|(known, _)| *known == word).find_map(|(_, own)| meaning(*own))
    }

    /// The month, from 1, that a word names in full or by a beginning of three letters or more.
    pub fn month(&self, word: &str) -> Option<u32> {
        let long = word.chars().count() >= SHORTEST_MONTH;
        self.0.iter().filter(|(known, _)| known == word || long && known.starts_with(word)).find_map(|(_, meaning)| {
            match meaning {
                Meaning::Month(month) => Some(*month),
                _ => None,
            }
        })
    }

    /// The hours from UTC of the zone that a word names.
    pub fn zone(&self, word: &str) -> Option<i32> {
        self.find(word, |meaning| if let Meaning::Zone(hours) = meaning { Some(hours) } else { None })
    }

    /// The hours that a half of the day adds to those of a clock of twelve: 0 for "am", 12 for "pm".
    pub fn half(&self, word: &str) -> Option<u32> {
        self.find(word, |meaning| if let Meaning::Half(hours) = meaning { Some(hours) } else { None })
    }

    /// Whether a word may stand between the numbers of a date.
    pub fn stands_between(&self, word: &str) -> bool {
        self.find(word, |meaning| (meaning == Meaning::Between).then_some(())).is_some()
    }

    /// Whether a word says that what follows is when the text was changed.
    pub fn is_revision(&self, word: &str) -> bool {
        self.find(word, |meaning| (meaning == Meaning::Revised).then_some(())).is_some()
    }

    /// Whether a word may stand beside a date on a line that says nothing else.
    pub fn stands_beside(&self, word: &str) -> bool {
        self.find(word, |meaning| matches!(meaning, Meaning::Beside | Meaning::Revised).then_some(())).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    #[test]
    fn words_mean_months_zones_and_halves() {
        let table = "word\twhat\tvalue\njune\tmonth\t6\nseptember\tmonth\t9\nest\tzone\t-5\npm\thalf\t12\nth\tbetween\t\nupdated\trevised\t\nmon\tbeside\t\n";
        let languages = Languages::with_tables(&[("dates.tsv", table)]);
        let dates = &languages.default_language().dates;
        assert_eq!(
            (dates.month("ju"), dates.month("jun"), dates.month("sept"), dates.month("juniper")),
            (None, Some(6), Some(9), None)
        );
        assert_eq!((dates.zone("est"), dates.zone("pm"), dates.half("pm")), (Some(-5), None, Some(12)));
        assert!(dates.stands_between("th") && dates.is_revision("updated") && dates.stands_beside("updated"));
        assert!(!dates.stands_beside("th") && !dates.stands_between("mon"));
    }

    #[test]
    fn a_wrong_line_is_told_with_file_and_line() {
        for (row, reason) in [("june\tmonat\t6", "\"monat\""), ("june\tmonth\t13", "value is \"13\"")] {
            let table = format!("word\twhat\tvalue\n{row}\n").leak();
            let error = Languages::try_with_tables(&[("dates.tsv", table)]).err().expect("a wrong line").to_string();
            assert!(error.starts_with("data/languages/en/dates.tsv:2: ") && error.contains(reason), "{error}");
        }
    }
}
