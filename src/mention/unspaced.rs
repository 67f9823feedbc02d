//! Names in writing without spaces: where one ends and the next begins.

use super::Mention;
use super::matcher::GazetteerMatch;
use super::tagger::Tagged;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKey, PlaceRef};
use crate::text::{Kind, Token, Words};
use rustc_hash::FxHashSet;

/// Characters of a name behind its container, at least.
const SHORTEST_REST: usize = 2;

/// Characters of the longest run that is taken apart: four provinces.
const LONGEST: usize = 4;

/// A place that a text does not name otherwise is meant by a character only if it is at least this prominent; the same characters spell
/// the names of foreign towns.
const GREAT: f64 = 8.3;

/// The names that one in writing without spaces is: a message that ends with a name and the next that begins with one are two, and so are
/// items of a list between which stands a middle dot ("岐阜・長野県"), which is within foreign names too ("モンタルバーノ・イオニコ"). `found` are the
/// names of the gazetteer in the order of the text.
pub fn parts(words: &Words, found: &[GazetteerMatch<'_>], name: &Tagged) -> Vec<Tagged> {
    let tokens = &words.tokens;
    let line_ends = |at: usize| {
        let both = tokens[at].kind == Kind::Unspaced && tokens[at + 1].kind == Kind::Unspaced;
        both && words.text[tokens[at].end..tokens[at + 1].start].contains('\n')
    };
    let from = found.partition_point(|part| part.first < name.first);
    let within = || found[from..].iter().take_while(|part| part.first <= name.last);
    let is_whole = || within().any(|part| (part.first, part.last) == (name.first, name.last));
    // A known name ends before the dot, or begins behind it.
    let is_item = |at: usize| within().any(|part| part.last + 1 == at || part.first == at + 1);
    let separates =
        |at: usize| is_dot(words, at) && (at == name.first || at == name.last || !is_whole() && is_item(at));
    let named: Vec<usize> = (name.first..=name.last).filter(|&at| !separates(at)).collect();
    let runs = named.chunk_by(|&one, &other| one + 1 == other && !line_ends(one));
    runs.map(|run| Tagged { first: run[0], last: run[run.len() - 1], ..*name }).collect()
}

/// Whether a token is the middle dot, which parts words in katakana and items of lists.
pub fn is_dot(words: &Words, at: usize) -> bool {
    words.tokens[at].slice(words.text) == "・"
}

/// The last token of the country or division that a name in writing without spaces begins with, if another name follows: "福建安溪", Anxi in
/// Fujian, though no gazetteer has the latter.
pub fn container_end(words: &Words, parts: &[&GazetteerMatch<'_>], name: &Tagged) -> Option<usize> {
    let unspaced = |at: usize| words.tokens[at].kind == Kind::Unspaced;
    if !(name.first..=name.last).all(unspaced)
        || parts.iter().any(|part| part.last - part.first == name.last - name.first)
    {
        return None;
    }
    let division = |part: &&&GazetteerMatch<'_>| {
        let best = part.senses.first().filter(|(_, kind)| *kind != NameKind::Demonym);
        part.first == name.first && best.is_some_and(|(place, _)| place.is_country() || place.is_division1())
    };
    let head = parts.iter().filter(division).max_by_key(|part| part.last)?;
    let rest = words.folded_phrase(head.last + 1..name.last + 1);
    let roles = words.language().roles(&rest);
    (name.last - head.last >= SHORTEST_REST && !roles.is_place_type() && !roles.is_organisation_type())
        .then_some(head.last)
}

/// Whether a name in writing without spaces is one of the gazetteer but for its first character, an abbreviated country's: "米オハイオ州".
pub fn has_prefix(words: &Words, parts: &[&GazetteerMatch<'_>], name: &Tagged) -> bool {
    let unspaced = (name.first..=name.last).all(|at| words.tokens[at].kind == Kind::Unspaced);
    let whole = parts.iter().any(|part| (part.first, part.last) == (name.first, name.last));
    let rest = parts.iter().any(|part| (part.first, part.last) == (name.first + 1, name.last));
    unspaced && !whole && rest && name.last - name.first > SHORTEST_REST
}

/// Takes the mentions apart that no place of the gazetteer is called by and whose every character is short for one: "中俄", "日米韓",
/// "湘桂黔" are two and three places.
pub fn take_apart<'g>(words: &Words<'_>, gazetteer: &'g Gazetteer, mentions: &mut Vec<Mention<'g>>) {
    let is_run = |mention: &Mention<'_>| {
        let tokens = &words.tokens[mention.first..=mention.last];
        let unspaced = |token: &Token| token.kind == Kind::Unspaced;
        mention.senses.is_empty() && (2..=LONGEST).contains(&tokens.len()) && tokens.iter().all(unspaced)
    };
    if !mentions.iter().any(is_run) {
        return;
    }
    let named: FxHashSet<PlaceKey> =
        mentions.iter().flat_map(|mention| &*mention.senses).map(|(place, _)| place.key()).collect();
    let short_for = |written: &str| {
        let senses: Vec<(PlaceRef<'g>, NameKind)> =
            gazetteer.named(written).filter(|(_, kind)| *kind == NameKind::Abbreviation).collect();
        let meant = |(place, _): &(PlaceRef<'_>, NameKind)| place.prominence() >= GREAT || named.contains(&place.key());
        senses.iter().any(meant).then_some(senses)
    };
    let apart = |mention: Mention<'g>| -> Vec<Mention<'g>> {
        if !is_run(&mention) {
            return vec![mention];
        }
        let single = |at: usize| {
            let token = &words.tokens[at];
            let senses = short_for(words.folded(at))?;
            let (start, end, name) = (token.start, token.end, words.folded(at).into());
            Some(Mention { start, end, first: at, last: at, name, senses: senses.into(), ..mention.clone() })
        };
        let all: Option<Vec<_>> = (mention.first..=mention.last).map(single).collect();
        all.unwrap_or_else(|| vec![mention])
    };
    *mentions = std::mem::take(mentions).into_iter().flat_map(apart).collect();
}

#[cfg(test)]
mod tests {
    use crate::mention::tagged::mentions;
    use crate::mention::tagger::{Class, Tagged, Tags};
    use crate::mention::{TextAnalysis, Weighing, read_words};
    use crate::text::tokenise;
    use toponym_languages::languages;

    /// The mentions of a Chinese text of which the tagger takes these tokens for one place.
    fn found(text: &str, first: usize, last: usize) -> Vec<String> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, Some("zh"));
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let tags = Tags { places: vec![Tagged { first, last, class: Class::Place, probability: 0.9 }], people: vec![] };
        let weighing = Weighing { weights: [0.0, 1.0, 0.0, 0.0, 0.0, 0.0] };
        let mentions = mentions(&analysis, &gazetteer, &tags, &weighing, 0.5);
        mentions.iter().map(|mention| text[mention.start..mention.end].to_owned()).collect()
    }

    #[test]
    fn a_name_ends_with_its_line() {
        assert_eq!(found("暖暖\n板橋", 0, 3), ["暖暖", "板橋"]);
    }

    #[test]
    fn items_of_a_list_are_names_of_their_own() {
        assert_eq!(found("岐阜・長野県", 0, 5), ["岐阜", "長野県"]);
        assert_eq!(found("フィジー・で", 0, 4), ["フィジー"], "a dot at the end is no part of a name");
    }

    #[test]
    fn characters_of_great_countries_are_taken_apart() {
        assert_eq!(found("中俄会谈", 0, 1), ["中", "俄"]);
        assert_eq!(found("马哈是小村", 0, 1), ["马哈"], "the same characters spell foreign villages");
        assert_eq!(found("粤港合作", 0, 1), ["粤港"], "the text names neither otherwise");
    }
}
