//! The search for the longest name at a word, in all indexes of the gazetteer.

use super::GazetteerMatch;
use super::shared::SharedNames;
use super::steps::Steps;
use super::written::{written_as, written_as_name};
use crate::gazetteer::index::Posting;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKey, PlaceRef};
use crate::mention::style::Style;
use crate::text::{Case, Kind, Words};
use toponym_languages::languages;

/// No name has more tokens than this.
const MAX_TOKENS: usize = 14;

/// Of the places of one name in an index, no more than this are kept, the better known ones.
const MAX_SENSES: usize = 50;

/// Letters of the shortest name behind a proclitic; a shorter one may well be the end of another word.
const SHORTEST_BEHIND: usize = 3;

/// Whether what stands behind a proclitic is long enough to be a name.
pub fn is_stem(rest: &str) -> bool {
    rest.chars().nth(SHORTEST_BEHIND - 1).is_some()
}

/// The search for the names of a text.
pub struct Search<'s, 't, 'g> {
    pub(super) words: &'s Words<'t>,
    pub(super) gazetteer: &'g Gazetteer,
    /// The folded name of the walk at hand.
    name: String,
    /// What is fed to the walk next.
    joint: String,
    /// The longest name so far at a token.
    best: String,
    /// The postings of that name in each index that has it.
    postings: Vec<(u16, &'g [Posting])>,
    /// The places of the name at hand, each with what kind of name it is of the place.
    senses: Vec<(PlaceRef<'g>, NameKind)>,
    /// The names found so far.
    pub(super) names: SharedNames<'g>,
}

impl<'s, 't, 'g> Search<'s, 't, 'g> {
    /// A search in a text, before its first word.
    pub fn new(words: &'s Words<'t>, gazetteer: &'g Gazetteer) -> Self {
        let [name, joint, best] = [const { String::new() }; 3];
        let (postings, senses, names) = (Vec::new(), Vec::new(), SharedNames::default());
        Search { words, gazetteer, name, joint, best, postings, senses, names }
    }

    /// The longest name behind a proclitic, a short word that is written in one with it: the "and" of `وحلب`.
    pub fn behind_proclitic(&mut self, at: usize, style: Style) -> Option<GazetteerMatch<'g>> {
        let words = self.words;
        let token = &words.tokens[at];
        let (written, folded) = (token.slice(words.text), words.folded(at));
        if token.kind != Kind::Word || token.case != Case::None || written.is_ascii() {
            return None;
        }
        let behind = languages().behind_proclitics(folded);
        let mut as_written = behind.filter(|(proclitic, rest)| written.starts_with(proclitic) && is_stem(rest));
        as_written.find_map(|(proclitic, _)| self.longest(at, style, proclitic.len()))
    }

    /// The longest name at token `first` that is written as a name, without the first `prefix` bytes of the token.
    pub fn longest(&mut self, first: usize, style: Style, prefix: usize) -> Option<GazetteerMatch<'g>> {
        let (words, gazetteer) = (self.words, self.gazetteer);
        let mut best: Option<usize> = None;
        for (index, layer) in gazetteer.layers().iter().zip(0..).filter(|(_, layer)| gazetteer.tells_names(*layer)) {
            let word = words.folded(first);
            let walk = match word.get(prefix..) {
                Some(rest) if prefix > 0 => index.walk().going(rest),
                _ => index.walk_from(word, words.key(first)),
            };
            let Some(mut walk) = walk else { continue };
            self.name.clear();
            let (name, joint) = (&mut self.name, &mut self.joint);
            let mut steps = Steps::new(words, first, prefix, joint);
            while let Some(last) = steps.advance(&mut walk, name) {
                if last - first >= MAX_TOKENS {
                    break;
                }
                let (longer, same) = (best.is_none_or(|best| last > best), best == Some(last));
                if !(longer || same) || walk.postings().is_empty() || !written_as_name(words, first, last, style) {
                    continue;
                }
                let postings = (layer, walk.postings());
                if places(words, first, last, style, gazetteer, postings).next().is_none() {
                    continue;
                }
                if longer {
                    best = Some(last);
                    self.best.clone_from(name);
                    self.postings.clear();
                }
                self.postings.push(postings);
            }
        }
        let last = best?;
        // Behind the places of the indexes that tell names, whose prominence the recogniser looks at.
        let others = gazetteer.layers().iter().zip(0..).filter(|(_, layer)| !gazetteer.tells_names(*layer));
        self.postings.extend(others.map(|(index, layer)| (layer, index.named(&self.best))));
        let each = self.postings.iter().map(|&postings| places(words, first, last, style, gazetteer, postings));
        self.senses.clear();
        self.senses.extend(each.flat_map(|places| places.take(MAX_SENSES)));
        Some(GazetteerMatch::new(first, last, prefix, self.names.share(&self.best, &self.senses)))
    }
}

/// The places of an index that bear a name, written from token `first` to token `last` as that kind of name must be.
pub(super) fn places<'g>(
    words: &Words,
    first: usize,
    last: usize,
    style: Style,
    gazetteer: &'g Gazetteer,
    (layer, postings): (u16, &'g [Posting]),
) -> impl Iterator<Item = (PlaceRef<'g>, NameKind)> {
    postings.iter().filter_map(move |posting| {
        let place = gazetteer.place(PlaceKey { layer, ordinal: posting.place() })?;
        let kind = posting.kind();
        written_as(words, first, last, style, kind).then_some((place, kind))
    })
}
