//! The labels of tokens, and which may follow which.

/// The number of labels: outside, and for each [`Class`] beginning and inside.
pub const LABELS: usize = 13;

/// [`LABELS`] rounded up to the width of a row of weights.
pub const LANES: usize = 16;

/// The label of a token that is in no name.
pub const OUTSIDE: usize = 0;

/// A set of labels: bit `n` stands for label `n`.
pub type LabelSet = u16;

/// What a name is the name of. The discriminant decides the labels of the class, so it must not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A place.
    Place = 0,
    /// A street, a building, a site.
    Facility = 1,
    /// An organisation, a team.
    Organisation = 2,
    /// A person.
    Person = 3,
    /// Anything else with a name: events, works, languages, peoples.
    Other = 4,
    /// A place inside the name of something else: the first word of "Aleppo University". The rest of that name continues after
    /// it.
    Embedded = 5,
}

impl Class {
    /// All classes, in the order of their labels.
    pub const ALL: [Class; 6] =
        [Class::Place, Class::Facility, Class::Organisation, Class::Person, Class::Other, Class::Embedded];

    /// A name for the class, for the fingerprint of models.
    pub fn name(self) -> &'static str {
        match self {
            Class::Place => "place",
            Class::Facility => "facility",
            Class::Organisation => "organisation",
            Class::Person => "person",
            Class::Other => "other",
            Class::Embedded => "embedded",
        }
    }

    /// The label of the first token of a name.
    pub fn begin(self) -> usize {
        2 * (self as usize) + 1
    }

    /// The label of each further token of a name.
    pub fn inside(self) -> usize {
        2 * (self as usize) + 2
    }

    /// The set of both labels.
    #[cfg(any(feature = "train", test))]
    pub fn both(self) -> LabelSet {
        1 << self.begin() | 1 << self.inside()
    }

    /// The class of a label, and whether it begins a name; `None` for [`OUTSIDE`].
    pub fn from_label(label: usize) -> Option<(Class, bool)> {
        let class = Class::ALL.get(label.checked_sub(1)? / 2)?;
        Some((*class, label % 2 == 1))
    }
}

/// Whether `next` may be the label of the token right after one labelled `label`.
pub fn may_follow(label: usize, next: usize) -> bool {
    match (Class::from_label(label), Class::from_label(next)) {
        (_, None | Some((_, true))) => true,
        (None, Some((_, false))) => false,
        (Some((a, _)), Some((b, false))) => a == b || a == Class::Embedded && b != Class::Place,
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, LABELS, OUTSIDE, may_follow};

    #[test]
    fn names_go_on_only_as_they_began() {
        assert!(may_follow(Class::Place.begin(), Class::Place.inside()));
        assert!(!may_follow(OUTSIDE, Class::Place.inside()));
        assert!(!may_follow(Class::Person.inside(), Class::Place.inside()));
        assert!(may_follow(Class::Embedded.begin(), Class::Organisation.inside()));
        assert!((0..LABELS).all(|label| may_follow(label, OUTSIDE)));
    }

    #[test]
    fn labels_and_classes_agree() {
        for class in Class::ALL {
            assert_eq!(Class::from_label(class.begin()), Some((class, true)));
            assert_eq!(Class::from_label(class.inside()), Some((class, false)));
        }
        assert_eq!(Class::from_label(OUTSIDE), None);
        assert_eq!(Class::ALL.len() * 2 + 1, LABELS);
    }
}
