//! Templates and facts to sentences with what is expected in them.

use std::collections::HashMap;
use std::ops::Range;

/// What is expected of a name in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// It is the place at this point, within some kilometres, or has this id.
    Place { id: String, lat: f64, lon: f64, km: f64 },
    /// If it has a place at all, it lies within some kilometres of a point.
    Near { lat: f64, lon: f64, km: f64 },
    /// It is not a place.
    NoPlace,
    /// Nothing.
    Anything,
}

/// What a slot of a template is filled with.
#[derive(Clone, Debug)]
pub struct Filling {
    pub text: String,
    pub expected: Expected,
}

impl Filling {
    /// Text of which nothing is expected.
    pub fn plain(text: impl Into<String>) -> Self {
        Filling { text: text.into(), expected: Expected::Anything }
    }
}

/// What fills the slots of a template, by their names.
pub type Fillings = HashMap<&'static str, Filling>;

/// A sentence and what is expected at its byte ranges.
#[derive(Debug)]
pub struct Sentence {
    pub text: String,
    pub expectations: Vec<(Range<usize>, Expected)>,
}

/// Fills a template, in which `{name}` is a slot, `\n` a line break and `\t` a tab; `None` if a slot has no filling.
pub fn fill(template: &str, fillings: &Fillings) -> Option<Sentence> {
    let mut sentence = Sentence { text: String::new(), expectations: Vec::new() };
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (slot, behind) = behind.split_once('}').expect("every slot is closed");
        let filling = fillings.get(slot)?;
        sentence.text.push_str(&unescaped(before));
        let start = sentence.text.len();
        sentence.text.push_str(&filling.text);
        if filling.expected != Expected::Anything {
            sentence.expectations.push((start..sentence.text.len(), filling.expected.clone()));
        }
        rest = behind;
    }
    sentence.text.push_str(&unescaped(rest));
    Some(sentence)
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\t", "\t")
}

#[test]
fn slots_are_filled_and_their_places_noted() {
    let fillings = Fillings::from([
        ("a", Filling { text: "Ulm".into(), expected: Expected::NoPlace }),
        ("b", Filling::plain("B")),
    ]);
    let sentence = fill("To {a} or {b}\\n{a}.", &fillings).expect("both slots have fillings");
    assert_eq!(sentence.text, "To Ulm or B\nUlm.");
    assert_eq!(sentence.expectations.iter().map(|(range, _)| range.clone()).collect::<Vec<_>>(), [3..6, 12..15]);
    assert!(fill("{c}", &fillings).is_none());
}
