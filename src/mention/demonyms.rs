//! Adjectives and peoples in languages that write them as plain words: "russische Truppen", "les autorités tunisiennes", "российские войска".

use super::style::Style;
use super::{Kind, Mention};
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::text::language::Demonym;
use crate::text::{Case, Kind as TokenKind, Words};

/// The probability of a demonym: the words are listed because they hardly mean anything else.
const PROBABILITY: f64 = 0.9;

/// The least prominence of a place whose name a demonym is not.
const KNOWN: f64 = 5.0;

/// Adds the demonyms of the language outside the mentions found so far, and names those that were found without a place.
pub fn add<'g>(words: &Words<'_>, styles: &[Style], gazetteer: &'g Gazetteer, mentions: &mut Vec<Mention<'g>>) {
    if words.language().demonyms().is_empty() {
        return;
    }
    let mut taken = vec![false; words.tokens.len()];
    // A demonym that was taken for an unknown name.
    mentions.retain(|mention| {
        let unknown = mention.senses.is_empty() && mention.first == mention.last;
        let keep = !unknown || read(words, styles, gazetteer, mention.first).is_none();
        if keep {
            taken[mention.first..=mention.last].fill(true);
        }
        keep
    });
    let free = (0..words.tokens.len()).filter(|&at| !taken[at]);
    let added: Vec<Mention<'g>> = free.filter_map(|at| read(words, styles, gazetteer, at)).collect();
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|mention| mention.start);
    }
}

/// The demonym that a token is.
fn read<'g>(words: &Words<'_>, styles: &[Style], gazetteer: &'g Gazetteer, at: usize) -> Option<Mention<'g>> {
    let token = words.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let style = styles.get(token.sentence).copied().unwrap_or(Style::Normal);
    if style == Style::Boilerplate {
        return None;
    }
    let (language, folded) = (words.language(), words.folded(at));
    let hyphen = words.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Hyphen && next.start == token.end);
    let fits = |demonym: &Demonym<'_>| {
        let cased = match token.case {
            Case::None => true,
            Case::Lower => !demonym.capital || style == Style::Small,
            // "Russische Föderation" inside a sentence is a name.
            Case::Capitalised => demonym.capital || token.opens,
            _ => true,
        };
        cased && (!demonym.half || hyphen)
    };
    // The first of the proclitics that leave one, which may have its article: `والسوري`.
    let behind = language.proclitics.behind(folded).map(|(proclitic, rest)| (proclitic.len(), rest));
    let articles = (token.case == Case::None).then_some(&language.articles);
    let definite = |word| articles.into_iter().flat_map(move |articles| articles.behind(word)).map(|(_, stem)| stem);
    let (cut, demonym) = std::iter::once((0, folded)).chain(behind).find_map(|(cut, word)| {
        let mut stems = std::iter::once(word).chain(definite(word));
        Some((cut, stems.find_map(|stem| language.demonyms().of_word(stem).find(fits))?))
    })?;
    let place: PlaceRef<'g> = gazetteer.by_id_ref(demonym.place)?;
    // "Indiana" is two Indians in Polish, and the state.
    let called = |(place, kind): &(PlaceRef<'_>, NameKind)| *kind == NameKind::Primary && place.prominence() >= KNOWN;
    let is_name = || token.case == Case::Capitalised && gazetteer.named(folded).any(|sense| called(&sense));
    if demonym.capital && is_name() {
        let senses: Vec<_> = gazetteer.named(folded).collect();
        return Some(Mention { kind: Kind::Place, senses: senses.into(), ..mention(words, at, 0) });
    }
    // Where folding changes the length of the word, the mention is all of it.
    let written = token.slice(words.text);
    let cut = if written.get(..cut).is_some_and(|before| folded.starts_with(before)) { cut } else { 0 };
    Some(Mention { senses: [(place, NameKind::Demonym)].into(), ..mention(words, at, cut) })
}

/// The demonym without a place that a token is from its byte `cut` on.
fn mention<'g>(words: &Words<'_>, at: usize, cut: usize) -> Mention<'g> {
    let token = words.tokens[at];
    Mention {
        start: token.start + cut,
        end: token.end,
        first: at,
        last: at,
        kind: Kind::Demonym,
        name: words.folded(at).into(),
        senses: [].into(),
        probability: PROBABILITY,
        metonymic: false,
        modified: false,
        reach: None,
    }
}
