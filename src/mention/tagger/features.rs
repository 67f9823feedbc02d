//! What the tagger sees at a token, as hashes: the same for training and for use.
//!
//! No string is built: every feature mixes numbers that the words, the gazetteer's names and the document give.

use super::document::Uses;
use super::names::Gazetted;
use crate::mention::enumeration;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::style::Style;
use crate::text::{Case, Kind};
use crate::text::{Characters, Words};

/// A document as the tagger sees it.
pub struct View<'v, 't> {
    words: &'v Words<'t>,
    styles: &'v [Style],
    gazetted: Gazetted,
    uses: Uses,
    runs: Vec<Run>,
}

/// The run of words with capitals that a token stands in.
#[derive(Clone, Copy, Default)]
struct Run {
    first: u32,
    last: u32,
    /// Whether a plural behind it tells that it is one of several places.
    listed: bool,
    /// Whether it stands where news names the place it comes from: "ALEPPO — ".
    dateline: bool,
}

/// Mixes numbers into one; `kind` keeps the kinds of features apart.
#[inline(always)]
fn mix<const N: usize>(kind: u32, values: [u32; N]) -> u32 {
    let mut hash = u64::from(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51_7c_c1_b7_27_22_0a_95;
    for value in values {
        hash = (hash ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    hash as u32
}

/// A list of features, each of a kind of its own.
struct List<'o> {
    out: &'o mut Vec<u32>,
    /// That of the next.
    kind: u32,
}

impl List<'_> {
    /// Adds a feature. In line, because it then is known beforehand how many values there are and, mostly, of which kind it is.
    #[inline(always)]
    fn put<const N: usize>(&mut self, values: [u32; N]) {
        self.out.push(mix(self.kind, values));
        self.kind += 1;
    }
}

/// Stands for what is beyond the sentence.
const BEYOND: u32 = 0x5bd1_e995;

impl<'v, 't> View<'v, 't> {
    /// Looks at a document whose names of the gazetteer are `found`; `odds` tells of each what the rules make of it.
    pub fn of(words: &'v Words<'t>, styles: &'v [Style], found: &[GazetteerMatch<'_>], odds: &[f64]) -> Self {
        let runs = runs(words);
        let gazetted = Gazetted::of(words, found, odds);
        let uses = Uses::of(words, styles, found, odds);
        View { words, styles, gazetted, uses, runs }
    }

    fn sentence_of(&self, at: usize) -> usize {
        self.words.tokens.get(at).map_or(usize::MAX, |token| token.sentence)
    }

    /// The token `by` places from `at`, if it is in the same sentence.
    fn beside(&self, at: usize, by: isize) -> Option<usize> {
        let other = at.checked_add_signed(by)?;
        (self.sentence_of(other) == self.sentence_of(at)).then_some(other)
    }

    fn word(&self, at: Option<usize>) -> u32 {
        at.map_or(BEYOND, |at| self.words.hash(at))
    }

    fn roles(&self, at: Option<usize>) -> u32 {
        at.map_or(BEYOND, |at| self.words.roles(at).bits())
    }

    fn shape(&self, at: Option<usize>) -> u32 {
        let Some(token) = at.and_then(|at| self.words.tokens.get(at)) else { return BEYOND };
        let length = (token.end - token.start).min(4) as u32;
        let case = match token.case {
            Case::Lower => 0,
            Case::Capitalised => 1,
            Case::Upper => 2,
            Case::None => 3,
        };
        let has = |characters| at.is_some_and(|at| self.words.has(at, characters));
        let dotted = u32::from(token.kind == Kind::Word && has(Characters::Stop));
        let digits = u32::from(has(Characters::Digit));
        // "McKinley", "YouTube".
        let inner = u32::from(case == 1 && has(Characters::InnerCapital));
        (token.kind as u32) | case << 4 | length << 6 | dotted << 10 | digits << 11 | inner << 12
    }

    /// Appends the features of a token.
    pub fn features(&self, at: usize, out: &mut Vec<u32>) {
        let (words, names) = (self.words, &self.gazetted);
        let token = &words.tokens[at];
        let style =
            self.styles.get(token.sentence).copied().unwrap_or(Style::Normal) as u32 * 2 + u32::from(token.opens);
        let [b2, b1, a1, a2] = [-2, -1, 1, 2].map(|by| self.beside(at, by));
        let here = Some(at);
        let mut list = List { out, kind: 0 };
        let [w2, w1, w, v1, v2] = [b2, b1, here, a1, a2].map(|at| self.word(at));
        list.put([]);
        list.put([w]);
        list.put([w1]);
        list.put([v1]);
        list.put([w2]);
        list.put([v2]);
        list.put([w1, w]);
        list.put([w, v1]);
        list.put([w2, w1]);
        list.put([v1, v2]);
        let [s1, s, t1] = [b1, here, a1].map(|at| self.shape(at));
        list.put([s, style]);
        list.put([s1, s, t1]);
        let folded = words.folded(at);
        let bytes = folded.as_bytes();
        let affix = |bytes: Option<&[u8]>| {
            bytes.map_or(0, |b| b.iter().fold(b.len() as u32, |h, &b| h << 8 ^ h >> 24 ^ u32::from(b)))
        };
        list.put([affix(bytes.len().checked_sub(3).map(|from| &bytes[from..]))]);
        list.put([affix(bytes.len().checked_sub(4).map(|from| &bytes[from..])), s]);
        list.put([affix(bytes.get(..3))]);
        let [r2, r1, r, q1, q2] = [b2, b1, here, a1, a2].map(|at| self.roles(at));
        list.put([r, style]);
        list.put([r, s]);
        list.put([r2, r1]);
        list.put([q1, q2]);
        list.put([r1, r]);
        list.put([r, q1]);
        list.put([r1, r, q1]);
        let name = names.at(at);
        let [g1, g, h1] = [b1, here, a1].map(|at| at.map_or(BEYOND, |at| names.at(at).coarse));
        list.put([name.fine, style]);
        list.put([g, w1]);
        list.put([g, v1]);
        list.put([g, r]);
        list.put([g1, g, h1]);
        list.put([g, s, style]);
        list.put([name.odds, name.position, style]);
        if name.position > 0 {
            let before = self.beside(name.first as usize, -1);
            let after = self.beside(name.last as usize, 1);
            let after2 = self.beside(name.last as usize, 2);
            let (rb, ra) = (self.roles(before), self.roles(after));
            list.put([name.position, self.word(before), name.sort]);
            list.put([name.position, self.word(after), name.sort]);
            list.put([g, rb, ra]);
            list.put([g, self.shape(before), self.shape(after)]);
            list.put([name.position, self.word(after), self.word(after2)]);
            list.put([g, after2.map_or(0, |at| names.at(at).coarse), self.word(after)]);
            list.put([name.name, name.position]);
            // Whether the name is the whole run of words with capitals, or which end of it.
            let run = self.runs[name.first as usize];
            let covers = u32::from(run.first == name.first) | u32::from(run.last == name.last) << 1;
            list.put([g, covers, style]);
            list.put([g, covers, self.roles(Some(run.last as usize))]);
            list.put([g, covers, self.word(Some(run.last as usize))]);
        }
        list.kind = 64;
        let run = self.runs[at];
        if run.last >= run.first && words.has_capital(at) {
            let (first, last) = (run.first as usize, run.last as usize);
            let position = u32::from(at == first) | u32::from(at == last) << 1 | ((last - first).min(3) as u32) << 2;
            let before = self.beside(first, -1);
            let after = self.beside(last, 1);
            list.put([position, style]);
            list.put([position, self.word(Some(last))]);
            list.put([position, self.roles(Some(last))]);
            list.put([position, self.word(Some(first))]);
            list.put([position, self.roles(Some(first))]);
            list.put([position, self.word(before)]);
            list.put([position, self.word(after)]);
            list.put([position, g, self.roles(before), self.roles(after)]);
            list.put([self.word(Some(last)), g]);
            if run.listed {
                list.out.push(mix(80, [g, position]));
            }
            if run.dateline {
                list.out.push(mix(81, [g, position]));
            }
        }
        list.kind = 96;
        let uses = self.uses.of_word(words.which(at));
        list.put([uses]);
        list.put([uses, g]);
        list.put([uses, s, r]);
        for bit in 0..super::document::BITS {
            if uses >> bit & 1 == 1 {
                list.out.push(mix(100 + bit, [g]));
            }
        }
    }
}

/// The run of each token.
fn runs(words: &Words) -> Vec<Run> {
    let mut runs = vec![Run { first: 1, ..Run::default() }; words.tokens.len()];
    let mut at = 0;
    while at < words.tokens.len() {
        if !words.has_capital(at) {
            at += 1;
            continue;
        }
        let mut last = at;
        while let Some(next) = words.next(last).filter(|&next| words.has_capital(next)) {
            last = next;
        }
        let run = Run {
            first: at as u32,
            last: last as u32,
            listed: enumeration::plural_behind(words, last).is_some(),
            dateline: is_dateline(words, at, last),
        };
        runs[at..=last].fill(run);
        at = last + 1;
    }
    runs
}

/// Whether the words from `first` to `last` stand as a dateline: "ALEPPO, Syria", "FALLS VILLAGE—", "ATLANTA (AP)".
fn is_dateline(words: &Words, first: usize, last: usize) -> bool {
    let capitals = |at: usize| words.tokens[at].case == Case::Upper || !words.tokens[at].is_word();
    let (head, tail) = (&words.tokens[first], &words.tokens[last]);
    let mark = words.tokens.get(last + 1).filter(|mark| mark.sentence == tail.sentence);
    let ends = mark.is_some_and(|mark| match mark.kind {
        Kind::Comma | Kind::Hyphen => true,
        Kind::Mark => mark.of(words.text) == "(",
        _ => false,
    });
    ends && head.opens && tail.end - head.start > 3 && (first..=last).all(capitals)
}
