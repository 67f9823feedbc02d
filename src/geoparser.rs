//! The flow: document -> tokens -> mentions -> candidates -> places -> relative places.

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::{Mention, Recogniser, Unplaced};
use crate::relation::Relative;
use crate::resolve::{Focus, Model, Resolved, Settings};
use crate::text::{Tokens, Words};
use crate::{mention, relation, resolve, text};
use std::ops::Range;
use toponym_languages::languages;

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
    recogniser: Option<mention::Model>,
    min_confidence: Option<f64>,
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
    /// BCP 47 tag of its language, as told or guessed.
    pub language: Option<String>,
    /// What found the mentions; `None` when they were given.
    pub recogniser: Option<Recogniser>,
}

impl<'g> Geoparser<'g> {
    /// A geoparser that looks places up in this gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        let recogniser = crate::recogniser().ok();
        Geoparser {
            gazetteer,
            recogniser,
            min_confidence: None,
            model: Model::embedded(),
            settings: Settings::default(),
        }
    }

    /// The same with another recogniser than the embedded one, as `toponym train recogniser` makes them; `None` leaves
    /// recognition to the gazetteer and rules.
    pub fn with_recogniser(self, recogniser: Option<mention::Model>) -> Self {
        Geoparser { recogniser, ..self }
    }

    /// The same, dropping mentions that name a place with a probability below this, 0 to 1, instead of below what the
    /// recogniser does best with.
    pub fn with_min_confidence(self, min_confidence: Option<f64>) -> Self {
        Geoparser { min_confidence, ..self }
    }

    /// The same with other settings of how places are chosen.
    pub fn with_settings(self, settings: Settings) -> Self {
        Geoparser { settings, ..self }
    }

    /// The same with another model to choose places.
    pub fn with_model(self, model: &'g Model) -> Self {
        Geoparser { model, ..self }
    }

    /// Finds the places that a document mentions.
    pub fn parse<'d>(&self, document: &'d Document) -> Parsed<'d, 'g> {
        let tokens = text::tokenise(&document.text, languages());
        let (words, language) = read(document, &tokens);
        let found = self.find(&words, &language, self.min_confidence);
        let mentions = found.list.into_iter().enumerate().map(|(order, mention)| (Some(order), mention)).collect();
        let mut parsed = self.resolve(document, &words, mentions, Vec::new(), &[]);
        let grammar = languages().pack(&language).and_then(|pack| pack.relations.as_ref());
        let Parsed { places, focus, .. } = &mut parsed;
        parsed.relations = relation::find(&words, grammar, places, focus.as_ref(), self.gazetteer);
        Parsed { language: Some(language), recogniser: Some(found.recogniser), tokens, ..parsed }
    }

    /// Decides which places the mentions are that another recogniser has found, given as ranges of code points of the
    /// text proper. Each is answered: with a place if the gazetteer has its name in any form, else among [`Parsed::unplaced`].
    /// What else the text mentions is found too, and tells which places these are, but is not answered.
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
        let tokens = text::tokenise(&document.text, languages());
        let (words, language) = read(document, &tokens);
        let given = mention::given(document, &tokens, self.gazetteer, spans);
        let given = given.in_context(self.find(&words, &language, None).list);
        let parsed = self.resolve(document, &words, given.mentions, given.unplaced, spans);
        Parsed { tokens, ..parsed }
    }

    /// Finds the mentions of a document in a language.
    fn find(&self, words: &Words<'_>, language: &str, min_confidence: Option<f64>) -> mention::Mentions<'g> {
        mention::find(words, language, self.gazetteer, self.recogniser.as_ref(), min_confidence)
    }

    /// Places mentions, which stand in the order of the text, each with its number in the answer and so among `spans`, if
    /// they were given; those without a number are not answered.
    fn resolve<'d>(
        &self,
        document: &'d Document,
        words: &Words<'_>,
        mentions: Vec<(Option<usize>, Mention<'g>)>,
        mut unplaced: Vec<Unplaced>,
        spans: &[Range<usize>],
    ) -> Parsed<'d, 'g> {
        let (order, mentions): (Vec<Option<usize>>, Vec<_>) = mentions.into_iter().unzip();
        // Each mention that was given is to be answered.
        let place_unknown = self.settings.place_unknown || !spans.is_empty();
        let settings = Settings { place_unknown, ..self.settings.clone() };
        let choices = resolve::choose(self.gazetteer, document, words, mentions, self.model, &settings);
        let mut placed = Vec::with_capacity(choices.len());
        for (order, choice) in order.into_iter().zip(choices).filter_map(|(order, choice)| Some((order?, choice))) {
            match choice {
                Ok(resolved) => placed.push((order, resolved)),
                Err((mention, reason)) => {
                    let (bytes, given) = (Some(mention.start..mention.end), spans.get(order).cloned());
                    let (kind, probability) = (Some(mention.kind), Some(mention.probability));
                    unplaced.push(Unplaced { order, bytes, given, kind, probability, reason });
                }
            }
        }
        placed.sort_by_key(|(order, _)| *order);
        unplaced.sort_by_key(|unplaced| unplaced.order);
        let places: Vec<_> = placed.into_iter().map(|(_, resolved)| resolved).collect();
        let foci = resolve::focus(&places);
        Parsed {
            document,
            tokens: Tokens::default(),
            places,
            unplaced,
            relations: Vec::new(),
            focus: foci.first().copied(),
            foci,
            language: document.lang.clone(),
            recogniser: None,
        }
    }
}

/// The words of a document, read by its language, and the BCP 47 tag of that, as told or guessed.
pub(crate) fn read<'t>(document: &'t Document, tokens: &'t Tokens) -> (Words<'t>, String) {
    let mut words = Words::new(&document.text, tokens, languages().default_language());
    let language = document.lang.clone().unwrap_or_else(|| mention::guess_language(&words).to_owned());
    words.set_language(languages().for_tag(&language));
    (words, language)
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
