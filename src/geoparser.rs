//! The flow: document -> tokens -> mentions -> candidates -> places.

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::{Keep, Model, Recogniser, Unplaced};
use crate::relation::Relative;
use crate::resolve::{Focus, Resolved};
use crate::text::Tokens;
use crate::{mention, resolve, text};
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
    recogniser: Option<Model>,
    keep: Keep,
}

/// A document and the places found in it.
pub struct Parsed<'d, 'g> {
    /// The document.
    pub document: &'d Document,
    /// Its tokens and sentences.
    pub tokens: Tokens,
    /// Its mentions, in the order of the text (if they were given, in that order), each with its place.
    pub places: Vec<Resolved<'g>>,
    /// The mentions that have no place.
    pub unplaced: Vec<Unplaced>,
    /// Where it says relative to places, or in coordinates, in the order of the text.
    pub relations: Vec<Relative<'g>>,
    /// The place it is about; `None` if it mentions none.
    pub focus: Option<Focus<'g>>,
    /// BCP 47 tag of its language, as told or guessed.
    pub language: Option<String>,
    /// What found the mentions; `None` when they were given.
    pub recogniser: Option<Recogniser>,
}

impl<'g> Geoparser<'g> {
    /// A geoparser that looks places up in this gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Geoparser { gazetteer, recogniser: crate::recogniser().ok(), keep: Keep::default() }
    }

    /// The same with another recogniser than the embedded one, as `toponym train recogniser` makes them; `None` leaves
    /// recognition to the gazetteer and rules.
    pub fn with_recogniser(self, recogniser: Option<Model>) -> Self {
        Geoparser { recogniser, ..self }
    }

    /// The same, with only some of the mentions kept.
    pub fn keeping(self, keep: Keep) -> Self {
        Geoparser { keep, ..self }
    }

    /// Finds the places that a document mentions.
    pub fn parse<'d>(&self, document: &'d Document) -> Parsed<'d, 'g> {
        let tokens = text::tokenise(&document.text);
        let (model, language) = (self.recogniser.as_ref(), document.lang.as_deref());
        let found = mention::find(&document.text, language, &tokens, self.gazetteer, model, &self.keep);
        let (mentions, unplaced) = mention::apart(&document.text, found.list);
        let places = resolve::choose(&document.text, mentions);
        let focus = resolve::focus(&places);
        let (language, recogniser) = (Some(found.language), Some(found.recogniser));
        Parsed { document, tokens, places, unplaced, relations: Vec::new(), focus, language, recogniser }
    }

    /// Decides which places the mentions are that another recogniser has found, given as ranges of code points. Each is
    /// answered: with a place if the gazetteer has its name in any form, else among [`Parsed::unplaced`].
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
        let given = mention::given(&document.text, &tokens, self.gazetteer, spans);
        let (order, mentions): (Vec<usize>, Vec<_>) = given.mentions.into_iter().unzip();
        let placed = resolve::choose(&document.text, mentions);
        let focus = resolve::focus(&placed);
        let mut placed: Vec<_> = order.into_iter().zip(placed).collect();
        placed.sort_by_key(|(order, _)| *order);
        let places = placed.into_iter().map(|(_, resolved)| resolved).collect();
        let (language, unplaced) = (document.lang.clone(), given.unplaced);
        Parsed { document, tokens, places, unplaced, relations: Vec::new(), focus, language, recogniser: None }
    }
}

impl Parsed<'_, '_> {
    /// The sentence in which a mention stands, white space made single.
    pub fn sentence(&self, mention: &Resolved<'_>) -> String {
        let token = self.tokens.list.get(mention.mention.first);
        let range = token.and_then(|token| self.tokens.sentences.get(token.sentence)).cloned().unwrap_or(0..0);
        let sentence = self.document.text.get(range).unwrap_or("");
        sentence.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
