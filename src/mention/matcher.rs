//! The dictionary: the longest names of the gazetteer at the words of a text.

use super::style::Style;
use crate::gazetteer::index::{NameWalk, Posting};
use crate::gazetteer::{Gazetteer, NameKind, PlaceKey, PlaceRef};
use crate::text::Words;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind, Token};
use toponym_languages::languages;

/// A name of the gazetteer in the text.
pub struct GazetteerMatch<'g> {
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
    /// The folded name.
    pub name: String,
    /// The places that bear it.
    pub senses: Vec<(PlaceRef<'g>, NameKind)>,
    /// Bytes of its first token that belong to a word before it, written in one with it: the "and" of `وحلب`.
    pub prefix: usize,
}

/// No name has more tokens than this.
const LONGEST: usize = 14;

/// More places of one name than this cannot be told apart; the better known ones are kept.
const MOST_SENSES: usize = 50;

/// The longest name at each word, left to right, none overlapping the one before. A phrase that is never a place
/// ("al nusra") covers its words.
pub fn longest_matches<'g>(words: &Words, styles: &[Style], gazetteer: &'g Gazetteer) -> Vec<GazetteerMatch<'g>> {
    let mut found = Vec::new();
    let mut search = Search::of(words, gazetteer);
    let mut at = 0;
    while at < words.tokens.len() {
        let token = &words.tokens[at];
        let style = styles.get(token.sentence).copied().unwrap_or(Style::Normal);
        if !may_start(words, at, style) {
            at += 1;
            continue;
        }
        let never = if token.kind == Kind::Unspaced { 0 } else { words.phrase_at(at, Roles::NOT_A_PLACE) };
        let barred = nth_word(words, at, never);
        let whole = search.longest(at, style, 0);
        match whole
            .or_else(|| search.behind_prefix(at, style))
            .filter(|name| barred.is_none_or(|barred| name.last > barred))
        {
            Some(name) => {
                at = name.last + 1;
                found.push(name);
            }
            None => at = barred.map_or(at, |barred| barred) + 1,
        }
    }
    found
}

/// A name behind a prefix has at least this many letters; a shorter one may well be the end of another word.
const SHORTEST_BEHIND: usize = 3;

/// The token of the `count`th word from token `at`, `None` for the 0th.
fn nth_word(words: &Words, at: usize, count: usize) -> Option<usize> {
    let own = words.tokens.iter().enumerate().skip(at).filter(|(_, t)| t.is_word());
    own.map(|(at, _)| at).nth(count.checked_sub(1)?)
}

/// Whether a name may begin at a token.
fn may_start(words: &Words, at: usize, style: Style) -> bool {
    let token = &words.tokens[at];
    match token.kind {
        Kind::Unspaced => true,
        Kind::Word => match token.case {
            Case::Capitalised | Case::Upper | Case::None => true,
            // "al-Bab", "el-Geneina": an article before a capital.
            Case::Lower => {
                style == Style::Small
                    || words.is_behind(at, "#")
                    || words.folded(at).len() <= 3
                        && words.next(at).is_some_and(|next| {
                            words.has_capital(next)
                                && words.tokens[next].start == token.end + 1
                                && !words.roles(at).any(Roles::ENGLISH)
                        })
            }
        },
        _ => false,
    }
}

/// The search for the names of a text.
struct Search<'s, 't, 'g> {
    words: &'s Words<'t>,
    gazetteer: &'g Gazetteer,
    /// The folded name at hand.
    name: String,
    /// What is fed to the walk next.
    joint: String,
    /// The best name so far at a token.
    best: String,
    /// The places of each index that bear it.
    bearers: Vec<(u16, &'g [Posting])>,
}

impl<'s, 't, 'g> Search<'s, 't, 'g> {
    fn of(words: &'s Words<'t>, gazetteer: &'g Gazetteer) -> Self {
        let [name, joint, best] = [const { String::new() }; 3];
        Search { words, gazetteer, name, joint, best, bearers: Vec::new() }
    }

    /// The longest name behind a short word that is written in one with it.
    fn behind_prefix(&mut self, at: usize, style: Style) -> Option<GazetteerMatch<'g>> {
        let words = self.words;
        let token = &words.tokens[at];
        let (written, folded) = (token.of(words.text), words.folded(at));
        if token.kind != Kind::Word || token.case != Case::None || written.is_ascii() {
            return None;
        }
        languages().packs().iter().flat_map(|pack| pack.proclitics.iter()).find_map(|prefix| {
            let rest = folded.strip_prefix(prefix).filter(|_| written.starts_with(prefix))?;
            (rest.chars().count() >= SHORTEST_BEHIND).then(|| self.longest(at, style, prefix.len()))?
        })
    }

    /// The longest name at a token that is written as a name, without the first `prefix` bytes of the token.
    fn longest(&mut self, first: usize, style: Style, prefix: usize) -> Option<GazetteerMatch<'g>> {
        let (words, gazetteer) = (self.words, self.gazetteer);
        let mut best: Option<usize> = None;
        for (index, layer) in gazetteer.layers().iter().zip(0..) {
            let word = words.folded(first);
            let walk = match word.get(prefix..) {
                Some(rest) if prefix > 0 => index.walk().going(rest),
                _ => index.walk_from(word, words.key(first)),
            };
            let Some(mut walk) = walk else { continue };
            self.name.clear();
            let (name, joint) = (&mut self.name, &mut self.joint);
            let mut steps = Steps { words, first, at: first, unspaced: false, joint, prefix };
            while let Some(last) = steps.advance(&mut walk, name) {
                if last - first >= LONGEST {
                    break;
                }
                let (better, same) = (best.is_none_or(|best| last > best), best == Some(last));
                if !(better || same) || walk.postings().is_empty() || !written_as_name(words, first, last, style) {
                    continue;
                }
                let bearers = (layer, walk.postings());
                if places(words, first, last, style, gazetteer, bearers).next().is_none() {
                    continue;
                }
                if better {
                    best = Some(last);
                    self.best.clone_from(name);
                    self.bearers.clear();
                }
                self.bearers.push(bearers);
            }
        }
        let last = best?;
        let each = self.bearers.iter().map(|&bearers| places(words, first, last, style, gazetteer, bearers));
        let senses = each.flat_map(|places| places.take(MOST_SENSES));
        let name = self.best.clone();
        Some(GazetteerMatch { first, last, name, senses: senses.collect(), prefix })
    }
}

/// The places that bear a name, which is written from token `first` to token `last`, as they must bear it to be written so.
fn places<'g>(
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

/// Feeds a text's words to a walk along the names.
struct Steps<'w, 't> {
    words: &'w Words<'t>,
    first: usize,
    at: usize,
    unspaced: bool,
    /// Bytes of the first token that belong to no name.
    prefix: usize,
    /// What is fed to the walk next.
    joint: &'w mut String,
}

impl Steps<'_, '_> {
    /// Takes the walk to the end of the next word and returns that word's token; `None` when no name goes on there.
    fn advance(&mut self, walk: &mut NameWalk<'_>, name: &mut String) -> Option<usize> {
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
                    if goes_on && !(unspaced && self.unspaced) {
                        self.joint.push(' ');
                    }
                    self.unspaced = unspaced;
                    let skipped = if goes_on { 0 } else { self.prefix };
                    self.joint.push_str(self.words.folded(at).get(skipped..).unwrap_or(""));
                    name.push_str(self.joint);
                    // The walk has been to the end of the first word.
                    return (!goes_on || walk.go(self.joint)).then_some(at);
                }
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

/// Whether the words from `first` to `last` are cased as a name is in this style.
fn written_as_name(words: &Words, first: usize, last: usize, style: Style) -> bool {
    let token = &words.tokens[last];
    // A number alone, a letter alone and a lone mark are no names.
    let letters: usize = (first..=last).map(|at| words.folded(at).chars().count()).sum();
    if words.tokens[last].kind == Kind::Possessive && first + 1 == last {
        // "Jordan's" is Jordan, not the village of Jordans.
        return false;
    }
    if letters < 2 || cuts_katakana(words, first, last) {
        return false;
    }
    match token.case {
        Case::Lower if style != Style::Small && token.kind != Kind::Possessive => {
            words.roles(last).any(Roles::PLACE_AFTER) || first == last && words.is_behind(last, "#")
        }
        _ => true,
    }
}

/// Whether the name is a piece of a longer run of katakana, which writes foreign words one run a word.
fn cuts_katakana(words: &Words, first: usize, last: usize) -> bool {
    let at = |at: Option<usize>| at.and_then(|at| words.tokens.get(at)).filter(|t| t.kind == Kind::Unspaced);
    let katakana = |t: &Token| {
        words.text[t.start..t.end]
            .starts_with(|c| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{ff66}'..='\u{ff9f}'))
    };
    let joined = |a: Option<&Token>, b: Option<&Token>| {
        a.zip(b).is_some_and(|(a, b)| a.end == b.start && katakana(a) && katakana(b))
    };
    joined(at(first.checked_sub(1)), at(Some(first))) || joined(at(Some(last)), at(Some(last + 1)))
}

/// Whether the words are written as a name of this kind must be: abbreviations in capitals, words cut short with a
/// capital and their full stop.
fn written_as(words: &Words, first: usize, last: usize, style: Style, kind: NameKind) -> bool {
    match kind {
        NameKind::Abbreviation => {
            let mut own = (first..=last).filter(|&at| words.tokens[at].kind == Kind::Word);
            // "u.s." can be nothing else, "us" can.
            own.all(|at| {
                let written = words.tokens[at].of(words.text);
                words.tokens[at].case == Case::Upper || style == Style::Small && written.contains('.')
            })
        }
        NameKind::Shortening => words.has_capital(first) && stop_after(words, last).is_some(),
        _ => true,
    }
}

/// The full stop that stands right after a token, in the same sentence.
pub fn stop_after<'w>(words: &'w Words, last: usize) -> Option<&'w Token> {
    let (token, stop) = (&words.tokens[last], words.tokens.get(last + 1)?);
    let attached = stop.kind == Kind::Stop && stop.start == token.end && stop.sentence == token.sentence;
    (attached && words.text.get(stop.start..stop.end) == Some(".")).then_some(stop)
}
