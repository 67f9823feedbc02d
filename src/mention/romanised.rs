//! Names that no row of the gazetteer spells as the text does, but that sound like one that a row has: "Sheikh Maqsood".

use super::style::Style;
use super::{Kind, Mention};
use crate::gazetteer::{Gazetteer, is_romanised};
use crate::text::Words;
use crate::text::lexicon::Roles;
use rustc_hash::FxHashSet;
use toponym_languages::languages;

/// The least similarity of the sounds of two spellings, 0 to 1. In running text a near miss is another name.
const MIN_LIKENESS: f64 = 0.97;

/// A place less prominent than this is not guessed from the sound of one word.
const PROMINENT: f64 = 3.5;

/// A mention more probable than this shows which countries the document is about.
const SURE: f64 = 0.8;

/// The probability of a mention that is found by its sound.
const PROBABILITY: f64 = 0.75;

/// Bytes of the shortest folded name that is looked up by its sound.
const SHORTEST_NAME: usize = 5;

/// Tokens of the longest such name.
const MAX_TOKENS: usize = 6;

/// Adds the mentions that are found by their sound: runs of words with capitals, two or more of them or behind a word that speaks for
/// a place, outside the names found so far or one that no row has, and in a country that the document names elsewhere.
pub fn add<'g>(words: &Words, styles: &[Style], gazetteer: &'g Gazetteer, mentions: &mut Vec<Mention<'g>>) {
    let mut taken = vec![false; words.tokens.len()];
    let mut countries = FxHashSet::default();
    // Mentions of one name share its senses.
    let mut read = FxHashSet::default();
    let mut decided = FxHashSet::default();
    let mut unknown = FxHashSet::default();
    let mut is_unknown = vec![false; words.tokens.len()];
    for mention in mentions.iter() {
        if mention.senses.is_empty() {
            unknown.insert((mention.first, mention.last));
            is_unknown[mention.first..=mention.last].fill(true);
            continue;
        }
        // A name that the gazetteer has as it is written has been decided on; a piece of a longer name has not.
        decided.insert((mention.first, mention.last));
        if mention.probability >= super::rule_score::ACCEPT {
            taken[mention.first..=mention.last].fill(true);
        }
        if mention.probability > SURE && read.insert(mention.senses.as_ptr()) {
            let known = mention.senses.iter().filter(|(place, _)| place.prominence() >= PROMINENT);
            countries.extend(known.flat_map(|(place, _)| place.countries()));
        }
    }
    if !countries.iter().any(|country| is_romanised(country)) {
        return;
    }
    let mut added = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        let last = run_end(words, &taken, at);
        let normal = words.tokens.get(at).and_then(|t| styles.get(t.sentence)) == Some(&Style::Normal);
        let is_whole = |last: usize| unknown.contains(&(at, last)) || !is_unknown[at..=last].contains(&true);
        if let Some(last) = last.filter(|&last| normal && !decided.contains(&(at, last)) && is_whole(last))
            && let Some(mention) = guess(words, gazetteer, &countries, at, last)
        {
            added.push(mention);
        }
        at = last.unwrap_or(at) + 1;
    }
    mentions.retain(|old| !added.iter().any(|new| new.first <= old.last && old.first <= new.last));
    mentions.append(&mut added);
}

/// The last token of the run of words with capitals that begins at a token, if one begins there.
fn run_end(words: &Words, taken: &[bool], first: usize) -> Option<usize> {
    let name_like = |at: usize| words.has_capital(at) && !taken[at];
    if !name_like(first) || words.tokens[first].kind != crate::text::Kind::Word {
        return None;
    }
    let mut last = first;
    while let Some(next) = words.next(last).filter(|&next| next - first < MAX_TOKENS) {
        if name_like(next) {
            last = next;
        } else if next == last + 1
            && words.next(next).is_some_and(name_like)
            // "Rebels at Sheikh Maqsood" is no name.
            && !words.roles(next).any(Roles::ENGLISH)
            && languages().is_article(words.folded(next))
        {
            // "Bab al Hawa".
            last = words.next(next)?;
        } else {
            break;
        }
    }
    Some(last)
}

/// The mention that the words from token `first` to token `last` are, if they sound like the name of a place in one of `countries`.
fn guess<'g>(
    words: &Words,
    gazetteer: &'g Gazetteer,
    countries: &FxHashSet<&str>,
    first: usize,
    last: usize,
) -> Option<Mention<'g>> {
    let run = || (first..=last).filter(|&at| words.tokens[at].is_word());
    let count = run().count();
    let known = Roles::ENGLISH | Roles::GIVEN | Roles::NOT_A_PLACE | Roles::ORDINARY;
    let known_word = |at: usize| words.roles(at).any(known) && !words.roles(at).any(Roles::NAME_HEAD);
    let never = words.phrase_at(first, Roles::NOT_A_PLACE) > 0;
    // "Maarat al-Numan" needs no "in" before it; one word alone, or a name with a given name in it, may be a person's.
    let long = count >= 2 && !run().any(known_word);
    let place_before = || words.phrase_before(first, Roles::PLACE_BEFORE).is_some();
    if never || run().all(known_word) || !(long || place_before()) {
        return None;
    }
    let name = run().map(|at| words.folded(at)).collect::<Vec<_>>().join(" ");
    let hits = gazetteer.romanised(&name, MIN_LIKENESS).into_iter().filter(|hit| {
        (count > 1 || hit.place.prominence() >= PROMINENT)
            && hit.place.countries().any(|country| countries.contains(country))
    });
    let senses: Vec<_> = hits.map(|hit| (hit.place, hit.kind)).collect();
    if senses.is_empty() || name.len() < SHORTEST_NAME {
        return None;
    }
    let (start, end) = (words.tokens[first].start, words.tokens[last].end);
    Some(Mention {
        start,
        end,
        first,
        last,
        kind: Kind::Place,
        name: name.into(),
        senses: senses.into(),
        probability: PROBABILITY,
        metonymic: false,
        modified: false,
        reach: None,
    })
}
