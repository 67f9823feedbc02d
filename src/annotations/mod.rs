//! What a document becomes: everything that was found in it, owned, without lifetimes.

mod convert;
mod mention;

pub(crate) use convert::sentence_at;
pub use mention::{Alternative, Focus, Mention, Relative};

use crate::gazetteer::Attribution;
use crate::mention::{Kind, Recogniser};
use serde::{Deserialize, Serialize};

/// What was found in a document.
///
/// Serialised and read back, annotations are equal to what they were; their places then no longer refer to a gazetteer.
///
/// ```
/// use toponym::{Annotations, Document, Geoparser};
/// let document = Document::new("news", "Shells fell 20 km north of Aleppo.");
/// let annotations = Geoparser::embedded()?.annotate(&document);
/// let texts: Vec<_> = annotations.mentions.iter().map(|mention| mention.text(&document)).collect();
/// assert_eq!(texts, ["20 km north of Aleppo", "Aleppo"]);
/// let json = serde_json::to_string(&annotations)?;
/// assert_eq!(serde_json::from_str::<Annotations>(&json)?, annotations);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Annotations {
    /// Everything found: named places, mentions without a place, relative places, coordinates. They stand in the order
    /// of the text. Of given spans the answers stand in the order of the spans, one each, and relative places and
    /// coordinates, which have [`Mention::relative`], among them.
    pub mentions: Vec<Mention>,
    /// The places that the document is about, the one with most evidence first; none for a document without places.
    pub foci: Vec<Focus>,
    /// BCP 47 tag of the document's language, as the document says or as guessed from its words.
    pub language: Option<String>,
    /// What found the mentions; `None` when their spans were given.
    pub recogniser: Option<Recogniser>,
    /// Whose data the places rest on. Who shows the places must name them.
    pub attribution: Attribution,
}

impl Annotations {
    /// The place that the document is about, the first of [`Annotations::foci`].
    pub fn focus(&self) -> Option<&Focus> {
        self.foci.first()
    }

    /// Drops the mentions of other kinds than these. Spans that are no stretch of the text have no kind, and stay.
    pub fn keep_kinds(&mut self, kinds: &[Kind]) {
        self.mentions.retain(|mention| mention.is_outside_text() || kinds.contains(&mention.kind));
    }

    /// Drops the placed names that do not say where something is: those that stand for people ("Washington says"), and
    /// those by which a relative place is told ("Aleppo" in "northwest of Aleppo"); the relative place itself stays.
    pub fn keep_literal(&mut self) {
        self.mentions.retain(|mention| mention.place.is_none() || !mention.metonymic && !mention.modified);
    }
}
