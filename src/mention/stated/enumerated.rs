//! The items of lists that a plural types: "Lander, Nye and Mineral counties".

use super::{FULL_NAME, Found, sentences};
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::{Class, Tagged};
use crate::mention::{Kind as MentionKind, Mention, plural_beside, tagged};
use crate::text::Kind;
use crate::text::language::FeatureTypes;

impl<'g> Found<'_, '_, 'g> {
    /// The items of lists with a plural such as "counties" behind them.
    pub fn add_items_of_enumerations(&mut self, gazetteer: &'g Gazetteer) {
        let words = self.words;
        let types = |at: usize| words.language().generic_types.behind(words.key(at));
        let divisions = |at: usize| types(at).intersects(FeatureTypes::DIVISION2) && !words.has_capital(at);
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
                let is_whole = |own: &Mention<'_>| own.last >= last && own.kind != MentionKind::Demonym;
                let whole = self.mention_at(run.start).is_some_and(is_whole);
                if whole || !plural_beside(words, run.start, last).is_some_and(divisions) {
                    continue;
                }
                // "In Lander, Nye and Mineral counties": the word that opens the sentence is no part of the name.
                let opens = words.tokens[run.start].opens && run.len() > 1;
                let starts = run.start..=run.start + usize::from(opens);
                let known = |&start: &usize| {
                    let extending = words.language().generic_types.extending().iter().map(String::as_str);
                    let places = gazetteer.named_behind(&words.folded_phrase(start..run.end), extending);
                    places.iter().any(|(place, _)| place.class() == 'A')
                };
                let Some(name) = starts.into_iter().find(known).map(|start| start..run.end) else { continue };
                if self.mention_at(name.start).is_some_and(is_whole) {
                    continue;
                }
                // A part of the name, such as "Zandt" of "Van Zandt", gives way to it.
                let parts: Vec<usize> = name.clone().filter_map(|at| self.mention_at[at]).collect();
                parts.iter().for_each(|&at| self.mentions[at] = None);
                let item = Tagged { first: name.start, last, class: Class::Place, probability: FULL_NAME };
                let item = tagged::mention(words, self.matches, gazetteer, &item, MentionKind::Place);
                item.into_iter().for_each(|item| self.add(Mention { kind: MentionKind::Place, ..item }));
            }
        }
    }
}
