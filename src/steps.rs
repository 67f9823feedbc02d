//! The steps of the flow one by one, for `benches/flow.rs`. No part of the public interface: it may change at any time.

use crate::document::Document;
use crate::geoparser::{Geoparser, Parsed};
use crate::mention::{self, Mention};
use crate::relation;
use crate::resolve::{self, Settings};
use crate::text::{self, Words};
use toponym_languages::languages;

/// A document and what each step takes, computed beforehand so that a step can be timed alone.
pub struct Steps<'a> {
    geoparser: &'a Geoparser,
    document: &'a Document,
    words: Words<'a>,
    language: String,
    parsed: Parsed<'a>,
}

/// Mentions for [`Steps::resolve`], which uses them up.
pub struct Mentions<'a>(Vec<Mention<'a>>);

impl<'a> Steps<'a> {
    /// Runs all steps on a document. Its tokens are never freed, because the words borrow from them.
    pub fn new(geoparser: &'a Geoparser, document: &'a Document) -> Self {
        let (tokens, language) = mention::read_tokens(&document.text, document.lang.as_deref());
        let (words, language) = mention::read_words(&document.text, Box::leak(Box::new(tokens)), Some(&language));
        Steps { geoparser, document, words, language, parsed: geoparser.parse(document) }
    }

    /// Cuts the text into tokens and returns their number.
    pub fn tokenise(&self) -> usize {
        text::tokenise(&self.document.text, languages()).list.len()
    }

    /// Matches the gazetteer's names and returns their number.
    pub fn match_names(&self) -> usize {
        mention::names(&self.words, self.geoparser.resources().gazetteer()).len()
    }

    /// Recognises mentions.
    pub fn recognise(&self) -> Mentions<'a> {
        let resources = self.geoparser.resources();
        let (gazetteer, recogniser) = (resources.gazetteer(), resources.recogniser_for(&self.language));
        Mentions(mention::find(&self.words, gazetteer, recogniser, None).list)
    }

    /// Chooses a place for each mention and returns the number of choices.
    pub fn resolve(&self, mentions: Mentions<'a>) -> usize {
        let resources = self.geoparser.resources();
        let (gazetteer, resolver, settings) = (resources.gazetteer(), resources.resolver(), Settings::default());
        resolve::choose(gazetteer, self.document, &self.words, mentions.0, resolver, &settings).len()
    }

    /// Finds relative places and coordinates and returns their number.
    pub fn relate(&mut self) -> usize {
        let resources = self.geoparser.resources();
        let grammar = self.words.language().relations.as_ref();
        let Parsed { places, foci, .. } = &mut self.parsed;
        let (gazetteer, areas) = (resources.gazetteer(), resources.areas());
        relation::find(&self.words, grammar, places, foci.first(), gazetteer, areas).len()
    }
}

impl Mentions<'_> {
    /// Number of mentions.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}
