//! Annotated text -> the labels that each of its tokens may have.

use crate::gazetteer::NameKind;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::tagger::Class;
use crate::mention::tagger::labels::{LabelSet, OUTSIDE};
use crate::text::Words;
use crate::text::lexicon::Roles;
use std::ops::Range;
use toponym_languages::languages;

/// A text with marked names.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Its names, in the order of the text.
    pub marks: Vec<Mark>,
    /// What is marked and what is not.
    pub scheme: Scheme,
}

/// A marked name.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it is the name of.
    pub class: Class,
    /// Whether it stands for people of the place; `None` where the annotators do not tell.
    pub metonymic: Option<bool>,
}

/// What the annotators mark.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    /// Names of all classes but those of the `absent` labels.
    Names {
        /// Labels of which nothing is known.
        absent: LabelSet,
    },
    /// Places alone, inside other names too; demonyms perhaps.
    Places {
        /// Whether streets and buildings are among them.
        facilities: bool,
    },
}

/// Of the marked places this share must be called streets for a corpus that marks streets.
const STREETS: f64 = 0.005;

/// Whether a corpus marks streets and buildings.
pub fn annotates_facilities(examples: &[Example]) -> bool {
    let names =
        examples.iter().flat_map(|example| example.marks.iter().filter_map(|m| example.text.get(m.range.clone())));
    let (mut all, mut streets) = (0.0, 0.0);
    for name in names {
        all += 1.0;
        let last = name.rsplit(' ').next().unwrap_or("");
        let street = name.contains(' ')
            && languages().default_language().roles(&crate::text::fold(last)).any(Roles::STREET_AFTER);
        streets += if street { 1.0 } else { 0.0 };
    }
    streets > STREETS * all
}

/// The labels that each token may have. `inside` tells of each of the gazetteer's names whether it stands inside the name
/// of something else.
pub fn allowed(example: &Example, words: &Words, found: &[GazetteerMatch<'_>], inside: &[bool]) -> Vec<LabelSet> {
    let outside: LabelSet = 1 << OUTSIDE;
    let (open, facilities) = match example.scheme {
        Scheme::Names { absent } => (outside | absent, false),
        Scheme::Places { facilities } => {
            let others = Class::Organisation.both() | Class::Person.both() | Class::Other.both();
            (outside | others | if facilities { 0 } else { Class::Facility.both() }, facilities)
        }
    };
    let mut allowed = vec![open; words.tokens.len()];
    for mark in &example.marks {
        let first = words.tokens.partition_point(|token| token.end <= mark.range.start);
        let end = words.tokens.partition_point(|token| token.start < mark.range.end);
        if first >= end {
            continue;
        }
        match example.scheme {
            Scheme::Names { absent } => {
                let facility = absent & Class::Facility.both() != 0 && mark.class == Class::Place;
                let classes = [Some(mark.class), Some(Class::Facility).filter(|_| facility)];
                set(&mut allowed[first..end], classes.into_iter().flatten());
                if matches!(mark.class, Class::Organisation | Class::Facility | Class::Other) {
                    open_embedded(&mut allowed, found, first..end);
                }
            }
            Scheme::Places { .. } => {
                let within = |name: &&GazetteerMatch<'_>| name.first >= first && name.last < end;
                let own = || found.iter().zip(inside).filter(|(name, _)| within(name));
                let demonym =
                    |name: &GazetteerMatch<'_>| name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
                if own().any(|(name, _)| name.first == first && name.last + 1 == end && demonym(name)) {
                    continue;
                }
                let embedded = mark.class == Class::Embedded
                    || own().any(|(name, inside)| *inside && name.first == first && name.last + 1 == end);
                let classes: &[Class] = match (embedded, facilities) {
                    (true, _) => &[Class::Embedded],
                    (false, true) => &[Class::Place, Class::Facility],
                    (false, false) => &[Class::Place],
                };
                set(&mut allowed[first..end], classes.iter().copied());
            }
        }
    }
    allowed
}

/// Allows a name of these classes, and nothing else.
fn set(allowed: &mut [LabelSet], classes: impl Iterator<Item = Class>) {
    let (begin, inside) = classes.fold((0, 0), |(b, i), class| (b | 1 << class.begin(), i | 1 << class.inside()));
    allowed.iter_mut().enumerate().for_each(|(at, set)| *set = if at == 0 { begin } else { inside });
}

/// Allows places inside a name: its annotators did not look for them.
fn open_embedded(allowed: &mut [LabelSet], found: &[GazetteerMatch<'_>], span: Range<usize>) {
    let within = |name: &&GazetteerMatch<'_>| name.first >= span.start && name.last < span.end;
    let shorter = |name: &&GazetteerMatch<'_>| name.last - name.first + 1 < span.len();
    for name in found.iter().filter(within).filter(shorter) {
        for (at, set) in allowed.iter_mut().enumerate().take(name.last + 1).skip(name.first) {
            *set |= 1 << if at == name.first { Class::Embedded.begin() } else { Class::Embedded.inside() };
        }
    }
}

/// Within a stretch, names begin as such even where their first word lies before it.
pub fn begin_afresh(allowed: &[LabelSet]) -> Vec<LabelSet> {
    let mut own = allowed.to_vec();
    let begins = |set: LabelSet| {
        Class::ALL
            .iter()
            .filter(|class| set >> class.inside() & 1 == 1)
            .fold(set, |set, class| set | 1 << class.begin())
    };
    if let Some(first) = own.first_mut() {
        *first = begins(*first);
    }
    own
}
