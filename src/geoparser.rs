//! The flow: document -> tokens -> mentions -> candidates -> places -> relative places -> annotations.

use crate::annotations::Annotations;
use crate::document::Document;
use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::mention::{Mention, Recogniser, Unplaced};
use crate::relation::Relative;
use crate::resolve::{Focus, Hint, Resolved, Settings};
use crate::resources::Resources;
use crate::text::{Span, Tokens, Words};
use crate::{mention, relation, resolve};
use std::collections::HashMap;
use std::sync::Arc;
use toponym_languages::languages;

/// Finds the places that documents mention. It owns what it needs: it can be stored in a struct, cloned at the cost of
/// a reference count, and used on many threads at once.
///
/// ```
/// use toponym::{Document, Geoparser};
/// let geoparser = Geoparser::embedded()?;
/// let document = Document::new("news", "Militias left the district of Sheikh Maqsoud in Aleppo, Syria.");
/// let annotations = geoparser.annotate(&document);
/// let names = annotations.mentions.iter().filter_map(|mention| Some(mention.place.as_ref()?.name()));
/// assert_eq!(names.collect::<Vec<_>>(), ["Sheikh Maqsoud", "Aleppo", "Syria"]);
/// # Ok::<(), toponym::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Geoparser {
    resources: Arc<Resources>,
    min_confidence: Option<f64>,
    min_place_confidence: Option<f64>,
    languages: Vec<String>,
    settings: Settings,
    /// Whether names that the gazetteer does not know are placed where a document seems to put them.
    places_unknown: bool,
}

/// What the steps found in a document; it borrows from the gazetteer.
#[derive(Default)]
pub(crate) struct Parsed<'g> {
    /// Tokens and sentences.
    pub tokens: Tokens,
    /// The mentions with a place, in the order of the text or, if they were given, in that order.
    pub places: Vec<Resolved<'g>>,
    /// The mentions without a place, in the order of [`Unplaced::order`].
    pub unplaced: Vec<Unplaced>,
    /// Relative places and coordinates, in the order of the text.
    pub relations: Vec<Relative<'g>>,
    /// The places that the document is about, the one with most evidence first.
    pub foci: Vec<Focus<'g>>,
    /// BCP 47 tag of the language, as told or guessed.
    pub language: Option<String>,
    /// What found the mentions; `None` when they were given.
    pub recogniser: Option<Recogniser>,
}

impl Parsed<'_> {
    /// Leaves out what has a confidence below this. The mentions were found in the order of the text.
    fn leave_out_below(&mut self, confidence: f64) {
        let Parsed { places, unplaced, .. } = self;
        places.retain(|resolved| resolved.confidence >= confidence);
        unplaced.retain(|unplaced| unplaced.probability >= confidence);
        for (at, unplaced) in unplaced.iter_mut().enumerate() {
            unplaced.order = at + places.partition_point(|resolved| resolved.mention.start < unplaced.span.start);
        }
    }
}

/// Answers with a lower confidence are left out unless their user says otherwise: of those on texts that were not learned from fewer
/// than one in ten is right (`docs/ACCURACY.md`).
const MIN_PLACE_CONFIDENCE: f64 = 0.2;

/// The same of names that no gazetteer knows: below this, half of those in `data/corpus` are no places or lie elsewhere.
const MIN_UNKNOWN_CONFIDENCE: f64 = 0.25;

/// Whether a gazetteer knows what is where in the world: it has India, China and the United States.
fn has_countries(gazetteer: &Gazetteer) -> bool {
    ["geonames:1269750", "geonames:1814991", "geonames:6252001"].into_iter().all(|id| gazetteer.by_id(id).is_some())
}

impl Geoparser {
    /// A geoparser with the gazetteer and the models that are compiled into the library.
    ///
    /// # Errors
    /// Never in a sound build; the error says what is wrong with what is embedded.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Geoparser::new(Resources::embedded()?))
    }

    /// A geoparser with these resources, which others may share. With a gazetteer that has the countries of the world, a name that it
    /// does not know is placed where the document seems to put it ([`Form::Locality`](crate::Form)); beside a list of one's own places
    /// alone most names are unknown, and stay without a place.
    pub fn new(resources: impl Into<Arc<Resources>>) -> Self {
        let resources = resources.into();
        let places_unknown = has_countries(resources.gazetteer());
        Geoparser {
            resources,
            min_confidence: None,
            min_place_confidence: None,
            languages: Vec::new(),
            settings: Settings::default(),
            places_unknown,
        }
    }

    /// The same with another threshold: what has a confidence below this, 0 to 1, is dropped; the confidence of a mention without a place
    /// is the probability that it is one. `None` is the threshold that the recogniser does best with.
    pub fn with_min_confidence(self, min_confidence: Option<f64>) -> Self {
        Geoparser { min_confidence, ..self }
    }

    /// The same, knowing the languages that documents are in, as BCP 47 tags: a document that does not say its language
    /// and looks like another is read as in the first of these. Without any, the language is identified.
    ///
    /// ```
    /// use toponym::{Document, Geoparser};
    /// let document = Document::new("1", "Les rebelles ont quitté Alep.");
    /// let geoparser = Geoparser::embedded()?;
    /// let language = |geoparser: Geoparser| geoparser.annotate(&document).language;
    /// assert_eq!(language(geoparser.clone()).as_deref(), Some("fr"));
    /// assert_eq!(language(geoparser.clone().with_languages(["de", "fr"])).as_deref(), Some("fr"));
    /// assert_eq!(language(geoparser.with_languages(["de", "en"])).as_deref(), Some("de"));
    /// # Ok::<(), toponym::Error>(())
    /// ```
    pub fn with_languages(self, languages: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Geoparser { languages: languages.into_iter().map(Into::into).collect(), ..self }
    }

    /// The same with another threshold of places: a mention whose confidence, 0 to 1, is below this stays without a
    /// place, and has a reason. `None`, the default, is 0.2 for names that are found, because answers below that are mostly
    /// wrong (`docs/ACCURACY.md`), 0.25 for those that no gazetteer knows, and 0 for given ones, each of which is answered.
    pub fn with_min_place_confidence(self, min_place_confidence: impl Into<Option<f64>>) -> Self {
        Geoparser { min_place_confidence: min_place_confidence.into(), ..self }
    }

    /// The same with a hint of where documents are about, so that places there are preferred.
    pub fn with_hint(mut self, hint: Option<Hint>) -> Self {
        self.settings.hint = hint;
        self
    }

    /// The same, saying or not what spoke for the alternatives of each mention
    /// ([`Alternative::why`](crate::Alternative::why)). It takes time and is off by default.
    pub fn with_explanations(mut self, explain: bool) -> Self {
        self.settings.explain = explain;
        self
    }

    /// What the geoparser shares with others.
    pub fn resources(&self) -> &Arc<Resources> {
        &self.resources
    }

    /// Finds everything in a document that says where something is.
    pub fn annotate(&self, document: &Document) -> Annotations {
        self.owned(self.parse(document))
    }

    /// Decides which places the mentions are that another recogniser has found, given in bytes of the document's text,
    /// in any order. Each is answered, in the order of the spans: with a place if the gazetteer has its name in any
    /// form, else with the place where the document puts it, else with a reason. Relative places at these mentions, and
    /// coordinates, are found too and stand among the answers; they have
    /// [`Mention::relative`](crate::Mention::relative). What else the text mentions tells which places these are, but
    /// is not answered. [`Document::byte_spans`] turns code points into spans.
    ///
    /// ```
    /// use toponym::{Document, Form, Geoparser, Span};
    /// let document = Document::new("news", "aleppo and xyzzy");
    /// let annotations = Geoparser::embedded()?.resolve(&document, &[Span::new(11, 16), Span::new(0, 6)]);
    /// let [xyzzy, aleppo] = &annotations.mentions[..] else { panic!("two answers") };
    /// assert_eq!(aleppo.place.as_ref().map(|place| place.id()).as_deref(), Some("geonames:170063"));
    /// assert_eq!(xyzzy.form, Some(Form::Locality), "no name of a place: somewhere near Aleppo");
    /// # Ok::<(), toponym::Error>(())
    /// ```
    pub fn resolve(&self, document: &Document, spans: &[Span]) -> Annotations {
        self.owned(self.parse_given(document, spans))
    }

    /// The tokens of a document, and its language: the one that it states, else the one that is identified, or the first of those
    /// that documents may be in.
    fn read_tokens(&self, document: &Document) -> (Tokens, String) {
        let (tokens, language) = mention::read_tokens(&document.text, document.lang.as_deref());
        match self.languages.first() {
            Some(first) if document.lang.is_none() && !self.languages.contains(&language) => {
                mention::read_tokens(&document.text, Some(first))
            }
            _ => (tokens, language),
        }
    }

    /// The least confidence of a place, by default this: whoever asks for less certain answers gets them with their places.
    fn least_place_confidence(&self, default: f64) -> f64 {
        let asked = self.min_confidence.unwrap_or(1.0);
        self.min_place_confidence.unwrap_or(default.min(asked))
    }

    fn owned(&self, parsed: Parsed<'_>) -> Annotations {
        Annotations::from_parsed(parsed, self.resources.gazetteer().attribution().clone())
    }

    /// All steps on a document.
    pub(crate) fn parse(&self, document: &Document) -> Parsed<'_> {
        let (tokens, language) = self.read_tokens(document);
        let (words, _) = mention::read_words(&document.text, &tokens, Some(&language));
        let (gazetteer, recogniser) = (self.resources.gazetteer(), self.resources.recogniser_for(&language));
        let found = mention::find(&words, gazetteer, recogniser, self.min_confidence);
        let mentions = found.list.into_iter().enumerate().map(|(order, mention)| (Some(order), mention)).collect();
        let least_confidence = self.least_place_confidence(MIN_PLACE_CONFIDENCE);
        let least_unknown = match self.places_unknown {
            true => self.least_place_confidence(MIN_UNKNOWN_CONFIDENCE),
            false => f64::INFINITY,
        };
        let settings = Settings { least_confidence, least_unknown, ..self.settings.clone() };
        let mut parsed = self.choose(document, &words, mentions, Vec::new(), &settings);
        if let Some(least) = self.min_confidence {
            parsed.leave_out_below(least);
        }
        let Parsed { places, foci, .. } = &mut parsed;
        parsed.relations = self.relate(&words, &language, places, foci.first());
        Parsed { tokens, language: Some(language), recogniser: Some(found.recogniser), ..parsed }
    }

    /// All steps but recognition on a document whose mentions are given.
    fn parse_given(&self, document: &Document, spans: &[Span]) -> Parsed<'_> {
        let (tokens, language) = self.read_tokens(document);
        let (words, _) = mention::read_words(&document.text, &tokens, Some(&language));
        let (gazetteer, recogniser) = (self.resources.gazetteer(), self.resources.recogniser_for(&language));
        let given = given_in_context(document, &tokens, &words, spans, gazetteer, recogniser);
        // Each is to be answered.
        let least_confidence = self.min_place_confidence.unwrap_or(0.0);
        let settings = Settings { least_confidence, least_unknown: least_confidence, ..self.settings.clone() };
        let mut parsed = self.choose(document, &words, given.mentions, given.unplaced, &settings);
        let Parsed { places, foci, .. } = &mut parsed;
        parsed.relations = self.relate_given(&words, &language, places, foci.first());
        Parsed { tokens, language: Some(language), ..parsed }
    }

    /// Places mentions, which stand in the order of the text, each with its number in the answer; those without a number are not
    /// answered.
    fn choose<'g>(
        &'g self,
        document: &Document,
        words: &Words<'_>,
        mentions: Vec<(Option<usize>, Mention<'g>)>,
        mut unplaced: Vec<Unplaced>,
        settings: &Settings,
    ) -> Parsed<'g> {
        let (order, mentions): (Vec<Option<usize>>, Vec<_>) = mentions.into_iter().unzip();
        let (gazetteer, resolver) = (self.resources.gazetteer(), self.resources.resolver());
        let choices = resolve::choose(gazetteer, document, words, mentions, resolver, settings);
        let mut placed = Vec::with_capacity(choices.len());
        for (order, choice) in order.into_iter().zip(choices).filter_map(|(order, choice)| Some((order?, choice))) {
            match choice {
                Ok(resolved) => placed.push((order, resolved)),
                Err((Mention { start, end, kind, probability, .. }, reason)) => {
                    unplaced.push(Unplaced { order, span: Span::new(start, end), kind, probability, reason });
                }
            }
        }
        placed.sort_by_key(|(order, _)| *order);
        unplaced.sort_by_key(|unplaced| unplaced.order);
        let places: Vec<_> = placed.into_iter().map(|(_, resolved)| resolved).collect();
        let foci = resolve::focus(&places);
        Parsed {
            tokens: Tokens::default(),
            places,
            unplaced,
            relations: Vec::new(),
            foci,
            language: None,
            recogniser: None,
        }
    }

    /// Finds the relative places and the coordinates of a document, and marks the places that they are relative to.
    fn relate<'g>(
        &'g self,
        words: &Words<'_>,
        language: &str,
        places: &mut [Resolved<'g>],
        focus: Option<&Focus<'g>>,
    ) -> Vec<Relative<'g>> {
        let grammar = languages().pack(language).and_then(|pack| pack.relations.as_ref());
        let (gazetteer, areas) = (self.resources.gazetteer(), self.resources.areas());
        relation::find(words, grammar, places, focus, gazetteer, areas)
    }

    /// The same where mentions may stand in any order and overlap: the grammar reads the first of those that overlap,
    /// in the order of the text.
    fn relate_given<'g>(
        &'g self,
        words: &Words<'_>,
        language: &str,
        places: &mut [Resolved<'g>],
        focus: Option<&Focus<'g>>,
    ) -> Vec<Relative<'g>> {
        let mut apart: Vec<Resolved<'g>> = places.to_vec();
        apart.sort_by_key(|resolved| (resolved.mention.start, std::cmp::Reverse(resolved.mention.end)));
        let mut end = 0;
        apart.retain(|resolved| {
            let free = resolved.mention.start >= end;
            end = end.max(resolved.mention.end);
            free
        });
        let relations = self.relate(words, language, &mut apart, focus);
        let bytes = |resolved: &Resolved<'_>| (resolved.mention.start, resolved.mention.end);
        let known: HashMap<(usize, usize), &Resolved<'g>> = apart.iter().map(|own| (bytes(own), own)).collect();
        for resolved in places {
            if let Some(own) = known.get(&bytes(resolved)) {
                *resolved = (*own).clone();
            }
        }
        relations
    }
}

/// The mentions at given spans, among what else is found in a document: the mentions from which places are chosen, in answering
/// and in training.
pub(crate) fn given_in_context<'g>(
    document: &Document,
    tokens: &Tokens,
    words: &Words<'_>,
    spans: &[Span],
    gazetteer: &'g Gazetteer,
    recogniser: Option<&mention::Model>,
) -> mention::Given<'g> {
    let given = mention::given(document, tokens, gazetteer, spans);
    given.in_context(mention::find(words, gazetteer, recogniser, None).list)
}
