//! The features of the tokens of a document, as hashes: the same for training and for tagging.
//!
//! No string is built: every feature mixes the number of its template with numbers that the words, the gazetteer's names and the
//! document give.

use super::codes;
use super::document::{Usage, Usages};
use super::names::{GazetteerNames, Position};
use super::runs::{Run, runs};
use super::segments;
use super::templates::Template;
use crate::mention::matcher::{GazetteerMatch, is_stem};
use crate::mention::style::Style;
use crate::text::{Case, Kind};
use crate::text::{Characters, Words, hash};
use std::ops::Range;

/// Which values the templates are filled with. Raise it whenever the test `features_are_those_that_models_were_trained_on` fails:
/// models trained before then no longer fit.
pub const REVISION: u32 = 1;

/// A document as the tagger sees it.
pub struct View<'v, 't> {
    words: &'v Words<'t>,
    styles: &'v [Style],
    names: GazetteerNames,
    usages: Usages,
    runs: Vec<Run>,
    segments: Vec<Range<usize>>,
}

/// Mixes the number of a template and values into one hash.
#[inline(always)]
fn mix<const N: usize>(template: u32, values: [u32; N]) -> u32 {
    let mut hash = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51_7c_c1_b7_27_22_0a_95;
    for value in values {
        hash = (hash ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    hash as u32
}

/// The features of a token.
struct Features<'o>(&'o mut Vec<u32>);

impl Features<'_> {
    /// Adds a feature. Inlined, so that the number of values and mostly the template are constants.
    #[inline(always)]
    fn put<const N: usize>(&mut self, template: Template, values: [u32; N]) {
        self.0.push(mix(template.number(), values));
    }
}

/// A token and its neighbours, as numbers: lists of five are of the tokens from two before to two after, lists of three from one
/// before to one after.
struct Around {
    /// The style of the sentence, and whether the token opens it.
    style: u32,
    words: [u32; 5],
    roles: [u32; 5],
    shapes: [u32; 3],
    /// Coarse descriptions of the names of the gazetteer that the tokens are part of.
    gazetteer: [u32; 3],
}

/// Stands for what is beyond the sentence.
const BEYOND: u32 = 0x5bd1_e995;

impl<'v, 't> View<'v, 't> {
    /// The view of a document, given the styles of its sentences, the names of the gazetteer in it and their rule scores in
    /// log-odds.
    pub fn new(words: &'v Words<'t>, styles: &'v [Style], found: &[GazetteerMatch<'_>], scores: &[f64]) -> Self {
        let runs = runs(words);
        let names = GazetteerNames::new(words, found, scores);
        let usages = Usages::new(words, styles, found, scores);
        let segments = segments::segments(words, styles, found);
        View { words, styles, names, usages, runs, segments }
    }

    /// The stretches of tokens in which names may stand; all other tokens are outside names.
    pub fn segments(&self) -> &[Range<usize>] {
        &self.segments
    }

    fn sentence_of(&self, at: usize) -> usize {
        self.words.tokens.get(at).map_or(usize::MAX, |token| token.sentence)
    }

    /// The token `offset` places from `at`, if it is in the same sentence.
    fn beside(&self, at: usize, offset: isize) -> Option<usize> {
        let other = at.checked_add_signed(offset)?;
        (self.sentence_of(other) == self.sentence_of(at)).then_some(other)
    }

    fn word(&self, at: Option<usize>) -> u32 {
        at.map_or(BEYOND, |at| self.words.hash(at))
    }

    fn roles(&self, at: Option<usize>) -> u32 {
        at.map_or(BEYOND, |at| codes::roles(self.words.roles(at)))
    }

    /// Kind, case, length up to 4 bytes, and whether a word has stops, digits or inner capitals ("McKinley", "YouTube").
    fn shape(&self, at: Option<usize>) -> u32 {
        let Some(token) = at.and_then(|at| self.words.tokens.get(at)) else { return BEYOND };
        let length = (token.end - token.start).min(4) as u32;
        let has = |characters| at.is_some_and(|at| self.words.has(at, characters));
        let dotted = u32::from(token.kind == Kind::Word && has(Characters::Stop));
        let digits = u32::from(has(Characters::Digit));
        let inner = u32::from(token.case == Case::Capitalised && has(Characters::InnerCapital));
        codes::token_kind(token.kind)
            | codes::case(token.case) << 4
            | length << 6
            | dotted << 10
            | digits << 11
            | inner << 12
    }

    /// Appends the features of a token.
    pub fn features(&self, at: usize, out: &mut Vec<u32>) {
        let around = self.around(at);
        let mut features = Features(out);
        self.put_words(at, &around, &mut features);
        self.put_stems(at, &around, &mut features);
        put_roles(&around, &mut features);
        self.put_gazetteer(at, &around, &mut features);
        self.put_name(at, &around, &mut features);
        self.put_run(at, &around, &mut features);
        self.put_usages(at, &around, &mut features);
    }

    /// What several templates need of a token and its neighbours.
    #[inline(always)]
    fn around(&self, at: usize) -> Around {
        let tokens @ [_, b1, _, a1, _] = [-2, -1, 0, 1, 2].map(|offset| self.beside(at, offset));
        let token = &self.words.tokens[at];
        let style = self.styles.get(token.sentence).copied().unwrap_or(Style::Normal);
        Around {
            style: codes::style(style) * 2 + u32::from(token.opens),
            words: tokens.map(|at| self.word(at)),
            roles: tokens.map(|at| self.roles(at)),
            shapes: [b1, Some(at), a1].map(|at| self.shape(at)),
            gazetteer: [b1, Some(at), a1].map(|at| at.map_or(BEYOND, |at| self.names.at(at).coarse)),
        }
    }

    /// The word, its neighbours, shapes and affixes.
    #[inline(always)]
    fn put_words(&self, at: usize, around: &Around, features: &mut Features<'_>) {
        let ([w2, w1, w, v1, v2], [s1, s, t1]) = (around.words, around.shapes);
        features.put(Template::Bias, []);
        features.put(Template::Word, [w]);
        features.put(Template::WordBefore, [w1]);
        features.put(Template::WordAfter, [v1]);
        features.put(Template::WordBefore2, [w2]);
        features.put(Template::WordAfter2, [v2]);
        features.put(Template::WordBeforeWord, [w1, w]);
        features.put(Template::WordWordAfter, [w, v1]);
        features.put(Template::WordsBefore, [w2, w1]);
        features.put(Template::WordsAfter, [v1, v2]);
        features.put(Template::ShapeStyle, [s, around.style]);
        features.put(Template::Shapes, [s1, s, t1]);
        let bytes = self.words.folded(at).as_bytes();
        let affix = |bytes: Option<&[u8]>| {
            bytes.map_or(0, |b| b.iter().fold(b.len() as u32, |h, &b| h << 8 ^ h >> 24 ^ u32::from(b)))
        };
        let suffix = |length: usize| affix(bytes.len().checked_sub(length).map(|from| &bytes[from..]));
        features.put(Template::Suffix3, [suffix(3)]);
        features.put(Template::Suffix4Shape, [suffix(4), s]);
        features.put(Template::Prefix3, [affix(bytes.get(..3))]);
    }

    /// The word without each proclitic that it may begin with: "and Aleppo" is one word in Arabic.
    #[inline(always)]
    fn put_stems(&self, at: usize, around: &Around, features: &mut Features<'_>) {
        let proclitics = &self.words.language().proclitics;
        if proclitics.is_empty() {
            return;
        }
        let (word, [_, g, _]) = (self.words.folded(at), around.gazetteer);
        features.put(Template::Stem, [hash(word) as u32]);
        for (proclitic, rest) in proclitics.behind(word).filter(|(_, rest)| is_stem(rest)) {
            features.put(Template::Stem, [hash(rest) as u32]);
            features.put(Template::Proclitic, [hash(proclitic) as u32, g]);
        }
    }

    /// What the gazetteer and the rules say of the word and its neighbours.
    #[inline(always)]
    fn put_gazetteer(&self, at: usize, around: &Around, features: &mut Features<'_>) {
        let ([g1, g, h1], name) = (around.gazetteer, self.names.at(at));
        let ([_, w1, _, v1, _], [_, _, r, _, _]) = (around.words, around.roles);
        features.put(Template::FineStyle, [name.fine, around.style]);
        features.put(Template::GazetteerWordBefore, [g, w1]);
        features.put(Template::GazetteerWordAfter, [g, v1]);
        features.put(Template::GazetteerRoles, [g, r]);
        features.put(Template::Gazetteer3, [g1, g, h1]);
        features.put(Template::GazetteerShapeStyle, [g, around.shapes[1], around.style]);
        features.put(Template::RuleScore, [name.score, name.position, around.style]);
    }

    /// The gazetteer's name that the token is part of, and what stands round the name.
    #[inline(always)]
    fn put_name(&self, at: usize, around: &Around, features: &mut Features<'_>) {
        let name = self.names.at(at);
        if name.position == Position::Outside.number() {
            return;
        }
        let (g, position) = (name.coarse, name.position);
        let before = self.beside(name.first as usize, -1);
        let [after, after2] = [1, 2].map(|offset| self.beside(name.last as usize, offset));
        features.put(Template::NameWordBefore, [position, self.word(before), name.place_type]);
        features.put(Template::NameWordAfter, [position, self.word(after), name.place_type]);
        features.put(Template::NameRolesRound, [g, self.roles(before), self.roles(after)]);
        features.put(Template::NameShapesRound, [g, self.shape(before), self.shape(after)]);
        features.put(Template::NameWordsAfter, [position, self.word(after), self.word(after2)]);
        let gazetteer_after2 = after2.map_or(0, |at| self.names.at(at).coarse);
        features.put(Template::NameAfterNext, [g, gazetteer_after2, self.word(after)]);
        features.put(Template::Name, [name.name, position]);
        // Whether the name is the whole run, its beginning or its end.
        let run = self.runs[name.first as usize];
        let ends = u32::from(run.first == name.first) | u32::from(run.last == name.last) << 1;
        let last = Some(run.last as usize);
        features.put(Template::NameInRunStyle, [g, ends, around.style]);
        features.put(Template::NameInRunRoles, [g, ends, self.roles(last)]);
        features.put(Template::NameInRunWord, [g, ends, self.word(last)]);
    }

    /// The run of words with capitals that the token is part of, and what stands round it.
    #[inline(always)]
    fn put_run(&self, at: usize, around: &Around, features: &mut Features<'_>) {
        let (run, [_, g, _]) = (self.runs[at], around.gazetteer);
        if !(run.is_some() && self.words.has_capital(at)) {
            return;
        }
        let (first, last) = (run.first as usize, run.last as usize);
        let position = u32::from(at == first) | u32::from(at == last) << 1 | ((last - first).min(3) as u32) << 2;
        let [before, after] = [self.beside(first, -1), self.beside(last, 1)];
        features.put(Template::RunStyle, [position, around.style]);
        features.put(Template::RunLastWord, [position, self.word(Some(last))]);
        features.put(Template::RunLastRoles, [position, self.roles(Some(last))]);
        features.put(Template::RunFirstWord, [position, self.word(Some(first))]);
        features.put(Template::RunFirstRoles, [position, self.roles(Some(first))]);
        features.put(Template::RunWordBefore, [position, self.word(before)]);
        features.put(Template::RunWordAfter, [position, self.word(after)]);
        features.put(Template::RunRolesRound, [position, g, self.roles(before), self.roles(after)]);
        features.put(Template::RunLastGazetteer, [self.word(Some(last)), g]);
        if run.enumerated {
            features.put(Template::RunInEnumeration, [g, position]);
        }
        if run.dateline {
            features.put(Template::RunInDateline, [g, position]);
        }
    }

    /// How the document uses the word elsewhere.
    #[inline(always)]
    fn put_usages(&self, at: usize, around: &Around, features: &mut Features<'_>) {
        let ([_, s, _], [_, _, r, _, _], [_, g, _]) = (around.shapes, around.roles, around.gazetteer);
        let usages = self.usages.of_word(self.words.which(at));
        features.put(Template::Usage, [usages]);
        features.put(Template::UsageGazetteer, [usages, g]);
        features.put(Template::UsageShapeRoles, [usages, s, r]);
        for (_, usage) in Usage::NUMBERS.iter().filter(|(_, usage)| usages >> usage & 1 == 1) {
            features.0.push(mix(Template::EachUsage.number() + usage, [g]));
        }
    }
}

/// What the lexicon says of the word and its neighbours.
#[inline(always)]
fn put_roles(around: &Around, features: &mut Features<'_>) {
    let [r2, r1, r, q1, q2] = around.roles;
    features.put(Template::RolesStyle, [r, around.style]);
    features.put(Template::RolesShape, [r, around.shapes[1]]);
    features.put(Template::RolesBefore, [r2, r1]);
    features.put(Template::RolesAfter, [q1, q2]);
    features.put(Template::RolesBeforeRoles, [r1, r]);
    features.put(Template::RolesRolesAfter, [r, q1]);
    features.put(Template::Roles3, [r1, r, q1]);
}

#[cfg(test)]
mod tests {
    use super::View;
    use crate::gazetteer::{Gazetteer, Index, IndexBuilder, Name, NameKind, PlaceRow};
    use crate::mention::matcher::longest_matches;
    use crate::mention::style;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn gazetteer() -> Gazetteer {
        let mut builder = IndexBuilder::new("test");
        let names = [
            ("Syria", "A.PCLI", "Syrian", NameKind::Demonym, 20_000_000),
            ("Peru", "A.PCLI", "Piruw", NameKind::Variant, 30_000_000),
            ("Nevada", "A.ADM1", "Nev.", NameKind::Shortening, 3_000_000),
            ("Clay", "A.ADM2", "CC", NameKind::Abbreviation, 200_000),
            ("Reno", "P.PPLA2", "Biggest Little City", NameKind::Colloquial, 250_000),
            ("Utah Lake", "H.LK", "Lake Timpanogos", NameKind::Historic, 0),
        ];
        for ((name, feature, other, kind, population), number) in names.into_iter().zip(1..) {
            let row = PlaceRow {
                id: format!("test:{number}"),
                name: name.to_owned(),
                names: vec![Name::new(other, kind)],
                feature: feature.to_owned(),
                lat: f64::from(number),
                lon: f64::from(number),
                population: Some(population),
                ..PlaceRow::default()
            };
            builder.add(row).expect("a sound row");
        }
        Gazetteer::new(vec![Index::from_vec(builder.finish().expect("an index")).expect("opens")])
    }

    #[test]
    fn features_are_those_that_models_were_trained_on() {
        let text = "RENO, Nev. (AP) — Mrs. Jordan Smith of the University of Utah left Bo McKinley's house in Barrow, Clay and \
            Madison counties on May 5.\n\nHEAVY RAIN IN PERU\n\nThe U.S. army told Syrian-born Jordan to reach Utah Lake, Peru \
            and 東京, she said; \"Reach T4!\"";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let (styles, gazetteer) = (style::sentence_styles(&words), gazetteer());
        let found = longest_matches(&words, &styles, &gazetteer);
        let names: Vec<&str> = found.iter().map(|name| &*name.name).collect();
        assert_eq!(names, ["reno", "nev", "clay", "peru", "syrian", "utah lake", "peru"]);
        let view = View::new(&words, &styles, &found, &[3.0, -3.0, 0.0, 1.0, 2.5, 4.0, 9.0]);
        let mut features = Vec::new();
        (0..tokens.list.len()).for_each(|at| view.features(at, &mut features));
        let hash = crc32fast::hash(bytemuck::cast_slice(&features));
        // If words of this text changed in the lexicon, only the new hash is needed: the fingerprint has a part for the lexicon.
        assert_eq!(
            hash, 2_712_393_551,
            "models no longer fit: raise `REVISION`, train the embedded one anew, change the hash"
        );
    }
}
