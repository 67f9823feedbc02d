//! The flow: document -> tokens -> mentions -> candidates -> places.

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::{Mention, Unplaced};
use crate::relation::Relative;
use crate::resolve::{Focus, Model, Resolved, Settings};
use crate::text::{CharOffsets, Tokens};
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
    model: &'g Model,
    settings: Settings,
}

/// A document and the places found in it.
pub struct Parsed<'d, 'g> {
    /// The document.
    pub document: &'d Document,
    /// Its tokens and sentences.
    pub tokens: Tokens,
    /// Its mentions, in the order of the text (if they were given, in that order), each with its place.
    pub places: Vec<Resolved<'g>>,
    /// The mentions that have no place, in the order of [`Unplaced::order`].
    pub unplaced: Vec<Unplaced>,
    /// Where it says relative to places, or in coordinates, in the order of the text.
    pub relations: Vec<Relative<'g>>,
    /// The place it is about, the first of [`Parsed::foci`]; `None` if it mentions none.
    pub focus: Option<Focus<'g>>,
    /// All places it is about, the one with most evidence first.
    pub foci: Vec<Focus<'g>>,
}

impl<'g> Geoparser<'g> {
    /// A geoparser that looks places up in this gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Geoparser { gazetteer, model: Model::embedded(), settings: Settings::default() }
    }

    /// The same with other settings of how places are chosen.
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The same with another model to choose places.
    pub fn with_model(mut self, model: &'g Model) -> Self {
        self.model = model;
        self
    }

    /// Finds the places that a document mentions.
    pub fn parse<'d>(&self, document: &'d Document) -> Parsed<'d, 'g> {
        let tokens = text::tokenise(&document.text);
        let mentions = mention::find(&document.text, &tokens, self.gazetteer);
        self.resolve(document, tokens, mentions.into_iter().enumerate().collect(), Vec::new())
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
    /// assert_eq!(parsed.places[1].place.id(), "geonames:170063");
    /// assert_eq!(parsed.places[0].form, toponym::candidate::Form::Locality, "no name of a place: somewhere near Aleppo");
    /// # Ok::<(), toponym::gazetteer::GazetteerError>(())
    /// ```
    pub fn resolve_given<'d>(&self, document: &'d Document, spans: &[Range<usize>]) -> Parsed<'d, 'g> {
        let tokens = text::tokenise(&document.text);
        let given = mention::given(&document.text, &tokens, self.gazetteer, spans);
        self.resolve(document, tokens, given.mentions, given.unplaced)
    }

    /// Places mentions, which stand in the order of the text, each with its number in the answer.
    fn resolve<'d>(
        &self,
        document: &'d Document,
        tokens: Tokens,
        mentions: Vec<(usize, Mention<'g>)>,
        mut unplaced: Vec<Unplaced>,
    ) -> Parsed<'d, 'g> {
        let (order, mentions): (Vec<usize>, Vec<_>) = mentions.into_iter().unzip();
        let choices = resolve::choose(self.gazetteer, document, mentions, self.model, &self.settings);
        let mut chars = CharOffsets::new(&document.text);
        let mut placed = Vec::with_capacity(choices.len());
        for (order, choice) in order.into_iter().zip(choices) {
            match choice {
                Ok(resolved) => placed.push((order, resolved)),
                Err((mention, reason)) => {
                    let span = chars.at(mention.start)..chars.at(mention.end);
                    unplaced.push(Unplaced { order, span, reason });
                }
            }
        }
        placed.sort_by_key(|(order, _)| *order);
        unplaced.sort_by_key(|unplaced| unplaced.order);
        let places: Vec<_> = placed.into_iter().map(|(_, resolved)| resolved).collect();
        let foci = resolve::focus(&places);
        Parsed { document, tokens, places, unplaced, relations: Vec::new(), focus: foci.first().copied(), foci }
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
