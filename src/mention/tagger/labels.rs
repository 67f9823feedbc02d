//! What the tagger says of a token, and which label may follow which.

/// Labels of a token: outside, or at the beginning or inside of a name of one of the [`Class`]es.
pub const LABELS: usize = 13;

/// Labels padded to what a row of weights holds.
pub const LANES: usize = 16;

/// In no name.
pub const OUTSIDE: usize = 0;

/// A set of labels, a bit each.
pub type LabelSet = u16;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A place.
    Place,
    /// A street, a building, a site.
    Facility,
    /// An organisation, a team.
    Organisation,
    /// A person.
    Person,
    /// Anything else with a name: events, works, languages, peoples.
    Other,
    /// A place inside the name of something else: the first word of "Aleppo University". What is left of that name goes
    /// on behind it.
    Embedded,
}

impl Class {
    /// All classes, in the order of their labels.
    pub const ALL: [Class; 6] =
        [Class::Place, Class::Facility, Class::Organisation, Class::Person, Class::Other, Class::Embedded];

    /// The label of the first token of a name.
    pub fn begin(self) -> usize {
        2 * (self as usize) + 1
    }

    /// The label of the further tokens of a name.
    pub fn inside(self) -> usize {
        2 * (self as usize) + 2
    }

    /// Both labels.
    #[cfg(any(feature = "train", test))]
    pub fn both(self) -> LabelSet {
        1 << self.begin() | 1 << self.inside()
    }

    /// The class of a label, and whether a name begins with it; `None` outside.
    pub fn of(label: usize) -> Option<(Class, bool)> {
        let class = Class::ALL.get(label.checked_sub(1)? / 2)?;
        Some((*class, label % 2 == 1))
    }
}

/// Whether `next` may stand right behind `label`.
pub fn may_follow(label: usize, next: usize) -> bool {
    match (Class::of(label), Class::of(next)) {
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
            assert_eq!(Class::of(class.begin()), Some((class, true)));
            assert_eq!(Class::of(class.inside()), Some((class, false)));
        }
        assert_eq!(Class::of(OUTSIDE), None);
        assert_eq!(Class::ALL.len() * 2 + 1, LABELS);
    }
}
