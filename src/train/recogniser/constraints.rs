//! Annotated text -> the labels that each of its tokens may have.

use super::example::{Example, Mark, Scheme};
use crate::eval::GoldDocument;
use crate::gazetteer::NameKind;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::tagger::Class;
use crate::mention::tagger::labels::{LabelSet, OUTSIDE};
use crate::text::Words;
use crate::text::lexicon::Roles;
use std::ops::Range;
use toponym_languages::languages;

/// A corpus annotates streets if at least this share of its places is called a street.
const STREETS: f64 = 0.005;

/// Whether a corpus of places annotates streets and buildings, by the last words of its places.
pub fn annotates_facilities(documents: &[GoldDocument]) -> bool {
    let (mut all, mut streets) = (0.0, 0.0);
    for toponym in documents.iter().flat_map(|document| &document.toponyms) {
        let name = toponym.text.as_str();
        all += 1.0;
        let last = name.rsplit(' ').next().unwrap_or("");
        let street = name.contains(' ')
            && languages().default_language().roles(&crate::text::fold(last)).any(Roles::STREET_AFTER);
        streets += if street { 1.0 } else { 0.0 };
    }
    streets > STREETS * all
}

/// The labels that each token of an example may have, given the names of the gazetteer in it and for each of them whether it stands
/// inside the name of something else.
pub fn allowed(example: &Example, words: &Words, found: &[GazetteerMatch<'_>], inside: &[bool]) -> Vec<LabelSet> {
    let outside: LabelSet = 1 << OUTSIDE;
    let unmarked = match example.scheme {
        Scheme::Names { absent, .. } => outside | absent,
        Scheme::Places { facilities } => {
            let others = Class::Organisation.both() | Class::Person.both() | Class::Other.both();
            outside | others | if facilities { 0 } else { Class::Facility.both() }
        }
    };
    let mut allowed = vec![unmarked; words.tokens.len()];
    for mark in &example.marks {
        let first = words.tokens.partition_point(|token| token.end <= mark.range.start);
        let end = words.tokens.partition_point(|token| token.start < mark.range.end);
        if first >= end {
            continue;
        }
        match example.scheme {
            Scheme::Names { absent, embedded } => {
                // Where facilities are not a class of their own, annotators take them for places.
                let facility = absent & Class::Facility.both() != 0 && mark.class == Class::Place;
                allow_only(&mut allowed[first..end], mark.class);
                if facility {
                    allow_too(&mut allowed[first..end], Class::Facility);
                }
                if !embedded && mark.class == Class::Place {
                    allow_without_types(&mut allowed[first..end], words, first);
                }
                if !embedded && matches!(mark.class, Class::Organisation | Class::Facility | Class::Other) {
                    allow_embedded(&mut allowed, found, first..end);
                }
            }
            Scheme::Places { facilities } => {
                let Some(class) = class_of_place(mark, found, inside, first..end) else { continue };
                allow_only(&mut allowed[first..end], class);
                if class == Class::Place && facilities {
                    allow_too(&mut allowed[first..end], Class::Facility);
                }
            }
        }
    }
    allowed
}

/// Whether a mark of a corpus of places is a place or an embedded one; `None` for demonyms, which the tagger does not tag.
fn class_of_place(mark: &Mark, found: &[GazetteerMatch<'_>], inside: &[bool], span: Range<usize>) -> Option<Class> {
    let exact = |name: &GazetteerMatch<'_>| name.first == span.start && name.last + 1 == span.end;
    let demonym = |name: &GazetteerMatch<'_>| name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
    let own = found.iter().zip(inside).find(|(name, _)| exact(name));
    match own {
        Some((name, _)) if demonym(name) => None,
        Some((_, true)) => Some(Class::Embedded),
        _ => Some(if mark.class == Class::Embedded { Class::Embedded } else { Class::Place }),
    }
}

/// Allows a name of this class from the first token to the last, and nothing else.
fn allow_only(allowed: &mut [LabelSet], class: Class) {
    allowed.fill(0);
    allow_too(allowed, class);
}

/// Allows a name of this class from the first token to the last, too.
fn allow_too(allowed: &mut [LabelSet], class: Class) {
    for (at, set) in allowed.iter_mut().enumerate() {
        *set |= 1 << if at == 0 { class.begin() } else { class.inside() };
    }
}

/// Allows a place that is marked with its generic type to be one without it: annotators differ in whether it belongs to the name ("Landkreis
/// Vechta"), and documents show which habit is to be learned. `first` is the token that the name begins with.
fn allow_without_types(allowed: &mut [LabelSet], words: &Words, first: usize) {
    let name: Vec<u64> = (first..first + allowed.len()).map(|at| words.key(at)).collect();
    let (before, behind) = words.language().generic_types.around(&name);
    if before + behind >= name.len() {
        return;
    }
    let (types, rest) = allowed.split_at_mut(before);
    let (rest, more_types) = rest.split_at_mut(name.len() - before - behind);
    types.iter_mut().chain(more_types).for_each(|set| *set |= 1 << OUTSIDE);
    if before > 0 {
        rest[0] |= 1 << Class::Place.begin();
    }
}

/// Allows the names of the gazetteer inside a name to be embedded places: its annotators did not look for them.
fn allow_embedded(allowed: &mut [LabelSet], found: &[GazetteerMatch<'_>], span: Range<usize>) {
    let within = |name: &&GazetteerMatch<'_>| name.first >= span.start && name.last < span.end;
    let shorter = |name: &&GazetteerMatch<'_>| name.last - name.first + 1 < span.len();
    for name in found.iter().filter(within).filter(shorter) {
        allow_too(&mut allowed[name.first..=name.last], Class::Embedded);
    }
}

/// The labels that the tokens of a segment may have: names that begin before the segment begin with its first token.
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

#[cfg(test)]
mod tests {
    use super::{Class, Example, LabelSet, Mark, OUTSIDE, Scheme, allowed, begin_afresh};
    use crate::mention::TextAnalysis;
    use crate::mention::read_words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    const TEXT: &str = "The Aleppo University Orchestra met French firms in Homs.";
    const OUT: LabelSet = 1 << OUTSIDE;

    fn begin(class: Class) -> LabelSet {
        1 << class.begin()
    }

    fn inside(class: Class) -> LabelSet {
        1 << class.inside()
    }

    /// The labels allowed to the tokens of the text, given the names marked in it.
    fn labels(marks: &[(&str, Class)], scheme: Scheme) -> Vec<LabelSet> {
        let marks = marks.iter().map(|(name, class)| {
            let start = TEXT.find(name).expect("in the text");
            Mark::labelled(start..start + name.len(), *class)
        });
        let example = Example { text: TEXT.to_owned(), marks: marks.collect(), scheme, language: None };
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(TEXT, languages());
        let (words, _) = read_words(TEXT, &tokens, None);
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let inside: Vec<bool> = analysis.rule_scores.iter().map(|score| score.inside).collect();
        allowed(&example, analysis.words, &analysis.matches, &inside)
    }

    #[test]
    fn all_names_leave_nothing_open() {
        let marks =
            [("Aleppo University Orchestra", Class::Organisation), ("Aleppo", Class::Embedded), ("Homs", Class::Place)];
        let found = labels(&marks, Scheme::Names { absent: 0, embedded: true });
        let organisation = inside(Class::Organisation);
        let name = [begin(Class::Embedded), organisation, organisation];
        assert_eq!((found[0], &found[1..4], found[4], found[5]), (OUT, &name[..], OUT, OUT));
        assert_eq!(found[8], begin(Class::Place));
    }

    #[test]
    fn embedded_places_stay_open_where_nobody_marked_them() {
        let marks = [("Aleppo University Orchestra", Class::Organisation), ("Homs", Class::Place)];
        let absent = Class::Facility.both();
        let found = labels(&marks, Scheme::Names { absent, embedded: false });
        assert_eq!(found[1], begin(Class::Organisation) | begin(Class::Embedded));
        assert_eq!(found[3], inside(Class::Organisation));
        assert_eq!(found[0], OUT | absent, "it may be in a facility, which is no class of this corpus");
        assert_eq!(found[8], begin(Class::Place) | begin(Class::Facility));
    }

    #[test]
    fn a_generic_type_stays_open_where_corpora_differ() {
        let text = "In der Provinz Homs und am Fluss Orontes.";
        let mark = |name: &str| {
            let start = text.find(name).expect("in the text");
            Mark::labelled(start..start + name.len(), Class::Place)
        };
        let marks = vec![mark("Provinz Homs"), mark("Fluss Orontes")];
        let labels = |embedded| {
            let scheme = Scheme::Names { absent: 0, embedded };
            let language = Some("de".to_owned());
            let example = Example { text: text.to_owned(), marks: marks.clone(), scheme, language };
            let gazetteer = crate::embedded().expect("the embedded gazetteer");
            let tokens = tokenise(text, languages());
            let (words, _) = read_words(text, &tokens, Some("de"));
            let analysis = TextAnalysis::new(&words, &gazetteer);
            allowed(&example, analysis.words, &analysis.matches, &[])
        };
        let (starts, goes_on) = (begin(Class::Place), inside(Class::Place));
        assert_eq!(labels(false)[2..4], [starts | OUT, goes_on | starts]);
        assert_eq!(labels(true)[2..4], [starts, goes_on], "articles of our own say what they mean");
    }

    #[test]
    fn places_alone_leave_the_other_classes_open() {
        let marks = [("Aleppo", Class::Place), ("French", Class::Place), ("Homs", Class::Place)];
        let found = labels(&marks, Scheme::Places { facilities: true });
        let open = OUT | Class::Organisation.both() | Class::Person.both() | Class::Other.both();
        assert_eq!((found[0], found[2]), (open, open));
        assert_eq!(found[1], begin(Class::Embedded), "the rules see the organisation");
        assert_eq!(found[5], open, "a demonym is no place of the tagger's");
        assert_eq!(found[8], begin(Class::Place) | begin(Class::Facility));
    }

    #[test]
    fn a_segment_begins_names_afresh() {
        let own = begin_afresh(&[inside(Class::Person), inside(Class::Person)]);
        assert_eq!(own, [Class::Person.both(), inside(Class::Person)]);
    }
}
