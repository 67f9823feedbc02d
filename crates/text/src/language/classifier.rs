//! A classifier that tells languages of one script by the letters of their words: a multinomial logistic regression over hashed
//! n-grams, whose weights are whole numbers of eight bits. `scripts/train-identification` learns it.

use crate::fold::is_mark;
use std::io::{Error, ErrorKind};

/// Letters of a word that are looked at.
const LONGEST_WORD: usize = 24;

/// Letters of the longest n-gram; the whole word is one more.
const LONGEST_GRAM: usize = 4;

/// What stands for the beginning and the end of a word among its letters.
const MARKS: [u32; 2] = [1, 2];

/// Weights in a row are a multiple of this.
const LANE: usize = 16;

/// The first value and the factor of FNV-1a in 32 bits (Fowler, Noll and Vo), here over code points.
const FNV: [u32; 2] = [0x811c_9dc5, 0x0100_0193];

/// The golden ratio in 32 bits: multiplying by it spreads bits (Fibonacci hashing, Knuth 1973).
const SPREAD: u32 = 0x9e37_79b1;

/// Tells the languages of one script.
#[derive(Clone, Debug)]
pub struct Classifier {
    script: String,
    languages: Vec<String>,
    /// How many bits of a hash number a row.
    bits: u32,
    /// The log-odds that half a weight of one stands for.
    step: f32,
    /// Weights in a row: one a language, filled up with zeros.
    width: usize,
    /// The scores before any word.
    priors: Vec<i32>,
    rows: &'static [u8],
}

/// The weights of some words for each language of a classifier, added up.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    sums: Vec<i32>,
    /// Those of the n-grams of one word, which are few enough for sixteen bits.
    of_word: Vec<i16>,
}

impl Classifier {
    /// ISO 15924 code of the script.
    pub fn script(&self) -> &str {
        &self.script
    }

    /// BCP 47 tags of the languages.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// Scores of no word: languages with a pack are ahead of others.
    pub fn scores(&self) -> Scores {
        Scores { sums: self.priors.clone(), of_word: vec![0; self.width] }
    }

    /// Adds a word, which is made of letters and marks only, to scores, so many times: two are one whole word.
    pub fn add(&self, word: &str, halves: i32, scores: &mut Scores) {
        let mut letters = [MARKS[0]; LONGEST_WORD + 2];
        let mut end = 1;
        for (place, letter) in letters[1..=LONGEST_WORD].iter_mut().zip(word.chars().flat_map(char::to_lowercase)) {
            *place = u32::from(letter);
            end += 1;
        }
        letters[end] = MARKS[1];
        let letters = &letters[..=end];
        scores.of_word.fill(0);
        for start in 0..letters.len() {
            let mut hash = FNV[0];
            for (at, letter) in letters.iter().enumerate().skip(start) {
                hash = (hash ^ letter).wrapping_mul(FNV[1]);
                let is_whole = start == 0 && at == end;
                let is_mark = at == start && (start == 0 || start == end);
                if is_whole || at - start < LONGEST_GRAM && !is_mark {
                    self.add_row(hash, &mut scores.of_word);
                }
                if at - start >= LONGEST_GRAM && start > 0 {
                    break;
                }
            }
        }
        for (sum, score) in scores.sums.iter_mut().zip(&scores.of_word) {
            *sum += halves * i32::from(*score);
        }
    }

    fn add_row(&self, hash: u32, scores: &mut [i16]) {
        let row = ((hash ^ hash >> 15).wrapping_mul(SPREAD) >> (32 - self.bits)) as usize * self.width;
        let weights = self.rows.get(row..row + self.width).unwrap_or(&[]);
        for (scores, weights) in scores.as_chunks_mut::<LANE>().0.iter_mut().zip(weights.as_chunks::<LANE>().0) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += i16::from(weight.cast_signed());
            }
        }
    }

    /// The index of the language with the highest score, of equals the first, and by how many log-odds it leads the next.
    pub fn best(&self, scores: &Scores) -> (usize, f32) {
        let known = scores.sums.get(..self.languages.len()).unwrap_or(&[]);
        let (mut best, mut lead) = (0, i32::MAX);
        for (at, &score) in known.iter().enumerate().skip(1) {
            if score > known[best] {
                (best, lead) = (at, score - known[best]);
            } else {
                lead = lead.min(known[best] - score);
            }
        }
        (best, if lead == i32::MAX { 0.0 } else { lead as f32 * self.step })
    }

    /// By how many log-odds a language leads another, given their indexes.
    pub fn lead(&self, scores: &Scores, language: usize, other: usize) -> f32 {
        let score = |at: usize| scores.sums.get(at).copied().unwrap_or(0);
        (score(language) - score(other)) as f32 * self.step
    }
}

/// The parts of a token that count as words: those between apostrophes and characters without a width.
pub fn parts_of_word(token: &str) -> impl Iterator<Item = &str> {
    let in_word = |c: char| c.is_alphanumeric() || is_mark(c) || ('\u{300}'..='\u{36f}').contains(&c);
    token.split(move |c: char| !in_word(c)).filter(|part| !part.is_empty())
}

/// Reads classifiers that follow each other. Each: the ISO 15924 code of its script; a byte with the bits that number a row; a byte with
/// the number of its languages; the log-odds of a weight of one, as a little-endian number of 32 bits; of each language its
/// tag, behind a byte with its length, and its score before any word, a little-endian number of 16 bits; the rows, each of as many weights as there are languages, filled up to a multiple of sixteen.
///
/// # Errors
/// When a classifier is cut short, or is not of this form.
pub(super) fn classifiers(mut file: &'static [u8]) -> Result<Vec<Classifier>, Error> {
    let mut found = Vec::new();
    while !file.is_empty() {
        let script = text(take(&mut file, 4)?)?;
        let (bits, count) = (u32::from(byte(&mut file)?), usize::from(byte(&mut file)?));
        let step = take(&mut file, 4)?.first_chunk().map_or(0.0, |bytes| f32::from_le_bytes(*bytes)) / 2.0;
        if !(1..=24).contains(&bits) || count == 0 || !step.is_finite() {
            return Err(Error::new(ErrorKind::InvalidData, format!("the classifier of {script} has a wrong head")));
        }
        let (mut languages, mut priors) = (Vec::with_capacity(count), Vec::new());
        for _ in 0..count {
            let length = usize::from(byte(&mut file)?);
            languages.push(text(take(&mut file, length)?)?);
            priors.push(take(&mut file, 2)?.first_chunk().map_or(0, |bytes| 2 * i32::from(i16::from_le_bytes(*bytes))));
        }
        let width = count.next_multiple_of(LANE);
        priors.resize(width, 0);
        let rows = take(&mut file, width << bits)?;
        found.push(Classifier { script, languages, bits, step, width, priors, rows });
    }
    Ok(found)
}

fn take(file: &mut &'static [u8], length: usize) -> Result<&'static [u8], Error> {
    file.split_off(..length).ok_or_else(|| Error::new(ErrorKind::UnexpectedEof, "the classifiers are cut short"))
}

fn byte(file: &mut &'static [u8]) -> Result<u8, Error> {
    take(file, 1).map(|bytes| bytes[0])
}

fn text(bytes: &[u8]) -> Result<String, Error> {
    String::from_utf8(bytes.to_vec()).map_err(|error| Error::new(ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::{classifiers, parts_of_word};

    /// A classifier of two languages, each of whose n-grams speaks for the first, and of which the second is likelier beforehand.
    fn file() -> Vec<u8> {
        let head = [&b"Latn\x04\x02"[..], &1f32.to_le_bytes()].concat();
        let languages = b"\x02aa\x00\x00\x03bbb\x03\x00";
        let rows = std::iter::repeat_n([1u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16).flatten();
        head.into_iter().chain(*languages).chain(rows).collect()
    }

    #[test]
    fn words_speak_for_languages() {
        let read = classifiers(file().leak()).expect("sound");
        let [classifier] = read.as_slice() else { panic!("one classifier") };
        assert_eq!((classifier.script(), classifier.languages()), ("Latn", &["aa".to_owned(), "bbb".to_owned()][..]));
        let mut scores = classifier.scores();
        assert_eq!(classifier.best(&scores), (1, 3.0));
        // "a" between its marks: one letter, two pairs, and the whole.
        classifier.add("a", 2, &mut scores);
        assert_eq!(classifier.best(&scores), (0, 1.0));
        classifier.add("A", 1, &mut scores);
        assert_eq!(classifier.lead(&scores, 1, 0), -3.0, "half its weight");
        classifier.add(&"long".repeat(20), 2, &mut scores);
    }

    #[test]
    fn a_file_that_is_cut_short_or_of_another_form_is_an_error() {
        let file = file();
        for end in 1..file.len() {
            assert!(classifiers(file[..end].to_vec().leak()).is_err(), "{end} bytes");
        }
        let mut wrong = file;
        wrong[4] = 40;
        let error = classifiers(wrong.leak()).expect_err("so many rows there are not").to_string();
        assert!(error.contains("the classifier of Latn has a wrong head"), "{error}");
    }

    #[test]
    fn words_part_at_apostrophes_and_non_joiners() {
        assert_eq!(parts_of_word("l'Angleterre").collect::<Vec<_>>(), ["l", "Angleterre"]);
        assert_eq!(parts_of_word("می\u{200c}ترسند").collect::<Vec<_>>(), ["می", "ترسند"]);
        assert_eq!(parts_of_word("सैकड़ों").count(), 1);
    }
}
