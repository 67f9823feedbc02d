//! Names that stand for the people of a place: "Washington says", "talks with Ankara".
//!
//! What a government, an army or a team may do is told by the verb behind the name, and what may be done to it by the
//! words before it (`acts` and `acted-on` in `data/words/context.tsv`).

use super::phrases::Words;
use super::{Kind, Mention};
use crate::text;
use crate::text::lexicon::Roles;

/// Marks the mentions that stand for people.
pub fn mark(words: &Words, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|mention| mention.kind == Kind::Place) {
        mention.metonymic = stands_for_people(words, mention);
    }
}

fn stands_for_people(words: &Words, mention: &Mention) -> bool {
    let acts = polity(mention);
    if acts && words.phrase_before(mention.first, Roles::ACTED_ON).is_some() {
        return true;
    }
    let next = words.next(mention.last).filter(|&next| next == mention.last + 1);
    // "In Moscow", "from Syria": somewhere, not somebody.
    acts && words.phrase_before(mention.first, Roles::PLACE_BEFORE).is_none()
        && !behind_comma(words, mention.first)
        && next.is_some_and(|next| words.phrase_at(next, Roles::ACTS) > 0)
}

/// Whether it is called as a country, a division or a seat of government is: a hamlet denies nothing.
fn polity(mention: &Mention) -> bool {
    mention.senses.iter().take(5).any(|(place, _)| place.class() == 'A' || place.feature().starts_with("P.PPL"))
}

/// Whether a comma stands before a token, as in "Paris, Texas, said": the subject is another.
fn behind_comma(words: &Words, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| words.tokens[before].kind == text::Kind::Comma)
}

#[cfg(test)]
mod tests {
    use crate::mention::find;
    use crate::text::tokenise;

    fn metonymic(text: &str) -> Vec<(String, bool)> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let found = find(text, Some("en"), &tokenise(text), &gazetteer, None, Some(0.1));
        found.list.iter().map(|m| (text[m.start..m.end].to_owned(), m.metonymic)).collect()
    }

    #[test]
    fn verbs_and_dealings_tell() {
        let is = |name: &str, metonymic| (name.to_owned(), metonymic);
        assert_eq!(metonymic("Moscow denied it."), [is("Moscow", true)]);
        assert_eq!(metonymic("The talks with Ankara failed."), [is("Ankara", true)]);
        assert_eq!(metonymic("A man in Moscow denied it."), [is("Moscow", false)]);
        assert_eq!(metonymic("Rain fell in Ankara."), [is("Ankara", false)]);
    }
}
