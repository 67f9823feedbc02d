//! Texts with given mentions, for the tests of this module.

use super::cluster::MentionCluster;
use super::home::Home;
use super::resolution_context::ResolutionContext;
use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::{Mention, given};
use crate::text::{Span, Tokens, Words, tokenise};
use toponym_languages::languages;

/// A text, read with the embedded gazetteer.
pub struct Scene {
    text: &'static str,
    tokens: Tokens,
    gazetteer: Gazetteer,
}

impl Scene {
    /// Reads an English text.
    pub fn new(text: &'static str) -> Self {
        let gazetteer = crate::embedded().expect("the embedded gazetteer opens");
        Scene { text, tokens: tokenise(text, languages()), gazetteer }
    }

    /// The text's words.
    pub fn words(&self) -> Words<'_> {
        Words::new(self.text, &self.tokens, languages().default_language())
    }

    /// The first mentions of these names, behind each other in the text.
    pub fn mentions(&self, names: &[&str]) -> Vec<Mention<'_>> {
        let mut from = 0;
        let spans = names.iter().map(|name| {
            let start = from + self.text[from..].find(name).unwrap_or_else(|| panic!("{name} is not in the text"));
            from = start + name.len();
            Span::new(start, from)
        });
        let spans: Vec<Span> = spans.collect();
        let given = given(&Document::new("", self.text), &self.tokens, &self.gazetteer, &spans);
        given.mentions.into_iter().map(|(_, mention)| mention).collect()
    }

    /// The context of these names, with nothing known of the document's home.
    pub fn context(&self, names: &[&str]) -> ResolutionContext<'_> {
        self.context_at_home(names, Home::default())
    }

    /// The context of these names in a document with a home.
    pub fn context_at_home<'s>(&'s self, names: &[&str], home: Home<'s>) -> ResolutionContext<'s> {
        ResolutionContext::new(&self.gazetteer, &self.words(), &self.mentions(names), home)
    }

    /// The clusters of these names before the first round.
    pub fn clusters(&self, names: &[&str]) -> Vec<MentionCluster<'_>> {
        self.context(names).clusters
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}
