//! The items of lists that a plural types: "Lander, Nye and Mineral counties".

use super::{FULL_NAME, Found, sentences};
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::{Class, Tagged};
use crate::mention::{Kind as MentionKind, Mention, plural_beside, tagged};
use crate::text::language::FeatureTypes;
use crate::text::{Kind, fold};

impl<'g> Found<'_, '_, 'g> {
    /// The items of lists with a plural such as "counties" behind them.
    pub fn add_items_of_enumerations(&mut self, gazetteer: &'g Gazetteer) {
        let words = self.words;
        let types = |at: usize| words.language().generic_types.behind(words.key(at));
        // "Counties affected: Harris, Fort Bend" begins a line.
        let bare = |at: usize| !words.has_capital(at) || words.tokens[at].opens;
        let divisions = |at: usize| types(at).intersects(FeatureTypes::DIVISION2) && bare(at);
        for sentence in sentences(words).filter(|sentence| sentence.clone().any(divisions)) {
            let mut first = sentence.start;
            while first < sentence.end {
                // "Miami-Dade"
                let ties = |at: usize| {
                    at > first
                        && words.tokens[at].kind == Kind::Hyphen
                        && at + 1 < sentence.end
                        && words.has_capital(at + 1)
                };
                let run = (first..sentence.end).take_while(|&at| words.has_capital(at) || ties(at)).count();
                if run == 0 {
                    first += 1;
                    continue;
                }
                let run = first..first + run;
                first = run.end;
                let last = run.end - 1;
                // "Dane" is no Danish county.
                let is_whole = |own: &Mention<'_>| {
                    let goes_on = own.last == last && self.genitive(gazetteer, own.start, last).is_some();
                    own.last >= last && own.kind != MentionKind::Demonym && !goes_on
                };
                let whole = self.mention_at(run.start).is_some_and(is_whole);
                if whole || !plural_beside(words, run.start, last).is_some_and(divisions) {
                    continue;
                }
                // "In Lander, Nye and Mineral counties": the word that opens the sentence is no part of the name.
                let opens = words.tokens[run.start].opens && run.len() > 1;
                let starts = run.start..=run.start + usize::from(opens);
                let known = |start: usize| {
                    let genitive = self.genitive(gazetteer, words.tokens[start].start, last);
                    let bare = || self.is_division_called(gazetteer, &words.folded_phrase(start..run.end));
                    (genitive.is_some() || bare()).then_some((start..run.end, genitive))
                };
                let Some((name, genitive)) = starts.into_iter().find_map(known) else { continue };
                if self.mention_at(name.start).is_some_and(is_whole) {
                    continue;
                }
                // A part of the name, such as "Zandt" of "Van Zandt", gives way to it.
                let parts: Vec<usize> = name.clone().filter_map(|at| self.mention_at[at]).collect();
                parts.iter().for_each(|&at| self.mentions[at] = None);
                let item = Tagged { first: name.start, last, class: Class::Place, probability: FULL_NAME };
                let item = tagged::mention(words, self.matches, gazetteer, &item, MentionKind::Place);
                let Some(item) = item.map(|item| Mention { kind: MentionKind::Place, ..item }) else { continue };
                self.add(match genitive {
                    Some((name, end)) => Mention { last: last + 1, end, name: name.into(), senses: [].into(), ..item },
                    None => item,
                });
            }
        }
    }

    /// Whether a division has this folded name with a word such as "County" behind it.
    fn is_division_called(&self, gazetteer: &Gazetteer, folded: &str) -> bool {
        let extending = self.words.language().generic_types.extending().iter().map(String::as_str);
        gazetteer.named_behind(folded, extending).iter().any(|(place, _)| place.class() == 'A')
    }

    /// The folded name with the mark of the genitive behind it, and where that ends, if a division is called so: "Queen Anne's".
    fn genitive(&self, gazetteer: &Gazetteer, start: usize, last: usize) -> Option<(String, usize)> {
        let mark = self.words.tokens.get(last + 1).filter(|mark| mark.kind == Kind::Possessive)?;
        let name = fold(self.words.text.get(start..mark.end)?);
        self.is_division_called(gazetteer, &name).then_some((name, mark.end))
    }
}
