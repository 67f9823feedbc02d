//! The steps of the flow one by one, for `benches/flow.rs`. No part of the public interface: it may change at any time.

use crate::document::Document;
use crate::geoparser::{Geoparser, Parsed};
use crate::mention::{self, Mention};
use crate::relation;
use crate::resolve::{self, Settings};
use crate::text::{self, Tokens, Words};
use toponym_languages::languages;

/// A document and what each step takes, computed beforehand so that a step can be timed alone.
pub struct Steps<'a> {
    geoparser: &'a Geoparser,
    document: &'a Document,
    tokens: Tokens,
    parsed: Parsed<'a>,
}

/// Mentions for [`Steps::resolve`], which uses them up.
pub struct Mentions<'a>(Vec<Mention<'a>>);

impl<'a> Steps<'a> {
    /// Runs all steps on a document.
    pub fn new(geoparser: &'a Geoparser, document: &'a Document) -> Self {
        let tokens = text::tokenise(&document.text, languages());
        Steps { geoparser, document, tokens, parsed: geoparser.parse(document) }
    }

    /// Cuts the text into tokens and returns their number.
    pub fn tokenise(&self) -> usize {
        text::tokenise(&self.document.text, languages()).list.len()
    }

    /// Matches the gazetteer's names and returns their number.
    pub fn match_names(&self) -> usize {
        mention::names(&self.document.text, &self.tokens, self.geoparser.resources().gazetteer()).len()
    }

    /// Recognises mentions in what is taken for English.
    pub fn recognise(&self) -> Mentions<'a> {
        let resources = self.geoparser.resources();
        let (gazetteer, recogniser) = (resources.gazetteer(), resources.recogniser());
        Mentions(mention::find(&self.words(), "en", gazetteer, recogniser, None).list)
    }

    /// Chooses a place for each mention and returns the number of choices.
    pub fn resolve(&self, mentions: Mentions<'a>) -> usize {
        let resources = self.geoparser.resources();
        let settings = Settings::default();
        let (gazetteer, words) = (resources.gazetteer(), self.words());
        resolve::choose(gazetteer, self.document, &words, mentions.0, resources.resolver(), &settings).len()
    }

    /// Finds relative places and coordinates and returns their number.
    pub fn relate(&mut self) -> usize {
        let resources = self.geoparser.resources();
        let english = languages().default_language();
        let words = Words::new(&self.document.text, &self.tokens, english);
        let Parsed { places, foci, .. } = &mut self.parsed;
        let (gazetteer, areas) = (resources.gazetteer(), resources.areas());
        relation::find(&words, english.relations.as_ref(), places, foci.first(), gazetteer, areas).len()
    }

    /// The words, read as English.
    fn words(&self) -> Words<'_> {
        Words::new(&self.document.text, &self.tokens, languages().default_language())
    }
}

impl Mentions<'_> {
    /// Number of mentions.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}
