//! The flow: document -> tokens -> mentions -> candidates -> places -> relative places.

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Unplaced;
use crate::relation::Relative;
use crate::resolve::{Focus, Resolved};
use crate::text::Tokens;
use crate::{mention, relation, resolve, text};
use std::ops::Range;

/// Finds the places that documents mention.
///
/// ```
/// use toponym::{Document, Geoparser};
/// let gazetteer = toponym::embedded()?;
/// let geoparser = Geoparser::new(&gazetteer);
/// let article = Document::new("news", "Militias left the district of Sheikh Maqsoud in Aleppo, Syria.");
/// let parsed = geoparser.parse(&article);
/// let names: Vec<_> = parsed.places.iter().map(|p| p.place.name()).collect();
/// assert_eq!(names, ["Sheikh Maqsoud", "Aleppo", "Syria"]);
/// # Ok::<(), toponym::gazetteer::GazetteerError>(())
/// ```
#[derive(Clone)]
pub struct Geoparser<'g> {
    gazetteer: &'g Gazetteer,
}

/// A document and the places found in it.
pub struct Parsed<'d, 'g> {
    /// The document.
    pub document: &'d Document,
    /// Its tokens and sentences.
    pub tokens: Tokens,
    /// Its mentions, in the order of the text (if they were given, in that order), each with its place.
    pub places: Vec<Resolved<'g>>,
    /// The given mentions that have no place; empty after [`Geoparser::parse`].
    pub unplaced: Vec<Unplaced>,
    /// Where it says relative to places, or in coordinates, in the order of the text.
    pub relations: Vec<Relative<'g>>,
    /// The place it is about; `None` if it mentions none.
    pub focus: Option<Focus<'g>>,
}

impl<'g> Geoparser<'g> {
    /// A geoparser that looks places up in this gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Geoparser { gazetteer }
    }

    /// Finds the places that a document mentions.
    pub fn parse<'d>(&self, document: &'d Document) -> Parsed<'d, 'g> {
        let tokens = text::tokenise(&document.text);
        let mentions = mention::find(&document.text, &tokens, self.gazetteer);
        let mut places = resolve::choose(&document.text, mentions);
        let focus = resolve::focus(&places);
        let relations = relation::find(&document.text, &tokens, &mut places, focus.as_ref(), self.gazetteer);
        Parsed { document, tokens, places, unplaced: Vec::new(), relations, focus }
    }

    /// Decides which places the mentions are that another recogniser has found, given as ranges of code points of the
    /// text proper. Each is answered: with a place if the gazetteer has its name in any form, else among [`Parsed::unplaced`].
    ///
    /// ```
    /// use toponym::{Document, Geoparser};
    /// let gazetteer = toponym::embedded()?;
    /// let geoparser = Geoparser::new(&gazetteer);
    /// let article = Document::new("news", "aleppo and xyzzy");
    /// let parsed = geoparser.resolve_given(&article, &[11..16, 0..6]);
    /// assert_eq!(parsed.places[0].place.id(), "geonames:170063");
    /// assert_eq!(parsed.unplaced[0].reason.to_string(), "no place of this name is in the gazetteer");
    /// # Ok::<(), toponym::gazetteer::GazetteerError>(())
    /// ```
    pub fn resolve_given<'d>(&self, document: &'d Document, spans: &[Range<usize>]) -> Parsed<'d, 'g> {
        let tokens = text::tokenise(&document.text);
        // A title that stands before the text is not counted by whoever gave the spans.
        let before = document.text.get(..document.body).map_or(0, |title| title.chars().count());
        let moved = spans.iter().map(|span| span.start.saturating_add(before)..span.end.saturating_add(before));
        let mut given = mention::given(&document.text, &tokens, self.gazetteer, &moved.collect::<Vec<_>>());
        for unplaced in &mut given.unplaced {
            unplaced.span = spans.get(unplaced.order).cloned().unwrap_or_default();
        }
        let (order, mentions): (Vec<usize>, Vec<_>) = given.mentions.into_iter().unzip();
        let placed = resolve::choose(&document.text, mentions);
        let focus = resolve::focus(&placed);
        let mut placed: Vec<_> = order.into_iter().zip(placed).collect();
        placed.sort_by_key(|(order, _)| *order);
        let places = placed.into_iter().map(|(_, resolved)| resolved).collect();
        Parsed { document, tokens, places, unplaced: given.unplaced, relations: Vec::new(), focus }
    }
}

impl Parsed<'_, '_> {
    /// The sentence in which a mention stands, white space made single.
    pub fn sentence(&self, mention: &Resolved<'_>) -> String {
        self.sentence_at(mention.mention.start)
    }

    /// The sentence in which a byte of the text stands, white space made single.
    pub fn sentence_at(&self, byte: usize) -> String {
        let at = self.tokens.sentences.partition_point(|sentence| sentence.end <= byte);
        let range = self.tokens.sentences.get(at).cloned().unwrap_or(0..0);
        let sentence = self.document.text.get(range).unwrap_or("");
        sentence.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
