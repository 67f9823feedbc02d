//! A document as the grammar reads it: words by their numbers in the grammar, joining hyphens skipped, resolved mentions by their
//! first tokens.

use crate::resolve::Resolved;
use crate::text::language::relations::{OTHER, POSSESSIVE, Phrases, RelationGrammar, Word};
use crate::text::{Case, Kind, Token, Words, key};

/// A document's words and mentions, read by a grammar.
pub struct Reader<'t, 'g> {
    /// The words.
    pub words: &'t Words<'t>,
    /// The mentions with their places.
    pub places: &'t [Resolved<'g>],
    /// The grammar.
    pub grammar: &'t RelationGrammar,
    /// The mention that begins at each token.
    by_first: Vec<Option<u32>>,
    /// The number of each token's word in the grammar.
    numbers: Vec<Word>,
}

impl<'t, 'g> Reader<'t, 'g> {
    /// Reads a document. In sentences without a mention every word is [`OTHER`]: nothing there can be relative to a place.
    pub fn new(words: &'t Words<'t>, places: &'t [Resolved<'g>], grammar: &'t RelationGrammar) -> Self {
        let mut with_mention = vec![false; words.sentences.len()];
        for token in places.iter().filter_map(|resolved| words.tokens.get(resolved.mention.first)) {
            if let Some(sentence) = with_mention.get_mut(token.sentence) {
                *sentence = true;
            }
        }
        Self::with_sentences(words, places, grammar, |sentence| with_mention.get(sentence) == Some(&true))
    }

    /// Reads the sentences, given by their indexes, that `is_read` accepts.
    fn with_sentences(
        words: &'t Words<'t>,
        places: &'t [Resolved<'g>],
        grammar: &'t RelationGrammar,
        is_read: impl Fn(usize) -> bool,
    ) -> Self {
        let mut by_first = vec![None; words.tokens.len()];
        for (resolved, at) in places.iter().zip(0..) {
            if let Some(mention) = by_first.get_mut(resolved.mention.first) {
                *mention = Some(at);
            }
        }
        let mut known: Vec<Option<Word>> = vec![None; words.distinct()];
        let mut number = |at: usize| *known[words.which(at)].get_or_insert_with(|| number(words, grammar, at));
        let numbers = words.tokens.iter().enumerate().map(|(at, token)| match token.kind {
            _ if !is_read(token.sentence) => OTHER,
            Kind::Possessive => POSSESSIVE,
            _ => number(at),
        });
        Reader { numbers: numbers.collect(), words, places, grammar, by_first }
    }

    /// Reads every sentence.
    #[cfg(test)]
    pub fn of_all_sentences(words: &'t Words<'t>, grammar: &'t RelationGrammar) -> Self {
        Self::with_sentences(words, &[], grammar, |_| true)
    }

    /// The first byte of what is meant at a token: behind the proclitic that is no part of a name or of a word of the grammar.
    pub fn start(&self, at: usize) -> usize {
        let token = &self.words.tokens[at];
        if self.words.language().proclitics.is_empty() {
            return token.start;
        }
        if let Some(mention) = self.mention(at) {
            return self.places[mention].mention.start;
        }
        let alone = self.grammar.number(self.words.key(at)) == self.number(at);
        let behind = behind_proclitic(self.words, self.grammar, at).filter(|_| !alone);
        token.start + behind.map_or(0, |(proclitic, _)| proclitic.len())
    }

    /// A token; `None` past the end.
    pub fn token(&self, at: usize) -> Option<&'t Token> {
        self.words.tokens.get(at)
    }

    /// The number of a token's word in the grammar.
    pub fn number(&self, at: usize) -> Word {
        self.numbers.get(at).copied().unwrap_or(OTHER)
    }

    /// The index in `places` of the mention that begins at a token.
    pub fn mention(&self, at: usize) -> Option<usize> {
        self.by_first.get(at).copied().flatten().map(|mention| mention as usize)
    }

    /// A token as it is written; empty past the end.
    pub fn written(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |token| token.slice(self.words.text))
    }

    /// Whether a token is of a kind.
    pub fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.token(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether a token marks a genitive, as in "hour's" and "hours'".
    pub fn is_genitive(&self, at: usize) -> bool {
        self.is_kind(at, Kind::Possessive) || matches!(self.written(at), "'" | "’")
    }

    /// Whether two tokens are in one sentence.
    pub fn same_sentence(&self, one: usize, other: usize) -> bool {
        let sentence = |at: usize| self.token(at).map(|token| token.sentence);
        sentence(one).is_some() && sentence(one) == sentence(other)
    }

    /// The token after `at` if a hyphen that joins two words stands there; else `at`.
    pub fn skip_hyphen(&self, at: usize) -> usize {
        let tokens = self.words.tokens;
        let joins = at > 0
            && self.is_kind(at, Kind::Hyphen)
            && tokens[at - 1].end == tokens[at].start
            && tokens.get(at + 1).is_some_and(|next| next.start == tokens[at].end);
        if joins { at + 1 } else { at }
    }

    /// The value of the longest of some phrases that begins at a token, and the token after the phrase and a joining hyphen.
    pub fn phrase<T: Copy>(&self, at: usize, phrases: &Phrases<T>) -> Option<(T, usize)> {
        let first = self.token(at).filter(|token| token.is_word())?;
        phrases.beginning(self.number(at)).iter().find_map(|phrase| {
            let mut next = self.skip_hyphen(at + 1);
            for &word in &phrase.rest {
                if self.number(next) != word || self.words.tokens[next].sentence != first.sentence {
                    return None;
                }
                next = self.skip_hyphen(next + 1);
            }
            Some((phrase.value, next))
        })
    }

    /// Whether a token is written in small letters.
    pub fn is_lower(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.case == Case::Lower)
    }

    /// Whether a token is written in capitals throughout.
    pub fn is_upper(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            // A single capital counts as capitalised.
            token.case == Case::Upper || token.end - token.start == 1 && token.case == Case::Capitalised
        })
    }
}

/// The number of the word at a token, or of what is left of it behind a proclitic: the "north" of `وشمال`.
fn number(words: &Words<'_>, grammar: &RelationGrammar, at: usize) -> Word {
    match grammar.number(words.key(at)) {
        OTHER => behind_proclitic(words, grammar, at).map_or(OTHER, |(_, number)| number),
        number => number,
    }
}

/// The proclitic that a word of the grammar stands behind at a token, and the number of that word.
fn behind_proclitic(words: &Words<'_>, grammar: &RelationGrammar, at: usize) -> Option<(&'static str, Word)> {
    let written = words.tokens[at].slice(words.text);
    let behind = words.language().proclitics.behind(words.folded(at));
    let known = behind.map(|(proclitic, rest)| (proclitic, grammar.number(key(rest))));
    known.into_iter().find(|(proclitic, number)| *number != OTHER && written.starts_with(proclitic))
}
