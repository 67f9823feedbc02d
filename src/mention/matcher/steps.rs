//! The words of a text, fed to a walk along the names of an index.

use crate::gazetteer::index::NameWalk;
use crate::text::{Kind, Words};

/// Feeds the words of a text to a walk along the names.
pub struct Steps<'w, 't> {
    words: &'w Words<'t>,
    first: usize,
    at: usize,
    /// Whether the word before is of a script without spaces.
    unspaced: bool,
    /// Bytes of the first token that belong to no name.
    prefix: usize,
    /// What is fed to the walk next.
    joint: &'w mut String,
}

impl<'w, 't> Steps<'w, 't> {
    /// Begins at token `first`, whose first `prefix` bytes belong to no name. `joint` is a buffer.
    pub fn new(words: &'w Words<'t>, first: usize, prefix: usize, joint: &'w mut String) -> Self {
        Steps { words, first, at: first, unspaced: false, prefix, joint }
    }

    /// Takes the walk to the end of the next word, which is appended to `name`, and returns that word's token; `None` when no
    /// name goes on there.
    pub fn advance(&mut self, walk: &mut NameWalk<'_>, name: &mut String) -> Option<usize> {
        let tokens = self.words.tokens;
        self.joint.clear();
        while let Some(token) = tokens.get(self.at).filter(|t| t.sentence == tokens[self.first].sentence) {
            let at = self.at;
            self.at += 1;
            let attached = at > self.first && tokens[at - 1].end == token.start;
            match token.kind {
                Kind::Word | Kind::Number | Kind::Unspaced => {
                    let unspaced = token.kind == Kind::Unspaced;
                    let goes_on = at > self.first;
                    // "Côte d'Ivoire", cut behind "d'", is folded to "cote divoire".
                    let elided = attached && tokens[at - 1].kind == Kind::Word;
                    if goes_on && !elided && !(unspaced && self.unspaced) {
                        self.joint.push(' ');
                    }
                    self.unspaced = unspaced;
                    let skipped = if goes_on { 0 } else { self.prefix };
                    self.joint.push_str(self.words.folded(at).get(skipped..).unwrap_or(""));
                    name.push_str(self.joint);
                    // The walk has been to the end of the first word.
                    return (!goes_on || walk.go(self.joint)).then_some(at);
                }
                // "King's Lynn" is folded to "kings lynn".
                Kind::Possessive => {
                    name.push('s');
                    return walk.go("s").then_some(at);
                }
                Kind::Hyphen if attached => {}
                // "St. Louis": the stop of an abbreviation.
                Kind::Stop if attached && token.end - token.start == 1 => {}
                Kind::Comma => self.joint.push(','),
                _ => return None,
            }
        }
        None
    }
}
