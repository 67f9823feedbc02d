//! Words written in one with a name: the "and" of `ومشغرة`, which no gazetteer knows, belongs to no name, nor does the "in" of `بأسيوط`.

use super::Mention;
use super::matcher::{GazetteerMatch, is_stem};
use super::tagger::Tagged;
use crate::text::language::FunctionRole;
use crate::text::language::containers::GapPart;
use crate::text::{Case, Kind, Words, fold, key};
use rustc_hash::FxHashSet;

/// Cuts proclitics off unknown names, given the first and last tokens of the names of people: where the text has the rest as a word of its own,
/// and the conjunction of a list.
pub fn cut(words: &Words<'_>, people: &[(usize, usize)], mentions: &mut [Mention<'_>]) {
    let language = words.language();
    if language.proclitics.is_empty() {
        return;
    }
    let alone: FxHashSet<u64> = (0..words.tokens.len()).map(|at| words.key(at)).collect();
    let mut ends: FxHashSet<usize> = people.iter().map(|&(_, last)| last).collect();
    ends.extend(mentions.iter().map(|mention| mention.last));
    for mention in mentions.iter_mut().filter(|mention| mention.senses.is_empty()) {
        let token = &words.tokens[mention.first];
        let written = token.slice(words.text);
        if mention.start != token.start || token.kind != Kind::Word || token.case != Case::None {
            continue;
        }
        let follows = mention.first.checked_sub(1).is_some_and(|before| ends.contains(&before));
        let is_cut = |(proclitic, rest): &(&str, &str)| {
            let listed = follows && language.function_words.has(key(proclitic), FunctionRole::Conjunction);
            is_stem(rest) && written.starts_with(proclitic) && (listed || alone.contains(&key(rest)))
        };
        if let Some((proclitic, _)) = language.proclitics.behind(words.folded(mention.first)).find(is_cut) {
            mention.start += proclitic.len();
            mention.name = fold(&words.text[mention.start..mention.end]).into();
        }
    }
}

/// The names that a tagged one is, given the names of the gazetteer in it, if a word written in one with a preposition says that what stands
/// before lies in the last of them: "بلقاس بمحافظة الدقهلية", "مستشفى بأسيوط". None if it is one name.
pub fn split(words: &Words<'_>, parts: &[&GazetteerMatch<'_>], name: &Tagged) -> Vec<Tagged> {
    let language = words.language();
    let whole = |part: &&GazetteerMatch<'_>| part.first == name.first && part.last == name.last;
    if language.proclitics.is_empty() || parts.iter().any(whole) {
        return Vec::new();
    }
    let part = |first: usize, last: usize| Tagged { first, last, ..*name };
    let states = |at: &usize| language.containers.behind(&[GapPart::word(words.key(*at))]) > 0.0;
    if let Some(cue) = (name.first + 1..name.last).find(states) {
        return vec![part(name.first, cue - 1), part(cue + 1, name.last)];
    }
    let last = parts.last().filter(|last| last.prefix > 0 && last.first > name.first && last.last == name.last);
    let Some(last) = last else { return Vec::new() };
    let before = parts.iter().filter(|before| before.last + 1 == last.first);
    before.map(|before| part(before.first, before.last)).chain([part(last.first, last.last)]).collect()
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::document::Document;
    use crate::mention::given;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    /// The names of a text, given as they are written, after the cut.
    fn names(text: &'static str, written: &[&str]) -> Vec<&'static str> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().pack("ar").expect("Arabic"));
        let spans: Vec<_> = written
            .iter()
            .map(|name| text.find(name).map(|at| (at..at + name.len()).into()).expect("is in the text"))
            .collect();
        let given = given(&Document::new("", text), &tokens, &gazetteer, &spans);
        let mut mentions: Vec<_> = given.mentions.into_iter().map(|(_, mention)| mention).collect();
        cut(&words, &[], &mut mentions);
        mentions.iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn the_conjunction_of_a_list_is_no_part_of_a_name() {
        assert_eq!(names("من حلب وقشطمينا", &["حلب", "وقشطمينا"]), ["حلب", "قشطمينا"]);
        assert_eq!(names("قرب وقشطمينا", &["وقشطمينا"]), ["وقشطمينا"], "a name may begin so");
        assert_eq!(names("بقشطمينا، في قشطمينا", &["بقشطمينا"]), ["قشطمينا"]);
    }
}
