//! Annotated names of all kinds.

use std::ops::Range;

/// An annotated name of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldName {
    /// Its span in the text proper, in code points.
    pub span: Range<usize>,
    /// What it is the name of.
    pub kind: GoldKind,
}

/// What a name is the name of, in corpora that annotate names of all kinds. `docs/ANNOTATION.md` defines each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoldKind {
    /// A place that the name stands for.
    Place,
    /// A building or site that one can be at.
    Facility,
    /// A place whose name stands for its government, army or people.
    Metonym,
    /// A place inside the name of something else.
    Embedded,
    /// An adjective or people of a place.
    Demonym,
    /// A person.
    Person,
    /// A company, agency, party or other organisation.
    Organisation,
    /// A sports team.
    Team,
    /// A film, song, book or other work.
    Work,
    /// A vessel, aircraft, spacecraft or train.
    Ship,
    /// A brand, model, dish, breed or disease.
    Product,
    /// A storm, war, festival or treaty.
    Event,
    /// An animal with a name of its own.
    Animal,
    /// Anything else with a name.
    Other,
}

impl GoldKind {
    /// All kinds, with their names in marked texts.
    const NAMES: [(&str, GoldKind); 14] = [
        ("place", GoldKind::Place),
        ("facility", GoldKind::Facility),
        ("metonym", GoldKind::Metonym),
        ("embedded", GoldKind::Embedded),
        ("demonym", GoldKind::Demonym),
        ("person", GoldKind::Person),
        ("org", GoldKind::Organisation),
        ("team", GoldKind::Team),
        ("work", GoldKind::Work),
        ("ship", GoldKind::Ship),
        ("product", GoldKind::Product),
        ("event", GoldKind::Event),
        ("animal", GoldKind::Animal),
        ("other", GoldKind::Other),
    ];

    /// The kind with a name of marked texts, such as `org`.
    pub fn named(name: &str) -> Option<Self> {
        GoldKind::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// The name of the kind in marked texts.
    pub fn name(self) -> &'static str {
        GoldKind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether such a name is a mention of a place when demonyms are not counted.
    pub fn is_place(self) -> bool {
        matches!(self, GoldKind::Place | GoldKind::Facility | GoldKind::Metonym | GoldKind::Embedded)
    }

    /// Whether such a name has a place: a mention of one, or a demonym.
    pub fn has_place(self) -> bool {
        self.is_place() || self == GoldKind::Demonym
    }
}

#[cfg(test)]
mod tests {
    use super::GoldKind;

    #[test]
    fn kinds_have_names() {
        for (name, kind) in GoldKind::NAMES {
            assert_eq!((GoldKind::named(name), kind.name()), (Some(kind), name));
        }
        assert!(GoldKind::Demonym.has_place() && !GoldKind::Demonym.is_place() && !GoldKind::Team.has_place());
        assert_eq!(GoldKind::named("town"), None);
    }
}
